"""How measures are shown sorted by a column: Thai dictionary order, numbers by value, periods by their days."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from itadesk.domain import periods, thai
from itadesk.domain.model import Status

if TYPE_CHECKING:
    from itadesk.ui.measure_rows import MeasureRow

_NUMBER = re.compile(r"\d+")
_WIDEST = 12
"""Digits to which numbers in texts are filled up, so that ข้อ 10 comes after ข้อ 9."""

_COMPARED = 500
"""Letters of a text that are looked at."""


@dataclass(frozen=True)
class Order:
    """The column `name`, from the first to the last or the other way round."""

    name: str
    descending: bool = False


def arranged(
    rows: Sequence["MeasureRow"],
    order: Order,
    fiscal_year: int,
    value_of: "Callable[[MeasureRow, str], Any]",
) -> list["MeasureRow"]:
    """`rows` in this order; what says nothing, or cannot be read, comes last; what is alike keeps its order."""
    keys = [
        _key(order.name, row.status if order.name == "status" else value_of(row, order.name), fiscal_year)
        for row in rows
    ]
    told = sorted(
        (at for at, key in enumerate(keys) if key is not None),
        key=lambda at: keys[at],
        reverse=order.descending,
    )
    return [rows[at] for at in told] + [row for row, key in zip(rows, keys, strict=True) if key is None]


def _key(name: str, value: Any, fiscal_year: int) -> Any:
    """What is compared; None for nothing."""
    match value:
        case "":
            return None
        case Status():
            return list(Status).index(value)
        case bool():
            return not value
        case str() if name == "indicator":
            return tuple(map(int, value.split(".")))
        case _ if name in ("period", "follow_up"):
            days = periods.parse(value, fiscal_year)
            return (min(interval.start for interval in days), _text_key(value)) if days else None
        case _:
            return _text_key(value)


def _text_key(text: str) -> tuple[str, str, str]:
    digits = thai.arabic_digits(text[:_COMPARED])
    return thai.sort_key(_NUMBER.sub(lambda found: found[0].zfill(_WIDEST), digits))
