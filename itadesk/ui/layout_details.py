"""What can be set of the thing chosen in a layout: the form itself, a section, a part, a text."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from itadesk.documents import layout_edits
from itadesk.documents.layout import (
    Layout,
    ListPart,
    LogoPart,
    MemoHeadPart,
    ParagraphPart,
    SignaturesPart,
    SpacePart,
    TablePart,
)
from itadesk.documents.layout_edits import Place
from itadesk.i18n import _
from itadesk.ui import layout_settings, thai_text, theme
from itadesk.ui.field_words import FieldWords
from itadesk.ui.layout_form import Refused, SettingsForm
from itadesk.ui.layout_items import COLUMNS, HEAD_LINES, Items, ItemsEditor
from itadesk.ui.layout_tools import set_tab_order
from itadesk.ui.layout_values import Setting
from itadesk.ui.wording_editor import WordingEditor

Chosen = Place | str | None
"""A section or part by its place, a text by its name, or None: the form itself."""

Store = Callable[[Layout, str], None]
"""Stores another version of the layout; the text says what was changed. UserError when it cannot be."""


class LayoutDetails(QScrollArea):
    """Shows the page of what is chosen. What is typed goes to `store`; why it is refused stands at its input.

    `drafted`: the layout as it would be with the running text being typed, None when that is stored or refused.
    `own_wanted()`: a section that was taken from the memo is to become the layout's own.
    """

    drafted = Signal(object)
    own_wanted = Signal()

    def __init__(self, store: Store, *, read_only: bool) -> None:
        super().__init__()
        self._store = store
        self._read_only = read_only
        self._layout: Layout | None = None
        self._chosen: Chosen = None
        self._age = 0
        self._pages: dict[str, _Page] = {}
        self._page: _Page | None = None
        self.heading = QLabel()
        self.note = QLabel()
        self.make_own = QPushButton(_("Make this page the form's own"))
        self._arrange()

    def show_chosen(self, layout: Layout, chosen: Chosen) -> None:
        """Show what holds of it. Of the same one, texts being typed and the place looked at stay."""
        another = chosen != self._chosen or self._layout is None
        self._layout, self._chosen = layout, chosen
        kind = _kind(layout, chosen)
        self.heading.setText(thai_text.display(_heading(layout, chosen)))
        self.note.setText(thai_text.display(_note(layout, chosen)))
        self.note.setVisible(bool(self.note.text()))
        self.make_own.setVisible(isinstance(chosen, Place) and bool(layout.sections[chosen.section].use))
        self._turn_to(kind)
        assert self._page is not None
        self._page.show_chosen((self._age, chosen), layout, chosen)
        if another:
            self.verticalScrollBar().setValue(0)
        else:
            QTimer.singleShot(0, self, self._keep_focus_in_view)

    def renew(self) -> None:
        """What comes next may be something else in the same place: texts that were refused are forgotten."""
        self._age += 1

    def commit(self) -> None:
        """Store what is being typed."""
        if self._page is not None:
            self._page.commit()

    def refused(self) -> Refused | None:
        """A text of the page shown that could not be stored."""
        return next((refused for block in self.blocks() if (refused := block.refused())), None)

    @property
    def item(self) -> int:
        """Which of the small things of the part is in hand, a column of a table say; 0 without any."""
        return next((block.chosen for block in self.blocks() if isinstance(block, ItemsEditor)), 0)

    def choose_item(self, at: int) -> None:
        """Take one of the small things of the part in hand."""
        for block in self.blocks():
            if isinstance(block, ItemsEditor):
                block.choose(at)

    def write(self) -> None:
        """Let the clerk type the wording of what is chosen."""
        for block in self.blocks():
            if isinstance(block, SettingsForm) and isinstance(
                editor := block.editors.get("default"), WordingEditor
            ):
                editor.write()

    def blocks(self) -> "list[SettingsForm | ItemsEditor]":
        """The forms of the page shown, from top to bottom."""
        return [] if self._page is None else self._page.blocks

    def _arrange(self) -> None:
        font = self.heading.font()
        font.setBold(True)
        self.heading.setFont(font)
        for label in (self.heading, self.note):
            label.setTextFormat(Qt.TextFormat.PlainText)  # a form may come from anywhere
        self.note.setWordWrap(True)
        self.note.setStyleSheet(f"color: {theme.QUIET}")
        self.make_own.setAutoDefault(False)
        self.make_own.setEnabled(not self._read_only)
        self.make_own.clicked.connect(lambda: self.own_wanted.emit())
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(4, 0, 8, 4)
        for widget in (self.heading, self.note, self.make_own):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _keep_focus_in_view(self) -> None:
        """What stands above the input in hand may have grown."""
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            self.ensureWidgetVisible(focus, 0, 8)

    def _turn_to(self, kind: str) -> None:
        if kind not in self._pages:
            page = self._pages[kind] = _Page(_BLOCKS[kind], self._made, self._take, self._words)
            page.drafted.connect(self.drafted)
            page.set_read_only(self._read_only)
            self._column.insertWidget(self._column.count() - 1, page)
            set_tab_order([self.make_own, *page.tab_stops()])
        if self._page is not self._pages[kind]:
            if self._page is not None:
                self._page.hide()
            self._page = self._pages[kind]
            self._page.show()

    def _made(self, bound: "Bound", thing: Any) -> Layout:
        """The layout with another version of a thing; UserError when it could not be stored."""
        assert self._layout is not None
        return bound.put(self._layout, self._chosen, thing)

    def _take(self, bound: "Bound", thing: Any, what: str) -> None:
        self._store(self._made(bound, thing), what)

    def _words(self) -> FieldWords:
        """The fields that may stand in the text in hand."""
        assert self._layout is not None
        name = _text_name(self._layout, self._chosen)
        return FieldWords.in_layout(self._layout, layout_edits.insertable(self._layout, name))


class Bound(NamedTuple):
    """Fetches the thing that a form shows from a layout and what is chosen, and puts another version back."""

    get: Callable[[Layout, Any], Any]
    put: Callable[[Layout, Any, Any], Layout]


class _Page(QWidget):
    """Forms below each other."""

    drafted = Signal(object)

    def __init__(
        self,
        blocks: "Sequence[tuple[Bound, Sequence[Setting] | Items]]",
        made: Callable[[Bound, Any], Layout],
        take: Callable[[Bound, Any, str], None],
        words: Callable[[], FieldWords],
    ) -> None:
        super().__init__()
        self.blocks: list[SettingsForm | ItemsEditor] = []
        self._bounds = [bound for bound, _content in blocks]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for bound, content in blocks:
            change, check = partial(take, bound), partial(made, bound)
            if isinstance(content, Items):
                block = ItemsEditor(content, change, check)
            else:
                block = SettingsForm(content, change, check, words)
                block.drafted.connect(self.drafted)
            self.blocks.append(block)
            column.addWidget(block)

    def tab_stops(self) -> list[QWidget]:
        return [stop for block in self.blocks for stop in block.tab_stops()]

    def show_chosen(self, key: tuple[int, Chosen], layout: Layout, chosen: Chosen) -> None:
        for bound, block in zip(self._bounds, self.blocks, strict=True):
            block.show_thing(key, bound.get(layout, chosen))

    def commit(self) -> None:
        for block in self.blocks:
            block.commit()

    def set_read_only(self, read_only: bool) -> None:
        for block in self.blocks:
            block.set_read_only(read_only)


def _text_name(layout: Layout, chosen: Chosen) -> str:
    """The text in hand: that of a paragraph, or one that stands in others."""
    if isinstance(chosen, str):
        return chosen
    part = layout_edits.part_at(layout, chosen) if chosen is not None else None
    assert isinstance(part, ParagraphPart), "only paragraphs have a text"
    return part.text


_WHOLE = Bound(lambda layout, _chosen: layout, lambda _layout, _chosen, changed: changed)
_SECTION = Bound(
    lambda layout, place: layout.sections[place.section],
    lambda layout, place, changed: layout_edits.with_section(layout, place.section, changed),
)
_PART = Bound(layout_edits.part_at, layout_edits.with_part)
_TEXT = Bound(
    lambda layout, chosen: layout.texts[_text_name(layout, chosen)],
    lambda layout, chosen, changed: layout_edits.with_text(layout, _text_name(layout, chosen), changed),
)

_BLOCKS: "Mapping[str, Sequence[tuple[Bound, Sequence[Setting] | Items]]]" = {
    "form": [(_WHOLE, layout_settings.FORM)],
    "section": [(_SECTION, layout_settings.SECTION)],
    "memo": [(_SECTION, layout_settings.MEMO_SECTION)],
    "text": [(_TEXT, layout_settings.TEXT)],
    "fixed": [],
    ParagraphPart.__name__: [(_TEXT, layout_settings.TEXT), (_PART, layout_settings.PARAGRAPH)],
    TablePart.__name__: [(_PART, COLUMNS), (_PART, layout_settings.TABLE)],
    MemoHeadPart.__name__: [(_PART, layout_settings.MEMO_HEAD), (_PART, HEAD_LINES)],
    **{
        kind.__name__: [(_PART, layout_settings.PARTS[kind])]
        for kind in (ListPart, LogoPart, SpacePart, SignaturesPart)
    },
}
"""The forms of each page, by the kind of what is chosen."""


def _kind(layout: Layout, chosen: Chosen) -> str:
    if chosen is None:
        return "form"
    if isinstance(chosen, str):
        return "text"
    part = layout_edits.part_at(layout, chosen)
    if part is None:
        return "memo" if layout.sections[chosen.section].use else "section"
    if layout_edits.is_fixed(layout, chosen):
        return "text" if isinstance(part, ParagraphPart) else "fixed"
    return type(part).__name__


def _heading(layout: Layout, chosen: Chosen) -> str:
    if chosen is None:
        return _("The form itself")
    if isinstance(chosen, str):
        return _("Text that stands in others: {name}").format(
            name=FieldWords.in_layout(layout).shown_field(chosen)
        )
    part = layout_edits.part_at(layout, chosen)
    return _("Section of the form") if part is None else _(layout_settings.PART_LABELS[type(part)])


def _note(layout: Layout, chosen: Chosen) -> str:
    """What the clerk should know of it."""
    if not isinstance(chosen, Place):
        return ""
    if layout.sections[chosen.section].use:
        return _(
            "This page is the office memo. Its wording can be changed here; to change its shape, too, make it the "
            "form's own."
        )
    part = layout_edits.part_at(layout, chosen)
    count = layout_edits.uses(layout, part.text) if isinstance(part, ParagraphPart) else 0
    return _("This wording stands {count} times in the form.").format(count=count) if count > 1 else ""
