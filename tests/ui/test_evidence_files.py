"""Files as evidence: chosen, dropped and pasted, pictures made small; opened only where nothing can run."""

import io
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from ui.desk import YEAR, measure_id, measures, press
from ui.evidence_steps import LINK, add_links, attach, choose, drop, files, pdf, photo, rows, shown
from ui.window import message

from itadesk.domain.model import Evidence
from itadesk.storage import operations
from itadesk.ui.delegates import CellInput

# Files


def test_pictures_are_made_small_in_the_background_and_said(qtbot, session, evidence, tmp_path, page):
    big = photo(tmp_path / "ภาพ กิจกรรม.jpg")
    evidence.add_files([big, pdf(tmp_path / "ประกาศ.pdf")])
    assert rows(session) == [], "the window lives meanwhile"
    assert "ready" in evidence.note.text()
    session.tasks.wait()
    picture, paper = rows(session)
    assert [row.file_name for row in (picture, paper)] == ["ภาพ กิจกรรม.jpg", "ประกาศ.pdf"]
    stored = session.attachment(picture.attachment or "")
    assert stored is not None
    assert Image.open(io.BytesIO(stored)).size == (2048, 1024)
    assert session.attachment(paper.attachment or "") == (tmp_path / "ประกาศ.pdf").read_bytes()
    assert [row[3] for row in shown(evidence)] == [f"{len(stored) / (1 << 20):.1f} MB", "3 KB"]
    told = f"{big.stat().st_size / (1 << 20):.1f} MB became {len(stored) / (1 << 20):.1f} MB"
    assert any(told in label.text() for label in page.window().children() if hasattr(label, "text"))
    assert evidence.table.current_id() == paper.id
    session.undo()
    assert rows(session) == []
    session.redo()
    assert session.attachment(rows(session)[0].attachment or "") == stored


def test_files_go_to_the_measure_and_round_in_hand_when_they_were_chosen(page, session, evidence, tmp_path):
    evidence.add_files([pdf(tmp_path / "a.pdf")])
    page.table.select([measure_id(2)])
    session.set_place(YEAR, 6)
    session.tasks.wait()
    assert [(row.file_name, row.round) for row in rows(session, 0)] == [("a.pdf", 12)]
    assert rows(session, 2) == []
    assert shown(evidence) == []


def test_a_measure_that_goes_meanwhile_gets_no_files(session, evidence, tmp_path):
    evidence.add_files([pdf(tmp_path / "a.pdf")])
    session.edit("gone", operations.delete_measures, [measure_id(0)])
    session.tasks.wait()
    assert session.snapshot.all(Evidence) == {}
    session.undo()
    assert rows(session) == []


def test_what_cannot_be_attached_is_told_and_the_rest_is(session, evidence, tmp_path):
    good = pdf(tmp_path / "ดี.pdf")
    large = pdf(tmp_path / "ใหญ่.pdf", (20 << 20) + 1)
    broken = tmp_path / "เสีย.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n broken")
    empty, folder, no_picture = tmp_path / "ว่าง.txt", tmp_path / "โฟลเดอร์", tmp_path / "ไม่ใช่.jpg"
    empty.touch()
    folder.mkdir()
    no_picture.write_text("heic", "utf-8")
    evidence.add_files([large, good, broken, empty, folder, no_picture, tmp_path / "หาย.pdf"])
    session.tasks.wait()
    assert [row.file_name for row in rows(session)] == ["ดี.pdf"]
    assert "6 files" in message()
    evidence.add_files([folder])
    session.tasks.wait()
    assert "is a folder" in message()
    evidence.add_files([large])
    session.tasks.wait()
    assert "20.0 MB" in message()


def test_a_file_is_stored_under_a_harmless_name(session, evidence, tmp_path):
    path = tmp_path / ("ภาพ\u202egpj." + "exe")
    path.write_bytes(b"MZ")
    evidence.add_files([path])
    session.tasks.wait()
    assert rows(session)[0].file_name == "ภาพgpj.exe.bin"


def test_the_same_file_again_is_no_step(session, evidence, tmp_path):
    for _again in range(2):
        evidence.add_files([pdf(tmp_path / "a.pdf")])
        session.tasks.wait()
    assert len(rows(session)) == 1
    assert session.undo_stack.count() == 1


# Pasting and dropping


def test_a_picture_is_pasted_into_the_list_and_into_the_line_for_links(qtbot, session, evidence):
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QApplication.clipboard().setImage(image)
    evidence.link.input.setFocus()
    qtbot.keyClick(evidence.link.input, "v", Qt.KeyboardModifier.ControlModifier)
    session.tasks.wait()
    (first,) = rows(session)
    assert first.file_name == "Pasted picture.png"
    image.fill(Qt.GlobalColor.blue)
    QApplication.clipboard().setImage(image)
    evidence.table.setFocus()
    qtbot.keyClick(evidence.table, "v", Qt.KeyboardModifier.ControlModifier)
    session.tasks.wait()
    assert len(rows(session)) == 2
    assert len(measures(session)) == 4, "the page itself pastes measures with the same keys"


def test_copied_files_and_links_are_pasted_and_other_things_are_not(session, evidence, tmp_path, page):
    QApplication.clipboard().setMimeData(files(pdf(tmp_path / "a.pdf")))
    evidence.paste()
    session.tasks.wait()
    QApplication.clipboard().setText(f"{LINK}\nhttps://a.example")
    evidence.buttons["paste"].click()
    assert [row.file_name or row.url for row in rows(session)] == ["a.pdf", LINK, "https://a.example"]
    QApplication.clipboard().setText("ข้อความ")
    evidence.paste()
    assert len(rows(session)) == 3


