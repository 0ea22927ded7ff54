"""A file that cannot be opened: what is the matter, and the ways on, the best one first."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from itadesk.domain import thai
from itadesk.i18n import _
from itadesk.storage import known_files
from itadesk.storage.backup import Backup
from itadesk.storage.opener import Report, Verdict
from itadesk.ui import messages, patience, theme
from itadesk.ui.tasks import Tasks
from itadesk.ui.thai_text import display

WIDTH = 620


def has_ways_on(path: Path, verdict: Verdict) -> bool:
    """Whether there is more to do about `path` than to read why: a file of ours is there, or was before it became
    empty or another program wrote over it."""
    return verdict in (Verdict.DAMAGED, Verdict.REJECTED) or (
        verdict is Verdict.FOREIGN and known_files.uuid_of(path) is not None
    )


class RefusedFileDialog(QDialog):
    """`report` says why, of a file that has ways on; `go_on` opens the file that takes its place."""

    def __init__(
        self, parent: QWidget | None, path: Path, report: Report, go_on: Callable[[Path], object]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("This file cannot be opened"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._path = path
        self._report = report
        self._go_on = go_on
        self._tasks = Tasks(self)
        self._backup: Backup | None = None
        self._closed = False
        message, _advice, *reasons = report.problems
        self._lines = layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addLayout(_head(message))
        self.backup = _Way(
            _("Open the newest whole &backup…"), _("Looking for copies on this computer…"), self._open_backup
        )
        self.resend = _Way(
            _("Ask for the file &again"),
            _("Copies a text that you can send to whoever the file came from."),
            self._copy_request,
        )
        self.salvage = _Way(
            _("&Save what can be read…"),
            _("Makes a new file and lists what is missing in it. This file stays as it is."),
            self._salvage,
        )
        for way in (self.backup, self.resend, self.salvage):
            layout.addWidget(way)
        self.salvage.setVisible(report.verdict is not Verdict.FOREIGN)
        if reasons:
            layout.addWidget(_quiet(_("For support: {reason}").format(reason=reasons[0])))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.setFixedWidth(WIDTH)
        self._look_for_backup()

    def done(self, result: int) -> None:
        self._closed = True
        self._tasks.close()
        super().done(result)

    def _look_for_backup(self) -> None:
        from itadesk.storage import good_backup

        path = self._path
        self.backup.button.setEnabled(False)
        self._tasks.run(
            lambda: good_backup.newest(path, self._watch), self._found, lambda _error: self._found(None)
        )

    def _watch(self, _copied: int, _size: int) -> None:
        if self._closed:
            raise patience.GivenUp

    def _found(self, backup: Backup | None) -> None:
        self._backup = backup
        self.backup.setVisible(backup is not None)
        if backup is not None:
            when = f"{thai.long_date(backup.at.date())} {backup.at:%H:%M}"
            self.backup.button.setEnabled(True)
            self.backup.button.setDefault(True)
            self.backup.button.setFocus()
            text = _("Kept on this computer on {when}. It is saved as a file of its own.")
            self.backup.told.setText(display(text.format(when=when)))
        self._lines.activate()
        self.resize(WIDTH, self._lines.totalHeightForWidth(WIDTH))

    def _open_backup(self) -> None:
        assert self._backup is not None
        from itadesk.ui import restoring

        path = restoring.as_file(self, self._backup, self._path)
        if path is not None:
            self.accept()
            self._go_on(path)

    def _copy_request(self) -> None:
        QGuiApplication.clipboard().setText(request(self._path, self._report))
        messages.toast(self, _("The text was copied. Paste it into a message to the sender."))

    def _salvage(self) -> None:
        from itadesk.ui import salvage_dialog

        dialog = salvage_dialog.salvage(self, self._path, self._go_on, self._path)
        if dialog is not None:
            self.accept()


def _head(message: str) -> QHBoxLayout:
    picture = QLabel()
    picture.setPixmap(theme.icon("warning").pixmap(QSize(32, 32)))
    said = QLabel(display(message))
    said.setTextFormat(Qt.TextFormat.PlainText)
    said.setWordWrap(True)
    font = said.font()
    font.setBold(True)
    said.setFont(font)
    head = QHBoxLayout()
    head.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
    head.addWidget(said, 1)
    return head


class _Way(QWidget):
    """A button, and below it what it does."""

    def __init__(self, text: str, meaning: str, act: Callable[[], object]) -> None:
        super().__init__()
        self.button = QPushButton(text)
        self.button.setMinimumHeight(36)
        self.button.setStyleSheet("text-align: left; padding-left: 12px;")
        self.button.setAccessibleDescription(meaning)
        self.button.clicked.connect(lambda: act())
        self.told = _quiet(meaning)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.button)
        layout.addWidget(self.told)


def request(path: Path, report: Report) -> str:
    """A text to the sender of a file that cannot be opened."""
    message, _advice, *reasons = report.problems
    return _(
        "The file “{name}” that you sent cannot be opened: {message}\n\n"
        "Please send it again as it stands on your computer, as an attachment, without opening it in another "
        "program. If it does not open with you either, please send the newest backup.\n\n"
        "Details: {reason}"
    ).format(name=path.name, message=message, reason=", ".join(reasons) or report.verdict)


def _quiet(text: str) -> QLabel:
    label = QLabel(display(text))
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setStyleSheet(f"color: {theme.QUIET};")
    return label
