"""Files on their way into the office file: read, checked, pictures made small. For a worker: it may take seconds."""

import contextlib
import stat
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage

from itadesk import whole_file
from itadesk.domain import file_names
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage.edit import ATTACHMENT_LIMIT
from itadesk.storage.evidence import NewFile
from itadesk.ui.picture_shrink import is_picture, shrunk

_MOST_READ = 80 << 20
"""Bytes of a picture that is read to be made small."""
_PICTURE_ENDINGS = frozenset(["jpg", "jpeg", "jfif", "png", "gif", "bmp", "webp", "tif", "tiff"])
_MEDIA_TYPES = {"pdf": "application/pdf", "txt": "text/plain"}
OTHER = "application/octet-stream"


@dataclass
class NewFiles:
    """What can be attached, and why the others cannot be. `before`, `after`: bytes of pictures that were made small."""

    files: list[NewFile] = field(default_factory=list[NewFile])
    refused: list[UserError] = field(default_factory=list[UserError])
    before: int = 0
    after: int = 0

    def add(self, name: str, read: Callable[[], bytes]) -> None:
        """Take one more file in, or note why it cannot be."""
        try:
            file, before = _ready(file_names.safe(name), read())
        except UserError as error:
            self.refused.append(error)
            return
        self.files.append(file)
        if len(file.data) < before:
            self.before += before
            self.after += len(file.data)


def of_paths(paths: Iterable[Path]) -> NewFiles:
    """Files that the clerk chose, dropped or pasted."""
    new = NewFiles()
    for path in paths:
        new.add(path.name, lambda path=path: _read(path))
    return new


def of_image(image: QImage) -> NewFiles:
    """A picture out of the clipboard."""
    new = NewFiles()
    new.add(_("Pasted picture") + ".png", lambda: _png(image))
    return new


def size_words(size: int) -> str:
    """A size as clerks know it from their mail program."""
    if size < 100 << 10:
        return _("{size} KB").format(size=-(-size >> 10))
    return _("{size} MB").format(size=f"{size / (1 << 20):.1f}")


def told(refused: Sequence[UserError]) -> UserError:
    """Why some files cannot be attached, in one message."""
    if len(refused) == 1:
        return refused[0]
    lines = "\n".join(f"• {error.message}" for error in refused[:10])
    more = len(refused) - 10
    return UserError(
        _("{count} files could not be attached.").format(count=len(refused)),
        lines + ("\n" + _("… and {count} more").format(count=more) if more > 0 else ""),
    )


def _read(path: Path) -> bytes:
    """The bytes of a file, unless it can be seen beforehand that it is too large, or none at all."""
    size = 0
    with contextlib.suppress(OSError):  # reading it says why it cannot be read
        found = path.stat()
        size = found.st_size
        if stat.S_ISDIR(found.st_mode):
            raise UserError(
                _("“{name}” is a folder; a folder cannot be attached.").format(name=path.name),
                _("Open it and attach the files in it, or make a ZIP file of it and attach that."),
            )
    picture = path.suffix.lower().removeprefix(".") in _PICTURE_ENDINGS
    if size > (_MOST_READ if picture else ATTACHMENT_LIMIT):
        raise _too_large(path.name, size)
    return whole_file.read(path)


def _ready(name: str, data: bytes) -> tuple[NewFile, int]:
    """The file as it is kept, and the bytes it had before."""
    before = len(data)
    if not data:
        raise UserError(
            _("The file “{name}” is empty.").format(name=name), _("Look whether it is the right one.")
        )
    if is_picture(data) and (picture := shrunk(name, data)) is not None:
        file = NewFile(picture.name, picture.data, picture.media_type)
    elif not is_picture(data) and file_names.ending(name) in _PICTURE_ENDINGS:
        raise UserError(
            _("The file “{name}” is no picture that can be shown.").format(name=name),
            _("Open it in another program, save it as JPEG or PNG, and add that file."),
        )
    else:
        file = NewFile(name, data, _MEDIA_TYPES.get(file_names.ending(name), OTHER))
    if len(file.data) > ATTACHMENT_LIMIT:
        raise _too_large(name, len(file.data))
    return file, before


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def _too_large(name: str, size: int) -> UserError:
    return UserError(
        _("The file “{name}” is too large: {size}.").format(name=name, size=size_words(size)),
        _("At most {limit} can be attached. Put it on the website and add its link here instead.").format(
            limit=size_words(ATTACHMENT_LIMIT)
        ),
    )
