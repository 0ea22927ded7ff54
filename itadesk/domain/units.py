"""Units of the office in the text of who is responsible: each is a line of it, in any of its spellings."""

from collections.abc import Sequence

from itadesk.domain import thai
from itadesk.domain.model import Unit

ALL_UNITS = ("ทุกสำนัก/กอง", "ทุกส่วนงาน")
"""What reports write when every unit is responsible; no unit of its own."""


def _names(unit: Unit) -> set[str]:
    return {thai.fold(name) for name in (unit.name, *unit.aliases.split("\n")) if name.strip()}


def has_unit(text: str, unit: Unit) -> bool:
    """Whether a line of `text` is this unit, in any of its spellings."""
    return any(thai.fold(line) in _names(unit) for line in text.split("\n") if line.strip())


def is_responsible(text: str, unit: Unit) -> bool:
    """Whether a measure whose responsible are `text` is this unit's, or every unit's."""
    everyone = {thai.fold(name) for name in ALL_UNITS}
    return has_unit(text, unit) or any(thai.fold(line) in everyone for line in text.split("\n"))


def with_unit(text: str, unit: Unit) -> str:
    return text if has_unit(text, unit) else "\n".join(filter(str.strip, (*text.split("\n"), unit.name)))


def without_unit(text: str, unit: Unit) -> str:
    return "\n".join(line for line in text.split("\n") if thai.fold(line) not in _names(unit))


def unknown_units(text: str, units: Sequence[Unit]) -> list[str]:
    """Lines of `text` that name no unit of the office: a unit it has not listed yet, or something else."""
    known = {thai.fold(name) for name in ALL_UNITS}.union(*map(_names, units))
    return [line.strip() for line in text.split("\n") if line.strip() and thai.fold(line) not in known]
