"""Saving puts a whole new document in the place of the old one, or leaves the old one as it is and says why."""

import errno
import itertools
import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from storage.conftest import Open
from storage.office import USER, an_office, ask, beside, change, on_disk, retitle, titles

from itadesk.errors import UserError
from itadesk.storage import backup, lock, opener, publish, workspace
from itadesk.storage.faults import NotWritten
from itadesk.storage.office_file import OfficeFile
from itadesk.storage.publish import Moved, Replaced


@pytest.fixture(autouse=True)
def without_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """A held document is tried again as often as ever, but at once."""
    monkeypatch.setattr(publish, "WAITS", tuple(0 for _ in publish.WAITS))


class Faults:
    """Lets the system refuse the `number`th of its calls that publishing makes."""

    CALLS = ((os, "fsync"), (os, "replace"), (os, "open"), (Path, "open"), (sqlite3, "connect"))

    def __init__(self, monkeypatch: pytest.MonkeyPatch, number: int, fault: BaseException) -> None:
        self.hit = False
        self._left = number
        self._fault = fault
        for module, name in self.CALLS:
            monkeypatch.setattr(module, name, self._refusing(getattr(module, name)))

    def _refusing(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def refuse(*args: Any, **kwargs: Any) -> Any:
            self._left -= 1
            if self._left == -1:
                self.hit = True
                raise self._fault
            return call(*args, **kwargs)

        return refuse


@pytest.mark.parametrize(
    "fault",
    [
        OSError(errno.ENOSPC, "full"),
        PermissionError(errno.EACCES, "no"),
        OSError(errno.EIO, "gone"),
        KeyboardInterrupt(),
    ],
    ids=["full", "forbidden", "unplugged", "interrupted"],
)
def test_a_failure_at_any_step_leaves_a_whole_document(
    path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch, fault: BaseException
) -> None:
    file = opened(path)
    steps = 0
    for number in itertools.count():
        before = on_disk(path)
        file.edit(retitle(f"ครั้งที่ {number}"))
        with monkeypatch.context() as patch:
            faults = Faults(patch, number, fault)
            try:
                file.publish()
                failed = False
            except (UserError, KeyboardInterrupt):
                failed = True
        assert on_disk(path) in ([before, file.snapshot] if failed else [file.snapshot])
        assert beside(path) == [lock.path_of(path).name]
        if not faults.hit:
            break
        steps += failed
        if failed:
            assert file.unpublished
            file.publish()  # no false conflict
        assert on_disk(path) == file.snapshot
        assert not file.unpublished
    assert steps >= 6


def test_a_crash_behind_the_replacement_is_no_conflict(
    path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = opened(path)
    file.edit(retitle("ใหม่"))

    def crash(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(workspace.Workspace, "note_landed", crash)
        with pytest.raises(KeyboardInterrupt):
            file.publish()
    assert titles(on_disk(path))[0] == "ใหม่"
    file.close(publish=False)
    again = opened(path)
    assert again.recovered is None
    again.edit(retitle("ใหม่กว่า"))
    again.publish()
    assert titles(on_disk(path))[0] == "ใหม่กว่า"


def test_a_deleted_document_is_not_forgotten(path: Path, opened: Open) -> None:
    file = opened(path)
    file.edit(retitle("ใหม่"))
    path.unlink()
    for _ in range(2):  # a missing document and no document being written are not the same nothing
        with pytest.raises(Moved):
            file.publish()
    assert file.unpublished
    file.publish(force=True)
    assert on_disk(path) == file.snapshot


def test_a_document_changed_while_the_new_one_is_written_is_not_overwritten(
    path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = opened(path)
    file.edit(retitle("ของเรา"))
    sync, theirs = os.fsync, path.read_bytes() + b"theirs"

    def meanwhile(descriptor: int) -> None:
        path.write_bytes(theirs)
        sync(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", meanwhile)
        with pytest.raises(Replaced):
            file.publish()
    assert path.read_bytes() == theirs
    assert file.unpublished


def test_a_document_deleted_behind_an_idle_session_is_told_when_saving(path: Path, opened: Open) -> None:
    file = opened(path)
    path.unlink()
    with pytest.raises(Moved):
        file.publish()
    file.publish(force=True)
    assert on_disk(path) == an_office()


def test_a_replaced_document_is_not_overwritten_unless_forced_and_kept_then(path: Path, opened: Open) -> None:
    file = opened(path)
    file.edit(retitle("ของเรา"))
    change(path, "UPDATE measure SET title = 'ของเขา'")
    theirs = path.read_bytes()
    for _ in range(2):
        with pytest.raises(Replaced):
            file.publish()
    assert path.read_bytes() == theirs
    file.publish(force=True)
    assert titles(on_disk(path))[0] == "ของเรา"
    assert theirs in [kept.path.read_bytes() for kept in backup.backups()]


def test_closing_with_a_conflict_keeps_the_session_and_then_the_work(path: Path, opened: Open) -> None:
    file = opened(path)
    file.edit(retitle("ของเรา"))
    change(path, "UPDATE measure SET title = 'ของเขา'")
    with pytest.raises(Replaced):
        file.close()
    file.edit(retitle("ยังแก้ได้"))
    file.close(publish=False)
    assert titles(opened(path).snapshot)[0] == "ของเขา"


def test_a_held_document_is_tried_again(path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    file = opened(path)
    file.edit(retitle("ใหม่"))
    replace = os.replace
    held = iter([True] * 4)

    def refuse(source: Path, target: Path) -> None:
        if target == path and next(held, False):
            raise PermissionError(errno.EACCES, "held by another program")
        replace(source, target)

    monkeypatch.setattr(os, "replace", refuse)
    file.publish()
    assert titles(on_disk(path))[0] == "ใหม่"

    held = itertools.repeat(True)
    file.edit(retitle("ใหม่กว่า"))
    with pytest.raises(NotWritten):
        file.publish()
    assert titles(on_disk(path))[0] == "ใหม่"
    assert beside(path) == [lock.path_of(path).name]


def test_a_file_made_read_only_meanwhile_is_respected(path: Path, opened: Open) -> None:
    file = opened(path)
    file.edit(retitle("ใหม่"))
    path.chmod(0o444)
    with pytest.raises(NotWritten):
        file.publish()
    assert on_disk(path) == an_office()
    path.chmod(0o644)
    file.publish()
    assert on_disk(path) == file.snapshot


@pytest.fixture
def no_room() -> Iterator[Callable[[int], None]]:
    """Lets no file of this process grow beyond a number of bytes."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_of_this_computer(path: Path, opened: Open, no_room: Callable[[int], None]) -> None:
    file = opened(path)
    file.edit(retitle("ก่อนเต็ม"))
    before = file.snapshot
    no_room(10_000)
    for number in range(3):
        with pytest.raises(NotWritten):
            file.edit(retitle("ยาว" * 20_000, number))
        with pytest.raises(NotWritten):
            file.publish()
    assert file.snapshot == before
    no_room(1 << 30)
    assert on_disk(path) == an_office()
    file.edit(retitle("หลังเต็ม"))
    file.close()
    assert titles(on_disk(path))[0] == "หลังเต็ม"


def test_a_full_disk_while_making_or_copying_a_document(
    path: Path, place: Path, data: Path, opened: Open, no_room: Callable[[int], None]
) -> None:
    file = opened(path)
    no_room(20_000)
    with pytest.raises(NotWritten):
        OfficeFile.create(place / "ใหม่.itadesk", an_office(50).rows(), user=USER)
    with pytest.raises(NotWritten):
        file.save_copy(place / "สำเนา.itadesk")
    with pytest.raises(NotWritten):
        opened(path, OfficeFile.view)
    assert beside(path) == [lock.path_of(path).name]
    assert len(list((data / "work").glob("*/"))) == 1


def test_copies_taken_while_editing_and_publishing_are_whole(path: Path, place: Path, opened: Open) -> None:
    file = opened(path)
    stop = threading.Event()

    def publish_without_pause() -> None:
        while not stop.is_set():
            file.publish()

    worker = threading.Thread(target=publish_without_pause)
    worker.start()
    try:
        for number in range(40):
            file.edit(retitle(f"ครั้งที่ {number}"))
            copy = Path(shutil.copyfile(path, place / f"{number}.copy"))
            assert opener.verify(copy).verdict == opener.Verdict.CLEAN
    finally:
        stop.set()
        worker.join()
    file.close()
    assert titles(on_disk(path))[0] == "ครั้งที่ 39"


def test_the_document_carries_revision_lineage_and_who_saved_it(path: Path, opened: Open) -> None:
    for number in range(2):
        file = opened(path)
        file.edit(retitle(f"หนึ่ง {number}"))
        file.edit(retitle(f"สอง {number}"))
        file.close()
    lineage = ask(path, "SELECT branch, first_revision, last_revision FROM lineage ORDER BY ordinal")
    assert [row[1:] for row in lineage] == [(0, 0), (0, 2), (2, 4)]
    assert ask(path, "SELECT branch, revision, saved_by FROM doc") == [(lineage[-1][0], 4, USER)]


def test_leavings_of_killed_sessions_are_swept(path: Path, opened: Open) -> None:
    mine = [f".~{path.name}.{process}.tmp" for process in (1, 4711)]
    others = [f".~{path.name}.tmp", f".~{path.name}.x.tmp", ".~other.itadesk.1.tmp"]
    for name in mine + others:
        path.with_name(name).write_bytes(b"x")
    opened(path).close()
    assert beside(path) == sorted(others)
