"""An open office file: what it holds, edits that commit at once, undo, and writing the user's document."""

import contextlib
import datetime as dt
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from itadesk.domain import thai
from itadesk.domain.fields import LINE_LIMIT
from itadesk.domain.model import Office, Row
from itadesk.domain.snapshot import ChangeSet, Snapshot
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage import (
    attachments,
    backup,
    bin,
    changes,
    connection,
    faults,
    generation,
    history,
    known_files,
    left_work,
    opener,
    package,
    snapshot,
    workspace,
)
from itadesk.storage import publish as publication
from itadesk.storage.edit import Edit, fill
from itadesk.storage.editing import Editing
from itadesk.storage.left_work import Unpublished
from itadesk.storage.lock import DocumentLock, NotWritable
from itadesk.storage.meta import MISSING, Meta
from itadesk.storage.publish import Written
from itadesk.storage.workspace import Workspace

T = TypeVar("T")


@dataclass(frozen=True)
class Recovered:
    """Edits that an ended session left unpublished and that came back; `since`: when the document was last written.

    `broken`: those made last may be missing.
    """

    changes: int
    since: dt.datetime
    broken: bool = False


def prepare_edits() -> None:
    """Load what the first edit needs and opening does not (SQLAlchemy), so that the clerk need not wait for it then."""
    changes.prepare()


