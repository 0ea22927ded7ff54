"""The history says who changed what and when: one entry a row, day and user, true to first and last."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from storage.conftest import Open
from storage.office import YEAR, ask, measure_id, retitle

from itadesk.domain.model import Measure, Status
from itadesk.storage import history, office_file, operations
from itadesk.storage.office_file import OfficeFile
from itadesk.storage.operations import set_field


class Calendar(dt.datetime):
    """A clock that stands still on the day the test says."""

    today_is = dt.datetime(2026, 11, 21, 9, 0)

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> Any:
        return cls.today_is


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> type[Calendar]:
    monkeypatch.setattr(office_file.dt, "datetime", Calendar)
    Calendar.today_is = dt.datetime(2026, 11, 21, 9, 0)
    return Calendar


def entries(file: OfficeFile) -> list[tuple[Any, ...]]:
    """(who, table, op, before, after) of the published document, in the order of the edits' times."""
    file.publish()
    rows = ask(file.path, "SELECT who, table_name, op, before, after FROM history ORDER BY at, row_id")
    return [(*row[:3], *(json.loads(str(image)) if image else None for image in row[3:])) for row in rows]


def test_a_new_document_has_no_history(path: Path, opened: Open) -> None:
    assert entries(opened(path)) == []


def test_typing_in_one_row_is_one_entry_from_first_to_last(path: Path, opened: Open) -> None:
    file = opened(path)
    for title in ("ก", "กข", "กขค"):
        file.edit(retitle(title))
    file.edit(lambda edit: set_field(edit, Measure, measure_id(0), "heading", "หัวข้อ"))
    assert entries(file) == [
        (
            "สมศรี",
            "measure",
            "update",
            {"title": "มาตรการที่ 0", "heading": ""},
            {"title": "กขค", "heading": "หัวข้อ"},
        )
    ]


def test_what_is_undone_the_same_day_leaves_no_entry(path: Path, opened: Open) -> None:
    file = opened(path)
    changes = [
        file.edit(retitle("ใหม่")),
        file.edit(lambda edit: operations.add_measure(edit, YEAR, title="เพิ่ม")),
        file.edit(lambda edit: operations.delete_measures(edit, [measure_id(1)])),
    ]
    assert len(entries(file)) == 5
    for change in reversed(changes):
        file.replay(change.inverted())
    assert entries(file) == []


def test_other_days_and_other_users_have_their_own_entries(
    path: Path, opened: Open, calendar: type[Calendar]
) -> None:
    for day, user in ((21, "สมศรี"), (22, "สมศรี"), (22, "สมชาย")):
        calendar.today_is = dt.datetime(2026, 11, day, 9, 0)
        file = opened(path, user=user)
        file.edit(retitle(f"{day} {user}"))
        file.close()
    assert [(who, after["title"]) for who, _table, _op, _before, after in entries(opened(path))] == [
        ("สมศรี", "21 สมศรี"),
        ("สมศรี", "22 สมศรี"),
        ("สมชาย", "22 สมชาย"),
    ]


def test_a_row_that_was_changed_and_deleted_is_kept_as_it_was_that_morning(path: Path, opened: Open) -> None:
    file = opened(path)
    file.edit(retitle("ใหม่"))
    file.edit(lambda edit: operations.delete_measures(edit, [measure_id(0)]))
    (deleted,) = [entry for entry in entries(file) if entry[1] == "measure"]
    assert deleted[2] == "delete"
    assert deleted[3]["title"] == "มาตรการที่ 0"
    assert deleted[4] is None


def test_a_row_that_came_and_changed_is_entered_as_it_became(path: Path, opened: Open) -> None:
    file = opened(path)
    file.edit(lambda edit: operations.set_status(edit, [measure_id(0)], 12, Status.IN_PROGRESS))
    file.edit(lambda edit: operations.set_status(edit, [measure_id(0)], 12, Status.DONE))
    (entry,) = entries(file)
    assert entry[1:4] == ("progress", "insert", None)
    assert entry[4]["status"] == "done"


def test_moving_a_row_enters_nothing_for_its_neighbours(path: Path, opened: Open) -> None:
    file = opened(path)
    file.edit(lambda edit: operations.move_measures(edit, [measure_id(3)], 0))
    assert entries(file) == []


def test_the_oldest_entries_go_first(
    path: Path, opened: Open, calendar: type[Calendar], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "LIMIT", 2)
    monkeypatch.setattr(history, "SLACK", 1)
    file = opened(path)
    days = []
    for day in (21, 22, 23, 24):
        calendar.today_is = dt.datetime(2026, 11, day, 9, 0)
        file.edit(retitle(f"วันที่ {day}"))
        days.append([after["title"][-2:] for *_rest, after in entries(file)])
    assert days[2:] == [["21", "22", "23"], ["23", "24"]]


def test_a_failed_edit_leaves_no_entry(path: Path, opened: Open) -> None:
    file = opened(path)
    with pytest.raises(LookupError):
        file.edit(lambda edit: [retitle("ใหม่")(edit), edit.delete(Measure, "0" * 32)])
    assert entries(file) == []
