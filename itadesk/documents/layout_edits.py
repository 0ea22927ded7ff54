"""Changes to a layout, each giving a new one: what the layout editor does, without the window."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from itadesk.documents import layout_toml, template
from itadesk.documents.layout import Layout, ParagraphPart, Part, SectionSpec, TablePart, Text
from itadesk.documents.layout_parts import NEW_PARTS, check_widths, dropped, inserted, put, shifted
from itadesk.domain import thai
from itadesk.errors import UserError
from itadesk.i18n import _


class Place(NamedTuple):
    """Where something stands in a layout: a section, or one of its parts."""

    section: int
    part: int | None = None


_PAPER = (21.0, 29.7)
"""Centimetres of A4."""
MEMO, ANNEX = "memo", "annex"
"""The sections of the built-in memo that may stand in any layout, first and last."""


# Reading


def part_at(layout: Layout, place: Place) -> Part | None:
    """The part at a place; None for the place of a section."""
    return None if place.part is None else layout.sections[place.section].parts[place.part]


def is_fixed(layout: Layout, place: Place) -> bool:
    """Whether it is a part of a section taken from the memo, which changes with that only."""
    return place.part is not None and bool(layout.sections[place.section].use)


def nearest(layout: Layout, place: Place) -> Place:
    """The place itself, or the one next to where it was: layouts shrink when a step is undone."""
    section = min(place.section, len(layout.sections) - 1)
    last = len(layout.sections[section].parts) - 1
    if place.part is None or last < 0 or section != place.section:
        return Place(section)
    return Place(section, min(place.part, last))


def text_width(section: SectionSpec) -> float:
    """Centimetres between the margins."""
    return _PAPER[section.landscape] - section.margins.left - section.margins.right


def uses(layout: Layout, text: str) -> int:
    """How many paragraphs print the text of that name."""
    return sum(isinstance(part, ParagraphPart) and part.text == text for part in layout.parts)


def inserted_texts(layout: Layout) -> list[str]:
    """Names of the texts that no paragraph prints: they stand in others as fields, or nowhere."""
    return [name for name in layout.texts if not uses(layout, name)]


def insertable(layout: Layout, name: str) -> dict[str, str]:
    """The other texts that may stand as fields in the text `name`, with their labels.

    A text stands in another one only: those that have texts in them themselves may not, and one that stands in others
    may have none.
    """
    if _hosts(layout, name):
        return {}
    return {
        other: text.label
        for other, text in layout.texts.items()
        if other != name and not _texts_in(layout, text.default)
    }


def check_wording(layout: Layout, name: str, wording: str) -> None:
    """Refuse a wording of the text `name` that has a field nobody can fill, or a text that may not stand in it."""
    inner, label = _texts_in(layout, wording), layout.texts[name].label
    if name in inner:
        raise UserError(_("The text “{label}” cannot stand in itself.").format(label=label))
    if inner and (hosts := _hosts(layout, name)):
        raise UserError(
            _("“{label}” stands in the text “{host}”, so no other text can stand in it.").format(
                label=label, host=layout.texts[hosts[0]].label
            ),
            _("Write the words of the other text here."),
        )
    for other in (other for other in inner if other not in insertable(layout, name)):
        raise UserError(
            _("The text “{other}” has another text in it, so it cannot stand in “{label}”.").format(
                other=layout.texts[other].label, label=label
            ),
            _("Write its words here."),
        )
    template.check(wording, {**template.LABELS, **layout.texts})


def stored_text(layout: Layout) -> str:
    """The layout as the file keeps it; UserError when it could not be read again."""
    text = thai.normalise(layout_toml.write(layout))
    layout_toml.parse(text, layout.name)
    return text


def free_name(stem: str, taken: Iterable[str]) -> str:
    """`stem`, or `stem-2`, `stem-3` … when it is taken."""
    names = set(taken)
    if stem not in names:
        return stem
    stem = re.sub(r"-\d+$", "", stem)
    return next(name for number in range(2, len(names) + 3) if (name := f"{stem}-{number}") not in names)


# Sections and parts


def with_section(layout: Layout, section: int, changed: SectionSpec) -> Layout:
    """Another version of one section."""
    return replace(layout, sections=put(layout.sections, section, changed))


def with_new_section(layout: Layout, after: int) -> tuple[Layout, Place]:
    """A section behind another one, on the same pages, with a paragraph: one without parts would print nothing."""
    like = layout.sections[after]
    number = len(layout.sections) + 1
    fresh = SectionSpec(
        name=_free(layout, "section"),
        title=f"ส่วนที่ {number}",
        landscape=like.landscape,
        page_number=like.page_number,
        margins=like.margins,
    )
    place = Place(after + 1)
    layout = replace(layout, sections=inserted(layout.sections, place.section, fresh))
    return with_new_part(layout, place, ParagraphPart)[0], place


def with_memo(layout: Layout) -> tuple[Layout, Place]:
    """The office memo as the first section, with its texts; a document has it when the clerk wants it."""
    return _with_borrowed(layout, MEMO, "บันทึกข้อความ", 0)


def has_memo(layout: Layout) -> bool:
    """Whether the office memo stands in it as it is."""
    return any(section.use == MEMO for section in layout.sections)


def with_annex(layout: Layout) -> tuple[Layout, Place]:
    """The list of evidence as the last section, with its text; a document has it when the clerk wants it."""
    return _with_borrowed(layout, ANNEX, "ภาคผนวก รายการหลักฐาน", len(layout.sections))


def has_annex(layout: Layout) -> bool:
    """Whether evidence is listed in it."""
    return any(table.rows == "evidence" for table in layout.tables)


def _with_borrowed(layout: Layout, use: str, title: str, at: int) -> tuple[Layout, Place]:
    """A section of the built-in memo, so that it stands at `at`."""
    name = free_name(use, [section.name for section in layout.sections])
    section = SectionSpec(name=name, title=title, optional=True, printed=False, use=use)
    borrowed = replace(layout, sections=inserted(layout.sections, at, section))
    return layout_toml.parse(layout_toml.write(borrowed), layout.name), Place(at)


def with_own_pages(layout: Layout, section: int) -> Layout:
    """A section that was taken from the memo becomes the layout's own: from now on all of it can be changed."""
    return with_section(layout, section, replace(layout.sections[section], use=""))


