"""A thing that can be set of a layout: what its text shows, what a text means, which input it gets."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as attribute
from functools import partial
from typing import Any

from itadesk.documents.document import DRAFTER
from itadesk.domain import thai
from itadesk.domain.fields import LINE_LIMIT, Field, too_long
from itadesk.errors import UserError
from itadesk.i18n import N_, _
from itadesk.ui.field_words import FieldWords


@dataclass(frozen=True)
class Setting:
    """One thing that can be set. `show` of a value gives its text, `read` of a text the value; UserError when none.

    `field` names it and says which input it gets; with `choices` (labels by value) that is a pick-list, with
    `suggestions` one that takes any text. `fields`: what can be inserted into its text, with labels; `wording`: it is
    a running text with the fields of the layout. `applies`: it matters for this thing as it is; else it is not shown.
    `empty`: what an empty text stands for.
    """

    field: Field
    get: Callable[[Any], Any]
    put: Callable[[Any, Any], Any]
    show: Callable[[Any], str]
    read: Callable[[str], Any]
    choices: Mapping[Any, str] = attribute(default_factory=dict[Any, str])
    suggestions: tuple[str, ...] = ()
    fields: Mapping[str, str] = attribute(default_factory=dict[str, str])
    wording: bool = False
    applies: Callable[[Any], bool] = lambda _thing: True
    empty: Callable[[Any], str] = lambda _thing: ""
    narrow: bool = False

    @property
    def name(self) -> str:
        return self.field.name

    @property
    def label(self) -> str:
        return _(self.field.label)


# Kinds of settings


def of(name: str) -> dict[str, Any]:
    """Fetch and put the attribute of that name."""
    return {
        "get": lambda thing: getattr(thing, name),
        "put": lambda thing, value: replace(thing, **{name: value}),
    }


def line(
    name: str, label: str, *, required: bool = False, fields: Mapping[str, str] | None = None, **more: Any
) -> Setting:
    """One line of text. Its `fields` are shown and typed by their labels."""
    setting_field = Field(name, label, required=required)
    read = partial(_read_line, setting_field)
    if not fields:
        return Setting(setting_field, **{**of(name), "show": str, "read": read, **more})

    def show(text: str) -> str:
        return FieldWords.of(fields).shown(text)

    def read_fields(typed: str) -> str:
        return FieldWords.of(fields).read(read(typed), _(label))

    return Setting(setting_field, **{**of(name), "show": show, "read": read_fields, "fields": fields, **more})


def _read_line(setting_field: Field, text: str) -> str:
    text = " ".join(thai.normalise(text).split("\n")).strip()
    if len(text) > LINE_LIMIT:
        raise too_long(setting_field, len(text))
    if setting_field.required and not text:
        raise UserError(
            _("{field} is missing.").format(field=_(setting_field.label)), _("Please fill it in.")
        )
    return text


def number(name: str, label: str, least: float, most: float, *, whole: bool = False, **more: Any) -> Setting:
    read = partial(read_number, least=least, most=most, whole=whole)
    return Setting(
        Field(name, label), **{**of(name), "show": show_number, "read": read, "narrow": True, **more}
    )


def show_number(value: float) -> str:
    return f"{value:g}"


def read_number(text: str, least: float, most: float, *, whole: bool = False) -> float:
    """A number in Thai or Arabic digits, with a point or a comma."""
    digits = thai.arabic_digits(thai.normalise(text)).strip().replace(",", ".")
    try:
        value = float(digits) if digits.replace(".", "", 1).isdecimal() else None
    except ValueError:
        value = None
    if value is None or not least <= value <= most or (whole and not value.is_integer()):
        kind = _("a whole number") if whole else _("a number")
        raise UserError(
            _("“{text}” cannot stand here.").format(text=text),
            _("Type {kind} from {least} to {most}.").format(kind=kind, least=f"{least:g}", most=f"{most:g}"),
        )
    return int(value) if value.is_integer() else value


def flag(name: str, label: str, **more: Any) -> Setting:
    def show(value: bool) -> str:
        return "✓" if value else ""

    return Setting(Field(name, label, "flag"), **{**of(name), "show": show, "read": bool, **more})


def choice(name: str, label: str, choices: Mapping[Any, str], **more: Any) -> Setting:
    def show(value: Any) -> str:
        return _(choices[value])

    def read(text: str) -> Any:
        return next(value for value, choice in choices.items() if _(choice) == text)

    return Setting(Field(name, label), **{**of(name), "show": show, "read": read, "choices": choices, **more})


def word(
    name: str, key: str, label: str, empty: Callable[[Any], str], applies: Callable[[Any], bool]
) -> Setting:
    """One word of a small dictionary; an empty one is taken out."""

    def put(thing: Any, word: str) -> Any:
        words = {other: text for other, text in getattr(thing, name).items() if other != key}
        return replace(thing, **{name: {**words, key: word} if word else words})

    return line(
        f"{name}.{key}",
        label,
        get=lambda thing: getattr(thing, name).get(key, ""),
        put=put,
        empty=empty,
        applies=applies,
    )


def margin(side: str, label: str) -> Setting:
    return number(
        f"margins.{side}",
        label,
        0,
        10,
        get=lambda section: getattr(section.margins, side),
        put=lambda section, value: replace(section, margins=replace(section.margins, **{side: value})),
    )


def roles(name: str, label: str) -> Setting:
    """Roles, one a line; who wrote the memo goes by a name that clerks know."""

    def show(roles: tuple[str, ...]) -> str:
        return "\n".join(_(DRAFTER_LABEL) if role == DRAFTER else role for role in roles)

    def read(text: str) -> tuple[str, ...]:
        roles = [" ".join(line.split()) for line in thai.normalise(text).split("\n")]
        return tuple(DRAFTER if role == _(DRAFTER_LABEL) else role for role in roles if role)

    return Setting(Field(name, label, "cell"), **of(name), show=show, read=read)


DRAFTER_LABEL = N_("Drafter (gives no opinion)")
