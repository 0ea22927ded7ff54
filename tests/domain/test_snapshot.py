"""The snapshot: children in order, and `after` exact for any changes."""

from dataclasses import replace
from typing import Any

from domain.rows import an_id, rows, snapshots
from hypothesis import given
from hypothesis import strategies as st

from itadesk.domain.model import (
    Assessment,
    DocumentText,
    FiscalYear,
    LayoutText,
    Measure,
    Office,
    Progress,
    Row,
    Unit,
)
from itadesk.domain.snapshot import TABLES, ChangeSet, RowChange, Snapshot

PARENTS = st.sampled_from(["a", "b"])
ROWS: dict[type[Row], st.SearchStrategy[Any]] = {
    Office: rows(Office),
    Unit: st.builds(Unit, id=st.builds(an_id), office_id=PARENTS, ordinal=st.integers(0, 3)),
    FiscalYear: st.builds(FiscalYear, id=st.builds(an_id), office_id=PARENTS, year=st.integers(2560, 2563)),
    Assessment: st.builds(
        Assessment, id=st.builds(an_id), office_id=st.just("a"), year=st.integers(2560, 2563)
    ),
    Measure: st.builds(Measure, id=st.builds(an_id), fiscal_year_id=PARENTS, ordinal=st.integers(0, 3)),
    Progress: st.builds(Progress, id=st.builds(an_id), measure_id=PARENTS, round=st.sampled_from([6, 12])),
    DocumentText: st.builds(
        DocumentText, id=st.builds(an_id), document_id=PARENTS, name=st.sampled_from("xyz")
    ),
    LayoutText: st.builds(LayoutText, id=st.builds(an_id), name=st.sampled_from("xyz")),
}
ANY_ROW = st.one_of(*ROWS.values())


def _key(row: Row) -> Row:
    """What only one row at a time may be: the file knows no two years, rounds or names under one parent."""
    return row if hasattr(row, "ordinal") else replace(row, id="")


@st.composite
def changes_of(draw: st.DrawFn, snapshot: Snapshot) -> tuple[dict[str, Row], ChangeSet]:
    """Inserts, updates (also of order and parent) and deletes in any order, and the rows they leave."""
    state = {row.id: row for row in snapshot.rows()}
    changes: list[RowChange] = []
    for _step in range(draw(st.integers(1, 12))):
        before = state.get(draw(st.sampled_from(["", *sorted(state)])))
        after = None if before and draw(st.booleans()) else draw(ROWS[type(before)] if before else ANY_ROW)
        if before and after:
            after = replace(after, id=before.id)
        if after and _key(after) in map(_key, state.values()):
            continue
        changes.append(RowChange(before, after))
        if before:
            del state[before.id]
        if after:
            state[after.id] = after
    return state, ChangeSet(tuple(changes))


@given(st.lists(ANY_ROW, max_size=8, unique_by=_key), st.data())
def test_after_is_the_snapshot_of_the_changed_rows_and_undo_leads_back(
    found: list[Row], data: st.DataObject
) -> None:
    snapshot = Snapshot.of(found)
    state, changes = data.draw(changes_of(snapshot))
    after = snapshot.after(changes)
    assert after == Snapshot.of(state.values())
    assert after.after(changes.inverted()) == snapshot


@given(snapshots())
def test_rows_come_parents_first_and_make_the_same_snapshot(snapshot: Snapshot) -> None:
    found = list(snapshot.rows())
    order = list(TABLES.values())
    assert [order.index(type(row)) for row in found] == sorted(order.index(type(row)) for row in found)
    assert Snapshot.of(found) == snapshot


def test_children_stand_in_their_order_and_a_change_touches_only_its_parent() -> None:
    measures = [Measure(id=str(n), fiscal_year_id="y", ordinal=9 - n) for n in range(3)]
    other = Measure(id="x", fiscal_year_id="z", ordinal=0)
    snapshot = Snapshot.of([*measures, other])
    assert [row.id for row in snapshot.children(Measure, "y")] == ["2", "1", "0"]
    moved = RowChange(measures[2], replace(measures[2], ordinal=20))
    after = snapshot.after(ChangeSet((moved,)))
    assert [row.id for row in after.children(Measure, "y")] == ["1", "0", "2"]
    assert after.children(Measure, "z") == [other]
    assert snapshot.children(Measure, "y")[0] == measures[2]


def test_what_a_change_set_says_of_itself() -> None:
    unit = Unit(id="u", office_id="o", ordinal=0)
    changes = ChangeSet((RowChange(None, unit), RowChange(unit, replace(unit, name="กองคลัง"))))
    assert changes
    assert not ChangeSet()
    assert changes.tables() == {"unit"}
    assert changes.ids("unit") == {"u"}
    assert changes.ids("measure") == frozenset()
    assert changes.inverted().inverted() == changes


def test_years_and_progress_are_found_by_their_keys() -> None:
    office = Office(id="o", kind="เทศบาลตำบล", name="งามดี")
    years = [FiscalYear(id=str(year), office_id="o", year=year) for year in (2569, 2568)]
    done = Progress(id="p", measure_id="m", round=6)
    result = Assessment(id="a", office_id="o", year=2567)
    snapshot = Snapshot.of([office, *years, done, result])
    assert snapshot.office.full_name == "เทศบาลตำบลงามดี"
    assert [year.year for year in snapshot.fiscal_years] == [2568, 2569]
    assert snapshot.fiscal_year(2569) == years[0]
    assert snapshot.fiscal_year(2570) is None
    assert snapshot.assessment(2567) == result
    assert snapshot.assessment(2568) is None
    assert snapshot.progress("m", 6) == done
    assert snapshot.progress("m", 12) is None
    assert snapshot.get(Progress, "p") == done
    assert snapshot.get(Progress, "q") is None


def test_many_edits_one_after_the_other_leave_every_earlier_snapshot_as_it_was() -> None:
    ids = [f"{at:032x}" for at in range(100)]
    now = Snapshot.of([Measure(id=row_id, fiscal_year_id="a", ordinal=0) for row_id in ids])
    state = dict(now.all(Measure))
    seen = [(now, dict(state))]
    for turn in range(300):
        row_id = ids[turn * 7 % 100]
        before = state.pop(row_id, None)
        after = None
        if turn % 3 or before is None:
            after = state[row_id] = Measure(id=row_id, fiscal_year_id="ab"[turn % 2], ordinal=turn)
        now = now.after(ChangeSet((RowChange(before, after),)))
        if turn % 10 == 0:
            seen.append((now, dict(state)))
    for snapshot, there in seen:
        for parent in "ab":
            its = [row for row in there.values() if row.fiscal_year_id == parent]
            assert snapshot.children(Measure, parent) == sorted(its, key=lambda row: (row.ordinal, row.id))
        assert [snapshot.get(Measure, row_id) for row_id in ids] == [there.get(row_id) for row_id in ids]
        assert snapshot.all(Measure) == there
