"""Who signs a document: the chain in its order, and the one chosen in it to be filled in."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from itadesk.documents.document import DRAFTER, roles_of
from itadesk.domain import signers
from itadesk.domain.earlier import LEAST, MOST
from itadesk.domain.fields import Value
from itadesk.domain.model import Person, Signatory, new_id
from itadesk.domain.signers import Signer
from itadesk.domain.thai import fold
from itadesk.i18n import _
from itadesk.storage import operations
from itadesk.ui import theme
from itadesk.ui.buttons import icon_button
from itadesk.ui.completion import Completion, Offer
from itadesk.ui.current_document import CurrentDocument
from itadesk.ui.field_editors import ChoiceEditor
from itadesk.ui.field_form import FieldForm, fields_of
from itadesk.ui.quiet_box import QuietBox
from itadesk.ui.row_tools import row_tools
from itadesk.ui.session import FileSession

_FIELDS = ("role", "name", "position", "acting", "acting_for")
_LINES_SHOWN = 5


class SignatoriesForm(QWidget):
    """The chain of signatories of the document in hand. The same person may stand in it more than once."""

    def __init__(self, session: FileSession, current: CurrentDocument) -> None:
        super().__init__()
        self._session = session
        self._current = current
        self.chain = QListWidget()
        self.chain.setAccessibleName(_("Signatories in their order"))
        self.chain.setFixedHeight(_LINES_SHOWN * (self.fontMetrics().lineSpacing() + 6))
        self.chain.currentRowChanged.connect(self._show_chosen)
        self.add = icon_button("add", _("Add a signatory"), self._add)
        self.add.setEnabled(not session.read_only)
        self.remove, self.up, self.down = self._row_tools = row_tools(
            self.chain, self._remove, self._move, _("Remove the signatory")
        )
        self.people = QuietBox()
        self.people.setAccessibleName(_("Fill in from the office's people"))
        self.people.activated.connect(self._take_person)
        self.form = FieldForm(fields_of(Signatory, _FIELDS), {"role": ()})
        self.form.edited.connect(self._take)
        self.completion = self._complete("name", self._like, self._take_signer)
        self._complete("position", self._positions_like)
        self.keep = QPushButton(theme.icon("add"), "")
        self.keep.setFlat(True)
        self.keep.setStyleSheet("text-align: left")
        self.keep.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.keep.clicked.connect(self._keep_person)
        self._arrange()
        self.form.set_read_only(session.read_only)
        self.people.setEnabled(not session.read_only)
        current.changed.connect(self._show)
        self._show()

    def commit(self) -> None:
        self.form.commit()

    def choose(self, signatory_id: str) -> None:
        """Take a signatory in hand, the keyboard in the name."""
        row = next((at for at, row in enumerate(self._rows) if row.id == signatory_id), 0)
        self.chain.setCurrentRow(row)
        self.form.editors["name"].setFocus()

    @property
    def _rows(self) -> list[Signatory]:
        return self._current.signatories

    def _arrange(self) -> None:
        buttons = QVBoxLayout()
        for button in (self.add, *self._row_tools):
            buttons.addWidget(button)
        buttons.addStretch()
        top = QHBoxLayout()
        top.addWidget(self.chain, 1)
        top.addLayout(buttons)
        person = QFormLayout()
        person.addRow(_("Person"), self.people)
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addLayout(person)
        layout.addWidget(self.form)
        layout.addWidget(self.keep)
        layout.addStretch()

    def _show(self) -> None:
        self.setEnabled(self._current.document is not None)
        self._offer()
        chosen = max(self.chain.currentRow(), 0)
        blocked = self.chain.blockSignals(True)
        self.chain.clear()
        self.chain.addItems([_in_chain(number, row) for number, row in enumerate(self._rows, 1)])
        self.chain.setCurrentRow(min(chosen, len(self._rows) - 1))
        self.chain.blockSignals(blocked)
        self._show_chosen()

    def _offer(self) -> None:
        """Roles of the layout and people of the office to choose from."""
        role = self.form.editors["role"]
        if isinstance(role, ChoiceEditor):
            document = self._current.document
            roles = roles_of(self._current.layout, document) if document else []
            role.set_choices([_role_label(role) for role in roles])
        snapshot = self._session.snapshot
        people = snapshot.children(Person, snapshot.office.id)
        self.people.clear()
        self.people.setPlaceholderText(_("Choose from the office's people") if people else _("No people yet"))
        for person in people:
            self.people.addItem(f"{person.name}  {person.position}", person)
        self.people.setCurrentIndex(-1)

    def _show_chosen(self) -> None:
        at = self.chain.currentRow()
        self.form.setEnabled(at >= 0)
        self._row_tools.follow(at, len(self._rows), writing=not self._session.read_only, least=1)
        self._offer_to_keep()
        if at >= 0:
            row = self._rows[at]
            self.form.show_row(replace(row, role=_role_label(row.role)))

    def _take(self, name: str, value: Value) -> None:
        if name == "role":
            value = DRAFTER if value == _role_label(DRAFTER) else value
        self._change({name: value}, _("Change a signatory"))

    def _take_person(self, index: int) -> None:
        self.form.commit()
        self._take_who(self.people.itemData(index, Qt.ItemDataRole.UserRole))

    def _take_signer(self, offer: Offer) -> None:
        """Whose name was chosen while typing brings along position and acting, in one step."""
        self.form.editors["name"].reset(self._rows[self.chain.currentRow()].name)
        self._take_who(offer.value)

    def _take_who(self, who: Person | Signer) -> None:
        values: dict[str, Value] = {name: getattr(who, name) for name in signers.WHO}
        self._change(values, _("Choose a signatory"))

    def _complete(
        self,
        name: str,
        source: Callable[[str], Sequence[Offer]],
        taken: Callable[[Offer], None] | None = None,
    ) -> Completion:
        line = self.form.editors[name].input
        assert isinstance(line, QLineEdit)
        completion = Completion(line, source)
        if taken is not None:
            completion.taken.connect(taken)
        return completion

    def _like(self, typed: str) -> list[Offer]:
        if len(typed) < LEAST:
            return []
        found = signers.named_like(signers.known(self._session.snapshot), typed)
        return [Offer(signer.name, _told(signer), signer) for signer in found[:MOST]]

    def _positions_like(self, typed: str) -> list[Offer]:
        key = fold(typed)
        found = [text for text in signers.positions(self._session.snapshot) if key in fold(text)]
        return [Offer(text) for text in found[:MOST]] if len(key) >= LEAST else []

    def _offer_to_keep(self) -> None:
        """Offer to list somebody who signs here and is not among the office's people."""
        at = self.chain.currentRow()
        name = self._rows[at].name.strip() if at >= 0 else ""
        self.keep.setText(_("Add {name} to the people who sign").format(name=name))
        new = bool(name) and not signers.is_listed(self._session.snapshot, name)
        self.keep.setVisible(new and not self._session.read_only)

    def _keep_person(self) -> None:
        self.form.commit()
        row = self._rows[self.chain.currentRow()]
        who: dict[str, str] = {name: getattr(row, name) for name in signers.WHO}
        self._session.edit(_("Add a person"), operations.add_person, **who)

    def _change(self, values: dict[str, Value], label: str) -> None:
        rows = list(self._rows)
        at = self.chain.currentRow()
        rows[at] = replace(rows[at], **values)
        self._current.set_signatories(rows, label)

    def _add(self) -> None:
        self.form.commit()
        at = self.chain.currentRow() + 1
        new = Signatory(id=new_id(), document_id="", ordinal=at)
        self._store([*self._rows[:at], new, *self._rows[at:]], at, _("Add a signatory"))

    def _remove(self) -> None:
        self.form.commit()
        at = self.chain.currentRow()
        rows = [row for number, row in enumerate(self._rows) if number != at]
        self._store(rows, at, _("Remove the signatory"))

    def _move(self, step: int) -> None:
        self.form.commit()
        at = self.chain.currentRow()
        rows = list(self._rows)
        rows.insert(at + step, rows.pop(at))
        self._store(rows, at + step, _("Move a signatory"))

    def _store(self, rows: Sequence[Signatory], chosen: int, label: str) -> None:
        self._current.set_signatories(rows, label)
        self.chain.setCurrentRow(min(chosen, len(self._rows) - 1))


def _told(signer: Signer) -> str:
    acting = f"{signer.acting}{signer.acting_for}"
    return "  ".join(filter(None, (signer.name, signer.position, acting)))


def _role_label(role: str) -> str:
    return _("Drafter (gives no opinion)") if role == DRAFTER else role


def _in_chain(number: int, row: Signatory) -> str:
    return f"{number}. {_role_label(row.role)}  {row.name}".strip()
