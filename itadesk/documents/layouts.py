"""Which layouts there are: the built-in ones, and the office's own in its file."""

from functools import cache, lru_cache

from itadesk import paths
from itadesk.documents import layout_toml
from itadesk.documents.layout import Layout
from itadesk.domain import thai
from itadesk.domain.model import LayoutText
from itadesk.domain.snapshot import Snapshot
from itadesk.errors import UserError
from itadesk.i18n import _

ORDER = ("outcomes", "indicators", "memo", "preface", "instruments")
"""The built-in layouts, as they are offered."""


def layouts(snapshot: Snapshot | None = None) -> list[Layout]:
    """The built-in layouts, then the office's own ones that can be read, by their titles.

    One of a built-in's name takes its place.
    """
    own = {row.name: layout for row in _own(snapshot) if (layout := _readable(row))}
    built_in = [own.pop(layout.name, layout) for layout in built_in_layouts()]
    return [*built_in, *sorted(own.values(), key=lambda layout: thai.sort_key(layout.title))]


def layout_named(name: str, snapshot: Snapshot | None = None) -> Layout:
    """The layout of that name; an office's own one goes before a built-in one. UserError when it is broken."""
    for row in _own(snapshot):
        if row.name == name:
            return _parsed(row.toml, row.name)
    if name in ORDER:
        return _built_in(name)
    raise UserError(
        _("There is no layout “{name}”.").format(name=name),
        _("Layouts there are: {names}").format(names=", ".join(layout.name for layout in layouts(snapshot))),
    )


def broken_layouts(snapshot: Snapshot) -> dict[str, UserError]:
    """The office's own layouts that cannot be read, as when another program wrote them: their names, and why not."""
    found: dict[str, UserError] = {}
    for row in _own(snapshot):
        try:
            _parsed(row.toml, row.name)
        except UserError as error:
            found[row.name] = error
    return found


def own_layout(name: str, snapshot: Snapshot) -> Layout | None:
    """The office's own layout of that name; None when there is none that can be read."""
    return next((_readable(row) for row in _own(snapshot) if row.name == name), None)


def built_in_layouts() -> tuple[Layout, ...]:
    return tuple(map(_built_in, ORDER))


@cache
def _built_in(name: str) -> Layout:
    return layout_toml.parse((paths.resources() / "layouts" / f"{name}.toml").read_text("utf-8"), name)


def _own(snapshot: Snapshot | None) -> list[LayoutText]:
    return snapshot.children(LayoutText) if snapshot else []


@lru_cache(maxsize=32)
def _parsed(toml: str, name: str) -> Layout:
    """Read once however often the file changes elsewhere."""
    return layout_toml.parse(toml, name)


def _readable(row: LayoutText) -> Layout | None:
    """A layout that another program broke must not keep the others from being used."""
    try:
        return _parsed(row.toml, row.name)
    except UserError:
        return None
