"""The preview and the printer show the PDF they are given."""

import io
import os
import sys
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QPageRanges, QWheelEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from reportlab.pdfgen.canvas import Canvas

from itadesk.errors import UserError
from itadesk.ui import printing
from itadesk.ui.preview import Preview, page_image, page_sizes

A4 = (595.28, 841.89)
TURNED = (841.89, 595.28)


def pdf(*pages: tuple[float, float]) -> bytes:
    """A PDF with a black block in the upper left quarter of each page."""
    file = io.BytesIO()
    canvas: Any = Canvas(file, pageCompression=0)
    for number, (width, height) in enumerate(pages, 1):
        canvas.setPageSize((width, height))
        canvas.rect(0, height / 2, width / 2, height / 2, stroke=0, fill=1)
        canvas.drawString(width * 0.7, 100, f"page {number}")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


@pytest.fixture
def preview(qtbot):
    widget = Preview()
    widget.resize(500, 400)
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def test_nothing_to_show_is_no_page(preview):
    assert (preview.page, preview.page_count) == (0, 0)


def test_the_width_is_fitted_and_kept_when_the_window_changes(qtbot, preview):
    preview.show_pdf(pdf(A4, A4))
    assert preview.horizontalScrollBar().maximum() == 0
    before = preview.zoom
    preview.resize(800, 400)
    assert preview.fits_width
    assert preview.zoom > before * 1.5
    assert preview.horizontalScrollBar().maximum() == 0


def test_the_page_in_sight_is_the_pages_own_picture(preview):
    preview.show_pdf(pdf(A4))
    preview.fit_width()
    picture = preview.viewport().grab().toImage()
    ratio = picture.devicePixelRatio()

    def lightness(x: int, y: int) -> int:
        return picture.pixelColor(round(x * ratio), round(y * ratio)).lightness()

    middle = preview.viewport().width() // 2
    assert lightness(middle - 40, 60) == 0
    assert lightness(middle + 40, 60) == 255


def test_pages_are_counted_while_scrolling(preview):
    preview.show_pdf(pdf(*[A4] * 5))
    assert (preview.page, preview.page_count) == (1, 5)
    preview.go_to(3)
    assert preview.page == 3
    preview.go_to(99)
    assert preview.page == 5
    preview.go_to(0)
    assert preview.page == 1


def test_home_and_end_lead_to_the_first_and_last_page(qtbot, preview):
    preview.show_pdf(pdf(*[A4] * 3))
    qtbot.keyClick(preview, Qt.Key.Key_End)
    assert preview.page == 3
    qtbot.keyClick(preview, Qt.Key.Key_Home)
    assert preview.page == 1


def test_another_pdf_keeps_the_place(preview):
    preview.show_pdf(pdf(*[A4] * 4))
    preview.go_to(3)
    place = preview.verticalScrollBar().value() + 57
    preview.verticalScrollBar().setValue(place)
    preview.show_pdf(pdf(*[A4] * 6))
    assert preview.verticalScrollBar().value() == place
    preview.show_pdf(pdf(A4))
    assert preview.page == 1


def test_zooming_keeps_the_place_on_the_page(preview):
    preview.show_pdf(pdf(A4, TURNED, A4))
    preview.go_to(3)
    for _step in range(3):
        preview.zoom_in()
        assert preview.page == 3
    assert not preview.fits_width
    larger = preview.zoom
    preview.zoom_out()
    assert preview.zoom < larger
    assert preview.page == 3


def test_a_page_wider_than_the_view_can_be_moved_sideways(qtbot, preview):
    preview.show_pdf(pdf(A4))
    for _step in range(4):
        preview.zoom_in()
    bar = preview.horizontalScrollBar()
    qtbot.waitUntil(bar.isVisible)
    assert abs(bar.value() - bar.maximum() / 2) <= 1
    bar.setValue(bar.maximum())
    preview.show_pdf(pdf(A4))
    assert bar.value() == bar.maximum()
    preview.fit_width()
    qtbot.waitUntil(lambda: not bar.isVisible())


