"""The end of the user's session: typing is stored and the file written without a question, for nobody may answer."""

import contextlib
import logging
import os
import signal
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSocketNotifier, Qt
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from itadesk.ui.work_area import WorkArea

_log = logging.getLogger(__name__)


def watch(application: QApplication, keep: Callable[[], object], end: Callable[[], object]) -> None:
    """Call `keep` when the user logs off or the computer is shut down; elsewhere than on Windows `end` as well, as the
    system only asks the program to end itself there, and so does Ctrl+C where it was started from a terminal."""

    def leave() -> None:
        try:
            keep()
        except Exception:  # a program that stays is killed, and its lock with it
            _log.exception("not kept when the session ended")
        end()

    # At once: on Windows the process is ended as soon as the system has its answer.
    application.commitDataRequest.connect(lambda _manager: keep(), Qt.ConnectionType.DirectConnection)
    if sys.platform != "win32":
        _Signals(application, leave)


def keep(area: "WorkArea | None") -> None:
    """Store what is being typed and write the file. What cannot be written stays on this computer and comes back."""
    if area is not None:
        with contextlib.suppress(Exception):  # a text that cannot be stored must not cost the rest
            area.commit()
        area.session.tasks.wait()  # a writing that goes on does not have it, and no other begins meanwhile
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
        self._watched = [
            number
            for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
            if signal.getsignal(number) is not signal.SIG_IGN  # as nohup and "&" of a shell want it
        ]
        for number in self._watched:
            signal.signal(number, lambda _number, _frame: None)
        signal.set_wakeup_fd(wakes)

    def _ended(self) -> None:
        numbers = os.read(self._told, 64)
        if any(number in numbers for number in self._watched):
            self._act()
