"""The font families a document can be set in, and by how much each is scaled to the official type sizes.

Official sizes ("16 pt") are those of the TH Sarabun fonts. Sarabun and Laksaman draw the same letters larger on the em,
so they are drawn smaller at the same size: the factors stand here and nowhere else.
"""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from itadesk import paths
from itadesk.documents.paper.fonts import Face, FontError, load
from itadesk.errors import UserError
from itadesk.i18n import _

DEFAULT = "Sarabun"


@dataclass(frozen=True)
class Family:
    """Four faces under one name. `scale`: how large they are drawn at the official size, as a share of their own."""

    name: str
    scale: float
    regular: Path
    bold: Path
    italic: Path
    bold_italic: Path

    def face(self, *, bold: bool = False, italic: bool = False) -> Face:
        """The face; UserError when its file is missing or is no font."""
        path = (self.regular, self.bold, self.italic, self.bold_italic)[bold + 2 * italic]
        try:
            return load(path)
        except (OSError, FontError) as problem:
            raise unusable(self.name, path) from problem


def unusable(name: str, path: Path) -> UserError:
    """What to tell about a font whose file is missing, no font, or damaged."""
    return UserError(
        _("The font {name} cannot be used: {file}").format(name=name, file=path.name),
        _("Choose another font for the document, or install this one again."),
    )


_SCALES = {
    "TH SarabunPSK": 1.0,
    "TH SarabunIT๙": 1.0,
    "TH Sarabun New": 1.0,
    "Laksaman": 0.6653,
}
_FILES = {
    "TH SarabunPSK": ("THSarabun", "TH Sarabun", "THSarabunPSK"),
    "TH SarabunIT๙": ("THSarabunIT๙", "TH SarabunIT๙", "THSarabunIT9"),
    "TH Sarabun New": ("THSarabunNew", "TH Sarabun New"),
    "Laksaman": ("Laksaman",),
}
"""How the files of each family begin; the style follows."""
_STYLES = (
    ("", " Regular", "-Regular"),
    (" Bold", "-Bold"),
    (" Italic", "-Italic"),
    (" BoldItalic", " Bold Italic", "-BoldItalic", "-Bold Italic"),
)
_FALLBACKS = ("dejavusans.ttf", "seguisym.ttf")
"""Faces of signs that Thai fonts lack (☐ ✓ ★), as Linux and Windows have them, in lower case."""
_FALLBACK_SCALE = 0.6


def families() -> list[Family]:
    """The shipped Sarabun first, then what is installed."""
    files = _font_files()
    return [_sarabun(), *(found for name in _SCALES if (found := _installed(name, files)))]


def family(name: str = DEFAULT) -> Family:
    """The family of that name; UserError when it is not on this computer."""
    found = _sarabun() if name == DEFAULT else _installed(name, _font_files()) if name in _SCALES else None
    if not found:
        raise UserError(
            _("The font {name} is not installed on this computer.").format(name=name),
            _("Choose another font for the document, or install this one."),
        )
    return found


def fallbacks() -> Iterator[tuple[Face, float]]:
    """(face, scale) to look into for a character that the document's family lacks, best first."""
    yield _sarabun().face(), _sarabun().scale
    files = _font_files()
    for path in (files[name] for name in _FALLBACKS if name in files):
        try:
            yield load(path), _FALLBACK_SCALE
        except (OSError, FontError):
            continue


def _sarabun() -> Family:
    folder = paths.resources() / "fonts"
    styles = ("Regular", "Bold", "Italic", "BoldItalic")
    return Family(DEFAULT, 0.66, *(folder / f"Sarabun-{style}.ttf" for style in styles))


def _installed(name: str, files: dict[str, Path]) -> Family | None:
    """The family if it is among the files; a style that is not there is shown by the regular face."""

    def style(endings: tuple[str, ...]) -> Path | None:
        wanted = (f"{start}{ending}.ttf".casefold() for start in _FILES[name] for ending in endings)
        return next((files[file] for file in wanted if file in files), None)

    regular, *others = map(style, _STYLES)
    return Family(name, _SCALES[name], regular, *(other or regular for other in others)) if regular else None


def _font_files() -> dict[str, Path]:
    """Installed TrueType files by lower-case file name."""
    found: dict[str, Path] = {}
    for folder in _font_folders():
        for at, _folders, files in os.walk(folder):
            for file in files:
                if file.casefold().endswith(".ttf"):
                    found.setdefault(file.casefold(), Path(at) / file)
    return found


def _font_folders() -> list[Path]:
    """The user's own fonts before the system's."""
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", "")) / "Microsoft" / "Windows" / "Fonts"
        return [local, Path(os.environ.get("WINDIR", "C:\\Windows")) / "Fonts"]
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "fonts"
    return [data, Path.home() / ".fonts", Path("/usr/local/share/fonts"), Path("/usr/share/fonts")]
