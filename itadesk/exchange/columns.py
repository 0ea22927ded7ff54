"""Which column of a table holds what, by its heading."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from itadesk.domain import periods, thai
from itadesk.domain.model import Round
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
    return with_title(targets)


def with_title(targets: list[str]) -> list[str]:
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


_TICK = frozenset("/ ⁄ ∕ ／ ✓ ✔ ✅ 🗸 √ v ☑ ☒ x ✗ ✘ × y yes ใช่ p ü þ ● • 1 *".split())  # noqa: SIM905
_EMOJI = "\ufe0f"
"""What a telephone puts behind a tick to have it coloured."""


def is_tick(text: str) -> bool:
    return thai.fold(text).removesuffix(_EMOJI) in _TICK


def chosen(columns: Iterable[Column], choices: Mapping[int, str]) -> tuple[Column, ...]:
    """The columns with what the clerk chose for some of them, by their place."""
    return tuple(replace(column, target=choices.get(at, column.target)) for at, column in enumerate(columns))
