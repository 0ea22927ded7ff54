"""The commands between offices and their district, run as a user runs them."""

import itertools
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from storage.collection.offices import change, copy, finish, make

from itadesk import cli

pytestmark = pytest.mark.usefixtures("data")


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ITADESK_DATA", str(tmp_path / "data"))


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*words: object) -> tuple[int, str, str]:
        code = cli.main([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def where(tmp_path: Path) -> Path:
    return tmp_path / "เมือง.itacollection"


def test_package_writes_a_clean_copy_and_says_its_seal(run: Run, tmp_path: Path) -> None:
    path, out = make(tmp_path, "โคกสะอาด", years=(2568, 2569)), tmp_path / "ส่ง.itadesk"
    code, said, _errors = run("package", path, "-o", out, "--year", 2569, "--no-attachments")
    assert code == 0
    code, verified, _errors = run("verify", out, "--json")
    assert code == 0
    assert json.loads(verified)["seal"] in said
    assert run("package", path, "-o", out, "--year", 2560)[0] == 1


def test_collect_says_what_became_of_each_year(run: Run, tmp_path: Path, where: Path) -> None:
    one, other = make(tmp_path, "โคกสะอาด", years=(2568, 2569)), make(tmp_path, "แม่ทา")
    damaged = tmp_path / "เสีย.itadesk"
    damaged.write_bytes(one.read_bytes()[:20_000])
    code, said, _errors = run("collect", where, one, damaged, other, "--json")
    assert code == 1
    assert [(entry["decision"], entry["office"], entry["fiscal_year"]) for entry in json.loads(said)] == [
        ("added", "อบต.โคกสะอาด", 2568),
        ("added", "อบต.โคกสะอาด", 2569),
        ("refused", None, None),
        ("added", "อบต.แม่ทา", 2569),
    ]
    change(other, "ใหม่")
    code, said, _errors = run("collect", where, one, other)
    assert code == 0
    assert said.count("\n") == 3


def test_a_dry_run_takes_nothing(run: Run, tmp_path: Path, where: Path) -> None:
    path = make(tmp_path, "โคกสะอาด")
    for _time in range(2):
        code, said, _errors = run("collect", where, path, "--dry-run", "--json")
        assert code == 0
        assert [entry["decision"] for entry in json.loads(said)] == ["added"]


def test_a_dry_run_says_which_of_several_versions_is_the_newest(
    run: Run, tmp_path: Path, where: Path
) -> None:
    path = make(tmp_path, "โคกสะอาด", years=(2568, 2569))
    earlier = copy(path, "เก่า.itadesk")
    change(path, "ใหม่")
    code, said, _errors = run(
        "--lang", "en", "collect", where, path, make(tmp_path, "ไผ่ล้อม"), earlier, "--dry-run", "--json"
    )
    assert code == 0
    told = {(Path(entry["file"]).name, entry["fiscal_year"]): entry["message"] for entry in json.loads(said)}
    assert told["โคกสะอาด.itadesk", 2568].endswith("it is the newest.")
    assert told["เก่า.itadesk", 2568].endswith("Older than โคกสะอาด.itadesk, which came with it.")
    assert told["เก่า.itadesk", 2569].endswith("Says the same as โคกสะอาด.itadesk, which came with it.")
    assert told["ไผ่ล้อม.itadesk", 2569] == "New in this collection."


def test_a_fork_is_a_problem_to_look_at(run: Run, tmp_path: Path, where: Path) -> None:
    path = make(tmp_path, "โคกสะอาด")
    other = copy(path, "อีกเครื่อง.itadesk")
    change(path, "หนึ่ง")
    change(other, "สอง")
    assert run("collect", where, path)[0] == 0
    code, said, _errors = run("collect", where, other, "--json")
    assert code == 1
    assert [entry["decision"] for entry in json.loads(said)] == ["fork"]


def test_forks_that_come_together_are_left_whatever_their_order(
    run: Run, tmp_path: Path, where: Path
) -> None:
    path, alone = make(tmp_path, "โคกสะอาด"), make(tmp_path, "ไผ่ล้อม")
    before, other = copy(path, "ก่อน.itadesk"), copy(path, "อีกเครื่อง.itadesk")
    change(path, "หนึ่ง")
    change(other, "สอง")
    said: set[tuple[tuple[str, str], ...]] = set()
    for number, order in enumerate(itertools.permutations((path, other, before, alone))):
        collection = where.with_name(f"{number}.itacollection")
        code, told, _errors = run("collect", collection, *order, "--json")
        assert code == 1
        said.add(tuple(sorted((Path(entry["file"]).stem, entry["decision"]) for entry in json.loads(told))))
        code, told, _errors = run("summary", collection, "--json")
        assert [office["name"] for office in json.loads(told)["offices"]] == ["ไผ่ล้อม"]
    expected = {"โคกสะอาด": "fork", "อีกเครื่อง": "fork", "ก่อน": "older", "ไผ่ล้อม": "added"}
    assert said == {tuple(sorted(expected.items()))}


def test_of_versions_that_come_together_the_newest_is_taken(run: Run, tmp_path: Path, where: Path) -> None:
    path = make(tmp_path, "โคกสะอาด")
    earlier = copy(path, "ก่อน.itadesk")
    change(path, "ใหม่")
    code, told, _errors = run("collect", where, path, earlier, "--json")
    assert code == 0
    assert [entry["decision"] for entry in json.loads(told)] == ["added", "older"]
    assert [entry["decision"] for entry in json.loads(run("collect", where, path, "--json")[1])] == ["same"]


def test_summary_counts_offices_and_sums_up(run: Run, tmp_path: Path, where: Path) -> None:
    one, other = make(tmp_path, "โคกสะอาด", measures=6), make(tmp_path, "แม่ทา", measures=3)
    finish(other)
    run("collect", where, one, other)
    code, said, _errors = run("summary", where, "--json")
    assert code == 0
    found = json.loads(said)
    keys = ("name", "kind", "fiscal_year", "round", "measures", "not_started", "in_progress", "done")
    assert [tuple(office[key] for key in keys) for office in found["offices"]] == [
        ("โคกสะอาด", "อบต.", 2569, 6, 6, 2, 2, 2),
        ("แม่ทา", "อบต.", 2569, 6, 3, 0, 0, 3),
    ]
    assert {key: found["totals"][key] for key in keys[4:]} == {
        "measures": 9,
        "not_started": 2,
        "in_progress": 2,
        "done": 5,
    }
    assert run("summary", where, "--year", 2560, "--json")[1].count('"name"') == 0
    assert "โคกสะอาด" in run("summary", where)[1]


def test_what_is_no_collection_is_refused_and_untouched(run: Run, tmp_path: Path) -> None:
    path = make(tmp_path, "โคกสะอาด")
    before = path.read_bytes()
    code, _said, errors = run("summary", path)
    assert code == 1
    assert len(errors.splitlines()) == 2
    assert path.read_bytes() == before


def test_folders_and_archives_are_looked_into(run: Run, tmp_path: Path, where: Path) -> None:
    folder = tmp_path / "ส่งมา"
    folder.mkdir()
    one, other = make(folder, "โคกสะอาด"), make(tmp_path, "ไผ่ล้อม")
    (folder / "บันทึก.docx").write_bytes(b"x")
    with zipfile.ZipFile(folder / "แนบ.zip", "w") as archive:
        archive.write(other, other.name)
    broken = tmp_path / "เสีย.zip"
    broken.write_bytes(b"x")
    code, said, errors = run("collect", where, folder, broken, "--json")
    assert code == 1
    assert {(entry["office"], entry["decision"]) for entry in json.loads(said)} == {
        (None, "refused"), ("อบต.โคกสะอาด", "added"), ("อบต.ไผ่ล้อม", "added"),
    }  # fmt: skip
    assert "บันทึก.docx" in errors
    named = one.rename(tmp_path / "ไม่มีนามสกุล")
    assert json.loads(run("collect", where, named, "--json")[1])[0]["decision"] == "same"


@pytest.mark.parametrize("ending", [".pdf", ".docx", ".xlsx"])
def test_the_report_is_written_as_pdf_word_and_excel(
    run: Run, tmp_path: Path, where: Path, ending: str
) -> None:
    run("collect", where, make(tmp_path, "โคกสะอาด"))
    out = tmp_path / f"รายงาน{ending}"
    assert run("summary", where, "-o", out)[0] == 0
    assert out.stat().st_size > 1000
