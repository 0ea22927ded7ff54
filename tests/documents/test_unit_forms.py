"""The form of a unit: its measures only, ticked so far, and what comes back from it is understood."""

from pathlib import Path

import pytest

from itadesk.documents.unit_forms import form, measures_of
from itadesk.documents.writers import WRITERS
from itadesk.domain.model import Unit
from itadesk.domain.progress import status
from itadesk.exchange import json_file, measure_tables, spreadsheet, word_tables
from itadesk.exchange.reading import fiscal_year_named, round_named

EXAMPLE = Path(__file__).resolve().parents[2] / "resources" / "example" / "example.json"
READERS = {".docx": word_tables.grids, ".xlsx": spreadsheet.grids}


@pytest.mark.parametrize("ending", list(READERS))
def test_what_goes_out_is_understood_when_it_comes_back(ending: str) -> None:
    snapshot = json_file.read(EXAMPLE.read_bytes()).snapshot
    year = snapshot.fiscal_years[-1]
    for unit in snapshot.children(Unit, snapshot.office.id):
        wanted = measures_of(snapshot, year, unit)
        grids = READERS[ending](WRITERS[ending](form(snapshot, year, 6, unit), None), "แบบ")
        assert (fiscal_year_named(grids), round_named(grids)) == (year.year, 6)
        units = snapshot.children(Unit, snapshot.office.id)
        entries = measure_tables.read(grids, year.year, 6, units=units).entries
        assert {entry.unit for entry in entries} == {unit.name}
        assert {entry.unit for entry in measure_tables.read(grids, year.year, 6).entries} == {""}
        assert [entry.said["title"] for entry in entries] == [row.title for row in wanted]
        assert [entry.status[6] for entry in entries] == [
            status(row, snapshot.progress(row.id, 6)) for row in wanted
        ]
