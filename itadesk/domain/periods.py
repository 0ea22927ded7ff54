"""Fiscal years, rounds, and the periods that clerks type: text read as days, days printed as text.

A period's text is stored as typed and never changed; what days it means is computed from it and its fiscal year.
"""

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from itadesk.domain.model import Round
from itadesk.domain.thai import (
    BUDDHIST_ERA,
    MONTH,
    MONTHS,
    MONTHS_SHORT,
    arabic_digits,
    buddhist_year,
    long_date,
    month_number,
    normalise,
    short_date,
    thai_digits,
)


@dataclass(frozen=True)
class Interval:
    """Days from `start` to `end`, both included, in the Gregorian calendar."""

    start: dt.date
    end: dt.date


def fiscal_year_of(date: dt.date) -> int:
    """The fiscal year B.E. of a day: it begins on 1 October of the year before."""
    return date.year + BUDDHIST_ERA + (date.month >= 10)


def span(year: int) -> Interval:
    """The days of fiscal year `year` B.E."""
    return _months(year, 1, 12)


def round_span(year: int, round_: Round) -> Interval:
    """The days that a round of fiscal year `year` B.E. looks back on, from its 1 October."""
    return _months(year, 1, round_)


def _months(year: int, first: int, last: int) -> Interval:
    """The `first` to the `last` month of a fiscal year; its month 1 is October."""
    return Interval(month_span(year, first).start, month_span(year, last).end)


def month_span(year: int, number: int) -> Interval:
    """Month `number` of a fiscal year, 1 = October."""
    return _calendar_month(year - (number <= 3), (number + 8) % 12 + 1)


def _calendar_month(year: int, month: int) -> Interval:
    christian = year - BUDDHIST_ERA
    last = calendar.monthrange(christian, month)[1]
    return Interval(dt.date(christian, month, 1), dt.date(christian, month, last))


def text_of(intervals: Iterable[Interval], *, short: bool = False) -> str:
    """A period in words and Arabic digits: "ตุลาคม 2567 ถึง กันยายน 2568", short "ต.ค. 67 - ก.ย. 68"."""
    return ", ".join(_interval_text(interval, short) for interval in intervals)


def _interval_text(interval: Interval, short: bool) -> str:
    start, end = interval.start, interval.end
    if start == end:
        return _day_text(start, short)
    last_day = calendar.monthrange(end.year, end.month)[1]
    if start.day != 1 or end.day != last_day:
        first, last = _day_text(start, short), _day_text(end, short)
    else:
        first, last = month_text(start, short=short), month_text(end, short=short)
    return first if first == last else first + (" - " if short else " ถึง ") + last


def _day_text(date: dt.date, short: bool) -> str:
    return short_date(date) if short else long_date(date)


def month_text(date: dt.date, *, short: bool = False) -> str:
    """Month and year in Arabic digits: "ตุลาคม 2567", short "ต.ค. 67"."""
    year = date.year + BUDDHIST_ERA
    return f"{MONTHS_SHORT[date.month - 1]} {year % 100:02}" if short else f"{MONTHS[date.month - 1]} {year}"


class _UnreadError(Exception):
    """The text is no period that this room knows."""


@dataclass(frozen=True)
class _Part:
    """A piece of a period: a day, a month, or the months `first` to `last` of a fiscal year (1 = October).

    What the text leaves out is None until it is found from the neighbours.
    """

    day: int | None = None
    month: int | None = None
    year: int | None = None
    first: int = 0
    last: int = 0
    ranged: bool = False
    """It ends the range that the part before it begins."""
    by: bool = False
    """It is a limit: from the start of the fiscal year up to here."""
    onwards: bool = False
    """From here to the end of the fiscal year."""

    @property
    def is_quarter(self) -> bool:
        return self.last - self.first == 2

    def days(self) -> Interval:
        assert self.year is not None, "years are found before days are asked for"
        if self.month is None:
            return _months(self.year, self.first, self.last)
        month = _calendar_month(self.year, self.month)
        if self.day is None:
            return month
        day = month.start.replace(day=self.day)
        return Interval(day, day)


@lru_cache(maxsize=8192)
def parse(text: str, fiscal_year: int) -> tuple[Interval, ...]:
    """The days that a period means in fiscal year `fiscal_year` B.E., in the order typed. Empty when it is not read.

    Months without a year lie in the fiscal year, or beside a neighbour that has one; two digits of a year are of the
    century nearest to the fiscal year. Remarks in brackets are passed over.
    """
    plain = _plain(normalise(text))
    try:
        parts = _with_years(list(_parts(plain, fiscal_year)), fiscal_year)
        return tuple(dict.fromkeys(_intervals(parts, span(fiscal_year))))
    except (_UnreadError, ValueError, OverflowError):
        return ()


