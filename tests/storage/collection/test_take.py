"""Taking files into a collection: by lineage, whole, once; what is not sure is left for a choice."""

import random
from pathlib import Path

import pytest
from sqlalchemy import select
from storage.collection.offices import TODAY, arrived, change, copy, finish, make, taken

from itadesk.domain.model import Measure
from itadesk.domain.progress import Counts
from itadesk.errors import UserError
from itadesk.storage.collection import counts, schema, take
from itadesk.storage.collection.plan import Decision, Step, plan
from itadesk.storage.collection.store import Collection, open_collection, opened
from itadesk.storage.office_file import OfficeFile

pytestmark = pytest.mark.usefixtures("data")


def decisions(steps: list[Step]) -> list[Decision]:
    return [step.decision for step in steps]


def content(collection: Collection) -> dict[str, list[tuple[object, ...]]]:
    """All rows of offices, whatever the order they came in."""
    with collection.reading() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for table in schema.TABLES.values()
        }


def titles(collection: Collection) -> set[str]:
    with collection.reading() as connection:
        return set(connection.execute(select(schema.TABLES[Measure].c.title)).scalars())


def test_a_file_sent_twice_changes_nothing(collection: Collection, tmp_path: Path) -> None:
    path = make(tmp_path, "โคกสะอาด", years=(2568, 2569))
    assert decisions(taken(collection, path)) == [Decision.ADDED, Decision.ADDED]
    before = content(collection)
    assert decisions(taken(collection, path)) == [Decision.SAME, Decision.SAME]
    assert content(collection) == before


def test_a_changed_file_is_newer_and_the_one_before_older(collection: Collection, tmp_path: Path) -> None:
    path = make(tmp_path, "โคกสะอาด")
    earlier = copy(path, "ส่งแล้ว.itadesk")
    taken(collection, path)
    for number in range(3):
        change(path, f"แก้ครั้งที่ {number}")
    assert decisions(taken(collection, path)) == [Decision.REPLACED]
    assert "แก้ครั้งที่ 2" in titles(collection)
    assert decisions(taken(collection, earlier)) == [Decision.OLDER]
    assert "แก้ครั้งที่ 2" in titles(collection)


def test_two_copies_changed_separately_are_a_fork(collection: Collection, tmp_path: Path) -> None:
    path = make(tmp_path, "โคกสะอาด")
    other = copy(path, "อีกเครื่อง.itadesk")
    change(path, "ของสมศรี")
    change(other, "ของสมชาย")
    taken(collection, path)
    assert decisions(taken(collection, other)) == [Decision.FORK]
    assert "ของสมศรี" in titles(collection)
    assert decisions(taken(collection, other, lambda step: step.decision)) == [Decision.REPLACED]
    assert "ของสมชาย" in titles(collection)


def test_a_deleted_year_stays_until_somebody_chooses(collection: Collection, tmp_path: Path) -> None:
    path = make(tmp_path, "โคกสะอาด", years=(2568, 2569))
    taken(collection, path)
    file = OfficeFile.open(path, user="สมศรี")
    year = file.snapshot.fiscal_year(2568)
    assert year is not None
    file.edit(lambda edit: edit.delete(type(year), year.id))
    file.close()
    assert decisions(taken(collection, path)) == [Decision.SAME]
    with collection.reading() as connection:
        assert counts.years(connection) == [2569, 2568]


def test_a_copy_made_for_another_office_is_a_rival_and_can_be_taken_beside(
    collection: Collection, tmp_path: Path
) -> None:
    path = make(tmp_path, "โคกสะอาด")
    other = copy(path, "หนองบัว.itadesk")
    file = OfficeFile.open(other, user="สมชาย")
    office = file.snapshot.office
    file.edit(lambda edit: edit.update(type(office)(**{**vars(office), "name": "หนองบัว"})))
    file.close()
    taken(collection, path)
    assert decisions(taken(collection, other)) == [Decision.RIVAL]
    assert decisions(taken(collection, other, lambda _step: Decision.RIVAL)) == [Decision.ADDED]
    change(other, "ของหนองบัว")
    assert decisions(taken(collection, other)) == [Decision.REPLACED]
    assert decisions(taken(collection, path)) == [Decision.SAME]
    with collection.reading() as connection:
        assert [one.name for one in counts.by_office(connection, TODAY)] == ["โคกสะอาด", "หนองบัว"]


def test_two_files_begun_for_one_office_are_rivals(collection: Collection, tmp_path: Path) -> None:
    taken(collection, make(tmp_path, "โคกสะอาด"))
    (tmp_path / "b").mkdir()
    assert decisions(taken(collection, make(tmp_path / "b", "โคกสะอาด"))) == [Decision.RIVAL]


def test_any_order_of_arrival_gives_the_same_content(data: Path, tmp_path: Path) -> None:
    paths = [make(tmp_path, name) for name in ("เมืองเก่า", "แม่ทา", "โคกสะอาด", "ไผ่ล้อม")]
    for path in paths[:2]:
        copied = copy(path, f"ใหม่-{path.name}")
        change(copied, "ใหม่กว่า")
        paths.append(copied)
    found = []
    for seed in range(6):
        random.Random(seed).shuffle(paths)
        collection = open_collection(str(tmp_path / f"{seed}.itacollection"))
        for path in paths:
            taken(collection, path)
        found.append(content(collection))
        collection.close()
    assert all(other == found[0] for other in found)


