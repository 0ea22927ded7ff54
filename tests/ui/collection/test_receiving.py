"""Receiving files: the plan is shown before anything is written, then what is ticked is taken in."""

import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from storage.collection.offices import change, copy, finish, make
from ui.collection.desk import column, planned, settled, took_in
from ui.window import toasts

from itadesk.domain.news import Tally
from itadesk.storage.collection import counts, versions
from itadesk.storage.collection.plan import Decision
from itadesk.storage.office_file import OfficeFile
from itadesk.ui.collection.plan_rows import Way
from itadesk.ui.thai_text import BREAK


def decisions(plan) -> list[Decision | None]:
    return [row.step.decision if row.step else None for row in plan.rows]


def held(page) -> list[str]:
    """The offices that the collection has."""
    with page.session.collection.reading() as connection:
        return [one.name for one in counts.by_office(connection, page.session.today())]


def drop(window, paths) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, button, key = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(5, 5), action, data, button, key))


def renamed(path: Path, name: str) -> Path:
    """A copy of an office's file, made for another office."""
    other = copy(path, f"{name}.itadesk")
    file = OfficeFile.open(other, user="สมชาย")
    office = file.snapshot.office
    file.edit(lambda edit: edit.update(type(office)(**{**vars(office), "name": name})))
    file.close()
    return other


def test_dropped_files_show_a_plan_and_nothing_is_written(qtbot, content, page, sent):
    drop(content.window, [*sent, sent[0].with_name("อื่น.docx")])
    qtbot.waitUntil(lambda: page.receiving and not page.plan.running)
    assert decisions(page.plan) == [Decision.ADDED] * 3
    assert [row.way for row in page.plan.rows] == [Way.TAKE] * 3
    assert held(page) == []


def test_what_is_ticked_is_taken_in(qtbot, page, sent):
    plan = planned(page, sent)
    plan.table.go_to(plan.rows[1].id)
    qtbot.keyClick(plan.table, Qt.Key.Key_Space)
    plan.apply()
    settled(page)
    assert held(page) == ["กาหลง", "โคกสะอาด"]
    assert [bool(row.result) for row in plan.rows] == [True, False, True]
    plan.close_button.click()
    settled(page)
    assert not page.receiving
    assert column(page.offices.table, "name") == ["อบต.กาหลง", "อบต.โคกสะอาด"]


def test_space_and_a_click_tick_and_untick(qtbot, page, sent):
    plan = planned(page, sent)
    plan.table.selectAll()
    plan.table.setFocus()
    qtbot.keyClick(plan.table, Qt.Key.Key_Space)
    assert [row.taken for row in plan.rows] == [False] * 3
    assert not plan.apply_button.isEnabled()
    cell = plan.table.visualRect(plan.table.model_rows.index(2, 0))
    qtbot.mouseClick(plan.table.viewport(), Qt.MouseButton.LeftButton, pos=cell.center())
    assert [row.taken for row in plan.rows] == [False, False, True]


def test_a_newer_file_tells_what_it_changes(full, sent):
    change(sent[0], "ชื่อใหม่")
    finish(sent[0])
    plan = planned(full, sent[:2])
    assert decisions(plan) == [Decision.REPLACED, Decision.SAME]
    assert plan.rows[0].tally == Tally(texts=1, statuses=4)
    assert "ชื่อใหม่" in column(plan.detail.differences, "new")
    assert plan.rows[1].ways == ()


def test_an_older_file_is_left_unless_it_is_ticked(qtbot, full, sent):
    earlier = copy(sent[0], "เก่า.itadesk")
    change(sent[0], "ชื่อใหม่")
    took_in(full, [sent[0]])
    plan = planned(full, [earlier])
    assert decisions(plan) == [Decision.OLDER]
    assert not plan.waiting
    qtbot.keyClick(plan.table, Qt.Key.Key_Space)
    plan.apply()
    settled(full)
    plan.leave()
    assert "ชื่อใหม่" not in titles(full)


def titles(page) -> list[str]:
    with page.session.collection.reading() as connection:
        return [one.title for one in counts.measures(connection, 2569)]


