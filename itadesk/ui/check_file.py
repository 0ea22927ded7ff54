"""Checks a file in the background and says what is the matter with it: the open one, or any other."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from itadesk.errors import UserError
from itadesk.i18n import N_, _
from itadesk.storage.opener import Report, Verdict
from itadesk.ui import files, messages, theme
from itadesk.ui.refused_file import RefusedFileDialog, has_ways_on
from itadesk.ui.tasks import Tasks
from itadesk.ui.thai_text import display

VERDICTS: Mapping[Verdict, tuple[str, str]] = {
    Verdict.CLEAN: ("status_done", N_("The file is whole, and nobody changed it since it was saved.")),
    Verdict.ALTERED: ("warning", N_("The file can be opened, but it was changed since it was saved.")),
    Verdict.DAMAGED: ("warning", N_("The file is damaged and cannot be opened.")),
    Verdict.NEWER: ("info", N_("A newer version of ITADesk made the file.")),
    Verdict.OLDER: ("info", N_("An early trial version of ITADesk made the file.")),
    Verdict.FOREIGN: ("info", N_("This is no file of ITADesk.")),
    Verdict.REJECTED: ("warning", N_("The file is not in the form that ITADesk writes.")),
}
"""Icon and text."""


class _Stopped(Exception):
    """Nobody wants to know any more."""


class CheckFileDialog(QDialog):
    """`path` is checked at once, if given; `go_on` opens the file that takes the place of a damaged one."""

    def __init__(self, parent: QWidget, path: Path | None, go_on: Callable[[Path], object]) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Check a file"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._go_on = go_on
        self._tasks = Tasks(self)
        self._path = path
        self._report: Report | None = None
        self._asked = 0
        self.name = QLabel()
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.name.setWordWrap(True)
        self.choose_button = QPushButton(_("&Another file…"))
        self.choose_button.clicked.connect(self._choose)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._picture = QLabel()
        self.verdict = _text(bold=True)
        self.said = _text()
        self.code = _text()
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy_button = QPushButton(_("&Copy the code"))
        self.copy_button.clicked.connect(self._copy)
        self.ways_button = QPushButton(_("&What can be done…"))
        self.ways_button.clicked.connect(self._show_ways)
        self._lay_out()
        if path is None:
            self._show_none()
        else:
            self.check(path)

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        for pieces in (
            (self.name, self.choose_button),
            (self._picture, self.verdict),
            (self.code, self.copy_button),
        ):
            row = QHBoxLayout()
            for piece in pieces:
                row.addWidget(piece, int(isinstance(piece, QLabel) and piece is not self._picture))
            layout.addLayout(row)
        for widget in (self._bar, self.said):
            layout.addWidget(widget)
        layout.addWidget(self.ways_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch()
        layout.addWidget(buttons)
        self.resize(600, 320)

    def check(self, path: Path) -> None:
        """Examine a file; the answer comes when it is known."""
        from itadesk.storage import examiner

        self._path, self._report = path, None
        self.name.setText(str(path))
        self._picture.clear()
        self.verdict.setText(display(_("Checking…")))
        self._show(checking=True)
        self._asked = number = self._asked + 1

        def watch(_copied: int, _size: int) -> None:
            if number != self._asked:
                raise _Stopped

        self._tasks.run(lambda: examiner.verify(path, watch), self._tell, self._fail)

    def done(self, result: int) -> None:
        self._asked += 1
        self._tasks.close()
        super().done(result)

    def _show_none(self) -> None:
        self.name.setText(display(_("No file has been chosen yet.")))
        self._show(checking=False)

    def _show(self, *, checking: bool) -> None:
        """What there is to see and to press now."""
        report = self._report
        code = None if report is None else report.seal_code
        self._bar.setVisible(checking)
        self.verdict.setVisible(checking or report is not None)
        for widget in (self.code, self.copy_button):
            widget.setVisible(code is not None)
        self.code.setText("" if code is None else _("Seal code: {code}").format(code=code))
        problems = () if report is None else report.problems
        if report is not None and report.seal_code is None:
            message, advice, *reasons = report.problems
            problems = (message, advice, *(_("For support: {reason}").format(reason=one) for one in reasons))
        self.said.setText("\n".join(display(problem) for problem in problems))
        self.said.setVisible(bool(problems))
        self.ways_button.setVisible(
            self._path is not None and report is not None and has_ways_on(self._path, report.verdict)
        )

    def _tell(self, report: Report) -> None:
        self._report = report
        icon, text = VERDICTS[report.verdict]
        self._picture.setPixmap(theme.icon(icon).pixmap(QSize(24, 24)))
        self.verdict.setText(display(_(text)))
        self._show(checking=False)

    def _fail(self, error: Exception) -> None:
        if isinstance(error, _Stopped):
            return
        if not isinstance(error, UserError):
            raise error
        self._show_none()
        messages.show_error(self, error)

    def _choose(self) -> None:
        path = files.ask_open_path(self)
        if path is not None:
            self.check(path)

    def _copy(self) -> None:
        if self._report is not None and self._report.seal_code is not None:
            QGuiApplication.clipboard().setText(self._report.seal_code)
            messages.toast(self, _("The code was copied."))

    def _show_ways(self) -> None:
        if self._path is not None and self._report is not None:
            RefusedFileDialog(self.parentWidget(), self._path, self._report, self._go_on).open()
            self.accept()


def _text(*, bold: bool = False) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    font = label.font()
    font.setBold(bold)
    label.setFont(font)
    return label
