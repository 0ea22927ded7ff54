"""Makes the copy of the file for the district and a letter with it, and opens that in the clerk's mail program."""

import datetime as dt
import getpass
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from itadesk import whole_file
from itadesk.domain import sending, thai
from itadesk.domain.fields import LINE_LIMIT, ROUND_LABELS
from itadesk.domain.model import ROUNDS, Round, Sending
from itadesk.domain.sending import MAIL_LIMIT, Copy
from itadesk.domain.short_code import short_code
from itadesk.errors import UserError
from itadesk.exchange import mail
from itadesk.i18n import _
from itadesk.storage import send_operations
from itadesk.storage.package import Contents
from itadesk.storage.publish import Written
from itadesk.ui import files, messages, theme
from itadesk.ui.new_files import size_words
from itadesk.ui.newest import Newest
from itadesk.ui.quiet_box import QuietBox
from itadesk.ui.report_kinds import SENT
from itadesk.ui.session import FileSession
from itadesk.ui.thai_text import display

_MAILTO_TEXT = 1_500
"""Letters of a text that go into a mailto address: longer ones are cut or refused by some programs."""


@dataclass(frozen=True)
class _Sent:
    copy: Copy
    path: Path
    letter: Path


class SendDialog(QDialog):
    """What goes along is chosen; then the copy and the letter are written, and stay where the clerk can find them."""

    def __init__(self, session: FileSession, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Send to the district"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._attached = session.attachment_sizes()
        self._bare: Written | None = None
        self._sent: _Sent | None = None
        self._folder = _folder(session)
        self._sizing = Newest(session.tasks, self)
        self._make_choices()
        self._make_outcome()
        self._arrange()
        session.publish_now()
        self._measure()

    # What is chosen

    @property
    def chosen_years(self) -> tuple[int, ...]:
        return tuple(year for year, box in self.years.items() if box.isChecked())

    @property
    def _round(self) -> Round:
        return 6 if self.round.currentData() == 6 else 12

    def _contents(self) -> Contents:
        return Contents(self.chosen_years, attached=self.with_files.isChecked())

    def _measure(self) -> None:
        """Find out how large the copy would be without its attached files; the sizes of those are known."""
        self._bare = None
        if self.chosen_years:
            contents = Contents(self.chosen_years, attached=False)
            self._sizing.ask(lambda: _measured(self._session, contents), self._measured, self._refused)
        self._follow()

    def _measured(self, written: Written) -> None:
        self._bare = written
        self._follow()

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        messages.show_error(self, error)

    def _follow(self) -> None:
        """Say the sizes, the name and where it will be, and whether that can be mailed."""
        files_size = self._files_size()
        bare = None if self._bare is None else self._bare.size
        self.with_files.setText(_("&With the attached files") + _sized(bare, files_size))
        self.without_files.setText(_("With&out them, only their names") + _sized(bare, 0))
        total = (bare or 0) + (files_size if self.with_files.isChecked() else 0)
        self.warning.setText(
            display(
                _(
                    "{size} can hardly be mailed: many mail servers take no more than {limit}. Leave the attached files"
                    " out, or hand the file over on a stick."
                ).format(size=size_words(total), limit=size_words(MAIL_LIMIT))
            )
        )
        self.warning.setVisible(total > MAIL_LIMIT)
        self.place.setText(str(self._folder / self._name()) if self._bare else "…")
        self.place.setToolTip(self.place.text())
        for button in (self.send, self.only_copy):
            button.setEnabled(self._bare is not None)

    def _files_size(self) -> int:
        shas = sending.attached_files(self._session.snapshot, self.chosen_years)
        return sum(self._attached.get(sha, 0) for sha in shas)

    def _attached_in_all(self) -> bool:
        return bool(sending.attached_files(self._session.snapshot, self.years))

    def _name(self) -> str:
        revision = 0 if self._bare is None else self._bare.revision
        office = self._session.snapshot.office
        return sending.file_name(office, self.chosen_years, self._round, revision)

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, _("Where to put the copy"), str(self._folder.parent))
        if name:
            self._folder = Path(name)
            self._follow()

    # What is done

    def make_letter(self) -> None:
        """Write copy and letter, and open the letter in the mail program."""
        if self._write():
            self.open_letter()

    def make_copy(self) -> None:
        """Write copy and letter, to be handed over in another way."""
        if self._write():
            self.open_folder()

    def _write(self) -> bool:
        try:
            with files.busy():
                self._sent = self._written()
        except UserError as error:
            messages.show_error(self, error)
            return False
        self._note(self._sent)
        self._show_outcome(self._sent)
        self._measure()
        return True

    def _written(self) -> _Sent:
        session, path = self._session, self._folder / self._name()
        _made(self._folder)
        written = session.pack(path, self._contents())
        copy = Copy(
            self.chosen_years, self._round, self.with_files.isChecked(), path.name, written.revision, written.seal,
            size_words(written.size),
        )  # fmt: skip
        content = session.snapshot
        to = _address(self.to.text())
        letter = path.with_suffix(".eml")
        text = sending.letter(content, copy)
        data = mail.draft(to, sending.subject(content, copy), text, path.name, whole_file.read(path))
        whole_file.write(letter, data)
        return _Sent(copy, path, letter)

    def _note(self, sent: _Sent) -> None:
        """A file that is open for looking only is sent without a note."""
        if not self._session.read_only:
            self._session.edit(
                _(SENT),
                send_operations.record_sending,
                sent.copy, sent.path, _address(self.to.text()), getpass.getuser(), dt.datetime.now(),
            )  # fmt: skip

    def open_letter(self) -> None:
        """In the mail program; where none takes letters with attachments, without it, and the folder beside it."""
        if self._sent and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._sent.letter))):
            self.open_plain_letter()

    def open_plain_letter(self) -> None:
        """A letter without its attachment, in the mail program or web mail, and the folder to take the file from."""
        if self._sent is None:
            return
        content, copy = self._session.snapshot, self._sent.copy
        text = sending.letter(content, copy)[:_MAILTO_TEXT]
        QDesktopServices.openUrl(
            QUrl(
                f"mailto:{quote(_address(self.to.text()), safe='@')}"
                f"?subject={quote(sending.subject(content, copy))}&body={quote(text)}"
            )
        )
        self.open_folder()
        messages.toast(self, _("Drag the file from the folder into the letter."))

    def open_folder(self) -> None:
        if self._sent is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._sent.path.parent)))

    def _show_outcome(self, sent: _Sent) -> None:
        text = _("Written: {name} ({size}), seal code {code}")
        code = short_code(sent.copy.seal)
        self.outcome.setText(text.format(name=sent.copy.name, size=sent.copy.size, code=code))
        self.after.setVisible(True)
        self._say_last()
        self.close_button.setText(_("C&lose"))

    def _say_last(self) -> None:
        sendings = self._session.snapshot.children(Sending)
        self.last.setText(display(self._last_words(sendings[-1]) if sendings else _("Not sent yet.")))

    def _last_words(self, row: Sending) -> str:
        count = self._session.read(lambda database: send_operations.changed_since(database, row))
        since = (
            _("{count} entries changed since").format(count=count) if count else _("nothing changed since")
        )
        text = _("Last sent {date} (r{revision}) · {since}")
        return text.format(date=thai.short_date(row.sent_at.date()), revision=row.revision, since=since)

    # Building

    def _make_choices(self) -> None:
        session, content = self._session, self._session.snapshot
        sendings = content.children(Sending)
        in_hand = session.fiscal_year
        self.years = {row.year: QCheckBox(str(row.year)) for row in reversed(content.fiscal_years)}
        if in_hand is not None:
            self.years[in_hand.year].setChecked(True)
        self.round = QuietBox()
        for round_ in ROUNDS:
            self.round.addItem(_(ROUND_LABELS[round_]), round_)
        self.round.setCurrentIndex(ROUNDS.index(session.round))
        self.with_files, self.without_files = QRadioButton(), QRadioButton()
        attached = sendings[-1].attached if sendings else True
        (self.with_files if attached else self.without_files).setChecked(True)
        self.to = QLineEdit(sendings[-1].to if sendings else "")
        self.to.setPlaceholderText(_("may stay empty and be filled in in the letter"))
        self.to.setMaxLength(LINE_LIMIT)
        for box in self.years.values():
            box.toggled.connect(self._measure)
        self.round.currentIndexChanged.connect(self._follow)
        self.with_files.toggled.connect(self._follow)

    def _make_outcome(self) -> None:
        self.last, self.warning, self.outcome, self.place = QLabel(), QLabel(), QLabel(), QLabel()
        for label in (self.last, self.warning, self.outcome, self.place):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(label is not self.place)
        self.last.setStyleSheet(f"color: {theme.QUIET}")
        self.warning.setStyleSheet(f"background: {theme.WARNING_FILL}; padding: 4px 8px")
        self.outcome.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.place.setMinimumWidth(80)
        self.place.setSizePolicy(self.place.sizePolicy().Policy.Ignored, self.place.sizePolicy().Policy.Fixed)
        self.send = self._button(_("Write the le&tter"), self.make_letter)
        self.send.setDefault(True)
        self.only_copy = self._button(_("Only make the &copy"), self.make_copy)
        self.close_button = self._button(_("Cance&l"), self.reject)

    def _button(self, text: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: act())
        return button

    def _arrange(self) -> None:
        form = QFormLayout()
        form.addRow(_("Fiscal years"), _beside(self.years.values()))
        form.addRow(_("&Round"), self.round)
        form.addRow(_("Attached files"), self.with_files)
        form.addRow("", self.without_files)
        if not self._attached_in_all():
            form.setRowVisible(self.with_files, False)
            form.setRowVisible(self.without_files, False)
        form.addRow("", self.warning)
        form.addRow(_("Receiver’s &e-mail"), self.to)
        folder = self._button(_("Another &folder…"), self._choose_folder)
        form.addRow(_("File"), _beside([self.place, folder], stretch=False))
        layout = QVBoxLayout(self)
        layout.addWidget(self.last)
        layout.addLayout(form)
        layout.addStretch()
        layout.addWidget(self._made_after())
        buttons = QHBoxLayout()
        buttons.addStretch()
        for button in (self.send, self.only_copy, self.close_button):
            buttons.addWidget(button)
        layout.addLayout(buttons)
        self.setMinimumWidth(680)
        self._say_last()

    def _made_after(self) -> QWidget:
        """What is seen once the copy is there."""
        self.after = QWidget()
        self.after.setVisible(False)
        self.after.setStyleSheet(f".QWidget {{ background: {theme.INFO_FILL} }}")
        again = [
            self._button(_("Open the fol&der"), self.open_folder),
            self._button(_("Letter without attach&ment"), self.open_plain_letter),
        ]
        hint = QLabel(
            display(
                _("No letter came up? Open one without the attachment and drag the file from the folder.")
            )
        )
        hint.setWordWrap(True)
        layout = QVBoxLayout(self.after)
        layout.addWidget(self.outcome)
        layout.addWidget(hint)
        layout.addWidget(_beside(again))
        return self.after


