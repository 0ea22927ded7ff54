"""The main window: the start page or the open file; opening, leaving, and what concerns the file as a whole."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.ui import files, messages, preferences
from itadesk.ui.menus import Menus
from itadesk.ui.start_page import StartPage
from itadesk.ui.tasks import Tasks

if TYPE_CHECKING:
    from itadesk.domain.snapshot import ChangeSet, Snapshot
    from itadesk.storage.office_file import OfficeFile
    from itadesk.storage.workspace import Unpublished
    from itadesk.ui.session import FileSession, SaveState
    from itadesk.ui.work_area import WorkArea

FIRST_SIZE = QSize(1280, 700)
"""Fits an old office screen of 1366 x 768 with its task bar."""

# Whatever brings the database library is imported where it is used: the window is painted before that.


class MainWindow(QMainWindow):
    """One window, at most one open file.

    `restart` is set when it closes only to come back in another language, `last_path` is the file it had open then.
    """

    def __init__(self) -> None:
        super().__init__()
        self.tasks = Tasks(self)
        self.area: WorkArea | None = None
        self.restart = False
        self.last_path: Path | None = None
        self._announce = False
        self.start_page = StartPage(self.tasks)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.start_page)
        self.setCentralWidget(self._stack)
        self.menus = Menus(self)
        self.setAcceptDrops(True)
        self._connect_start_page()
        self._restore_geometry()
        self._say_title()

    def start(self, path: Path | None) -> None:
        """Once the window is painted: open the file asked for, else show what there is to open."""
        if path is not None:
            self.open_path(path)
        if self.area is None:
            self.start_page.refresh()

    # Opening

    def new_file(self) -> None:
        from itadesk.ui.new_office import NewOfficeDialog

        rows = NewOfficeDialog.ask(self)
        if rows is not None:
            self._open(lambda: files.create_where_wanted(self, rows))

    def choose_file(self) -> None:
        path = files.ask_open_path(self)
        if path is not None:
            self.open_path(path)

    def open_path(self, path: Path) -> None:
        """Open the file at `path`, in place of the one that is open."""
        if self.area is not None and self.area.session.path == path and not self.area.session.read_only:
            messages.toast(self, _("This file is open already."))
        else:
            self._open(lambda: files.open_file(self, path))

    def open_example(self) -> None:
        self._open(lambda: files.open_example(self))

    def _open(self, make: "Callable[[], OfficeFile | None]") -> None:
        """The new file is opened before the old one is let go: when that fails, nothing has changed."""
        office_file = make()
        if office_file is None:
            self.start_page.refresh()
        elif self._leave():
            self._enter(office_file)
        else:
            office_file.close()

    def _enter(self, office_file: "OfficeFile") -> None:
        from itadesk.ui.session import FileSession
        from itadesk.ui.work_area import WorkArea

        session = FileSession(office_file, self)
        self.area = area = WorkArea(session)
        self._stack.addWidget(area)
        self._stack.setCurrentWidget(area)
        area.page_shown.connect(self.menus.follow)
        area.banners.copy_wanted.connect(self._work_on_copy)
        area.banners.elsewhere_wanted.connect(self.save_elsewhere)
        session.changed.connect(self._changed)
        session.saved.connect(self._saved)
        preferences.add_recent(session.path)
        self._say_title()
        self.menus.follow()

    # Leaving

    def close_file(self) -> None:
        """Back to the start page."""
        if self._leave():
            self.start_page.refresh()

    def _leave(self) -> bool:
        """Let the open file go, its work published; False when the user would rather stay."""
        if (area := self.area) is None:
            return True
        area.commit()
        if not self._close_session(area.session):
            return False
        self.area = None
        self._stack.removeWidget(area)
        area.deleteLater()
        area.session.deleteLater()
        self.menus.follow()
        self._say_title()
        return True

    def _close_session(self, session: "FileSession") -> bool:
        try:
            with files.busy():
                session.close()
            return True
        except UserError as error:
            match files.ask_how_to_leave(self, error):
                case "again":
                    return self._close_session(session)
                case "elsewhere":
                    return self.save_elsewhere() is not None and self._close_session(session)
                case "leave":
                    session.close(publish=False)
                    return True
                case None:
                    return False

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._leave():
            self.restart = False
            event.ignore()
            return
        self.tasks.wait()
        preferences.remember(geometry=bytes(self.saveGeometry().toBase64().data()).decode())

    def change_language(self, language: str) -> None:
        """Close, and come back speaking `language`."""
        preferences.remember(language=language)
        self.last_path = None if self.area is None else self.area.session.path
        self.restart = True
        self.close()

    # The open file

    def save(self) -> None:
        """Everything is saved anyway: this does it at once, keeps a dated copy, and says so."""
        if self.area is not None:
            self._announce = True
            self.area.save()

    def save_copy(self) -> Path | None:
        if self.area is None:
            return None
        self.area.commit()
        return files.save_copy(self, self.area.session)

    def save_elsewhere(self) -> Path | None:
        if self.area is None:
            return None
        self.area.commit()
        path = files.save_elsewhere(self, self.area.session)
        if path is not None:
            preferences.add_recent(path)
            self._say_title()
        return path

    def _work_on_copy(self) -> None:
        path = self.save_copy()
        if path is not None:
            self.open_path(path)

    def _changed(self, snapshot: "Snapshot", changes: "ChangeSet") -> None:
        self.menus.name_steps()
        if "office" in changes.tables():
            self._say_title()

    def _saved(self, state: "SaveState") -> None:
        if self._announce and not state.running:
            self._announce = False
            if state.trouble is None:
                messages.toast(self, _("Saved. A dated copy is kept on this PC as well."))

    # The start page

    def _connect_start_page(self) -> None:
        page = self.start_page
        page.new_wanted.connect(self.new_file)
        page.open_wanted.connect(self.choose_file)
        page.example_wanted.connect(self.open_example)
        page.recent_wanted.connect(self.open_path)
        page.unpublished_wanted.connect(self._open_unpublished)
        page.rescue_wanted.connect(self._rescue)
        page.discard_wanted.connect(self._discard)

    def _open_unpublished(self, work: "Unpublished") -> None:
        self._open(lambda: files.open_unpublished(self, work))

    def _rescue(self, work: "Unpublished") -> None:
        path = files.rescue(self, work)
        if path is not None:
            self.open_path(path)

    def _discard(self, work: "Unpublished") -> None:
        files.discard(self, work)
        self.start_page.refresh()

    # The window

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped(event)
        if path is not None:
            event.acceptProposedAction()
            # The program the file comes from waits until this returns, and opening may ask something.
            QTimer.singleShot(0, self, lambda: self.open_path(path))

    def _say_title(self) -> None:
        if self.area is None:
            self.setWindowTitle(_("ITADesk"))
            return
        session = self.area.session
        office = session.snapshot.office.full_name or _("Office without a name")
        self.setWindowTitle(f"{office} – {session.path.name} – {_('ITADesk')}")

    def _restore_geometry(self) -> None:
        geometry = QByteArray.fromBase64(preferences.load().geometry.encode())
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            self.resize(FIRST_SIZE)


def _dropped(event: QDropEvent) -> Path | None:
    """The office file that is being dropped, if it is one."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return next((path for path in paths if path.suffix.lower() == files.SUFFIX), None)
