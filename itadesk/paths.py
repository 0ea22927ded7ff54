"""Where things are: resources beside the program, working files and settings of this user on this computer."""

import os
import sys
from pathlib import Path

APP = "ITADesk"


def _root() -> Path:
    """The folder that holds resources/ and translations/: the source tree, or the built program's folder."""
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) if frozen else Path(__file__).resolve().parent.parent


def resources() -> Path:
    return _root() / "resources"


def translations() -> Path:
    return _root() / "translations"


def data() -> Path:
    """This user's folder on a local disk (never a roaming or synchronised one): working copies, backups, settings."""
    if override := os.environ.get("ITADESK_DATA"):
        return Path(override).absolute()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / APP
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / APP.lower()


def workspaces() -> Path:
    return data() / "work"


def backups() -> Path:
    return data() / "backups"
