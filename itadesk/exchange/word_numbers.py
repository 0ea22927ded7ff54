"""The numbers that Word puts before paragraphs by itself: they are on the paper, so they belong to the text."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from itadesk.domain import thai
from itadesk.exchange.office_package import attribute, child, local_name

_THAI_LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"


def _letter(letters: str) -> Callable[[int], str]:
    return lambda number: letters[(number - 1) % len(letters)] * ((number - 1) // len(letters) + 1)


def _roman(number: int) -> str:
    signs = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    text = ""
    for value, sign in signs:
        count, number = divmod(number, value)
        text += sign * count
    return text


_FORMS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": "{:02}".format,
    "thaiNumbers": lambda number: thai.thai_digits(str(number)),
    "thaiCounting": str,
    "thaiLetters": _letter(_THAI_LETTERS),
    "lowerLetter": _letter("abcdefghijklmnopqrstuvwxyz"),
    "upperLetter": _letter("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "none": lambda _number: "",
}
_HIGHEST = 3_000


@dataclass(frozen=True)
class _Level:
    """How one level of a list numbers; `pattern` has "%1" for the number of the outermost level, and so on.

    `style`: the paragraph style that is numbered by this level.
    """

    form: str = "decimal"
    pattern: str = ""
    start: int = 1
    blank: str = " "
    style: str = ""


@dataclass(frozen=True)
class _List:
    """A list of the file: the kind it is of, shared with others, and the levels that begin anew in this one."""

    kind: str
    starts: Mapping[int, int]


@dataclass(frozen=True)
class _Style:
    """What a paragraph style says of numbers; what it leaves out is said by the style it is `based_on`."""

    based_on: str
    numbered: Element | None


class Numbers:
    """Counts through one document. `numbering` and `styles` are the roots of those parts, if it has them."""

    def __init__(self, numbering: Element | None, styles: Element | None = None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, _List] = {}
        self._styles: dict[str, _Style] = {}
        self._usual = ""
        self._at: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        for row in styles if styles is not None else ():
            if local_name(row) == "style":
                self._read_style(row)
        links: dict[str, str] = {}
        for row in numbering if numbering is not None else ():
            match local_name(row):
                case "abstractNum":
                    kind = attribute(row, "abstractNumId")
                    self._levels[kind] = _levels(row)
                    links[kind] = _setting(row, "numStyleLink")
                case "num":
                    self._lists[attribute(row, "numId")] = _List(_setting(row, "abstractNumId"), _starts(row))
                case _:
                    pass
        for kind, style in links.items():
            if style and (linked := self._lists.get(self._of_style(style)[0])):
                self._levels[kind] = self._levels.get(linked.kind, {})

    def _read_style(self, row: Element) -> None:
        name = attribute(row, "styleId")
        self._styles[name] = _Style(_setting(row, "basedOn"), child(child(row, "pPr"), "numPr"))
        if attribute(row, "type") == "paragraph" and attribute(row, "default") in ("1", "true"):
            self._usual = name

    def before(self, paragraph: Element, text: str) -> str:
        """What stands before `paragraph`, its blank behind it; "" for one that is not numbered, or says nothing."""
        if not text.strip() or not self._lists:
            return ""
        list_id, depth = self._place(child(paragraph, "pPr"))
        found = self._lists.get(list_id)
        level = self._levels.get(found.kind, {}).get(depth) if found else None
        if found is None or level is None:
            return ""
        if level.form == "bullet":
            return "-" + level.blank
        self._count(list_id, found, depth)
        return self._text(found.kind, level) + level.blank

    def _place(self, properties: Element | None) -> tuple[str, int]:
        """The list and level of a paragraph: its own, else those of its style."""
        own = child(properties, "numPr")
        list_id, digits = _setting(own, "numId"), _setting(own, "ilvl")
        if not list_id:
            list_id, of_style = self._of_style(_setting(properties, "pStyle") or self._usual)
            digits = digits or of_style
        return list_id, int(digits) if digits.isdecimal() and len(digits) < 2 else 0

    def _of_style(self, name: str) -> tuple[str, str]:
        """The list and level that a style, or one it is based on, numbers with."""
        seen: set[str] = set()
        list_id = digits = ""
        while name in self._styles and name not in seen and not list_id:
            seen.add(name)
            style = self._styles[name]
            list_id = _setting(style.numbered, "numId")
            digits = digits or _setting(style.numbered, "ilvl") or self._level_of(list_id, name)
            name = style.based_on
        return list_id, digits

    def _level_of(self, list_id: str, style: str) -> str:
        """The level that a list keeps for a style; "" when it keeps none."""
        found = self._lists.get(list_id)
        levels = self._levels.get(found.kind, {}) if found else {}
        return next((str(depth) for depth, level in levels.items() if level.style == style), "")

    def _count(self, list_id: str, found: _List, depth: int) -> None:
        at = self._at.setdefault(found.kind, {})
        start = self._levels[found.kind][depth].start
        if (list_id, depth) not in self._begun and depth in found.starts:
            at[depth] = found.starts[depth]
        else:
            at[depth] = min(at[depth] + 1 if depth in at else start, _HIGHEST)
        self._begun.add((list_id, depth))
        for deeper in [other for other in at if other > depth]:
            del at[deeper]

    def _text(self, kind: str, level: _Level) -> str:
        levels, at = self._levels[kind], self._at[kind]

        def number(found: re.Match[str]) -> str:
            depth = int(found[1]) - 1
            other = levels.get(depth, _Level())
            return _FORMS.get(other.form, str)(at.get(depth, other.start))

        return re.sub(r"%([1-9])", number, level.pattern)


def _levels(kind: Element) -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for row in kind:
        depth = attribute(row, "ilvl")
        if local_name(row) == "lvl" and depth.isdecimal():
            found[int(depth)] = _Level(
                _setting(row, "numFmt") or "decimal",
                _setting(row, "lvlText")[:40],
                _start(_setting(row, "start")),
                "" if _setting(row, "suff") == "nothing" else " ",
                _setting(row, "pStyle"),
            )
    return found


def _starts(row: Element) -> dict[int, int]:
    """The levels at which a list begins with a number of its own."""
    return {
        int(attribute(level, "ilvl")): _start(_setting(level, "startOverride"))
        for level in row
        if local_name(level) == "lvlOverride"
        and attribute(level, "ilvl").isdecimal()
        and child(level, "startOverride") is not None
    }


def _start(digits: str) -> int:
    return int(digits) if digits.isdecimal() and len(digits) < 5 else 1


def _setting(parent: Element | None, name: str) -> str:
    return attribute(child(parent, name), "val")
