"""What can be read of a damaged file comes back in a valid one; what does not is told, and nothing is overwritten."""

import json
import random
import re
import sqlite3
from pathlib import Path

import pytest
from storage.conftest import Open
from storage.mutations import PAGE
from storage.office import DOCUMENT, MEASURES, USER, YEAR, an_id, an_office, ask, change, measure_id, titles
from storage.spoiling import an_original

from itadesk import cli
from itadesk.domain.model import Document, Evidence, FiscalYear, Measure, Office, Progress, Status, Unit
from itadesk.domain.snapshot import TABLES, Snapshot
from itadesk.errors import UserError
from itadesk.storage import backup, good_backup, opener, operations, salvage
from itadesk.storage.lock import Locked
from itadesk.storage.office_file import OfficeFile
from itadesk.storage.opener import Newer, Verdict
from itadesk.storage.pages import Pages
from itadesk.storage.salvage import Salvaged


@pytest.fixture
def out(place: Path) -> Path:
    return place / "กู้.itadesk"


def salvaged(path: Path, out: Path) -> tuple[Salvaged, Snapshot]:
    """What came back; it is whole, and the damaged file as it was."""
    before = path.read_bytes()
    result = salvage.salvage(path, out, user=USER)
    assert path.read_bytes() == before
    report = opener.verify(out)
    assert (report.verdict, report.problems) == (Verdict.CLEAN, ())
    file = OfficeFile.view(out)
    file.close()
    return result, file.snapshot


def counts(result: Salvaged, table: str) -> tuple[int, int]:
    count = next(count for count in result.counts if count.table == table)
    return count.found, count.expected


def page_of(path: Path, text: str) -> int:
    """Where the page begins on which a text stands first."""
    return path.read_bytes().index(text.encode()) // PAGE * PAGE


def blot(path: Path, start: int, content: bytes = bytes(PAGE)) -> None:
    spoiled = bytearray(path.read_bytes())
    spoiled[start : start + len(content)] = content
    path.write_bytes(spoiled)


def drop(path: Path, table: str, where: str = "1") -> None:
    """Take rows away as a fault does: what belongs to them stays, and so do indexes."""
    change(path, "PRAGMA foreign_keys = OFF", f"DELETE FROM {table} WHERE {where}")


def test_of_a_whole_file_everything_comes_back(place: Path, out: Path) -> None:
    path = place / "หลัก.itadesk"
    an_original(path)
    result, content = salvaged(path, out)
    assert result.missing == []
    assert counts(result, "attachment") == (5, 5)
    file = OfficeFile.view(path)
    file.close()
    assert content == file.snapshot
    for table in ("history", "attachment", "setting"):
        said = f"SELECT * FROM {table} ORDER BY 1"
        assert ask(out, said) == ask(path, said)


@pytest.mark.parametrize("size", [512, 1024, 65536])
def test_pages_may_have_any_size(path: Path, out: Path, size: int) -> None:
    change(path, f"PRAGMA page_size = {size}", "VACUUM")
    assert salvaged(path, out)[1] == an_office()


def test_each_page_may_be_gone(path: Path, out: Path) -> None:
    original = path.read_bytes()
    kept = 0
    for start in range(0, len(original), PAGE):
        path.write_bytes(original)
        blot(path, start)
        result, content = salvaged(path, out)
        same = content == an_office()
        kept += same
        assert same or result.missing
        out.unlink()
    assert kept > len(original) // PAGE // 2, "schema, indexes and first pages can be done without"


def test_the_schema_may_be_gone(path: Path, out: Path) -> None:
    content = bytearray(path.read_bytes())
    for found in re.finditer(rb"CREATE TABLE|CREATE INDEX|sqlite_autoindex", bytes(content)):
        start = found.start() // PAGE * PAGE
        content[start : start + PAGE] = bytes(PAGE)
    path.write_bytes(content)
    result, restored = salvaged(path, out)
    assert restored == an_office()
    assert counts(result, "measure") == (MEASURES, MEASURES)