def test_the_zoom_ends_somewhere(preview):
    preview.show_pdf(pdf(A4))
    for _step in range(20):
        preview.zoom_in()
    assert preview.zoom == pytest.approx(3.0, abs=0.01)
    for _step in range(20):
        preview.zoom_out()
    assert preview.zoom == pytest.approx(0.25, abs=0.01)


def test_control_and_wheel_zoom(preview):
    preview.show_pdf(pdf(A4))
    before = preview.zoom
    at = QPointF(50, 50)
    for turn in (120, 120, -120):
        wheel = QWheelEvent(
            at, preview.viewport().mapToGlobal(at), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(preview.viewport(), wheel)
    assert preview.zoom > before


def test_a_long_report_paints_the_pages_in_sight_only(qtbot, preview):
    preview.show_pdf(pdf(*[A4] * 300))
    preview.go_to(150)
    preview.viewport().grab()
    assert 1 <= preview.painted_pages() <= 3


def printed_on(path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def test_a_printer_gets_every_page_as_it_is(tmp_path):
    source = pdf(A4, TURNED)
    printing.paint(source, printed_on(tmp_path / "paper.pdf"))
    paper = (tmp_path / "paper.pdf").read_bytes()
    sizes = [(round(width), round(height)) for width, height in page_sizes(paper)]
    assert sizes == [(595, 842), (842, 595)]
    for index in range(2):
        printed, wanted = (page_image(data, index, QSize(200, 200)) for data in (paper, source))
        for x in (0.25, 0.75):
            for y in (0.25, 0.75):
                at = QPoint(round(x * wanted.width()), round(y * wanted.height()))
                assert printed.pixelColor(at).lightness() == wanted.pixelColor(at).lightness()


def test_a_printer_gets_the_chosen_pages_only(tmp_path):
    printer = printed_on(tmp_path / "paper.pdf")
    printer.setPageRanges(QPageRanges.fromString("2-3"))
    printing.paint(pdf(*[A4] * 5), printer)
    assert len(page_sizes((tmp_path / "paper.pdf").read_bytes())) == 2


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_does_not_take_the_page_is_reported(tmp_path):
    with pytest.raises(UserError):
        printing.paint(pdf(A4), printed_on(tmp_path / "missing" / "paper.pdf"))


def test_the_print_system_is_told_what_was_chosen():
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setCopyCount(2)
    printer.setPageRanges(QPageRanges.fromString("1,3"))
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    options = printing.cups_options(printer, "บันทึกข้อความ")
    assert options[2:8] == ["-n", "2", "-t", "บันทึกข้อความ", "-P", "1,3"]
    assert options[9::2] == ["collate=true", "outputorder=reverse", "sides=one-sided"]


@pytest.fixture
def print_system(tmp_path, monkeypatch):
    """A stand-in for the system's `lp` that keeps what it is given; it refuses a printer called "broken"."""
    program = tmp_path / "lp"
    program.write_text(
        '#!/bin/sh\nfor last; do :; done\ncp "$last" "$(dirname "$0")/printed.pdf"\n'
        'echo "$@" > "$(dirname "$0")/options"\n'
        'if [ "$2" = broken ]; then echo "no such printer" >&2; exit 1; fi\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    return tmp_path


@pytest.mark.skipif(sys.platform == "win32", reason="Windows prints without lp")
def test_the_print_system_gets_the_very_pdf(print_system):
    report = pdf(A4, TURNED)
    printing.send_to_cups(report, ["-d", "office", "-t", "บันทึก"])
    assert (print_system / "printed.pdf").read_bytes() == report
    assert (print_system / "options").read_text().startswith("-d office -t บันทึก")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows prints without lp")
def test_what_the_print_system_refuses_is_told(print_system):
    with pytest.raises(UserError, match="no such printer"):
        printing.send_to_cups(pdf(A4), ["-d", "broken"])
