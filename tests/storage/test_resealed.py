"""A file that somebody changed and sealed anew is taken for whole: what it says must be refused in words, or work."""

import contextlib
import datetime as dt
import hashlib
import json
import sqlite3
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from storage.conftest import Open
from storage.office import OFFICE, USER, YEAR, an_id, measure_id, on_disk, retitle, titles

from itadesk.domain.model import Deletion, Measure, Office, Unit
from itadesk.errors import UserError
from itadesk.storage import bin, bin_operations, history_operations, history_reading, opener, operations, seal
from itadesk.storage.office_file import OfficeFile
from itadesk.storage.opener import Verdict

GONE = an_id(77)
MEASURE = {
    "id": GONE, "fiscal_year_id": YEAR, "title": "หาย", "steps": "", "responsible": "", "period": "",
    "follow_up": "", "indicator": "", "heading": "", "continuous": 0,
}  # fmt: skip
ROW = {"table": "measure", **MEASURE, "ordinal": 0}
PROGRESS = {
    "table": "progress", "id": an_id(78), "measure_id": GONE, "round": 6, "status": "done", "result": "",
    "outcome": "", "suggestion": "",
}  # fmt: skip


def sealed_anew(path: Path, *changes: Callable[[sqlite3.Connection], object]) -> None:
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as file:
        for change in changes:
            change(file)
        sealed = seal.seal(file)
        file.execute("UPDATE doc SET seal = ?", (sealed,))
        file.execute("UPDATE doc SET checksum = ?", (seal.checksum(file, sealed),))


def entry(
    row_id: str, op: str, before: str | None, after: str | None = None, table: str = "measure"
) -> Callable[[sqlite3.Connection], object]:
    """An entry of the history, of today and of the user, whose next edit goes on with it."""
    now = dt.datetime.now().isoformat(timespec="seconds")
    return lambda file: file.execute(
        "INSERT INTO history (id, day, at, who, table_name, row_id, op, before, after)"
        " VALUES (lower(hex(randomblob(16))), ?, ?, ?, ?, ?, ?, ?, ?)",
        (now[:10], now, USER, table, row_id, op, before, after),
    )


def packed(content: Any, table: str = "measure") -> Callable[[sqlite3.Connection], object]:
    """An entry of the bin."""
    data = zlib.compress(content if isinstance(content, bytes) else json.dumps(content).encode())
    sha256 = hashlib.sha256(data).hexdigest()

    def put(file: sqlite3.Connection) -> None:
        file.execute("INSERT INTO attachment VALUES (?, ?, 'application/zlib', ?)", (sha256, len(data), data))
        file.execute(
            "INSERT INTO deletion VALUES (?, 0, '2026-01-01T00:00:00', ?, ?, '', 'หาย', '2569', 1, ?)",
            (an_id(79), table, GONE, sha256),
        )

    return put


def tried(file: OfficeFile, operation: Callable[[Any], object]) -> None:
    """Let it be done, or refused in words."""
    with contextlib.suppress(UserError):
        file.edit(operation)


@pytest.mark.parametrize(
    ("op", "before"),
    [
        ("update", None), ("delete", None), ("update", "kein JSON"), ("update", "[]"), ("update", "null"),
        ("update", "[" * 90_000), ("update", "1" * 5_000), ("update", '{"evil": 1}'), ("update", '{"title": 5}'),
        ("update", '{"ordinal": 99999999999999999999}'), ("update", '{"title": "\\ud800"}'),
        ("update", f'{{"fiscal_year_id": "{GONE}"}}'), ("update", f'{{"id": "{GONE}"}}'),
        ("insert", None), ("delete", "{}"),
    ],
)  # fmt: skip
def test_an_edit_goes_on_behind_whatever_the_history_of_today_tells(
    path: Path, opened: Open, op: str, before: str | None
) -> None:
    sealed_anew(path, entry(measure_id(0), op, before, "{}"), entry(measure_id(1), op, before, "{}"))
    file = opened(path)
    for told in list(file.read(lambda connection: list(history_reading.entries(connection)))):
        tried(file, lambda edit, told=told: history_operations.undo_entry(edit, told))
    for row in file.snapshot.children(Measure, YEAR):
        file.edit(lambda edit, row=row: operations.set_field(edit, Measure, row.id, "title", "ใหม่"))
    file.publish()
    assert set(titles(on_disk(path))) == {"ใหม่"}


