"""Which columns refer to attached files: what the seal covers, and what publishing keeps."""

import sqlite3
from collections.abc import Mapping

BY_CONTENT: Mapping[str, tuple[str, ...]] = {
    "office": ("emblem", "logo"),
    "evidence": ("attachment",),
    "document": ("scan",),
}
BOOKKEEPING: Mapping[str, tuple[str, ...]] = {
    "printout": ("tree", "pdf"),
    "deletion": ("content",),
    "deleted_file": ("attachment",),
    "sending": (),
    "template_measure": (),
    "joined": (),
}
"""Tables about what was done with the content, outside the seal."""

IN_USE = {**BY_CONTENT, "printout": BOOKKEEPING["printout"]}
"""Without the bin."""

ALL = {name: columns for name, columns in {**BY_CONTENT, **BOOKKEEPING}.items() if columns}


def referenced(columns: Mapping[str, tuple[str, ...]]) -> str:
    """A query for the SHA-256 of every attachment that those columns refer to."""
    return " UNION ".join(
        f"SELECT {name} FROM {table} WHERE {name} IS NOT NULL"
        for table, names in columns.items()
        for name in names
    )


def sizes(connection: sqlite3.Connection) -> dict[str, int]:
    """How many bytes each attached file in use has, by its SHA-256."""
    query = f"SELECT sha256, size FROM attachment WHERE sha256 IN ({referenced(IN_USE)})"
    return dict(connection.execute(query).fetchall())
