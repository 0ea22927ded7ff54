"""A report comes back from its pack as it was, and what is no pack is refused."""

import base64
import dataclasses
import json
import zlib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_type_hints

import pytest
from documents.reports import TREE, TREES, of_type, with_blocks, with_rows
from hypothesis import given
from hypothesis import strategies as st

from itadesk.documents import tree_json
from itadesk.documents.tree import Block, DocumentTree, Paragraph, Picture, Row, Run, Space
from itadesk.documents.tree_json import LIMIT, PIECES, pack, unpack
from itadesk.errors import UserError

PRINTED = """
eJy1V21r2zAQ/itFnzYIrd/UvMC+tGOMwVhpxzq2hiDbSmLm2MGR13Ul/32STo5OttMkhQ2qZCfp7rnn3pRnIp7WnE
zI+zKpV7wQXyvOyYCITORK/FB7PAjVGgb6u169oZX4Y70mepfKq6wWy7Jq7qZ6l+mVnusPuDxSazSy6gJ9KBhaeWiM
SaUbnoisLDZk8vO5gXwHMrkb52Xyy9n7zFflR87SlisAJPQRcEBzqS1puaetRmML34ssMkODLxXzVZzzFZnsjN5kia
grRV/KBJOC7NvVl9unqzy+/7T5ce+9kztLni2Wgkz8c7ptVMyQcEDyrODKF9eZDxnPlTc5i3nekMssV4AOfMIB85j1
zGAPpZrfLK+5oyYMrQIgCC75MUQWEReR7XRwGJ6hlgLIllFg2fPP1AfVJ6nWTj20+hf6YywvP2apWJKJp3g7zMxwT5
z7wdAQrJ1BbO1JQ0eAssAg1iKqD9HLPpDHMBR5KFwo8U3aDduBOqUQt9OpLBt5WzBVJbO9dqlV5ysf7J0mjuOOWcOU
W9wEBeaGVWxRsfVSKqxqt25va1Wzgv8RjQGKK6sbrdclqb4boe9jDLADwqRMZPkxAUekh8CbNhYlrb4XlzK+E1HV/C
UzkW+Rmh4zPGs7BRsyGjKLSFaksi+TSeBk/l22KJjqNtdLlvX3wN2RK7VFbGchbzq5jTqwiQPuyYB5hJNGY470f7yR
JTmkb6Wh/iC9kmGtJ0LZ52OYQZtU0AAS32ggqhQkG04RwHHwHLqkW4Kkj+3DVAIiTJzn4O0Q5zlzZUdfT0b3Fp10rV
xnhS3XvmmFih6oRdMCOnHTcvbZJjszM+N7sJ2q9PxP4xWT/8KcP3nkWq1rlnC8K1NEVFwkS+WaPfeVyREtzyVlXq/c
RnatRRiqkewGAe3bY7nMJilIZFnzqvd6+8hU4ZSvGfwqUM+ba57nrTaGJj30VSivzgugKh83rqf9CiFebl9CylNTYc
crhNLwLxFOKB8Psxw4A3SPptQWXDhGtRu2W0nfq/KhQG0rtBVi0ESoQpwpSw56aCqNWSxQb1DvfRMApjUwiAZl+ago
kfp1q1FHqX9+1g2nLVpvjsDjaqRWDpSYvoo6V+uJJAEtqrJed2fafljHZR/iOrERNC2bozOj/oZhrICEmoYJ5OLhb/
xB7ODEcCCNIBmOAyUNXsg/Mj3ASXAqJwaeb4Pnz63ETKoTurthxngVo8zQq4d/PuD2j5TrN6h2+JC34ckZECIQaFg4
LHAUisRWVVOdzbDEkR7aGBvPmc3r5p0Lj3h4xTivENTnsO/6AfFX+u5H6nvOinSTMEWGKo4BWbFqkam+Zd/8RiIP87
nQjZGs2YLPinoVc/X7uJzPRClY3v6NSttM4Tcaet8PyLwshVb1Xf4j23+/cNur
"""


