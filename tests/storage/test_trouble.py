"""Real disks that fill up, cannot be written or go away while the clerk works: no edit is lost, none half stored."""

import contextlib
import errno
import os
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import mounts
import pytest
from storage.conftest import Open
from storage.office import USER, an_office, beside, leave_work, on_disk, retitle, titles

from itadesk.errors import UserError
from itadesk.storage import examiner, generation, left_work, lock, opener, publish
from itadesk.storage.faults import NotWritten
from itadesk.storage.office_file import OfficeFile
from itadesk.storage.publish import Moved


@pytest.fixture(autouse=True)
def without_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish, "WAITS", tuple(0 for _ in publish.WAITS))


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[Path]:
    with mounts.small_disk(tmp_path / "ไดรฟ์", 2048) as folder:
        yield folder


@pytest.fixture
def on_stick(stick: Path) -> Path:
    path = stick / "แฟ้ม.itadesk"
    OfficeFile.create(path, an_office().rows(), user=USER).close()
    return path


def test_a_full_stick_keeps_the_old_document_and_takes_the_work_later(on_stick: Path, opened: Open) -> None:
    file = opened(on_stick)
    before = on_stick.read_bytes()
    file.edit(retitle("ใหม่"))
    with mounts.full(on_stick.parent):
        for _ in range(3):
            with pytest.raises(NotWritten, match="no room"):
                file.publish()
            file.edit(retitle("ใหม่กว่า"))
        assert on_stick.read_bytes() == before
        assert beside(on_stick) == [lock.path_of(on_stick).name, "ballast"]
        assert file.unpublished
    file.publish()
    assert titles(on_disk(on_stick))[0] == "ใหม่กว่า"


