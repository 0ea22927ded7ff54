"""Steps of the tests of evidence: files made, dropped and attached; what the list shows."""

from pathlib import Path

from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from ui.desk import measure_id
from ui.keyboard import type_text

from itadesk.domain.model import Evidence, Round
from itadesk.storage.evidence import NewFile, attach_files, attach_links
from itadesk.ui.evidence_list import EvidenceList
from itadesk.ui.session import FileSession

LINK = "https://www.ngamdee.example/ita/o26.pdf"
NONE = Qt.KeyboardModifier.NoModifier


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


def add_links(session: FileSession, *links: str, number: int = 0, round_: Round | None = 12) -> None:
    session.edit("links", attach_links, measure_id(number), round_, links)


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(widget: QWidget, data: QMimeData, at: QPoint | None = None) -> bool:
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


def attach(session: FileSession, name: str, data: bytes) -> None:
    session.edit("file", attach_files, measure_id(0), 12, [NewFile(name, data, "x/y")])


def choose(session: FileSession, evidence: EvidenceList, number: int) -> None:
    evidence.table.select([rows(session)[number].id])
