"""Python's garbage is collected on the thread of the window only: a worker would delete widgets in its own."""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 500
"""Milliseconds between two looks at what has piled up."""


def collect_here(parent: QObject) -> None:
    """Take over from Python's collector, which runs on whatever thread asks for memory, as long as `parent` lives."""
    gc.disable()
    timer = QTimer(parent)
    timer.timeout.connect(collect)
    timer.start(EVERY)


def collect() -> None:
    """Collect the oldest generation that is due by Python's own thresholds."""
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            gc.collect(generation)
            return
