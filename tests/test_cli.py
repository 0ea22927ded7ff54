"""The command line through its real entry: what it writes, what it prints, how it ends."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from exchange.office_files import HEAD, ROWS, excel, word

from itadesk import cli, paths
from itadesk.domain.model import Measure, Office
from itadesk.exchange import json_file
from itadesk.storage import operations
from itadesk.storage.office_file import OfficeFile

Run = Callable[..., tuple[int, str, str]]
EXAMPLE = paths.resources() / "example" / "example.json"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run one command; gives exit code, output, errors."""
    monkeypatch.setenv("LANGUAGE", "")
    capsys.readouterr()

    def run(*words: object) -> tuple[int, str, str]:
        code = cli.main([str(word) for word in words])
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.fixture
def example(run: Run, tmp_path: Path) -> Path:
    path = tmp_path / "ตัวอย่าง.itadesk"
    assert run("new", path, "--example")[0] == 0
    return path


def pdf_text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    return "".join(page.get_textpage().get_text_bounded() for page in document)


def folded(text: str) -> str:
    return "".join(text.split())


def test_a_new_file_holds_an_office_and_this_fiscal_year(run: Run, tmp_path: Path) -> None:
    assert run("new", tmp_path / "ใหม่.itadesk")[0] == 0
    file = OfficeFile.view(tmp_path / "ใหม่.itadesk")
    assert len(file.snapshot.fiscal_years) == 1
    file.close()


def test_new_never_writes_over_a_file(run: Run, example: Path) -> None:
    before = example.read_bytes()
    code, out, err = run("new", example)
    assert (code, out) == (1, "")
    assert len(err.splitlines()) == 2
    assert example.read_bytes() == before


def test_export_and_import_into_a_new_file_give_the_same_json(
    run: Run, example: Path, tmp_path: Path
) -> None:
    first, copy, second = tmp_path / "1.json", tmp_path / "copy.itadesk", tmp_path / "2.json"
    assert run("export", example, first)[0] == 0
    assert run("new", copy, "--from", first)[0] == 0
    assert run("export", copy, second)[0] == 0
    assert json.loads(first.read_text("utf-8")) == json.loads(second.read_text("utf-8"))
    assert json.loads(first.read_text("utf-8"))["years"]


def test_report_writes_the_memo_of_the_newest_year(run: Run, example: Path, tmp_path: Path) -> None:
    out = tmp_path / "memo.pdf"
    assert run("report", example, "--layout", "memo", "-o", out) == (0, "", "")
    text = pdf_text(out)
    assert "บันทึกข้อความ" in text
    newest = json_file.read(EXAMPLE.read_bytes()).snapshot.fiscal_years[-1]
    assert str(newest.year).translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")) in text


def test_report_of_another_year_in_arabic_digits(run: Run, example: Path, tmp_path: Path) -> None:
    out = tmp_path / "memo.pdf"
    first = json_file.read(EXAMPLE.read_bytes()).snapshot.fiscal_years[0].year
    done = run(
        "report",
        example,
        "--layout",
        "memo",
        "--year",
        first,
        "--round",
        "6",
        "--digits",
        "arabic",
        "-o",
        out,
    )
    assert done[0] == 0
    assert str(first) in pdf_text(out)


def test_report_with_a_layout_from_a_file(run: Run, example: Path, tmp_path: Path) -> None:
    layout = tmp_path / "own.toml"
    layout.write_text(
        'title = "ตาราง"\n[[section]]\n[[section.part]]\nkind = "table"\n'
        '[[section.part.column]]\nfield = "title"\nheading = "ชื่อมาตรการ"\n',
        "utf-8",
    )
    assert run("report", example, "--layout", layout, "-o", tmp_path / "own.pdf")[0] == 0
    assert "ชื่อมาตรการ" in pdf_text(tmp_path / "own.pdf")


