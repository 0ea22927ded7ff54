"""Two copies of a real file merged, a template that joins: each one undo step, each known to the district."""

import contextlib
import shutil
from pathlib import Path

import pytest
from storage.collection.offices import arrived
from storage.conftest import Open
from storage.office import YEAR, measure_id, on_disk

from itadesk.domain import copy_join
from itadesk.domain.choices import Choice, wanted
from itadesk.domain.lineage import Relation, relation
from itadesk.domain.model import (
    Evidence,
    FiscalYear,
    Joined,
    Measure,
    Progress,
    Sending,
    Status,
    TemplateMeasure,
    new_id,
)
from itadesk.domain.snapshot import ChangeSet, Snapshot
from itadesk.domain.template_join import begun, joining, made
from itadesk.domain.ways import same_content
from itadesk.storage import choice_operations, operations, other_copy, past
from itadesk.storage.office_file import OfficeFile
from itadesk.storage.operations import add_row, set_field


@pytest.fixture
def other(path: Path, tmp_path: Path) -> Path:
    """A copy of the document that another clerk has taken home."""
    return Path(shutil.copyfile(path, tmp_path / "สำเนา.itadesk"))


def retitle(path: Path, number: int, title: str, name: str = "title") -> None:
    with contextlib.closing(OfficeFile.open(path, user="สมชาย")) as file:
        file.edit(lambda edit: set_field(edit, Measure, measure_id(number), name, title))


def merge(file: OfficeFile, path: Path, choose=wanted) -> ChangeSet:  # type: ignore[no-untyped-def]
    with contextlib.closing(other_copy.opened(path, file)) as copy:
        comparison = copy_join.compare(file.snapshot, copy.content, copy.our_own, copy.their_own)
        chosen: list[Choice] = choose(comparison.choices)
        return file.edit(
            lambda edit: choice_operations.join_copy(edit, comparison, chosen, copy.attached, copy.past)
        )


def test_each_clerk_s_work_is_in_the_merged_file(path: Path, other: Path, opened: Open) -> None:
    retitle(other, 0, "แก้ที่บ้าน")
    file = opened(path)
    file.edit(lambda edit: set_field(edit, Measure, measure_id(1), "title", "แก้ที่ทำงาน"))
    merge(file, other)
    titles = [row.title for row in file.snapshot.children(Measure, YEAR)]
    assert titles[:2] == ["แก้ที่บ้าน", "แก้ที่ทำงาน"]


def test_merging_with_an_unchanged_copy_or_twice_changes_nothing(
    path: Path, other: Path, opened: Open
) -> None:
    file = opened(path)
    assert not merge(file, other)
    retitle(other, 0, "แก้ที่บ้าน")
    assert merge(file, other)
    assert not merge(file, other)


def test_the_merged_file_comes_after_both_copies_and_no_longer_once_undone(
    path: Path, other: Path, opened: Open
) -> None:
    retitle(other, 0, "แก้ที่บ้าน")
    file = opened(path)
    file.edit(lambda edit: set_field(edit, Measure, measure_id(1), "title", "แก้ที่ทำงาน"))
    file.publish()
    theirs, before = arrived(other).past, arrived(path).past
    assert relation(before, theirs) is Relation.FORK
    change = merge(file, other)
    file.publish()
    merged = arrived(path).past
    assert relation(before, merged) is Relation.NEWER
    assert relation(theirs, merged) is Relation.NEWER
    file.replay(change.inverted())
    assert relation(theirs, file.read(past.read)) is Relation.FORK
    file.replay(change)
    assert relation(theirs, file.read(past.read)) is Relation.NEWER


def test_a_copy_that_went_on_is_merged_again_and_known_by_its_newest_version(
    path: Path, other: Path, opened: Open
) -> None:
    retitle(other, 0, "หนึ่ง")
    file = opened(path)
    file.edit(lambda edit: set_field(edit, Measure, measure_id(1), "title", "แก้ที่ทำงาน"))
    merge(file, other)
    retitle(other, 0, "สอง")
    merge(file, other, list)  # both were changed within one second: neither is proposed
    assert file.snapshot.all(Measure)[measure_id(0)].title == "สอง"
    assert relation(arrived(other).past, file.read(past.read)) is Relation.NEWER
    assert not merge(file, other)


def test_attached_files_come_with_what_they_are_attached_to(path: Path, other: Path, opened: Open) -> None:
    with contextlib.closing(OfficeFile.open(other, user="สมชาย")) as copy:

        def attach(edit):  # type: ignore[no-untyped-def]
            sha = edit.attach(b"%PDF-1.7 evidence", "application/pdf")
            add_row(edit, Evidence, measure_id(0), title="ใหม่", attachment=sha, file_name="ใหม่.pdf")

        copy.edit(attach)
    file = opened(path)
    merge(file, other)
    (evidence,) = (row for row in file.snapshot.all(Evidence).values() if row.title == "ใหม่")
    assert evidence.attachment is not None
    assert file.attachment(evidence.attachment) == b"%PDF-1.7 evidence"
    file.publish()
    assert same_content(on_disk(path), file.snapshot)


