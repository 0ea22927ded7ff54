"""The page on writing layouts names all there is: an office writes its own by it alone."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from itadesk.documents import layout
from itadesk.documents.layout_toml import parse
from itadesk.documents.layouts import ORDER, layout_named
from itadesk.documents.template import LABELS
from itadesk.domain import ita

TEXT = (Path(__file__).parents[2] / "resources" / "layouts" / "README.md").read_text("utf-8")
NAMED = set(re.findall(r"`[{\"]?([a-z_]+)[}\"]?`", TEXT))


@pytest.mark.parametrize("kind", [layout.SectionSpec, layout.ColumnSpec, *layout.Part.__args__], ids=str)
def test_every_key_is_named(kind: type) -> None:
    assert {field.name for field in fields(kind)} - {"parts"} - {"columns"} <= NAMED


def test_every_field_choice_and_name_is_named() -> None:
    assert {*layout.CELL_FIELDS, *LABELS, *ORDER} <= NAMED
    assert set(layout.GROUPINGS) <= NAMED
    assert all(f"{code} = " in TEXT for code in ita.instruments())
    memo = layout_named("memo")
    assert {section.name for section in memo.sections} | set(memo.texts) <= NAMED


def test_the_layout_shown_whole_can_be_read() -> None:
    example = TEXT.split("```toml\n")[1].split("```")[0]
    assert parse(example, "ours").columns
