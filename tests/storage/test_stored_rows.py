"""Rows come back from the database as they went in, and what is no row is refused."""

import contextlib
import sqlite3

import pytest
from domain.rows import snapshots
from hypothesis import given
from storage.office import an_office

from itadesk.domain.model import Assessment, Measure, Progress, Publication
from itadesk.domain.snapshot import Snapshot
from itadesk.storage import changes, connection, generation, snapshot


@given(snapshots())
def test_whole_offices_come_back(content: Snapshot) -> None:
    _check(content)


def test_a_row_of_every_class_comes_back() -> None:
    _check(an_office())


def _check(content: Snapshot) -> None:
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        generation.fill(database)
        with connection.transaction(database):
            for row in content.rows():
                changes.insert(database, row)
        assert snapshot.read(database) == content


@pytest.mark.parametrize(
    ("row_class", "columns", "fault"),
    [
        (Progress, ["1" * 32, "2" * 32, 6, "gone", "", "", ""], "not a valid Status"),
        (Measure, ["1" * 32], "shorter"),
    ],
)
def test_columns_that_make_no_row_are_refused(
    row_class: type[Measure], columns: list[str], fault: str
) -> None:
    with pytest.raises(ValueError, match=fault):
        snapshot.loaded(row_class, columns)


def test_a_day_that_never_was_is_refused() -> None:
    columns = ["1" * 32, "2" * 32, 0, "", "", "", "2026-02-30"]
    with pytest.raises(ValueError, match="day is out of range"):
        snapshot.loaded(Publication, columns)


def test_scores_are_stored_in_hundredths() -> None:
    assessment = next(iter(an_office().all(Assessment).values()))
    assert snapshot.stored(assessment)["total"] == 7483
