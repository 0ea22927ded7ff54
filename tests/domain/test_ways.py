"""The way from one content of a file to another."""

import datetime as dt
from dataclasses import replace

from domain.rows import snapshots
from hypothesis import given

from itadesk.domain.family import parent_id
from itadesk.domain.model import Deletion, FiscalYear, Office, Unit
from itadesk.domain.snapshot import Snapshot
from itadesk.domain.ways import same_content, way, way_back


@given(snapshots(), snapshots())
def test_the_way_leads_from_any_content_to_any_other(one: Snapshot, other: Snapshot) -> None:
    assert one.after(way(one, other)) == other
    assert not way(one, one)


@given(snapshots())
def test_rows_that_change_places_go_before_they_come(content: Snapshot) -> None:
    years = content.fiscal_years
    if len(years) < 2:
        return
    first, second = years
    swapped = {first.id: replace(first, year=second.year), second.id: replace(second, year=first.year)}
    wanted = Snapshot.of(swapped.get(row.id, row) for row in content.rows())
    state = {row.id: row for row in content.rows()}
    for change in way(content, wanted).changes:
        if change.after is None:
            del state[change.id]
        else:
            state[change.id] = change.after
        numbers = [row.year for row in state.values() if isinstance(row, FiscalYear)]
        assert len(numbers) == len(set(numbers))
        assert all(parent_id(row) is None or parent_id(row) in state for row in state.values())
    assert Snapshot.of(state.values()) == wanted


def test_on_the_way_back_the_bin_keeps_what_does_not_come_back() -> None:
    def entry(number: str, row_id: str) -> Deletion:
        return Deletion(
            id=number * 32, ordinal=0, deleted_at=dt.datetime(2020, 1, 1), table_name="unit", row_id=row_id
        )

    office = Office(id="a" * 32)
    unit = Unit(id="b" * 32, office_id=office.id, ordinal=0, name="กองช่าง")
    then = Snapshot.of([office, unit])
    of_unit, of_other = entry("1", unit.id), entry("2", "c" * 32)
    now = Snapshot.of([office, of_unit, of_other])
    after = now.after(way_back(now, then))
    assert same_content(after, then)
    assert after.children(Deletion) == [of_other]