def test_a_stick_with_a_little_room_is_no_different(on_stick: Path, opened: Open) -> None:
    """The new file fits in part only."""
    file = opened(on_stick)
    file.edit(retitle("ใหม่" * 5000))
    before = on_stick.read_bytes()
    with (
        mounts.full(on_stick.parent, left=len(before) // 2),
        pytest.raises(NotWritten, match="no room"),
    ):
        file.publish()
    assert on_stick.read_bytes() == before
    assert beside(on_stick) == [lock.path_of(on_stick).name]


def test_a_document_on_a_full_stick_is_opened_and_edited(on_stick: Path, opened: Open) -> None:
    with mounts.full(on_stick.parent):
        file = opened(on_stick)
        assert not file.read_only
        file.edit(retitle("ใหม่"))
        with pytest.raises(NotWritten):
            file.close()
        file.close(publish=False)
    again = opened(on_stick)
    assert again.recovered is not None
    assert titles(again.snapshot)[0] == "ใหม่"


@pytest.fixture
def small_computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The disk with the working copies is a small one."""
    with mounts.small_disk(tmp_path / "C", 4096) as folder:
        monkeypatch.setenv("ITADESK_DATA", str(folder / "data"))
        yield folder


def test_a_full_disk_of_the_computer_refuses_edits_whole(
    small_computer: Path, place: Path, opened: Open
) -> None:
    path = place / "แฟ้ม.itadesk"
    OfficeFile.create(path, an_office().rows(), user=USER).close()
    file = opened(path)
    file.edit(retitle("ก่อนเต็ม"))
    before = file.snapshot
    with mounts.full(small_computer):
        for number in range(4):
            with pytest.raises(NotWritten):
                file.edit(retitle("ยาว" * 30_000, number))
            assert file.snapshot == before
        with pytest.raises(NotWritten):
            file.publish()
        assert on_disk(path) == an_office()
    file.edit(retitle("หลังเต็ม", 1))
    file.close()
    assert titles(on_disk(path))[:2] == ["ก่อนเต็ม", "หลังเต็ม"]


def test_nothing_can_be_opened_on_a_full_computer_and_nothing_stays(
    small_computer: Path, place: Path, opened: Open
) -> None:
    path = place / "แฟ้ม.itadesk"
    OfficeFile.create(path, an_office().rows(), user=USER).close()
    with mounts.full(small_computer), pytest.raises(NotWritten):
        opened(path)
    assert beside(path) == []
    assert not list((small_computer / "data" / "work").iterdir())
    assert not opened(path).read_only


def test_a_folder_that_cannot_be_written_opens_for_looking(path: Path, place: Path, opened: Open) -> None:
    before = path.read_bytes(), path.stat().st_mtime_ns
    with mounts.read_only(place):
        file = opened(path)
        assert file.read_only
        assert file.snapshot == an_office()
        file.close()
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert beside(path) == []


def test_a_folder_that_can_no_longer_be_written_keeps_the_work(path: Path, place: Path, opened: Open) -> None:
    file = opened(path)
    file.edit(retitle("ใหม่"))
    with mounts.read_only(place):
        with pytest.raises(NotWritten):
            file.publish()
        assert on_disk(path) == an_office()
    file.publish()
    assert titles(on_disk(path))[0] == "ใหม่"


def test_a_share_that_is_gone_is_told_and_takes_the_work_when_it_is_back(
    path: Path, place: Path, opened: Open
) -> None:
    file = opened(path)
    file.edit(retitle("ใหม่"))
    away = place.rename(place.with_name("ไม่มีเครือข่าย"))
    with pytest.raises(NotWritten, match="cannot be reached"):
        file.publish()
    file.edit(retitle("ใหม่กว่า"))
    with pytest.raises(NotWritten):
        file.close()
    away.rename(place)
    file.close()
    assert titles(on_disk(path))[0] == "ใหม่กว่า"


def test_a_stick_that_was_pulled_out_is_told_and_written_nowhere_else(tmp_path: Path, opened: Open) -> None:
    """The folder it was mounted at is there, and empty."""
    with mounts.small_disk(tmp_path / "ไดรฟ์", 2048) as folder:
        path = folder / "แฟ้ม.itadesk"
        OfficeFile.create(path, an_office().rows(), user=USER).close()
        file = opened(path)
        file.edit(retitle("ใหม่"))
    with pytest.raises(Moved):
        file.publish()
    assert list(path.parent.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can be another user")
def test_somebody_who_may_only_read_looks(path: Path, place: Path, opened: Open) -> None:
    """As another user than root, whom no permission stops."""
    path.chmod(0o644)
    for folder in (place, *place.parents[:4]):
        if not folder.stat().st_mode & stat.S_IXOTH:
            folder.chmod(0o755)
    os.seteuid(65534)
    try:
        file = opened(path)
        assert file.read_only
        assert file.snapshot == an_office()
        file.close()
    finally:
        os.seteuid(0)
    assert beside(path) == []


def test_work_that_could_not_be_read_for_a_moment_comes_back_at_the_next_try(
    path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It once stayed held by the try that failed, so that the next one opened the document without it."""
    file = opened(path)
    file.edit(retitle("ค้างอยู่"))
    file.close(publish=False)

    def refuse(*_args: object, **_kwargs: object) -> sqlite3.Connection:
        raise sqlite3.OperationalError("disk I/O error")

    with monkeypatch.context() as patch:
        patch.setattr(sqlite3, "connect", refuse)
        with pytest.raises((NotWritten, sqlite3.OperationalError)):
            opened(path)
        assert left_work.unpublished_work() == []
    assert len(left_work.unpublished_work()) == 1
    again = opened(path)
    assert again.recovered is not None
    assert titles(again.snapshot)[0] == "ค้างอยู่"


def test_a_stick_pulled_out_while_work_comes_back_holds_it_from_nobody(
    path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next try opened the document without it once, as if another session had it."""
    leave_work(path, "ค้างอยู่")
    header = generation.of_file

    def gone(file: Path) -> int:
        if file == path:
            raise OSError(errno.EIO, "gone")
        return header(file)

    with monkeypatch.context() as patch:
        patch.setattr(generation, "of_file", gone)
        with pytest.raises(UserError, match="cannot be read"):
            opened(path)
    assert titles(opened(path).snapshot)[0] == "ค้างอยู่"


def test_work_comes_back_when_saving_as_was_cut_short(
    path: Path, place: Path, data: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the old document. It once was with neither: who opened that by its name did not find it."""
    other = place / "อีกแฟ้ม.itadesk"
    replace = os.replace

    def cut_short(source: Path, target: Path) -> None:
        if Path(target) == other:
            shutil.copytree(data / "work", data / "killed")
        replace(source, target)

    file = opened(path)
    file.edit(retitle("ใหม่"))
    monkeypatch.setattr(os, "replace", cut_short)
    file.save_as(other)
    file.close()
    other.unlink()
    shutil.copytree(data / "killed", data / "work", dirs_exist_ok=True)
    again = opened(path)
    assert again.recovered is not None
    assert titles(again.snapshot)[0] == "ใหม่"


@pytest.mark.parametrize("way", [Path.unlink, lambda note: note.write_bytes(bytes(100))])
def test_notes_that_somebody_spoils_meanwhile_do_not_matter(
    path: Path, data: Path, opened: Open, way: Callable[[Path], object]
) -> None:
    """Nothing could be written any more once, and closing all the same gave the work up."""
    file = opened(path)
    file.edit(retitle("หนึ่ง"))
    (note,) = data.glob("work/*/meta.json")
    way(note)
    file.publish()
    file.edit(retitle("สอง"))
    file.close(publish=False)
    assert titles(on_disk(path))[0] == "หนึ่ง"
    again = opened(path)
    assert again.recovered is not None
    assert titles(again.snapshot)[0] == "สอง"


def test_a_working_copy_that_the_disk_cannot_read_is_told(path: Path, data: Path, opened: Open) -> None:
    """What SQLite calls malformed was an unexpected error, without a next step."""
    file = opened(path)
    file.edit(retitle("ลงแฟ้มแล้ว"))
    file.publish()
    file.edit(retitle("ยังไม่ลง"))
    (work,) = data.glob("work/*/work.sqlite")
    before = work.read_bytes()
    work.write_bytes(before[:100] + bytes(len(before) - 100))
    for write in (file.publish, file.close):
        with pytest.raises(NotWritten, match="cannot read the work back"):
            write()
    assert titles(on_disk(path))[0] == "ลงแฟ้มแล้ว"
    work.write_bytes(before)
    file.close()
    assert titles(on_disk(path))[0] == "ยังไม่ลง"


def test_rows_whose_year_is_gone_from_the_disk_are_told(path: Path, data: Path, opened: Open) -> None:
    """What the check of the pages finds in order was once called the fault."""
    file = opened(path)
    (work,) = data.glob("work/*/work.sqlite")
    with contextlib.closing(sqlite3.connect(work, isolation_level=None)) as other:
        other.execute("DELETE FROM fiscal_year")
    with pytest.raises(NotWritten, match="broken references in"):
        file.publish(force=True)
    assert on_disk(path) == an_office()


def test_a_system_without_room_for_temporary_files_is_told(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: Open
) -> None:
    """Looking at a file once ended with an unexpected error then."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    for look in (
        lambda: opened(path, OfficeFile.view),
        lambda: opener.verify(path),
        lambda: examiner.verify(path),
    ):
        with pytest.raises(UserError, match="temporary files"):
            look()


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo])
def test_a_folder_in_place_of_the_document_is_told(
    path: Path, opened: Open, make: Callable[[Path], None]
) -> None:
    """The clerk was once told to plug the drive in."""
    file = opened(path)
    file.edit(retitle("ใหม่"))
    path.unlink()
    make(path)
    for force in (False, True):
        with pytest.raises(NotWritten, match="a folder or a device"):
            file.publish(force=force)
    assert beside(path) == [lock.path_of(path).name]


def test_a_share_that_goes_away_meanwhile_is_told(
    path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows calls many of its faults EINVAL; the clerk was once told that the file is a folder now."""

    replace = os.replace

    def gone(source: Path, target: Path) -> None:
        if Path(target) == path:
            raise OSError(errno.EINVAL, "an unexpected network error occurred")
        replace(source, target)

    file = opened(path)
    file.edit(retitle("ใหม่"))
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", gone)
        with pytest.raises(NotWritten, match="cannot be reached"):
            file.publish()
    file.publish()
    assert titles(on_disk(path))[0] == "ใหม่"
