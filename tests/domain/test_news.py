"""Two versions of one office compared: what came, went and changed, told as a clerk knows it."""

from dataclasses import replace

from ui.desk import YEAR, measure_id, rows

from itadesk.domain.model import (
    Document,
    Evidence,
    FiscalYear,
    Measure,
    Progress,
    Row,
    Signatory,
    Status,
    TemplateMeasure,
    new_id,
)
from itadesk.domain.news import Tally, of_year, tally
from itadesk.domain.snapshot import Snapshot

BEFORE = Snapshot.of(rows())


def changed(**titles: object) -> list[Row]:
    """The rows, the first measure with other fields."""
    return [
        replace(row, **titles) if isinstance(row, Measure) and row.id == measure_id(0) else row  # type: ignore[arg-type]
        for row in rows()
    ]


def test_the_same_content_has_no_of_year() -> None:
    assert of_year(BEFORE, Snapshot.of(rows()), 2568) == []
    assert not tally([])


def test_a_changed_text_is_told_with_its_field() -> None:
    (one,) = of_year(BEFORE, Snapshot.of(changed(responsible="กองคลัง")), 2568)
    assert one.field is not None
    assert (one.kind, one.field.name, one.old, one.new) == ("changed", "responsible", "สำนักปลัด", "กองคลัง")
    assert tally([one]) == Tally(texts=1)


def test_a_status_is_compared_as_it_counts() -> None:
    done = Progress(id=new_id(), measure_id=measure_id(0), round=6, status=Status.DONE)
    idle = Progress(id=new_id(), measure_id=measure_id(3), round=6, status=Status.NOT_STARTED)
    found = of_year(BEFORE, Snapshot.of([*rows(), done, idle]), 2568)
    assert [(one.round, one.row_class) for one in found] == [(6, Progress)]
    assert tally(found) == Tally(statuses=1)


def test_measures_that_came_and_went_are_counted() -> None:
    kept = [row for row in rows() if getattr(row, "measure_id", row.id) != measure_id(2)]
    new = Measure(id="f" * 32, fiscal_year_id=YEAR, ordinal=9, title="เรื่องใหม่")
    found = of_year(BEFORE, Snapshot.of([*kept, new]), 2568)
    assert tally(found) == Tally(added=1, removed=1)


def test_a_file_begun_anew_is_compared_by_titles() -> None:
    other = [
        replace(row, id=f"f{row.id[1:]}") if isinstance(row, Measure) else row
        for row in rows()
        if not isinstance(row, Progress)
    ]
    bare = Snapshot.of([row for row in rows() if not isinstance(row, Progress)])
    assert of_year(bare, Snapshot.of(other), 2568) == []


def test_evidence_and_other_rows_are_counted_apart() -> None:
    link = Evidence(
        id=new_id(), measure_id=measure_id(0), ordinal=0, title="ภาพ", url="https://example.go.th/1"
    )
    year = [replace(row, analysed_year=2560) if isinstance(row, FiscalYear) else row for row in rows()]
    assert tally(of_year(BEFORE, Snapshot.of([*rows(), link]), 2568)) == Tally(evidence=1)
    assert tally(of_year(BEFORE, Snapshot.of(year), 2568)) == Tally()
    assert tally(of_year(Snapshot.of([rows()[0]]), BEFORE, 2568)) == Tally(added=4)


def test_evidence_that_says_something_else_is_told_by_its_field() -> None:
    link = Evidence(
        id=new_id(), measure_id=measure_id(0), ordinal=0, title="ภาพ", url="https://example.go.th/1"
    )
    old, new = (Snapshot.of([*rows(), row]) for row in (link, replace(link, title="ภาพถ่าย")))
    (one,) = of_year(old, new, 2568)
    assert one.field is not None
    assert (one.field.name, one.old, one.new) == ("title", "ภาพ", "ภาพถ่าย")
    assert one.about == new.all(Measure)[measure_id(0)].title
    assert tally([one]) == Tally(evidence=1)


def test_a_file_begun_anew_and_sent_without_attached_files_has_the_same_evidence() -> None:
    link = Evidence(id=new_id(), measure_id=measure_id(0), ordinal=0, attachment="0" * 64, file_name="ก.pdf")
    anew = [
        replace(row, id=f"f{row.id[1:]}") if isinstance(row, Measure) else row
        for row in rows()
        if not isinstance(row, Progress)
    ]
    bare = replace(link, id=new_id(), measure_id=f"f{measure_id(0)[1:]}", attachment=None)
    ours = [row for row in rows() if not isinstance(row, Progress)]
    assert of_year(Snapshot.of([*ours, link]), Snapshot.of([*anew, bare]), 2568) == []


def test_a_report_is_told_with_all_below_it_and_a_template_not_at_all() -> None:
    report = Document(id=new_id(), fiscal_year_id=YEAR, ordinal=0, layout="memo")
    signatory = Signatory(id=new_id(), document_id=report.id, ordinal=0, name="ก")
    template = TemplateMeasure(id=new_id(), fiscal_year_id=YEAR, title="ต้นแบบ")
    found = of_year(BEFORE, Snapshot.of([*rows(), report, signatory, template]), 2568)
    assert [(one.kind, one.row_class) for one in found] == [("added", Document), ("added", Signatory)]
