"""Replacing in the file: what was chosen and nothing else, all of it or nothing, and back again."""

from pathlib import Path

import pytest
from storage.conftest import Open
from storage.office import measure_id

from itadesk.domain.model import Evidence, Measure
from itadesk.domain.replace import Scope, Wanted, find
from itadesk.errors import UserError
from itadesk.storage import operations, text_operations
from itadesk.storage.office_file import OfficeFile


@pytest.fixture
def file(path: Path, opened: Open) -> OfficeFile:
    return opened(path)


def test_chosen_places_only_and_back_again(file: OfficeFile) -> None:
    before = file.snapshot
    hits = find(before, Wanted("ประกาศ"), Scope())
    assert {type(hit.row) for hit in hits} == {Measure, Evidence}
    changes = file.edit(lambda edit: text_operations.replace_texts(edit, hits[1:], "คำสั่ง"))
    kept, *others = find(file.snapshot, Wanted("ประกาศ"), Scope())
    assert (kept.key, others) == (hits[0].key, [])
    assert len(find(file.snapshot, Wanted("คำสั่ง"), Scope())) == len(hits) - 1
    file.replay(changes.inverted())
    assert file.snapshot == before


def test_nothing_is_stored_when_one_text_grows_too_long(file: OfficeFile) -> None:
    before = file.snapshot
    hits = find(before, Wanted("สำนักปลัด"), Scope())
    with pytest.raises(UserError):
        file.edit(lambda edit: text_operations.replace_texts(edit, hits, "ก" * 501))
    assert file.snapshot == before


def test_a_text_that_changed_meanwhile_is_left_alone(file: OfficeFile) -> None:
    hits = find(file.snapshot, Wanted("มาตรการ"), Scope())
    file.edit(lambda edit: operations.set_field(edit, Measure, measure_id(0), "title", "อื่น"))
    before = file.snapshot
    with pytest.raises(UserError):
        file.edit(lambda edit: text_operations.replace_texts(edit, hits, "งาน"))
    assert file.snapshot == before
