"""Check file: what the open file and others are, in words, with the code and the ways on."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from storage.office import change
from ui.window import entries, message

from itadesk.domain.short_code import short_code
from itadesk.storage import opener
from itadesk.ui import check_file, files
from itadesk.ui.check_file import CheckFileDialog
from itadesk.ui.refused_file import RefusedFileDialog


def the_dialog() -> CheckFileDialog:
    (dialog,) = [
        widget
        for widget in QApplication.topLevelWidgets()
        if isinstance(widget, CheckFileDialog) and widget.isVisible()
    ]
    return dialog


def checked(qtbot, content) -> CheckFileDialog:
    """The dialog of the tools menu, when it has its answer."""
    content.check_file()
    return answered(qtbot, the_dialog())


def answered(qtbot, dialog: CheckFileDialog) -> CheckFileDialog:
    qtbot.waitUntil(lambda: dialog.verdict.text() in {text for _icon, text in check_file.VERDICTS.values()})
    return dialog


def choose(monkeypatch, path) -> None:
    monkeypatch.setattr(files, "ask_open_path", lambda parent: path)


def test_it_is_in_the_menu(content):
    assert any("Check a file" in entry.text().replace("&", "") for entry in entries(content))


def test_the_open_file_is_checked_at_once(qtbot, content, area, path):
    dialog = checked(qtbot, content)
    assert str(path) in dialog.name.text()
    assert dialog.verdict.text() == check_file.VERDICTS[opener.Verdict.CLEAN][1]
    report = opener.verify(path)
    assert report.seal_code is not None
    assert report.seal_code in dialog.code.text()
    assert dialog.ways_button.isHidden()
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text() == report.seal_code
    dialog.close()


def test_without_a_file_one_is_asked_for(qtbot, content, path, monkeypatch):
    content.check_file()
    dialog = the_dialog()
    assert dialog.verdict.isHidden()
    choose(monkeypatch, path)
    dialog.choose_button.click()
    assert answered(qtbot, dialog).code.isVisible()
    dialog.close()


@pytest.mark.parametrize(
    ("statement", "verdict", "has_ways"),
    [
        ("UPDATE measure SET title = title || ' x'", "altered", False),
        ("PRAGMA user_version = 99", "newer", False),
        ("DELETE FROM doc", "damaged", True),
        ("CREATE VIEW v AS SELECT 1", "rejected", True),
        ("PRAGMA application_id = 3", "foreign", True),
    ],
)
def test_another_file_is_told(qtbot, content, path, monkeypatch, statement, verdict, has_ways):
    change(path, statement)
    choose(monkeypatch, path)
    content.check_file()
    dialog = the_dialog()
    dialog.choose_button.click()
    answered(qtbot, dialog)
    assert dialog.verdict.text() == check_file.VERDICTS[opener.Verdict(verdict)][1]
    assert dialog.said.isVisible()
    technical = dialog.said.text().splitlines()[2:]
    assert [line.startswith("For support: ") for line in technical] == [True] * (verdict != "altered")
    assert dialog.ways_button.isVisible() == has_ways
    dialog.close()


def test_a_file_that_was_never_ours_has_no_ways_on(qtbot, content, tmp_path, monkeypatch):
    other = tmp_path / "อื่น.itadesk"
    other.write_bytes(b"PK\3\4")
    choose(monkeypatch, other)
    content.check_file()
    the_dialog().choose_button.click()
    dialog = answered(qtbot, the_dialog())
    assert dialog.ways_button.isHidden()
    dialog.close()


def test_the_code_of_an_altered_file_is_that_of_what_it_says_now(qtbot, content, path, monkeypatch):
    change(path, "UPDATE measure SET title = title || ' x'")
    choose(monkeypatch, path)
    content.check_file()
    the_dialog().choose_button.click()
    dialog = answered(qtbot, the_dialog())
    assert short_code(opener.examine(path, path.with_name("copy")).seal) in dialog.code.text()
    dialog.close()


def test_a_damaged_one_leads_to_the_ways_on(qtbot, content, path, monkeypatch):
    change(path, "DELETE FROM doc")
    choose(monkeypatch, path)
    content.check_file()
    the_dialog().choose_button.click()
    answered(qtbot, the_dialog()).ways_button.click()
    (ways,) = [
        widget
        for widget in QApplication.topLevelWidgets()
        if isinstance(widget, RefusedFileDialog) and widget.isVisible()
    ]
    qtbot.waitUntil(ways.backup.isHidden)
    ways.close()


def test_a_missing_file_is_said(qtbot, content, tmp_path, monkeypatch):
    choose(monkeypatch, tmp_path / "ไม่มี.itadesk")
    content.check_file()
    dialog = the_dialog()
    dialog.choose_button.click()
    qtbot.waitUntil(dialog.verdict.isHidden)
    assert "ไม่มี.itadesk" in message()
    dialog.close()


def test_closing_it_stops_the_checking(content, area):
    content.check_file()
    the_dialog().close()
