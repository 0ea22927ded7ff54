"""The verbs of the office's own layouts, each a TOML text under a name. What the text says is not looked at here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from itadesk.domain.model import LayoutText, new_id
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
