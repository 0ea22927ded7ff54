"""Lint of the office's own name, district and province where they are typed, against the office's record."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from itadesk.domain.lint_problem import Cell, Problem
from itadesk.domain.model import Office
from itadesk.domain.offices import EXECUTIVES
from itadesk.i18n import _


class _Name(NamedTuple):
    """A name of the record, what stands before it in a text, and what that is called."""

    before: re.Pattern[str]
    label: str
    name: str


_SHORT_FORMS: Mapping[str, str] = {
    "องค์การบริหารส่วนตำบล": "อบต.",
    "เทศบาลตำบล": "ทต.",
    "เทศบาลเมือง": "ทม.",
    "เทศบาลนคร": "ทน.",
    "องค์การบริหารส่วนจังหวัด": "อบจ.",
}


def problems(office: Office, cells: Iterable[Cell]) -> Iterator[Problem]:
    names, own = list(_names(office)), list(_own(office))
    for cell in cells:
        if not (near := [name for name in names if name.label in cell.text]):
            continue
        for words, right in dict.fromkeys((*_misspelt(cell.text, near), *_misplaced(cell.text, own))):
            message = _("“{found}” stands here, but the office's record says “{name}”.")
            yield cell.problem("name_drift", message.format(found=words, name=right), right)


def _names(office: Office) -> Iterator[_Name]:
    titles = (office.kind, EXECUTIVES.get(office.kind), _SHORT_FORMS.get(office.kind))
    names = [(title, office.name) for title in titles if title]
    for label, name in (*names, ("อำเภอ", office.district), ("จังหวัด", office.province)):
        if len(name) >= _SHORTEST:
            yield _Name(re.compile(rf"{re.escape(label)}\s?"), label, name)


_SHORTEST = 3
"""Letters of a name of which one may be wrong and the name still be known."""
_WORD_END = 4
"""Up to so many letters, a name must end where a word surely ends: "เทศบาลตำบลอบรม..." is no misspelt งอบ."""
_LONG = 8
"""From so many letters on, two of them may be wrong."""
_LETTER, _MARK = re.compile("[ก-๎]"), re.compile("[ะ-ฺ็-๎]")


def _misspelt(text: str, names: Iterable[_Name]) -> Iterator[tuple[str, str]]:
    """Names that are nearly one of `names`, each with the right one."""
    for before, label, name in names:
        for found in before.finditer(text):
            rest = text[found.end() : found.end() + 2 * len(name) + 2].replace("เเ", "แ")
            known = rest.startswith(name) or "".join(rest.split()).startswith(name)
            if wrong := "" if known else _nearly(rest, name):
                yield found[0] + wrong, label + name


@lru_cache(maxsize=4096)
def _nearly(rest: str, name: str) -> str:
    """What `rest` begins with, when it is `name` but for a letter or two."""
    allowed = 1 if len(name) < _LONG else 2
    after = _LETTER if len(name) <= _WORD_END else _MARK
    nearest, fewest = "", allowed + 1
    for length in range(len(name) - allowed, len(name) + allowed + 1):
        piece, following = rest[:length], rest[length : length + 1]
        if len(piece) == length and not after.match(following):
            edits = distance(piece, name)
            if edits < fewest:
                nearest, fewest = piece, edits
    return nearest


_WORD = "[ก-๎]{1,60}"
"""A name, as long as any: to read on to the end of a long text at each place takes far too long."""


def _own(office: Office) -> Iterator[_Name]:
    """District and province where they follow the office's full name: there they can be no others."""
    full = rf"{re.escape(office.kind)}\s?{re.escape(office.name)}\s*"
    if office.kind and office.name and office.district:
        yield _Name(re.compile(rf"{full}อำเภอ\s?({_WORD})"), "อำเภอ", office.district)
    if office.kind and office.name and office.province:
        yield _Name(re.compile(rf"{full}(?:อำเภอ\s?{_WORD}\s*)?จังหวัด\s?({_WORD})"), "จังหวัด", office.province)


def _misplaced(text: str, own: Iterable[_Name]) -> Iterator[tuple[str, str]]:
    for pattern, label, name in own:
        for found in pattern.finditer(text):
            if not found[1].startswith(name) and not name.startswith(found[1]):
                yield label + found[1], label + name


def distance(a: str, b: str) -> int:
    """How many letters are wrong, missing, too many or exchanged with their neighbour."""
    before, last = [0] * (len(b) + 1), list(range(len(b) + 1))
    for i, letter in enumerate(a):
        row = [i + 1]
        for j, other in enumerate(b):
            cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (letter != other))
            if i and j and letter == b[j - 1] and a[i - 1] == other:
                cost = min(cost, before[j - 1] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
