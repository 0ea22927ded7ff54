"""The list of offices that are to send their files, pasted or typed one a line."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from itadesk.domain.consolidated import Sender, line_of, same_sender, senders_in
from itadesk.i18n import _
from itadesk.ui.thai_text import display


class ExpectedDialog(QDialog):
    """`accepted_list(senders)`. `known`: the offices that sent something, to begin the list with."""

    accepted_list = Signal(object)

    def __init__(self, expected: Sequence[Sender], known: Iterable[Sender], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Offices that are to send"))
        self._known = list(known)
        said = QLabel(
            display(
                _(
                    "One office a line, as อบต.โคกสะอาด; paste them from Excel or Word. District and province may"
                    " follow in columns of their own."
                )
            )
        )
        said.setWordWrap(True)
        self.text = QPlainTextEdit("\n".join(map(line_of, expected)))
        self.text.setWordWrapMode(QTextOption.WrapMode.NoWrap)
        self.text.setTabStopDistance(self.fontMetrics().horizontalAdvance("ม" * 26))
        self.text.setAccessibleName(self.windowTitle())
        self.text.textChanged.connect(self._follow)
        self.read = QLabel()
        self.add_button = QPushButton(_("&Add the offices that have sent"))
        self.add_button.setEnabled(bool(self._known))
        self.add_button.clicked.connect(self._add_known)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.read, 1)
        row.addWidget(self.add_button)
        layout = QVBoxLayout(self)
        layout.addWidget(said)
        layout.addWidget(self.text)
        layout.addLayout(row)
        layout.addWidget(buttons)
        self.resize(560, 480)
        self._follow()

    @property
    def senders(self) -> list[Sender]:
        return senders_in(self.text.toPlainText())

    def _add_known(self) -> None:
        listed = self.senders
        new = [one for one in self._known if not any(same_sender(one, other) for other in listed)]
        self.text.setPlainText("\n".join(map(line_of, [*listed, *new])))

    def _follow(self) -> None:
        self.read.setText(_("{count} offices").format(count=len(self.senders)))

    def _accept(self) -> None:
        self.accepted_list.emit(self.senders)
        self.accept()
