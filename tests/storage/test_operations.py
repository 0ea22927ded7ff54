"""Each verb does what its name says to the rows, and refuses what cannot be."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from storage.conftest import Open
from storage.office import (
    ASSESSMENT,
    DOCUMENT,
    EARLIER,
    OFFICE,
    YEAR,
    an_id,
    an_office,
    measure_id,
    titles,
)

from itadesk.domain.model import (
    AssessmentIndicator,
    Document,
    DocumentText,
    Evidence,
    Finding,
    FiscalYear,
    Measure,
    Office,
    Person,
    Phrase,
    Progress,
    Publication,
    Signatory,
    Status,
    Unit,
    new_id,
)
from itadesk.domain.open_round import Kept
from itadesk.domain.snapshot import Snapshot
from itadesk.errors import UserError
from itadesk.storage import merge_operations, operations
from itadesk.storage.office_file import OfficeFile

M = [measure_id(number) for number in range(4)]


@pytest.fixture
def file(path: Path, opened: Open) -> OfficeFile:
    return opened(path)


def run(file: OfficeFile, operation: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Run one operation as one edit and give its result."""
    results: list[Any] = []
    file.edit(lambda edit: results.append(operation(edit, *args, **kwargs)))
    return results[0]


def order(file: OfficeFile) -> list[str]:
    rows = file.snapshot.children(Measure, YEAR)
    assert all(row.ordinal < following.ordinal for row, following in pairwise(rows))
    return [row.id for row in rows]


def test_adding_measures_first_between_and_last(file: OfficeFile) -> None:
    last = run(file, operations.add_measure, YEAR, title="ท้าย")
    between = run(file, operations.add_measure, YEAR, M[0], title="แทรก")
    assert order(file) == [M[0], between, *M[1:], last]
    with pytest.raises(ValueError, match=M[0]):
        run(file, operations.add_measure, EARLIER, M[0])


def test_deleting_measures_takes_what_belongs_to_them(file: OfficeFile) -> None:
    run(file, operations.delete_measures, [M[0], M[2]])
    assert order(file) == [M[1], M[3]]
    assert {row.measure_id for row in file.snapshot.all(Progress).values()} == {M[1], M[3]}
    assert {row.measure_id for row in file.snapshot.all(Evidence).values()} == {M[1], M[3]}
    with pytest.raises(LookupError):
        run(file, operations.delete_measures, [M[0]])


def test_the_measures_behind_a_deleted_one_stay_as_they_are(file: OfficeFile) -> None:
    changes = file.edit(lambda edit: operations.delete_measures(edit, [M[1]]))
    assert changes.ids("measure") == {M[1]}
    added = run(file, operations.add_measure, YEAR, M[0], title="แทรก")
    assert order(file) == [M[0], added, M[2], M[3]]
    run(file, operations.delete_measures, [M[2]])
    run(file, operations.move_measures, [M[3]], 0)
    last = run(file, operations.add_measure, YEAR, title="ท้าย")
    assert order(file) == [M[3], M[0], added, last]


@pytest.mark.parametrize(
    ("ids", "to_index", "expected"),
    [
        ([3], 0, [3, 0, 1, 2]),
        ([0], 3, [1, 2, 3, 0]),
        ([0], 99, [1, 2, 3, 0]),
        ([3, 1], 1, [0, 1, 3, 2]),
        ([0, 1, 2, 3], 2, [0, 1, 2, 3]),
        ([2], 2, [0, 1, 2, 3]),
        ([], 0, [0, 1, 2, 3]),
    ],
)
def test_moving_measures(file: OfficeFile, ids: list[int], to_index: int, expected: list[int]) -> None:
    run(file, operations.move_measures, [M[number] for number in ids], to_index)
    assert order(file) == [M[number] for number in expected]


def test_ticking_makes_progress_where_there_is_none(file: OfficeFile) -> None:
    run(file, operations.set_status, M, 12, Status.NOT_STARTED)
    assert file.snapshot.progress(M[0], 12) is None
    run(file, operations.set_status, M[:2], 12, Status.DONE)
    run(file, operations.set_status, M[:1], 12, Status.NOT_STARTED)
    ticked = [file.snapshot.progress(measure, 12) for measure in M]
    assert [row and row.status for row in ticked] == [Status.NOT_STARTED, Status.DONE, None, None]


def test_progress_keeps_what_is_not_said(file: OfficeFile) -> None:
    run(file, operations.set_progress, M[0], 6, outcome="ผลลัพธ์")
    progress = file.snapshot.progress(M[0], 6)
    assert progress is not None
    assert (progress.status, progress.result, progress.outcome) == (Status.IN_PROGRESS, "ผล", "ผลลัพธ์")


def test_units_and_people_keep_their_order(file: OfficeFile) -> None:
    added = run(file, operations.add_unit, name="กองช่าง")
    run(file, operations.move_row, Unit, added, 0)
    run(file, operations.delete_row, Unit, an_id(10))
    units = file.snapshot.children(Unit, OFFICE)
    assert [unit.name for unit in units] == ["กองช่าง", "กองคลัง"]
    person = run(file, operations.add_person, name="นายสมชาย")
    assert [row.id for row in file.snapshot.children(Person, OFFICE)] == [an_id(12), person]


