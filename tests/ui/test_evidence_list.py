"""The evidence of a measure below its form: links, files and pictures added, opened, moved and taken out."""

import io
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from ui.desk import YEAR, in_window, measure_id, measures, open_session, press
from ui.keyboard import type_text
from ui.window import message

from itadesk.domain.model import Evidence, Measure
from itadesk.storage import operations
from itadesk.storage.evidence import NewFile, attach_files, attach_links
from itadesk.storage.office_file import OfficeFile
from itadesk.ui.attached_total import MAIL_LIMIT
from itadesk.ui.delegates import CellInput
from itadesk.ui.evidence_list import EvidenceList
from itadesk.ui.measures_page import MeasuresPage
from itadesk.ui.session import FileSession

LINK = "https://www.ngamdee.example/ita/o26.pdf"
ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def session(qtbot, tmp_path, data):
    session = open_session(tmp_path)
    yield session
    session.close()


@pytest.fixture
def page(qtbot, session) -> MeasuresPage:
    return in_window(qtbot, MeasuresPage(session))


@pytest.fixture
def evidence(page) -> EvidenceList:
    return page.form.evidence


def rows(session: FileSession, number: int = 0) -> list[Evidence]:
    return session.snapshot.children(Evidence, measure_id(number))


def shown(evidence: EvidenceList) -> list[list[str]]:
    """The cells of the table, as they are drawn; no rows while it is hidden."""
    model = evidence.model
    cells = [
        [model.shown(model.index(row, at)) for at in range(len(model.columns))]
        for row in range(model.rowCount())
    ]
    assert evidence.table.isHidden() == (not cells)
    return cells


def photo(path: Path, size: tuple[int, int] = (2600, 1300)) -> Path:
    Image.effect_noise(size, 80).convert("RGB").save(path, quality=95)
    return path


def pdf(path: Path, size: int = 3000) -> Path:
    path.write_bytes(b"%PDF-1.7".ljust(size, b"."))
    return path


def add_links(session: FileSession, *links: str, number: int = 0, round_=12) -> None:
    session.edit("links", attach_links, measure_id(number), round_, links)


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(widget, data: QMimeData, at: QPoint | None = None) -> bool:
    """Drag onto the middle of a widget, or a point of it, and let go; whether it was taken."""
    point = at or widget.rect().center()
    rest = (Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, NONE)
    enter = QDragEnterEvent(point, *rest)
    enter.ignore()
    QApplication.sendEvent(widget, enter)
    let_go = QDropEvent(QPointF(point), *rest)
    let_go.ignore()
    QApplication.sendEvent(widget, let_go)
    QApplication.processEvents()
    assert enter.isAccepted() == let_go.isAccepted()
    assert not let_go.isAccepted() or let_go.dropAction() == Qt.DropAction.CopyAction
    return let_go.isAccepted()


def type_link(qtbot, evidence: EvidenceList, text: str) -> None:
    evidence.link.input.setFocus()
    type_text(evidence.link.input, text)
    qtbot.keyClick(evidence.link.input, Qt.Key.Key_Return)


# Links


def test_a_typed_link_is_one_step_and_its_title_comes_next(qtbot, page, session, evidence):
    type_link(qtbot, evidence, LINK)
    assert [(row.url, row.round) for row in rows(session)] == [(LINK, 12)]
    title = QApplication.focusWidget()
    assert isinstance(title, CellInput)
    type_text(title, "รายงานผล")
    qtbot.keyClick(title, Qt.Key.Key_Return)
    assert shown(evidence) == [["รายงานผล", LINK.removeprefix("https://"), "12 months", ""]]
    assert evidence.heading.text() == "Evidence (1)"
    assert evidence.link.text() == ""
    session.undo()
    assert rows(session)[0].title == ""
    session.undo()
    assert shown(evidence) == []
    session.redo()
    assert rows(session)[0].url == LINK


def test_a_link_that_does_not_work_stays_to_be_mended_and_what_was_meant_is_one_click_away(
    qtbot, session, evidence
):
    type_link(qtbot, evidence, "www.ngamdee.example/a b")
    assert rows(session) == []
    assert evidence.link.text() == "www.ngamdee.example/a b"
    assert evidence.link.fault()
    assert evidence.link.offer.isVisibleTo(evidence)
    evidence.link.offer.click()
    assert [row.url for row in rows(session)] == ["https://www.ngamdee.example/a%20b"]
    assert not evidence.link.offer.isVisibleTo(evidence)
    assert evidence.link.fault() == ""


