"""Measures out to Excel and CSV and in again: nothing is lost on the way."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from itadesk import i18n
from itadesk.domain import merging
from itadesk.domain.model import Evidence, FiscalYear, Measure, Office, Progress, Round, Status, new_id
from itadesk.domain.snapshot import Snapshot
from itadesk.errors import UserError
from itadesk.exchange import json_file, measure_form, measure_sheets, measure_tables, sources, spreadsheet
from itadesk.exchange.grid import Grid
from itadesk.exchange.reading import by_year

EXAMPLE = Path(__file__).resolve().parents[2] / "resources" / "example" / "example.json"


@pytest.fixture(params=i18n.LANGUAGES)
def example(request: pytest.FixtureRequest) -> Snapshot:
    """In each language, whose words are the headings."""
    i18n.install(request.param)
    return json_file.read(EXAMPLE.read_bytes()).snapshot


def told(snapshot: Snapshot, year: FiscalYear) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    for row in snapshot.children(Measure, year.id):
        cells = (row.title, row.steps, row.responsible, row.period, row.follow_up, row.indicator, row.heading)
        rounds: tuple[Round, ...] = (6, 12)
        progress = [snapshot.progress(row.id, round_) for round_ in rounds]
        states = [(p.round, p.status, p.result, p.outcome, p.suggestion) for p in progress if p]
        evidence = [(e.title, e.url) for e in snapshot.children(Evidence, row.id)]
        found.append((*cells, row.continuous, *states, *evidence))
    return found


def taken_in(grids: list[Grid], year: int) -> list[tuple[object, ...]]:
    reading = measure_tables.read(grids, year, 12)
    snapshot = measure_form.snapshot_of(reading, year, Snapshot.of([Office(id=new_id())]))
    (row,) = snapshot.fiscal_years
    return told(snapshot, row)


def test_an_excel_file_of_all_years_comes_back_whole(example: Snapshot) -> None:
    data = measure_sheets.xlsx(example, measure_sheets.sheets(example))
    tables = by_year(spreadsheet.grids(data, "ก.xlsx"))
    assert sorted(year or 0 for year in tables) == [year.year for year in example.fiscal_years]
    for year in example.fiscal_years:
        assert taken_in(tables[year.year], year.year) == told(example, year)


def test_a_csv_file_comes_back_whole(example: Snapshot) -> None:
    sheet = measure_sheets.sheets(example)[0]
    data = measure_sheets.csv_bytes(example, sheet)
    assert data.startswith(b"\xef\xbb\xbf")
    grids = sources.grids(Path("ก.csv"), data)
    assert taken_in(grids, sheet.year.year) == told(example, sheet.year)


def test_texts_like_formulas_stay_texts() -> None:
    office = Office(id=new_id())
    year = FiscalYear(id=new_id(), office_id=office.id, year=2568)
    texts = ("=1+1", "-มีแนวทาง", "+ก", "@ข", "a\x0bb")
    rows = [
        Measure(id=new_id(), fiscal_year_id=year.id, ordinal=at, title=text) for at, text in enumerate(texts)
    ]
    data = measure_sheets.xlsx(Snapshot.of([office, year, *rows]), [measure_sheets.Sheet(year, rows)])
    page = openpyxl.load_workbook(BytesIO(data)).worksheets[0]
    assert [page.cell(row, 3).data_type for row in range(3, 8)] == ["s"] * 5
    assert [page.cell(row, 3).value for row in range(3, 7)] == list(texts[:4])


def test_a_text_too_long_for_excel_is_told() -> None:
    office = Office(id=new_id())
    year = FiscalYear(id=new_id(), office_id=office.id, year=2568)
    row = Measure(id=new_id(), fiscal_year_id=year.id, ordinal=0, steps="ก" * 32_768)
    with pytest.raises(UserError, match="too long for a cell"):
        measure_sheets.xlsx(Snapshot.of([office, year, row]), [measure_sheets.Sheet(year, [row])])


def test_the_statuses_are_offered_in_the_sheet(example: Snapshot) -> None:
    data = measure_sheets.xlsx(example, measure_sheets.sheets(example)[:1])
    page = openpyxl.load_workbook(BytesIO(data)).worksheets[0]
    offered = page.data_validations.dataValidation
    statuses = [rule for rule in offered if i18n._("Done") in (rule.formula1 or "")]
    assert len(statuses) == 2
    assert all(rule.showErrorMessage for rule in statuses)
    (units,) = [rule for rule in offered if "สำนักปลัด" in (rule.formula1 or "")]
    assert not units.showErrorMessage
    assert all(len(rule.formula1 or "") < 258 for rule in offered)


def test_a_form_of_one_round_says_nothing_of_the_other(example: Snapshot) -> None:
    (first, *_others) = measure_sheets.sheets(example)
    measures = first.measures[:2]
    data = measure_sheets.xlsx(example, [measure_sheets.Sheet(first.year, measures, (6,))])
    (grid,) = spreadsheet.grids(data, "ก.xlsx")
    reading = measure_tables.read([grid], first.year.year, 12)
    assert [entry.said["title"] for entry in reading.entries] == [row.title for row in measures]
    assert all(set(entry.status) <= {6} for entry in reading.entries)
    wanted = [example.progress(row.id, 6) or Progress(id="", measure_id="", round=6) for row in measures]
    assert [entry.status.get(6, Status.NOT_STARTED) for entry in reading.entries] == [
        row.status for row in wanted
    ]


def test_an_attached_file_goes_out_by_its_name_and_comes_back_as_itself() -> None:
    office = Office(id=new_id())
    year = FiscalYear(id=new_id(), office_id=office.id, year=2568)
    row = Measure(
        id=new_id(), fiscal_year_id=year.id, ordinal=0, title="จัดทำคู่มือ", steps="ก", period="ต.ค. ๖๗"
    )
    file = Evidence(id=new_id(), measure_id=row.id, ordinal=0, file_name="ภาพ.png")
    here = Snapshot.of([office, year, row, file])
    data = measure_sheets.xlsx(here, [measure_sheets.Sheet(year, [row])])
    assert "ภาพ.png" in [cell.value for cell in openpyxl.load_workbook(BytesIO(data)).worksheets[0][3]]
    form = measure_form.snapshot_of(
        measure_tables.read(spreadsheet.grids(data, "ก.xlsx"), 2568, 12), 2568, here
    )
    theirs = form.children(Measure, form.fiscal_years[0].id)
    (merged,) = merging.merged(here, year.id, form, theirs, "update")
    assert merged.ours == row
    assert not [new for new in merged.new if isinstance(new, Evidence)]
