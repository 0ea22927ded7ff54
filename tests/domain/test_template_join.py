"""A template given out, filled in by an office, and a later one that joins: no text of the office is touched."""

from dataclasses import replace

from domain.edits import after, edited
from domain.rows import snapshots
from hypothesis import assume, given
from hypothesis import strategies as st

from itadesk.domain import template_join
from itadesk.domain.choices import Reason, wanted
from itadesk.domain.model import (
    Evidence,
    FiscalYear,
    LayoutText,
    Measure,
    Office,
    Person,
    Progress,
    Row,
    TemplateMeasure,
    Unit,
    new_id,
)
from itadesk.domain.snapshot import ChangeSet, RowChange, Snapshot
from itadesk.domain.template_join import CELLS, joining

DISTRICT = Office(id="d" * 32)
SOURCE = FiscalYear(id="e" * 32, office_id=DISTRICT.id, year=2569)
FIRST, SECOND = (
    Measure(id=f"{n:032x}", fiscal_year_id=SOURCE.id, ordinal=n, title=f"มาตรการ {n}", period="มี.ค. 69")
    for n in (1, 2)
)
OFFICE = Office(id="f" * 32, kind="เทศบาลตำบล", name="งามดี")
YEAR = FiscalYear(id="a" * 32, office_id=OFFICE.id, year=2569)


def template(*rows: Row) -> Snapshot:
    return Snapshot.of((DISTRICT, SOURCE, *rows))


def begun(given_out: Snapshot) -> Snapshot:
    return Snapshot.of((OFFICE, YEAR, *template_join.begun(given_out, OFFICE, YEAR)))


def joined(here: Snapshot, later: Snapshot) -> Snapshot:
    """After the clerk took what was proposed."""
    result = joining(here, YEAR, later)
    there = here.all(TemplateMeasure)
    texts = (RowChange(there.get(row.id), row) for row in result.texts)
    return after(here, wanted(result.choices)).after(ChangeSet(tuple(texts)))


def changed(here: Snapshot, measure: Measure, **values: str) -> Snapshot:
    return here.after(ChangeSet((RowChange(measure, replace(measure, **values)),)))


def proposals(here: Snapshot, later: Snapshot) -> list[tuple[str, Reason, bool]]:
    return [(choice.name, choice.reason, choice.wanted) for choice in joining(here, YEAR, later).choices]


@given(st.data())
def test_joining_the_same_template_twice_changes_nothing(data: st.DataObject) -> None:
    given_out = data.draw(snapshots())
    assume(template_join.year_of(given_out) is not None)
    here = data.draw(edited(begun(given_out)))
    later = data.draw(edited(given_out))
    assume(template_join.year_of(later) is not None)
    once = joined(here, later)
    again = joining(once, YEAR, later)
    assert wanted(again.choices) == []
    assert {row.id: row for row in again.texts}.items() <= once.all(TemplateMeasure).items()


@given(st.data())
def test_what_an_office_has_typed_never_changes_and_nothing_goes(data: st.DataObject) -> None:
    given_out = data.draw(snapshots())
    assume(template_join.year_of(given_out) is not None)
    before = begun(given_out)
    here = data.draw(edited(before))
    later = data.draw(edited(given_out))
    after_joining = joined(here, later)
    for measure in here.all(Measure).values():
        now, was = after_joining.all(Measure)[measure.id], before.get(Measure, measure.id)
        for name in CELLS:
            own = was is None or getattr(was, name) != getattr(measure, name)
            assert not own or getattr(now, name) == getattr(measure, name)
    for row_class in (Progress, Evidence, Person):
        assert after_joining.all(row_class) == here.all(row_class)


