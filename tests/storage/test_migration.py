"""Files of earlier generations open as they are, change only when published, and can be had again as they were."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from campaigns import migrate
from storage import made_up_past
from storage.conftest import Open
from storage.office import USER, an_office, ask, beside, change, measure_id, on_disk, retitle, titles

from itadesk.domain.model import Evidence, Progress, Unit
from itadesk.errors import UserError
from itadesk.storage import backup, faults, generation, known_files, left_work, migration, opener, workspace
from itadesk.storage.office_file import OfficeFile, rescue
from itadesk.storage.opener import Damaged, Newer, Verdict
from itadesk.storage.operations import set_field, set_picture
from itadesk.storage.package import Contents

LINK = "https://example.go.th/ita"


@pytest.fixture(autouse=True)
def past() -> Iterator[None]:
    with made_up_past.lived():
        yield


@pytest.fixture
def old(path: Path, opened: Open) -> Path:
    """A document of the first generation, with a picture and a link in a result."""
    file = opened(path)
    file.edit(lambda edit: set_picture(edit, "emblem", b"picture", "image/png"))
    file.edit(lambda edit: set_field(edit, Progress, f"{2000:032x}", "result", f"ดูที่ {LINK}"))
    file.close()
    made_up_past.made_then(path, 1)
    return path


def generation_on(path: Path) -> object:
    return ask(path, "PRAGMA user_version")[0][0]


def test_an_old_file_opens_with_all_it_said_and_what_the_steps_made_of_it(old: Path, opened: Open) -> None:
    file = opened(old)
    assert file.of_earlier_program
    assert not file.altered
    assert titles(file.snapshot) == titles(an_office())
    units = file.snapshot.children(Unit, file.snapshot.office.id)
    assert [unit.name for unit in units] == ["สำนักปลัด"]
    (evidence,) = file.snapshot.all(Evidence).values()
    assert (evidence.url, evidence.measure_id) == (LINK, measure_id(0))
    assert file.snapshot.office.emblem is not None
    assert file.attachment(file.snapshot.office.emblem) == b"picture"


def test_everywhere_and_always_the_same_comes_of_it(old: Path, place: Path, opened: Open) -> None:
    here, there = opened(old, OfficeFile.view), opened(Path(shutil.copyfile(old, place / "อำเภอ.itadesk")))
    assert here.snapshot == there.snapshot
    seals = [opener.verify(path).seal_code for path in (old, there.path)]
    assert seals[0] == seals[1]


def test_looking_and_opening_do_not_change_the_old_file(old: Path, opened: Open) -> None:
    before, stat = old.read_bytes(), old.stat()
    opened(old, OfficeFile.view).close()
    opened(old).close()
    opened(old).back_up()
    assert old.read_bytes() == before
    assert old.stat().st_mtime_ns == stat.st_mtime_ns
    assert opener.verify(old).verdict == Verdict.CLEAN


def test_publishing_writes_the_present_generation_and_the_old_file_is_kept(old: Path, opened: Open) -> None:
    before = old.read_bytes()
    file = opened(old)
    file.edit(retitle("ใหม่"))
    file.close()
    assert generation_on(old) == made_up_past.PRESENT
    assert on_disk(old) == file.snapshot
    assert before in [kept.path.read_bytes() for kept in backup.backups()]
    again = opened(old)
    assert not again.of_earlier_program
    assert again.snapshot == file.snapshot


def test_an_old_file_is_not_replaced_when_it_cannot_be_kept(old: Path, data: Path, opened: Open) -> None:
    before = old.read_bytes()
    shutil.rmtree(data / "backups")
    (data / "backups").write_text("a file where the folder should be")
    file = opened(old)
    file.edit(retitle("ใหม่"))
    with pytest.raises(faults.NotWritten):
        file.publish()
    assert old.read_bytes() == before
    (data / "backups").unlink()
    file.publish()
    assert titles(on_disk(old))[0] == "ใหม่"
    assert before in [kept.path.read_bytes() for kept in backup.backups()]


def test_what_is_wrong_with_an_old_file_is_seen_by_its_own_generation(old: Path, opened: Open) -> None:
    change(old, "UPDATE measure SET title = 'แก้จากข้างนอก'")
    assert opener.verify(old).verdict == Verdict.ALTERED
    file = opened(old)
    assert file.altered
    assert titles(file.snapshot)[0] == "แก้จากข้างนอก"
    file.close()

    change(old, "CREATE TABLE more (x)")
    assert opener.verify(old).verdict == Verdict.REJECTED
    change(old, "DROP TABLE more", "UPDATE measure SET fiscal_year_id = 'nowhere'")
    assert opener.verify(old).verdict == Verdict.DAMAGED


def test_what_an_old_file_says_beside_its_content_is_seen_as_altered_too(old: Path, opened: Open) -> None:
    change(old, "UPDATE doc SET saved_by = 'ผู้อื่น'")
    report = opener.verify(old)
    assert report.verdict == Verdict.ALTERED
    assert len(report.problems) == 1
    assert opened(old).altered


def test_an_old_file_is_not_taken_for_one_known_to_be_whole(old: Path, opened: Open) -> None:
    for _time in range(2):
        file = opened(old)
        assert file.of_earlier_program
        file.close()
    assert not known_files.holds(workspace.hash_of(old))


def test_a_step_that_fails_is_told_as_damage_with_its_reason(
    old: Path, data: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(tables: migration.Tables) -> migration.Tables:
        return {**tables, "unit": [{**row, "name": None} for row in tables["office"]]}

    with monkeypatch.context() as patch:
        patch.setattr(migration, "STEPS", {**migration.STEPS, 1: broken})
        with pytest.raises(Damaged) as refusal:
            opened(old)
    assert "generation" in refusal.value.reason
    assert beside(old) == []
    assert list((data / "work").iterdir()) == []


def test_work_left_by_the_earlier_program_comes_back_after_its_update(
    old: Path, data: Path, opened: Open
) -> None:
    left = left_then(old, data, opened)
    file = opened(old)
    assert file.recovered is not None
    assert file.recovered.changes == 1
    assert titles(file.snapshot)[0] == "ค้างอยู่"
    assert file.of_earlier_program
    assert file.snapshot.children(Unit, file.snapshot.office.id)
    file.close()
    assert titles(on_disk(old))[0] == "ค้างอยู่"
    assert left in [kept.path.read_bytes() for kept in backup.backups()]


def test_bringing_up_left_work_may_be_cut_short(old: Path, data: Path, opened: Open) -> None:
    """What was half made once kept the document from being opened ever after."""
    left_then(old, data, opened)
    (work,) = data.glob("work/*/work.sqlite")
    generation.create(work.with_name("work.fresh.sqlite"))
    work.with_name("work.fresh.sqlite-journal").write_bytes(b"x")
    file = opened(old)
    assert file.recovered is not None
    assert titles(file.snapshot)[0] == "ค้างอยู่"


def test_left_work_that_cannot_be_brought_up_keeps_nobody_from_his_document(
    old: Path, data: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    left_then(old, data, opened)
    steps = iter([lambda tables: {**tables, "unit": [{"name": None}]}])  # of the work; the document is sound
    sound = migration.STEPS[1]

    def step(tables: migration.Tables) -> migration.Tables:
        return next(steps, sound)(tables)

    monkeypatch.setattr(migration, "STEPS", {**migration.STEPS, 1: step})
    file = opened(old)
    assert file.recovered is None
    assert titles(file.snapshot)[0] == "มาตรการที่ 0"
    assert len(left_work.damaged(file.uuid)) == 1


def test_work_left_by_the_earlier_program_can_be_rescued_into_a_file(
    old: Path, data: Path, place: Path, opened: Open
) -> None:
    left_then(old, data, opened)
    old.unlink()
    (work,) = left_work.unpublished_work()
    rescue(work, place / "กู้คืน.itadesk", user=USER)
    assert titles(on_disk(place / "กู้คืน.itadesk"))[0] == "ค้างอยู่"
    assert generation_on(place / "กู้คืน.itadesk") == made_up_past.PRESENT


def left_then(old: Path, data: Path, opened: Open) -> bytes:
    """An edit that a program of the document's own generation left unpublished, in the log of its working copy."""
    file = opened(old)
    file.edit(retitle("ค้างอยู่"))
    file.close(publish=False)
    (work,) = data.glob("work/*/work.sqlite")
    made_up_past.made_then(work, 1)
    return old.read_bytes()