def test_rows_of_other_kinds_are_added_in_order(file: OfficeFile) -> None:
    added = run(file, operations.add_row, Finding, YEAR, text="ข้อสอง")
    assert [row.id for row in file.snapshot.children(Finding, YEAR)] == [an_id(13), added]


def test_a_year_or_assessment_is_there_once(file: OfficeFile) -> None:
    year = run(file, operations.add_fiscal_year, 2570, analysed_year=2569)
    assert file.snapshot.get(FiscalYear, year) == FiscalYear(
        id=year, office_id=OFFICE, year=2570, analysed_year=2569
    )
    run(file, operations.add_assessment, 2569, total=Decimal("80.5"))
    for add, number in ((operations.add_fiscal_year, 2570), (operations.add_assessment, 2569)):
        with pytest.raises(UserError, match=str(number)):
            run(file, add, number)
    with pytest.raises(UserError):
        run(file, operations.set_field, FiscalYear, year, "year", 2569)


def test_deleting_a_year_takes_everything_in_it(file: OfficeFile) -> None:
    run(file, operations.delete_row, FiscalYear, YEAR)
    left = {type(row) for row in file.snapshot.rows()}
    assert not left & {Measure, Progress, Evidence, Document, DocumentText, Signatory, Finding}
    assert [year.year for year in file.snapshot.fiscal_years] == [2568]


def test_scores_of_indicators(file: OfficeFile) -> None:
    for indicator, score in ((9, Decimal("12.34")), (1, Decimal("100.00")), (2, None)):
        run(file, operations.set_indicator_score, ASSESSMENT, indicator, score)
    scores = {row.indicator: row.score for row in file.snapshot.children(AssessmentIndicator, ASSESSMENT)}
    assert scores == {9: Decimal("12.34"), 1: Decimal("100.00")}
    run(file, operations.set_indicator_score, ASSESSMENT, 9, None)
    assert [row.indicator for row in file.snapshot.children(AssessmentIndicator, ASSESSMENT)] == [1]
    with pytest.raises(UserError):
        run(file, operations.set_indicator_score, ASSESSMENT, 11, Decimal(1))


def test_the_wording_of_a_document(file: OfficeFile) -> None:
    for text, expected in (("ใหม่", ["ใหม่"]), (None, []), (None, []), ("", [""])):
        run(file, operations.set_document_text, DOCUMENT, "opening", text)
        assert [row.text for row in file.snapshot.children(DocumentText, DOCUMENT)] == expected


def test_signatories_are_replaced_and_known_ones_keep_their_identity(file: OfficeFile) -> None:
    first, second = file.snapshot.children(Signatory, DOCUMENT)
    new = Signatory(id=new_id(), document_id="", ordinal=7, name="ใหม่")
    run(file, operations.set_signatories, DOCUMENT, [new, replace(second, acting="รักษาราชการแทน")])
    rows = file.snapshot.children(Signatory, DOCUMENT)
    assert [(row.id, row.name, row.acting) for row in rows] == [
        (new.id, "ใหม่", ""),
        (second.id, second.name, "รักษาราชการแทน"),
    ]
    assert first.id not in file.snapshot.all(Signatory)


def test_publications_are_replaced_and_known_ones_keep_their_identity(file: OfficeFile) -> None:
    (known,) = file.snapshot.children(Publication, DOCUMENT)
    new = Publication(id=new_id(), document_id="", ordinal=7, oit_item="O43", url="https://example.go.th/o43")
    run(file, operations.set_publications, DOCUMENT, [new, replace(known, click_path="หน้าหลัก > ITA")])
    rows = file.snapshot.children(Publication, DOCUMENT)
    assert [(row.id, row.oit_item, row.click_path) for row in rows] == [
        (new.id, "O43", ""),
        (known.id, "O35", "หน้าหลัก > ITA"),
    ]
    run(file, operations.set_publications, DOCUMENT, [])
    assert file.snapshot.children(Publication, DOCUMENT) == []


def test_the_emblem(file: OfficeFile) -> None:
    run(file, operations.set_picture, "emblem", b"picture", "image/png")
    emblem = file.snapshot.office.emblem
    assert emblem is not None
    assert file.attachment(emblem) == b"picture"
    run(file, operations.set_picture, "emblem", None)
    assert file.snapshot.office.emblem is None


def incoming(*measures: Measure, year: int = 2569, progress: tuple[Progress, ...] = ()) -> Snapshot:
    return Snapshot.of(
        [Office(id=an_id(9)), FiscalYear(id=an_id(8), office_id=an_id(9), year=year), *measures, *progress]
    )


def a_measure(number: int, **values: Any) -> Measure:
    return Measure(id=an_id(7000 + number), fiscal_year_id=an_id(8), ordinal=number, **values)


