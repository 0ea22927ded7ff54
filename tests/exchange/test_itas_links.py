"""All links of a year for ITAS: grouped to be read, and in tables that Word and Excel take as text."""

import datetime as dt
from html.parser import HTMLParser
from typing import Any

from itadesk.domain.model import Document, Evidence, FiscalYear, Measure, Office, Publication
from itadesk.domain.snapshot import Snapshot
from itadesk.exchange import itas_links

YEAR = FiscalYear(id="y", office_id="o", year=2568)
OTHER = FiscalYear(id="x", office_id="o", year=2567)
PATH = "หน้าหลัก > ITA 2568 > O26"
TITLES = {"memo": "บันทึกข้อความ"}


def publication(number: int, url: str, **more: Any) -> Publication:
    return Publication(id=f"p{number}", document_id="d", ordinal=number, url=url, **more)


def proof(number: int, measure: str, url: str, **more: Any) -> Evidence:
    return Evidence(id=f"e{number}", measure_id=measure, ordinal=number, url=url, **more)


SNAPSHOT = Snapshot.of(
    [
        Office(id="o", kind="เทศบาลตำบล", name="งามดี"),
        YEAR,
        OTHER,
        Measure(id="m1", fiscal_year_id="y", ordinal=0, title="๑. มาตรการ <เปิดเผย>"),
        Measure(id="m2", fiscal_year_id="y", ordinal=1, title="ไม่มีลิงก์"),
        Measure(id="m3", fiscal_year_id="y", ordinal=2, title="มาตรการ\nสาม"),
        Measure(id="m4", fiscal_year_id="x", ordinal=0, title="ปีก่อน"),
        proof(0, "m1", "https://a.example/1?a=1&b=2", title="คู่มือ"),
        proof(1, "m1", "", title="ทะเบียน", file_name="a.pdf"),
        proof(2, "m1", "https://a.example/2", round=12, title="=1+1"),
        proof(3, "m3", "www.a.example", round=6),
        proof(4, "m4", "https://a.example/before"),
        Document(id="d", fiscal_year_id="y", ordinal=0, layout="memo", round=12),
        Document(id="e", fiscal_year_id="x", ordinal=0, layout="memo"),
        publication(0, "https://a.example/o26", oit_item="O26", click_path=PATH, date=dt.date(2025, 10, 15)),
        publication(1, "", oit_item="O27"),
        publication(2, "https://a.example/too"),
        Publication(id="q", document_id="e", ordinal=0, url="https://a.example/before"),
    ]
)
FOUND = itas_links.gather(SNAPSHOT, YEAR, TITLES)


def test_the_text_has_each_link_on_a_line_of_its_own() -> None:
    assert FOUND.count == 5
    assert itas_links.as_text(FOUND) == (
        "Links for ITAS, เทศบาลตำบลงามดี, fiscal year 2568\n\n"
        f"O26 บันทึกข้อความ (12-month round)\nhttps://a.example/o26\n{PATH}\nPublished on 15 ตุลาคม 2568\n\n"
        "บันทึกข้อความ (12-month round)\nhttps://a.example/too\n\n"
        "Evidence of the measures\n\n"
        "1. มาตรการ <เปิดเผย>\nคู่มือ\nhttps://a.example/1?a=1&b=2\n=1+1 (12-month round)\nhttps://a.example/2\n\n"
        "3. มาตรการ สาม\n6-month round\nwww.a.example\n"
    )


class _Cells(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
            assert tag == "th" or dict(attrs)["style"] == 'mso-number-format:"\\@"'
        elif tag == "a":
            self.links.append(dict(attrs)["href"] or "")

    def handle_data(self, data: str) -> None:
        if self.rows:
            self.rows[-1][-1] += data


def test_the_tables_have_a_link_a_row_and_nothing_is_markup() -> None:
    cells = _Cells()
    cells.feed(itas_links.as_html(FOUND))
    assert cells.rows[1:3] == [
        ["O26", "บันทึกข้อความ (12-month round)", "https://a.example/o26", PATH, "15 ตุลาคม 2568"],
        ["", "บันทึกข้อความ (12-month round)", "https://a.example/too", "", "Evidence of the measures"],
    ]
    assert cells.rows[4:] == [
        ["1", "มาตรการ <เปิดเผย>", "คู่มือ", "Whole year", "https://a.example/1?a=1&b=2"],
        ["1", "มาตรการ <เปิดเผย>", "=1+1", "12-month round", "https://a.example/2"],
        ["3", "มาตรการ สาม", "", "6-month round", "www.a.example"],
    ]
    assert cells.links == [row[2] for row in cells.rows[1:3]] + [row[4] for row in cells.rows[4:6]]


def test_a_subject_that_names_its_round_is_not_told_it_again() -> None:
    document = Document(
        id="d", fiscal_year_id="y", ordinal=0, layout="memo", round=12, subject="รายงาน 12-MONTH  round"
    )
    snapshot = Snapshot.of([Office(id="o"), YEAR, document, publication(0, "https://a.example")])
    (row,) = itas_links.gather(snapshot, YEAR, {}).published
    assert row.document == document.subject


def test_a_year_without_links_has_none() -> None:
    assert itas_links.gather(Snapshot.of([Office(id="o"), YEAR]), YEAR, {}).count == 0