def newer_file(path: Path, *more: str, min_reader: int = 1) -> Path:
    """What a program three generations on may write: a column and a table that nobody here knows."""
    change(
        path,
        "ALTER TABLE measure ADD COLUMN budget INTEGER",
        "UPDATE measure SET budget = 5000",
        "CREATE TABLE meeting (id TEXT PRIMARY KEY, minutes TEXT) STRICT",
        "INSERT INTO meeting VALUES ('1', 'ยังไม่รู้จัก')",
        f"UPDATE doc SET min_reader = {min_reader}, seal = 'of more than we know'",
        "PRAGMA user_version = 6",
        *more,
    )
    return path


def test_a_newer_file_that_allows_it_is_looked_at_and_never_edited(
    path: Path, place: Path, opened: Open
) -> None:
    newer_file(path)
    before = path.read_bytes()
    for how in (OfficeFile.open, OfficeFile.view):
        file = opened(path, how)
        assert file.of_newer_program
        assert file.read_only
        assert not file.altered
        assert file.snapshot == an_office()
        with pytest.raises(UserError):
            file.edit(retitle("ไม่ได้"))
        with pytest.raises(UserError):
            file.save_copy(place / "สำเนา.itadesk")  # it would lack what is not known
        with pytest.raises(UserError):
            file.pack(place / "ส่ง.itadesk", Contents())
        file.close()
    assert path.read_bytes() == before
    assert beside(path) == []
    assert opener.verify(path).verdict == Verdict.NEWER


