"""The 12-month round begun with what the 6-month round says."""

from dataclasses import replace

import pytest

from itadesk.domain.model import FiscalYear, Measure, Office, Progress, Status
from itadesk.domain.open_round import Kept, is_untouched, opened
from itadesk.domain.snapshot import Snapshot

YEAR = FiscalYear(id="y", office_id="o", year=2568)
MEASURES = [Measure(id=f"m{number}", fiscal_year_id="y", ordinal=number) for number in range(4)]
DONE = Progress(
    id="p0", measure_id="m0", round=6, status=Status.DONE, result="เสร็จ", outcome="ดี", suggestion="ทำต่อ"
)
BARE = Progress(id="p1", measure_id="m1", round=6, status=Status.IN_PROGRESS)
REPORTED = Progress(id="p2", measure_id="m2", round=6, result="หกเดือน")


def a_file(*progress: Progress) -> Snapshot:
    return Snapshot.of([Office(id="o"), YEAR, *MEASURES, *progress])


def test_all_that_was_said_is_where_the_next_round_begins() -> None:
    rows = list(opened(a_file(DONE, BARE, REPORTED), "y", Kept()))
    assert [replace(row, id=before.id, round=6) for row, before in zip(rows, (DONE, BARE, REPORTED), strict=True)] == [
        DONE, BARE, REPORTED
    ]  # fmt: skip
    assert {row.round for row in rows} == {12}
    assert not {row.id for row in rows} & {"p0", "p1", "p2"}


@pytest.mark.parametrize("name", ["status", "result", "outcome", "suggestion"])
def test_what_is_not_wanted_stays_behind(name: str) -> None:
    (row,) = opened(a_file(DONE), "y", Kept(**{name: False}))
    empty = Status.NOT_STARTED if name == "status" else ""
    assert replace(row, id="p0", round=6) == replace(DONE, **{name: empty})


def test_a_measure_of_which_nothing_is_kept_has_no_entry() -> None:
    assert [row.measure_id for row in opened(a_file(DONE, BARE), "y", Kept(status=False))] == ["m0"]


def test_a_measure_that_has_a_12_month_report_keeps_it() -> None:
    later = Progress(id="l", measure_id="m0", round=12)
    assert [row.measure_id for row in opened(a_file(DONE, BARE, later), "y", Kept())] == ["m1"]


def test_it_is_offered_only_while_the_12_month_round_says_nothing() -> None:
    assert is_untouched(a_file(DONE), "y")
    assert not is_untouched(a_file(), "y")
    assert not is_untouched(a_file(Progress(id="e", measure_id="m0", round=6)), "y")
    assert not is_untouched(a_file(DONE, Progress(id="l", measure_id="m3", round=12)), "y")
