"""Many received files, examined and planned or taken one by one: memory does not grow with their number."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from itadesk.domain import thai
from itadesk.domain.news import NewsItem
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage import examiner
from itadesk.storage.collection import arrival, take, versions
from itadesk.storage.collection.arrival import Arrival
from itadesk.storage.collection.plan import Step, plan
from itadesk.storage.collection.store import Collection
from itadesk.storage.collection.together import Brought
from itadesk.storage.examiner import Result
from itadesk.storage.opener import Verdict, Watch


@dataclass(frozen=True)
class Outcome:
    """What became of one file: its years, or why it was refused. `news`: what a planned step would change, by year.

    `verdict`: what its examination found, None when it could not even be read. `brought`: of a planned file, what it is
    compared by with those that come with it.
    """

    path: Path
    steps: tuple[Step, ...] = ()
    refusal: UserError | None = None
    verdict: Verdict | None = None
    news: Mapping[int, list[NewsItem]] = field(default_factory=dict[int, list[NewsItem]])
    brought: Brought | None = None


def planned(collection: Collection, paths: Iterable[Path], watch: Watch | None = None) -> Iterator[Outcome]:
    """What taking the files would do. Files of one office are each compared with what the collection has now."""

    def look(path: Path, incoming: Arrival) -> Outcome:
        with collection.reading() as connection:
            steps = plan(connection, incoming)
            news = {step.fiscal_year: versions.news(connection, incoming, step) for step in steps}
        return Outcome(path, tuple(steps), news=news, brought=Brought.of(incoming))

    yield from _each(paths, look, watch)


def taken(
    collection: Collection,
    paths: Iterable[Path],
    user: str,
    choose: take.Choose = take.by_itself,
    watch: Watch | None = None,
) -> Iterator[Outcome]:
    """Take the files in, each in a transaction of its own: stopping between two leaves both whole."""

    def put(path: Path, incoming: Arrival) -> Outcome:
        with collection.writing() as connection:
            return Outcome(path, tuple(take.take(connection, incoming, user, choose)))

    yield from _each(paths, put, watch)


def _each(
    paths: Iterable[Path], work: Callable[[Path, Arrival], Outcome], watch: Watch | None
) -> Iterator[Outcome]:
    for result in examiner.examine_all(paths, watch):
        refusal = _refusal(result)
        if refusal is not None:
            verdict = None if result.report is None else result.report.verdict
            yield Outcome(result.path, refusal=refusal, verdict=verdict)
            continue
        assert result.copy is not None
        assert result.examined is not None
        # Signs in a name that turn the direction of writing would turn round what is said of it.
        name = thai.normalise(result.path.name)
        incoming = arrival.read(result.copy, name, result.examined.seal)
        yield work(result.path, incoming)


def _refusal(result: Result) -> UserError | None:
    """Why a file is not taken in; one that another program changed is not what its office has."""
    if result.trouble is not None:
        return result.trouble
    if result.examined is None:
        # What else the report says is the fault found, in the English of those who look for it.
        message, *advice = result.report.problems[:2] if result.report else ("",)
        return UserError(message, " ".join(advice))
    if result.examined.altered:
        return UserError(
            _("{name} was changed by another program after ITADesk saved it.").format(name=result.path.name),
            _("Please ask the office to send it again from its own program."),
        )
    return None
