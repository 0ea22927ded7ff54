"""Measures out of tables: columns by heading, place, content; groups, cut rows, status; the real reports, exactly."""

from pathlib import Path

import docx
import pytest
from exchange.office_files import HEAD, ROWS, excel, saved, word

from itadesk.domain.model import FiscalYear, Measure, Office, Status, Unit, new_id
from itadesk.domain.snapshot import Snapshot
from itadesk.errors import UserError
from itadesk.exchange import json_file, measure_form, sources, spreadsheet, word_tables
from itadesk.exchange.grid import Cell, Grid, GridRow
from itadesk.exchange.headings import STATUS_COLUMNS, meanings
from itadesk.exchange.measure_tables import read
from itadesk.exchange.reading import (
    Choices,
    Entry,
    Kind,
    Reading,
    fiscal_year_named,
    round_named,
    units_named,
)

SAID = ("title", "steps", "responsible", "period")


def from_word(*tables, **more) -> Reading:
    return read(word_tables.grids(word(*tables, **more), "ก.docx"), 2568, 12)


def from_csv(text: str, year: int = 2568) -> Reading:
    return read(sources.grids(Path("ก.csv"), text.encode()), year, 12)


def said(entry: Entry) -> tuple[str, ...]:
    result = entry.progress.get(12, {}).get("result", "")
    return (*(entry.said.get(name, "") for name in SAID), result)


class TestHeadings:
    @pytest.mark.parametrize(
        ("heading", "target"),
        [
            ("มาตรการ/แนวทาง", "title"),
            ("มาตรการ/กิจกรรมที่ดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน", "title"),
            ("ขั้นตอนหรือวิธีการปฏิบัติ", "steps"),
            ("วิธีการดำเนินการ", "steps"),
            ("หน่วยงานผู้รับผิดชอบ", "responsible"),
            ("ผู้ที่รับผิดชอบดำเนินการ", "responsible"),
            ("ระยะเวลาดำเนินการ (เดือน/ปี)", "period"),
            ("กำหนดแล้วเสร็จ", "period"),
            ("การกำกับติดตาม", "follow_up"),
            ("สรุปผลการดำเนินการตามมาตรการหรือกิจกรรม", "result"),
            ("ผลลัพธ์/ความสำเร็จของการดำเนินการ", "outcome"),
            ("ปัญหา/อุปสรรค/ข้อเสนอแนะ", "suggestion"),
            ("ตัวชี้วัด", "indicator"),
            ("สถานะการดำเนินการ", "status"),
            ("อยู่ระหว่างดำเนินงาน", "status_in_progress"),
            ("ดำเนินการแล้วเสร็จ", "status_done"),
            ("ที่", "number"),
        ],
    )
    def test_all_words_offices_have(self, heading: str, target: str) -> None:
        assert meanings(heading)[0] == target

    @pytest.mark.parametrize(
        "head",
        [
            "มาตรการ,ขั้นตอน,ผู้รับผิดชอบ,ระยะเวลา",
            "มาตรการ/แนวทาง,วิธีดำเนินการ,ผู้รับผิดชอบ,ระยะเวลาดำเนินการ",
            "มาตรการ,ขั้นตอน,หน่วยงาน",
            "มาตรการ,ขั้นตอน",
        ],
    )
    def test_measures_that_begin_with_the_word_of_their_heading_leave_it_one(self, head: str) -> None:
        rows = [f"มาตรการป้องกัน{end},ดำเนินการจัดอบรม{end},สำนักปลัด,ไตรมาส ๑" for end in "กขคง"]
        width = head.count(",") + 1
        reading = from_csv("\n".join(",".join(row.split(",")[:width]) for row in (head, *rows)))
        assert [row.kind for row in reading.rows] == [Kind.HEAD, *[Kind.MEASURE] * 4]

    @pytest.mark.parametrize("text", ["", "หมายเหตุ", "งบประมาณ", "จัดทำคู่มือ" * 20])
    def test_what_is_no_heading(self, text: str) -> None:
        assert meanings(text) in ((), ("",))

    def test_two_columns_of_one_kind_become_what_else_they_can_be(self) -> None:
        reading = from_csv("มาตรการ,แนวทางการดำเนินงาน,ผู้รับผิดชอบ\nก,ข,กองคลัง\n")
        assert said(reading.entries[0])[:3] == ("ก", "ข", "กองคลัง")

    def test_a_table_without_a_heading_for_titles_takes_the_nearest(self) -> None:
        reading = from_csv("ประเด็น,วิธีการ,ผู้รับผิดชอบ\nก,ข,กองคลัง\n")
        assert said(reading.entries[0])[:3] == ("ก", "ข", "กองคลัง")


