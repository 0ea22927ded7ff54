"""The pages of a document: a cursor that runs down the text area, the foot of the pages, dots, pictures.

Points from the lower left corner. "หน้า ๑ / ๓" needs the total: it goes on as more content of its pages once the last
page is known.
"""

from collections.abc import Callable
from io import BytesIO
from typing import NamedTuple

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfdoc

from itadesk.documents.paper.pdfa import ArchiveCanvas
from itadesk.documents.paper.text import LEADING, Line, Typesetter, one_line
from itadesk.documents.tree import Picture, Section
from itadesk.domain.thai import thai_digits
from itadesk.errors import UserError
from itadesk.i18n import _

CM = 72 / 2.54
_PAPER = (21.0 * CM, 29.7 * CM)
_LEAST_WIDTH, _LEAST_HEIGHT = CM, 4 * CM
"""Of the text area; margins that leave less are not kept."""
_NUMBER_SIZE = 16
_NUMBER_LINES = 2 * _NUMBER_SIZE * LEADING
"""The number between hyphens on the first line of the text area, then a blank line."""
_FOOT_SIZE, _FOOTER_SIZE = 14, 12
_FOOT_BASELINE = 1.2 * CM
"""Of "หน้า ๑ / ๓" and the footer, from the lower edge of the paper."""
_WIDEST_NUMBER = 9999
_FOOT_GAP = 12.0
TOGETHER = 2
"""Lines of a paragraph or a cell that stay together at the foot and at the head of a page."""
DOTS_BELOW = 2.2
"""Points from the baseline down to a dotted leader."""
_MOST_PIXELS = 50_000_000
"""A picture of few bytes may unfold to as many as somebody likes."""
_KINDS = ("PNG", "JPEG", "GIF")
"""Others may be programs that have to be run (EPS), or need readers nobody has use for here."""
_DOTS_PER_CM = 600 / 2.54
"""More dots of a picture than a printer shows are left out."""
_TINY = 0.01


class _Foot(NamedTuple):
    """The footer of a section's pages: the document's code at the left."""

    line: Line
    size: float
    baseline: float


class _PageFull(Exception):
    """What is rehearsed needs another page."""


