"""Offers to begin the 12-month round from the 6-month one while it is in hand and says nothing yet."""

from itadesk.domain.open_round import is_untouched
from itadesk.domain.snapshot import ChangeSet, Snapshot
from itadesk.i18n import _
from itadesk.ui.banners import Banners
from itadesk.ui.session import FileSession

_NAME = "round"


class RoundOffer(Banners):
    """Follows the session; who puts the offer off is not asked again for that year."""

    def __init__(self, session: FileSession) -> None:
        super().__init__()
        self._session = session
        self._put_off: set[str] = set()
        session.changed.connect(self._changed)
        session.place_changed.connect(self._follow)
        self._follow()

    def begin(self) -> None:
        """Ask what is taken over."""
        from itadesk.ui.round_dialog import RoundDialog

        if (year := self._session.fiscal_year) is not None:
            RoundDialog(self._session, year, self.window()).open()

    def _changed(self, snapshot: Snapshot, changes: ChangeSet) -> None:
        if changes.tables() & {"measure", "progress"}:
            self._follow()

    def _follow(self) -> None:
        if not self._is_due():
            self.take(_NAME)
        elif _NAME not in self.shown:
            self.put(
                _NAME,
                "info",
                _("The 12-month round says nothing yet. It can begin with what the 6-month round says."),
                [(_("Begin from the 6-month round…"), self.begin), (_("Later"), self._put_it_off)],
            )

    def _is_due(self) -> bool:
        session, year = self._session, self._session.fiscal_year
        if session.read_only or session.round != 12 or year is None or year.id in self._put_off:
            return False
        return is_untouched(session.snapshot, year.id)

    def _put_it_off(self) -> None:
        if (year := self._session.fiscal_year) is not None:
            self._put_off.add(year.id)
        self._follow()
