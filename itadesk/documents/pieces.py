"""A report in pieces, as a clerk would compare it with another: paragraphs, rows, memo fields, signatories."""

import hashlib
import re
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from itadesk.documents.paper import segment
from itadesk.documents.tree import (
    MemoHead,
    Paragraph,
    Picture,
    Row,
    Section,
    SignatureBlock,
    SignatureChain,
    Space,
    Table,
)
from itadesk.domain import thai
from itadesk.i18n import _

_LABEL = 40
"""Characters by which a row or paragraph is named."""

_LINE = 1000
"""Characters of a title or heading that are looked at."""


@dataclass(frozen=True)
class Item:
    """A paragraph, row, memo field, signatory or picture.

    `subject` is what it is about; `texts` are printed, by the heading of their column ("" = no column); `said` is
    what counts of them when they are compared. `name` is by what another version of it is known, `role` what an unlike
    one may take the place of.
    """

    kind: str
    section: str
    subject: str
    texts: Mapping[str, str]
    said: Mapping[str, str]
    name: str
    role: str = ""
    what: str = ""

    @property
    def label(self) -> str:
        return _first_words(self.subject)

    def place(self, heading: str = "") -> str:
        return _joined(self.section, self.what, self.label, heading)

    @property
    def statement(self) -> Hashable:
        """Equal for two that say the same."""
        return self.kind, tuple(self.said.items())

    @property
    def identity(self) -> Hashable:
        """Equal for two versions of one."""
        return self.kind, self.name

    @property
    def words(self) -> str:
        return "\n".join(
            f"{heading}: {text}" if heading else text for heading, text in self.texts.items() if text.strip()
        )

    @cached_property
    def pairs(self) -> frozenset[str]:
        """The pairs of neighbouring letters in it."""
        text = "".join(self.said.values())[:300]
        return frozenset(map("".join, pairwise(text)))

    def likeness(self, other: "Item") -> float:
        """From 0, another thing, to 1, the same with other words."""
        if self.kind != other.kind:
            return 0
        if self.said == other.said or (self.role and self.role == other.role):
            return 1
        return len(self.pairs & other.pairs) / max(len(self.pairs | other.pairs), 1)


@dataclass(frozen=True)
class Part:
    """A section with the items in it."""

    section: Section

    @cached_property
    def items(self) -> list[Item]:
        return list(_items(self.section))

    @property
    def name(self) -> str:
        """Its title; of an untitled one, what kinds of blocks it has."""
        return self.section.title or " ".join(sorted({type(block).__name__ for block in self.section.blocks}))

    def place(self) -> str:
        return self.section.title or next((item.label for item in self.items if item.label), "")

    @property
    def words(self) -> str:
        return "\n".join(filter(None, (item.label for item in self.items)))


def _items(section: Section) -> Iterator[Item]:
    title = _line(section.title)
    for block in section.blocks:
        match block:
            case Paragraph():
                yield from _paragraphs(title, "".join(run.text for run in block.runs))
            case MemoHead():
                yield from _memo_head(title, block)
            case SignatureChain():
                yield from (_signatory(title, signature) for signature in block.blocks)
            case Table():
                yield from _table(title, block)
            case Picture():
                yield _picture(title, block)
            case Space():
                pass


def _paragraphs(section: str, text: str) -> Iterator[Item]:
    for line in filter(str.strip, text.split("\n")):
        said = _comparable(line)
        yield Item("paragraph", section, line, {"": line}, {"": said}, said[:20])


def _memo_head(section: str, head: MemoHead) -> Iterator[Item]:
    if head.emblem is not None:
        yield _picture(section, head.emblem)
    yield from _paragraphs(section, head.title)
    fields = [(part.label, part.value) for line in head.lines for part in line]
    for label, value in (*fields, (head.salutation_label, head.salutation)):
        said = _arabic(value)
        yield Item("field", section, label, {"": value}, {"": said}, label)


def _signatory(section: str, block: SignatureBlock) -> Item:
    name = block.lines[0].strip("(). ") if block.lines else ""
    role = block.opinion or block.label
    text = "\n".join(filter(None, (role, *block.lines)))
    said = _arabic(text)
    return Item("signatory", section, name or role, {"": text}, {"": said}, name, role, _("Signatory"))


def _picture(section: str, picture: Picture) -> Item:
    said = hashlib.sha256(picture.data).hexdigest()
    return Item("picture", section, "", {"": ""}, {"": said}, "", "picture", _("Picture"))


def _table(section: str, table: Table) -> Iterator[Item]:
    yield from _paragraphs(section, table.caption)
    headings = _headings(table)
    head = " | ".join(headings)
    yield Item("head", section, "", {"": head}, {"": head}, "", "head", _("Table head"))
    for row in table.rows:
        if row.group:
            text = "\n".join(row.cells)
            said = _comparable(text)
            yield Item("group", section, text, {"": text}, {"": said}, said)
        else:
            yield _row(section, table, headings, row)


def _row(section: str, table: Table, headings: Sequence[str], row: Row) -> Item:
    cells = dict(zip(headings, row.cells, strict=False))
    said = {heading: _arabic(cell) for heading, cell in cells.items()}
    # What the row is about: not what it shares with its neighbours, nor a mere number.
    own = [heading for heading, column in zip(headings, table.columns, strict=True) if not column.merged]
    words = number = ""
    for heading in own:
        if heading not in cells:
            break
        cell = cells[heading].strip()
        if cell and not _is_number(cell):
            words = cell
            said[heading] = _comparable(words)
            break
        number = number or cell.strip(" .)")
        said[heading] = ""
    subject = f"{number}. {words}" if number and words else words
    return Item("row", section, subject, cells, said, _comparable(words))


def _headings(table: Table) -> list[str]:
    """The lowest cell of the head over each column; of equal ones the later are numbered."""
    found = [""] * len(table.columns)
    reach = [0] * len(table.columns)
    for level, cells in enumerate(table.head):
        free = iter([column for column in range(len(found)) if reach[column] <= level])
        for cell in cells:
            for _n, column in zip(range(cell.columns), free, strict=False):
                found[column] = _line(cell.text)
                reach[column] = level + cell.rows
    times: Counter[str] = Counter()
    for column, heading in enumerate(found):
        times[heading] += 1
        if times[heading] > 1:
            found[column] = f"{heading} ({times[heading]})".strip()
    return found


def _is_number(text: str) -> bool:
    return text.strip(" .)").isdecimal()


_NUMBERED = re.compile(r"^\s*\d{1,4}[.)]\s++(?!\d)")
"""As layouts number; what was typed in another way is part of the text."""

_THAI_DIGIT = re.compile("[๐-๙]")


def _arabic(text: str) -> str:
    # Looking costs a tenth of translating.
    return thai.arabic_digits(text) if _THAI_DIGIT.search(text) else text


def _comparable(text: str) -> str:
    return _NUMBERED.sub("", _arabic(text))


def _line(text: str) -> str:
    return " ".join(text[:_LINE].split())


def _first_words(text: str) -> str:
    text = _line(text)
    if len(text) <= _LABEL:
        return text
    start = ""
    for word in segment.words(text[: 2 * _LABEL]):
        if start and len(start) + len(word) > _LABEL:
            break
        start += word
    return f"{start[: 2 * _LABEL].strip()}…"


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))
