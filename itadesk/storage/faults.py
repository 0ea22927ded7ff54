"""What the clerk is told when a disk refuses: the document's disk, or this computer's own."""

import contextlib
import errno
import sqlite3
import tempfile
from collections.abc import Generator
from pathlib import Path

from itadesk import paths
from itadesk.errors import UserError
from itadesk.i18n import _

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_UNUSABLE = _FORBIDDEN | {errno.ENOTDIR, errno.EEXIST}
_SQLITE = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,  # a full disk shows as this too, when the shared-memory file cannot grow
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_BUSY,
}
"""Primary result codes that speak of the disk, not of a fault in the program."""
_SPOILED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
"""Of a working copy: the disk has spoiled it, or cannot read it, which SQLite tells in the same way."""


class NotWritten(UserError):
    """A disk refused. What was committed before is safe, the document is as it was; a later try may succeed."""


@contextlib.contextmanager
def of_document(document: Path) -> Generator[None]:
    """Turn what the document's disk refuses into NotWritten."""
    try:
        yield
    except OSError as error:
        raise not_written(document, error) from error


def not_written(document: Path, error: OSError) -> NotWritten:
    """What the disk of `document` refused."""
    if error.errno in FULL:
        return NotWritten(
            _("There is no room left in {folder}.").format(folder=document.parent),
            _(
                "Your work is safe on this computer. Free some space and try again, or save it in another place."
            ),
        )
    if error.errno == errno.ENAMETOOLONG:
        return NotWritten(
            _("The name {name} is too long.").format(name=document.name), _("Please choose a shorter name.")
        )
    if error.errno == errno.EISDIR:
        return NotWritten(
            _("{name} is now a folder or a device, not a file.").format(name=document.name),
            _("Your work is safe on this computer. Save it in another place."),
        )
    if error.errno in _FORBIDDEN:
        return NotWritten(
            _("Nothing can be written in the folder {folder}.").format(folder=document.parent),
            _("Your work is safe on this computer. Save it in another place."),
        )
    return NotWritten(
        _("{folder} cannot be reached.").format(folder=document.parent),
        _(
            "Your work is safe on this computer. Plug the drive in, connect the network again, or put the folder back;"
            " saving is retried."
        ),
    )


def held(document: Path) -> NotWritten:
    return NotWritten(
        _("{name} is in use by another program and cannot be saved now.").format(name=document.name),
        _(
            "Your work is safe on this computer. Saving is tried again by itself; closing the other program helps."
        ),
    )


def protected(document: Path) -> NotWritten:
    return NotWritten(
        _("{name} is a read-only file.").format(name=document.name),
        _("Your work is safe on this computer. Save it in another place, or remove the protection."),
    )


@contextlib.contextmanager
def temporary_folder() -> Generator[Path]:
    """A folder that goes when it is done with; UserError where the system has no place for it."""
    try:
        # What a process just killed, or an antivirus, still holds on Windows stays.
        folder = tempfile.TemporaryDirectory(prefix="itadesk-", ignore_cleanup_errors=True)
    except OSError as error:
        raise UserError(
            _("The folder for temporary files cannot be used."),
            _("The disk may be full, or the folder is gone. Please free some space, then try again."),
        ) from error
    with folder as name:
        yield Path(name)


@contextlib.contextmanager
def of_this_computer() -> Generator[None]:
    """Turn what the disk with the working copies refuses into NotWritten."""
    try:
        yield
    except OSError as error:
        raise this_computer(error) from error
    except Exception as error:
        if sqlite_code(error) & 0xFF not in _SQLITE | _SPOILED:
            raise
        raise this_computer(error) from error


@contextlib.contextmanager
def of_edit() -> Generator[None]:
    """Turn what the database expectedly refuses of an edit into a UserError."""
    try:
        with of_this_computer():
            yield
    except Exception as error:
        if sqlite_code(error) != sqlite3.SQLITE_CONSTRAINT_UNIQUE:
            raise
        raise UserError(
            _("There is already one of the same name or year."),
            _("Please choose another one or edit that one."),
        ) from error


def this_computer(error: Exception) -> NotWritten:
    if isinstance(error, OSError) and error.errno in _UNUSABLE:
        return NotWritten(
            _("ITADesk cannot use its own folder {folder}.").format(folder=paths.data()),
            _("Please make sure that it is a folder where you may write, then try again."),
        )
    cause = driver_error(error)
    if sqlite_code(error) & 0xFF in _SPOILED:
        return spoiled(str(cause))
    return NotWritten(
        _("This computer's disk cannot take the change ({error}).").format(error=cause),
        _("It may be full. Please free some space, then try again; nothing entered before is lost."),
    )


def spoiled(cause: str) -> NotWritten:
    """What is being worked on was read back from this computer's disk otherwise than it was written."""
    return NotWritten(
        _("This computer's disk cannot read the work back ({error}).").format(error=cause),
        _(
            "It may be failing. Close the file and open it again: what can be read goes on, and what cannot is told."
            " The file itself is as it was last saved."
        ),
    )


def sqlite_code(error: BaseException) -> int:
    """SQLite's extended result code, 0 when it gave none."""
    return getattr(driver_error(error), "sqlite_errorcode", 0)


def driver_error(error: BaseException) -> BaseException:
    """SQLite's own error in the one that SQLAlchemy made of it. (Its class is not asked for: it may not be loaded.)"""
    return getattr(error, "orig", None) or error
