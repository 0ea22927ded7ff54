"""An earlier state of a file comes back as one edit, whatever it holds, and goes again by undo."""

from dataclasses import replace
from pathlib import Path

from storage.conftest import Open
from storage.office import OFFICE, USER, YEAR, an_id, an_office, measure_id, on_disk

from itadesk.domain.model import Evidence, FiscalYear, LayoutText, Measure, Office
from itadesk.domain.snapshot import Snapshot
from itadesk.domain.ways import same_content
from itadesk.storage import backup, operations
from itadesk.storage.edit import Edit
from itadesk.storage.office_file import OfficeFile
from itadesk.storage.restoring import take_over


def restore(file: OfficeFile, path: Path, opened: Open) -> None:
    """Let the file say what the one at `path` says; undo and redo are exact."""
    present = file.snapshot
    earlier = opened(path, OfficeFile.view)
    changes = file.edit(lambda edit: take_over(edit, earlier.snapshot, earlier.attached))
    assert same_content(file.snapshot, earlier.snapshot)
    file.replay(changes.inverted())
    assert file.snapshot == present
    file.replay(changes)
    file.publish()
    assert same_content(on_disk(file.path), earlier.snapshot)


def test_what_was_deleted_changed_and_added_since_is_as_it_was(path: Path, opened: Open) -> None:
    file = opened(path)
    (kept,) = backup.backups()

    def much(edit: Edit) -> None:
        operations.delete_measures(edit, [measure_id(0), measure_id(2)])
        operations.add_measure(edit, YEAR, title="ใหม่")
        operations.set_field(edit, Office, OFFICE, "phone", "043")
        operations.move_measures(edit, [measure_id(3)], 0)

    file.edit(much)
    restore(file, kept.path, opened)
    assert same_content(file.snapshot, an_office())


def test_pictures_and_files_come_back_with_what_shows_them(path: Path, opened: Open) -> None:
    file = opened(path)
    file.edit(lambda edit: operations.set_picture(edit, "emblem", b"old", "image/png"))
    file.back_up()
    file.edit(lambda edit: operations.set_picture(edit, "emblem", b"new", "image/png"))
    file.close()
    file = opened(path)  # the old picture is in its document no more
    restore(file, backup.backups()[-2].path, opened)
    emblem = file.snapshot.office.emblem
    assert emblem is not None
    assert file.attached(emblem) == (b"old", "image/png")


def test_rows_that_took_the_place_of_others_make_room(path: Path, opened: Open) -> None:
    """A fiscal year and a layout were deleted and made anew: the same year, the same name, other rows."""
    file = opened(path)
    (kept,) = backup.backups()

    file.edit(lambda edit: edit.delete(FiscalYear, YEAR))
    file.edit(lambda edit: operations.add_fiscal_year(edit, 2569))
    file.edit(lambda edit: edit.delete(LayoutText, an_id(24)))
    file.edit(lambda edit: edit.insert(LayoutText(id=an_id(77), name="ของเรา")))
    restore(file, kept.path, opened)


def test_a_wholly_other_office_takes_the_place(path: Path, place: Path, opened: Open) -> None:
    other = place / "อื่น.itadesk"
    rows = [Office(id=an_id(900), name="อื่น"), FiscalYear(id=an_id(901), office_id=an_id(900), year=2569)]
    OfficeFile.create(other, rows, user=USER).close()
    restore(opened(path), other, opened)


def test_a_row_that_moved_to_a_parent_made_since_is_not_lost_with_it(path: Path, opened: Open) -> None:
    file = opened(path)
    (kept,) = backup.backups()

    def move(edit: Edit) -> None:
        year = operations.add_fiscal_year(edit, 2570)
        measure = operations.existing(edit, Measure, measure_id(1))
        edit.update(replace(measure, fiscal_year_id=year))

    file.edit(move)
    restore(file, kept.path, opened)
    assert len(file.snapshot.all(Evidence)) == len(an_office().all(Evidence))


def test_the_folder_of_copies_knows_the_document(path: Path, opened: Open) -> None:
    opened(path).close()
    (kept,) = backup.backups()
    assert backup.last_path(kept.uuid) == path
    assert backup.last_path("0" * 32) is None
    assert Snapshot.of(an_office().rows()) == on_disk(kept.path)
