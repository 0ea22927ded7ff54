"""Tables as other offices have them, made here and read back cell by cell: other words, orders, heads, ticks, cuts."""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
from exchange.office_files import excel, saved
from exchange.other_offices import (
    ALL,
    DONE,
    HEAD,
    IN_PROGRESS,
    MEASURES,
    NOT_STARTED,
    SIX,
    TABLE,
    Text,
    Told,
    from_csv,
    from_document,
    from_excel,
    from_word,
    table,
    told,
    wanted,
)

from itadesk.domain.model import Status
from itadesk.exchange import sources
from itadesk.exchange.measure_tables import read
from itadesk.exchange.reading import Choices


class TestHeads:
    WORDS = (
        "กิจกรรม/โครงการ|รายละเอียดการดำเนินงาน|ส่วนราชการที่รับผิดชอบ|กำหนดการดำเนินงาน|ผลการปฏิบัติ|ผลสัมฤทธิ์|ปัญหา/อุปสรรค",
        "แนวทางการดำเนินการ|วิธีปฏิบัติ|ผู้ดำเนินการ|ห้วงเวลา|รายงานผลการดำเนินงาน|ผลที่ได้รับ|ข้อคิดเห็น",
        "มาตรการ/วิธีการ|การดำเนินงาน|เจ้าภาพ|ปฏิทินการดำเนินงาน|ความก้าวหน้า|ผลลัพธ์ที่เกิดขึ้น|ข้อเสนอแนะเพิ่มเติม",
        "ประเด็นมาตรการ|แนวทางปฏิบัติ|กอง/สำนัก|วัน เดือน ปี ที่ดำเนินการ|ผลการดำเนินงาน|ประโยชน์ที่ได้รับ|ข้อจำกัด/ข้อเสนอแนะ",
        "Measure|Steps|Responsible|Period|Result|Outcome|Suggestion",
        "ทำอะไร|ทำอย่างไร|ใครทำ|ห้วงดำเนินการ|ทำถึงไหน|ผลที่ได้รับ|ข้อติดขัด",
        "มาตรการ/\nกิจกรรม|ขั้นตอน/\nวิธีการ|ผู้\nรับผิดชอบ|ระยะ\nเวลา|สรุปผล\nการดำเนินการ|ผลลัพธ์/\nความสำเร็จ|ข้อเสนอ\nแนะ",
    )

    @pytest.mark.parametrize("words", WORDS)
    @pytest.mark.parametrize("source", [from_word, from_excel])
    def test_other_words(self, words: str, source) -> None:
        assert told(source(table(words.split("|"), ALL))) == wanted(*ALL)

    def test_another_order_and_columns_beside(self) -> None:
        columns: dict[str, Text] = {
            "ลำดับที่": lambda row: row.title[0],
            "ระยะเวลา": "period",
            "มาตรการ": "title",
            "วัตถุประสงค์": lambda _row: "เพื่อความโปร่งใส",
            "ผลการดำเนินการ": "result",
            "ตัวชี้วัดความสำเร็จ": lambda _row: "ร้อยละ 80",
            "ผู้รับผิดชอบ": "responsible",
            "งบประมาณ (บาท)": lambda _row: "10,000",
            "ขั้นตอน": "steps",
            "หมายเหตุ": lambda _row: "-",
        }
        assert told(from_excel(table(list(columns), list(columns.values())))) == wanted(*SIX)

    def test_no_heads_at_all(self) -> None:
        assert told(from_word(table((), ALL))) == wanted(*ALL)
        assert told(from_csv(table((), SIX))) == wanted(*SIX)

    def test_words_that_nobody_knows_are_a_head_all_the_same(self) -> None:
        words = ("เรื่องหลัก", "ลงมือ", "คนทำ", "ตอนไหน", "ได้อะไร")
        assert told(from_word(table(words, SIX))) == wanted(*SIX)
        assert told(from_excel(table(words, SIX))) == wanted(*SIX)

    def test_titles_under_an_unknown_heading_are_not_lent_by_the_steps(self) -> None:
        head = ("รายละเอียด", "ผู้รับผิดชอบ", "งานหลัก", "ผลการดำเนินการ")
        names = ("steps", "responsible", "title", "result")
        assert told(from_excel(table(head, names))) == wanted(*names)

    def test_no_heads_and_only_titles_and_steps(self) -> None:
        assert told(from_word(table((), ("title", "steps")))) == wanted("title", "steps")

    @pytest.mark.parametrize("names", [SIX, ("title", "steps", "result")])
    def test_no_heads_and_a_first_row_that_reads_like_one(self, names: Sequence[str]) -> None:
        rows = [
            Told("มาตรการป้องกันการทุจริต", "ขั้นตอนการดำเนินงานตามแผน", "สำนักปลัด", "ต.ค. ๖๗", "ดำเนินการแล้วเสร็จ", status=DONE),
            Told("มาตรการตรวจสอบดุลพินิจ", "จัดทำแนวทาง", "กองคลัง", "พ.ย. ๖๗", "อยู่ระหว่างดำเนินการ", status=IN_PROGRESS),
            Told("แนวทางการบริหารงานบุคคล", "ประกาศหลักเกณฑ์", "กองช่าง", "ม.ค. ๖๘", "ดำเนินการแล้วเสร็จ", status=DONE),
        ]  # fmt: skip
        assert told(from_word(table((), names, rows))) == [row.only(*names, "status") for row in rows]

    def test_a_table_of_other_things_is_none(self) -> None:
        assert told(from_excel((("ชื่อ", "สกุล", "เบอร์"), ("ก", "ข", "1"), ("ค", "ง", "2")))) == []

    def test_two_rows_of_heads(self) -> None:
        document = docx.Document()
        upper = ("มาตรการ", "การดำเนินงาน", "", "ระยะเวลา", "ผลการดำเนินงาน", "")
        lower = ("", "ขั้นตอน", "ผู้รับผิดชอบ", "", "ผลผลิต", "ผลลัพธ์")
        names = ("title", "steps", "responsible", "period", "result", "outcome")
        rows = [upper, lower, *table((), names)]
        merged = document.add_table(len(rows), 6)
        for line, texts in zip(merged.rows, rows, strict=True):
            for cell, text in zip(line.cells, texts, strict=True):
                cell.text = text
        for first, last in (((0, 0), (1, 0)), ((0, 1), (0, 2)), ((0, 3), (1, 3)), ((0, 4), (0, 5))):
            text = upper[first[1]]
            merged.cell(*first).merge(merged.cell(*last)).text = text
        assert told(from_document(document)) == wanted(*names)
        assert told(from_word(rows)) == wanted(*names)


