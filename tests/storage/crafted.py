"""Files that somebody made on purpose, or another tool by the way: what to do to a sound one, and what it then is."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from itadesk.storage.opener import Verdict

CLEAN, ALTERED, DAMAGED = Verdict.CLEAN, Verdict.ALTERED, Verdict.DAMAGED
NEWER, OLDER, FOREIGN, REJECTED = Verdict.NEWER, Verdict.OLDER, Verdict.FOREIGN, Verdict.REJECTED

IGNORE = "PRAGMA ignore_check_constraints = ON"
ENDLESS = "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT n AS id FROM r"


@dataclass(frozen=True)
class Crafted:
    """What to do to a sound file, by its name, and the only verdicts that are right then."""

    name: str
    make: Callable[[Path], object]
    verdicts: frozenset[Verdict]
    heavy: bool
    """Takes seconds to make."""


def _sql(*statements: str) -> Callable[[Path], object]:
    def make(path: Path) -> None:
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            for statement in statements:
                connection.execute(statement)
        finally:
            connection.close()

    return make


def _schema(*statements: str) -> Callable[[Path], object]:
    """Statements on the schema's own table, which no tool changes by accident."""
    return _sql("PRAGMA writable_schema = ON", *statements)


def _bytes(change: Callable[[bytearray], object]) -> Callable[[Path], object]:
    def make(path: Path) -> None:
        content = bytearray(path.read_bytes())
        change(content)
        path.write_bytes(content)

    return make


def _set(at: int, value: bytes) -> Callable[[Path], object]:
    return _bytes(lambda content: content.__setitem__(slice(at, at + len(value)), value))


def _sparse(size: int) -> Callable[[Path], object]:
    def make(path: Path) -> None:
        with path.open("r+b") as file:
            file.truncate(size)

    return make


def _written(content: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content)


def _remade(*pragmas: str) -> Callable[[Path], object]:
    return _sql("PRAGMA journal_mode = DELETE", *pragmas, "VACUUM")


def _tables(path: Path) -> None:
    _sql("BEGIN", *(f"CREATE TABLE extra_{n} (a, b)" for n in range(3000)), "COMMIT")(path)


def _utf16(path: Path) -> None:
    connection = sqlite3.connect(path)
    dump = "\n".join(connection.iterdump())
    connection.close()
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA encoding = 'UTF-16'")
    connection.executescript(dump)
    connection.execute("PRAGMA application_id = 0x49544144")
    connection.execute("PRAGMA user_version = 1")
    connection.close()


def _text(sql: str, table: str = "measure", column: str = "title") -> Callable[[Path], object]:
    return _sql(IGNORE, f"UPDATE {table} SET {column} = {sql}")


def _filled(table: str, row: str, count: int) -> Callable[[Path], object]:
    numbers = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})"
    return _sql("PRAGMA synchronous = OFF", f"{numbers} INSERT INTO {table} SELECT {row} FROM n")


def _renamed_type(table: str, column: str, value: str) -> Callable[[Path], object]:
    """A value of a type that the table does not take, put there while its text said so."""
    return _schema(
        f"UPDATE sqlite_schema SET sql = replace(sql, 'STRICT', '') WHERE name = '{table}'",
        "PRAGMA writable_schema = RESET",
        IGNORE,
        f"UPDATE {table} SET {column} = {value}",
        "PRAGMA writable_schema = ON",
        f"UPDATE sqlite_schema SET sql = rtrim(sql) || ' STRICT' WHERE name = '{table}'",
    )


def _bomb(path: Path) -> None:
    _sql(f"INSERT INTO attachment VALUES ('{'0' * 64}', 3, 'image/png', zeroblob(300000000))")(path)


ATTACHED = "SELECT sha256 FROM attachment LIMIT 1"
UNIT = "hex(randomblob(16)), (SELECT id FROM office), i, 'x', ''"