def test_a_link_of_which_nobody_knows_what_was_meant_offers_nothing(qtbot, evidence):
    type_link(qtbot, evidence, "แนบท้าย")
    assert evidence.link.fault()
    assert not evidence.link.offer.isVisibleTo(evidence)


def test_several_links_pasted_at_once_are_one_step(qtbot, page, session, evidence):
    type_link(qtbot, evidence, f"{LINK} https://a.example/2")
    assert [row.url for row in rows(session)] == [LINK, "https://a.example/2"]
    page.commit()
    session.undo()
    assert rows(session) == []


def test_what_is_being_typed_goes_to_its_own_measure_or_is_forgotten(page, session, evidence):
    evidence.link.input.setFocus()
    type_text(evidence.link.input, LINK)
    page.table.select([measure_id(1)])
    assert [row.url for row in rows(session, 0)] == [LINK]
    type_text(evidence.link.input, "www.x")
    page.table.select([measure_id(2)])
    assert rows(session, 1) == rows(session, 2) == []
    assert evidence.link.text() == ""


def test_a_link_is_changed_in_place_and_refused_when_it_does_not_work(qtbot, session, evidence):
    add_links(session, LINK)
    url = evidence.model.column("url")
    index = evidence.model.index(0, url)
    assert index.data(Qt.ItemDataRole.EditRole) == LINK
    assert evidence.model.refusal(index, "ngamdee.example") is not None
    assert not evidence.model.setData(index, "ngamdee.example")
    assert evidence.model.setData(index, "https://b.example")
    assert rows(session)[0].url == "https://b.example"


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


# Order, rounds, taking out


def test_keys_move_and_remove_without_touching_the_measures(qtbot, page, session, evidence):
    add_links(session, "https://a.example/1", "https://a.example/2")
    add_links(session, "https://a.example/half", round_=6)
    add_links(session, "https://a.example/3")
    evidence.table.select([rows(session)[3].id])
    evidence.table.setFocus()
    press(qtbot, page, Qt.Key.Key_Up, ALT)
    assert [row.url[-1] for row in rows(session)] == ["1", "3", "2", "f"]
    press(qtbot, page, Qt.Key.Key_Up, ALT)
    press(qtbot, page, Qt.Key.Key_Up, ALT)
    press(qtbot, page, Qt.Key.Key_Down, ALT)
    assert [row.url[-1] for row in rows(session)] == ["1", "3", "2", "f"]
    press(qtbot, page, Qt.Key.Key_Delete)
    assert [row.url[-1] for row in rows(session)] == ["1", "2", "f"]
    assert len(measures(session)) == 4
    session.undo()
    assert [row.url[-1] for row in rows(session)] == ["1", "3", "2", "f"]


def test_the_round_in_hand_and_the_whole_year_are_shown_and_how_many_there_are_besides(session, evidence):
    add_links(session, LINK)
    add_links(session, "https://a.example/half", round_=6)
    add_links(session, "https://a.example/year", round_=None)
    assert [row[2] for row in shown(evidence)] == ["12 months", "Whole year"]
    assert evidence.note.text().replace("\u200b", "") == "1 more in the 6-month round"
    session.set_place(YEAR, 6)
    assert [row[2] for row in shown(evidence)] == ["6 months", "Whole year"]
    index = evidence.model.index(0, evidence.model.column("round"))
    assert evidence.model.setData(index, "")
    assert [row.round for row in rows(session)] == [12, None, None]


def test_a_file_keeps_its_name(session, evidence, tmp_path):
    evidence.add_files([pdf(tmp_path / "a.pdf")])
    session.tasks.wait()
    index = evidence.model.index(0, evidence.model.column("url"))
    assert index.data() == "a.pdf"
    assert not index.flags() & Qt.ItemFlag.ItemIsEditable


def test_the_table_counts_the_evidence_of_the_round_in_hand(page, session):
    def counted() -> list[str]:
        at = page.model.column("evidence")
        return [page.model.index(row, at).data() for row in range(4)]

    add_links(session, LINK, "https://a.example", number=1)
    add_links(session, LINK, number=1, round_=None)
    add_links(session, LINK, number=3, round_=6)
    assert counted() == ["", "3", "", ""]
    session.set_place(YEAR, 6)
    assert counted() == ["", "1", "", "1"]
    session.undo()
    assert counted() == ["", "1", "", ""]


