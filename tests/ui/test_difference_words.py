"""Differences between two states of a file in words: where, what, and the texts before and after."""

import datetime as dt
from dataclasses import replace

from domain.rows import snapshots
from hypothesis import given
from ui.desk import YEAR, measure_id, rows

from itadesk.documents.record import Change
from itadesk.domain.model import Document, Evidence, Office, Printout, Row, Sending
from itadesk.domain.snapshot import Snapshot
from itadesk.ui.difference_words import changes

REPORT = Document(id="9" * 32, fiscal_year_id=YEAR, ordinal=0, layout="memo", subject="รายงานผล")
PRINTED = Printout(
    id="8" * 32, document_id=REPORT.id, ordinal=0, code="0" * 64, printed_at=dt.datetime(2025, 3, 4, 9)
)
LINK = Evidence(id="7" * 32, measure_id=measure_id(2), ordinal=0, title="ประกาศ", file_name="ก.pdf")
ROWS = [*rows(), REPORT, PRINTED, LINK]


def after(*changed: Row) -> list[Change]:
    """What is told once these rows stand in place of those of the same id, or beside them."""
    by_id = {row.id: row for row in (*ROWS, *changed)}
    return changes(Snapshot.of(ROWS), Snapshot.of(by_id.values()))


def test_a_field_is_told_with_the_way_to_it_and_its_texts() -> None:
    (told,) = after(replace(LINK, title="คำสั่ง"))
    assert told == Change(
        "changed",
        "Fiscal year 2568 · Measure “อบรมเรื่องผลประโยชน์ทับซ้อน” · Evidence · Evidence",
        "ประกาศ",
        "คำสั่ง",
    )


def test_files_and_signatures_have_no_texts() -> None:
    office = next(row for row in ROWS if isinstance(row, Office))
    told = after(
        replace(office, logo="1" * 64), replace(LINK, attachment="2" * 64), replace(PRINTED, signed=True)
    )
    assert [(one.place.split(" · ")[-1], one.before, one.after) for one in told] == [
        ("Seal on covers", "", ""),
        ("Attached file", "", ""),
        ("Signed", "", ""),
    ]
    assert told[2].place == "Fiscal year 2568 · Report “รายงานผล” · Printed on 04/03/2568 · Signed"


def test_a_file_that_was_only_sent_says_the_same() -> None:
    sent = Sending(id="6" * 32, ordinal=0, sent_at=dt.datetime(2025, 3, 4, 9), revision=1, seal="")
    assert after(sent) == []


@given(snapshots(), snapshots())
def test_whatever_comes_or_goes_has_words(one: Snapshot, other: Snapshot) -> None:
    told = changes(one, other)  # no row has an id in common
    assert {change.kind for change in told} == {"added", "removed"}
    assert all(change.place for change in told)
