"""Opens a collection, made when it is not there: a file of SQLite, or a PostgreSQL database by its URL.

Both are spoken to in one way. A SQLite collection is edited where it is, by one district; it belongs on a disk of this
computer. Many users at once are what PostgreSQL is for.
"""

import contextlib
import os
import sqlite3
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, select
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import QueuePool

from itadesk.errors import UserError
from itadesk.i18n import N_, _
from itadesk.storage import faults
from itadesk.storage.collection import schema
from itadesk.storage.connection import BUSY_SECONDS, check_sqlite

SUFFIX = ".itacollection"
APPLICATION_ID = 0x49544143
"""`PRAGMA application_id` of collections in SQLite: "ITAC"."""

GENERATION = 1
"""The shape of the tables this program makes."""

_POSTGRESQL = "postgresql+psycopg"

_WRITE_PROTECTED = (
    N_("{name} cannot be written: the file or its folder is write-protected."),
    N_("Copy it to a folder where you may write, such as Documents, then open the copy."),
)
_DAMAGED = (
    N_("{name} is damaged."),
    N_("Please take the newest copy of the collection, or collect the files again."),
)
_TOLD = {
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_BUSY: (N_("{name} is in use by another program."), N_("Please try again in a moment.")),
    sqlite3.SQLITE_FULL: (
        N_("The disk with {name} is full."),
        N_("Please free some space, then go on: what was taken in before is kept."),
    ),
    sqlite3.SQLITE_READONLY: _WRITE_PROTECTED,
    sqlite3.SQLITE_CANTOPEN: _WRITE_PROTECTED,
}
"""What the disk refuses, by SQLite's code: what is the matter, and what to do."""


@dataclass(frozen=True)
class Login:
    """How a PostgreSQL database is reached."""

    server: str
    database: str
    user: str
    password: str = ""
    port: int = 5432

    @property
    def url(self) -> str:
        made = URL.create(
            _POSTGRESQL, self.user or None, self.password or None, self.server, self.port, self.database
        )
        return made.render_as_string(hide_password=False)


class Collection:
    """An open collection; its engine may be used by several threads, each with a connection of its own."""

    def __init__(self, where: str, engine: Engine) -> None:
        """For `open_collection` only."""
        self.where = where
        self.engine = engine
        self._file = None if is_url(where) else _file_at(where)

    @property
    def name(self) -> str:
        """As it may be shown: a file's name, or that of a database and its server, without who logs in how."""
        return _database(self.where) if is_url(self.where) else Path(self.where).stem

    @contextlib.contextmanager
    def reading(self) -> Generator[Connection]:
        """A connection that sees one moment of the collection."""
        self._check_there()
        with _explained(self.where), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Generator[Connection]:
        """One transaction, kept from all other writers; nothing of it stays on any error."""
        self._check_there()
        with _explained(self.where), self.engine.begin() as connection:
            # Its first statement, so that SQLite takes the write lock before anything is read.
            connection.execute(schema.collection.update().values(generation=schema.collection.c.generation))
            yield connection

    def _check_there(self) -> None:
        """Where an open file may be deleted or put elsewhere, what is written into it then would be lost unnoticed."""
        if self._file is not None and self._file != _file_at(self.where):
            raise UserError(
                _("{name} was moved, renamed, replaced or deleted.").format(name=Path(self.where).name),
                _("Put it back where it was, or close it here and open it where it is now."),
            )

    def settle(self) -> None:
        """Bring what was written out of the log beside the file into it, so that a copy of the file has it too."""
        _settle(self.engine)

    def close(self) -> None:
        self.engine.dispose()


@contextlib.contextmanager
def opened(where: str) -> Generator[Collection]:
    """The collection at a path or URL, for the length of a `with`; see `open_collection`."""
    collection = open_collection(where)
    try:
        yield collection
    finally:
        collection.close()


def open_collection(where: str) -> Collection:
    """The collection at a path or a URL; UserError when something else is there or it cannot be reached."""
    engine = _by_url(where) if is_url(where) else _sqlite(Path(where).absolute())
    try:
        with _explained(where):
            _make_or_check(engine, where)
    except BaseException:
        engine.dispose()
        raise
    return Collection(where, engine)


def _file_at(where: str) -> tuple[int, int] | None:
    """Which file is at a path now. Windows lets nobody take an open one away, and may number files anew."""
    try:
        found = Path(where).stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if os.name == "posix" else (0, 0)


def is_url(where: str) -> bool:
    """Whether this is the address of a database, not a path."""
    return "://" in where


