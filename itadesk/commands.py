"""What each command of the command line does. They print; True = good, False = a problem was found."""

import getpass
import json
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from itadesk import paths, whole_file
from itadesk.domain.model import (
    ROUNDS,
    Digits,
    Document,
    FiscalYear,
    LayoutText,
    Office,
    Round,
    new_id,
)
from itadesk.domain.progress import round_in_hand
from itadesk.domain.snapshot import Snapshot
from itadesk.errors import UserError
from itadesk.i18n import N_, _

if TYPE_CHECKING:
    from itadesk.documents.layout import Layout
    from itadesk.storage.office_file import OfficeFile


SUFFIX = ".itadesk"


def new(file: Path, form: Path | None, example: bool) -> bool:
    """An office file: empty, from interchange data, or the fictional example."""
    from itadesk.storage.office_file import OfficeFile

    if file.suffix.lower() != SUFFIX:
        raise UserError(
            _("“{path}” must end in {endings}").format(path=file, endings=SUFFIX),
            _("Give the new file a name such as office.itadesk."),
        )
    if example:
        form = paths.resources() / "example" / "example.json"
    snapshot = read_form(form) if form else empty_office()
    OfficeFile.create(file, snapshot.rows(), user=getpass.getuser()).close()
    print(_("Made {file}.").format(file=file))
    return True


def empty_office() -> Snapshot:
    """An office without a name yet, with the fiscal year of today."""
    from itadesk.domain import periods

    office = Office(id=new_id())
    year = periods.fiscal_year_of(date.today())
    return Snapshot.of([office, FiscalYear(id=new_id(), office_id=office.id, year=year)])


def export(file: Path, out: Path, template: bool) -> bool:
    """Everything as interchange JSON; the measures as Excel, a sheet a year, or as CSV, the newest year.

    With `template` no measures: an empty Excel or CSV table to fill in.
    """
    from itadesk.exchange import json_file, measure_sheets

    snapshot = _view(file)
    if out.suffix.lower() == ".json":
        if template:
            raise UserError(
                _("An empty table is an Excel or CSV file."), _("Give a name that ends in .xlsx or .csv.")
            )
        whole_file.write(out, json_file.write(snapshot).encode())
        return True
    sheets = measure_sheets.sheets(snapshot) or [measure_sheets.Sheet(fiscal_year_asked(snapshot, None), ())]
    if template:
        sheets = [replace(sheets[0], measures=())]
    data = (
        measure_sheets.csv_bytes(snapshot, sheets[0])
        if out.suffix.lower() == ".csv"
        else measure_sheets.xlsx(snapshot, sheets)
    )
    whole_file.write(out, data)
    return True


def report(
    file: Path,
    layout: str,
    year: int | None,
    round_: Round | Literal["none"] | None,
    digits: str | None,
    out: Path,
) -> bool:
    """One report as PDF, Word or Excel: the stored document of that layout, year and round, or a new one.

    `round_` None = the latest round with progress; "none" = a report that names no round.
    """
    from itadesk.documents.compose import compose
    from itadesk.documents.document import document_for
    from itadesk.documents.writers import WRITERS

    with viewing(file) as office_file:
        snapshot = office_file.snapshot
        fiscal_year = fiscal_year_asked(snapshot, year)
        form = _layout(layout, snapshot)
        months = round_ or round_in_hand(snapshot, fiscal_year.id)
        document = document_for(snapshot, form, fiscal_year.id, None if months == "none" else months)
        stored = snapshot.get(Document, document.id)
        if round_ in ROUNDS and stored is not None and stored.round is None:
            document = replace(document, names_round=True)  # it is asked for by name
        if digits:
            document = replace(document, digits=Digits(digits))
        office = snapshot.office
        emblem, logo = (office_file.attachment(sha) if sha else None for sha in (office.emblem, office.logo))
        tree = compose(snapshot, form, document, emblem=emblem, logo=logo)
        whole_file.write(out, WRITERS[out.suffix.lower()](tree, None))
    return True


def layouts(file: Path | None) -> bool:
    """Name and title of every layout, and the headings of its columns."""
    from itadesk.documents.layouts import layouts as all_layouts

    for layout in all_layouts(_view(file) if file else None):
        print(f"{layout.name}: {layout.title}")
        for column in layout.columns:
            heading = f"{column.over} › {column.heading}" if column.over else column.heading
            print(f"    {column.field}: {heading}")
    return True


def verify(file: Path, as_json: bool) -> bool:
    """The verdict on a file, its seal code, and what is wrong with it."""
    from itadesk.storage import examiner

    result = examiner.verify(file)
    if as_json:
        print(json.dumps({"verdict": result.verdict, "seal": result.seal_code, "problems": list(result.problems)},
                         ensure_ascii=False))  # fmt: skip
        return result.verdict == "clean"
    print(_(VERDICTS[result.verdict]))
    if result.seal_code:
        print(_("Seal code: {code}").format(code=result.seal_code))
    for problem in result.problems:
        print("- " + problem)
    return result.verdict == "clean"


def salvage(file: Path, out: Path, as_json: bool) -> bool:
    """What can be read of a damaged file, as a new one, and what is missing there."""
    from itadesk.storage import salvage as salvaging

    result = salvaging.salvage(file, out, user=getpass.getuser())
    if as_json:
        tables = {count.table: {"found": count.found, "expected": count.expected} for count in result.counts}
        print(json.dumps({"file": str(result.path), "whole": not result.missing, "tables": tables, "lost": result.lost,
                          "remarks": result.remarks}, ensure_ascii=False))  # fmt: skip
        return True
    print(_("Made {file}.").format(file=out))
    for line in (*result.missing, *result.complete):
        print("- " + line)
    return True


