"""What another file says otherwise than ours, each thing to be taken or left by the clerk."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Literal

from itadesk.domain.model import Row


class Reason(Enum):
    """Why the other file says something else, as far as it is known."""

    ONLY_THERE = auto()
    FILLED = auto()
    """Ours is empty."""
    THEIRS_CHANGED = auto()
    OURS_CHANGED = auto()
    BOTH_CHANGED = auto()
    DIFFERENT = auto()
    """Nobody knows who changed it."""
    DELETED_HERE = auto()
    DELETED_THERE = auto()


@dataclass(frozen=True)
class Choice:
    """One row that came or went, or one field of a row in both. `theirs` is the row as it would be stored in ours.

    `name`: the field that differs. `along`: rows that come with an added one. `wanted`: what is proposed.
    """

    kind: Literal["added", "changed", "removed"]
    ours: Row | None
    theirs: Row | None
    reason: Reason
    wanted: bool
    name: str = ""
    along: tuple[Row, ...] = ()

    @property
    def row(self) -> Row:
        row = self.theirs if self.theirs is not None else self.ours
        assert row is not None, "a choice is about a row on at least one side"
        return row

    @property
    def id(self) -> str:
        return f"{self.row.id}/{self.name}"


@dataclass(frozen=True)
class Outcome:
    """What the chosen things come to: rows to store, parents first, other versions of rows, rows to delete."""

    new: tuple[Row, ...]
    changed: tuple[Row, ...]
    gone: tuple[Row, ...]


def outcome(chosen: Iterable[Choice]) -> Outcome:
    """What is to be done to ours for these choices."""
    new: list[Row] = []
    changed: dict[str, Row] = {}
    gone: list[Row] = []
    for choice in chosen:
        if choice.ours is None:
            new += [choice.row, *choice.along]
        elif choice.theirs is None:
            gone.append(choice.ours)
        else:
            row = changed.get(choice.ours.id, choice.ours)
            changed[row.id] = replace(row, **_value(choice))
    return Outcome(tuple(new), tuple(changed.values()), tuple(gone))


def _value(choice: Choice) -> Mapping[str, object]:
    return {choice.name: getattr(choice.theirs, choice.name)}


def wanted(choices: Iterable[Choice]) -> list[Choice]:
    return [choice for choice in choices if choice.wanted]
