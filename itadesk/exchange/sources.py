"""The files that measures are taken in from: read by what is in them, for many are called something else."""

import re
from pathlib import Path

from itadesk.errors import UserError
from itadesk.exchange import csv_table, html_tables, label_forms, office_package, spreadsheet, word_tables
from itadesk.exchange.grid import Grid
from itadesk.i18n import _

OFFICE = (".docx", ".docm", ".dotx", ".dotm", ".xlsx", ".xlsm", ".xltx", ".xltm")
"""Macros are no part of a table, and are never run."""
TEXT = (".csv", ".tsv", ".txt", ".htm", ".html")
OLD = (".xls", ".doc", ".rtf", ".odt", ".ods", ".pdf")
"""Systems export web pages under such names; what really is of these kinds is refused with advice."""
ENDINGS = (*OFFICE, *TEXT, *OLD)


def grids(path: Path, data: bytes) -> list[Grid]:
    """The tables of the file `data` from `path`. UserError for what cannot be read."""
    return label_forms.unfolded(_grids(path, data))


def _grids(path: Path, data: bytes) -> list[Grid]:
    name = path.name
    if not data.strip(b"\0\r\n\t "):
        raise UserError(
            _("{name} is empty.").format(name=name), _("Choose the file that has the table in it.")
        )
    if len(data) > office_package.SIZE_LIMIT:
        raise office_package.too_large(name)
    office_package.check_kind(data, name)
    if data.startswith(b"PK"):
        return _READERS[office_package.kind(data, name)](data, name)
    text = csv_table.decoded(data)
    if text is None:
        raise office_package.damaged(name) if path.suffix.lower() in OFFICE else csv_table.unreadable(name)
    if _PAGE.match(text):
        return html_tables.grids(text)
    if _OTHER_XML.match(text):
        raise office_package.old_kind(name)
    return csv_table.grids(text, name)


_READERS = {"word": word_tables.grids, "excel": spreadsheet.grids}
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|meta|table|body|style|div)\b",
    re.IGNORECASE | re.DOTALL,
)
_OTHER_XML = re.compile(r"\s*(?:<\?xml\b|MIME-Version:)")
