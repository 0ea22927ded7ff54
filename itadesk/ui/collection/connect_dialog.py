"""Asks for the address of a collection in a PostgreSQL database; all but the password is remembered on this PC."""

from urllib.parse import unquote, urlsplit

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from itadesk.i18n import _
from itadesk.ui import preferences
from itadesk.ui.thai_text import display

PORT = 5432


class ConnectDialog(QDialog):
    """`wanted(address)`: with the password in it."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Connect to a database"))
        said = QLabel(
            display(
                _(
                    "A collection that many users share, in PostgreSQL. Whoever looks after the server tells the"
                    " address. The password is not kept."
                )
            )
        )
        said.setWordWrap(True)
        self.server, self.database, self.user, self.password = (QLineEdit() for _number in range(4))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.port = QSpinBox()
        self.port.setRange(1, 65535)
        form = QFormLayout()
        for label, field in (
            (_("&Server"), self.server),
            (_("P&ort"), self.port),
            (_("&Database"), self.database),
            (_("&User"), self.user),
            (_("&Password"), self.password),
        ):
            form.addRow(label, field)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.connect_button = self.buttons.addButton(_("&Connect"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)
        for field in (self.server, self.database):
            field.textChanged.connect(lambda _text: self._follow())
        layout = QVBoxLayout(self)
        layout.addWidget(said)
        layout.addLayout(form)
        layout.addWidget(self.buttons)
        self.setMinimumWidth(460)
        self._remember()

    def _remember(self) -> None:
        """Begin with the database that was asked for last."""
        last = urlsplit(preferences.load().database)
        self.server.setText(last.hostname or "")
        self.port.setValue(last.port or PORT)
        self.database.setText(unquote(last.path.lstrip("/")))
        self.user.setText(unquote(last.username or ""))
        (self.password if self.server.text() else self.server).setFocus()
        self._follow()

    def _follow(self) -> None:
        self.connect_button.setEnabled(bool(self.server.text().strip() and self.database.text().strip()))

    def _accept(self) -> None:
        from itadesk.storage.collection.store import Login

        where = (self.server.text().strip(), self.database.text().strip(), self.user.text().strip())
        port = self.port.value()
        preferences.remember(database=Login(*where, port=port).url)
        self.accept()
        self.wanted.emit(Login(*where, self.password.text(), port).url)
