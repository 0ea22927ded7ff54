"""Shows the pictures inside an old Word memo, for the clerk to choose the emblem from."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListView,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from itadesk.errors import UserError
from itadesk.exchange.word_pictures import WordPicture
from itadesk.i18n import _
from itadesk.ui.emblem import emblem_from

_SHOWN = QSize(140, 140)


class EmblemDialog(QDialog):
    """Pictures side by side; one is chosen. `emblem()` is the chosen one as a file stores it."""

    def __init__(self, pictures: Sequence[WordPicture], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Choose the emblem"))
        self.pictures = QListWidget()
        self.pictures.setAccessibleName(_("Pictures in the Word file"))
        self.pictures.setViewMode(QListView.ViewMode.IconMode)
        self.pictures.setIconSize(_SHOWN)
        self.pictures.setGridSize(_SHOWN + QSize(24, 48))
        self.pictures.setMovement(QListView.Movement.Static)
        self.pictures.setResizeMode(QListView.ResizeMode.Adjust)
        self.pictures.setUniformItemSizes(True)
        for picture in pictures:
            self._offer(picture)
        self.pictures.setCurrentRow(0)
        self.pictures.itemActivated.connect(self.accept)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(self.pictures.count() > 0)
        layout = QVBoxLayout(self)
        layout.addWidget(QLabel(_("Which of these pictures is the emblem?")))
        layout.addWidget(self.pictures, 1)
        layout.addWidget(buttons)
        self.resize(560, 420)

    @classmethod
    def ask(cls, parent: QWidget, pictures: Sequence[WordPicture]) -> bytes | None:
        """The emblem chosen; None when the clerk chose none. Raises UserError when there is none to choose."""
        dialog = cls(pictures, parent)
        if dialog.pictures.count() == 0:
            raise UserError(
                _("This Word file has no picture that can be used."),
                _("Open it in Word and save the emblem as a PNG picture, then choose that file."),
            )
        chosen = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return dialog.emblem() if chosen else None

    def emblem(self) -> bytes:
        return self.pictures.currentItem().data(Qt.ItemDataRole.UserRole)

    def _offer(self, picture: WordPicture) -> None:
        """Add a picture to choose; one that cannot be read is left out."""
        try:
            emblem = emblem_from(picture.data)
        except UserError:
            return
        pixmap = QPixmap()
        pixmap.loadFromData(emblem)
        item = QListWidgetItem(QIcon(pixmap), picture.name)
        item.setData(Qt.ItemDataRole.UserRole, emblem)
        self.pictures.addItem(item)
