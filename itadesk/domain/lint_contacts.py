"""Lint of telephone numbers, e-mail addresses and websites: those that differ by a slip are meant to be the same."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from itadesk.domain.lint_names import distance
from itadesk.domain.lint_problem import Cell, Problem
from itadesk.domain.lint_text import addresses, has_address
from itadesk.domain.thai import arabic_digits
from itadesk.i18n import _


class _Mention(NamedTuple):
    """A contact as it is written in a cell."""

    written: str
    cell: Cell
    recorded: bool
    """The cell is the office's record."""


class _Found(dict[str, list[_Mention]]):
    """What is dialled or typed -> where it stands."""

    def add(self, value: str, mention: _Mention) -> None:
        self.setdefault(arabic_digits(value).casefold(), []).append(mention)


def problems(record: Iterable[Cell], cells: Iterable[Cell]) -> Iterator[Problem]:
    """Contacts of `cells` that nearly agree with another one, or with one of the office's `record`."""
    phones, mails, hosts = _Found(), _Found(), _Found()
    for recorded, place in ((True, record), (False, cells)):
        for cell in place:
            for found in _PHONE.finditer(cell.text) if "0" in cell.text or "๐" in cell.text else ():
                phones.add(_NO_DIGIT.sub("", found[0]), _Mention(found[0], cell, recorded))
            for address in addresses(cell.text) if has_address(cell.text) else ():
                if host := _HOST.match(address):
                    hosts.add(host[1], _Mention(host[1], cell, recorded))
                else:
                    mails.add(address, _Mention(address, cell, recorded))
    yield from _near(phones, _neighbours)
    yield from _near(mails, _numbered)
    yield from _near(hosts, _too_short)
    yield from _two_forms(phones)


# Nine digits, or ten of a mobile number.
_PHONE = re.compile(
    r"[0๐](?<![\d/_@A-Za-z.-][0๐])(?:[ .-]?[689๖๘๙](?:[ .-]?\d){8}|[ .-]?[0-57๐-๕๗](?:[ .-]?\d){7})(?!\d)"
)
_NO_DIGIT = re.compile(r"\D")
_HOST = re.compile(r"(?:https?://(?:www\.)?|www\.)([^/:?#@]+)", re.IGNORECASE)


def _neighbours(a: str, b: str) -> bool:
    """Numbers of one exchange: telephone and fax."""
    return a[:-2] == b[:-2]


def _numbered(a: str, b: str) -> bool:
    """Addresses of one series: ita1@, ita2@."""
    return re.sub(r"\d", "", a) == re.sub(r"\d", "", b)


def _too_short(a: str, b: str) -> bool:
    """Websites whose names are so short that a letter makes another office of them: dla.go.th, dlt.go.th."""
    return _numbered(a, b) or max(map(len, a.split("."))) < 4


def _near(mentions: _Found, apart: Callable[[str, str], bool]) -> Iterator[Problem]:
    """Of two contacts that one slip sets apart, the one that is not in the record, or stands less often, or later."""
    meant: dict[str, str] = {}
    for a, b in _pairs(mentions):
        if not apart(a, b) and distance(a, b) == 1:
            right, wrong = (a, b) if _weight(mentions[a]) >= _weight(mentions[b]) else (b, a)
            meant.setdefault(wrong, right)
    for wrong, right in meant.items():
        for mention in mentions[wrong]:
            if not mention.recorded:
                message = _slip(mention, mentions[right][0])
                yield mention.cell.problem("contact_mismatch", message, mentions[right][0].written)


_SERIES = 4
"""So many contacts that differ in one place are a series, no slips."""
_LONGEST = 100
"""Letters of a contact that a person may have typed."""


def _pairs(values: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Those that may differ by one letter: without one letter each, they are the same. In the order of `values`."""
    shared: dict[str, list[str]] = {}
    for value in values:
        if len(value) <= _LONGEST:
            for key in dict.fromkeys((value, *(value[:at] + value[at + 1 :] for at in range(len(value))))):
                shared.setdefault(key, []).append(value)
    for group in shared.values():
        if len(group) < _SERIES:
            yield from combinations(group, 2)


def _weight(mentions: list[_Mention]) -> tuple[bool, int]:
    return any(mention.recorded for mention in mentions), len(mentions)


def _slip(mention: _Mention, other: _Mention) -> str:
    if other.recorded:
        text = _("“{written}” is nearly “{other}”, which the office's record has.")
    elif other.cell.measure is None:
        text = _("“{written}” is nearly “{other}”, which stands in the document's texts.")
    else:
        text = _("“{written}” is nearly “{other}”, which stands at measure {measure}.")
    return text.format(written=mention.written, other=other.written, measure=other.cell.measure)


def _two_forms(phones: _Found) -> Iterator[Problem]:
    for mentions in phones.values():
        first = mentions[0]
        for mention in mentions[1:]:
            if not mention.recorded and _form(mention) != _form(first):
                message = _("“{written}” is also written “{other}”.")
                message = message.format(written=mention.written, other=first.written)
                yield mention.cell.problem("contact_mismatch", message, first.written, "info")


def _form(mention: _Mention) -> str:
    return re.sub("[ .-]", "-", arabic_digits(mention.written))
