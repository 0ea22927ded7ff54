"""What changes is recorded whatever statement changed it, in an order that can be gone back."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from storage.office import YEAR, an_id, an_office, measure_id

from itadesk.domain.model import Measure, Unit
from itadesk.domain.snapshot import TABLES, ChangeSet
from itadesk.storage import changes, connection, generation, snapshot


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    path = tmp_path / "work.sqlite"
    generation.create(path)
    with contextlib.closing(connection.editing(path)) as database:
        with connection.transaction(database):
            for row in an_office().rows():
                changes.insert(database, row)
        yield database


@pytest.fixture
def recorder(database: sqlite3.Connection) -> changes.Recorder:
    return changes.Recorder(database)


def recorded(database: sqlite3.Connection, recorder: changes.Recorder, *statements: str) -> ChangeSet:
    """What the statements changed; the office plus these changes is what the file then holds."""
    with connection.transaction(database):
        for statement in statements:
            database.execute(statement)
        made = recorder.take()
        after = snapshot.read(database)
    assert an_office().after(made) == after
    with connection.transaction(database):
        changes.apply(database, made.inverted())
        assert recorder.take() == made.inverted()
        assert snapshot.read(database) == an_office()
    return made


def test_a_bulk_statement(database: sqlite3.Connection, recorder: changes.Recorder) -> None:
    made = recorded(database, recorder, "UPDATE measure SET ordinal = 9 - ordinal, title = title || '!'")
    assert len(made.changes) == 4


def test_cascades_come_before_what_they_hang_on(
    database: sqlite3.Connection, recorder: changes.Recorder
) -> None:
    made = recorded(database, recorder, f"DELETE FROM fiscal_year WHERE id = '{YEAR}'")
    order = [change.table for change in made.changes]
    assert order[-1] == "fiscal_year"
    assert order.index("progress") < order.index("measure")
    assert order.count("evidence") == 4


def test_insert_or_replace_is_a_deletion_too(
    database: sqlite3.Connection, recorder: changes.Recorder
) -> None:
    made = recorded(
        database,
        recorder,
        f"INSERT OR REPLACE INTO unit SELECT id, office_id, ordinal, 'ใหม่', '' FROM unit WHERE id = '{an_id(10)}'",
    )
    assert {type(change.row) for change in made.changes} == {Unit}
    assert [(change.before is None, change.after is None) for change in made.changes] == [
        (False, True),
        (True, False),
    ]


def test_the_same_row_twice_and_there_and_back(
    database: sqlite3.Connection, recorder: changes.Recorder
) -> None:
    made = recorded(
        database,
        recorder,
        f"UPDATE measure SET title = 'ก' WHERE id = '{measure_id(0)}'",
        f"UPDATE measure SET title = 'ข' WHERE id = '{measure_id(0)}'",
        f"DELETE FROM measure WHERE id = '{measure_id(1)}'",
        "UPDATE progress SET round = 12 WHERE round = 6",
        "UPDATE progress SET round = 6 WHERE round = 12",
    )
    assert len(made.changes) == 2 + 3 + 6


def test_an_update_that_changes_nothing_is_none(
    database: sqlite3.Connection, recorder: changes.Recorder
) -> None:
    assert not recorded(
        database, recorder, "UPDATE measure SET title = title", "DELETE FROM measure WHERE id = 'x'"
    )


def test_bookkeeping_is_not_recorded(database: sqlite3.Connection, recorder: changes.Recorder) -> None:
    assert not recorded(
        database, recorder, "INSERT INTO setting VALUES ('key', 'value')", "DELETE FROM history"
    )


def test_a_commit_that_is_refused_undoes_all(database: sqlite3.Connection) -> None:
    lost = f"UPDATE measure SET fiscal_year_id = '{an_id(99)}'"
    deferred = contextlib.ExitStack()
    deferred.enter_context(connection.transaction(database))
    database.execute("PRAGMA defer_foreign_keys = ON")
    database.execute(lost)
    with pytest.raises(sqlite3.IntegrityError):
        deferred.close()
    assert not database.in_transaction
    assert snapshot.read(database) == an_office()


def test_changes_that_do_not_fit_are_a_fault(database: sqlite3.Connection) -> None:
    absent = Measure(id=an_id(77), fiscal_year_id=YEAR, ordinal=0)
    for before, after in ((absent, Measure(id=absent.id, fiscal_year_id=YEAR, ordinal=1)), (absent, None)):
        with pytest.raises(LookupError), connection.transaction(database):
            changes.apply(database, ChangeSet((changes.RowChange(before, after),)))


@pytest.mark.usefixtures("recorder")
def test_no_trigger_is_in_the_file(tmp_path: Path) -> None:
    with contextlib.closing(sqlite3.connect(tmp_path / "work.sqlite")) as other:
        assert generation.objects(other) == generation.expected()


@pytest.mark.usefixtures("recorder")
def test_every_table_is_watched(database: sqlite3.Connection) -> None:
    triggers = database.execute("SELECT tbl_name FROM sqlite_temp_schema WHERE type = 'trigger'")
    assert sorted(name for (name,) in triggers) == sorted(list(TABLES) * 3)