def moved(text: str, fiscal_year: int, years: int) -> str:
    """The same period so many years later, written as it is in `text`; `text` itself where that cannot be.

    Only years are written anew, in the digits and length they have; what names none moves with its fiscal year.
    """
    try:
        found = [word.span("year") for word in _words(_plain(text)) if word.groupdict().get("year")]
    except _UnreadError:
        return text
    for start, end in reversed(found):
        text_year = text[start:end]
        later = (int(arabic_digits(text_year)) + years) % 10 ** len(text_year)
        digits = f"{later:0{len(text_year)}}"
        text = text[:start] + (digits if text_year.isascii() else thai_digits(digits)) + text[end:]
    return text


def _plain(text: str) -> str:
    """`text` in Arabic digits, its remarks blank; nothing in it changes its place."""
    digits = arabic_digits(text)
    plain = _REMARK.sub(lambda found: " " * len(found[0]), digits)
    # Where nothing but a remark stands, it is the period.
    return plain if plain.strip() or not digits.strip() else re.sub(r"[()\[\]]", " ", digits)


_REMARK = re.compile(r"[(\[][^()\[\]]*[)\]]")
_ERA = r"(?:[พค]\.?\s?ศ\.?)"
# Two digits before a month's name are its day, unless no month has so many.
_DIGITS = rf"(?P<year>\d{{4}}|[4-9]\d|\d\d(?!\s*(?:เดือน\s*)?{MONTH}))(?!\d)"
_BUDGET = r"(?:งบ(?:ประมาณ|ฯ)?)"
_YEAR = rf"(?:\s*/?\s*(?:ปี{_BUDGET}?)?\s*{_ERA}?\s*{_DIGITS})?"
_EVERY = r"ทุก\s*ๆ?\s*(?:\d{1,2}\s*)?(?:ต้น|สิ้น)?(?:วัน|สัปดาห์|เดือน|ไตรมาส)(?!ที่)"
_FORMS = (
    r"(?P<day>\d{1,2})(?P<mark>[/.-])(?P<number>\d{1,2})(?P=mark)(?P<year>\d{4}|\d\d)(?!\d)",
    r"(?P<year>\d{4})-(?P<number>\d{1,2})-(?P<day>\d{1,2})(?!\d)",
    r"(?P<number>\d{1,2})/(?P<year>\d{4}|[4-9]\d)(?!\d)",
    rf"(?P<day>\d{{1,2}})\s*(?:เดือน\s*)?(?P<month>{MONTH}){_YEAR}",
    rf"(?P<month>{MONTH}){_YEAR}",
    rf"(?P<whole>(?:ตลอด|ทั้ง)(?:ทั้ง)?ปี{_BUDGET}?|{_EVERY}|ปี{_BUDGET}|(?:รอบ\s*)?12\s*เดือน){_YEAR}",
    rf"(?P<whole>ปี\s*{_ERA}?|{_ERA}|)\s*(?P<year>\d{{4}})(?!\d)",
    rf"(?P<second_half>(?:รอบ\s*)?6\s*เดือน\s*หลัง|ครึ่งปี\s*หลัง|รอบ(?:การประเมิน)?\s*ที่\s*2){_YEAR}",
    rf"(?P<first_half>รอบ\s*6\s*เดือน(?:\s*แรก)?|6\s*เดือน\s*แรก|ครึ่งปี\s*แรก|รอบ(?:การประเมิน)?\s*ที่\s*1){_YEAR}",
    rf"(?:ไตรมาส\s*(?:ที่)?|[Qq])\s*(?P<quarter>[1-4])(?!\d){_YEAR}",
    r"(?P<day>\d{1,2})(?!\d)",
)
_LINK = (
    r"(?P<to>[-–—~]|(?:จน)?ถึง)|(?P<by>ภายใน|ไม่เกิน|ก่อน)|(?P<since>ตั้งแต่)|(?P<onwards>เป็นต้นไป)|[,;/]|และ|กับ|หรือ"
)
_FILLER = (
    r"[\s.]+|เป็นประจำ|ประจำ|เดือน|วันที่|บัดนี้|ระหว่าง|เริ่ม|สิ้นสุด|ดำเนินการ|(?:อย่าง)?ต่อเนื่อง|ช่วง|ใน|ณ|เมื่อ"
    r"|สิ้น|ต้น|กลาง|ปลาย|ของทุก\s*ๆ?\s*ปี|ครั้งที่\s*\d{1,2}(?!\d)"
)
_ALL_FORMS = (*_FORMS, _LINK, _FILLER)


@cache
def _compiled(form: str) -> re.Pattern[str]:
    """One of the forms, made ready when it is first tried: the window opens before most of them are."""
    return re.compile(form)


