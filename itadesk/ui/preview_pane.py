"""The preview with what goes with it: zoom, pages, and word of what could not be set."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.ui import thai_text, theme
from itadesk.ui.actions import WINDOW, action
from itadesk.ui.preview import Preview
from itadesk.ui.report_maker import ReportMaker


class PreviewPane(QWidget):
    """Follows a ReportMaker. While the newest report cannot be made the last one stays, under a line that says why.

    Buttons that do something with the report go into `tools`, at the right.
    """

    def __init__(self, maker: ReportMaker) -> None:
        super().__init__()
        self._maker = maker
        self.preview = Preview()
        self.zoom_out = self._action("zoom_out", _("Zoom &out"), self.preview.zoom_out, "Ctrl+-")
        self.zoom_in = self._action("zoom_in", _("Zoom &in"), self.preview.zoom_in, "Ctrl++", "Ctrl+=")
        self.fit = self._action("fit_width", _("&Fit to width"), self.preview.fit_width, "Ctrl+0")
        self.back = self._action("previous", _("&Previous page"), lambda: self._turn(-1), "Ctrl+PgUp")
        self.forth = self._action("next", _("&Next page"), lambda: self._turn(1), "Ctrl+PgDown")
        self.tools = QHBoxLayout()
        self.page_label = QLabel()
        self.zoom_label = QLabel()
        self.trouble = QLabel()
        self.waiting = QLabel(_("Laying out the pages…"))
        self._arrange()
        self.preview.moved.connect(self._follow)
        maker.busy_changed.connect(self._follow)
        maker.made.connect(self._show_pdf)
        maker.refused.connect(self.show_trouble)
        self._follow()

    @property
    def actions_to_offer(self) -> list[QAction]:
        """What can be done with the preview, for the menu."""
        return [self.zoom_in, self.zoom_out, self.fit, self.back, self.forth]

    def _action(self, icon: str, text: str, act: Callable[[], None], *keys: str) -> QAction:
        return action(self, text, act, *keys, icon=theme.icon(icon), context=WINDOW)

    def _arrange(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(4)
        for part in (self.zoom_out, self.zoom_label, self.zoom_in, self.fit):
            bar.addWidget(_button(part) if isinstance(part, QAction) else part)
        bar.addSpacing(16)
        for part in (self.back, self.page_label, self.forth):
            bar.addWidget(_button(part) if isinstance(part, QAction) else part)
        bar.addStretch()
        bar.addLayout(self.tools)
        self.zoom_label.setMinimumWidth(self.fontMetrics().horizontalAdvance("100 %  "))
        self.zoom_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.trouble.setWordWrap(True)
        self.trouble.setTextFormat(Qt.TextFormat.PlainText)
        self.trouble.setStyleSheet(f"background: {theme.WARNING_FILL}; padding: 6px 10px;")
        self.trouble.hide()
        QVBoxLayout(self.preview.viewport()).addWidget(self.waiting, 0, Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(bar)
        layout.addWidget(self.trouble)
        layout.addWidget(self.preview, 1)

    def _turn(self, pages: int) -> None:
        self.preview.go_to(self.preview.page + pages)

    def _show_pdf(self, pdf: bytes) -> None:
        self.trouble.hide()
        self.preview.show_pdf(pdf)

    def clear(self, reason: UserError) -> None:
        """Show no report, and say why."""
        self.preview.clear()
        self.show_trouble(reason)

    def show_trouble(self, error: UserError) -> None:
        """Say what is wrong above the pages."""
        self.trouble.setText(thai_text.display(f"{error.message}\n{error.advice}".strip()))
        self.trouble.show()

    def _follow(self) -> None:
        page, count = self.preview.page, self.preview.page_count
        self.page_label.setText(_("Page {page} of {count}").format(page=page, count=count) if count else "")
        self.waiting.setVisible(self._maker.busy and not count)
        self.zoom_label.setText(f"{self.preview.zoom:.0%}")
        self.back.setEnabled(page > 1)
        self.forth.setEnabled(page < count)


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setToolTip(f"{action.text().replace('&', '')} ({action.shortcut().toString()})")
    button.setAccessibleName(action.text().replace("&", ""))
    button.setAutoRaise(True)
    return button