@pytest.mark.parametrize(
    "words",
    [
        ["--layout", "none-such", "-o", "x.pdf"],
        ["--layout", "missing.toml", "-o", "x.pdf"],
        ["--layout", "memo", "--year", "2500", "-o", "x.pdf"],
        ["--layout", "memo", "-o", "/nowhere/at/all/x.pdf"],
    ],
)
def test_a_report_that_cannot_be_made_says_why_and_what_to_do(
    run: Run, example: Path, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(example.parent)
    code, out, err = run("report", example, *words)
    assert (code, out) == (1, "")
    assert len(err.splitlines()) == 2
    assert not (example.parent / "x.pdf").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["report"],
        ["report", "x.itadesk", "--layout", "memo", "-o", "x.xyz"],
        ["report", "x.itadesk", "--layout", "memo", "--round", "7", "-o", "x.pdf"],
        ["nonsense", "x.itadesk"],
        ["--lang", "fr", "layouts"],
    ],
)
def test_wrong_use_ends_with_2_in_two_lines(run: Run, words: list[str]) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 2
    assert any("ก" <= letter <= "ฮ" for letter in err)


def test_english_wherever_the_option_stands(run: Run) -> None:
    for words in (["--lang", "en", "report"], ["report", "--lang=en"]):
        assert run(*words)[2].startswith("Wrong use")


@pytest.mark.parametrize("command", [(), ("report",)])
def test_help_is_thai_throughout(run: Run, command: tuple[str, ...]) -> None:
    code, out, _err = run(*command, "--help")
    assert code == 0
    assert not {"usage", "options", "show", "help"} & set(out.replace("--help", "").split())


def test_layouts_lists_columns(run: Run) -> None:
    code, out, _err = run("layouts")
    assert code == 0
    assert "memo:" in out
    assert "สถานการณ์ดำเนินงาน › ยังไม่ดำเนินงาน" in out


def test_import_adds_updates_and_skips(run: Run, example: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.itadesk"
    run("new", fresh)
    years = [row.year for row in json_file.read(EXAMPLE.read_bytes()).snapshot.fiscal_years]
    code, out, _err = run("import", fresh, EXAMPLE, "--json")
    results = json.loads(out)
    assert code == 0
    assert [entry["fiscal_year"] for entry in results] == years
    assert all(entry["added"] == len(entry["measures"]) for entry in results)
    again = json.loads(run("import", fresh, EXAMPLE, "--match", "skip", "--json")[1])
    assert all((entry["added"], entry["updated"]) == (0, 0) for entry in again)
    code, out, _err = run("import", fresh, EXAMPLE, "--match", "add", "--year", years[-1])
    assert code == 0
    assert results[-1]["measures"][0] in folded_lines(out)


def folded_lines(text: str) -> str:
    return "\n".join(line[6:] for line in text.splitlines())


def test_a_dry_run_changes_nothing(run: Run, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.itadesk"
    run("new", fresh)
    before = fresh.read_bytes()
    assert json.loads(run("import", fresh, EXAMPLE, "--dry-run", "--json")[1])[0]["added"] > 0
    assert fresh.read_bytes() == before


def test_verify_tells_clean_from_foreign(run: Run, example: Path, tmp_path: Path) -> None:
    code, out, _err = run("verify", example, "--json")
    verdict = json.loads(out)
    assert (code, verdict["verdict"], verdict["problems"]) == (0, "clean", [])
    assert len(verdict["seal"].split("-")) == 3
    other = tmp_path / "other.itadesk"
    other.write_bytes(b"%PDF-1.7 " + bytes(2000))
    code, out, _err = run("verify", other, "--json")
    assert (code, json.loads(out)["verdict"]) == (1, "foreign")


def test_a_missing_file_is_said_in_two_lines(run: Run, tmp_path: Path) -> None:
    for words in (["export", tmp_path / "no.itadesk", "o.json"], ["verify", tmp_path / "no.itadesk"]):
        code, out, err = run(*words)
        assert (code, out) == (1, "")
        assert len(err.splitlines()) == 2


def test_year_0_is_a_year_the_file_does_not_have(run: Run, example: Path, tmp_path: Path) -> None:
    code, _out, err = run("report", example, "--layout", "memo", "--year", "0", "-o", tmp_path / "x.pdf")
    assert code == 1
    assert "0" in err


def test_a_new_file_has_the_ending_that_people_look_for(run: Run, tmp_path: Path) -> None:
    code, _out, err = run("new", tmp_path / "office.txt")
    assert (code, len(err.splitlines())) == (1, 2)
    assert list(tmp_path.iterdir()) == []


def test_work_of_an_interrupted_session_is_announced_and_a_dry_run_leaves_it(run: Run, example: Path) -> None:
    file = OfficeFile.open(example, user="clerk")
    office = file.snapshot.office
    file.edit(lambda edit: operations.set_field(edit, Office, office.id, "phone", "1"))
    file.close(publish=False)
    before = example.read_bytes()
    assert run("layouts", example)[2] != ""
    assert run("import", example, EXAMPLE, "--dry-run")[2] != ""
    assert example.read_bytes() == before
    assert run("import", example, EXAMPLE)[2] != ""
    assert run("layouts", example)[2] == ""
    after = OfficeFile.view(example)
    assert after.snapshot.office.phone == "1"
    after.close()


def test_a_broken_layout_of_a_form_is_named(run: Run, tmp_path: Path) -> None:
    form = json.loads(EXAMPLE.read_text("utf-8")) | {"layouts": {"own": "a=["}}
    (tmp_path / "form.json").write_text(json.dumps(form), "utf-8")
    code, _out, err = run("new", tmp_path / "x.itadesk", "--from", tmp_path / "form.json")
    assert code == 0
    assert "own" in err


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs a shell with pipes")
def test_a_reader_that_stops_reading_is_no_fault(example: Path) -> None:
    command = f"'{sys.executable}' -m itadesk layouts '{example}' | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")


def test_selftest_passes() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "itadesk", "selftest"], capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(done.stdout.splitlines()) == 6


