"""Rows of two files that are the same whatever their ids."""

from dataclasses import replace

from domain.rows import an_id, snapshots
from hypothesis import given

from itadesk.domain import identities
from itadesk.domain.family import PARENTS
from itadesk.domain.model import FiscalYear, Measure, Office, Progress, Row
from itadesk.domain.snapshot import Snapshot


def anew(content: Snapshot) -> Snapshot:
    """The same content in a file that gave every row an id of its own."""
    ids = {row.id: an_id() for row in content.rows()}
    rows: list[Row] = []
    for row in content.rows():
        parent = (
            {PARENTS[type(row)][0]: ids[getattr(row, PARENTS[type(row)][0])]} if type(row) in PARENTS else {}
        )
        rows.append(replace(row, id=ids[row.id], **parent))
    return Snapshot.of(rows)


@given(snapshots())
def test_what_has_a_key_is_found_again_in_a_file_begun_anew(content: Snapshot) -> None:
    moved, _same = identities.in_ours(content, anew(content))
    for row_class in (Office, FiscalYear):
        assert moved.all(row_class) == content.all(row_class)


def test_rows_told_to_be_the_same_bring_those_below_them_along() -> None:
    office, year = Office(id="o"), FiscalYear(id="y", office_id="o", year=2569)
    ours = Measure(id="m", fiscal_year_id="y", ordinal=0, title="เดิม")
    theirs = Measure(id="n", fiscal_year_id="y", ordinal=0, title="ใหม่")
    mine = Progress(id="p", measure_id="m", round=6)
    other = Progress(id="q", measure_id="n", round=6, result="ผล")
    here, there = Snapshot.of([office, year, ours, mine]), Snapshot.of([office, year, theirs, other])
    moved, same = identities.in_ours(here, there, {"n": "m"})
    assert moved.get(Progress, "p") == replace(other, id="p", measure_id="m")
    assert same == {"n": "m", "q": "p"}
    apart, _same = identities.in_ours(here, there)
    assert apart.get(Progress, "p") is None
