"""Where the report stands on the office's website, as ITAS asks for it: OIT item, link, the way to it, date."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QPushButton, QVBoxLayout, QWidget

from itadesk.domain import ita, links
from itadesk.domain.fields import Value, field_of
from itadesk.domain.model import Publication, new_id
from itadesk.i18n import _
from itadesk.ui import itas_copy, theme
from itadesk.ui.buttons import icon_button
from itadesk.ui.current_document import CurrentDocument
from itadesk.ui.field_editors import ChoiceEditor
from itadesk.ui.field_form import FieldForm, fields_of
from itadesk.ui.row_tools import row_tools
from itadesk.ui.section import Section
from itadesk.ui.session import FileSession

_FIELDS = ("oit_item", "url", "click_path", "date")
_LINES_SHOWN = 3


class PublicationsForm(QWidget):
    """The places where the document in hand was published, and the one chosen among them to be filled in."""

    def __init__(self, session: FileSession, current: CurrentDocument) -> None:
        super().__init__()
        self._session = session
        self._current = current
        self.places = QListWidget()
        self.places.setAccessibleName(_("Where the report was published"))
        self.places.setFixedHeight(_LINES_SHOWN * (self.fontMetrics().lineSpacing() + 6))
        self.places.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.places.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.places.currentRowChanged.connect(self._show_chosen)
        self.places.itemActivated.connect(lambda _item: self._open())
        self.add = icon_button("add", _("Add a place"), self._add)
        self.add.setEnabled(not session.read_only)
        self.remove, self.up, self.down = self._row_tools = row_tools(
            self.places, self._remove, self._move, _("Remove the place")
        )
        self.form = FieldForm(fields_of(Publication, _FIELDS), {"oit_item": (), "click_path": ()})
        self.form.editors["url"].set_placeholder("https://")
        self.form.edited.connect(self._take)
        self.open = QPushButton(theme.icon("link"), _("Open the link"))
        self.open.clicked.connect(self._open)
        self.copy = QPushButton(theme.icon("copy"), _("Copy all links for ITAS"))
        self.copy.setToolTip(_("The links of all reports and measures of this fiscal year"))
        self.copy.clicked.connect(self._copy)
        self._arrange()
        self.form.set_read_only(session.read_only)
        current.changed.connect(self._show)
        self._show()

    def commit(self) -> None:
        self.form.commit()

    # Building

    def _arrange(self) -> None:
        top = Section(_("Where the report was published"))
        top.setToolTip(_("Files are not uploaded to ITAS: it asks for the link, and for the way to it."))
        for button in (self.add, *self._row_tools):
            top.tools.addWidget(button)
        top.body.addWidget(self.places)
        foot = QHBoxLayout()
        foot.addWidget(self.open)
        foot.addWidget(self.copy)
        foot.addStretch()
        layout = QVBoxLayout(self)
        layout.addWidget(top)
        layout.addWidget(self.form)
        layout.addLayout(foot)
        layout.addStretch()

    # Showing

    @property
    def _rows(self) -> list[Publication]:
        return self._current.publications

    def _show(self) -> None:
        self.setEnabled(self._current.document is not None)
        self._offer()
        chosen = max(self.places.currentRow(), 0)
        blocked = self.places.blockSignals(True)
        self.places.clear()
        self.places.addItems([_in_list(row) for row in self._rows])
        self.places.setCurrentRow(min(chosen, len(self._rows) - 1))
        self.places.blockSignals(blocked)
        self._show_chosen()

    def _offer(self) -> None:
        """The items that the year's reports answer, and ways on the website that were typed before."""
        year, snapshot = self._session.fiscal_year, self._session.snapshot
        rows = snapshot.all(Publication).values()
        known = ita.items_answered(year.year) if year else []
        offered = {
            "oit_item": [*known, *(row.oit_item for row in rows)],
            "click_path": [row.click_path for row in rows],
        }
        for name, texts in offered.items():
            editor = self.form.editors[name]
            if isinstance(editor, ChoiceEditor):
                editor.set_choices(list(dict.fromkeys(filter(None, texts))))

    def _show_chosen(self) -> None:
        at = self.places.currentRow()
        self.form.setEnabled(at >= 0)
        self._row_tools.follow(at, len(self._rows), writing=not self._session.read_only)
        row = self._rows[at] if at >= 0 else Publication(id="", document_id="", ordinal=0)
        self.form.show_row(row)
        self.open.setEnabled(links.works(row.url))

    # Changing

    def _take(self, name: str, value: Value) -> None:
        rows, at = list(self._rows), self.places.currentRow()
        rows[at] = replace(rows[at], **{name: value})
        label = _("Change {field}").format(field=_(field_of(Publication, name).label))
        self._store(rows, at, label)

    def _add(self) -> None:
        """Another place, which answers the item of the one before; the first one that of the year's results."""
        self.form.commit()
        rows, at = self._rows, self.places.currentRow() + 1
        year = self._session.fiscal_year
        items = [rows[at - 1].oit_item] if rows else ita.items_answered(year.year)[:1] if year else []
        new = Publication(id=new_id(), document_id="", ordinal=at, oit_item=next(iter(items), ""))
        self._store([*rows[:at], new, *rows[at:]], at, _("Add a place of publication"))
        self.form.editors["url"].setFocus()

    def _remove(self) -> None:
        at = self.places.currentRow()
        rows = [row for number, row in enumerate(self._rows) if number != at]
        self._store(rows, at, _("Remove a place of publication"))

    def _move(self, step: int) -> None:
        self.form.commit()
        rows, at = list(self._rows), self.places.currentRow()
        rows.insert(at + step, rows.pop(at))
        self._store(rows, at + step, _("Move a place of publication"))

    def _store(self, rows: Sequence[Publication], chosen: int, label: str) -> None:
        self._current.set_publications(rows, label)
        self.places.setCurrentRow(min(chosen, len(self._rows) - 1))

    def _open(self) -> None:
        at = self.places.currentRow()
        if at >= 0 and links.works(url := self._rows[at].url):
            QDesktopServices.openUrl(QUrl(url))

    def _copy(self) -> None:
        self.form.commit()
        itas_copy.copy_links(self._session, self)


def _in_list(row: Publication) -> str:
    return "  ".join(filter(None, (row.oit_item, row.url or row.click_path))) or _("Not filled in yet")