def _by_url(url: str) -> Engine:
    if not url.startswith(f"{_POSTGRESQL}://"):
        raise UserError(
            _("“{url}” is no address of a collection.").format(url=_without_password(url)),
            _("Give a file name, or an address such as {example}.").format(
                example=f"{_POSTGRESQL}://user@server/itadesk"
            ),
        )
    try:
        return create_engine(url, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise UserError(
            _("The package for PostgreSQL is not installed."),
            _("Set the program up anew with “python dev.py run”, or install the package “psycopg”."),
        ) from error
    except (ArgumentError, NoSuchModuleError) as error:
        raise UserError(
            _("“{url}” is no address of a collection.").format(url=_without_password(url))
        ) from error


def _without_password(url: str) -> str:
    scheme, _sign, rest = url.partition("://")
    _login, at, place = rest.rpartition("@")
    return f"{scheme}://{'…@' if at else ''}{place}"


def _database(url: str) -> str:
    try:
        place = make_url(url)
    except ArgumentError:
        return _without_password(url)
    return f"{place.database} ({place.host})" if place.host else place.database or ""


def _sqlite(path: Path) -> Engine:
    check_sqlite()
    if path.exists() and path.stat().st_size and _application_of(path) != APPLICATION_ID:
        raise UserError(
            _("{name} is not a collection of ITADesk.").format(name=path.name),
            _("Please choose a file whose name ends in {suffix}, or a new name.").format(suffix=SUFFIX),
        )
    engine = create_engine("sqlite://", creator=lambda: _connect(path), poolclass=QueuePool)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _application_of(path: Path) -> int:
    """The mark in a file's header: SQLite file format 1.3.

    Where the program or the computer broke off, it may be in the log beside the file still, which SQLite then reads.
    """
    with path.open("rb") as file:
        header = file.read(100)
    if not header.startswith(b"SQLite format 3\0"):
        return 0
    if not path.with_name(f"{path.name}-wal").exists():
        return int.from_bytes(header[68:72])
    with contextlib.closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as connection:
        return connection.execute("PRAGMA application_id").fetchone()[0]


def _settle(engine: Engine) -> None:
    """What cannot be brought over now stays in the log, where it is as safe."""
    if engine.dialect.name == "sqlite":
        raw = engine.raw_connection()
        with contextlib.closing(raw), contextlib.suppress(sqlite3.Error):
            raw.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")


def _connect(path: Path) -> sqlite3.Connection:
    # isolation_level=None: the driver would begin transactions by itself, too late.
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        for setting in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            "trusted_schema = OFF",
            "cache_size = -64000",
        ):
            connection.execute(f"PRAGMA {setting}")
    except BaseException:
        connection.close()
        raise
    return connection


def _make_or_check(engine: Engine, where: str) -> None:
    with engine.begin() as connection:
        if not inspect(connection).has_table(schema.collection.name):
            schema.metadata.create_all(connection)
            connection.execute(schema.collection.insert().values(generation=GENERATION))
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.exec_driver_sql(f"PRAGMA user_version = {GENERATION}")
        generation = connection.execute(select(schema.collection.c.generation)).scalar_one()
    _settle(engine)
    if generation != GENERATION:
        raise UserError(
            _("{name} was made by a newer version of ITADesk.").format(name=Path(where).name),
            _("Please update ITADesk on this computer, then open the file again."),
        )


@contextlib.contextmanager
def _explained(where: str) -> Generator[None]:
    """Turn what the database or its disk expectedly refuses into a UserError."""
    try:
        yield
    except (DBAPIError, sqlite3.Error, OSError) as error:
        code = faults.sqlite_code(error) & 0xFF
        # Both drivers call what the disk or the connection refuses operational; anything else is a fault of ours.
        operational = not isinstance(error, DBAPIError) or type(error.orig).__name__ == "OperationalError"
        if code not in _TOLD and not operational:
            raise
        raise (_database_refusal if is_url(where) else _file_refusal)(where, error, code) from error


def _database_refusal(where: str, error: Exception, _code: int) -> UserError:
    advice = _("Please check server, database, user name and password, and the network, then try again.")
    return UserError(
        _("The database {name} cannot be used.").format(name=_database(where)), f"{advice}\n({_cause(error)})"
    )


def _file_refusal(where: str, error: Exception, code: int) -> UserError:
    name = Path(where).name
    if code in _TOLD:
        message, advice = _TOLD[code]
        return UserError(_(message).format(name=name), _(advice))
    return UserError(
        _("The collection {name} cannot be used: {error}").format(name=name, error=_cause(error)),
        _("Please check the place, the free space and the connection, then try again."),
    )


def _cause(error: Exception) -> str:
    return str(faults.driver_error(error)).partition("\n")[0]
