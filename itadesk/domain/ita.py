"""What ITA says in which year: instruments, indicators, grade scales, weights, OIT items; facts from `resources/ita`.

Every fact carries its confidence ("H" direct evidence, "M" one secondary source, "L" weak, "K" general knowledge) and
its source. None of them is official law here: what an office typed always stands beside what is computed.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from itadesk import paths
from itadesk.domain.model import FiscalYear
from itadesk.domain.thai import fold

PASS_MARK = Decimal(85)
"""The score that every office is to reach by the master plan (แผนแม่บทฯ ประเด็น 21)."""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something known, and how well."""

    confidence: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Instrument(Fact):
    """One of the three questionnaires; `code` is "iit", "eit" or "oit"."""

    code: str
    name: str
    english: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Indicator(Fact):
    """One of the ten indicators ("3") or a part of one ("9.4"), with the years in which it has this name."""

    code: str
    name: str
    instrument: str
    aliases: tuple[str, ...] = ()
    first_year: int = 0
    last_year: int = 9999


@dataclass(frozen=True, kw_only=True)
class Level:
    """A grade, the least total score for it and, where there is one, the least score of each instrument."""

    grade: str
    total: Decimal
    each: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Scale(Fact):
    """The grades of some years, best first; `undecided` = what to say while the instruments' scores are missing."""

    first_year: int
    levels: tuple[Level, ...]
    last_year: int = 9999
    undecided: str = ""


@dataclass(frozen=True, kw_only=True)
class Weights(Fact):
    """Percent of the total that each instrument gives."""

    iit: int
    eit: int
    oit: int


@dataclass(frozen=True, kw_only=True)
class Items(Fact):
    """How many OIT items a year has, and which two ask for the measures and for their results."""

    count: int
    measures: str
    results: str


@dataclass(frozen=True, kw_only=True)
class Reported(Fact):
    """How many years before the ITA year the fiscal year lies whose results are reported."""

    years_before: int


def _load(name: str) -> dict[str, Any]:
    with (paths.resources() / "ita" / name).open("rb") as file:
        return tomllib.load(file)


def _with_tuples(table: Mapping[str, Any]) -> dict[str, Any]:
    """A table of the file with its one list, the aliases, unchangeable like the row it becomes."""
    return {**table, "aliases": tuple(table.get("aliases", ()))}


def analysed_year(year: FiscalYear) -> int:
    """The ITA year a fiscal year's measures answer: the one before, unless the office says otherwise."""
    return year.analysed_year or year.year - 1


@cache
def instruments() -> Mapping[str, Instrument]:
    """The three instruments by code, in their order."""
    tables: dict[str, dict[str, Any]] = _load("indicators.toml")["instrument"]
    return {code: Instrument(code=code, **_with_tuples(table)) for code, table in tables.items()}


@cache
def _all_indicators() -> tuple[Indicator, ...]:
    tables = _load("indicators.toml")
    whole = [Indicator(**_with_tuples(table)) for table in tables["indicator"]]
    instrument = {indicator.code: indicator.instrument for indicator in whole}
    parts = [
        Indicator(instrument=instrument[table["code"].split(".")[0]], **_with_tuples(table))
        for table in tables["part"]
    ]
    return (*whole, *parts)


@cache
def indicators(year: int) -> Mapping[str, Indicator]:
    """Indicators and their parts by code, as ITA `year` names them: "1" to "9", "9.1" and so on, "10" and its parts."""
    named = [row for row in _all_indicators() if row.first_year <= year <= row.last_year]
    return {
        row.code: row for row in sorted(named, key=lambda row: [int(part) for part in row.code.split(".")])
    }


def instrument_of(indicator: str) -> str:
    """The instrument ("iit", "eit", "oit") of an indicator or part of one; "" for none."""
    number = indicator.split(".")[0]
    return next((row.instrument for row in _all_indicators() if row.code == number), "")


def indicator_named(name: str, year: int) -> str:
    """The code of the indicator that `name` names in ITA `year`, in whatever spelling; "" when there is none."""
    wanted = fold(name)
    rows = indicators(year).values()
    return next((row.code for row in rows if wanted in map(fold, (row.name, *row.aliases))), "")


@cache
def scales() -> tuple[Scale, ...]:
    return tuple(_scale(table) for table in _load("grades.toml")["scale"])


def _scale(table: dict[str, Any]) -> Scale:
    levels = [
        Level(
            grade=level["grade"],
            total=Decimal(level["total"]),
            each=Decimal(level["each"]) if "each" in level else None,
        )
        for level in table.pop("levels")
    ]
    return Scale(levels=tuple(levels), **table)


def scale_of(year: int) -> Scale | None:
    """None for years before there was a scale (ITA 2561 and earlier)."""
    return next((scale for scale in scales() if scale.first_year <= year <= scale.last_year), None)


def grade(
    year: int,
    total: Decimal,
    iit: Decimal | None = None,
    eit: Decimal | None = None,
    oit: Decimal | None = None,
) -> str:
    """The grade of an ITA result by the scale of its year.

    "" where it hangs on the three instruments' scores and one is missing, and for years without a scale.
    """
    scale = scale_of(year)
    for level in scale.levels if scale else ():
        if total < level.total:
            continue
        if level.each is None:
            return level.grade
        if iit is None or eit is None or oit is None:
            return ""
        if min(iit, eit, oit) >= level.each:
            return level.grade
    return ""


@cache
def _years() -> Mapping[str, Mapping[str, dict[str, Any]]]:
    return _load("years.toml")


def weights(year: int) -> Weights | None:
    """None for a year nothing is known of."""
    table = _years().get(str(year), {}).get("weights")
    return Weights(**table) if table else None


def items(year: int) -> Items | None:
    """None for a year nothing is known of."""
    table = _years().get(str(year), {}).get("items")
    return Items(**table) if table else None


def items_answered(fiscal_year: int) -> list[str]:
    """The OIT items that reports and measures of a fiscal year answer, that of the results first; of known years."""
    found: list[str] = []
    for year in (fiscal_year, fiscal_year + 1):
        row, of = items(year), reported(year)
        if row and of and year - of.years_before == fiscal_year:
            found.append(row.results)
    if row := items(fiscal_year):
        found.append(row.measures)
    return list(dict.fromkeys(found))


def reported(year: int) -> Reported | None:
    """None for a year nothing is known of."""
    table = _years().get(str(year), {}).get("reported")
    return Reported(**table) if table else None
