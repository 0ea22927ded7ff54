"""What rows are called: no kind of row that a clerk makes is without words."""

from itadesk.domain.model import DeletedFile, Deletion, Joined, Phrase, Printout, Sending, TemplateMeasure
from itadesk.domain.naming import KINDS, said
from itadesk.domain.snapshot import TABLES


def test_every_row_but_the_bookkeeping_has_a_name() -> None:
    bookkeeping = {Printout, Deletion, DeletedFile, Joined, Sending, TemplateMeasure}
    assert set(TABLES.values()) - set(KINDS) == bookkeeping


def test_a_phrase_says_its_text() -> None:
    assert (
        said(Phrase(id="a" * 32, office_id="b" * 32, ordinal=0, text="แต่งตั้ง\nคณะทำงาน")) == "แต่งตั้ง คณะทำงาน"
    )
