"""What a layout consists of, as a list: the form, its sections with their parts, and the texts that stand in others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QTreeWidget, QTreeWidgetItem, QWidget

from itadesk.documents import layout_edits
from itadesk.documents.layout import Layout, ParagraphPart, Part, SectionSpec, TablePart
from itadesk.documents.layout_edits import Place
from itadesk.i18n import _
from itadesk.ui import layout_settings, theme
from itadesk.ui.layout_details import Chosen
from itadesk.ui.layout_tools import tool
from itadesk.ui.row_tools import row_tools
from itadesk.ui.section import Section

Change = Callable[[Layout, Chosen], tuple[Layout, Chosen]]
"""What is done to a layout at the place chosen: the new one, and what is chosen then."""

_CHOSEN = Qt.ItemDataRole.UserRole
_INDENT = 14


@dataclass(frozen=True)
class _Row:
    """A line of the list; `chosen` "" = it is a heading that cannot be chosen."""

    text: str
    chosen: Chosen = ""
    below: "tuple[_Row, ...]" = ()


class LayoutTree(Section):
    """`chosen_changed(Chosen)` when the clerk takes something else in hand; `acted(str, Change)` when the layout is to
    be changed, with what that is called; `wording_wanted()` after a new paragraph, whose words come next."""

    chosen_changed = Signal(object)
    acted = Signal(str, object)
    wording_wanted = Signal()

    def __init__(self, *, read_only: bool) -> None:
        super().__init__(_("Parts of the form"))
        self._layout: Layout | None = None
        self._chosen: Chosen = None
        self._read_only = read_only
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setIndentation(_INDENT)
        self.tree.setAccessibleName(_("Parts of the form"))
        self.tree.currentItemChanged.connect(self._take)
        self.add = tool(self, "add", _("Add"))
        self.add.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.kinds: dict[type[Part], QAction] = {}
        self.new_section, self.memo, self.annex = (
            QAction(_("New section"), self),
            QAction(_("Office memo in front"), self),
            QAction(_("List of evidence at the end"), self),
        )
        self.add.setMenu(self._menu())
        self.remove, self.up, self.down = tools = row_tools(self.tree, self._remove, self._move)
        for button in tools:
            self.tools.addWidget(button)
        self.body.addWidget(self.tree)

    def show_layout(self, layout: Layout, chosen: Chosen) -> None:
        """Show what it consists of, `chosen` in hand; what is folded and the place looked at stay."""
        self._layout, self._chosen = layout, chosen
        blocked = self.tree.blockSignals(True)
        _fill(self.tree.invisibleRootItem(), _rows(layout))
        item = _find(self.tree.invisibleRootItem(), chosen)
        if item is not None and item is not self.tree.currentItem():
            self.tree.setCurrentItem(item)
        self.tree.blockSignals(blocked)
        self._follow()

    def tab_stops(self) -> list[QWidget]:
        """What the Tab key comes to, in its order."""
        return [self.tree, self.add, self.remove, self.up, self.down]

    def _take(self, item: QTreeWidgetItem | None) -> None:
        chosen = item.data(0, _CHOSEN).chosen if item is not None else ""
        if chosen != "":
            self._chosen = chosen
            self._follow()
            self.chosen_changed.emit(chosen)

    def _follow(self) -> None:
        """Offer what can be done with what is in hand."""
        layout, chosen = self._layout, self._chosen
        writing = layout is not None and not self._read_only
        self.add.setEnabled(writing)
        if layout is None:
            return
        place = chosen if isinstance(chosen, Place) and not layout_edits.is_fixed(layout, chosen) else None
        own = place is not None and not layout.sections[place.section].use
        for action in self.kinds.values():
            action.setEnabled(own)
        self.memo.setEnabled(not layout_edits.has_memo(layout))
        self.annex.setEnabled(not layout_edits.has_annex(layout))
        for button, step in ((self.up, -1), (self.down, 1)):
            moves = place is not None and layout_edits.moved(layout, place, step)[1] != place
            button.setEnabled(writing and moves)
        self.remove.setEnabled(writing and _without(layout, chosen)[0] != layout)

    def _add_part(self, kind: type[Part]) -> None:
        def change(layout: Layout, chosen: Chosen) -> tuple[Layout, Chosen]:
            assert isinstance(chosen, Place), "parts are added to a section"
            return layout_edits.with_new_part(layout, chosen, kind)

        before = self._layout
        self.acted.emit(_("Add to the form"), change)
        if kind is ParagraphPart and self._layout != before:
            self.wording_wanted.emit()

    def _add_section(self) -> None:
        def change(layout: Layout, chosen: Chosen) -> tuple[Layout, Chosen]:
            after = chosen.section if isinstance(chosen, Place) else len(layout.sections) - 1
            return layout_edits.with_new_section(layout, after)

        self.acted.emit(_("Add to the form"), change)

    def _add_memo(self) -> None:
        self.acted.emit(_("Add to the form"), lambda layout, _chosen: layout_edits.with_memo(layout))

    def _add_annex(self) -> None:
        self.acted.emit(_("Add to the form"), lambda layout, _chosen: layout_edits.with_annex(layout))

    def _remove(self) -> None:
        self.acted.emit(_("Delete from the form"), _without)

    def _move(self, step: int) -> None:
        def change(layout: Layout, chosen: Chosen) -> tuple[Layout, Chosen]:
            assert isinstance(chosen, Place), "only sections and parts are moved"
            return layout_edits.moved(layout, chosen, step)

        self.acted.emit(_("Move in the form"), change)

    # Building

    def _menu(self) -> QMenu:
        menu = theme.menu(self.add)
        for kind, label in layout_settings.PART_LABELS.items():
            self.kinds[kind] = menu.addAction(_(label), partial(self._add_part, kind))
        menu.addSeparator()
        for action, act in (
            (self.new_section, self._add_section),
            (self.memo, self._add_memo),
            (self.annex, self._add_annex),
        ):
            action.triggered.connect(lambda _on=False, act=act: act())
            menu.addAction(action)
        return menu


def _without(layout: Layout, chosen: Chosen) -> tuple[Layout, Chosen]:
    """The layout without what is chosen, where that may go, and what is chosen then."""
    if isinstance(chosen, str):
        changed = layout_edits.without_text(layout, chosen)
        return changed, chosen if changed == layout else None
    if chosen is None or layout_edits.is_fixed(layout, chosen):
        return layout, chosen
    changed = layout_edits.without(layout, chosen)
    return changed, layout_edits.nearest(changed, chosen)


# The lines of the list


def _rows(layout: Layout) -> tuple[_Row, ...]:
    sections = (_section_row(layout, number, item) for number, item in enumerate(layout.sections))
    texts = tuple(_Row(layout.texts[name].label, name) for name in layout_edits.inserted_texts(layout))
    rest = (_Row(_("Texts that stand in others"), below=texts),) if texts else ()
    return (_Row(_("The form itself"), None), *sections, *rest)


def _section_row(layout: Layout, number: int, section: SectionSpec) -> _Row:
    parts = (_Row(_part_label(layout, part), Place(number, at)) for at, part in enumerate(section.parts))
    return _Row(layout_settings.section_label(section, number + 1), Place(number), tuple(parts))


def _part_label(layout: Layout, part: Part) -> str:
    label = _(layout_settings.PART_LABELS[type(part)])
    if isinstance(part, ParagraphPart):
        return _("Paragraph: {text}").format(text=layout.texts[part.text].label)
    if isinstance(part, TablePart):
        return _("Table of {count} columns").format(count=len(part.columns))
    return label


def _fill(parent: QTreeWidgetItem, rows: Sequence[_Row]) -> None:
    """Let the item have just these rows below it; items that stay are only worded anew."""
    for item in _below(parent)[len(rows) :]:
        parent.removeChild(item)
    while parent.childCount() < len(rows):
        item = QTreeWidgetItem(parent)
        item.setExpanded(True)
    for item, row in zip(_below(parent), rows, strict=True):
        if item.data(0, _CHOSEN) != row:
            _word(item, row)
        _fill(item, row.below)


def _word(item: QTreeWidgetItem, row: _Row) -> None:
    item.setText(0, row.text)
    item.setToolTip(0, f"<p>{escape(row.text)}</p>")  # so that it is not taken for markup
    item.setData(0, _CHOSEN, row)
    flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
    item.setFlags(flags if row.chosen != "" else Qt.ItemFlag.ItemIsEnabled)
    font = item.font(0)
    font.setBold(item.parent() is None)
    item.setFont(0, font)


def _find(parent: QTreeWidgetItem, chosen: Chosen) -> QTreeWidgetItem | None:
    for item in _below(parent):
        if item.data(0, _CHOSEN).chosen == chosen:
            return item
        if (found := _find(item, chosen)) is not None:
            return found
    return None


def _below(parent: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    return [item for at in range(parent.childCount()) if (item := parent.child(at)) is not None]
