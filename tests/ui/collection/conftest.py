"""A window with a collection of real files in it."""

from pathlib import Path

import pytest
from storage.collection.offices import make
from ui.collection.desk import opened, settled, took_in
from ui.conftest import content, data

from itadesk.ui.collection.page import CollectionPage

__all__ = ["content", "data"]

NAMES = ("โคกสะอาด", "ไผ่ล้อม", "กาหลง")


@pytest.fixture
def where(tmp_path: Path) -> Path:
    return tmp_path / "เมือง.itacollection"


@pytest.fixture
def page(content, where) -> CollectionPage:
    """An empty collection, open."""
    return opened(content, where)


@pytest.fixture
def sent(data, tmp_path) -> list[Path]:
    """Files of three offices."""
    folder = tmp_path / "ส่งมา"
    folder.mkdir()
    return [make(folder, name, measures=6) for name in NAMES]


@pytest.fixture
def full(page, sent) -> CollectionPage:
    """The collection with the three offices in it."""
    took_in(page, sent)
    settled(page)
    return page
