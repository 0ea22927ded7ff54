"""An open file in the window: page tabs, the place in hand, banners, and the pages, each made when first shown."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from itadesk.i18n import _
from itadesk.ui import measure_export, measure_import, messages
from itadesk.ui.delegates import CellInput
from itadesk.ui.field_editors import FieldEditor
from itadesk.ui.file_banners import FileBanners
from itadesk.ui.pages import PAGES
from itadesk.ui.place_bar import PlaceBar
from itadesk.ui.report_kinds import NOTED, SENT
from itadesk.ui.round_offer import RoundOffer
from itadesk.ui.session import FileSession
from itadesk.ui.status_line import StatusLine

if TYPE_CHECKING:
    from itadesk.domain.replace import Hit
    from itadesk.ui.replace_dialog import ReplaceDialog
    from itadesk.ui.report_page import ReportPage

_NEW_PARAGRAPH = "\u2029"
"""How Qt writes the end of a line in a selected text."""


class WorkArea(QWidget):
    """`page_shown()` comes after another page is in front."""

    page_shown = Signal()

    def __init__(self, session: FileSession) -> None:
        super().__init__()
        self.session = session
        self.banners = FileBanners(session)
        self.round_offer = RoundOffer(session)
        self.place_bar = PlaceBar(session)
        self.status_line = StatusLine(session)
        self._pages: dict[str, QWidget] = {}
        self._visited: set[QWidget] = set()
        self._replacing: ReplaceDialog | None = None
        self._stack = QStackedWidget()
        self.tabs = QTabBar(expanding=False, drawBase=False)
        for number, entry in enumerate(PAGES, 1):
            self.tabs.addTab(_(entry.title))
            self.tabs.setTabToolTip(number - 1, f"Ctrl+Alt+{number}")
        self.tabs.currentChanged.connect(self._show)
        top = QHBoxLayout()
        top.setContentsMargins(8, 4, 8, 0)
        top.addWidget(self.tabs, 1)
        top.addWidget(self.place_bar)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self.banners)
        layout.addWidget(self.round_offer)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.status_line)
        self._page = self._made(0)

    @property
    def page(self) -> QWidget:
        """The page in front."""
        return self._page

    @property
    def page_actions(self) -> list[QAction]:
        """What the page in front can do, for the menu."""
        return getattr(self.page, "page_actions", [])

    def show_page(self, name: str) -> QWidget:
        """Bring a page to the front."""
        self.tabs.setCurrentIndex([entry.name for entry in PAGES].index(name))
        return self.page

    def undo(self) -> None:
        self.commit()
        messages.hush(self)
        told = self.session.undo_stack.undoText()
        self.session.undo()
        self._tell(_("Undone: {what}"), told)

    def redo(self) -> None:
        """Do the last thing undone again: in the text that is being typed, else in the file."""
        if (typing := _typing()) is not None:
            typing.redo()
            return
        self.commit()
        messages.hush(self)
        told = self.session.undo_stack.redoText()
        self.session.redo()
        self._tell(_("Done again: {what}"), told)

    def _tell(self, text: str, what: str) -> None:
        """A note of the report is not seen on most pages: what became of it is said."""
        if what in (_(NOTED), _(SENT)):
            messages.toast(self, text.format(what=what))

    def go_back(self) -> None:
        """Bring the file back to how it was when it was opened."""
        self.commit()
        if self.session.changed_since_opening:
            self.session.go_back()
            messages.toast(self, _("The file is as it was when you opened it. Ctrl+Z takes that back."))

    def show_history(self) -> None:
        from itadesk.ui.history_dialog import HistoryDialog

        self.commit()
        HistoryDialog(self.session, self).open()

    def show_bin(self) -> None:
        from itadesk.ui.bin_dialog import BinDialog

        self.commit()
        BinDialog(self.session, self).open()

    def save(self) -> None:
        self.commit()
        self.session.save()

    def begin_round(self) -> None:
        """Begin the 12-month round of the fiscal year in hand from its 6-month round."""
        self.commit()
        if not self.session.read_only:
            self.round_offer.begin()

    def import_measures(self) -> None:
        """Take measures of another file into the fiscal year in hand."""
        self.commit()
        measure_import.from_file(self.session, self)

    def join_copy(self) -> None:
        """Merge what was typed in another copy of this file."""
        from itadesk.ui import copy_joining

        self.commit()
        copy_joining.choose(self.session, self)

    def make_template(self) -> None:
        """Write the measures of the fiscal year in hand as a template for other offices."""
        from itadesk.ui import templates

        self.commit()
        templates.make(self.session, self)

    def receive_template(self) -> None:
        """Let a template of the district join its fiscal year."""
        from itadesk.ui import templates

        self.commit()
        templates.receive(self.session, self)

    def export_measures(self) -> None:
        """Write the measures of the fiscal year in hand as an Excel file."""
        self.commit()
        measure_export.save_excel(self.session, self)

    def export_template(self) -> None:
        """Write an empty table for the fiscal year in hand, to be filled in and imported."""
        measure_export.save_template(self.session, self)

    def take_in(self, path: Path) -> None:
        """Take the measures of this file into the fiscal year in hand."""
        self.commit()
        measure_import.open_file(self.session, self, path)

    def find_and_replace(self) -> None:
        """Find texts all over the file and replace them; what is selected or looked for is to be found."""
        from itadesk.ui.replace_dialog import ReplaceDialog

        text = _selected_text() or self.session.search.text
        self.commit()
        if self._replacing is None:
            self._replacing = dialog = ReplaceDialog(self.session, self)
            dialog.hit_wanted.connect(self._show_hit)
            dialog.replacing.connect(self.commit)
            dialog.undo_wanted.connect(self.undo)
        self._replacing.begin(text)

    def _show_hit(self, hit: "Hit") -> None:
        """Where a text that was found stands, with the list of places still in sight."""
        from itadesk.ui import text_places

        text_places.show(self, hit)
        if self._replacing is not None and (field := self._page.focusWidget()) is not None:
            self._replacing.make_way(field)

    def copy_summary(self) -> None:
        """Put a short text of how far the year in hand is on the clipboard, to be sent by chat."""
        from itadesk.domain.summary_text import summary

        self.commit()
        session = self.session
        if (year := session.fiscal_year) is not None:
            QApplication.clipboard().setText(summary(session.snapshot, year, session.round, session.today()))
            messages.toast(self, _("The summary is copied. Paste it into LINE with Ctrl+V."))

    def send(self) -> None:
        """Make the copy for the district, and the letter it goes with."""
        from itadesk.ui.send_dialog import SendDialog

        self.commit()
        SendDialog(self.session, self).open()

    def print_report(self) -> None:
        self._report_page().print_report()

    def save_report(self, kind: str) -> None:
        """Save the report in hand: `kind` is one of those of ReportSaving."""
        self._report_page().saving.named[kind].trigger()

    def copy_links(self) -> None:
        """All links of the fiscal year in hand, for ITAS."""
        from itadesk.ui import itas_copy

        self.commit()
        itas_copy.copy_links(self.session, self)

    def _report_page(self) -> "ReportPage":
        from itadesk.ui.report_page import ReportPage

        page = self.show_page("report")
        assert isinstance(page, ReportPage)
        return page

    def commit(self) -> None:
        """Store a field that is being edited in the page in front."""
        if (commit := getattr(self.page, "commit", None)) is not None:
            commit()

    @property
    def unstored(self) -> bool:
        """Whether a text stands in the page in front that could not be stored, and would go with it."""
        cells = self.page.findChildren(CellInput)
        return any(cell.isVisible() and cell.document().isModified() for cell in cells) or any(
            editor.fault() for editor in self.page.findChildren(FieldEditor)
        )

    def _show(self, index: int) -> None:
        self.commit()
        self._page = self._made(index)
        self._stack.setCurrentWidget(self._page)
        self.page_shown.emit()
        if not self.tabs.hasFocus():
            self.focus_page()

    def showEvent(self, event: QShowEvent) -> None:
        """When the program starts, the page was to have the focus before it was seen: Qt does not give it then."""
        super().showEvent(event)
        if QApplication.focusWidget() is None:
            self.focus_page()

    def focus_page(self) -> None:
        """Let the keyboard begin at the first table or field of the page in front, later go on where it was."""
        # Qt itself would begin at a button.
        field = self._page.focusWidget() if self._page in self._visited else _begin_at(self._page)
        self._visited.add(self._page)
        (field or self._page).setFocus()

    def _made(self, index: int) -> QWidget:
        entry = PAGES[index]
        if entry.name not in self._pages:
            page = self._pages[entry.name] = entry.make(self.session)
            self._stack.addWidget(page)
            if (wanted := getattr(page, "page_wanted", None)) is not None:
                wanted.connect(self.show_page)
            if (wanted := getattr(page, "others_wanted", None)) is not None:
                wanted.connect(self.place_bar.take_measures_over)
        return self._pages[entry.name]


def _typing() -> QPlainTextEdit | QLineEdit | None:
    """The text with the keyboard in it, if something typed there was taken back."""
    match QApplication.focusWidget():
        case QPlainTextEdit() as text if text.document().isRedoAvailable():
            return text
        case QLineEdit() as line if line.isRedoAvailable():
            return line
        case _:
            return None


def _selected_text() -> str:
    """What is selected in the text with the keyboard in it, if it is one line."""
    match QApplication.focusWidget():
        case QPlainTextEdit() as text:
            selected = text.textCursor().selectedText()
        case QLineEdit() as line:
            selected = line.selectedText()
        case _:
            return ""
    return "" if _NEW_PARAGRAPH in selected else selected


def _begin_at(page: QWidget) -> QWidget | None:
    """Where a page says that work begins, if that is to be seen; else its first table or field."""
    wanted: QWidget | None = getattr(page, "begins_at", None)
    return wanted if wanted is not None and wanted.isVisibleTo(page) else _first_field(page)


def _first_field(page: QWidget) -> QWidget | None:
    """The first table or field of a page, in the order of the Tab key."""
    field = page.nextInFocusChain()
    while field is not None and field is not page and not _is_field(field, page):
        field = field.nextInFocusChain()
    return field


def _is_field(widget: QWidget, page: QWidget) -> bool:
    """Whether the Tab key stops there and something can be typed or chosen."""
    stops = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    typing = stops and not isinstance(widget, (QAbstractButton, QScrollArea))
    return typing and page.isAncestorOf(widget) and widget.isVisibleTo(page)
