"""The office's own forms of report: copied, taken in from a file, handed on as one, deleted."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from itadesk import whole_file
from itadesk.documents import layout_edits, layout_toml
from itadesk.documents.layout import Layout
from itadesk.documents.layouts import built_in_layouts, layouts
from itadesk.domain import thai
from itadesk.domain.model import Document, LayoutText
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage import layout_operations
from itadesk.ui import messages, report_files
from itadesk.ui.session import FileSession

_ENDING = ".toml"


def duplicate_layout(session: FileSession, layout: Layout) -> str | None:
    """Keep a copy of a layout in the office's file and say its name; None after the reason why not was shown."""
    year = session.fiscal_year
    if year is None:
        return _keep(session, layout, _("Copy a form"), layout_operations.add_layout)
    copy = layout_operations.copy_layout
    return _keep(session, layout, _("Copy a form"), partial(copy, model=layout.name, fiscal_year_id=year.id))


def import_layout(session: FileSession, parent: QWidget) -> str | None:
    """Take a layout in from a file that the clerk chooses, and say its name; None when there is none."""
    name, _kind = QFileDialog.getOpenFileName(
        parent, _("Take a form in from a file"), str(session.path.parent), _(report_files.KINDS[_ENDING])
    )
    return (
        _keep(session, _read(Path(name)), _("Take a form in"), layout_operations.add_layout) if name else None
    )


def export_layout(layout: Layout, parent: QWidget) -> None:
    """Write a layout to a file where the clerk says, for another office to take in."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    name = report_files.file_name(layout.title)
    path = report_files.ask_path(parent, Path(folder), name, _ENDING, _("Save the form as a file"))
    if path is not None:
        report_files.write(parent, path, layout_toml.write(layout).encode())


def delete_layout(session: FileSession, parent: QWidget, name: str, title: str) -> None:
    """Take an own layout out of the office's file; it goes into the bin. Signed reports that went by it are told."""
    documents = session.snapshot.all(Document).values()
    signed = sum(row.layout == name and row.signed_on is not None for row in documents)
    session.edit(_("Delete a form"), layout_operations.delete_layout, name)
    if all(row.name != name for row in session.snapshot.children(LayoutText)):
        told = [_("Deleted the form “{title}”. Undo brings it back.").format(title=title)]
        if signed:
            told.append(_("Without it nobody can look at its {count} signed reports.").format(count=signed))
        messages.toast(parent, "\n".join(told))


def _keep(session: FileSession, layout: Layout, label: str, verb: Callable[..., str]) -> str | None:
    """Store a layout as one more, under a name and a title that are free."""
    taken = {row.name for row in session.snapshot.children(LayoutText)}
    name = layout_edits.free_name(layout.name, taken | {built_in.name for built_in in built_in_layouts()})
    text = layout_edits.stored_text(replace(layout, title=_free_title(session, layout.title)))
    stored = session.edit(label, verb, name, text)
    return None if stored is None else name


def _free_title(session: FileSession, title: str) -> str:
    titles = {layout.title for layout in layouts(session.snapshot)}
    free, number = title, 2
    if title in titles:
        free = _("{title} (copy)").format(title=title)
    while free in titles:
        free = _("{title} (copy {number})").format(title=title, number=number)
        number += 1
    return free


def _read(path: Path) -> Layout:
    try:
        text = whole_file.read(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(
            _("“{path}” is not a text in UTF-8.").format(path=path.name),
            _("Save it as UTF-8 and try again."),
        ) from error
    name = thai.normalise(path.stem).strip() or "layout"
    return layout_toml.parse(thai.normalise(text), name)
