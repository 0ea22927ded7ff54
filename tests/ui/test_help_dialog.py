"""The help at hand: its page of keys has every key that does something."""

from PySide6.QtGui import QAction, QKeySequence, QShortcut

from itadesk.ui.help_dialog import KEYS
from itadesk.ui.window_content import WindowContent
from itadesk.ui.work_area import WorkArea


def told() -> set[QKeySequence]:
    told = {QKeySequence(f"Ctrl+Alt+{number}") for number in range(1, 6)}
    for keys, _what in KEYS:
        told |= {QKeySequence(key.replace("↑", "Up").replace("↓", "Down")) for key in keys.split(", ")}
    return told


def test_every_key_is_told(content: WindowContent, area: WorkArea) -> None:
    for number in range(area.tabs.count()):
        area.tabs.setCurrentIndex(number)
    window = content.window
    # Of an action that has several, one is enough.
    keys = [action.shortcuts() for action in window.findChildren(QAction) if action.shortcuts()]
    keys += [[shortcut.key()] for shortcut in window.findChildren(QShortcut)]
    missing = [some for some in keys if not told().intersection(some)]
    assert len(keys) > 50
    assert missing == []
