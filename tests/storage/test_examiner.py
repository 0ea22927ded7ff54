"""Files of unknown origin are examined by a process that may die, hang or be killed; known ones without it."""

import hashlib
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from storage.conftest import Open
from storage.office import USER, an_office, change, titles

from itadesk import i18n
from itadesk.domain.model import Office
from itadesk.storage import connection, examiner, generation, known_files, opener, operations, snapshot
from itadesk.storage.office_file import OfficeFile
from itadesk.storage.opener import Damaged, Missing, Verdict
from itadesk.storage.workspace import hash_of

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="finds the other process in /proc")


@pytest.fixture(autouse=True)
def none_running() -> Iterator[None]:
    examiner.end()
    yield
    examiner.end()


def children() -> list[int]:
    """The processes that this one has started and that still run."""
    tasks = Path("/proc/self/task").glob("*/children")
    return [int(number) for task in tasks for number in task.read_text().split()]


def test_it_finds_what_this_process_finds(path: Path, place: Path) -> None:
    change(path, "UPDATE measure SET title = title || ' '")
    (place / "แฟ้ม.pdf").write_bytes(b"%PDF-1.7")
    for file in (path, place / "แฟ้ม.pdf"):
        assert examiner.verify(file) == opener.verify(file)
    with pytest.raises(Missing) as missing:
        examiner.verify(place / "ไม่มี.itadesk")
    assert "ไม่มี.itadesk" in missing.value.message
    assert missing.value.advice


def test_a_file_of_a_newer_program_comes_out_as_far_as_it_is_known(path: Path, opened: Open) -> None:
    change(
        path,
        "ALTER TABLE measure ADD COLUMN budget INTEGER",
        f"PRAGMA user_version = {generation.GENERATION + 5}",
    )
    for how in (OfficeFile.open, OfficeFile.view):
        file = opened(path, how)
        assert file.of_newer_program
        assert file.read_only
        assert not file.altered
        assert file.snapshot == an_office()
    assert examiner.verify(path).verdict == Verdict.NEWER
    assert not known_files.holds(hash_of(path))


def test_it_speaks_the_language_that_is_spoken(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])
    i18n.install("en")
    english = examiner.verify(path)
    i18n.install("th")
    assert examiner.verify(path).problems[0] != english.problems[0]


def test_a_batch_goes_on_whatever_is_in_it(path: Path, place: Path) -> None:
    cut = place / "ตัด.itadesk"
    cut.write_bytes(path.read_bytes()[:5000])
    found = []
    for result in examiner.examine_all([path, cut, place / "ไม่มี.itadesk", place, path]):
        if result.copy is not None:
            with connection.private(result.copy) as copy:
                assert titles(snapshot.read(copy)) == titles(an_office())
        found.append(result)
    assert [result.report and result.report.verdict for result in found] == [
        Verdict.CLEAN, Verdict.DAMAGED, None, Verdict.FOREIGN, Verdict.CLEAN,
    ]  # fmt: skip
    assert [result.trouble is not None for result in found] == [False, False, True, False, False]
    assert not any(result.copy.exists() for result in found if result.copy is not None)


@LINUX
def test_one_process_serves_them_all(path: Path) -> None:
    running = set()
    for _result in examiner.examine_all([path] * 3):
        running.update(children())
    assert len(running) == 1


@LINUX
def test_a_file_that_kills_it_twice_is_damaged_and_the_next_one_is_examined(path: Path) -> None:
    killed = set()
    size = 60_000_000
    sha256 = hashlib.sha256(bytes(size)).hexdigest()
    change(path, f"INSERT INTO attachment VALUES ('{sha256}', {size}, 'image/png', zeroblob({size}))")

    def kill(copied: int, size: int) -> None:
        """While it looks at what it has copied."""
        if 0 < size <= copied:
            for child in children():
                killed.add(child)
                os.kill(child, signal.SIGKILL)

    (result,) = examiner.examine_all([path], kill)
    assert result.report is not None
    assert result.report.verdict == Verdict.DAMAGED
    assert len(killed) == 2
    assert examiner.verify(path).verdict == Verdict.ALTERED


