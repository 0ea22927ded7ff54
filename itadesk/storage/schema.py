"""The tables of a file, for SQLite and PostgreSQL alike; generation.py has the frozen text new files are made from.

Tables and columns are named as the classes and fields of domain.model. To stay portable there are only Text, Integer
and LargeBinary columns: dates are ISO text, scores hundredths, flags 0 or 1, identities text made by the program; no
trigger, view, custom collation, generated column or default. Every text has a limit that the database itself checks.
A changed table is a new generation with its own frozen text; a released text never changes.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from itadesk.domain.fields import CELL_LIMIT, FIRST_YEAR, LAST_YEAR, LINE_LIMIT, URL_LIMIT
from itadesk.domain.model import Digits, FindingKind, GradeSource, Status
from itadesk.domain.snapshot import TABLES
from itadesk.storage.generation import HIGHEST

IMAGE_LIMIT = 20 * CELL_LIMIT
"""A history image: a row of long cells as JSON."""

metadata = MetaData()


def _table(name: str, *parts: Any) -> Table:
    # STRICT, or SQLite stores whatever it is given ('abc' in an INTEGER column) and reads it back as such. It knows
    # only TEXT, INTEGER, BLOB, REAL and ANY: SQLAlchemy's String, Boolean, Date and Numeric would be refused.
    return Table(name, metadata, *parts, sqlite_strict=True)


def _text(name: str, limit: int = LINE_LIMIT, *, key: bool = False, null: bool = False) -> Column[str]:
    # SQLite's length() stops at a NUL; the program refuses NULs before they come here. Quoted, for "to" is a keyword.
    return Column(name, Text, CheckConstraint(f'length("{name}") <= {limit}'), primary_key=key, nullable=null)


def _cell(name: str) -> Column[str]:
    return _text(name, CELL_LIMIT)


def _url(name: str) -> Column[str]:
    return _text(name, URL_LIMIT)


def _id(name: str = "id") -> Column[str]:
    return Column(name, Text, CheckConstraint(f"length({name}) = 32"), primary_key=True)


def _uuid(name: str, *, key: bool = False) -> Column[str]:
    # Folders are named by it: nothing but our own digits.
    return _hexadecimal(name, 32, key=key)


def _hexadecimal(name: str, length: int, *, key: bool = False) -> Column[str]:
    # rtrim, for GLOB is SQLite's alone.
    digits = CheckConstraint(f"length({name}) = {length} AND rtrim({name}, '0123456789abcdef') = ''")
    return Column(name, Text, digits, primary_key=key, nullable=False)


def _parent(target: str) -> Column[str]:
    return Column(f"{target}_id", Text, ForeignKey(f"{target}.id", ondelete="CASCADE"), nullable=False)


def _attachment(name: str) -> Column[str]:
    return Column(name, Text, ForeignKey("attachment.sha256"))


def _integer(name: str, check: str, *, null: bool = False) -> Column[int]:
    return Column(name, Integer, CheckConstraint(f"{name} {check}"), nullable=null)


def _ordinal() -> Column[int]:
    # Not unique: SQLite checks row by row, so two rows could never change places.
    return _counter("ordinal")


def _counter(name: str) -> Column[int]:
    return _integer(name, f"BETWEEN 0 AND {HIGHEST}")


def _year(name: str, *, null: bool = False) -> Column[int]:
    return _integer(name, f"BETWEEN {FIRST_YEAR} AND {LAST_YEAR}", null=null)


def _score(name: str) -> Column[int]:
    return _integer(name, "BETWEEN 0 AND 10000", null=True)


def _round(*, null: bool = False) -> Column[int]:
    return _integer("round", "IN (6, 12)", null=null)


def _flag(name: str) -> Column[int]:
    return _integer(name, "IN (0, 1)")


def _date(name: str) -> Column[str]:
    return Column(name, Text, CheckConstraint(f"{name} LIKE '____-__-__'"))


def _moment(name: str) -> Column[str]:
    return Column(name, Text, CheckConstraint(f"{name} LIKE '____-__-__T__:__:__'"), nullable=False)


def _choice(name: str, values: Iterable[str]) -> Column[str]:
    listed = ", ".join(f"'{value}'" for value in values)
    return Column(name, Text, CheckConstraint(f"{name} IN ({listed})"), nullable=False)


def _indexed(table: str, *columns: str) -> Index:
    return Index(f"ix_{table}_{columns[0]}", *columns)


def _sha256(name: str, *, key: bool = False) -> Column[str]:
    return Column(name, Text, CheckConstraint(f"length({name}) = 64"), primary_key=key, nullable=False)


_table(
    "doc",
    Column("id", Integer, CheckConstraint("id = 1"), primary_key=True, autoincrement=False),
    _uuid("uuid"),
    _choice("role", ("office", "collection")),
    _integer("min_reader", ">= 1"),
    _uuid("branch"),
    _counter("revision"),
    _text("created_at", 19),
    _text("saved_at", 19, null=True),
    _text("saved_by", null=True),
    _text("saved_app", 50, null=True),
    _text("seal", 64, null=True),
    _text("checksum", 64, null=True),
)
_table(
    "lineage",
    _uuid("branch", key=True),
    _ordinal(),
    _counter("first_revision"),
    _counter("last_revision"),
)
_table(
    "attachment",
    _sha256("sha256", key=True),
    _integer("size", ">= 0"),
    _text("media_type", 100),
    Column("data", LargeBinary, nullable=False),
)
_table(
    "office",
    _id(),
    _text("kind"),
    _text("name"),
    _text("district"),
    _text("province"),
    _cell("address"),
    _text("phone"),
    _text("email"),
    _url("website"),
    _text("letter_code"),
    _attachment("emblem"),
    _attachment("logo"),
    _indexed("office", "emblem"),
    _indexed("office", "logo"),
)
_table(
    "unit",
    _id(),
    _parent("office"),
    _ordinal(),
    _text("name"),
    _cell("aliases"),
    _indexed("unit", "office_id", "ordinal"),
)
_table(
    "person",
    _id(),
    _parent("office"),
    _ordinal(),
    _text("name"),
    _text("position"),
    _text("acting"),
    _text("acting_for"),
    _indexed("person", "office_id", "ordinal"),
)
_table(
    "phrase",
    _id(),
    _parent("office"),
    _ordinal(),
    _cell("text"),
    _indexed("phrase", "office_id", "ordinal"),
)
_table(
    "fiscal_year",
    _id(),
    _parent("office"),
    _year("year"),
    _year("analysed_year", null=True),
    UniqueConstraint("office_id", "year"),
)
_table(
    "finding",
    _id(),
    _parent("fiscal_year"),
    _ordinal(),
    _text("indicator", 20),
    _choice("kind", FindingKind),
    _cell("text"),
    _indexed("finding", "fiscal_year_id", "ordinal"),
)
_table(
    "assessment",
    _id(),
    _parent("office"),
    _year("year"),
    _score("total"),
    _score("iit"),
    _score("eit"),
    _score("oit"),
    _text("grade_as_printed"),
    UniqueConstraint("office_id", "year"),
)
_table(
    "assessment_indicator",
    _id(),
    _parent("assessment"),
    _integer("indicator", "BETWEEN 1 AND 10"),
    _score("score"),
    UniqueConstraint("assessment_id", "indicator"),
)
_table(
    "measure",
    _id(),
    _parent("fiscal_year"),
    _ordinal(),
    _cell("title"),
    _cell("steps"),
    _cell("responsible"),
    _cell("period"),
    _cell("follow_up"),
    _text("indicator", 20),
    _text("heading"),
    _flag("continuous"),
    _indexed("measure", "fiscal_year_id", "ordinal"),
)
_table(
    "progress",
    _id(),
    _parent("measure"),
    _round(),
    _choice("status", Status),
    _cell("result"),
    _cell("outcome"),
    _cell("suggestion"),
    UniqueConstraint("measure_id", "round"),
)
_table(
    "evidence",
    _id(),
    _parent("measure"),
    _ordinal(),
    _round(null=True),
    _text("title"),
    _url("url"),
    _attachment("attachment"),
    _text("file_name"),
    _indexed("evidence", "measure_id", "ordinal"),
    _indexed("evidence", "attachment"),
)
_table(
    "document",
    _id(),
    _parent("fiscal_year"),
    _ordinal(),
    _text("layout"),
    _round(null=True),
    _text("unit"),
    _text("number"),
    _date("date"),
    _text("subject"),
    _text("to"),
    _choice("digits", Digits),
    _choice("grade", GradeSource),
    _date("signed_on"),
    _text("sections", null=True),
    _flag("names_round"),
    _flag("show_code"),
    _attachment("scan"),
    _text("scan_name"),
    _indexed("document", "fiscal_year_id", "ordinal"),
    _indexed("document", "scan"),
)
_table(
    "document_text",
    _id(),
    _parent("document"),
    _text("name"),
    _cell("text"),
    UniqueConstraint("document_id", "name"),
)
_table(
    "signatory",
    _id(),
    _parent("document"),
    _ordinal(),
    _text("role"),
    _text("name"),
    _text("position"),
    _text("acting"),
    _text("acting_for"),
    _indexed("signatory", "document_id", "ordinal"),
)
_table(
    "publication",
    _id(),
    _parent("document"),
    _ordinal(),
    _text("oit_item"),
    _url("url"),
    _text("click_path"),
    _date("date"),
    _indexed("publication", "document_id", "ordinal"),
)
_table(
    "printout",
    _id(),
    _parent("document"),
    _ordinal(),
    _hexadecimal("code", 64),
    _moment("printed_at"),
    _text("printed_by"),
    _text("family"),
    _attachment("tree"),
    _attachment("pdf"),
    _flag("signed"),
    _indexed("printout", "document_id", "ordinal"),
    _indexed("printout", "tree"),
    _indexed("printout", "pdf"),
)
_table("layout", _id(), _text("name"), _cell("toml"), UniqueConstraint("name"))
_table(
    "deletion",
    _id(), _ordinal(), _moment("deleted_at"), _text("table_name", 50), _text("row_id", 32), _text("deleted_by"),
    _text("title"), _text("within"), _counter("below"), _attachment("content"), _indexed("deletion", "content"),
)  # fmt: skip
_table(
    "deleted_file",
    _id(), _parent("deletion"), _attachment("attachment"),
    _indexed("deleted_file", "deletion_id"), _indexed("deleted_file", "attachment"),
)  # fmt: skip
_table(
    "sending",
    _id(), _ordinal(), _moment("sent_at"), _counter("revision"), _hexadecimal("seal", 64), _text("sent_by"),
    _text("to"), _text("years"), _round(null=True), _flag("attached"), _url("path"),
)  # fmt: skip
_table(
    "template_measure",
    _id(), _parent("fiscal_year"), _cell("title"), _cell("steps"), _cell("responsible"), _cell("period"),
    _cell("follow_up"), _text("indicator", 20), _text("heading"), _flag("continuous"),
    _indexed("template_measure", "fiscal_year_id"),
)  # fmt: skip
_table("joined", _uuid("id", key=True), _counter("first_revision"), _counter("last_revision"))
_table(
    "setting",
    _text("key", key=True),
    _cell("value"),
)
_table(
    "history",
    _id(),
    _text("day", 10),
    _text("at", 19),
    _text("who"),
    _text("table_name", 50),
    _text("row_id", 32),
    _choice("op", ("insert", "update", "delete")),
    _text("before", IMAGE_LIMIT, null=True),
    _text("after", IMAGE_LIMIT, null=True),
    UniqueConstraint("row_id", "day", "who"),
)

CONTENT: tuple[Table, ...] = tuple(metadata.tables[name] for name in TABLES)
"""The tables whose rows are domain rows, parents before children."""


def table(name: str) -> Table:
    return metadata.tables[name]
