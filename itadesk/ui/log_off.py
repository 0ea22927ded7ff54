"""The end of the user's session: typing is stored and the file written without a question, for nobody may answer."""

import contextlib
import os
import signal
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSocketNotifier, Qt
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from itadesk.ui.work_area import WorkArea


def watch(application: QApplication, keep: Callable[[], object], end: Callable[[], object]) -> None:
    """Call `keep` when the user logs off or the computer is shut down; elsewhere than on Windows `end` as well, as the
    system only asks the program to end itself there."""
    # At once: on Windows the process is ended as soon as the system has its answer.
    application.commitDataRequest.connect(lambda _manager: keep(), Qt.ConnectionType.DirectConnection)
    if sys.platform != "win32":
        _Signals(application, lambda: (keep(), end()))


def keep(area: "WorkArea | None") -> None:
    """Store what is being typed and write the file. What cannot be written stays on this computer and comes back."""
    if area is not None:
        with contextlib.suppress(Exception):  # a text that cannot be stored must not cost the rest
            area.commit()
        area.session.publish_now()
        area.session.tasks.wait()


class _Signals(QSocketNotifier):
    """Brings the system's wish into the event loop, where Python's own handlers never run while nothing happens."""

    def __init__(self, parent: QApplication, act: Callable[[], object]) -> None:
        self._told, wakes = os.pipe()
        os.set_blocking(wakes, False)
        super().__init__(self._told, QSocketNotifier.Type.Read, parent)
        self.activated.connect(self._ended)
        self._act = act
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda _number, _frame: None)
        signal.set_wakeup_fd(wakes)

    def _ended(self) -> None:
        numbers = os.read(self._told, 64)
        if signal.SIGTERM in numbers or signal.SIGHUP in numbers:
            self._act()
