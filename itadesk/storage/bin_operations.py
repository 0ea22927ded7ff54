"""The verbs of the bin: bring back what was deleted, as near as possible to where it was, or forget it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from itadesk.domain import family
from itadesk.domain.model import Assessment, Deletion, FiscalYear, LayoutText, Office, Row
from itadesk.domain.naming import KINDS, said
from itadesk.domain.snapshot import TABLE_OF, TABLES
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage import attachments, bin, faults, snapshot
from itadesk.storage.operations import existing, number_rows

if TYPE_CHECKING:
    from itadesk.storage.edit import Edit

_ORDER = {row_class: number for number, row_class in enumerate(TABLES.values())}


@dataclass(frozen=True)
class Restored:
    """What came back: `along` names rows that had to come back first, `lost` files that are not kept any more."""

    rows: tuple[Row, ...] = ()
    along: tuple[Row, ...] = ()
    lost: tuple[str, ...] = ()


Entries = dict[str, list[Row]]
"""What comes back, parents before children: the rows of entries of the bin, by the id of the entry."""


def restore(edit: Edit, ids: Iterable[str]) -> Restored:
    """Bring entries of the bin back; a parent that is in the bin comes first. UserError when there is no place."""
    wanted = list(dict.fromkeys(ids))
    coming: Entries = {}
    for deletion_id in wanted:
        _take(edit, existing(edit, Deletion, deletion_id), coming)
    restored = put_back(edit, coming)
    return replace(restored, along=tuple(rows[0] for key, rows in coming.items() if key not in wanted))


def _take(edit: Edit, deletion: Deletion, coming: Entries) -> None:
    """Let the rows of an entry come back, before them what they hang below."""
    if deletion.id not in coming:
        root, *below = bin.rows_of(edit.database, deletion)
        root = placed(edit, root, deletion.within, coming)
        coming[deletion.id] = [root, *below]


def placed(edit: Edit, row: Row, within: str, coming: Entries) -> Row:
    """A row that comes back, below a parent that is there or comes as well; UserError when there is none.

    `within`: what its parent said of itself.
    """
    if type(row) not in family.PARENTS:
        return row
    name, parent_class = family.PARENTS[type(row)]
    parent = getattr(row, name)
    if edit.current(parent_class, parent) is not None:
        return row
    if any(other.id == parent for rows in coming.values() for other in rows):
        return row
    if (stand_in := _stand_in(edit, parent_class, within)) is not None:
        return replace(row, **{name: stand_in})
    if (above := entry_of(edit, parent)) is None:
        raise _no_place(row, parent_class, within)
    _take(edit, above, coming)
    return row


def _stand_in(edit: Edit, parent_class: type[Row], within: str) -> str | None:
    """A parent that is as good as the one that is gone: the office, or the fiscal year of the same number."""
    if parent_class is Office:
        return edit.snapshot.office.id
    years = {str(year.year): year.id for year in edit.snapshot.fiscal_years}
    return years.get(within) if parent_class is FiscalYear else None


def entry_of(edit: Edit, row_id: str) -> Deletion | None:
    """The entry of the bin that has the row, as the deleted one or below it; the newest."""
    newest = edit.snapshot.children(Deletion)[: -bin.LIMIT - 1 : -1]
    deletions = sorted(newest, key=lambda row: row.row_id != row_id)
    for deletion in deletions:
        if edit.current(Deletion, deletion.id) is not None and _holds(edit, deletion, row_id):
            return deletion
    return None


def _holds(edit: Edit, deletion: Deletion, row_id: str) -> bool:
    if deletion.row_id == row_id:
        return True
    if not deletion.below:
        return False
    try:
        return any(row.id == row_id for row in bin.rows_of(edit.database, deletion))
    except UserError:
        return False  # what cannot be read has nothing to give


def _no_place(row: Row, parent_class: type[Row], within: str) -> UserError:
    what = _("“{title}” has no place to come back to.").format(title=said(row))
    if parent_class is FiscalYear:
        return UserError(
            what, _("Fiscal year {year} is not there any more. Add it, then try again.").format(year=within)
        )
    gone = _("It belonged to {kind} “{title}”, which is neither in the file nor in the bin.")
    return UserError(what, gone.format(kind=_(KINDS[parent_class]), title=within))


def put_back(edit: Edit, coming: Entries) -> Restored:
    """Insert rows that were there before, each with what hangs below it, and empty their entries of the bin."""
    missing = _missing_files(edit, [row for rows in coming.values() for row in rows])
    whole = [[_without(row, missing) for row in rows] for rows in coming.values()]
    for (row_class, parent), alike in groupby(sorted(whole, key=_key), key=lambda rows: _key(rows)[1:]):
        together = list(alike)
        for rows in together:
            _check_free(edit, rows)
        _insert(edit, sorted((row for rows in together for row in rows), key=lambda row: _ORDER[type(row)]))
        if hasattr(together[0][0], "ordinal") and parent:
            _order(edit, TABLES[row_class], parent, {rows[0].id for rows in together})
    for deletion_id in coming:
        if edit.current(Deletion, deletion_id) is not None:
            edit.delete(Deletion, deletion_id)
    return Restored(tuple(rows[0] for rows in whole), lost=tuple(sorted(missing)))


def _insert(edit: Edit, rows: Sequence[Row]) -> None:
    """Store them; UserError when they are none that could have stood in a file, for this one may come from anywhere."""
    try:
        edit.insert(*rows)
    except (sqlite3.IntegrityError, OverflowError) as error:
        if faults.sqlite_code(error) == sqlite3.SQLITE_CONSTRAINT_UNIQUE:
            raise
        raise bin.unreadable(said(rows[0])) from error


def _key(rows: Sequence[Row]) -> tuple[int, str, str]:
    row = rows[0]
    return _ORDER[type(row)], TABLE_OF[type(row)], family.parent_id(row) or ""


def _missing_files(edit: Edit, rows: Sequence[Row]) -> set[str]:
    named = {sha for row in rows for sha in _files(row).values() if sha}
    return {sha for sha in named if not has_file(edit, sha)}


def has_file(edit: Edit, sha256: str) -> bool:
    """Whether the bytes of an attached file are still kept."""
    found = edit.database.execute("SELECT 1 FROM attachment WHERE sha256 = ?", (sha256,)).fetchone()
    return found is not None


def _files(row: Row) -> Mapping[str, str | None]:
    tables = {TABLES[table]: names for table, names in attachments.ALL.items()}
    return {name: getattr(row, name) for name in tables.get(type(row), ())}


def _without(row: Row, missing: set[str]) -> Row:
    """The row without files that are not kept any more."""
    lost: dict[str, Any] = {name: None for name, sha in _files(row).items() if sha in missing}
    return replace(row, **lost) if lost else row


def _check_free(edit: Edit, rows: Sequence[Row]) -> None:
    """UserError when they are there, or another fiscal year, ITA result or form of the same number or name."""
    row = rows[0]
    if any(edit.current(type(one), one.id) is not None for one in rows):
        raise UserError(_("“{title}” is there already.").format(title=said(row)))
    if not isinstance(row, (FiscalYear, Assessment, LayoutText)):
        return
    name = family.ONCE[type(row)]
    value = getattr(row, name)
    if edit.database.execute(f"SELECT 1 FROM {TABLE_OF[type(row)]} WHERE {name} = ?", (value,)).fetchone():
        raise UserError(
            _("There is another {kind} “{title}” already.").format(kind=_(KINDS[type(row)]), title=value),
            _("Delete that one first (it goes into the bin), then bring this one back."),
        )


def _order(edit: Edit, row_class: type[Any], parent: str, back: set[str]) -> None:
    """Give rows that are back the places they had; where another stands there now, it follows."""
    rows = snapshot.children(edit.database, row_class, family.PARENTS[row_class][0], parent)
    number_rows(edit, sorted(rows, key=lambda row: (row.ordinal, row.id not in back, row.id)))


def forget(edit: Edit, ids: Iterable[str]) -> None:
    """Delete entries of the bin for good."""
    for deletion_id in ids:
        edit.delete(Deletion, deletion_id)
