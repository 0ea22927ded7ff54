"""Paragraphs of a Word file as XML text: lengths, runs, tabs, fields. Lengths are points.

Word takes size and weight of Thai letters from attributes of their own ("complex script"): `szCs`, `bCs`, `iCs`, and
`cs` on the runs that hold them. They always stand beside those of other letters.
"""

import re
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple
from xml.sax.saxutils import escape

from itadesk.documents.paper.text import clean
from itadesk.documents.tree import Align, Run

CM = 72 / 2.54
SIZE = 16
"""Of the style Normal: what has another size says so."""

_THAI = re.compile("[\u0e00-\u0e7f]")
_JUSTIFY = {"left": "left", "center": "center", "right": "right", "thai": "thaiDistribute"}
_TALLEST = 1584
"""Points: the highest line that Word takes."""
TINY = 1.0
"""Points: height of a paragraph that is there because Word wants one."""


class Tab(NamedTuple):
    """A tab stop, from the left edge of the text area or of the cell."""

    at: float
    align: Literal["left", "center", "right"] = "left"
    dotted: bool = False


@dataclass(frozen=True)
class Form:
    """How a paragraph looks. `first`: indent of its first line; `exact`: height of its lines, 0 = single spacing;
    `whole`: no page ends within it."""

    align: Align = "left"
    size: float = SIZE
    left: float = 0
    right: float = 0
    first: float = 0
    before: float = 0
    exact: float = 0
    tabs: tuple[Tab, ...] = ()
    keep_with_next: bool = False
    whole: bool = False
    heading: bool = False
    bold: bool = False


def twips(points: float) -> int:
    """Word's unit: a twentieth of a point."""
    return round(points * 20)


def runs(content: tuple[Run, ...], size: float = SIZE) -> str:
    """Runs without line breaks."""
    return "".join(run(part.text, size, bold=part.bold, italic=part.italic) for part in content if part.text)


def run(text: str, size: float = SIZE, *, bold: bool = False, italic: bool = False) -> str:
    text = clean(text).replace("\n", " ")
    properties = _properties(size, bold=bold, italic=italic) + ("<w:cs/>" if _THAI.search(text) else "")
    return f'<w:r>{_boxed("rPr", properties)}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def tab(size: float = SIZE) -> str:
    """A jump to the next tab stop, with that stop's dots."""
    return f"<w:r>{_boxed('rPr', _properties(size))}<w:tab/></w:r>"


def field(instruction: str, shown: str, size: float = SIZE) -> str:
    """A number that Word counts; `shown` until it does."""
    return f'<w:fldSimple w:instr=" {instruction} ">{run(shown, size)}</w:fldSimple>'


def flow(content: tuple[Run, ...], form: Form) -> str:
    """A paragraph for each line of the text."""
    first, *others = _lines(content)
    rest = replace(form, before=0, heading=False)
    return paragraph(runs(first, form.size), form) + "".join(
        paragraph(runs(line, form.size), rest) for line in others
    )


def text(content: str, form: Form) -> str:
    """A paragraph for each line of a text in one face."""
    return flow((Run(content, form.bold),), form)


def paragraph(content: str, form: Form, section: str = "") -> str:
    """A paragraph of runs; `section`: the properties of the section that it ends."""
    mark = _boxed("rPr", _properties(form.size, bold=form.bold))
    return f"<w:p>{_boxed('pPr', _layout(form) + mark + section)}{content}</w:p>"


def blank(height: float, *, keep_with_next: bool = False) -> str:
    """Empty paragraphs of that height together."""
    lines: list[str] = []
    while height >= TINY:
        here = min(height, _TALLEST)
        lines.append(paragraph("", Form(exact=here, keep_with_next=keep_with_next)))
        height -= here
    return "".join(lines)


def tiny(section: str = "", content: str = "", *, keep_with_next: bool = False) -> str:
    """The paragraph that nobody sees: Word wants one after a table and at the end of a section."""
    return paragraph(content, Form(size=TINY, exact=TINY, keep_with_next=keep_with_next), section)


def lines(content: str) -> list[str]:
    """The text in lines that are paragraphs of their own."""
    return clean(content).split("\n")


def _lines(content: tuple[Run, ...]) -> list[tuple[Run, ...]]:
    found: list[list[Run]] = [[]]
    for part in content:
        first, *others = lines(part.text)
        found[-1].append(replace(part, text=first))
        found += [[replace(part, text=other)] for other in others]
    return [tuple(line) for line in found]


def _properties(size: float, *, bold: bool = False, italic: bool = False) -> str:
    found = "<w:b/><w:bCs/>" if bold else ""
    found += "<w:i/><w:iCs/>" if italic else ""
    half = max(round(size * 2), 2)
    return found + (f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>' if half != SIZE * 2 else "")


def _layout(form: Form) -> str:
    """Properties of a paragraph that differ from those of the style Normal, in the order of the schema."""
    found = '<w:pStyle w:val="Heading1"/>' if form.heading else ""
    found += "<w:keepNext/>" if form.keep_with_next else ""
    found += "<w:keepLines/>" if form.whole else ""
    found += _boxed("tabs", "".join(map(_tab_stop, form.tabs)))
    spacing = f' w:before="{twips(form.before)}"' if form.before else ""
    spacing += f' w:line="{twips(form.exact)}" w:lineRule="exact"' if form.exact else ""
    indent = "".join(
        f' w:{name}="{twips(length)}"'
        for name, length in (("left", form.left), ("right", form.right), ("firstLine", form.first))
        if length > 0
    )
    found += f"<w:spacing{spacing}/>" if spacing else ""
    found += f"<w:ind{indent}/>" if indent else ""
    return found + (f'<w:jc w:val="{_JUSTIFY[form.align]}"/>' if form.align != "left" else "")


def _tab_stop(stop: Tab) -> str:
    leader = ' w:leader="dot"' if stop.dotted else ""
    return f'<w:tab w:val="{stop.align}"{leader} w:pos="{twips(stop.at)}"/>'


def _boxed(name: str, content: str) -> str:
    return f"<w:{name}>{content}</w:{name}>" if content else ""
