"""Sending to the district from the real window: the copy, the letter as another program reads it, and the note."""

import contextlib
import os
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QLabel, QMessageBox
from ui.collection.desk import column
from ui.desk import measure_id
from ui.window import answers, message, retitle

from itadesk.domain.model import Evidence, Sending
from itadesk.domain.short_code import short_code
from itadesk.storage import opener, operations
from itadesk.storage.office_file import OfficeFile
from itadesk.ui import send_files
from itadesk.ui.send_dialog import SendDialog
from itadesk.ui.sendings_dialog import SendingsDialog
from itadesk.ui.thai_text import BREAK


@pytest.fixture
def mail_takes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    """Makes the system say which kinds of letters it has a program for."""
    programs = tmp_path / "programs"
    programs.mkdir()
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")

    def say(kinds: str) -> None:
        asked = programs / "xdg-mime"
        asked.write_text(f'#!/bin/sh\ncase " {kinds} " in *" $3 "*) echo mail.desktop ;; esac\n')
        asked.chmod(0o755)

    return say


@pytest.fixture
def opened_urls(monkeypatch: pytest.MonkeyPatch, mail_takes: Callable[[str], None]) -> list[QUrl]:
    """What other programs were asked to open; the mail program takes letters."""
    mail_takes("message/rfc822 x-scheme-handler/mailto")
    urls: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: bool(urls.append(url) or True))
    return urls


@pytest.fixture
def dialog(qtbot, area, opened_urls) -> SendDialog:
    area.send()
    (dialog,) = area.findChildren(SendDialog)
    settle(dialog)
    return dialog


def settle(dialog: SendDialog) -> None:
    dialog._session.tasks.wait()
    while dialog._sizing.busy:
        dialog._session.tasks.wait()


def click(qtbot, dialog: SendDialog, button) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(dialog)


def attach_much(edit) -> None:
    sha = edit.attach(bytes(11 << 20), "application/pdf")
    operations.add_row(edit, Evidence, measure_id(0), title="ประกาศ", attachment=sha, file_name="ประกาศ.pdf")


def letter(folder: Path) -> EmailMessage:
    (path,) = folder.glob("*.eml")
    return cast(EmailMessage, message_from_bytes(path.read_bytes(), policy=default))


def the_copy(folder: Path) -> Path:
    (path,) = folder.glob("*.itadesk")
    return path


def seal_of(path: Path) -> tuple[str, str, int]:
    with contextlib.closing(sqlite3.connect(path)) as database:
        return database.execute("SELECT seal, branch, revision FROM doc").fetchone()


def test_the_letter_carries_the_copy_and_says_the_code_by_which_it_is_checked(
    qtbot, area, dialog, opened_urls
):
    dialog.to.setText("district@example.go.th")
    click(qtbot, dialog, dialog.send)
    folder = area.session.path.parent / "To the district"
    path = the_copy(folder)
    assert path.name.startswith("ทต.งามดี_2568_รอบ12_r")
    assert opener.verify(path).verdict is opener.Verdict.CLEAN
    mail = letter(folder)
    assert mail["To"] == "district@example.go.th"
    assert "2568" in mail["Subject"]
    assert "เทศบาลตำบลงามดี" in mail["Subject"]
    (attachment,) = mail.iter_attachments()
    assert attachment.get_filename() == path.name
    assert attachment.get_content() == path.read_bytes()
    body = mail.get_body(("plain",))
    assert body is not None
    assert opener.verify(path).seal_code in body.get_content()
    assert [url.toLocalFile() for url in opened_urls] == [str(path.with_suffix(".eml"))]


def test_the_copy_is_the_document_s_version_and_what_was_sent_is_noted(qtbot, area, dialog):
    click(qtbot, dialog, dialog.only_copy)
    path = the_copy(area.session.path.parent / "To the district")
    seal, _branch, revision = seal_of(path)
    (sending,) = area.session.snapshot.children(Sending)
    assert (sending.seal, sending.revision, sending.years, sending.path) == (
        seal,
        revision,
        "2568",
        str(path),
    )
    assert short_code(seal) in dialog.outcome.text()
    area.session.publish_now()
    area.session.tasks.wait()
    assert seal_of(area.session.path)[0] == seal, "the note is outside the seal"
    with contextlib.closing(OfficeFile.view(path)) as copy:
        assert not copy.snapshot.all(Sending)


