"""What the user is told: expected errors, questions, notices, and bugs, which never come as a storm."""

import logging
import sys
import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, Qt, QTimer, qInstallMessageHandler, qWarning
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QMessageBox,
    QPushButton,
    QWidget,
)

from itadesk.errors import UserError
from itadesk.ui import bugs, messages
from itadesk.ui.bug_dialog import BugDialog
from itadesk.ui.thai_text import display


def boxes() -> list[QMessageBox]:
    return [box for box in QApplication.topLevelWidgets() if isinstance(box, QMessageBox) and box.isVisible()]


@pytest.fixture
def window(qtbot):
    window = QWidget()
    window.resize(600, 400)
    qtbot.addWidget(window)
    window.show()
    return window


def test_an_expected_error_says_what_and_what_to_do(qtbot, window):
    messages.show_error(window, UserError("ที่เก็บแฟ้มเต็ม", "ลบแฟ้มที่ไม่ใช้ <b>แล้วลองใหม่"))
    (box,) = boxes()
    assert (box.text(), box.informativeText()) == (display("ที่เก็บแฟ้มเต็ม"), display("ลบแฟ้มที่ไม่ใช้ <b>แล้วลองใหม่"))
    marked = [label for label in box.findChildren(QLabel) if "<b>" in label.text()]
    assert marked
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in marked)
    box.close()


def test_a_long_advice_has_room_beside_a_short_message(qtbot, window):
    messages.show_error(window, UserError("เต็ม", "ลบแฟ้มที่ไม่ใช้แล้วลองใหม่ " * 8))
    (box,) = boxes()
    said = {label.objectName(): label for label in box.findChildren(QLabel)}
    advice = said["qt_msgbox_informativelabel"]
    assert advice.width() > 300
    assert advice.height() >= advice.heightForWidth(advice.width())
    box.close()


@pytest.mark.parametrize("length", [4, 8, 12])
def test_no_message_is_cut(qtbot, window, length):
    messages.show_error(window, UserError("ลบแฟ้มที่ไม่ใช้ " * length, "แล้วลองใหม่"))
    (box,) = boxes()
    (said,) = [label for label in box.findChildren(QLabel) if label.objectName() == "qt_msgbox_label"]
    assert said.width() >= said.sizeHint().width() or said.height() >= said.heightForWidth(said.width()) > 0
    box.close()


def test_the_same_error_is_not_shown_over_and_over(qtbot, window):
    for _again in range(5):
        messages.show_error(window, UserError("เต็ม"))
    (box,) = boxes()
    box.close()
    messages.show_error(None, UserError("เต็ม"))
    (box,) = boxes()
    box.close()


def answer(press: Callable[[QMessageBox], None]) -> None:
    """Answer the question that will be asked."""

    def act() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        press(box)

    QTimer.singleShot(0, act)


def click(text: str) -> Callable[[QMessageBox], None]:
    return lambda box: next(
        button for button in box.findChildren(QPushButton) if text in button.text()
    ).click()


def test_a_question_gives_the_choice(qtbot, window):
    answer(click("สอง"))
    assert messages.ask(window, "อย่างไร", "", ["หนึ่ง", "สอง"]) == 1


def test_a_question_can_be_left_alone(qtbot, window):
    answer(lambda box: box.reject())
    assert messages.ask(window, "อย่างไร", "", ["หนึ่ง", "สอง"]) is None


def test_a_notice_takes_no_focus_and_follows_the_last_one(qtbot, window):
    messages.toast(window, "หนึ่ง")
    messages.toast(window, "สอง")
    qtbot.waitUntil(lambda: [label.text() for label in window.findChildren(QLabel)] == ["สอง"])
    (label,) = window.findChildren(QLabel)
    assert window.rect().contains(label.geometry())
    assert QApplication.focusWidget() is not label


restarts: list[bool] = []
"""How often the program was to begin anew."""


@pytest.fixture
def watching(qtbot, monkeypatch):
    """The hooks of the program in force; those of the test tools come back afterwards."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    before = qInstallMessageHandler(None)
    monkeypatch.setattr(logging.getLogger(bugs.__name__), "disabled", False)  # other tools switch loggers off
    parent = QObject()
    bugs.watch(parent, lambda: restarts.append(True))
    yield
    restarts.clear()
    qInstallMessageHandler(before)
    for dialog in dialogs():
        dialog.close()


def dialogs() -> list[BugDialog]:
    return [box for box in QApplication.topLevelWidgets() if isinstance(box, BugDialog) and box.isVisible()]


def fail(text: str) -> None:
    try:
        raise ValueError(text)
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)


def test_a_bug_is_shown_with_details_to_copy(qtbot, watching, window):
    fail("หนึ่ง")
    (dialog,) = dialogs()
    dialog.copy_button.click()
    assert any("copied" in label.text() for label in dialog.findChildren(QLabel))
    copied = QGuiApplication.clipboard().text()
    assert f"{__name__}:" in copied
    assert copied.endswith("ValueError")
    assert "หนึ่ง" not in copied, "it may quote what was typed"
    assert copied.startswith("ITADesk ")


def test_after_a_bug_the_program_goes_on_or_begins_anew(qtbot, watching, window):
    fail("หนึ่ง")
    (dialog,) = dialogs()
    assert dialog.go_on.isDefault()
    dialog.go_on.click()
    assert not dialogs()
    assert restarts == []
    try:
        [][1]
    except IndexError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    (dialog,) = dialogs()
    dialog.restart_button.click()
    assert not dialogs()
    assert restarts == [True]


def test_the_same_bug_is_shown_once(qtbot, watching, window):
    for _again in range(3):
        fail("เดิม")
    (dialog,) = dialogs()
    details = dialog.details.toPlainText()
    assert details.count("ValueError") == 1
    dialog.close()
    fail("เดิม")
    assert not dialogs()


def test_another_bug_joins_the_dialog_that_is_open(qtbot, watching, window):
    fail("หนึ่ง")
    try:
        {}["สอง"]
    except KeyError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    (dialog,) = dialogs()
    details = dialog.details.toPlainText()
    assert "ValueError" in details
    assert "KeyError" in details


def test_a_bug_in_a_thread_is_shown_on_the_main_thread(qtbot, watching, window):
    worker = threading.Thread(target=lambda: 1 // 0)
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: len(dialogs()) == 1)


def test_what_qt_says_is_only_noted(qtbot, watching, window, caplog):
    with caplog.at_level(logging.WARNING):
        qWarning('font missing in "/srv/somsri/ลับ": 100%')
    assert "font missing in …: 100%" in caplog.text
    assert not dialogs()
