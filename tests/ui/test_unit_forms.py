"""Forms go out to the units and come back filled in: the status arrives in the round in hand."""

import docx
import openpyxl
import pytest
from exchange.office_files import word
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from ui.desk import YEAR, end, measures, open_session
from ui.window import message

from itadesk.domain.model import Measure, Status
from itadesk.storage import operations
from itadesk.ui import measure_import
from itadesk.ui.import_dialog import ImportDialog
from itadesk.ui.unit_forms_dialog import KINDS, UnitFormsDialog


@pytest.fixture
def session(qapp, tmp_path, data):
    session = open_session(tmp_path, 3)
    session.set_place(YEAR, 6)
    session.edit("หน่วยงาน", operations.set_field, Measure, measures(session)[1].id, "responsible", "กองคลัง")
    yield session
    end(session)


def shown(page) -> UnitFormsDialog:
    page.make_unit_forms()
    (dialog,) = page.findChildren(UnitFormsDialog)
    return dialog


def test_the_units_with_measures_are_offered_with_their_number(page):
    dialog = shown(page)
    texts = [dialog.units.item(at).text() for at in range(dialog.units.count())]
    assert texts == ["สำนักปลัด (2 measures)", "กองคลัง (1 measures)"]


@pytest.mark.parametrize("ending", list(KINDS))
def test_a_file_for_each_chosen_unit_and_none_is_written_over(page, tmp_path, monkeypatch, ending):
    folder = tmp_path / "แบบ"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_arguments: str(folder))
    dialog = shown(page)
    dialog.kind.setCurrentIndex(list(KINDS).index(ending))
    dialog.units.item(0).setCheckState(Qt.CheckState.Unchecked)
    dialog.save.click()
    (first,) = folder.iterdir()
    assert first.suffix == ending
    assert "กองคลัง" in first.name
    before = first.read_bytes()
    dialog.write(folder)
    assert len(list(folder.iterdir())) == 2
    assert first.read_bytes() == before


def test_a_filled_form_comes_back_into_the_round_in_hand(page, session, tmp_path):
    dialog = shown(page)
    dialog.units.item(1).setCheckState(Qt.CheckState.Unchecked)
    (path,) = dialog.write(tmp_path)
    dialog.close()
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = [str(cell.value).split(" (")[0] for cell in sheet[2]]
    for head, text in (("Status", "Done"), ("Result", "แล้วเสร็จ")):
        sheet.cell(3, heads.index(head) + 1, text)
    book.save(path)
    measure_import.open_file(session, page, path)
    session.tasks.wait()
    (back,) = [dialog for dialog in page.findChildren(ImportDialog) if dialog.isVisible()]
    assert back.round.currentIndex() == 0
    back.take.click()
    progress = session.snapshot.progress(measures(session)[0].id, 6)
    assert progress is not None
    assert (progress.status, progress.result) == (Status.DONE, "แล้วเสร็จ")
    assert len(measures(session)) == 3
    session.undo()
    assert session.snapshot.progress(measures(session)[0].id, 6) is None


def test_nowhere_to_write_is_told(page, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_arguments: str(tmp_path / "ไม่มี"))
    dialog = shown(page)
    dialog.save.click()
    assert message()
    assert dialog.isVisible()


def written(page, tmp_path, ending: str):
    dialog = shown(page)
    dialog.kind.setCurrentIndex(list(KINDS).index(ending))
    dialog.units.item(1).setCheckState(Qt.CheckState.Unchecked)
    (path,) = dialog.write(tmp_path)
    dialog.close()
    return path


def come_back(page, session, path) -> ImportDialog:
    measure_import.open_file(session, page, path)
    session.tasks.wait()
    (back,) = [dialog for dialog in page.findChildren(ImportDialog) if dialog.isVisible()]
    assert back.round.currentIndex() == 0
    return back


