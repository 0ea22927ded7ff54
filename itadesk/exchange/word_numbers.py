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
    """How one level of a list numbers; `pattern` has "%1" for the number of the outermost level, and so on."""

    form: str = "decimal"
    pattern: str = ""
    start: int = 1
    blank: str = " "


class Numbers:
    """Counts through one document. `numbering` is the root of its numbering part, if it has one."""

    def __init__(self, numbering: Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._list_of: dict[str, str] = {}
        self._at: dict[str, dict[int, int]] = {}
        for row in numbering if numbering is not None else ():
            match local_name(row):
                case "abstractNum":
                    self._levels[attribute(row, "abstractNumId")] = _levels(row)
                case "num":
                    self._list_of[attribute(row, "numId")] = _setting(row, "abstractNumId")
                case _:
                    pass

    def before(self, paragraph: Element, text: str) -> str:
        """What stands before `paragraph`, its blank behind it; "" for one that is not numbered, or says nothing."""
        properties = child(child(paragraph, "pPr"), "numPr")
        if properties is None or not text.strip():
            return ""
        kind = self._list_of.get(_setting(properties, "numId"), "")
        digits = _setting(properties, "ilvl") or "0"
        depth = int(digits) if digits.isdecimal() and len(digits) < 2 else 0
        level = self._levels.get(kind, {}).get(depth)
        if level is None:
            return ""
        if level.form == "bullet":
            return "-" + level.blank
        self._count(kind, depth)
        return self._text(kind, level) + level.blank

    def _count(self, kind: str, depth: int) -> None:
        at = self._at.setdefault(kind, {})
        levels = self._levels[kind]
        start = levels[depth].start
        at[depth] = min(at[depth] + 1 if depth in at else start, _HIGHEST)
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
            start = _setting(row, "start")
            found[int(depth)] = _Level(
                _setting(row, "numFmt") or "decimal",
                _setting(row, "lvlText")[:40],
                int(start) if start.isdecimal() and len(start) < 5 else 1,
                "" if _setting(row, "suff") == "nothing" else " ",
            )
    return found


def _setting(parent: Element, name: str) -> str:
    return attribute(child(parent, name), "val")
