"""The form that asks a unit how far its measures are: a report like any other, of those measures only."""

from dataclasses import replace
from functools import cache

from itadesk import paths
from itadesk.documents import layout_toml
from itadesk.documents.compose import compose
from itadesk.documents.document import document_for
from itadesk.documents.layout import Layout
from itadesk.documents.tree import DocumentTree
from itadesk.domain.model import FiscalYear, Measure, Progress, Round, Row, Unit
from itadesk.domain.snapshot import Snapshot
from itadesk.domain.units import is_responsible


def form(snapshot: Snapshot, year: FiscalYear, round_: Round, unit: Unit) -> DocumentTree:
    """The form of one unit for a round: its measures with what the office knows of them so far."""
    layout = _layout()
    rows: list[Row] = [snapshot.office, *snapshot.children(Unit, snapshot.office.id), year]
    for measure in measures_of(snapshot, year, unit):
        rows += [measure, *snapshot.children(Progress, measure.id)]
    some = Snapshot.of(rows)
    document = document_for(some, layout, year.id, round_)
    return compose(some, layout, replace(document, unit=unit.name))


def measures_of(snapshot: Snapshot, year: FiscalYear, unit: Unit) -> list[Measure]:
    """The measures of a year that a unit is responsible for, alone or with others."""
    return [row for row in snapshot.children(Measure, year.id) if is_responsible(row.responsible, unit)]


@cache
def _layout() -> Layout:
    path = paths.resources() / "forms" / "unit_status.toml"
    return layout_toml.parse(path.read_text("utf-8"), path.stem)
