"""A short run of the campaign that kills the program while it edits and publishes."""

from pathlib import Path

from campaigns import kill


def test_nothing_acknowledged_is_lost_when_the_program_is_killed(place: Path) -> None:
    result = kill.campaign(kills=20, seed=1, folder=place)
    assert result.broken == []
    assert result.kills == 20
    assert result.edits > 200
    assert result.publications > 20
    assert result.recovered > 5
