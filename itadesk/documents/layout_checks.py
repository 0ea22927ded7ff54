"""What a layout must hold beyond the right keys: texts that are there, fields that can be filled, parts to print."""

from collections.abc import Iterable

from itadesk.documents import template
from itadesk.documents.layout import Layout, ParagraphPart
from itadesk.documents.toml_table import TomlTable
from itadesk.errors import UserError
from itadesk.i18n import _

MOST_IN_A_LINE = 2
"""Fields of a line of the memo's head."""


# Values as they are read


def plain(table: TomlTable, key: str, default: str | None = None) -> str:
    """A text that is printed as it stands; a field in it would never be filled."""
    text = table.text(key) if default is None else table.text(key, default)
    _refuse_fields(table, key, [text])
    return text


def plain_texts(table: TomlTable, key: str) -> tuple[str, ...]:
    """A list of such texts."""
    texts = table.texts(key, ())
    _refuse_fields(table, key, texts)
    return tuple(texts)


def _refuse_fields(table: TomlTable, key: str, texts: Iterable[str]) -> None:
    for field in (field for text in texts for field in template.fields_in(text)):
        table.fault(key, _("no field is filled in here; take {field} out").format(field="{" + field + "}"))


def words(table: TomlTable, known: Iterable[str]) -> dict[str, str]:
    """A small dictionary of texts, of the `known` keys only."""
    found = {key: plain(table, key) for key in known if table.has(key)}
    table.finish()
    return found


def with_fields(table: TomlTable, key: str, known: Iterable[str], default: str | None = None) -> str:
    """A text with fields, each of which must be known."""
    text = table.text(key) if default is None else table.text(key, default)
    for field in (field for field in template.fields_in(text) if field not in known):
        fields = " ".join("{" + name + "}" for name in sorted(known))
        fault = _("there is no field {field} here; there are: {fields}")
        table.fault(key, fault.format(field="{" + field + "}", fields=fields))
    return text


# The whole layout


def check(layout: Layout) -> None:
    """Refuse a layout that could not be printed as it stands."""
    _check_sections(layout)
    _check_paragraphs(layout)
    _check_fields(layout)
    _check_inner_texts(layout)


def _check_sections(layout: Layout) -> None:
    names = [section.name for section in layout.sections]
    if not names:
        raise UserError(
            _("The layout “{name}” has no section.").format(name=layout.name),
            _("Give it at least one [[section]] with its parts."),
        )
    for twice in (name for at, name in enumerate(names) if name in names[:at]):
        raise UserError(
            _("The layout “{name}” has two sections named “{section}”.").format(
                name=layout.name, section=twice
            ),
            _("Give each section a name of its own."),
        )
    for empty in (section for section in layout.sections if not section.parts):
        raise UserError(
            _("The layout “{name}”: the section “{section}” has no parts.").format(
                name=layout.name, section=empty.name
            ),
            _("Give it at least one [[section.part]], or take the section out."),
        )


def _check_paragraphs(layout: Layout) -> None:
    for part in layout.parts:
        if isinstance(part, ParagraphPart) and part.text not in layout.texts:
            raise UserError(
                _("The layout “{name}” prints the text “{text}” but does not hold it.").format(
                    name=layout.name, text=part.text
                ),
                _("Add it under [texts], or correct its name."),
            )


def _check_fields(layout: Layout) -> None:
    known = {*template.LABELS, *layout.texts}
    for name, text in layout.texts.items():
        for field in (field for field in template.fields_in(text.default) if field not in known):
            raise UserError(
                _("The layout “{name}”: “{key}” has a field that does not exist: {field}").format(
                    name=layout.name, key=f"texts.{name}", field="{" + field + "}"
                ),
                template.advice(known),
            )


def _check_inner_texts(layout: Layout) -> None:
    """A text may stand in another, but none in that one."""
    inner = {name: _texts_in(layout, name) for name in layout.texts}
    for name in (name for names in inner.values() for name in names if inner[name]):
        raise UserError(
            _("The layout “{name}”: the text “{text}” stands in another and has a text in it, too.").format(
                name=layout.name, text=name
            ),
            _("Write out the one in it."),
        )


def _texts_in(layout: Layout, name: str) -> list[str]:
    return [field for field in template.fields_in(layout.texts[name].default) if field in layout.texts]
