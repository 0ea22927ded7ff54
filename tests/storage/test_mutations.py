"""A short run of the campaign that spoils and crafts files and opens each."""

from pathlib import Path

from campaigns import mutate
from storage.mutations import MUTATIONS

from itadesk.storage.opener import Verdict


def test_no_spoiled_or_crafted_file_does_harm_or_passes_for_whole(place: Path, data: Path) -> None:
    result = mutate.campaign(count=230, seed=5, folder=place, heavy=False)
    assert result.broken == []
    assert result.files == 230
    assert result.verdicts.keys() >= MUTATIONS.keys()
    assert all(any(verdict in counts for counts in result.verdicts.values()) for verdict in Verdict)
    assert result.salvaged > 15
    assert result.share / result.salvaged > 0.6
    assert {path.name for path in data.iterdir()} <= {"work", "backups", "known.json"}
    assert list((data / "work").iterdir()) == []
