"""What must be known about the open file: looked at only, changed by others, work recovered, not written."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal

from itadesk.domain import template_join
from itadesk.i18n import _
from itadesk.storage import left_work
from itadesk.storage.publish import Moved, Replaced
from itadesk.ui.banners import Banners, Choice
from itadesk.ui.session import FileSession, SaveState, Saving


class FileBanners(Banners):
    """Follows the session. The signals ask for a new file: to work on a copy, to go on with the work there, to begin
    that of an office with the template that is open, for work that an ended session left, for what is left of such."""

    copy_wanted = Signal()
    elsewhere_wanted = Signal()
    office_wanted = Signal()
    rescue_wanted = Signal(object)
    salvage_wanted = Signal(object)

    def __init__(self, session: FileSession) -> None:
        super().__init__()
        self._session = session
        session.saved.connect(self._saved)
        session.changed.connect(lambda _snapshot, _changes: self._follow_name())
        self._say_how_it_was_opened()
        self._say_what_was_left()
        self._say_template()

    def _say_how_it_was_opened(self) -> None:
        if self._session.of_newer_program:
            text = _(
                "A newer version of ITADesk made this file: it is for looking only, and some of it is not shown. To"
                " change it, please update ITADesk on this computer."
            )
            self.put("newer", "locked", text, [])
        elif self._session.read_only:
            self.put(
                "read_only",
                "locked",
                _("This file is open for looking only."),
                [(_("Save a copy and work on it…"), self.copy_wanted.emit)],
            )
        if self._session.altered:
            self._put_until_seen(
                "altered",
                "warning",
                _(
                    "Another program, or a fault of the disk, changed this file after it was last saved. What it"
                    " says may not be what its office wrote: please compare it with the paper, or ask the sender."
                ),
            )
        if self._session.of_earlier_program and not self._session.read_only:
            text = _(
                "An earlier version of ITADesk made this file. Your first change gives it the present form, which that "
                "version cannot open; a copy in the old form stays among the backups."
            )
            self._put_until_seen("earlier", "info", text)
        if (recovered := self._session.recovered) is not None:
            text = _("{count} changes that had not yet reached the file came back.")
            if recovered.broken:
                text = _(
                    "{count} changes that had not yet reached the file came back. What was entered after them cannot be"
                    " read any more: please look through what you entered last."
                )
            icon = "warning" if recovered.broken else "info"
            self._put_until_seen("recovered", icon, text.format(count=recovered.changes))

    def _say_what_was_left(self) -> None:
        """Work on this document that did not come back with it: whoever opens it by its name sees no start page."""
        for work in left_work.unpublished_work(self._session.uuid)[:1]:
            text = _(
                "{count} changes to this file of {when} are kept on this computer and are not in it: it has been"
                " changed since, or is a copy. The start page offers them too."
            ).format(count=work.changes, when=work.changed_at.strftime("%d/%m %H:%M"))
            keep: Choice = (_("Save them as a file…"), partial(self.rescue_wanted.emit, work))
            self._put_until_seen("left", "warning", text, [keep])
        for damaged in left_work.damaged(self._session.uuid):
            text = _(
                "Changes to this file that had not yet reached it are damaged on this computer and did not come"
                " back. The file is as it was last saved; what can still be read can be saved as a file of its own."
            )
            salvage: Choice = (_("Save what can be read…"), partial(self.salvage_wanted.emit, damaged))
            seen: Choice = (_("Understood"), partial(self._forget, damaged))
            self.put("damaged", "warning", text, [salvage, seen])

    def _forget(self, damaged: Path) -> None:
        left_work.was_told(damaged)
        self.take("damaged")

    def _say_template(self) -> None:
        """Filled in as it is, every office's file would be one and the same to the district."""
        content = self._session.snapshot
        if not content.office.full_name and template_join.year_of(content) is not None:
            text = _("This is a template: it names no office. An office begins a file of its own with it.")
            self.put("template", "info", text, [(_("&Begin an office’s file…"), self.office_wanted.emit)])

    def _follow_name(self) -> None:
        if self._session.snapshot.office.full_name:
            self.take("template")

    def _put_until_seen(self, name: str, icon: str, text: str, ways: Sequence[Choice] = ()) -> None:
        self.put(name, icon, text, [*ways, (_("Understood"), lambda: self.take(name))])

    def _saved(self, state: SaveState) -> None:
        if state.trouble is not None:
            text = f"{state.trouble.message} {state.trouble.advice}"
            elsewhere: Choice = (_("Save elsewhere…"), self.elsewhere_wanted.emit)
            self.put("trouble", "warning", text, [*self._ways_out(state), elsewhere])
        elif state.saving is Saving.SAVED:
            self.take("trouble")

    def _ways_out(self, state: SaveState) -> list[Choice]:
        match state.trouble:
            case Moved():
                return [(_("Write it here again"), self._session.overwrite)]
            case Replaced():
                return [
                    (_("See the differences…"), self._show_differences),
                    (_("Write over it"), self._session.overwrite),
                ]
            case _other:
                return [(_("Try again"), self._session.publish_now)]

    def _show_differences(self) -> None:
        from itadesk.ui.differences_dialog import DifferencesDialog

        DifferencesDialog(self.window(), self._session).open()
