"""The verb of find and replace: chosen places all over the file, in one edit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from itadesk.domain.replace import Hit, replaced
from itadesk.errors import UserError
from itadesk.i18n import _

if TYPE_CHECKING:  # the window names verbs before the database library is there
    from itadesk.storage.edit import Edit


def replace_texts(edit: Edit, hits: Sequence[Hit], by: str) -> int:
    """Put `by` into places that were found in the file, and say how many; UserError when a text changed since then, or
    may not read so."""
    if any(edit.snapshot.get(type(hit.row), hit.row.id) != hit.row for hit in hits):
        raise UserError(_("The text has changed in the meantime."), _("Please search again."))
    for row in replaced(hits, by):
        edit.update(row)
    return len(hits)
