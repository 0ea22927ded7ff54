"""The verbs of the office's own layouts, each a TOML text under a name. What the text says is not looked at here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from itadesk.domain.model import Document, DocumentText, LayoutText, Signatory, new_id
from itadesk.errors import UserError
from itadesk.i18n import _

if TYPE_CHECKING:  # the pages of the window name verbs before the database library is there
    from itadesk.storage.edit import Edit


def add_layout(edit: Edit, name: str, toml: str) -> str:
    """Keep a layout under a new name and say the row's id; UserError when the name is taken."""
    if _row(edit, name) is not None:
        raise UserError(
            _("There is a form “{name}” already.").format(name=name), _("Please choose another name.")
        )
    row = LayoutText(id=new_id(), name=name, toml=toml)
    edit.insert(row)
    return row.id


def copy_layout(edit: Edit, name: str, toml: str, model: str, fiscal_year_id: str) -> str:
    """Keep a copy of the layout `model` under a new name. What the year's documents of that one say goes with it:
    their facts, wording and signatories; what was printed and signed stays with the old ones."""
    row_id = add_layout(edit, name, toml)
    documents = edit.snapshot.children(Document, fiscal_year_id)
    ordinal = max((document.ordinal for document in documents), default=-1) + 1
    for at, document in enumerate(row for row in documents if row.layout == model):
        copy = replace(
            document, id=new_id(), ordinal=ordinal + at, layout=name, signed_on=None, scan=None, scan_name=""
        )
        texts = edit.snapshot.children(DocumentText, document.id)
        signatories = edit.snapshot.children(Signatory, document.id)
        edit.insert(copy, *(replace(row, id=new_id(), document_id=copy.id) for row in (*texts, *signatories)))
    return row_id


def set_layout(edit: Edit, name: str, toml: str) -> None:
    """Give the layout of that name another text."""
    edit.update(replace(_existing(edit, name), toml=toml))


def delete_layout(edit: Edit, name: str) -> None:
    """Take the layout out of the file. Documents made with it stay, for the day it comes back."""
    edit.delete(LayoutText, _existing(edit, name).id)


def _existing(edit: Edit, name: str) -> LayoutText:
    row = _row(edit, name)
    if row is None:
        raise LookupError(f"no layout {name}")
    return row


def _row(edit: Edit, name: str) -> LayoutText | None:
    return next((row for row in edit.snapshot.children(LayoutText) if row.name == name), None)
