"""What is handed over to be taken in: files, folders with all below them, ZIP archives as others write them."""

import os
import zipfile
from pathlib import Path

import pytest

from itadesk.storage.collection.gather import gather


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "ส่งมา"
    folder.mkdir()
    return folder


@pytest.fixture
def room(tmp_path: Path) -> Path:
    room = tmp_path / "room"
    room.mkdir()
    return room


def put(path: Path, data: bytes = b"x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_a_folder_gives_all_below_it_in_order_and_nothing_of_the_system(folder: Path, room: Path) -> None:
    wanted = [put(folder / "ก.ITADESK"), put(folder / "ข.itadesk"), put(folder / "ย่อย" / "ค.itadesk")]
    put(folder / "ภาพ.jpg")
    for quiet in (".~lock.ก.itadesk#", "._ก.itadesk", "Thumbs.db", "desktop.ini", "~$บันทึก.docx"):
        put(folder / quiet)
    put(folder / ".git" / "ง.itadesk")
    found = gather([folder, wanted[0]], room)
    assert found.files == tuple(wanted)
    assert found.passed_over == ("ภาพ.jpg",)
    assert not found.refused


def test_a_link_back_to_a_folder_is_no_trap(folder: Path, room: Path) -> None:
    put(folder / "ก.itadesk")
    try:
        (folder / "กลับ").symlink_to(folder, target_is_directory=True)
    except OSError:
        pytest.skip("links to folders cannot be made here")
    assert len(gather([folder], room).files) == 1


def test_an_archive_keeps_files_of_one_name_apart_and_never_writes_outside(folder: Path, room: Path) -> None:
    archive = folder / "แนบ.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for number, name in enumerate(
            ("ก/แฟ้ม.itadesk", "ข/แฟ้ม.itadesk", "../../../หนี.itadesk", "/ราก.itadesk", "ภาพ.jpg")
        ):
            file.writestr(name, str(number))
        file.writestr("__MACOSX/._แฟ้ม.itadesk", "x")
    before = set(folder.rglob("*"))
    found = gather([archive], room)
    assert [(path.name, path.read_text()) for path in found.files] == [
        ("แฟ้ม.itadesk", "0"), ("แฟ้ม.itadesk", "1"), ("หนี.itadesk", "2"), ("ราก.itadesk", "3"),
    ]  # fmt: skip
    assert all(path.is_relative_to(room) for path in found.files)
    assert set(folder.rglob("*")) == before
    assert found.passed_over == ("ภาพ.jpg",)


@pytest.mark.parametrize("encoding", ["utf-8", "cp874"])
def test_a_thai_name_is_read_however_it_was_packed(folder: Path, room: Path, encoding: str) -> None:
    """Windows in Thai packs names in its own code page, other systems in UTF-8, and neither says so."""
    name = "อบต.โคกสะอาด_2569.itadesk"
    placeholder = "x" * len(name.encode(encoding))
    archive = folder / "แนบ.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr(placeholder, b"data")
    archive.write_bytes(archive.read_bytes().replace(placeholder.encode(), name.encode(encoding)))
    assert [path.name for path in gather([archive], room).files] == [name]


def test_a_spoiled_archive_is_told_and_a_spoiled_file_in_one_leaves_the_others(
    folder: Path, room: Path
) -> None:
    nothing = put(folder / "เสีย.zip", b"PK no archive at all")
    archive = folder / "แนบ.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("หนึ่ง.itadesk", b"first" * 100)
        file.writestr("สอง.itadesk", b"second" * 100)
    archive.write_bytes(archive.read_bytes().replace(b"first" * 100, b"f1rst" * 100))
    found = gather([nothing, archive], room)
    assert [path.name for path in found.files] == ["สอง.itadesk"]
    assert [path.name for path, _refusal in found.refused] == ["เสีย.zip", "หนึ่ง.itadesk"]
    assert all(refusal.advice for _path, refusal in found.refused)


def test_a_locked_file_and_one_larger_than_it_says_are_refused(folder: Path, room: Path) -> None:
    archive = folder / "แนบ.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("ลับ.itadesk", b"x")
        file.getinfo("ลับ.itadesk").flag_bits |= 1
        file.getinfo("ลับ.itadesk").flag_bits |= 0x800
    (refused,) = gather([archive], room).refused
    assert "password" in refused[1].message
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("โต.itadesk", bytes(3 << 20))
        file.getinfo("โต.itadesk").file_size = 10
    (refused,) = gather([archive], room).refused
    assert "cannot be unpacked" in refused[1].message
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("โต.itadesk", b"x")
        file.getinfo("โต.itadesk").file_size = 3 << 30
    found = gather([archive], room)
    assert not found.files
    assert len(found.refused) == 1


def test_a_search_can_be_given_up(folder: Path, room: Path) -> None:
    for number in range(5):
        put(folder / f"{number}.itadesk")
    asked: list[int] = []

    def watch(_far: int, _of: int) -> None:
        asked.append(1)
        if len(asked) > 2:
            raise KeyError

    with pytest.raises(KeyError):
        gather([folder], room, watch)
    assert len(asked) == 3


def test_an_archive_of_another_packing_that_is_spoiled_is_told(folder: Path, room: Path) -> None:
    archive = folder / "ส่ง.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_LZMA) as made:
        made.writestr("ก.itadesk", b"x" * 9000)
    content = bytearray(archive.read_bytes())
    content[60:80] = bytes(20)
    archive.write_bytes(content)
    found = gather([archive], room)
    assert not found.files
    ((_path, refusal),) = found.refused
    assert refusal.advice


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders here")
def test_a_pipe_is_not_waited_for(folder: Path, room: Path) -> None:
    os.mkfifo(folder / "ส่ง.zip")
    assert len(gather([folder], room).refused) == 1
