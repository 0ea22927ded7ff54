"""A file for the user is written whole or not at all, and a refusal says what to do."""

import errno
import os
from pathlib import Path

import pytest

from itadesk import whole_file
from itadesk.errors import UserError


def test_what_is_written_replaces_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "รายงาน.pdf"
    path.write_bytes(b"old and longer")
    whole_file.write(path, b"new")
    assert whole_file.read(path) == b"new"
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        whole_file.write(tmp_path / "gone" / "report.pdf", b"report")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="no folder refuses this user")
def test_a_folder_that_refuses_is_told_and_the_old_file_stays(tmp_path: Path) -> None:
    old = tmp_path / "report.pdf"
    old.write_bytes(b"old")
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(UserError):
            whole_file.write(old, b"new")
    finally:
        tmp_path.chmod(0o700)
    assert old.read_bytes() == b"old"


def test_a_folder_in_the_place_of_the_file_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").mkdir()
    with pytest.raises(UserError):
        whole_file.write(tmp_path / "report.pdf", b"report")
    assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]


def test_a_full_disk_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "report.pdf"
    old.write_bytes(b"old")

    def full(_number: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError, match="full"):
        whole_file.write(old, b"new")
    assert old.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.pdf"]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        whole_file.read(tmp_path / "none.json")
