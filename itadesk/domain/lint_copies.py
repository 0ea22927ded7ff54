"""Lint of texts that stand at two measures: pasted once too often."""

from collections.abc import Iterable, Iterator, Sequence

from itadesk.domain import thai
from itadesk.domain.lint_problem import Cell, Entry, Problem
from itadesk.i18n import _

FIELDS = ("steps", "result", "outcome")
"""Where every measure has something of its own to say. Suggestions repeat themselves."""

LONG = 60
"""Letters, without blanks, of a text that two measures hardly have in common by chance: not a formula."""
_SAME = 0.6
"""Share of letter triples in common from which on two texts say the same."""


def problems(entries: Sequence[Entry]) -> Iterator[Problem]:
    for field in FIELDS:
        yield from _copies(entries, field)
        yield from _copied_lines(entries, field)
    yield from _own_result(entries)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _copies(entries: Iterable[Entry], field: str) -> Iterator[Problem]:
    """Whole cells. One measure that stands under two indicators is no copy: its title or its steps are the same."""
    first: dict[str, Entry] = {}
    for entry in entries:
        cell = entry.cells[field]
        text = _squeezed(cell.text) if len(cell.text) >= LONG else ""
        if len(text) < LONG:
            continue
        other = first.setdefault(text, entry)
        if other is not entry and not _one_measure(entry, other, field):
            message = _("The same text stands at measure {measure}.").format(measure=other.position)
            yield cell.problem("copied_text", message)


def _one_measure(a: Entry, b: Entry, field: str) -> bool:
    same_steps = field != "steps" and _alike(a.measure.steps, b.measure.steps)
    return same_steps or _alike(thai.without_number(a.measure.title), thai.without_number(b.measure.title))


def _alike(a: str, b: str) -> bool:
    some, others = _triples(a), _triples(b)
    return len(some & others) >= _SAME * len(some | others) > 0


def _triples(text: str) -> set[tuple[str, str, str]]:
    text = _squeezed(text)
    return set(zip(text, text[1:], text[2:], strict=False))


def _copied_lines(entries: Iterable[Entry], field: str) -> Iterator[Problem]:
    """A long paragraph that exactly two measures have; what more have is a rule of the house."""
    holders: dict[str, list[tuple[Entry, Cell, str]]] = {}
    for entry in entries:
        cell = entry.cells[field]
        lines = {
            _squeezed(thai.without_number(line)): line for line in cell.text.split("\n") if len(line) >= LONG
        }
        for squeezed, line in lines.items():
            if len(squeezed) >= LONG:
                holders.setdefault(squeezed, []).append((entry, cell, line))
    for places in holders.values():
        if len(places) == 2:
            (first, cell_before, _line), (entry, cell, line) = places
            if _squeezed(cell_before.text) != _squeezed(cell.text) and not _one_measure(first, entry, field):
                message = _("“{line}” also stands at measure {measure}.")
                message = message.format(line=line.strip(), measure=first.position)
                yield cell.problem("copied_text", message, severity="info")


def _own_result(entries: Iterable[Entry]) -> Iterator[Problem]:
    """An outcome is what came of it, not what was done."""
    for entry in entries:
        result, outcome = entry.cells["result"], entry.cells["outcome"]
        if len(outcome.text) >= 15 and _squeezed(outcome.text) == _squeezed(result.text):
            yield outcome.problem("copied_text", _("The outcome only repeats the result."))
