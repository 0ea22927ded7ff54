"""Collections in SQLite and, where a server is at hand, in PostgreSQL; and files of offices to take in."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from itadesk.storage.collection.store import Collection, open_collection

SERVER = "ITADESK_POSTGRESQL"
"""Names the URL of a PostgreSQL server whose databases may be made and dropped: `dev.py test --postgres` sets it."""


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The place of a collection that is not there yet."""
    if request.param == "sqlite":
        yield str(tmp_path / "อำเภอ.itacollection")
        return
    yield request.getfixturevalue("database")


@pytest.fixture
def database() -> Iterator[str]:
    """The URL of an empty database in PostgreSQL."""
    if SERVER not in os.environ:
        pytest.skip("no PostgreSQL server: run dev.py test --postgres")
    server = os.environ[SERVER]
    name = f"itadesk_{os.getpid()}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0"))
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def collection(where: str) -> Iterator[Collection]:
    collection = open_collection(where)
    yield collection
    collection.close()