def test_a_newer_file_that_does_not_allow_it_is_refused(path: Path, opened: Open) -> None:
    newer_file(path, min_reader=4)
    for how in (OfficeFile.open, OfficeFile.view):
        with pytest.raises(Newer):
            opened(path, how)


ENDLESS = (
    "CREATE VIEW evidence AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT id, "
    "id AS measure_id, id AS ordinal, id AS round, id AS title, id AS url, id AS attachment, id AS file_name FROM n"
)


@pytest.mark.parametrize(
    "hostile",
    [
        ("DROP TABLE evidence", "CREATE VIEW evidence AS SELECT * FROM progress"),
        (
            "DROP TABLE evidence",
            ENDLESS,
        ),
        ("ALTER TABLE unit DROP COLUMN aliases", "ALTER TABLE unit ADD COLUMN aliases TEXT AS (hex(name))"),
        ("DROP TABLE evidence",),
        ("ALTER TABLE measure RENAME COLUMN title TO other",),
        ("ALTER TABLE measure RENAME TO other", "CREATE VIRTUAL TABLE measure USING fts5 (id, title)"),
        ("UPDATE doc SET role = 'collection'",),
        ("UPDATE measure SET fiscal_year_id = 'nowhere'",),
        ("ALTER TABLE finding DROP COLUMN text", "ALTER TABLE finding ADD COLUMN text BLOB DEFAULT x'ff00'"),
    ],
    ids=["view", "endless", "generated", "table", "column", "virtual", "role", "orphans", "blob"],
)
def test_a_newer_file_is_read_as_rows_and_nothing_of_it_is_run(
    path: Path, opened: Open, hostile: tuple[str, ...]
) -> None:
    newer_file(path, *hostile)
    with pytest.raises((opener.Rejected, Damaged)):
        opened(path, OfficeFile.view)
    assert beside(path) == []


def test_constraints_of_a_newer_file_are_not_asked_but_ours_are(path: Path, opened: Open) -> None:
    newer_file(path)
    change(
        path, "PRAGMA ignore_check_constraints = ON", "UPDATE measure SET title = printf('%.*c', 100001, 'x')"
    )
    with pytest.raises((opener.Rejected, Damaged)):
        opened(path, OfficeFile.view)


def test_work_of_a_newer_program_waits_for_its_return(
    path: Path, data: Path, place: Path, opened: Open
) -> None:
    file = opened(path)
    file.edit(retitle("ของรุ่นใหม่"))
    file.close(publish=False)
    (work,) = data.glob("work/*/work.sqlite")
    change(work, "PRAGMA user_version = 6")
    change(work, "PRAGMA journal_mode = DELETE")
    again = opened(path)
    assert again.recovered is None
    assert titles(again.snapshot) == titles(an_office())
    again.close()
    (listed,) = left_work.unpublished_work()
    with pytest.raises(Newer):
        rescue(listed, place / "กู้คืน.itadesk", user=USER)
    assert left_work.unpublished_work() == [listed]


def test_nothing_is_lost_when_the_program_is_killed_while_it_brings_a_file_up(place: Path) -> None:
    result = migrate.campaign(kills=6, seed=1, folder=place, measures=300)
    assert result.broken == []
    assert result.kills == 6
