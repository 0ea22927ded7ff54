"""The one table model: frozen rows under columns; it tells its views the smallest change from one list to the next."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

from itadesk.domain import fields
from itadesk.domain.fields import Field
from itadesk.errors import UserError
from itadesk.ui import thai_text

ROWS_FORMAT = "application/x-itadesk-rows"
"""What is dragged: ids of rows, one a line."""
ROW = Qt.ItemDataRole.UserRole
"""The role that gives a view the frozen row itself."""
SHOWN = 1_000
"""Characters of a cell that are drawn; the form shows the whole text."""

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_TOP_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class Identified(Protocol):
    """A row knows its id, which never changes."""

    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=Identified)


@dataclass(frozen=True)
class Column(Generic[T]):
    """One column: `label` is what its head says, `text` what a cell says; without `text` it is the row's number.

    `field`: how a text that is typed into a cell becomes a value; without it the column cannot be edited.
    """

    name: str
    label: str
    text: Callable[[T], str] | None = None
    field: Field | None = None
    alignment: Qt.AlignmentFlag = _TOP_LEFT


Write = Callable[[T, str, Any], bool]
"""Stores a cell: row, column name, value. False when it was refused."""


class RowsModel(QAbstractTableModel, Generic[T]):
    """`set_rows` takes the next list; a view's current cell, selection and scroll position stay where they are.

    When rows come, go or move in many places at once, a reset costs less than telling each; RowsTable then puts them
    back.

    The model never changes a row: an edited cell goes to `write`, and comes back with the next list.
    """

    def __init__(
        self,
        columns: Sequence[Column[T]],
        rows: Iterable[T] = (),
        write: Write[T] | None = None,
        *,
        draggable: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.draggable = draggable
        self._write = write
        self._rows = list(rows)
        self._positions = _positions(self._rows)
        self._flags = [self._flags_of(column) for column in self.columns]
        self._numbers = next((at for at, column in enumerate(self.columns) if column.text is None), None)

    @property
    def rows(self) -> Sequence[T]:
        return self._rows

    def row(self, index: _Index) -> T:
        return self._rows[index.row()]

    def position(self, row_id: str) -> int | None:
        """Where the row with this id stands, None when it is not here."""
        return self._positions.get(row_id)

    def column(self, name: str) -> int:
        """Where the column called `name` stands."""
        return next(at for at, column in enumerate(self.columns) if column.name == name)

    def set_rows(self, rows: Iterable[T]) -> None:
        """Show these rows from now on."""
        new = list(rows)
        if not _same_order(self._rows, new):
            # Of thousands of rows each is asked for its id once; the rest is done with ids alone.
            positions = _positions(new)
            before, after = list(self._positions), list(positions)
            if _differs_much(before, after):
                self._reset(new, positions)
                return
            first = next(_differing(before, after), min(len(before), len(after)))
            self._remove_all_but(positions)
            self._order_like(positions)
            self._insert_from(new)
            self._positions = positions
            self._renumber(first)
        self._replace_by(new)

    def _reset(self, new: list[T], positions: dict[str, int]) -> None:
        self.beginResetModel()
        self._rows = new
        self._positions = positions
        self.endResetModel()

    def _remove_all_but(self, kept: Mapping[str, int]) -> None:
        gone = [at for at, row_id in enumerate(self._positions) if row_id not in kept]
        for first, last in reversed(list(runs(gone))):
            self.beginRemoveRows(_ROOT, first, last)
            del self._rows[first : last + 1]
            self.endRemoveRows()

    def _order_like(self, new: Mapping[str, int]) -> None:
        """Bring the rows into the order of `new`, block by block: a block that was dragged is one move."""
        wanted = [row_id for row_id in new if row_id in self._positions]
        ids = [row_id for row_id in self._positions if row_id in new]
        for at in _differing(ids, wanted):  # which sees each move that is made
            first = end = ids.index(wanted[at], at)
            while end < len(ids) and ids[end] == wanted[at + end - first]:
                end += 1
            self.beginMoveRows(_ROOT, first, end - 1, _ROOT, at)
            ids[at:end] = ids[first:end] + ids[at:first]
            self._rows[at:end] = self._rows[first:end] + self._rows[at:first]
            self.endMoveRows()

    def _insert_from(self, new: Sequence[T]) -> None:
        come = (at for at, row in enumerate(new) if row.id not in self._positions)
        for first, last in runs(come):
            self.beginInsertRows(_ROOT, first, last)
            self._rows[first:first] = new[first : last + 1]
            self.endInsertRows()

    def _renumber(self, first: int) -> None:
        if self._numbers is not None and first < len(self._rows):
            self.dataChanged.emit(
                self.index(first, self._numbers), self.index(len(self._rows) - 1, self._numbers)
            )

    def _replace_by(self, new: list[T]) -> None:
        pairs = enumerate(zip(self._rows, new, strict=True))
        changed = [at for at, (old, row) in pairs if old is not row and old != row]
        self._rows = new
        for first, last in runs(changed):
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.shown(index)
            case Qt.ItemDataRole.EditRole:
                return self.text_at(index.row(), index.column())
            case Qt.ItemDataRole.TextAlignmentRole:
                return self.columns[index.column()].alignment
            case _:
                return self.row(index) if role == ROW else None

    def shown(self, index: _Index) -> str:
        """The text of a cell as it is drawn."""
        return thai_text.display(shorten(self.text_at(index.row(), index.column())))

    def text_at(self, at: int, column: int) -> str:
        """The whole text of a cell."""
        text = self.columns[column].text
        return str(at + 1) if text is None else text(self._rows[at])

    @property
    def last_number(self) -> int:
        """The highest number of a row."""
        return len(self._rows)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return thai_text.display(self.columns[section].label)
        return None

    def refusal(self, index: _Index, text: str) -> UserError | None:
        """Why `text` cannot stand in this cell; None when it can."""
        field = self.columns[index.column()].field
        try:
            if field is not None:
                fields.parse(field, text)
        except UserError as error:
            return error
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for the text `value` to be stored in a cell."""
        if role != Qt.ItemDataRole.EditRole or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        column = self.columns[index.column()]
        if self._write is None or column.field is None or self.refusal(index, value) is not None:
            return False
        return self._write(self.row(index), column.name, fields.parse(column.field, value))

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled if self.draggable else Qt.ItemFlag.NoItemFlags
        return self._flags[index.column()]

    def _flags_of(self, column: Column[T]) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if self.draggable:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        if self._write is not None and column.field is not None:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [ROWS_FORMAT]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        ids = [self._rows[at].id for at in sorted({index.row() for index in indexes})]
        data.setData(ROWS_FORMAT, "\n".join(ids).encode())
        return data