@pytest.mark.parametrize("ending", [".docx", ".xlsx", ".csv"])
def test_import_reads_the_tables_of_office_files(run: Run, tmp_path: Path, ending: str) -> None:
    office, source = tmp_path / "office.itadesk", tmp_path / f"ตาราง{ending}"
    table = (HEAD, *ROWS)
    line = "ประจำปีงบประมาณ พ.ศ. 2567"
    csv_text = "\n".join(",".join(f'"{text}"' for text in row) for row in ((line, "", "", "", ""), *table))
    source.write_bytes(
        {".docx": word(table, lines=(line,)), ".xlsx": excel(((line,), *table)), ".csv": csv_text.encode()}[
            ending
        ]
    )
    run("new", office)
    (dry,) = json.loads(run("import", office, source, "--dry-run", "--json")[1])
    assert (dry["fiscal_year"], dry["added"]) == (2567, 3)
    assert [row["measure"] for row in dry["rows"] if row["kind"] == "measure"] == [1, 2, 3]
    (done,) = json.loads(run("import", office, source, "--round", "6", "--json")[1])
    assert done["measures"] == [row[0] for row in ROWS]
    code, out, _err = run("import", office, source, "--round", "6", "--lang", "en")
    assert code == 0
    assert "0 added, 0 updated, 3 left as they were" in out
    assert "was taken from the words of the result" in out
    form = tmp_path / "out.json"
    run("export", office, form)
    years = json.loads(form.read_text(encoding="utf-8"))["years"]
    (year,) = [year for year in years if year["fiscal_year"] == 2567]
    told = [measure["progress"]["6"]["status"] for measure in year["measures"]]
    assert told == ["done", "in_progress", "not_started"]


def test_import_of_results_keeps_the_status_that_is_there(run: Run, tmp_path: Path) -> None:
    office, plan, more = tmp_path / "office.itadesk", tmp_path / "แผน.csv", tmp_path / "เพิ่ม.csv"
    plan.write_text("มาตรการ,ดำเนินงานเสร็จแล้ว,สถานะ\nก,,เสร็จแล้ว\n", encoding="utf-8")
    more.write_text("มาตรการ,ข้อเสนอแนะ\nก,ทำต่อ\n", encoding="utf-8")
    run("new", office)
    run("import", office, plan, "--round", "6")
    run("import", office, more, "--round", "6")
    run("export", office, tmp_path / "out.json")
    (measure,) = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["measures"]
    assert measure["progress"]["6"] == {"status": "done", "suggestion": "ทำต่อ"}


