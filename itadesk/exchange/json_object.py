"""JSON objects read strictly: values become fields' values, and every complaint names its place."""

import datetime as dt
import json
import re
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from typing import Any, NoReturn, cast

from itadesk.domain import fields, rules
from itadesk.domain.fields import Field, Value
from itadesk.domain.model import ROUNDS
from itadesk.domain.thai import normalise
from itadesk.errors import UserError
from itadesk.i18n import N_, _

SIZE_LIMIT = 45_000_000
"""Bytes of UTF-8 that are read at most: more than ten times the largest form an office can fill in a year."""

_TYPE_NAMES: Mapping[type, str] = {
    str: N_("a text in quotation marks"),
    int: N_("a whole number"),
    bool: N_("true or false"),
    list: N_("a list in square brackets"),
    dict: N_("an object in curly brackets"),
}


def load(source: str | bytes) -> object:
    """The JSON value in `source`; UserError when it is too large, not UTF-8, not JSON or says a key twice."""
    _check_size(source)
    try:
        text = source.decode("utf-8-sig") if isinstance(source, bytes) else source.removeprefix("\ufeff")
        return json.loads(text, object_pairs_hook=_object, parse_constant=_no_number)
    except UnicodeDecodeError:
        raise UserError(
            _("The file is not written in UTF-8."),
            _("Open it in a text editor, save it as UTF-8 and try again."),
        ) from None
    except json.JSONDecodeError as error:
        raise UserError(
            _("The file is not JSON: something is wrong in line {line}, column {column}.").format(
                line=error.lineno, column=error.colno
            ),
            _("Please choose an interchange file of ITADesk (.json), or have it written once more."),
        ) from None
    except RecursionError:
        raise UserError(
            _("The file is nested too deeply."),
            _("It is no interchange file of ITADesk; please choose another."),
        ) from None
    except ValueError:
        _no_number(_("a number of thousands of digits"))


def _check_size(source: str | bytes) -> None:
    size = len(source)
    if isinstance(source, str) and size <= SIZE_LIMIT < 4 * size:
        size = len(source.encode("utf-8", "surrogatepass"))
    if size > SIZE_LIMIT:
        raise UserError(
            _("The file is too large: more than {megabytes} MB.").format(megabytes=SIZE_LIMIT // 1_000_000),
            _("Please export fewer fiscal years at a time, or send the office file itself."),
        )


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    if len(values) < len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _value in pairs if name in seen or seen.add(name))
        raise UserError(
            _("The key “{key}” stands twice in one object.").format(key=printable(twice)),
            _("Please remove one of them, so that it is clear which counts."),
        )
    return values


def _no_number(text: str) -> NoReturn:
    raise UserError(
        _("The file holds {number}, which is no number here.").format(number=text),
        _("Please correct the number and try again."),
    )


@lru_cache
def printable(key: str) -> str:
    """A key as a message may show it: no control characters, not endless."""
    key = " ".join(normalise(key).split())
    return key if len(key) <= 60 else key[:59] + "…"


