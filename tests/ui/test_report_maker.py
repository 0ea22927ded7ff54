"""Reports are made in the background: the newest request wins, and a refusal is told."""

import threading

import pytest
from PySide6.QtCore import QObject

from itadesk.errors import UserError
from itadesk.ui.report_maker import ReportMaker
from itadesk.ui.tasks import Tasks


class Listener:
    """What a maker told."""

    def __init__(self, maker: ReportMaker) -> None:
        self.made: list[bytes] = []
        self.refused: list[UserError] = []
        maker.made.connect(self.made.append)
        maker.refused.connect(self.refused.append)


@pytest.fixture
def tasks(qtbot):
    return Tasks()


@pytest.fixture
def maker(tasks):
    parent = QObject()
    maker = ReportMaker(tasks, parent)
    yield maker
    tasks.wait()


def test_a_request_brings_its_report(qtbot, maker):
    with qtbot.waitSignal(maker.made) as made:
        maker.ask(lambda: b"report")
    assert made.args == [b"report"]
    assert not maker.busy


def test_of_many_requests_only_the_newest_is_shown(qtbot, maker, tasks):
    told, go = Listener(maker), threading.Event()

    def slow() -> bytes:
        go.wait()
        return b"first"

    ran = []
    maker.ask(slow)
    maker.ask(lambda: ran.append("second") or b"second")
    maker.ask(lambda: b"third")
    with qtbot.waitSignal(maker.made):
        go.set()
    tasks.wait()
    assert (told.made, ran) == ([b"third"], [])


def test_who_waits_for_the_report_gets_the_newest(qtbot, maker):
    go, taken = threading.Event(), []
    maker.ask(lambda: b"old" if go.wait() else b"")
    maker.when_made(taken.append, taken.append)
    maker.ask(lambda: b"new")
    with qtbot.waitSignal(maker.made):
        go.set()
    assert taken == [b"new"]
    maker.when_made(taken.append, taken.append)
    assert taken == [b"new", b"new"]


def test_a_refusal_is_told_to_all_who_wait(qtbot, maker):
    told, taken, refused = Listener(maker), [], []

    def refuse() -> bytes:
        raise UserError("no", "because")

    with qtbot.waitSignal(maker.refused):
        maker.ask(refuse)
        maker.when_made(taken.append, refused.append)
    maker.when_made(taken.append, refused.append)
    with qtbot.waitSignal(maker.made):
        maker.ask(lambda: b"report")
    assert [error.message for error in told.refused] == ["no"]
    assert refused == told.refused * 2
    assert taken == []
