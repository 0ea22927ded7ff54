"""What the window holds: the start page, the open file or collection; opening, leaving, and the file as a whole."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget, QWidget

from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.ui import files, messages, preferences
from itadesk.ui.collection.door import CollectionDoor
from itadesk.ui.main_window import COLLECTION, MEASURES, SUFFIX
from itadesk.ui.menus import Menus
from itadesk.ui.tasks import Tasks

if TYPE_CHECKING:
    from itadesk.domain.snapshot import ChangeSet, Snapshot
    from itadesk.storage.left_work import Unpublished
    from itadesk.storage.office_file import OfficeFile
    from itadesk.ui.main_window import MainWindow
    from itadesk.ui.session import FileSession, SaveState
    from itadesk.ui.start_page import StartPage
    from itadesk.ui.work_area import WorkArea


class WindowContent(QObject):
    """At most one open file, or a collection and the file of it that is looked into.

    Asks with dialogs of `window`, whose title and menus it keeps.
    """

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self.tasks = Tasks(self)
        self.area: WorkArea | None = None
        self.window = window
        self.collection = CollectionDoor(self)
        self._start_page: StartPage | None = None
        self._announce = False
        self._opening = False
        self._stack = QStackedWidget()
        self.menus = Menus(self)
        window.setCentralWidget(self._stack)

    @property
    def path(self) -> Path | None:
        """Of the open file or collection."""
        if self.collection.page is not None:
            return self.collection.path
        return None if self.area is None else self.area.session.path

    @property
    def front(self) -> QWidget | None:
        """The page in front of the open file, or of the collection."""
        return self.collection.page if self.area is None else self.area.page

    def start(self, path: Path | None) -> None:
        """Open the file asked for, else show what there is to open."""
        if path is not None:
            self.open_path(path)
        if self.front is None:
            self._show_start_page()

    # Opening

    def new_file(self, template: "Snapshot | None" = None) -> None:
        """A new office file, begun with the template if there is one."""
        from itadesk.ui.new_office import NewOfficeDialog

        rows = NewOfficeDialog.ask(self.window, template)
        if rows is not None:
            self._open(lambda: files.create_where_wanted(self.window, rows))

    def choose_file(self) -> None:
        path = files.ask_open_path(self.window)
        if path is not None:
            self.open_path(path)

    def open_path(self, path: Path) -> None:
        """Open the file or collection at `path`, in place of what is open."""
        if path.suffix.lower() == COLLECTION:
            self.collection.open_path(path)
        elif self.area is not None and self.area.session.path == path and not self.area.session.read_only:
            messages.toast(self.window, _("This file is open already."))
        else:
            self._open(lambda: files.open_file(self.window, path, self.open_path))

    def take_dropped(self, paths: "Sequence[Path]") -> None:
        """Do what files dropped on the window are for: open them, or take them into what is open."""
        first = {path.suffix.lower(): path for path in reversed(paths)}
        if COLLECTION in first:
            self.open_path(first[COLLECTION])
        elif self.collection.page is not None:
            self._back_to_collection()
            self.collection.receive(paths)
        elif SUFFIX in first:
            self.open_path(first[SUFFIX])
        elif table := next((path for path in paths if path.suffix.lower() in MEASURES), None):
            self.take_in(table)
        else:
            text = _(
                "Open the collection of your offices first; then folders and ZIP files can be dropped on it."
            )
            messages.toast(self.window, text)

    def take_in(self, path: Path) -> None:
        """Take the measures of a file into the one that is open; one of its own comes first."""
        if self.area is None:
            messages.toast(self.window, _("Open an office file first; then its measures can be taken in."))
        else:
            self.area.take_in(path)

    def open_example(self) -> None:
        self._open(lambda: files.open_example(self.window, self.open_path))

    def _open(self, make: "Callable[[], OfficeFile | None]") -> None:
        """The new file is opened before the old one is let go: when that fails, nothing has changed."""
        if self._opening:
            return
        self._opening = True
        try:
            office_file = make()
        finally:
            self._opening = False
        if office_file is None:
            return
        if self.let_go():
            self._enter(office_file)
            preferences.add_recent(office_file.path)
        else:
            office_file.close()

    def _enter(self, office_file: "OfficeFile") -> None:
        from itadesk.ui.session import FileSession
        from itadesk.ui.work_area import WorkArea

        session = FileSession(office_file, self)
        self._take_up_place(session)
        self.area = area = WorkArea(session)
        self._stack.addWidget(area)
        self._stack.setCurrentWidget(area)
        area.page_shown.connect(self.menus.follow)
        area.banners.copy_wanted.connect(self._work_on_copy)
        area.banners.elsewhere_wanted.connect(self.save_elsewhere)
        area.banners.rescue_wanted.connect(self._rescued)
        area.banners.salvage_wanted.connect(self._salvage)
        area.banners.office_wanted.connect(lambda: self.new_file(session.snapshot))
        session.changed.connect(self._changed)
        session.undo_stack.indexChanged.connect(self.menus.name_steps)
        session.saved.connect(self._saved)
        session.place_changed.connect(self._remember_place)
        self._say_title()
        self.menus.follow()
        area.focus_page()

    def _take_up_place(self, session: "FileSession") -> None:
        """Go on in the fiscal year and round that were last in hand on this PC."""
        from itadesk.domain.model import FiscalYear

        place = preferences.place_in(session.path)
        if place is not None and session.snapshot.get(FiscalYear, place[0]) is not None:
            session.set_place(place[0], 6 if place[1] == 6 else 12)

    def _remember_place(self) -> None:
        if self.area is None or self.collection.page is not None:
            return
        if (year := self.area.session.fiscal_year) is not None:
            preferences.remember_place(self.area.session.path, year.id, self.area.session.round)

    def check_file(self) -> None:
        """Say whether the open file is whole, or another one."""
        from itadesk.ui.check_file import CheckFileDialog

        CheckFileDialog(self.window, self.path, self.open_path).open()

    # Leaving

    def close_file(self) -> None:
        """Back to the start page, or to the offices of the collection from what stands before them."""
        page = self.collection.page
        if self.area is not None and page is not None:
            self._back_to_collection()
        elif page is not None and page.receiving:
            page.plan.leave()
        elif self.let_go():
            self._show_start_page()

    def leave(self) -> bool:
        """The window closes; False when the user would rather stay."""
        if self._opening or not self.let_go():
            return False
        self.tasks.close()
        return True

    def let_go(self) -> bool:
        """Let the open file and collection go, all work kept; False when the user would rather stay."""
        return self._let_go_file() and self.collection.close()

    def _let_go_file(self) -> bool:
        """Let the open file go, its work published; False when the user would rather stay."""
        if (area := self.area) is None:
            return True
        area.commit()
        if area.unstored and not files.ask_to_lose_typing(self.window):
            return False
        if not self._close_session(area.session):
            return False
        self.area = None
        area.session.deleteLater()
        self.drop_page(area)
        return True

    def drop_page(self, page: QWidget) -> None:
        """What the page showed is closed."""
        self._stack.removeWidget(page)
        page.deleteLater()
        self.menus.follow()
        self._say_title()

    def _close_session(self, session: "FileSession") -> bool:
        try:
            with files.busy():
                session.close()
            return True
        except UserError as error:
            match files.ask_how_to_leave(self.window, error):
                case "again":
                    return self._close_session(session)
                case "overwrite":
                    session.overwrite()
                    session.tasks.wait()
                    return self._close_session(session)
                case "elsewhere":
                    return self.save_elsewhere() is not None and self._close_session(session)
                case "leave":
                    session.close(publish=False)
                    return True
                case None:
                    return False

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
        return files.save_copy(self.window, self.area.session)

    def save_elsewhere(self) -> Path | None:
        if self.area is None:
            return None
        self.area.commit()
        path = files.save_elsewhere(self.window, self.area.session)
        if path is not None:
            preferences.add_recent(path)
            self._say_title()
        return path

    def _work_on_copy(self) -> None:
        path = self.save_copy()
        if path is not None:
            self.open_path(path)

    def show_backups(self) -> None:
        """The dated copies on this computer: of the open file, else of all."""
        from itadesk.ui.backups_dialog import BackupsDialog

        if self.area is not None:
            self.area.commit()
        dialog = BackupsDialog(self.window, self.tasks, None if self.area is None else self.area.session)
        dialog.open_wanted.connect(self.open_path)
        dialog.open()

    def _changed(self, snapshot: "Snapshot", changes: "ChangeSet") -> None:
        if "office" in changes.tables():
            self._say_title()

    def _saved(self, state: "SaveState") -> None:
        if self._announce and not state.running:
            self._announce = False
            if state.trouble is None:
                messages.toast(self.window, _("Saved. A dated copy is kept on this PC as well."))

    # The collection

    def show_collection(self) -> None:
        """A collection was opened, or is come back to from the file of an office."""
        page = self.collection.page
        assert page is not None
        if self._stack.indexOf(page) < 0:
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self.menus.follow()
        self._say_title()
        page.begins_at.setFocus()

    def look_into(self, office_file: "OfficeFile", year: int, measure_id: str) -> bool:
        """Show the file of an office over the collection; False when the one before could not be let go."""
        from itadesk.ui.measures_page import MeasuresPage

        if not self._let_go_file():
            return False
        self._enter(office_file)
        assert self.area is not None
        session = self.area.session
        if (row := session.snapshot.fiscal_year(year)) is not None:
            session.set_place(row.id, session.round)
        self.area.banners.take("read_only")
        text = _("This is the file that {office} sent, to be looked at only.")
        back = (_("&Back to all offices"), self._back_to_collection)
        self.area.banners.put(
            "collection", "info", text.format(office=session.snapshot.office.full_name), [back]
        )
        if measure_id and isinstance(page := self.area.page, MeasuresPage):
            page.show_measure(measure_id)
        return True

    def _back_to_collection(self) -> None:
        if self._let_go_file():
            self.show_collection()

    # The start page

    def _show_start_page(self) -> None:
        if self._start_page is None:
            self._start_page = self._made_start_page()
            self._stack.addWidget(self._start_page)
        self._stack.setCurrentWidget(self._start_page)
        self._start_page.refresh()

    def _made_start_page(self) -> "StartPage":
        from itadesk.ui.start_page import StartPage

        page = StartPage(self.tasks)
        page.new_wanted.connect(self.new_file)
        page.open_wanted.connect(self.choose_file)
        page.collect_wanted.connect(self.collection.make_new)
        page.open_collection_wanted.connect(self.collection.choose)
        page.database_wanted.connect(self.collection.connect_to_database)
        page.example_wanted.connect(self.open_example)
        page.recent_wanted.connect(self.open_path)
        page.unpublished_wanted.connect(self.open_unpublished)
        page.rescue_wanted.connect(self.rescue)
        page.discard_wanted.connect(self.discard)
        page.backups_wanted.connect(self.show_backups)
        return page

    def open_unpublished(self, work: "Unpublished") -> None:
        self._open(lambda: files.open_unpublished(self.window, work, self.open_path))

    def rescue(self, work: "Unpublished") -> None:
        if not self._rescued(work):
            self._show_start_page()

    def _rescued(self, work: "Unpublished") -> bool:
        path = files.rescue(self.window, work)
        if path is not None:
            self.open_path(path)
        return path is not None

    def _salvage(self, damaged: Path) -> None:
        from itadesk.ui.salvage_dialog import salvage

        assert self.area is not None
        salvage(self.window, damaged, self.open_path, self.area.session.path)

    def discard(self, work: "Unpublished") -> None:
        files.discard(self.window, work)
        self._show_start_page()

    def _say_title(self) -> None:
        if self.area is None:
            self.window.say_title(*filter(None, [self.collection.name]))
            return
        session = self.area.session
        office = session.snapshot.office.full_name or _("Office without a name")
        self.window.say_title(office, session.path.name)
