"""Makes, opens and copies office files: asks where, explains why not, offers the way on."""

import getpass
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from itadesk import paths
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.ui import messages, patience, preferences
from itadesk.ui.main_window import SUFFIX

if TYPE_CHECKING:
    from itadesk.domain.model import Row
    from itadesk.storage.left_work import Unpublished
    from itadesk.storage.office_file import OfficeFile
    from itadesk.ui.session import FileSession

GoOn = Callable[[Path], object]
Leaving = Literal["again", "overwrite", "elsewhere", "leave"]

# The storage is imported where it is used: it brings the database library, and the window is painted before that.


def create(parent: QWidget | None, rows: "list[Row]", path: Path) -> "OfficeFile | None":
    """A new office file at `path`, opened; None after the reason has been shown."""
    from itadesk.storage.office_file import OfficeFile

    return _shown(parent, lambda: OfficeFile.create(path, rows, user=getpass.getuser()))


def create_where_wanted(parent: QWidget | None, rows: "list[Row]") -> "OfficeFile | None":
    """A new office file of these rows, where the user says."""
    from itadesk.domain.model import Office

    office = next(row for row in rows if isinstance(row, Office))
    path = ask_save_path(parent, _("Where to keep the new office file"), suggested_name(office.full_name))
    return None if path is None else create(parent, rows, path)


def open_file(parent: QWidget | None, path: Path, go_on: GoOn) -> "OfficeFile | None":
    """The file to work in; when somebody else has it open, to look at if the user likes; None = not opened.

    `go_on` opens what takes the place of one that is damaged.
    """
    from itadesk.storage.lock import Locked
    from itadesk.storage.office_file import OfficeFile

    try:
        return _received(
            parent, path, go_on, lambda watch: OfficeFile.open(path, user=getpass.getuser(), watch=watch)
        )
    except Locked as locked:
        match messages.ask(parent, locked.message, locked.advice, [_("&View only"), _("Work on a &copy…")]):
            case 0:
                return _received(parent, path, go_on, lambda watch: OfficeFile.view(path, watch=watch))
            case 1:
                return _open_copy(parent, path, go_on)
            case _:
                return None


def _open_copy(parent: QWidget | None, path: Path, go_on: GoOn) -> "OfficeFile | None":
    """A copy, where the user says, of a file that somebody else has open; it goes its own way from there."""
    from itadesk.storage.lock import Locked
    from itadesk.storage.office_file import OfficeFile

    copy = ask_save_path(parent, _("Save a copy"), path.stem, str(path.parent))
    if copy is None:
        return None

    def made(watch: patience.Watch) -> OfficeFile:
        with closing(OfficeFile.view(path, user=getpass.getuser(), watch=watch)) as file:
            file.save_copy(copy)
        return OfficeFile.open(copy, user=getpass.getuser(), watch=watch)

    try:
        return _received(parent, path, go_on, made)
    except Locked as locked:  # what the copy was to replace
        messages.show_error(parent, locked)
        return None


def _received(
    parent: QWidget | None, path: Path, go_on: GoOn, way: "Callable[[patience.Watch], OfficeFile]"
) -> "OfficeFile | None":
    """The file, opened beside the window; None after the reason why not has been shown. Locked is for the caller."""
    from itadesk.storage import lock, opener

    try:
        text = _("Opening {file}…").format(file=path.name)
        return patience.wait(parent, text, way, lambda late: late.close(publish=False))
    except lock.Locked:
        raise
    except opener.Refused as refusal:
        from itadesk.ui import refused_file

        if refused_file.has_ways_on(path, refusal.verdict):
            refused_file.RefusedFileDialog(parent, path, opener.refused(refusal), go_on).open()
        else:
            messages.show_error(parent, refusal)
    except UserError as error:
        messages.show_error(parent, error)
    except patience.GivenUp:
        pass
    return None


def open_example(parent: QWidget | None, go_on: GoOn) -> "OfficeFile | None":
    """The user's own copy of the example; made anew when they wish. The one that came with the program stays whole."""
    path = paths.data() / "example" / (_("Example office") + SUFFIX)
    if path.exists():
        choices = [_("&Go on where I left it"), _("&Start afresh")]
        choice = messages.ask(parent, _("You have worked in the example before."), "", choices)
        if choice is None:
            return None
        if choice == 0:
            return open_file(parent, path, go_on)
        path.unlink()
    path.parent.mkdir(parents=True, exist_ok=True)
    return create(parent, _example_rows(), path)


def save_copy(parent: QWidget, session: "FileSession") -> Path | None:
    """A copy where the user says; the work goes on in the file that is open."""
    path = _write_elsewhere(parent, session, session.save_copy, _("Save a copy"))
    if path is not None:
        messages.toast(parent, _("Copy saved: {file}").format(file=path.name))
    return path


def save_elsewhere(parent: QWidget, session: "FileSession") -> Path | None:
    """Go on in a new file where the user says."""
    return _write_elsewhere(parent, session, session.save_as, _("Save elsewhere and go on there"))


def open_unpublished(parent: QWidget | None, work: "Unpublished", go_on: GoOn) -> "OfficeFile | None":
    """The document of unpublished work, with that work in it."""
    if _is_gone(work.path):
        messages.show_error(
            parent,
            UserError(
                _("{name} is not there.").format(name=work.path.name),
                _(
                    "The work is kept on this computer. If the file was renamed or moved, open it where it is now: the "
                    "work comes back into it. If there is no such file any more, use “Save as…” on the start page."
                ),
            ),
        )
        return None
    office_file = open_file(parent, work.path, go_on)
    if office_file is not None and office_file.recovered is None and _is_left(work):
        messages.show_error(
            parent,
            UserError(
                _("{file} has been changed since, so the work was not put into it.").format(
                    file=work.path.name
                ),
                _("It is still on the start page. Use “Save as…” there to keep it as a file of its own."),
            ),
        )
    return office_file


