"""Of a file made by a newer program, what this one knows: its tables and columns, to be looked at and never edited.

Its schema is not our text, so nothing in it may be evaluated: no view, virtual table or generated column is read, no
constraint asked. The rows go through the constraints of our own tables instead, in a fresh file.
"""

import sqlite3
from pathlib import Path

from itadesk.storage import connection, generation, migration
from itadesk.storage.migration import Right


def fault(copy: sqlite3.Connection) -> str | None:
    """Why the file cannot be looked at, None when it can: every table and column that we know must be a plain one."""
    texts = {name: sql or "" for (kind, name), sql in generation.objects(copy).items() if kind == "table"}
    for table, known in generation.columns().items():
        if not texts.get(table, "").startswith("CREATE TABLE "):
            return f"no table {table}"
        # `hidden` tells generated columns.
        plain = copy.execute("SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0", (table,))
        if missing := set(known) - {name for (name,) in plain}:
            return f"no columns {', '.join(sorted(missing))} in {table}"
    return None


def project(private: Path) -> None:
    """Replace a newer file, a private copy without `fault`, by what it says in the present generation.

    Whether its seal and checksum were right cannot be told: they cover what we do not know.
    """
    fresh = private.with_name(f"{private.stem}.fresh{private.suffix}")
    try:
        with connection.private(private) as newer:
            columns = generation.columns()
            tables = {name: migration.read_rows(newer, name, names) for name, names in columns.items()}
        migration.write(fresh, tables, private, Right(seal=True, checksum=True))
        fresh.replace(private)
    finally:
        fresh.unlink(missing_ok=True)
