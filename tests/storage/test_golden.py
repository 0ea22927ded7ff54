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


def test_every_generation_that_is_over_has_its_text_its_step_and_its_golden_file() -> None:
    over = range(1, generation.GENERATION)
    assert set(migration.STEPS) == set(over)
    for number in (*over, generation.GENERATION):
        assert generation.columns(number)
    missing = [n for n in over if not (golden.FOLDER / f"gen_{n:03}.itadesk").exists()]
    assert missing == []


def test_the_present_generation_can_be_frozen(place: Path) -> None:
    path = golden.freeze(place)
    assert path.name == f"gen_{generation.GENERATION:03}.itadesk"
    assert golden.unsaid(path) == []
    told = path.with_suffix(".json")
    told.write_text(told.read_text(encoding="utf-8").replace("แก้ไขแล้ว", "อย่างอื่น"), encoding="utf-8")
    with pytest.raises(AssertionError):
        golden.check(path)
