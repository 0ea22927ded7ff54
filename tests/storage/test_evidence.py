"""Files attached as evidence, through the real file: kept once, counted, and there again after undo and redo."""

from pathlib import Path

import pytest
from storage.conftest import Open
from storage.office import USER, an_id, ask, measure_id, on_disk
from storage.test_operations import run

from itadesk.domain.model import Evidence, Measure
from itadesk.errors import UserError
from itadesk.storage import operations
from itadesk.storage.edit import ATTACHMENT_LIMIT
from itadesk.storage.evidence import NewFile, attach_files
from itadesk.storage.office_file import OfficeFile

PHOTO = NewFile("ภาพ.jpg", b"\xff\xd8\xff photo" * 1000, "image/jpeg")
PAPER = NewFile("ประกาศ.pdf", b"%PDF-1.7 paper", "application/pdf")
MEASURE = measure_id(0)


@pytest.fixture
def file(path: Path, opened: Open) -> OfficeFile:
    return opened(path)


def evidence(file: OfficeFile, measure: str = MEASURE) -> list[tuple[str, int | None]]:
    """File name and round of what was attached to a measure."""
    return [(row.file_name, row.round) for row in file.snapshot.children(Evidence, measure) if row.attachment]


def sizes(file: OfficeFile) -> list[int]:
    return sorted(file.attachment_sizes().values())


def test_files_come_behind_what_is_there_in_their_order(file: OfficeFile) -> None:
    ids = run(file, attach_files, MEASURE, 12, [PHOTO, PAPER])
    rows = file.snapshot.children(Evidence, MEASURE)
    assert [row.id for row in rows] == [an_id(3000), *ids]
    assert evidence(file) == [("ภาพ.jpg", 12), ("ประกาศ.pdf", 12)]
    assert [file.attachment(row.attachment or "") for row in rows[1:]] == [PHOTO.data, PAPER.data]


def test_the_same_file_is_added_once_a_round_and_its_bytes_are_kept_once(file: OfficeFile) -> None:
    assert len(run(file, attach_files, MEASURE, 12, [PHOTO, PHOTO, PAPER])) == 2
    assert run(file, attach_files, MEASURE, 12, [PHOTO]) == []
    assert len(run(file, attach_files, MEASURE, None, [PHOTO])) == 1
    assert len(run(file, attach_files, measure_id(1), 12, [PHOTO])) == 1
    assert sizes(file) == sorted([len(PHOTO.data), len(PAPER.data)])


def test_nothing_is_attached_when_one_file_is_too_large(file: OfficeFile) -> None:
    large = NewFile("ใหญ่.pdf", bytes(ATTACHMENT_LIMIT + 1), "application/pdf")
    with pytest.raises(UserError):
        run(file, attach_files, MEASURE, 12, [PAPER, large])
    assert evidence(file) == []
    assert sizes(file) == []


def test_the_bytes_outlive_undo_and_publishing(path: Path, file: OfficeFile, opened: Open) -> None:
    added = file.edit(lambda edit: attach_files(edit, MEASURE, 12, [PHOTO]))
    file.publish()
    assert evidence(opened(path, OfficeFile.view)) == [("ภาพ.jpg", 12)]

    file.replay(added.inverted())
    assert sizes(file) == []
    file.publish()
    assert ask(path, "SELECT sha256 FROM attachment") == []

    file.replay(added)
    (row,) = (row for row in file.snapshot.children(Evidence, MEASURE) if row.attachment)
    assert file.attachment(row.attachment or "") == PHOTO.data
    file.publish()
    assert opened(path, OfficeFile.view).attachment(row.attachment or "") == PHOTO.data
    assert on_disk(path) == file.snapshot


def test_the_bytes_outlive_the_end_of_the_program(path: Path, opened: Open) -> None:
    file = OfficeFile.open(path, user=USER)
    file.edit(lambda edit: attach_files(edit, MEASURE, 6, [PAPER]))
    file.close(publish=False)
    again = opened(path)
    assert again.recovered is not None
    assert evidence(again) == [("ประกาศ.pdf", 6)]
    assert sizes(again) == [len(PAPER.data)]


def test_a_deleted_measure_takes_its_files_along_and_brings_them_back(file: OfficeFile) -> None:
    run(file, attach_files, MEASURE, 12, [PHOTO])
    gone = file.edit(lambda edit: operations.delete_row(edit, Measure, MEASURE))
    assert sizes(file) == []
    file.publish()
    file.replay(gone.inverted())
    file.publish()
    assert evidence(file) == [("ภาพ.jpg", 12)]
    assert sizes(file) == [len(PHOTO.data)]


def test_sizes_are_told_of_a_file_that_is_only_looked_at(path: Path, file: OfficeFile, opened: Open) -> None:
    run(file, attach_files, MEASURE, 12, [PHOTO])
    file.publish()
    assert sizes(opened(path, OfficeFile.view)) == [len(PHOTO.data)]
