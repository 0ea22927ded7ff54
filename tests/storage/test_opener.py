"""What is no sound file of ours is refused with its kind and a message, never with a traceback, and stays as it is."""

import io
import os
import random
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from storage.conftest import Open
from storage.office import OFFICE, YEAR, ask, beside, change, measure_id

from itadesk.domain.short_code import short_code
from itadesk.errors import UserError
from itadesk.storage import opener
from itadesk.storage.office_file import OfficeFile
from itadesk.storage.opener import Damaged, Foreign, Missing, Newer, Older, Rejected, Verdict

PAGE = 4096


def a_zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return buffer.getvalue()


def refused(path: Path, kind: type[UserError], opened: Open) -> None:
    """Neither opening nor looking nor verifying gets at the file, and nothing is left beside or changed in it."""
    before = path.read_bytes() if path.is_file() else None
    for how in (OfficeFile.open, OfficeFile.view):
        with pytest.raises(kind) as caught:
            opened(path, how)
        assert type(caught.value) is kind
        assert caught.value.message
        assert caught.value.advice
    assert beside(path) == []
    if before is not None:
        assert path.read_bytes() == before


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"x",
        b"%PDF-1.7\n" + b" " * 5000,
        a_zip(),
        "ข้อความ".encode() * 1000,
        b"SQLite format 3\0",
        bytes(8192),
    ],
    ids=["empty", "one byte", "pdf", "zip", "text", "cut header", "zeros"],
)
def test_other_files_are_foreign(place: Path, opened: Open, content: bytes) -> None:
    path = place / "แฟ้ม.itadesk"
    path.write_bytes(content)
    refused(path, Foreign, opened)
    assert opener.verify(path).verdict == Verdict.FOREIGN


@pytest.mark.parametrize(
    ("name", "said"), [("รายงาน.itadesk", "the sender"), ("รายงาน.pdf", "ends in .itadesk")]
)
def test_the_advice_for_a_foreign_file_fits_its_name(place: Path, name: str, said: str) -> None:
    path = place / name
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(Foreign) as refusal:
        OfficeFile.open(path, user="ผู้ทดสอบ")
    assert said in refusal.value.advice


def test_a_folder_is_foreign(place: Path, opened: Open) -> None:
    path = place / "โฟลเดอร์.itadesk"
    path.mkdir()
    refused(path, Foreign, opened)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes in folders are of Unix")
def test_a_pipe_is_foreign_and_nobody_waits_for_it(place: Path, path: Path, opened: Open) -> None:
    pipe = place / "ท่อ.itadesk"
    os.mkfifo(pipe)
    for how in (OfficeFile.open, OfficeFile.view):
        with pytest.raises(Foreign):
            opened(pipe, how)
    assert opener.verify(pipe).verdict == Verdict.FOREIGN
    with pytest.raises(UserError):
        opened(path).save_as(pipe)


def test_a_name_no_disk_takes_is_missing(place: Path, opened: Open) -> None:
    for how in (OfficeFile.open, OfficeFile.view):
        with pytest.raises(Missing):
            opened(place / ("ก" * 300 + ".itadesk"), how)


@pytest.mark.parametrize("device", ["/dev/null", "/dev/zero"])
def test_a_device_is_foreign(device: str, opened: Open) -> None:
    if not Path(device).exists():
        pytest.skip("devices are no files there")
    for how in (OfficeFile.open, OfficeFile.view):
        with pytest.raises(Foreign):
            opened(Path(device), how)


def test_a_database_of_another_program_is_foreign(place: Path, opened: Open) -> None:
    path = place / "แฟ้ม.itadesk"
    change(path, "CREATE TABLE measure (id TEXT)")
    refused(path, Foreign, opened)