class TestSources:
    def test_word_and_excel_say_the_same(self) -> None:
        table = (HEAD, *ROWS)
        entries = [said(entry) for entry in from_word(table).entries]
        assert entries == list(ROWS)
        sheet = read(spreadsheet.grids(excel(table), "ก.xlsx"), 2568, 12)
        assert [said(entry) for entry in sheet.entries] == entries

    def test_columns_in_another_order_beside_others(self) -> None:
        rows = [(r[3], "9", r[0], r[4], r[2], r[1]) for r in ROWS]
        head = (HEAD[3], "งบประมาณ", HEAD[0], HEAD[4], HEAD[2], HEAD[1])
        assert [said(entry) for entry in from_word((head, *rows)).entries] == list(ROWS)

    def test_titles_above_and_in_the_table_name_year_and_round(self) -> None:
        lines = ("รายงานผลการดำเนินการ", "ประจำปีงบประมาณ พ.ศ. ๒๕๖๗ (รอบ ๖ เดือน)")
        above = word_tables.grids(word((HEAD, *ROWS), lines=lines), "ก.docx")
        inside = spreadsheet.grids(excel(((lines[1],), HEAD, *ROWS)), "ก.xlsx")
        for grids in (above, inside):
            assert (fiscal_year_named(grids), round_named(grids)) == (2567, 6)
            assert len(read(grids, 2567, 6).entries) == 3

    def test_without_headings_the_content_tells(self) -> None:
        assert [said(entry) for entry in from_word(ROWS).entries] == list(ROWS)
        shuffled = [(r[2], r[0], r[3], r[1], r[4]) for r in ROWS]
        assert [said(entry) for entry in from_word(shuffled).entries] == list(ROWS)

    def test_a_second_table_without_headings_goes_on_with_the_first(self) -> None:
        assert [said(entry) for entry in from_word((HEAD, ROWS[0]), ROWS[1:]).entries] == list(ROWS)


class TestRows:
    def test_repeated_heads_page_numbers_and_signatures_are_no_measures(self) -> None:
        blank = ("", "", "", "")
        reading = from_word((HEAD, ROWS[0], HEAD, ("- ๒ -", *blank), *ROWS[1:], ("(ลงชื่อ)", *blank)))
        assert [said(entry) for entry in reading.entries] == list(ROWS)
        kinds = [row.kind for row in reading.rows]
        assert kinds.count(Kind.HEAD) == 2
        assert kinds.count(Kind.OUTSIDE) == 2

    def test_group_rows_become_indicator_or_heading(self) -> None:
        table = (
            HEAD,
            ("๑. การปฏิบัติหน้าที่",),
            ROWS[0],
            ("๒. การใช้งบประมาณ (ต่อ)",),
            ROWS[1],
            ("ตัวชี้วัดที่ ๙.๔ การส่งเสริมความโปร่งใส",),
            ROWS[2],
            ("ด้านการบริหารความเสี่ยง",),
            ROWS[0],
        )
        groups = [(entry.indicator, entry.heading) for entry in from_word(table).entries]
        assert groups == [("1", ""), ("2", ""), ("9.4", ""), ("", "ด้านการบริหารความเสี่ยง")]

    def test_a_group_goes_on_over_the_page_and_ends_with_its_section(self) -> None:
        first = (HEAD, ("ตัวชี้วัดที่ ๓ การใช้อำนาจ",), ROWS[0])
        second = (HEAD, ROWS[1], ("๒. ด้านการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก (EIT)",), ROWS[2])
        assert [entry.indicator for entry in from_word(first, second).entries] == ["3", "3", ""]

    def test_an_indicator_column_left_empty_means_the_one_above(self) -> None:
        text = "ตัวชี้วัด,มาตรการ,ผู้รับผิดชอบ\nตัวชี้วัดที่ ๔ การใช้ทรัพย์สิน,ก,กองคลัง\n,ข,กองช่าง\n"
        assert [entry.indicator for entry in from_csv(text).entries] == ["4", "4"]

    def test_a_row_cut_by_the_page_is_joined(self) -> None:
        rest = ("", "๓. เผยแพร่คู่มือ", "", "", "ทางเว็บไซต์")
        reading = from_word((HEAD, ROWS[0]), (HEAD, rest, *ROWS[1:]))
        first, *others = [said(entry) for entry in reading.entries]
        assert others == list(ROWS[1:])
        assert first[1] == ROWS[0][1] + "\n๓. เผยแพร่คู่มือ"
        assert first[4] == ROWS[0][4] + " ทางเว็บไซต์"
        (joined,) = [row for row in reading.rows if row.kind is Kind.CONTINUED]
        assert joined.warnings

    def test_a_rest_with_a_text_but_no_number_owner_and_time_is_joined(self) -> None:
        rest = ("ให้ทันสมัย", "แจ้งเวียน", "", "", "")
        first = from_word((HEAD, ROWS[0], rest, *ROWS[1:])).entries[0]
        assert first.said["title"] == ROWS[0][0] + " ให้ทันสมัย"

    def test_cells_merged_downwards_hold_for_all_rows(self) -> None:
        document = docx.Document()
        table = document.add_table(4, 3)
        texts = (("มาตรการ", "ขั้นตอน", "ผู้รับผิดชอบ"), ("ก", "๑", "กองคลัง"), ("ข", "๒", ""), ("", "๓", ""))
        for row, line in zip(table.rows, texts, strict=True):
            for cell, text in zip(row.cells, line, strict=True):
                cell.text = text
        table.cell(1, 2).merge(table.cell(2, 2))
        table.cell(2, 0).merge(table.cell(3, 0))
        entries = read(word_tables.grids(saved(document), "ก.docx"), 2568, 12).entries
        assert [said(entry)[:3] for entry in entries] == [("ก", "๑", "กองคลัง"), ("ข", "๒\n๓", "กองคลัง")]


