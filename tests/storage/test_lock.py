"""One session at a time, whoever it is and wherever; a lock nobody lives behind is taken over."""

import datetime as dt
import errno
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from storage.conftest import Open
from storage.office import USER, an_office, beside, measure_id

from itadesk.domain.model import Measure
from itadesk.storage import lock
from itadesk.storage.faults import NotWritten
from itadesk.storage.lock import DocumentLock, Locked
from itadesk.storage.office_file import OfficeFile
from itadesk.storage.operations import set_field

ELSEWHERE = {"user": "สมชาย", "machine": "PC-2", "since": "2026-11-21T10:32:00", "token": "t"}


def write(path: Path, content: str, seconds_ago: float) -> Path:
    """A lock of another session beside the document."""
    file = lock.path_of(path)
    file.write_text(content, encoding="utf-8")
    touched = file.stat().st_mtime - seconds_ago
    os.utime(file, (touched, touched))
    return file


def test_a_second_session_is_told_who_and_since_when(path: Path) -> None:
    first = DocumentLock(path, USER)
    with pytest.raises(Locked) as caught:
        DocumentLock(path, "สมชาย")
    assert caught.value.owner == first.owner
    assert USER in caught.value.message
    assert "another window on this computer" in caught.value.message
    first.close()
    DocumentLock(path, "สมชาย").close()
    assert beside(path) == []


def test_a_lock_of_another_machine_holds_while_it_is_touched(path: Path) -> None:
    file = write(path, json.dumps(ELSEWHERE), lock.STALE_SECONDS - 60)
    before = file.read_bytes()
    with pytest.raises(Locked, match="PC-2"):
        DocumentLock(path, USER)
    assert file.read_bytes() == before


def test_a_lock_of_a_machine_whose_clock_is_ahead_is_watched(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Left on a stick that was pulled out, it once held until our clock came to that time."""
    file = write(path, json.dumps(ELSEWHERE), -86_400)
    now = time.monotonic()
    for passed, touch in ((0, 0), (lock.STALE_SECONDS - 1, 60), (2 * lock.STALE_SECONDS - 2, 0)):
        monkeypatch.setattr(time, "monotonic", lambda passed=passed: now + passed)
        os.utime(file, (file.stat().st_mtime + touch, file.stat().st_mtime + touch))
        with pytest.raises(Locked, match="PC-2"):
            DocumentLock(path, USER)
    monkeypatch.setattr(time, "monotonic", lambda: now + 2 * lock.STALE_SECONDS)
    DocumentLock(path, USER).close()


def test_a_lock_that_cannot_be_deleted_is_let_go_all_the_same(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It once stayed held, and its own session was told that it has the file open."""
    first = DocumentLock(path, USER)
    with monkeypatch.context() as patch:
        patch.setattr(os, "unlink", refuse)
        first.close()
    assert beside(path) == [lock.path_of(path).name]
    DocumentLock(path, USER).close()
    assert beside(path) == []


def refuse(*_args: object, **_kwargs: object) -> None:
    raise PermissionError(errno.EACCES, "forbidden")


@pytest.mark.parametrize(("days_ago", "told"), [(0, "since 10:32."), (1, r"since \d\d/\d\d 10:32\.")])
def test_a_lock_of_an_earlier_day_says_which(path: Path, days_ago: int, told: str) -> None:
    since = dt.datetime.combine(dt.date.today() - dt.timedelta(days_ago), dt.time(10, 32))
    write(path, json.dumps({**ELSEWHERE, "since": since.isoformat()}), 0)
    with pytest.raises(Locked, match=told):
        DocumentLock(path, USER)


@pytest.mark.parametrize(
    ("content", "seconds_ago"),
    [
        (json.dumps(ELSEWHERE), lock.STALE_SECONDS + 5),
        ("", lock.EMPTY_SECONDS + 1),  # killed between making and filling it
        ("not json", lock.EMPTY_SECONDS + 1),
        ('{"user": 1}', lock.EMPTY_SECONDS + 1),
        ("[" * 100_000, lock.EMPTY_SECONDS + 1),
    ],
    ids=["stale", "empty", "not json", "no owner", "too deep"],
)
def test_a_stale_lock_is_taken_over(path: Path, content: str, seconds_ago: float) -> None:
    write(path, content, seconds_ago)
    taken = DocumentLock(path, USER)
    assert lock.owner_in(taken.path) == taken.owner
    taken.close()
    assert beside(path) == []


def test_a_fresh_empty_lock_may_be_filled_any_moment(path: Path) -> None:
    write(path, "", 0)
    with pytest.raises(Locked):
        DocumentLock(path, USER)
    assert beside(path) == [lock.path_of(path).name]


def test_a_lock_of_this_machine_dies_with_its_process(path: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; from itadesk.storage.lock import DocumentLock;"
        "DocumentLock(Path(sys.argv[1]), 'x'); os._exit(1)"
    )
    subprocess.run([sys.executable, "-c", script, str(path)], check=False)
    assert beside(path) == [lock.path_of(path).name]
    DocumentLock(path, USER).close()
    assert beside(path) == []


def test_a_living_session_touches_its_lock(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touched = threading.Event()
    monkeypatch.setattr(lock, "BEAT_SECONDS", 0.01)
    monkeypatch.setattr(os, "utime", lambda _path: touched.set())
    held = DocumentLock(path, USER)
    assert touched.wait(timeout=30)
    held.close()


def test_a_session_whose_lock_was_taken_over_does_not_publish(path: Path, opened: Open) -> None:
    file = opened(path)
    held = lock.path_of(path)
    held.write_text(json.dumps(ELSEWHERE), encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(Locked, match="PC-2"):
        file.publish(force=True)
    file.close()
    assert path.read_bytes() == before
    assert held.exists(), "a lock that is not ours must stay"


def test_a_full_disk_holds_the_lock_and_has_it_signed_when_there_is_room(
    path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> int:
        raise OSError(errno.ENOSPC, "full")

    opening = Path.open

    def opened_or_full(path: Path, *args: Any, **kwargs: Any) -> Any:
        return full() if path.name.startswith(".~") else opening(path, *args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        patch.setattr(Path, "open", opened_or_full)
        file = opened(path)
        assert not file.read_only
        file.edit(lambda edit: set_field(edit, Measure, measure_id(0), "title", "ใหม่"))
        with pytest.raises(NotWritten, match="no room"):
            file.publish()
        with pytest.raises(Locked):
            DocumentLock(path, "สมชาย")
        with pytest.raises(NotWritten, match="no room"):
            OfficeFile.create(path.with_name("ใหม่.itadesk"), an_office().rows(), user=USER)
    file.publish()
    owner = lock.owner_in(lock.path_of(path))
    assert owner is not None
    assert owner.user == USER
    file.close()
    assert beside(path) == []


def test_a_disk_too_full_for_any_file_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object) -> int:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "open", full)
    with pytest.raises(NotWritten, match="no room"):
        DocumentLock(path, USER)


def test_the_clock_of_the_disk_counts(path: Path) -> None:
    file = write(path, "", 0)
    assert lock.age(file) < 1
