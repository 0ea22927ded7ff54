"""What is copied from Word, Excel, a browser: tables in HTML or with tabs, as cells in their columns."""

import pytest
from exchange.office_files import HEAD, ROWS, texts
from hypothesis import given
from hypothesis import strategies as st

from itadesk.errors import UserError
from itadesk.exchange import clipboard
from itadesk.exchange.measure_tables import read


def html(body: str) -> list[list[str]]:
    (grid,) = clipboard.grids(f"<html><head><style>td {{}}</style></head><body>{body}</body></html>", "")
    return texts(grid)


def test_excel_quotes_cells_of_several_lines() -> None:
    (grid,) = clipboard.grids("", 'มาตรการ\tขั้นตอน\r\nก\t"๑ ""ข""\n๒"\r\n')
    assert texts(grid) == [["มาตรการ", "ขั้นตอน"], ["ก", '๑ "ข"\n๒']]


def test_quotes_of_other_programs_stay() -> None:
    (grid,) = clipboard.grids("", '"ก" ข\tค\n"ง\tจ')
    assert texts(grid) == [['"ก" ข', "ค"], ['"ง', "จ"]]


def test_a_text_without_tabs_is_no_table() -> None:
    assert clipboard.grids("<p>ก</p>", "ก\nข") == []


def test_the_html_of_excel() -> None:
    body = """<table><col width=64><tr height=20><td height=20 class=xl65 style='mso-ignore:colspan'>ก<br>
      ข</td><td>ค</td></tr><tr style='display:none'><td>ลับ</td><td>ลับ</td></tr><tr><td colspan=2>ง</td></tr></table>"""
    (grid,) = clipboard.grids(body, "")
    assert texts(grid) == [["ก\nข", "ค"], ["ลับ", "ลับ"], ["ง", "…"]]
    assert [row.hidden for row in grid.rows] == [False, True, False]


def test_the_html_of_word() -> None:
    body = """<p class=MsoNormal>ประจำปีงบประมาณ พ.ศ. ๒๕๖๘</p><table class=MsoTableGrid><tr><td><p class=MsoNormal><span
      lang=TH>จัดทำ&nbsp;คู่มือ<o:p></o:p></span></p><p class=MsoListParagraph><![if !supportLists]><span>๑.<span>&nbsp;
      </span></span><![endif]><span lang=TH>สำรวจ</span></p></td></tr></table>"""
    (grid,) = clipboard.grids(body, "")
    assert texts(grid) == [["จัดทำ คู่มือ\n๑. สำรวจ"]]
    assert grid.above == ("ประจำปีงบประมาณ พ.ศ. ๒๕๖๘",)


def test_the_html_of_reports_with_lists_in_cells() -> None:
    body = "<table><tr><td><p>ก</p><ul style='x'><li>ข</li><li>ค</li></ul></td><td><div>ง</div></td></tr></table>"
    assert html(body) == [["ก\nข\nค", "ง"]]
    items = "<li><p>ก</p></li><li>๓. ข</li><li>ค<br>ง</li>"
    body = f"<table><tr><td><ol>{items}</ol></td><td><ol start=4 style='list-style:none'>{items}</ol></td></tr></table>"
    assert html(body) == [["1. ก\n๓. ข\n3. ค\nง", "ก\n๓. ข\nค\nง"]]


def test_cells_that_reach_down_and_over() -> None:
    body = """<table><tr><th rowspan=2>มาตรการ</th><th colspan=2>สถานะ</th></tr><tr><th>ไม่</th><th>เสร็จ</th></tr>
      <tr><td>ก<td>/<td></tr></table>"""
    assert html(body) == [["มาตรการ", "สถานะ", "…"], ["มาตรการ", "ไม่", "เสร็จ"], ["ก", "/", ""]]


def test_a_table_in_a_cell_is_text_of_the_cell() -> None:
    inner = "<table><tr><td>ข</td><td>ค</td></tr></table>"
    assert html(f"<table><tr><td>ก{inner}ง</td><td>จ</td></tr></table>") == [["ก\nข\nค\nง", "จ"]]


@pytest.mark.parametrize("beside", ["", "<td>เมนู</td>"])
def test_a_table_that_only_places_another_gives_way_to_it(beside: str) -> None:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in (HEAD, ROWS[1]))
    inner = f"<td><p>ข้อความ</p><table>{rows}</table></td>"
    (grid,) = clipboard.grids(f"<table><tr><td>ปีงบประมาณ 2568</td></tr><tr>{beside}{inner}</tr></table>", "")
    assert texts(grid) == [list(HEAD), list(ROWS[1])]
    assert (grid.above[0], grid.above[-1]) == ("ปีงบประมาณ 2568", "ข้อความ")


def test_a_copied_table_gives_the_measures() -> None:
    rows = "".join(
        "<tr>" + "".join(f"<td>{cell.replace(chr(10), '<br>')}</td>" for cell in row) + "</tr>"
        for row in (HEAD, *ROWS)
    )
    tabs = "\n".join("\t".join(f'"{cell}"' for cell in row) for row in (HEAD, *ROWS))
    for grids in (clipboard.grids(f"<table>{rows}</table>", ""), clipboard.grids("", tabs)):
        entries = read(grids, 2568, 12).entries
        assert [(entry.said["title"], entry.said["steps"]) for entry in entries] == [row[:2] for row in ROWS]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<table>" + "<tr><td>ก" * 10_001 + "</table>", ""),
        ("<table><tr>" + "<td>ก" * 101 + "</table>", ""),
        ("<table><tr><td colspan=99999>ก<td>ข</table>", ""),
        ("", "ก\tข\n" * 10_001),
        ("", "\t" * 101),
        ("", "ก" * 50_000_001),
    ],
)
def test_too_much_is_refused_with_advice(markup: str, text: str) -> None:
    with pytest.raises(UserError) as caught:
        clipboard.grids(markup, text)
    assert caught.value.advice


_PIECES = (
    "<table>", "</table>", "<tr>", "</tr>", "<td rowspan=3>", "<td colspan=2>", "</td>", "ก", "<br>", "<p>", "<", "&#",
    "<!--", "<![if", "</p>", "<style>",
)  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=40))
def test_any_markup_is_read(pieces: list[str]) -> None:
    found = clipboard.grids("<table>" + "".join(pieces), "")
    assert all(
        cell is None or isinstance(cell.text, str)
        for grid in found
        for row in grid.rows
        for cell in row.cells
    )


@given(st.lists(st.lists(st.text("กข \n\"'", max_size=5), min_size=2, max_size=4), min_size=1, max_size=5))
def test_what_excel_copies_comes_back(rows: list[list[str]]) -> None:
    width = max(map(len, rows))
    table = [[*row, *[""] * (width - len(row))] for row in rows]
    quoted = ("\t".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in table)
    (grid,) = clipboard.grids("", "\n".join(quoted))
    assert texts(grid) == [[cell.strip() for cell in row] for row in table]