class JsonObject:
    """One JSON object and its place in the file ("measures[3].progress.12"; "" = the whole file)."""

    def __init__(self, value: object, place: str = "") -> None:
        self.place = place
        self._left = dict(cast(dict[str, object], _typed(value, dict, place)))
        self._children: list[JsonObject] = []

    def inside(self, name: str) -> str:
        """The place of a key."""
        name = printable(name)
        return f"{self.place}.{name}" if self.place else name

    def has(self, name: str) -> bool:
        return name in self._left

    def value(self, name: str, kind: type, *, required: bool = False) -> Any:
        """The value of a key, of type `kind`. None when it is missing or null and not required."""
        value = self._left.pop(name, None)
        if value is None and required:
            raise self.missing(name)
        return None if value is None else _typed(value, kind, self.inside(name))

    def field(self, field: Field, key: str = "", *, required: bool = False) -> Any:
        """The value of a key as `field` stores it. None when it is missing or null; a required round may be null."""
        key = key or field.name
        if required and not self.has(key):
            raise self.missing(key)
        value = self.value(key, _JSON_TYPES.get(field.kind, str), required=required and field.kind != "round")
        if value is None:
            return None
        with at(self.inside(key)):
            value = _READERS.get(field.kind, fields.parse)(field, value)
            rules.check_value(field, value)
        return value

    def child(self, name: str, *, required: bool = False) -> "JsonObject":
        """The object under a key; an empty one when it is missing and not required."""
        return self._nested(self.value(name, dict, required=required) or {}, self.inside(name))

    def children(self, name: str) -> list["JsonObject"]:
        """The objects in the list under a key; none when it is missing."""
        values = cast(list[object], self.value(name, list) or [])
        return [self._nested(value, f"{self.inside(name)}[{index}]") for index, value in enumerate(values)]

    def texts(self, name: str) -> list[str]:
        """The texts in the list under a key; none when it is missing."""
        values = cast(list[object], self.value(name, list) or [])
        return [_typed(value, str, f"{self.inside(name)}[{index}]") for index, value in enumerate(values)]

    def keys(self, pattern: str) -> list[str]:
        """The keys not read yet that match a pattern."""
        return [name for name in self._left if re.fullmatch(pattern, name, re.DOTALL)]

    def left(self) -> Iterator[str]:
        """The places of all keys, here and inside, that nobody read."""
        yield from map(self.inside, self._left)
        for child in self._children:
            yield from child.left()

    def missing(self, name: str) -> UserError:
        return UserError(
            _("“{place}” is missing.").format(place=self.inside(name)),
            _("Please add it to the file; an empty text is allowed where nothing is known."),
        )

    def _nested(self, value: object, place: str) -> "JsonObject":
        child = JsonObject(value, place)
        self._children.append(child)
        return child


@contextmanager
def at(place: str) -> Generator[None]:
    """Add the place to a complaint raised inside."""
    try:
        yield
    except UserError as error:
        raise UserError(
            _("At {place}: {message}").format(place=place or _("the whole file"), message=error.message),
            error.advice,
        ) from None


def _typed(value: object, kind: type, place: str) -> Any:
    """`value`, which must be of exactly the type `kind`: true is no whole number."""
    if type(value) is kind:
        return value
    with at(place):
        raise UserError(
            _("{type} is expected here.").format(type=_(_TYPE_NAMES[kind])),
            _("Please correct this place in the file and try again."),
        )


def _choice(field: Field, value: Any) -> Value:
    for choice in field.choices:
        if choice == value:
            return choice
    raise _none_of(list(field.choices))


def _round(field: Field, value: Any) -> Value:
    if value in map(str, ROUNDS):
        return int(value)
    raise _none_of(list(map(str, ROUNDS)))


def _none_of(choices: Sequence[str]) -> UserError:
    return UserError(
        _("The value is none of the choices."),
        _("Choose one of: {choices}").format(choices=", ".join(choices)),
    )


def _date(field: Field, value: Any) -> Value:
    try:
        return dt.datetime.strptime(value, "%Y-%m-%d").date()
    except ValueError:
        raise UserError(
            _("“{text}” is not a date.").format(text=printable(value)),
            _("Write year, month and day of the Christian era, such as 2022-03-31."),
        ) from None


def _as_it_is(field: Field, value: Any) -> Value:
    return cast(Value, value)


def _link(field: Field, value: Any) -> Value:
    """A link as it is: one that does not work is for lint to tell."""
    return fields.parse(replace(field, kind="line"), value)


_JSON_TYPES: Mapping[str, type] = {"year": int, "flag": bool}
_READERS: Mapping[str, Callable[[Field, Any], Value]] = {
    "choice": _choice,
    "round": _round,
    "date": _date,
    "year": _as_it_is,
    "flag": _as_it_is,
    "link": _link,
}
"""How a field kind stands in JSON; the other kinds are texts as a clerk would type them."""
