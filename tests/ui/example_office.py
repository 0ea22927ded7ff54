"""The example office in a real file, as the window has it open."""

from pathlib import Path

from itadesk import paths
from itadesk.exchange import json_file
from itadesk.storage.office_file import OfficeFile

USER = "ผู้ทดสอบ"


def example_file(folder: Path) -> OfficeFile:
    """A new office file with everything the example has."""
    text = (paths.resources() / "example" / "example.json").read_text("utf-8")
    return OfficeFile.create(folder / "example.itadesk", json_file.read(text).snapshot.rows(), user=USER)