class Sheet:
    """Where blocks are placed: `left` and `width` bound the text area, `y` is the cursor, `room` is below it.

    `page_room` is the height of the text area of a section's second page and of all later ones.
    """

    def __init__(self, typesetter: Typesetter, canvas: ArchiveCanvas, *, thai: bool, footer: str) -> None:
        self.type = typesetter
        self.paper = _PAPER
        self.left = self.width = self.page_room = 0.0
        self.blank = True
        """Is nothing drawn on this page yet?"""
        self._canvas = canvas
        self._thai = thai
        self._footer = typesetter.line(one_line(footer), _FOOTER_SIZE)
        self._foot: _Foot | None = None
        self._section = Section(())
        self._section_page = 0
        self._counted: list[tuple[pdfdoc.PDFPage, float]] = []
        self._top: float = 0
        self._bottom: float = 0
        self.y: float = 0
        self._rehearsing = False

    # --- pages

    def begin(self, section: Section) -> None:
        """Start a section on a new page."""
        self._section, self._section_page = section, 0
        margins = section.margins
        self.paper = (_PAPER[1], _PAPER[0]) if section.landscape else _PAPER
        self._canvas.setPageSize(self.paper)
        self.left = min(margins.left * CM, self.paper[0] - _LEAST_WIDTH)
        self.width = max(self.paper[0] - self.left - margins.right * CM, _LEAST_WIDTH)
        self._foot = self._set_foot()
        self._bottom = min(max(margins.bottom * CM, self._foot_top), self.paper[1] - _LEAST_HEIGHT)
        numbered = _NUMBER_LINES if section.page_number == "hyphens" else 0
        self.page_room = self._page_top - numbered - self._bottom + _TINY
        self._open_page()

    def next_page(self) -> None:
        if self._rehearsing:
            raise _PageFull
        self.close_page()
        self._open_page()

    def close_page(self) -> None:
        """Finish the page; after a section's last one nothing else is needed."""
        if foot := self._foot:
            self.text(foot.line, foot.size, self.left, foot.baseline)
        page = self._canvas.finish_page()
        if self._section.page_number == "of_total":
            self._counted.append((page, self.paper[0] / 2))

    def rehearse(self, place: Callable[[], None]) -> float:
        """The height that `place` leaves empty on this page, nothing being drawn; 0 when it takes another page."""
        before = self.y, self._top, self.blank
        self._rehearsing = True
        try:
            place()
            return max(self.y - self._bottom, 0)
        except _PageFull:
            return 0
        finally:
            self._rehearsing = False
            self.y, self._top, self.blank = before

    @property
    def _page_top(self) -> float:
        """The upper edge of the text area, if need be above its margin."""
        upper = self.paper[1] - self._section.margins.top * CM
        return max(upper, self._bottom + _LEAST_HEIGHT)

    def _open_page(self) -> None:
        self._section_page += 1
        self._top = self.y = self._page_top
        if self._section.page_number == "hyphens" and self._section_page > 1:
            self._number_at_top()
        self.blank = True

    # --- numbers and the footer

    def _number_at_top(self) -> None:
        line = self.type.line(f"- {self._digits(self._section_page)} -", _NUMBER_SIZE)
        x, baseline = (self.paper[0] - line.width) / 2, self.y - self.type.baseline(_NUMBER_SIZE)
        self.text(line, _NUMBER_SIZE, x, baseline)
        self._top = self.y = self.y - _NUMBER_LINES

    def number_pages(self) -> None:
        """Put "หน้า ๑ / ๓" at the foot of the pages of all sections that ask for it, counted through."""
        total = len(self._counted)
        for number, (page, centre) in enumerate(self._counted, 1):
            line = self._page_number(number, total)
            foot = self.type.draw(line, _FOOT_SIZE, centre - line.width / 2, _FOOT_BASELINE)
            self._canvas.add_content(page, foot)

    def _page_number(self, number: int, total: int) -> Line:
        return self.type.line(f"หน้า {self._digits(number)} / {self._digits(total)}", _FOOT_SIZE)

    def _digits(self, number: int) -> str:
        return thai_digits(str(number)) if self._thai else str(number)

    def _set_foot(self) -> _Foot | None:
        """The footer beside the page number, above it where it is too long for that, never wider than the text."""
        if not self._footer.pieces:
            return None
        baseline = _FOOT_BASELINE
        if self._section.page_number == "of_total":
            number = self._page_number(_WIDEST_NUMBER, _WIDEST_NUMBER).width
            beside = (self.paper[0] - number) / 2 - _FOOT_GAP - self.left
            baseline += _FOOTER_SIZE if self._footer.width > beside else 0
        return _Foot(
            self._footer, _FOOTER_SIZE * min(1, self.width / max(self._footer.width, _TINY)), baseline
        )

    @property
    def _foot_top(self) -> float:
        """How high the foot of the page reaches; the text area ends above it."""
        number = self._section.page_number == "of_total"
        tops = [_FOOT_BASELINE + self.type.baseline(_FOOT_SIZE)] if number else []
        if foot := self._foot:
            tops.append(foot.baseline + self.type.baseline(foot.size))
        return max(tops, default=0)

    # --- the cursor

    @property
    def room(self) -> float:
        """Height left above the bottom margin."""
        return self.y - self._bottom + _TINY

    @property
    def fresh(self) -> bool:
        """Is the cursor at the top of the page?"""
        return self.y == self._top

    def fitting(
        self, lines: int, leading: float, *, fresh: bool, padding: float = 0, behind: float = 0
    ) -> int:
        """How many of so many lines go on this page; at least one on a page that is still `fresh`.

        `behind`: the height that must stay free on the page where they end.
        """
        fit = int((self.room - padding) / leading + 1e-6)
        if fit >= lines:
            ends = lines * leading + padding + behind <= self.room
            if ends or (fresh and lines < 2 * TOGETHER):
                return lines
        fit = min(fit, lines - TOGETHER)
        return max(fit, 1) if fresh else fit if fit >= TOGETHER else 0

    def take(self, height: float) -> float:
        """Move down by `height`; the y of the upper edge of what was taken."""
        top = self.y
        self.y -= height
        return top

    def space(self, height: float) -> None:
        """Blank height between blocks; none at the top of a page."""
        if not self.fresh:
            self.y -= height

    def need(self, height: float) -> None:
        """Go on to the next page when this height does not fit here; on a blank page, to its top."""
        if height <= self.room:
            return
        if self.blank:
            self.y = self._top
        else:
            self.next_page()

    def start_at(self, distance: float) -> None:
        """Put the cursor of a fresh page `distance` below the upper edge of the paper."""
        self._top = self.y = self.paper[1] - distance

    # --- drawing

    def draw(self, operators: str) -> None:
        self.blank = False
        if not self._rehearsing:
            self._canvas.addLiteral(operators)

    def text(self, line: Line, size: float, x: float, baseline: float, extra: float = 0) -> None:
        if line.pieces:
            self.draw(self.type.draw(line, size, x, baseline, extra))

    def dots(self, x0: float, x1: float, y: float) -> None:
        """A dotted leader that ends at `x1`: dots of a vector line, so that nothing of it is copied as text."""
        if x1 > x0:
            self.draw(f"q 0.7 w 1 J [0 2.4] 0 d {x1:.2f} {y:.2f} m {x0:.2f} {y:.2f} l S Q")

    def picture(self, picture: "OpenPicture", x: float, y: float, height: float) -> None:
        """The picture with its lower left corner at (x, y)."""
        self.blank = False
        if not self._rehearsing:
            self._canvas.drawImage(picture.image, x, y, height * picture.shape, height, mask="auto")


class OpenPicture:
    """A picture that can be drawn. `shape`: its width over its height."""

    def __init__(self, picture: Picture) -> None:
        """Raise UserError when it is no picture."""
        try:
            with Image.open(BytesIO(picture.data), formats=_KINDS) as opened:
                if opened.width * opened.height > _MOST_PIXELS:
                    raise ValueError(f"{opened.width} x {opened.height} pixels")
                image = opened.convert("RGBA" if opened.has_transparency_data else "RGB")
                image.thumbnail((image.width, max(picture.height * _DOTS_PER_CM, 1)))
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as problem:
            raise UserError(
                _("The picture cannot be read."), _("Choose a PNG or JPEG file that other programs can show.")
            ) from problem
        self.image = ImageReader(image)
        self.shape = image.width / image.height
