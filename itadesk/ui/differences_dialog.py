"""What somebody else's file of the same place says otherwise than the work in hand."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QTextBrowser, QVBoxLayout, QWidget

from itadesk.domain.snapshot import Snapshot
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.ui import backup_reading
from itadesk.ui.change_words import paragraph
from itadesk.ui.newest import Newest
from itadesk.ui.session import FileSession
from itadesk.ui.thai_text import display


class DifferencesDialog(QDialog):
    """Reads the file that stands in the place of the open one, beside the window."""

    def __init__(self, parent: QWidget, session: FileSession) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Differences from the file"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        said = QLabel(
            display(
                _("{name} was changed by somebody else. What is struck through stands there only.").format(
                    name=session.path.name
                )
            )
        )
        said.setWordWrap(True)
        self.told = QTextBrowser()
        self.told.setHtml(paragraph(_("Comparing…")))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (said, self.told, buttons):
            layout.addWidget(widget)
        self.resize(860, 520)
        path, present = session.path, session.snapshot
        Newest(session.tasks, self).ask(lambda: _told(path, present), self.told.setHtml, self._failed)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self.told.setHtml(paragraph(f"{error.message} {error.advice}"))


def _told(path: Path, present: Snapshot) -> str:
    return backup_reading.differences(path, present, _("In the file there"))
