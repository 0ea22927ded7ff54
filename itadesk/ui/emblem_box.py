"""A picture of the office, its emblem or its logo: shows it, and takes another from a picture or an old Word file."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from itadesk.errors import UserError
from itadesk.exchange import word_pictures
from itadesk.i18n import _
from itadesk.storage import operations
from itadesk.ui import emblem, messages, theme
from itadesk.ui.emblem_dialog import EmblemDialog
from itadesk.ui.session import FileSession

_SIDE = 108
_MOST_BYTES = 200_000_000
"""No picture and no memo is larger; more is not even read into memory."""


class EmblemBox(QWidget):
    """Three ways to change the picture; a file that cannot serve leaves it as it was."""

    def __init__(self, session: FileSession, which: Literal["emblem", "logo"] = "emblem") -> None:
        super().__init__()
        self._session = session
        self._which: Literal["emblem", "logo"] = which
        self._sha: str | None = ""
        self.picture = _Picture()
        self.choose = QPushButton(_("Choose a &picture…"))
        self.from_word = QPushButton(_("From an old &Word memo…"))
        self.remove = QPushButton(_("&Remove"))
        self.choose.clicked.connect(self._choose)
        self.from_word.clicked.connect(self._choose_from_word)
        self.remove.clicked.connect(lambda: self._store(None))
        column = QVBoxLayout()
        for button in (self.choose, self.from_word, self.remove):
            column.addWidget(button)
        column.addStretch()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.picture)
        layout.addLayout(column)
        layout.addStretch()
        session.changed.connect(self._show)
        self._show()

    def take_picture(self, path: Path) -> None:
        """Make the picture in this file the office's. Raises UserError."""
        self._store(emblem.emblem_from(_read(path)))

    def take_from_word(self, path: Path) -> None:
        """Let the clerk choose among the pictures of this Word file. Raises UserError."""
        chosen = EmblemDialog.ask(self, word_pictures.pictures(_read(path), path.name))
        if chosen is not None:
            self._store(chosen)

    def _choose(self) -> None:
        if path := self._ask(_("Choose the picture"), _("Pictures (*.png *.jpg *.jpeg *.svg *.svgz)")):
            self._try(lambda: self.take_picture(path))

    def _choose_from_word(self) -> None:
        if path := self._ask(_("Choose an old Word memo"), _("Word files (*.docx *.docm *.doc)")):
            self._try(lambda: self.take_from_word(path))

    def _ask(self, title: str, kinds: str) -> Path | None:
        anything, folder = _("All files (*)"), str(self._session.path.parent)
        chosen, _kind = QFileDialog.getOpenFileName(self, title, folder, f"{kinds};;{anything}")
        return Path(chosen) if chosen else None

    def _try(self, take: Callable[[], None]) -> None:
        try:
            take()
        except UserError as error:
            messages.show_error(self, error)

    def _store(self, data: bytes | None) -> None:
        label = _("Remove the picture") if data is None else _("Change the picture")
        self._session.edit(label, operations.set_picture, self._which, data, emblem.MEDIA_TYPE)

    def _show(self) -> None:
        sha = getattr(self._session.snapshot.office, self._which)
        self.remove.setEnabled(sha is not None and not self._session.read_only)
        self.choose.setEnabled(not self._session.read_only)
        self.from_word.setEnabled(not self._session.read_only)
        if sha != self._sha:
            self._sha = sha
            data = self._session.attachment(sha) if sha else None
            self.picture.show_image(emblem.stored(data) if data else QImage())


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise emblem.too_large()
        return path.read_bytes()
    except OSError as error:
        raise UserError(
            _("The file “{name}” cannot be read.").format(name=path.name),
            _("Check that it is still there and that you may open it."),
        ) from error


class _Picture(QWidget):
    """The picture in its box; without one, the empty place that pre-printed paper leaves."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self.setFixedSize(_SIDE, _SIDE)
        self.setToolTip(_("Without a picture its place stays blank."))

    def show_image(self, image: QImage) -> None:
        self._image = image
        self.setAccessibleName(_("No picture yet") if image.isNull() else _("Picture"))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        if self._image.isNull():
            painter.setPen(QPen(QColor(theme.QUIET), 1, Qt.PenStyle.DashLine))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            painter.drawText(
                self.rect().adjusted(8, 8, -8, -8),
                Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap,
                _("No picture yet"),
            )
            return
        room = self.rect().adjusted(8, 8, -8, -8)
        size = self._image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        box = QRect(room.topLeft(), size)
        box.moveCenter(room.center())
        painter.drawImage(box, self._image)