def without(layout: Layout, place: Place) -> Layout:
    """Without a part or a whole section, and without the texts that only it printed. A section goes with its last
    part; the last section stays."""
    section = layout.sections[place.section]
    if place.part is not None and len(section.parts) > 1:
        return _tidied(layout, _with_parts(layout, place.section, dropped(section.parts, place.part)))
    if len(layout.sections) == 1:
        return layout
    return _tidied(layout, replace(layout, sections=dropped(layout.sections, place.section)))


def with_part(layout: Layout, place: Place, changed: Part) -> Layout:
    """Another version of one part; UserError for columns that were made too wide for the page."""
    assert place.part is not None, "a section is no part"
    parts = layout.sections[place.section].parts
    before = parts[place.part]
    if isinstance(changed, TablePart) and isinstance(before, TablePart):
        check_widths(before, changed, text_width(layout.sections[place.section]))
    return _with_parts(layout, place.section, put(parts, place.part, changed))


def with_new_part(layout: Layout, place: Place, kind: type[Part]) -> tuple[Layout, Place]:
    """A new part behind the one at a place, or at the end of the section there; a paragraph brings a new text."""
    parts = layout.sections[place.section].parts
    at = len(parts) if place.part is None else place.part + 1
    if kind is ParagraphPart:
        name = _free(layout, "text")
        number = re.sub(r"\D", "", name)
        label = f"ข้อความ {number}"
        fresh = Text(label=label, default=label)
        layout = replace(layout, texts={**layout.texts, name: fresh})
        part: Part = ParagraphPart(text=name, indent=2.5)
    else:
        part = NEW_PARTS[kind]()
    return _with_parts(layout, place.section, inserted(parts, at, part)), Place(place.section, at)