@given(snapshots())
def test_a_template_holds_measures_and_forms_and_nothing_of_the_office(content: Snapshot) -> None:
    for year in content.fiscal_years:
        made = Snapshot.of(template_join.made(content, year, units=False))
        assert made.children(Measure, year.id) == content.children(Measure, year.id)
        assert made.children(LayoutText) == content.children(LayoutText)
        assert made.office == Office(id=made.office.id)
        classes = {type(row) for row in made.rows()}
        assert classes <= {Office, FiscalYear, Measure, LayoutText}
        assert len(list(template_join.made(content, year, units=True))) == len(list(made.rows())) + len(
            content.all(Unit)
        )


def test_texts_the_office_left_alone_follow_the_template_those_of_its_own_stay() -> None:
    here = begun(template(FIRST, SECOND))
    first, second = here.children(Measure, YEAR.id)
    here = changed(here, first, title="ของเรา")
    assert proposals(here, template(FIRST, SECOND)) == []
    later = template(replace(FIRST, title="ใหม่", period="ก.ย. 69"), SECOND)
    assert proposals(here, later) == [
        ("title", Reason.BOTH_CHANGED, False),
        ("period", Reason.THEIRS_CHANGED, True),
    ]
    now = joined(here, later).all(Measure)
    assert (now[first.id].title, now[first.id].period) == ("ของเรา", "ก.ย. 69")
    assert now[second.id] == second


def test_without_an_earlier_template_only_empty_cells_are_filled() -> None:
    here = begun(template(replace(FIRST, period="")))
    measure = here.children(Measure, YEAR.id)[0]
    here = Snapshot.of(
        row for row in changed(here, measure, title="ของเรา").rows() if type(row) is not TemplateMeasure
    )
    assert proposals(here, template(FIRST)) == [
        ("title", Reason.DIFFERENT, False),
        ("period", Reason.FILLED, True),
    ]


def test_a_new_measure_is_proposed_one_the_office_deleted_is_not() -> None:
    here = begun(template(FIRST))
    measure = here.children(Measure, YEAR.id)[0]
    deleted = here.after(ChangeSet((RowChange(measure, None),)))
    assert proposals(deleted, template(FIRST, SECOND)) == [
        ("", Reason.DELETED_HERE, False),
        ("", Reason.ONLY_THERE, True),
    ]


def test_new_measures_stand_where_the_template_has_them() -> None:
    here = begun(template(FIRST, SECOND))
    own = Measure(id=new_id(), fiscal_year_id=YEAR.id, ordinal=9, title="ของเราเอง")
    here = here.after(ChangeSet((RowChange(None, own),)))
    between = replace(FIRST, id="b" * 32, ordinal=1, title="แทรก")
    before = replace(FIRST, id="c" * 32, ordinal=0, title="แรก")
    later = template(before, replace(FIRST, ordinal=1), between, replace(SECOND, ordinal=3))
    result = joining(here, YEAR, later)
    new = [choice.row for choice in result.choices if isinstance(choice.row, Measure) and choice.ours is None]
    titles = {row.id: row.title for row in (*here.all(Measure).values(), *new)}  # type: ignore[attr-defined]
    ids = template_join.order(here, YEAR, new, result)  # type: ignore[arg-type]
    assert [titles[row_id] for row_id in ids] == ["แรก", "มาตรการ 1", "แทรก", "มาตรการ 2", "ของเราเอง"]


def test_an_office_that_works_in_the_template_file_itself_is_found_as_well() -> None:
    here = template(FIRST)
    assert joining(here, SOURCE, template(FIRST)).choices == ()


def test_a_form_of_the_template_comes_once_whatever_the_office_calls_it() -> None:
    form = LayoutText(id="9" * 32, name="แบบอำเภอ", toml="name = 'แบบอำเภอ'\n")
    here = begun(template(FIRST))
    with_form = joined(here, template(FIRST, form))
    (own,) = with_form.children(LayoutText)
    renamed = with_form.after(ChangeSet((RowChange(own, replace(own, name="ของเรา")),)))
    assert wanted(joining(renamed, YEAR, template(FIRST, form)).choices) == []
