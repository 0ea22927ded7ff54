"""Background work that ends with its file, and garbage that never goes on a worker's thread."""

import gc
import threading
from threading import Event

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog

from itadesk.ui import garbage
from itadesk.ui.tasks import WORKERS, Tasks


def failed(error: Exception) -> None:
    raise error


def test_closing_waits_for_what_runs_drops_the_rest_and_answers_nobody(qapp):
    tasks, go = Tasks(), Event()
    begun, answered = [], []

    def work(number: int) -> int:
        begun.append(number)
        assert go.wait(20)
        return number

    for number in range(6):
        tasks.run(lambda number=number: work(number), answered.append, failed)
    while len(begun) < WORKERS:
        qapp.processEvents()
    threading.Timer(0.05, go.set).start()
    tasks.close()
    assert go.is_set()
    tasks.run(lambda: begun.append(99), answered.append, failed)
    tasks.wait()
    qapp.processEvents()
    assert sorted(begun) == [0, 1]
    assert answered == []


def test_work_asked_for_by_an_answer_does_not_outlive_the_file(qapp):
    tasks = Tasks()
    rounds = []

    def again(_result: object) -> None:
        rounds.append(len(rounds))
        tasks.run(lambda: None, again, failed)

    tasks.run(lambda: None, again, failed)
    tasks.wait()
    tasks.close()
    before = len(rounds)
    qapp.processEvents()
    assert before >= 1
    assert len(rounds) == before


def test_a_dialog_that_only_refers_to_itself_goes_on_the_thread_of_the_window(qtbot):
    owner = QObject()
    garbage.collect_here(owner)
    gone_on: list[str] = []

    def leave_behind() -> None:
        dialog = QDialog()
        dialog.itself = dialog  # pyright: ignore[reportAttributeAccessIssue]
        dialog.destroyed.connect(
            lambda: gone_on.append(threading.current_thread().name), Qt.ConnectionType.DirectConnection
        )

    leave_behind()
    piles: list[list[object]] = []

    def pile_up() -> None:
        for _ in range(50_000):
            pile: list[object] = []
            pile.append(pile)
            piles.append(pile)
            piles.clear()

    tasks = Tasks()
    tasks.run(pile_up, lambda _result: None, failed)
    tasks.wait()
    assert gone_on == []
    assert not gc.isenabled()
    qtbot.waitUntil(lambda: gone_on == [threading.main_thread().name])
