"""What was printed: the code of a report, and what a report says otherwise since."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, Literal

import pytest
from documents.reports import (
    CHAIN,
    EMBLEM,
    HEAD,
    ROWS,
    TABLE,
    TREE,
    TREES,
    with_blocks,
    with_rows,
)
from hypothesis import given

from itadesk.documents.record import Change, changes, code_of
from itadesk.documents.tree import (
    Column,
    DocumentTree,
    HeadCell,
    MemoField,
    Paragraph,
    Picture,
    Row,
    Run,
    SignatureChain,
    Table,
)
from itadesk.documents.tree_json import pack, unpack


def altered(value: Any) -> Any:
    """Another value of the same type."""
    match value:
        case bool():
            return not value
        case str():
            return {"thai": "left", "left": "center", "none": "hyphens", "of_total": "none"}.get(
                value, value + "x"
            )
        case bytes():
            return value + b"x"
        case None:
            return 1
        case _:
            return value + 1


def variants(value: Any) -> Iterator[Any]:
    """The value with one leaf in it changed, each in turn."""
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            for variant in variants(getattr(value, field.name)):
                yield replace(value, **{field.name: variant})
    elif isinstance(value, tuple):
        for n, part in enumerate(value):
            yield from ((*value[:n], variant, *value[n + 1 :]) for variant in variants(part))
        yield (*value, *value[:1]) if value else value
    else:
        yield altered(value)


class TestCode:
    def test_it_is_the_same_on_every_machine_and_in_every_version(self) -> None:
        # Papers carry it: what these numbers are made of must never change.
        assert code_of(TREE) == "63a6c2f6ecbb98b165a75a1b41cb8a12c683f5c36c5d1334093f0bbed3b40db5"
        assert (
            code_of(DocumentTree("", "", ()))
            == "68d5d4140dc576091f014fce01607bb8da2fb6599185f43cc2ee99eddeb1e46b"
        )

    def test_the_footer_does_not_count_for_the_code_stands_in_it(self) -> None:
        assert code_of(replace(TREE, footer="YYYY-YYYY-YYYY")) == code_of(replace(TREE, footer=""))

    def test_everything_else_counts(self) -> None:
        trees = [tree for tree in variants(TREE) if tree != TREE and tree.footer == TREE.footer]
        assert len(trees) > 100
        assert len({code_of(tree) for tree in (TREE, *trees)}) == len(set(trees)) + 1

    def test_equal_sizes_are_equal_however_they_are_written(self) -> None:
        whole, broken = (with_blocks(replace(TABLE, size=size)) for size in (14, 14.0))
        assert code_of(whole) == code_of(broken)

    @given(TREES)
    def test_what_was_packed_keeps_its_code(self, tree: DocumentTree) -> None:
        assert code_of(unpack(pack(tree))) == code_of(tree)


def change(
    kind: Literal["added", "removed", "changed", "ticked"], place: str, before: str = "", after: str = ""
) -> list[Change]:
    return [Change(kind, place, before, after)]


def the_row(number: int, **cells: str) -> Row:
    """A row with other cells, by their place: c1="…"."""
    row = ROWS[number]
    return replace(row, cells=tuple(cells.get(f"c{n}", cell) for n, cell in enumerate(row.cells)))


class TestChanges:
    @given(TREES)
    def test_nothing_differs_from_itself(self, tree: DocumentTree) -> None:
        assert changes(tree, tree) == []
        assert changes(tree, unpack(pack(tree))) == []

    @given(TREES, TREES)
    def test_any_two_differ_in_something_said_both_ways(self, one: DocumentTree, other: DocumentTree) -> None:
        there, back = changes(one, other), changes(other, one)
        assert bool(there) == bool(back) == (code_of(one) != code_of(other))

    def test_a_cell_is_named_by_section_heading_and_row(self) -> None:
        after = with_rows(ROWS[0], the_row(1, c1="จัดทำประกาศ"), *ROWS[2:])
        assert changes(with_rows(*ROWS), after) == change(
            "changed", "ตารางผล · ๑. มาตรการเผยแพร่ข้อมูล · ขั้นตอน", "จัดทำประกาศ\nเผยแพร่", "จัดทำประกาศ"
        )

    def test_the_lowest_heading_names_a_column_and_a_tick_that_moves_is_seen(self) -> None:
        after = with_rows(*ROWS[:2], the_row(2, c2="/", c3=""), ROWS[3])
        place = "ตารางผล · ๒. มาตรการรับฟังความเห็น"
        assert changes(with_rows(*ROWS), after) == change("ticked", place, "เสร็จแล้ว", "อยู่ระหว่าง ดำเนินงาน")
        only = with_rows(*ROWS[:2], the_row(2, c3="-"), ROWS[3])
        assert changes(with_rows(*ROWS), only) == change("changed", f"{place} · เสร็จแล้ว", "/", "-")

    def test_a_row_more_is_one_change_though_all_others_are_numbered_anew(self) -> None:
        new = Row(("๑. มาตรการใหม่", "เริ่ม", "", ""))
        shifted = [
            the_row(n, c0=f"{number}. {ROWS[n].cells[0][3:]}") for n, number in ((1, "๒"), (2, "๓"), (3, "๔"))
        ]
        longer = with_rows(ROWS[0], new, *shifted)
        words = "มาตรการ: ๑. มาตรการใหม่\nขั้นตอน: เริ่ม"
        assert changes(with_rows(*ROWS), longer) == change("added", "ตารางผล · ๑. มาตรการใหม่", after=words)
        assert changes(longer, with_rows(*ROWS)) == change("removed", "ตารางผล · ๑. มาตรการใหม่", words)

    def test_a_column_of_numbers_is_numbering_too(self) -> None:
        def numbered(*titles: str) -> DocumentTree:
            rows = tuple(Row((str(n), title, "๕ ครั้ง")) for n, title in enumerate(titles, 1))
            return with_blocks(
                Table((Column(),) * 3, ((HeadCell("ที่"), HeadCell("เรื่อง"), HeadCell("ผล")),), rows)
            )

        found = changes(numbered("ก", "ข", "ค"), numbered("ใหม่", "ก", "ข", "ค"))
        assert [(row.kind, row.place) for row in found] == [("added", "ตารางผล · 1. ใหม่")]

    def test_a_retitled_row_beside_a_new_one_is_still_the_same_row(self) -> None:
        after = with_rows(
            ROWS[0], Row(("๑. ใหม่", "ก", "", "")), the_row(1, c0="๒. มาตรการเผยแพร่ข้อมูลข่าวสาร"), *ROWS[2:]
        )
        found = changes(with_rows(*ROWS), after)
        assert [(row.kind, row.place) for row in found] == [
            ("added", "ตารางผล · ๑. ใหม่"),
            ("changed", "ตารางผล · ๒. มาตรการเผยแพร่ข้อมูลข่าวสาร · มาตรการ"),
        ]

    def test_numbers_that_mean_something_are_seen(self) -> None:
        after = with_rows(*ROWS[:3], the_row(3, c1="ทำทะเบียน ๖ ครั้ง"))
        assert [row.after for row in changes(with_rows(*ROWS), after)] == ["ทำทะเบียน ๖ ครั้ง"]
        one, other = (with_blocks(Paragraph((Run(f"{score} คะแนน"),))) for score in ("๗๔.๘๓", "๗๕.๘๓"))
        assert [(row.before, row.after) for row in changes(one, other)] == [("๗๔.๘๓ คะแนน", "๗๕.๘๓ คะแนน")]

    def test_rows_of_merged_groups_are_known_by_what_is_their_own(self) -> None:
        def grouped(*titles: str) -> DocumentTree:
            columns = (Column(merged=True), Column(), Column())
            head = ((HeadCell("ตัวชี้วัด"), HeadCell("เรื่อง"), HeadCell("ผล")),)
            return with_blocks(Table(columns, head, tuple(Row(("ตัวชี้วัดที่ ๑", title, "ดี")) for title in titles)))

        found = changes(grouped("ก", "ข", "ค"), grouped("ข", "ค"))
        assert [(row.kind, row.place) for row in found] == [("removed", "ตารางผล · ก")]

    def test_paragraphs_are_named_by_their_first_words(self) -> None:
        text = "ตามที่สำนักปลัดได้วิเคราะห์ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงาน"
        one, other = (
            with_blocks(Paragraph((Run(f"หัวเรื่อง\n{text}{end}\nจึงเรียนมาเพื่อโปรดทราบ"),))) for end in ("", " นั้น")
        )
        (found,) = changes(one, other)
        assert (found.kind, found.before, found.after) == ("changed", text, f"{text} นั้น")
        section, words = found.place.split(" · ")
        assert section == "ตารางผล"
        assert words.endswith("…")
        assert text.startswith(words[:-1])
        assert 20 < len(words) <= 41

    def test_memo_fields_are_named_by_their_labels(self) -> None:
        lines = (HEAD.lines[0], (MemoField("ที่", "ขก ๗๑๐๐๑/๑๐", 0.5), HEAD.lines[1][1]), HEAD.lines[2])
        after = replace(HEAD, lines=lines, salutation="ปลัด อบต.")
        assert changes(with_blocks(HEAD, title="บันทึก"), with_blocks(after, title="บันทึก")) == [
            *change("changed", "บันทึก · ที่", "ขก ๗๑๐๐๑/๙", "ขก ๗๑๐๐๑/๑๐"),
            *change("changed", "บันทึก · เรียน", "นายก อบต.", "ปลัด อบต."),
        ]

    def test_signatories_are_named_and_another_in_the_same_role_takes_a_place(self) -> None:
        drafter, deputy = CHAIN.blocks
        other = replace(deputy, lines=("(นางมาลี สุขใจ)", "รองปลัด อบต.", "ปฏิบัติราชการแทน ปลัด อบต."))
        risen = replace(drafter, lines=(drafter.lines[0], "หัวหน้าสำนักปลัด"))
        found = changes(with_blocks(CHAIN), with_blocks(SignatureChain((risen, other))))
        assert [(row.kind, row.place) for row in found] == [
            ("changed", "ตารางผล · Signatory · นางสาวสมศรี ใจดี"),
            ("changed", "ตารางผล · Signatory · นางมาลี สุขใจ"),
        ]
        assert found[1].before == "ความเห็นของปลัด\n(นายสมชาย ใจงาม)\nปลัด อบต."
        found = changes(with_blocks(CHAIN), with_blocks(SignatureChain((drafter,))))
        assert [(row.kind, row.place) for row in found] == [
            ("removed", "ตารางผล · Signatory · นายสมชาย ใจงาม")
        ]

    def test_a_blank_signatory_is_named_by_the_role(self) -> None:
        blank = replace(CHAIN.blocks[1], lines=("(" + "." * 45 + ")",))
        (found,) = changes(
            with_blocks(SignatureChain((blank,))), with_blocks(SignatureChain((CHAIN.blocks[1],)))
        )
        assert (found.kind, found.place) == ("changed", "ตารางผล · Signatory · นายสมชาย ใจงาม")
        (found,) = changes(with_blocks(), with_blocks(SignatureChain((blank,))))
        assert found.place == "ตารางผล · Signatory · ความเห็นของปลัด"

    def test_another_picture_has_no_words(self) -> None:
        after = replace(HEAD, emblem=Picture(b"other", 1.5))
        assert changes(with_blocks(HEAD), with_blocks(after)) == change("changed", "ตารางผล · Picture")
        assert changes(with_blocks(), with_blocks(EMBLEM)) == change("added", "ตารางผล · Picture")

    def test_a_section_that_comes_or_goes_is_one_change(self) -> None:
        without = replace(TREE, sections=TREE.sections[:1])
        (found,) = changes(TREE, without)
        assert (found.kind, found.place, found.after) == ("removed", "ตารางผล", "")
        assert "๑. มาตรการเผยแพร่ข้อมูล" in found.before.split("\n")
        assert [(row.kind, row.place) for row in changes(without, TREE)] == [("added", "ตารางผล")]

    def test_another_heading_is_told_once_and_not_for_every_row(self) -> None:
        head = ((HeadCell("มาตรการ"), HeadCell("วิธีการ"), HeadCell("กำลังทำ"), HeadCell("เสร็จแล้ว")),)
        before, after = with_rows(*ROWS), with_blocks(replace(TABLE, head=head))
        assert changes(before, after) == change(
            "changed",
            "ตารางผล · Table head",
            "มาตรการ | ขั้นตอน | อยู่ระหว่าง ดำเนินงาน | เสร็จแล้ว",
            "มาตรการ | วิธีการ | กำลังทำ | เสร็จแล้ว",
        )

    def test_a_table_more_is_told_by_its_rows(self) -> None:
        found = changes(
            with_blocks(TABLE), with_blocks(TABLE, replace(TABLE, rows=(Row(("อื่น", "", "", "")),)))
        )
        assert found == change("added", "ตารางผล · อื่น", after="มาตรการ: อื่น")

    @pytest.mark.parametrize(
        "alter",
        [
            lambda tree: replace(tree, thai_digits=False),
            lambda tree: replace(
                tree, sections=(replace(tree.sections[0], landscape=True), tree.sections[1])
            ),
            lambda tree: replace(tree, sections=(replace(tree.sections[0], title="บันทึก"), tree.sections[1])),
        ],
    )
    def test_what_only_looks_otherwise_is_told_as_that(
        self, alter: Callable[[DocumentTree], DocumentTree]
    ) -> None:
        (found,) = changes(TREE, alter(TREE))
        assert (found.kind, found.before, found.after) == ("changed", "", "")
        assert found.place.startswith("Appearance")

    def test_the_kind_of_digits_is_looks(self) -> None:
        arabic = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
        rows = [replace(row, cells=tuple(cell.translate(arabic) for cell in row.cells)) for row in ROWS]
        (found,) = changes(with_rows(*ROWS), with_rows(*rows))
        assert found.place.startswith("Appearance")

    def test_a_footer_is_no_difference(self) -> None:
        assert changes(TREE, replace(TREE, footer="")) == []

    def test_rows_and_heads_that_do_not_fit_their_table(self) -> None:
        odd = Table(
            (Column(), Column(), Column()),
            ((HeadCell("ก", columns=10**9), HeadCell("ข")), (HeadCell("ค", columns=-3, rows=-1),), ()),
            (Row(()), Row(("ง",) * 9), Row(("จ",), group=True)),
        )
        found = changes(with_blocks(odd), with_blocks(replace(odd, rows=(Row(("ง", "ฉ", "ง")),))))
        assert [row.kind for row in found] == ["removed", "changed", "removed"]
        assert found[1].place == "ตารางผล · ง · ก (2)"

    @pytest.mark.parametrize("kinds", [1, 3, 1000])
    def test_a_thousand_rows_with_one_more(self, kinds: int) -> None:
        rows = [Row((f"{n % kinds}ก", "ขั้นตอน" * 30, "/", "")) for n in range(1000)]
        new = Row(("ใหม่", "", "", ""))
        found = changes(with_rows(*rows), with_rows(*rows[:500], new, *rows[500:]))
        assert [(row.kind, row.place) for row in found] == [("added", "ตารางผล · ใหม่")]

    def test_of_very_many_pieces_only_whether_they_differ_is_told(self) -> None:
        rows = [Row((f"{n}ก", "", "", "")) for n in range(5001)]
        other = [replace(row, cells=("อื่น",)) if n % 2 else row for n, row in enumerate(rows)]
        assert changes(with_rows(*rows), with_rows(*rows)) == []
        assert changes(with_rows(*rows), with_rows(*other)) == change("changed", "ตารางผล")
