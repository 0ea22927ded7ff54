"""Work of a session that ended comes back: with its document, renamed or not, or in the list of unpublished work."""

import contextlib
import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from storage.conftest import Open
from storage.office import USER, an_office, beside, leave_work, on_disk, retitle, titles

from itadesk.errors import UserError
from itadesk.storage import left_work, lock, workspace
from itadesk.storage.lock import NotWritable
from itadesk.storage.office_file import OfficeFile, rescue


def test_unpublished_work_comes_back_and_is_told(path: Path, opened: Open) -> None:
    leave_work(path, "หนึ่ง", "สอง")
    assert on_disk(path) == an_office()
    file = opened(path)
    assert file.recovered is not None
    assert file.recovered.changes == 2
    assert titles(file.snapshot)[0] == "สอง"
    assert file.unpublished
    file.close()
    assert titles(on_disk(path))[0] == "สอง"
    assert opened(path).recovered is None


def test_a_renamed_and_moved_document_finds_its_work(path: Path, place: Path, opened: Open) -> None:
    leave_work(path, "ใหม่")
    stick = place / "ไดรฟ์อื่น"
    stick.mkdir()
    moved = path.rename(stick / "เปลี่ยนชื่อแล้ว.itadesk")
    file = opened(moved)
    assert file.recovered is not None
    file.close()
    assert titles(on_disk(moved))[0] == "ใหม่"
    assert not path.exists()


def test_a_mere_copy_does_not_take_the_work_of_its_original(path: Path, place: Path, opened: Open) -> None:
    leave_work(path, "ใหม่")
    copy = Path(shutil.copyfile(path, place / "สำเนา.itadesk"))
    other = opened(copy)
    assert other.recovered is None
    assert other.snapshot == an_office()
    assert opened(path).recovered is not None


def test_work_on_a_document_replaced_meanwhile_waits_in_the_list(
    path: Path, place: Path, opened: Open
) -> None:
    leave_work(path, "ของเรา")
    other = opened(path, OfficeFile.view)
    other.save_copy(place / "อื่น.itadesk")
    (place / "อื่น.itadesk").replace(path)
    file = opened(path)
    assert file.recovered is None
    assert file.snapshot == an_office()
    (work,) = left_work.unpublished_work()
    assert (work.name, work.path, work.changes) == ("องค์การบริหารส่วนตำบลทุ่งสว่าง", path, 1)

    rescued = place / "งานที่กู้คืน.itadesk"
    rescue(work, rescued, user=USER)
    assert titles(on_disk(rescued))[0] == "ของเรา"
    assert left_work.unpublished_work() == []


def test_work_of_a_deleted_document_can_be_discarded(path: Path, data: Path, opened: Open) -> None:
    leave_work(path, "ใหม่")
    path.unlink()
    (work,) = left_work.unpublished_work()
    left_work.discard(work)
    assert left_work.unpublished_work() == []
    assert list((data / "work").iterdir()) == []


def test_work_that_cannot_be_rescued_stays_in_the_list(path: Path, opened: Open) -> None:
    leave_work(path, "ใหม่")
    (work,) = left_work.unpublished_work()
    with pytest.raises(UserError):
        rescue(work, path.parent / "no such folder" / "a.itadesk", user=USER)
    assert left_work.unpublished_work() == [work]


def test_a_living_session_is_not_in_the_list(path: Path, opened: Open) -> None:
    file = opened(path)
    file.edit(retitle("ใหม่"))
    assert left_work.unpublished_work() == []
    file.close()