@LINUX
def test_one_that_ended_because_nobody_asked_is_started_again(path: Path) -> None:
    assert examiner.verify(path).verdict == Verdict.CLEAN
    (child,) = children()
    os.kill(child, signal.SIGKILL)
    assert examiner.verify(path).verdict == Verdict.CLEAN
    assert children() != [child]


@LINUX
def test_whoever_waits_may_give_up_and_nothing_of_it_stays(path: Path, data: Path, opened: Open) -> None:
    class Enough(Exception):
        pass

    def stop(_copied: int, _size: int) -> None:
        for child in children():
            os.kill(child, signal.SIGSTOP)
        if children():
            raise Enough

    change(path, "UPDATE measure SET title = title || ' '")
    with pytest.raises(Enough):
        OfficeFile.open(path, user=USER, watch=stop)
    assert children() == []
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
    assert list((data / "work").iterdir()) == []
    assert opened(path).altered


@LINUX
def test_who_waits_for_another_examination_may_give_up_too(path: Path) -> None:
    class Enough(Exception):
        pass

    begun, over = threading.Event(), threading.Event()

    def wait(_copied: int, _size: int) -> None:
        begun.set()
        over.wait(60)

    def stop(_copied: int, _size: int) -> None:
        raise Enough

    other = threading.Thread(target=lambda: examiner.verify(path, wait))
    other.start()
    assert begun.wait(60)
    with pytest.raises(Enough):
        examiner.verify(path, stop)
    over.set()
    other.join()
    assert examiner.verify(path).verdict == Verdict.CLEAN


@LINUX
def test_one_that_does_not_answer_is_given_up(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examiner, "SILENCE", 0.2)

    def stop(_copied: int, _size: int) -> None:
        for child in children():
            os.kill(child, signal.SIGSTOP)

    with pytest.raises(examiner.Silent) as silent:
        examiner.verify(path, stop)
    assert path.name in silent.value.message
    assert children() == []


@LINUX
def test_its_memory_is_bounded(path: Path) -> None:
    change(path, f"INSERT INTO attachment VALUES ('{'0' * 64}', 3, 'image/png', zeroblob(300000000))")
    assert examiner.verify(path).verdict == Verdict.REJECTED
    (child,) = children()
    (peak,) = [line for line in Path(f"/proc/{child}/status").read_text().splitlines() if "VmHWM" in line]
    assert int(peak.split()[1]) < 200_000


@pytest.mark.parametrize("program", ["false", "no-such-program"])
def test_where_no_process_can_be_started_this_one_examines(
    path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, program: str
) -> None:
    monkeypatch.setattr(sys, "executable", shutil.which(program) or program)
    assert examiner.verify(path).verdict == Verdict.CLEAN
    path.write_bytes(path.read_bytes()[:-1])
    assert examiner.verify(path).verdict == Verdict.DAMAGED
    assert "no process" in caplog.text


