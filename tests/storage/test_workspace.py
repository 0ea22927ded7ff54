"""Work of a session that ended comes back: with its document, renamed or not, or in the list of unpublished work."""

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from storage.conftest import Open
from storage.office import USER, an_office, beside, on_disk, retitle, titles

from itadesk.errors import UserError
from itadesk.storage import lock, workspace
from itadesk.storage.lock import NotWritable
from itadesk.storage.office_file import OfficeFile, rescue


def leave_work(path: Path, opened: Open, *titles: str) -> None:
    """A session that ends without publishing its last edits."""
    file = opened(path)
    for title in titles:
        file.edit(retitle(title))
    file.close(publish=False)


def test_unpublished_work_comes_back_and_is_told(path: Path, opened: Open) -> None:
    leave_work(path, opened, "หนึ่ง", "สอง")
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
    leave_work(path, opened, "ใหม่")
    stick = place / "ไดรฟ์อื่น"
    stick.mkdir()
    moved = path.rename(stick / "เปลี่ยนชื่อแล้ว.itadesk")
    file = opened(moved)
    assert file.recovered is not None
    file.close()
    assert titles(on_disk(moved))[0] == "ใหม่"
    assert not path.exists()


def test_a_mere_copy_does_not_take_the_work_of_its_original(path: Path, place: Path, opened: Open) -> None:
    leave_work(path, opened, "ใหม่")
    copy = Path(shutil.copyfile(path, place / "สำเนา.itadesk"))
    other = opened(copy)
    assert other.recovered is None
    assert other.snapshot == an_office()
    assert opened(path).recovered is not None


def test_work_on_a_document_replaced_meanwhile_waits_in_the_list(
    path: Path, place: Path, opened: Open
) -> None:
    leave_work(path, opened, "ของเรา")
    other = opened(path, OfficeFile.view)
    other.save_copy(place / "อื่น.itadesk")
    (place / "อื่น.itadesk").replace(path)
    file = opened(path)
    assert file.recovered is None
    assert file.snapshot == an_office()
    (work,) = workspace.unpublished_work()
    assert (work.name, work.path, work.changes) == ("องค์การบริหารส่วนตำบลทุ่งสว่าง", path, 1)

    rescued = place / "งานที่กู้คืน.itadesk"
    rescue(work, rescued, user=USER)
    assert titles(on_disk(rescued))[0] == "ของเรา"
    assert workspace.unpublished_work() == []


def test_work_of_a_deleted_document_can_be_discarded(path: Path, data: Path, opened: Open) -> None:
    leave_work(path, opened, "ใหม่")
    path.unlink()
    (work,) = workspace.unpublished_work()
    workspace.discard(work)
    assert workspace.unpublished_work() == []
    assert list((data / "work").iterdir()) == []


def test_work_that_cannot_be_rescued_stays_in_the_list(path: Path, opened: Open) -> None:
    leave_work(path, opened, "ใหม่")
    (work,) = workspace.unpublished_work()
    with pytest.raises(UserError):
        rescue(work, path.parent / "no such folder" / "a.itadesk", user=USER)
    assert workspace.unpublished_work() == [work]


def test_a_living_session_is_not_in_the_list(path: Path, opened: Open) -> None:
    file = opened(path)
    file.edit(retitle("ใหม่"))
    assert workspace.unpublished_work() == []
    file.close()


def test_leavings_without_new_work_are_forgotten(path: Path, data: Path, opened: Open) -> None:
    leave_work(path, opened, "ใหม่")
    (folder,) = data.glob("work/*/")
    (folder / "meta.json").unlink()  # as when a session ends while making its working copy
    assert workspace.unpublished_work() == []
    assert list((data / "work").iterdir()) == []
    assert opened(path).snapshot == an_office()


def test_damaged_work_is_set_aside_and_the_document_opens(
    path: Path, data: Path, opened: Open, caplog: pytest.LogCaptureFixture
) -> None:
    leave_work(path, opened, "ใหม่")
    (work,) = data.glob("work/*/work.sqlite")
    content = bytearray(work.read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    work.write_bytes(content)
    file = opened(path)
    assert file.recovered is None
    assert file.snapshot == an_office()
    assert "damaged" in caplog.text
    assert len(list(data.glob("work/damaged-*"))) == 1


def test_bytes_half_copied_from_a_document_are_forgotten_after_a_day(
    path: Path, data: Path, opened: Open
) -> None:
    opened(path)
    fresh, old = (data / "work" / f"{name * 32}.in" for name in "ab")
    for file in (fresh, old):
        file.write_bytes(b"x")
    os.utime(old, (0, 0))
    workspace.unpublished_work()
    assert fresh.exists()
    assert not old.exists()


def test_two_windows_at_one_piece_of_work(path: Path, place: Path, opened: Open) -> None:
    leave_work(path, opened, "ใหม่")
    (work,) = workspace.unpublished_work()
    file = opened(path)
    with pytest.raises(lock.Locked):
        rescue(work, place / "a.itadesk", user=USER)
    with pytest.raises(lock.Locked):
        workspace.discard(work)
    assert titles(file.snapshot)[0] == "ใหม่"


@pytest.mark.parametrize("lost", ["work.sqlite", "meta.json"])
def test_a_working_copy_somebody_tidied_away(path: Path, data: Path, opened: Open, lost: str) -> None:
    leave_work(path, opened, "ใหม่")
    (folder,) = data.glob("work/*/")
    for file in folder.glob(f"{lost}*"):
        file.unlink()
    assert opened(path).snapshot == an_office()
    assert workspace.unpublished_work() == []


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
