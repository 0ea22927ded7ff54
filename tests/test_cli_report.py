"""`itadesk report`: every form in every format, layouts of an office's own, and what cannot be printed."""

import json
import re
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pypdfium2
import pytest
from docx.oxml.ns import qn

from itadesk import cli, paths
from itadesk.documents.layouts import ORDER

Report = Callable[..., tuple[int, str]]

TABLE = """
title = "แบบของเรา"

[texts.heading]
label = "หัวเรื่อง"
default = "รายงานของ{office} ปี {fiscal_year} {round_title}"

[[section]]
landscape = true
page_number = "of_total"

[[section.part]]
kind = "paragraph"
text = "heading"
bold = true

[[section.part]]
kind = "table"
"""


def column(field: str, heading: str, more: str = "") -> str:
    return f'[[section.part.column]]\nfield = "{field}"\nheading = "{heading}"\n{more}\n'


def measure(title: str, **more: object) -> dict[str, object]:
    empty = dict.fromkeys(("steps", "responsible", "period", "follow_up"), "")
    return {"title": title, **empty, **more}


def said(path: Path) -> str:
    """All that the file says, without blanks; of a table each cell once."""
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path.read_bytes()) as document:
            text = "".join(page.get_textpage().get_text_bounded() for page in document)
    elif path.suffix == ".docx":
        body = docx.Document(BytesIO(path.read_bytes())).element.body
        text = "".join(found.text or "" for found in body.iter(qn("w:t")))
    else:
        book = openpyxl.load_workbook(path)
        text = "".join(
            str(value) for sheet in book for row in sheet.values for value in row if value is not None
        )
    return "".join(text.split())


