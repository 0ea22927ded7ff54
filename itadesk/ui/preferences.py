"""What the program remembers on this PC: language, recent files, the window's size. One small JSON file."""

import contextlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from itadesk import paths
from itadesk.i18n import LANGUAGES

RECENT = 10


@dataclass(frozen=True)
class TableLook:
    """`shown`: names of the columns that are shown, from left to right; `widths`: those that were pulled, in pixels."""

    shown: tuple[str, ...] = ()
    widths: Mapping[str, int] = field(default_factory=dict[str, int])


@dataclass(frozen=True)
class Preferences:
    """`recent`: office files, the last opened first; `geometry`: the main window's, as Qt saves it, in base 64;
    `report_font`: the font family chosen for reports, "" = the shipped one; `report_folder`: where the last
    report was written; `places`: fiscal year id and round last in
    hand, by office file; `looks`: how the table of measures looks, by office file; `database`: the address of the
    collection in a database that was opened last, without its password."""

    language: str = LANGUAGES[0]
    recent: tuple[str, ...] = ()
    geometry: str = ""
    report_font: str = ""
    report_folder: str = ""
    database: str = ""
    places: Mapping[str, tuple[str, int]] = field(default_factory=dict[str, tuple[str, int]])
    looks: Mapping[str, TableLook] = field(default_factory=dict[str, "TableLook"])


def load() -> Preferences:
    """What is remembered; what is missing or spoilt counts as not set."""
    try:
        stored = json.loads(_file().read_text("utf-8"))
    except (OSError, ValueError):
        return Preferences()
    return _understood(stored) if isinstance(stored, dict) else Preferences()


def remember(**changes: Any) -> None:
    """Set some of the fields of Preferences. A full disk only costs the memory, so it is no error."""
    preferences = replace(load(), **changes)
    fresh = _file().with_suffix(f".{os.getpid()}.tmp")
    try:
        fresh.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(json.dumps(asdict(preferences), indent=1), "ascii")  # a file's name may be no text
        fresh.replace(_file())
    except OSError:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)


def add_recent(path: Path) -> None:
    """Put an opened file first among the recent ones."""
    name = str(path.absolute())
    remember(recent=(name, *(other for other in load().recent if other != name))[:RECENT])


def forget_recent(path: Path) -> None:
    remember(recent=tuple(other for other in load().recent if other != str(path)))


def remember_place(path: Path, fiscal_year_id: str, round_: int) -> None:
    """What is in hand in an office file, to go on there next time; files that are not recent are forgotten."""
    stored = load()
    places = {name: place for name, place in stored.places.items() if name in stored.recent}
    remember(places=places | {str(path.absolute()): (fiscal_year_id, round_)})


def place_in(path: Path) -> tuple[str, int] | None:
    """Fiscal year id and round last in hand in an office file."""
    return load().places.get(str(path.absolute()))


def remember_look(path: Path, look: TableLook | None) -> None:
    """How the table of measures looks in an office file; None: as the program makes it."""
    stored = load()
    name = str(path.absolute())
    looks = {other: its for other, its in stored.looks.items() if other in stored.recent and other != name}
    remember(looks=looks if look is None else looks | {name: look})


def look_of(path: Path) -> TableLook | None:
    """How the table of measures was last left in an office file; None = as the program makes it."""
    return load().looks.get(str(path.absolute()))


def _file() -> Path:
    return paths.data() / "preferences.json"


def _understood(stored: Mapping[str, Any]) -> Preferences:
    known = {entry.name: stored[entry.name] for entry in fields(Preferences) if entry.name in stored}
    recent = known.get("recent")
    known["recent"] = tuple(map(str, recent)) if isinstance(recent, list) else ()
    known["places"] = _understood_places(known.get("places"))
    known["looks"] = _understood_looks(known.get("looks"))
    for name in ("geometry", "report_font", "report_folder", "database"):
        known[name] = str(known.get(name, ""))
    if known.get("language") not in LANGUAGES:
        known["language"] = LANGUAGES[0]
    return Preferences(**known)


def _understood_places(stored: Any) -> dict[str, tuple[str, int]]:
    places = stored.items() if isinstance(stored, dict) else ()
    return {
        str(name): (place[0], place[1])
        for name, place in places
        if isinstance(place, list) and len(place) == 2 and isinstance(place[0], str) and place[1] in (6, 12)
    }


def _understood_looks(stored: Any) -> dict[str, TableLook]:
    looks = stored.items() if isinstance(stored, dict) else ()
    return {str(name): TableLook(*parts) for name, look in looks if (parts := _look_parts(look))}


def _look_parts(look: Any) -> tuple[tuple[str, ...], dict[str, int]] | None:
    match look:
        case {"shown": list(shown), "widths": dict(widths)}:
            good = {str(name): width for name, width in widths.items() if isinstance(width, int)}
            return tuple(map(str, shown)), good
        case _:
            return None