def test_where_the_disk_knows_no_locks_a_living_session_keeps_its_work(
    path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its working copy, which said no more than the document, was once deleted while it stood open."""
    fcntl = pytest.importorskip("fcntl")

    def refuse(*_args: object) -> None:
        raise OSError(errno.ENOLCK, "no locks here")

    monkeypatch.setattr(fcntl, "flock", refuse)
    file = opened(path)
    assert left_work.unpublished_work(file.uuid) == []
    file.edit(retitle("ใหม่"))
    assert left_work.unpublished_work() == []
    file.publish()
    assert titles(on_disk(path))[0] == "ใหม่"


@pytest.mark.parametrize("copied", [False, True])
def test_a_working_copy_half_made_is_forgotten(path: Path, data: Path, opened: Open, copied: bool) -> None:
    """Its session ended before it noted of which document it is."""
    folder = data / "work" / f"{opened(path).uuid}-{'ab' * 16}"
    folder.mkdir()
    if copied:
        shutil.copyfile(path, folder / "work.sqlite")
    assert left_work.unpublished_work() == []
    assert not folder.exists()


def test_a_new_file_that_was_never_filled_is_forgotten(path: Path, data: Path) -> None:
    """Its session ended between making the working copy and putting the office into it."""
    workspace.create(path.with_name("ใหม่.itadesk")).leave()
    assert left_work.unpublished_work() == []
    assert list((data / "work").iterdir()) == []


def test_a_working_copy_that_another_program_holds_is_not_taken_for_work_or_damage(
    path: Path, data: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As an antivirus does; half of it would be deleted."""
    file = opened(path)
    file.edit(retitle("ใหม่"))
    rename = os.rename

    def held(source: Path, target: Path) -> None:
        raise PermissionError(errno.EACCES, "held")

    monkeypatch.setattr(os, "rename", held)
    file.close()
    assert [folder.is_dir() for folder in (data / "work").iterdir()] == [True]
    monkeypatch.setattr(os, "rename", rename)
    assert left_work.unpublished_work() == []
    assert list((data / "work").iterdir()) == []


def test_work_that_its_document_has_is_forgotten(path: Path, data: Path, opened: Open) -> None:
    file = opened(path)
    file.edit(retitle("ใหม่"))
    file.publish()
    killed = Path(shutil.copytree(data / "work", data / "killed"))
    file.close()
    shutil.rmtree(data / "work")
    killed.rename(data / "work")
    file = opened(path)
    assert file.recovered is None
    assert titles(file.snapshot)[0] == "ใหม่"
    assert left_work.unpublished_work() == []


def test_bytes_half_copied_from_a_document_are_forgotten_after_a_day(
    path: Path, data: Path, opened: Open
) -> None:
    opened(path)
    fresh, old = (data / "work" / f"{name * 32}.in" for name in "ab")
    for file in (fresh, old):
        file.write_bytes(b"x")
    os.utime(old, (0, 0))
    left_work.unpublished_work()
    assert fresh.exists()
    assert not old.exists()


def test_holds_of_what_is_gone_are_forgotten_and_those_of_living_sessions_stay(
    path: Path, data: Path, opened: Open
) -> None:
    opened(path)
    orphan = data / "work" / "a-b.hold"
    orphan.touch()
    beginning = lock.Hold(data / "work" / "c-d.hold")  # held before there is a folder
    left_work.unpublished_work()
    assert not orphan.exists()
    assert len(list(data.glob("work/*.hold"))) == 2
    beginning.release(delete=True)


def test_two_windows_at_one_piece_of_work(path: Path, place: Path, opened: Open) -> None:
    leave_work(path, "ใหม่")
    (work,) = left_work.unpublished_work()
    file = opened(path)
    with pytest.raises(lock.Locked):
        rescue(work, place / "a.itadesk", user=USER)
    with pytest.raises(lock.Locked):
        left_work.discard(work)
    assert titles(file.snapshot)[0] == "ใหม่"


def test_a_working_copy_somebody_tidied_away(path: Path, data: Path, opened: Open) -> None:
    leave_work(path, "ใหม่")
    (folder,) = data.glob("work/*/")
    for file in folder.glob("work.sqlite*"):
        file.unlink()
    assert opened(path).snapshot == an_office()
    assert left_work.unpublished_work() == []


def test_a_copy_of_what_was_replaced_does_not_take_the_work(
    path: Path, place: Path, data: Path, opened: Open
) -> None:
    """The session ended after its new file stood in place of the old one, of which there is a copy elsewhere."""
    copy = Path(shutil.copyfile(path, place / "สำเนา.itadesk"))
    file = opened(path)
    file.edit(retitle("ลงแฟ้มแล้ว"))
    file.publish()
    file.edit(retitle("ยังไม่ลง", 1))
    (landed,) = data.glob("work/*/landed")
    landed.unlink()
    file.close(publish=False)
    assert opened(copy).recovered is None
    assert titles(opened(path).snapshot)[:2] == ["ลงแฟ้มแล้ว", "ยังไม่ลง"]


@pytest.fixture
def protected(path: Path) -> Iterator[Path]:
    """The document in a folder where this user may write nothing."""
    if sys.platform == "win32":
        pytest.skip("a folder cannot be protected by its mode there")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        document = Path(shutil.copyfile(path, Path(folder, "แฟ้ม.itadesk")))
        document.chmod(0o666)
        Path(folder).chmod(0o555)
        with as_a_clerk(folder):
            yield document
        Path(folder).chmod(0o755)


@contextlib.contextmanager
def as_a_clerk(folder: str) -> Iterator[None]:
    """Without an administrator's right to write everywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_in_a_read_only_folder_one_may_look_and_save_elsewhere(protected: Path, opened: Open) -> None:
    before = protected.read_bytes()
    file = opened(protected)
    assert file.read_only
    assert file.snapshot == an_office()
    with tempfile.TemporaryDirectory() as elsewhere:
        file.save_copy(Path(elsewhere, "สำเนา.itadesk"))
        assert on_disk(Path(elsewhere, "สำเนา.itadesk")) == an_office()
    with pytest.raises(NotWritable):
        OfficeFile.create(protected.with_name("ใหม่.itadesk"), an_office().rows(), user=USER)
    assert protected.read_bytes() == before
    assert beside(protected) == []


def test_a_file_nobody_may_read(protected: Path, opened: Open) -> None:
    if os.geteuid() == os.getuid():
        pytest.skip("needs an administrator who becomes a clerk")
    os.seteuid(0)
    protected.chmod(0o000)
    os.seteuid(65534)
    with pytest.raises(UserError) as caught:
        opened(protected)
    assert not isinstance(caught.value, lock.Locked)
    assert beside(protected) == []


def test_a_new_document_renamed_before_it_was_noted_finds_its_work(
    path: Path, place: Path, data: Path, opened: Open
) -> None:
    """Its session ended when the file stood there for the first time: before, there was none."""
    (place / "ใหม่").mkdir()
    file = OfficeFile.create(place / "ใหม่" / path.name, an_office().rows(), user=USER)
    file.edit(retitle("ค้างอยู่"))
    (landed,) = data.glob("work/*/landed")
    landed.unlink()
    file.close(publish=False)
    moved = file.path.rename(place / "ย้ายแล้ว.itadesk")
    again = opened(moved)
    assert again.recovered is not None
    assert titles(again.snapshot)[0] == "ค้างอยู่"
