"""A whole report as a PDF: every text reads back once in every reader, pages are numbered, nothing odd breaks it."""

import datetime as dt
import threading
from dataclasses import replace

import pymupdf
import pytest
from documents.readers import READERS, by_mupdf, folded, lines, paragraph, tree_of
from hypothesis import given
from hypothesis import strategies as st

from itadesk.documents import pdf
from itadesk.documents.tree import (
    Column,
    DocumentTree,
    HeadCell,
    Margins,
    MemoField,
    MemoHead,
    Paragraph,
    Row,
    Run,
    Section,
    SignatureBlock,
    SignatureChain,
    Space,
    Table,
)

REORDERING = {"pdfminer", "poppler"}
"""Readers that find an order of their own in tables; each cell is whole all the same."""
TICKS = ("ยังไม่ดำเนินงาน", "อยู่ระหว่างดำเนินงาน", "ดำเนินงานเสร็จแล้ว")


def measure(at: int) -> tuple[str, str]:
    return (
        f"ให้ความรู้เรื่องการป้องกันผลประโยชน์ทับซ้อนครั้งที่{at:02d}",
        f"ฝึกอบรมหรือประชุมพนักงานเรื่องที่{at:02d} เพื่อให้ผู้รู้น้ำใจและที่ปู่ย่าสอน (ITA) เมื่อ ๓๑ มี.ค. ๖๕",
    )


def report(count: int = 12) -> DocumentTree:
    """The memo, its plan and its status table, with texts that are all unlike."""
    head = MemoHead(
        "บันทึกข้อความ",
        None,
        1.5,
        (
            (MemoField("ส่วนราชการ", "สำนักปลัดเทศบาล"),),
            (MemoField("ที่", "กส ๗๓๕๐๑/๑๒"), MemoField("วันที่", "๑ เมษายน ๒๕๖๕")),
            (MemoField("เรื่อง", "รายงานผลการดำเนินการตามมาตรการ"),),
        ),
        "เรียน",
        "นายกเทศมนตรีตำบลตัวอย่าง",
    )
    chain = SignatureChain(
        (
            SignatureBlock(("(นางสาวหนึ่ง ใจดี)", "เจ้าพนักงานธุรการ"), "(ลงชื่อ)"),
            SignatureBlock(("(นายสอง ใจงาม)", "ปลัดเทศบาล ปฏิบัติหน้าที่"), "(ลงชื่อ)", "ความเห็นของปลัด", 2),
        )
    )
    plan = Table(
        (Column(), Column(), Column("center", 3)),
        (tuple(HeadCell(text) for text in ("มาตรการที่ตั้งไว้", "ขั้นตอนและวิธีการ", "กำกับติดตาม")),),
        tuple(Row((*measure(at), f"ภายในวันที่{at:02d}")) for at in range(count)),
    )
    status = Table(
        (Column(), *[Column("center", 2.2)] * 3),
        (
            (HeadCell("รายการที่รายงาน", rows=2), HeadCell("สถานการณ์ดำเนินงาน", columns=3)),
            tuple(HeadCell(text) for text in TICKS),
        ),
        tuple(
            Row((f"ผลของมาตรการลำดับ{at:02d}ดังนี้", *("/" if at % 3 == tick else "" for tick in range(3))))
            for at in range(count)
        ),
    )
    body = paragraph("ตามที่ได้กำหนดมาตรการต่าง ๆ ไว้ในข้อ ๖ ของหนังสือดังกล่าวแล้วนั้น บัดนี้ได้ดำเนินการแล้ว", "thai", 2.5)
    return DocumentTree(
        "รายงาน",
        "เทศบาล",
        (
            Section((head, body, chain), page_number="hyphens", title="บันทึกข้อความ"),
            Section((plan,), page_number="of_total", title="มาตรการ"),
            Section((Space(1), status), page_number="of_total", title="ผล", landscape=True),
        ),
    )


