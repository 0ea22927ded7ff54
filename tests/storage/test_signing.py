"""Printed, signed, scanned: what is kept of paper, through the real file."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from storage.conftest import Open
from storage.office import DOCUMENT, USER, YEAR, an_id, an_office, ask, change, measure_id, on_disk
from storage.test_operations import run
from storage.test_seal import sealed

from itadesk.domain.model import Document, Measure, Printout, Signatory, new_id
from itadesk.errors import UserError
from itadesk.storage import opener, operations, signing
from itadesk.storage.edit import ATTACHMENT_LIMIT, Edit
from itadesk.storage.office_file import OfficeFile
from itadesk.storage.opener import Damaged, Verdict
from itadesk.storage.signing import signed_printout

AT = dt.datetime(2026, 4, 1, 9, 30, 15, 999)
SIGNED_ON = dt.date(2026, 4, 2)
PDF, PNG, JPEG = b"%PDF-1.7 signed", b"\x89PNG\r\n\x1a\n scan", b"\xff\xd8\xff\xe0 scan"
BEFORE = an_id(25)
"""The printout that the office begins with."""


def code(number: int) -> str:
    return f"{number:064x}"


@pytest.fixture
def file(path: Path, opened: Open) -> OfficeFile:
    return opened(path)


def the_document(file: OfficeFile) -> Document:
    document = file.snapshot.get(Document, DOCUMENT)
    assert document is not None
    return document


def print_out(file: OfficeFile, number: int, family: str = "Sarabun") -> str:
    return run(
        file, signing.record_printout, the_document(file), code(number), b"tree %d" % number, family, USER, AT
    )


def printouts(file: OfficeFile, document_id: str = DOCUMENT) -> list[Printout]:
    return file.snapshot.children(Printout, document_id)


def kept(file: OfficeFile) -> list[tuple[int, bool]]:
    """Code and whether signed of each printout, in order."""
    return [(int(row.code, 16), row.signed) for row in printouts(file) if row.id != BEFORE]


def attached(path: Path) -> set[object]:
    return {sha256 for (sha256,) in ask(path, "SELECT sha256 FROM attachment")}


def test_a_printout_is_noted_with_all_that_is_known_of_it(file: OfficeFile) -> None:
    row_id = print_out(file, 1, "TH  Sarabun\nNew")
    row = printouts(file)[-1]
    assert row.tree is not None
    assert file.attachment(row.tree) == b"tree 1"
    assert replace(row, tree=None) == Printout(
        id=row_id,
        document_id=DOCUMENT,
        ordinal=1,
        code=code(1),
        printed_at=AT.replace(microsecond=0),
        printed_by=USER,
        family="TH Sarabun New",
    )


def test_the_same_printed_again_is_noted_already(file: OfficeFile) -> None:
    first = print_out(file, 1)
    before = file.snapshot
    assert print_out(file, 1) == first
    assert file.snapshot == before
    assert print_out(file, 1, "TH Sarabun New") != first


def test_signed_printouts_stay_and_the_last_of_the_others(file: OfficeFile) -> None:
    signed = print_out(file, 1)
    run(file, signing.sign_document, DOCUMENT, signed, SIGNED_ON, PDF)
    assert print_out(file, 1) == signed
    for number in range(2, 13):
        print_out(file, number)
    assert kept(file) == [(1, True), *((number, False) for number in range(3, 13))]
    third = printouts(file)[1]
    run(file, signing.sign_document, DOCUMENT, third.id, SIGNED_ON, PDF)
    print_out(file, 13)
    assert kept(file) == [(1, True), (3, True), *((number, False) for number in range(4, 14))]
    now = signed_printout(file.snapshot, DOCUMENT)
    assert now is not None
    assert now.id == third.id


def test_what_was_printed_since_the_last_signing_may_have_been_signed(file: OfficeFile) -> None:
    numbers = [print_out(file, number) for number in range(4)]

    def signable() -> list[str]:
        return [row.id for row in signing.signable_printouts(file.snapshot, DOCUMENT)]

    assert signable() == [*reversed(numbers), BEFORE]
    run(file, signing.sign_document, DOCUMENT, numbers[2], SIGNED_ON, PDF)
    assert signable() == [numbers[3]]
    run(file, signing.unsign_document, DOCUMENT)
    assert signable() == [*reversed(numbers), BEFORE]


def test_the_same_paper_printed_later_again_is_another_printout(file: OfficeFile) -> None:
    first = print_out(file, 1)
    print_out(file, 2)
    assert print_out(file, 1) != first
    assert kept(file) == [(1, False), (2, False), (1, False)]


def test_another_footer_is_another_paper_of_the_same_code(file: OfficeFile) -> None:
    for tree in (b"without a footer", b"with a footer"):
        run(file, signing.record_printout, the_document(file), code(1), tree, "Sarabun", USER, AT)
    assert kept(file) == [(1, False), (1, False)]


def test_signed_anew_the_scan_of_the_paper_before_goes(file: OfficeFile) -> None:
    run(file, signing.sign_document, DOCUMENT, print_out(file, 1), SIGNED_ON, PDF)
    run(file, signing.attach_scan, DOCUMENT, PNG, "สแกน.png")
    run(file, signing.sign_document, DOCUMENT, print_out(file, 2), SIGNED_ON, PDF)
    assert (the_document(file).scan, the_document(file).scan_name) == (None, "")


def test_a_layout_year_and_round_have_one_document(file: OfficeFile) -> None:
    def note(document: Document) -> str:
        told = (document, code(1), b"tree", "Sarabun", USER, AT)
        return run(file, signing.record_printout, *told)

    again = replace(the_document(file), id=new_id(), number="9")
    note(again)
    assert file.snapshot.get(Document, again.id) is None
    assert len(printouts(file)) == 2
    other = replace(again, round=12)
    note(other)
    assert [row.id for row in file.snapshot.children(Document, YEAR)] == [DOCUMENT, other.id]


def test_a_document_for_no_round_serves_all(file: OfficeFile) -> None:
    run(file, operations.set_field, Document, DOCUMENT, "round", None)
    shown = replace(the_document(file), id=new_id(), round=12, names_round=False)
    run(file, signing.record_printout, shown, code(1), b"tree", "Sarabun", USER, AT)
    assert file.snapshot.children(Document, YEAR) == [the_document(file)]
    assert len(printouts(file)) == 2


def test_a_document_shown_only_is_stored_with_its_chain_when_it_is_printed(file: OfficeFile) -> None:
    document = Document(id=new_id(), fiscal_year_id=YEAR, ordinal=1, layout="outcomes", sections="cover")
    chain = [
        Signatory(id=new_id(), document_id=document.id, ordinal=n, role=f"บทบาท {n}", name=name)
        for n, name in enumerate(("นางสาวสมศรี", ""))
    ]
    note = (document, code(1), b"tree", "Sarabun", USER, AT)
    changes = file.edit(lambda edit: signing.record_printout(edit, *note, signatories=chain))
    assert file.snapshot.get(Document, document.id) == document
    # The blank one as well: it was printed with room to sign.
    assert file.snapshot.children(Signatory, document.id) == chain
    assert len(printouts(file, document.id)) == 1
    file.replay(changes.inverted())
    assert file.snapshot == an_office()

    blank = [replace(row, name="") for row in chain]
    file.edit(lambda edit: signing.record_printout(edit, *note, signatories=blank))
    assert file.snapshot.children(Signatory, document.id) == []


def test_a_document_stored_already_keeps_its_own_facts_and_chain(file: OfficeFile) -> None:
    told, chain = the_document(file), file.snapshot.children(Signatory, DOCUMENT)
    other = Signatory(id=new_id(), document_id=DOCUMENT, ordinal=0, name="อื่น")
    note = (replace(told, number="9"), code(1), b"tree", "", USER, AT)
    file.edit(lambda edit: signing.record_printout(edit, *note, signatories=[other]))
    assert the_document(file) == told
    assert file.snapshot.children(Signatory, DOCUMENT) == chain


def test_signing_and_taking_it_back(file: OfficeFile) -> None:
    assert signed_printout(file.snapshot, DOCUMENT) is None
    row_id = print_out(file, 1)
    run(file, signing.sign_document, DOCUMENT, row_id, SIGNED_ON, PDF)
    run(file, signing.attach_scan, DOCUMENT, PNG, "สแกน.png")
    row = printouts(file)[-1]
    assert row == signed_printout(file.snapshot, DOCUMENT)
    assert row.pdf is not None
    assert file.attachment(row.pdf) == PDF
    document = the_document(file)
    assert (document.signed_on, document.scan_name) == (SIGNED_ON, "สแกน.png")
    assert file.attachment(document.scan or "") == PNG

    run(file, signing.unsign_document, DOCUMENT)
    document = the_document(file)
    assert (document.signed_on, document.scan, document.scan_name) == (None, None, "")
    assert signed_printout(file.snapshot, DOCUMENT) is None
    assert [(row.signed, row.pdf) for row in printouts(file)] == [(False, None)] * 2


def test_taking_the_last_signing_back_keeps_an_earlier_one(file: OfficeFile) -> None:
    for number in (1, 2):
        run(file, signing.sign_document, DOCUMENT, print_out(file, number), SIGNED_ON, PDF)
    run(file, signing.unsign_document, DOCUMENT)
    assert kept(file) == [(1, True), (2, False)]
    assert signed_printout(file.snapshot, DOCUMENT) is None
    run(file, signing.sign_document, DOCUMENT, print_out(file, 2), SIGNED_ON, PDF)
    assert kept(file) == [(1, True), (2, True)]


def test_printed_signed_and_scanned_in_one_edit(file: OfficeFile) -> None:
    def sign(edit: Edit) -> None:
        row_id = signing.record_printout(edit, document, code(1), b"tree", "Sarabun", USER, AT)
        signing.sign_document(edit, DOCUMENT, row_id, SIGNED_ON, PDF)
        signing.attach_scan(edit, DOCUMENT, JPEG, "สแกน.jpg")
        operations.set_field(edit, Document, DOCUMENT, "number", "๙/๒๕๖๙")

    document = the_document(file)
    changes = file.edit(sign)
    now = the_document(file)
    assert (now.signed_on, now.scan_name, now.number) == (SIGNED_ON, "สแกน.jpg", "๙/๒๕๖๙")
    assert kept(file) == [(1, True)]
    file.replay(changes.inverted())
    assert file.snapshot == an_office()


@pytest.mark.parametrize(
    ("data", "media_type"), [(PDF, "application/pdf"), (PNG, "image/png"), (JPEG, "image/jpeg")]
)
def test_a_scan_is_a_pdf_or_a_picture_by_its_content(
    file: OfficeFile, path: Path, data: bytes, media_type: str
) -> None:
    run(file, signing.attach_scan, DOCUMENT, data, "  สแกน\x00\n\ud800 ๑.doc " + "ก" * 600)
    document = the_document(file)
    assert document.scan_name.startswith("สแกน ๑.doc กก")
    assert len(document.scan_name) == 500
    file.publish()
    assert ask(path, "SELECT media_type FROM attachment") == [(media_type,)]
    run(file, signing.attach_scan, DOCUMENT, None)
    assert (the_document(file).scan, the_document(file).scan_name) == (None, "")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"GIF89a", b" %PDF-1.7", PNG + bytes(ATTACHMENT_LIMIT)])
def test_other_and_huge_scans_are_refused(file: OfficeFile, data: bytes) -> None:
    with pytest.raises(UserError) as refused:
        run(file, signing.attach_scan, DOCUMENT, data, "สแกน.pdf")
    assert refused.value.advice
    assert file.snapshot == an_office()


def test_what_is_not_there_cannot_be_signed(file: OfficeFile) -> None:
    other = run(file, operations.add_row, Document, YEAR, layout="outcomes")
    for document_id, printout_id in ((DOCUMENT, an_id(77)), (an_id(77), BEFORE), (other, BEFORE)):
        with pytest.raises(LookupError):
            run(file, signing.sign_document, document_id, printout_id, SIGNED_ON, PDF)
    for verb in (signing.unsign_document, lambda edit, row_id: signing.attach_scan(edit, row_id, PNG)):
        with pytest.raises(LookupError):
            run(file, verb, an_id(77))


def test_a_document_goes_with_its_printouts_and_comes_back_with_them(file: OfficeFile) -> None:
    run(file, signing.sign_document, DOCUMENT, print_out(file, 1), SIGNED_ON, PDF)
    before = file.snapshot
    changes = file.edit(lambda edit: operations.delete_row(edit, Document, DOCUMENT))
    assert printouts(file) == []
    file.replay(changes.inverted())
    assert file.snapshot == before


def test_printouts_and_scans_are_there_again_after_reopening(path: Path, opened: Open) -> None:
    file = opened(path)
    run(file, signing.sign_document, DOCUMENT, print_out(file, 1), SIGNED_ON, PDF)
    run(file, signing.attach_scan, DOCUMENT, PNG, "สแกน.png")
    print_out(file, 2)
    before = file.snapshot
    file.close()
    assert on_disk(path) == before
    again = opened(path)
    _before, signed, newest = printouts(again)
    for sha256, data in (
        (signed.tree, b"tree 1"),
        (signed.pdf, PDF),
        (newest.tree, b"tree 2"),
        (the_document(again).scan, PNG),
    ):
        assert again.attachment(sha256 or "") == data


def test_trees_that_no_printout_needs_go_when_published(path: Path, opened: Open) -> None:
    file = opened(path)
    first = file.edit(
        lambda edit: signing.record_printout(edit, the_document(file), code(1), b"tree 1", "", USER, AT)
    )
    run(file, operations.delete_row, Printout, printouts(file)[-1].id)
    row_id = print_out(file, 3)
    run(file, signing.sign_document, DOCUMENT, row_id, SIGNED_ON, PDF)
    run(file, signing.attach_scan, DOCUMENT, PNG)
    file.publish()
    row = printouts(file)[-1]
    assert attached(path) == {row.tree, row.pdf, the_document(file).scan}
    run(file, signing.unsign_document, DOCUMENT)
    file.publish()
    assert attached(path) == {row.tree}
    # Not in this session: what was printed before may still be brought back.
    (old,) = (change.after for change in first.changes if change.after is not None)
    assert isinstance(old, Printout)
    assert file.attachment(old.tree or "") == b"tree 1"


def test_undo_and_redo_of_every_step_across_publishing(file: OfficeFile) -> None:
    document = the_document(file)
    steps: list[Callable[[Edit], object]] = [
        lambda edit: signing.record_printout(edit, document, code(1), b"tree 1", "Sarabun", USER, AT),
        lambda edit: signing.sign_document(edit, DOCUMENT, printouts(file)[-1].id, SIGNED_ON, PDF),
        lambda edit: signing.attach_scan(edit, DOCUMENT, PNG, "สแกน.png"),
        lambda edit: signing.record_printout(edit, document, code(2), b"tree 2", "Sarabun", USER, AT),
        lambda edit: signing.attach_scan(edit, DOCUMENT, None),
        lambda edit: signing.unsign_document(edit, DOCUMENT),
    ]
    states, made = [file.snapshot], []
    for step in steps:
        made.append(file.edit(step))
        states.append(file.snapshot)
    for changes, before in zip(reversed(made), reversed(states[:-1]), strict=True):
        file.replay(changes.inverted())
        file.publish()
        assert on_disk(file.path) == file.snapshot == before
    for changes, after in zip(made, states[1:], strict=True):
        file.replay(changes)
        file.publish()
        assert on_disk(file.path) == file.snapshot == after


def test_printing_does_not_change_the_seal_and_content_does(path: Path, opened: Open) -> None:
    file = opened(path)
    before = sealed(path)
    row_id = print_out(file, 1)
    file.publish()
    assert len(attached(path)) == 1
    assert sealed(path) == before
    run(file, signing.sign_document, DOCUMENT, row_id, SIGNED_ON, PDF)
    file.publish()
    signed = sealed(path)
    assert signed != before
    run(file, signing.attach_scan, DOCUMENT, PNG, "สแกน.png")
    file.publish()
    scanned = sealed(path)
    assert scanned not in (before, signed)
    print_out(file, 2)
    file.publish()
    assert sealed(path) == scanned
    run(file, operations.set_field, Measure, measure_id(0), "title", "ใหม่")
    file.publish()
    assert sealed(path) != scanned


def test_the_same_bytes_as_scan_and_as_printout_count_as_the_scan(path: Path, opened: Open) -> None:
    file = opened(path)
    run(file, signing.sign_document, DOCUMENT, print_out(file, 1), SIGNED_ON, PDF)
    run(file, signing.attach_scan, DOCUMENT, PDF, "สแกน.pdf")
    file.close()
    assert opener.verify(path).verdict == Verdict.CLEAN
    change(path, "UPDATE attachment SET media_type = 'text/plain' WHERE media_type = 'application/pdf'")
    assert opener.verify(path).verdict == Verdict.ALTERED


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM attachment WHERE sha256 = (SELECT tree FROM printout WHERE signed)",
        "DELETE FROM attachment WHERE sha256 = (SELECT pdf FROM printout WHERE signed)",
        "DELETE FROM attachment WHERE sha256 = (SELECT scan FROM document)",
        "UPDATE attachment SET data = x'00' WHERE sha256 = (SELECT tree FROM printout WHERE signed)",
        "UPDATE attachment SET data = x'00' WHERE sha256 = (SELECT pdf FROM printout WHERE signed)",
        "UPDATE attachment SET data = x'00' WHERE sha256 = (SELECT scan FROM document)",
        "UPDATE printout SET tree = 'elsewhere'",
        "UPDATE printout SET document_id = 'elsewhere'",
        "UPDATE printout SET printed_at = '2026-99-99T99:99:99'",
    ],
)
def test_a_printout_whose_file_is_missing_or_damaged_is_refused(
    path: Path, opened: Open, statement: str
) -> None:
    file = opened(path)
    run(file, signing.sign_document, DOCUMENT, print_out(file, 1), SIGNED_ON, PDF)
    run(file, signing.attach_scan, DOCUMENT, PNG, "สแกน.png")
    file.close()
    assert opener.verify(path).verdict == Verdict.CLEAN
    change(path, statement)
    for how in (OfficeFile.open, OfficeFile.view):
        with pytest.raises(Damaged):
            opened(path, how)