def test_nothing_is_missing(place: Path, opened: Open) -> None:
    refused(place / "ไม่มี.itadesk", Missing, opened)
    with pytest.raises(Missing):
        opener.verify(place / "ไม่มี.itadesk")


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("PRAGMA user_version = 0", Older),
        ("PRAGMA user_version = -5", Older),
        ("UPDATE doc SET min_reader = 2", Newer),
        ("PRAGMA application_id = 1", Foreign),
        ("CREATE TABLE extra (x)", Rejected),
        ("CREATE VIEW extra AS SELECT 1", Rejected),
        ("CREATE TRIGGER extra AFTER INSERT ON unit BEGIN DELETE FROM measure; END", Rejected),
        ("CREATE INDEX extra ON unit (name)", Rejected),
        ("ALTER TABLE unit ADD COLUMN extra TEXT", Rejected),
        ("DROP TABLE setting", Rejected),
        ("UPDATE doc SET role = 'collection'", Rejected),
        ("DELETE FROM doc", Damaged),
        ("DELETE FROM office", Damaged),
        ("UPDATE document SET date = '2026-99-99'", Damaged),
        ("INSERT INTO attachment VALUES (hex(zeroblob(32)), 3, 'image/png', x'010203')", Damaged),
        ("UPDATE unit SET name = CAST(x'ff' AS TEXT)", Damaged),
    ],
)
def test_what_is_wrong_inside_has_its_kind(
    path: Path, opened: Open, statement: str, kind: type[UserError]
) -> None:
    change(path, statement)
    refused(path, kind, opened)


def test_broken_constraints_are_seen(path: Path, opened: Open) -> None:
    # integrity_check on a read-only connection would skip them.
    change(path, "PRAGMA ignore_check_constraints = ON", "UPDATE progress SET round = 7")
    refused(path, Damaged, opened)


@pytest.mark.parametrize("column", ["uuid", "branch"])
@pytest.mark.parametrize(
    "value",
    ["''", "'..'", "'*'", "'a' || char(0)", "'../../../tmp/evil'", "hex(zeroblob(400))", "upper(uuid) || ' '",
     "uuid || char(0)", "replace(uuid, substr(uuid, 1, 1), '/')", "hex(x'ffffffffffffffffffffffffffffffff')"],
)  # fmt: skip
def test_an_id_that_names_folders_holds_nothing_else(
    path: Path, data: Path, opened: Open, column: str, value: str
) -> None:
    before = sorted(data.rglob("*"))
    change(path, "PRAGMA ignore_check_constraints = ON", f"UPDATE doc SET {column} = {value}")
    refused(path, Damaged, opened)
    assert sorted(data.rglob("*")) == before


@pytest.mark.parametrize("revision", [2**63 - 1, 2**31, 2**31 - 1, -1])
def test_a_revision_leaves_room_for_edits(path: Path, opened: Open, revision: int) -> None:
    change(path, "PRAGMA ignore_check_constraints = ON", f"UPDATE doc SET revision = {revision}")
    refused(path, Damaged, opened)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM lineage",
        "UPDATE doc SET revision = 7",
        "UPDATE doc SET branch = replace(branch, 'a', 'b')",
    ],
)
def test_a_file_that_does_not_say_where_it_comes_from_is_altered(
    path: Path, opened: Open, statement: str
) -> None:
    change(
        path,
        "UPDATE lineage SET branch = 'a' || substr(branch, 2)",
        "UPDATE doc SET branch = 'a' || substr(branch, 2)",
    )
    assert not any("comes from" in problem for problem in opener.verify(path).problems)
    change(path, statement)
    report = opener.verify(path)
    assert report.verdict == Verdict.ALTERED
    assert any("comes from" in problem for problem in report.problems)
    file = opened(path)
    assert file.altered
    file.publish(force=True)
    assert opener.verify(path).verdict == Verdict.CLEAN


def test_statistics_and_free_pages_of_another_tool_are_no_fault(path: Path, opened: Open) -> None:
    change(path, "ANALYZE")
    assert opener.verify(path).verdict == Verdict.CLEAN


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.99])
def test_a_truncated_file_is_damaged(path: Path, opened: Open, keep: float) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * keep)])
    refused(path, Damaged, opened)


