"""A fiscal year to type or step: Thai digits are as good as any."""

from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QSpinBox

from itadesk.domain.fields import FIRST_YEAR, LAST_YEAR
from itadesk.domain.thai import arabic_digits


class YearBox(QSpinBox):
    """A year of the Buddhist era."""

    def __init__(self, year: int) -> None:
        super().__init__(minimum=FIRST_YEAR, maximum=LAST_YEAR)
        self.setValue(year)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        return super().validate(arabic_digits(text), position)  # pyright: ignore[reportReturnType]

    def valueFromText(self, text: str) -> int:
        return super().valueFromText(arabic_digits(text))
