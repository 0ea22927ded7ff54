"""What can be set of a layout: each text shown means the value shown, and what is accepted can be stored."""

from collections.abc import Iterator
from typing import Any

import pytest

from itadesk.documents import layout_edits, layout_parts
from itadesk.documents.layout import CELL_FIELDS, Layout, MemoHeadPart, Part, SignaturesPart, TablePart
from itadesk.documents.layout_edits import Place
from itadesk.documents.layout_toml import parse
from itadesk.documents.layouts import built_in_layouts, layout_named
from itadesk.errors import UserError
from itadesk.ui import layout_settings as settings
from itadesk.ui.layout_values import Setting


def things(layout: Layout) -> Iterator[tuple[Any, tuple[Setting, ...]]]:
    """Everything in a layout that has settings."""
    yield layout, settings.FORM
    for text in layout.texts.values():
        yield text, settings.TEXT
    for section in layout.sections:
        yield section, settings.MEMO_SECTION if section.use else settings.SECTION
    for part in layout.parts:
        yield part, settings.PARTS[type(part)]
        if isinstance(part, TablePart):
            yield from ((column, settings.COLUMN) for column in part.columns)
        if isinstance(part, MemoHeadPart):
            yield from ((line, settings.HEAD_LINE) for line in layout_parts.head_lines(part))


@pytest.mark.parametrize("layout", built_in_layouts(), ids=lambda layout: layout.name)
def test_the_text_shown_means_the_value_shown(layout: Layout) -> None:
    for thing, its_settings in things(layout):
        for setting in its_settings:
            value = setting.get(thing)
            assert setting.read(setting.show(value)) == value, setting.name
            assert setting.put(thing, value) == thing, setting.name
            assert setting.label


def every_part() -> dict[type[Part], tuple[Layout, Place]]:
    """A layout with a part of every kind, by kind."""
    memo = layout_named("memo")
    return {kind: layout_edits.with_new_part(memo, Place(0), kind) for kind in settings.PARTS}


LIMITS = {
    "size": ("6", "72"),
    "indent": ("0", "15"),
    "left": ("0", "15"),
    "space_before": ("0", "15"),
    "stretch": ("0", "100"),
    "columns": ("1", "4"),
    "opinion_lines": ("0", "20"),
    "last_opinion_lines": ("0", "20"),
    "emblem_height": ("0", "10"),
}


@pytest.mark.parametrize("kind", settings.PARTS, ids=lambda kind: kind.__name__)
def test_the_largest_and_smallest_number_can_be_stored_and_no_other(kind: type[Part]) -> None:
    layout, place = every_part()[kind]
    part = layout_edits.part_at(layout, place)
    for setting in settings.PARTS[kind]:
        if setting.name not in LIMITS:
            continue
        least, most = LIMITS[setting.name]
        for text in (least, most):
            changed = layout_edits.with_part(layout, place, setting.put(part, setting.read(text)))
            assert parse(layout_edits.stored_text(changed), changed.name) == changed
        for text in (f"-{least}1", f"{most}1", "", "ก", "1e1", "1.5.2", "inf"):
            with pytest.raises(UserError) as refusal:
                setting.read(text)
            assert most in refusal.value.advice


def test_margins_and_heights_go_as_far_as_a_layout_may() -> None:
    memo = layout_named("memo")
    for setting in settings.SECTION:
        if setting.name.startswith("margins."):
            section = setting.put(memo.sections[0], setting.read("10"))
            layout_edits.stored_text(layout_edits.with_section(memo, 0, section))
            with pytest.raises(UserError):
                setting.read("10.1")
    for kind, most in (("LogoPart", "20"), ("SpacePart", "25")):
        part_kind = next(item for item in settings.PARTS if item.__name__ == kind)
        layout, place = every_part()[part_kind]
        height = settings.PARTS[part_kind][0]
        part = height.put(layout_edits.part_at(layout, place), height.read(most))
        layout_edits.stored_text(layout_edits.with_part(layout, place, part))


def named(its_settings: tuple[Setting, ...], name: str) -> Setting:
    return next(setting for setting in its_settings if setting.name == name)


def test_numbers_are_read_as_clerks_type_them() -> None:
    size = named(settings.PARAGRAPH, "size")
    assert [size.read(text) for text in ("๑๖", " 16.50 ", "16,5", "16.0")] == [16, 16.5, 16.5, 16]
    assert size.show(size.read("16.50")) == "16.5"


def test_a_width_is_fitted_or_centimetres() -> None:
    width = named(settings.COLUMN, "width")
    assert [width.read(text) for text in ("", "Fitted", "0", "๔.๕", "fitted 4")] == [None, None, None, 4.5, 4]
    for text in ("0.1", "41", "กว้าง"):
        with pytest.raises(UserError) as refusal:
            width.read(text)
        assert "Fitted" in refusal.value.advice


def test_wordings_may_ask_for_their_own_fields_only() -> None:
    heading = named(settings.TABLE, "group_heading")
    assert heading.read("{number} {code} {name}") == "{number} {code} {name}"
    for setting, text in (
        (heading, "{office}"),
        (named(settings.COLUMN, "format"), "{number}"),
        (named(settings.MEMO_HEAD, "salutation"), "{nobody}"),
    ):
        with pytest.raises(UserError) as refusal:
            setting.read(text)
        assert text in refusal.value.message


def test_roles_are_lines_and_the_drafter_has_a_name_that_clerks_know() -> None:
    roles = named(settings.SIGNATURES, "roles")
    assert roles.show(("drafter", "ความเห็นของปลัด")) == "Drafter (gives no opinion)\nความเห็นของปลัด"
    assert roles.read("Drafter (gives no opinion)\n\n ความเห็น  ของปลัด ") == ("drafter", "ความเห็น ของปลัด")


def test_words_of_a_small_dictionary_come_and_go() -> None:
    table = layout_named("instruments").tables[0]
    name = named(settings.TABLE, "split_names.iit")
    assert name.applies(table)
    assert name.get(table) == table.split_names["iit"]
    without = name.put(table, "")
    assert set(without.split_names) == {"eit", "oit"}
    assert name.empty(without)
    assert not name.applies(layout_named("outcomes").tables[0])


def test_settings_show_where_they_matter() -> None:
    signatures = SignaturesPart(roles_as="label")
    assert not named(settings.SIGNATURES, "opinion_lines").applies(signatures)
    table = layout_named("indicators").tables[0]
    assert not named(settings.TABLE, "group_heading").applies(table)
    assert named(settings.TABLE, "others").applies(table)
    assert not named(settings.TABLE, "split_heading").applies(table)


def test_every_field_of_a_column_has_a_word() -> None:
    assert set(settings.FIELD_LABELS) == set(CELL_FIELDS)
    labels = [settings.field_label(name) for name in CELL_FIELDS]
    assert len(set(labels)) == len(labels)
