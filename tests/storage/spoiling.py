"""Sound files to spoil, and what must hold of a spoiled one: what it is taken for, what it says, what stays around."""

import datetime as dt
import sqlite3
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from storage.mutations import Originals
from storage.office import DOCUMENT, MEASURES, YEAR, an_office, measure_id

from itadesk.domain.model import Document, Evidence, Measure, new_id
from itadesk.errors import UserError
from itadesk.storage import examiner, opener, operations, salvage, signing
from itadesk.storage.edit import Edit
from itadesk.storage.office_file import OfficeFile
from itadesk.storage.opener import Report, Verdict

USER = "สมศรี"
HANG_SECONDS = 5.0
SALVAGED_BYTES = 50 << 20
"""Larger files are crafted ones that say too much; salvaging takes its time with them."""
MEASURES_EACH = 60

Rows = dict[str, list[tuple[object, ...]]]


def an_original(path: Path, measures: int = MEASURES_EACH) -> None:
    """A document with something of everything: attached files, a signed printout, history."""
    file = OfficeFile.create(path, an_office(measures).rows(), user=USER)
    file.edit(_attach)
    file.edit(
        lambda edit: signing.attach_scan(edit, DOCUMENT, b"%PDF-1.7 " + bytes(range(256)) * 60, "สแกน.pdf")
    )
    file.edit(lambda edit: signing.record_printout(
        edit, _document(edit), "ab" * 32, b"tree" * 900, "Sarabun", USER, dt.datetime(2026, 4, 1, 9, 30)
    ))  # fmt: skip
    for number in range(12):
        file.edit(
            lambda edit, n=number: operations.set_field(
                edit, Measure, measure_id(n), "title", f"มาตรการแก้ {n}"
            )
        )
    file.close()


def _attach(edit: Edit) -> None:
    for number in range(3):
        sha256 = edit.attach(bytes([number]) * (9_000 * number + 100), "image/png")
        edit.insert(
            Evidence(
                id=new_id(), measure_id=measure_id(number), ordinal=5, title="ภาพ", attachment=sha256,
                file_name=f"ภาพ {number}.png",
            )
        )  # fmt: skip


def _document(edit: Edit) -> Document:
    document = edit.snapshot.get(Document, DOCUMENT)
    assert document is not None
    return document


def originals(folder: Path) -> tuple[Originals, list[Rows]]:
    """A document, the same before its last edits, and another one; and what the three say."""
    this, other = folder / "หลัก.itadesk", folder / "อื่น.itadesk"
    an_original(this)
    earlier, said = this.read_bytes(), rows(this)
    file = OfficeFile.open(this, user=USER)
    for number in range(20):
        file.edit(lambda edit, n=number: operations.set_field(
            edit, Measure, measure_id(n), "steps", f"ขั้นตอนใหม่ {n}\n" * 9
        ))  # fmt: skip
    file.edit(lambda edit: operations.add_measure(edit, YEAR, title="มาตรการเพิ่ม", steps="ขั้น" * 900))
    file.close()
    OfficeFile.create(other, an_office(MEASURES).rows(), user=USER).close()
    return Originals(this.read_bytes(), earlier, other.read_bytes()), [rows(this), said, rows(other)]