def test_modules_in_the_folder_of_the_files_are_not_loaded(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("json", "sqlite3", "itadesk"):
        path.with_name(f"{module}.py").write_text("open('loaded', 'w')")
    monkeypatch.chdir(path.parent)
    assert examiner.verify(path).verdict == Verdict.CLEAN
    assert not path.with_name("loaded").exists()


def test_it_ends_with_the_program() -> None:
    said = "from itadesk.storage import examiner; examiner._process(); print(examiner._process()._popen.pid)"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    with pytest.raises(ProcessLookupError):
        os.kill(int(done.stdout), 0)


# Known files


@LINUX
def test_what_this_program_wrote_opens_without_it(path: Path, opened: Open) -> None:
    file = opened(path)
    file.edit(lambda edit: operations.set_field(edit, Office, file.snapshot.office.id, "phone", "1"))
    file.close()
    for how in (OfficeFile.open, OfficeFile.view):
        again = opened(path, how)
        assert (again.snapshot.office.phone, again.altered) == ("1", False)
        again.close()
    assert children() == []


@LINUX
def test_what_was_found_whole_before_opens_without_it(
    path: Path, place: Path, data: Path, opened: Open
) -> None:
    (data / "known.json").unlink()
    opened(path, OfficeFile.view).close()
    assert len(children()) == 1
    examiner.end()
    opened(path.rename(place / "ย้าย.itadesk"), OfficeFile.view).close()
    assert children() == []


def test_what_was_altered_is_told_each_time(path: Path, opened: Open) -> None:
    change(path, "UPDATE measure SET title = title || ' '")
    for how in (OfficeFile.open, OfficeFile.view, OfficeFile.open):
        file = opened(path, how)
        assert file.altered
        file.close()


def test_after_a_crash_an_altered_document_is_not_taken_for_known(path: Path, opened: Open) -> None:
    change(path, "UPDATE measure SET title = title || ' '")
    file = opened(path)
    file.edit(lambda edit: operations.set_field(edit, Office, file.snapshot.office.id, "phone", "1"))
    file.close(publish=False)
    opened(path).close(publish=False)
    assert not known_files.holds(hash_of(path))


@pytest.mark.parametrize("content", ["", "[", "{}", "[1]", '[{"sha256": 1}]', "\x00"])
def test_a_spoiled_list_of_known_files_does_no_harm(
    path: Path, data: Path, opened: Open, content: str
) -> None:
    (data / "known.json").write_text(content)
    opened(path).close()
    assert known_files.holds(hash_of(path))


def test_what_another_version_of_the_program_found_whole_is_examined(
    path: Path, data: Path, opened: Open
) -> None:
    change(path, "CREATE TABLE extra (x)")
    known_files.remember(path, "0" * 32, hash_of(path))
    known = data / "known.json"
    known.write_text(re.sub('"schema": ".*?"', '"schema": "another"', known.read_text()))
    with pytest.raises(opener.Rejected):
        opened(path)


def test_damage_of_a_known_file_is_seen(path: Path, opened: Open) -> None:
    path.write_bytes(path.read_bytes().replace("มาตรการที่ 2".encode(), bytes(32)))
    with pytest.raises(Damaged):
        opened(path)


def test_the_list_is_short_and_tells_which_document_was_where(tmp_path: Path) -> None:
    for number in range(known_files.MOST + 5):
        known_files.remember(tmp_path / f"{number}.itadesk", f"{number:032}", f"{number:064}")
    assert not known_files.holds(f"{4:064}")
    assert known_files.holds(f"{5:064}")
    assert known_files.uuid_of(tmp_path / "7.itadesk") == f"{7:032}"
    assert known_files.uuid_of(Path("stick", "7.itadesk")) == f"{7:032}"
    assert known_files.uuid_of(tmp_path / "nowhere.itadesk") is None
    known_files.remember(tmp_path / "7.itadesk", "a" * 32, "b" * 64)
    assert known_files.uuid_of(tmp_path / "7.itadesk") == "a" * 32


def test_sqlite_itself_is_not_bounded_in_this_process(path: Path) -> None:
    examiner.verify(path)
    with sqlite3.connect(":memory:") as database:
        assert database.execute("PRAGMA hard_heap_limit").fetchone() == (0,)
    database.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows allows no such names")
@pytest.mark.parametrize(
    "name", ["สอง\nบรรทัด.itadesk", b"\xff\xfe.itadesk".decode("utf-8", "surrogateescape"), '"\\.itadesk']
)
def test_a_name_may_hold_anything(path: Path, opened: Open, name: str) -> None:
    odd = path.rename(path.with_name(name))
    assert examiner.verify(odd).verdict == Verdict.CLEAN
    odd.write_bytes(odd.read_bytes() + b"x")
    opened(odd).close()
    assert known_files.holds(hash_of(odd))
