"""Which column of a table holds what, by what stands in it: where no heading is known, or one of them is not."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from itadesk.domain import periods, thai
from itadesk.exchange import row_words
from itadesk.exchange.columns import Column, Head, is_tick, with_title
from itadesk.exchange.grid import Grid
from itadesk.exchange.headings import LEFT_OUT, NUMBER, STATUS_COLUMNS, meanings

_INDICATOR = re.compile(r"\s*(?:ตัวชี้วัด|ด้าน)")
_RESULT = re.compile(
    r"แล้วเสร็จ|อยู่ระหว่าง|กำลังดำเนิน|^\s*(?:กำลัง|ยังไม่)|เสร็จแล้ว|เรียบร้อยแล้ว|^\s*-?\s*(?:ได้)(?:ดำเนิน|จัด|มี)|ต่อเนื่องตลอด"
)
_MOST = 0.6
"""Part of the filled cells of a column that must look alike."""


def by_content(grid: Grid, year: int) -> tuple[Column, ...]:
    """What the columns of a table without headings hold, by what most of their cells look like.

    Nothing where no column looks like one of measures: a list of names is none of them.
    """
    rows = [row for row in grid.rows if len(row.filled()) > 1 and not row.hidden]
    texts = [[text for row in rows if (text := row.text(at).strip())] for at in range(grid.width)]
    targets = [_look(column, year) for column in texts]
    targets = _ticks(targets, texts)
    if not set(targets) - {"text", NUMBER, LEFT_OUT} and not any(map(_are_titles, texts)):
        return (Column(),) * grid.width
    _name_the_rest(targets, texts)
    return tuple(Column(target) for target in _once(targets))


_HEADING_LENGTH = 40
"""Letters of the longest heading among words that are not known."""


def unknown_head(grid: Grid, columns: Sequence[Column], year: int) -> Head | None:
    """The first full row, where it reads like no row below: short words, no time and no unit where those stand."""
    at = next((at for at, row in enumerate(grid.rows) if len(row.filled()) > 2 and not row.hidden), None)
    if at is None or len(grid.rows) - at < 3:
        return None
    row = grid.rows[at]
    looks = _looks(year)
    words = {place: row.text(place).strip() for place in row.filled() if place < len(columns)}
    told = [
        (text, looks[columns[place].target])
        for place, text in words.items()
        if columns[place].target in looks
    ]
    short = all(len(text) <= _HEADING_LENGTH and not thai.has_number(text) for text in words.values())
    if 2 * len(words) <= grid.width or len(told) < 2 or not short or any(look(text) for text, look in told):
        return None
    heads = (
        replace(column, heading=" ".join(words.get(place, "").split()))
        for place, column in enumerate(columns)
    )
    return Head(at, at, tuple(heads))


def with_unknown_title(grid: Grid, head: Head) -> tuple[Column, ...]:
    """The columns of a head; where only the steps could lend the title, titles under an unknown heading give it."""
    columns = list(head.columns)
    at = next((at for at, column in enumerate(columns) if column.target == "title"), None)
    if at is None or meanings(columns[at].heading)[:1] != ("steps",):
        return head.columns
    below = [row for row in grid.rows[head.last + 1 :] if len(row.filled()) > 1 and not row.hidden]
    unknown = [
        place
        for place, column in enumerate(columns)
        if column.heading
        and not meanings(column.heading)
        and _are_titles([text for row in below if (text := row.text(place).strip())])
    ]
    if len(unknown) == 1:
        columns[at] = replace(columns[at], target="steps")
        columns[unknown[0]] = replace(columns[unknown[0]], target="title")
    return tuple(columns)


_TITLE_LENGTH = 20
"""Letters from which a text is more than a name."""


def _are_titles(texts: Sequence[str]) -> bool:
    """Whether most texts of a column have a number typed before them, or are longer than names."""
    titles = sum(thai.has_number(text) or len(text) >= _TITLE_LENGTH for text in texts)
    return bool(texts) and titles >= _MOST * len(texts)


def _looks(year: int) -> Mapping[str, Callable[[str], object]]:
    """How a text looks that stands in a column of each kind; the first that fits counts."""
    return {
        "tick": is_tick,
        NUMBER: lambda text: re.fullmatch(r"\d{1,3}[.)]?", thai.arabic_digits(text)),
        "indicator": _INDICATOR.match,
        "period": lambda text: len(text) < 200 and periods.parse(text, year),
        "responsible": lambda text: len(text) < 200 and row_words.is_unit(text),
        "result": _RESULT.search,
    }


def _look(texts: Sequence[str], year: int) -> str:
    for target, looks_like in _looks(year).items():
        if texts and sum(bool(looks_like(text)) for text in texts) >= _MOST * len(texts):
            return target
    return "text" if texts else LEFT_OUT


def _ticks(targets: list[str], texts: Sequence[Sequence[str]]) -> list[str]:
    """Three columns of nothing but ticks, some of which may be empty, are the three of the status."""
    ticks = list(STATUS_COLUMNS.values())
    for at in range(len(targets) - 2):
        three = targets[at : at + 3]
        if "tick" in three and all(target in ("tick", LEFT_OUT) for target in three):
            targets[at : at + 3] = ticks
            break
    return [LEFT_OUT if target == "tick" else target for target in targets]


def _name_the_rest(targets: list[str], texts: Sequence[Sequence[str]]) -> None:
    """Texts that look like nothing special come in the order of the form; a column of dashes is the suggestions."""
    result = targets.index("result") if "result" in targets else len(targets)
    behind = [at for at, target in enumerate(targets) if target == "text" and at > result]
    before = [at for at, target in enumerate(targets) if target == "text" and at < result]
    order = (
        ("title", "steps") if result < len(targets) else ("title", "steps", "result", "outcome", "suggestion")
    )
    _name(targets, before, order, texts)
    _name(targets, behind, ("outcome", "suggestion"), texts)


def _name(
    targets: list[str], places: Sequence[int], order: Sequence[str], texts: Sequence[Sequence[str]]
) -> None:
    names = list(order)
    for number, at in enumerate(places):
        last = number == len(places) - 1
        dashes = last and "suggestion" in names and "-" in texts[at]
        targets[at] = "suggestion" if dashes else names.pop(0) if names else LEFT_OUT


def _once(targets: Iterable[str]) -> list[str]:
    """Each target once; the second column of periods is the follow-up."""
    found: list[str] = []
    for target in targets:
        if target in found:
            target = "follow_up" if target == "period" and "follow_up" not in found else LEFT_OUT
        found.append(target)
    return with_title(found)
