"""The verbs that take what a clerk has chosen of another file: of another copy of the document, or of a template."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from itadesk.domain import choices, copy_join, template_join
from itadesk.domain.choices import Choice, Outcome
from itadesk.domain.copy_join import FILES, Comparison
from itadesk.domain.lineage import Past
from itadesk.domain.model import FiscalYear, Joined, Measure, Row, TemplateMeasure
from itadesk.domain.template_join import Joining
from itadesk.storage import past
from itadesk.storage.operations import number_rows

if TYPE_CHECKING:  # the pages of the window name verbs before the database library is there
    from itadesk.storage.edit import Edit

Files = Callable[[str], tuple[bytes, str] | None]
"""The bytes and the media type of a file attached to the other copy, by its SHA-256."""


def join_copy(
    edit: Edit, comparison: Comparison, chosen: Iterable[Choice], files: Files, their_past: Past
) -> int:
    """Take what was chosen of another copy of this document, and say how many things that were.

    From then on this file comes after both copies, whatever was taken.
    """
    chosen = list(chosen)
    taken = choices.outcome(chosen)
    more = copy_join.unasked(edit.snapshot, comparison, taken.new)
    taken = replace(taken, new=(*taken.new, *more))
    _attach(edit, taken, files)
    _store(edit, taken)
    _join(edit, their_past)
    return len(chosen)


def join_template(edit: Edit, year: FiscalYear, joined: Joining, chosen: Iterable[Choice]) -> int:
    """Take what was chosen of a template into a fiscal year, which is made if it is not there; how many things."""
    chosen = list(chosen)
    taken = choices.outcome(chosen)
    if edit.current(FiscalYear, year.id) is None:
        edit.insert(year)
    _store(edit, taken)
    _keep_texts(edit, joined.texts)
    _order(edit, year, [row for row in taken.new if isinstance(row, Measure)], joined)
    return len(chosen)


def _store(edit: Edit, taken: Outcome) -> None:
    for row in taken.gone:
        if edit.current(type(row), row.id) is not None:  # it may have gone with one above it
            edit.delete(type(row), row.id)
    edit.insert(*taken.new)
    edit.update(*taken.changed)


def _attach(edit: Edit, taken: Outcome, files: Files) -> None:
    for row in (*taken.new, *taken.changed):
        for name in (*FILES, "tree", "pdf"):
            sha = getattr(row, name, None)
            if sha is not None and (file := files(sha)) is not None:
                edit.attach(*file)


def _join(edit: Edit, theirs: Past) -> None:
    """Let the file descend from all that the other copy descends from."""
    ours = past.read(edit.database)
    if ours.holds(theirs.version):
        return
    there = {row.id: row for row in edit.snapshot.all(Joined).values()}
    for stretch in theirs.stretches:
        row = Joined(id=stretch.branch, first_revision=stretch.first, last_revision=stretch.last)
        before = there.get(row.id)
        if before is None:
            edit.insert(row)
        elif row.last_revision > before.last_revision:
            edit.update(replace(row, first_revision=min(row.first_revision, before.first_revision)))


def _keep_texts(edit: Edit, texts: Iterable[TemplateMeasure]) -> None:
    new: list[Row] = []
    for row in texts:
        before = edit.snapshot.get(TemplateMeasure, row.id)
        if before is None:
            new.append(row)
        elif before != row:
            edit.update(row)
    edit.insert(*new)


def _order(edit: Edit, year: FiscalYear, new: list[Measure], joined: Joining) -> None:
    if new:
        rows = {row.id: row for row in (*edit.snapshot.children(Measure, year.id), *new)}
        ids = template_join.order(edit.snapshot, year, new, joined)
        number_rows(edit, [rows[row_id] for row_id in ids])
