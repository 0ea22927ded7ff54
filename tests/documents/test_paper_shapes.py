"""Tables of all shapes, read back from the finished pages: every cell once, in its place, and what belongs together.

The pages are judged by the rules, shades and characters on them; nothing of the engine's own reckoning is asked.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from documents.readers import CM, Band, Character, TablePage, folded, table_pages, text_of
from hypothesis import given, settings
from hypothesis import strategies as st

from itadesk.documents import pdf
from itadesk.documents.tree import (
    Column,
    DocumentTree,
    HeadCell,
    Margins,
    Paragraph,
    Row,
    Run,
    Section,
    SignatureBlock,
    SignatureChain,
    Space,
    Table,
)

SENTENCE = "จัดทำประกาศขั้นตอนการปฏิบัติงานและเผยแพร่บนเว็บไซต์ของหน่วยงานให้ประชาชนทราบ "
WORDS = [
    *[
        "ที่",
        "ปู่",
        "น้ำ",
        "(ITA)",
        "พ.ศ.",
        "๒๕๖๖",
        "A",
        "/",
        "๑.",
        "ต่าง",
        "ๆ",
        "ก๊ำ",
        "“ก”",
        "e-Service",
        "ยืม-คืน",
        "ความโปร่งใส",
        "๑๒,๕๐๐.๕๐",
        "ญี่ปุ่น",
    ],
    " ",
    SENTENCE,
]
LONG = ("https://example.go.th/" + "path_01/?q=ข้อ&" * 20, "x" * 300, SENTENCE * 35, "ก่้" * 80, "๙" * 150)
BEFORE = "ย่อหน้า"
SLACK = 2.0
"""Points by which measures taken from the page may be off."""

# --- tables


@dataclass
class Shape:
    """A table on its pages, and who signs below it."""

    table: Table
    chain: SignatureChain | None
    section: Section = field(repr=False)

    @property
    def room(self) -> float:
        """Height of the text area."""
        margins = self.section.margins
        return ((21 if self.section.landscape else 29.7) - margins.top - margins.bottom) * CM


paragraphs = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map("".join).filter(str.strip)
texts = st.one_of(
    st.lists(paragraphs, min_size=1, max_size=3).map("\n".join), st.sampled_from(LONG), paragraphs
)
equals = st.lists(st.one_of(st.sampled_from(("กองคลัง", "", SENTENCE)), texts), min_size=1, max_size=2)
names = st.sampled_from(("หัว", "การกำกับติดตาม", "ผู้รับผิดชอบ (คน)", "Head", ""))
widths = st.one_of(st.none(), st.none(), st.floats(0.2, 6))
margins = st.sampled_from((Margins(), Margins(2, 2, 2, 2), Margins(1, 1, 1, 1.5), Margins(5, 6, 3, 4)))


@st.composite
def columns(draw: st.DrawFn) -> tuple[Column, ...]:
    """One to eight; at least one that is not merged, so that each row has rules of its own."""
    made = [
        Column(draw(st.sampled_from(("left", "center"))), draw(widths), draw(st.booleans()))
        for _ in range(draw(st.integers(0, 7)))
    ]
    made.insert(draw(st.integers(0, len(made))), Column(width=draw(widths)))
    return tuple(made)


@st.composite
def heads(draw: st.DrawFn, count: int) -> tuple[tuple[HeadCell, ...], ...]:
    """No head, one of one level, or one of two: some cells over both, others over the cells below them."""
    levels = draw(st.integers(0, 2))
    if levels < 2:
        return (tuple(HeadCell(draw(names)) for _ in range(count)),) * levels
    upper: list[HeadCell] = []
    lower: list[HeadCell] = []
    while (left := count - sum(cell.columns for cell in upper)) > 0:
        span = draw(st.integers(1, min(left, 3)))
        upper.append(HeadCell(draw(names), columns=span, rows=1 if span > 1 else 2))
        lower += [HeadCell(draw(names)) for _ in range(span if span > 1 else 0)]
    return (tuple(upper), tuple(lower)) if lower else (tuple(HeadCell(cell.text) for cell in upper),)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    made = draw(columns())
    pools = [
        draw(equals) if column.merged else draw(st.lists(texts, min_size=1, max_size=4)) for column in made
    ]
    count = draw(st.integers(0, 18))
    kinds = draw(st.lists(st.integers(0, 5), min_size=count, max_size=count))
    head = draw(heads(len(made)))
    rows = [_row(draw, at, kind, pools, made) for at, kind in enumerate(kinds)]
    return Table(
        made,
        head,
        tuple(rows),
        size=draw(st.floats(10, 20)),
        caption=draw(st.sampled_from(("", "ตารางที่ ๑", "ตารางที่ ๑ " + SENTENCE * 3))) if rows or head else "",
        continued=draw(st.sampled_from(("", "(ต่อ)"))),
    )


def _row(draw: st.DrawFn, at: int, kind: int, pools: list[list[str]], made: tuple[Column, ...]) -> Row:
    if kind == 0:
        return Row((draw(st.sampled_from((f"ตัวชี้วัดที่ {at}", f"ด้าน {at} {SENTENCE}"))),), group=True)
    numbered = "" if kind == 1 else f"{at}"
    return Row(
        tuple(
            draw(st.sampled_from(pool))
            if column.merged
            else numbered and numbered + draw(st.sampled_from(pool))
            for pool, column in zip(pools, made, strict=True)
        ),
        starts=draw(st.sampled_from((False, False, False, True))),
    )


@st.composite
def chains(draw: st.DrawFn) -> SignatureChain | None:
    count = draw(st.integers(0, 4))
    blocks = [
        SignatureBlock(
            (f"(นายลำดับ{at})", f"ตำแหน่ง{at} {draw(st.sampled_from(('', SENTENCE)))}"),
            draw(st.sampled_from(("", f"ลงนาม{at}"))),
            draw(st.sampled_from(("", f"ความเห็น{at}"))),
            draw(st.integers(0, 3)),
            draw(st.sampled_from(("", f"ผู้รายงาน{at}"))),
        )
        for at in range(count)
    ]
    return SignatureChain(tuple(blocks), draw(st.integers(1, 3))) if blocks else None


@st.composite
def shapes(draw: st.DrawFn) -> Shape:
    table, chain = draw(tables()), draw(chains())
    before = [Paragraph((Run(BEFORE),), size=16)] * draw(st.integers(0, 20))
    between = draw(st.sampled_from(((), (Space(0.5),))))
    section = Section(
        (*before, table, *between, *([chain] if chain else [])),
        landscape=draw(st.booleans()),
        margins=draw(margins),
    )
    return Shape(table, chain, section)


# --- what is read


class TableReader:
    """Follows the rows of a table over its pages."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._rows = shape.table.rows
        self._at = -1
        self._left: list[str] = []
        """What the next page must still have of row `_at`, by column."""
        self._parts: list[Band] = []
        self._only_merged = False
        """Is no more left of the row than merged texts?"""
        self._group: int | None = None
        self._heights = defaultdict[tuple[int, str], float](float)
        """How high a text stood at first in a merged column; and the last group row, in column -1."""

    def read(self, pages: list[TablePage]) -> None:
        for number, page in enumerate(pages):
            self._check_head(page, first=not number)
            bands = self._without_repeated_group(page) if number and page.bands else page.bands
            for place, band in enumerate(bands):
                assert not any(self._left) or not place, "a row goes on below, but on the same page"
                self._read_band(band, top=not place)
            if bands and bands[-1].group:
                assert self._is_finished(), "a group row is the last on its page"
        assert self._is_finished(), f"row {self._at} of {len(self._rows)}, left: {self._left}"

    def merged_height(self) -> float:
        """Height of the merged texts of the last row, which it needs where it begins a page."""
        at = len(self._rows) - 1
        columns = enumerate(self._shape.table.columns)
        merged = [column for column, spec in columns if spec.merged and at >= 0 and not self._rows[at].group]
        return max(
            (self._heights[column, folded(self._rows[at].cells[column])] for column in merged), default=0
        )

    def _is_finished(self) -> bool:
        return self._at == len(self._rows) - 1 and not any(self._left)

    def _check_head(self, page: TablePage, *, first: bool) -> None:
        table = self._shape.table
        assert page.head == [folded(cell.text) for row in table.head for cell in row]
        assert page.above.replace(BEFORE, "" if first else BEFORE) == folded(table.caption)

    # --- group rows

    def _without_repeated_group(self, page: TablePage) -> list[Band]:
        """The bands of a page that is not the table's first, a repeated group row left out."""
        table, at = self._shape.table, self._at if any(self._left) else self._at + 1
        if self._group is None or not table.continued or self._rows[at].group:
            return page.bands
        again = folded(f"{self._rows[self._group].cells[0]} {table.continued}")
        if page.bands[0].group:
            assert page.bands[0].texts == [again]
            assert len(page.bands) > 1, "a repeated group row is the last on its page"
            return page.bands[1:]
        height, head = self._heights[-1, ""], page.bands[0].top - page.top
        room = self._shape.room / 3 - SLACK
        assert height > room or head + height > 2 * room, f"{again} is missing"
        return page.bands

    # --- rows

    def _read_band(self, band: Band, *, top: bool) -> None:
        goes_on = any(self._left)
        if not goes_on:
            self._at += 1
            self._parts = []
            self._left = [""] * len(band.cells)
        row = self._rows[self._at]
        assert band.group == row.group
        if row.group:
            self._group = self._at
            self._heights[-1, ""] = band.bottom - band.top
        columns = self._shape.table.columns
        self._only_merged = goes_on and not any(
            left for left, column in zip(self._left, columns, strict=False) if not column.merged
        )
        for column, text in enumerate(band.texts):
            self._left[column] = self._rest(column, text, band, top=top, goes_on=goes_on)
            assert (column in band.ruled) == (top or not self._is_joined(self._at, column))
        self._parts.append(band)
        if len(self._parts) > 1 and not any(self._left):
            assert min(part.lines for part in self._parts) >= 2, "a single line of a row"

    def _rest(self, column: int, text: str, band: Band, *, top: bool, goes_on: bool) -> str:
        """What must follow on the next page of a cell of which `text` stands here."""
        whole = folded(self._rows[self._at].cells[column])
        joined = self._is_joined(self._at, column)
        merged = self._shape.table.columns[column].merged
        torn = goes_on and bool(self._left[column])
        if torn or (goes_on and not merged):
            whole = self._left[column]
        elif joined and not top:
            assert not text, "a merged text is repeated on its page"
            return ""
        elif (joined or goes_on) and whole and not text:
            most = (
                self._shape.room / 3 - SLACK - 20
            )  # a blank that begins a text may be a line that is not read
            tall = self._heights[column, whole] > most
            assert tall or self._only_merged, f"{whole} is not repeated"
            return ""
        assert whole.startswith(text), f"{text} does not begin {whole}"
        if torn or not (joined or goes_on):
            self._heights[column, folded(self._rows[self._at].cells[column])] += band.height_of(column)
        left = whole[len(text) :]
        if merged and torn and not left:
            height = self._heights[column, folded(self._rows[self._at].cells[column])]
            assert height > self._shape.room / 3 - SLACK - 20, "a merged text is torn"
        return left

    def _is_joined(self, at: int, column: int) -> bool:
        """Is the cell one with the cell above it?"""
        table = self._shape.table
        if not 0 < at < len(self._rows) or self._rows[at].group or self._rows[at - 1].group:
            return False
        if self._rows[at].starts:
            return False
        here, above = self._rows[at].cells[column], self._rows[at - 1].cells[column]
        return table.columns[column].merged and here == above and bool(here.strip())


