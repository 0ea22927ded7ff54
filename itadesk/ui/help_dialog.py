"""Help at hand: the steps of the work, the keys, and about the program."""

from collections.abc import Sequence
from html import escape

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

import itadesk
from itadesk.i18n import N_, _

STEPS = (
    (
        "",
        N_(
            "Make a new office file, or open one. The program saves by itself, as the foot of the window tells."
        ),
    ),
    (N_("Office"), N_("Fill in the address, the units and the people who sign.")),
    (N_("ITA result"), N_("Type the scores of the assessment that the measures answer.")),
    (N_("Measures"), N_("Type each measure once.")),
    (N_("Status board"), N_("Tick each measure as not started, in progress or done.")),
    (N_("Report"), N_("Choose the layout, see the paper as it will print, save it as PDF or print it.")),
    ("", N_("Report has “Send to the district”: it makes a copy of the file and a letter that carries it.")),
    (
        "",
        N_(
            "Two people typed in two copies of the file? “Merge with another copy” in File brings both together."
        ),
    ),
    (
        N_("District"),
        N_(
            "Receive the offices' files: File, Files of many offices. Drop the files on the window, look through"
            " what each of them is, then take them in."
        ),
    ),
    ("", N_("Something went wrong? Ctrl+Z takes back any step, deleted rows included.")),
    ("", N_("Changed or deleted earlier, or by somebody else? Edit has the history of changes and the bin.")),
)
"""Title of the page, if any, and what to do there."""

KEYS = (
    ("F1", N_("This help")),
    ("Ctrl+/", N_("These keys")),
    ("Ctrl+N", N_("New office file")),
    ("Ctrl+O", N_("Open a file")),
    ("Ctrl+S", N_("Save into the file now and keep a dated copy")),
    ("Ctrl+Shift+S", N_("Save a copy")),
    ("Ctrl+P", N_("Print the report")),
    ("Ctrl+Shift+E", N_("Save the report as PDF")),
    ("Ctrl+PgUp, Ctrl+PgDown", N_("Previous and next page of the report")),
    ("Ctrl++, Ctrl+-, Ctrl+0", N_("The report larger, smaller, as wide as its place")),
    ("Ctrl+Z", N_("Undo")),
    ("Ctrl+Y, Ctrl+Shift+Z", N_("Redo")),
    ("Ctrl+Shift+H", N_("History of changes")),
    ("Ctrl+F", N_("Search")),
    ("F3, Shift+F3", N_("Next and previous measure found")),
    ("Ctrl+H", N_("Find and replace")),
    ("Ctrl+Alt+1 … 5", N_("Go to a page")),
    ("Ctrl+R, F5", N_("District: take files in, load the collection anew")),
    ("F6", N_("From the table of measures to the form and back; on the board, grid or cards")),
    ("Ins, Alt+Ins", N_("Add a measure below the current one, or above it")),
    ("Ctrl+1, Ctrl+2, Ctrl+3", N_("Not started, in progress, done")),
    ("Ctrl+E", N_("Evidence of the measure")),
    ("Ctrl+Space", N_("Phrases to put into a text")),
    ("Ctrl+Shift+L", N_("Put the numbers of a text in order")),
    ("Alt+Enter", N_("A new line in a cell of the table")),
    (
        "Ctrl+Enter",
        N_("In the table: store the cell and add the next measure. In the form: store what is typed"),
    ),
    ("F4", N_("Choose units or months")),
    ("Ctrl+A", N_("Select everything")),
    ("Ctrl+C, Ctrl+X", N_("Copy cells, or cut them; whole rows are moved by cutting and pasting")),
    (
        "Ctrl+V",
        N_(
            "Paste into the cells; rows copied whole come as new measures. A table with headings, or of three and "
            "more columns while one cell is selected, is looked at first and comes as new measures"
        ),
    ),
    ("Ctrl+Shift+V", N_("Paste as new measures")),
    ("Ctrl+D", N_("Fill down what stands in the first selected row")),
    ("Delete", N_("Empty the selected cells; delete rows that are selected whole")),
    ("Ctrl+-", N_("Delete the measures of the selection")),
    ("Shift+Space", N_("Select whole rows, as a click on their numbers does")),
    ("Ctrl+Space", N_("Select whole columns")),
    ("Alt+↑, Alt+↓", N_("Move rows; rows selected whole are dragged by their numbers, too")),
    ("Ctrl+W", N_("Close the file")),
    ("Ctrl+Q", N_("Quit")),
)
PARTS = ("steps", "keys", "about")


class HelpDialog(QDialog):
    """`part`: which of PARTS is in front."""

    def __init__(self, parent: QWidget, part: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Help"))
        tabs = QTabWidget()
        tabs.addTab(_page(_steps(STEPS)), _("How to work"))
        tabs.addTab(_page(_keys(KEYS)), _("Keys"))
        tabs.addTab(_page(_about()), _("About"))
        tabs.setCurrentIndex(PARTS.index(part))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(tabs)
        layout.addWidget(buttons)
        self.resize(640, 480)


def _page(html: str) -> QWidget:
    page = QTextBrowser()
    page.setHtml(html)
    return page


def _steps(steps: Sequence[tuple[str, str]]) -> str:
    items = (f"{_bold(title)}{escape(_(what))}" for title, what in steps)
    return "<ol>" + "".join(f"<li style='margin-bottom: 8px'>{item}</li>" for item in items) + "</ol>"


def _bold(title: str) -> str:
    return f"<b>{escape(_(title))}</b>: " if title else ""


def _keys(keys: Sequence[tuple[str, str]]) -> str:
    rows = (f"<tr><td><b>{escape(key)}</b></td><td>{escape(_(what))}</td></tr>" for key, what in keys)
    return f"<table cellpadding='4'>{''.join(rows)}</table>"


def _about() -> str:
    said = (
        _("ITADesk {version}").format(version=itadesk.__version__),
        _("Integrity measures of the office: typed once, tracked, printed as the official reports"),
        _("Free software under the MIT licence. The font Sarabun is under the SIL Open Font License 1.1."),
    )
    return "".join(f"<p>{escape(text)}</p>" for text in said)