def test_copies_changed_apart_wait_for_a_choice(full, sent):
    other = copy(sent[0], "อีกเครื่อง.itadesk")
    change(sent[0], "ของสมศรี")
    change(other, "ของสมชาย")
    took_in(full, [sent[0]])
    plan = planned(full, [other])
    assert decisions(plan) == [Decision.FORK]
    assert not plan.apply_button.isEnabled()
    plan.detail.choices[Way.TAKE].click()
    plan.apply()
    settled(full)
    assert "ของสมชาย" in titles(full)


def test_a_rival_is_taken_beside_or_in_place(full, sent):
    other = renamed(sent[0], "หนองบัว")
    plan = planned(full, [other])
    assert decisions(plan) == [Decision.RIVAL]
    assert [way for way, button in plan.detail.choices.items() if button.isVisibleTo(plan)] == [
        Way.TAKE, Way.APART, Way.LEAVE,
    ]  # fmt: skip
    plan.detail.choices[Way.APART].click()
    plan.apply()
    settled(full)
    assert "หนองบัว" in held(full)
    assert "โคกสะอาด" in held(full)
    plan.leave()
    again = renamed(sent[1], "ศิลา")
    plan = planned(full, [again])
    plan.detail.choices[Way.TAKE].click()
    plan.apply()
    settled(full)
    assert "ศิลา" in held(full)
    assert "ไผ่ล้อม" not in held(full)


def test_a_name_that_turns_round_turns_nothing_that_is_said_of_it(page, sent):
    turning = "\N{RIGHT-TO-LEFT OVERRIDE}"
    good = sent[0].rename(sent[0].with_name(f"ก{turning}ข.itadesk"))
    bad = sent[0].with_name(f"ค{turning}ง.itadesk")
    bad.write_bytes(b"nothing")
    plan = planned(page, [good, bad])
    assert [row.name for row in plan.rows] == ["กข.itadesk", "คง.itadesk"]
    assert not any(turning in text for row in plan.rows for text in (row.message, row.name))
    plan.apply()
    settled(page)
    assert plan.rows[0].result
    with page.session.collection.reading() as connection:
        (office,) = counts.by_office(connection, page.session.today())
        assert [one.file_name for one in versions.kept(connection, office.office_id)] == ["กข.itadesk"]


def test_long_words_on_a_row_are_not_squeezed(qtbot, content, full, sent):
    """Newer, newest of these, what is here now, what stays in the end, and three choices."""
    content.window.resize(1000, 640)
    full.plan.detail.setFixedHeight(full.plan.detail.minimumHeight())
    earlier = copy(sent[0], "ฉบับที่ส่งเมื่อวันจันทร์ก่อนที่จะแก้ไขครั้งสุดท้ายของเดือนนี้.itadesk")
    change(sent[0], "ชื่อใหม่")
    change(earlier, "อีกชื่อ")
    plan = planned(full, [sent[0], earlier])
    said = plan.detail.said
    for row in plan.rows:
        plan.table.go_to(row.id)
        qtbot.waitUntil(lambda: said.height() >= said.heightForWidth(said.width()))


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_versions_that_come_together_the_plan_says_which_stays(page, sent, turned):
    earlier = copy(sent[0], "เก่า.itadesk")
    change(sent[0], "ชื่อใหม่")
    plan = planned(page, [earlier, sent[0]] if turned else [sent[0], earlier])
    newest, older = sorted(plan.rows, key=lambda row: row.path != sent[0])
    assert [newest.said, older.said] == ["New here (newest of these)", "Older"]
    assert "New here 1" in plan.heading.text()
    assert [newest.way, older.way] == [Way.TAKE, Way.LEAVE]
    assert older.message == f"Older than {sent[0].name}, which came with it."
    for row in (newest, older):
        plan.table.go_to(row.id)
        assert plan.detail.said.text().replace(BREAK, "").endswith(f"In the end {sent[0].name} stays.")
    plan.apply()
    settled(page)
    assert "ชื่อใหม่" in titles(page)
    assert [bool(row.result) for row in (plan._rows[newest.id], plan._rows[older.id])] == [True, False]