def test_a_word_form_comes_back_and_changes_nothing_but_what_was_filled_in(page, session, tmp_path):
    first = measures(session)[0]
    session.edit("ขั้นตอน", operations.set_field, Measure, first.id, "steps", "1. สำรวจ\n2. จัดทำ")
    session.edit("ระยะเวลา", operations.set_field, Measure, first.id, "period", "1 ต.ค. 67 - 31 มี.ค. 68")
    before = measures(session)
    path = written(page, tmp_path, ".docx")
    document = docx.Document(str(path))
    (table,) = document.tables
    (line,) = [row for row in table.rows if first.title in row.cells[0].text]
    for cell, text in zip(line.cells[3:7], ("", "", "/", "ดำเนินการแล้วเสร็จ"), strict=True):
        cell.text = text
    document.save(str(path))
    back = come_back(page, session, path)
    assert "1 changed" in back.summary.text()
    back.take.click()
    assert measures(session) == before
    progress = session.snapshot.progress(first.id, 6)
    assert (progress.status, progress.result) == (Status.DONE, "ดำเนินการแล้วเสร็จ")


def test_a_printed_form_that_was_typed_anew_is_known_by_its_titles(page, session, tmp_path):
    head = ("ที่", "มาตรการ", "ยังไม่ดำเนินงาน", "อยู่ระหว่างดำเนินงาน", "ดำเนินงานเสร็จแล้ว", "ผลการดำเนินการ")
    title = "๑. " + measures(session)[0].title.replace("ใช้", "ใช้ ")
    path = tmp_path / "พิมพ์เอง.docx"
    path.write_bytes(word((head, ("1", title, "", "✓", "", "อยู่ระหว่างจัดทำ")), lines=("รอบ ๖ เดือน",)))
    back = come_back(page, session, path)
    assert "1 changed" in back.summary.text()
    back.take.click()
    progress = session.snapshot.progress(measures(session)[0].id, 6)
    assert (progress.status, progress.result) == (Status.IN_PROGRESS, "อยู่ระหว่างจัดทำ")
    assert len(measures(session)) == 3


@pytest.mark.parametrize("ending", [".docx", ".xlsx"])
def test_a_measure_that_a_unit_wrote_below_its_own_is_the_units(page, session, tmp_path, ending):
    both = measures(session)[0].id
    session.edit("สองหน่วยงาน", operations.set_field, Measure, both, "responsible", "สำนักปลัด\nกองคลัง")
    for at, row in enumerate(measures(session), 1):
        session.edit("เลข", operations.set_field, Measure, row.id, "title", f"{at}. {row.title}")
        session.edit("เวลา", operations.set_field, Measure, row.id, "period", "ม.ค. 68")
    before = measures(session)
    path = written(page, tmp_path, ending)
    own, others = "จัดทำป้ายประกาศไม่รับของขวัญ", "ทำร่วมกับกองคลัง"
    if ending == ".docx":
        document = docx.Document(str(path))
        (table,) = document.tables
        for title in (own, others):
            cells = table.add_row().cells
            cells[0].text, cells[-1].text = title, "ติดแล้ว 3 จุด"
        document.save(str(path))
    else:
        book = openpyxl.load_workbook(path)
        sheet = book.worksheets[0]
        heads = [cell.value for cell in sheet[2]]
        for title, responsible in ((own, ""), (others, "กองคลัง")):
            sheet.append(["" if head != "Measure" else title for head in heads])
            sheet.cell(sheet.max_row, heads.index("Responsible") + 1, responsible)
        book.save(path)
    back = come_back(page, session, path)
    assert "2 new" in back.summary.text()
    back.table.select([row.id for row in back.rows.rows if own in row.read.texts], 0)
    assert "form of สำนักปลัด" in back.details.toPlainText()
    steps = session.undo_stack.count()
    back.take.click()
    responsible = {row.title: row.responsible for row in measures(session)}
    assert responsible[own] == "สำนักปลัด"
    assert responsible[others] == ("กองคลัง" if ending == ".xlsx" else "สำนักปลัด")
    assert [row.responsible for row in measures(session)[:3]] == [row.responsible for row in before]
    assert session.undo_stack.count() == steps + 1
    session.undo()
    assert measures(session) == before
