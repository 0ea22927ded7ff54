"""Which rows belong to which."""

from domain.rows import snapshots
from hypothesis import given

from itadesk.domain.family import CHILDREN, PARENTS, below, parent_id
from itadesk.domain.model import (
    Deletion,
    Joined,
    LayoutText,
    Measure,
    Office,
    Progress,
    Sending,
)
from itadesk.domain.snapshot import TABLES, Snapshot


def test_every_class_but_those_of_the_file_itself_has_a_parent() -> None:
    assert {row_class for row_class in TABLES.values() if row_class not in PARENTS} == {
        Office, LayoutText, Deletion, Sending, Joined
    }  # fmt: skip
    assert PARENTS[Progress] == ("measure_id", Measure)
    assert Progress in CHILDREN[Measure]


@given(snapshots())
def test_below_a_row_is_what_belongs_to_it_parents_first(content: Snapshot) -> None:
    for year in content.fiscal_years:
        known = {year.id}
        for row in below(content, year):
            assert parent_id(row) in known
            known.add(row.id)
        assert {row.id for row in content.all(Measure).values() if row.fiscal_year_id == year.id} <= known