def rows(path: Path) -> Rows:
    """Every row of every table and the texts of the schema, as another program reads them."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    connection.text_factory = bytes
    try:
        schema = connection.execute("SELECT type, name, sql FROM sqlite_schema").fetchall()
        own = [row for row in schema if not row[1].startswith(b"sqlite_stat")]
        found: Rows = {"": sorted(own, key=repr)}
        for table in (name.decode() for kind, name, _sql in own if kind == b"table"):
            found[table] = sorted(connection.execute(f'SELECT * FROM "{table}" NOT INDEXED'), key=repr)
        return found
    finally:
        connection.close()


def is_whole(path: Path, expected: Rows) -> bool:
    """Whether SQLite by itself finds the file whole, and it says what is expected."""
    connection = sqlite3.connect(path)
    try:
        sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return (
            sound
            and connection.execute("PRAGMA foreign_key_check").fetchone() is None
            and rows(path) == expected
        )
    except (sqlite3.Error, ValueError, OverflowError):
        return False
    finally:
        connection.close()


@dataclass
class Judged:
    """What a run found; `broken` has a line for every promise that was not kept."""

    files: int = 0
    verdicts: dict[str, Counter[str]] = field(default_factory=dict[str, "Counter[str]"])
    slowest: float = 0.0
    salvaged: int = 0
    unsalvaged: int = 0
    share: float = 0.0
    broken: list[str] = field(default_factory=list[str])


class Judge:
    """Looks at spoiled files in a `place` where nothing else may change; `expected` is what the sound ones say."""

    def __init__(self, place: Path, expected: list[Rows], *, salvage_every: int) -> None:
        self.result = Judged()
        self._place = place
        self._expected = expected
        self._salvage_every = salvage_every
        self._temporary, tempfile.tempdir = tempfile.tempdir, str(place.with_name("tmp"))
        Path(tempfile.tempdir).mkdir()

    def judge(self, kind: str, path: Path, right: frozenset[Verdict] | None = None) -> Verdict:
        """Examine the spoiled file at `path`, compare it when it passes, salvage it when it does not."""
        before = path.read_bytes() if path.stat().st_size < 1 << 28 else b""
        stamp = path.stat().st_mtime_ns
        start = time.perf_counter()
        (found,) = examiner.examine_all([path])
        self._time(kind, time.perf_counter() - start)
        assert found.report is not None, found.trouble
        report = found.report
        self.result.files += 1
        self.result.verdicts.setdefault(kind, Counter())[report.verdict] += 1
        self._expect(
            kind, report, right is None or report.verdict in right, f"is {report.verdict}: {report.problems}"
        )
        self._expect(
            kind, report, not any("broke off" in said for said in report.problems), "killed its examiner"
        )
        if right is None or Verdict.CLEAN in right:
            self._compare(kind, path, report)
        if report.verdict in (Verdict.CLEAN, Verdict.ALTERED):
            self._open(kind, path, report)
        elif 0 < len(before) < SALVAGED_BYTES and self.result.files % self._salvage_every == 0:
            self._salvage(kind, path)
        same = path.stat().st_mtime_ns == stamp and (not before or path.read_bytes() == before)
        self._expect(kind, report, same, "was written to")
        self._expect(
            kind, report, [other.name for other in self._place.iterdir()] == [path.name], "left something"
        )
        return report.verdict

    def end(self) -> Judged:
        examiner.end()
        if left := [entry.name for entry in Path(tempfile.gettempdir()).iterdir()]:
            self.result.broken.append(f"left in the temporary folder: {left}")
        tempfile.tempdir = self._temporary
        return self.result

    def _time(self, kind: str, seconds: float) -> None:
        self.result.slowest = max(self.result.slowest, seconds)
        if seconds > HANG_SECONDS:
            self.result.broken.append(f"{kind}: took {seconds:.1f} s")

    def _expect(self, kind: str, report: Report, kept: bool, otherwise: str) -> None:
        if not kept:
            self.result.broken.append(f"{kind} ({report.verdict}): {otherwise}")

    def _compare(self, kind: str, path: Path, report: Report) -> None:
        if report.verdict == Verdict.CLEAN:
            self._expect(kind, report, _read(path) in self._expected, "says something else")
        elif report.verdict in (Verdict.DAMAGED, Verdict.REJECTED, Verdict.ALTERED):
            self._expect(kind, report, not self._refused_whole(path, report), f"is whole: {report.problems}")

    def _refused_whole(self, path: Path, report: Report) -> bool:
        # A size that the header does not agree with is a fault, though SQLite looks past it.
        if any("by the header" in said or "cut short" in said for said in report.problems):
            return False
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder, "copy")
            copy.write_bytes(path.read_bytes())
            return is_whole(copy, self._expected[0])

    def _open(self, kind: str, path: Path, report: Report) -> None:
        file = OfficeFile.view(path)
        self._expect(
            kind, report, file.altered == (report.verdict == Verdict.ALTERED), "opens as something else"
        )
        file.close()

    def _salvage(self, kind: str, path: Path) -> None:
        out = path.with_name("กู้.itadesk")
        start = time.perf_counter()
        try:
            salvaged = salvage.salvage(path, out, user=USER)
        except UserError:
            self.result.unsalvaged += 1
            return
        finally:
            self._time(f"{kind}, salvaging", time.perf_counter() - start)
        report = opener.verify(out)
        self._expect(
            kind, report, report.verdict == Verdict.CLEAN, f"salvaged is {report.verdict}: {report.problems}"
        )
        self.result.salvaged += 1
        found = next((count.found for count in salvaged.counts if count.table == "measure"), 0)
        self.result.share += min(found / len(self._expected[0]["measure"]), 1)
        out.unlink()


def _read(path: Path) -> Rows:
    """The rows of a file that was found clean: of a copy without what is behind its end, and not in log mode."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "copy")
        opener.private_copy(path, copy)
        return rows(copy)
