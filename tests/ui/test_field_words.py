"""Fields in the clerk's words: what is stored by name is seen, typed and chosen by its label."""

from dataclasses import replace

import pytest

from itadesk.documents import layout_edits, template
from itadesk.documents.layout import Layout, Text
from itadesk.documents.layouts import built_in_layouts, layout_named
from itadesk.errors import UserError
from itadesk.ui.field_words import GROUPS, FieldWords

MEMO = layout_named("memo")


def words(layout: Layout = MEMO, name: str = "memo_closing") -> FieldWords:
    return FieldWords.in_layout(layout, layout_edits.insertable(layout, name))


@pytest.mark.parametrize("layout", built_in_layouts(), ids=lambda layout: layout.name)
def test_what_is_shown_of_a_wording_means_the_same_wording(layout: Layout) -> None:
    for name, text in layout.texts.items():
        shown = words(layout, name).shown(text.default)
        assert words(layout, name).read(shown, text.label) == text.default
        assert not any("{" + field + "}" in shown for field in template.LABELS)


def test_labels_and_names_are_both_understood() -> None:
    typed = "ของ {Full name of the office} {office} { Full  name of the office }"
    assert words().read(typed, "ก") == "ของ {office} {office} {office}"


def test_braces_with_nothing_in_them_are_no_field() -> None:
    assert words().read("{ } {} {\n}", "ก") == words().shown("{ } {} {\n}") == "{ } {} {\n}"


def test_a_text_of_the_form_goes_by_its_label() -> None:
    label = MEMO.texts["item_no"].label
    assert words().shown("ข้อ {item_no}") == f"ข้อ {{{label}}}"
    assert words().stored(f"ข้อ {{{label}}}") == "ข้อ {item_no}"


@pytest.mark.parametrize("label", ["Province", "office", "ก{ข", " "])
def test_a_text_whose_label_would_mean_something_else_goes_by_its_name(label: str) -> None:
    layout = replace(MEMO, texts={**MEMO.texts, "item_no": Text(label, "1")})
    assert words(layout).shown("{item_no}") == "{item_no}"
    assert words(layout).read("{item_no} {Province} {office}", "ก") == "{item_no} {province} {office}"


def test_an_unknown_name_is_told_with_the_wording_it_stands_in_and_what_was_there() -> None:
    with pytest.raises(UserError) as refusal:
        words().read("ข้อ {ชื่อ แปลก}", "คำลงท้าย", "ข้อ {item_no} {office}")
    assert "คำลงท้าย" in refusal.value.message
    assert "{ชื่อ แปลก}" in refusal.value.message
    assert words().shown("{item_no} {office}") in refusal.value.advice


def test_of_few_fields_all_are_named_and_offered_without_groups() -> None:
    few = FieldWords.of({"code": "Code, such as 9.4", "name": "Name of the group"})
    assert few.groups() == {"": {"code": "Code, such as 9.4", "name": "Name of the group"}}
    with pytest.raises(UserError) as refusal:
        few.read("{office}", "ก")
    assert "{Code, such as 9.4} {Name of the group}" in refusal.value.advice


def test_what_is_offered_is_grouped_and_short() -> None:
    groups = words().groups()
    assert len(groups) <= 6
    assert max(map(len, groups.values())) <= 10
    offered = {name for names in groups.values() for name in names}
    assert offered - MEMO.texts.keys() == template.LABELS.keys() - {"item_no"}
    assert {name for names in GROUPS.values() for name in names} == template.LABELS.keys() - {"item_no"}


def test_a_text_is_never_offered_for_itself_nor_one_that_has_another_in_it() -> None:
    for layout in built_in_layouts():
        for name in layout.texts:
            offered = words(layout, name).groups().get("Texts of the form", {})
            assert name not in offered
            for other in offered:
                assert not set(template.fields_in(layout.texts[other].default)) & layout.texts.keys()
                layout_edits.check_wording(layout, name, "{" + other + "}")


def test_a_fact_gives_way_to_a_text_of_its_name() -> None:
    layout = replace(MEMO, texts={**MEMO.texts, "grade": Text("ระดับของเรา", "ดี")})
    groups = words(layout).groups()
    assert "grade" not in groups["ITA result"]
    assert groups["Texts of the form"]["grade"] == "ระดับของเรา"
