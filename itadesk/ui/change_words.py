"""Changes of a report in words: where, what the paper says, what stands there now, with the difference marked."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from html import escape

from itadesk.documents.paper import segment
from itadesk.documents.record import Change
from itadesk.i18n import N_, _
from itadesk.ui import theme
from itadesk.ui.text_difference import common
from itadesk.ui.thai_text import display

_KINDS = {"added": N_("Added"), "removed": N_("Removed"), "changed": N_("Changed"), "ticked": N_("Changed")}
_PARAGRAPH = '<p style="margin: 0 0 6px 0">'
_AROUND = 12
"""Words and blanks of what stayed that are shown on each side."""
_LONG = 200
"""Letters of what came or went that are shown."""
_LOOKED_AT = 2000
"""Letters of a text that are looked at, from a little before the first difference."""
_MOST = 200
"""Changes listed; a report with more is another report."""


def paragraph(text: str) -> str:
    """A sentence among the changes."""
    return f"{_PARAGRAPH}{_shown(text)}</p>"


def html(changes: Sequence[Change], before: str = "") -> str:
    """The changes as rich text, one below the other, and before them how they are to be read.

    `before`: where what is struck through stood, on the paper unless told.
    """
    told = [f"{_PARAGRAPH}{_gone(before or _('On the paper'))} · {_come(_('now'))}</p>"] if changes else []
    told += [_one(change) for change in changes[:_MOST]]
    if len(changes) > _MOST:
        told.append(f"{_PARAGRAPH}{escape(_('and {count} more').format(count=len(changes) - _MOST))}</p>")
    return "".join(told)


def _one(change: Change) -> str:
    head = f"<b>{_shown(_(_KINDS[change.kind]))}</b> · {_shown(change.place)}"
    words = _ticked(change) if change.kind == "ticked" else difference(change.before, change.after)
    return f"{_PARAGRAPH}{head}<br>{words}</p>" if words else f"{_PARAGRAPH}{head}</p>"


def _ticked(change: Change) -> str:
    text = escape(_("Status: {before} → {after}"))
    return text.format(before=_gone(change.before), after=_come(change.after))


def difference(old: str, new: str) -> str:
    """What stayed around the first and last difference, and between what went and what came."""
    first = max(_same_letters(old, new) - _LOOKED_AT // 4, 0)
    before, after = (_pieces(text[first : first + _LOOKED_AT]) for text in (old, new))
    start = common(before, after)
    end = common(before[start:][::-1], after[start:][::-1])
    gone, come = _between(before, start, end), _between(after, start, end)
    if start and not (gone + come).strip():
        start -= 1  # where only blanks differ, they are seen beside a word
        gone, come = _between(before, start, end), _between(after, start, end)
    return _stayed(before[:start], last=True) + _gone(gone) + _come(come) + _stayed(_last(before, end))


def _pieces(text: str) -> list[str]:
    """The words of a text and the blanks between them."""
    return [piece for word in segment.words(text) for piece in re.findall(r"\s+|\S+", word)]


def _same_letters(one: str, other: str) -> int:
    """How many letters both begin with; of texts of any length."""
    most = min(len(one), len(other))
    return bisect_left(range(most), True, key=lambda at: one[: at + 1] != other[: at + 1])


def _between(pieces: Sequence[str], start: int, end: int) -> str:
    return "".join(pieces[start : len(pieces) - end])


def _last(pieces: Sequence[str], count: int) -> Sequence[str]:
    return pieces[len(pieces) - count :]


def _stayed(pieces: Sequence[str], *, last: bool = False) -> str:
    if len(pieces) <= _AROUND:
        return _shown("".join(pieces))
    return "…" + _shown("".join(pieces[-_AROUND:])) if last else _shown("".join(pieces[:_AROUND])) + "…"


def _gone(text: str) -> str:
    return _marked("s", theme.FAULT, text)


def _come(text: str) -> str:
    return _marked("u", theme.STATUS_COLOURS["done"], text)


def _marked(tag: str, colour: str, text: str) -> str:
    """Blanks at the ends stay outside: struck through or underlined they look like more words."""
    words = text.strip()
    if not words:
        return _shown(text)
    at = text.index(words)
    clusters = segment.clusters(words)
    shown = _shown("".join(clusters[:_LONG])) + ("…" if len(clusters) > _LONG else "")
    marked = f'<{tag} style="color: {colour}">{shown}</{tag}>'
    return f"{_shown(text[:at])}{marked}{_shown(text[at + len(words) :])}"


def _shown(text: str) -> str:
    return escape(display(text)).replace("\n", " ¶ ")