def _measured(session: FileSession, contents: Contents) -> Written:
    with tempfile.TemporaryDirectory(prefix="itadesk-") as folder:
        return session.pack(Path(folder, "copy"), contents)


def _sized(bare: int | None, more: int) -> str:
    return "" if bare is None else f" ({size_words(bare + more)})"


def _address(text: str) -> str:
    return " ".join(text.split())


def _places(session: FileSession) -> Iterator[Path]:
    """Where copies went before, beside the office file, among the user's documents."""
    for row in reversed(session.snapshot.children(Sending)):
        if (folder := Path(row.path).parent).is_dir():
            yield folder
    name = _("To the district")
    yield session.path.parent / name
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    yield Path(documents) / name


def _folder(session: FileSession) -> Path:
    places = list(_places(session))
    return next((place for place in places if _can_be_made(place)), places[-1])


def _can_be_made(folder: Path) -> bool:
    there = folder if folder.is_dir() else folder.parent
    return there.is_dir() and os.access(there, os.W_OK)


def _made(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            _("The folder {name} cannot be made.").format(name=folder.name), _("Choose another folder.")
        ) from error


def _beside(widgets: Iterable[QWidget], *, stretch: bool = True) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        layout.addWidget(widget, int(isinstance(widget, QLabel)))
    if stretch:
        layout.addStretch()
    return row
