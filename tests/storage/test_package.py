"""The copy that is sent: whole or chosen years, its history left at home, its version that of the document."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from storage.conftest import Open
from storage.office import measure_id

from itadesk.domain.model import Evidence, FiscalYear, Measure, Printout
from itadesk.domain.snapshot import Snapshot
from itadesk.storage import opener
from itadesk.storage.office_file import OfficeFile
from itadesk.storage.operations import add_row, set_field
from itadesk.storage.package import Contents


@pytest.fixture
def file(path: Path, opened: Open) -> OfficeFile:
    file = opened(path)
    file.edit(lambda edit: set_field(edit, Measure, measure_id(0), "title", "แก้ไขแล้ว"))
    return file


def ask(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as database:
        return database.execute(query).fetchall()


def content_of(path: Path) -> Snapshot:
    file = OfficeFile.view(path)
    file.close()
    return file.snapshot


def attach(file: OfficeFile) -> None:
    def operation(edit):  # type: ignore[no-untyped-def]
        sha = edit.attach(b"%PDF-1.7 " + bytes(200_000), "application/pdf")
        add_row(edit, Evidence, measure_id(0), title="ประกาศ", attachment=sha, file_name="ประกาศ.pdf")

    file.edit(operation)


def test_the_whole_copy_has_the_document_s_seal_and_version_but_no_history(
    file: OfficeFile, path: Path, tmp_path: Path
) -> None:
    out = tmp_path / "ส่งอำเภอ.itadesk"
    written = file.pack(out, Contents())
    assert opener.verify(out).verdict == opener.Verdict.CLEAN
    version = "SELECT uuid, branch, revision, seal FROM doc"
    assert ask(out, version) == ask(path, version)
    assert written.seal == ask(path, "SELECT seal FROM doc")[0][0]
    assert written.size == out.stat().st_size
    assert ask(out, "SELECT count(*) FROM history") == [(0,)]
    assert ask(path, "SELECT count(*) > 0 FROM history") == [(1,)]
    assert content_of(out).all(Printout) == {}


def test_only_the_chosen_years_are_sent(file: OfficeFile, tmp_path: Path) -> None:
    out = tmp_path / "ส่งอำเภอ.itadesk"
    file.pack(out, Contents(years=[2568]))
    assert opener.verify(out).verdict == opener.Verdict.CLEAN
    content = content_of(out)
    assert [year.year for year in content.fiscal_years] == [2568]
    assert content.all(Measure) == {}
    assert len(file.snapshot.all(FiscalYear)) == 2


def test_attached_files_stay_at_home_when_told_and_their_names_go(file: OfficeFile, tmp_path: Path) -> None:
    attach(file)
    small, large = tmp_path / "เล็ก.itadesk", tmp_path / "ใหญ่.itadesk"
    file.pack(small, Contents(attached=False))
    file.pack(large, Contents())
    assert large.stat().st_size - small.stat().st_size > 150_000
    content = content_of(small)
    assert "ประกาศ.pdf" in {row.file_name for row in content.all(Evidence).values()}
    assert ask(small, "SELECT count(*) FROM attachment") == [(0,)]
    assert opener.verify(small).verdict == opener.Verdict.CLEAN