@pytest.fixture
def report(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Report:
    """Print a report of these measures; gives the exit code and what was said of errors. The files lie in tmp_path."""
    monkeypatch.setenv("LANGUAGE", "")

    def report(
        measures: list[dict[str, object]],
        *words: object,
        toml: str | None = None,
        documents: Sequence[object] = (),
    ) -> tuple[int, str]:
        form, file = tmp_path / "form.json", tmp_path / "office.itadesk"
        office = {"kind": "เทศบาลตำบล", "name": "ตัวอย่าง", "district": "สมมติ", "province": "ตัวอย่าง"}
        year = {"fiscal_year": 2566, "measures": measures, "documents": list(documents)}
        form.write_text(json.dumps({"itadesk": 1, "office": office, **year}), "utf-8")
        file.unlink(missing_ok=True)
        assert cli.main(["new", str(file), "--from", str(form)]) == 0
        if toml is not None:
            (tmp_path / "own.toml").write_text(toml, "utf-8")
            words = ("--layout", tmp_path / "own.toml", *words)
        capsys.readouterr()
        code = cli.main(["--lang", "en", "report", str(file), *map(str, words)])
        return code, capsys.readouterr().err

    return report


@pytest.mark.parametrize("ending", [".pdf", ".docx", ".xlsx"])
@pytest.mark.parametrize("name", ORDER)
def test_every_form_of_the_example_in_every_format(tmp_path: Path, name: str, ending: str) -> None:
    file, out = tmp_path / "office.itadesk", tmp_path / f"report{ending}"
    assert cli.main(["new", str(file), "--example"]) == 0
    assert (
        cli.main(["report", str(file), "--layout", name, "--year", "2568", "--round", "12", "-o", str(out)])
        == 0
    )
    text = said(out)
    (year, _newest) = json.loads((paths.resources() / "example" / "example.json").read_text("utf-8"))["years"]
    for row in year["measures"]:
        title = "".join(row["title"].split())
        assert title in text


@pytest.mark.parametrize("ending", [".pdf", ".docx", ".xlsx"])
def test_a_layout_of_the_offices_own_prints_every_cell_once(
    report: Report, tmp_path: Path, ending: str
) -> None:
    toml = TABLE + 'group_by = "heading"\ngroup_heading = "{name}"\nnumbering = "per_group"\n'
    toml += (
        column("number", "ที่")
        + column("title", "เรื่อง", "width = 6")
        + column("suggestion", "เสนอแนะ", 'empty = "-"')
    )
    rows = [
        measure("แจกคู่มือ", heading="งานทะเบียน"),
        measure("ตรวจพัสดุ"),
        measure(
            "เปิดข้อมูล", heading="งานทะเบียน", progress={"6": {"status": "done", "suggestion": "ควรทำทุกเดือน"}}
        ),
    ]
    out = tmp_path / f"own{ending}"
    assert report(rows, "--round", "6", "-o", out, toml=toml) == (0, "")
    text = said(out)
    assert "ที่เรื่องเสนอแนะงานทะเบียน๑๑.แจกคู่มือ-๒๒.เปิดข้อมูลควรทำทุกเดือนอื่นๆ๑๑.ตรวจพัสดุ-" in text
    if ending != ".xlsx":
        assert "รายงานของเทศบาลตำบลตัวอย่างปี๒๕๖๖รอบ๖เดือน(ตุลาคม๒๕๖๕-มีนาคม๒๕๖๖)" in text


def test_the_round_asked_for_is_that_of_the_cells_whatever_the_stored_document_says(
    report: Report, tmp_path: Path
) -> None:
    progress = {
        round_: {"status": "done", "result": result} for round_, result in (("6", "ครึ่งปี"), ("12", "ทั้งปี"))
    }
    toml = TABLE + column("result", "ผล")
    documents = [{"layout": "own", "round": None}]
    for words, shown, named in (
        (("--round", "6"), "ครึ่งปี", True),
        ((), "ทั้งปี", False),
        (("--round", "none"), "ทั้งปี", False),
    ):
        out = tmp_path / "round.pdf"
        assert report(
            [measure("หนึ่ง", progress=progress)], *words, "-o", out, toml=toml, documents=documents
        ) == (0, "")
        text = said(out)
        assert shown in text
        assert ("รอบ๖เดือน" in text) == named
        assert "รอบ๑๒เดือน" not in text


def test_forty_columns_and_a_head_of_two_levels(report: Report, tmp_path: Path) -> None:
    toml = TABLE + "".join(column("title", f"ช่อง {at}", f'over = "กลุ่ม {at // 20}"') for at in range(40))
    for ending in (".pdf", ".docx", ".xlsx"):
        out = tmp_path / f"wide{ending}"
        assert report([measure("หนึ่ง"), measure("สอง")], "-o", out, toml=toml) == (0, "")
        assert said(out).count("สอง") == 40


def test_no_measures_give_the_head_alone(report: Report, tmp_path: Path) -> None:
    for name in ORDER:
        for ending in (".pdf", ".docx", ".xlsx"):
            assert report([], "--layout", name, "-o", tmp_path / f"{name}{ending}") == (0, "")
            assert "มาตรการ" in said(tmp_path / f"{name}{ending}")


def test_a_cell_of_a_hundred_thousand_letters(report: Report, tmp_path: Path) -> None:
    monster = "".join(f"ขั้นตอนที่ {at} ตรวจสอบการใช้ทรัพย์สินของราชการ " for at in range(2_200))[:100_000].strip()
    rows = [measure("ยาว", steps=monster), measure("สั้น")]
    toml = TABLE + column("title", "เรื่อง") + column("steps", "ขั้นตอน")
    for ending in (".pdf", ".docx"):
        out = tmp_path / f"long{ending}"
        assert report(rows, "--digits", "arabic", "-o", out, toml=toml) == (0, "")
        between = re.compile(r"หน้า\d+/\d+(เรื่องขั้นตอน)?")  # a page's foot, and the head of the next
        assert "".join(monster.split()) in between.sub("", said(out))
    code, told = report(rows, "-o", tmp_path / "long.xlsx", toml=toml)
    assert code == 1
    assert "ขั้นตอนที่ ๐" in told
    assert len(told.splitlines()) == 2
    assert not (tmp_path / "long.xlsx").exists()


@pytest.mark.parametrize(
    ("toml", "named"),
    [
        (TABLE, "column"),
        (
            TABLE.replace("[[section]]", "[[section]]\ncolour = 3", 1) + column("title", "ก"),
            "section[1].colour",
        ),
        (TABLE.replace("{office}", "{ofice}") + column("title", "ก"), "{ofice}"),
        (TABLE + column("titel", "ก"), "section[1].part[2].column[1].field"),
        ('title = "ก\n', "line 1"),
        (TABLE + column("title", "ก", "width = 50"), "section[1].part[2].column[1].width"),
    ],
)
def test_a_faulty_layout_is_refused_with_its_line_or_key(
    report: Report, tmp_path: Path, toml: str, named: str
) -> None:
    code, told = report([measure("หนึ่ง")], "-o", tmp_path / "x.pdf", toml=toml)
    assert code == 1
    assert named in told
    assert len(told.splitlines()) == 2
    assert not (tmp_path / "x.pdf").exists()


def test_a_formula_stays_a_text_in_excel(report: Report, tmp_path: Path) -> None:
    toml = TABLE + column("title", "เรื่อง")
    assert report([measure("=1+1"), measure("@SUM(A1)")], "-o", tmp_path / "f.xlsx", toml=toml) == (0, "")
    cells = [
        cell for sheet in openpyxl.load_workbook(tmp_path / "f.xlsx") for row in sheet.rows for cell in row
    ]
    assert {"=๑+๑", "@SUM(A1)"} <= {str(cell.value) for cell in cells}
    assert all(cell.data_type in "sn" for cell in cells)
