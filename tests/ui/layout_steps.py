"""Steps of the tests of the layout editor: open it, choose, type, read what is stored and printed."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QMenu, QMessageBox, QWidget
from ui.keyboard import type_text
from ui.report_steps import answer, words

from itadesk.documents import layout_toml
from itadesk.documents.document import document_for
from itadesk.documents.layout import Layout, TablePart
from itadesk.documents.layout_edits import Place
from itadesk.documents.layouts import layout_named
from itadesk.domain.model import LayoutText
from itadesk.ui import own_layouts
from itadesk.ui.layout_details import Chosen
from itadesk.ui.layout_editor import LayoutEditor
from itadesk.ui.layout_form import SettingsForm
from itadesk.ui.layout_items import ItemsEditor
from itadesk.ui.session import FileSession
from itadesk.ui.wording_editor import InsertButton

FORM, MEMO, PLAN, STATUS = None, Place(0), Place(1), Place(2)
CLOSING, PLAN_HEADING, PLAN_TABLE = Place(0, 2), Place(1, 0), Place(1, 1)
ALT = Qt.KeyboardModifier.AltModifier
GO_ON = "&Go on without it"
CTRL = Qt.KeyboardModifier.ControlModifier


def copied(session: FileSession, base: str) -> str:
    name = own_layouts.duplicate_layout(session, layout_named(base))
    assert name is not None
    return name


def opened(qtbot: Any, session: FileSession, base: str) -> LayoutEditor:
    return shown(qtbot, session, copied(session, base))


def shown(qtbot: Any, session: FileSession, name: str) -> LayoutEditor:
    """The editor on screen; its report comes when it is asked for."""
    year = session.fiscal_year
    assert year is not None
    document = document_for(session.snapshot, layout_named(name, session.snapshot), year.id, session.round)
    editor = LayoutEditor(session, name, document, None)
    editor.resize(1340, 690)
    qtbot.addWidget(editor, before_close_func=_give_up)
    with qtbot.waitActive(editor):
        editor.show()
        editor.activateWindow()
    return editor


def _give_up(editor: LayoutEditor) -> None:
    """At the end of a test a text that was refused may be lost."""
    editor.details.commit()
    if editor.isVisible() and editor.details.refused():
        answer(QMessageBox, choice(GO_ON))


def toml(session: FileSession, name: str = "memo-2") -> str | None:
    return next((row.toml for row in session.snapshot.children(LayoutText) if row.name == name), None)


def stored(session: FileSession, name: str = "memo-2") -> Layout:
    text = toml(session, name)
    assert text is not None
    return layout_toml.parse(text, name)


def table(session: FileSession, place: Place = PLAN_TABLE, name: str = "memo-2") -> TablePart:
    part = stored(session, name).sections[place.section].parts[place.part or 0]
    assert isinstance(part, TablePart)
    return part


def choose(qtbot: Any, editor: LayoutEditor, chosen: Chosen) -> None:
    """Click on a line of the list."""
    tree: Any = editor.tree.tree
    item = tree.topLevelItem(chosen.section + 1 if isinstance(chosen, Place) else 0)
    if isinstance(chosen, Place) and chosen.part is not None:
        item = item.child(chosen.part)
    tree.scrollToItem(item)
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=tree.visualItemRect(item).center())
    assert editor.chosen == chosen


def form(editor: LayoutEditor, number: int = 0) -> SettingsForm:
    """One of the forms shown, a part's own or that of the item chosen in its grid."""
    block = editor.details.blocks()[number]
    return block.form if isinstance(block, ItemsEditor) else block


def grid(editor: LayoutEditor) -> ItemsEditor:
    return next(block for block in editor.details.blocks() if isinstance(block, ItemsEditor))


def write(form: SettingsForm, name: str, text: str, *, then: Qt.Key = Qt.Key.Key_Tab) -> None:
    """Type into a field over what stands there, and leave it."""
    box: Any = form.editors[name].input
    box.setFocus()
    line: Any = box.lineEdit() if isinstance(box, QComboBox) else box
    line.selectAll()
    press(Qt.Key.Key_Delete)
    type_text(box, text)
    press(then)


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key where the focus is."""
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifiers)


def click(qtbot: Any, widget: QWidget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def paper(qtbot: Any, editor: LayoutEditor) -> str:
    """The words of the report as it now stands."""
    taken: list[bytes] = []

    def take() -> bool:
        if not editor.pane.waiting_to_make:
            editor.pane.maker.when_made(taken.append, lambda error: pytest.fail(error.message))
            return True
        return False

    qtbot.waitUntil(take)
    qtbot.waitUntil(lambda: bool(taken))
    return words(taken[0])


def choice(text: str) -> Any:
    """What chooses the button of that name in a question."""
    return lambda box: next(button for button in box.buttons() if button.text() == text).click()


def insertions(button: InsertButton) -> dict[str, QAction]:
    """What the button offers, by its words."""
    menu = button.menu()
    menu.aboutToShow.emit()
    entries = [(action.menu(), action) for action in menu.actions()]
    return {
        action.text(): action
        for group, entry in entries
        for action in (group.actions() if isinstance(group, QMenu) else [entry])
    }
