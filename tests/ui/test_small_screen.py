"""The window on a small screen: as the clerk sees it, in Thai and in its own font, nothing needs more room."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QFontMetricsF, QImage
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from ui.example_office import example_file

from itadesk import i18n
from itadesk.domain.model import Office
from itadesk.errors import UserError
from itadesk.storage import operations
from itadesk.ui import theme
from itadesk.ui.main_window import MainWindow
from itadesk.ui.measures_page import MeasuresPage
from itadesk.ui.pages import PAGES
from itadesk.ui.rows_table import PADDING
from itadesk.ui.session import SaveState, Saving

ROOM = QSize(900, 560)
"""Logical pixels: 1366 x 768 scaled by one and a half, less the task bar and the frame."""
LONG_NAME = "เฉลิมพระเกียรติสมเด็จพระเจ้าอยู่หัวในพระบรมราชานุสรณ์เจ็ดสิบสองพรรษาเหนือ"


@pytest.fixture
def as_clerks_see_it(qapp: QApplication) -> Iterator[None]:
    font, palette, style = qapp.font(), qapp.palette(), qapp.style().objectName()
    theme.apply(qapp)
    i18n.install("th")
    yield
    i18n.install("en")
    qapp.setStyle(style)
    qapp.setPalette(palette)
    qapp.setFont(font)


def test_every_page_has_room(qtbot, tmp_path, monkeypatch, as_clerks_see_it):
    monkeypatch.setenv("ITADESK_DATA", str(tmp_path / "data"))
    file = example_file(tmp_path)
    file.edit(lambda edit: operations.set_field(edit, Office, edit.snapshot.office.id, "name", LONG_NAME))
    file.close()
    window = MainWindow()
    qtbot.addWidget(window)
    content = window.start(file.path)
    assert content.area is not None
    window.show()
    for entry in PAGES:
        content.area.show_page(entry.name)
        content.area.session.saved.emit(SaveState(Saving.FAILED, None, UserError("เต็ม", "")))
        assert window.minimumSizeHint().boundedTo(ROOM) == window.minimumSizeHint(), entry.name
        window.resize(ROOM)
        assert window.size() == ROOM, entry.name
    assert content.leave()


def test_a_thai_entry_with_an_access_key_is_shown_whole(qtbot, as_clerks_see_it):
    parent = QWidget()
    qtbot.addWidget(parent)
    menu = theme.menu(parent)
    for shown in (menu, menu.addMenu("เพิ่ม")):
        shown.addAction("แฟ้มของหลายหน่วยงาน(&D)")
        as_wide_as_needed = _picture(shown)
        shown.setMinimumWidth(as_wide_as_needed.width() + 100)
        words = as_wide_as_needed.rect().adjusted(2, 2, -30, -2)
        assert as_wide_as_needed.copy(words) == _picture(shown).copy(words)


def _picture(menu: QMenu) -> QImage:
    menu.popup(QPoint())
    QApplication.processEvents()
    picture = menu.grab().toImage()
    menu.close()
    return picture


def test_all_menus_of_the_window_do_so(qtbot, tmp_path, monkeypatch, as_clerks_see_it):
    monkeypatch.setenv("ITADESK_DATA", str(tmp_path / "data"))
    file = example_file(tmp_path)
    file.close()
    window = MainWindow()
    qtbot.addWidget(window)
    content = window.start(file.path)
    assert content.area is not None
    for entry in PAGES:
        content.area.show_page(entry.name)
    menus = window.findChildren(QMenu)
    assert len(menus) > 10
    for menu in menus:
        above: QWidget | None = menu
        while above is not None and "QMenu::item" not in above.styleSheet():
            above = above.parentWidget()
        assert above is not None, menu.parentWidget()
    assert content.leave()


def test_no_usual_word_of_a_unit_is_torn_in_its_column(qtbot, tmp_path, monkeypatch, as_clerks_see_it):
    monkeypatch.setenv("ITADESK_DATA", str(tmp_path / "data"))
    file = example_file(tmp_path)
    file.close()
    window = MainWindow()
    qtbot.addWidget(window)
    content = window.start(file.path)
    assert content.area is not None
    page = content.area.page
    assert isinstance(page, MeasuresPage)
    room = page.table.columnWidth(page.model.column("responsible")) - 2 * PADDING
    for word in ("ประชาสัมพันธ์", "งบประมาณ", "ยุทธศาสตร์", "สิ่งแวดล้อม"):
        assert QFontMetricsF(page.table.font()).horizontalAdvance(word) <= room
    assert content.leave()
