"""Lint of the measures' fields against each other: what is missing, exchanged, copied, or said otherwise elsewhere."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from itadesk.domain import fields, periods, result_words, thai
from itadesk.domain.fields import STATUS_LABELS
from itadesk.domain.lint_problem import PLAN_FIELDS, Cell, Entry, Problem
from itadesk.domain.lint_text import backward_ranges, gap_text
from itadesk.domain.model import Measure, Progress, Status
from itadesk.domain.periods import Interval
from itadesk.domain.progress import status
from itadesk.i18n import _


def problems(entries: Sequence[Entry], needed: frozenset[str]) -> Iterator[Problem]:
    planned = [name for name in PLAN_FIELDS if name in needed]
    for entry in entries:
        yield from _missing(entry, planned)
        yield from _missing_progress(entry, needed)
        yield from _columns(entry)
        yield from _result(entry)
    yield from _title_numbers(entries)


_NOTHING = frozenset({"", "-", "–", "—"})


def _blank(cell: Cell) -> bool:
    return cell.text.strip() in _NOTHING


def _missing(entry: Entry, planned: Iterable[str]) -> Iterator[Problem]:
    for name in planned:
        if _blank(cell := entry.cells[name]):
            yield cell.problem("missing_field", _missing_text(name))


def _missing_progress(entry: Entry, needed: frozenset[str]) -> Iterator[Problem]:
    """Who has not started has no result, who is not done no outcome."""
    state = status(entry.measure, entry.progress)
    if state is Status.DONE and "outcome" in needed and _blank(cell := entry.cells["outcome"]):
        yield cell.problem("missing_field", _missing_text("outcome"))
    if entry.progress is None or "result" not in needed or not _blank(cell := entry.cells["result"]):
        return
    if state is Status.DONE and not entry.evidence:
        yield cell.problem(
            "done_without_result", _("The measure is done, but has neither result nor evidence.")
        )
    elif state is Status.DONE:
        yield cell.problem("done_without_result", _("The measure is done and has evidence, but no result."))
    elif state is Status.IN_PROGRESS:
        yield cell.problem("missing_field", _missing_text("result"))


def _missing_text(name: str) -> str:
    row_class = Measure if name in PLAN_FIELDS else Progress
    return fields.missing(fields.field_of(row_class, name)).message


_UNIT = re.compile(r"\s*(?:สำนัก|กอง|ฝ่าย|งาน(?!ต่อ)|หน่วย|ทุก(?:สำนัก|ส่วน|กอง|หน่วย)|คณะกรรมการ|ปลัด)")


def _columns(entry: Entry) -> Iterator[Problem]:
    """Responsible and period: exchanged, or a period that is not of the year."""
    responsible, period = entry.cells["responsible"], entry.cells["period"]
    days = _days(period.text, period.fiscal_year)
    if _days(responsible.text, period.fiscal_year):
        message = _("“{text}” reads like a period. Are responsible and period exchanged?")
        yield responsible.problem("swapped_columns", message.format(text=_line(responsible.text)))
    elif not days and _UNIT.match(period.text) and not _UNIT.match(responsible.text):
        message = _("“{text}” reads like a unit. Are responsible and period exchanged?")
        yield period.problem("swapped_columns", message.format(text=_line(period.text)))
    elif not days and not _blank(period) and not any(backward_ranges(period.text)):
        message = _("The program cannot read “{text}” as a period.")
        yield period.problem("period_unread", message.format(text=_line(period.text)))
    elif _outside(period.text, period.fiscal_year):
        message = _("“{text}” lies outside fiscal year {year}.")
        message = message.format(text=_line(period.text), year=period.fiscal_year)
        yield period.problem(
            "period_outside_year", message, periods.text_of([periods.span(period.fiscal_year)], short=True)
        )


@lru_cache(maxsize=4096)
def _days(text: str, fiscal_year: int) -> tuple[Interval, ...]:
    return periods.parse(text, fiscal_year) if text else ()


@lru_cache(maxsize=4096)
def _outside(period: str, fiscal_year: int) -> bool:
    year = periods.span(fiscal_year)
    return any(days.start < year.start or year.end < days.end for days in _days(period, fiscal_year))


def _line(text: str) -> str:
    return " ".join(text.split())


_ONLY_FINISHED = re.compile(
    r"[-•]?(?:ได้)?(?:ดำเนิน(?:การ|งาน))?(?:แล้ว)?(?:เสร็จ(?:สิ้น)?)?(?:เป็นที่)?(?:เรียบร้อย)?(?:แล้ว)?"
)


def _result(entry: Entry) -> Iterator[Problem]:
    """The result against status, steps and title."""
    cell, progress = entry.cells["result"], entry.progress
    if progress is None or _blank(cell):
        return
    if words := _against(progress.status, entry.measure.continuous, cell.text):
        state = _(STATUS_LABELS[progress.status])
        message = _("The status is “{status}”, but the result says “{words}”.")
        yield cell.problem("status_against_result", message.format(status=state, words=words))
    if _repeats(cell.text, entry.measure.steps):
        yield cell.problem("result_equals_steps", _("The result only repeats the steps."))
    elif _repeats(cell.text, entry.measure.title):
        yield cell.problem("result_equals_steps", _("The result only repeats the title."))


def _against(state: Status, continuous: bool, result: str) -> str:
    """The words of the result that the status contradicts."""
    finished, going_on = result_words.finished(result), result_words.going_on(result)
    match state:
        case Status.DONE:
            found = going_on
        case Status.NOT_STARTED if not continuous:
            found = finished or (going_on if going_on and going_on[0].startswith(("อยู่", "กำลัง")) else None)
        case Status.IN_PROGRESS if finished and not continuous:
            found = finished if _ONLY_FINISHED.fullmatch("".join(result.split())) else None
        case _:
            found = None
    return found[0] if found else ""


_SENTENCE = 15
"""Letters from which on two texts are hardly the same by chance."""
_BULLET = re.compile(r"[\s•–—-]*(?:ได้)?(?:มีการ)?(?:ดำเนินการ)?")


def _repeats(text: str, other: str) -> bool:
    alike = len(text) < 2 * len(other) and len(other) < 2 * len(text)
    return alike and len(said := _essence(text)) >= _SENTENCE and said == _essence(other)


def _essence(text: str) -> str:
    """What a text says, without blanks, numbers and bullets."""
    lines = (thai.without_number(line) for line in text.split("\n"))
    return "".join("".join(_BULLET.sub("", line, count=1).split()) for line in lines)


_TITLE_NUMBER = re.compile(r"\s*(\d{1,3})\s?[.)](?!\d)")


def _title_numbers(entries: Iterable[Entry]) -> Iterator[Problem]:
    """Typed numbers go on from the measure before, or from the one before in their group, or begin anew."""
    last = 0
    last_of_group: dict[tuple[str, str], int] = {}
    for entry in entries:
        if not (found := _TITLE_NUMBER.match(entry.measure.title)):
            continue
        number, group = int(found[1]), (entry.measure.indicator, entry.measure.heading)
        before = last_of_group.get(group, last)
        if last and number not in (1, last + 1, before + 1):
            yield entry.cells["title"].problem("numbering_gap", gap_text(last, number))
        last = last_of_group[group] = number
