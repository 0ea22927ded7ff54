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
from itadesk.ui import thai_text, theme
from itadesk.ui.emblem import emblem_from

_SHOWN = QSize(140, 140)


class EmblemDialog(QDialog):
    """Pictures side by side; one that can be used is chosen. `emblem()` is the chosen one as a file stores it."""

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
        # The picture itself keeps its colours when it is chosen.
        self.pictures.setStyleSheet(
            "QListWidget::item { border: 3px solid transparent; }"
            f"QListWidget::item:selected {{ border-color: {theme.ACCENT}; background: white; color: black; }}"
        )
        self._advice = QLabel(
            thai_text.display(f"{_('Grey pictures are of a kind that cannot be used.')} {_advice()}")
        )
        self._advice.setWordWrap(True)
        self._advice.hide()
        for picture in pictures:
            self._offer(picture)
        first = self._first_usable()
        if first is not None:
            self.pictures.setCurrentItem(first)
        self.pictures.itemActivated.connect(self.accept)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(first is not None)
        layout = QVBoxLayout(self)
        layout.addWidget(QLabel(_("Which of these pictures is the emblem?")))
        layout.addWidget(self.pictures, 1)
        layout.addWidget(self._advice)
        layout.addWidget(buttons)
        self.resize(560, 420)

    @classmethod
    def ask(cls, parent: QWidget, pictures: Sequence[WordPicture]) -> bytes | None:
        """The emblem chosen; None when the clerk chose none. Raises UserError when there is none to choose."""
        dialog = cls(pictures, parent)
        if dialog._first_usable() is None:
            raise UserError(_("This Word file has no picture that can be used."), _advice())
        chosen = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return dialog.emblem() if chosen else None

    def emblem(self) -> bytes:
        return self.pictures.currentItem().data(Qt.ItemDataRole.UserRole)

    def _first_usable(self) -> QListWidgetItem | None:
        items = map(self.pictures.item, range(self.pictures.count()))
        return next((item for item in items if item.flags() & Qt.ItemFlag.ItemIsEnabled), None)

    def _offer(self, picture: WordPicture) -> None:
        """Add a picture to choose; one of another kind stands there grey, so that nobody looks for it in vain."""
        try:
            emblem = emblem_from(picture.data)
        except UserError:
            item = QListWidgetItem(theme.icon("warning"), picture.name)
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self._advice.show()
        else:
            item = QListWidgetItem(_untinted(emblem), picture.name)
            item.setData(Qt.ItemDataRole.UserRole, emblem)
        self.pictures.addItem(item)


def _untinted(emblem: bytes) -> QIcon:
    """The same picture, chosen or not."""
    pixmap = QPixmap()
    pixmap.loadFromData(emblem)
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)
    return icon


def _advice() -> str:
    """For a picture of a kind that cannot be used."""
    return _("Open it in Word and save the emblem as a PNG picture, then choose that file.")
