"""The verbs by which evidence is added: links and files, several at once behind what is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from itadesk.domain.model import Evidence, Measure, Round, new_id
from itadesk.storage.operations import existing

if TYPE_CHECKING:
    from itadesk.storage.edit import Edit


@dataclass(frozen=True)
class NewFile:
    """A file ready to be attached."""

    name: str
    data: bytes
    media_type: str


def attach_links(edit: Edit, measure_id: str, round_: Round | None, links: Sequence[str]) -> list[str]:
    """Add links as evidence of a measure in their order, and say the ids."""
    rows = edit.snapshot.children(Evidence, measure_id)
    first = rows[-1].ordinal + 1 if rows else 0
    new = [
        Evidence(id=new_id(), measure_id=measure_id, ordinal=first + at, round=round_, url=link)
        for at, link in enumerate(links)
    ]
    edit.insert(*new)
    return [row.id for row in new]


def attach_files(edit: Edit, measure_id: str, round_: Round | None, files: Sequence[NewFile]) -> list[str]:
    """Add files as evidence of a measure in their order, and say the ids.

    One that the measure has for the same round already is not added again. UserError for one that is too large.
    """
    existing(edit, Measure, measure_id)
    rows = edit.snapshot.children(Evidence, measure_id)
    known = {row.attachment for row in rows if row.round == round_}
    ordinal = rows[-1].ordinal + 1 if rows else 0
    added: list[str] = []
    for file in files:
        sha256 = edit.attach(file.data, file.media_type)
        if sha256 not in known:
            known.add(sha256)
            row = Evidence(
                id=new_id(),
                measure_id=measure_id,
                ordinal=ordinal + len(added),
                round=round_,
                attachment=sha256,
                file_name=file.name,
            )
            edit.insert(row)
            added.append(row.id)
    return added
