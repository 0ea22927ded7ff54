"""The tables are those of the domain, the frozen text is that of the tables, and the database guards its limits."""

import contextlib
import sqlite3
from collections.abc import Iterator

import pytest
from sqlalchemy import StaticPool, create_engine

from itadesk.domain.fields import FIELDS
from itadesk.domain.snapshot import TABLES
from itadesk.storage import attachments, generation, schema
from itadesk.storage.snapshot import COLUMNS


@pytest.fixture
def database() -> Iterator[sqlite3.Connection]:
    database = sqlite3.connect(":memory:")
    generation.fill(database)
    database.execute(
        "INSERT INTO office VALUES (?, '', '', '', '', '', '', '', '', '', NULL, NULL)", ("0" * 32,)
    )
    database.execute(
        "INSERT INTO printout VALUES (?, '', 0, ?, '2026-04-01T09:30:00', '', '', NULL, NULL, 0)",
        ("0" * 32, "0f" * 32),
    )
    yield database
    database.close()


def _words(objects: generation.Objects) -> dict[tuple[str, str], list[str]]:
    return {key: (text or "").split() for key, text in objects.items()}


def test_the_frozen_text_is_that_of_the_tables() -> None:
    with contextlib.closing(sqlite3.connect(":memory:")) as made:
        engine = create_engine("sqlite://", poolclass=StaticPool, creator=lambda: made)
        schema.metadata.create_all(engine)
        assert _words(generation.objects(made)) == _words(generation.expected())
        engine.dispose()


def test_tables_have_the_fields_of_the_domain_in_their_order() -> None:
    for name, row_class in TABLES.items():
        assert tuple(column.name for column in schema.table(name).columns) == COLUMNS[row_class]


def test_every_table_is_strict_and_the_file_has_nothing_but_tables_and_indexes() -> None:
    assert {kind for kind, _name in generation.expected()} == {"table", "index"}
    tables = [text for (kind, _name), text in generation.expected().items() if kind == "table"]
    assert all(text is not None and text.endswith(" STRICT") for text in tables)


def test_every_text_has_a_limit_no_smaller_than_that_of_its_field() -> None:
    for name, row_class in TABLES.items():
        table = schema.table(name)
        for field in FIELDS[row_class]:
            checks = " ".join(str(check.sqltext) for check in table.c[field.name].constraints)  # type: ignore[attr-defined]
            if field.kind in ("line", "cell", "link"):
                assert checks == f'length("{field.name}") <= {field.limit}'


def test_every_reference_to_an_attached_file_is_known() -> None:
    references = {
        name: tuple(
            column.name for column in table.columns if column.references(schema.table("attachment").c.sha256)
        )
        for name, table in schema.metadata.tables.items()
    }
    assert {name: columns for name, columns in references.items() if columns} == attachments.ALL


def test_every_foreign_key_has_an_index(database: sqlite3.Connection) -> None:
    for name in schema.metadata.tables:
        indexes = database.execute("SELECT name FROM pragma_index_list(?)", (name,)).fetchall()
        leading = {
            column
            for (index,) in indexes
            for (column,) in database.execute(
                "SELECT name FROM pragma_index_info(?) WHERE seqno = 0", (index,)
            )
        }
        foreign = {
            row[0] for row in database.execute('SELECT "from" FROM pragma_foreign_key_list(?)', (name,))
        }
        assert foreign <= leading, name


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE office SET name = replace(hex(zeroblob(251)), '0', 'x')",
        "UPDATE office SET id = 'short'",
        "UPDATE office SET name = NULL",
        "INSERT INTO fiscal_year VALUES (:id, :office, 2539, NULL)",
        "INSERT INTO fiscal_year VALUES (:id, :office, 'abc', NULL)",
        "INSERT INTO unit VALUES (:id, :office, -1, '', '')",
        "INSERT INTO assessment VALUES (:id, :office, 2568, 10001, NULL, NULL, NULL, '')",
        "INSERT INTO unit VALUES (:id, :office, 2147483648, '', '')",
        "INSERT INTO doc VALUES (2, :id, 'office', 1, :id, 0, '', NULL, NULL, NULL, NULL, NULL)",
        "INSERT INTO doc VALUES (1, :id, 'diary', 1, :id, 0, '', NULL, NULL, NULL, NULL, NULL)",
        "INSERT INTO doc VALUES (1, '..', 'office', 1, :id, 0, '', NULL, NULL, NULL, NULL, NULL)",
        "INSERT INTO doc VALUES (1, :id, 'office', 1, :id, 2147483648, '', NULL, NULL, NULL, NULL, NULL)",
        "INSERT INTO attachment VALUES ('short', 0, '', x'')",
        "UPDATE printout SET code = 'short'",
        "UPDATE printout SET code = upper(code)",
        "UPDATE printout SET printed_at = '2026-04-01'",
        "UPDATE printout SET signed = 2",
    ],
)
def test_the_database_refuses(database: sqlite3.Connection, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        database.execute(statement, {"id": "1" * 32, "office": "0" * 32})


def test_a_new_file_says_whose_it_is(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA application_id").fetchone() == (0x49544144,)
    assert database.execute("PRAGMA user_version").fetchone() == (1,)