@pytest.mark.parametrize("part", ["form", "a text", "the list"])
def test_files_are_dropped_anywhere_on_the_form(page, session, evidence, tmp_path, part):
    title = page.form.fields.editors["title"].input
    widget = {"form": page.form, "a text": title.viewport(), "the list": evidence.table.viewport()}[part]
    assert drop(widget, files(pdf(tmp_path / "a.pdf"), tmp_path / "b.docx"))
    session.tasks.wait()
    assert [row.file_name for row in rows(session)] == ["a.pdf"]
    message()
    assert title.toPlainText() == measures(session)[0].title
    assert not drop(widget, files(tmp_path / "other.itadesk")), "the window opens it"


def test_files_dropped_on_a_measure_in_the_table_are_its_evidence(page, session, evidence, tmp_path):
    table = page.table
    at = table.visualRect(page.model.index(2, 1)).center()
    assert drop(table.viewport(), files(pdf(tmp_path / "a.pdf")), at)
    session.tasks.wait()
    assert [row.file_name for row in rows(session, 2)] == ["a.pdf"]
    assert table.current_id() == measure_id(2)
    assert page.model.index(2, page.model.column("evidence")).data() == "1"
    assert not drop(table.viewport(), files(tmp_path / "measures.docx"), at), "measures are taken in from it"
    below = QPoint(5, table.viewport().height() - 3)
    assert not drop(table.viewport(), files(tmp_path / "a.pdf"), below)


# Opening and saving


def test_enter_and_a_double_click_open_a_link_in_the_browser(qtbot, page, session, evidence, sent):
    add_links(session, LINK)
    choose(session, evidence, 0)
    evidence.table.setFocus()
    press(qtbot, page, Qt.Key.Key_Return)
    evidence.table.doubleClicked.emit(evidence.model.index(0, 1))
    assert [url.toString() for url in sent] == [LINK, LINK]


def test_a_link_that_another_program_wrote_is_not_opened_unless_it_works(session, evidence, sent):
    row = Evidence(id="f" * 32, measure_id=measure_id(0), ordinal=0, url="file:///etc/passwd")
    session.edit("x", lambda edit: edit.insert(row))
    choose(session, evidence, 0)
    evidence.open()
    assert sent == []
    assert message()


def test_a_file_is_opened_as_a_read_only_copy_under_its_name(session, evidence, sent, tmp_path):
    evidence.add_files([pdf(tmp_path / "ประกาศ.pdf")])
    session.tasks.wait()
    evidence.open()
    evidence.open()
    copy = Path(sent[0].toLocalFile())
    assert copy.name == "ประกาศ.pdf"
    assert copy.read_bytes() == (tmp_path / "ประกาศ.pdf").read_bytes()
    assert not copy.stat().st_mode & 0o222
    assert sent[0] == sent[1]


@pytest.mark.parametrize(
    ("name", "data", "opened"),
    [
        ("แผน.docx", b"PK\x03\x04 word/document.xml", "แผน.docx"),
        ("แผน.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "แผน.doc"),
        ("จด.txt", "ข้อความ".encode(), "จด.txt"),
        ("../../x.exe", b"%PDF-1.7", "x.exe.pdf"),
        ("ภาพ.pdf", b"\xff\xd8\xff", "ภาพ.jpg"),
    ],
)
def test_harmless_kinds_are_opened_as_what_they_are(session, evidence, sent, name, data, opened):
    attach(session, name, data)
    choose(session, evidence, 0)
    evidence.open()
    assert [Path(url.toLocalFile()).name for url in sent] == [opened]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("macro.docx", b"PK\x03\x04 word/vbaProject.bin"),
        ("macro.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "_VBA_PROJECT".encode("utf-16-le")),
        ("program.txt", b"MZ\0"),
        ("page.html", b"<script>"),
        ("run.exe", b"MZ"),
        ("pack.zip", b"PK\x03\x04"),
        ("แผน.docx", b"MZ not a document"),
        ("", b"?"),
    ],
)
def test_what_may_run_is_never_opened_but_saved(session, evidence, sent, monkeypatch, tmp_path, name, data):
    asked: list[str] = []
    target = tmp_path / "ที่เก็บ.bin"
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *told: asked.append(Path(told[2]).name) or (str(target), "")
    )
    attach(session, name, data)
    choose(session, evidence, 0)
    evidence.open()
    assert sent == []
    assert len(asked) == 1
    assert not asked[0].endswith((".exe", ".html"))
    assert target.read_bytes() == data


def test_evidence_without_link_and_file_opens_its_title_to_be_typed(qtbot, page, session, evidence):
    row = Evidence(id="f" * 32, measure_id=measure_id(0), ordinal=0, title="ทะเบียน")
    session.edit("x", lambda edit: edit.insert(row))
    choose(session, evidence, 0)
    evidence.table.setFocus()
    assert not evidence.buttons["open"].isEnabled()
    press(qtbot, page, Qt.Key.Key_Return)
    assert isinstance(QApplication.focusWidget(), CellInput)


def test_the_menu_of_the_list_offers_what_can_be_done(session, evidence, sent):
    add_links(session, LINK)
    choose(session, evidence, 0)
    menu = QMenu()
    evidence.table.menu_wanted.emit(menu)
    offered = {action.text(): action for action in menu.actions() if action.text()}
    assert not offered["Save as…"].isEnabled()
    offered["Open"].trigger()
    offered["Remove the evidence"].trigger()
    assert ([url.toString() for url in sent], rows(session)) == ([LINK], [])
