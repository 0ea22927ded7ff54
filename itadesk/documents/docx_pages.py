"""The pages of a Word file: paper, margins, page numbers, headers and footers of each section.

"หน้า ๑ / ๓" counts through sections that follow each other and ask for it; its total is the number of their last page
(PAGEREF of a bookmark there), or NUMPAGES when that is the whole document. SECTIONPAGES would begin anew in each
section, and LibreOffice does not know it.
"""

from itertools import groupby
from typing import Literal, NamedTuple

from itadesk.documents.docx_memo import EMBLEM_TOP
from itadesk.documents.docx_package import DocxPackage
from itadesk.documents.docx_text import (
    SIZE,
    TINY,
    Form,
    Tab,
    blank,
    field,
    paragraph,
    run,
    tab,
    tiny,
    twips,
)
from itadesk.documents.paper.page import CM, Sheet
from itadesk.documents.paper.text import one_line
from itadesk.documents.tree import DocumentTree, MemoHead, Section
from itadesk.domain.thai import thai_digits

_LEAST_HEIGHT = 4 * CM
"""Of the text area; margins that leave less are not kept."""
_NUMBER_SIZE, _CODE_SIZE = 14, 12
_FOOTER_BELOW = 1.05 * CM
"""From the footer's line to the lower edge of the paper."""


class PageSetup:
    """Makes the properties of the sections, in their order. `sheet` has the measures of the section in hand."""

    def __init__(self, tree: DocumentTree, sheet: Sheet, package: DocxPackage) -> None:
        self._tree = tree
        self._sheet = sheet
        self._package = package
        self._inherited: dict[tuple[str, str], str] = {}
        self._counted: list[str] = []
        """For each section the bookmark of the last page with which it is counted."""
        for number, (counted, group) in enumerate(
            groupby(tree.sections, key=lambda section: section.page_number == "of_total")
        ):
            self._counted += [f"last_page_{number}" if counted else "" for _ in group]

    def bookmark(self, at: int) -> str:
        """The mark at the end of section `at`, when pages are counted up to there."""
        name = self._counted[at]
        if not name or name in self._counted[at + 1 :]:
            return ""
        return f'<w:bookmarkStart w:id="{at}" w:name="{name}"/><w:bookmarkEnd w:id="{at}"/>'

    def section(self, at: int) -> str:
        """The properties of section `at`, which the sheet has begun; its headers and footers go into the package."""
        section, sheet = self._tree.sections[at], self._sheet
        width, height = sheet.paper
        tops = _Tops.of(section, height)
        right = width - sheet.left - sheet.width
        orientation = ' w:orient="landscape"' if section.landscape else ""
        stories = self._headers(section, tops) + self._footers(at, tops)
        return (
            f'<w:sectPr>{stories}<w:type w:val="nextPage"/>'
            f'<w:pgSz w:w="{twips(width)}" w:h="{twips(height)}"{orientation}/>'
            f'<w:pgMar w:top="{twips(tops.upper)}" w:right="{twips(right)}" w:bottom="{twips(tops.bottom)}"'
            f' w:left="{twips(sheet.left)}" w:header="{twips(tops.header)}"'
            f' w:footer="{twips(min(_FOOTER_BELOW, tops.bottom))}" w:gutter="0"/>{self._numbering(at)}'
            f'<w:cols w:space="720"/>{"<w:titlePg/>" if tops.own_first else ""}</w:sectPr>'
        )

    def _numbering(self, at: int) -> str:
        section = self._tree.sections[at]
        digits = ' w:fmt="thaiNumbers"' if self._tree.thai_digits else ""
        begins = section.page_number == "hyphens" or (
            bool(self._counted[at]) and self._counted[at] not in self._counted[:at]
        )
        start = ' w:start="1"' if begins else ""
        return f"<w:pgNumType{digits}{start}/>"

    def _headers(self, section: Section, tops: "_Tops") -> str:
        later = ""
        if section.page_number == "hyphens":
            later = blank(tops.later - tops.header) + self._number_at_top()
        elif tops.own_first:
            later = blank(tops.later - tops.header)
        found = self._reference("header", "default", later)
        if tops.own_first:
            found += self._reference("header", "first", blank(tops.first - tops.header))
        return found

    def _number_at_top(self) -> str:
        """The number between hyphens in the middle of the paper, then a blank line."""
        uneven = self._sheet.paper[0] - 2 * self._sheet.left - self._sheet.width
        middle = Form("center", left=max(uneven, 0), right=max(-uneven, 0))
        number = run("- ") + self._field("PAGE", 2) + run(" -")
        return paragraph(number, middle) + paragraph("", Form())

    def _footers(self, at: int, tops: "_Tops") -> str:
        footer = self._footer(self._counted[at])
        first = self._reference("footer", "first", footer) if tops.own_first else ""
        return self._reference("footer", "default", footer) + first

    def _footer(self, counted: str) -> str:
        """The document's code at the left, the page number in the middle of the paper."""
        code = one_line(self._tree.footer)
        content = run(code, _CODE_SIZE) if code else ""
        if not counted:
            return paragraph(content, Form()) if content else ""
        total = "NUMPAGES" if all(self._counted) else f"PAGEREF {counted}"
        content += tab(_NUMBER_SIZE) + run("หน้า ", _NUMBER_SIZE) + self._field("PAGE", 1, _NUMBER_SIZE)
        content += run(" / ", _NUMBER_SIZE)
        content += self._field(total, self._counted.count(counted), _NUMBER_SIZE)
        middle = Tab(self._sheet.paper[0] / 2 - self._sheet.left, "center")
        return paragraph(content, Form(tabs=(middle,)))

    def _reference(
        self, story: Literal["header", "footer"], pages: Literal["default", "first"], text: str
    ) -> str:
        """The section's own header or footer, unless it is that of the section before, which Word goes on with."""
        if self._inherited.get((story, pages), "") == text:
            return ""
        self._inherited[story, pages] = text
        add = self._package.add_header if story == "header" else self._package.add_footer
        return f'<w:{story}Reference w:type="{pages}" r:id="{add(text or tiny())}"/>'

    def _field(self, name: str, shown: int, size: float = SIZE) -> str:
        if not self._tree.thai_digits:
            return field(f"{name} \\* Arabic", str(shown), size)
        return field(f"{name} \\* THAIARABIC", thai_digits(str(shown)), size)


class _Tops(NamedTuple):
    """Distances from the edges of the paper. Word has one upper margin for all pages of a section: the lesser one; a
    header that reaches further down pushes the text of its pages."""

    first: float
    """Where the text of the first page begins."""
    later: float
    """Where that of the others begins, and the number between hyphens above it."""
    bottom: float
    own_first: bool
    """Has the first page a header of its own?"""

    @classmethod
    def of(cls, section: Section, height: float) -> "_Tops":
        bottom = min(section.margins.bottom * CM, height - _LEAST_HEIGHT)
        top = min(section.margins.top * CM, height - bottom - _LEAST_HEIGHT)
        memo = bool(section.blocks) and isinstance(section.blocks[0], MemoHead)
        first = EMBLEM_TOP if memo else top
        return cls(first, top, bottom, section.page_number == "hyphens" or first != top)

    @property
    def upper(self) -> float:
        return min(self.first, self.later)

    @property
    def header(self) -> float:
        """Where headers begin: so that the least one does not push the text."""
        return max(self.upper - TINY, 0) if self.own_first else self.upper / 2
