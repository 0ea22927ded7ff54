"""The log tells what happened and where, and nothing of the office, its clerk or their files."""

import errno
import logging
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from itadesk import error_log

SECRET = "นางสาวสมศรี ใจดี"


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The log's file, in a folder that names its owner."""
    monkeypatch.setenv("ITADESK_DATA", str(tmp_path / "สมศรี"))
    before = list(logging.getLogger().handlers)
    error_log.start()
    yield tmp_path / "สมศรี" / "log" / "itadesk.log"
    for handler in set(logging.getLogger().handlers) - set(before):
        logging.getLogger().removeHandler(handler)
        handler.close()


def fail() -> None:
    try:
        raise KeyError(SECRET)
    except KeyError as error:
        raise OSError(errno.ENOSPC, SECRET, SECRET) from error


def logged(log: Path) -> str:
    logger = logging.getLogger("itadesk.test")
    try:
        fail()
    except OSError:
        logger.exception("no backup of %s, %d bytes", Path(SECRET), 42)
    return log.read_text(encoding="utf-8")


def test_an_error_is_told_by_kind_and_place_without_its_text(log: Path) -> None:
    told = logged(log)
    assert "no backup of …, 42 bytes" in told
    assert f"{__name__}:" in told
    assert " fail\n" in told
    assert f"OSError ({errno.ENOSPC})" in told
    assert "because of:" in told
    assert "KeyError" in told
    assert SECRET not in told
    assert "สมศรี" not in told
    assert str(Path.home()) not in told


def test_sqlite_says_which_fault(log: Path) -> None:
    with pytest.raises(sqlite3.OperationalError) as caught:
        sqlite3.connect(":memory:").execute(f"SELECT '{SECRET}' FROM nothing")
    told = error_log.trace(caught.value)
    assert "sqlite3.OperationalError (SQLITE_ERROR)" in told
    assert SECRET not in told


def test_an_endless_recursion_is_told_by_its_ends() -> None:
    def again(depth: int) -> int:
        return again(depth + 1)

    with pytest.raises(RecursionError) as caught:
        again(0)
    assert len(error_log.trace(caught.value).splitlines()) < 50


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('QFile: "/srv/somsri/งาน.itadesk" not found', "QFile: … not found"),
        (r"cannot open D:\Office\somsri\a.txt now", "cannot open … now"),
        (f"text {SECRET} end", "text … … end"),
        ("QFont: point size 0", "QFont: point size 0"),
    ],
)
def test_what_others_say_is_told_without_what_they_quote(said: str, told: str) -> None:
    assert error_log.harmless(said) == told


def test_the_log_has_two_parts_of_a_limited_size(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(error_log, "LIMIT", 2_000)
    for _ in range(60):
        logged(log)
    sizes = {path.name: path.stat().st_size for path in log.parent.iterdir()}
    assert set(sizes) == {"itadesk.log", "itadesk.log.1"}
    assert all(size < 4_000 for size in sizes.values())


def test_a_disk_that_takes_no_log_is_no_error(log: Path) -> None:
    logged(log)
    (handler,) = [one for one in logging.getLogger().handlers if isinstance(one, error_log._Handler)]
    handler.close()
    log.unlink()
    log.mkdir()
    logging.getLogger("itadesk.test").error("still here")


def test_a_folder_that_cannot_be_made_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ITADESK_DATA", str(tmp_path / "file"))
    before = list(logging.getLogger().handlers)
    error_log.start()
    assert logging.getLogger().handlers == before