def test_a_short_tail_of_the_mail_program_does_no_harm_and_a_long_one_is_refused(
    path: Path, opened: Open
) -> None:
    content = path.read_bytes()
    path.write_bytes(content + b"\r\n--boundary--")
    report = opener.verify(path)
    assert report.verdict == Verdict.CLEAN
    (remark,) = report.problems
    assert "14" in remark
    path.write_bytes(content + bytes(1 << 20))
    refused(path, Damaged, opened)


def test_a_header_of_wal_mode_is_mended_in_the_copy(path: Path, opened: Open) -> None:
    change(path, "PRAGMA journal_mode = WAL")
    assert path.read_bytes()[18:20] == b"\2\2"
    before = path.read_bytes()
    assert opened(path, OfficeFile.view).snapshot.fiscal_years
    assert path.read_bytes() == before


def test_companions_beside_a_received_file_are_never_read(path: Path) -> None:
    other = path.with_name("other.itadesk")
    shutil.copyfile(path, other)
    writer = sqlite3.connect(other)
    writer.execute("PRAGMA journal_mode = WAL")
    writer.execute("UPDATE measure SET title = 'จากแฟ้มข้างเคียง'")
    writer.commit()
    for companion in ("-wal", "-journal"):
        shutil.copyfile(f"{other}-wal", f"{path}{companion}")
    writer.close()
    assert opener.verify(path).verdict == Verdict.CLEAN


def damage(content: bytes, seed: int) -> bytes:
    """One of many ways a disk or a mail gateway spoils a file."""
    chance = random.Random(seed)
    spoiled = bytearray(content)
    ways: list[Callable[[], None]] = [
        lambda: spoiled.__setitem__(chance.randrange(len(spoiled)), chance.randrange(256)),
        lambda: spoiled.__setitem__(chance.randrange(100), chance.randrange(256)),
        lambda: spoiled.__setitem__(chance.randrange(PAGE), chance.randrange(256)),
        lambda: spoiled.__setitem__(
            slice(at := PAGE * chance.randrange(len(spoiled) // PAGE), at + PAGE), bytes(PAGE)
        ),
        lambda: spoiled.__delitem__(slice(chance.randrange(len(spoiled)), None)),
        lambda: spoiled.extend(chance.randbytes(chance.randrange(100_000))),
    ]
    way = chance.choice(ways)
    for _ in range(chance.choice([1, 1, 4, 32])):
        if spoiled:
            way()
    return bytes(spoiled)


@pytest.mark.parametrize("seed", range(4))
def test_damage_never_crashes_and_never_passes_for_the_original(path: Path, seed: int) -> None:
    original = path.read_bytes()
    content = OfficeFile.view(path)
    content.close()
    verdicts: set[Verdict] = set()
    for number in range(60):
        path.write_bytes(damage(original, seed * 1000 + number))
        report = opener.verify(path)
        verdicts.add(report.verdict)
        if report.verdict == Verdict.CLEAN:
            file = OfficeFile.view(path)
            file.close()
            assert file.snapshot == content.snapshot
        else:
            assert all(report.problems)
    assert Verdict.DAMAGED in verdicts


@pytest.mark.parametrize("key", [OFFICE, YEAR, measure_id(2)])
def test_a_key_damaged_anywhere_is_seen(path: Path, key: str) -> None:
    original = path.read_bytes()
    places = [found.start() for found in re.finditer(key.encode(), original)]
    assert len(places) >= 2, "in its table and in its index, which must both count"
    for place in places:
        path.write_bytes(original[:place] + b"f" + original[place + 1 :])
        assert opener.verify(path).verdict == Verdict.DAMAGED


def test_altered_content_is_told(path: Path) -> None:
    assert opener.verify(path).verdict == Verdict.CLEAN
    change(path, "UPDATE measure SET title = title || ' ' WHERE ordinal = 1")
    report = opener.verify(path)
    assert report.verdict == Verdict.ALTERED
    assert report.seal_code
    ((carried,),) = ask(path, "SELECT seal FROM doc")
    assert report.seal_code != short_code(str(carried))
