"""Tables: every measure once, in its group, numbered as the layout says."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadesk.documents.layout import GROUPINGS, ColumnSpec, TablePart
from itadesk.documents.office import merged_rows
from itadesk.documents.tables import TableComposer
from itadesk.documents.tree import Row, Table
from itadesk.domain import thai
from itadesk.domain.model import Evidence, FiscalYear, Measure, Office, Progress, Status, new_id
from itadesk.domain.snapshot import Snapshot

OFFICE = Office(id=new_id(), kind="เทศบาลตำบล", name="ตัวอย่าง")
YEAR = FiscalYear(id=new_id(), office_id=OFFICE.id, year=2565)
TITLE = ColumnSpec("title", "มาตรการ")
PLAIN = TablePart((TITLE, ColumnSpec("suggestion", "ข้อเสนอแนะ", empty="-")))


def measure(title: str, indicator: str = "", heading: str = "", **more: object) -> Measure:
    row = Measure(
        id=new_id(), fiscal_year_id=YEAR.id, ordinal=0, title=title, indicator=indicator, heading=heading
    )
    return replace(row, **more)


def tables(part: TablePart, measures: Sequence[Measure], *rows: Progress | Evidence) -> list[Table]:
    placed = [replace(row, ordinal=at) for at, row in enumerate(measures)]
    snapshot = Snapshot.of([OFFICE, YEAR, *placed, *rows])
    return TableComposer(snapshot, part, YEAR, 12, thai.thai_digits).tables()


def column(part: TablePart, measures: Sequence[Measure], *rows: Progress | Evidence) -> list[str]:
    """The first column of the only table, group rows among them."""
    (table,) = tables(part, measures, *rows)
    return [row.cells[0] for row in table.rows]


MIXED = [
    measure("หนึ่ง", "9.4"),
    measure("สอง", "10"),
    measure("สาม"),
    measure("สี่", "2"),
    measure("ห้า", "9.4"),
    measure("หก", "9"),
]


def test_typed_numbers_give_way_where_the_layout_numbers_anew() -> None:
    rows = [measure("๗. ก", "3"), measure("ข", "3"), measure("๒) ค", "2")]
    anew = replace(PLAIN, numbering="per_group", renumber=True, group_by="indicator")
    assert [title for title in column(anew, rows) if len(title) < 5] == ["๑. ค", "๑. ก", "๒. ข"]
    assert column(replace(PLAIN, renumber=True), rows) == ["๗. ก", "ข", "๒) ค"]


def test_indicators_come_in_their_order_and_measures_without_one_last() -> None:
    assert column(replace(PLAIN, group_by="indicator"), MIXED) == [
        "๑. การใช้งบประมาณ",
        "สี่",
        "๒. การเปิดเผยข้อมูล",
        "หก",
        "๓. การบริหารและพัฒนาทรัพยากรบุคคล",
        "หนึ่ง",
        "ห้า",
        "๔. การป้องกันการทุจริต",
        "สอง",
        "อื่น ๆ",
        "สาม",
    ]


def test_headings_come_as_they_first_occur() -> None:
    headings = {"ก": "งานทะเบียน", "ข": "", "ค": "งานคลัง", "ง": "งานทะเบียน"}
    rows = [measure(title, heading=heading) for title, heading in headings.items()]
    part = replace(PLAIN, group_by="heading", group_heading="{name}", others="ทั่วไป")
    assert column(part, rows) == ["งานทะเบียน", "ก", "ง", "งานคลัง", "ค", "ทั่วไป", "ข"]


def test_a_table_for_each_instrument_under_its_caption_with_numbers_of_its_own() -> None:
    names = {"oit": "ด้านข้อมูล"}
    part = replace(PLAIN, split_by="instrument", split_names=names, group_by="indicator")
    part = replace(part, group_heading="{number}) {code} {name}")
    found = {table.caption: [row.cells[0] for row in table.rows] for table in tables(part, MIXED)}
    assert found == {
        "๑. แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน": ["๑) ๒ การใช้งบประมาณ", "สี่"],
        "๒. ด้านข้อมูล": [
            "๑) ๙ การเปิดเผยข้อมูล",
            "หก",
            "๒) ๙.๔ การบริหารและพัฒนาทรัพยากรบุคคล",
            "หนึ่ง",
            "ห้า",
            "๓) ๑๐ การป้องกันการทุจริต",
            "สอง",
        ],
        "อื่น ๆ": ["อื่น ๆ", "สาม"],
    }


def test_grouped_by_column_the_group_is_one_cell_and_no_row_of_its_own() -> None:
    part = TablePart((ColumnSpec("indicator", "ตัวชี้วัด"), TITLE), group_by="indicator", group_as="column")
    (table,) = tables(part, [measure("ก", "3"), measure("ข"), measure("ค", "3")])
    assert [row.cells for row in table.rows] == [
        ("ตัวชี้วัดที่ ๓ การใช้อำนาจ", "ก"),
        ("ตัวชี้วัดที่ ๓ การใช้อำนาจ", "ค"),
        ("อื่น ๆ", "ข"),
    ]
    assert [column.merged for column in table.columns] == [True, False]


def test_groups_of_equal_words_do_not_merge() -> None:
    form = ColumnSpec("indicator", "ตัวชี้วัด", format="ด้านเดียวกัน")
    part = TablePart((form, TITLE), group_by="indicator", group_as="column")
    (table,) = tables(part, [measure("ก", "3"), measure("ข", "3"), measure("ค", "4"), measure("ง")])
    assert [row.starts for row in table.rows] == [False, False, True, False]
    assert [row.cells[0] for row in table.rows] == ["ด้านเดียวกัน"] * 3 + ["อื่น ๆ"]
    assert [list(rows) for rows in merged_rows(table, 0)] == [[0, 1]]


def test_an_indicator_is_worded_as_the_column_says() -> None:
    part = TablePart((ColumnSpec("indicator", "", format="{code}: {name}"), ColumnSpec("instrument", "")))
    (table,) = tables(part, [measure("ก", "8"), measure("ข")])
    assert [row.cells for row in table.rows] == [
        ("๘: การปรับปรุงการทำงาน", "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก"),
        ("", ""),
    ]


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("มาตรการ", "๑. มาตรการ"),
        ("๗. มาตรการ", "๗. มาตรการ"),
        ("๗) มาตรการ", "๗) มาตรการ"),
        ("(7) มาตรการ", "(๗) มาตรการ"),
        ("๑.๒ มาตรการ", "๑.๒ มาตรการ"),
        ("- มาตรการ", "๑. - มาตรการ"),
        ("๕ส สร้างสุข", "๑. ๕ส สร้างสุข"),
        ("2566 ปีแห่งความโปร่งใส", "๑. ๒๕๖๖ ปีแห่งความโปร่งใส"),
        ("", ""),
    ],
)
def test_a_number_is_put_only_before_a_title_that_has_none(title: str, printed: str) -> None:
    assert column(replace(PLAIN, numbering="running"), [measure(title)]) == [printed]


def test_numbers_run_through_or_begin_anew_in_each_group() -> None:
    rows = [measure("ก", "1"), measure("ข", "1"), measure("ค", "2")]
    number = ColumnSpec("number", "ที่")
    part = TablePart((number,), group_by="indicator")
    parts = {
        "๑๒๓": part,
        "๑ ๒ ๓": replace(part, numbering="running"),
        "๑๒๑": replace(part, numbering="per_group"),
    }
    for wanted, part in parts.items():
        assert [text for text in column(part, rows) if "." not in text] == list(wanted.replace(" ", ""))


def test_what_is_empty_prints_as_the_layout_says() -> None:
    rows = [measure("ก"), measure("ข"), measure("ค")]
    told = Progress(id=new_id(), measure_id=rows[0].id, round=12, suggestion="ควรทำต่อ")
    blank = Progress(id=new_id(), measure_id=rows[1].id, round=12, suggestion="  ")
    (table,) = tables(PLAIN, rows, told, blank)
    assert [row.cells[1] for row in table.rows] == ["ควรทำต่อ", "-", "-"]


def test_the_progress_is_that_of_the_round() -> None:
    row = measure("ก")
    half = Progress(id=new_id(), measure_id=row.id, round=6, result="ครึ่งปี", status=Status.IN_PROGRESS)
    whole = Progress(id=new_id(), measure_id=row.id, round=12, result="ทั้งปี", status=Status.DONE)
    part = TablePart((ColumnSpec("result", ""), ColumnSpec("status", "")), status_words={"done": "แล้วเสร็จ"})
    (table,) = tables(part, [row], half, whole)
    assert table.rows == (Row(("ทั้งปี", "แล้วเสร็จ")),)


def test_evidence_of_the_round_and_of_the_whole_year_is_listed() -> None:
    row = measure("ก")
    shown = [
        Evidence(id=new_id(), measure_id=row.id, ordinal=0, title="ประกาศ", url="https://a.example/o43"),
        Evidence(id=new_id(), measure_id=row.id, ordinal=1, round=12, file_name="ภาพ.jpg"),
        Evidence(id=new_id(), measure_id=row.id, ordinal=2, round=6, title="ครึ่งปี"),
    ]
    assert column(TablePart((ColumnSpec("evidence", ""),)), [row], *shown) == [
        "ประกาศ https://a.example/o43\nภาพ.jpg"
    ]


ANNEX = TablePart(
    tuple(
        ColumnSpec(name, name, empty="-") for name in ("number", "title", "evidence_title", "evidence_link")
    ),
    rows="evidence",
)


def test_the_annex_has_a_row_for_each_piece_and_none_for_a_measure_without_any() -> None:
    rows = [measure("ก"), measure("ข"), measure("ค"), measure("ค")]

    def piece(at: int, **said: Any) -> Evidence:
        return Evidence(id=new_id(), measure_id=rows[at].id, ordinal=len(said), **said)

    (table,) = tables(
        ANNEX,
        rows,
        piece(0, title="ประกาศ 1", url="https://a.example/๖๖/66"),
        piece(0, title="รูป", url="https://a.example/2", round=12, file_name="ภาพ 66.jpg"),
        piece(2, round=6, title="ครึ่งปี"),
        piece(2, title="ทะเบียน"),
        piece(3, file_name="แผน 5 ปี.pdf"),
    )
    assert [row.cells for row in table.rows] == [
        ("๑", "ก", "ประกาศ ๑", "https://a.example/๖๖/66"),
        ("๑", "ก", "รูป", "https://a.example/2\nภาพ 66.jpg"),
        ("๓", "ค", "ทะเบียน", "-"),
        ("๔", "ค", "-", "แผน 5 ปี.pdf"),
    ]
    assert [column.merged for column in table.columns] == [True, True, False, False]
    assert [list(merged) for merged in merged_rows(table, 1)] == [[0, 1]]


def test_the_annex_has_no_group_and_no_table_without_evidence() -> None:
    rows = [measure("ก", "1"), measure("ข", "7"), measure("ค", "9")]
    piece = Evidence(id=new_id(), measure_id=rows[1].id, ordinal=0, title="ประกาศ")
    part = replace(ANNEX, split_by="instrument", group_by="indicator")
    (table,) = tables(part, rows, piece)
    assert [row.group for row in table.rows] == [True, False]
    assert table.rows[1].cells[1] == "ข"
    (empty,) = tables(part, rows)
    assert (empty.rows, bool(empty.head)) == ((), True)


def test_heads_have_the_digits_of_the_document_and_file_names_their_own() -> None:
    columns = (
        ColumnSpec("title", "มาตรการ 66 (O26)", over="ปี 2566"),
        ColumnSpec("evidence", "หลักฐาน", empty="ข้อ 5"),
    )
    rows = [measure("ก", "3"), measure("ข")]
    file = Evidence(
        id=new_id(), measure_id=rows[0].id, ordinal=0, file_name="สรุป 66 รอบ 6 เดือน.pdf", url="https://a.th/6"
    )
    (table,) = tables(replace(PLAIN, columns=columns, continued="(ต่อ 2)"), rows, file)
    assert [cell.text for cell in table.head[0]] == ["ปี ๒๕๖๖", "หลักฐาน"]
    assert table.head[1][0].text == "มาตรการ ๖๖ (O26)"
    assert [row.cells[1] for row in table.rows] == ["สรุป 66 รอบ 6 เดือน.pdf https://a.th/6", "ข้อ ๕"]
    assert table.continued == "(ต่อ ๒)"


def test_a_report_that_names_no_round_has_the_evidence_of_both() -> None:
    row = measure("ก")
    half = Evidence(id=new_id(), measure_id=row.id, ordinal=0, round=6, title="ครึ่งปี")
    snapshot = Snapshot.of([OFFICE, YEAR, row, half])
    part = TablePart((ColumnSpec("evidence", ""),))
    (table,) = TableComposer(snapshot, part, YEAR, 12, str, whole_year=True).tables()
    assert table.rows == (Row(("ครึ่งปี",)),)


def test_without_measures_there_is_one_table_with_its_head() -> None:
    (table,) = tables(replace(PLAIN, split_by="instrument", group_by="indicator"), [])
    assert table.rows == ()
    assert table.head


CODES = st.sampled_from(["", "1", "2", "5", "7", "9", "9.4", "10", "10.1", "9.9"])
HEADINGS = st.sampled_from(["", "ก", "ข"])
MEASURES = st.lists(
    st.builds(measure, st.text("กขค ๑.", max_size=6).map(str.strip), CODES, HEADINGS), max_size=12
)


@given(
    measures=MEASURES, group=st.sampled_from(GROUPINGS), split=st.sampled_from(GROUPINGS), row=st.booleans()
)
def test_every_measure_stands_exactly_once_and_no_group_row_is_empty(
    measures: list[Measure], group: str, split: str, row: bool
) -> None:
    part = replace(PLAIN, group_by=group, split_by=split, group_as="row" if row else "column")
    found = tables(part, measures)
    rows = [item for table in found for item in table.rows]
    wanted = sorted(thai.thai_digits(item.title) for item in measures)
    assert sorted(item.cells[0] for item in rows if not item.group) == wanted
    for table in found:
        groups = [item.group for item in table.rows]
        assert not any(groups[at] and groups[at + 1 : at + 2] != [False] for at in range(len(groups)))
