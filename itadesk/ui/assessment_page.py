"""The ITA page: an office's scores and grade of one year, and what the fiscal year in hand makes of them."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from itadesk.domain import fields, ita
from itadesk.domain.fields import Field, Value, field_of
from itadesk.domain.model import Assessment, AssessmentIndicator, Finding, FiscalYear
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage import operations
from itadesk.storage.office_file import Edit
from itadesk.ui import thai_text, theme
from itadesk.ui.field_form import FieldForm, fields_of
from itadesk.ui.row_list import RowList
from itadesk.ui.section import Section
from itadesk.ui.session import FileSession

_INSTRUMENTS = ("iit", "eit", "oit")
_SCORES = ("total", *_INSTRUMENTS, "grade_as_printed")
_YEARS_BACK = 3
_TOLERANCE = Decimal("0.05")
_ROUNDING = Decimal("0.01")


class AssessmentPage(QWidget):
    """Left the result of one ITA year, in the middle its indicators, right the fiscal year that answers it."""

    def __init__(self, session: FileSession) -> None:
        super().__init__()
        self._session = session
        self.years = QComboBox()
        self.years.setAccessibleName(_("ITA year"))
        self.years.activated.connect(lambda at: self._take_year(self.years.itemData(at)))
        self.remove = QPushButton(_("Delete this result"))
        self.remove.clicked.connect(self._remove)
        self.scores = FieldForm(fields_of(Assessment, _SCORES))
        self.scores.edited.connect(self._store_score)
        self.grade, self.hint = QLabel(), QLabel()
        self.indicators = FieldForm(())
        self.fiscal_year = FieldForm(fields_of(FiscalYear, ("analysed_year",)))
        self.fiscal_year.edited.connect(self._store_analysed_year)
        self.findings = self._finding_list()
        self._year = self._analysed()
        self._arrange()
        for name in _SCORES:
            self.scores.editors[name].typed.connect(self._judge)
        session.changed.connect(self._show)
        session.place_changed.connect(self._follow_place)
        self._take_year(self._year)

    def commit(self) -> None:
        """Store what is being typed."""
        for form in (self.scores, self.indicators, self.fiscal_year):
            form.commit()

    @property
    def year(self) -> int:
        """The ITA year shown."""
        return self._year

    def _analysed(self) -> int:
        """The ITA year that the fiscal year in hand answers."""
        row = self._session.fiscal_year
        years = [assessment.year for assessment in self._session.snapshot.assessments]
        return ita.analysed_year(row) if row is not None else max(years, default=2567)

    def _assessment(self) -> Assessment | None:
        return self._session.snapshot.assessment(self._year)

    # Building

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.years, 1)
        head.addWidget(self.remove)
        self.grade.setWordWrap(True)
        self.hint.setWordWrap(True)
        self.hint.setStyleSheet(f"background: {theme.WARNING_FILL}; padding: 6px;")
        self._result = Section(_("ITA result"))
        self._result.body.addLayout(head)
        for part in (self.scores, self.grade, self.hint):
            self._result.body.addWidget(part)
        self._parts = Section(_("Scores of the indicators"))
        self._answer = Section("")
        self._answer.body.addWidget(self.fiscal_year)
        right = QVBoxLayout()
        right.addWidget(self._answer)
        right.addWidget(self.findings, 1)
        layout = QHBoxLayout(self)
        layout.setSpacing(20)
        for section in (self._result, self._parts):
            column = QVBoxLayout()
            column.addWidget(section)
            column.addStretch()
            layout.addLayout(column, 3)
        layout.addLayout(right, 4)
        for form in (self.scores, self.fiscal_year):
            form.set_read_only(self._session.read_only)

    def _finding_list(self) -> RowList:
        kinds = [_(label) for label in (field_of(Finding, "kind").choices or {}).values()]
        named = ita.indicators(self._analysed()).values()
        return RowList(
            self._session,
            Finding,
            _("Findings"),
            parent_id=lambda: self._session.fiscal_year and self._session.fiscal_year.id,
            widths={"indicator": 80, "kind": 130, "text": 0},
            choices={
                "indicator": [("", "–"), *((row.code, f"{row.code} {row.name}") for row in named)],
                "kind": [(kind, kind) for kind in kinds],
            },
        )

    def _build_indicators(self) -> None:
        """The ten indicators under the names they have in the year shown."""
        score = field_of(AssessmentIndicator, "score")
        named = [row for code, row in ita.indicators(self._year).items() if "." not in code]
        rows = [
            Field(row.code, f"{row.code}. {row.name} ({row.instrument.upper()})", score.kind) for row in named
        ]
        self.indicators.deleteLater()
        self.indicators = FieldForm(rows)
        self.indicators.set_read_only(self._session.read_only)
        self.indicators.edited.connect(self._store_indicator)
        for editor in self.indicators.editors.values():
            editor.setMinimumWidth(self.fontMetrics().horizontalAdvance("100.000"))
        self._parts.body.addWidget(self.indicators)
        # Built anew they would be the last stops of the Tab key.
        stops = (self.scores.editors["grade_as_printed"], *self.indicators.editors.values())
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before.input, after.input)

    # Showing

    def _follow_place(self) -> None:
        self._take_year(self._analysed())

    def _take_year(self, year: int) -> None:
        self.commit()
        self._year = year
        self._build_indicators()
        self._show()

    def _show(self) -> None:
        self._offer_years()
        assessment = self._assessment()
        row = assessment or Assessment(id=f"{self._year}", office_id="", year=self._year)
        self.scores.show_row(row)
        children = self._session.snapshot.children(AssessmentIndicator, row.id)
        scores = {str(child.indicator): child.score for child in children}
        self.indicators.show_values(row.id, {code: scores.get(code) for code in self.indicators.editors})
        self.remove.setEnabled(assessment is not None and not self._session.read_only)
        self._show_fiscal_year()
        self._judge()

    def _offer_years(self) -> None:
        analysed = self._analysed()
        stored = {row.year for row in self._session.snapshot.assessments}
        offered = stored | set(range(analysed - _YEARS_BACK, analysed + 1)) | {self._year}
        self.years.clear()
        for year in sorted(offered, reverse=True):
            text = _("ITA {year}") if year in stored else _("ITA {year} (nothing yet)")
            self.years.addItem(text.format(year=year), year)
        self.years.setCurrentIndex(self.years.findData(self._year))

    def _show_fiscal_year(self) -> None:
        year = self._session.fiscal_year
        self._answer.setVisible(year is not None)
        if year is not None:
            self._answer.heading.setText(_("Fiscal year {year}").format(year=year.year))
            self.fiscal_year.show_row(year)
            usual = ita.analysed_year(replace(year, analysed_year=None))
            self.fiscal_year.editors["analysed_year"].set_placeholder(str(usual))
        self.findings.refresh()

    def _judge(self) -> None:
        """Say the grade and what does not agree, while scores are typed."""
        scores = {name: self._typed(name) for name in ("total", *_INSTRUMENTS)}
        total = scores["total"]
        grade = (
            "" if total is None else ita.grade(self._year, total, *(scores[name] for name in _INSTRUMENTS))
        )
        printed = self.scores.editors["grade_as_printed"].text().strip()
        scale = ita.scale_of(self._year)
        open_grade = scale.undecided if scale and total is not None else ""
        said = _("Grade by the scale of {year}: {grade}").format(
            year=self._year, grade=grade or open_grade or "–"
        )
        hints = [*_differs(printed, grade), *_unlike_weights(self._year, scores)]
        self.grade.setText(thai_text.display(said))
        self.hint.setText(thai_text.display("\n".join(hints)))
        self.hint.setVisible(bool(hints))

    def _typed(self, name: str) -> Decimal | None:
        """The score that stands in a field; None for none and for what is no score."""
        editor = self.scores.editors[name]
        try:
            score = fields.parse(editor.field, editor.text())
        except UserError:
            return None
        return score if isinstance(score, Decimal) else None

    # Storing

    def _store_score(self, name: str, value: Value) -> None:
        def run(edit: Edit) -> None:
            assessment = edit.snapshot.assessment(self._year)
            if assessment is None:
                operations.add_assessment(edit, self._year, **{name: value})
            else:
                operations.set_field(edit, Assessment, assessment.id, name, value)

        self._session.edit(_("Change {field}").format(field=_(field_of(Assessment, name).label)), run)

    def _store_indicator(self, code: str, score: Decimal | None) -> None:
        def run(edit: Edit) -> None:
            assessment = edit.snapshot.assessment(self._year)
            row_id = assessment.id if assessment else operations.add_assessment(edit, self._year)
            operations.set_indicator_score(edit, row_id, int(code), score)

        self._session.edit(_("Change the score of indicator {number}").format(number=code), run)

    def _store_analysed_year(self, name: str, value: Value) -> None:
        year = self._session.fiscal_year
        assert year is not None
        label = _("Change {field}").format(field=_(field_of(FiscalYear, name).label))
        self._session.edit(label, operations.set_field, FiscalYear, year.id, name, value)
        self._follow_place()

    def _remove(self) -> None:
        assessment = self._assessment()
        if assessment is not None:
            label = _("Delete the ITA result of {year}").format(year=self._year)
            self._session.edit(label, operations.delete_row, Assessment, assessment.id)


def _differs(printed: str, grade: str) -> list[str]:
    if not printed or not grade or printed == grade:
        return []
    text = _("The grade typed is {printed}, but by the scale of that year these scores give {grade}.")
    return [text.format(printed=printed, grade=grade)]


def _unlike_weights(year: int, scores: Mapping[str, Decimal | None]) -> list[str]:
    """A hint when the instruments' scores, weighted as in that year, do not make the total."""
    weights = ita.weights(year)
    known = {name: score for name, score in scores.items() if score is not None}
    if weights is None or len(known) < len(scores):
        return []
    parts = [known[name] * getattr(weights, name) for name in _INSTRUMENTS]
    sum_ = (sum(parts, Decimal()) / 100).quantize(_ROUNDING)
    if abs(sum_ - known["total"]) <= _TOLERANCE:
        return []
    text = _("The three instruments together give {sum}, not {total}. Please check the scores.")
    return [text.format(sum=sum_, total=known["total"])]