def _is_gone(path: Path) -> bool:
    try:
        return not path.exists()
    except OSError:  # opening it says why it cannot be reached
        return False


def rescue(parent: QWidget | None, work: "Unpublished") -> Path | None:
    """Save unpublished work as a new file where the user says."""
    from itadesk.storage import office_file

    if not _is_left(work):
        messages.show_error(
            parent, UserError(_("This work is in its file already, or open in another window."))
        )
        return None
    path = ask_save_path(parent, _("Save the work as a file"), suggested_name(work.name))
    if path is None:
        return None
    return path if _done(parent, lambda: office_file.rescue(work, path, user=getpass.getuser())) else None


def discard(parent: QWidget | None, work: "Unpublished") -> bool:
    """Delete unpublished work once the user is sure: this alone cannot be undone."""
    from itadesk.storage import left_work

    if work.changes:
        question = _("Discard {count} changes to {file} for good?").format(count=work.changes, file=work.name)
        advice = _("They are in no file. This cannot be undone.")
    else:
        question = _("Discard the new file {file} for good?").format(file=work.name)
        advice = _("It is written nowhere else. This cannot be undone.")
    if messages.ask(parent, question, advice, [_("&Discard")], careful=True) is None:
        return False
    return _done(parent, lambda: left_work.discard(work))


def ask_how_to_leave(parent: QWidget | None, error: UserError) -> Leaving | None:
    """The file that is being closed could not be written: what to do. None = stay."""
    from itadesk.storage.publish import Moved, Replaced

    kept = _(
        "Nothing is lost: the work is kept on this PC, and the start page offers it until it is in a file."
    )
    ways: dict[Leaving, str] = {"again": _("&Try again")}
    if isinstance(error, Moved):
        ways = {"overwrite": _("&Write it here again")}
    elif isinstance(error, Replaced):
        ways = {"overwrite": _("&Write over it")}
    ways |= {"elsewhere": _("&Save elsewhere…"), "leave": _("&Close all the same")}
    choice = messages.ask(parent, error.message, f"{error.advice}\n\n{kept}".strip(), list(ways.values()))
    return None if choice is None else list(ways)[choice]


def ask_to_lose_typing(parent: QWidget | None) -> bool:
    """What was typed last could not be stored, and the file is being closed: whether it may go."""
    text = _("What you typed last is not stored yet.")
    advice = _("If you close now, it is lost. The place is marked; everything else is stored.")
    return messages.ask(parent, text, advice, [_("&Close without it")], careful=True) == 0


def ask_open_path(parent: QWidget | None) -> Path | None:
    name, _kind = QFileDialog.getOpenFileName(parent, _("Open an office file"), folder(), _filter())
    return Path(name) if name else None


def ask_save_path(
    parent: QWidget | None, title: str, suggested: str, where: str | None = None
) -> Path | None:
    """Where to put a new file, in the usual folder unless told; the ending is added when it is missing."""
    dialog = QFileDialog(parent, title, where or folder(), _filter())
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(SUFFIX)
    dialog.selectFile(suggested + SUFFIX)
    name = dialog.selectedFiles()[0] if dialog.exec() else ""
    dialog.deleteLater()
    return Path(name) if name else None


def suggested_name(office_name: str) -> str:
    """A file name for an office: what no file system allows is left out."""
    return "".join(sign for sign in office_name if sign not in '<>:"/\\|?*').strip(" .") or _("Office")


@contextmanager
def busy() -> Iterator[None]:
    """The waiting pointer while the program cannot answer."""
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        yield
    finally:
        QGuiApplication.restoreOverrideCursor()


def _shown(parent: QWidget | None, make: "Callable[[], OfficeFile]") -> "OfficeFile | None":
    try:
        with busy():
            return make()
    except UserError as error:
        messages.show_error(parent, error)
        return None


def _is_left(work: "Unpublished") -> bool:
    """Whether listed work still waits for its file: another window may have taken it meanwhile."""
    from itadesk.storage import left_work

    return work.folder in [other.folder for other in left_work.unpublished_work()]


def _done(parent: QWidget | None, act: Callable[[], object]) -> bool:
    """Do something to unpublished work; False after the reason why not has been shown."""
    try:
        with busy():
            act()
    except UserError as error:
        messages.show_error(parent, error)
        return False
    return True


def _write_elsewhere(
    parent: QWidget, session: "FileSession", write: Callable[[Path], None], title: str
) -> Path | None:
    path = ask_save_path(parent, title, session.path.stem)
    if path is None:
        return None
    try:
        with busy():
            write(path)
    except UserError as error:
        messages.show_error(parent, error)
        return None
    return path


def _example_rows() -> "list[Row]":
    from itadesk.exchange import json_file

    text = (paths.resources() / "example" / "example.json").read_text("utf-8")
    return list(json_file.read(text).snapshot.rows())


def folder() -> str:
    """Where to look for files: beside the last one, else among the user's documents."""
    recent = [Path(name).parent for name in preferences.load().recent[:1]]
    places = (QStandardPaths.StandardLocation.DocumentsLocation, QStandardPaths.StandardLocation.HomeLocation)
    folders = [*recent, *(Path(QStandardPaths.writableLocation(place)) for place in places)]
    return str(next((folder for folder in folders if folder.is_dir()), Path.cwd()))


def _filter() -> str:
    return _("Office files") + f" (*{SUFFIX})"
