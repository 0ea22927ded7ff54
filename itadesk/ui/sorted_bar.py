"""Says that the table is shown sorted, and offers the way back and the way to make the order the report's own."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from itadesk.i18n import _
from itadesk.storage import operations
from itadesk.ui import messages, theme
from itadesk.ui.measure_rows import field
from itadesk.ui.measure_table import MeasureTable
from itadesk.ui.session import FileSession


class SortedBar(QWidget):
    """Seen only while the rows are sorted."""

    def __init__(self, session: FileSession, table: MeasureTable) -> None:
        super().__init__()
        self._session = session
        self._table = table
        self._rows = rows = table.model_rows
        self.words = QLabel()
        self.words.setStyleSheet(f"color: {theme.ACCENT}")
        self.back = QToolButton()
        self.back.setText(_("The report's order"))
        self.back.setIcon(theme.icon("undo"))
        self.back.setToolButtonStyle(theme.BESIDE_ICON)
        self.back.clicked.connect(lambda: table.sort_by(None))
        self.keep = QToolButton()
        self.keep.setText(_("Put them so in the report"))
        self.keep.setEnabled(not session.read_only)
        self.keep.clicked.connect(self._keep)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 0, 4, 0)
        for widget in (self.words, self.back, self.keep):
            layout.addWidget(widget)
        layout.addStretch()
        rows.rows_changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        order = self._rows.order
        self.setVisible(order is not None)
        if order is not None:
            words = _("Shown by {column} ▼") if order.descending else _("Shown by {column} ▲")
            self.words.setText(words.format(column=_(field(order.name).label)))

    def _keep(self) -> None:
        """The order that is shown becomes the one of the report."""
        ids = [row.id for row in self._rows.rows]
        self._session.edit(_("Order measures as shown"), operations.order_measures, ids)
        self._table.sort_by(None)
        messages.toast(self, _("The report has this order now. Ctrl+Z brings the old one back."))