@pytest.mark.parametrize("op", ["insert", "delete"])
def test_no_history_takes_the_office_away_or_brings_a_second_one(path: Path, opened: Open, op: str) -> None:
    image = json.dumps({"id": GONE, "kind": "อบต.", "name": "ปลอม"})
    row_id = OFFICE if op == "insert" else GONE
    before, after = (None, image) if op == "insert" else (image, None)
    sealed_anew(path, entry(row_id, op, before, after, "office"))
    file = opened(path)
    for told in file.read(lambda connection: list(history_reading.entries(connection))):
        tried(file, lambda edit, told=told: history_operations.undo_entry(edit, told))
    assert list(file.snapshot.all(Office)) == [OFFICE]


def test_what_is_packed_in_the_bin_comes_back(path: Path, opened: Open) -> None:
    sealed_anew(path, packed([ROW, PROGRESS]))
    file = opened(path)
    file.edit(lambda edit: bin_operations.restore(edit, [an_id(79)]))
    file.publish()
    assert "หาย" in titles(on_disk(path))


@pytest.mark.parametrize(
    "content",
    [
        b"[" + b"{}," * 3_000_000 + b"{}]",
        [{"table": "office", "id": GONE}],
        [ROW, {**PROGRESS, "measure_id": measure_id(0)}],
        [ROW, {**PROGRESS, "id": an_id(2000)}],
        [ROW, {**PROGRESS, "round": 7}],
        [ROW, PROGRESS, {**PROGRESS, "id": an_id(80)}],
        [ROW, ROW],
        [{**ROW, "ordinal": -1}],
        [{**ROW, "ordinal": 10**30}],
        [ROW, {"table": "office", "id": an_id(78)}],
        [{**ROW, "title": "e\u0301"}],
    ],
)
def test_what_cannot_have_been_deleted_does_not_come_back(path: Path, opened: Open, content: Any) -> None:
    sealed_anew(path, packed(content))
    file = opened(path)
    before = file.snapshot
    with pytest.raises(UserError):
        file.edit(lambda edit: bin_operations.restore(edit, [an_id(79)]))
    assert file.snapshot == before
    assert file.read(bin.size) > 0


def test_a_place_at_the_end_of_an_order_is_no_trap(path: Path, opened: Open) -> None:
    """An edit is done or refused in words, and none leads to a file that is refused."""
    sealed_anew(path, lambda file: file.execute("UPDATE unit SET ordinal = 2147483647"))
    assert opener.verify(path).verdict is Verdict.DAMAGED
    sealed_anew(path, lambda file: file.execute(f"UPDATE unit SET ordinal = {2**30}"))
    file = opened(path)
    tried(file, lambda edit: operations.add_row(edit, Unit, OFFICE, name="กองช่าง"))
    tried(file, lambda edit: operations.add_row(edit, Unit, OFFICE, operations.FIRST, name="กองช่าง"))
    for unit in list(file.snapshot.all(Unit)):
        file.edit(lambda edit, unit=unit: operations.delete_row(edit, Unit, unit))
    file.publish()
    assert opener.verify(path).verdict is Verdict.CLEAN


def test_deletions_go_on_behind_the_last_place_of_the_bin(path: Path, opened: Open) -> None:
    sealed_anew(path, packed([ROW]), lambda file: file.execute(f"UPDATE deletion SET ordinal = {2**30}"))
    file = opened(path)
    file.edit(lambda edit: operations.delete_row(edit, Measure, measure_id(0)))
    file.publish()
    assert len(on_disk(path).all(Deletion)) == 2


def test_the_highest_revision_that_is_opened_leads_to_no_higher_one(path: Path, opened: Open) -> None:
    highest = 2**30 - 1
    sealed_anew(
        path,
        lambda file: file.execute("UPDATE doc SET revision = ?", (highest,)),
        lambda file: file.execute(
            "UPDATE lineage SET last_revision = ? WHERE branch = (SELECT branch FROM doc)", (highest,)
        ),
    )
    file = opened(path)
    for title in ("ก", "ข"):
        file.edit(retitle(title))
    file.publish()
    assert titles(on_disk(path))[0] == "ข"


def test_a_file_that_does_not_say_utf_8_is_written_all_the_same(path: Path, opened: Open) -> None:
    content = bytearray(path.read_bytes())
    content[56:60] = bytes(4)
    path.write_bytes(content)
    file = opened(path)
    file.edit(retitle("ก"))
    file.publish()
    assert titles(on_disk(path))[0] == "ก"
