"""Sends the very PDF of the preview to a printer."""

import shutil
import subprocess
from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage import faults
from itadesk.ui.preview import POINTS_PER_INCH, page_image, page_sizes

RESOLUTION = 300
"""Most dots per inch of a page painted for a printer; twice as many would take four times the memory."""
_LP_SECONDS = 60
_SIDES = {
    QPrinter.DuplexMode.DuplexNone: "one-sided",
    QPrinter.DuplexMode.DuplexLongSide: "two-sided-long-edge",
    QPrinter.DuplexMode.DuplexShortSide: "two-sided-short-edge",
}
"""What IPP calls printing on one side or both; the printer's own habit where the clerk chose "automatic"."""


def ask_printer(parent: QWidget, pdf: bytes, title: str) -> QPrinter | None:
    """Let the clerk choose a printer, pages and copies; None when they give up. UserError when there is no printer."""
    if not QPrinterInfo.availablePrinterNames():
        raise UserError(
            _("This computer has no printer."),
            _("Save the report as PDF instead and print the file on a computer that has one."),
        )
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile, False)
    pages = len(page_sizes(pdf))
    dialog.setMinMax(1, pages)
    dialog.setFromTo(1, pages)
    chosen = dialog.exec() == QPrintDialog.DialogCode.Accepted
    return printer if chosen else None


def has_cups() -> bool:
    """Whether this system prints PDF files by itself."""
    return shutil.which("lp") is not None


def cups_options(printer: QPrinter, title: str) -> list[str]:
    """What the clerk chose in the dialog, as options of `lp`."""
    options = ["-d", printer.printerName(), "-n", str(printer.copyCount()), "-t", title]
    if pages := printer.pageRanges().toString():
        options += ["-P", pages]
    if printer.collateCopies() and printer.copyCount() > 1:
        options += ["-o", "collate=true"]
    if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst:
        options += ["-o", "outputorder=reverse"]
    if sides := _SIDES.get(printer.duplex()):
        options += ["-o", f"sides={sides}"]
    return options


def send_to_cups(pdf: bytes, options: Sequence[str]) -> None:
    """Give the PDF itself to the print system, which prints its letters as letters. May wait; raises UserError."""
    with faults.temporary_folder() as folder:
        file = folder / "report.pdf"
        try:
            file.write_bytes(pdf)
            sent = subprocess.run(
                ["lp", *options, str(file)], capture_output=True, text=True, timeout=_LP_SECONDS, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise _not_printed(str(error)) from error
    if sent.returncode:
        raise _not_printed(sent.stderr.strip())


def paint(pdf: bytes, printer: QPrinter) -> None:
    """Paint each chosen page onto the printer's paper, edge to edge. Raises UserError."""
    painter = QPainter()
    sizes = page_sizes(pdf)
    for index in _chosen(printer, len(sizes)):
        width, height = sizes[index]
        _set_paper(printer, landscape=width > height)
        if not (printer.newPage() if painter.isActive() else painter.begin(printer)):
            raise _not_printed(printer.printerName())
        dots = min(printer.resolution(), RESOLUTION) / POINTS_PER_INCH
        image = page_image(pdf, index, QSize(round(width * dots), round(height * dots)))
        painter.drawImage(printer.paperRect(QPrinter.Unit.DevicePixel).toRect(), image)
    painter.end()


def _chosen(printer: QPrinter, count: int) -> list[int]:
    ranges = printer.pageRanges()
    return [index for index in range(count) if ranges.isEmpty() or ranges.contains(index + 1)]


def _set_paper(printer: QPrinter, *, landscape: bool) -> None:
    turned = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(turned)
    printer.setFullPage(True)


def _not_printed(reason: str) -> UserError:
    return UserError(
        _("The report was not printed: {reason}").format(reason=reason),
        _("Check that the printer is on and connected, or save the report as PDF."),
    )