class TestStatus:
    @staticmethod
    def ticks(mark: str) -> list[Text]:
        return [lambda row, status=status: mark if row.status is status else "" for status in Status]

    @pytest.mark.parametrize(
        "mark", ["✓", "/", "ü", "√", "P", "●", "x", "☑", "✔", "1", "✔\ufe0f", " V ", "⁄", "ใช่"]
    )
    def test_ticks_of_all_kinds_under_two_rows_of_heads(self, mark: str) -> None:
        head = [
            ("มาตรการ", "ขั้นตอน", "สถานะการดำเนินงาน", "", ""),
            ("", "", "ยังไม่ดำเนินการ", "อยู่ระหว่างดำเนินการ", "ดำเนินการแล้วเสร็จ"),
        ]
        rows = table((), ["title", "steps", *self.ticks(mark)])
        assert told(from_word([*head, *rows])) == wanted("title", "steps", "status")

    TICKED = ("มาตรการ", "ระยะเวลา", "ยังไม่ดำเนินงาน", "อยู่ระหว่างดำเนินงาน", "ดำเนินงานเสร็จแล้ว", "ผล")

    def test_two_ticks_are_no_status_and_no_words_make_one(self) -> None:
        grids = from_word([self.TICKED, ("๑. ก", "ม.ค. ๖๘", "", "/", "✓", "ทำครบแล้ว")])
        reading = read(grids, 2568, 12)
        assert [entry.status for entry in reading.entries] == [{}]
        assert reading.rows[-1].told is None
        assert len(reading.rows[-1].warnings) == 1

    def test_what_is_no_tick_is_told(self) -> None:
        rows = [("๑. ก", "ม.ค. ๖๘", "-", "ขีดถูก" * 50, "", ""), ("๒. ข", "ม.ค. ๖๘", "–", "0", "/", "")]
        reading = read(from_word([self.TICKED, *rows]), 2568, 12)
        assert [entry.status for entry in reading.entries] == [{}, {12: DONE}]
        (warning,) = reading.rows[1].warnings
        assert ("ขีดถูก" in warning, len(warning) < 150, reading.rows[2].warnings) == (True, True, [])

    def test_a_row_that_a_unit_added_below_is_a_measure_of_its_own(self) -> None:
        rows = [("๑. ก", "ม.ค. ๖๘", "", "/", "", "ทำต่อ"), ("จัดเวทีเพิ่ม", "", "", "", "x", "จัดแล้ว")]
        reading = read(from_word([self.TICKED, *rows]), 2568, 12)
        assert [entry.said["title"] for entry in reading.entries] == ["๑. ก", "จัดเวทีเพิ่ม"]
        assert [entry.status[12] for entry in reading.entries] == [IN_PROGRESS, DONE]
        for status in ("เสร็จ", "ไม่รู้"):
            named = [("มาตรการ", "ระยะเวลา", "สถานะ"), ("๑. ก", "ม.ค. ๖๘", status), ("จัดเวทีเพิ่ม", "", "เสร็จ")]
            assert len(read(from_excel(named), 2568, 12).entries) == 2

    def test_ticks_in_another_order(self) -> None:
        head = ("มาตรการ", "ผู้รับผิดชอบ", "เสร็จแล้ว", "กำลังดำเนินการ", "ยังไม่เริ่ม")
        rows = table(head, ["title", "responsible", *reversed(self.ticks("/"))])
        assert told(from_excel(rows)) == wanted("title", "responsible", "status")

    @pytest.mark.parametrize(
        ("on", "off"), [("☑", "☐"), ("(✓)", "(  )"), ("( / )", "(   )"), ("[x]", "[ ]"), ("■", "□")]
    )
    @pytest.mark.parametrize("between", [" ", "\n"])
    def test_boxes_in_one_cell(self, on: str, off: str, between: str) -> None:
        words = {NOT_STARTED: "ยังไม่ดำเนินการ", IN_PROGRESS: "อยู่ระหว่างดำเนินการ", DONE: "ดำเนินการแล้วเสร็จ"}

        def boxes(row: Told) -> str:
            return between.join(
                f"{on if row.status is status else off} {text}" for status, text in words.items()
            )

        grids = from_word(table(("มาตรการ", "ขั้นตอน", "สถานะ"), ["title", "steps", boxes]))
        assert told(grids) == wanted("title", "steps", "status")

    def test_a_result_cut_in_two_tells_the_status_as_a_whole(self) -> None:
        cut = (MEASURES[1].title, MEASURES[1].steps, "กองคลัง", "ม.ค. ๖๘", "จัดประชุมแล้ว")
        (row,) = told(from_word([HEAD, cut], [HEAD, ("", "", "", "", "อยู่ระหว่างรวบรวมผล")]))
        assert row.status is IN_PROGRESS