def dragged_ids(data: QMimeData) -> list[str]:
    """The ids of the rows being dragged, in the order they are shown; none when it is something else."""
    return bytes(data.data(ROWS_FORMAT).data()).decode().split()


def shorten(text: str) -> str:
    """As much of a long text as a cell draws."""
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"


def _positions(rows: Iterable[Identified]) -> dict[str, int]:
    return {row.id: at for at, row in enumerate(rows)}


_MOST_PLACES = 40


def _differs_much(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether rows came, went or moved in more places than are told one by one."""
    longer, shorter = (before, after) if len(before) > len(after) else (after, before)
    if len(longer) < _MOST_PLACES:
        return False
    if len(longer) == len(shorter):
        return _moved_places(before, after) > _MOST_PLACES
    there = set(shorter)
    return (
        sum(1 for _run in runs(at for at, row_id in enumerate(longer) if row_id not in there)) > _MOST_PLACES
    )


def _moved_places(before: Sequence[str], after: Sequence[str]) -> int:
    """In how many places another row follows than before."""
    following = dict(pairwise(before))
    return sum(following.get(first) != second for first, second in pairwise(after))


def _same_order(old: Sequence[Identified], new: Sequence[Identified]) -> bool:
    return len(old) == len(new) and all(a is b or a.id == b.id for a, b in zip(old, new, strict=True))


def _differing(before: Sequence[str], after: Sequence[str]) -> Iterator[int]:
    """Positions at which other ids stand, up to the shorter one's end."""
    return (at for at, (a, b) in enumerate(zip(before, after, strict=False)) if a != b)


def runs(positions: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Rising positions as (first, last) of stretches without a gap: 1 2 3 7 -> (1, 3) (7, 7)."""
    first = last = None
    for at in positions:
        if last is None or first is None or at != last + 1:
            if first is not None and last is not None:
                yield first, last
            first = at
        last = at
    if first is not None and last is not None:
        yield first, last
