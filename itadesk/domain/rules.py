"""What may be stored: one check of a row before it goes into the file."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from itadesk.domain import fields, thai
from itadesk.domain.fields import FIELDS, Field
from itadesk.domain.model import ROUNDS, AssessmentIndicator, Joined, Row
from itadesk.errors import UserError
from itadesk.i18n import _

LAST_PLACE = 2**30
"""In an order, higher than any that is ever counted to, and far from what a database can hold."""


def check(row: Row) -> None:
    """UserError when `row` may not be stored: a value of another kind, too long, out of range or missing."""
    for field in FIELDS[type(row)]:
        check_value(field, getattr(row, field.name))
    check_place(getattr(row, "ordinal", 0))
    if isinstance(row, AssessmentIndicator) and not 1 <= row.indicator <= 10:
        raise _refused(_("Indicator"), row.indicator)
    if isinstance(row, Joined) and not (_number(row.first_revision) and _number(row.last_revision)):
        raise _refused(_("Version"), row.last_revision)


def check_place(ordinal: int) -> None:
    """UserError when `ordinal` is none, or higher than an order goes."""
    if not 0 <= ordinal <= LAST_PLACE:
        raise _refused(_("Place in the order"), ordinal)


def _number(value: object) -> bool:
    return type(value) is int and value >= 0


def check_value(field: Field, value: Any) -> None:
    """UserError when `value` may not stand in `field`."""
    if value is None and field.nullable:
        return
    if field.required and (value is None or value == ""):
        raise fields.missing(field)
    if isinstance(value, str) and len(value) > field.limit:
        raise fields.too_long(field, len(value))
    if not _RULES[field.kind](field, value):
        raise _refused(_(field.label), value)


def _refused(label: str, value: object) -> UserError:
    return UserError(
        _("{field} cannot be “{value}”.").format(field=label, value=thai.normalise(str(value)[:60])),
        _("Please check the value and type it again."),
    )


def _cell(field: Field, value: Any) -> bool:
    return isinstance(value, str) and value == thai.normalise(value)


def _line(field: Field, value: Any) -> bool:
    return _cell(field, value) and "\n" not in value


def _choice(field: Field, value: Any) -> bool:
    return value in field.choices


def _flag(field: Field, value: Any) -> bool:
    return isinstance(value, bool)


def _year(field: Field, value: Any) -> bool:
    return value is None or (type(value) is int and fields.FIRST_YEAR <= value <= fields.LAST_YEAR)


def _score(field: Field, value: Any) -> bool:
    if value is None:
        return True
    return isinstance(value, Decimal) and value.is_finite() and 0 <= value <= 100 and value == round(value, 2)


def _date(field: Field, value: Any) -> bool:
    return value is None or (isinstance(value, dt.date) and 1900 <= value.year < 2200)


def _indicator(field: Field, value: Any) -> bool:
    return value == "" or (isinstance(value, str) and fields.INDICATOR.fullmatch(value) is not None)


def _round(field: Field, value: Any) -> bool:
    return value is None or value in ROUNDS


_RULES: Mapping[str, Callable[[Field, Any], bool]] = {
    "line": _line,
    "cell": _cell,
    "choice": _choice,
    "flag": _flag,
    "year": _year,
    "score": _score,
    "date": _date,
    "indicator": _indicator,
    "round": _round,
    "link": _line,
}
