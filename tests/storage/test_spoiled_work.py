"""Work of a session that ended, spoiled by a disk or a program: it costs neither its document nor other work."""

import errno
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from storage.conftest import Open
from storage.office import USER, an_office, leave_work, on_disk, retitle, titles

from itadesk.storage import contents, left_work
from itadesk.storage.office_file import OfficeFile, rescue


def test_damaged_work_is_set_aside_and_the_document_opens(
    path: Path, data: Path, opened: Open, caplog: pytest.LogCaptureFixture
) -> None:
    leave_work(path, "ใหม่")
    (work,) = data.glob("work/*/work.sqlite")
    content = bytearray(work.read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    work.write_bytes(content)
    file = opened(path)
    assert file.recovered is None
    assert file.snapshot == an_office()
    assert "damaged" in caplog.text
    assert len(list(data.glob("work/damaged-*"))) == 1


def spoiled(note: str) -> dict[str, str | None]:
    """Ways in which a disk or a program spoils the note beside a working copy; None: it is gone."""
    said = json.loads(note)
    base = said["base"]
    return {
        "gone": None,
        "empty": "",
        "zeros": "\0" * len(note),
        "cut short": note[: len(note) // 2],
        "another": "[]",
        "no text in the path": json.dumps({**said, "path": "a\0b"}),
        "no day": json.dumps({**said, "base": {**base, "at": "2569-13-41T00:00:00"}, "next": None}),
        "never": json.dumps({**said, "base": {**base, "at": ""}, "next": None}),
        "no number": json.dumps({**said, "base": {**base, "revision": "x"}, "next": None}),
        "no end": json.dumps({**said, "base": {**base, "revision": float("inf")}, "next": None}),
        "too deep": "[" * 100_000,
    }


@pytest.mark.parametrize(
    "way",
    [
        "gone", "empty", "zeros", "cut short", "another", "no text in the path", "no day", "never", "no number",
        "no end", "too deep",
    ],
)  # fmt: skip
def test_work_whose_note_is_spoiled_is_kept_and_listed(
    path: Path, place: Path, data: Path, opened: Open, way: str
) -> None:
    """It was once deleted without a word, or kept every document from being opened."""
    leave_work(path, "ใหม่")
    (note,) = data.glob("work/*/meta.json")
    content = spoiled(note.read_text())[way]
    note.unlink() if content is None else note.write_text(content)
    assert opened(path).snapshot == an_office()
    (work,) = left_work.unpublished_work()
    assert (work.name, work.path, work.changes) == ("องค์การบริหารส่วนตำบลทุ่งสว่าง", path, 1)
    rescue(work, place / "กู้คืน.itadesk", user=USER)
    assert titles(on_disk(place / "กู้คืน.itadesk"))[0] == "ใหม่"
    assert left_work.unpublished_work() == []


def zeroed(start: int, length: int) -> Callable[[bytes], bytes]:
    return lambda content: content[:start] + bytes(length) + content[start + length :]


def other_text(content: bytes) -> bytes:
    """One bit of a title, after which it is no text any more."""
    at = content.index("ใหม่".encode())
    return content[:at] + bytes([content[at] ^ 0x40]) + content[at + 1 :]


@pytest.mark.parametrize(
    "damage",
    [
        lambda _content: b"",
        lambda _content: b"x" * 9000,
        zeroed(0, 100),
        zeroed(4096, 4096),
        other_text,
        lambda content: content.replace(b"CREATE TABLE", b"CREATE \xff\xfeBLE"),
    ],
    ids=["empty", "another", "no header", "no tables", "no text", "no text in the schema"],
)
def test_damaged_work_keeps_nobody_from_his_document(
    path: Path, data: Path, opened: Open, damage: Callable[[bytes], bytes]
) -> None:
    """Some of it once ended every try to open the document, and the start page, with an unexpected error."""
    uuid = opened(path, OfficeFile.view).uuid
    leave_work(path, "ใหม่")
    (work,) = data.glob("work/*/work.sqlite")
    work.write_bytes(damage(work.read_bytes()))
    assert left_work.unpublished_work() == []
    file = opened(path)
    assert file.recovered is None
    assert file.snapshot == an_office()
    (damaged,) = left_work.damaged(uuid)
    assert damaged.is_file()
    left_work.was_told(damaged)
    assert left_work.damaged(uuid) == []
    assert len(list(data.glob("work/*/work.sqlite"))) == 2


def test_damaged_work_that_another_program_holds_keeps_nobody_from_his_document(
    path: Path, data: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As an antivirus does, that found it first. It is set aside as soon as it is let go."""
    leave_work(path, "ใหม่")
    (work,) = data.glob("work/*/work.sqlite")
    work.write_bytes(work.read_bytes()[:4096])
    rename = os.rename

    def held(source: Path, target: Path) -> None:
        if Path(source) == work.parent:
            raise PermissionError(errno.EACCES, "held")
        rename(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "rename", held)
        file = opened(path)
        assert file.snapshot == an_office()
        assert left_work.damaged(file.uuid) == []
    assert left_work.unpublished_work(file.uuid) == []
    assert len(left_work.damaged(file.uuid)) == 1


def test_what_another_program_holds_beside_left_work_keeps_it_from_nobody(
    path: Path, data: Path, opened: Open
) -> None:
    leave_work(path, "ใหม่")
    (work,) = data.glob("work/*/work.sqlite")
    work.with_name("a.next").mkdir()  # cannot be deleted like a file, as one that is held
    assert titles(opened(path).snapshot)[0] == "ใหม่"


def test_that_a_computer_is_slow_makes_no_damage(
    path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The time that a file from elsewhere may take to be examined is none for one's own work."""
    leave_work(path, "ใหม่")
    monkeypatch.setattr(contents, "_SECONDS", -60.0)
    assert len(left_work.unpublished_work()) == 1
    assert titles(opened(path).snapshot)[0] == "ใหม่"


def told_as_damage(path: Path, opened: Open, *, listed: bool) -> OfficeFile:
    """The document as it was written, with its left work set aside, also where the start page looked first."""
    if listed:
        assert left_work.unpublished_work() == []
    again = opened(path)
    assert again.recovered is None
    assert titles(again.snapshot)[0] == "ลงแฟ้มแล้ว"
    assert len(left_work.damaged(again.uuid)) == 1
    return again


@pytest.mark.parametrize("listed", [False, True])
def test_work_older_than_its_document_never_takes_its_place(
    path: Path, data: Path, opened: Open, listed: bool
) -> None:
    """Its log is lost, as on a disk that lies when the power fails. It once went over the document, as if recovered."""
    file = opened(path)
    file.edit(retitle("ลงแฟ้มแล้ว"))
    file.publish()
    file.edit(retitle("ยังไม่ลง", 1))
    killed = Path(shutil.copytree(data / "work", data / "killed"))
    file.close(publish=False)
    shutil.rmtree(data / "work")
    killed.rename(data / "work")
    (log,) = data.glob("work/*/work.sqlite-wal")
    log.unlink()
    again = told_as_damage(path, opened, listed=listed)
    again.close()
    assert titles(on_disk(path))[0] == "ลงแฟ้มแล้ว"


def test_other_work_that_cannot_be_looked_at_hides_none(path: Path, data: Path, opened: Open) -> None:
    leave_work(path, "ใหม่")
    other = data / "work" / ("0" * 32 + "-" + "1" * 32)
    (other / "work.sqlite-wal").mkdir(parents=True)  # SQLite cannot open it
    shutil.copyfile(path, other / "work.sqlite")
    assert len(left_work.unpublished_work()) == 1
    assert other.exists()
    assert opened(path).recovered is not None


def spoil_log(data: Path, text: str) -> None:
    """One byte of that text, in a session's log that it left, as it would be after its end by force."""
    killed = Path(shutil.copytree(data / "work", data / "killed"))
    (log,) = killed.glob("*/work.sqlite-wal")
    content = bytearray(log.read_bytes())
    content[content.index(text.encode())] ^= 1
    log.write_bytes(content)


def take_up(data: Path) -> None:
    shutil.rmtree(data / "work")
    (data / "killed").rename(data / "work")


@pytest.mark.parametrize("listed", [False, True])
@pytest.mark.parametrize("spoiled", ["สอง", "สาม"])
def test_changes_behind_a_spoiled_place_of_the_log_are_told(
    path: Path, data: Path, opened: Open, spoiled: str, listed: bool
) -> None:
    """SQLite passes over them without a word."""
    file = opened(path)
    for title in ("หนึ่ง", "สอง", "สาม"):
        file.edit(retitle(title))
    spoil_log(data, spoiled)
    file.close(publish=False)
    take_up(data)
    if listed:
        assert len(left_work.unpublished_work()) == 1
    again = opened(path)
    assert again.recovered is not None
    assert again.recovered.broken
    assert titles(again.snapshot)[0] == {"สอง": "หนึ่ง", "สาม": "สอง"}[spoiled]
    again.close()
    assert opened(path).recovered is None


@pytest.mark.parametrize("listed", [False, True])
def test_a_log_whose_every_new_change_is_lost_is_told_as_damage(
    path: Path, data: Path, opened: Open, listed: bool
) -> None:
    file = opened(path)
    file.edit(retitle("ลงแฟ้มแล้ว"))
    file.publish()
    file.edit(retitle("ยังไม่ลง"))
    spoil_log(data, "ยังไม่ลง")
    file.close(publish=False)
    take_up(data)
    told_as_damage(path, opened, listed=listed)


def test_a_whole_log_is_not_told(path: Path, data: Path, opened: Open) -> None:
    file = opened(path)
    for number in range(400):  # until SQLite has begun the log anew
        file.edit(retitle(f"{number} " * 1000))
    shutil.copytree(data / "work", data / "killed")
    file.close(publish=False)
    take_up(data)
    again = opened(path)
    assert again.recovered is not None
    assert not again.recovered.broken
    assert titles(again.snapshot)[0] == "399 " * 1000