def test_a_file_that_was_cut_gives_its_beginning(place: Path, out: Path) -> None:
    path = place / "ยาว.itadesk"
    OfficeFile.create(path, an_office(400).rows(), user=USER).close()
    whole = path.read_bytes()
    path.write_bytes(whole[: page_of(path, "มาตรการที่ 200")])
    result, content = salvaged(path, out)
    found, expected = counts(result, "measure")
    assert 100 < found < 300
    assert found == len(content.all(Measure))
    assert expected >= found
    assert any("more may be missing" in said for said in result.missing)


def test_letters_that_cannot_be_read_are_shown(path: Path, out: Path) -> None:
    spoiled = path.read_bytes().replace(
        "มาตรการที่ 2".encode(), b"\xff" + "าตรการที่ 2".encode().rjust(31, b"\xff")
    )
    assert spoiled != path.read_bytes()
    path.write_bytes(spoiled[: path.stat().st_size])
    result, content = salvaged(path, out)
    (title,) = [title for title in titles(content) if "\ufffd" in title]
    assert title.endswith("ที่ 2")
    assert any("\ufffd" in said for said in result.missing)


def test_what_no_clerk_types_does_not_come_back(path: Path, out: Path) -> None:
    change(path, "UPDATE measure SET title = title || char(8238) || char(27) WHERE ordinal = 1")
    assert salvaged(path, out)[1] == an_office()


def test_the_rows_of_every_table_have_a_name_for_people() -> None:
    assert salvage.NAMES.keys() == {*TABLES, "attachment"}


# What lost its parent


def test_progress_and_evidence_of_a_lost_measure_stay_under_what_the_history_tells(
    path: Path, out: Path, opened: Open
) -> None:
    file = opened(path)
    file.edit(lambda edit: operations.set_field(edit, Measure, measure_id(1), "title", "มาตรการที่จำได้"))
    file.close()
    drop(path, "measure", "ordinal IN (1, 2)")
    result, content = salvaged(path, out)
    assert counts(result, "measure") == (2, 2), "the index was told"
    restored = content.all(Measure)
    assert restored[measure_id(1)].title == "มาตรการที่จำได้"
    assert "lost" in restored[measure_id(2)].title
    assert content.progress(measure_id(2), 6) is not None
    assert content.progress(measure_id(2), 6) == an_office().progress(measure_id(2), 6)
    assert len(content.all(Evidence)) == MEASURES
    assert any("2 measures" in said for said in result.missing)


def test_lost_measures_are_named_as_far_as_the_history_knows_them(
    path: Path, out: Path, opened: Open
) -> None:
    file = opened(path)
    file.edit(lambda edit: operations.set_field(edit, Measure, measure_id(1), "title", "มาตรการที่จำได้"))
    file.close()
    blot(path, page_of(path, "มาตรการที่ 2"))
    result, content = salvaged(path, out)
    assert result.lost == ("มาตรการที่จำได้",)
    assert counts(result, "measure") == (0, MEASURES)
    assert len(content.all(Progress)) == MEASURES


def test_what_was_deleted_on_purpose_is_not_missed(path: Path, out: Path, opened: Open) -> None:
    file = opened(path)
    file.edit(lambda edit: operations.delete_measures(edit, [measure_id(1)]))
    file.close()
    result, content = salvaged(path, out)
    assert result.missing == []
    assert measure_id(1) not in content.all(Measure)


def test_deleted_rows_on_pages_given_up_do_not_come_back(path: Path, out: Path) -> None:
    change(
        path,
        "PRAGMA foreign_keys = ON",
        "PRAGMA secure_delete = OFF",
        f"DELETE FROM fiscal_year WHERE id = '{YEAR}'",
    )
    _result, content = salvaged(path, out)
    assert list(content.all(Measure)) == []


