"""What only an open file that may be edited has: its working copy, the lock and the one connection for edits."""

import contextlib
import sqlite3
from dataclasses import dataclass, field

from itadesk.storage import changes, connection
from itadesk.storage.lock import DocumentLock
from itadesk.storage.meta import Version
from itadesk.storage.publish import publish
from itadesk.storage.seal import Leaves
from itadesk.storage.workspace import Workspace


@dataclass
class Editing:
    """`published`: what the document holds; `revision`: what the working copy does; `leaves`: for its next seal."""

    workspace: Workspace
    lock: DocumentLock
    connection: sqlite3.Connection
    recorder: changes.Recorder
    published: Version
    revision: int
    leaves: Leaves = field(default_factory=Leaves)

    @classmethod
    def begin(cls, space: Workspace, lock: DocumentLock) -> "Editing":
        """Open the working copy; changes are recorded from here on."""
        database = connection.editing(space.work)
        with contextlib.ExitStack() as undo:
            undo.callback(database.close)
            recorder = changes.Recorder(database)
            (revision,) = database.execute("SELECT revision FROM doc").fetchone()
            connection.make_room(space.work)
            editing = cls(space, lock, database, recorder, space.meta.base, revision)
            undo.pop_all()
        return editing

    def publish(self, user: str, *, force: bool = False) -> None:
        """Write the document; see publish.publish, which may run in another thread than edits."""
        self.published = publish(self.workspace, user, self.leaves, force=force)

    def close(self) -> None:
        """End it; what is unpublished stays in the working copy."""
        self.connection.close()
        if self.revision == self.published.revision:
            self.workspace.remove()
        else:
            self.workspace.leave()
        self.lock.close()
