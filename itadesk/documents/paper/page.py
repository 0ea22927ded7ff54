"""The pages of a document: a cursor that runs down the text area, page numbers, bookmarks, dots, pictures.

Points from the lower left corner. "หน้า ๑ / ๓" needs the total: it goes on as more content of its pages once the last
page is known.
"""

from io import BytesIO

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
_NUMBER_SIZE = 16
_FOOT_SIZE = 14
_FOOT_BASELINE = 1.2 * CM
"""Of "หน้า ๑ / ๓", from the lower edge of the paper."""
TOGETHER = 2
"""Lines of a paragraph or a cell that stay together at the foot and at the head of a page."""
_DOTS_PER_CM = 600 / 2.54
"""More dots of a picture than a printer shows are left out."""
_TINY = 0.01


class Sheet:
    """Where blocks are placed: `left` and `width` bound the text area, `y` is the cursor, `room` is below it."""

    def __init__(self, typesetter: Typesetter, canvas: ArchiveCanvas, *, thai: bool) -> None:
        self.type = typesetter
        self.paper = _PAPER
        self.left = self.width = 0.0
        self._canvas = canvas
        self._thai = thai
        self._section = Section(())
        self._section_page = 0
        self._counted: list[tuple[pdfdoc.PDFPage, float]] = []
        self._top = self._bottom = self.y = 0.0

    # --- pages

    def begin(self, section: Section) -> None:
        """Start a section on a new page."""
        self._section, self._section_page = section, 0
        margins = section.margins
        self.paper = (_PAPER[1], _PAPER[0]) if section.landscape else _PAPER
        self.left, self._bottom = margins.left * CM, margins.bottom * CM
        self.width = max(self.paper[0] - (margins.left + margins.right) * CM, CM)
        self._canvas.setPageSize(self.paper)
        if section.title:
            self._canvas.bookmark(one_line(section.title))
        self._open_page()

    def next_page(self) -> None:
        self.close_page()
        self._open_page()

    def close_page(self) -> None:
        """Finish the page; after a section's last one nothing else is needed."""
        page = self._canvas.finish_page()
        if self._section.page_number == "of_total":
            self._counted.append((page, self.paper[0] / 2))

    def _open_page(self) -> None:
        self._section_page += 1
        self._top = self.y = self.paper[1] - self._section.margins.top * CM
        if self._section.page_number == "hyphens" and self._section_page > 1:
            self._number_at_top()

    def _number_at_top(self) -> None:
        """The number between hyphens on the first line of the text area, then a blank line."""
        line = self.type.line(f"- {self._digits(self._section_page)} -", _NUMBER_SIZE)
        self.text(
            line, _NUMBER_SIZE, (self.paper[0] - line.width) / 2, self.y - self.type.baseline(_NUMBER_SIZE)
        )
        self._top = self.y = self.y - 2 * _NUMBER_SIZE * LEADING

    def number_pages(self) -> None:
        """Put "หน้า ๑ / ๓" at the foot of the pages of all sections that ask for it, counted through."""
        total = self._digits(len(self._counted))
        for number, (page, centre) in enumerate(self._counted, 1):
            line = self.type.line(f"หน้า {self._digits(number)} / {total}", _FOOT_SIZE)
            foot = self.type.draw(line, _FOOT_SIZE, centre - line.width / 2, _FOOT_BASELINE)
            self._canvas.add_content(page, foot)

    def _digits(self, number: int) -> str:
        return thai_digits(str(number)) if self._thai else str(number)

    # --- the cursor

    @property
    def room(self) -> float:
        """Height left above the bottom margin."""
        return self.y - self._bottom + _TINY

    @property
    def page_room(self) -> float:
        """Height of this page's text area."""
        return self._top - self._bottom + _TINY

    @property
    def fresh(self) -> bool:
        """Is nothing on this page yet?"""
        return self.y == self._top

    def fitting(self, lines: int, leading: float, *, fresh: bool, padding: float = 0) -> int:
        """How many of so many lines go on this page; at least one on a page that is still `fresh`."""
        fit = int((self.room - padding) / leading)
        if fit >= lines:
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
        """Go on to the next page when this height does not fit here."""
        if height > self.room and not self.fresh:
            self.next_page()

    def start_at(self, distance: float) -> None:
        """Put the cursor of a fresh page `distance` below the upper edge of the paper."""
        self._top = self.y = self.paper[1] - distance

    # --- drawing

    def draw(self, operators: str) -> None:
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
        self._canvas.drawImage(picture.image, x, y, height * picture.shape, height, mask="auto")


class OpenPicture:
    """A picture that can be drawn. `shape`: its width over its height."""

    def __init__(self, picture: Picture) -> None:
        """Raise UserError when it is no picture."""
        try:
            with Image.open(BytesIO(picture.data)) as opened:
                image = opened.convert("RGBA" if opened.has_transparency_data else "RGB")
                image.thumbnail((image.width, max(picture.height * _DOTS_PER_CM, 1)))
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as problem:
            raise UserError(
                _("The picture cannot be read."), _("Choose a PNG or JPEG file that other programs can show.")
            ) from problem
        self.image = ImageReader(image)
        self.shape = image.width / image.height