def moved(layout: Layout, place: Place, step: int) -> tuple[Layout, Place]:
    """A section or part one place up (-1) or down (1); a part goes on into the next section of the layout's own."""
    if place.part is None:
        to = place.section + step
        if not 0 <= to < len(layout.sections):
            return layout, place
        return replace(layout, sections=shifted(layout.sections, place.section, to)), Place(to)
    parts = layout.sections[place.section].parts
    to = place.part + step
    if 0 <= to < len(parts):
        return _with_parts(layout, place.section, shifted(parts, place.part, to)), Place(place.section, to)
    return _moved_on(layout, place, step)


def _moved_on(layout: Layout, place: Place, step: int) -> tuple[Layout, Place]:
    """The part into the next section that holds parts of its own; the only one of its section stays."""
    assert place.part is not None
    if len(layout.sections[place.section].parts) == 1:
        return layout, place
    section = place.section + step
    while 0 <= section < len(layout.sections) and layout.sections[section].use:
        section += step
    if not 0 <= section < len(layout.sections):
        return layout, place
    here, there = layout.sections[place.section].parts, layout.sections[section].parts
    at = 0 if step > 0 else len(there)
    layout = _with_parts(layout, section, inserted(there, at, here[place.part]))
    return _with_parts(layout, place.section, dropped(here, place.part)), Place(section, at)


# Texts


def with_text(layout: Layout, name: str, changed: Text) -> Layout:
    """Another wording of a text; UserError for one that cannot be filled."""
    check_wording(layout, name, changed.default)
    return replace(layout, texts={**layout.texts, name: changed})


def without_text(layout: Layout, name: str) -> Layout:
    """Without a text that stands nowhere; any other stays."""
    kept = {other: text for other, text in layout.texts.items() if other != name}
    stands = any(name in template.fields_in(text.default) for text in kept.values())
    if stands or uses(layout, name) or name in _borrowed(layout):
        return layout
    return replace(layout, texts=kept)


def _texts_in(layout: Layout, wording: str) -> list[str]:
    """The layout's own texts that stand in a wording as fields."""
    return [field for field in template.fields_in(wording) if field in layout.texts]


def _hosts(layout: Layout, name: str) -> list[str]:
    """The other texts in which the text `name` stands."""
    return [
        other
        for other, text in layout.texts.items()
        if other != name and name in template.fields_in(text.default)
    ]


# Names


def _with_parts(layout: Layout, section: int, parts: tuple[Part, ...]) -> Layout:
    return with_section(layout, section, replace(layout.sections[section], parts=parts))


def _free(layout: Layout, stem: str) -> str:
    """`stem1`, `stem2` …: the first name that no section, text or field has."""
    taken = {*(section.name for section in layout.sections), *layout.texts, *template.LABELS}
    return next(name for number in range(1, len(taken) + 2) if (name := f"{stem}{number}") not in taken)


def _asked(layout: Layout) -> set[str]:
    """Names of the texts that paragraphs print, and of those that stand in them as fields."""
    printed = {part.text for part in layout.parts if isinstance(part, ParagraphPart)} & layout.texts.keys()
    return printed | {field for name in printed for field in template.fields_in(layout.texts[name].default)}


def _borrowed(layout: Layout) -> Mapping[str, Text]:
    """The texts that come with sections of the memo, whatever the layout itself holds."""
    sections = tuple(section for section in layout.sections if section.use)
    if not sections:
        return {}
    return layout_toml.parse(
        layout_toml.write(replace(layout, texts={}, sections=sections)), layout.name
    ).texts


def _tidied(before: Layout, after: Layout) -> Layout:
    """`after` without the texts that were asked for before and are no longer."""
    gone = _asked(before) - _asked(after) - _borrowed(after).keys()
    return replace(after, texts={name: text for name, text in after.texts.items() if name not in gone})