def test_a_lost_year_is_put_where_everybody_sees_it(path: Path, out: Path) -> None:
    drop(path, "fiscal_year")
    result, content = salvaged(path, out)
    assert [year.year for year in content.fiscal_years] == [2540]
    assert len(content.children(Measure, YEAR)) == MEASURES
    assert content.get(Document, DOCUMENT) is not None
    assert any("2540" in said for said in result.missing)


def test_a_lost_office_leaves_one_without_a_name(path: Path, out: Path) -> None:
    drop(path, "office")
    result, content = salvaged(path, out)
    assert content.office.full_name == ""
    assert len(content.children(Unit, content.office.id)) == 2
    assert any("office" in said for said in result.missing)


def test_parts_of_a_lost_document_mean_nothing_alone(path: Path, out: Path) -> None:
    drop(path, "document")
    result, content = salvaged(path, out)
    assert not content.all(Document)
    assert any("1" in said for said in result.missing if said.startswith("Reports"))


def test_a_lost_attachment_is_named_and_its_evidence_stays(place: Path, out: Path) -> None:
    path = place / "หลัก.itadesk"
    an_original(path)
    change(path, "UPDATE attachment SET data = x'00' WHERE media_type = 'image/png' AND size > 18000")
    result, content = salvaged(path, out)
    (evidence,) = [row for row in content.all(Evidence).values() if row.file_name == "ภาพ 2.png"]
    assert evidence.attachment is None
    assert "Attached file lost: ภาพ 2.png" in result.missing
    assert counts(result, "attachment") == (4, 5)


def test_pages_of_another_document_do_not_make_two_offices(path: Path, place: Path, out: Path) -> None:
    other = place / "อื่น.itadesk"
    office = Office(id=an_id(77), name="อื่น")
    year = FiscalYear(id=an_id(78), office_id=office.id, year=2569)
    OfficeFile.create(other, [office, year, Unit(id=an_id(79), office_id=office.id, ordinal=0, name="กอง"),
                              Measure(id=an_id(80), fiscal_year_id=year.id, ordinal=9, title="ของอื่น")], user=USER
                      ).close()  # fmt: skip
    path.write_bytes(path.read_bytes() + other.read_bytes()[: -(other.stat().st_size % PAGE) or None])
    result, content = salvaged(path, out)
    assert content.office == an_office().office
    assert "ของอื่น" in titles(content)
    assert len(content.fiscal_years) == 2
    assert {unit.name for unit in content.all(Unit).values()} >= {"กองคลัง", "กอง"}
    assert result.path == out


def test_tables_that_look_alike_are_told_apart_by_their_parents(path: Path, out: Path) -> None:
    change(path, "UPDATE progress SET result = '', outcome = '', suggestion = '', status = 'done'")
    _result, content = salvaged(path, out)
    assert len(content.all(Progress)) == MEASURES
    assert {row.status for row in content.all(Progress).values()} == {Status.DONE}


# The new file


def test_it_is_the_same_document_without_ancestors(path: Path, out: Path, opened: Open) -> None:
    file = opened(path)
    file.edit(lambda edit: operations.set_field(edit, Office, file.snapshot.office.id, "phone", "1"))
    file.close()
    salvaged(path, out)
    ((uuid, branch, revision),) = ask(path, "SELECT uuid, branch, revision FROM doc")
    ((again, fresh, at),) = ask(out, "SELECT uuid, branch, revision FROM doc")
    assert (again, at) == (uuid, revision)
    assert fresh != branch
    assert ask(out, "SELECT branch FROM lineage") == [(fresh,)]
    opened(out).close()


def test_a_file_that_is_there_is_never_replaced(path: Path, out: Path) -> None:
    for taken in (path, out):
        out.write_bytes(b"x")
        before = taken.read_bytes()
        with pytest.raises(UserError):
            salvage.salvage(path, taken, user=USER)
        assert taken.read_bytes() == before


def test_where_nothing_is_nothing_comes_back(place: Path, out: Path, data: Path) -> None:
    path = place / "แฟ้ม.itadesk"
    for content in (b"", b"x", bytes(50_000), random.Random(1).randbytes(50_000), b"%PDF" * 9999):
        path.write_bytes(content)
        with pytest.raises(UserError):
            salvage.salvage(path, out, user=USER)
        assert not out.exists()
    assert list((data / "work").iterdir()) == []


