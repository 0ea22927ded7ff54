"""The office page: what the office is called and where it is, its pictures, its units and its people."""

from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from itadesk.domain import offices
from itadesk.domain.fields import ACTING_FORMS, Value, field_of
from itadesk.domain.model import Office, Person, Phrase, Unit
from itadesk.i18n import _
from itadesk.storage import operations
from itadesk.ui import thai_text, theme
from itadesk.ui.emblem_box import EmblemBox
from itadesk.ui.field_form import FieldForm, fields_of
from itadesk.ui.row_list import RowList
from itadesk.ui.section import Section
from itadesk.ui.session import FileSession

_FIELDS = ("kind", "name", "district", "province", "address", "phone", "email", "website", "letter_code")
_LEFT_WIDTH = 470
_NO_ACTING = ("", "–")


class OfficePage(QWidget):
    """Left the office's record and pictures, right the units that measures name and the people who sign."""

    def __init__(self, session: FileSession) -> None:
        super().__init__()
        self._session = session
        self.form = FieldForm(fields_of(Office, _FIELDS))
        self.form.set_read_only(session.read_only)
        self.form.edited.connect(self._store)
        self.full_name = QLabel()
        self.full_name.setWordWrap(True)
        self.full_name.setStyleSheet(f"color: {theme.QUIET}")
        self.emblem, self.logo = EmblemBox(session, "emblem"), EmblemBox(session, "logo")
        office_id = session.snapshot.office.id
        self.units = RowList(
            session,
            Unit,
            _("Units"),
            parent_id=lambda: office_id,
            widths={"name": 260, "aliases": 0},
            sortable=True,
        )
        self.people = RowList(
            session,
            Person,
            _("People who sign"),
            parent_id=lambda: office_id,
            widths={"name": 180, "position": 0, "acting": 195, "acting_for": 195},
            choices={"acting": [_NO_ACTING, *((form, form) for form in ACTING_FORMS)]},
            sortable=True,
        )
        self.phrases = RowList(
            session, Phrase, _("The office's phrases"), parent_id=lambda: office_id, widths={"text": 0}
        )
        self._arrange()
        for name in ("kind", "name"):
            self.form.editors[name].typed.connect(self._show_full_name)
        session.changed.connect(self._show)
        self._show()

    def commit(self) -> None:
        """Store what is being typed."""
        self.form.commit()

    def _arrange(self) -> None:
        record = Section(_("Office"))
        record.body.addWidget(self.form)
        record.body.addWidget(self.full_name)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 10, 0)
        column.addWidget(record)
        for title, box in ((_("Emblem on the memo"), self.emblem), (_("Seal on covers"), self.logo)):
            picture = Section(title)
            picture.body.addWidget(box)
            column.addSpacing(8)
            column.addWidget(picture)
        column.addStretch()
        scrolled = QScrollArea()
        scrolled.setWidgetResizable(True)
        scrolled.setFrameShape(QScrollArea.Shape.NoFrame)
        scrolled.setWidget(left)
        scrolled.setFixedWidth(_LEFT_WIDTH)
        right = QVBoxLayout()
        right.addWidget(self.units, 2)
        right.addWidget(self.people, 3)
        right.addWidget(self.phrases, 2)
        layout = QHBoxLayout(self)
        layout.addWidget(scrolled)
        layout.addLayout(right, 1)

    def _store(self, name: str, value: Value) -> None:
        label = _("Change {field}").format(field=_(field_of(Office, name).label))
        office_id = self._session.snapshot.office.id
        self._session.edit(label, operations.set_field, Office, office_id, name, value)

    def _show(self) -> None:
        self.form.show_row(self._session.snapshot.office)
        self._show_full_name()

    def _show_full_name(self) -> None:
        """The name as papers will print it, while it is typed."""
        typed = {name: self.form.editors[name].text().strip() for name in ("kind", "name")}
        office = replace(self._session.snapshot.office, **typed)
        lines = (office.full_name, offices.place(office))
        text = _("On paper: {name}").format(name=" ".join(line for line in lines if line))
        self.full_name.setText(thai_text.display(text))
