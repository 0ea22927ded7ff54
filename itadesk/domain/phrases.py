"""Wordings to be put into a text: the office's own phrases, and ready ones of the genre for some fields."""

import tomllib
from collections.abc import Mapping
from functools import cache

from itadesk import paths
from itadesk.domain import thai
from itadesk.domain.model import Phrase
from itadesk.domain.snapshot import Snapshot


def own(snapshot: Snapshot) -> list[str]:
    """The phrases that the office keeps, in its order."""
    return [row.text for row in snapshot.children(Phrase, snapshot.office.id) if row.text.strip()]


def ready(field: str) -> list[str]:
    """Ready phrases for a field; none for most."""
    return _ready().get(field, [])


def is_kept(snapshot: Snapshot, text: str) -> bool:
    """Whether the office has this phrase already."""
    return thai.fold(text) in map(thai.fold, own(snapshot))


@cache
def _ready() -> Mapping[str, list[str]]:
    with (paths.resources() / "words" / "phrases.toml").open("rb") as file:
        return tomllib.load(file)
