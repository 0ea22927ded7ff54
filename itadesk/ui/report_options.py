"""What is printed of a report: its optional sections, the round, the document code."""

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from itadesk.documents.document import fields_used
from itadesk.documents.layout import Layout
from itadesk.i18n import _
from itadesk.ui.current_document import CurrentDocument
from itadesk.ui.session import FileSession

_ACROSS = 3
_ROUND_FIELDS = {"round", "round_title", "round_period"}


class ReportOptions(QWidget):
    """Check boxes of the document in hand; each is one undo step."""

    def __init__(self, session: FileSession, current: CurrentDocument) -> None:
        super().__init__()
        self._session = session
        self._current = current
        self._layout: Layout | None = None
        self.sections: dict[str, QCheckBox] = {}
        self.names_round = self._box(_("Name the round"), lambda on: current.set_fact("names_round", on))
        self.show_code = self._box(
            _("Document code at the foot"), lambda on: current.set_fact("show_code", on)
        )
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(2)
        current.changed.connect(self._show)
        self._show()

    def _box(self, text: str, act: Callable[[bool], None]) -> QCheckBox:
        box = QCheckBox(text)
        box.clicked.connect(act)
        return box

    def _show(self) -> None:
        layout, document = self._current.layout, self._current.document
        if self._layout is None or layout.sections != self._layout.sections:
            self._build(layout)
        self._layout = layout
        self.setEnabled(document is not None and not self._session.read_only)
        if document is None:
            return
        printed = {section.name for section in layout.printed(document.sections)}
        for name, box in self.sections.items():
            box.setChecked(name in printed)
        used = fields_used(self._session.snapshot, layout, document)
        self.names_round.setVisible(bool(used & _ROUND_FIELDS))
        self.names_round.setChecked(document.names_round)
        self.show_code.setChecked(document.show_code)

    def _build(self, layout: Layout) -> None:
        for box in self.sections.values():
            box.deleteLater()
        self.sections = {
            section.name: self._box(
                (section.title or section.name).replace("&", "&&"), lambda _on: self._set_sections()
            )
            for section in layout.sections
            if section.optional
        }
        for at, box in enumerate((self.show_code, *self.sections.values(), self.names_round)):
            self._grid.addWidget(box, at // _ACROSS, at % _ACROSS)

    def _set_sections(self) -> None:
        names = [name for name, box in self.sections.items() if box.isChecked()]
        self._current.set_fact("sections", " ".join(names))
