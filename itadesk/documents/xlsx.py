"""Write the tables of a DocumentTree as an Excel file, a sheet for each table-bearing section.

Tables of a section stand below each other on its sheet as long as their columns and heads are equal; one with others
begins a new sheet. What else the section says stands above and below them, a row each. Sections without a table go on
no sheet; a report that has none at all is one sheet of its texts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl.packaging.core import DocumentProperties
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from itadesk.documents.office import FONT, LANGUAGE, in_utc, repacked
from itadesk.documents.paper import families, segment
from itadesk.documents.paper.columns import column_widths, fitting_size
from itadesk.documents.paper.page import Sheet
from itadesk.documents.paper.pdfa import ArchiveCanvas
from itadesk.documents.paper.text import Typesetter, clean, one_line
from itadesk.documents.tree import (
    Block,
    DocumentTree,
    MemoHead,
    Paragraph,
    Section,
    SignatureChain,
    Table,
)
from itadesk.documents.xlsx_sheet import SheetRows, TextLine
from itadesk.documents.xlsx_signatures import signatures

_A4 = 9
_FORBIDDEN = str.maketrans(dict.fromkeys("\\*?:/[]", " "))
_LONGEST_TITLE = 31
"""Characters, as UTF-16 counts them."""
_RESERVED = "history"
"""A name that Excel keeps for itself."""
_LONGEST_CODE = 80
"""Of the footer, so that Excel's limit of 255 characters is never reached."""
_NUMBER_SIZE, _CODE_SIZE = 14, 12


def write(tree: DocumentTree, *, created: datetime | None = None) -> bytes:
    """The report as an Excel file; UserError for a text that is too long for a cell.

    `created` (now when None) is the file's date; with a fixed one equal trees give equal bytes.
    """
    moment = in_utc(created)
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties = DocumentProperties(
        creator=one_line(tree.author),
        title=one_line(tree.title),
        language=LANGUAGE,
        created=moment,
        modified=moment,
    )
    # The sheet of the paper engine knows the widths that the PDF has; what is drawn on it is thrown away.
    paper = Sheet(
        Typesetter(families.family()),
        ArchiveCanvas("", "", moment),
        thai=tree.thai_digits,
        footer=tree.footer,
    )
    for plan in _plans(tree):
        paper.begin(plan.section)
        sheet = workbook.create_sheet(_title(plan, tree, workbook.sheetnames))
        _fill(sheet, plan.blocks, paper)
        _set_up(sheet, plan.section, tree.footer)
    out = BytesIO()
    ExcelWriter(workbook, ZipFile(out, "w", ZIP_DEFLATED)).save()
    return repacked(out.getvalue(), moment)


class _Plan(NamedTuple):
    """What stands on one sheet."""

    section: Section
    blocks: Sequence[Block]
    alone: bool
    """Is it all of its section?"""


def _plans(tree: DocumentTree) -> Iterator[_Plan]:
    groups = [(section, _groups(section)) for section in tree.sections if any(map(_is_table, section.blocks))]
    if not groups:
        section = tree.sections[0] if tree.sections else Section(())
        yield _Plan(section, [block for section in tree.sections for block in section.blocks], alone=False)
    for section, parts in groups:
        for blocks in parts:
            yield _Plan(section, blocks, alone=len(parts) == 1)


def _is_table(block: Block) -> bool:
    return isinstance(block, Table) and bool(block.columns)


def _groups(section: Section) -> list[list[Block]]:
    """The section's blocks, sheet by sheet; texts go with the table below them."""
    groups: list[list[Block]] = [[]]
    waiting: list[Block] = []
    for block in section.blocks:
        waiting.append(block)
        if isinstance(block, Table) and block.columns:
            if (known := _first_table(groups[-1])) and (known.columns, known.head) != (
                block.columns,
                block.head,
            ):
                groups.append([])
            groups[-1] += waiting
            waiting = []
    groups[-1] += waiting
    return groups


