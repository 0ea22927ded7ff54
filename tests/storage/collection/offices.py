"""Files of several offices, made, changed and copied by the product, and taken into a collection."""

import datetime as dt
import shutil
from collections.abc import Iterable
from pathlib import Path

from itadesk.domain.model import FiscalYear, Measure, Office, Progress, Row, Status, Unit, new_id
from itadesk.storage import opener
from itadesk.storage.collection import arrival, take
from itadesk.storage.collection.arrival import Arrival
from itadesk.storage.collection.plan import Step
from itadesk.storage.collection.store import Collection
from itadesk.storage.collection.take import Choose, by_itself
from itadesk.storage.office_file import OfficeFile
from itadesk.storage.operations import set_field, set_status

USER = "สมศรี"
TODAY = dt.date(2026, 6, 1)


def rows(name: str, measures: int = 4, years: Iterable[int] = (2569,)) -> list[Row]:
    office = Office(id=new_id(), kind="อบต.", name=name, district="เมือง", province="ขอนแก่น")
    made: list[Row] = [office, Unit(id=new_id(), office_id=office.id, ordinal=0, name="สำนักปลัด")]
    for year in years:
        fiscal_year = FiscalYear(id=new_id(), office_id=office.id, year=year)
        made.append(fiscal_year)
        made += [
            Measure(
                id=new_id(), fiscal_year_id=fiscal_year.id, ordinal=number, title=f"มาตรการที่ {number}",
                indicator=str(number % 10 + 1), period="ต.ค. 2568 - มี.ค. 2569", responsible="สำนักปลัด",
            )
            for number in range(measures)
        ]  # fmt: skip
    measures_of = [row for row in made if isinstance(row, Measure)]
    made += [
        Progress(id=new_id(), measure_id=row.id, round=6, status=list(Status)[number % 3])
        for number, row in enumerate(measures_of)
    ]
    return made


def make(folder: Path, name: str, **kinds: object) -> Path:
    path = folder / f"{name}.itadesk"
    OfficeFile.create(path, rows(name, **kinds), user=USER).close()  # type: ignore[arg-type]
    return path


def change(path: Path, title: str, number: int = 0) -> None:
    """Open the file, retitle a measure, and close it published."""
    file = OfficeFile.open(path, user=USER)
    measure = list(file.snapshot.all(Measure).values())[number]
    file.edit(lambda edit: set_field(edit, Measure, measure.id, "title", title))
    file.close()


def finish(path: Path) -> None:
    """Tick every measure as done in the 6-month round."""
    file = OfficeFile.open(path, user=USER)
    file.edit(lambda edit: set_status(edit, list(file.snapshot.all(Measure)), 6, Status.DONE))
    file.close()


def copy(path: Path, name: str) -> Path:
    return Path(shutil.copyfile(path, path.with_name(name)))


def arrived(path: Path) -> Arrival:
    """The file as a district receives it: examined in a private copy."""
    private = path.with_name(f"{new_id()}.private")
    examined = opener.examine(path, private)
    return arrival.read(private, path.name, examined.seal)


def taken(collection: Collection, path: Path, choose: Choose = by_itself) -> list[Step]:
    with collection.writing() as connection:
        return take.take(connection, arrived(path), USER, choose)
