"""Which column of a table holds what: by its heading, and by what stands in it where there is no heading."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from itadesk.domain import periods, thai
from itadesk.domain.model import Round
from itadesk.exchange import row_words
from itadesk.exchange.grid import Grid, GridRow
from itadesk.exchange.headings import LEFT_OUT, LONGEST, NUMBER, STATUS_COLUMNS, is_bare, meanings


@dataclass(frozen=True)
class Column:
    """What a column holds, one of `headings.TARGETS` or LEFT_OUT; `round` when its heading says of which."""

    target: str = LEFT_OUT
    round: Round | None = None
    heading: str = ""


@dataclass(frozen=True)
class Head:
    """The heading rows of a table: `first` to `last`, and the columns they name."""

    first: int
    last: int
    columns: tuple[Column, ...]


SEARCHED = 30
"""Rows from the top among which a heading row is looked for."""


def find_head(grid: Grid) -> Head | None:
    """The first row that reads like headings, with the second row of a head of two.

    No full row stands above it: a table whose first row is a measure has no head, whatever its third row reads like.
    """
    for at, row in enumerate(grid.rows[:SEARCHED]):
        if row.hidden:
            continue
        if is_head(row) and not _goes_on(grid, at):
            following = grid.rows[at + 1] if at + 1 < len(grid.rows) else None
            if following and _is_lower_head(row, following):
                return Head(at, at + 1, _columns(_joined(row, following, grid.width)))
            return Head(at, at, _columns(_joined(row, None, grid.width)))
        if len(row.filled()) > 2 and 2 * len(row.filled()) > grid.width:
            return None
    return None


def is_head(row: GridRow) -> bool:
    """Whether most cells of a row are known headings, of at least two kinds."""
    known = [found for at in row.filled() if (found := _meanings_of_head(row.text(at)))]
    named = {found[0] for found in known} - {NUMBER}
    if any(_NAMED_UNIT.match(row.text(at)) for at in row.filled()):
        return False
    # "ต่อเนื่องตลอดปี" heads a column of our own forms, and is a period.
    plain = sum(is_bare(row.text(at)) for at in row.filled()) > 2
    likely = len(named - {LEFT_OUT}) >= 2 and 2 * len(known) > len(row.filled())
    return likely and (plain or not _has_period(row))


_NAMED_UNIT = re.compile(r"\s*(?:สำนัก|กอง|ฝ่าย)[ก-ฮ](?!.*(?:/|ที่|รับผิดชอบ|ดำเนิน))")


def _has_period(row: GridRow) -> bool:
    """Whether one or two cells are a period, as in a measure; a plan may have a heading for each month."""
    texts = map(row.text, row.filled())
    return 0 < sum(len(text) < LONGEST and bool(periods.parse(text, _ANY_YEAR)) for text in texts) < 3


_ANY_YEAR = 2560


def _goes_on(grid: Grid, at: int) -> bool:
    """Whether a row that reads like headings is one of the measures: the rows below read alike.

    Measures that begin with the word of their heading leave it one: "มาตรการ" above "มาตรการป้องกันการทุจริต".
    """
    row = grid.rows[at]
    known = {at: found[0] for at in row.filled() if (found := _meanings_of_head(row.text(at)))}
    if sum(is_bare(row.text(at)) for at in known) > 1:
        return False
    head = [thai.fold(row.text(at)) for at in row.filled()]
    below = [
        other
        for other in grid.rows[at + 1 : at + 6]
        if len(other.filled()) > 1 and [thai.fold(other.text(at)) for at in other.filled()] != head
    ]
    alike = [
        at
        for at, target in known.items()
        if below and 2 * sum(_could_head(other.text(at), target) for other in below) > len(below)
    ]
    return 3 * len(alike) >= 2 * len(known)


def _could_head(text: str, target: str) -> bool:
    """Whether a text says the same as a heading; a unit or a period says only what stands under it."""
    own = _NAMED_UNIT.match(text) or (len(text) < LONGEST and periods.parse(text, _ANY_YEAR))
    return not own and _says(text, target)


def _meanings_of_head(text: str) -> tuple[str, ...]:
    """A typed number or a second paragraph belongs to a text, not to a heading."""
    return () if thai.has_number(text) or text.count("\n") > 2 else meanings(text)


def repeats_head(row: GridRow, columns: Sequence[Column]) -> bool:
    """Whether a row is the head again: its cells say what their columns hold, and most of them as the head says it."""
    own = [at for at in row.filled() if at < len(columns)]
    same = [at for at in own if thai.fold(row.text(at)) == thai.fold(columns[at].heading)]
    alike = [at for at in own if at in same or _says(row.text(at), columns[at].target)]
    ticks = [at for at in own if columns[at].target in STATUS_COLUMNS.values()]
    return (
        len(own) > 1
        and alike == own
        and (2 * len(same) >= len(own) or (ticks == own and not any(map(is_tick, map(row.text, own)))))
    )


def _says(text: str, target: str) -> bool:
    found = _meanings_of_head(text)[:1]
    return bool(found) and (
        found[0] == target or (found[0].startswith("status") and target.startswith("status"))
    )


def _is_lower_head(upper: GridRow, lower: GridRow) -> bool:
    """Whether `lower` stands under a heading of several columns, merged or with empty cells beside it."""
    own = lower.filled()
    below: set[int] = set()
    for at, cell in enumerate(upper.cells):
        end = at + (cell.wide if cell else 1)
        while cell and end < len(upper.cells) and not upper.text(end).strip() and lower.text(end).strip():
            end += 1
        if cell and (end - at > 1 or not cell.text.strip()):
            below.update(range(at, end))
    texts = [lower.text(at) for at in own]
    known = [text for text in texts if meanings(text) or round_in(text)]
    return bool(own) and below.issuperset(own) and 2 * len(known) > len(texts)


def _joined(upper: GridRow, lower: GridRow | None, width: int) -> list[str]:
    """One heading a column; under a wide heading the lower one, or the wide one where there is none."""
    texts: list[str] = []
    over = ""
    for at in range(width):
        cell = upper.cells[at] if at < len(upper.cells) else None
        own = lower is not None and at in lower.filled()
        if cell and (cell.text.strip() or not own):
            over = cell.text
        text = lower.text(at) if lower and own else over
        # "รอบ ๖ เดือน" under "ผลการดำเนินการ" says only of which round.
        texts.append(f"{over} {text}" if text != over and round_in(text) else text)
    return texts


def _columns(headings: Sequence[str]) -> tuple[Column, ...]:
    found = [meanings(heading) for heading in headings]
    rounds: list[Round | None] = [round_in(heading) for heading in headings]
    targets = _ticks_by_place(_assigned(found, rounds), found)
    return tuple(
        Column(target, round_, " ".join(heading.split()))
        for target, round_, heading in zip(targets, rounds, headings, strict=True)
    )


_ROUND_WORDS: tuple[tuple[re.Pattern[str], Round], ...] = (
    (re.compile(r"(?<!\d)6เดือนหลัง|(?<!\d)12(?:เดือน|-month)"), 12),
    (re.compile(r"(?<!\d)6(?:เดือน(?!หลัง)|-month)"), 6),
)
_HALVES: tuple[tuple[re.Pattern[str], Round], ...] = (
    (re.compile(r"(?:-|–|ถึง)(?:เดือน)?(?:มี\.?ค\.?|มีนาคม)"), 6),
    (re.compile(r"(?:-|–|ถึง)(?:เดือน)?(?:ก\.?ย\.?|กันยายน)"), 12),
)


def round_in(text: str) -> Round | None:
    """The round that a text names, "รอบ ๖ เดือน", or the last month of one; None when it names none, or both."""
    plain = thai.fold(text)
    for words in (_ROUND_WORDS, _HALVES):
        found: list[Round] = [round_ for pattern, round_ in words if pattern.search(plain)]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _assigned(found: Sequence[tuple[str, ...]], rounds: Sequence[Round | None]) -> list[str]:
    """A meaning for each column, each only once; those with no other choice come first."""
    targets = [LEFT_OUT] * len(found)
    taken: set[tuple[str, Round | None]] = set()
    for at in sorted(range(len(found)), key=lambda at: (len(found[at]) != 1, at)):
        for meaning in found[at]:
            if (meaning, rounds[at]) not in taken:
                taken.add((meaning, rounds[at]))
                targets[at] = meaning
                break
    return _with_title(targets)


def _with_title(targets: list[str]) -> list[str]:
    """A table of measures has titles: without a heading for them, what comes nearest to them."""
    for nearest in ("heading", "steps", "indicator"):
        if "title" not in targets and nearest in targets:
            targets[targets.index(nearest)] = "title"
    return targets


def _ticks_by_place(targets: list[str], found: Sequence[tuple[str, ...]]) -> list[str]:
    """Three columns of status beside each other count by their place: their headings are often typed wrong."""
    ticks = list(STATUS_COLUMNS.values())
    is_tick = [bool(kinds) and (kinds[0] in ticks or kinds[0] == "status") for kinds in found]
    for at in range(len(found) - 2):
        alone = not any(is_tick[at + 3 : at + 4]) and not any(is_tick[max(0, at - 1) : at])
        if all(is_tick[at : at + 3]) and alone and set(targets[at : at + 3]) != set(ticks):
            targets[at : at + 3] = ticks
    return targets


# By content


_TICK = frozenset({"/", "✓", "✔", "√", "☑", "☒", "x", "p", "ü", "þ", "●", "•", "1", "*"})


def is_tick(text: str) -> bool:
    return thai.fold(text) in _TICK


_INDICATOR = re.compile(r"\s*(?:ตัวชี้วัด|ด้าน)")
_RESULT = re.compile(r"แล้วเสร็จ|อยู่ระหว่าง|เรียบร้อยแล้ว|^\s*-?\s*(?:ได้)(?:ดำเนิน|จัด|มี)|ต่อเนื่องตลอด")
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


_TITLE_LENGTH = 20
"""Letters from which a text is more than a name."""


def _are_titles(texts: Sequence[str]) -> bool:
    """Whether most texts of a column have a number typed before them, or are longer than names."""
    titles = sum(thai.has_number(text) or len(text) >= _TITLE_LENGTH for text in texts)
    return bool(texts) and titles >= _MOST * len(texts)


def _look(texts: Sequence[str], year: int) -> str:
    looks: Sequence[tuple[str, Callable[[str], object]]] = (
        ("tick", is_tick),
        (NUMBER, lambda text: re.fullmatch(r"\d{1,3}[.)]?", thai.arabic_digits(text))),
        ("indicator", _INDICATOR.match),
        ("period", lambda text: len(text) < 200 and periods.parse(text, year)),
        ("responsible", lambda text: len(text) < 200 and row_words.is_unit(text)),
        ("result", _RESULT.search),
    )
    for target, looks_like in looks:
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
    return _with_title(found)


def chosen(columns: Iterable[Column], choices: Mapping[int, str]) -> tuple[Column, ...]:
    """The columns with what the clerk chose for some of them, by their place."""
    return tuple(replace(column, target=choices.get(at, column.target)) for at, column in enumerate(columns))