class TestRows:
    @pytest.mark.parametrize(
        ("title", "responsible", "period"),
        [
            ("", "", ""),
            (MEASURES[1].title + " (ต่อ)", "", ""),
            (MEASURES[1].title + " (ต่อ)", MEASURES[1].responsible, MEASURES[1].period),
            (MEASURES[1].title, "", ""),
            ("๒. แนวทางการใช้จ่าย (ต่อ)", "", ""),
        ],
    )
    def test_a_row_cut_by_the_end_of_the_page(self, title: str, responsible: str, period: str) -> None:
        first, last = MEASURES[1].steps.split("\n")
        cut = (MEASURES[1].title, first, MEASURES[1].responsible, MEASURES[1].period, "อยู่ระหว่าง")
        rest = (title, last, responsible, period, "ดำเนินการ")
        whole = replace(wanted(*SIX)[1], result="อยู่ระหว่าง ดำเนินการ")
        grids = from_word([*TABLE[:2], cut], [HEAD, rest, *TABLE[3:]])
        assert told(grids) == [wanted(*SIX)[0], whole, *wanted(*SIX)[2:]]

    GROUPS = (
        ("ตัวชี้วัดที่ ๑ การปฏิบัติหน้าที่", "ตัวชี้วัดที่ ๒", "ตัวชี้วัดที่ 4 การใช้ทรัพย์สินของราชการ", "ตัวชี้วัดที่ ๕ (ต่อ)"),
        ("ด้านการปฏิบัติหน้าที่", "ด้านการใช้งบประมาณ", "๓) การใช้ทรัพย์สินของทางราชการ", "การแก้ไขปัญหาการทุจริต"),
    )  # fmt: skip

    @pytest.mark.parametrize("names", GROUPS)
    @pytest.mark.parametrize("wide", [True, False], ids=["merged", "not merged"])
    @pytest.mark.parametrize("source", [from_word, from_excel])
    def test_groups_name_the_indicator(self, names: Sequence[str], wide: bool, source) -> None:
        rows: list[tuple[str, ...]] = [HEAD, ("๑. ด้านการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (IIT)",)]
        for name, row in zip(names, TABLE[1:], strict=True):
            rows += [(name,) if wide else (name, "", "", "", ""), row]
        assert told(source(rows)) == wanted(*SIX, "indicator")

    @pytest.mark.parametrize("wide", [True, False], ids=["merged", "not merged"])
    def test_a_group_stays_one_when_its_column_is_left_out(self, wide: bool) -> None:
        group = "ตัวชี้วัดที่ 4 การใช้ทรัพย์สินของราชการ"
        rows = [("รายละเอียด", "มาตรการ"), (group,) if wide else (group, ""), ("ก", "ข")]
        (row,) = told(from_word(rows), Choices({0: {0: ""}}))
        assert (row.title, row.steps, row.indicator) == ("ข", "", "4")

    def test_an_indicator_column_is_filled_downwards(self) -> None:
        rows = [
            ("ตัวชี้วัด", "มาตรการ", "ขั้นตอน"),
            ("๑", "ก", "ข"),
            ("", "ค", "ง"),
            ("ตัวชี้วัดที่ ๙.๔ การบริหารบุคคล", "จ", "ฉ"),
        ]
        assert [(row.title, row.indicator) for row in told(from_word(rows))] == [
            ("ก", "1"),
            ("ค", "1"),
            ("จ", "9.4"),
        ]

    def test_steps_and_units_in_rows_of_their_own(self) -> None:
        workbook = openpyxl.Workbook()
        sheet = workbook.active
        assert sheet is not None
        for row in (
            ("มาตรการ", "ขั้นตอน", "ผู้รับผิดชอบ", "ระยะเวลา"),
            ("ก", "สำรวจ", "สำนักปลัด", "ม.ค. ๖๘"),
            (None, "ประกาศใช้", "กองคลัง", "ก.พ. ๖๘"),
            (None, "๓. สาม", None, None),
            ("ข", "๑. หนึ่ง", "กองคลัง", "ก.พ. ๖๘"),
        ):
            sheet.append(row)
        sheet.merge_cells("A2:A4")
        grids = sources.grids(Path("ก.xlsx"), saved(workbook))
        first = Told("ก", "สำรวจ\nประกาศใช้\n๓. สาม", "สำนักปลัด\nกองคลัง", "ม.ค. ๖๘\nก.พ. ๖๘")
        assert told(grids) == [first, Told("ข", "๑. หนึ่ง", "กองคลัง", "ก.พ. ๖๘")]

    def test_titles_notes_signatures_and_other_tables_around(self) -> None:
        blank = ("",) * 5
        titles = [
            ("รายงานผลการดำเนินการตามมาตรการ",),
            ("องค์การบริหารส่วนตำบลตัวอย่าง ประจำปีงบประมาณ พ.ศ. 2568",),
            blank,
        ]
        notes = [
            blank,
            ("หมายเหตุ: ข้อมูล ณ 31 มีนาคม 2568", *blank[1:]),
            ("", "", "", "ลงชื่อ..........", ""),
            ("", "", "", "(นายสมมติ ดีงาม)", ""),
        ]
        assert told(from_excel([*titles, *TABLE, *notes])) == wanted(*SIX)
        scores = [("ตัวชี้วัด", "คะแนน"), ("การปฏิบัติหน้าที่", "85.2")]
        signed = [("ลงชื่อ.........", "ลงชื่อ.........."), ("(นายสมมติ)", "(นางสมมติ)")]
        assert told(from_word(scores, TABLE, signed)) == wanted(*SIX)

    def test_hidden_rows_are_left_out_unless_wanted(self) -> None:
        workbook = openpyxl.load_workbook(BytesIO(excel(TABLE)))
        workbook.worksheets[0].row_dimensions[3].hidden = True
        grids = sources.grids(Path("ก.xlsx"), saved(workbook))
        first, _hidden, *others = wanted(*SIX)
        assert told(grids) == [first, *others]
        assert told(grids, Choices(taken=frozenset({(0, 2)}))) == wanted(*SIX)

    def test_responsible_and_period_exchanged_are_put_right_on_request(self) -> None:
        swapped = [HEAD, *((row[0], row[1], row[3], row[2], row[4]) for row in TABLE[1:])]
        assert told(from_word(swapped))[0].responsible == MEASURES[0].period
        assert told(from_word(swapped), Choices(exchange=True)) == wanted(*SIX)
