"""Which versions a file descends from: by its own life, and by copies that were merged into it."""

import sqlite3

from itadesk.domain.lineage import Past, Stretch, Version

_STRETCHES = (
    "SELECT branch, min(first_revision), max(last_revision) FROM ("
    " SELECT branch, first_revision, last_revision FROM lineage"
    " UNION ALL SELECT id, first_revision, last_revision FROM joined"
    ") GROUP BY branch"
)
"""Of one branch both may tell: whoever went through a revision went through all before it that are told."""


def read(file: sqlite3.Connection) -> Past:
    """The version of a file and every one before it."""
    version = Version(*file.execute("SELECT branch, revision FROM doc").fetchone())
    return Past.of(version, (Stretch(*stretch) for stretch in file.execute(_STRETCHES)))
