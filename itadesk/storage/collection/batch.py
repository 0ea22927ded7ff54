"""Many received files, examined and planned or taken one by one: memory does not grow with their number."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage import examiner
from itadesk.storage.collection import arrival, take
from itadesk.storage.collection.arrival import Arrival
from itadesk.storage.collection.plan import Step, plan
from itadesk.storage.collection.store import Collection
from itadesk.storage.examiner import Result
from itadesk.storage.opener import Watch


@dataclass(frozen=True)
class Outcome:
    """What became of one file: its years, or why it was refused."""

    path: Path
    steps: tuple[Step, ...] = ()
    refusal: UserError | None = None


def planned(collection: Collection, paths: Iterable[Path], watch: Watch | None = None) -> Iterator[Outcome]:
    """What taking the files would do. Files of one office are each compared with what the collection has now."""

    def look(incoming: Arrival) -> list[Step]:
        with collection.reading() as connection:
            return plan(connection, incoming)

    yield from _each(paths, look, watch)


def taken(
    collection: Collection,
    paths: Iterable[Path],
    user: str,
    choose: take.Choose = take.by_itself,
    watch: Watch | None = None,
) -> Iterator[Outcome]:
    """Take the files in, each in a transaction of its own: stopping between two leaves both whole."""

    def put(incoming: Arrival) -> list[Step]:
        with collection.writing() as connection:
            return take.take(connection, incoming, user, choose)

    yield from _each(paths, put, watch)


def _each(
    paths: Iterable[Path], work: Callable[[Arrival], list[Step]], watch: Watch | None
) -> Iterator[Outcome]:
    for result in examiner.examine_all(paths, watch):
        refusal = _refusal(result)
        if refusal is not None:
            yield Outcome(result.path, refusal=refusal)
            continue
        assert result.copy is not None
        assert result.examined is not None
        incoming = arrival.read(result.copy, result.path.name, result.examined.seal)
        yield Outcome(result.path, tuple(work(incoming)))


def _refusal(result: Result) -> UserError | None:
    """Why a file is not taken in; one that another program changed is not what its office has."""
    if result.trouble is not None:
        return result.trouble
    if result.examined is None:
        message, *more = result.report.problems if result.report else ("",)
        return UserError(message, " ".join(more))
    if result.examined.altered:
        return UserError(
            _("{name} was changed by another program after ITADesk saved it.").format(name=result.path.name),
            _("Please ask the office to send it again from its own program."),
        )
    return None
