"""Random rows and snapshots for the tests of the domain."""

import datetime as dt
import itertools
from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeVar, cast

from hypothesis import strategies as st

from itadesk.domain import thai
from itadesk.domain.fields import FIELDS, FIRST_YEAR, LAST_YEAR, Field
from itadesk.domain.model import (
    ROUNDS,
    Assessment,
    AssessmentIndicator,
    Document,
    DocumentText,
    Evidence,
    Finding,
    FiscalYear,
    LayoutText,
    Measure,
    Office,
    Person,
    Phrase,
    Progress,
    Publication,
    Row,
    Signatory,
    Unit,
)
from itadesk.domain.snapshot import Snapshot

LETTERS = st.one_of(
    st.sampled_from("กขคงจาิี่้ำเแ๑๒๙ฯๆ"),
    st.sampled_from("abcXYZ0129 .,-/()@"),
    st.characters(exclude_categories=["Cs"]),
)
LINES = st.text(LETTERS, max_size=20).map(lambda text: " ".join(thai.normalise(text).split()))
CELLS = st.text(st.one_of(LETTERS, st.just("\n")), max_size=40).map(thai.normalise)
THAI_TEXT = st.text(
    st.one_of(
        st.characters(min_codepoint=0x0E00, max_codepoint=0x0E5B),
        st.sampled_from("0123456789abcXYZ .,/-:()\n\t\r\u200b\u00ad\ufeff\ud800\x00@"),
        st.characters(),
    ),
    max_size=60,
)
"""Any text, mostly Thai, with what a careless copy brings along."""
SCORES = st.none() | st.integers(0, 10_000).map(lambda hundredths: Decimal(hundredths) / 100)
YEARS = st.integers(FIRST_YEAR, LAST_YEAR)
DATES = st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31))
INDICATORS = st.sampled_from(["", "1", "3", "9", "10", "9.4", "10.1"])


def values(field: Field) -> st.SearchStrategy[object]:
    """Values that may be stored in `field`."""
    if field.choices:
        return st.sampled_from(list(field.choices))
    strategies: dict[str, st.SearchStrategy[object]] = {
        "line": LINES.filter(bool) if field.required else LINES,
        "cell": CELLS,
        "link": LINES,
        "flag": st.booleans(),
        "year": YEARS if field.required else st.none() | YEARS,
        "score": SCORES,
        "date": st.none() | DATES,
        "indicator": INDICATORS,
        "round": st.sampled_from(ROUNDS) if field.required else st.none() | st.sampled_from(ROUNDS),
    }
    found = strategies[field.kind]
    return st.none() | found if field.nullable else found


ALL_FIELDS = [(row_class, field) for row_class, fields in FIELDS.items() for field in fields]

T = TypeVar("T")
_numbers = itertools.count()


def an_id() -> str:
    return f"{next(_numbers):032x}"


def rows(row_class: Callable[..., T], **keys: object) -> st.SearchStrategy[T]:
    """Rows of a class with any values in their fields and the given keys."""
    fields = FIELDS[cast(type[Row], row_class)]
    filled = {field.name: values(field) for field in fields if field.name not in keys}
    given = {name: st.just(key) for name, key in keys.items()}
    return st.builds(row_class, id=st.builds(an_id), **given, **filled)


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    """Whole offices, small, with every class of rows that the interchange form has; no attachments."""
    office = draw(rows(Office))
    found: list[Row] = [office]

    def some(row_class: Callable[..., T], most: int = 2, **keys: object) -> list[T]:
        made = [draw(rows(row_class, ordinal=n, **keys)) for n in range(draw(st.integers(0, most)))]
        found.extend(cast(list[Row], made))
        return made

    def each(row_class: Callable[..., T], name: str, keys: list[Any], **parent: object) -> list[T]:
        made = [draw(rows(row_class, **{name: key}, **parent)) for key in keys]
        found.extend(cast(list[Row], made))
        return made

    some(Unit, office_id=office.id)
    some(Person, office_id=office.id)
    some(Phrase, office_id=office.id)
    for year in each(FiscalYear, "year", draw(st.lists(YEARS, unique=True, max_size=2)), office_id=office.id):
        some(Finding, fiscal_year_id=year.id)
        for measure in some(Measure, 3, fiscal_year_id=year.id):
            rounds = draw(st.lists(st.sampled_from(ROUNDS), unique=True))
            each(Progress, "round", rounds, measure_id=measure.id)
            some(Evidence, measure_id=measure.id, file_name="")
        for document in some(Document, fiscal_year_id=year.id, scan_name=""):
            names = draw(st.lists(LINES.filter(bool), unique=True, max_size=2))
            each(DocumentText, "name", names, document_id=document.id)
            some(Signatory, document_id=document.id)
            some(Publication, document_id=document.id)
    years = draw(st.lists(YEARS, unique=True, max_size=2))
    for assessment in each(Assessment, "year", years, office_id=office.id):
        indicators = draw(st.lists(st.integers(1, 10), unique=True, max_size=3))
        each(AssessmentIndicator, "indicator", indicators, assessment_id=assessment.id)
    each(LayoutText, "name", draw(st.lists(LINES.filter(bool), unique=True, max_size=2)))
    return Snapshot.of(found)