def lint(file: Path, as_json: bool) -> bool:
    """The faults of all years, a line each: year, round, position of the measure, field, what is wrong."""
    from itadesk.domain import lint as checks

    snapshot = _view(file)
    problems = checks.lint_file(snapshot, lambda year: _printed_fields(snapshot, year))
    if as_json:
        print(json.dumps([problem.as_json() for problem in problems], ensure_ascii=False, indent=1))
    for problem in () if as_json else problems:
        place = f"{problem.fiscal_year} {problem.round or '-'} {problem.measure or '-'}"
        print(f"{place} {checks.field_label(problem.field)}: {problem.message}")
    return all(problem.severity == "info" for problem in problems)


VERDICTS = {
    "clean": N_("The file is whole and unaltered."),
    "altered": N_("The file was altered with another program after ITADesk saved it."),
    "damaged": N_("The file is damaged."),
    "newer": N_("The file was made by a newer ITADesk."),
    "older": N_("The file was made by an older ITADesk."),
    "foreign": N_("This is not an ITADesk file."),
    "rejected": N_("The file does not have the form of an ITADesk file."),
}


def selftest() -> bool:
    """Check this installation from inside, the built program included."""
    from itadesk.selftest import run

    return run()


# What the commands share


def read_form(path: Path) -> Snapshot:
    """The interchange data of a .json file; its warnings go to stderr."""
    from itadesk.exchange import json_file

    if path.suffix.lower() != ".json":
        raise UserError(
            _("“{path}” cannot be read here.").format(path=path),
            _("Give interchange data that ends in .json."),
        )
    form = json_file.read(whole_file.read(path))
    for warning in (*form.warnings, *_layout_faults(form.snapshot)):
        warn(warning)
    return form.snapshot


def _layout_faults(snapshot: Snapshot) -> Iterator[str]:
    """What is wrong with the office's own layouts; they come in all the same, to be mended."""
    from itadesk.documents.layout_toml import parse

    for row in snapshot.children(LayoutText):
        try:
            parse(row.toml, row.name)
        except UserError as error:
            yield error.message


@contextmanager
def viewing(path: Path) -> "Generator[OfficeFile]":
    """The office file, open for reading only; says when there is work that it does not have yet."""
    from itadesk.storage.left_work import unpublished_work
    from itadesk.storage.office_file import OfficeFile

    office_file = OfficeFile.view(path)
    try:
        if any(work.path == office_file.path for work in unpublished_work(office_file.uuid)):
            warn(
                _(
                    "Work on this computer is not in the file yet; open the file in the window to put it there."
                )
            )
        yield office_file
    finally:
        office_file.close()


@contextmanager
def editing(path: Path, *, publish: bool) -> "Generator[OfficeFile]":
    """The office file, open for editing. Without `publish` it stays as it is on disk."""
    from itadesk.storage.office_file import OfficeFile

    office_file = OfficeFile.open(path, user=getpass.getuser())
    try:
        if office_file.read_only:
            raise UserError(
                _("“{path}” may only be read.").format(path=path),
                _("Remove the write protection of the file and its folder, or work on a copy."),
            )
        if office_file.recovered:
            warn(
                _("{count} changes of an interrupted session came back.").format(
                    count=office_file.recovered.changes
                )
            )
        yield office_file
        office_file.close(publish=publish)
    except BaseException:
        office_file.close(
            publish=False
        )  # the work stays on this computer; the lock must not stay with the file
        raise


def warn(text: str) -> None:
    """Something to know beside the answer, on stderr."""
    print(text, file=sys.stderr)


def _view(path: Path) -> Snapshot:
    with viewing(path) as office_file:
        return office_file.snapshot


def fiscal_year_asked(snapshot: Snapshot, year: int | None) -> FiscalYear:
    """The fiscal year asked for, or the newest one."""
    years = snapshot.fiscal_years
    if not years:
        raise UserError(_("The file has no fiscal year yet."), _("Open it in the window and add one."))
    found = years[-1] if year is None else snapshot.fiscal_year(year)
    if found is None:
        raise UserError(
            _("The file has no fiscal year {year}.").format(year=year),
            _("It has: {years}").format(years=", ".join(str(row.year) for row in years)),
        )
    return found


def _layout(name: str, snapshot: Snapshot) -> "Layout":
    """A layout by name, or read from a .toml file."""
    from itadesk.documents.layout_toml import parse
    from itadesk.documents.layouts import layout_named

    path = Path(name)
    if path.suffix.lower() != ".toml":
        return layout_named(name, snapshot)
    try:
        return parse(whole_file.read(path).decode(), path.stem)
    except UnicodeDecodeError as error:
        raise UserError(
            _("“{path}” is not a text in UTF-8.").format(path=path), _("Save it as UTF-8 and try again.")
        ) from error


def _printed_fields(snapshot: Snapshot, year: FiscalYear) -> frozenset[str]:
    """The fields that the documents of a year print; without documents, those that its measures say something in."""
    from itadesk.documents.layouts import layout_named
    from itadesk.domain.lint import filled_fields

    names = dict.fromkeys(document.layout for document in snapshot.children(Document, year.id))
    printed: list[frozenset[str]] = []
    for name in names:
        try:
            printed.append(layout_named(name, snapshot).fields)
        except UserError as error:
            warn(error.message)
    return frozenset[str]().union(*printed) if printed else filled_fields(snapshot, year.id)
