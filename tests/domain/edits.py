"""Random lives of a copy: texts changed, rows added and deleted, as clerks do."""

from dataclasses import replace

from domain.rows import CELLS, LINES, an_id
from hypothesis import strategies as st

from itadesk.domain import choices, family
from itadesk.domain.choices import Choice
from itadesk.domain.model import Measure, Office, Row, Unit
from itadesk.domain.snapshot import ChangeSet, RowChange, Snapshot

_TEXTS: dict[type[Row], tuple[str, ...]] = {
    Office: ("district", "phone"),
    Unit: ("aliases",),
    Measure: ("title", "steps", "period"),
}


@st.composite
def edited(draw: st.DrawFn, content: Snapshot) -> Snapshot:
    """The content after a few edits."""
    for _number in range(draw(st.integers(0, 4))):
        rows = [row for row in content.rows() if type(row) in _TEXTS]
        match draw(st.sampled_from(["change", "add", "delete"])):
            case "change":
                row = draw(st.sampled_from(rows))
                name = draw(st.sampled_from(_TEXTS[type(row)]))
                text = draw(LINES if isinstance(row, Office) else CELLS)
                content = content.after(ChangeSet((RowChange(row, replace(row, **{name: text})),)))
            case "add" if content.fiscal_years:
                year = draw(st.sampled_from(content.fiscal_years))
                measure = Measure(
                    id=an_id(), fiscal_year_id=year.id, ordinal=draw(st.integers(0, 9)), title=draw(CELLS)
                )
                content = content.after(ChangeSet((RowChange(None, measure),)))
            case "delete" if deletable := [row for row in rows if not isinstance(row, Office)]:
                content = without(content, draw(st.sampled_from(deletable)))
            case _:
                pass
    return content


def without(content: Snapshot, row: Row) -> Snapshot:
    gone = [row, *family.below(content, row)]
    return content.after(ChangeSet(tuple(RowChange(one, None) for one in reversed(gone))))


def after(content: Snapshot, chosen: list[Choice]) -> Snapshot:
    """The content with what was chosen taken."""
    taken = choices.outcome(chosen)
    for row in taken.gone:
        if content.get(type(row), row.id) is not None:
            content = without(content, row)
    changes = [RowChange(None, row) for row in taken.new]
    changes += [RowChange(content.get(type(row), row.id), row) for row in taken.changed]
    return content.after(ChangeSet(tuple(changes)))
