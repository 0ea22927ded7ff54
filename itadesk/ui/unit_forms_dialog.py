"""Writes the forms by which the units say how far they are: chosen units, Excel, Word or paper, one file a unit."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from itadesk import whole_file
from itadesk.domain.fields import ROUND_LABELS
from itadesk.domain.model import FiscalYear, Unit
from itadesk.errors import UserError
from itadesk.i18n import N_, _
from itadesk.ui import files, messages, preferences, report_files, thai_text
from itadesk.ui.session import FileSession

KINDS = {
    ".xlsx": N_("Excel, to be filled in and sent back"),
    ".docx": N_("Word, to be filled in and sent back"),
    ".pdf": N_("PDF, to be printed and filled in by hand"),
}


class UnitFormsDialog(QDialog):
    """Units with measures in the year in hand, all ticked to begin with."""

    def __init__(self, session: FileSession, year: FiscalYear, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Forms for the units"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._year = year
        self._page = parent
        self.units = QListWidget()
        self.units.setAccessibleName(_("Units"))
        self.kind = QComboBox()
        self.kind.addItems([_(text) for text in KINDS.values()])
        self._fill()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.save = buttons.addButton(_("&Save into a folder…"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.save.setEnabled(self.units.count() > 0)
        buttons.accepted.connect(self._ask_folder)
        buttons.rejected.connect(self.reject)
        words = _("Each unit gets its measures. What comes back is taken in with “Import measures”.")
        told = QLabel(thai_text.display(words))
        told.setWordWrap(True)
        form = QFormLayout()
        form.addRow(_("&Kind of file"), self.kind)
        layout = QVBoxLayout(self)
        layout.addWidget(told)
        layout.addWidget(self.units, 1)
        layout.addLayout(form)
        layout.addWidget(buttons)
        self.resize(520, 460)

    def chosen(self) -> list[Unit]:
        items = map(self.units.item, range(self.units.count()))
        return [
            item.data(Qt.ItemDataRole.UserRole)
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        ]

    def write(self, folder: Path) -> list[Path]:
        """One file a chosen unit. UserError when one cannot be written."""
        ending = list(KINDS)[self.kind.currentIndex()]
        written: list[Path] = []
        for unit in self.chosen():
            round_label = _(ROUND_LABELS[self._session.round])
            name = report_files.file_name(_("Status form"), unit.name, str(self._year.year), round_label)
            path = _free(folder / (name + ending))
            whole_file.write(path, self._form(unit, ending))
            written.append(path)
        return written

    def _form(self, unit: Unit, ending: str) -> bytes:
        from itadesk.documents.unit_forms import form, measures_of
        from itadesk.documents.writers import WRITERS
        from itadesk.exchange import measure_sheets

        snapshot, round_ = self._session.snapshot, self._session.round
        if ending == ".xlsx":
            measures = measures_of(snapshot, self._year, unit)
            sheet = measure_sheets.Sheet(self._year, measures, (round_,), unit.name)
            return measure_sheets.xlsx(snapshot, [sheet])
        return WRITERS[ending](form(snapshot, self._year, round_, unit), None)

    def _ask_folder(self) -> None:
        last = preferences.load().report_folder or files.folder()
        folder = QFileDialog.getExistingDirectory(self, _("Save the forms"), last)
        if not folder:
            return
        try:
            with files.busy():
                written = self.write(Path(folder))
        except UserError as error:
            messages.show_error(self, error)
            return
        preferences.remember(report_folder=folder)
        messages.toast(self._page, _("{count} forms saved.").format(count=len(written)))
        self.accept()

    def _fill(self) -> None:
        from itadesk.documents.unit_forms import measures_of

        snapshot = self._session.snapshot
        for unit in snapshot.children(Unit, snapshot.office.id):
            if unit.name.strip() and (measures := measures_of(snapshot, self._year, unit)):
                text = _("{unit} ({count} measures)").format(unit=unit.name, count=len(measures))
                item = QListWidgetItem(text, self.units)
                item.setData(Qt.ItemDataRole.UserRole, unit)
                item.setCheckState(Qt.CheckState.Checked)


def _free(path: Path) -> Path:
    """`path`, or with a number behind it where a file stands already: what came back may lie there."""
    number = 2
    found = path
    while found.exists():
        found = path.with_stem(f"{path.stem} ({number})")
        number += 1
    return found