CASES: tuple[tuple[str, Callable[[Path], object], tuple[Verdict, ...]], ...] = (
    # What would run, if anything did.
    ("trigger", _sql("CREATE TRIGGER t AFTER INSERT ON unit BEGIN DELETE FROM measure; END"), (REJECTED,)),
    ("trigger called sqlite_stat1", _schema(
        "CREATE TRIGGER t AFTER UPDATE ON measure BEGIN DELETE FROM unit; END",
        "UPDATE sqlite_schema SET name = 'sqlite_stat1' WHERE name = 't'"), (REJECTED, DAMAGED)),
    ("view", _sql("CREATE VIEW v AS SELECT 1"), (REJECTED,)),
    ("endless view for a table", _sql("DROP TABLE phrase", f"CREATE VIEW phrase AS {ENDLESS}"), (REJECTED,)),
    ("full-text table", _sql("CREATE VIRTUAL TABLE f USING fts5(a)"), (REJECTED,)),
    ("tree table", _sql("CREATE VIRTUAL TABLE f USING rtree(a, b, c)"), (REJECTED,)),
    ("virtual table of an unknown kind", _schema(
        "INSERT INTO sqlite_schema VALUES ('table', 'v', 'v', 0, 'CREATE VIRTUAL TABLE v USING evil(x)')"),
        (REJECTED, DAMAGED)),
    ("generated column", _sql("ALTER TABLE unit ADD COLUMN g BLOB AS (zeroblob(900000000))"), (REJECTED,)),
    ("index on an expression", _sql("CREATE INDEX e ON unit (lower(name))"), (REJECTED,)),
    ("partial index", _sql("CREATE INDEX e ON unit (name) WHERE name > 'x'"), (REJECTED,)),
    ("costly CHECK", _schema(
        "UPDATE sqlite_schema SET sql = replace(sql, 'length(id) = 32', 'length(hex(zeroblob(500000000))) > 1')"
        " WHERE name = 'unit'"), (REJECTED,)),
    ("default that runs", _schema(
        "UPDATE sqlite_schema SET sql = replace(sql, 'name TEXT NOT NULL', 'name TEXT DEFAULT (randomblob(9))')"
        " WHERE name = 'unit'"), (REJECTED,)),
    ("other collation", _schema(
        "UPDATE sqlite_schema SET sql = replace(sql, 'id TEXT NOT NULL', 'id TEXT COLLATE evil NOT NULL')"
        " WHERE name = 'unit'"), (REJECTED, DAMAGED)),
    # Another shape.
    ("extra table", _sql("CREATE TABLE extra (x)"), (REJECTED,)),
    ("extra column", _sql("ALTER TABLE unit ADD COLUMN extra TEXT"), (REJECTED,)),
    ("table less", _sql("DROP TABLE phrase"), (REJECTED,)),
    ("index less", _sql("DROP INDEX ix_unit_office_id"), (REJECTED,)),
    ("3,000 tables", _tables, (REJECTED,)),
    ("schema text of 900 KB", _schema(
        "UPDATE sqlite_schema SET sql = 'CREATE TABLE unit (a /*' || hex(zeroblob(450000)) || '*/)'"
        " WHERE name = 'unit'"),
        (REJECTED, DAMAGED)),
    ("deep expression", _schema(
        "UPDATE sqlite_schema SET sql = 'CREATE TABLE unit (a CHECK (' || replace(hex(zeroblob(900)), '0', '(')"
        " || '1' || replace(hex(zeroblob(900)), '0', ')') || '))' WHERE name = 'unit'"), (REJECTED, DAMAGED)),
    ("schema text garbage", _schema("UPDATE sqlite_schema SET sql = 'CREATE TABLE ???' WHERE name = 'unit'"),
        (DAMAGED,)),
    ("schema text none", _schema("UPDATE sqlite_schema SET sql = NULL WHERE name = 'unit'"), (DAMAGED, REJECTED)),
    ("schema text with NUL", _schema(
        "UPDATE sqlite_schema SET sql = sql || char(0) || 'x' WHERE name = 'unit'"), (REJECTED,)),
    ("schema row twice", _schema(
        "INSERT INTO sqlite_schema SELECT * FROM sqlite_schema WHERE name = 'unit'"), (DAMAGED, REJECTED)),
    ("root shared", _schema(
        "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'person')"
        " WHERE name = 'unit'"), (DAMAGED,)),
    ("root of an index", _schema(
        "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'ix_unit_office_id')"
        " WHERE name = 'unit'"), (DAMAGED,)),
    *((f"root {root}", _schema(f"UPDATE sqlite_schema SET rootpage = {root} WHERE name = 'unit'"), (DAMAGED, REJECTED))
      for root in (0, 1, -1, 2**31, 2**31 - 1, "'x'")),
    ("statistics of another tool", _sql("ANALYZE"), (CLEAN,)),
    ("wrong statistics", _sql(
        "ANALYZE", "UPDATE sqlite_stat1 SET stat = '9999999999999999999999 -1 x unordered sz=9'"), (CLEAN,)),
    ("counter table", _sql("CREATE TABLE extra (x INTEGER PRIMARY KEY AUTOINCREMENT)", "DROP TABLE extra"),
        (REJECTED,)),
    # Bookkeeping.
    ("no document row", _sql("DELETE FROM doc"), (DAMAGED,)),
    ("two document rows", _sql(IGNORE, "INSERT INTO doc SELECT 2, uuid, role, min_reader, branch, revision, created_at,"
                              " NULL, NULL, NULL, NULL, NULL FROM doc"), (DAMAGED, REJECTED)),
    ("no office", _sql("PRAGMA foreign_keys = ON", "DELETE FROM office"), (DAMAGED, REJECTED)),
    ("two offices", _sql("INSERT INTO office SELECT printf('%032d', 9), kind, name, district, province, address, phone,"
                         " email, website, letter_code, NULL, NULL FROM office"), (REJECTED,)),
    ("a collection", _sql("UPDATE doc SET role = 'collection'"), (REJECTED,)),
    ("needs a newer reader", _sql("UPDATE doc SET min_reader = 50"), (NEWER,)),
    ("of generation 99", _sql("PRAGMA user_version = 99"), (NEWER,)),
    ("of generation 0", _sql("PRAGMA user_version = 0"), (OLDER,)),
    ("of generation -5", _sql("PRAGMA user_version = -5"), (OLDER,)),
    ("of another program", _sql("PRAGMA application_id = 7"), (FOREIGN,)),
    ("revision at its end", _sql("UPDATE doc SET revision = 2147483647"), (DAMAGED,)),
    ("folders in the uuid", _sql(IGNORE, "UPDATE doc SET uuid = '../../../../../../evil/evilevilx'"), (DAMAGED,)),
    ("no seal", _sql("UPDATE doc SET seal = NULL"), (ALTERED,)),
    ("another seal", _sql("UPDATE doc SET seal = lower(hex(randomblob(32)))"), (ALTERED,)),
    ("no checksum", _sql("UPDATE doc SET checksum = NULL"), (ALTERED,)),
    ("saved by somebody else", _sql("UPDATE doc SET saved_by = 'x'"), (ALTERED,)),
    ("history erased", _sql("DELETE FROM history"), (ALTERED,)),
    ("printout changed", _sql("UPDATE printout SET printed_by = 'x'"), (ALTERED,)),
    ("revision set back", _sql("UPDATE doc SET revision = 0", "UPDATE lineage SET last_revision = 0"), (ALTERED,)),
    # Texts.
    ("one letter more", _text("title || 'ก'"), (ALTERED,)),
    ("a blank", _text("title || ' '"), (ALTERED,)),
    ("a measure deleted", _sql("PRAGMA foreign_keys = ON", "DELETE FROM measure WHERE ordinal = 1"), (ALTERED,)),
    ("two measures change places", _sql("UPDATE measure SET ordinal = 1 - ordinal WHERE ordinal < 2"), (ALTERED,)),
    *((f"character {code:#x}", _text(f"title || char({code})"), (DAMAGED,))
      for code in (0, 1, 8, 0xB, 0x1B, 0x7F, 0x85, 0x9B, 0x200B, 0x202E, 0x2066, 0x2028, 0xFEFF, 0xFFFE, 0xE0001)),
    ("control character in a key", _sql(IGNORE, "UPDATE layout SET id = char(27) || substr(id, 2)"), (DAMAGED,)),
    ("direction of writing in the history", _text("char(8238)", "history", "who"), (DAMAGED,)),
    ("direction of writing in a setting", _sql("INSERT INTO setting VALUES ('x', char(8238))"), (DAMAGED,)),
    ("name of a file that turns round", _text("'รายงาน' || char(8238) || 'fdp.exe'", "evidence", "file_name"),
        (DAMAGED,)),
    ("not UTF-8", _text("CAST(x'c3' AS TEXT)"), (DAMAGED,)),
    ("half a character", _text("CAST(x'eda080' AS TEXT)"), (DAMAGED,)),
    ("overlong character", _text("CAST(x'c0af' AS TEXT)"), (DAMAGED,)),
    ("not UTF-8 in the history", _text("CAST(x'ff' AS TEXT)", "history", "who"), (DAMAGED,)),
    ("letters not composed", _text("'e' || char(769)"), (DAMAGED,)),
    ("sara am in two", _text("char(3661) || char(3634)"), (DAMAGED,)),
    ("lines in a line", _text("'a' || char(10) || 'b'", "measure", "heading"), (DAMAGED,)),
    ("100,000 marks out of order", _text("'ก' || replace(hex(zeroblob(24999)), '00', char(769, 790, 769, 790))"),
        (DAMAGED,)),
    ("30 million characters", _text("iif(ordinal, title, hex(zeroblob(15000000)))"), (DAMAGED,)),
    ("80 MB in a cell", _text("iif(ordinal, title, hex(zeroblob(40000000)))"), (REJECTED, DAMAGED)),
    # Values.
    ("text for a number", _renamed_type("measure", "ordinal", "'abc'"), (DAMAGED,)),
    ("fraction for a number", _renamed_type("measure", "ordinal", "1.5"), (DAMAGED,)),
    ("bytes for a text", _renamed_type("measure", "title", "x'00ff'"), (DAMAGED,)),
    ("nothing for a text", _schema(
        "UPDATE sqlite_schema SET sql = replace(sql, 'title TEXT NOT NULL', 'title TEXT ???')".replace("???", " " * 8)
        + " WHERE name = 'measure'",
        "PRAGMA writable_schema = RESET", "UPDATE measure SET title = NULL", "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = replace(sql, 'title TEXT ???', 'title TEXT NOT NULL')".replace("???", " " * 8)
        + " WHERE name = 'measure'"),
        (DAMAGED,)),
    ("a round of 7 months", _sql(IGNORE, "UPDATE progress SET round = 7"), (DAMAGED,)),
    ("a place at the end of its order", _sql("UPDATE measure SET ordinal = 2147483647"), (DAMAGED,)),
    ("an unknown status", _sql(IGNORE, "UPDATE progress SET status = 'dome'"), (DAMAGED,)),
    ("the 99th of a month", _text("'2026-99-99'", "document", "date"), (DAMAGED,)),
    ("the year 1", _text("'0001-01-01'", "document", "date"), (DAMAGED,)),
    ("indicator 77", _text("'77'", "measure", "indicator"), (DAMAGED,)),
    ("a document without a layout", _text("''", "document", "layout"), (DAMAGED,)),
    ("a key in capitals", _sql("PRAGMA foreign_keys = OFF", "UPDATE layout SET id = 'A' || substr(id, 2)"), (DAMAGED,)),
    ("an empty key", _sql(IGNORE, "UPDATE layout SET id = ''"), (DAMAGED,)),
    # References and indexes.
    ("a progress without its measure", _sql("UPDATE progress SET measure_id = printf('%032d', rowid)"), (DAMAGED,)),
    ("an attachment that is not there", _sql("UPDATE evidence SET attachment = printf('%064d', 7)"), (DAMAGED,)),
    ("an index without an entry", _schema(
        "UPDATE sqlite_schema SET sql = sql || ' WHERE ordinal > 1' WHERE name = 'ix_unit_office_id'",
        "PRAGMA writable_schema = RESET", "REINDEX", "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = replace(sql, ' WHERE ordinal > 1', '') WHERE name = 'ix_unit_office_id'"),
        (DAMAGED,)),
    # Attached files.
    ("attachment changed", _sql("UPDATE attachment SET data = x'0102'"), (DAMAGED,)),
    ("attachment of another size", _sql("UPDATE attachment SET size = size + 1"), (DAMAGED,)),
    ("attachment of no kind", _text("'x' || char(10) || 'y: z'", "attachment", "media_type"), (DAMAGED,)),
    ("attachment with another name", _sql(IGNORE, f"UPDATE attachment SET sha256 = '../x' WHERE sha256 = ({ATTACHED})"),
     (DAMAGED,)),
    ("attachment of 300 MB", _bomb, (REJECTED,)),
    ("attachment nobody refers to", _sql("INSERT INTO attachment VALUES ("
     "'4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a', 1, 'a/b', x'01')"), (ALTERED,)),
    # Too much.
    ("1,500,000 settings", _filled("setting", "printf('%09d', i), 'x'", 1_500_000), (REJECTED,)),
    ("300,000 units", _filled("unit", UNIT, 300_000), (REJECTED,)),
    ("250,000 entries of history", _filled("history",
     "lower(hex(randomblob(16))), '2569-01-01', '', '', 'unit', printf('%032d', i), 'update', '{}', '{}'", 250_000),
     (REJECTED,)),
    ("150 million characters", _filled("finding",
     "lower(hex(randomblob(16))), (SELECT id FROM fiscal_year LIMIT 1), i, '', 'urgent', hex(zeroblob(50000))", 1500),
     (REJECTED,)),
    # The file as such.
    *((f"pages of {size} bytes", _remade(f"PRAGMA page_size = {size}"), (CLEAN,))
      for size in (512, 1024, 8192, 65536)),
    ("auto-vacuum", _remade("PRAGMA auto_vacuum = FULL"), (CLEAN,)),
    ("auto-vacuum by steps", _remade("PRAGMA auto_vacuum = INCREMENTAL"), (CLEAN,)),
    ("compacted", _remade(), (CLEAN,)),
    ("log mode", _sql("PRAGMA journal_mode = WAL"), (CLEAN,)),
    ("free pages", _sql("CREATE TABLE extra (x)", "INSERT INTO extra VALUES (zeroblob(200000))", "DROP TABLE extra"),
     (CLEAN,)),
    ("UTF-16", _utf16, (REJECTED,)),
    ("log mode in the header only", _set(18, b"\2\2"), (CLEAN,)),
    ("format of tomorrow", _set(18, b"\7\7"), (CLEAN,)),
    ("no word on UTF-8", _set(56, bytes(4)), (CLEAN,)),
    ("page size 3", _set(16, b"\0\3"), (DAMAGED,)),
    ("page size 64 KB claimed", _set(16, b"\0\1"), (DAMAGED,)),
    ("reserved bytes claimed", _set(20, b"\xff"), (DAMAGED,)),
    ("four thousand million pages", _set(28, b"\xff\xff\xff\xff"), (DAMAGED,)),
    ("no pages", _set(28, b"\0\0\0\0"), (CLEAN,)),
    ("no mark", _set(0, bytes(16)), (DAMAGED,)),
    ("a first sector of zeros", _set(0, bytes(512)), (DAMAGED,)),
    ("a mail boundary behind", _bytes(lambda content: content.extend(b"\r\n--boundary--\r\n")), (CLEAN,)),
    ("sparse 1 GiB", _sparse(1 << 30), (DAMAGED,)),
    ("sparse 3 GiB", _sparse(3 << 30), (DAMAGED, REJECTED)),
    ("empty", _written(b""), (FOREIGN,)),
    ("one byte", _written(b"S"), (FOREIGN,)),
    ("a header only", _bytes(lambda content: content.__delitem__(slice(100, None))), (DAMAGED,)),
    ("half a header", _bytes(lambda content: content.__delitem__(slice(60, None))), (FOREIGN,)),
    ("PDF", _written(b"%PDF-1.7\n" + bytes(9000)), (FOREIGN,)),
    ("ZIP", _written(b"PK\3\4" + bytes(9000)), (FOREIGN,)),
    ("text", _written("สวัสดี".encode() * 999), (FOREIGN,)),
    ("zeros", _written(bytes(8192)), (FOREIGN,)),
    ("database header and noise", _bytes(lambda content: content.__setitem__(slice(100, None), b"\x5a" * 90_000)),
     (DAMAGED,)),
)  # fmt: skip


HEAVY = {"300,000 units", "250,000 entries of history", "150 million characters", "80 MB in a cell"}


def crafted() -> Iterator[Crafted]:
    for name, make, verdicts in CASES:
        yield Crafted(name, make, frozenset(verdicts), name in HEAVY)
