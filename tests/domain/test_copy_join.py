"""The laws by which two copies of one file are merged."""

import datetime as dt
from dataclasses import replace

from domain.edits import after, edited
from domain.rows import an_id, snapshots
from hypothesis import given
from hypothesis import strategies as st

from itadesk.domain.choices import Reason, wanted
from itadesk.domain.copy_join import Own, compare, unasked
from itadesk.domain.model import (
    Deletion,
    Document,
    Evidence,
    FiscalYear,
    Measure,
    Office,
    Printout,
    Progress,
    Row,
    Status,
    Unit,
)
from itadesk.domain.snapshot import Snapshot
from itadesk.domain.ways import same_content

OFFICE = Office(id="0" * 32, kind="เทศบาลตำบล", name="งามดี")
YEAR = FiscalYear(id="1" * 32, office_id=OFFICE.id, year=2569)
MEASURE = Measure(id="2" * 32, fiscal_year_id=YEAR.id, ordinal=0, title="เดิม", period="ต.ค. 68")
NOON = dt.datetime(2026, 4, 3, 12)


def content(*rows: Row) -> Snapshot:
    return Snapshot.of((OFFICE, YEAR, *rows))


def reasons(ours: Snapshot, theirs: Snapshot, *owns: Own) -> list[tuple[str, Reason, bool]]:
    return [(choice.name, choice.reason, choice.wanted) for choice in compare(ours, theirs, *owns).choices]


@given(snapshots())
def test_a_copy_merged_with_itself_changes_nothing(base: Snapshot) -> None:
    assert compare(base, base).choices == ()


@given(st.data())
def test_merging_twice_changes_nothing_the_second_time(data: st.DataObject) -> None:
    base = data.draw(snapshots())
    ours, theirs = data.draw(edited(base)), data.draw(edited(base))
    merged = after(ours, wanted(compare(ours, theirs).choices))
    assert wanted(compare(merged, theirs).choices) == []


def _texts(measure: Measure) -> Measure:
    """What a measure says: begun in both copies with the same words, it is one."""
    return replace(measure, id="", ordinal=0)


@given(st.data())
def test_by_itself_nothing_of_ours_is_lost_and_all_that_only_they_have_comes(data: st.DataObject) -> None:
    base = data.draw(snapshots())
    ours, theirs = data.draw(edited(base)), data.draw(edited(base))
    merged = after(ours, wanted(compare(ours, theirs).choices))
    for row in ours.rows():
        now = merged.get(type(row), row.id)
        assert now is not None
        if isinstance(row, Measure):
            assert all(not old or getattr(now, name) == old for name, old in vars(row).items())
    said = {_texts(row) for row in merged.all(Measure).values()}
    for row in theirs.all(Measure).values():
        assert merged.get(Measure, row.id) is not None or _texts(row) in said


@given(st.data())
def test_taking_everything_of_a_copy_that_was_only_changed_gives_that_copy(data: st.DataObject) -> None:
    base = data.draw(snapshots())
    theirs = data.draw(edited(base))
    gone = {row.id for row in base.rows()} - {row.id for row in theirs.rows()}
    bin_rows = [
        Deletion(id=an_id(), ordinal=0, deleted_at=NOON, table_name="", row_id=row_id) for row_id in gone
    ]
    with_bin = Snapshot.of((*theirs.rows(), *bin_rows))
    merged = after(base, list(compare(base, with_bin).choices))
    assert same_content(merged, theirs)


def test_who_changed_a_field_last_is_proposed_where_both_did() -> None:
    ours, theirs = content(replace(MEASURE, title="ก")), content(replace(MEASURE, title="ข"))
    early, late = (Own({(MEASURE.id, "title"): at}) for at in (NOON, NOON + dt.timedelta(minutes=1)))
    assert reasons(ours, theirs, early, late) == [("title", Reason.BOTH_CHANGED, True)]
    assert reasons(ours, theirs, late, early) == [("title", Reason.BOTH_CHANGED, False)]
    assert reasons(ours, theirs, Own(), late) == [("title", Reason.THEIRS_CHANGED, True)]
    assert reasons(ours, theirs, early, Own()) == [("title", Reason.OURS_CHANGED, False)]
    assert reasons(ours, theirs) == [("title", Reason.DIFFERENT, False)]


def test_what_is_empty_here_is_filled_but_not_what_we_emptied() -> None:
    ours, theirs = content(replace(MEASURE, period="")), content(MEASURE)
    assert reasons(ours, theirs) == [("period", Reason.FILLED, True)]
    assert reasons(ours, theirs, Own({(MEASURE.id, "period"): NOON})) == [
        ("period", Reason.OURS_CHANGED, False)
    ]


def test_nothing_is_emptied_or_deleted_by_itself() -> None:
    emptied = content(replace(MEASURE, period=""))
    assert reasons(content(MEASURE), emptied, Own(), Own({(MEASURE.id, "period"): NOON})) == [
        ("period", Reason.THEIRS_CHANGED, False)
    ]
    deleted = Own(deleted=frozenset({MEASURE.id}))
    assert reasons(content(MEASURE), content(), Own(), deleted) == [("", Reason.DELETED_THERE, False)]
    assert reasons(content(), content(MEASURE), deleted, Own()) == [("", Reason.DELETED_HERE, False)]
    comparison = compare(content(MEASURE), content())
    assert (comparison.choices, comparison.kept) == ((), 1)


def test_a_new_measure_comes_with_all_below_it_as_one_thing() -> None:
    progress = Progress(id=an_id(), measure_id=MEASURE.id, round=6, status=Status.DONE)
    evidence = Evidence(id=an_id(), measure_id=MEASURE.id, ordinal=0, title="ประกาศ")
    (choice,) = compare(content(), content(MEASURE, progress, evidence)).choices
    assert (choice.row, set(choice.along)) == (MEASURE, {progress, evidence})


def test_what_both_began_by_themselves_is_one() -> None:
    mine = Progress(id=an_id(), measure_id=MEASURE.id, round=6, status=Status.DONE)
    other = Progress(id=an_id(), measure_id=MEASURE.id, round=6, status=Status.DONE, result="ผล")
    unit, twin = (Unit(id=an_id(), office_id=OFFICE.id, ordinal=n, name="กองช่าง") for n in range(2))
    ours, theirs = content(MEASURE, mine, unit), content(MEASURE, other, twin)
    (choice,) = compare(ours, theirs).choices
    assert (choice.ours, choice.name, choice.wanted) == (mine, "result", True)


def test_a_year_begun_in_both_copies_is_one_with_its_measures_below_ours() -> None:
    other_year = replace(YEAR, id=an_id())
    theirs = Snapshot.of((OFFICE, other_year, replace(MEASURE, fiscal_year_id=other_year.id)))
    (choice,) = compare(content(), theirs).choices
    assert choice.row == MEASURE


def test_a_copy_sent_without_attached_files_says_nothing_by_that() -> None:
    evidence = Evidence(id=an_id(), measure_id=MEASURE.id, ordinal=0, attachment="0" * 64, file_name="ก.pdf")
    assert (
        compare(content(MEASURE, evidence), content(MEASURE, replace(evidence, attachment=None))).choices
        == ()
    )


def test_printouts_come_along_with_their_report() -> None:
    document = Document(id=an_id(), fiscal_year_id=YEAR.id, ordinal=0, layout="memo")
    printout = Printout(id=an_id(), document_id=document.id, ordinal=0, code="0" * 64, printed_at=NOON)
    comparison = compare(content(), content(document, printout))
    assert list(unasked(content(), comparison, [document])) == [printout]
    assert list(unasked(content(), comparison, [])) == []