def test_a_newer_file_is_not_guessed_at(path: Path, out: Path) -> None:
    change(path, "PRAGMA user_version = 9")
    with pytest.raises(Newer):
        salvage.salvage(path, out, user=USER)


def test_a_file_in_the_new_place_that_is_open_elsewhere_is_left(path: Path, out: Path, opened: Open) -> None:
    opened(path).save_copy(out)
    open_there = opened(out)
    out.unlink()
    with pytest.raises(Locked):
        salvage.salvage(path, out, user=USER)
    assert open_there.path == out


def test_an_overflow_chain_counts_once(path: Path) -> None:
    """A small file cannot say endlessly much by pointing to the same pages again and again."""
    change(path, "UPDATE measure SET steps = replace(hex(zeroblob(40000)), '0', 'ก') WHERE ordinal = 0")
    content = bytearray(path.read_bytes())
    start = content.index("มาตรการที่ 0".encode()) // PAGE * PAGE
    count = (PAGE - 8) // 2 // 2
    first = content[start + 8 : start + 10]
    content[start + 3 : start + 5] = count.to_bytes(2, "big")
    for cell in range(count):
        content[start + 8 + 2 * cell : start + 10 + 2 * cell] = first
    path.write_bytes(content)
    with path.open("rb") as file:
        long = [
            row for row in Pages.of(file).rows() if any(isinstance(v, str) and len(v) > 50_000 for v in row)
        ]
    assert len(long) <= 1


# The way there


def test_the_command_tells_what_is_missing(path: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop(path, "office")
    assert cli.main(["salvage", str(path), "-o", str(out), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["file"] == str(out)
    assert answer["whole"] is False
    assert answer["tables"]["measure"] == {"found": MEASURES, "expected": MEASURES}
    assert answer["remarks"]
    assert cli.main(["salvage", str(path), "-o", str(out)]) == 1
    out.unlink()
    assert cli.main(["salvage", str(path), "-o", str(out)]) == 0
    assert len(capsys.readouterr().out.splitlines()) > 10
    path.write_bytes(b"%PDF")
    out.unlink()
    assert cli.main(["salvage", str(path), "-o", str(out)]) == 1
    assert cli.main(["salvage", str(path), "-o", "x.pdf"]) == 2


def test_the_newest_whole_backup_is_found(path: Path, opened: Open, data: Path) -> None:
    for phone in ("1", "2", "3"):
        file = opened(path)
        file.edit(
            lambda edit, f=file, p=phone: operations.set_field(edit, Office, f.snapshot.office.id, "phone", p)
        )
        file.back_up()
        file.close()
    copies = backup.backups()
    copies[-1].path.write_bytes(b"spoiled")
    change(copies[-2].path, "UPDATE office SET phone = 'x'")
    blot(path, page_of(path, "มาตรการที่ 2"))
    found = good_backup.newest(path)
    assert found is not None
    assert found.path == copies[-3].path
    path.write_bytes(bytes(9000))
    assert good_backup.newest(path) == found, "by its place"
    moved = path.rename(path.parent.parent / path.name)
    assert good_backup.newest(moved) == found, "by its name"
    (data / "known.json").unlink()
    assert good_backup.newest(moved) is None


def test_sqlite_agrees_on_every_row(place: Path) -> None:
    path = place / "หลัก.itadesk"
    an_original(path, measures=300)
    with path.open("rb") as file:
        found = sorted(repr(row) for row in Pages.of(file).rows())
    connection = sqlite3.connect(path)
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    rows = [
        row for table in ["sqlite_schema", *tables] for row in connection.execute(f'SELECT * FROM "{table}"')
    ]
    connection.close()
    numbered = [(None, *row[1:]) if row[0] == 1 and len(row) == 12 else row for row in rows]
    assert found == sorted(map(repr, numbered))
