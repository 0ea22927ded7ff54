"""The simple blocks on the page: paragraphs that flow over pages, pictures, blank space."""

from collections.abc import Sequence
from typing import Protocol

from itadesk.documents.paper.page import CM, TOGETHER, OpenPicture, Sheet
from itadesk.documents.paper.text import LEADING
from itadesk.documents.tree import Paragraph, Picture, Space


class Placed(Protocol):
    """A block set for a page width."""

    keep_with_next: bool

    def least(self, sheet: Sheet) -> float:
        """Height of the smallest part that may stand at the foot of a page."""
        ...

    def place(self, sheet: Sheet) -> None:
        """Draw it from the cursor on, over as many pages as it takes."""
        ...


class SetParagraph:
    """A paragraph in lines."""

    def __init__(self, paragraph: Paragraph, sheet: Sheet) -> None:
        self.keep_with_next = paragraph.keep_with_next
        self._paragraph = paragraph
        self._leading = paragraph.size * LEADING
        self._left = min(paragraph.left * CM, sheet.width * _INDENTED)
        self._width = sheet.width - self._left
        self._indent = min(paragraph.indent * CM, self._width * _INDENTED)
        self._lines = sheet.type.lines(paragraph.runs, paragraph.size, self._width, self._indent)

    def least(self, sheet: Sheet) -> float:
        lines = len(self._lines) if self.keep_with_next else min(len(self._lines), TOGETHER)
        return self._paragraph.space_before * CM + min(lines * self._leading, sheet.page_room / 2)

    def place(self, sheet: Sheet) -> None:
        sheet.space(self._paragraph.space_before * CM)
        done = 0
        while done < len(self._lines):
            count = sheet.fitting(len(self._lines) - done, self._leading, fresh=sheet.fresh)
            if count:
                self._draw(sheet, done, done + count)
            done += count
            if done < len(self._lines):
                sheet.next_page()

    def _draw(self, sheet: Sheet, first: int, after: int) -> None:
        size, align = self._paragraph.size, self._paragraph.align
        top = sheet.take((after - first) * self._leading)
        baseline = top - sheet.type.baseline(size)
        for at in range(first, after):
            line = self._lines[at]
            opens = at == 0 or self._lines[at - 1].last
            indent = self._indent if opens else 0
            slack = self._width - indent - line.width
            x = sheet.left + self._left + indent + slack * _SHIFT[align]
            sheet.text(line, size, x, baseline, slack if align == "thai" and not line.last else 0)
            baseline -= self._leading


_INDENTED = 0.8
"""The most of the width that an indent may take."""
_SHIFT = {"left": 0.0, "thai": 0.0, "center": 0.5, "right": 1.0}


class SetPicture:
    """A picture in the middle of the line, made smaller when it is larger than the page."""

    keep_with_next = False

    def __init__(self, picture: Picture, sheet: Sheet) -> None:
        self._opened = OpenPicture(picture)
        self._height = min(picture.height * CM, sheet.page_room, sheet.width / self._opened.shape)

    def least(self, sheet: Sheet) -> float:
        return self._height

    def place(self, sheet: Sheet) -> None:
        sheet.need(self._height)
        top = sheet.take(self._height)
        x = sheet.left + (sheet.width - self._height * self._opened.shape) / 2
        sheet.picture(self._opened, x, top - self._height, self._height)


class SetSpace:
    """Blank height; what does not fit at the foot of a page is dropped."""

    keep_with_next = False

    def __init__(self, space: Space) -> None:
        self._height = space.height * CM

    def least(self, sheet: Sheet) -> float:
        return 0

    def place(self, sheet: Sheet) -> None:
        sheet.take(min(self._height, max(sheet.room, 0)))


def place_all(blocks: Sequence[Placed], sheet: Sheet) -> None:
    """Place blocks one below the other, each with the next one where it must not stand alone."""
    for at, block in enumerate(blocks):
        sheet.need(_kept_height(blocks, at, sheet))
        block.place(sheet)


def _kept_height(blocks: Sequence[Placed], at: int, sheet: Sheet) -> float:
    """Height that the block and what it must be kept with need on a page."""
    height = blocks[at].least(sheet)
    while blocks[at].keep_with_next and at + 1 < len(blocks) and height < sheet.page_room:
        at += 1
        height += blocks[at].least(sheet)
    return height
