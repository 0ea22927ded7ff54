"""What becomes evidence of a measure: links typed or pasted, files, pictures out of the clipboard."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from itadesk.domain import fields, links
from itadesk.domain.fields import field_of
from itadesk.domain.model import Evidence, Measure, Round
from itadesk.i18n import _
from itadesk.storage.evidence import attach_files, attach_links
from itadesk.ui import messages, new_files
from itadesk.ui.file_drops import local_files
from itadesk.ui.new_files import NewFiles, size_words
from itadesk.ui.session import FileSession


class EvidenceIntake(QObject):
    """Adds to the measure that it is told, for the round in hand at that moment; each call is one undo step.

    Files are made ready in the background, pictures made small: `waiting` says how many calls are at it, `working()`
    comes when that changes, `added(measure_id, ids)` after files were attached.
    """

    working = Signal()
    added = Signal(str, list)

    def __init__(self, session: FileSession, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self.waiting = 0

    def add_files(self, measure_id: str, paths: Sequence[Path]) -> None:
        """Attach files."""
        self._make(measure_id, lambda: new_files.of_paths(paths))

    def paste(self, measure_id: str) -> bool:
        """Add what was copied: files, links or a picture. False when it is nothing of that."""
        clipboard = QApplication.clipboard()
        data = clipboard.mimeData()
        if paths := local_files(data):
            self.add_files(measure_id, paths)
        elif found := _several(data.text()):
            self._add_links(measure_id, found)
        elif data.hasImage() and not (image := clipboard.image()).isNull():
            self._make(measure_id, lambda: new_files.of_image(image))
        else:
            return False
        return True

    def add_typed_links(self, measure_id: str, text: str) -> str | None:
        """Add a link, or several with blanks between them, and say the id of the last; UserError when it is none."""
        found = _several(text)
        if not found and (link := fields.parse(field_of(Evidence, "url"), text)):
            found = [str(link)]
        return self._add_links(measure_id, found) if found else None

    def _add_links(self, measure_id: str, found: Sequence[str]) -> str | None:
        round_ = self._session.round
        label = _("Add a link") if len(found) == 1 else _("Add links")
        ids = self._session.edit(label, attach_links, measure_id, round_, found)
        return ids[-1] if ids else None

    def _make(self, measure_id: str, make: Callable[[], NewFiles]) -> None:
        self.waiting += 1
        self.working.emit()
        self._session.tasks.run(make, partial(self._attach, measure_id, self._session.round), self._failed)

    def _attach(self, measure_id: str, round_: Round, new: NewFiles) -> None:
        """Attach what a worker made ready, unless the measure is gone by now."""
        self._ended()
        if new.files and self._session.snapshot.get(Measure, measure_id) is not None:
            label = _("Attach a file") if len(new.files) == 1 else _("Attach files")
            ids = self._session.edit(label, attach_files, measure_id, round_, new.files)
            if ids is not None:
                messages.toast(self._window, _told(len(ids), new))
                self.added.emit(measure_id, ids)
        if new.refused:
            messages.show_error(self._window, new_files.told(new.refused))

    def _failed(self, error: Exception) -> None:
        self._ended()
        raise error

    def _ended(self) -> None:
        self.waiting -= 1
        self.working.emit()


def _several(text: str) -> list[str]:
    """The links of which a text consists; none when it says anything else."""
    pieces = text.split()
    return pieces if all(map(links.works, pieces)) else []


def _told(added: int, new: NewFiles) -> str:
    """What became of files that were attached."""
    if not added:
        return _("These files are attached already.")
    said = _("Attached {count} files.").format(count=added)
    if new.before:
        small = _("Pictures made smaller: {before} became {after}.")
        said += " " + small.format(before=size_words(new.before), after=size_words(new.after))
    return said
