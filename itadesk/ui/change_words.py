"""Changes of a report in words: where, what the paper says, what stands there now, with the difference marked."""

from collections.abc import Sequence
from html import escape

from itadesk.documents.paper import segment
from itadesk.documents.record import Change
from itadesk.i18n import N_, _
from itadesk.ui import theme
from itadesk.ui.thai_text import display

_KINDS = {"added": N_("Added"), "removed": N_("Removed"), "changed": N_("Changed")}
_AROUND = 30
"""Letters of what stayed that are shown on each side."""
_MOST = 200
"""Changes listed; a report with more is another report."""


def html(changes: Sequence[Change]) -> str:
    """The changes as rich text, one below the other."""
    told = [_one(change) for change in changes[:_MOST]]
    if len(changes) > _MOST:
        told.append(f"<p>{escape(_('and {count} more').format(count=len(changes) - _MOST))}</p>")
    return "".join(told)


def _one(change: Change) -> str:
    head = f"<b>{_shown(_(_KINDS[change.kind]))}</b> · {_shown(change.place)}"
    before, after = segment.clusters(change.before), segment.clusters(change.after)
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    gone, come = before[start : len(before) - end], after[start : len(after) - end]
    words = _stayed(before[:start], last=True) + _marked("s", theme.FAULT, gone)
    words += _marked("u", theme.STATUS_COLOURS["done"], come)
    words += _stayed(before[len(before) - end :], last=False)
    return f"<p>{head}<br>{words}</p>" if words else f"<p>{head}</p>"


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many pieces both begin with."""
    different = (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(different, min(len(one), len(other)))


def _stayed(pieces: Sequence[str], *, last: bool) -> str:
    if len(pieces) <= _AROUND:
        return _shown("".join(pieces))
    return "…" + _shown("".join(pieces[-_AROUND:])) if last else _shown("".join(pieces[:_AROUND])) + "…"


def _marked(tag: str, colour: str, pieces: Sequence[str]) -> str:
    return f'<{tag} style="color: {colour}">{_shown("".join(pieces))}</{tag}>' if pieces else ""


def _shown(text: str) -> str:
    return escape(display(text)).replace("\n", " ¶ ")
