"""Lint of links: those that nobody can open, of evidence and of published documents."""

from collections.abc import Iterable, Iterator

from itadesk.domain import links
from itadesk.domain.lint_problem import Cell, Problem
from itadesk.i18n import _


def problems(cells: Iterable[Cell]) -> Iterator[Problem]:
    for cell in cells:
        if not links.works(cell.text):
            message = _("The link “{link}” cannot be opened.").format(link=cell.text)
            yield cell.problem("link_unusable", message, links.mended(cell.text))
