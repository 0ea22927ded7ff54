"""What is deleted lies in the bin of the file until it is brought back or forgotten."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from storage.conftest import Open
from storage.office import DOCUMENT, OFFICE, USER, YEAR, an_id, ask, change, measure_id, on_disk, titles

from itadesk.domain.family import below
from itadesk.domain.model import (
    Deletion,
    Document,
    Evidence,
    FiscalYear,
    LayoutText,
    Measure,
    Person,
    Phrase,
    Printout,
    Row,
    Signatory,
    Status,
    Unit,
)
from itadesk.errors import UserError
from itadesk.storage import bin, bin_operations, generation, layout_operations, operations, seal, signing
from itadesk.storage.bin_operations import Restored
from itadesk.storage.edit import Edit
from itadesk.storage.office_file import OfficeFile

M = [measure_id(number) for number in range(4)]


@pytest.fixture
def file(path: Path, opened: Open) -> OfficeFile:
    return opened(path)


def delete(file: OfficeFile, row_class: type[Row], *ids: str) -> None:
    file.edit(lambda edit: [operations.delete_row(edit, row_class, row_id) for row_id in ids])


def in_bin(file: OfficeFile) -> list[Deletion]:
    return file.snapshot.children(Deletion)


def told(file: OfficeFile) -> list[tuple[str, str, str, int]]:
    return [(row.table_name, row.title, row.within, row.below) for row in in_bin(file)]


def restore(file: OfficeFile, *deletions: Deletion) -> Restored:
    results: list[Restored] = []
    ids = [row.id for row in deletions]
    file.edit(lambda edit: results.append(bin_operations.restore(edit, ids)))
    return results[0]


def evidence_with_file(file: OfficeFile, data: bytes) -> str:
    def add(edit: Edit) -> None:
        sha = edit.attach(data, "image/png")
        operations.add_row(edit, Evidence, M[0], title="ภาพ", attachment=sha, file_name="ภาพ.png")

    file.edit(add)
    return file.snapshot.children(Evidence, M[0])[-1].id


def test_each_deleted_row_has_an_entry_that_says_what_who_and_where(file: OfficeFile) -> None:
    file.edit(lambda edit: operations.delete_measures(edit, [M[0], M[2]]))
    delete(file, Unit, an_id(11))
    assert told(file) == [
        ("measure", "มาตรการที่ 0", "2569", 2),
        ("measure", "มาตรการที่ 2", "2569", 2),
        ("unit", "กองคลัง", "องค์การบริหารส่วนตำบลทุ่งสว่าง", 0),
    ]
    assert {row.deleted_by for row in in_bin(file)} == {USER}
    assert [row.ordinal for row in in_bin(file)] == [0, 1, 2]


@pytest.mark.parametrize(
    ("row_class", "row_id"),
    [
        (Measure, M[1]),
        (FiscalYear, YEAR),
        (Document, DOCUMENT),
        (Person, an_id(12)),
        (Evidence, an_id(3001)),
        (Signatory, an_id(21)),
        (LayoutText, an_id(24)),
    ],
)
def test_what_comes_back_is_as_it_was(file: OfficeFile, row_class: type[Row], row_id: str) -> None:
    before = file.snapshot
    delete(file, row_class, row_id)
    assert file.snapshot.get(row_class, row_id) is None
    file.publish()
    assert on_disk(file.path) == file.snapshot
    restore(file, *in_bin(file))
    assert file.snapshot == before


def test_several_come_back_between_those_that_stayed(file: OfficeFile) -> None:
    before = titles(file.snapshot)
    delete(file, Measure, M[2], M[0])
    file.edit(lambda edit: operations.move_measures(edit, [M[3]], 0))
    file.edit(lambda edit: operations.add_measure(edit, YEAR, M[3], title="ใหม่"))
    restore(file, *in_bin(file))
    assert sorted(titles(file.snapshot)) == sorted([*before, "ใหม่"])
    ordinals = [row.ordinal for row in file.snapshot.children(Measure, YEAR)]
    assert ordinals == sorted(set(ordinals))
    assert not in_bin(file)


def test_undo_takes_the_entry_out_and_redo_puts_it_in_again(file: OfficeFile) -> None:
    before = file.snapshot
    changes = file.edit(lambda edit: operations.delete_measures(edit, M[:2]))
    after = file.snapshot
    for _again in range(2):
        file.replay(changes.inverted())
        assert file.snapshot == before
        assert not in_bin(file)
        file.replay(changes)
        assert file.snapshot == after
        file.publish()
    restore(file, *in_bin(file))
    assert file.snapshot == before


def test_undoing_an_insertion_leaves_nothing_in_the_bin(file: OfficeFile) -> None:
    changes = file.edit(lambda edit: operations.add_measure(edit, YEAR, title="นำเข้า"))
    file.replay(changes.inverted())
    assert not in_bin(file)


def test_an_empty_row_leaves_nothing_in_the_bin(file: OfficeFile) -> None:
    file.edit(lambda edit: operations.add_unit(edit))
    file.edit(lambda edit: operations.add_measure(edit, YEAR))
    delete(file, Unit, file.snapshot.children(Unit, OFFICE)[-1].id)
    delete(file, Measure, file.snapshot.children(Measure, YEAR)[-1].id)
    assert not in_bin(file)


def test_a_row_without_texts_but_with_something_below_it_is_kept(file: OfficeFile) -> None:
    file.edit(lambda edit: operations.add_measure(edit, YEAR))
    new = file.snapshot.children(Measure, YEAR)[-1].id
    file.edit(lambda edit: operations.set_status(edit, [new], 6, Status.DONE))
    delete(file, Measure, new)
    assert told(file) == [("measure", "", "2569", 1)]


def test_scores_wordings_and_notes_of_printing_are_not_kept(file: OfficeFile) -> None:
    delete(file, Printout, an_id(25))
    file.edit(lambda edit: operations.set_document_text(edit, DOCUMENT, "opening", None))
    assert not in_bin(file)


def test_what_an_edit_brought_and_took_again_is_not_kept(file: OfficeFile) -> None:
    def both(edit: Edit) -> None:
        edit.delete(Measure, operations.add_measure(edit, YEAR, title="ชั่วครู่"))

    assert not file.edit(both).changes[2:]
    assert not in_bin(file)


def test_a_failed_edit_leaves_nothing_in_the_bin(file: OfficeFile) -> None:
    with pytest.raises(LookupError):
        delete(file, Measure, M[0], "0" * 32)
    assert not in_bin(file)


def test_attached_files_stay_as_long_as_the_entry(file: OfficeFile, opened: Open) -> None:
    evidence = evidence_with_file(file, b"\x89PNG photograph")
    (sha,) = [row.attachment for row in file.snapshot.children(Evidence, M[0]) if row.attachment]
    delete(file, Measure, M[0])
    file.close()
    file = opened(file.path)
    assert file.attachment(sha) == b"\x89PNG photograph"
    assert not restore(file, *in_bin(file)).lost
    assert file.snapshot.all(Evidence)[evidence].attachment == sha
    delete(file, Evidence, evidence)
    file.edit(lambda edit: bin_operations.forget(edit, [row.id for row in in_bin(file)]))
    file.close()
    assert opened(file.path).attachment(sha) is None


def test_a_signed_report_comes_back_with_its_paper(file: OfficeFile) -> None:
    def sign(edit: Edit) -> None:
        signing.sign_document(edit, DOCUMENT, an_id(25), dt.date(2026, 4, 2), b"%PDF signed")

    file.edit(sign)
    delete(file, FiscalYear, YEAR)
    file.publish()
    restore(file, *in_bin(file))
    paper = signing.signed_printout(file.snapshot, DOCUMENT)
    assert paper is not None
    assert paper.pdf is not None
    assert file.attachment(paper.pdf) == b"%PDF signed"


def test_a_parent_that_is_in_the_bin_comes_back_first(file: OfficeFile) -> None:
    before = file.snapshot
    delete(file, Evidence, an_id(3001))
    delete(file, Measure, M[1])
    delete(file, FiscalYear, YEAR)
    evidence, _measure, _year = in_bin(file)
    restored = restore(file, evidence)
    assert [type(row) for row in restored.along] == [FiscalYear, Measure]
    assert file.snapshot == before


def test_all_of_them_at_once_come_back_in_any_order(file: OfficeFile) -> None:
    before = file.snapshot
    delete(file, Measure, M[1])
    delete(file, FiscalYear, YEAR)
    assert restore(file, *in_bin(file)).along == ()
    assert file.snapshot == before


def test_a_fiscal_year_of_the_same_number_takes_the_measures_in(file: OfficeFile) -> None:
    delete(file, Measure, M[1])
    delete(file, FiscalYear, YEAR)
    file.edit(lambda edit: operations.add_fiscal_year(edit, 2569))
    measure, year = in_bin(file)
    with pytest.raises(UserError, match="2569"):
        restore(file, year)
    restore(file, measure)
    (other,) = [row for row in file.snapshot.fiscal_years if row.year == 2569]
    assert titles(file.snapshot, other.id) == ["มาตรการที่ 1"]


def test_without_any_place_it_says_what_to_do(file: OfficeFile) -> None:
    delete(file, Evidence, an_id(3001))
    delete(file, Measure, M[1], M[2])
    evidence, measure, _other = in_bin(file)
    file.edit(lambda edit: bin_operations.forget(edit, [measure.id]))
    with pytest.raises(UserError) as refused:
        restore(file, evidence)
    assert "มาตรการที่ 1" in refused.value.advice
    delete(file, FiscalYear, YEAR)
    other, year = in_bin(file)[-2:]
    file.edit(lambda edit: bin_operations.forget(edit, [year.id]))
    with pytest.raises(UserError) as refused:
        restore(file, other)
    assert "2569" in refused.value.advice


def test_a_form_whose_name_is_taken_does_not_come_back(file: OfficeFile) -> None:
    delete(file, LayoutText, an_id(24))
    file.edit(lambda edit: layout_operations.add_layout(edit, "ของเรา", "name = 'อื่น'\n"))
    with pytest.raises(UserError, match="ของเรา"):
        restore(file, *in_bin(file))


def test_bringing_back_and_forgetting_can_be_undone_and_done_again(file: OfficeFile) -> None:
    delete(file, Measure, M[0])
    full = file.snapshot
    (deletion,) = in_bin(file)
    steps: list[Callable[[Edit], Any]] = [
        lambda edit: bin_operations.restore(edit, [deletion.id]),
        lambda edit: bin_operations.forget(edit, [deletion.id]),
    ]
    for step in steps:
        changes = file.edit(step)
        after = file.snapshot
        assert not in_bin(file)
        file.publish()  # the working copy keeps what the document lets go
        file.replay(changes.inverted())
        assert file.snapshot == full
        file.replay(changes)
        assert file.snapshot == after
        file.replay(changes.inverted())
    restore(file, deletion)
    assert file.snapshot.get(Measure, M[0])


def test_the_document_keeps_the_newest_entries(
    file: OfficeFile, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bin, "LIMIT", 2)
    for measure in M[:3]:
        delete(file, Measure, measure)
    file.publish()
    assert len(in_bin(file)) == 3
    file.close()
    assert [row.row_id for row in in_bin(opened(file.path))] == [M[1], M[2]]


def test_the_document_keeps_no_more_bytes_than_there_is_room_for(
    file: OfficeFile, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bin, "BUDGET", 3000)
    large = evidence_with_file(file, b"\x89PNG" + b"x" * 2900)
    delete(file, Measure, M[1])
    delete(file, Evidence, large)
    delete(file, Measure, M[2])
    file.close()
    file = opened(file.path)
    assert [row.row_id for row in in_bin(file)] == [M[2]]
    ((kept,),) = ask(file.path, "SELECT count(*) FROM attachment")
    assert kept == 1


def test_the_newest_entry_stays_whatever_its_size(
    file: OfficeFile, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bin, "BUDGET", 1)
    delete(file, Measure, M[0])
    file.close()
    assert len(in_bin(opened(file.path))) == 1


def test_what_is_too_large_for_the_bin_is_deleted_all_the_same(
    file: OfficeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bin, "LARGEST", 10)
    delete(file, Measure, M[0])
    assert not in_bin(file)
    assert file.snapshot.get(Measure, M[0]) is None


def test_the_bin_is_outside_the_seal(path: Path, opened: Open) -> None:
    file = opened(path)
    file.edit(lambda edit: operations.add_unit(edit, name="กองช่าง"))
    file.publish()
    ((before,),) = ask(path, "SELECT seal FROM doc")
    file.edit(lambda edit: operations.add_person(edit, name="ชั่วคราว"))
    delete(file, Person, file.snapshot.children(Person, OFFICE)[-1].id)
    file.close()
    assert in_bin(opened(path, how=OfficeFile.view))
    assert ask(path, "SELECT seal FROM doc") == [(before,)]
    assert "deletion" not in seal.sealed(generation.GENERATION)


@pytest.mark.parametrize(
    "content",
    [
        b"no zlib",
        bin.pack([])[:-3],
        bin.zlib.compress(b"[]"),
        bin.zlib.compress(b"[1]"),
        bin.zlib.compress(b'[{"table": "sqlite_schema"}]'),
        bin.zlib.compress(b'[{"table": "measure", "id": 7}]'),
        bin.zlib.compress(b'[{"table": "measure", "id": "' + M[0].encode() + b'"}]'),
        bin.zlib.compress(b"[" * 100_000),
    ],
)
def test_an_entry_that_cannot_be_read_is_refused_and_can_be_forgotten(
    path: Path, opened: Open, content: bytes
) -> None:
    file = opened(path)
    delete(file, Measure, M[0])
    file.close()
    sha = bin.hashlib.sha256(content).hexdigest()
    change(
        path,
        f"INSERT INTO attachment VALUES ('{sha}', {len(content)}, '{bin.MEDIA_TYPE}', x'{content.hex()}')",
        f"UPDATE deletion SET content = '{sha}'",
    )
    file = opened(path)
    (deletion,) = in_bin(file)
    with pytest.raises(UserError, match="มาตรการที่ 0"):
        restore(file, deletion)
    file.edit(lambda edit: bin_operations.forget(edit, [deletion.id]))
    assert not in_bin(file)


def test_rows_below_are_parents_first(path: Path, opened: Open) -> None:
    content = opened(path).snapshot
    rows = list(below(content, content.all(FiscalYear)[YEAR]))
    assert {type(row).__name__ for row in rows} >= {
        "Measure",
        "Progress",
        "Document",
        "Signatory",
        "Printout",
    }
    seen = {YEAR}
    for row in rows:
        assert bin.family.parent_id(row) in seen
        seen.add(row.id)


def test_a_phrase_comes_back_to_its_place(file: OfficeFile) -> None:
    for text in ("หนึ่ง", "สอง", "สาม"):
        file.edit(lambda edit, text=text: operations.add_phrase(edit, text))  # type: ignore[misc]
    phrases = file.snapshot.children(Phrase, OFFICE)
    delete(file, Phrase, phrases[-2].id)
    (entry,) = in_bin(file)
    assert (entry.table_name, entry.title) == ("phrase", "สอง")
    restore(file, entry)
    assert file.snapshot.children(Phrase, OFFICE) == phrases
