"""Lint of what belongs to the year and to its document: grade, analysed year, typed list, signatories."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from itadesk.domain import ita, thai
from itadesk.domain.lint_problem import Cell, Entry, Problem
from itadesk.domain.model import Assessment, FiscalYear, Signatory
from itadesk.i18n import _


def problems(
    year: FiscalYear,
    result: Assessment | None,
    texts: Sequence[Cell],
    entries: Sequence[Entry],
    signatories: Iterable[Signatory],
) -> Iterator[Problem]:
    """`result`: the office's ITA result of the analysed year; `texts`: what the clerk typed for the document."""
    yield from _analysed_year(year, texts)
    if result and result.total is not None:
        yield from _grade(year, result, result.total, texts)
    for cell in texts:
        yield from _list(cell, entries)
    for row in signatories:
        if not row.name.strip():
            yield _unsigned(year, row)


_ANALYSED = re.compile(r"วิเคราะห์ผลการประเมิน[^\n{]{0,250}?(?:พ\.?\s?ศ\.?|ปี(?:งบประมาณ)?)\s*(\d{4})(?!\d)")


def _analysed_year(year: FiscalYear, texts: Iterable[Cell]) -> Iterator[Problem]:
    """ITA of a fiscal year is prepared with the result of the year before."""
    expected = year.year - 1
    said = [(year.analysed_year, Cell("", "analysed_year", year.year))]
    said += [
        (thai.buddhist_year(found[1]), cell) for cell in texts for found in _ANALYSED.finditer(cell.text)
    ]
    for analysed, cell in said:
        if analysed not in (expected, None):
            message = _("Fiscal year {year} answers the ITA result of {expected}, not that of {analysed}.")
            message = message.format(year=year.year, expected=expected, analysed=analysed)
            yield cell.problem("analysed_year", message, str(expected))


def _grades() -> list[str]:
    """Every grade there is, longest first, so that ผ่านดี is not read as ผ่าน."""
    grades = {level.grade for scale in ita.scales() for level in scale.levels}
    return sorted(grades, key=lambda grade: (-len(grade), grade))


def _grade(year: FiscalYear, result: Assessment, total: Decimal, texts: Iterable[Cell]) -> Iterator[Problem]:
    """The grade as announced, and the one typed beside the score in a text."""
    if not (right := _possible(result, total)):
        return
    score, grades = f"{total:.2f}", " / ".join(right)
    for typed, cell in _typed_grades(year, result, score, texts):
        if typed not in right:
            message = _("The ITA result of {year} is called “{typed}”, but {score} is “{grade}”.")
            message = message.format(year=result.year, typed=typed, score=score, grade=grades)
            yield cell.problem("grade_mismatch", message, grades)


def _typed_grades(
    year: FiscalYear, result: Assessment, score: str, texts: Iterable[Cell]
) -> Iterator[tuple[str, Cell]]:
    if announced := _known(result.grade_as_printed):
        yield announced, Cell("", "grade_as_printed", year.year)
    grades = "|".join(_grades())
    beside_score = re.compile(rf"{re.escape(score)}[^\n]{{0,60}}?ระดับ\s*[“\"]?({grades})(?![A-Za-z])")
    for cell in texts:
        for found in beside_score.finditer(thai.arabic_digits(cell.text)):
            yield found[1], cell


def _known(typed: str) -> str:
    """The grade that a clerk typed, in whatever dress ("ระดับ c"); "" when it is none."""
    bare = re.sub("^(?:อยู่ใน)?(?:ผล)?(?:คะแนน)?(?:ระดับ|เกรด)?", "", thai.fold(typed))
    return next((grade for grade in _grades() if thai.fold(grade) == bare), "")


def _possible(result: Assessment, total: Decimal) -> list[str]:
    """The grade of a result; all that it may be while scores of instruments are missing."""
    if grade := ita.grade(result.year, total, result.iit, result.eit, result.oit):
        return [grade]
    scale = ita.scale_of(result.year)
    reached = [level for level in (scale.levels if scale else ()) if total >= level.total]
    certain = next((at for at, level in enumerate(reached) if level.each is None), 0)
    return [level.grade for level in reached[: certain + 1]]


_FEW = 2
"""From so many numbered lines on, a text holds a list."""


def _list(cell: Cell, entries: Iterable[Entry]) -> Iterator[Problem]:
    """A typed list of the measures against the table. Another list, of which no line is a title, is none of ours."""
    items = {
        _bare(line): line.strip() for line in cell.text.replace("**", "").split("\n") if thai.has_number(line)
    }
    titles = {_bare(entry.measure.title): entry for entry in entries if entry.measure.title.strip()}
    named = sum(item in titles or item.startswith("มาตรการ") for item in items)
    if len(items) < _FEW or named * 2 < len(items):
        return
    advice = _("Type {field} in its place: the list then comes from the table.")
    advice = advice.format(field="{measures_numbered}")
    for item, line in items.items():
        if item not in titles:
            message = _("The list names “{title}”, which the table does not have.").format(title=line)
            yield cell.problem("list_mismatch", message, advice)
    for title, entry in titles.items():
        if title not in items:
            message = _("The list does not name measure {measure}, “{title}”.")
            message = message.format(measure=entry.position, title=" ".join(entry.measure.title.split()))
            yield cell.problem("list_mismatch", message, advice)


def _bare(title: str) -> str:
    return thai.fold(thai.without_number(title))


def _unsigned(year: FiscalYear, row: Signatory) -> Problem:
    role = _("Drafter") if row.role == "drafter" else row.role
    message = _("The signatory “{role}” has no name.").format(role=row.position or role)
    found = Cell("", "signatory", year.year).problem("signatory_missing", message)
    return replace(found, signatory_id=row.id)
