"""Two states of a file, told apart row by row and field by field, each difference once; and a file in a few numbers."""

import datetime as dt
from dataclasses import replace

from domain.rows import snapshots
from hypothesis import given

from itadesk.domain import overview
from itadesk.domain.differences import Difference, differences
from itadesk.domain.model import (
    Deletion,
    Evidence,
    FiscalYear,
    Joined,
    Measure,
    Office,
    Progress,
    Row,
    Sending,
    Status,
    TemplateMeasure,
    Unit,
)
from itadesk.domain.progress import Counts
from itadesk.domain.snapshot import Snapshot

OFFICE = Office(id="o", name="งามดี")
YEAR = FiscalYear(id="y", office_id="o", year=2569)
MEASURES = [Measure(id=f"m{n}", fiscal_year_id="y", ordinal=n, title=f"มาตรการ {n}") for n in range(3)]
DONE = Progress(id="p", measure_id="m1", round=6, status=Status.DONE)
LINK = Evidence(id="e", measure_id="m1", ordinal=0, url="https://example.go.th")
ROWS: list[Row] = [OFFICE, YEAR, *MEASURES, DONE, LINK]
BEFORE = Snapshot.of(ROWS)


def after(*rows: Row, without: str = "") -> Snapshot:
    """The state before with these rows in place of those of the same id, or added, and without others."""
    by_id = {row.id: row for row in ROWS} | {row.id: row for row in rows}
    return Snapshot.of(row for row_id, row in by_id.items() if row_id not in without.split())


def test_a_changed_row_tells_the_fields() -> None:
    longer = replace(MEASURES[1], title="ใหม่", steps="ขั้นตอน")
    assert differences(BEFORE, after(longer)) == [
        Difference("changed", MEASURES[1], longer, ("title", "steps"))
    ]


def test_what_goes_with_its_parent_is_told_once() -> None:
    assert differences(BEFORE, after(without="m1 p e")) == [
        Difference("removed", MEASURES[1], None, along=(DONE, LINK))
    ]
    assert differences(after(without="m1 p e"), BEFORE) == [
        Difference("added", None, MEASURES[1], along=(DONE, LINK))
    ]
    (gone,) = differences(BEFORE, after(without="y m0 m1 m2 p e"))
    assert (gone.row, len(gone.along)) == (YEAR, 5)


def test_another_order_is_told_once_and_gaps_are_none() -> None:
    turned = after(*(replace(row, ordinal=9 - row.ordinal) for row in MEASURES))
    assert differences(BEFORE, turned) == [
        Difference("order", MEASURES[2], turned.children(Measure, "y")[0]),
    ]
    assert differences(BEFORE, after(*(replace(row, ordinal=row.ordinal * 5) for row in MEASURES))) == []


def test_a_row_under_another_parent_is_changed_and_neither_gone_nor_new() -> None:
    other = FiscalYear(id="z", office_id="o", year=2570)
    moved = replace(MEASURES[2], fiscal_year_id="z")
    told = differences(BEFORE, after(other, moved))
    assert [(one.kind, one.row.id, one.along) for one in told] == [("added", "z", ()), ("changed", "m2", ())]
    told = differences(after(other, moved), BEFORE)
    assert [(one.kind, one.row.id, one.along) for one in told] == [
        ("removed", "z", ()),
        ("changed", "m2", ()),
    ]


def test_differences_come_in_the_order_of_the_file() -> None:
    unit = Unit(id="u", office_id="o", ordinal=0, name="กองคลัง")
    changed = after(
        replace(OFFICE, phone="1"), unit, replace(MEASURES[0], title="ก"), replace(DONE, result="ผล")
    )
    assert [one.row.id for one in differences(BEFORE, changed)] == ["o", "u", "m0", "p"]


def test_how_a_file_came_about_is_no_content() -> None:
    moment = dt.datetime(2026, 4, 3, 12)
    aside: list[Row] = [
        Deletion(id="d", ordinal=0, deleted_at=moment, table_name="measure", row_id="x"),
        Sending(id="s", ordinal=0, sent_at=moment, revision=1, seal=""),
        Joined(id="j", first_revision=1, last_revision=2),
        TemplateMeasure(id="t", fiscal_year_id="y", title="ต้นแบบ"),
    ]
    assert differences(BEFORE, after(*aside)) == []


@given(snapshots(), snapshots())
def test_the_same_is_no_difference_and_every_row_is_accounted_for(one: Snapshot, other: Snapshot) -> None:
    assert differences(one, one) == []
    told = differences(one, other)  # no row has an id in common
    for kind, content in (("removed", one), ("added", other)):
        count = sum(1 + len(difference.along) for difference in told if difference.kind == kind)
        assert count == len(list(content.rows()))


def test_a_file_in_a_few_numbers() -> None:
    empty = FiscalYear(id="z", office_id="o", year=2570)
    assert overview.of(after(empty)) == overview.Overview("งามดี", (2569, 2570), 3, 2569, 6, Counts(2, 0, 1))
    assert overview.of(Snapshot.of([OFFICE])) == overview.Overview("งามดี", (), 0)
