"""What the fields of running text say: facts of the office, the year and the document, from the file alone."""

import re
from collections.abc import Mapping, Sequence

from itadesk.documents import template
from itadesk.domain import ita, names, periods, thai
from itadesk.domain.model import (
    AssessmentIndicator,
    Document,
    Finding,
    FiscalYear,
    GradeSource,
    Measure,
    Office,
    Round,
)
from itadesk.domain.offices import place
from itadesk.domain.snapshot import Snapshot


def values(snapshot: Snapshot, document: Document, year: FiscalYear) -> Mapping[str, str]:
    """The value of every template field in Arabic digits, "" where the file does not say."""
    office, analysed = snapshot.office, ita.analysed_year(year)
    total, grade = score(snapshot, document, analysed)
    measures = snapshot.children(Measure, year.id)
    found: dict[str, str] = {
        "office": office.full_name,
        "place": place(office),
        "district": office.district,
        "province": office.province,
        "address": office.address,
        "phone": office.phone,
        "email": office.email,
        "website": office.website,
        "unit": document.unit,
        "from": sender(office, document.unit),
        "number": document.number or (f"{office.letter_code}/" if office.letter_code else ""),
        "date": thai.long_date(document.date) if document.date else "",
        "subject": document.subject,
        "to": document.to,
        "fiscal_year": str(year.year),
        "analysed_year": str(analysed),
        "round": str(named_round(document) or ""),
        "round_title": round_title(year, document),
        "round_period": round_period(year, document),
        "item_no": "",
        "total": total,
        "grade": grade,
        "weak_indicators": weak_indicators(snapshot, year),
        "measures_numbered": "\n".join(numbered(measures)),
        "measure_count": str(len(measures)),
    }
    assert found.keys() == template.LABELS.keys()
    return found


def score(snapshot: Snapshot, document: Document, year: int) -> tuple[str, str]:
    """Total and grade of the ITA result of `year`; the grade as the document wants it.

    A grade that cannot be computed, because scores are missing, is the one that was announced.
    """
    row = snapshot.assessment(year)
    if row is None:
        return "", ""
    total = "" if row.total is None else f"{row.total:.2f}"
    computed = "" if row.total is None else ita.grade(year, row.total, row.iit, row.eit, row.oit)
    grades = (row.grade_as_printed, computed)
    return total, next(filter(None, grades if document.grade is GradeSource.TYPED else grades[::-1]), "")


def sender(office: Office, unit: str) -> str:
    """ส่วนราชการ of a memo: unit, office and telephone (ระเบียบงานสารบรรณ ข้อ 12.1)."""
    phone = f"โทร. {office.phone}" if office.phone else ""
    return " ".join(part for part in (unit, office.full_name, phone) if part)


def named_round(document: Document) -> Round | None:
    """The round that the report says it is of; None where it names none."""
    return document.round if document.names_round else None


def round_period(year: FiscalYear, document: Document) -> str:
    """ตุลาคม 2565 - มีนาคม 2566; "" where the report names no round."""
    named = named_round(document)
    if named is None:
        return ""
    span = periods.round_span(year.year, named)
    return f"{periods.month_text(span.start)} - {periods.month_text(span.end)}"


def round_title(year: FiscalYear, document: Document) -> str:
    """รอบ 6 เดือน (ตุลาคม 2565 - มีนาคม 2566); "" where the report names no round."""
    named = named_round(document)
    return f"รอบ {named} เดือน ({round_period(year, document)})" if named else ""


def weak_indicators(snapshot: Snapshot, year: FiscalYear) -> str:
    """The indicators of the year's findings in words; without any, those below the pass mark in the analysed result."""
    codes = [row.indicator for row in snapshot.children(Finding, year.id) if row.indicator]
    if not codes and (result := snapshot.assessment(ita.analysed_year(year))):
        scores = snapshot.children(AssessmentIndicator, result.id)
        codes = [str(row.indicator) for row in scores if row.score is not None and row.score < ita.PASS_MARK]
    names = [indicator_words(code, year) for code in dict.fromkeys(codes)]
    return " ".join([*names[:-1], "และ" + names[-1]]) if len(names) > 1 else "".join(names)


def indicator_words(code: str, year: FiscalYear) -> str:
    """ตัวชี้วัดที่ 7 ประสิทธิภาพการสื่อสาร"""
    return f"ตัวชี้วัดที่ {code} {indicator_name(code, year)}".strip()


def indicator_name(code: str, year: FiscalYear) -> str:
    """As the analysed ITA year names it; "" for a code nobody knows."""
    row = ita.indicators(ita.analysed_year(year)).get(code)
    return row.name if row else ""


def numbered(measures: Sequence[Measure]) -> list[str]:
    """The titles, one line each, numbered anew from 1."""
    titles = (" ".join(thai.without_number(measure.title).split()) for measure in measures)
    return [f"{number}. {title}" for number, title in enumerate(titles, 1)]


def without_names(text: str, people: Sequence[str]) -> str:
    """`text` with dots for each of the names of people, with or without their title (นาย, นาง, นางสาว)."""
    for name in people:
        parts = map(re.escape, name.split())
        text = re.sub(r"[\s_]+".join(parts), template.BLANK, text)
    return text


def spellings(people: Sequence[str]) -> list[str]:
    """The names, each also without its title, the longest first; too short ones could be any word."""
    found = {name.strip() for name in people} | {names.without_title(name.strip()) for name in people}
    return sorted((name for name in found if len(name) >= 6 and " " in name), key=len, reverse=True)
