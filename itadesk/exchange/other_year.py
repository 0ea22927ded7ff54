"""Whether a source whose titles name no year is of another than it goes into: its headings and periods tell."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from itadesk.domain import periods
from itadesk.exchange.columns import Column
from itadesk.exchange.grid import Grid
from itadesk.exchange.reading import Entry, fiscal_year_named, year_in
from itadesk.i18n import _


def remark(
    grids: Sequence[Grid], columns: Iterable[Sequence[Column]], entries: Sequence[Entry], year: int
) -> Iterator[str]:
    """What the clerk should know before measures of another year come into fiscal year `year`; usually nothing."""
    if fiscal_year_named(grids) is not None:
        return
    named = {year_in(column.heading) for table in columns for column in table if column.target} - {None}
    if named and year not in named:
        (first, *_more) = sorted(filter(None, named))
        yield _("Its headings speak of fiscal year {year}.").format(year=first)
    elif (told := _of_most_periods(entries, year)) is not None:
        yield _("Most of its periods lie in fiscal year {year}.").format(year=told)


def _of_most_periods(entries: Sequence[Entry], year: int) -> int | None:
    """The other fiscal year in which more than half of the periods lie that can be read."""
    spans = [
        (periods.fiscal_year_of(found[0].start), periods.fiscal_year_of(found[-1].end))
        for entry in entries
        if (found := periods.parse(entry.said.get("period", ""), year))
    ]
    elsewhere = Counter(last for first, last in spans if not first <= year <= last)
    return elsewhere.most_common(1)[0][0] if 2 * elsewhere.total() > len(spans) else None
