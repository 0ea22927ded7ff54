"""Opens collections in the window and lets them go; shows an office's file that a collection keeps."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTemporaryDir
from PySide6.QtWidgets import QFileDialog

from itadesk.domain import file_names
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.ui import files, messages, patience, preferences
from itadesk.ui.main_window import COLLECTION

if TYPE_CHECKING:
    from itadesk.storage.collection.store import Collection
    from itadesk.storage.office_file import OfficeFile
    from itadesk.ui.collection.page import CollectionPage
    from itadesk.ui.collection.session import Look
    from itadesk.ui.window_content import WindowContent


class CollectionDoor(QObject):
    """At most one collection is open; `page` shows it."""

    def __init__(self, content: "WindowContent") -> None:
        super().__init__(content)
        self.page: CollectionPage | None = None
        self._content = content
        self._looked_into: QTemporaryDir | None = None

    @property
    def path(self) -> Path | None:
        return None if self.page is None else self.page.session.path

    @property
    def name(self) -> str:
        return "" if self.page is None else self.page.session.collection.name

    def make_new(self) -> None:
        """A new collection where the user says."""
        dialog = QFileDialog(
            self._content.window, _("Where to keep the new collection"), files.folder(), _filter()
        )
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(COLLECTION)
        dialog.selectFile(_("Offices of the district") + COLLECTION)
        chosen = dialog.selectedFiles()[0] if dialog.exec() else ""
        dialog.deleteLater()
        if chosen and Path(chosen).exists():
            error = UserError(
                _("{name} exists already.").format(name=Path(chosen).name),
                _("Open it instead, or choose another name."),
            )
            messages.show_error(self._content.window, error)
        elif chosen:
            self.open(chosen)

    def choose(self) -> None:
        """An existing collection."""
        name, _kind = QFileDialog.getOpenFileName(
            self._content.window, _("Open a collection"), files.folder(), _filter()
        )
        if name:
            self.open(name)

    def connect_to_database(self) -> None:
        """A collection in a database, by its address."""
        from itadesk.ui.collection.connect_dialog import ConnectDialog

        dialog = ConnectDialog(self._content.window)
        dialog.wanted.connect(self.open)
        dialog.finished.connect(lambda _result: dialog.deleteLater())
        dialog.open()

    def open_path(self, path: Path) -> None:
        """Open a collection that is a file and is there."""
        if self.path == path:
            messages.toast(self._content.window, _("This collection is open already."))
        elif not path.exists():
            error = UserError(
                _("{name} is not there.").format(name=path.name),
                _("Look whether it was moved or renamed, or whether the drive is plugged in."),
            )
            messages.show_error(self._content.window, error)
        else:
            self.open(str(path))

    def open(self, where: str) -> None:
        """Open a collection by its path or address, made anew where there is none, in place of what is open."""
        collection = self._opened(where)
        if collection is None:
            return
        if not self._content.let_go():
            collection.close()
            return
        from itadesk.ui.collection.page import CollectionPage
        from itadesk.ui.collection.session import CollectionSession

        self.page = page = CollectionPage(CollectionSession(collection, self))
        page.look_wanted.connect(self._look)
        if page.session.path is not None:
            preferences.add_recent(page.session.path)
        self._content.show_collection()

    def _opened(self, where: str) -> "Collection | None":
        from itadesk.storage.collection.store import open_collection

        text = _("Opening the collection…")
        try:
            return patience.wait(
                self._content.window, text, lambda _watch: open_collection(where), lambda late: late.close()
            )
        except UserError as error:
            messages.show_error(self._content.window, error)
        except patience.GivenUp:
            pass
        return None

    def receive(self, paths: Sequence[Path]) -> None:
        """Show what taking in these files would do."""
        if self.page is not None:
            self.page.receive(paths)

    def close(self) -> bool:
        """Let the collection go; False when the user would rather stay, for a note is not kept."""
        page = self.page
        if page is None:
            return True
        trouble = page.leave()
        if trouble is not None:
            choices = [_("&Close all the same")]
            advice = _("A note that you typed could not be kept. {advice}").format(advice=trouble.advice)
            if messages.ask(self._content.window, trouble.message, advice, choices, careful=True) is None:
                return False
        self.page = None
        page.session.close()
        page.session.deleteLater()
        self._content.drop_page(page)
        return True

    def _look(self, wanted: "Look") -> None:
        """Show the file of an office as it was received, to be looked at only."""
        if self.page is None:
            return
        collection, folder = self.page.session.collection, QTemporaryDir()

        def view(watch: patience.Watch) -> "OfficeFile":
            from itadesk.storage.collection import arrival, versions
            from itadesk.storage.office_file import OfficeFile

            with collection.reading() as connection:
                used = versions.in_use(connection, wanted.office_id, wanted.year)
                name, packed = versions.packed(connection, wanted.received_id or used or "")
            path = Path(folder.path(), file_names.safe(name))
            arrival.unpack(packed, path)
            return OfficeFile.view(path, watch=watch)

        try:
            text = _("Opening the office's file…")
            office_file = patience.wait(
                self._content.window, text, view, lambda late: late.close(publish=False)
            )
        except UserError as error:
            messages.show_error(self._content.window, error)
            return
        except patience.GivenUp:
            return
        if self._content.look_into(office_file, wanted.year, _own_id(office_file, wanted)):
            self._looked_into = folder  # the one before goes
        else:
            office_file.close(publish=False)


def _own_id(office_file: "OfficeFile", wanted: "Look") -> str:
    """The measure to begin with, as the file knows it."""
    from itadesk.domain.keys import derived
    from itadesk.domain.model import Measure

    own = office_file.snapshot.all(Measure) if wanted.measure_id else ()
    return next((one for one in own if derived(wanted.office_id, one) == wanted.measure_id), "")


def _filter() -> str:
    return _("Collections") + f" (*{COLLECTION})"
