"""People who sign: those the office lists, and those who signed its documents before."""

from collections.abc import Iterable
from dataclasses import dataclass

from itadesk.domain import thai
from itadesk.domain.model import Document, Person, Signatory
from itadesk.domain.snapshot import Snapshot

WHO = ("name", "position", "acting", "acting_for")
"""What a signatory takes over of a person."""


@dataclass(frozen=True)
class Signer:
    """Somebody as a document names them."""

    name: str
    position: str = ""
    acting: str = ""
    acting_for: str = ""


def of(row: Person | Signatory) -> Signer:
    return Signer(row.name.strip(), row.position.strip(), row.acting.strip(), row.acting_for.strip())


def known(snapshot: Snapshot) -> list[Signer]:
    """The people of the office in their order, then other signatories of its documents, the newest first."""
    people = snapshot.children(Person, snapshot.office.id)
    signed = [
        row for document in _newest_first(snapshot) for row in snapshot.children(Signatory, document.id)
    ]
    signers = dict.fromkeys(map(of, (*people, *signed)))
    return [signer for signer in signers if signer.name]


def positions(snapshot: Snapshot) -> list[str]:
    """The positions these people have."""
    return [text for text in dict.fromkeys(signer.position for signer in known(snapshot)) if text]


def is_listed(snapshot: Snapshot, name: str) -> bool:
    """Whether the office lists somebody of this name."""
    people = snapshot.children(Person, snapshot.office.id)
    return thai.fold(name) in {thai.fold(person.name) for person in people}


def named_like(signers: Iterable[Signer], typed: str) -> list[Signer]:
    """Those whose name has what is typed, first those whose name begins with it."""
    key = thai.fold(typed)
    found = [signer for signer in signers if key in thai.fold(signer.name)]
    return sorted(found, key=lambda signer: not thai.fold(signer.name).startswith(key))


def _newest_first(snapshot: Snapshot) -> list[Document]:
    years = [year.id for year in snapshot.fiscal_years]
    documents = [row for year in years for row in snapshot.children(Document, year)]
    return documents[::-1]
