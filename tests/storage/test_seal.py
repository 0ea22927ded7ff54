"""The seal sees every change of content, and nothing else."""

import contextlib
import sqlite3
from pathlib import Path

import pytest
from storage.conftest import Open
from storage.office import ask, change, measure_id

from itadesk.domain.model import Measure
from itadesk.domain.short_code import short_code
from itadesk.domain.snapshot import TABLES
from itadesk.storage import attachments, connection, opener, seal
from itadesk.storage.operations import set_field
from itadesk.storage.snapshot import COLUMNS

OTHERWISE = (
    """ "{0}" = CASE typeof("{0}") WHEN 'integer' THEN "{0}" + 7 WHEN 'null' THEN 7 ELSE "{0}" || 'x' END """
)


def sealed(path: Path) -> str:
    with connection.private(path) as copy:
        return seal.seal(copy)


def test_the_layout_of_pages_does_not_matter(path: Path, place: Path) -> None:
    before = sealed(path)
    other = place / "packed.itadesk"
    change(path, "PRAGMA page_size = 1024")
    ask(path, f"VACUUM INTO '{other}'")
    assert other.read_bytes() != path.read_bytes()
    assert sealed(other) == before


def test_history_and_bookkeeping_do_not_matter(path: Path) -> None:
    before = sealed(path)
    change(path, "DELETE FROM history", "DELETE FROM lineage", "UPDATE doc SET revision = 99, saved_by = 'x'")
    assert sealed(path) == before


@pytest.mark.parametrize("table", [name for name in TABLES if name not in attachments.BOOKKEEPING])
def test_every_column_of_every_table_matters(path: Path, table: str) -> None:
    before = sealed(path)
    seals: set[str] = set()
    columns = [name for name in COLUMNS[TABLES[table]] if name not in ("id", *attachments.ALL.get(table, ()))]
    for name in columns:
        with contextlib.closing(sqlite3.connect(path)) as copy:
            copy.execute("PRAGMA ignore_check_constraints = ON")
            copy.execute(f"UPDATE {table} SET {OTHERWISE.format(name)}")
            seals.add(seal.seal(copy))
    assert len(seals) == len(columns)
    assert before not in seals


def test_text_behind_a_nul_does_not_get_past_the_seal(path: Path) -> None:
    change(path, "UPDATE measure SET title = title || char(0) || 'b' WHERE ordinal = 0")
    assert opener.verify(path).verdict == opener.Verdict.DAMAGED


def test_only_leaves_with_touched_rows_are_read_again(path: Path, opened: Open) -> None:
    file = opened(path)
    leaves = seal.Leaves()
    with connection.private(path) as copy:
        leaves.renew(copy)
        before = leaves.hashes
        whole = seal.seal(copy, leaves)
        assert whole == seal.seal(copy)
        made = file.edit(lambda edit: set_field(edit, Measure, measure_id(0), "title", "ใหม่"))
        leaves.touch(made, 10**6)
        assert seal.seal(copy, leaves) == whole
    before = {table: dict(hashes) for table, hashes in before.items()}
    file.publish()
    with connection.private(path) as copy:
        leaves.renew(copy)
        assert seal.seal(copy, leaves) == seal.seal(copy) != whole
    changed = {
        (table, end)
        for table, hashes in leaves.hashes.items()
        for end in hashes.keys() | before[table].keys()
        if hashes.get(end) != before[table].get(end)
    }
    end = measure_id(0)[-1].encode()
    assert changed == {("measure", end), ("history", end)}


def test_an_edit_that_is_not_in_a_copy_yet_is_read_with_the_next(path: Path, opened: Open) -> None:
    file = opened(path)
    leaves = seal.Leaves()
    with connection.private(path) as copy:
        leaves.renew(copy)
        (revision,) = copy.execute("SELECT revision FROM doc").fetchone()
        made = file.edit(lambda edit: set_field(edit, Measure, measure_id(0), "title", "ใหม่"))
        leaves.touch(made, revision + 1)
        leaves.renew(copy)  # of before the edit, as when a publication began a moment earlier
        assert seal.seal(copy, leaves) == seal.seal(copy)
    file.publish()
    with connection.private(path) as copy:
        leaves.renew(copy)
        assert seal.seal(copy, leaves) == seal.seal(copy)


def test_moving_text_from_one_column_to_the_next_matters(path: Path) -> None:
    change(path, "UPDATE measure SET title = 'ab', steps = 'c'")
    before = sealed(path)
    change(path, "UPDATE measure SET title = 'a', steps = 'bc'")
    assert sealed(path) != before


def test_undoing_brings_the_seal_back(path: Path, opened: Open) -> None:
    before = sealed(path)
    file = opened(path)
    changes = file.edit(lambda edit: set_field(edit, Measure, measure_id(0), "title", "ใหม่"))
    file.publish()
    assert sealed(path) != before
    file.replay(changes.inverted())
    file.close()
    assert sealed(path) == before


def test_verify_gives_the_code_of_the_seal(path: Path) -> None:
    ((carried,),) = ask(path, "SELECT seal FROM doc")
    assert opener.verify(path).seal_code == short_code(str(carried))
