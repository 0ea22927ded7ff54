"""The office files among what is handed over: files, folders with all that is below them, and ZIP archives."""

import contextlib
import lzma
import os
import re
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from itadesk.domain import file_names
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage import opener
from itadesk.storage.opener import Watch

ARCHIVE = ".zip"
"""What a mail program makes of several attached files that are saved at once."""

_BLOCK = 1 << 20
_QUIET = frozenset(("thumbs.db", "desktop.ini"))
"""Files of the system itself, of which nobody knows."""
_UNICODE, _LOCKED = 0x800, 0x1
"""Flags of a file in an archive: its name is UTF-8; it needs a password."""
_SPOILED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, MemoryError, NotImplementedError,
    RuntimeError, ValueError,
)  # fmt: skip


@dataclass(frozen=True)
class Gathered:
    """`passed_over`: names of what is no office file; `refused`: folders and archives that cannot be read."""

    files: tuple[Path, ...] = ()
    passed_over: tuple[str, ...] = ()
    refused: tuple[tuple[Path, UserError], ...] = ()


def holds_files(path: Path) -> bool:
    """Whether office files may be in it."""
    return path.suffix.lower() == ARCHIVE or path.is_dir()


def gather(paths: Iterable[Path], room: Path, watch: Watch = opener.unwatched) -> Gathered:
    """What there is to take in, each file once. What comes out of archives is put into `room`.

    `watch` is asked often; what it raises ends the search.
    """
    search = _Search(room, watch)
    for path in paths:
        search.look_at(path)
    return Gathered(tuple(dict.fromkeys(search.files)), tuple(search.passed_over), tuple(search.refused))


class _Search:
    def __init__(self, room: Path, watch: Watch) -> None:
        self.files: list[Path] = []
        self.passed_over: list[str] = []
        self.refused: list[tuple[Path, UserError]] = []
        self._room = room
        self._watch = watch

    def look_at(self, path: Path) -> None:
        self._watch(0, 0)
        if path.is_dir():
            self._walk(path)
        elif not _is_quiet(path.name):
            self._sort(path)

    def _sort(self, path: Path) -> None:
        match path.suffix.lower():
            case file_names.OFFICE_FILE:
                self.files.append(path)
            case suffix if suffix == ARCHIVE:
                self._unpack(path)
            case _:
                self.passed_over.append(path.name)

    def _walk(self, folder: Path) -> None:
        """Links to other folders are not followed: they may lead back."""

        def refuse(error: OSError) -> None:
            place = Path(error.filename or folder)
            text = _("The folder {name} cannot be read: {reason}").format(
                name=place.name, reason=error.strerror
            )
            self.refused.append(
                (place, UserError(text, _("Copy its files to this computer, then try again.")))
            )

        for parent, folders, names in os.walk(folder, onerror=refuse):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                self.look_at(Path(parent, name))

    def _unpack(self, path: Path) -> None:
        with self._explained(path):
            if path.exists() and not path.is_file():  # opening a pipe would wait for ever
                raise zipfile.BadZipFile("no file")
            self._unpack_file(path)

    def _unpack_file(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            found = list(self._members(archive))
            if sum(member.file_size for member, _name in found) > opener.LARGEST:
                raise zipfile.BadZipFile("too large")
            for member, name in found:
                with self._explained(path / name):
                    self.files.append(self._unpacked(archive, member, name))

    @contextlib.contextmanager
    def _explained(self, path: Path) -> Generator[None]:
        """Note why an archive, or a file in it, cannot be unpacked; what comes after it may be good."""
        name = path.name
        try:
            yield
        except _Locked:
            text = _("{name} is locked with a password.").format(name=name)
            advice = _("Unpack it with the password, then take in the files that were in it.")
            self.refused.append((path, UserError(text, advice)))
        except _SPOILED:
            text = _("{name} cannot be unpacked: it is damaged, or no ZIP file.").format(name=name)
            advice = _("Please ask for it again, or unpack it with another program and take in its files.")
            self.refused.append((path, UserError(text, advice)))
        except OSError as error:
            text = _("{name} cannot be unpacked: {reason}").format(name=name, reason=error.strerror)
            advice = _("Please check that it can be read and that this computer's disk has room.")
            self.refused.append((path, UserError(text, advice)))

    def _members(self, archive: zipfile.ZipFile) -> Iterator[tuple[zipfile.ZipInfo, str]]:
        """The office files in an archive, and what they are called."""
        for member in archive.infolist():
            own = re.split(r"[/\\]", _name(member))[-1]
            if member.is_dir() or _is_quiet(own):
                continue
            name = file_names.safe(own)
            if name.lower().endswith(file_names.OFFICE_FILE):
                yield member, name
            else:
                self.passed_over.append(name)

    def _unpacked(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> Path:
        """Each into a folder of its own, called as the archive: files of two offices may have one name."""
        if member.flag_bits & _LOCKED:
            raise _Locked
        folder = Path(tempfile.mkdtemp(dir=self._room), file_names.safe(Path(archive.filename or "").name))
        folder.mkdir()
        with archive.open(member) as source, (folder / name).open("wb") as file:
            self._copy(source, file, member.file_size)
        return folder / name

    def _copy(self, source: IO[bytes], target: IO[bytes], size: int) -> None:
        """Not more than the archive promised."""
        while block := source.read(_BLOCK):
            self._watch(0, 0)
            target.write(block)
            if target.tell() > size:
                raise zipfile.BadZipFile("larger than it says")


class _Locked(Exception):
    """A file of the archive needs a password."""


def _is_quiet(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in _QUIET


def _name(member: zipfile.ZipInfo) -> str:
    """A file's own name; without a mark for it, what Thai Windows or another system wrote is guessed."""
    name = member.filename
    if not member.flag_bits & _UNICODE:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "cp874"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name
