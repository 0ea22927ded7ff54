"""The copy for the district and its letter as files: where they go, how they are written, and opened elsewhere."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from itadesk import whole_file
from itadesk.domain import sending
from itadesk.domain.model import Round, Sending
from itadesk.domain.sending import Copy
from itadesk.domain.snapshot import Snapshot
from itadesk.errors import UserError
from itadesk.exchange import mail
from itadesk.i18n import _
from itadesk.storage import faults
from itadesk.storage.package import Contents
from itadesk.storage.publish import Written
from itadesk.ui import mail_program
from itadesk.ui.new_files import size_words
from itadesk.ui.session import FileSession

_LETTER_LIMIT = 25 << 20
"""Bytes of a copy that is put into a letter: no mail server takes a larger one, and it is held in memory."""
_MAILTO_TEXT = 1_500
"""Letters of a text that go into a mailto address: longer ones are cut or refused by some programs."""


@dataclass(frozen=True)
class Sent:
    """A copy that was written, and the letter with it; None when it is too large for one."""

    copy: Copy
    path: Path
    to: str
    letter: Path | None


def measured(session: FileSession, contents: Contents) -> Written:
    """What a copy would be; for a worker."""
    with faults.temporary_folder() as folder:
        return session.pack(folder / "copy", contents)


def write(
    session: FileSession, path: Path, years: tuple[int, ...], round_: Round, to: str, *, attached: bool
) -> Sent:
    """Write the copy to `path` and its letter beside it; for a worker. Raises UserError."""
    content = session.snapshot
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            _("The folder {name} cannot be made.").format(name=path.parent.name), _("Choose another folder.")
        ) from error
    written = session.pack(path, Contents(years, attached=attached))
    copy = Copy(years, round_, attached, path.name, written.revision, written.seal, size_words(written.size))
    letter = None
    if written.size <= _LETTER_LIMIT:
        letter = path.with_suffix(".eml")
        text = sending.letter(content, copy)
        data = whole_file.read(path)
        whole_file.write(letter, mail.draft(to, sending.subject(content, copy), text, path.name, data))
    return Sent(copy, path, to, letter)


def open_letter(sent: Sent) -> bool:
    """Have the mail program show the letter; False when there is none, or no program for it."""
    if sent.letter is None or not mail_program.takes(mail_program.LETTER):
        return False
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(sent.letter)))


def open_plain_letter(sent: Sent, content: Snapshot) -> bool:
    """A letter without its attachment, in the mail program or web mail, and the folder to take the file from.

    False when there is none: the text is on the clipboard then.
    """
    text = sending.letter(content, sent.copy)[:_MAILTO_TEXT].replace("\n", "\r\n")  # as RFC 6068 wants
    subject, body = quote(sending.subject(content, sent.copy)), quote(text)
    address = QUrl(f"mailto:{quote(sent.to, safe='@')}?subject={subject}&body={body}")
    opened = mail_program.takes(mail_program.ADDRESS) and QDesktopServices.openUrl(address)
    if not opened:
        QGuiApplication.clipboard().setText(sending.letter(content, sent.copy))
    open_folder(sent)
    return opened


def open_folder(sent: Sent) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(sent.path.parent)))


def folder_for(session: FileSession) -> Path:
    """Where the copy goes unless the clerk says otherwise."""
    places = list(_places(session))
    return next((place for place in places if _can_be_made(place)), places[-1])


def _places(session: FileSession) -> Iterator[Path]:
    """Where copies went before, beside the office file, among the user's documents."""
    for row in reversed(session.snapshot.children(Sending)):
        folder = Path(row.path).parent
        if folder.is_absolute() and folder.is_dir():
            yield folder
    name = _("To the district")
    yield session.path.parent / name
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    yield Path(documents) / name


def _can_be_made(folder: Path) -> bool:
    there = folder if folder.is_dir() else folder.parent
    return there.is_dir() and os.access(there, os.W_OK)
