"""Where a report was published: places filled in on the report page, each change a step, and all links copied."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QLineEdit
from ui.example_office import example_file
from ui.keyboard import type_text
from ui.report_steps import shown, stored, take_new_report

from itadesk.domain.model import Document, Evidence, Publication
from itadesk.storage import operations
from itadesk.storage.office_file import OfficeFile
from itadesk.ui.link_editor import LinkEditor
from itadesk.ui.publications_form import PublicationsForm
from itadesk.ui.report_advice import Place
from itadesk.ui.session import FileSession

LINK = "https://www.thungsukjai.example/ita/o26"


@pytest.fixture
def session(example):
    take_new_report(example)
    return example


@pytest.fixture
def page(qtbot, session):
    page = shown(qtbot, session)
    page.tabs.setCurrentIndex(page.forms.index(page.publications))
    return page


@pytest.fixture
def form(page) -> PublicationsForm:
    return page.publications


def published(session: FileSession) -> list[Publication]:
    return [
        row for document in stored(session) for row in session.snapshot.children(Publication, document.id)
    ]


def fill(form: PublicationsForm, name: str, text: str) -> None:
    line = form.form.editors[name].findChild(QLineEdit)
    assert line is not None
    line.setFocus()
    line.selectAll()
    type_text(line, text)
    form.commit()


def listed(form: PublicationsForm) -> list[str]:
    return [form.places.item(at).text() for at in range(form.places.count())]


def test_the_first_place_stores_the_document_and_begins_with_the_items_of_the_year(page, session, form):
    assert stored(session) == []
    form.add.click()
    assert [row.oit_item for row in published(session)] == ["O26"]
    assert QApplication.focusWidget() is form.form.editors["url"].input
    for name, text in (("url", LINK), ("click_path", "หน้าหลัก > ITA"), ("date", "15/10/68")):
        fill(form, name, text)
    (row,) = published(session)
    assert (row.url, row.click_path, row.date) == (LINK, "หน้าหลัก > ITA", dt.date(2025, 10, 15))
    assert listed(form) == [f"O26  {LINK}"]
    assert session.undo_stack.count() == 5, "the first one is of taking the new report"
    for _step in range(4):
        session.undo()
    assert stored(session) == []
    assert listed(form) == []
    for _step in range(4):
        session.redo()
    assert published(session) == [row]


def test_a_link_that_does_not_work_is_not_stored_and_what_was_meant_is_offered(session, form):
    form.add.click()
    fill(form, "url", "www.thungsukjai.example")
    editor = form.form.editors["url"]
    assert isinstance(editor, LinkEditor)
    assert (published(session)[0].url, bool(editor.fault())) == ("", True)
    editor.offer.click()
    assert published(session)[0].url == "https://www.thungsukjai.example"
    assert editor.fault() == ""


def test_items_and_ways_that_were_typed_before_are_offered(session, form):
    form.add.click()
    for name in ("oit_item", "click_path"):
        fill(form, name, f"เดิม {name}")
    form.add.click()
    assert [row.oit_item for row in published(session)] == ["เดิม oit_item"] * 2
    offered = [
        [box.itemText(at) for at in range(box.count())]
        for box in (form.form.editors[name].input for name in ("oit_item", "click_path"))
    ]  # fmt: skip
    assert offered == [["O26", "O27", "เดิม oit_item"], ["เดิม click_path"]]


def test_places_are_moved_and_taken_out_with_keys_and_back(qtbot, session, form):
    for number in "123":
        form.add.click()
        fill(form, "url", f"https://a.example/{number}")
    form.places.setFocus()
    qtbot.keyClick(form.places, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [row.url[-1] for row in published(session)] == ["1", "3", "2"]
    qtbot.keyClick(form.places, Qt.Key.Key_Delete)
    assert [row.url[-1] for row in published(session)] == ["1", "2"]
    session.undo()
    session.undo()
    assert [row.url[-1] for row in published(session)] == ["1", "2", "3"]


def test_the_link_is_opened_in_the_browser(session, form, monkeypatch):
    sent: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: sent.append(url.toString()) or True)
    form.add.click()
    assert not form.open.isEnabled()
    fill(form, "url", LINK)
    form.open.click()
    assert sent == [LINK]


def test_all_links_of_the_year_are_copied_and_counted(session, form):
    form.add.click()
    fill(form, "url", LINK)
    form.copy.click()
    data = QApplication.clipboard().mimeData()
    measures = [row.url for row in session.snapshot.all(Evidence).values() if "2569" not in row.url]
    assert LINK in data.text()
    assert all(url in data.text() and url in data.html() for url in measures)
    told = [label.text() for label in form.window().children() if "Copied" in getattr(label, "text", str)()]
    assert told == ["Copied 6 links of fiscal year 2568: 1 of reports, 5 of measures."]


def test_a_year_without_links_leaves_the_clipboard_alone(session, form):
    for row in list(session.snapshot.all(Evidence).values()):
        session.edit("gone", operations.delete_row, Evidence, row.id)
    QApplication.clipboard().setText("ของเดิม")
    form.copy.click()
    assert QApplication.clipboard().text() == "ของเดิม"


def test_a_link_that_cannot_be_opened_leads_here(qtbot, page, session, form):
    form.add.click()
    (row,) = published(session)
    session.edit("as imported", operations.set_field, Publication, row.id, "url", "http//a")
    page.problems.look()
    qtbot.waitUntil(lambda: any(one.place == Place(form="publications") for one in page.problems.advice))
    page.tabs.setCurrentIndex(0)
    page.problems.place_wanted.emit(Place(form="publications"))
    assert page.tabs.currentIndex() == page.forms.index(form)


def test_a_file_that_is_only_looked_at_is_not_changed_but_copied_from(qtbot, tmp_path, data):
    file = example_file(tmp_path)
    path = file.path
    file.close()
    session = FileSession(OfficeFile.view(path))
    document = next(iter(session.snapshot.all(Document).values()))
    session.set_place(document.fiscal_year_id, 12)
    page = shown(qtbot, session)
    page.current.choose(document.layout)
    form = page.publications
    assert not any(button.isEnabled() for button in (form.add, form.remove, form.up, form.down))
    form.copy.click()
    assert "https://" in QApplication.clipboard().text()
    session.tasks.wait()
    session.close()
