"""Many received files, examined and planned or taken one by one: memory does not grow with their number."""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from itadesk.errors import UserError
from itadesk.storage import opener
from itadesk.storage.collection import arrival, take
from itadesk.storage.collection.arrival import Arrival
from itadesk.storage.collection.plan import Step, plan
from itadesk.storage.collection.store import Collection


@dataclass(frozen=True)
class Outcome:
    """What became of one file: its years, or why it was refused."""

    path: Path
    steps: tuple[Step, ...] = ()
    refusal: UserError | None = None


def planned(collection: Collection, paths: Iterable[Path]) -> Iterator[Outcome]:
    """What taking the files would do. Files of one office are each compared with what the collection has now."""

    def look(incoming: Arrival) -> list[Step]:
        with collection.reading() as connection:
            return plan(connection, incoming)

    yield from _each(paths, look)


def taken(
    collection: Collection, paths: Iterable[Path], user: str, choose: take.Choose = take.by_itself
) -> Iterator[Outcome]:
    """Take the files in, each in a transaction of its own: stopping between two leaves both whole."""

    def put(incoming: Arrival) -> list[Step]:
        with collection.writing() as connection:
            return take.take(connection, incoming, user, choose)

    yield from _each(paths, put)


def _each(paths: Iterable[Path], work: Callable[[Arrival], list[Step]]) -> Iterator[Outcome]:
    for path in paths:
        with tempfile.TemporaryDirectory(prefix="itadesk-") as folder:
            private = Path(folder, "copy.sqlite")
            try:
                examined = opener.examine(path, private)
            except UserError as refusal:
                yield Outcome(path, refusal=refusal)
                continue
            incoming = arrival.read(private, path.name, examined.seal, examined.snapshot)
            yield Outcome(path, tuple(work(incoming)))