def test_the_dialog_says_when_it_was_sent_last_and_what_was_changed_since(qtbot, area, dialog, monkeypatch):
    assert dialog.last.text().replace(BREAK, "") == "Not sent yet."
    click(qtbot, dialog, dialog.only_copy)
    assert "nothing changed since" in dialog.last.text().replace(BREAK, "")
    (sending,) = area.session.snapshot.children(Sending)
    before = replace(sending, sent_at=sending.sent_at.replace(year=2020))
    area.session.edit("earlier", lambda edit: edit.update(before))
    retitle(area.session, "แก้แล้ว")
    dialog.close()
    area.send()
    again = area.findChildren(SendDialog)[-1]
    settle(again)
    assert f"(r{sending.revision}) · 1 entries changed since" in again.last.text().replace(BREAK, "")


def test_a_large_file_is_warned_of_until_its_attachments_stay_at_home(qtbot, area, opened_urls):
    area.session.edit("attach", attach_much)
    area.send()
    (dialog,) = area.findChildren(SendDialog)
    settle(dialog)
    assert dialog.warning.isVisible()
    assert dialog.with_files.text().endswith("(11.3 MB)")
    dialog.without_files.click()
    assert not dialog.warning.isVisible()
    click(qtbot, dialog, dialog.only_copy)
    path = the_copy(area.session.path.parent / "To the district")
    assert path.stat().st_size < 1 << 20
    assert opener.verify(path).verdict is opener.Verdict.CLEAN


def test_lines_that_come_up_later_are_not_squeezed(qtbot, area, opened_urls):
    """The warning comes up once the outcome is seen: the window must grow for both."""
    area.session.edit("attach", attach_much)
    area.send()
    (dialog,) = area.findChildren(SendDialog)
    settle(dialog)
    dialog.without_files.click()
    click(qtbot, dialog, dialog.only_copy)
    dialog.with_files.click()
    needed = dialog.warning.heightForWidth(dialog.warning.width())
    qtbot.waitUntil(lambda: dialog.warning.isVisible() and dialog.warning.height() >= needed)


def test_all_that_was_sent_is_listed_and_leads_to_its_folder(qtbot, area, dialog, opened_urls):
    assert not dialog.earlier.isVisible()
    click(qtbot, dialog, dialog.only_copy)
    dialog.to.setText("district@example.go.th")
    dialog.round.setCurrentIndex(0)
    click(qtbot, dialog, dialog.send)
    dialog.earlier.click()
    (listed,) = dialog.findChildren(SendingsDialog)
    last, first = area.session.snapshot.children(Sending)[::-1]
    assert column(listed.table, "code") == [short_code(last.seal), short_code(first.seal)]
    assert column(listed.table, "to") == ["district@example.go.th", ""]
    assert column(listed.table, "round") == ["6-month round", "12-month round"]
    assert column(listed.table, "version") == [f"r{last.revision}", f"r{first.revision}"]
    opened_urls.clear()
    listed.folder_button.click()
    assert [url.toLocalFile() for url in opened_urls] == [str(Path(last.path).parent)]


def test_a_folder_that_is_gone_is_told(qtbot, area, dialog, opened_urls):
    click(qtbot, dialog, dialog.only_copy)
    opened_urls.clear()
    folder = area.session.path.parent / "To the district"
    folder.rename(folder.with_name("elsewhere"))
    dialog.earlier.click()
    (listed,) = dialog.findChildren(SendingsDialog)
    qtbot.keyClick(listed.table, Qt.Key.Key_Return)
    assert "The folder is not there any more." in [label.text() for label in listed.findChildren(QLabel)]
    assert not opened_urls


def test_without_a_year_nothing_can_be_sent_and_only_those_ticked_are(qtbot, area, opened_urls):
    area.session.edit("year", operations.add_fiscal_year, 2569)
    area.send()
    (dialog,) = area.findChildren(SendDialog)
    settle(dialog)
    dialog.years[2568].click()
    settle(dialog)
    assert not dialog.send.isEnabled()
    dialog.years[2569].click()
    settle(dialog)
    click(qtbot, dialog, dialog.only_copy)
    with contextlib.closing(OfficeFile.view(the_copy(area.session.path.parent / "To the district"))) as copy:
        assert [year.year for year in copy.snapshot.fiscal_years] == [2569]


