"""What the program remembers on this PC: language, recent files, the window's size. One small JSON file."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from itadesk import paths
from itadesk.i18n import LANGUAGES

RECENT = 10


@dataclass(frozen=True)
class Preferences:
    """`recent`: office files, the last opened first; `geometry`: the main window's, as Qt saves it, in base 64;
    `report_font`: the font family chosen for reports, "" = the shipped one."""

    language: str = LANGUAGES[0]
    recent: tuple[str, ...] = ()
    geometry: str = ""
    report_font: str = ""


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
        fresh.write_text(json.dumps(asdict(preferences), ensure_ascii=False, indent=1), "utf-8")
        fresh.replace(_file())
    except OSError:
        fresh.unlink(missing_ok=True)


def add_recent(path: Path) -> None:
    """Put an opened file first among the recent ones."""
    name = str(path.absolute())
    remember(recent=(name, *(other for other in load().recent if other != name))[:RECENT])


def forget_recent(path: Path) -> None:
    remember(recent=tuple(other for other in load().recent if other != str(path)))


def _file() -> Path:
    return paths.data() / "preferences.json"


def _understood(stored: Mapping[str, Any]) -> Preferences:
    known = {field.name: stored[field.name] for field in fields(Preferences) if field.name in stored}
    recent = known.get("recent")
    known["recent"] = tuple(map(str, recent)) if isinstance(recent, list) else ()
    known["geometry"] = str(known.get("geometry", ""))
    if known.get("language") not in LANGUAGES:
        known["language"] = LANGUAGES[0]
    return Preferences(**known)