def test_what_one_copy_deleted_goes_only_when_the_clerk_says_so(
    path: Path, other: Path, opened: Open
) -> None:
    with contextlib.closing(OfficeFile.open(other, user="สมชาย")) as copy:
        copy.edit(lambda edit: operations.delete_measures(edit, [measure_id(0)]))
    file = opened(path)
    merge(file, other)
    assert measure_id(0) in file.snapshot.all(Measure)
    merge(file, other, list)
    assert measure_id(0) not in file.snapshot.all(Measure)


def test_the_newer_of_two_texts_is_proposed(path: Path, other: Path, opened: Open) -> None:
    retitle(other, 0, "เก่ากว่า")
    with contextlib.closing(OfficeFile.open(other, user="สมชาย")) as copy:
        copy._editing_now().connection.execute("UPDATE history SET at = '2020-01-01T08:00:00'")
        copy.edit(lambda edit: set_field(edit, Measure, measure_id(2), "title", "อื่น"))
    file = opened(path)
    file.edit(lambda edit: set_field(edit, Measure, measure_id(0), "title", "ใหม่กว่า"))
    merge(file, other)
    assert file.snapshot.all(Measure)[measure_id(0)].title == "ใหม่กว่า"
    assert file.snapshot.all(Measure)[measure_id(2)].title == "อื่น"


# Templates


def template_of(path: Path, folder: Path, **titles: str) -> Snapshot:
    """The content of a template file made from the document."""
    with contextlib.closing(OfficeFile.view(path)) as file:
        year = file.snapshot.all(FiscalYear)[YEAR]
        out = folder / f"{new_id()}.itadesk"
        OfficeFile.create(out, made(file.snapshot, year, units=True), user="อำเภอ").close()
    with contextlib.closing(OfficeFile.open(out, user="อำเภอ")) as file:
        for number, title in titles.items():
            row = measure_id(int(number.removeprefix("m")))
            file.edit(lambda edit, row=row, title=title: set_field(edit, Measure, row, "title", title))
    return on_disk(out)


def test_a_template_file_is_a_clean_office_file_without_an_office(path: Path, tmp_path: Path) -> None:
    content = template_of(path, tmp_path)
    assert content.office.full_name == ""
    assert len(content.all(Measure)) == 4
    assert not content.all(Progress)
    assert not content.all(Sending)


def test_a_later_template_joins_as_one_step(path: Path, tmp_path: Path, opened: Open) -> None:
    office = on_disk(path).office
    year = FiscalYear(id=new_id(), office_id=office.id, year=2569)
    place = tmp_path / "office.itadesk"
    rows = [office, year, *begun(template_of(path, tmp_path), office, year)]
    OfficeFile.create(place, rows, user="สมศรี").close()
    file = opened(place)
    first, second = file.snapshot.children(Measure, year.id)[:2]
    file.edit(lambda edit: set_field(edit, Measure, first.id, "title", "ของเรา"))
    file.edit(lambda edit: operations.set_status(edit, [first.id], 6, Status.DONE))
    before = file.snapshot
    later = template_of(path, tmp_path, m0="ใหม่หนึ่ง", m1="ใหม่สอง")
    result = joining(file.snapshot, year, later)
    change = file.edit(
        lambda edit: choice_operations.join_template(edit, year, result, wanted(result.choices))
    )
    assert [row.title for row in file.snapshot.children(Measure, year.id)][:2] == ["ของเรา", "ใหม่สอง"]
    assert file.snapshot.all(Progress) == before.all(Progress)
    again = joining(file.snapshot, year, later)
    assert not file.edit(
        lambda edit: choice_operations.join_template(edit, year, again, wanted(again.choices))
    )
    file.replay(change.inverted())
    assert same_content(file.snapshot, before)
    assert second.title == "มาตรการที่ 1"


def test_a_template_for_a_year_that_is_not_there_brings_it(path: Path, tmp_path: Path, opened: Open) -> None:
    later = template_of(path, tmp_path)
    file = opened(path)
    year = FiscalYear(id=new_id(), office_id=file.snapshot.office.id, year=2570)
    result = joining(file.snapshot, year, later)
    file.edit(lambda edit: choice_operations.join_template(edit, year, result, wanted(result.choices)))
    assert len(file.snapshot.children(Measure, year.id)) == 4
    assert len(file.snapshot.children(TemplateMeasure, year.id)) == 4
    file.publish()
    assert same_content(on_disk(path), file.snapshot)


def test_what_was_merged_in_is_in_the_copy_that_is_sent(
    path: Path, other: Path, tmp_path: Path, opened: Open
) -> None:
    from itadesk.storage.package import Contents

    retitle(other, 0, "แก้ที่บ้าน")
    file = opened(path)
    merge(file, other)
    out = tmp_path / "ส่ง.itadesk"
    file.pack(out, Contents())
    assert on_disk(out).all(Joined)
    assert not on_disk(out).all(TemplateMeasure)
    assert relation(arrived(other).past, arrived(out).past) is Relation.NEWER
