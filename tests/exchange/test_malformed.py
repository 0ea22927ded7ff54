"""What is no table of measures, whatever it is called: a clear message with advice, and soon."""

import struct
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from exchange.office_files import HEAD, ROWS, excel, saved, word
from hypothesis import given
from hypothesis import strategies as st

from itadesk import i18n
from itadesk.errors import UserError
from itadesk.exchange import clipboard, office_package, sources
from itadesk.exchange.measure_tables import no_measures, read

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
GOOD = word((HEAD, *ROWS))
SHEET = excel((HEAD, *ROWS))
DOCUMENT, SHEET_PART = "word/document.xml", "xl/worksheets/sheet1.xml"


def zipped(**parts: bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return file.getvalue()


def changed(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            body = old.read(name)
            new.writestr(name, change(body) if name == part else body)
    return file.getvalue()


def main_part(target: str) -> dict[str, bytes]:
    relation = f'<Relationship Id="r" Type="http://x/officeDocument" Target="{target}"/>'
    return {"_rels__.rels": f'<Relationships xmlns="x">{relation}</Relationships>'.encode()}


def under_password(data: bytes) -> bytes:
    """The archive with the mark that its parts are encrypted."""
    marked = bytearray(data)
    for sign, flags in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = marked.find(sign)
        while at >= 0:
            marked[at + flags] |= 1
            at = marked.find(sign, at + 4)
    return bytes(marked)


def long_sheet() -> bytes:
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet()
    for number in range(100_000):
        sheet.append((f"มาตรการ {number}",))
    return saved(workbook)


def sheet_of_formulas() -> bytes:
    workbook = openpyxl.Workbook()
    assert workbook.active is not None
    for row in (HEAD[:2], ("=ข้อมูล!A1", "=ข้อมูล!B1")):
        workbook.active.append(row)
    return saved(workbook)


def hidden_sheet() -> bytes:
    workbook = openpyxl.load_workbook(BytesIO(SHEET))
    for number in range(2, 6):
        workbook.worksheets[0].row_dimensions[number].hidden = True
    return saved(workbook)


def more_rows(xml: bytes) -> bytes:
    row = b"<w:tr><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr>"
    return xml.replace(b"<w:tr>", row * 20_000 + b"<w:tr>", 1)


def deep(xml: bytes) -> bytes:
    return xml.replace(b"<w:p>", b"<w:sdt>" * 5_000 + b"<w:p>", 1).replace(
        b"</w:p>", b"</w:p>" + b"</w:sdt>" * 5_000, 1
    )


LAUGHS = b'<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
ODF = b"application/vnd.oasis.opendocument.text"
EMPTY, DAMAGED, OLD = "ว่างเปล่า", "เสียหาย หรือไม่ใช่แฟ้ม Word หรือ Excel", "เป็นแฟ้มชนิดที่โปรแกรมอ่านไม่ได้"
LARGE, LONG, UNREADABLE, NONE = "ใหญ่เกินไป", "มีเกิน 10,000 แถว", "เป็นตารางไม่ได้", "ไม่พบตารางมาตรการ"

FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "ว่าง.docx": (lambda: b"", EMPTY),
    "ว่าง.csv": (lambda: b"\r\n \r\n", EMPTY),
    "ตัดท้าย.docx": (lambda: GOOD[: len(GOOD) // 2], DAMAGED),
    "ตัดท้าย.xlsx": (lambda: SHEET[: len(SHEET) // 2], DAMAGED),
    "ไฟล์บีบอัด.docx": (lambda: zipped(a=b"b"), DAMAGED),
    "งานนำเสนอ.docx": (lambda: zipped(**main_part("ppt/presentation.xml")), DAMAGED),
    "ข้อความ.docx": (lambda: b"PK is not a zip", DAMAGED),
    "ไม่มีเนื้อความ.docx": (lambda: changed(GOOD, DOCUMENT, lambda _xml: b"<a/>"), DAMAGED),
    "ไม่มีสมุดงาน.xlsx": (lambda: changed(SHEET, "xl/workbook.xml", lambda _xml: b"<a/>"), DAMAGED),
    "ไบนารี.docx": (lambda: struct.pack("<99d", *range(99)), DAMAGED),
    "xml เสีย.docx": (lambda: changed(GOOD, DOCUMENT, lambda xml: xml[:-30]), DAMAGED),
    "xml เสีย.xlsx": (lambda: changed(SHEET, SHEET_PART, lambda xml: xml[:-30]), DAMAGED),
    "เอนทิตี.docx": (lambda: changed(GOOD, DOCUMENT, lambda xml: LAUGHS + xml.split(b"?>", 1)[1]), DAMAGED),
    "เอนทิตี.xlsx": (lambda: changed(SHEET, SHEET_PART, lambda xml: LAUGHS + xml), DAMAGED),
    "ซ้อนลึก.docx": (lambda: changed(GOOD, DOCUMENT, deep), DAMAGED),
    "รหัสในซิป.docx": (lambda: under_password(GOOD), DAMAGED),
    "รหัสผ่าน.xlsx": (lambda: OLE + bytes(99) + "EncryptedPackage".encode("utf-16-le"), "มีรหัสผ่านป้องกันอยู่"),
    "ปี 2546.doc": (lambda: OLE + bytes(999), OLD),
    "ปี 2546.xls": (lambda: OLE + bytes(999), OLD),
    "เก่า.rtf": (lambda: b"{\\rtf1\\ansi }", OLD),
    "เปิดออฟฟิศ.odt": (lambda: zipped(mimetype=ODF), OLD),
    "ไบนารี.xlsb": (lambda: zipped(**main_part("xl/workbook.bin")), OLD),
    "ตาราง 2003.xls": (lambda: b'<?xml version="1.0"?>\n<Workbook xmlns="urn:microsoft"/>', OLD),
    "หน้าเว็บ.doc": (lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related", OLD),
    "สแกน.pdf": (lambda: b"%PDF-1.7\n" + bytes(99), "เป็นแฟ้ม PDF"),
    "สแกน.docx": (lambda: b"%PDF-1.4\n" + bytes(99), "เป็นแฟ้ม PDF"),
    "ถ่าย.jpg": (lambda: b"\xff\xd8\xff\xe0" + bytes(99), "เป็นแฟ้มรูปภาพ"),
    "ถ่าย.xlsx": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(99), "เป็นแฟ้มรูปภาพ"),
    "ระเบิด.docx": (lambda: changed(GOOD, DOCUMENT, lambda xml: xml + b" " * 60_000_000), LARGE),
    "ระเบิด.xlsx": (lambda: changed(SHEET, SHEET_PART, lambda xml: xml + b" " * 60_000_000), LARGE),
    "แสนแถว.xlsx": (long_sheet, LONG),
    "แสนแถว.csv": (lambda: "ก,ข\n".encode() * 100_000, LONG),
    "หมื่นแถว.docx": (lambda: changed(GOOD, DOCUMENT, more_rows), LONG),
    "ร้อยคอลัมน์.docx": (
        lambda: changed(GOOD, DOCUMENT, lambda xml: xml.replace(b"<w:tc>", b"<w:tc/>" * 200 + b"<w:tc>", 1)),
        "มีเกิน 100 คอลัมน์",
    ),
    "ร้อยคอลัมน์.csv": (lambda: (",".join(["ก"] * 200) + "\n").encode() * 3, "มีเกิน 100 คอลัมน์"),
    "ผสานทั้งแผ่น.xlsx": (
        lambda: changed(
            SHEET,
            SHEET_PART,
            lambda xml: xml.replace(
                b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
            ),
        ),
        "มีเกิน 100 คอลัมน์",
    ),
    "ไบนารี.csv": (lambda: bytes(range(256)) * 40, UNREADABLE),
    "ช่องยาว.csv": (lambda: ("ก" * 200_000).encode(), UNREADABLE),
    "แฟ้มหน่วยงาน.itadesk": (lambda: b"SQLite format 3\0" + bytes(3000), UNREADABLE),
    "ข้อความยาว.csv": (lambda: f"มาตรการ,ขั้นตอน\n{'ก' * 100_001},ข\n".encode(), "ยาวเกินไป"),
    "ไม่มีตาราง.docx": (lambda: word(lines=("ก", "ข")), NONE),
    "รายชื่อ.xlsx": (lambda: excel((("ชื่อ", "สกุล", "เบอร์"), ("ก", "ข", "1"))), NONE),
    "เปล่า.xlsx": (lambda: excel((("",),)), NONE),
    "ว่าง.html": (lambda: b"<html><body><p>x</p></body></html>", NONE),
    "มีแต่สูตร.xlsx": (sheet_of_formulas, NONE),
    "ซ่อนทุกแถว.xlsx": (hidden_sheet, NONE),
    "ละติน.csv": ("caf\xe9;na\xefve\n".encode("latin-1").__bytes__, NONE),
}  # fmt: skip


@pytest.fixture
def in_thai():
    before = i18n.language()
    i18n.install("th")
    yield
    i18n.install(before)


def measures(path: Path, data: bytes) -> int:
    reading = read(sources.grids(path, data), 2568, 12)
    if not reading.entries:
        raise no_measures([reading])
    return len(reading.entries)


@pytest.mark.parametrize("name", FILES)
def test_a_clear_thai_message_with_advice(in_thai, name: str) -> None:
    make, wanted = FILES[name]
    with pytest.raises(UserError) as caught:
        measures(Path(name), make())
    assert wanted in caught.value.message
    assert caught.value.advice
    assert not any("a" <= letter <= "z" for letter in caught.value.advice.replace(".docx", "").replace(".xlsx", "")
                   .replace("Word", "").replace("Excel", "").replace("Calc", ""))  # fmt: skip


@pytest.mark.parametrize(("name", "words"), [("มีแต่สูตร.xlsx", "A2, B2"), ("ซ่อนทุกแถว.xlsx", "ซ่อน")])
def test_the_advice_says_why_nothing_was_found(in_thai, name: str, words: str) -> None:
    with pytest.raises(UserError) as caught:
        measures(Path(name), FILES[name][0]())
    assert words in caught.value.advice


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("มาโคร.docm", GOOD),
        ("มาโคร.xlsm", SHEET),
        ("เลขแถวผิด.xlsx", changed(SHEET, SHEET_PART, lambda xml: xml.replace(b'r="1"', b'r="-5"', 1))),
        ("ไม่มีบอม.csv", "มาตรการ,ขั้นตอน,ผู้รับผิดชอบ\nก,ข,กองคลัง\nค,ง,กองช่าง\nจ,ฉ,กองช่าง".encode("utf-16-le")),
    ],
)
def test_what_can_be_read_all_the_same_is(name: str, data: bytes) -> None:
    assert measures(Path(name), data) == 3


def test_nothing_of_a_bomb_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_package, "SIZE_LIMIT", 100_000)
    with pytest.raises(UserError, match="too large"):
        measures(Path("ก.docx"), changed(GOOD, DOCUMENT, lambda xml: xml + b" " * 1_000_000))


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<table>" + "<tr><td>ก" * 10_001, ""),
        ("<table>" * 3000, ""),
        ("<table><tr><td>" * 3000 + "ก", ""),
        ("<table><tr><td rowspan=9999 colspan=99>ก" * 50, ""),
        ("", "ก\tข\n" * 10_001),
        ("<table><tr><td>" + "ก" * 1_000_000 + "<td>ข</table>", ""),
    ],
)
def test_malformed_tables_on_the_clipboard(html: str, text: str) -> None:
    assert outcome(html, text) in ("refused with advice", "nothing")


def outcome(html: str, text: str) -> str:
    try:
        reading = read(clipboard.grids(html, text), 2568, 12)
    except UserError as error:
        return "refused with advice" if error.advice else "refused"
    return "measures" if reading.entries else "nothing"


def read_or_refused(name: str, data: bytes) -> str:
    try:
        sources.grids(Path(name), data)
    except UserError as error:
        return "refused with advice" if error.advice else "refused"
    return "read"


@pytest.mark.parametrize(("name", "good"), [("ก.docx", GOOD), ("ก.xlsx", SHEET)])
@given(data=st.data())
def test_any_damage_is_read_or_refused(name: str, good: bytes, data) -> None:
    bad = bytearray(good)
    for _ in range(data.draw(st.integers(1, 8))):
        bad[data.draw(st.integers(0, len(bad) - 1))] = data.draw(st.integers(0, 255))
    assert read_or_refused(name, bytes(bad)) != "refused"


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert read_or_refused("ก.csv", data) != "refused"
