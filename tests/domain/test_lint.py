"""Faults of the genre: each is found where it is, and what only looks like one is left in peace."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from itadesk.domain.fields import FIELDS
from itadesk.domain.lint import lint
from itadesk.domain.lint_problem import SEVERITIES, Problem
from itadesk.domain.model import (
    Assessment,
    Document,
    DocumentText,
    Evidence,
    FiscalYear,
    Measure,
    Office,
    Progress,
    Publication,
    Row,
    Signatory,
    Status,
)
from itadesk.domain.snapshot import Snapshot

OFFICE = Office(
    id="o",
    kind="เทศบาลตำบล",
    name="งามดี",
    district="เมืองใหม่",
    province="ตัวอย่าง",
    phone="๐ ๕๔๐๐ ๑๒๓๔",
    email="saraban@ngamdee.example",
    website="www.ngamdee.example",
)
YEAR = FiscalYear(id="y", office_id="o", year=2568)
SOUND = {
    "title": "มาตรการเผยแพร่ข้อมูลการใช้จ่ายงบประมาณ",
    "steps": "๑. รวบรวมข้อมูล\n๒. เผยแพร่ข้อมูลทางเว็บไซต์",
    "responsible": "กองคลัง",
    "period": "ต.ค. ๖๗ - ก.ย. ๖๘",
    "follow_up": "๓๑ มี.ค. ๖๘",
    "result": "เผยแพร่แล้ว ๓ ครั้ง",
    "outcome": "ประชาชนรู้จักงบประมาณมากขึ้น",
}
LONG = "ประชุมคณะทำงานร่วมกับผู้แทนชุมชนทุกหมู่บ้าน เพื่อรับฟังปัญหาและจัดลำดับความสำคัญของโครงการในปีถัดไป"
ALL = frozenset(
    {"title", "steps", "responsible", "period", "follow_up", "status", "result", "outcome", "suggestion"}
)
DOCUMENT = Document(id="d", fiscal_year_id="y", ordinal=0, layout="outcomes", round=12)


def _measure(number: int, **texts: Any) -> list[Row]:
    """A sound measure but for `texts`, with its progress in the 12-month round."""
    values = {**SOUND, "status": Status.IN_PROGRESS, **texts}
    names = {field.name for field in FIELDS[Progress]}
    of_progress = {name: value for name, value in values.items() if name in names}
    of_measure = {name: value for name, value in values.items() if name not in names}
    return [
        Measure(id=f"m{number}", fiscal_year_id="y", ordinal=number, **of_measure),
        Progress(id=f"p{number}", measure_id=f"m{number}", round=12, **of_progress),
    ]


def _problems(
    measures: Sequence[dict[str, Any]] = (),
    *more: Row,
    office: Office = OFFICE,
    year: FiscalYear = YEAR,
    needed: frozenset[str] = ALL,
    texts: Sequence[str] = (),
    signatories: Sequence[Signatory] = (),
) -> list[Problem]:
    rows: list[Row] = [office, year, DOCUMENT, *more]
    for number, texts_of_measure in enumerate(measures):
        rows += _measure(number, **texts_of_measure)
    rows += [
        DocumentText(id=f"t{n}", document_id="d", name=f"text{n}", text=text) for n, text in enumerate(texts)
    ]
    return lint(Snapshot.of(rows), "y", 12, needed, DOCUMENT, signatories)


def _codes(*measures: dict[str, Any], **how: Any) -> list[str]:
    return [problem.code for problem in _problems(measures, **how)]


def test_sound_measures_have_no_fault() -> None:
    assert (
        _problems(
            [{}, {"title": "มาตรการกำกับการใช้รถราชการ", "steps": "ตรวจสอบทุกเดือน", "result": "ตรวจสอบแล้ว"}]
        )
        == []
    )


ONE_MEASURE = [
    # code, what has the fault, what only looks like it
    ("swapped_columns", {"responsible": "ต.ค. ๖๗ - ก.ย. ๖๘", "period": "กองคลัง"},
     {"responsible": "งาน ๒๔ ชั่วโมง กองช่าง"}),
    ("swapped_columns", {"responsible": "ตลอดปีงบประมาณ", "period": ""}, {"responsible": "ทุกสำนัก/กอง"}),
    ("swapped_columns", {"responsible": "", "period": "สำนักปลัด"},
     {"responsible": "กองคลัง", "period": "๓๑ มี.ค. ๖๘"}),
    ("period_unread", {"period": "ตามที่กำหนดในแผน"}, {"period": "-"}),
    ("period_unread", {"period": "กองคลัง"}, {"period": "ไตรมาส ๒"}),
    ("period_outside_year", {"period": "ต.ค. ๖๖ - ก.ย. ๖๗"}, {"period": "ต.ค. ๒๕๖๗ ถึง ก.ย. ๒๕๖๘"}),
    ("period_outside_year", {"period": "ส.ค. ๖๘ - ธ.ค. ๖๘"}, {"period": "๓๐ ก.ย. ๖๘"}),
    ("date_reversed", {"result": "ระหว่างวันที่ ๑๗ – ๑๑ มกราคม ๒๕๖๘"},
     {"result": "ระหว่างวันที่ ๑๑ – ๑๗ มกราคม ๒๕๖๘"}),
    ("date_reversed", {"period": "ก.ย. ๖๘ - ต.ค. ๖๗"}, {"period": "ต.ค. - ก.ย. ๖๘"}),
    ("date_reversed", {"steps": "วันที่ ๑ มี.ค. ๒๕๖๘ ถึง ๒๘ ก.พ. ๒๕๖๘"},
     {"steps": "วันที่ ๒๘ ก.พ. ถึง ๑ มี.ค. ๒๕๖๘"}),
    ("date_reversed", {"steps": "๒๕ - ๒๐ ม.ค. ๖๘"}, {"steps": "ลงวันที่ ๒๕ ม.ค. ๖๘\n- ๒๐ ม.ค. ๖๘ แจ้งเวียน"}),
    ("numbering_gap", {"steps": "๑. ก\n๒. ข\n๔. ค"}, {"steps": "๑. ก\n๑) ข\n๒) ค\n๒. ง\n๑) จ\n๓. ฉ"}),
    ("numbering_gap", {"result": "๑. ก\n๒. ข\n๒. ค"}, {"result": "๓. ก\n๔. ข"}),
    ("numbering_gap", {"steps": "๑. ก ๒. ข ๔. ค"}, {"steps": "๑. ส่งภายใน ๑๕. ข ๒๕๖๘"}),
    ("numbering_gap", {"steps": "๑) ก\n๓.) ข\n๔) ค\n๖) ง"}, {"steps": "๑.๑ ก\n๑.๓ ข\n๙.๐๐ น."}),
    ("digits_in_address", {"result": "ส่ง a_๐๕๕@dla.example"},
     {"result": "ส่ง a_055@dla.example โทร. ๐ ๕๔๐๐ ๑๒๓๔"}),
    ("digits_in_address", {"result": "ดู www.ngamdee.example/ita๒๕๖๘"},
     {"result": "ดู www.ngamdee.example เมนู ๒"}),
    ("repeated_word", {"result": "เพื่อส่งเสริมส่งเสริมคุณธรรม"}, {"result": "ปลัดเทศบาลเทศบาลตำบลงามดี"}),
    ("repeated_word", {"result": "จัดให้มี จัดให้มีเจ้าหน้าที่"}, {"result": "เพื่อประชาชน ประชาชนรับทราบ"}),
    ("repeated_word", {"result": "ออกออกประกาศ"}, {"result": "สำหรับเพื่อน เพื่อเพื่อนบ้าน"}),
    ("repeated_word", {"title": "มาตรการการ มอบอำนาจ"}, {"title": "คณะกรรมการการเลือกตั้ง"}),
    ("repeated_word", {"steps": "และและติดตาม"}, {"steps": "ทุกหมู่บ้านหมู่บ้านละ ๑ คน"}),
    ("repeated_word", {"steps": "หน่วยงานหน่วยงานอื่น"}, {"steps": "การจัดการจัดซื้อ การดำเนินการดำเนินคดี"}),
    ("repeated_word", {"steps": "เพื่อให้ ให้ความรู้"}, {"steps": "ให้คุณ ให้โทษ โดย โดยสารรถ"}),
    ("mixed_digits", {"result": "ปี 2568 จำนวน ๓ ครั้ง"},
     {"result": "มาตรฐาน ISO 9001 ข้อ O42 ดู www.a.example/1 จำนวน ๓ ครั้ง"}),
    ("mixed_digits", {"steps": "1. ก\n๒. ข"}, {"steps": "1. ก\n2. ข"}),
    ("result_equals_steps", {"result": "๑. รวบรวมข้อมูล\n๒. เผยแพร่ข้อมูลทางเว็บไซต์"},
     {"result": "เผยแพร่ข้อมูลทางเว็บไซต์แล้ว"}),
    ("result_equals_steps", {"result": "- รวบรวมข้อมูล\n- ดำเนินการเผยแพร่ข้อมูลทางเว็บไซต์"},
     {"result": "เสร็จแล้ว", "steps": "เสร็จแล้ว"}),
    ("result_equals_steps", {"result": "ได้" + SOUND["title"]}, {"result": SOUND["title"] + "ครบทุกเดือน"}),
    ("status_against_result", {"status": "done", "result": "อยู่ระหว่างดำเนินการ"},
     {"status": "done", "result": "เรื่องที่อยู่ระหว่างพิจารณาไม่มี"}),
    ("status_against_result", {"status": "done", "result": "ยังไม่แล้วเสร็จ"},
     {"status": "done", "result": "เดิมอยู่ระหว่างร่าง บัดนี้แล้วเสร็จ"}),
    ("status_against_result", {"status": "done", "result": "อยู่ระหว่างร่าง คาดว่าจะแล้วเสร็จในเดือนหน้า"},
     {"status": "done", "result": "คะแนนอยู่ระหว่าง ๘๐ ถึง ๙๐"}),
    ("status_against_result", {"status": "not_started", "result": "ดำเนินการแล้วเสร็จ"},
     {"status": "not_started", "result": "จะดำเนินการให้แล้วเสร็จในปีหน้า"}),
    ("status_against_result", {"status": "in_progress", "result": "ดำเนินการแล้วเสร็จ"},
     {"status": "in_progress", "result": "คู่มือแล้วเสร็จ รอเผยแพร่"}),
    ("status_against_result", {"status": "in_progress", "result": "เสร็จเรียบร้อยแล้ว"},
     {"status": "in_progress", "continuous": True, "result": "ดำเนินการแล้วเสร็จ"}),
    ("missing_field", {"responsible": ""}, {"suggestion": ""}),
    ("missing_field", {"period": "-"}, {"indicator": ""}),
    ("missing_field", {"result": ""}, {"status": "not_started", "result": ""}),
    ("missing_field", {"status": "done", "outcome": ""}, {"status": "in_progress", "outcome": ""}),
    ("done_without_result", {"status": "done", "result": " "}, {"status": "done"}),
    ("name_drift", {"result": "เทศบาลตำบลงามดจัดประชุม"},
     {"result": "เทศบาลตำบลงามดีจัดประชุม เทศบาลตำบล งามดี"}),
    ("name_drift", {"steps": "เสนอนายกเทศมนตรีตำบลงานดี"}, {"steps": "ดูงาน ณ เทศบาลตำบลทุ่งสวย อำเภออื่น"}),
    ("name_drift", {"steps": "ทต.งามดิ ประกาศ"}, {"steps": "เทศบาลตำบลได้ประกาศ"}),
    ("name_drift", {"steps": "ที่ว่าการอำเภอเมืองใหญ่"}, {"steps": "อำเภอเมืองใหม่ จังหวัดตัวอย่าง"}),
    ("name_drift", {"steps": "เทศบาลตำบลงามดี อำเภอไกลโพ้น"}, {"steps": "อำเภอไกลโพ้น จังหวัดไกล"}),
    ("contact_mismatch", {"result": "โทร. ๐ ๕๐๔๐ ๑๒๓๔"}, {"result": "โทร. ๐ ๕๔๐๐ ๑๒๓๔ โทรสาร ๐ ๕๔๐๐ ๑๒๓๕"}),
    ("contact_mismatch", {"result": "โทร. ๐๕๔-๐๐๑๒๓๔"}, {"result": "โทร. 0 5400 1234"}),
    ("contact_mismatch", {"result": "ส่ง sarabun@ngamdee.example"},
     {"result": "ส่ง Saraban@ngamdee.example, ita1@ngamdee.example, ita2@ngamdee.example"}),
    ("contact_mismatch", {"result": "ดู https://www.ngamde.example/ita"},
     {"result": "ดู www.ngamdee.example/ita, www.dla.go.th, www.dlt.go.th"}),
    ("copied_text", {"outcome": SOUND["result"]}, {"outcome": "เผยแพร่แล้ว ๔ ครั้ง"}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "fault", "near_miss"), ONE_MEASURE)
def test_a_fault_of_one_measure_is_told_from_a_near_miss(
    code: str, fault: dict[str, Any], near_miss: dict[str, Any]
) -> None:
    def codes(texts: dict[str, Any]) -> list[str]:
        status = {"status": Status(texts["status"])} if "status" in texts else {}
        return _codes({**texts, **status})

    assert code in codes(fault)
    assert code not in codes(near_miss)


def test_a_problem_says_where_it_is_how_bad_and_what_would_be_right() -> None:
    (problem,) = _problems([{}, {"result": "ส่ง a_๐๕๕@dla.example", "title": "มาตรการอื่น", "steps": "ทำ"}])
    assert replace(problem, message="") == Problem(
        "digits_in_address", "error", 2568, 12, 2, "m1", "result", "", "a_055@dla.example"
    )
    assert problem.as_json() == {
        "code": "digits_in_address",
        "severity": "error",
        "fiscal_year": 2568,
        "round": 12,
        "measure": 2,
        "field": "result",
        "message": problem.message,
        "suggestion": "a_055@dla.example",
    }
    assert "a_๐๕๕@dla.example" in problem.message
    (missing,) = _problems([{"responsible": ""}])
    assert (missing.round, missing.field, "suggestion" in missing.as_json()) == (None, "responsible", False)


def test_what_the_paper_does_not_print_is_not_missed() -> None:
    bare = {"steps": "", "responsible": "", "period": "", "result": "", "status": Status.DONE}
    assert _codes(bare, needed=frozenset({"title", "status"})) == []
    assert sorted(_codes(bare, needed=frozenset({"title", "steps", "result", "suggestion"}))) == [
        "done_without_result",
        "missing_field",
    ]


def test_titles_are_numbered_through_or_anew_in_each_group() -> None:
    def gaps(*titles: tuple[str, str]) -> list[int | None]:
        measures = [{"title": title, "indicator": indicator} for title, indicator in titles]
        return [problem.measure for problem in _problems(measures) if problem.code == "numbering_gap"]

    assert gaps(("๑. ก", "1"), ("๒. ข", "1"), ("๔. ค", "1")) == [3]
    assert gaps(("๑. ก", "1"), ("๒. ข", "1"), ("๑. ค", "2"), ("๒. ง", "2")) == []
    assert gaps(("๑. ก", "1"), ("๑. ข", "2"), ("๒. ค", "1"), ("๒. ง", "2"), ("จ", "2")) == []


def test_a_text_pasted_into_another_measure_is_found() -> None:
    other = {"title": "มาตรการกำกับการใช้รถราชการ", "steps": "ตรวจสอบทุกเดือน"}
    (problem,) = _problems([{"outcome": LONG}, {**other, "outcome": LONG.replace(" ", "")}])
    assert (problem.code, problem.measure, problem.field) == ("copied_text", 2, "outcome")
    assert _codes({"result": LONG}, {**other, "result": LONG}) == ["copied_text"]
    assert _codes({"steps": LONG}, {**other, "steps": LONG}) == ["copied_text"]


def test_formulas_suggestions_and_one_measure_under_two_indicators_are_no_copies() -> None:
    other = {"title": "มาตรการกำกับการใช้รถราชการ", "steps": "ตรวจสอบทุกเดือน"}
    assert _codes({"result": "ดำเนินการแล้วตามแผน"}, {**other, "result": "ดำเนินการแล้วตามแผน"}) == []
    assert _codes({"suggestion": LONG}, {**other, "suggestion": LONG}) == []
    assert _codes({"result": LONG, "indicator": "5"}, {"result": LONG, "indicator": "7", "title": "อื่น"}) == []
    assert (
        _codes({"outcome": LONG, "title": "๑. ก ข ค"}, {"outcome": LONG, "title": "๒. ก ข ค", "steps": "ทำ"})
        == []
    )


def test_a_long_step_of_two_measures_is_worth_a_look_a_step_of_all_is_not() -> None:
    def with_step(title: str) -> dict[str, str]:
        return {"title": title, "steps": f"๑. {title}\n๒. {LONG}"}

    two = _problems([with_step("ปรับปรุงเว็บไซต์"), with_step("กำกับการใช้รถ")])
    assert [(problem.code, problem.severity, problem.measure) for problem in two] == [
        ("copied_text", "info", 2)
    ]
    assert _codes(*(with_step(title) for title in ("ปรับปรุงเว็บไซต์", "กำกับการใช้รถ", "อบรมบุคลากร"))) == []


def test_arabic_digits_of_their_own_are_odd_only_where_nearly_all_are_thai() -> None:
    def odd(count: int) -> list[int | None]:
        measures = [{"title": f"มาตรการ {letter}", "outcome": "ครบ ๓ เรื่อง"} for letter in "กขคงจฉชซ"[:count]]
        measures[0]["outcome"] = "ครบ 3 เรื่อง"
        return [problem.measure for problem in _problems(measures) if problem.code == "mixed_digits"]

    assert odd(8) == [1]
    assert odd(1) == []


def test_of_two_contacts_that_nearly_agree_the_rarer_one_is_named() -> None:
    unknown = replace(OFFICE, phone="", website="")
    results = [
        "โทร. ๐ ๕๔๖๙ ๐๐๖๑",
        "โทร. ๐ ๕๖๔๙ ๐๐๖๑ ดู www.thungkla.example",
        "ดู www.tungkla.example",
        "www.tungkla.example",
    ]
    measures = [{"title": f"มาตรการ {n}", "steps": "ก", "result": result} for n, result in enumerate(results)]
    problems = _problems(measures, office=unknown)
    assert [(problem.code, problem.measure, problem.suggestion) for problem in problems] == [
        ("contact_mismatch", 2, "๐ ๕๔๖๙ ๐๐๖๑"),
        ("contact_mismatch", 2, "tungkla.example"),
    ]


@pytest.mark.parametrize(
    ("year", "total", "each", "typed", "right"),
    [
        (2564, "74.83", None, "E", "C"),
        (2564, "74.83", None, "ระดับ c", ""),
        (2567, "90.00", "84.00", "ผ่านดี", "ผ่าน"),
        (2567, "90.00", "86.00", "ผ่านดี", ""),
        (2567, "90.00", None, "ต้องปรับปรุง", "ผ่านดี / ผ่าน"),
        (2567, "90.00", None, "ผ่านดี", ""),
        (2567, "90.00", "86.00", "A", "ผ่านดี"),
        (2567, "90.00", "86.00", "ดีมาก", ""),
        (2567, "90.00", "86.00", "", ""),
    ],
)
def test_the_announced_grade_is_compared_with_the_scores(
    year: int, total: str, each: str | None, typed: str, right: str
) -> None:
    part = Decimal(each) if each else None
    row = Assessment(
        id="a",
        office_id="o",
        year=year,
        total=Decimal(total),
        iit=part,
        eit=part,
        oit=part,
        grade_as_printed=typed,
    )
    problems = _problems([], row, year=replace(YEAR, year=year + 1))
    assert [(problem.code, problem.suggestion) for problem in problems] == [("grade_mismatch", right)] * bool(
        right
    )


def test_a_grade_typed_beside_the_score_is_compared_too() -> None:
    row = Assessment(id="a", office_id="o", year=2564, total=Decimal("74.83"))
    year = replace(YEAR, year=2565)
    for text, codes in (
        ("มีค่าคะแนนเท่ากับ ๗๔.๘๓ คะแนน อยู่ในระดับ E และ", ["grade_mismatch"]),
        ("มีค่าคะแนนเท่ากับ ๗๔.๘๓ คะแนน อยู่ในระดับ C และ", []),
        ("ปีก่อนได้ ๕๒.๐๐ คะแนน อยู่ในระดับ E", []),
    ):
        assert [problem.code for problem in _problems([], row, year=year, texts=[text])] == codes


def test_the_year_before_is_analysed() -> None:
    assert _codes(year=replace(YEAR, analysed_year=2568)) == ["analysed_year"]
    assert _codes(year=replace(YEAR, analysed_year=2567)) == []
    wrong = "ได้วิเคราะห์ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. ๒๕๖๘ แล้ว"
    assert _codes(texts=[wrong, wrong.replace("๒๕๖๘", "๒๕๖๗"), "ประจำปีงบประมาณ พ.ศ. ๒๕๖๘"]) == [
        "analysed_year"
    ]


TITLES = ["๑. มาตรการเผยแพร่ข้อมูล", "๒. มาตรการกำกับการใช้รถ", "๓. มาตรการอบรม"]


def test_a_typed_list_names_what_the_table_has() -> None:
    measures = [{"title": title} for title in TITLES]
    typed = "ดังนี้\n๑. มาตรการเผยแพร่ ข้อมูล\n๒. มาตรการป้องกันการรับสินบน\n๓. มาตรการอบรม"
    problems = _problems(measures, texts=[typed])
    assert {problem.code for problem in problems} == {"list_mismatch"}
    assert any("มาตรการป้องกันการรับสินบน" in problem.message for problem in problems)
    assert any("มาตรการกำกับการใช้รถ" in problem.message for problem in problems)
    assert len(problems) == 2


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(TITLES),
        "**๑. มาตรการเผยแพร่ข้อมูล**\n๒) มาตรการกำกับการใช้รถ\n(๓) มาตรการอบรม",
        "๑. การใช้อำนาจ\n๒. การใช้งบประมาณ",
        "มีมาตรการป้องกันการรับสินบนและอื่น ๆ\n๑. มาตรการอบรม",
        "{measures_numbered}",
    ],
)
def test_no_other_text_is_taken_for_a_list_that_differs(text: str) -> None:
    assert _codes(*({"title": title} for title in TITLES), texts=[text]) == []


def test_a_signatory_without_a_name_is_told_by_post_or_role() -> None:
    rows = [
        Signatory(id="s1", document_id="d", ordinal=0, role="drafter", name="นางสาวตัวอย่าง ดีจริง"),
        Signatory(id="s2", document_id="d", ordinal=1, role="ความเห็นของปลัด", name=" "),
        Signatory(id="s3", document_id="d", ordinal=2, role="ความเห็นของนายก", position="นายกเทศมนตรีตำบลงามดี"),
    ]
    problems = _problems(signatories=rows)
    assert [problem.code for problem in problems] == ["signatory_missing"] * 2
    assert "ความเห็นของปลัด" in problems[0].message
    assert "นายกเทศมนตรีตำบลงามดี" in problems[1].message
    assert _problems(signatories=rows[:1]) == []


def test_texts_of_the_document_and_evidence_are_looked_at_too() -> None:
    more: list[Row] = [
        Evidence(id="e", measure_id="m0", ordinal=0, title="ภาพถ่าย", url="https://a.example/๒๕๖๘.pdf"),
        Evidence(id="f", measure_id="m0", ordinal=1, round=6, url="https://a.example/๖.pdf"),
        Publication(id="b", document_id="d", ordinal=0, oit_item="O28", url="https://a.example/๒๘"),
    ]
    problems = _problems([{}], *more, texts=["ของเทศบาลตำบลงามมี เพื่อส่งเสริมส่งเสริมคุณธรรม"])
    assert sorted((problem.code, problem.field, problem.measure or 0) for problem in problems) == [
        ("digits_in_address", "evidence", 1),
        ("digits_in_address", "publication", 0),
        ("name_drift", "text0", 0),
        ("repeated_word", "text0", 0),
    ]


def test_a_name_without_end_is_told_and_not_read_to_its_end() -> None:
    """Each of them would be read up to the end of the text, which takes minutes."""
    endless = "เทศบาลตำบลงามดีอำเภอ" * 5_000
    (problem,) = [problem for problem in _problems([{"steps": endless}]) if problem.code == "name_drift"]
    assert len(problem.message) < 200


def test_every_code_is_tried_here() -> None:
    tried = {code for code, _fault, _near_miss in ONE_MEASURE}
    tried |= {"copied_text", "grade_mismatch", "analysed_year", "list_mismatch", "signatory_missing"}
    tried |= {"link_unusable"}
    assert tried == set(SEVERITIES)
