"""Attached files shown in other programs: only harmless kinds, as read-only copies that go when the program ends."""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path, PurePath

from PySide6.QtCore import QTemporaryDir, QUrl
from PySide6.QtGui import QDesktopServices

from itadesk import whole_file
from itadesk.domain import file_names
from itadesk.errors import UserError
from itadesk.i18n import _

_BY_CONTENT: Mapping[bytes, str] = {
    b"%PDF-": "pdf",
    b"\x89PNG\r\n\x1a\n": "png",
    b"\xff\xd8\xff": "jpg",
    b"GIF87a": "gif",
    b"GIF89a": "gif",
    b"BM": "bmp",
    b"II*\0": "tif",
    b"MM\0*": "tif",
}
"""How files begin that are what they are whatever their name says."""
_ZIPPED, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACROS = (b"vbaProject", "_VBA_PROJECT".encode("utf-16-le"), "Macros".encode("utf-16-le"))


def _plain_text(data: bytes) -> bool:
    return b"\0" not in data


def _office(beginning: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(beginning) and not any(mark in data for mark in _MACROS)


_BY_NAME: Mapping[str, Callable[[bytes], bool]] = {
    **dict.fromkeys(("docx", "xlsx", "pptx", "odt", "ods", "odp"), _office(_ZIPPED)),
    **dict.fromkeys(("doc", "xls", "ppt"), _office(_COMPOUND)),
    "txt": _plain_text,
}
"""Endings of other harmless kinds, with what their content must be like: documents without macros, plain text."""


def harmless_ending(name: str, data: bytes) -> str:
    """The ending under which a file can be opened and nothing be run; "" when there is none."""
    found = next((ending for start, ending in _BY_CONTENT.items() if data.startswith(start)), "")
    ending = file_names.ending(name)
    return found or (ending if ending in _BY_NAME and _BY_NAME[ending](data) else "")


class OpenedFiles:
    """Copies of attached files, in a folder that goes with this object."""

    def __init__(self) -> None:
        self._folder: QTemporaryDir | None = None

    def open(self, name: str, data: bytes) -> bool:
        """Show a file in the program that the system has for it. False when it is of no harmless kind.

        UserError when the copy cannot be written, or nothing on this computer shows it.
        """
        ending = harmless_ending(name, data)
        if not ending:
            return False
        copy = self._copy(f"{PurePath(file_names.safe(name)).stem}.{ending}", data)
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy))):
            raise UserError(
                _("This computer has no program that opens {name}.").format(name=name),
                _("Install one for files of this kind, or open the office file on another computer."),
            )
        return True

    def _copy(self, name: str, data: bytes) -> Path:
        self._folder = self._folder or QTemporaryDir()
        folder = Path(self._folder.path()) / hashlib.sha256(data).hexdigest()[:16]
        copy = folder / name
        if not copy.exists():
            try:
                folder.mkdir(mode=0o700, exist_ok=True)
            except OSError as error:
                raise UserError(_("The folder for temporary files cannot be used.")) from error
            whole_file.write(copy, data)
            copy.chmod(0o400)  # what is written into the copy would be lost: the other program says so
        return copy
