"""How a measure's indicator and period are put into words beside what the clerk typed."""

from itadesk.domain import ita, periods
from itadesk.domain.model import FiscalYear
from itadesk.i18n import _


def indicator_choices(year: FiscalYear) -> list[tuple[str, str]]:
    """Code and words of every indicator and part of one, as the analysed ITA year names them; first: none."""
    named = ita.indicators(ita.analysed_year(year))
    return [("", "–"), *((code, f"{code} {row.name}") for code, row in named.items())]


def period_words(text: str, fiscal_year: int) -> str:
    """How a period is understood in a fiscal year; says so mildly when it is not, and nothing of an empty one."""
    if not text.strip():
        return ""
    intervals = periods.parse(text, fiscal_year)
    return f"= {periods.text_of(intervals)}" if intervals else _("The period could not be read.")
