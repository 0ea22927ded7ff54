"""How far a fiscal year is, as a short text to be sent by chat."""

import datetime as dt
from collections.abc import Iterable, Iterator

from itadesk.domain import deadlines, thai
from itadesk.domain.deadlines import Deadline
from itadesk.domain.fields import ROUND_LABELS, STATUS_LABELS
from itadesk.domain.model import FiscalYear, Measure, Round, Status
from itadesk.domain.progress import counts
from itadesk.domain.snapshot import Snapshot
from itadesk.i18n import _

_LONGEST = 90
"""Letters of a title: a message is read on a telephone."""


def summary(snapshot: Snapshot, year: FiscalYear, round_: Round, today: dt.date) -> str:
    """Office, year and round, how many measures stand where, and which are late or soon due, with unit and date."""
    counted = counts(snapshot, year.id, round_)
    lines = [
        snapshot.office.full_name,
        _("Integrity measures, fiscal year {year}, {round}").format(
            year=year.year, round=_(ROUND_LABELS[round_])
        ),
        _("As of {date}").format(date=thai.long_date(today)),
        "",
        _("{count} measures in all").format(count=counted.total),
        *(f"• {_(STATUS_LABELS[status])} {getattr(counted, status)}" for status in reversed(Status)),
    ]
    late, soon = (
        [
            row
            for row in snapshot.children(Measure, year.id)
            if deadlines.deadline(row, snapshot.progress(row.id, round_), year.year, today) is wanted
        ]
        for wanted in (Deadline.OVERDUE, Deadline.SOON)
    )
    heading = _("Overdue: {count}") if late else _("None is overdue.")
    lines += ["", heading.format(count=len(late)), *_listed(late, year)]
    if soon:
        heading = _("Due within {days} days: {count}")
        lines += ["", heading.format(days=deadlines.SOON.days, count=len(soon)), *_listed(soon, year)]
    return "\n".join(line for at, line in enumerate(lines) if line or at)


def _listed(measures: Iterable[Measure], year: FiscalYear) -> Iterator[str]:
    for number, measure in enumerate(measures, 1):
        title = " ".join(thai.without_number(measure.title).split())
        yield f"{number}. {title if len(title) <= _LONGEST else title[:_LONGEST] + '…'}"
        last = deadlines.last_day(measure, year.year)
        units = ", ".join(line.strip() for line in measure.responsible.split("\n") if line.strip())
        due = _("due {date}").format(date=thai.short_date(last)) if last else ""
        yield "   " + " · ".join(filter(None, (units, due)))
