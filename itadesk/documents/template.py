"""Running text with `{fields}` and **bold**: which fields there are, finding unknown ones, filling them in."""

import re
from collections.abc import Iterable, Mapping

from itadesk.documents.tree import Run
from itadesk.errors import UserError
from itadesk.i18n import N_, _

LABELS: Mapping[str, str] = {
    "office": N_("Full name of the office"),
    "place": N_("District and province"),
    "district": N_("District"),
    "province": N_("Province"),
    "address": N_("Address"),
    "phone": N_("Telephone"),
    "email": N_("E-mail"),
    "website": N_("Website"),
    "unit": N_("Issuing unit"),
    "from": N_("Issuing unit, office and telephone"),
    "number": N_("Number"),
    "date": N_("Date"),
    "subject": N_("Subject"),
    "to": N_("To"),
    "fiscal_year": N_("Fiscal year"),
    "analysed_year": N_("Analysed ITA year"),
    "round": N_("Months of the round"),
    "round_title": N_("Round with its months"),
    "round_period": N_("Months from and to of the round"),
    "item_no": N_("Number of the item"),
    "total": N_("Total score"),
    "grade": N_("Grade"),
    "weak_indicators": N_("Weak indicators"),
    "measures_numbered": N_("Titles of the measures, numbered"),
    "measure_count": N_("Number of measures"),
}
"""What a template may ask for, and what clerks call it. A layout's own texts may be used in its other texts, too."""

MAY_BE_EMPTY = frozenset({"round_title", "round_period"})
"""Fields that print nothing where the report names no round."""

BLANK = "........"
"""Printed for any other field that has no value yet: dots to be filled in by hand, as on the paper form."""

_FIELD = re.compile(r"\{([^{}\s]+)\}")
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_BLANK_ENDS = re.compile(r"[ \t]+(?=\n|$)")


def fields_in(text: str) -> list[str]:
    """Names of the fields in `text`, in order, known or not."""
    return _FIELD.findall(text)


def length(text: str, lengths: Mapping[str, int]) -> int:
    """How many characters `text` has when values of those lengths fill its fields."""
    return len(text) + sum(lengths.get(name, 0) for name in fields_in(text))


def expanded(text: str, texts: Mapping[str, str]) -> str:
    """`text` with those of `texts` that stand in it as fields written out, bold as a whole where the field is.

    The field of an empty one stays.
    """
    bold = [found.span() for found in _BOLD.finditer(text)]

    def wording(match: re.Match[str]) -> str:
        if not (inner := texts.get(match[1])):
            return match[0]
        inside = any(start < match.start() < end for start, end in bold)
        return _BLANK_ENDS.sub("", _BOLD.sub(r"\1", inner) if inside else inner)

    return _FIELD.sub(wording, text)


def check(text: str, known: Mapping[str, object]) -> None:
    """Refuse a text with a field that nobody can fill."""
    unknown = [name for name in fields_in(text) if name not in known]
    if unknown:
        raise UserError(
            _("The text has a field that does not exist: {field}").format(field="{" + unknown[0] + "}"),
            advice(known),
        )


def advice(known: Iterable[str]) -> str:
    """Which fields there are, in the same order each time."""
    return _("Use only these fields: {fields}").format(
        fields=" ".join("{" + name + "}" for name in sorted(known))
    )


def fill(text: str, values: Mapping[str, str]) -> str:
    """`text` with its fields filled from `values`; an empty value prints as dots."""
    check(text, values)
    return _BLANK_ENDS.sub("", _filled(text, values))


def runs(text: str, values: Mapping[str, str], *, bold: bool) -> tuple[Run, ...]:
    """`text` filled, what stands between two ** in bold. Stars inside a value stay stars."""
    check(text, values)
    pieces: list[Run] = []
    end = 0
    for found in _BOLD.finditer(text):
        pieces += [
            Run(_filled(text[end : found.start()], values), bold),
            Run(_filled(found[1], values), True),
        ]
        end = found.end()
    pieces.append(Run(_filled(text[end:], values), bold))
    whole = tuple(run for run in pieces if run.text)
    if not whole:
        return (Run("", bold),)
    return (*whole[:-1], Run(_BLANK_ENDS.sub("", whole[-1].text), whole[-1].bold))


def _filled(text: str, values: Mapping[str, str]) -> str:
    def value(match: re.Match[str]) -> str:
        return values[match[1]] or ("" if match[1] in MAY_BE_EMPTY else BLANK)

    return _FIELD.sub(value, text)
