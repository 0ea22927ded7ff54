"""The DocumentTree as JSON: packed to be kept with what was printed, and unpacked with every value checked.

A dataclass is an object with its class under "type" and those fields that differ from their default: a field that a
later version adds with a default changes neither what was packed before nor its code. So a default of tree.py never
changes once files are about, and no field is called "type".
"""

import base64
import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from types import NoneType
from typing import Any, Literal, cast, get_args, get_origin, get_type_hints

from itadesk.documents import tree_checks
from itadesk.documents.tree import DocumentTree
from itadesk.errors import UserError
from itadesk.i18n import _

LIMIT = 32 << 20
"""Bytes of JSON in a pack: far more than any report, far less than what would stop the program."""
PIECES = 200_000
"""Values and lines in a pack; a report with a thousand measures has twenty thousand."""
_SIGNS = (b",", b"[", b"{", rb"\n", rb"\u000a", rb"\u000A")
"""Before each value or line in JSON stands one of these: they are counted before anything is made of them."""
_LARGEST = 10_000
"""No length, size or count in a report is larger: layouts allow far less."""


def pack(tree: DocumentTree) -> bytes:
    """Everything of a report, to be kept in a file."""
    text = json.dumps(plain(tree, _base64), separators=(",", ":")).encode("ascii")
    if len(text) > LIMIT or _pieces(text) > PIECES:
        raise UserError(
            _("The report is too large to be kept as it was printed."),
            _("Please use a smaller picture as the emblem, or fewer measures."),
        )
    return zlib.compress(text)


def unpack(data: bytes) -> DocumentTree:
    """The report that `pack` packed; UserError for anything else."""
    try:
        return cast(
            DocumentTree, _value(DocumentTree, json.loads(_inflated(data), parse_constant=_no_number))
        )
    except (zlib.error, ValueError, RecursionError) as error:
        raise UserError(
            _("What was printed cannot be read any more."),
            _("It is damaged, or a newer version of ITADesk printed it. Please print the document again."),
        ) from error


def plain(value: Any, picture: Callable[[bytes], object]) -> object:
    """`value` as JSON can say it; `picture` says the bytes of a picture."""
    if is_dataclass(value):
        told: dict[str, object] = {"type": type(value).__name__}
        for field in fields(value):
            part = getattr(value, field.name)
            if part != field.default:
                told[field.name] = plain(part, picture)
        return told
    match value:
        case tuple():
            return [plain(part, picture) for part in cast(tuple[Any, ...], value)]
        case bytes():
            return picture(value)
        case float() if value.is_integer():
            return int(value)  # 16.0 and 16 are the same size
        case _:
            return value


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _inflated(data: bytes) -> bytes:
    inflater = zlib.decompressobj()
    text = inflater.decompress(data, LIMIT)
    if not inflater.eof or inflater.unused_data:
        raise ValueError("cut short, too long, or with something behind")
    if _pieces(text) > PIECES:
        raise ValueError("too many pieces")
    return text


def _pieces(text: bytes) -> int:
    return sum(map(text.count, _SIGNS))


def _no_number(text: str) -> float:
    raise ValueError(text)


# --- checked values, along the types of the fields ------------------------------------------------------------


def _value(hint: Any, told: Any) -> Any:
    """What `told` means where the type `hint` is expected; ValueError when it cannot stand there."""
    if is_dataclass(hint):
        return _object((hint,), told)
    match get_origin(hint):
        case None:
            return _simple(hint, told)
        case origin if origin is Literal:
            return _known(told, told in get_args(hint))
        case origin if origin is tuple:
            return tuple([_value(get_args(hint)[0], part) for part in _known(told, type(told) is list)])
        case _:
            return _one_of(get_args(hint), told)


def _simple(hint: Any, told: Any) -> Any:
    if hint is bytes:
        return base64.b64decode(_known(told, type(told) is str), validate=True)
    if hint is float:
        return _known(told, type(told) in (int, float) and abs(told) <= _LARGEST)
    return _known(told, type(told) is hint and (hint is not int or abs(told) <= _LARGEST))


def _one_of(hints: tuple[Any, ...], told: Any) -> Any:
    """A value of a union: one of several classes, or one thing or nothing."""
    if told is None:
        return _known(None, NoneType in hints)
    something = tuple(hint for hint in hints if hint is not NoneType)
    return _value(something[0], told) if len(something) == 1 else _object(something, told)


def _object(classes: tuple[Any, ...], told: Any) -> Any:
    values = dict(cast(dict[str, Any], _known(told, type(told) is dict)))
    name = values.pop("type", None)
    named = [known for known in classes if known.__name__ == name]
    _known(name, len(named) == 1)
    parts, hints = _fields(named[0])
    _known(values, values.keys() <= hints.keys())
    _known(values, all(part.default is not MISSING or part.name in values for part in parts))
    made = named[0](**{key: _value(hints[key], part) for key, part in values.items()})
    return _known(made, tree_checks.fits(made))


@cache
def _fields(tree_class: Any) -> tuple[tuple[Field[Any], ...], Mapping[str, Any]]:
    return fields(tree_class), get_type_hints(tree_class)


def _known(value: Any, fits: bool) -> Any:
    if not fits:
        raise ValueError(f"not understood: {value!r:.100}")
    return value
