"""The history is read newest first, entry by entry, and what an entry tells can be taken back."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from storage.conftest import Open
from storage.office import ASSESSMENT, DOCUMENT, OFFICE, YEAR, an_id, change, measure_id
from storage.test_history import Calendar

from itadesk.domain.model import (
    Assessment,
    AssessmentIndicator,
    Deletion,
    Document,
    Evidence,
    FiscalYear,
    Measure,
    Office,
    Progress,
    Status,
    Unit,
)
from itadesk.errors import UserError
from itadesk.storage import (
    bin_operations,
    history_operations,
    history_reading,
    office_file,
    operations,
)
from itadesk.storage.bin_operations import Restored
from itadesk.storage.edit import Edit
from itadesk.storage.history_reading import Entry, Wanted
from itadesk.storage.office_file import OfficeFile

M = [measure_id(number) for number in range(4)]
_Act = Callable[[Edit], object]


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> type[Calendar]:
    monkeypatch.setattr(office_file.dt, "datetime", Calendar)
    return Calendar


@pytest.fixture
def days(path: Path, opened: Open, calendar: type[Calendar]) -> Callable[..., OfficeFile]:
    """Do one act a day, by turns of two people; the file stays open for the last of them."""
    files: list[OfficeFile] = []

    def run(*acts: _Act) -> OfficeFile:
        for number, act in enumerate(acts):
            calendar.today_is = dt.datetime(2026, 11, 1 + number, 9, 0)
            if files:
                files.pop().close()
            files.append(opened(path, user=("สมศรี", "สมชาย")[number % 2]))
            files[0].edit(act)
        calendar.today_is += dt.timedelta(days=1)
        return files[0]

    return run


def set_title(title: str, number: int = 0) -> _Act:
    return lambda edit: operations.set_field(edit, Measure, M[number], "title", title)


def read(file: OfficeFile, **wanted: Any) -> list[Entry]:
    return file.read(lambda database: list(history_reading.entries(database, Wanted(**wanted))))


def later(file: OfficeFile, entry: Entry) -> list[Entry]:
    return file.read(lambda database: history_reading.later(database, entry))


def undo(file: OfficeFile, entry: Entry) -> Restored:
    results: list[Restored] = []
    file.edit(lambda edit: results.append(history_operations.undo_entry(edit, entry)))
    return results[0]


def of(entries: list[Entry], row_class: type[Any]) -> Entry:
    (found,) = [entry for entry in entries if entry.row_class is row_class]
    return found


def test_entries_come_newest_first_with_values_of_the_domain(days: Callable[..., OfficeFile]) -> None:
    file = days(
        set_title("ก"),
        lambda edit: operations.set_field(edit, Document, DOCUMENT, "date", dt.date(2026, 4, 1)),
        lambda edit: operations.set_field(edit, Assessment, ASSESSMENT, "total", Decimal("80.05")),
        lambda edit: operations.set_status(edit, [M[0]], 6, Status.DONE),
    )
    told = [
        (entry.at.day, entry.who, entry.op, dict(entry.before), dict(entry.after)) for entry in read(file)
    ]
    assert told == [
        (4, "สมชาย", "update", {"status": Status.IN_PROGRESS}, {"status": Status.DONE}),
        (3, "สมศรี", "update", {"total": Decimal("74.83")}, {"total": Decimal("80.05")}),
        (2, "สมชาย", "update", {"date": dt.date(2026, 3, 31)}, {"date": dt.date(2026, 4, 1)}),
        (1, "สมศรี", "update", {"title": "มาตรการที่ 0"}, {"title": "ก"}),
    ]


def test_reading_goes_on_page_by_page(path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history_reading, "PAGE", 3)
    file = opened(path)
    # All at the same second: only their ids tell the pages apart.
    file.edit(lambda edit: [set_title(f"ใหม่ {n}", n)(edit) for n in range(4)])
    file.edit(lambda edit: operations.set_status(edit, M, 12, Status.DONE))
    every = read(file)
    assert len(every) == len({entry.id for entry in every}) == 8
    assert [entry.place for entry in every] == sorted((entry.place for entry in every), reverse=True)


def test_entries_of_a_person_and_since_a_day(days: Callable[..., OfficeFile]) -> None:
    file = days(*(set_title(f"วันที่ {day}") for day in (1, 2, 3)))
    assert file.read(history_reading.people) == ["สมชาย", "สมศรี"]
    assert [entry.at.day for entry in read(file, who="สมศรี")] == [3, 1]
    assert [entry.at.day for entry in read(file, since=dt.date(2026, 11, 2))] == [3, 2]


def test_entries_around_a_measure_tell_of_its_progress_and_evidence_gone_ones_too(
    days: Callable[..., OfficeFile],
) -> None:
    file = days(
        lambda edit: operations.set_field(edit, Evidence, an_id(3000), "title", "ภาพถ่าย"),
        lambda edit: operations.delete_row(edit, Evidence, an_id(3000)),
        lambda edit: operations.set_status(edit, M, 12, Status.DONE),
        lambda edit: [set_title("ก")(edit), set_title("ข", 1)(edit)],
    )
    told = [(entry.row_class, entry.op) for entry in read(file, around=(Measure, M[0]))]
    assert told == [(Measure, "update"), (Progress, "insert"), (Evidence, "delete"), (Evidence, "update")]


def test_notes_of_printing_and_the_bin_are_no_history(days: Callable[..., OfficeFile]) -> None:
    file = days(lambda edit: operations.delete_row(edit, Document, DOCUMENT))
    assert {entry.row_class.__name__ for entry in read(file)} == {
        "Document", "DocumentText", "Signatory", "Publication"
    }  # fmt: skip


@pytest.mark.parametrize(
    "image",
    ["no json", '{"title": 7}', "[1]", '"title"', "[" * 100_000, '{"continuous": "x"}'],
)
def test_an_entry_that_cannot_be_read_is_passed_over(
    path: Path, opened: Open, days: Callable[..., OfficeFile], image: str
) -> None:
    days(set_title("ก"), set_title("ข", 1)).close()
    change(path, f"UPDATE history SET after = '{image}' WHERE day = '2026-11-02'")
    assert [entry.row_id for entry in read(opened(path))] == [M[0]]


def test_a_value_is_set_back_as_one_step(days: Callable[..., OfficeFile]) -> None:
    def both(edit: Edit) -> None:
        set_title("ก")(edit)
        operations.set_field(edit, Measure, M[0], "heading", "หัวข้อ")

    file = days(both)
    (entry,) = read(file)
    file.edit(lambda edit: history_operations.restore_value(edit, entry, "title"))
    row = file.snapshot.all(Measure)[M[0]]
    assert (row.title, row.heading) == ("มาตรการที่ 0", "หัวข้อ")
    undo(file, entry)
    assert file.snapshot.all(Measure)[M[0]].heading == ""


def test_later_entries_that_touch_the_same_fields_are_known(days: Callable[..., OfficeFile]) -> None:
    file = days(
        set_title("ก"),
        lambda edit: operations.set_field(edit, Measure, M[0], "heading", "หัวข้อ"),
        set_title("ข"),
        set_title("ค", 1),
        lambda edit: operations.delete_measures(edit, [M[0]]),
    )
    first = read(file)[-1]
    assert [entry.at.day for entry in later(file, first)] == [5, 3]
    assert later(file, next(entry for entry in read(file) if entry.at.day == 4)) == []


def test_undoing_an_insertion_deletes_the_row_into_the_bin(days: Callable[..., OfficeFile]) -> None:
    file = days(lambda edit: operations.add_unit(edit, name="กองช่าง"))
    (entry,) = read(file)
    undo(file, entry)
    assert file.snapshot.get(Unit, entry.row_id) is None
    assert [row.title for row in file.snapshot.children(Deletion)] == ["กองช่าง"]
    with pytest.raises(UserError):
        undo(file, entry)


def test_undoing_a_deletion_takes_it_out_of_the_bin(days: Callable[..., OfficeFile]) -> None:
    file = days(lambda edit: operations.delete_measures(edit, [M[1]]))
    entry = of(read(file), Measure)
    undo(file, entry)
    assert [row.id for row in file.snapshot.children(Measure, YEAR)] == M
    assert not file.snapshot.children(Deletion)
    with pytest.raises(UserError):
        undo(file, entry)


def test_undoing_the_deletion_of_what_went_along_brings_the_whole_back(
    days: Callable[..., OfficeFile],
) -> None:
    file = days(lambda edit: operations.delete_measures(edit, [M[1]]))
    restored = undo(file, of(read(file), Evidence))
    assert [row.id for row in restored.rows] == [M[1]]
    assert file.snapshot.get(Evidence, an_id(3001))


def test_what_is_no_longer_in_the_bin_comes_back_out_of_the_history(days: Callable[..., OfficeFile]) -> None:
    before: list[Any] = []

    def delete(edit: Edit) -> None:
        before.append(edit.snapshot)
        operations.delete_measures(edit, [M[1]])

    file = days(
        delete, lambda edit: bin_operations.forget(edit, [row.id for row in edit.snapshot.children(Deletion)])
    )
    undo(file, of(read(file), Measure))
    assert [row.id for row in file.snapshot.children(Measure, YEAR)] == [M[0], M[2], M[3], M[1]]
    assert file.snapshot.all(Progress) == before[0].all(Progress)
    assert file.snapshot.all(Evidence).keys() == before[0].all(Evidence).keys()


def test_out_of_the_history_a_row_finds_its_place(days: Callable[..., OfficeFile]) -> None:
    def forget(edit: Edit, *kinds: str) -> None:
        deletions = edit.snapshot.children(Deletion)
        bin_operations.forget(edit, [row.id for row in deletions if row.table_name in kinds])

    file = days(
        lambda edit: operations.delete_measures(edit, [M[1]]),
        lambda edit: operations.delete_row(edit, FiscalYear, YEAR),
        lambda edit: forget(edit, "measure"),
    )
    deleted = read(file, since=dt.date(2026, 11, 1), who="สมศรี")
    entry = next(entry for entry in deleted if entry.row_id == M[1])
    with_year = file.edit(lambda edit: history_operations.undo_entry(edit, entry))
    assert {row.id for row in file.snapshot.children(Measure, YEAR)} == set(M)
    file.replay(with_year.inverted())
    file.edit(lambda edit: forget(edit, "fiscal_year"))
    with pytest.raises(UserError) as refused:
        undo(file, entry)
    assert "2569" in refused.value.advice
    file.edit(lambda edit: operations.add_fiscal_year(edit, 2569))
    undo(file, entry)
    assert file.snapshot.all(Measure)[M[1]].title == "มาตรการที่ 1"


def test_a_row_that_is_gone_says_what_to_do(days: Callable[..., OfficeFile]) -> None:
    file = days(set_title("ก"), lambda edit: operations.delete_measures(edit, [M[0]]))
    entry = read(file)[-1]
    with pytest.raises(UserError) as refused:
        file.edit(lambda edit: history_operations.restore_value(edit, entry, "title"))
    assert refused.value.advice


def test_a_score_that_was_typed_again_is_not_doubled(days: Callable[..., OfficeFile]) -> None:
    file = days(
        lambda edit: operations.set_indicator_score(edit, ASSESSMENT, 9, None),
        lambda edit: operations.set_indicator_score(edit, ASSESSMENT, 9, Decimal("1.00")),
    )
    with pytest.raises(UserError):
        undo(file, read(file)[-1])
    (score,) = file.snapshot.children(AssessmentIndicator, ASSESSMENT)
    assert score.score == Decimal("1.00")


def test_a_picture_that_is_not_kept_any_more_cannot_come_back(
    days: Callable[..., OfficeFile], opened: Open
) -> None:
    def emblem(data: bytes | None) -> _Act:
        return lambda edit: operations.set_picture(edit, "emblem", data)

    file = days(emblem(b"one"), emblem(b"two"))
    newest, oldest = read(file)
    file.close()  # "one" goes: the file is written without it
    file = opened(file.path)
    with pytest.raises(UserError) as refused:
        undo(file, newest)
    assert refused.value.advice
    undo(file, oldest)
    assert file.snapshot.all(Office)[OFFICE].emblem is None