def test_import_of_one_round_says_what_it_leaves_of_the_other(run: Run, tmp_path: Path) -> None:
    office, source = tmp_path / "office.itadesk", tmp_path / "ก.json"
    rounds = {"6": {"status": "done"}, "12": {"status": "done", "result": "แล้วเสร็จ"}}
    texts = dict.fromkeys(("title", "steps", "responsible", "period", "follow_up"), "ก")
    form = {"itadesk": 1, "office": {"kind": "", "name": ""}, "fiscal_year": 2566, "documents": []}
    source.write_text(json.dumps(form | {"measures": [texts | {"progress": rounds}]}), encoding="utf-8")
    run("new", office)
    told = "Left out: what 1 measures say of the 12-month round, which was not asked for."
    _code, out, _err = run(
        "import", office, source, "--round", "6", "--year", "2566", "--dry-run", "--lang", "en"
    )
    assert told in out
    (part,) = json.loads(run("import", office, source, "--round", "6", "--json", "--lang", "en")[1])
    assert part["remarks"] == [told]
    assert "12" in run("import", office, source, "--round", "6")[1]
    (part,) = json.loads(run("import", office, source, "--json", "--lang", "en")[1])
    assert "remarks" not in part
    run("export", office, tmp_path / "out.json")
    exported = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    years = exported.get("years", [exported])
    (measure,) = [row for year in years for row in year["measures"]]
    assert measure["progress"] == rounds


def test_an_exported_excel_file_makes_the_same_measures(run: Run, example: Path, tmp_path: Path) -> None:
    fresh, sheet = tmp_path / "fresh.itadesk", tmp_path / "มาตรการ.xlsx"
    run("new", fresh)
    assert run("export", example, sheet)[0] == 0
    results = json.loads(run("import", fresh, sheet, "--json")[1])
    assert [entry["added"] for entry in results] == [len(entry["measures"]) for entry in results]
    again = json.loads(run("import", fresh, sheet, "--json")[1])
    assert all((entry["added"], entry["updated"]) == (0, 0) for entry in again)


def test_an_empty_table_to_fill_in(run: Run, example: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "แบบ.csv"
    assert run("export", example, sheet, "--template")[0] == 0
    (line,) = sheet.read_text(encoding="utf-8-sig").splitlines()
    assert "มาตรการ" in line
    code, _out, err = run("export", example, tmp_path / "a.json", "--template")
    assert (code, len(err.splitlines())) == (2, 2) or code == 1


def test_import_says_which_columns_are_not_taken(run: Run, tmp_path: Path) -> None:
    office, source = tmp_path / "office.itadesk", tmp_path / "ตาราง.csv"
    source.write_text("มาตรการ,งบประมาณ,ขั้นตอน\nก,9000,ข\n", encoding="utf-8")
    run("new", office)
    out = run("import", office, source, "--dry-run", "--lang", "en")[1]
    assert "The column “งบประมาณ” is not taken." in out
    assert out.count("is not taken") == 1


def test_import_joins_wrapped_lines_when_asked(run: Run, tmp_path: Path) -> None:
    file, source = tmp_path / "ก.itadesk", tmp_path / "จากพีดีเอฟ.csv"
    source.write_text('มาตรการ,ขั้นตอน\nก,"จัดทำคู่มือการปฏิบัติ\nงาน"\n', encoding="utf-8")
    for options, steps in (((), "จัดทำคู่มือการปฏิบัติ\nงาน"), (("--join-lines",), "จัดทำคู่มือการปฏิบัติงาน")):
        file.unlink(missing_ok=True)
        run("new", file)
        assert run("import", file, source, *options)[0] == 0
        opened = OfficeFile.view(file)
        (measure,) = opened.snapshot.all(Measure).values()
        opened.close()
        assert measure.steps == steps


def test_import_tells_hidden_rows_and_formulas(run: Run, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    for row in (("มาตรการ", "ขั้นตอน"), ("ก", "=ข้อมูล!A1"), ("ข", "ค")):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    workbook.save(tmp_path / "ก.xlsx")
    run("new", tmp_path / "ก.itadesk")
    told = run("import", tmp_path / "ก.itadesk", tmp_path / "ก.xlsx", "--dry-run", "--lang", "en")[1]
    assert "[hidden in the file, left out] ข" in told
    assert "B2" in told


def test_the_help_speaks_thai_throughout(run: Run) -> None:
    _code, out, _err = run("--help")
    assert "แสดงรุ่นของโปรแกรม" in out
    assert "show " not in out
