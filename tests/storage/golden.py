"""A golden file of the present generation: made once, when the generation is frozen, and opened by the tests for ever.

`.venv/bin/python tests/storage/golden.py` makes it, with the rows it holds beside it as JSON.
"""

import datetime as dt
import json
import os
import sys
import tempfile
from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[2])]

from storage.office import USER, an_id, an_office

from itadesk.domain.model import Joined, Measure, Office
from itadesk.domain.snapshot import TABLE_OF, Snapshot
from itadesk.storage import connection, generation, opener, operations
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
    folder.mkdir(exist_ok=True)
    path = folder / f"gen_{generation.GENERATION:03}.itadesk"
    file = OfficeFile.create(path, an_office().rows(), user=USER)
    file.edit(_fill)
    file.edit(lambda edit: operations.set_field(edit, Measure, an_id(1001), "title", "แก้ไขแล้ว ๑"))
    file.edit(lambda edit: operations.delete_measures(edit, [an_id(1003)]))
    content = file.snapshot
    file.close()
    text = json.dumps(rows_of(content), ensure_ascii=False, indent=1)
    path.with_suffix(".json").write_text(text + "\n", encoding="utf-8")
    check(path)
    return path


def _fill(edit: Edit) -> None:
    """Every column of every table holds something; the bin is filled by the deletion that follows."""
    files = {
        name: edit.attach(name.encode(), "application/pdf") for name in ("scan", "tree", "pdf", "attachment")
    }
    operations.set_picture(edit, "emblem", b"emblem", "image/png")
    operations.set_picture(edit, "logo", b"logo", "image/png")
    for row in edit.snapshot.rows():
        now = edit.current(type(row), row.id)
        assert now is not None
        columns = {field.name for field in fields(now)}
        empty = {name for name in columns if getattr(now, name) in (None, "")} - {"emblem", "logo"}
        edit.update(replace(now, **{name: files.get(name, _VALUES.get(name, f"{name} ๑")) for name in empty}))
    edit.insert(Joined(id=an_id(4000), first_revision=1, last_revision=2))


_VALUES: dict[str, Any] = {
    "indicator": "9.4",
    "round": 6,
    "analysed_year": 2567,
    "date": dt.date(2026, 4, 1),
    "signed_on": dt.date(2026, 4, 2),
    "iit": Decimal("81.20"),
    "eit": Decimal("79.05"),
    "score": Decimal("1.00"),
}
"""For columns that are not any text."""


def unsaid(path: Path) -> list[str]:
    """The columns that hold nothing in any row of a file; `setting` waits for its first use."""
    with connection.private(path) as file:
        return [
            f"{table}.{name}"
            for table, names in generation.columns().items()
            for name in names
            if table != "setting"
            and not file.execute(f"SELECT 1 FROM {table} WHERE coalesce(\"{name}\", '') <> ''").fetchone()
        ]


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
