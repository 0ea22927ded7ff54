"""The simple blocks on the page: paragraphs that flow over pages, pictures, blank space; and what stays together."""

from collections.abc import Sequence
from typing import Protocol

from itadesk.documents.paper.page import CM, TOGETHER, OpenPicture, Sheet
from itadesk.documents.paper.text import LEADING
from itadesk.documents.tree import Paragraph, Picture, Space


class Placed(Protocol):
    """A block set for the pages of a section."""

    keep_with_next: bool
    clings: bool
    """Must it begin on the page where the block before it ends?"""

    @property
    def whole(self) -> bool:
        """Does no page end within it?"""
        ...

    def start(self, behind: float, room: float) -> float:
        """Height of the smallest part that may stand at the foot of a page.

        `behind`: what must stay free behind its end; `room`: what a page has beside the block before it.
        """
        ...

    def end(self) -> float:
        """Height of the part that must stand on the page where it ends."""
        ...

    def place(self, sheet: Sheet, behind: float) -> None:
        """Draw it from the cursor on, over as many pages as it takes, and `behind` points free behind its end."""
        ...


class SetParagraph:
    """A paragraph in lines."""

    clings = False

    def __init__(self, paragraph: Paragraph, sheet: Sheet) -> None:
        self.keep_with_next = paragraph.keep_with_next
        self._paragraph = paragraph
        self._above = paragraph.space_before * CM
        self._leading = paragraph.size * LEADING
        self._left = min(paragraph.left * CM, sheet.width * _INDENTED)
        self._width = sheet.width - self._left
        self._indent = min(paragraph.indent * CM, self._width * _INDENTED)
        self._lines = sheet.type.lines(paragraph.runs, paragraph.size, self._width, self._indent)
        self._height = len(self._lines) * self._leading
        heading = self.keep_with_next and self._height <= sheet.page_room / 2
        self.whole = heading or len(self._lines) < 2 * TOGETHER

    def start(self, behind: float, room: float) -> float:
        return self._above + (self._height + behind if self.whole else TOGETHER * self._leading)

    def end(self) -> float:
        return self._height if self.whole else (2 * TOGETHER - 1) * self._leading

    def place(self, sheet: Sheet, behind: float) -> None:
        sheet.need(self.start(behind, sheet.page_room))
        sheet.space(self._above)
        done = 0
        while done < len(self._lines):
            left = len(self._lines) - done
            count = sheet.fitting(left, self._leading, fresh=sheet.blank, behind=behind)
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

    keep_with_next = clings = False
    whole = True

    def __init__(self, picture: Picture, sheet: Sheet) -> None:
        self._opened = OpenPicture(picture)
        self._height = min(picture.height * CM, sheet.page_room, sheet.width / self._opened.shape)

    def start(self, behind: float, room: float) -> float:
        return self._height + behind

    def end(self) -> float:
        return self._height

    def place(self, sheet: Sheet, behind: float) -> None:
        sheet.need(self._height + behind)
        top = sheet.take(self._height)
        x = sheet.left + (sheet.width - self._height * self._opened.shape) / 2
        sheet.picture(self._opened, x, top - self._height, self._height)


class SetSpace:
    """Blank height; what does not fit at the foot of a page is dropped. It joins what is around it."""

    keep_with_next = False
    clings = whole = True

    def __init__(self, space: Space) -> None:
        self.height = space.height * CM
        self.stretch = space.stretch

    def start(self, behind: float, room: float) -> float:
        return self.height + behind if behind else 0

    def end(self) -> float:
        return self.height

    def place(self, sheet: Sheet, behind: float) -> None:
        sheet.take(min(self.height, max(sheet.room, 0)))


def place_section(blocks: Sequence[Placed], sheet: Sheet) -> None:
    """Place a section's blocks; what they leave empty of its only page goes to the spaces that stretch."""
    spaces = [block for block in blocks if isinstance(block, SetSpace)]
    if whole := sum(space.stretch for space in spaces):
        empty = sheet.rehearse(lambda: _place(blocks, sheet))
        for space in spaces:
            space.height += empty * space.stretch / whole
    _place(blocks, sheet)


def _place(blocks: Sequence[Placed], sheet: Sheet) -> None:
    for block, behind in zip(blocks, _behind(blocks, sheet.page_room), strict=True):
        block.place(sheet, behind)


def _behind(blocks: Sequence[Placed], page_room: float) -> list[float]:
    """For each block, the height that must stay free behind its end: for what has to stand on the same page."""
    behind = [0.0]
    for block, room in reversed(list(zip(blocks, _rooms(blocks, page_room), strict=True))):
        needed = 0 if room is None else block.start(behind[-1], room)
        behind.append(needed if room is not None and needed <= room else 0)
    return behind[-2::-1]


def _rooms(blocks: Sequence[Placed], page_room: float) -> list[float | None]:
    """For each block that has to begin where the one before it ends, the height a page has beside that one."""
    rooms: list[float | None] = []
    along, kept = 0.0, False
    before: Placed | None = None
    for block in blocks:
        tied = kept or block.clings
        if tied and before:
            along = before.end() + (along if before.whole and rooms[-1] is not None else 0)
        rooms.append(page_room - along if tied else None)
        kept = block.keep_with_next or (kept and isinstance(block, SetSpace))
        before = block
    return rooms