class TestOthersOffices:
    """What tables of other offices have beside the measures, and measures that read like something else."""

    def test_a_measure_whose_cells_read_like_headings_is_one(self) -> None:
        head = ("มาตรการ", "ขั้นตอน", "ผลการดำเนินการ")
        rows = (("มาตรการ ก", "แนวทางการดำเนินงาน", "แล้วเสร็จ"), ("มาตรการ ข", "วิธีการ", "อยู่ระหว่าง"))
        titles = [entry.said["title"] for entry in from_word((head, *rows)).entries]
        assert titles == ["มาตรการ ก", "มาตรการ ข"]

    def test_a_table_without_a_head_has_none_further_down(self) -> None:
        rows = (("ก๑", "ข", "ค"), ("มาตรการ", "ขั้นตอน", "ผู้รับผิดชอบ"))
        assert all(row.kind is not Kind.HEAD for row in from_word(rows).rows)

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ("รอบ ๖ เดือน", "รอบ ๑๒ เดือน"),
            ("๖ เดือนแรก", "๖ เดือนหลัง"),
            ("ต.ค. ๖๗ - มี.ค. ๖๘", "เม.ย. ๖๘ - ก.ย. ๖๘"),
        ],
    )
    def test_results_of_both_rounds_under_one_heading(self, first: str, second: str) -> None:
        document = docx.Document()
        table = document.add_table(3, 3)
        texts = (("มาตรการ", "ผลการดำเนินการ", ""), ("", first, second), ("ก", "อยู่ระหว่างดำเนินการ", "แล้วเสร็จ"))
        for row, line in zip(table.rows, texts, strict=True):
            for cell, text in zip(row.cells, line, strict=True):
                cell.text = text
        table.cell(0, 0).merge(table.cell(1, 0))
        table.cell(0, 1).merge(table.cell(0, 2))
        (entry,) = read(word_tables.grids(saved(document), "ก.docx"), 2568, 12).entries
        assert {number: texts["result"] for number, texts in entry.progress.items()} == {
            6: texts[2][1],
            12: texts[2][2],
        }

    def test_signatures_totals_and_column_numbers_are_passed_over(self) -> None:
        rest = (
            ("รวมทั้งสิ้น", "", "", "3", ""),
            ("", "", "", "(ลงชื่อ)..........", ""),
            ("", "", "", "(นายตัวอย่าง ดีงาม)", ""),
            ("", "", "", "ปลัดเทศบาล", ""),
        )
        numbers = ("(๑)", "(๒)", "(๓)", "(๔)", "(๕)")
        assert [said(entry) for entry in from_word((HEAD, numbers, *ROWS, *rest)).entries] == list(ROWS)

    def test_a_table_of_something_else_gives_no_measures(self) -> None:
        scores = (("ตัวชี้วัด", "คะแนน", "ระดับ"), ("การปฏิบัติหน้าที่", "87.25", "A"))
        assert [said(entry) for entry in from_word(scores, (HEAD, *ROWS)).entries] == list(ROWS)

    def test_a_table_for_each_round_is_of_the_same_measures(self) -> None:
        head = ("มาตรการ", "ผลการดำเนินการ")
        tables = ((("รอบ ๖ เดือน",), head, ("ก", "อยู่ระหว่าง")), (("รอบ ๑๒ เดือน",), head, ("ก", "แล้วเสร็จ")))
        (entry,) = from_word(*tables).entries
        assert entry.status == {6: Status.IN_PROGRESS, 12: Status.DONE}

    def test_the_indicator_above_a_table(self) -> None:
        grids = word_tables.grids(word((HEAD, ROWS[0]), lines=("ตัวชี้วัดที่ ๔ การใช้ทรัพย์สินของราชการ",)), "ก.docx")
        assert [entry.indicator for entry in read(grids, 2568, 12).entries] == ["4"]


