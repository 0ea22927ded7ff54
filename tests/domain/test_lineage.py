"""Which version came first, held against a record of everything that ever happened to a document."""

import itertools
from dataclasses import dataclass, replace

from hypothesis import given
from hypothesis import strategies as st

from itadesk.domain.lineage import Past, Relation, Stretch, Version, relation


@dataclass(frozen=True)
class Copy:
    """A document somewhere: what it carries, and every version it really went through."""

    past: Past
    went_through: frozenset[Version]


_branches = itertools.count()


def begun() -> Copy:
    version = Version(f"{next(_branches):032x}", 0)
    return Copy(Past.of(version, [Stretch(version.branch, 0, 0)]), frozenset([version]))


def edited(copy: Copy, times: int) -> Copy:
    """Edited on in the session that has it open, and written."""
    version = copy.past.version
    now = replace(version, revision=version.revision + times)
    stretches = [
        replace(one, last=now.revision) if one.branch == now.branch else one for one in copy.past.stretches
    ]
    through = {Version(now.branch, number) for number in range(version.revision, now.revision + 1)}
    return Copy(Past.of(now, stretches), copy.went_through | through)


def opened(copy: Copy) -> Copy:
    """Opened anew, here or on another computer, or restored from a backup: a branch begins."""
    version = Version(f"{next(_branches):032x}", copy.past.version.revision)
    stretches = [*copy.past.stretches, Stretch(version.branch, version.revision, version.revision)]
    return Copy(Past.of(version, stretches), copy.went_through | {version})


STEPS = st.lists(st.tuples(st.sampled_from(["edit", "open", "copy"]), st.integers(0, 7)), max_size=25)


@given(STEPS, st.data())
def test_the_past_tells_what_really_happened(steps: list[tuple[str, int]], data: st.DataObject) -> None:
    copies, sessions = [begun()], {0}
    for step, number in steps:
        at = number % len(copies)
        match step:
            case "edit" if at in sessions:
                copies[at] = edited(copies[at], number + 1)
            case "open" | "edit":
                copies[at] = opened(copies[at])
                sessions.add(at)
            case _:
                copies.append(copies[at])  # a file copied elsewhere, open nowhere
    ours, theirs = (data.draw(st.sampled_from(copies)) for _ in range(2))
    expected = {
        (True, True): Relation.SAME,
        (True, False): Relation.NEWER,
        (False, True): Relation.OLDER,
        (False, False): Relation.FORK,
    }[ours.past.version in theirs.went_through, theirs.past.version in ours.went_through]
    assert relation(ours.past, theirs.past) is expected


def test_days_of_editing_stay_one_stretch() -> None:
    sent = edited(begun(), 3)
    later = sent
    for _ in range(2_000):
        later = edited(later, 5)
    assert len(later.past.stretches) == 1
    assert relation(sent.past, later.past) is Relation.NEWER
    assert relation(later.past, sent.past) is Relation.OLDER


def test_a_restored_backup_that_is_edited_is_a_fork() -> None:
    backup = edited(begun(), 3)
    document = edited(backup, 4)
    restored = opened(backup)
    assert relation(document.past, restored.past) is Relation.FORK
    assert relation(document.past, edited(restored, 1).past) is Relation.FORK
