"""The page before measures are taken in: what it says, its heads, its keys, and the table behind it afterwards."""

import pytest
from exchange.office_files import HEAD, ROWS
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QMenu
from ui.desk import in_window, measures, open_session

from itadesk.ui import measure_import
from itadesk.ui.import_dialog import ImportDialog
from itadesk.ui.measures_page import MeasuresPage
from itadesk.ui.thai_text import BREAK


@pytest.fixture
def session(qapp, tmp_path, data):
    session = open_session(tmp_path, 1)
    yield session
    session.tasks.wait()
    session.close(publish=False)


@pytest.fixture
def page(qtbot, session) -> MeasuresPage:
    return in_window(qtbot, MeasuresPage(session))


def table(*rows) -> str:
    return "\n".join("\t".join(row) for row in rows)


def opened(page, session, text: str) -> ImportDialog:
    """The page for a copied table, before it is read."""
    copied = QMimeData()
    copied.setText(text)
    QGuiApplication.clipboard().setMimeData(copied)
    assert measure_import.from_clipboard(session, page)
    (dialog,) = [dialog for dialog in page.findChildren(ImportDialog) if dialog.isVisible()]
    return dialog


def pasted(page, session, text: str) -> ImportDialog:
    dialog = opened(page, session, text)
    session.tasks.wait()
    return dialog


PLAIN = table(("มาตรการ", "ขั้นตอน"), ("ก", "ข"), ("ค", "ง"), ("จ", "ฉ"))


def test_while_a_long_table_is_read_the_page_says_so(qtbot, page, session):
    dialog = opened(page, session, PLAIN)
    assert dialog.summary.text() == "Reading the table…"
    session.tasks.wait()
    assert "3 measures" in dialog.summary.text()


def test_a_column_is_mapped_by_the_keyboard_too(qtbot, page, session):
    dialog = pasted(page, session, table(("มาตรการ", "หมายเหตุ", "ผู้รับผิดชอบ"), ("ก", "ข", "กองคลัง")))
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.table.select(["0.1"], 3)
    qtbot.keyClick(dialog.table, Qt.Key.Key_F4)
    (menu,) = dialog.findChildren(QMenu)
    assert menu.activeAction().text() == "Not taken"
    for _step in range(3):
        qtbot.keyClick(menu, Qt.Key.Key_Up)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    session.tasks.wait()
    assert dialog.rows.headerData(3, Qt.Orientation.Horizontal).replace(BREAK, "") == "Suggestion ▾"


def test_what_is_not_taken_is_told(qtbot, page, session):
    dialog = pasted(page, session, table(("มาตรการ", "หมายเหตุ", "ผู้รับผิดชอบ"), ("ก", "ข", "กองคลัง")))
    assert dialog.remarks.text().replace(BREAK, "") == "Columns that are not taken: “หมายเหตุ”"
    dialog.change_column(3, "suggestion")
    session.tasks.wait()
    assert dialog.remarks.isHidden()


MONTHS = ("ม.ค.", "ก.พ.", "มี.ค.")


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("มาตรการ", "ผลการดำเนินงาน ปี 2567"), ("ก", "ข")], "Its headings speak of fiscal year 2567."),
        (
            [HEAD, *((*row[:3], f"{month} 67", row[4]) for row, month in zip(ROWS, MONTHS, strict=True))],
            "Most of its periods lie in fiscal year 2567.",
        ),
        ([("มาตรการ", "ผลการดำเนินงาน ปี 2568"), ("ก", "ข")], ""),
        ([HEAD, *ROWS], ""),
    ],
)  # fmt: skip
def test_what_is_of_another_year_is_told_though_no_title_says_so(qtbot, page, session, rows, told):
    dialog = pasted(page, session, table(*rows))
    assert dialog.remarks.text().replace(BREAK, "") == told


def test_after_an_undo_a_row_is_selected_again(qtbot, page, session):
    pasted(page, session, PLAIN).take.click()
    session.undo()
    assert page.table.selected_rows() == [0]
    assert page.table.selected_ids() == [measures(session)[0].id]


HEADS = (
    "ตัวชี้วัด", "มาตรการ", "ขั้นตอน", "ผู้รับผิดชอบ", "ระยะเวลา", "การกำกับติดตาม", "ต่อเนื่อง", "สถานะ", "ผลการดำเนินการ (๖ เดือน)",
    "ผลลัพธ์ (๖ เดือน)", "ข้อเสนอแนะ (๖ เดือน)", "หลักฐาน",
)  # fmt: skip


def test_the_heads_of_many_columns_are_readable_whole(qtbot, page, session):
    dialog = pasted(page, session, table(HEADS, [f"{at}" for at in range(len(HEADS))]))
    head = dialog.table.horizontalHeader()
    told = QLabel()
    told.setFont(head.font())
    told.setWordWrap(True)
    shown = [section for section in range(head.count()) if not head.isSectionHidden(section)]
    assert len(shown) == len(HEADS) + 3
    for section in shown:
        told.setText(dialog.rows.headerData(section, Qt.Orientation.Horizontal))
        assert told.heightForWidth(head.sectionSize(section)) <= head.height()
        assert told.minimumSizeHint().width() <= head.sectionSize(section)