def test_only_one_of_the_versions_that_come_together_is_ticked(qtbot, page, sent):
    earlier = copy(sent[0], "เก่า.itadesk")
    change(sent[0], "ชื่อใหม่")
    plan = planned(page, [sent[0], earlier])
    newest, older = (row.id for row in plan.rows)
    plan.table.go_to(older)
    plan.detail.choices[Way.TAKE].click()
    assert [row.taken for row in plan.rows] == [False, True]
    assert plan.detail.said.text().replace(BREAK, "").endswith(f"In the end {earlier.name} stays.")
    for _time in range(2):  # all are left, all are ticked again: of the two the newest
        plan.table.go_to(newest if _time else older)
        plan.table.selectAll()
        qtbot.keyClick(plan.table, Qt.Key.Key_Space)
    assert [row.taken for row in plan.rows] == [True, False]
    plan.table.go_to(older)
    plan.detail.choices[Way.TAKE].click()
    plan.apply()
    settled(page)
    assert "ชื่อใหม่" not in titles(page)


def test_copies_changed_apart_that_come_together_wait_for_a_choice(page, sent):
    other = copy(sent[0], "อีกเครื่อง.itadesk")
    change(sent[0], "ของสมศรี")
    change(other, "ของสมชาย")
    plan = planned(page, [sent[0], other])
    assert [row.word for row in plan.rows] == ["Changed apart"] * 2
    assert not plan.apply_button.isEnabled()
    plan.table.go_to(plan.rows[1].id)
    assert "please choose one" in plan.detail.said.text().replace(BREAK, "")
    plan.detail.choices[Way.TAKE].click()
    plan.apply()
    settled(page)
    assert "ของสมชาย" in titles(page)


def test_two_files_of_one_office_that_come_together_are_kept_apart_on_demand(page, sent, tmp_path):
    (tmp_path / "อื่น").mkdir()
    rival = make(tmp_path / "อื่น", sent[0].stem, measures=2)
    plan = planned(page, [sent[0], rival])
    assert [row.word for row in plan.rows] == ["Office twice"] * 2
    assert [row.name for row in plan.rows] == [f"ส่งมา/{rival.name}", f"อื่น/{rival.name}"]
    assert not plan.waiting
    plan.detail.choices[Way.TAKE].click()
    plan.table.go_to(plan.rows[1].id)
    plan.detail.choices[Way.APART].click()
    assert [row.way for row in plan.rows] == [Way.TAKE, Way.APART]
    plan.apply()
    settled(page)
    assert held(page) == ["โคกสะอาด", "โคกสะอาด"]


def test_what_is_left_of_a_plan_is_looked_at_again_once_something_was_taken_in(page, sent):
    earlier = copy(sent[0], "เก่า.itadesk")
    change(sent[0], "ชื่อใหม่")
    plan = planned(page, [sent[0], earlier])
    plan.apply()
    settled(page)
    planned(page, [sent[1]])
    assert [(row.path.name, row.word, row.taken) for row in plan.rows] == [
        (earlier.name, "Older", False),
        (sent[1].name, "New here", True),
    ]


def test_damaged_files_are_explained_and_the_good_ones_arrive(page, sent):
    damaged = copy(sent[0], "เสีย.itadesk")
    damaged.write_bytes(sent[0].read_bytes()[:20_000])
    plan = planned(page, [damaged, *sent])
    assert decisions(plan) == [None, *[Decision.ADDED] * 3]
    assert plan.rows[0].word == "Damaged"
    assert damaged.name in plan.rows[0].message
    plan.apply()
    settled(page)
    assert len(held(page)) == 3


def test_a_file_that_goes_before_it_is_taken_in_is_told(page, sent):
    plan = planned(page, sent)
    sent[1].unlink()
    plan.apply()
    settled(page)
    assert held(page) == ["กาหลง", "โคกสะอาด"]
    assert sent[1].name in plan.rows[1].result


