"""How files are opened decides what a power cut and a second writer can do."""

import contextlib
import shutil
import sqlite3
from pathlib import Path

import pytest
from storage.conftest import Open
from storage.office import change, measure_id

from itadesk.domain.model import Measure
from itadesk.errors import UserError
from itadesk.storage import connection, generation, opener
from itadesk.storage.operations import set_field


def pragma(database: sqlite3.Connection, name: str) -> object:
    return database.execute(f"PRAGMA {name}").fetchone()[0]


def test_the_working_copy_is_edited_with_wal_and_full_syncs(tmp_path: Path) -> None:
    with contextlib.closing(connection.editing(tmp_path / "work.sqlite")) as edited:
        names = ("journal_mode", "synchronous", "foreign_keys")
        assert [pragma(edited, name) for name in names] == ["wal", 2, 1]


def test_without_wal_every_commit_is_synced_all_the_more() -> None:
    # Which knows no WAL, as some disks.
    with contextlib.closing(connection.editing(Path(":memory:"))) as edited:
        assert pragma(edited, "synchronous") == 3


def test_a_transaction_takes_the_write_lock_when_it_begins(tmp_path: Path) -> None:
    path = tmp_path / "work.sqlite"
    generation.create(path)
    with contextlib.closing(connection.editing(path)) as edited:
        with connection.transaction(edited), pytest.raises(sqlite3.OperationalError, match="locked"):
            change(path, "PRAGMA busy_timeout = 0", "DELETE FROM setting")
        change(path, "DELETE FROM setting")


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


def test_the_log_has_room_before_the_first_edit_and_holds_it_after_a_crash(
    path: Path, opened: Open, data: Path, place: Path
) -> None:
    file = opened(path)
    (log,) = data.rglob("work.sqlite-wal")
    size = log.stat().st_size
    assert size > 4 << 20
    file.edit(lambda edit: set_field(edit, Measure, measure_id(0), "title", "ก่อนไฟดับ"))
    assert log.stat().st_size == size, "it does not grow with an edit"
    left = place / "left.sqlite"
    for companion in ("", "-wal"):
        shutil.copyfile(log.with_name(f"work.sqlite{companion}"), f"{left}{companion}")
    with connection.private(left) as database:
        assert ("ก่อนไฟดับ",) in database.execute("SELECT title FROM measure").fetchall()
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_on_a_disk_with_little_room_the_log_grows_as_it_is_needed(
    path: Path, opened: Open, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    little = shutil.disk_usage(data.parent)._replace(free=10 << 20)
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: little)
    opened(path)
    (log,) = data.rglob("work.sqlite-wal")
    assert log.stat().st_size == 0
