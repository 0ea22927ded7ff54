"""The office's own forms of report: copied, handed on and taken in as TOML."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMessageBox, QWidget
from ui.layout_steps import copied, stored
from ui.report_steps import answer

from itadesk.documents.layouts import layout_named
from itadesk.domain.model import LayoutText
from itadesk.errors import UserError
from itadesk.ui import own_layouts


@pytest.fixture
def session(example):
    return example


def test_a_copy_of_a_built_in_form_is_one_step(session) -> None:
    name = own_layouts.duplicate_layout(session, layout_named("memo"))
    assert name == "memo-2"
    copy = stored(session)
    assert copy.sections == layout_named("memo").sections
    assert copy.title == layout_named("memo").title + " (copy)"
    again = own_layouts.duplicate_layout(session, copy)
    assert again == "memo-3"
    assert stored(session, "memo-3").title == layout_named("memo").title + " (copy) (copy)"
    third = copied(session, "memo")
    assert stored(session, third).title == layout_named("memo").title + " (copy 2)"
    for _step in range(3):
        session.undo()
    assert session.snapshot.all(LayoutText) == {}


def choose_file(path: Path) -> Any:
    def act(dialog: QFileDialog) -> None:
        line: Any = dialog.findChild(QLineEdit, "fileNameEdit")
        line.setText(str(path))
        dialog.accept()  # type: ignore[call-arg]

    return act


@pytest.fixture
def window(qtbot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


def test_a_form_goes_out_and_comes_in_as_the_same(window, session, tmp_path) -> None:
    target = tmp_path / "แบบ พ.ศ. 2569.toml"
    answer(QFileDialog, choose_file(target.with_name("แบบ พ.ศ. 2569")))
    own_layouts.export_layout(layout_named("instruments"), window)
    assert target.is_file()
    answer(QFileDialog, choose_file(target))
    name = own_layouts.import_layout(session, window)
    assert name == "แบบ พ.ศ. 2569"
    came = stored(session, name)
    assert came.sections == layout_named("instruments").sections
    assert came.texts == layout_named("instruments").texts
    answer(QFileDialog, choose_file(target))
    assert own_layouts.import_layout(session, window) == "แบบ พ.ศ. 2569-2"


def test_no_file_is_written_over_that_nobody_was_asked_about(qtbot, window, tmp_path) -> None:
    told: list[str] = []
    target = tmp_path / "แบบ พ.ศ. 2569.toml"
    target.write_text("mine", "utf-8")
    answer(QFileDialog, choose_file(target.with_name("แบบ พ.ศ. 2569")))
    own_layouts.export_layout(layout_named("memo"), window)
    answer(QMessageBox, lambda box: (told.append(box.text()), box.accept()))
    qtbot.waitUntil(lambda: bool(told))
    assert target.name in told[0]
    assert target.read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ('title = "ก"\nsubject = = 3\n'.encode(), "line 2"),
        ('title = "ก"\n[[section]]\n[[section.part]]\nkind = "tabel"'.encode(), "section[1].part[1].kind"),
        ('title = "ก"'.encode("cp874"), "UTF-8"),
        (b"", "title"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(window, session, tmp_path, content, named) -> None:
    (tmp_path / "ours.toml").write_bytes(content)
    answer(QFileDialog, choose_file(tmp_path / "ours.toml"))
    with pytest.raises(UserError) as refusal:
        own_layouts.import_layout(session, window)
    assert named in refusal.value.message
    assert session.snapshot.all(LayoutText) == {}
