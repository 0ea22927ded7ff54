"""Makes the copy of the file for the district and a letter with it, and opens that in the clerk's mail program."""

import datetime as dt
import getpass
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from itadesk.domain import sending, thai
from itadesk.domain.fields import LINE_LIMIT, ROUND_LABELS
from itadesk.domain.model import ROUNDS, Round, Sending
from itadesk.domain.sending import MAIL_LIMIT
from itadesk.domain.short_code import short_code
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage import send_operations
from itadesk.storage.package import Contents
from itadesk.storage.publish import Written
from itadesk.ui import messages, patience, send_files, theme
from itadesk.ui.buttons import text_button
from itadesk.ui.new_files import size_words
from itadesk.ui.newest import Newest
from itadesk.ui.quiet_box import QuietBox
from itadesk.ui.report_kinds import SENT
from itadesk.ui.send_files import Sent
from itadesk.ui.session import FileSession
from itadesk.ui.thai_text import display


class SendDialog(QDialog):
    """What goes along is chosen; then the copy and the letter are written, and stay where the clerk can find them."""

    def __init__(self, session: FileSession, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Send to the district"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._attached = session.attachment_sizes()
        self._bare: Written | None = None
        self._sent: Sent | None = None
        self._folder = send_files.folder_for(session)
        self._sizing = Newest(session.tasks, self)
        self._make_choices()
        self._make_outcome()
        self._arrange()
        session.publish_now()
        self._measure()

    def event(self, event: QEvent) -> bool:
        """Grows with what comes up: lines that are wrapped would else be squeezed together."""
        if event.type() != QEvent.Type.LayoutRequest:
            return super().event(event)
        done, layout = super().event(event), self.layout()
        needed = 0 if layout is None else layout.totalHeightForWidth(self.width())
        if needed > self.height():
            self.resize(self.width(), needed)
        return done

    # What is chosen

    @property
    def chosen_years(self) -> tuple[int, ...]:
        return tuple(year for year, box in self.years.items() if box.isChecked())

    @property
    def _round(self) -> Round:
        return 6 if self.round.currentData() == 6 else 12

    def _measure(self) -> None:
        """Find out how large the copy would be without its attached files; the sizes of those are known."""
        self._bare = None
        if self.chosen_years:
            contents = Contents(self.chosen_years, attached=False)
            self._sizing.ask(
                lambda: send_files.measured(self._session, contents), self._measured, self._refused
            )
        self._follow()

    def _measured(self, written: Written) -> None:
        self._bare = written if self.chosen_years else None
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
        session, path, to = self._session, self._folder / self._name(), _address(self.to.text())
        years, round_, attached = self.chosen_years, self._round, self.with_files.isChecked()
        try:
            self._sent = sent = patience.wait(
                self,
                _("Making {name}…").format(name=path.name),
                lambda _watch: send_files.write(session, path, years, round_, to, attached=attached),
            )
        except UserError as error:
            messages.show_error(self, error)
            return False
        except patience.GivenUp:
            return False
        self._note(sent)
        self._show_outcome(sent)
        self._measure()
        return True

    def _note(self, sent: Sent) -> None:
        """A file that is open for looking only is sent without a note."""
        if not self._session.read_only:
            told = (sent.copy, sent.path, sent.to, getpass.getuser(), dt.datetime.now())
            self._session.edit(_(SENT), send_operations.record_sending, *told)

    def open_letter(self) -> None:
        """In the mail program; where none takes letters with attachments, without it, and the folder beside it."""
        if self._sent is not None and not send_files.open_letter(self._sent):
            self.open_plain_letter()

    def open_plain_letter(self) -> None:
        if self._sent is None:
            return
        if send_files.open_plain_letter(self._sent, self._session.snapshot):
            messages.toast(self, _("Drag the file from the folder into the letter."))
        else:
            advice = _(
                "Write in your web mail: attach {name} from the folder that has come up. The text of the letter was "
                "copied; Ctrl+V puts it in."
            ).format(name=self._sent.copy.name)
            messages.show_error(self, UserError(_("This computer has no mail program."), advice))

    def open_folder(self) -> None:
        if self._sent is not None:
            send_files.open_folder(self._sent)

    def _show_outcome(self, sent: Sent) -> None:
        text = _("Written: {name} ({size}), seal code {code}")
        code = short_code(sent.copy.seal)
        self.outcome.setText(text.format(name=sent.copy.name, size=sent.copy.size, code=code))
        self.after.setVisible(True)
        self._say_last()
        self.close_button.setText(_("C&lose"))

    def show_sendings(self) -> None:
        """All that was sent so far."""
        from itadesk.ui.sendings_dialog import SendingsDialog

        SendingsDialog(self._session.snapshot.children(Sending), self).open()

    def _say_last(self) -> None:
        sendings = self._session.snapshot.children(Sending)
        self.earlier.setVisible(bool(sendings))
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
        self.earlier = text_button(_("All that was &sent…"), self.show_sendings)
        self.send = text_button(_("Write the le&tter"), self.make_letter)
        self.send.setDefault(True)
        self.only_copy = text_button(_("Only make the &copy"), self.make_copy)
        self.close_button = text_button(_("Cance&l"), self.reject)

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
        folder = text_button(_("Another &folder…"), self._choose_folder)
        form.addRow(_("File"), _beside([self.place, folder], stretch=False))
        layout = QVBoxLayout(self)
        layout.addWidget(_beside([self.last, self.earlier], stretch=False))
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
            text_button(_("Open the fol&der"), self.open_folder),
            text_button(_("Letter without attach&ment"), self.open_plain_letter),
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


def _sized(bare: int | None, more: int) -> str:
    return "" if bare is None else f" ({size_words(bare + more)})"


def _address(text: str) -> str:
    return " ".join(text.split())


def _beside(widgets: Iterable[QWidget], *, stretch: bool = True) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        layout.addWidget(widget, int(isinstance(widget, QLabel)))
    if stretch:
        layout.addStretch()
    return row
