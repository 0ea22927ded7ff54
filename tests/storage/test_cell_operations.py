"""Many cells in one edit: measures and progress change together, new measures stand where they were wanted."""

import pytest
from storage.conftest import Open
from storage.office import YEAR, measure_id
from storage.test_operations import order, run

from itadesk.domain.model import Measure, Status
from itadesk.errors import UserError
from itadesk.storage import cell_operations, operations
from itadesk.storage.cell_operations import Added
from itadesk.storage.office_file import OfficeFile

M = [measure_id(number) for number in range(4)]


@pytest.fixture
def file(path, opened: Open) -> OfficeFile:
    return opened(path)


def test_cells_of_measures_and_of_progress_change_in_one_edit(file):
    before = file.snapshot
    cells = {M[0]: {"period": "ต.ค. ๖๗", "status": Status.DONE}, M[3]: {"result": "แล้วเสร็จ"}}
    changes = file.edit(lambda edit: cell_operations.set_cells(edit, 12, cells))
    first, last = (file.snapshot.progress(row, 12) for row in (M[0], M[3]))
    assert file.snapshot.all(Measure)[M[0]].period == "ต.ค. ๖๗"
    assert first is not None
    assert first.status is Status.DONE
    assert last is not None
    assert last.result == "แล้วเสร็จ"
    file.replay(changes.inverted())
    assert file.snapshot == before


def test_saying_that_a_measure_has_not_begun_needs_no_row(file):
    file.edit(lambda edit: cell_operations.set_cells(edit, 12, {M[3]: {"status": Status.NOT_STARTED}}))
    assert file.snapshot.progress(M[3], 12) is None


def test_one_cell_that_may_not_be_stored_stops_all(file):
    before = file.snapshot
    cells = {M[0]: {"period": "ดี"}, M[1]: {"indicator": "abc"}}
    with pytest.raises(UserError):
        file.edit(lambda edit: cell_operations.set_cells(edit, 12, cells))
    with pytest.raises(LookupError):
        file.edit(lambda edit: cell_operations.set_cells(edit, 12, {**cells, "f" * 32: {"title": ""}}))
    assert file.snapshot == before


@pytest.mark.parametrize(
    ("after", "at"), [(None, 4), (operations.FIRST, 0), (M[0], 1), (M[3], 4)], ids=["last", "first", "1", "3"]
)
def test_new_measures_stand_together_where_they_are_wanted(file, after, at):
    rows = [{"title": "ก", "status": Status.DONE}, {"title": "ข"}]
    ids = run(file, cell_operations.add_measures, Added(YEAR, 12, rows, after))
    assert order(file) == [*M[:at], *ids, *M[at:]]
    told = [file.snapshot.progress(row, 12) for row in ids]
    assert told[0] is not None
    assert told[0].status is Status.DONE
    assert told[1] is None


def test_measures_are_ordered_among_those_that_keep_their_places(file):
    run(file, operations.order_measures, [M[3], M[0], M[2]])
    assert order(file) == [M[3], M[1], M[0], M[2]]
    assert not file.edit(lambda edit: operations.order_measures(edit, []))
