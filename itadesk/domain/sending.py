"""What goes with a copy of the file that is sent: its name, and the letter that says what it is."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from itadesk.domain import file_names, offices, progress
from itadesk.domain.fields import ROUND_LABELS, STATUS_LABELS
from itadesk.domain.model import Document, Evidence, FiscalYear, Measure, Office, Round, Status
from itadesk.domain.short_code import short_code
from itadesk.domain.snapshot import Snapshot
from itadesk.i18n import _

MAIL_LIMIT = 10 << 20
"""Bytes of a file above which many mail servers refuse the letter."""
_MARKS = re.compile(r"[ัิีึืฺุู็่้๊๋์ํ๎ำ]*$")


@dataclass(frozen=True)
class Copy:
    """A copy as it is to be sent. `size` is said as people say it."""

    years: tuple[int, ...]
    round: Round
    attached: bool
    name: str
    revision: int
    seal: str
    size: str


def file_name(office: Office, years: Iterable[int], round_: Round, revision: int) -> str:
    """The copy's name, such as อบต.โคกสะอาด_2569_รอบ6_r57.itadesk; of a long one the office's is cut."""
    # The word for the round is of the office's language, not of the program's: the receiver sorts by these names.
    rest = f"_{'-'.join(map(str, sorted(years)))}_รอบ{round_}_r{revision}{file_names.OFFICE_FILE}"
    name = file_names.safe(offices.short_name(office)).replace(" ", "")
    while name and file_names.safe(name + rest) != name + rest:
        name = _MARKS.sub("", name)[:-1]
    return name + rest


def attached_files(content: Snapshot, years: Iterable[int]) -> set[str]:
    """SHA-256 of the evidence files and scans of those fiscal years."""
    found: set[str | None] = set()
    for year in map(content.fiscal_year, years):
        if year is not None:
            found |= {row.scan for row in content.children(Document, year.id)}
            for measure in content.children(Measure, year.id):
                found |= {row.attachment for row in content.children(Evidence, measure.id)}
    return {sha for sha in found if sha is not None}


def subject(content: Snapshot, copy: Copy) -> str:
    text = _("Integrity measures file, fiscal year {years}, {round}: {office}")
    return text.format(
        years=_years(copy.years), round=_(ROUND_LABELS[copy.round]), office=content.office.full_name
    )


def letter(content: Snapshot, copy: Copy) -> str:
    """Who sends what, how far the measures are, and by which code the file can be checked."""
    office = content.office
    with_files = (
        _("with its attached files") if copy.attached else _("without the attached files, only names")
    )
    lines = [
        _("Here is the file of the integrity measures (ITA) of {office}.").format(office=office.full_name),
        *filter(None, [offices.place(office)]),
        "",
        *_counts(content, copy),
        "",
        _("File: {name} ({size}), {files}").format(name=copy.name, size=copy.size, files=with_files),
        _("Version: r{revision}").format(revision=copy.revision),
        _("Seal code: {code}").format(code=short_code(copy.seal)),
        _("To check it, open ITADesk, menu Tools, Check a file: it shows the same code."),
    ]
    return "\n".join(lines) + "\n"


def _counts(content: Snapshot, copy: Copy) -> Iterator[str]:
    for year in filter(None, map(content.fiscal_year, sorted(copy.years))):
        yield _counted(content, year, copy.round)


def _counted(content: Snapshot, year: FiscalYear, round_: Round) -> str:
    counted = progress.counts(content, year.id, round_)
    stands = ", ".join(
        f"{_(STATUS_LABELS[status])} {getattr(counted, status)}" for status in reversed(Status)
    )
    text = _("Fiscal year {year}, {round}: {count} measures ({stands})")
    return text.format(year=year.year, round=_(ROUND_LABELS[round_]), count=counted.total, stands=stands)


def _years(years: Sequence[int]) -> str:
    return ", ".join(map(str, sorted(years)))
