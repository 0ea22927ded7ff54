"""Fields of running text in the clerk's words: what is stored as {office} is seen, typed and chosen by its label."""

import re
from collections.abc import Collection, Iterable, Mapping

from itadesk.documents import template
from itadesk.documents.layout import Layout
from itadesk.domain import thai
from itadesk.errors import UserError
from itadesk.i18n import N_, _

GROUPS: Mapping[str, tuple[str, ...]] = {
    N_("Office"): ("office", "place", "district", "province", "address", "phone", "email", "website"),
    N_("Document"): ("unit", "from", "number", "date", "subject", "to"),
    N_("Year and round"): ("fiscal_year", "analysed_year", "round", "round_title", "round_period"),
    N_("ITA result"): ("total", "grade", "weak_indicators"),
    N_("Measures"): ("measures_numbered", "measure_count"),
}
"""What the facts that a text may ask for tell of: a list of all of them fills the screen.

The number of the item is not among them: it is filled in where a form has a text of that name only."""

_FEW = 6
"""So many fields are offered without groups, and named all where one is wrong."""
_FIELD = re.compile(r"\{([^{}\n]*[^{}\s][^{}\n]*)\}")
"""Words may have blanks where names have none; blanks alone are no field."""


class FieldWords:
    """The fields that a wording may have, by the words for them.

    `labels` by name. Of two that are the same, and of one that is the name of another field, the later goes by its
    name. `texts`: names of the form's own texts among them; `insertable`: those of the texts that are offered.
    """

    def __init__(
        self,
        labels: Mapping[str, str],
        texts: Collection[str] = (),
        insertable: Iterable[str] = (),
    ) -> None:
        self._words = _different(labels)
        self._names = {word: name for name, word in self._words.items()}
        self._facts = [name for name in labels if name not in texts]
        self._insertable = list(insertable)

    @classmethod
    def of(cls, labels: Mapping[str, str]) -> "FieldWords":
        """Fields whose labels stand in the catalogue."""
        return cls({name: _(label) for name, label in labels.items()})

    @classmethod
    def in_layout(cls, layout: Layout, insertable: Iterable[str] = ()) -> "FieldWords":
        """The facts of the file and the layout's own texts, which go before a fact of their name."""
        facts = {name: _(label) for name, label in template.LABELS.items()}
        texts = {name: text.label for name, text in layout.texts.items()}
        return cls({**facts, **texts}, texts, insertable)

    def shown(self, text: str) -> str:
        """A stored text as the clerk sees it."""
        return _FIELD.sub(lambda found: self.shown_field(found[1]), text)

    def stored(self, text: str) -> str:
        """What the clerk typed as it is stored; names are understood, too, and anything unknown stays."""
        return _FIELD.sub(lambda found: "{" + self._name(found[1]) + "}", text)

    def shown_field(self, name: str) -> str:
        """One field as it stands in a text."""
        return "{" + self._words.get(name, name) + "}"

    def read(self, typed: str, wording: str, before: str = "") -> str:
        """`stored`; UserError when there is a field that nobody can fill. `before`: what is stored now."""
        text = self.stored(thai.normalise(typed))
        unknown = next((name for name in _FIELD.findall(text) if name not in self._words), None)
        if unknown is None:
            return text
        fault = _("“{wording}” has a field that does not exist: {field}")
        raise UserError(fault.format(wording=wording, field="{" + unknown + "}"), self._advice(before))

    def groups(self) -> dict[str, dict[str, str]]:
        """What is offered, words by name in their groups; few fields stand in the group ""."""
        if len(self._words) <= _FEW:
            return {"": dict(self._words)}
        groups = {_("Texts of the form"): self._insertable}
        groups |= {
            _(label): [name for name in names if name in self._facts] for label, names in GROUPS.items()
        }
        return {
            label: {name: self._words[name] for name in names} for label, names in groups.items() if names
        }

    def _name(self, word: str) -> str:
        return self._names.get(" ".join(word.split()), word)

    def _advice(self, before: str) -> str:
        if len(self._words) <= _FEW:
            names: Iterable[str] = self._words
            advice = _("Use only these fields: {fields}")
        else:
            names = dict.fromkeys(name for name in template.fields_in(before) if name in self._words)
            advice = _("Fields that it had: {fields}. “Insert a field” offers all.")
        fields = " ".join(map(self.shown_field, names))
        return advice.format(fields=fields) if fields else _("“Insert a field” offers all there are.")


def _different(labels: Mapping[str, str]) -> dict[str, str]:
    """Labels that can stand in braces, no two of them the same and none the name of a field."""
    words: dict[str, str] = {}
    taken = set(labels)
    for name, label in labels.items():
        word = " ".join(thai.normalise(label).split())
        if not word or word in taken or {"{", "}"} & set(word):
            word = name
        words[name] = word
        taken.add(word)
    return words
