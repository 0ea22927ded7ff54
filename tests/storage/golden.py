"""A golden file of the present generation: made once, when the generation is frozen, and opened by the tests for ever.

`.venv/bin/python tests/storage/golden.py` makes it, with the rows it holds beside it as JSON.
"""

import json
import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[2])]

from storage.office import USER, an_id, an_office

from itadesk.domain.model import Evidence, Measure, Office
from itadesk.domain.snapshot import TABLE_OF, Snapshot
from itadesk.storage import generation, opener, operations
from itadesk.storage.edit import Edit
from itadesk.storage.office_file import OfficeFile
from itadesk.storage.snapshot import stored

FOLDER = Path(__file__).resolve().parents[1] / "files"


def rows_of(content: Snapshot) -> dict[str, dict[str, dict[str, Any]]]:
    """What a file says: {table: {id: {column: value}}}."""
    rows: dict[str, dict[str, dict[str, Any]]] = {}
    for row in content.rows():
        rows.setdefault(TABLE_OF[type(row)], {})[row.id] = stored(row)
    return rows


def freeze(folder: Path) -> Path:
    """Make the golden file of the present generation in `folder`, which has none yet."""
    path = folder / f"gen_{generation.GENERATION:03}.itadesk"
    file = OfficeFile.create(path, an_office().rows(), user=USER)
    file.edit(_attach)
    file.edit(lambda edit: operations.set_field(edit, Measure, an_id(1001), "title", "แก้ไขแล้ว ๑"))
    file.edit(lambda edit: operations.delete_measures(edit, [an_id(1003)]))
    content = file.snapshot
    file.close()
    text = json.dumps(rows_of(content), ensure_ascii=False, indent=1)
    path.with_suffix(".json").write_text(text + "\n", encoding="utf-8")
    check(path)
    return path


def _attach(edit: Edit) -> None:
    operations.set_picture(edit, "emblem", b"emblem", "image/png")
    evidence = operations.existing(edit, Evidence, an_id(3000))
    edit.update(
        replace(evidence, attachment=edit.attach(b"%PDF-1.7", "application/pdf"), file_name="คำสั่ง.pdf")
    )


def check(path: Path) -> None:
    """A golden file is clean, says what it said on its day (later columns apart) and stays as it is."""
    before = path.read_bytes()
    report = opener.verify(path)
    assert report.verdict == opener.Verdict.CLEAN, report.problems
    file = OfficeFile.view(path)
    said = rows_of(file.snapshot)
    emblem = file.snapshot.all(Office)[an_id(1)].emblem
    assert emblem is not None
    assert file.attachment(emblem) == b"emblem"
    file.close()
    for table, rows in json.loads(path.with_suffix(".json").read_text(encoding="utf-8")).items():
        for row_id, columns in rows.items():
            now = said[table][row_id]
            assert {name: now[name] for name in columns} == columns, f"{table} {row_id}"
    assert path.read_bytes() == before


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="itadesk-golden-") as data:
        os.environ["ITADESK_DATA"] = data
        print(freeze(FOLDER))
