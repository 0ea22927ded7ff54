"""A file of every generation that was ever released opens for ever, with all it said."""

import shutil
from pathlib import Path

import pytest
from storage import golden

from itadesk.storage import generation, migration
from itadesk.storage.office_file import OfficeFile


@pytest.mark.parametrize("path", sorted(golden.FOLDER.glob("gen_*.itadesk")), ids=lambda path: path.stem)
def test_a_golden_file_says_what_it_said(path: Path, place: Path) -> None:
    golden.check(path)
    for beside in (path, path.with_suffix(".json")):
        shutil.copyfile(beside, place / beside.name)
    file = OfficeFile.open(place / path.name, user="ผู้ทดสอบ")
    file.publish(force=True)
    file.close()
    golden.check(place / path.name)


FROZEN = 1
"""The last generation that was released."""


def test_every_generation_has_its_text_and_what_was_released_its_golden_file() -> None:
    assert set(migration.STEPS) == set(range(1, generation.GENERATION))
    for number in range(1, generation.GENERATION + 1):
        assert generation.columns(number)
    made = [path.name for path in sorted(golden.FOLDER.glob("gen_*.itadesk"))]
    assert made == [f"gen_{number:03}.itadesk" for number in range(1, FROZEN + 1)]


def test_the_present_generation_can_be_frozen(place: Path) -> None:
    path = golden.freeze(place)
    assert path.name == f"gen_{generation.GENERATION:03}.itadesk"
    assert golden.unsaid(path) == []
    told = path.with_suffix(".json")
    told.write_text(told.read_text(encoding="utf-8").replace("แก้ไขแล้ว", "อย่างอื่น"), encoding="utf-8")
    with pytest.raises(AssertionError):
        golden.check(path)
