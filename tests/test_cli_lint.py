"""`itadesk lint`: what it prints of a file's faults, what it takes for needed, how it ends."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from itadesk import cli

Lint = Callable[..., tuple[int, str, str]]

MEASURES: list[dict[str, Any]] = [
    {
        "title": "มาตรการเผยแพร่ข้อมูล",
        "steps": "เผยแพร่ทุกเดือน",
        "responsible": "กองคลัง",
        "period": "ตลอดปีงบประมาณ",
        "follow_up": "",
        "progress": {"6": {"status": "in_progress", "result": "เผยแพร่แล้ว ๓ ครั้ง"}},
    },
    {
        "title": "มาตรการกำกับการใช้รถ",
        "steps": "ตรวจสอบทุกเดือน",
        "responsible": "กองช่าง",
        "period": "",
        "follow_up": "",
        "progress": {"12": {"status": "done", "result": "แจ้ง a๐๑@dla.example แล้ว"}},
    },
]


@pytest.fixture
def lint(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., tuple[int, str, str]]:
    """Make an office file of some interchange data and lint it; gives exit code, output, errors."""
    monkeypatch.setenv("LANGUAGE", "")

    def lint(form: dict[str, Any], *words: str) -> tuple[int, str, str]:
        source, file = tmp_path / "form.json", tmp_path / "office.itadesk"
        source.write_text(json.dumps(form, ensure_ascii=False), "utf-8")
        file.unlink(missing_ok=True)
        assert cli.main(["new", str(file), "--from", str(source)]) == 0
        capsys.readouterr()
        code = cli.main(["lint", str(file), *words])
        out, err = capsys.readouterr()
        return code, out, err

    return lint


def _form(measures: list[dict[str, Any]], *layouts: str) -> dict[str, Any]:
    documents = [{"layout": layout, "round": "12"} for layout in layouts]
    return {
        "itadesk": 1,
        "office": {"kind": "เทศบาลตำบล", "name": "งามดี"},
        "fiscal_year": 2568,
        "measures": measures,
        "documents": documents,
    }


def test_each_fault_is_a_line_with_its_place(lint: Lint) -> None:
    code, out, err = lint(_form(MEASURES), "--lang", "en")
    lines = out.splitlines()
    assert (code, err, len(lines)) == (1, "", 2)
    assert lines[0].startswith("2568 - 2 Period: ")
    assert lines[1].startswith("2568 12 2 Result: “a๐๑@dla.example”")


def test_json_has_the_documented_form(lint: Lint) -> None:
    code, out, err = lint(_form(MEASURES), "--json")
    problems = json.loads(out)
    assert (code, err) == (1, "")
    for problem in problems:
        assert problem.pop("message")
    assert problems == [
        {
            "code": "missing_field",
            "severity": "warning",
            "fiscal_year": 2568,
            "round": None,
            "measure": 2,
            "field": "period",
        },
        {
            "code": "digits_in_address",
            "severity": "error",
            "fiscal_year": 2568,
            "round": 12,
            "measure": 2,
            "field": "result",
            "suggestion": "a01@dla.example",
        },
    ]


def test_a_file_without_faults_is_good_and_says_nothing(lint: Lint) -> None:
    assert lint(_form(MEASURES[:1])) == (0, "", "")
    assert lint(_form(MEASURES[:1]), "--json") == (0, "[]\n", "")


def test_what_is_only_worth_a_look_is_told_and_good(lint: Lint) -> None:
    odd = MEASURES[0] | {"period": "ตามแผนของกอง"}
    code, out, _err = lint(_form([odd]), "--json")
    assert (code, [problem["severity"] for problem in json.loads(out)]) == (0, ["info"])


def test_only_what_the_documents_print_is_needed(lint: Lint) -> None:
    def missing(*layouts: str) -> list[str]:
        problems = json.loads(lint(_form(MEASURES, *layouts), "--json")[1])
        return [problem["field"] for problem in problems if problem["code"] == "missing_field"]

    assert missing("memo") == ["follow_up", "follow_up"]
    assert missing("outcomes") == ["period", "outcome"]
    assert missing() == ["period"]


def test_a_document_whose_layout_is_gone_does_not_stop_it(lint: Lint) -> None:
    code, out, err = lint(_form(MEASURES[:1], "none-such"), "--json")
    assert (code, json.loads(out)) == (0, [])
    assert "none-such" in err