def texts(tree: DocumentTree) -> list[str]:
    """Every text of the report, in reading order, those of the heads left out."""
    memo, plan, status = tree.sections
    head, body, chain = memo.blocks
    assert isinstance(head, MemoHead) and isinstance(body, Paragraph) and isinstance(chain, SignatureChain)  # noqa: PT018
    found = [
        head.title,
        *(text for row in head.lines for field in row for text in (field.label, field.value)),
    ]
    found += [head.salutation_label, head.salutation, body.runs[0].text]
    for block in chain.blocks:
        found += [block.opinion, block.sign_label, *block.lines]
    for block in (*plan.blocks, *status.blocks):
        if isinstance(block, Table):
            found += [cell for row in block.rows for cell in row.cells]
    return [text for text in map(folded, found) if text]


@pytest.mark.parametrize("reader", READERS)
def test_every_text_reads_back_once(reader: str) -> None:
    tree = report()
    read = folded(READERS[reader](pdf.write(tree)))
    at = 0
    for text in texts(tree):
        found = read.find(text, 0 if reader in REORDERING else at)
        assert found >= 0, text
        at = found
    for text in texts(tree):
        if len(text) > 12:
            assert read.count(text) == 1


@pytest.mark.parametrize("reader", READERS)
def test_the_tick_is_one_stroke_a_row(reader: str) -> None:
    read = READERS[reader](pdf.write(tree_of(*report().sections[2].blocks)))
    assert read.count("/") == 12


def test_pages_are_numbered_through_with_their_total() -> None:
    pages = lines(pdf.write(report(40)))
    feet = [line.text for page in pages for line in page if line.text.startswith("หน้า ")]
    total = len(pages) - 1
    thai = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
    assert feet == [f"หน้า {at} / {total}".translate(thai) for at in range(1, total + 1)]
    assert not any("หน้า ๑" in line.text for line in pages[0])


def test_page_numbers_in_arabic_digits() -> None:
    pages = lines(pdf.write(replace(report(), thai_digits=False)))
    assert pages[1][-1].text.startswith("หน้า 1 / ")


def test_a_page_number_stands_in_the_middle_of_the_foot() -> None:
    for page, width in zip(lines(pdf.write(report()))[1:2], (21.0,), strict=True):
        foot = next(line for line in page if line.text.startswith("หน้า "))
        assert (foot.x + foot.right) / 2 == pytest.approx(width / 2 * 72 / 2.54, abs=1)


def test_an_empty_report_is_a_blank_page() -> None:
    assert lines(pdf.write(DocumentTree("", "", (Section(()),)))) == [[]]
    assert lines(pdf.write(DocumentTree("", "", ()))) == []


def test_texts_without_content() -> None:
    empty = MemoHead("", None, 1.5, ((MemoField("", ""),), (MemoField("", ""), MemoField("", ""))), "", "")
    nothing = SignatureChain((SignatureBlock(()), SignatureBlock(("",), "", "", 0)))
    pages = lines(
        pdf.write(
            tree_of(empty, Paragraph(()), Paragraph((Run(""),)), nothing, SignatureChain(()), paragraph("จบ"))
        )
    )
    assert folded(pages[0][-1].text) == "จบ"


@pytest.mark.parametrize(
    "margins", [Margins(10.5, 10.5, 2, 2), Margins(0, 0, 0, 0), Margins(3, 2, 14.8, 14.8)]
)
def test_odd_margins(margins: Margins) -> None:
    read = by_mupdf(pdf.write(tree_of(paragraph("ความโปร่งใส " * 30), margins=margins)))
    assert folded(read).count("ใส") == 30


def test_reports_are_set_in_threads() -> None:
    """The window sets its preview in the background while a file is written."""
    tree, results = report(), list[bytes]()
    moment = dt.datetime(2026, 1, 1)
    workers = [
        threading.Thread(target=lambda: results.append(pdf.write(tree, created=moment))) for _ in range(4)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(results) == 4
    assert len(set(results)) == 1


printable = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=60)


