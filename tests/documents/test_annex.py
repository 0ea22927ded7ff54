"""The annex in every built-in report: the evidence of its round, links as they are, in PDF, Word and Excel."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import docx as python_docx
import pytest
from documents.readers import by_pdfium, table_pages
from documents.test_reports import EXAMPLE, YEAR_ID, report, sections
from openpyxl import load_workbook

from itadesk.documents.layouts import ORDER, layout_named
from itadesk.documents.tree import DocumentTree, Table
from itadesk.documents.writers import WRITERS
from itadesk.domain.model import Evidence, Measure, Round
from itadesk.domain.snapshot import Snapshot

TITLE = "ภาคผนวก รายการหลักฐาน"
LONG = "https://drive.google.example/file/d/1a2b3c/view?usp=sharing&key=" + "x9" * 100
FIRST = EXAMPLE.children(Measure, YEAR_ID)[0]


def piece(number: int, round_: Round | None, **said: Any) -> Evidence:
    return Evidence(id=f"{number:032x}", measure_id=FIRST.id, ordinal=10 + number, round=round_, **said)


SNAPSHOT = Snapshot.of(
    [
        *EXAMPLE.rows(),
        piece(0, 12, title="รายงาน 66", url=LONG),
        piece(1, 6, title="ของครึ่งปีแรก", url="https://a.example/half"),
        piece(2, None, file_name="ภาพ 15 ม.ค. 68.jpg"),
    ]
)


def annexed(name: str, snapshot: Snapshot = SNAPSHOT, **more: Any) -> DocumentTree:
    """The annex of a report, alone."""
    tree = report(name, snapshot, sections="annex", **more)
    assert tree.sections[-1].title == TITLE
    return replace(tree, sections=tree.sections[-1:])


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", ORDER)
def test_it_is_there_when_asked_for_and_only_then(name: str) -> None:
    assert TITLE not in sections(report(name, SNAPSHOT))
    assert TITLE in sections(report(name, SNAPSHOT, sections="annex"))
    assert layout_named(name).sections[-1].name == "annex"


@pytest.mark.parametrize("name", ORDER)
def test_it_lists_the_evidence_of_the_round_in_the_pdf(name: str) -> None:
    said = squeezed(by_pdfium(WRITERS[".pdf"](annexed(name), None)))
    for text in (
        "รายงาน ๖๖",
        LONG,
        "ภาพ 15 ม.ค. 68.jpg",
        "https://www.thungsukjai.example/ita/manual-2568.pdf",
    ):
        assert squeezed(text) in said
    assert "half" not in said
    assert "half" in squeezed(by_pdfium(WRITERS[".pdf"](annexed(name, round_=6), None)))


def test_a_long_link_stays_within_its_column() -> None:
    for page in table_pages(WRITERS[".pdf"](annexed("memo"), None)):
        link = [character for band in page.bands for character in band.cells[3]]
        assert link
        assert max(character.right for character in link) < page.edges[-1]


def test_word_and_excel_join_the_cells_of_a_measure() -> None:
    tree = annexed("outcomes")
    table = python_docx.Document(BytesIO(WRITERS[".docx"](tree, None))).tables[-1]
    first, second, third = table.rows[1], table.rows[2], table.rows[3]
    assert first.cells[1]._tc is second.cells[1]._tc is third.cells[1]._tc
    assert [row.cells[3].text for row in (second, third)] == [LONG, "ภาพ 15 ม.ค. 68.jpg"]
    sheet = load_workbook(BytesIO(WRITERS[".xlsx"](tree, None)))[TITLE]
    links = [str(row[3].value or "") for row in sheet.iter_rows()]
    at = links.index(LONG)
    assert sheet.cell(at + 1, 2).value is None
    joined = [area for area in sheet.merged_cells.ranges if area.min_col == 2]
    assert any(area.min_row <= at + 1 <= area.max_row for area in joined)


def test_a_report_that_names_no_round_lists_the_evidence_of_both() -> None:
    tree = annexed("memo", round_=None)
    assert "half" in squeezed(by_pdfium(WRITERS[".pdf"](tree, None)))


def test_without_evidence_there_is_its_head() -> None:
    bare = Snapshot.of(row for row in EXAMPLE.rows() if not isinstance(row, Evidence))
    said = by_pdfium(WRITERS[".pdf"](annexed("memo", bare), None))
    assert "ลิงก์หรือชื่อแฟ้ม" in said


def test_two_measures_of_one_title_stay_two() -> None:
    twin = replace(FIRST, id="f" * 32, ordinal=FIRST.ordinal + 1)
    snapshot = Snapshot.of([*EXAMPLE.rows(), twin, replace(piece(5, 12, title="อื่น"), measure_id=twin.id)])
    table = annexed("memo", snapshot).sections[0].blocks[-1]
    assert isinstance(table, Table)
    starts = [row.starts for row in table.rows][:2]
    assert starts == [True, True]
