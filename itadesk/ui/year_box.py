"""A fiscal year to type or step: Thai digits are as good as any."""

from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QSpinBox, QWidget

from itadesk.domain.fields import FIRST_YEAR, LAST_YEAR
from itadesk.domain.thai import arabic_digits
from itadesk.i18n import _


class YearBox(QSpinBox):
    """A year of the Buddhist era."""

    def __init__(self, year: int) -> None:
        super().__init__(minimum=FIRST_YEAR, maximum=LAST_YEAR)
        self.setValue(year)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        return super().validate(arabic_digits(text), position)  # pyright: ignore[reportReturnType]

    def valueFromText(self, text: str) -> int:
        return super().valueFromText(arabic_digits(text))


class YearDialog(QDialog):
    """Asks for the fiscal year to add."""

    @classmethod
    def ask(cls, parent: QWidget, offered: int) -> int | None:
        """The year given; None when the user cancels."""
        dialog = cls(parent, offered)
        year = dialog.year.value() if dialog.exec() else None
        dialog.deleteLater()
        return year

    def __init__(self, parent: QWidget | None, offered: int) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Add a fiscal year"))
        self.year = YearBox(offered)
        self.year.selectAll()
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QFormLayout(self)
        layout.addRow(_("&Fiscal year (B.E.)"), self.year)
        layout.addRow(buttons)