class TestPack:
    @given(TREES)
    def test_any_tree_comes_back(self, tree: DocumentTree) -> None:
        assert unpack(pack(tree)) == tree

    @pytest.mark.parametrize("block_class", get_args(Block))
    @given(data=st.data())
    def test_any_block_comes_back(self, block_class: type[Block], data: st.DataObject) -> None:
        tree = with_blocks(data.draw(of_type(block_class)))
        assert unpack(pack(tree)) == tree

    def test_a_report_takes_little_room(self) -> None:
        many = with_rows(*(Row((f"{n}. มาตรการ", "ขั้นตอน" * 50, "/", "")) for n in range(1000)))
        assert len(pack(many)) < 50_000

    def test_a_field_that_says_what_it_says_by_default_is_not_written(self) -> None:
        told = json.loads(zlib.decompress(pack(with_blocks(Space()))))
        section = {"type": "Section", "blocks": [{"type": "Space"}], "title": "ตารางผล"}
        assert told == {"type": "DocumentTree", "title": "", "author": "", "sections": [section]}

    def test_what_an_earlier_version_packed_is_read_and_has_its_code(self) -> None:
        assert unpack(base64.b64decode(PRINTED)) == TREE

    def test_what_does_not_fit_is_refused_before_it_is_kept(self) -> None:
        with pytest.raises(UserError):
            pack(with_blocks(Picture(bytes(LIMIT * 3 // 4), 1)))
        for text in ("\n", ","):
            with pytest.raises(UserError):
                pack(with_blocks(Paragraph((Run(text * PIECES),))))


def refused(data: bytes) -> None:
    with pytest.raises(UserError) as caught:
        unpack(data)
    assert caught.value.message
    assert caught.value.advice


def packed(value: object) -> bytes:
    return zlib.compress(json.dumps(value).encode())


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every container in a JSON value with each of its keys."""
    for key in list(value) if isinstance(value, dict) else range(len(value)):
        yield value, key
        if isinstance(value[key], (dict, list)):
            yield from places(value[key])


class TestHostilePacks:
    @given(st.binary(max_size=60))
    def test_any_bytes_are_refused(self, data: bytes) -> None:
        refused(data)
        refused(zlib.compress(data))

    def test_a_cut_or_lengthened_pack_is_refused(self) -> None:
        data = pack(TREE)
        for damaged in (data[:-1], data[: len(data) // 2], data + b"\0", data[:20] + b"\xff" + data[21:]):
            refused(damaged)

    def test_a_bomb_is_refused(self) -> None:
        refused(zlib.compress(b" " * (LIMIT + 1)))
        refused(zlib.compress(b'{"type":' * 200_000))

    @pytest.mark.parametrize(
        "blocks",
        [
            '{"type":"Space"},' * PIECES,
            "[]," * PIECES,
            '{"type":"Paragraph","runs":[{"type":"Run","text":"%s"}]},' % (r"ก\n" * PIECES),
            '{"type":"Paragraph","runs":[{"type":"Run","text":"%s"}]},' % (r"ก\u000A" * PIECES),
            '{"type":"Table","columns":[%s0],"head":[],"rows":[]},' % ('{"type":"Column"},' * 101),
            '{"type":"Table","columns":[],"head":[%s[]],"rows":[]},' % ("[]," * 10),
            '{"type":"SignatureChain","blocks":[],"columns":1000000},',
            '{"type":"SignatureChain","blocks":[],"columns":0},',
            '{"type":"Paragraph","runs":[],"size":0},',
            '{"type":"Paragraph","runs":[],"left":-1},',
            '{"type":"Table","columns":[],"head":[],"rows":[]},',
            '{"type":"Table","columns":[{"type":"Column"}],"head":[],"rows":[{"type":"Row","cells":[]}]},',
            '{"type":"Table","columns":[{"type":"Column"}],"head":[[{"type":"HeadCell","text":"","columns":2}]],"rows":[]},',
            '{"type":"Table","columns":[{"type":"Column"}],"head":[[{"type":"HeadCell","text":"","rows":2}]],"rows":[]},',
            '{"type":"Table","columns":[{"type":"Column"}],"head":[[],[{"type":"HeadCell","text":""}]],"rows":[]},',
        ],
    )
    def test_a_small_pack_cannot_ask_for_much(self, blocks: str) -> None:
        form = (
            '{"type":"DocumentTree","title":"","author":"","sections":[{"type":"Section","blocks":[%s%s]}]}'
        )
        space = '{"type":"Space"}'
        assert unpack(zlib.compress((form % ("", space)).encode()))
        bomb = zlib.compress((form % (blocks, space)).encode())
        assert len(bomb) < 20_000
        refused(bomb)

    @pytest.mark.parametrize(
        "value", ["7", "NaN", "-Infinity", "1e999", "9" * 400, "9" * 5_000, "true", '"16"']
    )
    def test_a_size_that_is_no_size_is_refused(self, value: str) -> None:
        text = json.dumps(tree_json.plain(with_blocks(Space(height=16.5)), repr))
        assert unpack(zlib.compress(text.encode())) == with_blocks(Space(height=16.5))
        spoiled = zlib.compress(text.replace("16.5", value).encode())
        if value == "7":
            assert unpack(spoiled) == with_blocks(Space(height=7))
        else:
            refused(spoiled)

    @pytest.mark.parametrize("wrong", [None, True, -7, 1.5, "x", [], {}, [[]], {"type": "Row"}, {"type": []}])
    def test_a_wrong_value_in_any_place_is_refused_or_means_a_tree(self, wrong: object) -> None:
        text = zlib.decompress(pack(TREE)).decode()
        count = len(list(places(json.loads(text))))
        for number in range(count):
            form = json.loads(text)
            part, key = list(places(form))[number]
            part[key] = wrong
            try:
                tree = unpack(packed(form))
            except UserError:
                continue
            assert unpack(pack(tree)) == tree

    def test_what_a_newer_program_may_say_is_refused(self) -> None:
        form = json.loads(zlib.decompress(pack(TREE)))
        for spoil in (
            lambda form: form.update(colour="red"),
            lambda form: form["sections"][0]["blocks"].append({"type": "Chart"}),
            lambda form: form.pop("title"),
            lambda form: form["sections"][1].update(page_number="roman"),
        ):
            spoiled = json.loads(json.dumps(form))
            spoil(spoiled)
            refused(packed(spoiled))

    def test_a_picture_that_is_no_base64_is_refused(self) -> None:
        text = json.dumps({"type": "Picture", "data": "QUJD", "height": 1})
        tree = {
            "type": "DocumentTree",
            "title": "",
            "author": "",
            "sections": [{"type": "Section", "blocks": [0]}],
        }
        for data, fits in (("QUJD", True), ("QUJ", False), ("QU*D", False), ("ก", False)):
            form = packed(
                tree | {"sections": [{"type": "Section", "blocks": [json.loads(text) | {"data": data}]}]}
            )
            if fits:
                (section,) = unpack(form).sections
                assert section.blocks == (Picture(base64.b64decode("QUJD"), 1),)
            else:
                refused(form)


def test_no_field_of_the_tree_has_a_name_that_json_needs() -> None:
    def classes(hint: Any) -> Iterator[Any]:
        if is_dataclass(hint):
            yield hint
            for part in get_type_hints(hint).values():
                yield from classes(part)
        for part in get_args(hint):
            yield from classes(part)

    found = set(classes(DocumentTree))
    assert set(get_args(Block)) <= found
    for tree_class in found:
        assert "type" not in {field.name for field in fields(tree_class)}
        assert all(field.default_factory is dataclasses.MISSING for field in fields(tree_class))
