"""The table of fields: every label, and text to value to text without loss."""

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest
from domain.rows import ALL_FIELDS, values
from hypothesis import assume, given
from hypothesis import strategies as st

from itadesk import i18n
from itadesk.domain.fields import FIELDS, field_of, parse, show
from itadesk.domain.model import (
    Assessment,
    Digits,
    Document,
    Evidence,
    FiscalYear,
    Measure,
    Office,
    Progress,
    Row,
    Status,
)
from itadesk.domain.snapshot import TABLES
from itadesk.errors import UserError


def test_every_row_class_has_fields_and_every_field_is_one_of_the_row() -> None:
    assert set(FIELDS) == set(TABLES.values())
    for row_class, fields in FIELDS.items():
        names = [field.name for field in fields]
        assert len(set(names)) == len(names)
        assert set(names) <= {field.name for field in dataclasses.fields(row_class)}


@given(st.sampled_from(ALL_FIELDS), st.data())
def test_what_is_shown_is_read_back(place: tuple[type[Row], object], data: st.DataObject) -> None:
    field = next(field for _, field in ALL_FIELDS if field is place[1])
    assume(field.kind != "link")  # another program's file may hold what a clerk may not type: tests of links
    # Nothing said of a text looks like an empty one.
    value = data.draw(values(field).filter(lambda value: not (field.nullable and value is None)))
    assert parse(field, show(field, value)) == value  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("row_class", "name", "typed", "value"),
    [
        (Office, "name", "  งาม\r\nดี\u200b ", "งาม ดี"),
        (Measure, "steps", "๑. ก\r\n๒. ข ", "๑. ก\n๒. ข "),
        (Measure, "indicator", "๙.๔", "9.4"),
        (Measure, "indicator", "ตัวชี้วัดที่ ๓", "3"),
        (Measure, "indicator", "-", ""),
        (Measure, "continuous", "✓", True),
        (Measure, "continuous", "", False),
        (FiscalYear, "year", "๒๕๖๘", 2568),
        (FiscalYear, "year", "68", 2568),
        (FiscalYear, "year", "พ.ศ. 2568", 2568),
        (FiscalYear, "year", "2025", 2568),
        (FiscalYear, "analysed_year", "", None),
        (Assessment, "total", "๗๔.๘๓", Decimal("74.83")),
        (Assessment, "total", "100", Decimal("100.00")),
        (Assessment, "total", "87,250", Decimal("87.25")),
        (Assessment, "iit", "-", None),
        (Progress, "status", "Done", Status.DONE),
        (Progress, "status", "in_progress", Status.IN_PROGRESS),
        (Progress, "round", "รอบ ๑๒ เดือน", 12),
        (Evidence, "round", "", None),
        (Document, "digits", "arabic digits", Digits.ARABIC),
        (Document, "date", "๓๑ มี.ค. ๖๕", dt.date(2022, 3, 31)),
    ],
)
def test_typed_values(row_class: type[Row], name: str, typed: str, value: object) -> None:
    assert parse(field_of(row_class, name), typed) == value


@pytest.mark.parametrize(
    ("row_class", "name", "typed"),
    [
        (Office, "name", "ก" * 501),
        (Office, "website", "h" * 2_001),
        (Measure, "steps", "ก" * 100_001),
        (Measure, "indicator", "11"),
        (Measure, "continuous", "บางที"),
        (FiscalYear, "year", "2701"),
        (FiscalYear, "year", "2539"),
        (FiscalYear, "year", ""),
        (FiscalYear, "year", "9" * 400),
        (Assessment, "total", "100.01"),
        (Assessment, "total", "-1"),
        (Assessment, "total", "."),
        (Assessment, "total", "1e2"),
        (Assessment, "total", "54.995"),
        (Progress, "status", "เสร็จบ้าง"),
        (Progress, "status", ""),
        (Progress, "round", "9"),
        (Document, "layout", " "),
        (Document, "date", "31/4/68"),
    ],
)
def test_refused_with_advice(row_class: type[Row], name: str, typed: str) -> None:
    with pytest.raises(UserError) as refused:
        parse(field_of(row_class, name), typed)
    assert refused.value.message
    assert refused.value.advice


def test_cells_take_twenty_thousand_characters() -> None:
    assert parse(field_of(Measure, "steps"), "ก" * 20_000) == "ก" * 20_000


def test_labels_and_choices_are_thai_when_the_program_is() -> None:
    i18n.install("th")
    try:
        status = field_of(Progress, "status")
        assert [show(status, value) for value in status.choices] == [
            "ยังไม่ดำเนินงาน",
            "อยู่ระหว่างดำเนินงาน",
            "ดำเนินงานเสร็จแล้ว",
        ]
        assert parse(status, "ดำเนินงานเสร็จแล้ว") is Status.DONE
        for _, field in ALL_FIELDS:
            for label in (field.label, *field.choices.values()):
                assert i18n._(label) != label, f"{label} has no Thai text"
    finally:
        i18n.install("en")
