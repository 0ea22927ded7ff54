"""Which rows may be stored."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from domain.rows import ALL_FIELDS, values
from hypothesis import given
from hypothesis import strategies as st

from itadesk.domain.fields import FIELDS
from itadesk.domain.model import (
    Assessment,
    AssessmentIndicator,
    Document,
    FiscalYear,
    Joined,
    Measure,
    Office,
    Printout,
    Progress,
    Row,
    Sending,
)
from itadesk.domain.rules import check
from itadesk.errors import UserError

OFFICE = Office(id="1")
YEAR = FiscalYear(id="2", office_id="1", year=2568)
MEASURE = Measure(id="3", fiscal_year_id="2", ordinal=0)
PROGRESS = Progress(id="4", measure_id="3", round=12)
ASSESSMENT = Assessment(id="5", office_id="1", year=2567)
SCORE = AssessmentIndicator(id="6", assessment_id="5", indicator=3)
DOCUMENT = Document(id="7", fiscal_year_id="2", ordinal=0, layout="memo")
PRINTOUT = Printout(
    id="8", document_id="7", ordinal=0, code="0" * 64, printed_at=dt.datetime(2026, 4, 1, 9, 30)
)
SENDING = Sending(id="9", ordinal=0, sent_at=dt.datetime(2026, 4, 3, 10, 15), revision=57, seal="0" * 64)
JOINED = Joined(id="a", first_revision=3, last_revision=9)
ROWS: dict[type[Row], Row] = {
    type(row): row
    for row in (OFFICE, YEAR, MEASURE, PROGRESS, ASSESSMENT, SCORE, DOCUMENT, PRINTOUT, SENDING, JOINED)
}


@pytest.mark.parametrize("row", ROWS.values(), ids=lambda row: type(row).__name__)
def test_rows_with_nothing_but_their_keys_may_be_stored(row: Row) -> None:
    check(row)


@given(st.sampled_from(sorted(ROWS, key=lambda row_class: row_class.__name__)), st.data())
def test_every_value_of_a_field_may_be_stored(row_class: type[Row], data: st.DataObject) -> None:
    check(replace(ROWS[row_class], **{field.name: data.draw(values(field)) for field in FIELDS[row_class]}))


@pytest.mark.parametrize(
    "row",
    [
        replace(OFFICE, name="ก" * 501),
        replace(OFFICE, name="สอง\nบรรทัด"),
        replace(OFFICE, name="เ\ud800"),
        replace(OFFICE, phone="\x00"),
        replace(OFFICE, website="h" * 2_001),
        replace(YEAR, year=2539),
        replace(YEAR, year=2701),
        replace(YEAR, year=True),
        replace(YEAR, analysed_year=1),
        replace(MEASURE, steps="ก" * 100_001),
        replace(MEASURE, steps="ท\u0e4d\u0e32"),
        replace(MEASURE, indicator="11"),
        replace(MEASURE, indicator="9.0"),
        replace(MEASURE, continuous=1),
        replace(PROGRESS, round=9),
        replace(PROGRESS, round=None),
        replace(PROGRESS, status="finished"),
        replace(ASSESSMENT, total=Decimal("100.01")),
        replace(ASSESSMENT, total=Decimal("74.835")),
        replace(ASSESSMENT, total=Decimal("NaN")),
        replace(ASSESSMENT, total=74.83),
        replace(SCORE, indicator=11),
        replace(DOCUMENT, layout=""),
        replace(DOCUMENT, unit=None),
        replace(DOCUMENT, sections="ปก\nตาราง"),
        replace(DOCUMENT, show_code=1),
        replace(DOCUMENT, scan_name="ก" * 501),
        replace(PRINTOUT, family="\x00"),
        replace(PRINTOUT, printed_by="เ\ud800"),
        replace(DOCUMENT, date="2565-03-31"),
        replace(DOCUMENT, date=dt.date(2565, 3, 31)),
    ],
)
def test_refused_with_advice(row: Row) -> None:
    with pytest.raises(UserError) as refused:
        check(row)
    assert refused.value.message
    assert refused.value.advice


def test_every_field_has_a_rule_for_what_it_may_not_hold() -> None:
    for row_class, field in ALL_FIELDS:
        if row_class in ROWS:
            with pytest.raises(UserError):
                check(replace(ROWS[row_class], **{field.name: object()}))
