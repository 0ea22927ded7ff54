"""Undo and redo are exact across any mix of operations, also with publishing and reopening between."""

import datetime as dt
import itertools
import tempfile
import uuid
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from domain.rows import CELLS, LINES
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from storage.office import (
    ASSESSMENT,
    USER,
    an_office,
    in_work,
    on_disk,
)

from itadesk.domain import ways
from itadesk.domain.model import (
    ROUNDS,
    DeletedFile,
    Deletion,
    Document,
    Evidence,
    FiscalYear,
    Measure,
    Printout,
    Progress,
    Round,
    Row,
    Signatory,
    Status,
    Unit,
    new_id,
)
from itadesk.domain.snapshot import TABLES, ChangeSet, Snapshot
from itadesk.errors import UserError
from itadesk.storage import attachments, bin, bin_operations, merge_operations, operations, signing
from itadesk.storage.edit import Edit
from itadesk.storage.office_file import OfficeFile

DELETABLE: list[type[Row]] = [Measure, Unit, Document, FiscalYear, Signatory, Evidence, Progress, Printout]
MOVABLE = [Measure, Unit, Document, Signatory]


def _refers_to_files(changes: ChangeSet) -> bool:
    rows = [row for change in changes.changes for row in (change.before, change.after)]
    names = {TABLES[table]: names for table, names in attachments.ALL.items()}
    return any(getattr(row, name) for row in rows if row for name in names.get(type(row), ()))


def content(snapshot: Snapshot) -> list[Row]:
    """What a file says, its bin left aside."""
    return sorted(
        (row for row in snapshot.rows() if not isinstance(row, (Deletion, DeletedFile))),
        key=lambda row: row.id,
    )


