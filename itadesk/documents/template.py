"""Running text with `{fields}`: which fields there are, finding unknown ones, filling them in."""

import re
from collections.abc import Mapping

from itadesk.errors import UserError
from itadesk.i18n import N_, _

LABELS: Mapping[str, str] = {
    "office": N_("Full name of the office"),
    "place": N_("District and province"),
    "district": N_("District"),
    "province": N_("Province"),
    "phone": N_("Telephone"),
    "unit": N_("Issuing unit"),
    "from": N_("Issuing unit, office and telephone"),
    "number": N_("Number"),
    "date": N_("Date"),
    "subject": N_("Subject"),
    "to": N_("To"),
    "fiscal_year": N_("Fiscal year"),
    "analysed_year": N_("Analysed ITA year"),
    "round": N_("Months of the round"),
    "total": N_("Total score"),
    "grade": N_("Grade"),
}
"""What a template may ask for, and what clerks call it. A layout's own texts may be used in its other texts, too."""

BLANK = "........"
"""Printed for a field that has no value yet: dots to be filled in by hand, as on the paper form."""

_FIELD = re.compile(r"\{([^{}\s]+)\}")


def fields_in(text: str) -> list[str]:
    """Names of the fields in `text`, in order, known or not."""
    return _FIELD.findall(text)


def check(text: str, known: Mapping[str, object]) -> None:
    """Refuse a text with a field that nobody can fill."""
    unknown = [name for name in fields_in(text) if name not in known]
    if unknown:
        raise UserError(
            _("The text has a field that does not exist: {field}").format(field="{" + unknown[0] + "}"),
            _("Use only these fields: {fields}").format(fields=" ".join("{" + name + "}" for name in known)),
        )


def fill(text: str, values: Mapping[str, str]) -> str:
    """`text` with its fields filled from `values`; an empty value prints as dots."""
    check(text, values)
    return _FIELD.sub(lambda match: values[match[1]] or BLANK, text)
