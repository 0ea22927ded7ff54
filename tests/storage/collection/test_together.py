"""What files that come together are to each other: lineage decides, and never the order in which they lie there."""

import itertools
import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from storage.collection.offices import arrived, change, copy, make

from itadesk.storage.collection.plan import Decision, plan
from itadesk.storage.collection.store import Collection, open_collection
from itadesk.storage.collection.together import Brought, Coming, beside, groups

pytestmark = pytest.mark.usefixtures("data")


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    return open_collection(str(tmp_path / "อำเภอ.itacollection"))


def coming(collection: Collection, paths: Sequence[Path]) -> list[Coming]:
    found: list[Coming] = []
    for path in paths:
        arrival = arrived(path)
        with collection.reading() as connection:
            steps = plan(connection, arrival)
        found += [Coming(path.stem, step, Brought.of(arrival)) for step in steps]
    return found


def told(there: Sequence[Coming]) -> dict[str, Decision | None]:
    said = zip(there, beside(there), strict=True)
    return {one.name: one_beside and one_beside.decision for one, one_beside in said}


def test_the_newest_is_told_whatever_the_order(tmp_path: Path, collection: Collection) -> None:
    first = make(tmp_path, "โคกสะอาด")
    alone = make(tmp_path, "ไผ่ล้อม")
    paths = [copy(first, "1.itadesk")]
    for number in (2, 3):
        change(first, f"แก้ครั้งที่ {number}")
        paths.append(copy(first, f"{number}.itadesk"))
    paths.append(copy(first, "3 ซ้ำ.itadesk"))
    expected = {"1": Decision.OLDER, "2": Decision.OLDER, "ไผ่ล้อม": None}
    for order in itertools.permutations(coming(collection, [*paths, alone])):
        said = told(order)
        assert {name: said[name] for name in expected} == expected
        assert {said["3"], said["3 ซ้ำ"]} == {Decision.ADDED, Decision.SAME}
    collection.close()


def test_copies_changed_apart_are_none_the_newest_until_one_has_both(
    tmp_path: Path, collection: Collection
) -> None:
    first = make(tmp_path, "โคกสะอาด")
    base, other = copy(first, "ต้น.itadesk"), copy(first, "ข.itadesk")
    change(first, "ของสมศรี")
    change(other, "ของสมชาย")
    assert told(coming(collection, [base, first, other])) == {
        "ต้น": Decision.OLDER, "โคกสะอาด": Decision.FORK, "ข": Decision.FORK,
    }  # fmt: skip
    collection.close()


def test_two_offices_that_may_be_one_are_rivals(tmp_path: Path, collection: Collection) -> None:
    one = make(tmp_path, "โคกสะอาด")
    (tmp_path / "อื่น").mkdir()
    other = make(tmp_path / "อื่น", "โคกสะอาด")
    third = make(tmp_path, "ไผ่ล้อม")
    said = beside(coming(collection, [one, third, other]))
    assert [one and one.decision for one in said] == [Decision.RIVAL, None, Decision.RIVAL]
    collection.close()


def test_years_are_told_apart(tmp_path: Path, collection: Collection) -> None:
    path = make(tmp_path, "โคกสะอาด", years=(2568, 2569))
    before = copy(path, "ก่อน.itadesk")
    change(path, "ใหม่")
    there = coming(collection, [before, path])
    assert [sorted(there[at].step.fiscal_year for at in group) for group in groups(there)] == [
        [2568, 2568], [2569, 2569],
    ]  # fmt: skip
    said = {
        (one.name, one.step.fiscal_year): one_beside and one_beside.decision
        for one, one_beside in zip(there, beside(there), strict=True)
    }
    changed = 2568  # of the first measure there is
    assert said["ก่อน", changed] is Decision.OLDER
    assert said["ก่อน", 2569] is Decision.SAME
    assert said["โคกสะอาด", changed] is said["โคกสะอาด", 2569] is Decision.ADDED
    collection.close()


def test_many_are_grouped_at_once(tmp_path: Path, collection: Collection) -> None:
    paths = [make(tmp_path, f"ที่ {number}", measures=1) for number in range(4)]
    there = coming(collection, paths) * 500
    random.Random(1).shuffle(there)
    assert sorted(map(len, groups(there))) == [500] * 4
    collection.close()
