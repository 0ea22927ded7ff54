"""The life of a document: made, opened, edited, published, looked at, copied, moved, closed."""

import contextlib
import os
import shutil
import sys
from pathlib import Path

import pytest
from storage.conftest import Open
from storage.office import (
    OFFICE,
    USER,
    YEAR,
    an_office,
    ask,
    beside,
    change,
    in_work,
    measure_id,
    on_disk,
    retitle,
    titles,
)

from itadesk.domain.lineage import Relation, relation
from itadesk.domain.model import FiscalYear, Office, new_id
from itadesk.errors import UserError
from itadesk.storage import connection, left_work, lock, opener, operations, past
from itadesk.storage.edit import ATTACHMENT_LIMIT, Edit
from itadesk.storage.office_file import OfficeFile
from itadesk.storage.operations import add_measure, set_field, set_picture


def test_a_new_document_holds_its_rows_and_nothing_stands_beside_it(path: Path, data: Path) -> None:
    assert on_disk(path) == an_office()
    assert beside(path) == []
    assert list((data / "work").iterdir()) == []


def test_a_document_is_not_made_over_another(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(UserError):
        OfficeFile.create(path, an_office().rows(), user=USER)
    assert path.read_bytes() == before


def test_a_document_that_cannot_be_made_leaves_nothing(place: Path, data: Path) -> None:
    with pytest.raises(UserError):
        OfficeFile.create(place / "no such folder" / "a.itadesk", an_office().rows(), user=USER)
    too_long = Office(id=OFFICE, name="ก" * 501)
    with pytest.raises(UserError):
        OfficeFile.create(place / "a.itadesk", [too_long], user=USER)
    assert list(place.iterdir()) == []
    assert list((data / "work").iterdir()) == []


def test_an_edit_is_committed_when_it_returns_and_published_later(
    path: Path, data: Path, opened: Open
) -> None:
    file = opened(path)
    changes = file.edit(retitle("ใหม่"))
    assert [change.id for change in changes.changes] == [measure_id(0)]
    assert titles(file.snapshot)[0] == "ใหม่"
    assert in_work(file, data) == file.snapshot
    assert file.unpublished
    assert on_disk(path) == an_office()

    file.publish()
    assert not file.unpublished
    assert on_disk(path) == file.snapshot


def test_an_edit_without_changes_changes_nothing(path: Path, opened: Open) -> None:
    file = opened(path)
    assert not file.edit(retitle("มาตรการที่ 0"))
    assert not file.unpublished
    assert file.snapshot == an_office()


@pytest.mark.parametrize("fault", [UserError("stop"), LookupError("bug"), KeyboardInterrupt()])
def test_a_failed_edit_leaves_nothing(path: Path, data: Path, opened: Open, fault: BaseException) -> None:
    file = opened(path)

    def operation(edit: Edit) -> None:
        add_measure(edit, YEAR, title="ไม่ควรอยู่")
        edit.delete(FiscalYear, YEAR)
        raise fault

    with pytest.raises(type(fault)):
        file.edit(operation)
    assert file.snapshot == an_office() == in_work(file, data)
    assert not file.unpublished
    assert len(file.edit(retitle("ต่อได้")).changes) == 1


def test_what_may_not_be_stored_is_refused_with_a_message(path: Path, opened: Open) -> None:
    file = opened(path)
    for text in ("ก" * 100_001, "a\0b", "a\ud800b", "a\x1bb"):
        with pytest.raises(UserError) as caught:
            file.edit(retitle(text))
        assert caught.value.message.encode(), "can be printed"
    with pytest.raises(UserError):
        file.edit(lambda edit: edit.insert(FiscalYear(id=new_id(), office_id=OFFICE, year=2701)))
    with pytest.raises(UserError):
        file.edit(lambda edit: edit.insert(FiscalYear(id=new_id(), office_id=OFFICE, year=2569)))
    assert file.snapshot == an_office()


def test_a_cell_of_20000_characters_and_one_of_the_limit(path: Path, opened: Open) -> None:
    file = opened(path)
    for length in (20_000, 100_000):
        text = "มาตรการ\n" * (length // 8)
        file.edit(retitle(text))
        file.publish()
        assert titles(on_disk(path))[0] == text


def test_5000_measures(place: Path, opened: Open) -> None:
    path = place / "ใหญ่.itadesk"
    OfficeFile.create(path, an_office(5000).rows(), user=USER).close()
    file = opened(path)
    file.edit(retitle("ใหม่", 4999))
    file.publish()
    assert on_disk(path) == file.snapshot
    assert len(titles(file.snapshot)) == 5000


def test_the_empty_office(place: Path, opened: Open) -> None:
    path = place / "ว่าง.itadesk"
    OfficeFile.create(path, [Office(id=OFFICE)], user=USER).close()
    file = opened(path)
    year = [""]
    file.edit(lambda edit: year.__setitem__(0, operations.add_fiscal_year(edit, 2569)))
    file.edit(lambda edit: add_measure(edit, year[0]))
    file.close()
    assert titles(on_disk(path), year[0]) == [""]


def test_closing_publishes_and_leaves_nothing_behind(path: Path, data: Path, opened: Open) -> None:
    file = opened(path)
    file.edit(retitle("ใหม่"))
    file.close()
    file.close()
    assert titles(on_disk(path))[0] == "ใหม่"
    assert beside(path) == []
    assert list((data / "work").iterdir()) == []


def test_looking_changes_not_one_byte(path: Path, data: Path, opened: Open) -> None:
    before, times = path.read_bytes(), path.stat()
    folder = path.parent.stat()
    file = opened(path, OfficeFile.view)
    assert file.snapshot == an_office()
    assert file.read_only
    with pytest.raises(UserError):
        file.edit(retitle("ใหม่"))
    assert file.attachment("0" * 64) is None
    file.close()
    assert path.read_bytes() == before
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (times.st_mtime_ns, times.st_ino)
    assert path.parent.stat().st_mtime_ns == folder.st_mtime_ns
    assert not list(data.glob("work/*"))


def test_one_may_look_while_another_edits(path: Path, opened: Open) -> None:
    file = opened(path)
    file.edit(retitle("ใหม่"))
    with pytest.raises(lock.Locked) as caught:
        opened(path, user="สมชาย")
    assert caught.value.owner is not None
    assert caught.value.owner.user == USER
    assert opened(path, OfficeFile.view).snapshot == an_office()


def test_a_read_only_file_is_looked_at(path: Path, opened: Open) -> None:
    path.chmod(0o444)
    assert opened(path).read_only
    assert beside(path) == []


def test_attachments_come_back_and_unused_ones_go_when_published(path: Path, opened: Open) -> None:
    file = opened(path)
    used, unused = b"\x89PNG used", b"\x89PNG unused" * 5000
    dropped = file.edit(lambda edit: set_picture(edit, "emblem", unused))
    file.edit(lambda edit: set_picture(edit, "emblem", used))
    emblem = file.snapshot.office.emblem
    assert emblem is not None
    assert file.attachment(emblem) == used
    file.publish()
    assert ask(path, "SELECT sha256 FROM attachment") == [(emblem,)]
    assert unused not in path.read_bytes()
    assert opened(path, OfficeFile.view).attachment(emblem) == used

    (change,) = dropped.changes
    assert isinstance(change.after, Office)
    file.edit(lambda edit: set_field(edit, Office, OFFICE, "emblem", change.after.emblem))  # type: ignore[union-attr]
    assert file.attachment(change.after.emblem or "") == unused


def test_the_same_bytes_are_attached_once_and_large_ones_never(path: Path, opened: Open) -> None:
    file = opened(path)
    file.edit(lambda edit: [set_picture(edit, "emblem", b"one"), edit.attach(b"one", "image/png")])
    with pytest.raises(UserError):
        file.edit(lambda edit: edit.attach(bytes(ATTACHMENT_LIMIT + 1), "application/pdf"))


def test_a_copy_is_independent_and_of_its_own_branch(path: Path, place: Path, opened: Open) -> None:
    file = opened(path)
    file.edit(retitle("ใหม่"))
    copy = place / "สำเนา.itadesk"
    file.save_copy(copy)
    assert on_disk(copy) == file.snapshot
    assert file.unpublished
    assert on_disk(path) == an_office()
    file.close()
    mine, others = (
        ask(one, "SELECT branch, first_revision FROM lineage ORDER BY ordinal") for one in (path, copy)
    )
    assert others[:-1] == mine
    assert others[-1][1] == 1
    assert ask(copy, "SELECT branch FROM doc") == [(others[-1][0],)]


def test_a_copy_descends_from_every_edit_before_it(path: Path, place: Path, opened: Open) -> None:
    """It was once taken for another way, as if both had been changed since the file was opened."""
    file = opened(path)
    file.edit(retitle("ใหม่"))
    file.publish()
    file.save_copy(place / "สำเนา.itadesk")
    opened(place / "สำเนา.itadesk").close()
    with contextlib.ExitStack() as both:
        ours, theirs = (
            past.read(both.enter_context(connection.private(one))) for one in (path, place / "สำเนา.itadesk")
        )
        assert relation(ours, theirs) is Relation.NEWER
    file.edit(retitle("ใหม่กว่า"))
    file.publish()
    with connection.private(path) as one:
        assert relation(past.read(one), theirs) is Relation.FORK


def test_a_copy_of_a_file_one_only_looks_at(path: Path, place: Path, opened: Open) -> None:
    copy = place / "สำเนา.itadesk"
    opened(path, OfficeFile.view).save_copy(copy)
    assert on_disk(copy) == an_office()


def test_saving_as_moves_the_session(path: Path, place: Path, opened: Open) -> None:
    file = opened(path)
    file.edit(retitle("ใหม่"))
    other = place / "อีกแฟ้ม.itadesk"
    file.save_as(other)
    assert file.path == other
    assert not file.unpublished
    assert on_disk(path) == an_office()
    file.edit(retitle("ใหม่กว่า"))
    assert not opened(path).read_only  # its lock is free
    file.close()
    assert titles(on_disk(other))[0] == "ใหม่กว่า"


def test_saving_as_where_nothing_can_be_written_changes_nothing(path: Path, opened: Open) -> None:
    file = opened(path)
    file.edit(retitle("ใหม่"))
    with pytest.raises(UserError):
        file.save_as(path.parent / "no such folder" / "a.itadesk")
    assert file.path == path
    assert file.unpublished
    file.publish()
    assert titles(on_disk(path))[0] == "ใหม่"


def test_a_link_is_followed(path: Path, place: Path, opened: Open) -> None:
    link = place / "ทางลัด.itadesk"
    link.symlink_to(path)
    file = opened(link)
    file.edit(retitle("ใหม่"))
    file.close()
    assert link.is_symlink()
    assert titles(on_disk(path))[0] == "ใหม่"


def test_a_name_as_long_as_a_disk_takes(place: Path, opened: Open) -> None:
    path = place / ("ก" * 82 + ".itadesk")
    OfficeFile.create(path, an_office().rows(), user=USER).close()
    file = opened(path)
    file.edit(retitle("ใหม่"))
    file.close()
    assert titles(on_disk(path))[0] == "ใหม่"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems' names are always text")
def test_a_name_that_is_no_text(place: Path, opened: Open) -> None:
    path = place / os.fsdecode(b"\xff\xfe bad.itadesk")
    OfficeFile.create(path, an_office().rows(), user=USER).close()
    file = opened(path)
    file.edit(retitle("ใหม่"))
    file.close(publish=False)
    (work,) = left_work.unpublished_work()
    assert work.path == path
    again = opened(path)
    assert again.recovered is not None
    again.close()
    assert titles(on_disk(path))[0] == "ใหม่"


def test_a_name_too_long_for_the_disk_is_told(path: Path, place: Path, opened: Open) -> None:
    too_long = place / ("ก" * 300 + ".itadesk")
    with pytest.raises(UserError, match="too long"):
        OfficeFile.create(too_long, an_office().rows(), user=USER)
    for save in (opened(path).save_copy, opened(path.rename(place / "a.itadesk")).save_as):
        with pytest.raises(UserError, match="too long"):
            save(too_long)


def test_a_folder_of_the_program_that_cannot_be_used_is_named(
    path: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ITADESK_DATA", str(path))
    for make in (OfficeFile.open, lambda path, user: OfficeFile.create(path, an_office().rows(), user=user)):
        with pytest.raises(UserError, match="its own folder") as caught:
            make(path if make == OfficeFile.open else place / "a.itadesk", user=USER)
        assert str(path) in caught.value.message
    assert beside(path) == []


def test_a_backup_that_fails_in_any_way_keeps_no_document_from_opening(
    path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> None:
        raise ValueError("a fault of ours")

    monkeypatch.setattr(shutil, "copyfile", fail)
    assert not opened(path).read_only


def test_an_altered_document_opens_and_says_so(path: Path, opened: Open) -> None:
    change(path, "UPDATE measure SET title = 'แก้จากที่อื่น'")
    assert opener.verify(path).verdict == "altered"
    assert opened(path).altered
    assert opened(path, OfficeFile.view).altered


def test_the_document_keeps_its_permissions(path: Path, opened: Open) -> None:
    path.chmod(0o640)
    file = opened(path)
    file.edit(retitle("ใหม่"))
    file.close()
    assert path.stat().st_mode & 0o777 == 0o640


def test_two_documents_may_be_open_at_once(path: Path, place: Path, opened: Open) -> None:
    other = place / "อีกแฟ้ม.itadesk"
    shutil.copyfile(path, other)
    first, second = opened(path), opened(other)
    first.edit(retitle("หนึ่ง"))
    second.edit(retitle("สอง"))
    first.close()
    second.close()
    assert titles(on_disk(path))[0] == "หนึ่ง"
    assert titles(on_disk(other))[0] == "สอง"
    assert left_work.unpublished_work() == []