def _first_table(blocks: Sequence[Block]) -> Table | None:
    return next((block for block in blocks if isinstance(block, Table) and block.columns), None)


def _fill(sheet: Worksheet, blocks: Sequence[Block], paper: Sheet) -> None:
    rows = SheetRows(sheet, _widths(blocks, paper), paper.type)
    heads: list[range] = []
    for block in blocks:
        if isinstance(block, Table):
            heads += [rows.table(block)] if block.columns else []
        if isinstance(block, SignatureChain):
            signatures(block, rows)
        for line in _lines(block):
            rows.text(line)
    if heads and heads[0]:
        sheet.print_title_rows = f"{heads[0].start}:{heads[0].stop - 1}"
    if rows.last:
        sheet.print_area = f"A1:{get_column_letter(rows.columns)}{rows.last}"


def _widths(blocks: Sequence[Block], paper: Sheet) -> list[float]:
    """As on paper. Columns that have no room there are as wide as they need: Excel prints the whole sheet smaller."""
    table = _first_table(blocks)
    if not table:
        return [paper.width]
    rows = [row for block in blocks if isinstance(block, Table) for row in block.rows]
    total = paper.width * table.size / fitting_size(table, paper)
    return column_widths(replace(table, rows=tuple(rows)), paper.type, table.size, total)


def _lines(block: Block) -> Iterator[TextLine]:
    """What a block that is no table says, a row for each line."""
    match block:
        case Paragraph():
            bold = all(run.bold for run in block.runs)
            align = "left" if block.align == "thai" else block.align
            for text in clean("".join(run.text for run in block.runs)).split("\n"):
                yield TextLine(text, block.size, align, bold)
        case MemoHead():
            yield TextLine(block.title, 29, "center", bold=True)
            for field in (field for line in block.lines for field in line):
                yield TextLine(f"{field.label}  {field.value}")
            yield TextLine(f"{block.salutation_label}  {block.salutation}")
        case _:
            return


def _title(plan: _Plan, tree: DocumentTree, taken: Sequence[str]) -> str:
    """The sheet's name: of the section, or of the table when the section has several sheets."""
    table = _first_table(plan.blocks)
    caption = table.caption if table else ""
    names = (plan.section.title, caption) if plan.alone else (caption, plan.section.title)
    cleaned = (
        " ".join(one_line(name).translate(_FORBIDDEN).strip("' ").split()) for name in (*names, tree.title)
    )
    name = next(filter(None, cleaned), "รายงาน")
    known = {_RESERVED, *(title.casefold() for title in taken)}
    number, title = 1, _shortened(name, _LONGEST_TITLE)
    while title.casefold() in known:
        number += 1
        title = _shortened(name, _LONGEST_TITLE - len(f" ({number})")) + f" ({number})"
    return title


def _shortened(name: str, longest: int) -> str:
    """The beginning of the name, no letter torn from its marks."""
    short = ""
    for cluster in segment.clusters(name):
        if len((short + cluster).encode("utf-16-le")) // 2 > longest:
            break
        short += cluster
    return short.strip("' ") or name[:longest]


def _set_up(sheet: Worksheet, section: Section, code: str) -> None:
    """A4, one page wide, margins as on paper; code and page numbers at the foot."""
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "landscape" if section.landscape else "portrait"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    edges = section.margins
    inches = [length / 2.54 for length in (edges.left, edges.right, edges.top, edges.bottom)]
    sheet.page_margins = PageMargins(*inches, header=0.4, footer=0.4)
    foot = sheet.oddFooter
    assert foot is not None
    foot.left.text = one_line(code)[:_LONGEST_CODE].replace("&", "&&")
    foot.center.text = "หน้า &P / &N"
    for part, size in ((foot.left, _CODE_SIZE), (foot.center, _NUMBER_SIZE)):
        part.font, part.size = f"{FONT},Regular", size