def test_an_answer_that_comes_late_lets_no_copy_without_years_be_made(qtbot, area, opened_urls):
    area.send()
    (dialog,) = area.findChildren(SendDialog)
    assert dialog._sizing.busy
    dialog.years[2568].click()
    settle(dialog)
    assert not dialog.send.isEnabled()


def test_where_no_program_takes_letters_it_goes_without_attachment_and_the_folder_is_shown(
    qtbot, area, dialog, monkeypatch
):
    urls: list[QUrl] = []

    def refuse_letters(url: QUrl) -> bool:
        urls.append(url)
        return not url.toLocalFile().endswith(".eml")

    monkeypatch.setattr(QDesktopServices, "openUrl", refuse_letters)
    dialog.to.setText("district@example.go.th")
    click(qtbot, dialog, dialog.send)
    folder = area.session.path.parent / "To the district"
    assert [url.scheme() for url in urls] == ["file", "mailto", "file"]
    assert "%0D%0A" in urls[1].query(QUrl.ComponentFormattingOption.FullyEncoded)
    assert urls[1].path() == "district@example.go.th"
    assert urls[2].toLocalFile() == str(folder)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere opening says itself that there is no program")
def test_without_a_program_for_letters_with_attachments_one_without_comes_at_once(
    qtbot, dialog, opened_urls, mail_takes
):
    mail_takes("x-scheme-handler/mailto")
    click(qtbot, dialog, dialog.send)
    assert [url.scheme() for url in opened_urls] == ["mailto", "file"]
    assert any("Drag" in label.text() for label in dialog.findChildren(QLabel))


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere opening says itself that there is no program")
def test_without_any_mail_program_the_folder_comes_up_and_the_text_is_copied(
    qtbot, area, dialog, opened_urls, mail_takes
):
    mail_takes("")
    click(qtbot, dialog, dialog.send)
    folder = area.session.path.parent / "To the district"
    assert [url.toLocalFile() for url in opened_urls] == [str(folder)]
    (box,) = dialog.findChildren(QMessageBox)
    assert the_copy(folder).name in box.informativeText().replace(BREAK, "")
    assert message() == "This computer has no mail program."
    assert the_copy(folder).name in QGuiApplication.clipboard().text()


def test_a_folder_that_cannot_be_written_is_told_and_nothing_noted(qtbot, area, dialog, tmp_path):
    blocked = tmp_path / "แฟ้ม"
    blocked.write_text("no folder")
    dialog._folder = blocked
    click(qtbot, dialog, dialog.send)
    assert "แฟ้ม" in message()
    assert not area.session.snapshot.children(Sending)


def test_the_note_is_one_step_that_can_be_taken_back(qtbot, area, dialog):
    click(qtbot, dialog, dialog.only_copy)
    dialog.close()
    area.undo()
    assert not area.session.snapshot.children(Sending)


def test_a_file_open_for_looking_only_can_be_sent(qtbot, content, path, opened_urls, monkeypatch):
    answers(monkeypatch, 0)
    with contextlib.closing(OfficeFile.open(path, user="ผู้อื่น")):
        content.open_path(path)
        content.area.send()
        (dialog,) = content.area.findChildren(SendDialog)
        settle(dialog)
        click(qtbot, dialog, dialog.only_copy)
        assert opener.verify(the_copy(path.parent / "To the district")).verdict is opener.Verdict.CLEAN


def test_what_no_mail_server_takes_is_put_into_no_letter(qtbot, area, dialog, opened_urls, monkeypatch):
    monkeypatch.setattr(send_files, "_LETTER_LIMIT", 1 << 10)
    click(qtbot, dialog, dialog.send)
    folder = area.session.path.parent / "To the district"
    assert opener.verify(the_copy(folder)).verdict is opener.Verdict.CLEAN
    assert not list(folder.glob("*.eml"))
    assert [url.scheme() for url in opened_urls] == ["mailto", "file"]
