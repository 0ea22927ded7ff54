"""What the district keeps and asks beside the offices' rows: notes, who is to send, versions, what is new in a file."""

from pathlib import Path

import pytest
from sqlalchemy import update
from storage.collection.offices import TODAY, change, copy, finish, make, taken

from itadesk.domain.consolidated import Sender
from itadesk.domain.fields import CELL_LIMIT
from itadesk.domain.model import Measure
from itadesk.domain.news import Tally, tally
from itadesk.domain.progress import Counts
from itadesk.errors import UserError
from itadesk.storage.collection import batch, counts, expected, reviews, schema, take, versions
from itadesk.storage.collection.plan import Decision
from itadesk.storage.collection.store import Collection, Login, opened
from itadesk.storage.opener import Verdict

pytestmark = pytest.mark.usefixtures("data")


def note(collection: Collection, office_id: str, text: str, before: str = "") -> str:
    with collection.writing() as connection:
        return reviews.note(connection, office_id, 2569, text, before, "สมศรี")


def noted(collection: Collection) -> dict[str, str]:
    with collection.reading() as connection:
        return reviews.texts(connection, 2569)


def test_a_note_survives_whatever_the_office_sends(collection: Collection, tmp_path: Path) -> None:
    path = make(tmp_path, "โคกสะอาด")
    (step,) = taken(collection, path)
    note(collection, step.office_id, "โทรตามแล้ว")
    change(path, "ใหม่กว่า")
    taken(collection, path)
    assert noted(collection) == {step.office_id: "โทรตามแล้ว"}
    note(collection, step.office_id, "", "โทรตามแล้ว")
    assert noted(collection) == {}


def test_a_note_typed_by_somebody_else_meanwhile_is_not_lost(collection: Collection) -> None:
    office = "a" * 32
    note(collection, office, "ของสมชาย")
    assert note(collection, office, "ของสมศรี", before="") == "ของสมชาย\nของสมศรี"
    assert note(collection, office, "สั้น", before="ของสมชาย\nของสมศรี") == "สั้น"


def test_a_note_that_is_too_long_changes_nothing(collection: Collection) -> None:
    note(collection, "a" * 32, "เดิม")
    with pytest.raises(UserError):
        note(collection, "a" * 32, "ย" * (CELL_LIMIT + 1), before="เดิม")
    assert noted(collection) == {"a" * 32: "เดิม"}


def test_who_has_not_sent_is_told_in_the_order_of_the_list(collection: Collection, tmp_path: Path) -> None:
    taken(collection, make(tmp_path, "โคกสะอาด"))
    wanted = [
        Sender("องค์การบริหารส่วนตำบล", "แม่ทา"),
        Sender("องค์การบริหารส่วนตำบล", "โคกสะอาด"),
        Sender("เทศบาลตำบล", "โคกสะอาด"),
        Sender("องค์การบริหารส่วนตำบล", "โคกสะอาด", "พล"),
    ]
    with collection.writing() as connection:
        expected.set_senders(connection, [Sender("", "เก่า")])
        expected.set_senders(connection, wanted)
    with collection.reading() as connection:
        assert expected.senders(connection) == wanted
        assert counts.missing(connection, 2569) == [wanted[0], wanted[2], wanted[3]]
        assert counts.missing(connection, 2570) == wanted


def test_cells_of_the_matrix_sum_up_to_the_offices(collection: Collection, tmp_path: Path) -> None:
    one, other = make(tmp_path, "โคกสะอาด", measures=12), make(tmp_path, "แม่ทา", measures=3)
    finish(other)
    taken(collection, one)
    taken(collection, other)
    with collection.reading() as connection:
        cells = counts.by_office_and_indicator(connection, TODAY, 2569)
        offices = counts.by_office(connection, TODAY, 2569)
    for office in offices:
        own = [cell for cell in cells if cell.office_id == office.office_id]
        assert sum(cell.counts.total for cell in own) == office.counts.total
        assert sum(cell.overdue for cell in own) == office.overdue
    assert [cell.counts for cell in cells if cell.indicator == "3"] == [Counts(0, 0, 1), Counts(0, 0, 1)]


