"""The pages of an open file: what they are called and how they are made."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from itadesk.i18n import N_

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from itadesk.ui.session import FileSession

# Imports stand in functions: what a page needs is loaded when it is first shown.


def _measures(session: "FileSession") -> "QWidget":
    from itadesk.ui.measures_page import MeasuresPage

    return MeasuresPage(session)


def _board(session: "FileSession") -> "QWidget":
    from itadesk.ui.board_page import BoardPage

    return BoardPage(session)


def _report(session: "FileSession") -> "QWidget":
    from itadesk.ui.report_page import ReportPage

    return ReportPage(session)


def _office(session: "FileSession") -> "QWidget":
    from itadesk.ui.office_page import OfficePage

    return OfficePage(session)


def _assessment(session: "FileSession") -> "QWidget":
    from itadesk.ui.assessment_page import AssessmentPage

    return AssessmentPage(session)


@dataclass(frozen=True)
class PageEntry:
    """`title` is an English text to translate where it is shown."""

    name: str
    title: str
    make: "Callable[[FileSession], QWidget]"


PAGES = (
    PageEntry("measures", N_("Measures"), _measures),
    PageEntry("board", N_("Status board"), _board),
    PageEntry("report", N_("Report"), _report),
    PageEntry("office", N_("Office"), _office),
    PageEntry("assessment", N_("ITA result"), _assessment),
)
