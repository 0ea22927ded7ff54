"""What is done with the selected cells of the measures table: copied, cut, pasted, filled down, cleared."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from itadesk.domain import fields
from itadesk.domain.model import Measure
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage import cell_operations, operations
from itadesk.storage.cell_operations import Added
from itadesk.ui import copied_cells, measure_import, measure_rows, messages
from itadesk.ui.cell_table import CellTable
from itadesk.ui.copied_cells import Copied, Texts
from itadesk.ui.measure_rows import FIELD_NAMES, MeasureRows
from itadesk.ui.session import FileSession

WIDE = 3
"""Columns of a table without headings from which on it is taken for measures, not for cells."""
_TOLD = 5
"""Cells that are named when they are refused."""

_Cells = dict[str, dict[str, Any]]


class CellBlock:
    """Every verb is one undo step. Only cells that change are written, and what is refused stays as it was."""

    def __init__(self, session: FileSession, table: CellTable, model: MeasureRows) -> None:
        self._session = session
        self._table = table
        self._model = model

    # Out

    def copy(self, *, cut: bool = False) -> None:
        """The selected cells as they are shown; whole rows with their numbers, and here with all their fields."""
        table, rows = self._table, self._table.selected_rows()
        if not rows:
            return
        if table.whole_rows:
            numbers = [self._table.rows.column("number"), *table.columns()]
            own = tuple(tuple(self._text(row, name) for name in FIELD_NAMES) for row in rows)
            ids = tuple(table.selected_ids())
            copied_cells.put(self._shown(rows, numbers), Copied(own, FIELD_NAMES, ids, cut))
        else:
            columns = table.selected_columns()
            shown = self._shown(rows, columns)
            copied_cells.put(shown, Copied(shown, tuple(map(self._name, columns))))

    def cut(self) -> None:
        """Copy cells and clear them. Whole rows stay until they are pasted, and then move with all they have."""
        if self._session.read_only:
            return
        whole = self._table.whole_rows
        self.copy(cut=whole)
        if whole:
            told = _("Cut {count} measures. Ctrl+V puts them behind the current one.")
            self._tell(told, len(self._table.selected_rows()))
        else:
            self.clear()

    def clear(self) -> None:
        """Empty the selected cells; a status becomes not started."""
        cells = ((row, self._name(at)) for row, at in self._selected())
        wanted = {(row, name): measure_rows.nothing(name) for row, name in cells}
        self._write(_("Clear {count} cells"), wanted)

    def fill_down(self) -> None:
        """What stands in the first selected row goes into those below it; into one row, what stands above."""
        rows = self._table.selected_rows()
        if not rows:
            return
        first = rows[0] if len(rows) > 1 else rows[0] - 1
        if first < 0:
            return
        above = self._model.rows[first]
        cells = ((row, self._name(at)) for row, at in self._selected() if row != first)
        wanted = {(row, name): measure_rows.value_shown(above, name) for row, name in cells}
        self._write(_("Fill down {count} cells"), wanted)

    # In

    def paste(self) -> None:
        """Whole measures come behind the current one, cells go into cells, tables of measures to the import page.

        A table of another program goes into cells when several are selected or when it is narrow and has no heading.
        """
        copied = self._copied()
        if copied is None:
            return
        several = len(self._table.selected_cells()) > 1
        narrow = copied.width < WIDE or several
        if copied.ids:
            self._paste_measures(copied)
        elif not copied.names and (copied.measures or not narrow):
            self.paste_as_measures()
        elif copied.single and self._table.currentIndex().isValid():
            self._paste_everywhere(copied.rows[0][0])
        elif self._table.currentIndex().isValid():
            self._paste_block(copied)
        elif copied.width > 1:
            self.paste_as_measures()

    def paste_as_measures(self) -> None:
        """What is on the clipboard comes as measures of their own."""
        copied = self._copied()
        if copied is not None and copied.ids:
            self._paste_measures(copied)
        elif not self._session.read_only and not measure_import.from_clipboard(self._session, self._table):
            self._tell(_("There is no table on the clipboard."), 0)

    def paste_into_cells(self) -> None:
        """What is on the clipboard goes into the cells from the first selected one on."""
        copied = self._copied()
        if copied is None or not self._table.currentIndex().isValid():
            return
        if copied.single:
            self._paste_everywhere(copied.rows[0][0])
        else:
            self._paste_block(copied)

    def _copied(self) -> Copied | None:
        if self._session.read_only or self._session.fiscal_year is None:
            return None
        try:
            return copied_cells.get()
        except UserError as error:
            messages.show_error(self._table, error)
            return None

    def _paste_everywhere(self, text: str) -> None:
        """One value into every selected cell; rows that are selected whole mean their current cell only."""
        here = self._table.currentIndex()
        cells = self._selected()
        if self._table.whole_rows:
            cells &= {(here.row(), here.column())}
        wanted = {(row, self._name(at)): text for row, at in cells}
        self._write_texts(wanted, [])

    def _paste_block(self, copied: Copied) -> None:
        """Cell by cell from the first selected one; over a selection of its shape again and again."""
        rows, columns = self._target(copied)
        whole = bool(copied.ids)  # its columns are known, whichever are shown
        names = list(copied.names) if whole else list(map(self._name, columns))
        texts = _tiled(copied.rows, len(rows), len(names))
        taken = names if whole else [column.name for column in self._model.columns if column.field]
        last = len(self._model.rows)
        wanted = {
            (row, name): text
            for row, line in zip(rows, texts, strict=True)
            if row < last
            for name, text in zip(names, line, strict=True)
            if name in taken
        }
        beyond = [
            {name: text for name, text in zip(names, line, strict=True) if name in taken}
            for row, line in zip(rows, texts, strict=True)
            if row >= last
        ]
        lost = 0 if whole else copied.width - len(columns)
        if self._write_texts(wanted, beyond, lost):
            inside = [row for row in rows if row < len(self._model.rows)]
            self._table.select_cells([(row, at) for row in inside for at in columns])

    def _target(self, copied: Copied) -> tuple[list[int], list[int]]:
        """The rows, beyond the last one too, and the columns that a block goes into."""
        table, columns = self._table, self._table.columns()
        selected, across = table.selected_rows(), table.selected_columns()
        row = selected[0] if selected else table.currentIndex().row()
        first = columns.index(across[0] if across else table.currentIndex().column())
        height, width = len(copied.rows), copied.width
        fits_across = bool(copied.ids) or len(across) % width == 0
        if selected and len(selected) % height == 0 and fits_across:
            height, width = len(selected), len(across)
        return list(range(row, row + height)), columns[first : first + width]

    def _paste_measures(self, copied: Copied) -> None:
        """Measures copied whole come again behind the current one; those that were cut move there."""
        session, year = self._session, self._session.fiscal_year
        assert year is not None, "what is pasted goes into a fiscal year"
        after = self._table.selected_ids()[-1:] or [self._table.current_id()]
        everyone = [row.id for row in session.snapshot.children(Measure, year.id)]
        self._model.sort_by(None)
        if copied.cut and set(copied.ids) <= set(everyone):
            staying = [row_id for row_id in everyone if row_id not in copied.ids]
            before = everyone[: everyone.index(after[0]) + 1] if after[0] in everyone else everyone
            place = sum(row_id not in copied.ids for row_id in before)
            session.edit(_("Move measures"), operations.move_measures, copied.ids, min(place, len(staying)))
            self._table.select(copied.ids)
            return
        values, refused = self._parsed(dict(zip(copied.names, row, strict=True)) for row in copied.rows)
        added = Added(year.id, session.round, values, after[0])
        label = _("Paste {count} measures").format(count=len(values))
        if session.edit(label, cell_operations.add_measures, added) is not None:
            self._tell(_("{count} measures pasted."), len(values))
        _tell_refused(self._table, refused)

    # Writing

    def _write_texts(
        self, wanted: Mapping[tuple[int, str], str], beyond: Sequence[Mapping[str, str]], lost: int = 0
    ) -> bool:
        """Store texts in cells, and in new measures beyond the last row. False when nothing could be stored."""
        refused: list[UserError] = []
        values: dict[tuple[int, str], Any] = {}
        for (row, name), text in wanted.items():
            try:
                values[row, name] = measure_rows.read(name, text)
            except UserError as error:
                refused.append(_refusal(self._number(row), name, error))
        titled = [texts for texts in beyond if texts.get("title", "").strip()]
        new, faults = self._parsed(titled)
        refused += faults
        stored = self._write(_("Paste {count} cells"), values, new)
        if stored:
            self._tell_pasted(len(values), len(new), len(beyond) - len(titled), lost)
        _tell_refused(self._table, refused)
        return stored

    def _parsed(self, rows: Iterable[Mapping[str, str]]) -> tuple[list[dict[str, Any]], list[UserError]]:
        """Values of new measures, and what of them was refused."""
        parsed: list[dict[str, Any]] = []
        refused: list[UserError] = []
        for number, texts in enumerate(rows, 1):
            parsed.append({})
            for name, text in texts.items():
                try:
                    parsed[-1][name] = measure_rows.read(name, text)
                except UserError as error:
                    refused.append(_refusal(_("new {number}").format(number=number), name, error))
        return parsed, refused

    def _write(
        self, label: str, wanted: Mapping[tuple[int, str], Any], new: Sequence[Mapping[str, Any]] = ()
    ) -> bool:
        """Store values in cells where they are others, as one undo step. False when it was refused."""
        session, year = self._session, self._session.fiscal_year
        if session.read_only or year is None:
            return False
        self._table.commit()
        cells: _Cells = {}
        for (at, name), value in wanted.items():
            row = self._model.rows[at]
            if measure_rows.value_shown(row, name) != value:
                cells.setdefault(row.id, {})[name] = value
        if not cells and not new:
            return True
        count = sum(map(len, cells.values())) + sum(map(len, new))
        added = Added(year.id, session.round, new)
        pasted = session.edit(label.format(count=count), cell_operations.paste, session.round, cells, added)
        return pasted is not None

    def _tell_pasted(self, cells: int, new: int, untitled: int, lost: int) -> None:
        told = [_("{count} cells pasted.").format(count=cells)]
        if new:
            told.append(_("{count} measures added below.").format(count=new))
        if untitled:
            told.append(_("{count} rows without a title had no room below.").format(count=untitled))
        if lost > 0:
            told.append(_("{count} columns had no room at the right.").format(count=lost))
        if cells + new > 1 or len(told) > 1:
            messages.toast(self._table, " ".join(told))

    def _tell(self, text: str, count: int) -> None:
        messages.toast(self._table, text.format(count=count))

    # Cells

    def _selected(self) -> set[tuple[int, int]]:
        """The selected cells that can be written."""
        return {(row, at) for row, at in self._table.selected_cells() if self._model.columns[at].field}

    def _name(self, column: int) -> str:
        return self._model.columns[column].name

    def _text(self, at: int, name: str) -> str:
        return fields.show(measure_rows.field(name), measure_rows.value_shown(self._model.rows[at], name))

    def _number(self, at: int) -> str:
        return self._model.text_at(at, self._model.column("number"))

    def _shown(self, rows: Sequence[int], columns: Sequence[int]) -> Texts:
        """Texts of cells; those between scattered ones are empty."""
        numbers = self._model.column("number")
        chosen = self._table.selected_cells() | {(row, numbers) for row in rows}
        model = self._model
        return tuple(
            tuple(model.text_at(row, at) if (row, at) in chosen else "" for at in columns) for row in rows
        )


def _tiled(rows: Texts, height: int, width: int) -> Texts:
    """A block again and again until it fills so many rows and columns; short rows are filled up with empty cells."""
    widest = max(map(len, rows))
    full = [(*row, *[""] * (widest - len(row))) for row in rows]
    return tuple(
        tuple(full[at % len(full)][across % widest] for across in range(width)) for at in range(height)
    )


def _refusal(number: str, name: str, error: UserError) -> UserError:
    """The reason with the cell that it is about."""
    told = _("Row {number}, {field}: {reason}")
    field = _(measure_rows.field(name).label)
    return UserError(told.format(number=number, field=field, reason=error.message), error.advice)


def _tell_refused(parent: QWidget, refused: Sequence[UserError]) -> None:
    """Which cells stayed as they were, and why."""
    if len(refused) == 1:
        messages.show_error(parent, refused[0])
    elif refused:
        lines = [error.message for error in refused[:_TOLD]]
        if len(refused) > _TOLD:
            lines.append(_("and {count} more").format(count=len(refused) - _TOLD))
        told = _("{count} cells could not be pasted and stay as they were.").format(count=len(refused))
        messages.show_error(parent, UserError(told, "\n".join(lines)))
