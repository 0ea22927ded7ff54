"""What the office wrote before: found as it is typed, the usual first, and kept up to date with the file."""

from dataclasses import replace
from typing import Any

from itadesk.domain.earlier import MOST, Earlier
from itadesk.domain.model import FiscalYear, Measure, Office, Progress, Row, Unit
from itadesk.domain.snapshot import ChangeSet, RowChange, Snapshot

OFFICE = Office(id="o")
YEARS = [FiscalYear(id=f"y{year}", office_id="o", year=year) for year in (2567, 2568)]


def a_measure(number: int, year: int = 2568, **texts: Any) -> Measure:
    return Measure(id=f"m{number}", fiscal_year_id=f"y{year}", ordinal=number, **texts)


def earlier(*rows: Row) -> Earlier:
    return Earlier(Snapshot.of([OFFICE, *YEARS, *rows]))


def test_the_most_used_comes_first_then_the_newest() -> None:
    found = earlier(
        a_measure(0, 2567, title="จัดทำประกาศ"),
        a_measure(1, 2568, title="จัดทำคู่มือ"),
        a_measure(2, 2567, title="จัดทำแผน"),
        a_measure(3, 2567, title="จัดทำแผน"),
    )
    assert found.like("title", "จัดทำ") == ["จัดทำแผน", "จัดทำคู่มือ", "จัดทำประกาศ"]


def test_digits_blanks_and_case_make_no_difference() -> None:
    found = earlier(
        a_measure(0, title="ITA  ปี ๒๕๖๘"), a_measure(1, title="ita ปี 2568"), a_measure(2, title="ita ปี 2568")
    )
    assert found.like("title", "ITAปี 25") == ["ita ปี 2568"]


def test_lines_are_offered_without_their_numbers_wherever_they_stand() -> None:
    found = earlier(a_measure(0, steps="๑. แต่งตั้งคณะทำงาน\n๒) แต่งตั้งผู้ประสานงาน\n- แต่งตั้งเลขานุการ"))
    assert set(found.like("steps", "แต่ง")) == {"แต่งตั้งคณะทำงาน", "แต่งตั้งผู้ประสานงาน", "แต่งตั้งเลขานุการ"}


def test_texts_that_have_it_inside_come_last() -> None:
    found = earlier(a_measure(0, responsible="กองคลัง\nคลังพัสดุ"))
    assert found.like("responsible", "คลัง") == ["คลังพัสดุ", "กองคลัง"]


def test_units_are_offered_as_responsible_before_any_measure_names_them() -> None:
    unit = Unit(id="u", office_id="o", ordinal=0, name="กองช่าง")
    assert earlier(unit).like("responsible", "กอง") == ["กองช่าง"]


def test_little_and_the_same_offer_nothing() -> None:
    found = earlier(a_measure(0, title="จัดทำแผน"))
    assert found.like("title", "จ") == []
    assert found.like("title", " ") == []
    assert found.like("title", "จัดทำแผน") == []
    assert found.like("indicator", "จัด") == []


def test_no_more_is_offered_than_is_seen_at_a_glance() -> None:
    found = earlier(*(a_measure(number, title=f"จัดทำแผน {number}") for number in range(50)))
    assert len(found.like("title", "จัด")) == MOST


def test_results_of_all_rounds_and_years_are_known() -> None:
    found = earlier(
        a_measure(0, 2567),
        Progress(id="p", measure_id="m0", round=6, result="ดำเนินการแล้วเสร็จ"),
        Progress(id="q", measure_id="m0", round=12, result="ดำเนินการต่อเนื่อง"),
    )
    assert set(found.like("result", "ดำเนิน")) == {"ดำเนินการแล้วเสร็จ", "ดำเนินการต่อเนื่อง"}


def test_it_follows_the_file() -> None:
    before, other = a_measure(0, title="จัดทำแผนผิด"), a_measure(1, title="จัดทำแผน")
    snapshot = Snapshot.of([OFFICE, *YEARS, before, other])
    found = Earlier(snapshot)
    assert found.like("title", "จัด") == ["จัดทำแผน", "จัดทำแผนผิด"]
    for change in (
        RowChange(before, replace(before, title="จัดทำคู่มือ")),
        RowChange(other, None),
        RowChange(None, a_measure(2, title="จัดทำประกาศ")),
    ):
        changes = ChangeSet((change,))
        snapshot = snapshot.after(changes)
        found.follow(snapshot, changes)
        assert set(found.like("title", "จัด")) == set(Earlier(snapshot).like("title", "จัด"))
    assert set(found.like("title", "จัด")) == {"จัดทำคู่มือ", "จัดทำประกาศ"}


def test_a_large_file_is_gathered_elsewhere_and_offers_nothing_before() -> None:
    found = earlier(*(a_measure(number, title=f"จัดทำแผน {number}") for number in range(2001)))
    job = found.job("title")
    assert job is not None
    assert found.job("title") is None
    assert found.like("title", "จัด") == []
    found.take(job())
    assert len(found.like("title", "จัด")) == MOST


def test_what_was_gathered_of_another_state_is_gathered_again() -> None:
    rows = [a_measure(number, title=f"จัดทำแผน {number}") for number in range(2001)]
    snapshot = Snapshot.of([OFFICE, *YEARS, *rows])
    found = Earlier(snapshot)
    job = found.job("title")
    assert job is not None
    gathered = job()
    changes = ChangeSet((RowChange(None, a_measure(3000, title="จัดใหม่")),))
    found.follow(snapshot.after(changes), changes)
    found.take(gathered)
    assert found.like("title", "จัดใหม่") == []
    assert found.like("title", "จัดให") == ["จัดใหม่"]
