"""The verbs of the office's own layouts on a real file."""

import datetime as dt
from dataclasses import replace

import pytest

from itadesk.domain.model import Document, LayoutText, Signatory
from itadesk.errors import UserError
from itadesk.storage import layout_operations
from itadesk.storage.office_file import OfficeFile


def own(file: OfficeFile) -> dict[str, str]:
    return {row.name: row.toml for row in file.snapshot.children(LayoutText)}


@pytest.fixture
def file(path, opened) -> OfficeFile:
    """An office file without any layout of its own."""
    file = opened(path)
    for name in own(file):
        file.edit(lambda edit, name=name: layout_operations.delete_layout(edit, name))
    return file


def test_a_layout_is_kept_changed_and_deleted(file) -> None:
    file.edit(lambda edit: layout_operations.add_layout(edit, "แบบของเรา", "title = 'ก'\n"))
    assert own(file) == {"แบบของเรา": "title = 'ก'\n"}
    file.edit(lambda edit: layout_operations.set_layout(edit, "แบบของเรา", "title = 'ข'\n"))
    assert own(file) == {"แบบของเรา": "title = 'ข'\n"}
    file.edit(lambda edit: layout_operations.delete_layout(edit, "แบบของเรา"))
    assert own(file) == {}


def test_each_verb_is_undone_as_one_step(file) -> None:
    file.edit(lambda edit: layout_operations.add_layout(edit, "ours", "title = 'ก'"))
    changes = file.edit(lambda edit: layout_operations.set_layout(edit, "ours", "title = 'ข'"))
    file.replay(changes.inverted())
    assert own(file) == {"ours": "title = 'ก'"}
    changes = file.edit(lambda edit: layout_operations.delete_layout(edit, "ours"))
    file.replay(changes.inverted())
    assert own(file) == {"ours": "title = 'ก'"}


def test_a_name_that_is_taken_is_refused(file) -> None:
    file.edit(lambda edit: layout_operations.add_layout(edit, "ours", "title = 'ก'"))
    with pytest.raises(UserError) as refusal:
        file.edit(lambda edit: layout_operations.add_layout(edit, "ours", "title = 'ข'"))
    assert "ours" in refusal.value.message
    assert own(file) == {"ours": "title = 'ก'"}


def test_a_text_that_may_not_be_stored_changes_nothing(file) -> None:
    file.edit(lambda edit: layout_operations.add_layout(edit, "ours", "title = 'ก'"))
    with pytest.raises(UserError):
        file.edit(lambda edit: layout_operations.set_layout(edit, "ours", "x" * 200_000))
    with pytest.raises(UserError):
        file.edit(lambda edit: layout_operations.add_layout(edit, "", "title = 'ก'"))
    assert own(file) == {"ours": "title = 'ก'"}


def test_a_layout_that_is_not_there_is_a_fault_of_the_caller(file) -> None:
    with pytest.raises(LookupError):
        file.edit(lambda edit: layout_operations.set_layout(edit, "gone", ""))
    with pytest.raises(LookupError):
        file.edit(lambda edit: layout_operations.delete_layout(edit, "gone"))


def test_documents_stay_when_their_layout_goes(file) -> None:
    before = file.snapshot.all(Document)
    name = next(iter(before.values())).layout
    file.edit(lambda edit: layout_operations.add_layout(edit, name, "title = 'ก'"))
    file.edit(lambda edit: layout_operations.delete_layout(edit, name))
    assert file.snapshot.all(Document) == before


def test_a_layout_is_in_the_published_file(file, opened) -> None:
    file.edit(lambda edit: layout_operations.add_layout(edit, "ours", "title = 'ก'"))
    file.publish()
    assert own(opened(file.path, OfficeFile.view)) == {"ours": "title = 'ก'"}


def test_a_copy_takes_the_documents_of_the_year_with_it_but_not_their_signing(file) -> None:
    snapshot = file.snapshot
    document = next(row for row in snapshot.all(Document).values() if snapshot.children(Signatory, row.id))
    signed = replace(document, signed_on=dt.date(2025, 3, 31))
    file.edit(lambda edit: edit.update(signed))
    year = document.fiscal_year_id

    changes = file.edit(
        lambda edit: layout_operations.copy_layout(edit, "ours", "title = 'ก'", document.layout, year)
    )
    copies = [row for row in file.snapshot.children(Document, year) if row.layout == "ours"]
    (copy,) = (row for row in copies if row.round == document.round)
    assert (copy.unit, copy.subject, copy.signed_on) == (document.unit, document.subject, None)
    assert [row.name for row in file.snapshot.children(Signatory, copy.id)] == [
        row.name for row in snapshot.children(Signatory, document.id)
    ]
    file.replay(changes.inverted())
    assert own(file) == {}
    assert not [row for row in file.snapshot.all(Document).values() if row.layout == "ours"]
