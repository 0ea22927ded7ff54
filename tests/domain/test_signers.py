"""Who signs: the office's people first, then who signed before."""

from itadesk.domain import signers
from itadesk.domain.model import Document, FiscalYear, Office, Person, Signatory
from itadesk.domain.signers import Signer
from itadesk.domain.snapshot import Snapshot

FILE = Snapshot.of(
    [
        Office(id="o"),
        Person(id="p0", office_id="o", ordinal=0, name="นางสมใจ ตั้งใจ", position="หัวหน้าสำนักปลัด"),
        *(FiscalYear(id=f"y{year}", office_id="o", year=year) for year in (2567, 2568)),
        Document(id="d0", fiscal_year_id="y2567", ordinal=0, layout="memo"),
        Document(id="d1", fiscal_year_id="y2568", ordinal=0, layout="memo"),
        Signatory(id="s0", document_id="d0", ordinal=0, name="นายเก่า ก่อนใคร", position="ปลัด"),
        Signatory(id="s1", document_id="d1", ordinal=0, name="นางสมใจ ตั้งใจ", position="หัวหน้าสำนักปลัด"),
        Signatory(
            id="s2", document_id="d1", ordinal=1, name="นายใหม่ มาแทน", position="ปลัด",
            acting="ปฏิบัติหน้าที่", acting_for="นายก"
        ),
        Signatory(id="s3", document_id="d1", ordinal=2),
    ]
)  # fmt: skip


def test_people_come_first_then_signatories_the_newest_first_each_once() -> None:
    assert signers.known(FILE) == [
        Signer("นางสมใจ ตั้งใจ", "หัวหน้าสำนักปลัด"),
        Signer("นายใหม่ มาแทน", "ปลัด", "ปฏิบัติหน้าที่", "นายก"),
        Signer("นายเก่า ก่อนใคร", "ปลัด"),
    ]
    assert signers.positions(FILE) == ["หัวหน้าสำนักปลัด", "ปลัด"]


def test_names_are_found_by_any_part() -> None:
    found = signers.named_like(signers.known(FILE), "ใคร")
    assert [signer.name for signer in found] == ["นายเก่า ก่อนใคร"]
    assert signers.named_like(signers.known(FILE), "นาย")[0].name == "นายใหม่ มาแทน"


def test_who_is_listed() -> None:
    assert signers.is_listed(FILE, "นางสมใจ  ตั้งใจ")
    assert not signers.is_listed(FILE, "นายใหม่ มาแทน")
