"""All links of the fiscal year in hand into the clipboard, ready for the fields of ITAS, for Word and for Excel."""

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication, QWidget

from itadesk.documents.layouts import layouts
from itadesk.exchange import itas_links
from itadesk.i18n import _
from itadesk.ui import messages
from itadesk.ui.session import FileSession


def copy_links(session: FileSession, window: QWidget) -> None:
    """Copy them and say how many there are; without any the clipboard keeps what it has."""
    year = session.fiscal_year
    if year is None:
        return
    titles = {layout.name: layout.title for layout in layouts(session.snapshot)}
    found = itas_links.gather(session.snapshot, year, titles)
    if not found.count:
        messages.toast(window, _("There are no links in fiscal year {year} yet.").format(year=year.year))
        return
    data = QMimeData()
    data.setText(itas_links.as_text(found))
    data.setHtml(itas_links.as_html(found))
    QApplication.clipboard().setMimeData(data)
    told = _("Copied {count} links of fiscal year {year}: {published} of reports, {proofs} of measures.")
    messages.toast(
        window,
        told.format(
            count=found.count, year=year.year, published=len(found.published), proofs=len(found.proofs)
        ),
    )
