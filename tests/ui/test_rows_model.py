"""The table model: whatever list comes next, a view that hears only the signals has the same list."""

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from itadesk.domain.fields import field_of
from itadesk.domain.model import Measure
from itadesk.ui.rows_model import ROW, SHOWN, Column, RowsModel, dragged_ids

pytestmark = pytest.mark.usefixtures("qapp")

TITLE = field_of(Measure, "title")


@dataclass(frozen=True)
class Line:
    id: str
    title: str = ""


# Qt's tester takes the first column for what a row is, so the number, which a row changes by moving, comes later.
COLUMNS = (
    Column[Line]("title", "มาตรการ", lambda line: line.title, TITLE),
    Column[Line]("number", "ที่"),
    Column[Line]("id", "รหัส", lambda line: line.id),
)


class Mirror:
    """A view's own copy of the rows, kept by signals alone; `signals` counts what it was told."""

    def __init__(self, model: RowsModel[Any]) -> None:
        self.model = model
        self.shown = [self._read(at) for at in range(model.rowCount())]
        self.signals: list[str] = []
        model.rowsInserted.connect(self._inserted)
        model.rowsRemoved.connect(self._removed)
        model.rowsMoved.connect(self._moved)
        model.dataChanged.connect(self._changed)
        model.modelReset.connect(lambda: self.signals.append("reset"))
        model.layoutChanged.connect(lambda: self.signals.append("layout"))

    def _read(self, row: int) -> list[str]:
        return [self.model.index(row, column).data() for column in range(self.model.columnCount())]

    def _inserted(self, parent: QModelIndex, first: int, last: int) -> None:
        self.signals.append("insert")
        self.shown[first:first] = [self._read(at) for at in range(first, last + 1)]

    def _removed(self, parent: QModelIndex, first: int, last: int) -> None:
        self.signals.append("remove")
        del self.shown[first : last + 1]

    def _moved(self, parent: QModelIndex, first: int, last: int, to: QModelIndex, at: int) -> None:
        self.signals.append("move")
        block = self.shown[first : last + 1]
        del self.shown[first : last + 1]
        at -= len(block) if at > last else 0
        self.shown[at:at] = block

    def _changed(self, top_left: QModelIndex, bottom_right: QModelIndex) -> None:
        self.signals.append("change")
        for row in range(top_left.row(), bottom_right.row() + 1):
            for column in range(top_left.column(), bottom_right.column() + 1):
                self.shown[row][column] = self.model.index(row, column).data()


def shown(lines: list[Line]) -> list[list[str]]:
    return [[line.title, str(at + 1), line.id] for at, line in enumerate(lines)]


LISTS = st.lists(
    st.builds(Line, st.sampled_from("abcdefghij"), st.sampled_from(["", "ก", "ข\nค"])),
    unique_by=lambda line: line.id,
)


@given(LISTS, st.lists(LISTS, min_size=1, max_size=4))
def test_signals_alone_lead_from_any_list_to_any_other(first, following):
    model = RowsModel(COLUMNS, first)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    mirror = Mirror(model)
    kept = {line.id: QPersistentModelIndex(model.index(at, 1)) for at, line in enumerate(first)}
    for lines in following:
        model.set_rows(lines)
        assert mirror.shown == shown(lines)
        kept = {row_id: index for row_id, index in kept.items() if row_id in {line.id for line in lines}}
        for row_id, index in kept.items():
            assert index.data(ROW).id == row_id
        assert all(model.position(line.id) == at for at, line in enumerate(lines))
    assert "reset" not in mirror.signals
    assert "layout" not in mirror.signals
    assert tester.model() is model


def lines(ids: str) -> list[Line]:
    return [Line(row_id) for row_id in ids]


@pytest.mark.parametrize(
    ("before", "after", "signals"),
    [
        ("abcd", "abcd", []),
        ("abcd", "abxcd", ["insert", "change"]),
        ("abcd", "abcdx", ["insert", "change"]),
        ("abcd", "ad", ["remove", "change"]),
        ("abcdef", "aefbcd", ["move", "change"]),
        ("abcd", "bcda", ["move", "change"]),
        ("abcd", "", ["remove"]),
        ("", "abcd", ["insert", "change"]),
    ],
)
def test_one_step_of_the_clerk_is_one_signal_and_new_numbers(before, after, signals):
    model = RowsModel(COLUMNS, lines(before))
    mirror = Mirror(model)
    model.set_rows(lines(after))
    assert mirror.signals == signals


def test_an_edited_row_changes_alone():
    model = RowsModel(COLUMNS, lines("abcd"))
    spans: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda top, bottom: spans.append((top.row(), bottom.row())))
    model.set_rows([Line("a"), Line("b", "ใหม่"), Line("c"), Line("d")])
    assert spans == [(1, 1)]


def test_a_cell_is_written_as_its_field_reads_it():
    written: list[tuple[str, str, Any]] = []
    model = RowsModel(
        COLUMNS, lines("ab"), lambda row, name, value: bool(written.append((row.id, name, value))) or True
    )
    assert model.setData(model.index(1, 0), "น\u0e4d\u0e32")
    assert written == [("b", "title", "น\u0e33")]
    assert not model.setData(model.index(1, 2), "x"), "a column without a field is not edited"
    assert model.refusal(model.index(0, 0), "ก" * 100_001) is not None
    assert not model.setData(model.index(0, 0), "ก" * 100_001)
    assert len(written) == 1


def test_without_a_writer_nothing_can_be_edited():
    model = RowsModel(COLUMNS, lines("a"))
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable
    assert not model.setData(model.index(0, 0), "x")


def test_a_very_long_cell_is_drawn_in_part_and_edited_whole():
    model = RowsModel(COLUMNS, [Line("a", "ก" * 20_000)])
    cell = model.index(0, 0)
    assert len(cell.data()) <= 2 * SHOWN
    assert cell.data(Qt.ItemDataRole.EditRole) == "ก" * 20_000


def test_dragged_rows_travel_as_ids_in_their_order():
    model = RowsModel(COLUMNS, lines("abcd"), draggable=True)
    data = model.mimeData([model.index(2, 0), model.index(0, 1), model.index(0, 0)])
    assert dragged_ids(data) == ["a", "c"]