# Opening and saving


@pytest.fixture
def sent(monkeypatch) -> list[QUrl]:
    """What other programs are asked to show."""
    urls: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: urls.append(QUrl(url)) or True)
    return urls


def attach(session: FileSession, name: str, data: bytes) -> None:
    session.edit("file", attach_files, measure_id(0), 12, [NewFile(name, data, "x/y")])


def choose(session: FileSession, evidence: EvidenceList, number: int) -> None:
    evidence.table.select([rows(session)[number].id])


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


# The whole


def test_a_mild_warning_comes_once_the_file_can_hardly_be_mailed(session, evidence):
    assert evidence.total.isHidden()
    attach(session, "a.bin", bytes(MAIL_LIMIT // 2))
    assert "5.0 MB" in evidence.total.text()
    assert "mailed" not in evidence.total.text()
    attach(session, "b.bin", b"1" * (MAIL_LIMIT // 2 + 1))
    assert "mailed" in evidence.total.text().replace("\u200b", "")
    session.undo()
    assert "mailed" not in evidence.total.text()


def test_a_file_that_is_only_looked_at_is_opened_and_saved_but_not_changed(qtbot, tmp_path, data, sent):
    path = tmp_path / "office.itadesk"
    session = open_session(tmp_path)
    add_links(session, LINK)
    attach(session, "a.pdf", b"%PDF-")
    session.close()
    session = FileSession(OfficeFile.view(path))
    page = in_window(qtbot, MeasuresPage(session))
    evidence = page.form.evidence
    assert len(shown(evidence)) == 2
    QApplication.clipboard().setText("https://b.example")
    evidence.paste()
    evidence.add_files([path])
    choose(session, evidence, 1)
    evidence.remove()
    evidence.shift(-1)
    assert not drop(page.form, files(tmp_path / "b.pdf"))
    assert not evidence.attach.isEnabled()
    assert not evidence.link.isEnabled()
    assert not evidence.model.setData(evidence.model.index(0, 0), "x")
    assert len(rows(session)) == 2
    evidence.open()
    assert len(sent) == 1
    session.close()


def test_the_keyboard_gets_there_and_on(qtbot, page, session, evidence):
    press(qtbot, page, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is evidence.link.input
    add_links(session, LINK)
    page.table.setFocus()
    press(qtbot, page, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is evidence.table
    press(qtbot, page, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is evidence.link.input


def test_everything_is_undone_and_done_again_with_its_bytes(session, evidence, tmp_path, page):
    before = session.snapshot
    evidence.add_files([pdf(tmp_path / "a.pdf"), photo(tmp_path / "b.jpg", (400, 300))])
    session.tasks.wait()
    add_links(session, LINK)
    evidence.table.select([rows(session)[0].id])
    evidence.shift(1)
    evidence.remove()
    session.edit("gone", operations.delete_row, Measure, measure_id(0))
    after = session.snapshot
    session.publish_now()
    session.tasks.wait()
    while session.undo_stack.canUndo():
        session.undo()
    session.publish_now()
    session.tasks.wait()
    assert session.snapshot == before
    while session.undo_stack.canRedo():
        session.redo()
    assert session.snapshot == after
    session.undo()
    assert all(session.attachment(row.attachment) for row in rows(session) if row.attachment)
    session.undo()
    assert session.attachment(rows(session)[1].attachment or "") == (tmp_path / "a.pdf").read_bytes()


def test_evidence_that_is_being_retitled_outlives_every_refresh(qtbot, page, session, evidence):
    add_links(session, LINK)
    evidence.table.edit_cell(rows(session)[0].id, 0)
    title = QApplication.focusWidget()
    assert isinstance(title, CellInput)
    type_text(title, "ประกาศ")
    session.edit("other", operations.set_field, Measure, measure_id(0), "steps", "ทำ")
    add_links(session, "https://b.example")
    assert title.toPlainText() == "ประกาศ"
    page.commit()
    assert rows(session)[0].title == "ประกาศ"


def test_the_last_of_four_thousand_measures_gets_its_evidence(qtbot, tmp_path, data):
    session = open_session(tmp_path, 4000)
    page = in_window(qtbot, MeasuresPage(session))
    page.table.select([measure_id(3999)])
    add_links(session, LINK, number=3999)
    assert len(page.form.evidence.model.rows) == 1
    assert page.model.index(3999, page.model.column("evidence")).data() == "1"
    session.close()