class TestStatus:
    TICKS = ("มาตรการ", "ขั้นตอน", "ยังไม่ดำเนินงาน", "ยังไม่ดำเนินงาน", "ยังไม่ดำเนินงาน")

    def test_ticks_count_by_place_even_under_wrong_headings(self) -> None:
        rows = (("ก", "๑", "/", "", ""), ("ข", "๒", "", "✓", ""), ("ค", "๓", "", "", "x"))
        reading = from_word((self.TICKS, *rows))
        assert [column.target for column in reading.columns[0]][2:] == list(STATUS_COLUMNS.values())
        assert [entry.status[12] for entry in reading.entries] == list(Status)

    def test_two_ticks_are_none(self) -> None:
        reading = from_word((self.TICKS, ("ก", "๑", "/", "/", "")))
        assert reading.entries[0].status == {}
        assert reading.rows[-1].warnings

    def test_the_words_of_the_result_tell_it_and_say_so(self) -> None:
        reading = from_word((HEAD, *ROWS))
        told = [entry.status[12] for entry in reading.entries]
        assert told == [Status.DONE, Status.IN_PROGRESS, Status.NOT_STARTED]
        assert [row.told for row in reading.rows if row.kind is Kind.MEASURE] == told

    def test_a_column_of_words(self) -> None:
        words = (
            "เสร็จแล้ว",
            "สำเร็จ",
            "100%",
            "ดำเนินการบางส่วน",
            "๕๐%",
            "ยังไม่แล้วเสร็จ",
            "ยังไม่ได้ดำเนินการ",
            "0%",
            "สีเขียว",
        )
        text = "มาตรการ,สถานะ\n" + "".join(f"ข้อ {at},{word}\n" for at, word in enumerate(words))
        reading = from_csv(text)
        told = [entry.status.get(12) for entry in reading.entries]
        done, under_way, open_ = Status.DONE, Status.IN_PROGRESS, Status.NOT_STARTED
        assert told == [done, done, done, under_way, under_way, under_way, open_, open_, None]
        assert "สีเขียว" in reading.rows[-1].warnings[0]

    def test_results_of_both_rounds(self) -> None:
        text = "มาตรการ,ผลการดำเนินการ รอบ ๖ เดือน,ผลการดำเนินการ รอบ ๑๒ เดือน\nก,อยู่ระหว่างดำเนินการ,แล้วเสร็จ\n"
        (entry,) = from_csv(text).entries
        assert entry.status == {6: Status.IN_PROGRESS, 12: Status.DONE}

    def test_the_table_of_ticks_belongs_to_the_measures_of_the_plan(self) -> None:
        plan = ("มาตรการ", "ขั้นตอน", "ผู้รับผิดชอบ"), ("จัดทำคู่มือบริการ", "๑", "กองคลัง"), ("ออกประกาศ", "๒", "กองช่าง")
        ticks = self.TICKS, ("จัดทำคู่มือบริการประชาชน", "๑", "", "", "/"), ("ออกประกาศ", "ข้อ ๒", "/", "", "")
        reading = from_word(plan, ticks)
        assert [entry.said["title"] for entry in reading.entries] == [plan[1][0], plan[2][0]]
        assert [entry.status[12] for entry in reading.entries] == [Status.DONE, Status.NOT_STARTED]
        assert any("ขั้นตอน" in text or "Steps" in text for row in reading.rows for text in row.warnings)


