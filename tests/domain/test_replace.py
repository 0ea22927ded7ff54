"""Find and replace: what is found where a reader sees it, and that nothing else in the file moves by a letter."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest
from domain.rows import THAI_TEXT, snapshots
from hypothesis import given
from hypothesis import strategies as st

from itadesk.domain import rules, thai
from itadesk.domain.model import Document, DocumentText, FiscalYear, Measure, Office, Progress, Row, Unit
from itadesk.domain.replace import MOST, TEXTS, Hit, Part, Scope, Wanted, find, replaced
from itadesk.domain.snapshot import Snapshot
from itadesk.errors import UserError

OFFICE = Office(id="a" * 32, kind="เทศบาลตำบล", name="งามดี")
YEARS = [
    FiscalYear(id=letter * 32, office_id=OFFICE.id, year=year) for letter, year in (("b", 2568), ("c", 2569))
]


def measure(number: int = 0, year: FiscalYear = YEARS[0], *, title: str = "", steps: str = "") -> Measure:
    return Measure(id=f"{number:032x}", fiscal_year_id=year.id, ordinal=number, title=title, steps=steps)


def office(*rows: Row) -> Snapshot:
    return Snapshot.of([OFFICE, *YEARS, *rows])


def hits(text: str, wanted: Wanted) -> list[Hit]:
    return find(office(measure(steps=thai.normalise(text))), wanted, Scope(part=Part.MEASURES))


def after(text: str, wanted: Wanted, by: str) -> str:
    return next(steps(replaced(hits(text, wanted), by)), thai.normalise(text))


def steps(rows: Iterable[Row]) -> Iterator[str]:
    return (row.steps for row in rows if isinstance(row, Measure))


@pytest.mark.parametrize(
    ("wanted", "text", "found"),
    [
        ("2567", "ปี ๒๕๖๗ และ 2567", ["๒๕๖๗", "2567"]),
        ("๙.๔", "ข้อ 9.4 กับ 914", ["9.4"]),
        ("ita", "ITA และ ita", ["ITA", "ita"]),
        ("งาม ดี", "งาม  ดี งาม\u00a0ดี งามดี งาม\nดี", ["งาม  ดี", "งาม\u00a0ดี"]),
        ("แผน", "เเผน แผน", ["เเผน", "แผน"]),
        ("เเผน", "แผน", ["แผน"]),
        ("สำนัก", "สํานัก สำนัก", ["สำนัก", "สำนัก"]),
        ("ปี", "ปี่ ปี ปีที่", ["ปี", "ปี"]),
        ("ท", "ที่ทำ", ["ท"]),
        ("่่", "ท่่า", ["่่"]),
        ("  ", "ก  ข ค   ง", ["  ", "   "]),
        ("(1)", "(1) 1", ["(1)"]),
        ("ปลัด\u200b", "สำนักปลัด", ["ปลัด"]),
        ("", "ก", []),
        ("\u200b", "ก", []),
    ],
)
def test_found_where_a_reader_sees_it(wanted: str, text: str, found: list[str]) -> None:
    assert [hit.found for hit in hits(text, Wanted(wanted))] == found


def test_digits_and_case_count_when_wanted() -> None:
    assert [hit.found for hit in hits("๙ 9", Wanted("9", digits_alike=False))] == ["9"]
    assert [hit.found for hit in hits("ITA ita", Wanted("ita", case_alike=False))] == ["ita"]


def test_replaced_as_typed_and_all_else_kept_to_the_letter() -> None:
    assert after("ข้อ ๒๕๖๗  ก  (2567)\n", Wanted("2567"), "๒๕๖๘") == "ข้อ ๒๕๖๘  ก  (๒๕๖๘)\n"
    assert after("ก ข ก", Wanted("ก"), "") == " ข "
    assert after("กองคลัง", Wanted("กองคลัง"), r"\1กอง\g<0>") == r"\1กอง\g<0>"
    assert after("นา", Wanted("า"), "\u0e4d\u0e32") == "นำ"


@given(THAI_TEXT, st.data())
def test_the_same_put_in_changes_nothing(text: str, data: st.DataObject) -> None:
    stored = thai.normalise(text)
    start = data.draw(st.integers(0, len(stored)))
    piece = stored[start : data.draw(st.integers(start, min(start + 6, len(stored))))]
    exact = Wanted(piece, digits_alike=False, case_alike=False)
    if not re.search(r"\s\s|เเ", stored):
        assert after(stored, exact, piece) == stored
    # Where it was found by what it looks like, it still looks so.
    assert thai.fold(after(stored, Wanted(piece), piece)) == thai.fold(stored)


@given(THAI_TEXT, st.text("กขแเ่ี ๑1aA", min_size=1, max_size=4), THAI_TEXT)
def test_chosen_places_change_and_the_others_stay(text: str, wanted: str, by: str) -> None:
    found = hits(text, Wanted(wanted))
    chosen = found[::2]
    stored, parts, last = thai.normalise(text), list[str](), 0
    for hit in chosen:
        parts += [stored[last : hit.start], thai.normalise(by)]
        last = hit.end
    expected = thai.normalise("".join([*parts, stored[last:]]))
    assert list(steps(replaced(chosen, by))) == ([expected] if chosen else [])


@given(snapshots(), st.sampled_from("กข1 aา"), st.sampled_from(["", "ก", "๙ข", "x" * 30]))
def test_whatever_is_replaced_may_be_stored(snapshot: Snapshot, wanted: str, by: str) -> None:
    found = find(snapshot, Wanted(wanted), Scope())
    rows = replaced(found, by)
    assert {row.id for row in rows} == {hit.row.id for hit in found}
    for row in rows:
        rules.check(row)
        before = snapshot.get(type(row), row.id)
        touched = {hit.name for hit in found if hit.row.id == row.id}
        assert all(getattr(row, name) == getattr(before, name) for name in vars(row) if name not in touched)


def test_years_and_parts() -> None:
    one, other = measure(0, title="กอง"), measure(1, YEARS[1], title="กอง")
    done = Progress(id="d" * 32, measure_id=one.id, round=6, result="กอง")
    unit = Unit(id="e" * 32, office_id=OFFICE.id, ordinal=0, name="กอง", aliases="กอง")
    document = Document(id="f" * 32, fiscal_year_id=YEARS[0].id, ordinal=0, layout="กอง", subject="กอง")
    snapshot = office(other, unit, done, document, one)

    def places(scope: Scope) -> list[tuple[str, str]]:
        return [(hit.row.id[-1], hit.name) for hit in find(snapshot, Wanted("กอง"), scope)]

    own = [("e", "name"), ("e", "aliases")]
    assert places(Scope()) == [("0", "title"), ("d", "result"), ("f", "subject"), ("1", "title"), *own]
    assert places(Scope(YEARS[1].id)) == [("1", "title"), *own]
    assert places(Scope(YEARS[0].id, Part.DOCUMENTS)) == [("f", "subject")]
    assert places(Scope(part=Part.OFFICE)) == own


def test_a_text_too_long_is_refused_and_named() -> None:
    unit = Unit(id="e" * 32, office_id=OFFICE.id, ordinal=0, name="กองคลัง")
    found = find(office(unit), Wanted("คลัง"), Scope())
    with pytest.raises(UserError, match="501") as refused:
        replaced(found, "ก" * 498)
    assert "กองคลัง" in refused.value.advice


def test_fields_of_a_wording_are_no_text() -> None:
    document = Document(id="f" * 32, fiscal_year_id=YEARS[0].id, ordinal=0, layout="memo")
    wording = DocumentText(
        id="1" * 32, document_id=document.id, name="opening", text="office {office} office"
    )
    found = find(office(document, wording), Wanted("office"), Scope())
    assert replaced(found, "x") == [replace(wording, text="x {office} x")]
    with pytest.raises(UserError):
        replaced(found, "{office}")


def test_too_many_are_not_all_gathered() -> None:
    snapshot = office(*(measure(number, steps="ก" * 6000) for number in range(3)))
    assert len(find(snapshot, Wanted("ก"), Scope())) == MOST + 1


def test_only_texts_are_looked_through() -> None:
    assert "layout" not in TEXTS[Document]
    assert "name" not in TEXTS[DocumentText]
