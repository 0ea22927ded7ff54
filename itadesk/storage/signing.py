"""The verbs about paper: a printed document is noted, signed, scanned; what was signed can be printed again.

A note keeps the document's code and its tree as printed; a signed one also the PDF. None of this is in the file seal,
but that a document is signed and its scan are facts of the document, and are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from itadesk.domain import thai
from itadesk.domain.fields import LINE_LIMIT
from itadesk.domain.model import Document, Printout, Signatory, new_id
from itadesk.domain.snapshot import Snapshot
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage.operations import existing

if TYPE_CHECKING:
    from itadesk.storage.edit import Edit

TREE_TYPE = "application/zlib"
PDF_TYPE = "application/pdf"
UNSIGNED_KEPT = 10
"""Printouts of a document that wait to be signed: the paper that is out for signature is not always the newest."""
_SCANS = {b"%PDF-": PDF_TYPE, b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
"""What a scan begins with, and its media type."""


def signed_printout(snapshot: Snapshot, document_id: str) -> Printout | None:
    """What was printed and signed last of a document; None while it is not signed."""
    document = snapshot.get(Document, document_id)
    if document is None or document.signed_on is None:
        return None
    return next((row for row in reversed(snapshot.children(Printout, document_id)) if row.signed), None)


def signable_printouts(snapshot: Snapshot, document_id: str) -> list[Printout]:
    """What was printed of a document since it was last signed, and so may be signed by now; newest first."""
    rows = reversed(snapshot.children(Printout, document_id))
    return list(takewhile(lambda row: not row.signed, rows))


def store_document(edit: Edit, document: Document, signatories: Sequence[Signatory] = ()) -> str:
    """Store a document as it is shown, with those shown to sign it, and say its id.

    If it is stored already, under this id or another, that one stays: a layout, fiscal year and round have one, and
    one for no round serves all.
    """
    if edit.current(Document, document.id) is not None:
        return document.id
    stored = {
        row.round: row.id
        for row in reversed(edit.snapshot.children(Document, document.fiscal_year_id))
        if row.layout == document.layout
    }
    if found := stored.get(document.round) or stored.get(None):
        return found
    named = any(row.name for row in signatories)
    # Blank ones stay as the layout has them; beside named ones they have their place in the chain.
    edit.insert(document, *(signatories if named else ()))
    return document.id


def record_printout(
    edit: Edit,
    document: Document,
    code: str,
    tree: bytes,
    family: str,
    by: str,
    at: dt.datetime,
    *,
    signatories: Sequence[Signatory] = (),
) -> str:
    """Note what was printed, `tree` packed, and say the id of the printout; the document is stored if it is not yet.

    Signed printouts stay, and the last of the others. What is like the newest is noted already.
    """
    document_id = store_document(edit, document, signatories)
    before = edit.snapshot.children(Printout, document_id)
    printout = Printout(
        id=new_id(),
        document_id=document_id,
        ordinal=before[-1].ordinal + 1 if before else 0,
        code=code,
        printed_at=at,
        printed_by=_line(by),
        family=_line(family),
        tree=edit.attach(tree, TREE_TYPE),
    )
    if before and _same_paper(before[-1], printout):
        return before[-1].id
    unsigned = [row for row in before if not row.signed]
    for row in unsigned[: max(len(unsigned) + 1 - UNSIGNED_KEPT, 0)]:
        edit.delete(Printout, row.id)
    edit.insert(printout)
    return printout.id


def _same_paper(one: Printout, other: Printout) -> bool:
    # The footer does not count for the code, but it is printed.
    return (one.code, one.family, one.tree) == (other.code, other.family, other.tree)


def _line(text: str) -> str:
    return " ".join(thai.normalise(text).split())[:LINE_LIMIT]


def sign_document(edit: Edit, document_id: str, printout_id: str, signed_on: dt.date, pdf: bytes) -> None:
    """Note that the paper of a printout was signed; `pdf` is kept as what was signed.

    The scan of a paper signed before goes: it shows another.
    """
    document, printout = existing(edit, Document, document_id), existing(edit, Printout, printout_id)
    if printout.document_id != document_id:
        raise LookupError(f"printout {printout_id} is of another document")
    edit.update(replace(document, signed_on=signed_on, scan=None, scan_name=""))
    edit.update(replace(printout, signed=True, pdf=edit.attach(pdf, PDF_TYPE)))


def unsign_document(edit: Edit, document_id: str) -> None:
    """Take the last signing back, with its scan; what was printed then stays noted as printed."""
    document = existing(edit, Document, document_id)
    edit.update(replace(document, signed_on=None, scan=None, scan_name=""))
    if printout := signed_printout(edit.snapshot, document_id):
        edit.update(replace(printout, signed=False, pdf=None))


def attach_scan(edit: Edit, document_id: str, data: bytes | None, name: str = "") -> None:
    """Keep the scan of the signed paper, the content of a file called `name`; None takes it out.

    UserError for what is no PDF, PNG or JPEG, or larger than can be attached.
    """
    scan = None if data is None else edit.attach(data, scan_type(data))
    document = existing(edit, Document, document_id)
    edit.update(replace(document, scan=scan, scan_name="" if scan is None else _line(name)))


def scan_type(data: bytes) -> str:
    """The media type of a scan, by its content. UserError for what is no PDF, PNG or JPEG."""
    for start, media_type in _SCANS.items():
        if data.startswith(start):
            return media_type
    raise UserError(
        _("The scan is neither a PDF file nor a PNG or JPEG picture."),
        _("Please save the scan as PDF, PNG or JPEG and choose that file."),
    )
