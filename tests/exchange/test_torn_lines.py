"""Lines that were only wrapped are joined on request; lists, units and paragraphs stay what they are."""

import pytest

from itadesk.documents.paper.segment import words
from itadesk.exchange import torn_lines
from itadesk.exchange.columns import Column
from itadesk.exchange.grid import Cell, Grid, GridRow


def joined(*texts: str, target: str = "steps") -> str:
    """The first of the cells of a column after joining."""
    grid = Grid(tuple(GridRow("", (Cell(text),)) for text in texts))
    return torn_lines.joined(grid, (Column(target),), words).rows[0].text(0)


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        (
            "๑. แต่งตั้งคณะทำงานจัดทำคู่มื\nอการให้บริการประชาชนของเทศบ\nาล\n๒. เผยแพร่คู่มือทางเว็บไซต์ของหน่ว\nยงาน",
            "๑. แต่งตั้งคณะทำงานจัดทำคู่มือการให้บริการประชาชนของเทศบาล\n๒. เผยแพร่คู่มือทางเว็บไซต์ของหน่วยงาน",
        ),
        (
            "ประชาชนสามารถเข้าถึงข้อมูลข่าวสาร\nของหน่วยงานได้สะดวกรวดเร็ว ร้อยละ\n๘๕ ของผู้รับบริการ (เป้าหมายร้อยละ\n๘๐)",
            "ประชาชนสามารถเข้าถึงข้อมูลข่าวสารของหน่วยงานได้สะดวกรวดเร็ว ร้อยละ ๘๕ ของผู้รับบริการ (เป้าหมายร้อยละ ๘๐)",
        ),
        (
            "เผยแพร่ที่ https://www.example.go.th/\nnews/123 แล้ว",
            "เผยแพร่ที่ https://www.example.go.th/news/123 แล้ว",
        ),
        ("ใช้ระบบ E-Service และ One\nStop Service ให้ครบ", "ใช้ระบบ E-Service และ One Stop Service ให้ครบ"),
        ("งานกา รเจ้าหน้าที่ได้ดำ เนินการประชาสั มพันธ์", "งานการเจ้าหน้าที่ได้ดำเนินการประชาสัมพันธ์"),
        ("การ ปฏิบัติงานของ เจ้าหน้าที่", "การปฏิบัติงานของเจ้าหน้าที่"),
    ],
)
def test_text_copied_from_a_pdf_is_whole_again(torn: str, whole: str) -> None:
    assert joined(torn) == whole


@pytest.mark.parametrize(
    "text",
    [
        "๑. สำรวจงานบริการ\n๒. จัดทำคู่มือ\n   ๒.๑ ร่าง\n- เผยแพร่\n๑) ติดตาม",
        "จัดทำประกาศ\nประชุมชี้แจงเจ้าหน้าที่ทุกคนในหน่วยงาน",
        "ดำเนินการดังนี้\nจัดประชุมชี้แจง",
        "ให้ประชาชน ทั่วไปทราบ นาย สมชาย ใจดี",
        "ก\n\nข",
    ],
)
def test_lists_and_paragraphs_stay(text: str) -> None:
    assert joined(text) == text


def test_how_far_lines_reach_is_seen_in_the_whole_column() -> None:
    lines = "ประกาศเผยแพร่คู่มือ\nจัดประชุมชี้แจง"
    assert joined(lines) == lines.replace("\n", "")
    assert joined(lines, "จัดทำคู่มือการปฏิบัติงานของเจ้าหน้าที่ทุกคน\nรายงานผล") == lines


@pytest.mark.parametrize(
    ("target", "torn", "whole"),
    [
        ("responsible", "สำนักปลัด\nกองคลัง\nกองช่าง", "สำนักปลัด\nกองคลัง\nกองช่าง"),
        ("responsible", "กองสาธารณสุขและสิ่งแวดล้\nอม\nกองคลัง", "กองสาธารณสุขและสิ่งแวดล้อม\nกองคลัง"),
        ("period", "ตุลาคม ๒๕๖๗ -\nกันยายน ๒๕๖๘", "ตุลาคม ๒๕๖๗ - กันยายน ๒๕๖๘"),
        ("period", "ต.ค. ๖๗\n- ก.ย. ๖๘", "ต.ค. ๖๗ - ก.ย. ๖๘"),
        ("period", "๓๑ มี.ค. ๖๘\n๓๐ ก.ย. ๖๘", "๓๑ มี.ค. ๖๘\n๓๐ ก.ย. ๖๘"),
    ],
)
def test_units_and_times_are_a_line_each(target: str, torn: str, whole: str) -> None:
    assert joined(torn, target=target) == whole
