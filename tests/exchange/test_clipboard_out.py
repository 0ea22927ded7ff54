"""A block of cells goes out so that it comes in again as it was, by its lines with tabs and by its HTML table."""

from hypothesis import given
from hypothesis import strategies as st

from itadesk.exchange import clipboard, clipboard_out

ROWS = (('ข้อ "๑"', "ก\nข"), ("<b>&amp;", ""), ("1/2", "a\tb"))


def texts(html: str, text: str) -> list[list[str]]:
    (grid,) = clipboard.grids(html, text)
    return [[cell.text if cell else "" for cell in row.cells] for row in grid.rows]


def test_line_ends_and_signs_of_html_stay_inside_their_cells():
    read = [['ข้อ "๑"', "ก\nข"], ["<b>&amp;", ""], ["1/2", "a b"]]
    assert texts("", clipboard_out.tabbed(ROWS)) == read
    assert texts(clipboard_out.html(ROWS), "") == read


def test_excel_is_told_that_cells_are_texts_and_keep_their_lines():
    html = clipboard_out.html(ROWS)
    assert html.count("mso-number-format") == 6
    assert html.count("<tr>") == 3
    assert "mso-data-placement:same-cell" in html


WORDS = st.text(st.sampled_from("กขค\"'<&; \n12/"), max_size=12).map(str.strip)


@given(st.lists(st.tuples(WORDS, WORDS, st.just("จบ")), min_size=1, max_size=5))
def test_lines_with_tabs_come_back(rows):
    assert texts("", clipboard_out.tabbed(rows)) == [list(row) for row in rows]
