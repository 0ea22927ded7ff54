"""Measures told one below the other, "label | text", a small table or a block of rows each: made a table of them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from itadesk.domain import thai
from itadesk.exchange import row_words
from itadesk.exchange.columns import find_head, round_in
from itadesk.exchange.grid import Cell, Grid, GridRow
from itadesk.exchange.headings import meanings
from itadesk.i18n import _

_LABEL_LENGTH = 70
"""Letters of the longest label; a measure's own text is mostly longer."""
_COLUMNS = 30
_KINDS = 3
"""Different labels that a form has at least."""
_NAMES_MEASURE = re.compile(
    r"\s*(?:มาตรการ|กิจกรรม|โครงการ)(?:ที่)?\s*(?:\d{1,3}[.):]?|(?P<label>:))\s*(?=\S|$)"
)
_TITLE = "มาตรการ"


@dataclass
class _Form:
    """One measure: its texts by label, as the label is written."""

    place: str
    named: str = ""
    """The line above that names the measure."""
    texts: dict[str, str] = field(default_factory=dict[str, str])
    remarks: list[str] = field(default_factory=list[str])


def unfolded(grids: Sequence[Grid]) -> list[Grid]:
    """The tables, those that are forms of measures made one table with a column a label."""
    found: list[Grid] = []
    for is_form, group in groupby(((grid, _forms(grid)) for grid in grids), lambda pair: bool(pair[1])):
        pairs = list(group)
        if is_form:
            found.append(
                _table([grid for grid, _forms in pairs], [form for _grid, forms in pairs for form in forms])
            )
        else:
            found += [grid for grid, _none in pairs]
    return found


def _forms(grid: Grid) -> list[_Form]:
    """The measures of a table that is such a form; none when it is no form."""
    rows = [row for row in grid.rows if row.filled() and not _ends(row)]
    head = find_head(grid)
    if not 2 <= grid.width <= _COLUMNS or (head and len(grid.rows[head.first].filled()) > 2):
        return []
    labelled = [row for row in rows if len(row.filled()) > 1 or _is_label(row.text(0))]
    known = [_meaning(row.text(0)) for row in labelled if row.filled()[0] == 0 and _is_label(row.text(0))]
    kinds = Counter(known)
    if len(kinds.keys() - {"", "number"}) < _KINDS or 10 * len(known) < 6 * len(labelled):
        return []
    if _lies_across(labelled):
        return list(_columns(labelled))
    forms = list(_blocks(rows))
    if len(forms) == 1 and not forms[0].named and grid.above:
        forms[0].named = _named(grid.above[-1]) or ""
    for form in forms:
        if form.named and not _has_title(form):
            form.texts = {_TITLE: form.named, **form.texts}
    return forms if all(map(_has_title, forms)) else []


def _ends(row: GridRow) -> bool:
    """Whether a row is of those that stand below a form: who signs it, a page number."""
    first = row.text(row.filled()[0])
    return row_words.is_signature(first) or row_words.is_outside(first)


def _is_label(text: str) -> bool:
    return len(text) <= _LABEL_LENGTH and bool(meanings(text)) and not row_words.begins_with_mark(text)


def _meaning(label: str) -> str:
    """What a label says; results of the two rounds are two."""
    round_ = round_in(label)
    return meanings(label)[0] + (f" {round_}" if round_ else "")


def _lies_across(rows: Sequence[GridRow]) -> bool:
    """Whether the table has a measure a column: beside the first label stand texts, and seldom another label."""
    wide = [row for row in rows if len(row.filled()) > 2]
    paired = [row for row in wide if _is_other_label(row.text(row.filled()[2]), row.text(0))]
    return any(meanings(row.text(0))[:1] == ("title",) for row in wide) and 2 * len(paired) < len(wide)


def _is_other_label(text: str, label: str) -> bool:
    return _is_label(text) and meanings(text)[0] != meanings(label)[0]


def _columns(rows: Sequence[GridRow]) -> Iterator[_Form]:
    for at in sorted({at for row in rows for at in row.filled()} - {0}):
        form = _Form(_("column {number}").format(number=at + 1))
        for row in rows:
            form.texts[row.text(0)] = row.text(at)
        if _has_title(form):
            yield form


def _blocks(rows: Iterable[GridRow]) -> Iterator[_Form]:
    """A new measure begins where the first label comes again, or a line names one."""
    form = _Form("")
    first = last = ""
    for row in rows:
        line = row.text(row.filled()[0]) if len(row.filled()) == 1 else ""
        if (named := _named(line)) is not None:
            if form.texts:
                yield form
            form = _Form(row.place, named)
            continue
        for label, text in _pairs(row):
            first = first or label
            if label and thai.fold(label) == thai.fold(first) and label in form.texts:
                yield form
                form = _Form(row.place)
            last = label or last
            before = form.texts.get(last, "")
            form.texts[last] = f"{before}\n{text}" if before and text else before or text
        form.place = form.place or row.place
        form.remarks += row.remarks
    if form.texts:
        yield form


def _named(line: str) -> str | None:
    """The measure that a line of its own names: "มาตรการที่ ๑ …"; "" for a mere number, None when it names none."""
    found = _NAMES_MEASURE.match(thai.arabic_digits(line))
    if found is None:
        return None
    rest = line[found.end() :]
    return rest if found["label"] or not rest.strip() else line


def _pairs(row: GridRow) -> Iterator[tuple[str, str]]:
    """Label and text, once or twice beside each other; a text without a label goes on with what is above."""
    label, waiting, end = "", False, 0
    for at in row.filled():
        text = row.text(at)
        if _is_label(text) and not (waiting and at == end):
            if waiting:
                yield label, ""
            label, waiting = text, True
        else:
            yield label if waiting else "", text
            waiting = False
        cell = row.cells[at]
        end = at + (cell.wide if cell else 1)
    if waiting:
        yield label, ""


def _has_title(form: _Form) -> bool:
    return any(text.strip() and meanings(label)[:1] == ("title",) for label, text in form.texts.items())


def _table(grids: Sequence[Grid], forms: Sequence[_Form]) -> Grid:
    labels: dict[str, str] = {}
    for form in forms:
        for label in form.texts:
            labels.setdefault(thai.fold(label), label)
    rows = [GridRow(forms[0].place, tuple(map(Cell, labels.values())))]
    for form in forms:
        texts = {thai.fold(label): text for label, text in form.texts.items()}
        cells = tuple(Cell(texts.get(label, "")) for label in labels)
        rows.append(GridRow(form.place, cells, remarks=tuple(form.remarks)))
    remarks = tuple(remark for grid in grids for remark in grid.remarks)
    return Grid(tuple(rows), grids[0].above, remarks)
