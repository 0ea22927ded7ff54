"""The commands between offices and their district: the copy that is sent, files taken in, counts of all offices."""

import datetime as dt
import getpass
import itertools
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from itadesk.commands import viewing
from itadesk.domain.consolidated import DistrictYear, OfficeCounts
from itadesk.domain.model import Round
from itadesk.domain.short_code import short_code
from itadesk.errors import UserError
from itadesk.i18n import _

if TYPE_CHECKING:
    from itadesk.storage.collection.batch import Outcome
    from itadesk.storage.collection.gather import Gathered
    from itadesk.storage.collection.plan import Decision, Step
    from itadesk.storage.collection.store import Collection
    from itadesk.storage.collection.together import Beside

# The database library is loaded by the commands that need it.


def package(file: Path, out: Path, no_attachments: bool, year: int | None) -> bool:
    """Write the copy for the district, and say by what its receiver can check it."""
    from itadesk.commands import fiscal_year_asked
    from itadesk.storage.package import Contents

    with viewing(file) as office_file:
        years = None if year is None else [fiscal_year_asked(office_file.snapshot, year).year]
        written = office_file.pack(out, Contents(years, attached=not no_attachments))
    text = _("{file} written: {size} kB, seal code {code}")
    print(text.format(file=out, size=-(-written.size // 1024), code=short_code(written.seal)))
    return True


def collect(collection: str, files: list[Path], dry_run: bool, as_json: bool) -> bool:
    """Take offices' files in; what is not certain is said and left for the window."""
    from itadesk.storage import faults
    from itadesk.storage.collection import batch
    from itadesk.storage.collection.store import opened

    good, entries = True, list[dict[str, Any]]()
    with opened(collection) as store, faults.temporary_folder() as room:
        found = _gathered(files, room)
        planned = _compared(batch.planned(store, found.files))
        outcomes = planned if dry_run else _taken(store, planned)
        refused = (batch.Outcome(path, refusal=refusal) for path, refusal in found.refused)
        for outcome in itertools.chain(refused, outcomes):
            for entry in _entries(outcome):
                good = good and entry["decision"] not in ("refused", "fork", "rival")
                entries.append(entry)
                if not as_json:
                    print(_line(entry))
    if as_json:
        print(json.dumps(entries, ensure_ascii=False, indent=1))
    return good


def _compared(outcomes: Iterable["Outcome"]) -> list["Outcome"]:
    """What taking the files would do, and what each is to those that come with it: in which order, does not matter."""
    from itadesk.storage.collection.together import Coming, beside

    planned = [replace(outcome, news={}) for outcome in outcomes]
    coming = [
        Coming(one.path.name, step, one.brought) for one in planned if one.brought for step in one.steps
    ]
    told = (
        _beside(step, found) for step, found in zip((one.step for one in coming), beside(coming), strict=True)
    )
    return [replace(one, steps=tuple(itertools.islice(told, len(one.steps)))) for one in planned]


def _beside(step: "Step", found: "Beside | None") -> "Step":
    from itadesk.storage.collection.plan import Decision

    if found is None:
        return step
    message = f"{step.message} {found.message}"
    newest = found.decision is Decision.ADDED
    return (
        replace(step, message=message) if newest else replace(step, message=message, decision=found.decision)
    )


def _taken(store: "Collection", planned: Iterable["Outcome"]) -> Iterator["Outcome"]:
    """The files with what is certain in them taken in; the rest says why it was left."""
    from itadesk.storage.collection import batch, take
    from itadesk.storage.collection.plan import TAKEN_BY_ITSELF

    user = getpass.getuser()
    for outcome in planned:
        if outcome.refusal is not None:
            yield outcome
            continue
        left = {step.fiscal_year: step for step in outcome.steps if step.decision not in TAKEN_BY_ITSELF}

        def choose(step: "Step", left: Mapping[int, "Step"] = left) -> "Decision | None":
            return None if step.fiscal_year in left else take.by_itself(step)

        for done in batch.taken(store, [outcome.path], user, choose):
            yield replace(done, steps=tuple(left.get(step.fiscal_year, step) for step in done.steps))


def _gathered(files: list[Path], room: Path) -> "Gathered":
    """The files that are named, whatever they are called, and what is in the folders and archives among them."""
    from itadesk.storage.collection import gather

    found = gather.gather(filter(gather.holds_files, files), room)
    if found.passed_over:
        text = _("Passed over, for they are no office files: {names}")
        print(text.format(names=", ".join(found.passed_over)), file=sys.stderr)
    named = [path for path in files if not gather.holds_files(path)]
    return gather.Gathered((*named, *found.files), (), found.refused)


def _entries(outcome: "Outcome") -> Iterator[dict[str, Any]]:
    if outcome.refusal is not None:
        message = f"{outcome.refusal.message} {outcome.refusal.advice}".strip()
        yield _entry(outcome.path, "refused", None, None, message)
    for step in outcome.steps:
        yield _entry(outcome.path, step.decision, step.office, step.fiscal_year, step.message)


def _entry(path: Path, decision: str, office: str | None, year: int | None, message: str) -> dict[str, Any]:
    return {
        "file": str(path),
        "decision": str(decision),
        "office": office,
        "fiscal_year": year,
        "message": message,
    }


def _line(entry: dict[str, Any]) -> str:
    about = f"{entry['office']} {entry['fiscal_year']}: " if entry["office"] else ""
    return f"{entry['file']}: {about}{entry['message']}"


def summary(collection: str, year: int | None, round_: Round | None, as_json: bool, out: Path | None) -> bool:
    """Counts per office and status, of all fiscal years; a report is of one, the newest unless told."""
    from itadesk.storage.collection import counts
    from itadesk.storage.collection.store import opened

    today = dt.date.today()
    with opened(collection) as store, store.reading() as connection:
        offices = counts.by_office(connection, today, year, round_)
        shown = year or counts.newest_year(connection)
        district_year = counts.district_year(connection, today, shown, round_) if out and shown else None
    if as_json:
        print(json.dumps(_summary(offices), ensure_ascii=False, indent=1))
    elif out is None:
        for one in offices:
            print(_summary_line(one))
    if out is not None:
        _write_report(district_year, out)
    return True


def _write_report(district_year: DistrictYear | None, out: Path) -> None:
    if district_year is None or not district_year.offices:
        raise UserError(_("No office has sent a file yet."), _("Take files in with “itadesk collect”."))
    from itadesk import whole_file
    from itadesk.documents import district_report
    from itadesk.documents.writers import WRITERS

    tree = district_report.report(district_year)
    whole_file.write(out, WRITERS[out.suffix.lower()](tree, None))


def _summary(offices: list[OfficeCounts]) -> dict[str, Any]:
    rows = [_counts(one) for one in offices]
    summed = ("measures", "not_started", "in_progress", "done", "overdue")
    return {"offices": rows, "totals": {name: sum(row[name] for row in rows) for name in summed}}


def _counts(one: OfficeCounts) -> dict[str, Any]:
    return {
        "name": one.name,
        "kind": one.kind,
        "district": one.district,
        "fiscal_year": one.fiscal_year,
        "round": one.round,
        "measures": one.counts.total,
        "not_started": one.counts.not_started,
        "in_progress": one.counts.in_progress,
        "done": one.counts.done,
        "overdue": one.overdue,
        "received_at": one.received_at,
    }


def _summary_line(one: OfficeCounts) -> str:
    text = _(
        "{office} {year}/{round}: {total} measures, {waiting} not started, {going} in progress, {done} done"
    )
    counts = one.counts
    return text.format(
        office=one.full_name, year=one.fiscal_year, round=one.round, total=counts.total,
        waiting=counts.not_started, going=counts.in_progress, done=counts.done,
    )  # fmt: skip