def test_versions_are_listed_compared_and_taken_back(collection: Collection, tmp_path: Path) -> None:
    path = make(tmp_path, "โคกสะอาด")
    (step,) = taken(collection, path)
    change(path, "ใหม่กว่า")
    taken(collection, path)
    with collection.reading() as connection:
        kept = versions.kept(connection, step.office_id)
        used = versions.in_use(connection, step.office_id, 2569)
        newer, older = sorted(kept, key=lambda one: not one.years)
        found = versions.compared(connection, older.id, newer.id, 2569)
    assert (newer.id, newer.years, older.years) == (used, (2569,), ())
    assert [(one.old, one.new) for one in found] == [("มาตรการที่ 0", "ใหม่กว่า")]
    with collection.writing() as connection:
        take.take_back(connection, older.id, [2569])
    with collection.reading() as connection:
        assert versions.in_use(connection, step.office_id, 2569) == older.id
        titles = [row.title for row in versions.content(connection, newer.id).all(Measure).values()]
        assert "ใหม่กว่า" in titles
        with pytest.raises(UserError):
            versions.packed(connection, "0" * 32)


def test_a_plan_tells_what_would_change(collection: Collection, tmp_path: Path) -> None:
    path = make(tmp_path, "โคกสะอาด")
    (first,) = batch.planned(collection, [path])
    assert first.news == {2569: []}
    taken(collection, path)
    change(path, "ใหม่กว่า")
    finish(path)
    (second,) = batch.planned(collection, [path])
    assert second.steps[0].decision is Decision.REPLACED
    assert tally(second.news[2569]) == Tally(texts=1, statuses=3)


def test_damaged_files_among_good_ones_are_told_apart(collection: Collection, tmp_path: Path) -> None:
    good, foreign = make(tmp_path, "โคกสะอาด"), tmp_path / "อื่น.itadesk"
    damaged = copy(good, "เสีย.itadesk")
    damaged.write_bytes(good.read_bytes()[:20_000])
    foreign.write_bytes(b"no office file")
    found = list(batch.planned(collection, [damaged, foreign, tmp_path / "ไม่มี.itadesk", good]))
    assert [one.verdict for one in found] == [Verdict.DAMAGED, Verdict.FOREIGN, None, None]
    assert [one.refusal is None for one in found] == [False, False, False, True]


def test_a_collection_never_shows_a_password() -> None:
    url = Login("เครื่อง.local", "ita", "สมศรี", "ลับ@มาก/1").url
    assert "ลับ" not in url  # quoted, so that no sign of it is taken for a part of the address
    assert url.startswith("postgresql+psycopg://")
    assert Login("server", "ita", "u").url == "postgresql+psycopg://u@server:5432/ita"


def test_an_office_that_is_removed_leaves_nothing_but_its_note(
    collection: Collection, tmp_path: Path
) -> None:
    one, other = make(tmp_path, "โคกสะอาด"), make(tmp_path, "แม่ทา")
    (step,) = taken(collection, one)
    taken(collection, other)
    note(collection, step.office_id, "ส่งผิดอำเภอ")
    with collection.writing() as connection:
        take.remove(connection, step.office_id)
    with collection.reading() as connection:
        assert [row.name for row in counts.by_office(connection, TODAY)] == ["แม่ทา"]
        assert versions.kept(connection, step.office_id) == []
        assert len(counts.measures(connection, 2569)) == 4
    assert noted(collection) == {step.office_id: "ส่งผิดอำเภอ"}
    assert [again.decision for again in taken(collection, one)] == [Decision.ADDED]


def ask_all(path: Path) -> None:
    with opened(str(path)) as collection, collection.reading() as connection:
        counts.by_office(connection, TODAY)
        counts.measures(connection, 2569)


@pytest.mark.parametrize("at", [100, 4096, 40_960])
def test_a_damaged_collection_is_explained(tmp_path: Path, at: int) -> None:
    path = tmp_path / "เมือง.itacollection"
    with opened(str(path)) as collection:
        for name in ("โคกสะอาด", "แม่ทา", "ไผ่ล้อม"):
            taken(collection, make(tmp_path, name, measures=40))
    data = bytearray(path.read_bytes())
    data[at : at + 60_000] = b"\xff" * 60_000
    path.write_bytes(data)
    with pytest.raises(UserError) as caught:
        ask_all(path)
    assert path.name in caught.value.message
    assert caught.value.advice


def test_a_received_file_that_the_collection_spoiled_is_explained(
    collection: Collection, tmp_path: Path
) -> None:
    (step,) = taken(collection, make(tmp_path, "โคกสะอาด"))
    with collection.writing() as connection:
        connection.execute(update(schema.received).values(packed=b"no zlib"))
    with collection.reading() as connection:
        used = versions.in_use(connection, step.office_id, 2569)
        assert used is not None
        with pytest.raises(UserError):
            versions.content(connection, used)
