"""Months of a fiscal year put into the words in which an office writes its periods, and found in those again."""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from itadesk.domain import periods
from itadesk.domain.periods import Interval, month_span
from itadesk.domain.thai import MONTH, MONTHS, MONTHS_SHORT, arabic_digits, thai_digits

WHOLE_YEAR = "ตลอดปีงบประมาณ"
MONTHS_OF_YEAR = range(1, 13)
"""Months of a fiscal year, 1 = October."""


@dataclass(frozen=True)
class Wording:
    """How an office writes a period: "ต.ค. ๖๗ - ก.ย. ๖๘" unless its texts say otherwise."""

    short: bool = True
    full_year: bool = False
    in_thai: bool = True
    to: str = " - "
    prefix: str = ""
    """What stands before a month: "เดือน ", or nothing."""

    def text(self, months: Collection[int], fiscal_year: int) -> str:
        """These months of a fiscal year, neighbours as ranges; "" for none."""
        text = ", ".join(self._range(first, last, fiscal_year) for first, last in _runs(months))
        return thai_digits(text) if self.in_thai else text

    def _range(self, first: int, last: int, fiscal_year: int) -> str:
        words = [self._month(number, fiscal_year) for number in dict.fromkeys((first, last))]
        return self.to.join(words)

    def _month(self, number: int, fiscal_year: int) -> str:
        day = month_span(fiscal_year, number).start
        name = (MONTHS_SHORT if self.short else MONTHS)[day.month - 1]
        year = fiscal_year - (number <= 3)
        return f"{self.prefix}{name} {year if self.full_year else f'{year % 100:02}'}"


_NAMED = re.compile(
    rf"(?P<prefix>เดือน\s*)?(?P<month>{MONTH})\s*(?:พ\.?\s?ศ\.?\s*)?(?P<year>[0-9๐-๙]{{4}}|[0-9๐-๙]{{2}})?(?![0-9๐-๙])"
)
_TO = re.compile(r"\s*(?:[-–—~]|(?:จน)?ถึง)\s*")


def usual(texts: Iterable[str]) -> Wording | None:
    """The wording most of these texts of periods have; None where none shows any."""
    counted = Counter[Wording]()
    for text, times in Counter(texts).items():
        if (wording := wording_of(text)) is not None:
            counted[wording] += times
    return counted.most_common(1)[0][0] if counted else None


def wording_of(text: str) -> Wording | None:
    """How one period is written; None where it shows no months with years."""
    first = _NAMED.search(text)
    if first is None:
        return None
    between = _TO.match(text, first.end())
    second = _NAMED.match(text, between.end()) if between else None
    year = (second["year"] if second else None) or first["year"]
    if year is None:
        return None
    return Wording(
        short="." in first["month"] or len(first["month"]) <= 3,
        full_year=len(year) == 4,
        in_thai=year != arabic_digits(year),
        to=_joined(between[0]) if between and second else Wording.to,
        prefix="เดือน " if first["prefix"] else "",
    )


def _joined(between: str) -> str:
    return f" {between.strip()} "


def months_of(text: str, fiscal_year: int) -> frozenset[int]:
    """The months of the fiscal year that a period touches, 1 = October; none when it is not understood."""
    days = periods.parse(text, fiscal_year)
    spans = {number: month_span(fiscal_year, number) for number in MONTHS_OF_YEAR}
    return frozenset(number for number, span in spans.items() if any(_meet(span, one) for one in days))


def _meet(one: Interval, other: Interval) -> bool:
    return one.start <= other.end and other.start <= one.end


def _runs(months: Collection[int]) -> list[tuple[int, int]]:
    """Neighbouring months together: {1, 2, 3, 6} is 1 to 3, and 6."""
    runs: list[tuple[int, int]] = []
    for number in sorted(months):
        if runs and runs[-1][1] == number - 1:
            runs[-1] = runs[-1][0], number
        else:
            runs.append((number, number))
    return runs