def test_merging_adds_updates_and_leaves_alone(file: OfficeFile) -> None:
    theirs = incoming(
        a_measure(0, title="มาตรการที่ ๐", steps="ขั้นตอนใหม่"),
        a_measure(1, title=" มาตรการที่ 1"),
        a_measure(2, title="เรื่องใหม่", steps="ก"),
        progress=(
            Progress(id=an_id(6), measure_id=an_id(7000), round=6, status=Status.DONE),
            Progress(id=an_id(7), measure_id=an_id(7002), round=12, status=Status.DONE, result="เสร็จ"),
        ),
    )
    before = file.snapshot
    assert run(file, merge_operations.merge_measures, YEAR, theirs, "skip") == merge_operations.MergeResult(
        1, 0, 2
    )
    assert titles(file.snapshot) == [*titles(before), "เรื่องใหม่"]
    added = file.snapshot.children(Measure, YEAR)[-1]
    progress = file.snapshot.progress(added.id, 12)
    assert progress is not None
    assert (progress.status, progress.result) == (Status.DONE, "เสร็จ")

    assert run(file, merge_operations.merge_measures, YEAR, theirs, "update") == merge_operations.MergeResult(
        0, 1, 2
    )
    merged = file.snapshot.get(Measure, M[0])
    assert merged is not None
    assert (merged.title, merged.steps, merged.period) == ("มาตรการที่ 0", "ขั้นตอนใหม่", "ต.ค. 68 - ก.ย. 69")
    progress = file.snapshot.progress(M[0], 6)
    assert progress is not None
    assert (progress.status, progress.result) == (Status.DONE, "ผล")

    assert run(file, merge_operations.merge_measures, YEAR, theirs, "add") == merge_operations.MergeResult(
        3, 0, 0
    )
    assert len(order(file)) == 8


def test_the_12_month_round_begins_where_the_6_month_round_ended(file: OfficeFile) -> None:
    run(file, operations.set_progress, M[0], 12, result="แล้วเสร็จทั้งปี")
    assert run(file, operations.open_round, YEAR, Kept(status=False)) == 3
    begun = [file.snapshot.progress(row, 12) for row in M]
    assert [row.result if row else None for row in begun] == ["แล้วเสร็จทั้งปี", "ผล", "ผล", "ผล"]
    assert {row.status for row in begun if row} == {Status.NOT_STARTED}


def test_a_phrase_comes_behind_the_others(file: OfficeFile) -> None:
    run(file, operations.add_phrase, "ต่อเนื่องตลอดปี")
    assert [row.text for row in file.snapshot.children(Phrase, OFFICE)] == ["ดำเนินการแล้วเสร็จ", "ต่อเนื่องตลอดปี"]


def test_merging_a_file_into_itself_changes_nothing(file: OfficeFile) -> None:
    assert run(
        file, merge_operations.merge_measures, YEAR, an_office(), "update"
    ) == merge_operations.MergeResult(0, 0, 4)
    assert file.snapshot == an_office()


def test_merging_takes_each_of_ours_once(file: OfficeFile) -> None:
    twice = incoming(a_measure(0, title="มาตรการที่ 0", steps="ก"), a_measure(1, title="มาตรการที่ 0", steps="ข"))
    assert run(file, merge_operations.merge_measures, YEAR, twice, "update") == merge_operations.MergeResult(
        1, 1, 0
    )


def test_merging_takes_the_only_year_or_the_same_one(file: OfficeFile) -> None:
    assert (
        run(file, merge_operations.merge_measures, YEAR, incoming(a_measure(0), year=2565), "add").added == 1
    )
    two = Snapshot.of([*incoming(year=2565).rows(), FiscalYear(id=an_id(5), office_id=an_id(9), year=2566)])
    with pytest.raises(UserError, match="2569") as caught:
        run(file, merge_operations.merge_measures, YEAR, two, "add")
    assert "2565, 2566" in caught.value.advice


def test_units_and_people_in_the_order_of_the_dictionary(file: OfficeFile) -> None:
    for name in ("เขตสุขาภิบาล", "", "กองช่าง", "กอง ๒", "กอง 10"):
        run(file, operations.add_unit, name=name)
    for name in ("นายเก่ง กล้า", "นางกา ขาว"):
        run(file, operations.add_person, name=name)
    before = file.snapshot
    changes = file.edit(lambda edit: operations.sort_rows(edit, Unit, OFFICE))
    assert [row.name for row in file.snapshot.children(Unit, OFFICE)] == [
        "กอง ๒", "กอง 10", "กองคลัง", "กองช่าง", "เขตสุขาภิบาล", "สำนักปลัด", "",
    ]  # fmt: skip
    assert not file.edit(lambda edit: operations.sort_rows(edit, Unit, OFFICE))
    file.replay(changes.inverted())
    assert file.snapshot == before
    run(file, operations.sort_rows, Person, OFFICE)
    names = [row.name for row in file.snapshot.children(Person, OFFICE)]
    assert names == ["นางกา ขาว", "นายเก่ง กล้า", "นางสาวสมศรี ใจดี"]
