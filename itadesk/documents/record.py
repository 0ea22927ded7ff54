"""What a printed report said: its code, and what it says otherwise now.

Two reports are compared as a clerk reads them: paragraph by paragraph, row by row, cell by cell. Numbers put before
rows and the kind of digits are no difference there, or one row more would change all that follow.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal, TypeVar

from itadesk.documents.pieces import Item, Part
from itadesk.documents.tables import TICK
from itadesk.documents.tree import DocumentTree
from itadesk.documents.tree_json import plain
from itadesk.i18n import _

_NEAR = 8
"""How far ahead another version of a paragraph or row is looked for."""

_MANY = 9
"""Equal pieces beyond which none of them says by itself where it belongs."""

_MOST = 25_000_000
"""Pairs of pieces that are looked at: where two versions have 5000 each, comparing them could take minutes."""

_UNTICKED = ("", "-")
"""What stands where the tick does not."""

_ALIKE = 0.4
"""Share of common letter pairs from which two texts may be versions of one."""


def code_of(tree: DocumentTree) -> str:
    """The document code in full: SHA-256 over all that is printed but the footer, where the code itself stands."""
    told = plain(replace(tree, footer=""), lambda picture: hashlib.sha256(picture).hexdigest())
    text = json.dumps(told, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


@dataclass(frozen=True)
class Change:
    """One thing that a report says otherwise than it did; `place` tells a clerk where.

    `before` is empty for what was added, `after` for what was removed, both for what has no words. Where a tick moved
    ("ticked"), they are the headings of the columns.
    """

    kind: Literal["added", "removed", "changed", "ticked"]
    place: str
    before: str
    after: str


def changes(before: DocumentTree, after: DocumentTree) -> list[Change]:
    """What `after` says otherwise than `before`, in reading order; empty when nothing differs."""
    old, new = ([Part(section) for section in tree.sections] for tree in (before, after))
    found = [
        change
        for pair in _paired(old, new, [lambda part: part.name], _in_order)
        for change in _of_parts(*pair)
    ]
    if not found and code_of(before) != code_of(after):
        found.append(Change("changed", _("Appearance: layout, type, digits or numbering"), "", ""))
    return found


def _of_parts(before: "Part | None", after: "Part | None") -> Iterator[Change]:
    if before is None or after is None:
        yield from _gone_or_new(before, after)
        return
    if len(before.items) * len(after.items) > _MOST:
        if [item.statement for item in before.items] != [item.statement for item in after.items]:
            yield Change("changed", after.place(), "", "")
        return
    keys: list[Callable[[Item], Hashable]] = [lambda item: item.statement, lambda item: item.identity]
    for old, new in _paired(before.items, after.items, keys, _alike):
        if old is not None and new is not None:
            yield from _differences(old, new)
        elif "head" not in {
            item.kind for item in (old, new) if item
        }:  # its rows tell of a table more or less
            yield from _gone_or_new(old, new)


def _differences(before: Item, after: Item) -> Iterator[Change]:
    changed = [
        heading
        for heading in before.said
        if heading in after.said and after.said[heading] != before.said[heading]
    ]
    gone, come = (_newly_ticked(changed, *items) for items in ((after, before), (before, after)))
    moved = {*gone, *come} if gone and come else set[str]()
    for heading in changed:
        if heading not in moved:
            yield Change("changed", after.place(heading), before.texts[heading], after.texts[heading])
    if moved:
        yield Change("ticked", after.place(), ", ".join(gone), ", ".join(come))


def _newly_ticked(headings: Sequence[str], before: Item, after: Item) -> list[str]:
    return [
        heading
        for heading in headings
        if after.texts[heading].strip() == TICK and before.texts[heading].strip() in _UNTICKED
    ]


def _gone_or_new(before: "Part | Item | None", after: "Part | Item | None") -> Iterator[Change]:
    if before is not None:
        yield Change("removed", before.place(), before.words, "")
    if after is not None:
        yield Change("added", after.place(), "", after.words)


P = TypeVar("P", Part, Item)
_Pair = tuple[P | None, P | None]


def _paired(
    before: Sequence[P],
    after: Sequence[P],
    keys: Sequence[Callable[[P], Hashable]],
    rest: Callable[[Sequence[P], Sequence[P]], Iterator[_Pair[P]]],
) -> Iterator[_Pair[P]]:
    """Pieces that go together by the first key; between those, by the next; `rest` pairs what has no key in common."""
    if not keys:
        yield from rest(before, after)
        return
    key, *others = keys
    old, new = [key(piece) for piece in before], [key(piece) for piece in after]
    times = Counter(new)
    # Where very many are equal, difflib takes minutes to look at all the ways in which they could go together.
    matcher = SequenceMatcher(lambda name: times[name] > _MANY, old, new, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            yield from zip(before[i:j], after[k:m], strict=True)
        else:
            yield from _paired(before[i:j], after[k:m], others, rest)


def _in_order(before: Sequence[Part], after: Sequence[Part]) -> Iterator[_Pair[Part]]:
    if len(before) == len(after):
        yield from zip(before, after, strict=True)
    else:
        yield from ((part, None) for part in before)
        yield from ((None, part) for part in after)


def _alike(before: Sequence[Item], after: Sequence[Item]) -> Iterator[_Pair[Item]]:
    waiting = list(after)
    for item in before:
        likeness = [item.likeness(other) for other in waiting[:_NEAR]]
        best = max(likeness, default=0)
        if best < _ALIKE:
            yield item, None
            continue
        at = likeness.index(best)
        yield from ((None, other) for other in waiting[:at])
        yield item, waiting[at]
        del waiting[: at + 1]
    yield from ((None, item) for item in waiting)
