"""The office's phrases in the boxes of the form: put in, kept, managed on the office page."""

from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QMenu, QPlainTextEdit
from ui.desk import TITLES, in_window, open_session
from ui.keyboard import type_text
from ui.typing_steps import aids, box, key

from itadesk.domain import phrases
from itadesk.domain.model import Phrase
from itadesk.i18n import _
from itadesk.storage import operations
from itadesk.storage.office_file import OfficeFile
from itadesk.ui.measures_page import MeasuresPage
from itadesk.ui.office_page import OfficePage
from itadesk.ui.session import FileSession

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def menu_of(page: MeasuresPage, name: str = "result") -> dict[str, Any]:
    menu = QMenu(page)
    aids(page, name).phrases.fill(menu)
    return {action.text().replace("&", ""): action for action in menu.actions() if action.text()}


def entry(page: MeasuresPage, text: str, name: str = "result") -> Any:
    return next(action for shown, action in menu_of(page, name).items() if text in shown)


def test_a_phrase_is_put_in_where_the_caret_is(page, session):
    session.edit("", operations.add_phrase, "แล้วเสร็จ")
    text = box(page, "result", "ทำ  ตามแผน")
    for _step in range(len(" ตามแผน")):
        text.moveCursor(QTextCursor.MoveOperation.Left)
    entry(page, "แล้วเสร็จ").trigger()
    assert text.toPlainText() == "ทำ แล้วเสร็จ ตามแผน"


def test_ready_phrases_are_those_of_the_field(page):
    shown = menu_of(page, "result")
    assert set(phrases.ready("result")) <= set(shown)
    assert not set(phrases.ready("suggestion")) & set(menu_of(page, "title"))


def test_what_is_selected_is_kept_as_a_phrase_and_offered(page, session):
    text = box(page, "result", "แจ้งเวียน\nทุกกอง")
    text.selectAll()
    entry(page, _("&Keep “{text}” as a phrase").split("{")[0].replace("&", "")).trigger()
    assert phrases.own(session.snapshot) == ["แจ้งเวียน\nทุกกอง"]
    assert text.toPlainText() == "แจ้งเวียน\nทุกกอง"
    assert "แจ้งเวียน ทุกกอง" in menu_of(page)
    session.undo()
    assert phrases.own(session.snapshot) == []


def test_a_phrase_is_kept_once(page, session):
    session.edit("", operations.add_phrase, "แล้วเสร็จ")
    text = box(page, "result", "แล้ว เสร็จ")
    text.selectAll()
    keep = [action for shown, action in menu_of(page).items() if "แล้ว เสร็จ" in shown]
    assert [action.isEnabled() for action in keep] == [False]


def test_ctrl_space_and_the_button_open_the_phrases(qtbot, page):
    text = box(page, "result")
    key(qtbot, Qt.Key.Key_Space, CTRL)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.close()
    button = aids(page, "result").button
    assert button is not None
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.close()
    assert text.toPlainText() == ""
    page.table.setFocus()
    assert not button.isVisible()


def test_a_number_waits_while_the_phrases_are_open(qtbot, page, session):
    text = box(page, text="๑. ก")
    key(qtbot, Qt.Key.Key_Return)
    key(qtbot, Qt.Key.Key_Space, CTRL)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    # What X11 sends behind the loss to a popup.
    lost = QFocusEvent(QFocusEvent.Type.FocusOut, Qt.FocusReason.OtherFocusReason)
    QApplication.sendEvent(text, lost)
    assert not session.undo_stack.canUndo()
    menu.actions()[0].trigger()
    menu.close()
    assert text.toPlainText().startswith("๑. ก\n๒. " + phrases.ready("steps")[0])


def test_the_usual_menu_of_a_box_has_them_too(page):
    text = box(page, "result")
    place = QPoint(5, 5)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, text.viewport().mapToGlobal(place))
    QApplication.sendEvent(text.viewport(), event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    shown = [action.text() for action in menu.actions()]
    menu.close()
    assert _("P&hrases") in shown
    assert _("Put the &numbers in order") in shown


def test_phrases_are_managed_on_the_office_page(qtbot, session):
    page = in_window(qtbot, OfficePage(session))
    page.phrases.add.click()
    editing = page.phrases.table.indexWidget(page.phrases.table.currentIndex())
    assert isinstance(editing, QPlainTextEdit)
    type_text(editing, "แล้วเสร็จ")
    qtbot.keyClick(editing, Qt.Key.Key_Return)
    assert phrases.own(session.snapshot) == ["แล้วเสร็จ"]
    session.edit("", operations.add_phrase, "ต่อเนื่อง")
    page.phrases.table.select([session.snapshot.children(Phrase, "a" * 32)[1].id])
    page.phrases.up.click()
    assert phrases.own(session.snapshot) == ["ต่อเนื่อง", "แล้วเสร็จ"]
    page.phrases.remove.click()
    assert phrases.own(session.snapshot) == ["แล้วเสร็จ"]


def test_in_a_file_to_look_at_nothing_is_offered(qtbot, tmp_path, data):
    open_session(tmp_path).close()
    session = FileSession(OfficeFile.view(tmp_path / "office.itadesk"))
    page = in_window(qtbot, MeasuresPage(session))
    text: Any = page.form.fields.editors["title"].input
    text.setFocus()
    type_text(text, "เผ")
    key(qtbot, Qt.Key.Key_Space, CTRL)
    key(qtbot, Qt.Key.Key_F4)
    assert QApplication.activePopupWidget() is None
    assert text.toPlainText() == TITLES[0]
    button = aids(page, "title").button
    assert button is not None
    assert not button.isVisible()
    assert not page.form.periods["period"].picker.isVisible()
    session.close()
