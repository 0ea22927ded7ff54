"""Find and replace: where a text stands in the file, and the rows as they read once it is replaced.

Places are counted in the texts as they are stored, so that what is not found stays to the letter.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from itadesk.domain import fields, thai
from itadesk.domain.fields import Field, field_of
from itadesk.domain.model import (
    Document,
    DocumentText,
    Evidence,
    Finding,
    FiscalYear,
    Measure,
    Office,
    Person,
    Progress,
    Publication,
    Row,
    Signatory,
    Unit,
)
from itadesk.domain.snapshot import Snapshot
from itadesk.errors import UserError
from itadesk.i18n import _

MOST = 10_000
"""Places beyond which nobody looks through a list."""

TEXTS: Mapping[type[Row], tuple[str, ...]] = {
    Measure: ("title", "steps", "responsible", "period", "follow_up", "heading"),
    Progress: ("result", "outcome", "suggestion"),
    Evidence: ("title", "url"),
    Finding: ("text",),
    Document: ("unit", "number", "subject", "to"),
    DocumentText: ("text",),
    Signatory: ("name", "position", "acting", "acting_for"),
    Publication: ("oit_item", "url", "click_path"),
    Office: ("kind", "name", "district", "province", "address", "phone", "email", "website", "letter_code"),
    Unit: ("name", "aliases"),
    Person: ("name", "position", "acting", "acting_for"),
}
"""The texts a clerk writes; not the names by which the program knows rounds, layouts and roles."""


class Part(StrEnum):
    """What of the file is looked through."""

    MEASURES = "measures"
    DOCUMENTS = "documents"
    OFFICE = "office"


@dataclass(frozen=True)
class Scope:
    """Where to look. None = everywhere; the office's own record belongs to every year."""

    fiscal_year_id: str | None = None
    part: Part | None = None


@dataclass(frozen=True)
class Wanted:
    """The text to be found. More blanks than typed are as good, and so is a double sara e for the sara ae it looks."""

    text: str
    digits_alike: bool = True
    case_alike: bool = True

    def pattern(self) -> re.Pattern[str] | None:
        """Finds the text where a reader sees it; None when there is nothing to find.

        A vowel or tone mark over the last letter belongs to it: ปี is no part of ปี่.
        """
        text = thai.normalise(self.text).replace("เเ", "แ")
        if not text:
            return None
        letters = "".join(self._form(piece) for piece in _PIECES.findall(text))
        return re.compile(letters + _NO_MARK, re.IGNORECASE if self.case_alike else 0)

    def _form(self, piece: str) -> str:
        if piece.isspace() and piece != "\n":
            return rf"[^\S\n]{{{len(piece)},}}"
        if piece == "แ":
            return "(?:แ|เเ)"
        if self.digits_alike and (digit := thai.arabic_digits(piece)) in _THAI_DIGIT:
            return f"[{digit}{_THAI_DIGIT[digit]}]"
        return re.escape(piece)


_PIECES = re.compile(r"[^\S\n]+|.", re.DOTALL)
_THAI_DIGIT = dict(zip("0123456789", "๐๑๒๓๔๕๖๗๘๙", strict=True))
_NO_MARK = "(?![\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])"
_FIELD = re.compile(r"\{[^{}\n]*\}")


@dataclass(frozen=True)
class Hit:
    """One place where the text stands: the `number`th of field `name` of a row, from `start` to before `end`."""

    row: Row
    name: str
    number: int
    start: int
    end: int

    @property
    def key(self) -> tuple[str, str, int]:
        return self.row.id, self.name, self.number

    @property
    def field(self) -> Field:
        return field_of(type(self.row), self.name)

    @property
    def text(self) -> str:
        """The whole text that it stands in."""
        text: str = getattr(self.row, self.name)
        return text

    @property
    def found(self) -> str:
        return self.text[self.start : self.end]


def find(snapshot: Snapshot, wanted: Wanted, scope: Scope) -> list[Hit]:
    """Every place in the order of the file; one more than `MOST` when there are too many."""
    hits: list[Hit] = []
    if (pattern := wanted.pattern()) is None:
        return hits
    for row in _rows(snapshot, scope):
        for name in TEXTS[type(row)]:
            hits += _in_text(row, name, pattern)
        if len(hits) > MOST:
            return hits[: MOST + 1]
    return hits


def _in_text(row: Row, name: str, pattern: re.Pattern[str]) -> Iterator[Hit]:
    text: str = getattr(row, name)
    spans = [found.span() for found in pattern.finditer(text)]
    if spans and isinstance(row, DocumentText):
        # What stands in braces is filled in by the program, and is seen under another name.
        filled = [found.span() for found in _FIELD.finditer(text)]
        spans = [
            span for span in spans if not any(span[0] < end and start < span[1] for start, end in filled)
        ]
    for number, (start, end) in enumerate(spans):
        yield Hit(row, name, number, start, end)


def _rows(snapshot: Snapshot, scope: Scope) -> Iterator[Row]:
    for year in snapshot.fiscal_years:
        if scope.fiscal_year_id in (None, year.id):
            if scope.part in (None, Part.MEASURES):
                yield from _of_measures(snapshot, year)
            if scope.part in (None, Part.DOCUMENTS):
                yield from _of_documents(snapshot, year)
    if scope.part in (None, Part.OFFICE):
        office = snapshot.office
        yield from (office, *snapshot.children(Unit, office.id), *snapshot.children(Person, office.id))


def _of_measures(snapshot: Snapshot, year: FiscalYear) -> Iterator[Row]:
    for measure in snapshot.children(Measure, year.id):
        yield measure
        yield from snapshot.children(Progress, measure.id)
        yield from snapshot.children(Evidence, measure.id)


def _of_documents(snapshot: Snapshot, year: FiscalYear) -> Iterator[Row]:
    yield from snapshot.children(Finding, year.id)
    for document in snapshot.children(Document, year.id):
        yield document
        yield from snapshot.children(DocumentText, document.id)
        yield from snapshot.children(Signatory, document.id)
        yield from snapshot.children(Publication, document.id)


def replaced(hits: Iterable[Hit], by: str) -> list[Row]:
    """The rows of these places with `by` in each of them; UserError when one of their texts may not read so."""
    together: dict[str, tuple[Row, dict[str, list[Hit]]]] = {}
    for hit in hits:
        together.setdefault(hit.row.id, (hit.row, {}))[1].setdefault(hit.name, []).append(hit)
    return [_row(row, texts, thai.normalise(by)) for row, texts in together.values()]


def _row(row: Row, texts: Mapping[str, list[Hit]], by: str) -> Row:
    if isinstance(row, DocumentText) and {"{", "}"} & set(by):
        raise UserError(
            _("Braces cannot be put into the wording of a report by replacing."),
            _("Leave the wordings out, or insert the field there by hand."),
        )
    after: dict[str, Any] = {}
    for name, hits in texts.items():
        try:
            after[name] = fields.parse(field_of(type(row), name), _text(hits, by))
        except UserError as error:
            begins = _("It begins with “{text}”.").format(text=hits[0].text[:60])
            raise UserError(error.message, f"{error.advice} {begins}") from error
    return replace(row, **after)


def _text(hits: list[Hit], by: str) -> str:
    """The text of these places with `by` in each of them."""
    text, last = "", 0
    for hit in sorted(hits, key=lambda hit: hit.start):
        text += hit.text[last : hit.start] + by
        last = hit.end
    return text + hits[0].text[last:]
