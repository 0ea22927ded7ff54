"""Dated copies: when they are made, which are kept with age and room."""

import datetime as dt
import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from storage.conftest import Open
from storage.office import an_office, on_disk, retitle, titles

from itadesk.storage import backup
from itadesk.storage.backup import Backup, backups, surplus

NOW = dt.datetime(2026, 11, 21, 10, 0)


def copies(*hours_ago: float, uuid: str = "u", size: int = 1, generation: int = 1) -> list[Backup]:
    return [
        Backup(Path(f"{uuid}-{hours}"), uuid, NOW - dt.timedelta(hours=hours), size, generation)
        for hours in hours_ago
    ]


def kept(all_copies: list[Backup], budget: int = 1 << 30) -> list[float]:
    gone = set(surplus(all_copies, NOW, budget))
    return [(NOW - copy.at) / dt.timedelta(hours=1) for copy in all_copies if copy not in gone]


def test_everything_of_two_days_is_kept() -> None:
    hours = [index / 2 for index in range(96)]
    assert kept(copies(*hours)) == hours


def test_older_copies_thin_out_to_days_weeks_and_months() -> None:
    years = copies(*(float(hours) for hours in range(49, 24 * 365 * 2, 6)))
    remaining = sorted(kept(years))
    assert len(remaining) == 7 + 4 + 12
    assert remaining[0] == 49
    gaps = [later - earlier for earlier, later in itertools.pairwise(remaining)]
    assert all(gap <= 24 for gap in gaps[:6])
    assert all(gap <= 24 * 14 for gap in gaps[6:10])
    assert all(gap <= 24 * 62 for gap in gaps[10:])


def test_rare_copies_are_all_kept() -> None:
    months = [24.0 * 31 * month for month in range(1, 12)]
    assert kept(copies(*months)) == months


def test_the_oldest_go_first_when_room_is_short_but_no_document_loses_its_newest() -> None:
    mine, others = copies(1, 2, 3, size=100), copies(40, 41, uuid="v", size=100)
    assert kept([*mine, *others], budget=250) == [1, 2, 40]
    assert kept([*mine, *others], budget=0) == [1, 40]


def test_the_last_copy_before_a_document_was_brought_up_to_a_new_generation_stays_for_ever() -> None:
    years = 24.0 * 366 * 5
    before = copies(years, years + 1, years + 30, size=100)
    after = copies(*(float(hours) for hours in range(1, 24 * 365 * 3, 12)), size=100, generation=2)
    assert kept([*before, *after], budget=0) == [years, 1]


@given(st.lists(st.tuples(st.floats(0, 20_000), st.sampled_from("uvw"), st.integers(1, 90)), max_size=60))
def test_thinning_twice_removes_nothing_more(found: list[tuple[float, str, int]]) -> None:
    every = [Backup(Path(str(n)), uuid, NOW - dt.timedelta(hours=hours), size, 1)
             for n, (hours, uuid, size) in enumerate(found)]  # fmt: skip
    gone = surplus(every, NOW, 1000)
    left = [copy for copy in every if copy not in gone]
    assert surplus(left, NOW, 1000) == []
    assert {copy.uuid for copy in left} == {copy.uuid for copy in every}


def test_a_document_is_backed_up_when_opened_once_a_content(path: Path, opened: Open) -> None:
    for _ in range(3):
        opened(path).close()
    (only,) = backups()
    assert on_disk(only.path) == an_office()


def test_saving_keeps_what_was_there_at_most_every_ten_minutes(
    path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = opened(path)
    for number in range(3):
        file.edit(retitle(f"ครั้งที่ {number}"))
        file.publish()
    assert len(backups()) == 1

    monkeypatch.setattr(backup, "INTERVAL", dt.timedelta(0))
    file.edit(retitle("ใหม่"))
    file.publish()
    assert [titles(on_disk(kept.path))[0] for kept in backups()][-1] == "ครั้งที่ 2"


def test_backing_up_publishes_and_keeps_the_result(path: Path, opened: Open) -> None:
    file = opened(path)
    file.edit(retitle("ใหม่"))
    file.back_up()
    assert titles(on_disk(path))[0] == "ใหม่"
    assert [titles(on_disk(kept.path))[0] for kept in backups()] == ["มาตรการที่ 0", "ใหม่"]


def test_a_backup_that_cannot_be_made_does_not_keep_the_document_from_being_saved(
    path: Path, data: Path, opened: Open, caplog: pytest.LogCaptureFixture
) -> None:
    (data / "backups").write_text("a file where the folder should be")
    file = opened(path)
    file.edit(retitle("ใหม่"))
    file.close()
    assert titles(on_disk(path))[0] == "ใหม่"
    assert "no backup" in caplog.text


def test_files_put_there_by_hand_are_left_alone(path: Path, data: Path, opened: Open) -> None:
    opened(path).close()
    (folder,) = data.glob("backups/*/")
    (folder / "สำเนาของฉัน.itadesk").write_bytes(b"x")
    assert len(backups()) == 1


def test_copies_of_a_future_give_way_first_and_never_to_the_last_true_one() -> None:
    """The clock was wrong for a day, as on a computer whose battery is empty."""
    found = copies(-80_000, -79_999, 1, 2, 100, size=100)
    assert kept(found) == [-80_000, -79_999, 1, 2, 100]
    assert kept(found, budget=300) == [1, 2, 100]
    assert kept(found, budget=0) == [1]


def test_a_clock_set_back_keeps_no_copy_from_being_made(
    path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There were once none until the clock had caught up, not even before what cannot be taken back."""
    opened(path).close()
    (ahead,) = backups()
    ahead.path.rename(ahead.path.with_name("20991231-235959-000000.itadesk"))
    file = opened(path)
    for number in range(3):
        file.edit(retitle(f"ครั้งที่ {number}"))
        file.back_up()
    assert backups()[0].at.year == 2099
    assert [titles(on_disk(copy.path))[0] for copy in backups()] == [
        "มาตรการที่ 0",
        "ครั้งที่ 0",
        "ครั้งที่ 1",
        "ครั้งที่ 2",
    ]
    file.edit(retitle("ในสิบนาที"))
    file.publish()
    file.edit(retitle("ในสิบนาทีเดียวกัน"))
    file.publish()
    assert len(backups()) == 4
