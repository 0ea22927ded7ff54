"""Leads from a place that was found in the file to where the clerk sees and types it."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from itadesk.domain.model import (
    Document,
    DocumentText,
    Evidence,
    Finding,
    Measure,
    Office,
    Person,
    Progress,
    Publication,
    Round,
    Signatory,
    Unit,
)
from itadesk.domain.replace import Hit
from itadesk.ui.replace_rows import utf16

if TYPE_CHECKING:
    from itadesk.ui.work_area import WorkArea


def show(area: "WorkArea", hit: Hit) -> None:
    """Bring the page to the front on which the text stands, its row and field in hand, the found words selected."""
    snapshot, round_ = area.session.snapshot, area.session.round
    area.window().activateWindow()
    match hit.row:
        case Measure():
            _show_measure(area, hit.row, round_, hit)
        case Progress():
            _show_measure(area, snapshot.all(Measure)[hit.row.measure_id], hit.row.round, hit)
        case Evidence():
            _show_measure(area, snapshot.all(Measure)[hit.row.measure_id], hit.row.round or round_, None)
        case Finding():
            _show_finding(area, hit.row)
        case Document():
            _show_document(area, hit.row, hit)
        case DocumentText() | Signatory() | Publication():
            _show_document(area, snapshot.all(Document)[hit.row.document_id], hit)
        case Office() | Unit() | Person():
            _show_office(area, hit)
        case _:
            pass


def _show_measure(area: "WorkArea", measure: Measure, round_: Round, hit: Hit | None) -> None:
    from itadesk.ui.measures_page import MeasuresPage

    area.session.set_place(measure.fiscal_year_id, round_)
    page = area.show_page("measures")
    assert isinstance(page, MeasuresPage)
    page.show_measure(measure.id)
    if hit is not None:
        editor = page.form.fields.editors[hit.name]
        _select(editor.input, hit)
        page.form.ensureWidgetVisible(editor)


def _show_finding(area: "WorkArea", finding: Finding) -> None:
    from itadesk.ui.assessment_page import AssessmentPage

    area.session.set_place(finding.fiscal_year_id, area.session.round)
    page = area.show_page("assessment")
    assert isinstance(page, AssessmentPage)
    page.findings.table.select([finding.id])
    page.findings.table.setFocus()


def _show_document(area: "WorkArea", document: Document, hit: Hit) -> None:
    from itadesk.ui.report_page import ReportPage

    area.session.set_place(document.fiscal_year_id, document.round or area.session.round)
    page = area.show_page("report")
    assert isinstance(page, ReportPage)
    page.show_text(document.layout, hit.row, hit.name)


def _show_office(area: "WorkArea", hit: Hit) -> None:
    from itadesk.ui.office_page import OfficePage

    page = area.show_page("office")
    assert isinstance(page, OfficePage)
    if isinstance(hit.row, Office):
        _select(page.form.editors[hit.name].input, hit)
        return
    rows = page.units if isinstance(hit.row, Unit) else page.people
    rows.table.select([hit.row.id], rows.model.column(hit.name))
    rows.table.setFocus()


def _select(field: QWidget, hit: Hit) -> None:
    start, end = (utf16(hit.text, place) for place in (hit.start, hit.end))
    field.setFocus()
    if isinstance(field, QPlainTextEdit):
        cursor = field.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        field.setTextCursor(cursor)
    elif isinstance(field, QLineEdit):
        field.setSelection(start, end - start)
