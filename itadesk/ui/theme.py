"""How the window looks: the bundled font, a calm light palette, and icons; every status has a shape and a colour."""

from collections.abc import Mapping
from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QMenuBar, QToolBar, QWidget

from itadesk import paths
from itadesk.ui.screen_font import roomy

FAMILY = "Sarabun"
POINT_SIZE = 11
"""Below this, Thai vowels and tone marks above the line merge on an office screen."""

ACCENT = "#1e5aa8"
BESIDE_ICON = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
QUIET = "#55616f"
"""Text of second rank: 6 : 1 on the window's grey."""
FAULT = "#a51d12"
WARNING_FILL = "#fff4d6"
INFO_FILL = "#e6f0fb"
STATUS_COLOURS: Mapping[str, str] = {"not_started": "#5b6776", "in_progress": "#9a5b00", "done": "#1b7340"}

_PALETTE: Mapping[QPalette.ColorRole, str] = {
    QPalette.ColorRole.Window: "#f3f5f7",
    QPalette.ColorRole.WindowText: "#1c2530",
    QPalette.ColorRole.Base: "#ffffff",
    QPalette.ColorRole.AlternateBase: "#f7f9fb",
    QPalette.ColorRole.Text: "#1c2530",
    QPalette.ColorRole.PlaceholderText: "#6b7683",
    QPalette.ColorRole.Button: "#e9edf1",
    QPalette.ColorRole.ButtonText: "#1c2530",
    QPalette.ColorRole.Highlight: ACCENT,
    QPalette.ColorRole.HighlightedText: "#ffffff",
    QPalette.ColorRole.Link: ACCENT,
    QPalette.ColorRole.ToolTipBase: "#263238",
    QPalette.ColorRole.ToolTipText: "#ffffff",
    QPalette.ColorRole.Mid: "#c3cad2",
}
_DISABLED_TEXT = "#7d8894"
_CHOSEN_FILL = "#cfe0f5"

# Style sheets are for single widgets: one of the application is worked through for every widget, and once more for all
# that it holds when it gets its place, which took a third of the time until a file was seen.

# Qt cuts a Thai entry with an access key short: it counts the "&". Menus with a style sheet are not cut.
_MENUS = f"""
QMenu::item {{ padding: 4px 24px 4px 28px; }}
QMenu::item:selected {{ background: {ACCENT}; color: white; }}
QMenu::item:disabled {{ background: transparent; color: {_DISABLED_TEXT}; }}
QMenu::icon {{ padding-left: 6px; }}
"""

# What is chosen has a border and a ground of its own; with the focus the border is a double line.
_TOGGLES = f"""
QPushButton:checked, QToolButton:checked {{
    background: {_CHOSEN_FILL}; border: 2px solid {ACCENT}; border-radius: 3px; padding: 1px; }}
QPushButton:checked:focus, QToolButton:checked:focus {{ border: 3px double {ACCENT}; padding: 0; }}
"""


def apply(application: QApplication) -> None:
    """Give the application its font, colours and icon. One style on every system: one look to test and to explain."""
    _load_fonts()
    application.setStyle("Fusion")
    application.setFont(QFont(FAMILY, POINT_SIZE))
    application.setPalette(_palette())
    application.setWindowIcon(icon("itadesk"))


def menu(parent: QWidget) -> QMenu:
    """A menu that shows its Thai entries whole; so do those below it."""
    made = QMenu(parent)
    show_whole(made)
    return made


def show_whole(menus: QMenu | QMenuBar | QToolBar) -> None:
    """Let a menu, or all menus of a bar, show their Thai entries whole."""
    menus.setStyleSheet(_MENUS)


def make_toggle(button: QAbstractButton) -> None:
    """Let a button stay down, and be seen from afar when it is."""
    button.setCheckable(True)
    button.setStyleSheet(_TOGGLES)


def _load_fonts() -> None:
    for name in ("Sarabun-Regular", "Sarabun-Bold"):
        QFontDatabase.addApplicationFontFromData(roomy(paths.resources() / "fonts" / f"{name}.ttf"))


def _palette() -> QPalette:
    palette = QPalette()
    for role, colour in _PALETTE.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(_DISABLED_TEXT))
    return palette


@cache
def icon(name: str) -> QIcon:
    """An icon of resources/icons: "new", "undo", "status_done" …; sharp at any screen scaling."""
    return QIcon(str(paths.resources() / "icons" / f"{name}.svg"))


def status_icon(status: str) -> QIcon:
    """An empty, half or ticked circle, in the colour of the status."""
    return icon(f"status_{status}")
