"""The note of what was sent, and what was changed since."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

from storage.conftest import Open
from storage.office import measure_id

from itadesk.domain.model import Measure, Sending
from itadesk.domain.sending import Copy
from itadesk.storage import send_operations
from itadesk.storage.operations import set_field

COPY = Copy((2569, 2568), 6, False, "แฟ้ม.itadesk", 57, "0e" * 32, "340 KB")
NOW = dt.datetime(2026, 4, 3, 10, 15, 2, 500)


def test_a_sending_is_noted_behind_the_earlier_ones(path: Path, opened: Open) -> None:
    file = opened(path)
    place = Path("ส่งอำเภอ", "แฟ้ม.itadesk")
    file.edit(lambda edit: send_operations.record_sending(edit, COPY, place, "a@b.go.th", "สมศรี", NOW))
    earlier, row = file.snapshot.children(Sending)
    assert (row.sent_at, row.years, row.round, row.attached) == (
        NOW.replace(microsecond=0),
        "2568 2569",
        6,
        False,
    )
    assert row.ordinal > earlier.ordinal
    assert (row.to, row.path, row.revision, row.seal) == ("a@b.go.th", str(place), 57, "0e" * 32)


def test_rows_changed_since_are_counted_once_and_what_was_taken_back_not_at_all(
    path: Path, opened: Open
) -> None:
    file = opened(path)
    (noted,) = file.snapshot.children(Sending)
    sending = replace(noted, sent_at=dt.datetime(2020, 4, 3, 10, 15))

    def changed() -> int:
        return file.read(lambda database: send_operations.changed_since(database, sending))

    assert changed() == 0
    for title in ("หนึ่ง", "สอง"):
        last = file.edit(lambda edit, title=title: set_field(edit, Measure, measure_id(0), "title", title))
    file.edit(lambda edit: set_field(edit, Measure, measure_id(1), "title", "สาม"))
    assert changed() == 2
    file.replay(last.inverted())
    file.edit(lambda edit: set_field(edit, Measure, measure_id(0), "title", "มาตรการที่ 0"))
    assert changed() == 1
