"""The tables of a collection: those of the office file that are counted and read, and what came from whom.

The bytes of attached files, own layouts, wordings and printouts stay in the received files, which are kept whole.
Portable as storage.schema is: one metadata makes the tables of SQLite and PostgreSQL alike.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from itadesk.domain.fields import CELL_LIMIT, LINE_LIMIT
from itadesk.domain.model import (
    Assessment,
    AssessmentIndicator,
    Document,
    Evidence,
    Finding,
    FiscalYear,
    Measure,
    Office,
    Progress,
    Publication,
    Row,
    Unit,
)
from itadesk.domain.snapshot import TABLE_OF
from itadesk.storage import schema as office_file
from itadesk.storage.generation import HIGHEST

TAKEN: tuple[type[Row], ...] = (
    Office, Unit, FiscalYear, Finding, Assessment, AssessmentIndicator, Measure, Progress, Evidence, Document,
    Publication,
)  # fmt: skip
"""Classes whose rows a collection holds, parents before children."""

metadata = MetaData()


def _taken(row_class: type[Row]) -> Table:
    """The office file's table without references to attached files, whose bytes are not here."""
    table = office_file.table(TABLE_OF[row_class])
    unique = [one for one in table.constraints if isinstance(one, UniqueConstraint)]
    return Table(
        table.name,
        metadata,
        *(_like(column) for column in table.columns),
        *(UniqueConstraint(*(column.name for column in one.columns)) for one in unique),
        *(Index(index.name, *index.columns.keys()) for index in table.indexes if _is_of_parents(index)),
        sqlite_strict=True,
    )


def _like(column: Column[Any]) -> Column[Any]:
    checks = [
        CheckConstraint(str(one.sqltext)) for one in column.constraints if isinstance(one, CheckConstraint)
    ]
    references = [
        ForeignKey(key.target_fullname, ondelete=key.ondelete)
        for key in column.foreign_keys
        if not key.target_fullname.startswith("attachment.")
    ]
    return Column(
        column.name,
        column.type,
        *checks,
        *references,
        primary_key=column.primary_key,
        nullable=column.nullable,
    )


def _is_of_parents(index: Index) -> bool:
    return next(iter(index.columns)).name.endswith("_id")


TABLES: Mapping[type[Row], Table] = {row_class: _taken(row_class) for row_class in TAKEN}
Index("ix_office_name", TABLES[Office].c.name)
office, fiscal_year = TABLES[Office], TABLES[FiscalYear]
measure, progress = TABLES[Measure], TABLES[Progress]


def _table(
    name: str, *parts: Column[str] | Column[int] | Column[bytes] | Index | PrimaryKeyConstraint
) -> Table:
    return Table(name, metadata, *parts, sqlite_strict=True)


def _text(name: str, limit: int = LINE_LIMIT, *, null: bool = False) -> Column[str]:
    return Column(name, Text, CheckConstraint(f"length({name}) <= {limit}"), nullable=null)


def _id(name: str = "id", *, key: bool = True) -> Column[str]:
    return Column(name, Text, CheckConstraint(f"length({name}) = 32"), primary_key=key, nullable=False)


def _reference(target: str, *, key: bool = False) -> Column[str]:
    return Column(
        f"{target}_id", Text, ForeignKey(f"{target}.id", ondelete="CASCADE"), primary_key=key, nullable=False
    )


def _counter(name: str) -> Column[int]:
    return Column(name, Integer, CheckConstraint(f"{name} BETWEEN 0 AND {HIGHEST}"), nullable=False)


collection = _table("collection", _counter("generation"), PrimaryKeyConstraint("generation"))
"""One row: the shape of the tables. Writers lock it, so that one at a time takes files in."""

received = _table(
    "received",
    _id(),
    _reference("office"),
    _id("document", key=False),
    _id("branch", key=False),
    _counter("revision"),
    _text("seal", 64),
    _text("saved_at", 19, null=True),
    _text("file_name"),
    _text("received_at", 19),
    _text("received_by"),
    Column("packed", LargeBinary, nullable=False),
    Index("ix_received_office_id", "office_id"),
    Index("ix_received_document", "document"),
)
"""A file that was taken in, whole, packed by zlib: to look into, to compare, to take back."""

received_lineage = _table(
    "received_lineage",
    _reference("received", key=True),
    Column("branch", Text, primary_key=True),
    _counter("first_revision"),
    _counter("last_revision"),
)
"""What the file says of the versions before it (domain.lineage)."""

source = _table(
    "source",
    _reference("office", key=True),
    Column("fiscal_year", Integer, primary_key=True, autoincrement=False),
    _reference("received"),
    _text("digest", 64),
    Index("ix_source_received_id", "received_id"),
)
"""From which received file the rows of an office's fiscal year are. `digest`: of all that it says of that year."""

due = _table(
    "due",
    _reference("measure", key=True),
    _text("day", 10),
)
"""The last day of a measure's period, where it can be read: what SQL needs to find the late ones."""

latest_round = _table(
    "latest_round",
    _reference("fiscal_year", key=True),
    Column("round", Integer, nullable=False),
)
"""The latest round in which a fiscal year has progress, else 12: looked for once, not with every question."""

review = _table(
    "review",
    _id("office_id"),
    Column("fiscal_year", Integer, primary_key=True, autoincrement=False),
    _text("text", CELL_LIMIT),
    _text("changed_at", 19),
    _text("changed_by"),
)
"""The district's notes. No references: they survive whatever becomes of the office's rows."""

expected = _table(
    "expected",
    _id(),
    _counter("ordinal"),
    _text("kind"),
    _text("name"),
    _text("district"),
    _text("province"),
)
"""The offices that are to send their files."""
