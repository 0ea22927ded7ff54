"""Templates: fields are filled, unknown ones refused, missing values dotted."""

import pytest

from itadesk.documents import template
from itadesk.errors import UserError


def test_fields_are_filled() -> None:
    assert (
        template.fill("ของ{office} ปี {fiscal_year}", {"office": "อบต.ก", "fiscal_year": "2569"})
        == "ของอบต.ก ปี 2569"
    )


def test_a_missing_value_prints_as_dots() -> None:
    assert template.fill("ระดับ {grade}", {"grade": ""}) == f"ระดับ {template.BLANK}"


def test_an_unknown_field_is_refused_by_name() -> None:
    with pytest.raises(UserError) as refusal:
        template.fill("{ofice}", {"office": "ก"})
    assert "{ofice}" in refusal.value.message
    assert "{office}" in refusal.value.advice


def test_a_text_that_stands_in_another_keeps_its_bold() -> None:
    inner = {"inner": "ก **ข** ค", "empty": ""}
    assert template.expanded("ที่ {inner} {empty}", inner) == "ที่ ก **ข** ค {empty}"
    assert template.expanded("ที่ **{inner}**", inner) == "ที่ **ก ข ค**"
    runs = template.runs(template.expanded("{inner}", inner), {}, bold=False)
    assert [(run.text, run.bold) for run in runs] == [("ก ", False), ("ข", True), (" ค", False)]


def test_braces_that_are_no_field_stay() -> None:
    assert template.fill("{ } {}", {}) == "{ } {}"