def test_a_replaced_version_is_taken_back_and_forth(collection: Collection, tmp_path: Path) -> None:
    path = make(tmp_path, "โคกสะอาด")
    (first,) = taken(collection, path)
    before = content(collection)
    with collection.reading() as connection:
        (held,) = connection.execute(select(schema.received.c.id)).scalars()
    change(path, "ใหม่กว่า")
    taken(collection, path)
    with collection.writing() as connection:
        take.take_back(connection, held, [2569])
    assert content(collection) == before
    assert first.held is None
    assert decisions(taken(collection, path)) == [Decision.REPLACED]


def test_only_the_newest_received_files_are_kept(collection: Collection, tmp_path: Path) -> None:
    path = make(tmp_path, "โคกสะอาด")
    for number in range(take.KEPT + 4):
        change(path, f"ครั้งที่ {number}")
        taken(collection, path)
    with collection.reading() as connection:
        assert len(connection.execute(select(schema.received.c.id)).all()) == take.KEPT + 1


def test_looking_at_a_plan_writes_nothing(collection: Collection, tmp_path: Path) -> None:
    with collection.reading() as connection:
        steps = plan(connection, arrived(make(tmp_path, "โคกสะอาด")))
    assert decisions(steps) == [Decision.ADDED]
    assert titles(collection) == set()


def test_counts_are_those_of_the_files(collection: Collection, tmp_path: Path) -> None:
    one, other = make(tmp_path, "โคกสะอาด", measures=6), make(tmp_path, "แม่ทา", measures=3)
    finish(other)
    taken(collection, one)
    taken(collection, other)
    with collection.reading() as connection:
        first, second = counts.by_office(connection, TODAY)
        indicators = counts.by_indicator(connection, TODAY, 2569)
    assert (first.name, first.counts, first.overdue) == ("โคกสะอาด", Counts(2, 2, 2), 4)
    assert (second.name, second.counts, second.overdue) == ("แม่ทา", Counts(0, 0, 3), 0)
    assert (first.round, first.fiscal_year) == (6, 2569)
    assert [one.indicator for one in indicators] == ["1", "2", "3", "4", "5", "6"]
    assert sum(one.counts.total for one in indicators) == 9


def test_another_file_is_not_taken_for_a_collection(tmp_path: Path) -> None:
    office = make(tmp_path, "โคกสะอาด")
    before = office.read_bytes()
    for where in (str(office), str(tmp_path / "โคกสะอาด.txt"), "mysql://server/db"):
        (tmp_path / "โคกสะอาด.txt").write_text("ไม่ใช่")
        with pytest.raises(UserError):
            open_collection(where)
    assert office.read_bytes() == before


def test_a_collection_whose_program_was_killed_opens_with_all_it_took(tmp_path: Path, data: Path) -> None:
    """Killed, the log stays beside the file: everything may be in there, what marks the file as ours as well."""
    where, left = tmp_path / "เมือง.itacollection", tmp_path / "ค้าง" / "เมือง.itacollection"
    left.parent.mkdir()
    with opened(str(where)) as collection:
        taken(collection, make(tmp_path, "โคกสะอาด"))
        for path in tmp_path.glob("เมือง.itacollection*"):
            (left.parent / path.name).write_bytes(path.read_bytes())
    unmarked = bytearray(left.read_bytes())
    unmarked[68:72] = bytes(4)
    left.write_bytes(unmarked)
    with opened(str(left)) as collection, collection.reading() as connection:
        assert [one.name for one in counts.by_office(connection, TODAY)] == ["โคกสะอาด"]


def test_a_copy_of_a_settled_collection_is_whole_while_it_is_open(tmp_path: Path, data: Path) -> None:
    where, copied = tmp_path / "เมือง.itacollection", tmp_path / "สำเนา.itacollection"
    with opened(str(where)) as collection:
        with opened(str(copy(where, "ว่าง.itacollection"))) as empty, empty.reading() as connection:
            assert not counts.by_office(connection, TODAY)
        taken(collection, make(tmp_path, "โคกสะอาด"))
        collection.settle()
        copied.write_bytes(where.read_bytes())
    with opened(str(copied)) as collection, collection.reading() as connection:
        assert [one.name for one in counts.by_office(connection, TODAY)] == ["โคกสะอาด"]


def test_offices_come_in_thai_dictionary_order(collection: Collection, tmp_path: Path) -> None:
    for name in ("ไผ่ล้อม", "เก่าแก่", "กาหลง", "แม่ทา", "โคกสะอาด", "ขามป้อม"):
        taken(collection, make(tmp_path, name, measures=1))
    with collection.reading() as connection:
        names = [one.name for one in counts.by_office(connection, TODAY)]
    assert names == ["กาหลง", "เก่าแก่", "ขามป้อม", "โคกสะอาด", "ไผ่ล้อม", "แม่ทา"]
