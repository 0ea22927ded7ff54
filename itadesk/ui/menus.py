"""The menu bar: what can be done, with its keys; it offers only what works at the moment."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from itadesk import i18n
from itadesk.i18n import _
from itadesk.ui import preferences, theme
from itadesk.ui.edit_menu import EditMenu
from itadesk.ui.pages import PAGES
from itadesk.ui.report_kinds import KINDS

if TYPE_CHECKING:
    from itadesk.ui.window_content import WindowContent
    from itadesk.ui.work_area import WorkArea

LANGUAGE_NAMES = {"th": "ไทย (Thai)", "en": "English (อังกฤษ)"}
"""Each in both languages, so that nobody is lost in the wrong one."""

MOST_RECENT = 5
"""So many of the recent files stand in the menu; the start page has them all."""


class Menus(QObject):
    """Entries that need an open file are dark without one; `follow` fits them to the page in front."""

    def __init__(self, content: "WindowContent") -> None:
        super().__init__(content)
        self._content = content
        self._bar = content.window.menuBar()
        theme.show_whole(self._bar)
        self._needs_file: list[QAction] = []
        self._needs_writing: list[QAction] = []
        self.pages = QActionGroup(self)
        self._fill_file_menu()
        self._fill_edit_menu()
        self._fill_view_menu()
        self.items = self._bar.addMenu(_("&Items"))
        self._fill_report_menu()
        self._fill_tools_menu()
        self._fill_help_menu()
        self.follow()

    def follow(self) -> None:
        """After a file was opened or closed, or another page came to the front."""
        area = self._content.area
        writing = area is not None and not area.session.read_only
        for action in self._needs_file:
            action.setEnabled(area is not None)
        for action in self._needs_writing:
            action.setEnabled(writing)
        page = self._content.front
        self.close_file.setEnabled(page is not None)
        page_actions = [] if page is None else getattr(page, "page_actions", [])
        self.items.clear()
        self.items.addActions(page_actions)
        self.items.menuAction().setVisible(bool(page_actions))
        if area is not None:
            self.pages.actions()[area.tabs.currentIndex()].setChecked(True)
        self.columns.menuAction().setEnabled(hasattr(self._page(), "fill_columns"))
        self.name_steps()

    def name_steps(self) -> None:
        """Undo and redo say what they would undo and redo."""
        area = self._content.area
        stack = None if area is None else area.session.undo_stack
        undo, redo = (stack.undoText(), stack.redoText()) if stack else ("", "")
        self.undo.setText(_("&Undo {what}").format(what=undo) if undo else _("&Undo"))
        self.undo.setEnabled(bool(undo))
        self.redo.setText(_("&Redo {what}").format(what=redo) if redo else _("&Redo"))
        self.redo.setEnabled(bool(redo))
        self.back.setEnabled(area is not None and area.session.changed_since_opening)

    def _fill_file_menu(self) -> None:
        content, menu = self._content, self._bar.addMenu(_("&File"))
        self._add(menu, _("&New office file…"), content.new_file, "Ctrl+N")
        self._add(menu, _("&Open a file…"), content.choose_file, "Ctrl+O")
        self.recent = menu.addMenu(_("&Recent files"))
        self.recent.aboutToShow.connect(self._offer_recent)
        self._add(menu, _("Look at the &example"), content.open_example)
        self._fill_collection_menu(menu.addMenu(_("Files of many offices (&district)")))
        merge = self._of_area(lambda area: area.import_measures())
        copies = self._of_area(lambda area: area.join_copy())
        self._needs_writing += [
            self._add(menu, _("&Import measures…"), merge),
            self._add(menu, _("Mer&ge with another copy…"), copies),
        ]
        self._needs_file += [
            self._add(
                menu, _("&Measures as an Excel file…"), self._of_area(lambda area: area.export_measures())
            ),
            self._add(
                menu, _("Empty &table to fill in…"), self._of_area(lambda area: area.export_template())
            ),
        ]
        menu.addSeparator()
        self._needs_writing.append(self._add(menu, _("&Save into the file now"), content.save, "Ctrl+S"))
        self._needs_file += [
            self._add(menu, _("Save a &copy…"), content.save_copy, "Ctrl+Shift+S"),
        ]
        self.close_file = self._add(menu, _("Close the &file"), content.close_file, "Ctrl+W")
        menu.addSeparator()
        self._add(menu, _("&Backups…"), content.show_backups)
        menu.addSeparator()
        self._add(menu, _("&Quit"), content.window.close, "Ctrl+Q")

    def _fill_collection_menu(self, menu: QMenu) -> None:
        collection = self._content.collection
        self._add(menu, _("&New collection…"), collection.make_new)
        self._add(menu, _("&Open a collection…"), collection.choose)
        self._add(menu, _("Connect to a &database…"), collection.connect_to_database)

    def _offer_recent(self) -> None:
        self.recent.clear()
        for name in preferences.load().recent[:MOST_RECENT]:
            path = Path(name)
            self.recent.addAction(path.stem.replace("&", "&&"), partial(self._content.open_path, path))

    def _fill_edit_menu(self) -> None:
        menu = self._bar.addMenu(_("&Edit"))
        self.undo = self._add(menu, "", self._of_area(lambda area: area.undo()), "Ctrl+Z")
        self.redo = self._add(menu, "", self._of_area(lambda area: area.redo()), "Ctrl+Y", "Ctrl+Shift+Z")
        self.back = self._add(
            menu, _("&Back to how it was when opened"), self._of_area(lambda area: area.go_back())
        )
        menu.addSeparator()
        self.edit = EditMenu(menu, lambda: getattr(self._page(), "edit_actions", {}))
        menu.addSeparator()
        find = self._of_area(lambda area: area.find_and_replace())
        self._needs_writing.append(self._add(menu, _("&Find and replace…"), find, "Ctrl+H"))
        menu.addSeparator()
        self._needs_file += [
            self._add(menu, _("&History…"), self._of_area(lambda area: area.show_history()), "Ctrl+Shift+H"),
            self._add(menu, _("B&in…"), self._of_area(lambda area: area.show_bin())),
        ]
        menu.addSeparator()
        self._needs_writing += [
            self._add(
                menu, _("&Add a fiscal year…"), self._of_area(lambda area: area.place_bar.add_fiscal_year())
            ),
            self._add(menu, _("Begin the 12-&month round…"), self._of_area(lambda area: area.begin_round())),
            self._add(
                menu,
                _("&Delete this fiscal year"),
                self._of_area(lambda area: area.place_bar.delete_fiscal_year()),
            ),
        ]

    def _fill_view_menu(self) -> None:
        menu = self._bar.addMenu(_("&View"))
        for number, entry in enumerate(PAGES, 1):
            action = self._add(
                menu, _(entry.title), partial(self._show_page, entry.name), f"Ctrl+Alt+{number}"
            )
            action.setCheckable(True)
            self.pages.addAction(action)
            self._needs_file.append(action)
        menu.addSeparator()
        self.columns = menu.addMenu(_("&Columns of the table"))
        self.columns.aboutToShow.connect(self._offer_columns)
        languages = menu.addMenu(_("&Language (ภาษา)"))
        for language in i18n.LANGUAGES:
            action = self._add(
                languages, LANGUAGE_NAMES[language], partial(self._content.window.change_language, language)
            )
            action.setCheckable(True)
            action.setChecked(language == i18n.language())

    def _page(self) -> QWidget | None:
        return self._content.front

    def _offer_columns(self) -> None:
        self.columns.clear()
        if (fill := getattr(self._page(), "fill_columns", None)) is not None:
            fill(self.columns)

    def _fill_report_menu(self) -> None:
        menu = self._bar.addMenu(_("&Report"))
        self._needs_file += [
            self._add(menu, _("&Show the report"), lambda: self._show_page("report")),
            self._add(menu, _("&Print…"), self._of_area(lambda area: area.print_report()), "Ctrl+P"),
        ]
        menu.addSeparator()
        for name, text in KINDS.items():
            action = self._add(menu, _(text), self._of_area(lambda area, name=name: area.save_report(name)))
            self._needs_file.append(action)
        menu.addSeparator()
        copy = self._of_area(lambda area: area.copy_links())
        self._needs_file.append(self._add(menu, _("Copy all links for &ITAS"), copy))
        copy = self._of_area(lambda area: area.copy_summary())
        self._needs_file.append(self._add(menu, _("Copy a summary for &LINE"), copy))
        menu.addSeparator()
        send = self._of_area(lambda area: area.send())
        self._needs_file.append(self._add(menu, _("Send to the dist&rict…"), send))

    def _fill_tools_menu(self) -> None:
        menu = self._bar.addMenu(_("&Tools"))
        self._add(menu, _("&Check a file…"), self._content.check_file)
        menu.addSeparator()
        receive = self._of_area(lambda area: area.receive_template())
        self._needs_writing.append(self._add(menu, _("&Receive a template of the district…"), receive))
        make = self._of_area(lambda area: area.make_template())
        self._needs_file.append(self._add(menu, _("Make a &template file…"), make))

    def _fill_help_menu(self) -> None:
        menu = self._bar.addMenu(_("&Help"))
        self._add(menu, _("&How to work with ITADesk"), lambda: self._help("steps"), "F1")
        self._add(menu, _("&Keys"), lambda: self._help("keys"), "Ctrl+/")
        menu.addSeparator()
        self._add(menu, _("&About ITADesk"), lambda: self._help("about"))

    def _help(self, part: str) -> None:
        from itadesk.ui.help_dialog import HelpDialog

        HelpDialog(self._content.window, part).open()

    def _of_area(self, act: "Callable[[WorkArea], object]") -> Callable[[], None]:
        """What an entry does with the open file; nothing without one, where its key would still arrive."""

        def do() -> None:
            if self._content.area is not None:
                act(self._content.area)

        return do

    def _show_page(self, name: str) -> None:
        if self._content.area is not None:
            self._content.area.show_page(name)

    def _add(self, menu: QMenu, text: str, act: Callable[[], object], *keys: str) -> QAction:
        action = QAction(text, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.triggered.connect(lambda: act())
        menu.addAction(action)
        return action
