"""Numbers that clerks type before the lines of a text: "๑." "๑)" "(1)" "1.2"; the next one, and all of them anew."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from itadesk.domain import thai

_DIGIT = "[0-9๐-๙]"
_LINE = re.compile(
    rf"(?P<before>[ \u00a0]*\(?)(?P<upper>(?:{_DIGIT}{{1,2}}\.)*)(?P<number>{_DIGIT}{{1,3}})"
    rf"(?P<close>[ ]?[.)][.)]?(?!{_DIGIT})|(?=\s))(?P<gap>\s*)"
)
_MAYBE = re.compile(rf"[ \u00a0]*(?:{_DIGIT}|[(*•–-])")
"""A quick look: most lines are no lines of a list."""
_BULLET = re.compile(r"[ \u00a0]*[-–•*]\s+")


@dataclass(frozen=True)
class _Numbered:
    """A line with a number before it. `path`: its parts, "1.2" is (1, 2); `close` is "" for a bare "1.2"."""

    before: str
    path: tuple[int, ...]
    close: str
    gap: str
    rest: str
    in_thai: bool

    @property
    def style(self) -> str:
        return self.before.strip() + self.close.strip()

    @property
    def indent(self) -> int:
        return len(self.before) - len(self.before.lstrip())

    @property
    def number(self) -> int:
        return self.path[-1]

    def lead(self, path: tuple[int, ...]) -> str:
        """What stands before the text of the line when its number is `path`."""
        digits = ".".join(map(str, path))
        return self.before + (thai.thai_digits(digits) if self.in_thai else digits) + self.close + self.gap


def _read(line: str) -> _Numbered | None:
    found = _LINE.match(line)
    if found is None or not thai.has_number(line):
        return None
    parts = [*found["upper"].split(".")[:-1], found["number"]]
    if any(thai.arabic_digits(part).startswith("0") for part in parts):
        return None  # a time or a telephone number
    return _Numbered(
        found["before"],
        tuple(int(part) for part in parts),
        found["close"],
        found["gap"],
        line[found.end() :],
        not found["number"][0].isascii(),
    )


def lead_of(line: str) -> str:
    """The number or the dash before the text of a line, with the blanks behind it; "" when there is none."""
    if not _MAYBE.match(line):
        return ""
    numbered = _read(line)
    if numbered is not None:
        return line[: len(line) - len(numbered.rest)]
    bullet = _BULLET.match(line)
    return bullet[0] if bullet else ""


def next_lead(line: str) -> str:
    """What the line after `line` begins with when its list goes on; "" when it is no line of a list."""
    numbered = _read(line)
    if numbered is None:
        return lead_of(line)
    if not numbered.close and numbered.number > 9:
        return ""  # rather a time or a sum: "13.30"
    return numbered.lead((*numbered.path[:-1], numbered.number + 1))


_DEEPEST = 8
"""Lists inside each other; from so many on, the outermost is forgotten."""


@dataclass(eq=False)
class _List:
    """A list that goes on: how its numbers are written, and the last one, as typed and as it is to be."""

    style: str
    indent: int
    upper: tuple[int, ...] = ()
    count: int = 0
    typed: tuple[int, ...] = ()
    gap: bool = False
    """A line without a number came after the last item."""

    @property
    def path(self) -> tuple[int, ...]:
        return (*self.upper, self.count)


@dataclass
class _Lists:
    """The lists inside each other at one line of a text, the innermost last."""

    open: list[_List] = field(default_factory=list[_List])

    def interrupt(self) -> None:
        for one in self.open:
            one.gap = True

    def count(self, line: _Numbered) -> tuple[int, ...] | None:
        """The number that the line is to have; None when what stands before it is no number of a list."""
        found = self._dotted(line) if len(line.path) > 1 else self._plain(line)
        if found is None:
            return None
        del self.open[self.open.index(found) + 1 :]
        found.count += 1
        found.typed, found.gap = line.path, False
        return found.path

    def _plain(self, line: _Numbered) -> _List:
        alike = [one for one in self.open if one.style == line.style and not one.upper]
        if not alike:
            return self._new(line, ())
        # An outer list goes on where a line is set out again.
        same = next((one for one in reversed(alike) if one.indent <= line.indent + 1), alike[-1])
        if line.number == 1 and line.indent > same.indent + 1:
            return self._new(line, ())
        if line.number == 1 and same.gap:
            same.count = 0  # Another list of the same kind, below a heading of its own.
        return same

    def _dotted(self, line: _Numbered) -> _List | None:
        upper = line.path[:-1]
        for one in reversed(self.open):
            if one.upper and one.typed[:-1] == upper and one.style == line.style:
                return one
            if upper in (one.typed, one.path):
                del self.open[self.open.index(one) + 1 :]
                return self._new(line, one.path)
        return self._new(line, upper) if line.number == 1 else None

    def _new(self, line: _Numbered, upper: tuple[int, ...]) -> _List:
        self.open = [*self.open[1 - _DEEPEST :], _List(line.style, line.indent, upper)]
        return self.open[-1]


def renumbered(text: str) -> str:
    """`text` with the numbers of its lines in order, list by list; digits and form of each number stay.

    A list begins with 1. Below a line without a number, a typed 1 begins another list. A single number stays as it is.
    """
    lines = text.split("\n")
    if sum(_read(line) is not None for line in lines) < 2:
        return text
    return "\n".join(_in_order(lines))


def _in_order(lines: list[str]) -> Iterator[str]:
    lists = _Lists()
    for line in lines:
        numbered = _read(line)
        path = None if numbered is None else lists.count(numbered)
        if numbered is None or path is None:
            lists.interrupt()
            yield line
        else:
            yield numbered.lead(path) + numbered.rest