@given(st.lists(printable, max_size=6))
def test_any_text_is_written(found: list[str]) -> None:
    """Whatever Unicode a clerk pastes: no error, and what the shipped font has reads back."""
    data = pdf.write(tree_of(*(paragraph(text, "thai") for text in found), paragraph("จบบริบูรณ์")))
    assert "จบบริบูรณ์" in folded(by_mupdf(data))


@given(st.lists(st.text(max_size=30), min_size=2, max_size=2), st.text(max_size=20))
def test_any_text_in_any_place(cells: list[str], text: str) -> None:
    table = Table(
        (Column(), Column()),
        ((HeadCell(text), HeadCell("ข")),),
        (Row((text,), group=True), Row(tuple(cells))),
    )
    head = MemoHead(text, None, 1.5, ((MemoField(text, text),),), text, text)
    chain = SignatureChain((SignatureBlock((text, *cells), text, text, 1),))
    assert pdf.write(tree_of(head, table, chain)).startswith(b"%PDF-1.7")


# --- several reports in one file


def outline(data: bytes) -> list[tuple[int, str, int]]:
    """(level, title, page) of each entry."""
    return [
        (level, title, page) for level, title, page in pymupdf.open(stream=data, filetype="pdf").get_toc()
    ]


def test_one_report_has_its_sections_in_the_outline() -> None:
    tree = report()
    plan = replace(tree.sections[1], title="")
    assert outline(pdf.write(replace(tree, sections=(tree.sections[0], plan, tree.sections[2])))) == [
        (1, "บันทึกข้อความ", 1),
        (1, "ผล", 3),
    ]


def test_several_reports_have_an_entry_each_above_their_sections() -> None:
    first, second = replace(report(), title="รอบ ๖ เดือน"), replace(report(40), title="รอบ ๑๒ เดือน")
    data = pdf.write_all([first, second], "รายงานทั้งปี")
    start = len(lines(pdf.write(first))) + 1
    assert outline(data)[:5] == [
        (1, "รอบ ๖ เดือน", 1),
        (2, "บันทึกข้อความ", 1),
        (2, "มาตรการ", 2),
        (2, "ผล", 3),
        (1, "รอบ ๑๒ เดือน", start),
    ]
    metadata = pymupdf.open(stream=data, filetype="pdf").metadata
    assert metadata
    assert (metadata["title"], metadata["author"]) == ("รายงานทั้งปี", "เทศบาล")


def test_each_report_has_its_own_page_numbers_digits_and_footer() -> None:
    first = replace(report(), footer="O12")
    second = replace(report(40), thai_digits=False)
    pages = lines(pdf.write_all([first, second], "ทั้งสอง"))
    single = [lines(pdf.write(tree)) for tree in (first, second)]
    assert [[line.text for line in page] for page in pages] == [
        [line.text for line in page] for report_pages in single for page in report_pages
    ]
    feet = [line.text for page in pages for line in page if line.text.startswith("หน้า ")]
    assert feet[0] == "หน้า ๑ / ๒"
    assert feet[2].startswith("หน้า 1 / ")


def test_reports_in_one_file_share_their_fonts() -> None:
    tree = report()
    one, five = (pdf.write_all([tree] * count, "t") for count in (1, 5))
    for data in (one, five):
        document = pymupdf.open(stream=data, filetype="pdf")
        fonts = {font[0] for page in document for font in page.get_fonts()}
        assert len(fonts) == 2
    assert len(five) < 2.5 * len(one)


def test_reports_without_pages_or_titles() -> None:
    empty = DocumentTree("ว่าง", "", ())
    assert lines(pdf.write_all([], "t")) == []
    data = pdf.write_all([empty, replace(report(), title=""), empty], "t")
    assert [level for level, _, _ in outline(data)] == [1, 2, 2, 2]
    assert len(lines(data)) == len(lines(pdf.write(report())))


def test_several_reports_are_the_same_bytes_again() -> None:
    moment = dt.datetime(2026, 1, 1)
    first, second = (pdf.write_all([report(), report(3)], "t", created=moment) for _ in range(2))
    assert first == second