class OfficeFile:
    """One open office file.

    Edits belong to one thread; `publish`, `save_copy`, `attachment` and `read` may run in another one meanwhile.
    `altered`: at opening the content did not match the file's seal, so another program or a fault changed it.
    `made_by`: the generation of the file when it was opened.
    """

    def __init__(self, path: Path, database: Path, content: Snapshot, user: str) -> None:
        """For the class methods below only."""
        self.path = path
        self.snapshot = content
        self.recovered: Recovered | None = None
        self.altered = False
        self._doubtful = MISSING
        self.made_by = generation.GENERATION
        self._user = thai.normalise(user)[:LINE_LIMIT]
        self._database = database
        self._editing: Editing | None = None
        self._cleanup = contextlib.ExitStack()
        self._publishing = threading.Lock()

    @classmethod
    def create(cls, path: Path, rows: Iterable[Row], *, user: str) -> "OfficeFile":
        """A new document at `path` with `rows`, exactly one of them an Office; UserError when it cannot be written."""
        path = _absolute(path)
        content = Snapshot.of(rows)
        assert len(content.all(Office)) == 1, "a file belongs to one office"
        if os.path.lexists(path):
            raise UserError(
                _("{name} exists already.").format(name=path.name),
                _("Please choose another name or open that file."),
            )
        with faults.of_this_computer(), contextlib.ExitStack() as undo:
            lock = DocumentLock(path, user)
            undo.callback(lock.close)
            space = workspace.create(path)
            undo.callback(space.remove)
            fill(space.work, content)
            file = cls._edited(space, lock, user, _read(space.work))
            undo.callback(file._editing_now().connection.close)
            file.publish()
            undo.pop_all()
        return file

    @classmethod
    def open(cls, path: Path, *, user: str, watch: opener.Watch | None = None) -> "OfficeFile":
        """Open `path` for editing, or as `view` does when it or its folder is read-only or the file a newer one.

        Raises lock.Locked when somebody has it open, opener.Missing, or opener.Foreign, Newer, Older, Damaged or
        Rejected when it must not be opened. Work of a session that ended comes back: see `recovered`. `watch` is told
        how far it is while a file of unknown origin is examined, and may raise to give it up.
        """
        path = _absolute(path)
        opener.check_readable(path)
        try:
            publication.check_writable(path)
            lock = DocumentLock(path, user)
        except (faults.NotWritten, NotWritable):
            return cls.view(path, user=user, watch=watch)
        try:
            with faults.of_this_computer(), contextlib.ExitStack() as undo:
                undo.callback(lock.close)
                publication.sweep(path)
                file = cls._taken(path, lock, user, watch)
                undo.pop_all()
        except opener.Newer:
            return cls.view(path, user=user, watch=watch)
        file._back_up()
        return file

    @classmethod
    def _taken(cls, path: Path, lock: DocumentLock, user: str, watch: opener.Watch | None) -> "OfficeFile":
        with opener.reading(path):
            digest = workspace.hash_of(path)
        found = left_work.recover(path, digest)
        if found is not None:
            return cls._resumed(path, found, lock, user)
        with workspace.incoming() as copy:
            examined = known_files.receive(path, copy, digest, watch)
            content = _read(copy)
            space = workspace.take(path, copy, digest if examined is None else examined.sha256)
        with contextlib.ExitStack() as undo:
            undo.callback(space.remove)
            file = cls._edited(space, lock, user, content)
            undo.pop_all()
        if examined is not None:
            file._note(examined)
        return file

    @classmethod
    def _resumed(cls, path: Path, found: left_work.Found, lock: DocumentLock, user: str) -> "OfficeFile":
        with contextlib.ExitStack() as undo:
            undo.callback((space := found.space).leave)
            with opener.reading(path):
                made_by = generation.of_file(path)
            space.remember(Meta(str(path), space.meta.base))  # the document may have been renamed
            file = cls._edited(space, lock, user, _read(space.work))
            undo.pop_all()
        file.made_by, editing = made_by, file._editing_now()
        file._doubtful = editing.published.sha256  # nobody has examined it since
        if file.unpublished:
            count, since = editing.revision - editing.published.revision, editing.published.at
            file.recovered = Recovered(count, dt.datetime.fromisoformat(since), found.broken)
        return file

    @classmethod
    def _edited(cls, space: Workspace, lock: DocumentLock, user: str, content: Snapshot) -> "OfficeFile":
        editing = Editing.begin(space, lock)
        file = cls(Path(space.meta.path), space.work, content, user)
        file._editing = editing
        return file

    @classmethod
    def view(cls, path: Path, *, user: str = "", watch: opener.Watch | None = None) -> "OfficeFile":
        """Look at `path` read-only: it is copied to a private place, and nothing beside it or in it changes.

        Raises as `open`, except that a lock does not matter.
        """
        path = _absolute(path)
        with contextlib.ExitStack() as cleanup:
            copy = Path(cleanup.enter_context(faults.temporary_folder()), "copy.sqlite")
            opener.check_readable(path)
            with opener.reading(path):
                digest = workspace.hash_of(path)
            examined = known_files.receive(path, copy, digest, watch, newer_too=True)
            file = cls(path, copy, _read(copy), user)
            if examined is not None:
                file._note(examined)
            file._cleanup = cleanup.pop_all()
        return file

    def _note(self, examined: opener.Examined) -> None:
        self.altered, self.made_by = examined.altered, examined.generation
        if self.altered or self.made_by != generation.GENERATION:
            self._doubtful = examined.sha256

    @property
    def read_only(self) -> bool:
        return self._editing is None

    @property
    def uuid(self) -> str:
        """The document's identity, which its copies share: its backups are filed by it."""
        with connection.private(self._database) as database:
            return database.execute("SELECT uuid FROM doc").fetchone()[0]

    @property
    def of_earlier_program(self) -> bool:
        """The document is still of an earlier generation: publishing brings it up, and older programs lose it."""
        return self.made_by < generation.GENERATION

    @property
    def of_newer_program(self) -> bool:
        """A newer program made the file: what this one does not know of it is not shown."""
        return self.made_by > generation.GENERATION

    @property
    def unpublished(self) -> bool:
        """Whether there are committed edits that the user's document does not have yet."""
        return self._editing is not None and self._editing.revision != self._editing.published.revision

    def edit(self, operation: Callable[[Edit], object]) -> ChangeSet:
        """Run `operation` as one transaction; committed and in `snapshot` when this returns, undone whole on any error.

        UserError when a row may not be stored or the disk is full.
        """
        return self._commit(lambda work: operation(Edit(work, self.snapshot)), self._put_into_bin)

    def replay(self, change_set: ChangeSet) -> ChangeSet:
        """Make changes once more as one transaction: undo with an inverted ChangeSet, redo with one as recorded."""
        return self._commit(lambda work: changes.apply(work, change_set))

    def _put_into_bin(self, made: ChangeSet, now: dt.datetime) -> ChangeSet:
        editing = self._editing_now()
        bin.put(editing.connection, made, self.snapshot, self._user, now)
        return ChangeSet((*made.changes, *editing.recorder.take().changes))

    def _commit(
        self,
        operation: Callable[[sqlite3.Connection], object],
        complete: Callable[[ChangeSet, dt.datetime], ChangeSet] = lambda made, now: made,
    ) -> ChangeSet:
        editing = self._editing_now()
        database, revision, now = editing.connection, editing.revision, dt.datetime.now()
        with faults.of_edit(), connection.transaction(database):
            editing.recorder.forget()  # what an edit that failed left
            operation(database)
            made = complete(editing.recorder.take(), now)
            if made:
                history.write(database, made, self._user, now)
                database.execute("UPDATE doc SET revision = ?", (revision := revision + 1,))
                editing.leaves.touch(made, revision)
        self.snapshot = self.snapshot.after(made)
        editing.revision = revision
        return made

    def attachment(self, sha256: str) -> bytes | None:
        """The bytes of an attached file, None when there is none with this SHA-256."""
        found = self.attached(sha256)
        return None if found is None else found[0]

    def attached(self, sha256: str) -> tuple[bytes, str] | None:
        """The bytes and the media type of an attached file, None when there is none with this SHA-256."""
        wanted = "SELECT data, media_type FROM attachment WHERE sha256 = ?"
        with connection.private(self._database) as database:
            return database.execute(wanted, (sha256,)).fetchone()

    def read(self, question: Callable[[sqlite3.Connection], T]) -> T:
        """The answer to a question about what is not in `snapshot`: the history, the rows in the bin."""
        with connection.private(self._database) as database:
            return question(database)

    def attachment_sizes(self) -> dict[str, int]:
        """How many bytes each attached file has that a row refers to, by its SHA-256."""
        return self.read(attachments.sizes)

    def publish(self, *, force: bool = False) -> dt.datetime:
        """Write the document when it lacks edits, and say when it was last written.

        Raises publish.Moved or Replaced when somebody else touched it (`force` writes it all the same), lock.Locked
        when another session took it over, faults.NotWritten when a disk refuses; the document is untouched then.
        """
        with faults.of_this_computer(), self._publishing:
            editing = self._editing_now()
            editing.lock.confirm()
            if force or self.unpublished or not self._is_as_written():
                editing.publish(self._user, force=force)
        return dt.datetime.fromisoformat(editing.published.at)

    def _is_as_written(self) -> bool:
        with faults.of_document(self.path):
            return workspace.hash_of(self.path) == self._editing_now().published.sha256

    def back_up(self) -> None:
        """Publish and keep a dated copy: before an import or a merge, and when the user asks to save."""
        self.publish()
        self._back_up()

    def _back_up(self) -> None:
        backup.keep(self.path, self._editing_now().workspace.uuid)

    def save_copy(self, path: Path) -> None:
        """Write an independent copy to `path`, over what is there; this session stays with its document."""
        path = _absolute(path)
        self._check_complete()
        with faults.of_this_computer(), contextlib.closing(DocumentLock(path, self._user)):
            publication.copy_to(self._database, path, self._user)

    def _check_complete(self) -> None:
        if self.of_newer_program:
            raise UserError(
                _(
                    "A newer version of ITADesk made this file; a copy would lack what this version does not know."
                ),
                _("To keep a copy, copy the file itself with the file manager."),
            )

    def pack(self, path: Path, contents: package.Contents) -> Written:
        """Write the copy that is sent to `path`, over what is there. Everything is published before."""
        path = _absolute(path)
        self._check_complete()
        if self._editing is not None:
            self.publish()
        with contextlib.closing(DocumentLock(path, self._user)):
            return package.pack(self._database, path, self._user, contents)

    def save_as(self, path: Path) -> None:
        """Move this session to a new document at `path`, over what is there; the old one stays as last published."""
        path = _absolute(path)
        editing = self._editing_now()
        if path == self.path:
            self.publish(force=True)
            return
        with faults.of_this_computer(), self._publishing, contextlib.ExitStack() as undo:
            lock = DocumentLock(path, self._user)
            undo.callback(lock.close)
            undo.callback(editing.workspace.remember, editing.workspace.meta)
            # Should this session end before the new document is there, the old one takes the work.
            editing.workspace.remember(Meta(str(path), editing.published))
            editing.publish(self._user, force=True)
            undo.pop_all()
            editing.lock.close()
            editing.lock, self.path = lock, path

    def close(self, *, publish: bool = True) -> None:
        """End the session, publishing first what the document lacks; when that raises, the file stays open.

        Without `publish` the unpublished work stays on this computer and comes back at the next opening.
        """
        if self._editing is not None:
            if publish and self.unpublished:
                self.publish()
            with self._publishing:
                self._remember()
                self._editing.close()
                self._editing = None
        self._cleanup.close()

    def _remember(self) -> None:
        """What this session wrote is whole, and need not be examined when it is opened again."""
        editing = self._editing_now()
        if editing.published.sha256 not in (self._doubtful, MISSING):
            known_files.remember(self.path, editing.workspace.uuid, editing.published.sha256)

    def _editing_now(self) -> Editing:
        if self._editing is None:
            raise UserError(
                _("This file is open for looking only."),
                _("To change it, save a copy in another place and open that."),
            )
        return self._editing


def rescue(work: Unpublished, path: Path, *, user: str) -> None:
    """Save listed unpublished work as a new document at `path`, over what is there, and take it off the list."""
    path = _absolute(path)
    space = left_work.hold(work)
    try:
        with faults.of_this_computer(), contextlib.closing(DocumentLock(path, user)):
            space.bring_up()
            publication.copy_to(space.work, path, user)
    except BaseException:
        space.leave()
        raise
    space.remove()


def _absolute(path: Path) -> Path:
    """A link is followed, lest publishing replaces the link instead of the document."""
    # Neither question raises: what is wrong with a path is told when the file is read or written.
    return Path(os.path.realpath(path)) if os.path.islink(path) else path.absolute()  # noqa: PTH114


def _read(work: Path) -> Snapshot:
    with connection.private(work) as raw:
        return snapshot.read(raw)
