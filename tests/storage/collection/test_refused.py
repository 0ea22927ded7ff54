"""What a disk or another program refuses a collection: said with the next step, and nothing taken in before is lost."""

import contextlib
import os
import sqlite3
from pathlib import Path

import pytest
from mounts import read_only, small_disk
from storage.collection.offices import TODAY, make, taken

from itadesk.errors import UserError
from itadesk.storage.collection import counts, store
from itadesk.storage.collection.store import Collection, opened

pytestmark = pytest.mark.usefixtures("data")
NAME = "เมือง.itacollection"


def offices(collection: Collection) -> list[str]:
    with collection.reading() as connection:
        return [one.name for one in counts.by_office(connection, TODAY)]


def test_a_full_disk_keeps_what_was_taken_in_before(tmp_path: Path) -> None:
    paths = [make(tmp_path, f"ที่ {number}", measures=200) for number in range(20)]
    with small_disk(tmp_path / "ดิสก์", 2_000) as disk:
        done: list[Path] = []
        with opened(str(disk / NAME)) as collection:
            with pytest.raises(UserError) as refused:
                done.extend(path for path in paths if taken(collection, path))
            assert refused.value.message == f"The disk with {NAME} is full."
            assert "free some space" in refused.value.advice
            assert done
            assert len(offices(collection)) == len(done)
        with opened(str(disk / NAME)) as collection:
            assert len(offices(collection)) == len(done)


def test_a_write_protected_collection_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "แผ่น"
    folder.mkdir()
    with opened(str(folder / NAME)) as collection:
        taken(collection, make(tmp_path, "โคกสะอาด"))
    with read_only(folder), pytest.raises(UserError) as refused, opened(str(folder / NAME)):
        pass
    assert "write-protected" in refused.value.message
    assert "Copy it" in refused.value.advice


def test_one_that_another_program_holds_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "BUSY_SECONDS", 0.1)
    where = tmp_path / NAME
    with opened(str(where)) as collection:
        with contextlib.closing(sqlite3.connect(where, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(UserError) as refused:
                taken(collection, make(tmp_path, "โคกสะอาด"))
        assert "in use" in refused.value.message
        taken(collection, make(tmp_path, "ไผ่ล้อม"))
        assert offices(collection) == ["ไผ่ล้อม"]


@pytest.mark.skipif(os.name != "posix", reason="Windows lets nobody take away a file that is open")
@pytest.mark.parametrize("again", [False, True])
def test_nothing_is_written_into_one_that_was_taken_away(tmp_path: Path, again: bool) -> None:
    """It would be lost unnoticed: the file is open still, but nobody will ever find it."""
    where = tmp_path / NAME
    with opened(str(where)) as collection:
        taken(collection, make(tmp_path, "โคกสะอาด"))
        where.rename(tmp_path / "ย้าย.itacollection")
        if again:
            with opened(str(where)):
                pass
        with pytest.raises(UserError) as refused:
            taken(collection, make(tmp_path, "ไผ่ล้อม"))
        assert NAME in refused.value.message
        assert refused.value.advice
        assert where.exists() is again, "no empty one is made in its place"
