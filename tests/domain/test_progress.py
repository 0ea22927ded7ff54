"""Status and counts of a fiscal year's measures."""

from itadesk.domain.model import FiscalYear, Measure, Office, Progress, Row, Status
from itadesk.domain.progress import Counts, counts, round_in_hand, status
from itadesk.domain.snapshot import Snapshot


def _snapshot(*progress: Progress) -> Snapshot:
    rows: list[Row] = [
        Office(id="o"),
        FiscalYear(id="y", office_id="o", year=2568),
        FiscalYear(id="z", office_id="o", year=2569),
        *(Measure(id=f"m{number}", fiscal_year_id="y", ordinal=number) for number in range(3)),
        Measure(id="other", fiscal_year_id="z", ordinal=0),
    ]
    return Snapshot.of([*rows, *progress])


def test_a_measure_without_progress_has_not_started() -> None:
    snapshot = _snapshot()
    assert status(snapshot.all(Measure)["m0"], None) is Status.NOT_STARTED
    assert counts(snapshot, "y", 12) == Counts(3, 0, 0)
    assert counts(snapshot, "y", 12).total == 3
    assert round_in_hand(snapshot, "y") == 12


def test_rounds_and_years_are_counted_apart() -> None:
    snapshot = _snapshot(
        Progress(id="a", measure_id="m0", round=6, status=Status.DONE),
        Progress(id="b", measure_id="m1", round=6, status=Status.IN_PROGRESS),
        Progress(id="c", measure_id="other", round=12, status=Status.DONE),
    )
    assert counts(snapshot, "y", 6) == Counts(1, 1, 1)
    assert counts(snapshot, "y", 12) == Counts(3, 0, 0)
    assert counts(snapshot, "z", 12) == Counts(0, 0, 1)
    assert round_in_hand(snapshot, "y") == 6
    assert round_in_hand(snapshot, "z") == 12


def test_a_measure_that_goes_on_all_year_is_in_progress_unless_done() -> None:
    measure = Measure(id="m", fiscal_year_id="y", ordinal=0, continuous=True)
    for stored in Status:
        progress = Progress(id="p", measure_id="m", round=12, status=stored)
        assert status(measure, progress) is (Status.DONE if stored is Status.DONE else Status.IN_PROGRESS)
    assert status(measure, None) is Status.IN_PROGRESS
