"""Short runs of the campaigns that cut the power, fill the disk and copy the document while it is written."""

from pathlib import Path

import pytest
from campaigns import copies, full, power

from itadesk.storage import publish


def test_nothing_acknowledged_is_lost_at_a_power_cut(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ITADESK_DATA", "")  # put back afterwards
    try:
        result = power.campaign(cuts=4, seed=1, folder=place)
    except power.Impossible as reason:
        pytest.skip(str(reason))
    assert result.broken == []
    assert result.edits > 4


def test_copies_of_a_document_are_whole_while_it_is_written(place: Path) -> None:
    result = copies.campaign(copies=25, seed=1, folder=place)
    assert result.broken == []
    assert result.copies == 25
    assert len(result.different) > 3


def test_a_disk_that_refuses_at_any_step_costs_nothing(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ITADESK_DATA", "")
    monkeypatch.setattr(publish, "WAITS", publish.WAITS)
    result, _remark = full.campaign(place, step=1 << 20, faults=full.FAULTS[:1])
    assert result.broken == []
    assert set(result.refused) >= {"publish", "copy", "save as", "reopen"}
