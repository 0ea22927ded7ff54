"""Writing a file for the user whole or not at all, and saying why when the disk refuses."""

import errno
import os
from pathlib import Path

from itadesk.errors import UserError
from itadesk.i18n import _

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def write(path: Path, data: bytes) -> None:
    """Put `data` at `path`, over what is there. UserError when it cannot be; what was there is untouched then."""
    fresh = path.with_name(f".itadesk-{os.getpid()}.part")
    try:
        try:
            with fresh.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        raise _not_written(path, error) from error


def read(path: Path) -> bytes:
    """The bytes of a file the user named. UserError when it cannot be read."""
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise UserError(
            _("The file “{name}” cannot be read.").format(name=path.name),
            _("Check that the file is there and that you may open it."),
        ) from error


def _not_written(path: Path, error: Exception) -> UserError:
    number = error.errno if isinstance(error, OSError) else None
    if number in _FULL:
        return UserError(
            _("The disk is full."), _("Free some space or choose another disk, then save again.")
        )
    if isinstance(error, PermissionError) or number == errno.EROFS:
        return UserError(
            _("The file “{name}” cannot be written there.").format(name=path.name),
            _("Choose another folder. If the file is open in another program, close it there first."),
        )
    return UserError(
        _("The file “{name}” could not be written.").format(name=path.name),
        _("Check that the folder is there, or choose another one."),
    )