class Clerk(RuleBasedStateMachine):
    """A clerk at the real file: what the program shows is what the file holds, and every step can be taken back."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.data = Path(self.folder.name, "data")
        self.patch = pytest.MonkeyPatch()
        self.patch.setenv("ITADESK_DATA", str(self.data))
        # The same example makes the same ids, or hypothesis could not repeat it.
        numbers = itertools.count(1 << 64)
        self.patch.setattr(uuid, "uuid4", lambda: uuid.UUID(int=next(numbers)))
        self.path = Path(self.folder.name, "แฟ้ม.itadesk")
        self.file = OfficeFile.create(self.path, an_office(2).rows(), user=USER)
        self.first = self.file.snapshot
        self.done: list[tuple[Snapshot, ChangeSet]] = []
        self.undone: list[tuple[Snapshot, ChangeSet]] = []

    def teardown(self) -> None:
        try:
            while self.undone:
                self._redo()
            last = self.file.snapshot
            while self.done:
                self._undo()
            assert self.file.snapshot == self.first
            while self.undone:
                self._redo()
            assert self.file.snapshot == last
        finally:
            self.file.close(publish=False)
            self.patch.undo()
            self.folder.cleanup()

    def _edit(self, operation: Callable[[Edit], object]) -> None:
        before = self.file.snapshot
        changes = self.file.edit(operation)
        assert before.after(changes) == self.file.snapshot
        self.done.append((before, changes))
        self.undone.clear()

    def _undo(self) -> None:
        before, changes = self.done.pop()
        after = self.file.snapshot
        assert self.file.replay(changes.inverted()) == changes.inverted()
        assert self.file.snapshot == before
        self.undone.append((after, changes))

    def _redo(self) -> None:
        after, changes = self.undone.pop()
        before = self.file.snapshot
        assert self.file.replay(changes) == changes
        assert self.file.snapshot == after
        self.done.append((before, changes))

    def _one(self, draw: st.DataObject, row_class: type[Row]) -> Row | None:
        rows = sorted(self.file.snapshot.all(row_class).values(), key=lambda row: row.id)
        return draw.draw(st.sampled_from(rows)) if rows else None

    def _year(self, draw: st.DataObject) -> str | None:
        year = self._one(draw, FiscalYear)
        return year.id if year else None

    @rule(draw=st.data(), name=st.sampled_from(["title", "steps", "responsible"]), text=CELLS)
    def type_into_a_cell(self, draw: st.DataObject, name: str, text: str) -> None:
        if measure := self._one(draw, Measure):
            self._edit(lambda edit: operations.set_field(edit, Measure, measure.id, name, text))

    @rule(draw=st.data(), title=CELLS, first=st.booleans())
    def add_a_measure(self, draw: st.DataObject, title: str, first: bool) -> None:
        if year := self._year(draw):
            there = self.file.snapshot.children(Measure, year)
            after = there[0].id if first and there else None
            self._edit(lambda edit: operations.add_measure(edit, year, after, title=title))

    @rule(draw=st.data(), round=st.sampled_from(ROUNDS), status=st.sampled_from(list(Status)))
    def tick(self, draw: st.DataObject, round: Round, status: Status) -> None:
        if year := self._year(draw):
            ids = [measure.id for measure in self.file.snapshot.children(Measure, year)]
            self._edit(lambda edit: operations.set_status(edit, ids, round, status))

    @rule(draw=st.data(), row_class=st.sampled_from(DELETABLE))
    def delete(self, draw: st.DataObject, row_class: type[Row]) -> None:
        if row := self._one(draw, row_class):
            self._edit(lambda edit: operations.delete_row(edit, row_class, row.id))

    @rule(draw=st.data(), row_class=st.sampled_from(DELETABLE))
    def delete_and_bring_back(self, draw: st.DataObject, row_class: type[Row]) -> None:
        row = self._one(draw, row_class)
        if row is None:
            return
        before = self.file.snapshot
        self._edit(lambda edit: operations.delete_row(edit, row_class, row.id))
        new = self.file.snapshot.all(Deletion).keys() - before.all(Deletion).keys()
        if row_class in (Progress, Printout):
            assert not new
        if new:
            self._edit(lambda edit: bin_operations.restore(edit, new))
            assert self.file.snapshot == before

    @rule(draw=st.data())
    def bring_back(self, draw: st.DataObject) -> None:
        deletion = self._one(draw, Deletion)
        if not isinstance(deletion, Deletion):
            return
        rows = self.file.read(lambda database: bin.rows_of(database, deletion))
        try:
            self._edit(lambda edit: bin_operations.restore(edit, [deletion.id]))
        except UserError:
            return  # there is another fiscal year of that number, or no place at all
        assert deletion.id not in self.file.snapshot.all(Deletion)
        assert all(row.id in self.file.snapshot.all(type(row)) for row in rows)

    @rule(draw=st.data())
    def forget(self, draw: st.DataObject) -> None:
        if deletion := self._one(draw, Deletion):
            self._edit(lambda edit: bin_operations.forget(edit, [deletion.id]))

    @rule()
    def go_back_to_the_opening(self) -> None:
        self._edit(lambda edit: edit.apply(ways.way_back(edit.snapshot, self.first)))
        assert content(self.file.snapshot) == content(self.first)

    @rule(draw=st.data(), row_class=st.sampled_from(MOVABLE), index=st.integers(0, 5))
    def move(self, draw: st.DataObject, row_class: type[Measure], index: int) -> None:
        if row := self._one(draw, row_class):
            self._edit(lambda edit: operations.move_row(edit, row_class, row.id, index))

    @rule(year=st.integers(2560, 2570), layout=st.sampled_from(["memo", "outcomes"]))
    def add_a_year_with_a_document(self, year: int, layout: str) -> None:
        if self.file.snapshot.fiscal_year(year) is not None:
            with pytest.raises(UserError):
                self.file.edit(lambda edit: operations.add_fiscal_year(edit, year))
            return
        self._edit(lambda edit: operations.add_fiscal_year(edit, year))
        (new,) = (row for row in self.file.snapshot.fiscal_years if row.year == year)
        self._edit(lambda edit: operations.add_row(edit, Document, new.id, layout=layout))

    @rule(indicator=st.integers(1, 10), score=st.none() | st.integers(0, 10_000))
    def score(self, indicator: int, score: int | None) -> None:
        value = None if score is None else Decimal(score) / 100
        self._edit(lambda edit: operations.set_indicator_score(edit, ASSESSMENT, indicator, value))

    @rule(draw=st.data(), names=st.lists(LINES, max_size=3))
    def sign(self, draw: st.DataObject, names: list[str]) -> None:
        if document := self._one(draw, Document):
            old = self.file.snapshot.children(Signatory, document.id)[:1]
            new = [Signatory(id=new_id(), document_id="", ordinal=0, name=name) for name in names]
            self._edit(lambda edit: operations.set_signatories(edit, document.id, [*new, *old]))

    @rule(draw=st.data(), text=st.none() | CELLS)
    def word(self, draw: st.DataObject, text: str | None) -> None:
        if document := self._one(draw, Document):
            self._edit(lambda edit: operations.set_document_text(edit, document.id, "opening", text))

    @rule(draw=st.data(), match=st.sampled_from(["add", "update", "skip"]))
    def merge(self, draw: st.DataObject, match: merge_operations.Match) -> None:
        if year := self._year(draw):
            incoming = Snapshot.of(row for row in an_office(3).rows() if getattr(row, "year", None) != 2568)
            self._edit(lambda edit: merge_operations.merge_measures(edit, year, incoming, match))

    @rule(data=st.none() | st.binary(max_size=9))
    def choose_an_emblem(self, data: bytes | None) -> None:
        self._edit(lambda edit: operations.set_picture(edit, "emblem", data))

    @rule(draw=st.data(), number=st.integers(0, 2), family=st.sampled_from(["Sarabun", "TH Sarabun New"]))
    def print_out(self, draw: st.DataObject, number: int, family: str) -> None:
        year = self._year(draw)
        if year is None:
            return
        new = Document(id=new_id(), fiscal_year_id=year, ordinal=9, layout="memo")
        documents = sorted(self.file.snapshot.all(Document).values(), key=lambda row: row.id)
        document = draw.draw(st.sampled_from([*documents, new]))
        chain = [Signatory(id=new_id(), document_id=document.id, ordinal=0, name="สมศรี")]
        note = (document, f"{number:064x}", b"tree %d" % number, family, USER, dt.datetime(2026, 4, 1, 9, 30))
        memos = self._memos(year)
        self._edit(lambda edit: signing.record_printout(edit, *note, signatories=chain))
        assert self._memos(year) in (memos, [new.id])
        for row in self.file.snapshot.all(Document):
            printouts = self.file.snapshot.children(Printout, row)
            assert [row.ordinal for row in printouts] == sorted({row.ordinal for row in printouts})

    def _memos(self, year: str) -> list[str]:
        """The memos of a fiscal year that are for no round."""
        rows = self.file.snapshot.children(Document, year)
        return [row.id for row in rows if (row.layout, row.round) == ("memo", None)]

    @rule(draw=st.data(), signed_on=st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)), scan=st.booleans())
    def sign_a_printout(self, draw: st.DataObject, signed_on: dt.date, scan: bool) -> None:
        printout = self._one(draw, Printout)
        if not isinstance(printout, Printout):
            return

        def sign(edit: Edit) -> None:
            signing.sign_document(
                edit, printout.document_id, printout.id, signed_on, b"%PDF " + printout.code.encode()
            )
            if scan:
                signing.attach_scan(edit, printout.document_id, b"\x89PNG\r\n\x1a\n", "สแกน.png")

        self._edit(sign)
        now = signing.signed_printout(self.file.snapshot, printout.document_id)
        assert now is not None
        assert now.signed

    @rule(draw=st.data())
    def take_a_signing_back(self, draw: st.DataObject) -> None:
        if document := self._one(draw, Document):
            self._edit(lambda edit: signing.unsign_document(edit, document.id))
            assert signing.signed_printout(self.file.snapshot, document.id) is None

    @rule(draw=st.data(), data=st.sampled_from([None, b"%PDF-1", b"\xff\xd8\xff", b"no scan"]))
    def scan(self, draw: st.DataObject, data: bytes | None) -> None:
        document = self._one(draw, Document)
        if not isinstance(document, Document):
            return
        if data == b"no scan":
            with pytest.raises(UserError):
                self.file.edit(lambda edit: signing.attach_scan(edit, document.id, data, "สแกน"))
            return
        self._edit(lambda edit: signing.attach_scan(edit, document.id, data, "สแกน"))
        now = self.file.snapshot.all(Document)[document.id]
        assert (self.file.attachment(now.scan) if now.scan else None) == data

    @rule(text=CELLS)
    def fail_half_way(self, text: str) -> None:
        def operation(edit: Edit) -> None:
            operations.add_unit(edit, name="ไม่ควรอยู่")
            raise UserError(text)

        with pytest.raises(UserError):
            self.file.edit(operation)

    @precondition(lambda self: self.done)
    @rule(steps=st.integers(1, 4))
    def undo(self, steps: int) -> None:
        for _ in range(min(steps, len(self.done))):
            self._undo()

    @precondition(lambda self: self.undone)
    @rule(steps=st.integers(1, 4))
    def redo(self, steps: int) -> None:
        for _ in range(min(steps, len(self.undone))):
            self._redo()

    @rule()
    def publish(self) -> None:
        self.file.publish()
        assert on_disk(self.path) == self.file.snapshot

    @rule(publish=st.booleans())
    def reopen(self, publish: bool) -> None:
        before = self.file.snapshot
        self.file.close(publish=publish)
        self.file = OfficeFile.open(self.path, user=USER)
        assert self.file.snapshot == before
        if any(_refers_to_files(changes) for _before, changes in self.done + self.undone):
            # An attached file nobody uses goes with the session, and so does the window's undo stack.
            self.done.clear()
            self.undone.clear()
            self.first = before

    @invariant()
    def the_file_holds_what_is_shown(self) -> None:
        assert in_work(self.file, self.data) == self.file.snapshot

    @invariant()
    def ordinals_rise(self) -> None:
        content = self.file.snapshot
        for year in content.fiscal_years:
            ordinals = [row.ordinal for row in content.children(Measure, year.id)]
            assert ordinals == sorted(set(ordinals))


TestClerk = Clerk.TestCase
# Each example works on a real file for half a second.
TestClerk.settings = settings(max_examples=settings().max_examples // 3)