def test_stopping_leaves_the_rest_ticked_and_it_goes_on_later(qtbot, page, tmp_path):
    folder = tmp_path / "มาก"
    folder.mkdir()
    paths = [make(folder, f"ที่ {number}", measures=1) for number in range(8)]
    plan = planned(page, paths)
    fill = plan._fill

    def stop_after_some() -> None:
        fill()
        if sum(bool(row.result) for row in plan.rows) >= 2:
            plan.stop_button.click()

    plan._fill = stop_after_some
    plan.apply()
    qtbot.waitUntil(lambda: not plan.running)
    plan._fill = fill
    done = len(held(page))
    assert done >= 2
    assert len(plan.waiting) == 8 - done
    plan.apply()
    settled(page)
    assert len(held(page)) == 8


def test_the_replaced_version_is_kept(full, sent):
    change(sent[0], "ชื่อใหม่")
    took_in(full, [sent[0]])
    office = next(one for one in full.session.view.offices if one.name == "โคกสะอาด")
    with full.session.collection.reading() as connection:
        assert len(versions.kept(connection, office.office_id)) == 2


def test_no_office_file_among_the_dropped_ones(content, page, tmp_path):
    planned(page, [tmp_path / "บันทึก.docx"])
    assert not page.receiving
    assert toasts(content)[-1] == "There are no office files (.itadesk) among them."


def test_a_dropped_folder_gives_every_office_file_in_it_and_tells_what_is_passed_over(
    qtbot, content, page, sent
):
    folder = sent[0].parent
    (folder / "ส่งทีหลัง").mkdir()
    sent[2].rename(folder / "ส่งทีหลัง" / sent[2].name)
    for name in ("บันทึก.docx", "<b>ภาพ.jpg", "Thumbs.db", ".~lock.x#", "~$บันทึก.docx"):
        (folder / name).write_bytes(b"x")
    drop(content.window, [folder])
    qtbot.waitUntil(lambda: page.receiving and not page.plan.running)
    assert {row.name for row in page.plan.rows} == {path.name for path in sent}
    told = page.plan.passed.text().replace(BREAK, "")
    assert told == "Passed over, for they are no office files: <b>ภาพ.jpg, บันทึก.docx"
    assert page.plan.passed.textFormat() is Qt.TextFormat.PlainText
    page.plan.apply()
    settled(page)
    assert len(held(page)) == 3
    page.plan.leave()
    planned(page, sent[:1])
    assert not page.plan.passed.isVisible()


def test_a_dropped_archive_is_unpacked_and_swept_away(qtbot, content, page, sent, tmp_path):
    archive = tmp_path / "ทั้งหมด.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for path in sent:
            file.write(path, path.name)
    drop(content.window, [archive])
    qtbot.waitUntil(lambda: page.receiving and not page.plan.running)
    assert [row.name for row in page.plan.rows] == [path.name for path in sent]
    unpacked = page.plan.rows[0].path
    assert unpacked.exists()
    page.plan.apply()
    settled(page)
    assert len(held(page)) == 3
    page.plan.leave()
    assert not unpacked.exists()


def test_a_folder_on_the_start_page_is_told_where_it_belongs(qtbot, content, tmp_path):
    drop(content.window, [tmp_path])
    qtbot.waitUntil(lambda: bool(toasts(content)))
    assert "Open the collection of your offices first" in toasts(content)[-1]


def test_dropped_files_stay_where_they_are(content, page, sent):
    """A file manager that proposes to move them deletes what it believes was moved."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in sent])
    both = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    event = QDropEvent(QPointF(5, 5), both, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    event.setDropAction(Qt.DropAction.MoveAction)
    content.window.dropEvent(event)
    assert event.isAccepted()
    assert event.dropAction() is Qt.DropAction.CopyAction
    settled(page)


def test_esc_and_ctrl_w_lead_back_to_the_offices(qtbot, content, full, sent):
    for leave in (lambda: qtbot.keyClick(full.plan.table, Qt.Key.Key_Escape), content.close_file):
        planned(full, sent)
        assert full.receiving
        leave()
        assert not full.receiving
        assert content.collection.page is full