class TestChoices:
    def test_columns_named_anew_and_rows_left_out(self) -> None:
        grids = word_tables.grids(word((HEAD, *ROWS)), "ก.docx")
        choices = Choices({0: {1: "suggestion", 4: ""}}, frozenset({(0, 2)}))
        entries = read(grids, 2568, 12, choices).entries
        assert [entry.said["title"] for entry in entries] == [ROWS[0][0], ROWS[2][0]]
        assert entries[0].progress[12] == {"suggestion": ROWS[0][1]}

    def test_responsible_and_period_exchanged_are_told(self) -> None:
        swapped = (ROWS[0][0], ROWS[0][1], ROWS[0][3], ROWS[0][2], ROWS[0][4])
        (row,) = [row for row in from_word((HEAD, swapped)).rows if row.kind is Kind.MEASURE]
        assert any("exchanged" in text for text in row.warnings)

    def test_units_the_office_does_not_know_are_told(self) -> None:
        units = [Unit(id=new_id(), office_id="", ordinal=0, name="สำนักปลัด", aliases="สป.")]
        table = (
            HEAD,
            *(("ก", "๑", responsible, "ม.ค. ๖๘", "") for responsible in ("สป.", "ทุกส่วนงาน", "กองคลัง")),
        )
        grids = word_tables.grids(word(table), "ก.docx")
        warnings = [
            row.warnings for row in read(grids, 2568, 12, units=units).rows if row.kind is Kind.MEASURE
        ]
        assert [bool(texts) for texts in warnings] == [False, False, True]
        assert "กองคลัง" in warnings[2][0]

    def test_the_unit_whose_form_it_is_goes_on_with_a_table_without_titles(self) -> None:
        units = [Unit(id="a" * 32, office_id="b" * 32, ordinal=0, name="กองคลัง", aliases="คลัง")]
        row = GridRow("1", (Cell("ก ตรวจสอบพัสดุ"), Cell("")))
        head = GridRow("1", (Cell("มาตรการ"), Cell("ผลการดำเนินการ")))
        tables = [
            Grid((head, row), ("หน่วยงานผู้รับผิดชอบ : คลัง",)),
            Grid((head, row)),
            Grid((head, row), ("หน่วยงานผู้รับผิดชอบ: กองอื่น",)),
            Grid((head, row), ("ประกาศ",)),
        ]
        assert units_named(tables, units) == ["กองคลัง", "กองคลัง", "", ""]

    def test_a_text_longer_than_its_field_is_refused(self) -> None:
        with pytest.raises(UserError, match="too long"):
            from_word((HEAD, ("ก" * 100_001, "๑", "กองคลัง", "ม.ค. ๖๘", "")))


@pytest.mark.parametrize("ending", [".docx", ".xlsx"])
@pytest.mark.parametrize("name", ["kok-sa-at", "ngob", "wiang-suai"])
def test_the_real_reports_are_read_exactly(corpus: Path, name: str, ending: str) -> None:
    wanted = json_file.read((corpus / f"{name}.json").read_bytes()).snapshot
    (year,) = wanted.fiscal_years
    path = corpus / "office" / (name + ending)
    grids = sources.grids(path, path.read_bytes())
    assert fiscal_year_named(grids) == year.year
    reading = read(grids, year.year, 6 if name == "ngob" else 12)
    found = measure_form.snapshot_of(reading, year.year, Snapshot.of([Office(id=new_id())]))
    plan_only = (name, ending) == ("kok-sa-at", ".xlsx")  # its sheet has no column of status
    assert told(found, with_progress=not plan_only) == told(wanted, with_progress=not plan_only)


def told(snapshot: Snapshot, *, with_progress: bool) -> list[tuple[object, ...]]:
    (year,) = snapshot.children(FiscalYear, snapshot.office.id)
    found: list[tuple[object, ...]] = []
    for row in snapshot.children(Measure, year.id):
        cells = (row.title, row.steps, row.responsible, row.period, row.follow_up, row.indicator)
        progress = [snapshot.progress(row.id, round_) for round_ in (6, 12)] if with_progress else []
        states = [(p.round, p.status, p.result, p.outcome, p.suggestion) for p in progress if p]
        found.append((*cells, *states))
    return found
