"""Changes to layouts: whatever is done, what comes out is a layout that its own text gives back."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadesk.documents import layout_edits as edits
from itadesk.documents import layout_parts as parts
from itadesk.documents.layout import (
    CELL_FIELDS,
    GROUPINGS,
    Layout,
    MemoHeadPart,
    ParagraphPart,
    SpacePart,
    TablePart,
    Text,
)
from itadesk.documents.layout_edits import Place
from itadesk.documents.layout_toml import MOST_COLUMNS, parse, write
from itadesk.documents.layouts import built_in_layouts, layout_named
from itadesk.errors import UserError

MEMO, OUTCOMES = layout_named("memo"), layout_named("outcomes")
PLAN_TABLE = Place(1, 1)


def kinds(layout: Layout, section: int) -> list[str]:
    return [type(part).__name__ for part in layout.sections[section].parts]


def table(layout: Layout, place: Place) -> TablePart:
    part = edits.part_at(layout, place)
    assert isinstance(part, TablePart)
    return part


# Parts and texts


def test_a_new_paragraph_stands_behind_the_part_named_and_brings_its_text() -> None:
    layout, place = edits.with_new_part(MEMO, Place(1, 0), ParagraphPart)
    assert place == Place(1, 1)
    assert kinds(layout, 1) == ["ParagraphPart", "ParagraphPart", "TablePart"]
    part = edits.part_at(layout, place)
    assert isinstance(part, ParagraphPart)
    assert part.text not in MEMO.texts
    assert layout.texts[part.text].default
    assert edits.without(layout, place) == MEMO


def test_a_part_added_to_a_section_is_its_last() -> None:
    layout, place = edits.with_new_part(MEMO, Place(2), SpacePart)
    assert place == Place(2, 3)
    assert kinds(layout, 2)[-1] == "SpacePart"


def test_a_text_goes_with_the_last_paragraph_that_prints_it() -> None:
    instruments = layout_named("instruments")
    assert edits.uses(instruments, "title") == 2
    once = edits.without(instruments, Place(1))
    assert "title" in once.texts
    assert "cover_office" not in once.texts
    twice = edits.without(once, Place(1, 0))
    assert "title" not in twice.texts


def test_texts_in_a_text_go_with_it_and_not_before() -> None:
    assert "item_no" in edits.without(MEMO, Place(0, 2)).texts
    assert "item_no" not in edits.without(MEMO, Place(0, 1)).texts


def test_a_text_that_nothing_asks_for_stays_until_it_is_taken_away() -> None:
    layout = edits.with_text(MEMO, "memo_body", Text("เนื้อความ", "สั้น ๆ"))
    assert edits.inserted_texts(layout) == ["item_no"]
    assert "item_no" not in edits.without_text(layout, "item_no").texts
    assert edits.without_text(MEMO, "item_no") == MEMO
    assert edits.without_text(MEMO, "score") == MEMO


def test_a_wording_may_ask_for_what_can_be_filled_only() -> None:
    changed = edits.with_text(MEMO, "memo_closing", Text("คำลงท้าย", "ข้อ {item_no} {office}"))
    assert changed.texts["memo_closing"].default == "ข้อ {item_no} {office}"
    labels = {name: text.label for name, text in MEMO.texts.items()}
    for name, wording, told in (
        ("score", "{offfice}", ["{offfice}"]),
        ("score", "{score}", [labels["score"], "itself"]),
        ("item_no", "{score}", [labels["item_no"], labels["memo_body"]]),
        ("score", "{memo_body}", [labels["memo_body"], labels["score"]]),
    ):
        with pytest.raises(UserError) as refusal:
            edits.with_text(MEMO, name, Text("ก", wording))
        assert all(word in refusal.value.message for word in told)


def test_parts_move_and_go_on_into_the_next_section() -> None:
    layout, place = edits.moved(MEMO, Place(1, 1), -1)
    assert (place, kinds(layout, 1)) == (Place(1, 0), ["TablePart", "ParagraphPart"])
    layout, place = edits.moved(layout, Place(1, 1), 1)
    assert (place, kinds(layout, 1), kinds(layout, 2)[:2]) == (
        Place(2, 0),
        ["TablePart"],
        ["ParagraphPart"] * 2,
    )
    layout, place = edits.moved(layout, place, -1)
    assert place == Place(1, 1)
    assert edits.moved(layout, Place(0, 0), -1) == (layout, Place(0, 0))
    assert edits.moved(layout, Place(3, 2), 1) == (layout, Place(3, 2))


def test_no_part_moves_into_the_page_of_the_memo() -> None:
    layout, place = edits.moved(OUTCOMES, Place(1, 0), -1)
    assert (layout, place) == (OUTCOMES, Place(1, 0))


# Sections


def test_a_section_is_added_moved_and_taken_away() -> None:
    layout, place = edits.with_new_section(OUTCOMES, 2)
    assert place == Place(3)
    assert layout.sections[3].landscape
    assert layout.sections[3].name not in [section.name for section in OUTCOMES.sections]
    up, place = edits.moved(layout, place, -1)
    assert [section.name for section in up.sections][2:4] == [layout.sections[3].name, "report"]
    assert edits.without(up, place) == OUTCOMES
    assert edits.moved(layout, Place(0), -1) == (layout, Place(0))


def test_a_new_section_begins_with_a_paragraph_and_goes_with_its_last_part() -> None:
    layout, place = edits.with_new_section(OUTCOMES, 2)
    assert kinds(layout, place.section) == ["ParagraphPart"]
    only = Place(place.section, 0)
    assert edits.moved(layout, only, -1) == (layout, only)
    assert edits.without(layout, only) == OUTCOMES


def test_the_last_section_stays() -> None:
    layout = MEMO
    for section in (3, 2, 1):
        layout = edits.without(layout, Place(section))
    assert edits.without(layout, Place(0)) == layout


def test_the_annex_is_put_at_the_end_and_taken_out() -> None:
    plain = edits.without(OUTCOMES, Place(3))
    assert edits.has_annex(OUTCOMES)
    assert not edits.has_annex(plain)
    assert "annex_heading" not in plain.texts
    assert edits.with_annex(plain) == (OUTCOMES, Place(3))
    assert edits.has_annex(edits.with_own_pages(OUTCOMES, 3))


def test_the_memo_is_put_in_front_taken_out_and_made_the_layouts_own() -> None:
    plain = edits.without(OUTCOMES, Place(0))
    assert not edits.has_memo(plain)
    assert "memo_body" not in plain.texts
    layout, place = edits.with_memo(plain)
    assert place == Place(0)
    assert layout == OUTCOMES
    own = edits.with_own_pages(layout, 0)
    assert not edits.has_memo(own)
    assert parse(write(own), own.name) == own
    assert own.sections[0].parts == MEMO.sections[0].parts
    assert own.sections[0].optional


def test_the_memo_stands_beside_a_section_of_the_same_name() -> None:
    layout, _place = edits.with_memo(MEMO)
    assert [section.name for section in layout.sections][:2] == ["memo-2", "memo"]
    assert layout.sections[0].parts == layout.sections[1].parts


def test_a_place_that_is_gone_gives_way_to_the_next_one() -> None:
    assert edits.nearest(MEMO, Place(1, 7)) == Place(1, 1)
    assert edits.nearest(MEMO, Place(9, 1)) == Place(3)
    assert edits.nearest(MEMO, Place(2, 1)) == Place(2, 1)


# Columns


def test_columns_are_added_moved_and_taken_away() -> None:
    plan = table(MEMO, PLAN_TABLE)
    more = parts.with_column(plan, 1, "number")
    assert [column.field for column in more.columns] == [
        "title",
        "number",
        "steps",
        "responsible",
        "follow_up",
    ]
    assert parts.without_column(more, 1) == plan
    assert [column.field for column in parts.moved_column(plan, 1, -1).columns][:2] == ["steps", "title"]
    assert parts.moved_column(plan, 0, -1) == plan
    one = replace(plan, columns=plan.columns[:1])
    assert parts.without_column(one, 0) == one


def test_a_table_has_room_for_so_many_columns() -> None:
    full = table(MEMO, PLAN_TABLE)
    while len(full.columns) < MOST_COLUMNS:
        full = parts.with_column(full, 0, "title")
    with pytest.raises(UserError):
        parts.with_column(full, 0, "title")


def test_tick_columns_come_under_their_heading() -> None:
    column = parts.with_column(table(MEMO, PLAN_TABLE), 0, "tick_done").columns[0]
    assert (column.over, column.align) == (parts.TICKS_HEADING, "center")


def test_a_wording_goes_with_the_field_that_had_it() -> None:
    plan = parts.with_column(table(MEMO, PLAN_TABLE), 0, "indicator")
    worded = parts.changed_column(plan, 0, replace(plan.columns[0], format="ข้อ {code}"))
    assert worded.columns[0].format == "ข้อ {code}"
    assert parts.changed_column(worded, 0, replace(worded.columns[0], field="title")).columns[0].format == ""


def test_a_group_shown_as_a_column_has_its_column() -> None:
    plan = table(MEMO, PLAN_TABLE)
    assert parts.grouped(plan, "indicator", as_column=False).columns == plan.columns
    column = parts.grouped(plan, "indicator", as_column=True)
    assert [item.field for item in column.columns] == ["indicator", *(item.field for item in plan.columns)]
    assert parts.grouped(column, "indicator", as_column=True) == column


def test_groups_have_rows_when_their_column_goes() -> None:
    grouped = parts.grouped(table(MEMO, PLAN_TABLE), "indicator", as_column=True)
    assert parts.without_column(grouped, 1).group_as == "column"
    assert parts.without_column(grouped, 0).group_as == "row"
    assert parts.changed_column(grouped, 0, replace(grouped.columns[0], field="number")).group_as == "row"


def test_every_field_has_a_heading_to_begin_with() -> None:
    assert set(parts.HEADINGS) == set(CELL_FIELDS)


def widths(plan: TablePart, *given: float | None) -> TablePart:
    columns = [replace(column, width=width) for column, width in zip(plan.columns, given, strict=False)]
    return replace(plan, columns=(*columns, *plan.columns[len(columns) :]))


def test_fixed_columns_leave_room_for_the_others() -> None:
    plan = table(MEMO, PLAN_TABLE)
    room = edits.text_width(MEMO.sections[1])
    assert room == 16
    widest = edits.with_part(MEMO, PLAN_TABLE, widths(plan, room - 3 * parts.LEAST_WIDTH))
    assert parse(edits.stored_text(widest), MEMO.name) == widest
    with pytest.raises(UserError) as refusal:
        edits.with_part(MEMO, PLAN_TABLE, widths(plan, 10, 5))
    assert "16 cm" in refusal.value.message
    assert "0.6 cm" in refusal.value.advice
    across = edits.with_section(MEMO, 1, replace(MEMO.sections[1], landscape=True))
    edits.with_part(across, PLAN_TABLE, widths(plan, 10, 5))


def test_columns_that_came_too_wide_can_be_made_narrower_and_more() -> None:
    plan = widths(table(MEMO, PLAN_TABLE), 20, 20)
    wide = edits.with_section(MEMO, 1, replace(MEMO.sections[1], parts=(MEMO.sections[1].parts[0], plan)))
    for changed in (
        widths(plan, 20, 10),
        parts.with_column(plan, 0, "number"),
        parts.moved_column(plan, 0, 1),
    ):
        assert table(edits.with_part(wide, PLAN_TABLE, changed), PLAN_TABLE) == changed
    with pytest.raises(UserError):
        edits.with_part(wide, PLAN_TABLE, widths(plan, 20, 21))


# The memo's head


def test_lines_of_the_head_are_added_moved_joined_and_taken_away() -> None:
    head = edits.part_at(MEMO, Place(0, 0))
    assert isinstance(head, MemoHeadPart)
    assert [line.beside for line in parts.head_lines(head)] == [False, False, True, False]
    more = parts.with_head_line(head, 4)
    assert parts.without_head_line(more, 4) == head
    beside = parts.changed_head_line(more, 4, parts.HeadLine("โทร.", "{phone}", beside=True))
    assert [[cell.label for cell in line] for line in beside.lines] == [
        ["ส่วนราชการ"],
        ["ที่", "วันที่"],
        ["เรื่อง", "โทร."],
    ]
    up = parts.moved_head_line(beside, 4, -1)
    assert [[cell.label for cell in line] for line in up.lines] == [
        ["ส่วนราชการ"],
        ["ที่", "วันที่"],
        ["โทร."],
        ["เรื่อง"],
    ]
    assert parts.moved_head_line(head, 0, -1) == head
    first = parts.changed_head_line(head, 0, parts.HeadLine("จาก", "{from}", beside=True))
    assert [len(line) for line in first.lines] == [1, 2, 1]


# Whatever is done


Choose = Callable[[int], int]
"""A number below the one given."""


def _structure(layout: Layout, place: Place, choose: Choose) -> Layout:
    match choose(7):
        case 0:
            return edits.without(layout, place)
        case 1:
            return edits.with_new_section(layout, place.section)[0]
        case 2:
            return layout if edits.has_memo(layout) else edits.with_memo(layout)[0]
        case 3:
            return edits.with_own_pages(layout, place.section)
        case 4:
            kind = [ParagraphPart, *parts.NEW_PARTS][choose(len(parts.NEW_PARTS) + 1)]
            own = not layout.sections[place.section].use
            return edits.with_new_part(layout, place, kind)[0] if own else layout
        case _:
            return edits.moved(layout, place, choose(2) * 2 - 1)[0]


def _content(layout: Layout, place: Place, choose: Choose) -> Layout:
    part = edits.part_at(layout, place)
    if isinstance(part, TablePart):
        with suppress(UserError):  # columns too wide for the page
            layout = edits.with_part(layout, place, _table(part, choose))
        return layout
    if isinstance(part, ParagraphPart):
        others = list(edits.insertable(layout, part.text))
        inserted = "{" + others[choose(len(others))] + "}" if others else '“"\\ก้ำ”\n'
        return edits.with_text(layout, part.text, Text("คำ", f"{inserted} {{office}}"))
    if isinstance(part, MemoHeadPart):
        lines = parts.head_lines(part)
        at = choose(len(lines) + 1)
        changed = (
            parts.with_head_line(part, at)
            if choose(2) or at == len(lines)
            else parts.without_head_line(part, at)
        )
        return edits.with_part(layout, place, changed)
    unasked = edits.inserted_texts(layout)
    return edits.without_text(layout, unasked[choose(len(unasked))]) if unasked else layout


def _table(part: TablePart, choose: Choose) -> TablePart:
    at = choose(len(part.columns))
    match choose(5):
        case 0:
            return parts.with_column(part, at, CELL_FIELDS[choose(len(CELL_FIELDS))])
        case 1:
            return parts.without_column(part, at)
        case 2:
            return parts.moved_column(part, at, choose(2) * 2 - 1)
        case 3:
            changed = replace(part.columns[at], format="{code}", width=choose(9) or None, heading="“ก้ำ\"\\'")
            return parts.changed_column(part, at, changed)
        case _:
            return parts.grouped(part, GROUPINGS[choose(4)], as_column=bool(choose(2)))


@given(st.sampled_from(built_in_layouts()), st.data())
def test_whatever_is_done_the_text_gives_the_layout_back(layout: Layout, data: st.DataObject) -> None:
    def choose(below: int) -> int:
        return data.draw(st.integers(0, below - 1))

    for _step in range(12):
        section = choose(len(layout.sections))
        count = len(layout.sections[section].parts)
        place = Place(section, choose(count) if count and choose(4) else None)
        if choose(2) or edits.is_fixed(layout, place):
            place = Place(section) if edits.is_fixed(layout, place) else place
            layout = _structure(layout, place, choose)
        else:
            layout = _content(layout, place, choose)
        assert parse(edits.stored_text(layout), layout.name) == layout
