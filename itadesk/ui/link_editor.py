"""A line for a link: while one that does not work is refused, what was most likely meant is one click away."""

from PySide6.QtWidgets import QPushButton, QSizePolicy

from itadesk.domain import links
from itadesk.domain.fields import Field
from itadesk.i18n import _
from itadesk.ui.field_editors import LineEditor


class LinkEditor(LineEditor):
    """`offer` puts in what was meant, and stores it; nothing that was typed is changed without it."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.offer = QPushButton()
        self.offer.setStyleSheet("text-align: left; padding: 2px 6px")
        self.offer.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.offer.clicked.connect(self._take_meant)
        self.offer.hide()
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self.offer)

    def set_fault(self, reason: str) -> None:
        meant = links.mended(self.text()) if reason else ""
        # What was meant stands on the button.
        super().set_fault(reason.removesuffix(links.question(meant)).strip() if meant else reason)
        self.offer.setText(_("Use {link}").format(link=meant.replace("&", "&&")))
        self.offer.setToolTip(meant)
        self.offer.setVisible(bool(meant))

    def _take_meant(self) -> None:
        self.show_text(links.mended(self.text()))
        self.input.setFocus()  # the button goes, and would hand the focus on
        self.touch()
        self.commit()
