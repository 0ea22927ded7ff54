"""Before any test: no screen, no file of this user, the project's own fonts, and hypothesis short and repeatable."""

import atexit
import gc
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from itadesk import i18n
from itadesk.ui import garbage

ROOT = Path(__file__).resolve().parent.parent

_data = tempfile.TemporaryDirectory(prefix="itadesk-tests-")
atexit.register(_data.cleanup)
os.environ["ITADESK_DATA"] = _data.name
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A shared machine has slow moments: time never fails a test. `HYPOTHESIS_PROFILE=long` searches anew, and longer.
_calm = settings(deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("short", _calm, derandomize=True, max_examples=50, stateful_step_count=30)
settings.register_profile("long", _calm, max_examples=1000, stateful_step_count=60)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "short"))


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> Iterator[QApplication]:
    """pytest-qt's application with the fonts of the program: the offscreen platform may have none for Thai."""
    for font in sorted((ROOT / "resources" / "fonts").glob("*.ttf")):
        assert QFontDatabase.addApplicationFont(str(font)) >= 0, font
    garbage.collect_here(qapp)
    yield qapp
    qapp.clipboard().clear()  # what Python put there must not outlive Python: without a screen Qt deletes it once more


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    """No widget of a test is deleted in the middle of another: few tests run an event loop long enough for it."""
    yield
    if not gc.isenabled():
        garbage.collect()


@pytest.fixture(autouse=True)
def same_language() -> Iterator[None]:
    """A test that speaks Thai, as the command line does, leaves the language as it was."""
    before = i18n.language()
    yield
    i18n.install(before)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real reports as data, beside the repository; tests that read it are skipped without it."""
    folder = ROOT.parent / "shared" / "corpus"
    if not folder.is_dir():
        pytest.skip("the corpus of real reports is not beside the repository")
    return folder
