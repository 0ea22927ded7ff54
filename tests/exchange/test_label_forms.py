"""Measures told one below the other, label and text, a small table or a block of rows each."""

from itertools import chain
from pathlib import Path

import pytest
from exchange.office_files import HEAD, ROWS, Table, word

from itadesk.exchange import sources
from itadesk.exchange.measure_tables import read
from itadesk.exchange.reading import Entry

LABELS = ("มาตรการ", "ขั้นตอนการดำเนินงาน", "ผู้รับผิดชอบ :", "ระยะเวลา", "ผลการดำเนินการ")


def form(row: tuple[str, ...]) -> list[tuple[str, ...]]:
    return list(zip(LABELS, row, strict=True))


def entries(*tables: Table, lines: tuple[str, ...] = ()) -> tuple[Entry, ...]:
    return read(sources.grids(Path("ก.docx"), word(*tables, lines=lines)), 2568, 12).entries


def said(entry: Entry) -> tuple[str, ...]:
    texts = [entry.said.get(name, "") for name in ("title", "steps", "responsible", "period")]
    return (*texts, entry.progress[12]["result"])


NUMBERED = [[(f"มาตรการที่ {at}",), *form(row)] for at, row in enumerate(ROWS, 1)]
SIGNED = [("(ลงชื่อ)..........", ""), ("(นายตัวอย่าง ดีงาม)", "")]


@pytest.mark.parametrize(
    "tables",
    [
        [form(row) for row in ROWS],
        [list(chain.from_iterable(map(form, ROWS)))],
        [list(chain.from_iterable(NUMBERED))],
        [[*chain.from_iterable(map(form, ROWS)), *SIGNED]],
        [list(zip(HEAD, *ROWS, strict=True))],
    ],
    ids=["a table each", "a block each", "numbered blocks", "signed", "a column each"],
)
def test_each_form_is_a_measure(tables: list[Table]) -> None:
    assert [said(entry) for entry in entries(*tables)] == list(ROWS)


def test_two_labels_beside_each_other() -> None:
    title, steps, responsible, period, result = ROWS[0]
    rows = (
        (LABELS[0], title, LABELS[2], responsible),
        (LABELS[1], steps, LABELS[3], period),
        (LABELS[4], result, "", ""),
    )
    assert [said(entry) for entry in entries(rows)] == [ROWS[0]]


def test_the_title_may_stand_above_its_form() -> None:
    tables = [[(f"มาตรการที่ {row[0]}",), *form(row)[1:]] for row in ROWS]
    assert [entry.said["title"] for entry in entries(*tables)] == [f"มาตรการที่ {row[0]}" for row in ROWS]
    (entry,) = entries(form(ROWS[0])[1:], lines=("มาตรการ: เปิดช่องทางร้องเรียน",))
    assert entry.said["title"] == "เปิดช่องทางร้องเรียน"


def test_a_text_without_a_label_goes_on_with_the_one_above() -> None:
    rows = [*form(ROWS[1])[:2], ("", "- รายงานผล"), *form(ROWS[1])[2:]]
    (entry,) = entries(rows)
    assert entry.said["steps"] == ROWS[1][1] + "\n- รายงานผล"


def test_a_table_of_measures_is_no_form() -> None:
    assert [said(entry) for entry in entries((HEAD, *ROWS))] == list(ROWS)