def check(shape: Shape) -> None:
    """Write the table, read it back, and judge it."""
    pages = table_pages(pdf.write(DocumentTree("t", "a", (shape.section,))))
    with_table = [number for number, page in enumerate(pages) if page.head or page.bands]
    reader = TableReader(shape)
    reader.read([pages[number] for number in with_table])
    assert not any(pages[number].below for number in with_table[:-1])
    foot = shape.room + shape.section.margins.top * CM + SLACK
    assert all(character.y <= foot for page in pages for character in _characters(page))
    if shape.chain:
        _check_chain(shape, shape.chain, pages, with_table, reader.merged_height())


def _characters(page: TablePage) -> list[Character]:
    return page.below + [c for band in page.bands for cell in band.cells for c in cell]


def _check_chain(
    shape: Shape, chain: SignatureChain, pages: list[TablePage], with_table: list[int], merged: float
) -> None:
    """No block is torn; the first stands below the table, all do; unless a page has no room for that."""
    texts = [text_of(page.below) for page in pages]
    places = [_place(block, texts) for block in chain.blocks]
    assert places == sorted(places)
    if with_table and places[-1] != (last := with_table[-1]):
        parted = places if places[0] == last else places[:1]
        assert _last_unit(pages[last]) + merged + _height(pages, parted) > shape.room


def _place(block: SignatureBlock, texts: list[str]) -> int:
    """The page where all of the block stands."""
    marks = [folded(text) for text in (block.label, block.opinion, block.sign_label, *block.lines) if text]
    (found,) = {number for number, text in enumerate(texts) for mark in marks if mark[:12] in text}
    return found


def _height(pages: list[TablePage], numbers: list[int]) -> float:
    """The most that the blocks on these pages can be high: there may be dots above them, which are not read."""
    found = [pages[number].below for number in sorted(set(numbers))]
    return sum(max(c.y for c in below) - min(c.y for c in below) + 5 * 16 * 1.15 for below in found)


def _last_unit(page: TablePage) -> float:
    """Height of a table's head, and of the last row on the page with the group rows before it."""
    rows = [number for number, band in enumerate(page.bands[:-1]) if not band.group]
    above = page.bands[rows[-1]].bottom - page.bands[0].top if rows else 0
    return page.bands[-1].bottom - page.top - above if page.bands else 0


@settings(max_examples=100)
@given(shapes())
def test_a_table_of_any_shape(shape: Shape) -> None:
    check(shape)
