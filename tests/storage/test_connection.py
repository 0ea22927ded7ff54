"""How files are opened decides what a power cut and a second writer can do."""

import sqlite3
from pathlib import Path

import pytest
from storage.office import change

from itadesk.errors import UserError
from itadesk.storage import connection, generation, opener


def pragma(database: sqlite3.Connection, name: str) -> object:
    return database.execute(f"PRAGMA {name}").fetchone()[0]


def test_the_working_copy_is_edited_with_wal_and_full_syncs(tmp_path: Path) -> None:
    edited = connection.edit(tmp_path / "work.sqlite")
    raw = connection.driver(edited)
    assert (pragma(raw, "journal_mode"), pragma(raw, "synchronous"), pragma(raw, "foreign_keys")) == (
        "wal",
        2,
        1,
    )
    connection.close(edited)


def test_without_wal_every_commit_is_synced_all_the_more() -> None:
    edited = connection.edit(Path(":memory:"))  # which knows no WAL, as some disks
    assert pragma(connection.driver(edited), "synchronous") == 3
    connection.close(edited)


def test_a_transaction_takes_the_write_lock_when_it_begins(tmp_path: Path) -> None:
    path = tmp_path / "work.sqlite"
    generation.create(path)
    edited = connection.edit(path)
    with edited.begin(), pytest.raises(sqlite3.OperationalError, match="locked"):
        change(path, "PRAGMA busy_timeout = 0", "DELETE FROM setting")
    change(path, "DELETE FROM setting")
    connection.close(edited)


def test_examined_copies_are_not_written_and_check_constraints_count(path: Path) -> None:
    with connection.private(path) as copy:
        assert pragma(copy, "query_only") == 1
        with pytest.raises(sqlite3.OperationalError):
            copy.execute("DELETE FROM setting")
    change(
        path, "PRAGMA ignore_check_constraints = ON", "UPDATE office SET id = id || 'x'", "DELETE FROM unit"
    )
    with connection.private(path) as copy:
        assert pragma(copy, "quick_check") != "ok"


def test_examining_limits_nothing_in_the_rest_of_the_process(path: Path) -> None:
    opener.verify(path)
    database = sqlite3.connect(":memory:")
    assert pragma(database, "hard_heap_limit") == 0
    database.close()


def test_an_old_sqlite_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))
    with pytest.raises(UserError):
        opener.verify(path)