def _parts(text: str, fiscal_year: int) -> Iterator[_Part]:
    """The pieces of a period as the text has them; `_UnreadError` at the first word that is not known."""
    last: _Part | None = None
    ahead = _Part()
    for found in _words(text):
        if found.re.pattern == _LINK:
            if found["to"] or found["by"]:
                ahead = _Part(ranged=bool(found["to"] and last), by=bool(found["by"] or not last))
            elif found["since"]:
                ahead = replace(ahead, onwards=True)
            elif found["onwards"] and last:
                last = replace(last, onwards=True)
        elif found.re.pattern != _FILLER:
            if last:
                yield replace(last, onwards=last.onwards and not ahead.ranged)
            last, ahead = _part(found, last, ahead, fiscal_year), _Part()
    if last is None or ahead != _Part():
        raise _UnreadError
    yield last


def _words(text: str) -> Iterator[re.Match[str]]:
    """What a period consists of, one behind the other: one of `_FORMS`, `_LINK` or `_FILLER` each."""
    place = 0
    while place < len(text):
        found = next((hit for form in _ALL_FORMS if (hit := _compiled(form).match(text, place))), None)
        if found is None:
            raise _UnreadError
        yield found
        place = found.end()


def _part(found: re.Match[str], before: _Part | None, ahead: _Part, fiscal_year: int) -> _Part:
    """The piece that one of `_FORMS` found; `ahead` is what the words before it said of it."""
    words = found.groupdict()
    year = _year(words["year"], fiscal_year) if words.get("year") else None
    month, day = _month_of(words), int(words["day"]) if words.get("day") else None
    if month is not None:
        return replace(ahead, day=day, month=month, year=year)
    if day is not None and not (before and before.is_quarter):
        return replace(ahead, day=day)
    first, last = _fiscal_months(words, day)
    return replace(ahead, first=first, last=last, year=year)


def _month_of(words: Mapping[str, str | None]) -> int | None:
    if name := words.get("month"):
        return month_number(name)
    return int(number) if (number := words.get("number")) else None


def _fiscal_months(words: Mapping[str, str | None], after_quarter: int | None) -> tuple[int, int]:
    """First and last month, 1 = October. A bare number after a quarter is another quarter."""
    if words.get("first_half"):
        return 1, 6
    if words.get("second_half"):
        return 7, 12
    if quarter := int(words.get("quarter") or after_quarter or 0):
        if quarter > 4:
            raise _UnreadError
        return 3 * quarter - 2, 3 * quarter
    if after_quarter is not None:
        raise _UnreadError
    return 1, 12


_FARTHEST = 20
"""Years from the fiscal year beyond which a number is no year of a period."""


def _year(digits: str, fiscal_year: int) -> int:
    if len(digits) == 2:
        year = int(digits) + round((fiscal_year - int(digits)) / 100) * 100
    else:
        year = buddhist_year(digits) or 0
    if abs(year - fiscal_year) > _FARTHEST:
        raise _UnreadError
    return year


def _with_years(parts: list[_Part], fiscal_year: int) -> list[_Part]:
    """The parts with month and year each: from the part after it ("เม.ย.- พ.ค. ๒๕๖๕"), else from the one before."""
    for index in reversed(range(len(parts) - 1)):
        parts[index] = _before(parts[index], parts[index + 1])
    for index, part in enumerate(parts):
        if part.year is None:
            parts[index] = replace(
                part, year=_year_after(part, parts[index - 1] if index else None, fiscal_year)
            )
    return parts


def _before(part: _Part, after: _Part) -> _Part:
    """What `part` takes over from the part after it."""
    if part.day is not None and part.month is None:
        part = replace(part, month=after.month)
    if part.year is not None or after.year is None or (part.month is None) != (after.month is None):
        return part
    return replace(part, year=after.year - ((part.month or 0) > (after.month or 0)))


def _year_after(part: _Part, before: _Part | None, fiscal_year: int) -> int:
    """The year of a part that names none: not before the start of its range, else inside the fiscal year."""
    if part.month is None:
        return fiscal_year
    if part.ranged and before and before.month and before.year:
        return before.year + (part.month < before.month)
    return fiscal_year - (part.month >= 10)


def _intervals(parts: Iterable[_Part], year: Interval) -> list[Interval]:
    """The days of the parts, ranges joined; `_UnreadError` for a range whose end comes first."""
    found: list[Interval] = []
    for part in parts:
        if part.day is not None and part.month is None:
            raise _UnreadError
        days = part.days()
        start = found.pop().start if part.ranged else min(days.start, year.start) if part.by else days.start
        end = max(days.end, year.end) if part.onwards else days.end
        if start > end:
            raise _UnreadError
        found.append(Interval(start, end))
    return found
