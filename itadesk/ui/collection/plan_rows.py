"""The plan of receiving files, as rows: what each fiscal year of each file is, and what is to be done with it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from itadesk.domain import news, thai
from itadesk.domain.news import NewsItem, Tally
from itadesk.i18n import N_, _
from itadesk.storage.collection import together
from itadesk.storage.collection.batch import Outcome
from itadesk.storage.collection.plan import TAKEN_BY_ITSELF, Decision, Step
from itadesk.storage.collection.together import Beside, Brought, Coming
from itadesk.storage.opener import Verdict

NOTHING = Tally()
MOST = 500
"""Differences of a year that are kept to be looked at; their number is counted in full."""


class Way(StrEnum):
    """What is done with a fiscal year of a file."""

    TAKE = "take"
    APART = "apart"
    """As an office of its own."""
    LEAVE = "leave"


WORDS: Mapping[Decision, tuple[str, str]] = {
    Decision.ADDED: ("add", N_("New here")),
    Decision.REPLACED: ("status_done", N_("Newer")),
    Decision.SAME: ("status_not_started", N_("Same")),
    Decision.OLDER: ("previous", N_("Older")),
    Decision.FORK: ("warning", N_("Changed apart")),
    Decision.RIVAL: ("warning", N_("Office twice")),
}
"""Icon and word of what a year is."""

REFUSALS: Mapping[Verdict | None, tuple[str, str]] = {
    None: ("warning", N_("Cannot be read")),
    Verdict.ALTERED: ("warning", N_("Changed by another program")),
    Verdict.DAMAGED: ("warning", N_("Damaged")),
    Verdict.NEWER: ("info", N_("Newer program needed")),
    Verdict.OLDER: ("info", N_("From a trial version")),
    Verdict.FOREIGN: ("info", N_("No file of ITADesk")),
    Verdict.REJECTED: ("warning", N_("Not in order")),
}
"""Icon and word of what a file is that is not taken in."""

WAYS: Mapping[Decision, tuple[Way, ...]] = {
    Decision.ADDED: (Way.TAKE, Way.LEAVE),
    Decision.REPLACED: (Way.TAKE, Way.LEAVE),
    Decision.SAME: (),
    Decision.OLDER: (Way.LEAVE, Way.TAKE),
    Decision.FORK: (Way.LEAVE, Way.TAKE),
    Decision.RIVAL: (Way.LEAVE, Way.APART, Way.TAKE),
}
"""What can be done with a year, first what is done unless told otherwise."""

BESIDE_WAYS: Mapping[Decision, tuple[Way, ...]] = {
    Decision.ADDED: (Way.TAKE, Way.LEAVE),
    Decision.SAME: (Way.LEAVE, Way.TAKE),
    Decision.OLDER: (Way.LEAVE, Way.TAKE),
    Decision.FORK: (Way.LEAVE, Way.TAKE),
    Decision.RIVAL: WAYS[Decision.RIVAL],
}
"""The same of a year that several files bring: one of them is taken."""

WAY_WORDS: Mapping[tuple[Decision, Way], str] = {
    (Decision.ADDED, Way.TAKE): N_("Take it in"),
    (Decision.REPLACED, Way.TAKE): N_("Take it in place of the version here"),
    (Decision.OLDER, Way.TAKE): N_("Go back to this older version"),
    (Decision.FORK, Way.TAKE): N_("Take this copy in place of the one here"),
    (Decision.RIVAL, Way.TAKE): N_("Take it in place of the office here"),
    (Decision.RIVAL, Way.APART): N_("Take it as an office of its own"),
}


@dataclass(frozen=True)
class PlanRow:
    """A fiscal year of a file, or a file that is refused: then `step` is None. `result`: what was done.

    `beside`: what it is to other files of the plan that bring this year of the office.
    """

    path: Path
    name: str
    icon: str
    word: str
    message: str
    step: Step | None = None
    brought: Brought | None = None
    beside: Beside | None = None
    way: Way = Way.LEAVE
    tally: Tally = NOTHING
    news: tuple[NewsItem, ...] = ()
    result: str = ""

    @property
    def id(self) -> str:
        return f"{self.path}\n{self.step.fiscal_year if self.step else ''}"

    @property
    def office(self) -> str:
        return self.step.office if self.step else ""

    @property
    def year(self) -> str:
        return str(self.step.fiscal_year) if self.step else ""

    @property
    def is_newest(self) -> bool:
        """Of several files that bring this year of the office."""
        return self.beside is not None and self.beside.decision is Decision.ADDED

    @property
    def said(self) -> str:
        """What it is, in words."""
        return _("{what} (newest of these)").format(what=self.word) if self.is_newest else self.word

    @property
    def decision(self) -> Decision | None:
        """What the year is, beside the other files or, where none is newer, to the collection."""
        if self.beside is not None and not self.is_newest:
            return self.beside.decision
        return self.step.decision if self.step else None

    @property
    def ways(self) -> tuple[Way, ...]:
        if self.step is None or self.result:
            return ()
        return WAYS[self.step.decision] if self.beside is None else BESIDE_WAYS[self.beside.decision]

    @property
    def taken(self) -> bool:
        """Whether something is to be done."""
        return bool(self.ways) and self.way is not Way.LEAVE

    @property
    def waits(self) -> bool:
        """Whether somebody must choose or ask the office: nothing certain can be done."""
        return self.decision in (None, Decision.FORK, Decision.RIVAL)


def way_words(row: PlanRow, way: Way) -> str:
    if way is Way.LEAVE or row.step is None:
        return _("Leave it")
    if row.beside is not None and not row.is_newest:
        return _("Take it as an office of its own") if way is Way.APART else _("Take this one, not the other")
    return _(WAY_WORDS[row.step.decision, way])


def rows_of(outcome: Outcome) -> list[PlanRow]:
    """A planned file in rows, with what is best done with each."""
    if outcome.refusal is not None:
        icon, word = REFUSALS[outcome.verdict if outcome.verdict in REFUSALS else None]
        message = thai.normalise(f"{outcome.refusal.message} {outcome.refusal.advice}".strip())
        return [PlanRow(outcome.path, thai.normalise(outcome.path.name), icon, _(word), message)]
    return [_row(outcome, step) for step in outcome.steps]


def _row(outcome: Outcome, step: Step) -> PlanRow:
    icon, word = WORDS[step.decision]
    items = outcome.news.get(step.fiscal_year, [])
    way = next(iter(WAYS[step.decision]), Way.LEAVE)
    tally = news.tally(items)
    return PlanRow(
        outcome.path, step.file_name, icon, _(word), step.message, step, outcome.brought, None, way, tally,
        tuple(items[:MOST]),
    )  # fmt: skip


def compared(rows: Sequence[PlanRow]) -> list[PlanRow]:
    """The rows as they are beside each other: of several that bring one year of an office only one is taken.

    What was chosen stays, as long as nothing else came beside it.
    """
    named = _named(rows)
    coming = _coming(named)
    told = dict(zip(coming, together.beside(list(coming.values())), strict=True))
    return [_beside(row, told.get(row.id)) for row in named]


def mates(rows: Sequence[PlanRow]) -> dict[str, list[str]]:
    """Id of a row -> ids of all that bring its year of its office, its own too."""
    coming = _coming(rows)
    ids = list(coming)
    found = ([ids[at] for at in group] for group in together.groups(list(coming.values())))
    return {row_id: group for group in found for row_id in group}


def _coming(rows: Sequence[PlanRow]) -> dict[str, Coming]:
    """What is not done with yet."""
    return {
        row.id: Coming(row.name, row.step, row.brought)
        for row in rows
        if row.step is not None and row.brought is not None and not row.result
    }


def _named(rows: Sequence[PlanRow]) -> list[PlanRow]:
    """Files of one name are told from each other by their folders, or the archives they were in."""
    paths = {row.path for row in rows}
    times = Counter(path.name for path in paths)
    return [
        row if times[row.path.name] < 2 else replace(row, name=thai.normalise("/".join(row.path.parts[-2:])))
        for row in rows
    ]


def _beside(row: PlanRow, beside: Beside | None) -> PlanRow:
    if row.step is None or row.result or beside == row.beside:
        return row
    message, row = row.step.message, replace(row, beside=beside)
    assert row.decision is not None
    icon, word = WORDS[row.decision]
    if beside is not None:
        message = f"{message} {beside.message}" if beside.decision is Decision.ADDED else beside.message
    return replace(row, icon=icon, word=_(word), message=message, way=next(iter(row.ways), Way.LEAVE))


def going(row: PlanRow, way: Way) -> PlanRow:
    """The row with another way, if it is one of its own."""
    return replace(row, way=way) if way in row.ways else row


def choice(rows: Sequence[PlanRow], step: Step) -> Decision | None:
    """What take.Choose is told: what was chosen for the year, as long as it still is what it was in the plan.

    A file taken in just before may have changed that: then only what is certain is done.
    """
    planned = next((row for row in rows if row.step and row.step.fiscal_year == step.fiscal_year), None)
    if planned is None or planned.step is None or not planned.taken:
        return None
    if planned.way is Way.APART:
        return Decision.RIVAL
    if step.decision is not planned.step.decision:
        return step.decision if step.decision in TAKEN_BY_ITSELF else None
    return Decision.REPLACED if step.decision is Decision.RIVAL else step.decision


def done(row: PlanRow, outcome: Outcome) -> PlanRow:
    """The row with what became of it."""
    if outcome.refusal is not None:
        return replace(row, result=outcome.refusal.message)
    steps = [step for step in outcome.steps if row.step and step.fiscal_year == row.step.fiscal_year]
    step = next(iter(steps), None)
    if step is None or not row.taken:
        return row
    match step.decision:
        case Decision.ADDED:
            result = _("Taken in.")
        case Decision.REPLACED:
            result = _("Taken in; the version before is kept.")
        case _:
            result = step.message
    return replace(row, result=result)


def tally_words(tally: Tally) -> str:
    """Counts of differences in a line; "" for none."""
    texts = (
        (tally.added, _("+{count} measures")),
        (tally.removed, _("−{count} measures")),
        (tally.statuses, _("{count} statuses changed")),
        (tally.texts, _("{count} texts changed")),
        (tally.evidence, _("{count} pieces of evidence")),
        (tally.others, _("{count} other changes")),
    )
    return ", ".join(text.format(count=count) for count, text in texts if count)
