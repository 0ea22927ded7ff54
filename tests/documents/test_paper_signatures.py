"""Who signs: blocks side by side in their own widths, room to sign, and a chain that leaves nobody alone on a page."""

from dataclasses import replace

import pytest
from documents.readers import (
    CM,
    IN_ORDER,
    by_mupdf,
    characters,
    dotted,
    folded,
    lines,
    paragraph,
    run_of,
    table_pages,
    text_of,
    written,
)

from itadesk.documents.tree import (
    Block,
    Column,
    HeadCell,
    Paragraph,
    Row,
    Run,
    SignatureBlock,
    SignatureChain,
    Space,
    Table,
)

SENTENCE = "จัดทำประกาศขั้นตอนการปฏิบัติงานและเผยแพร่บนเว็บไซต์ของหน่วยงานให้ประชาชนทราบ "
LEFT, WIDTH = 3 * CM, 16 * CM


def block(at: int, lines: int = 2) -> SignatureBlock:
    texts = (f"(นายลำดับที่{at})", *(f"ตำแหน่ง{at};" for _ in range(lines - 1)))
    return SignatureBlock(texts, "(ลงชื่อ)", label=f"ผู้รายงาน{at}")


def chain(count: int = 2, columns: int = 2, lines: int = 2) -> SignatureChain:
    return SignatureChain(tuple(block(at, lines) for at in range(count)), columns)


def table(count: int, text: str = "ขั้นตอน") -> Table:
    return Table(
        (Column(), Column()),
        ((HeadCell("มาตรการ"), HeadCell("สถานะ")),),
        tuple(Row((f"แถว{at}", text)) for at in range(count)),
    )


def pages_of(*blocks: Block) -> list[str]:
    """The text of each page; none is empty."""
    texts = [folded("".join(line.text for line in page)) for page in lines(written(*blocks))]
    assert all(texts)
    return texts


def check_whole(texts: list[str], count: int, lines: int = 2) -> list[int]:
    """The pages of the blocks, none of which is torn."""
    places: list[int] = []
    for at in range(count):
        (page,) = [number for number, text in enumerate(texts) if f"(นายลำดับที่{at})" in text]
        assert f"ผู้รายงาน{at}" in texts[page]
        assert texts[page].count(f"ตำแหน่ง{at};") == lines - 1
        places.append(page)
    return places


# --- how a block looks


def test_the_label_stands_centred_above_the_room_to_sign() -> None:
    data = written(chain(1, 1))
    found = lines(data)[0]
    label, sign = run_of(found, "ผู้รายงาน0"), run_of(found, "(ลงชื่อ)")
    assert (label[0].left + label[-1].right) / 2 == pytest.approx((10.5 + 19) / 2 * CM, abs=1)
    assert sign[0].y - label[0].y > 1.1 * CM
    assert len(dotted(data)) == 1


def test_there_is_room_to_sign_without_a_sign_label() -> None:
    data = written(SignatureChain((replace(block(0), sign_label=""),)))
    found = lines(data)[0]
    assert run_of(found, "(นายลำดับที่0)")[0].y - run_of(found, "ผู้รายงาน0")[0].y > 1.5 * CM
    assert dotted(data) == []


def test_two_blocks_stand_side_by_side_in_equal_widths() -> None:
    data = written(chain(2))
    found = lines(data)[0]
    for at, middle in ((0, LEFT + WIDTH / 4), (1, LEFT + 3 * WIDTH / 4)):
        for text in (f"ผู้รายงาน{at}", f"(นายลำดับที่{at})", f"ตำแหน่ง{at};"):
            run = run_of(found, text)
            assert (run[0].left + run[-1].right) / 2 == pytest.approx(middle, abs=0.2 * CM)
    assert run_of(found, "ผู้รายงาน0")[0].y == run_of(found, "ผู้รายงาน1")[0].y
    left, right = sorted(dotted(data))
    assert left[2] == right[2]
    assert left[1] < LEFT + WIDTH / 2 < right[0]


def test_a_third_block_of_two_columns_begins_a_new_row() -> None:
    found = lines(written(chain(3)))[0]
    first, third = run_of(found, "ผู้รายงาน0"), run_of(found, "ผู้รายงาน2")
    assert third[0].x == pytest.approx(first[0].x, abs=1)
    assert third[0].y > run_of(found, "ตำแหน่ง1")[0].y


@pytest.mark.parametrize("columns", [2, 3, 5, 9])
def test_everything_of_a_block_stays_in_its_width(columns: int) -> None:
    blocks = tuple(
        SignatureBlock((f"({SENTENCE})",), "(ลงลายมือชื่อไว้เป็นหลักฐาน)", "ความเห็นของหัวหน้า", 3, SENTENCE)
        for _ in range(columns)
    )
    data = written(SignatureChain(blocks, columns))
    (page,) = lines(data)
    share = WIDTH / columns
    for character in characters(page):
        if character.text.strip():
            column = int((character.x - LEFT + 1) / share)
            assert character.right <= LEFT + (column + 1) * share + 0.5
    for left, right, _ in dotted(data):
        column = int((left - LEFT + 1) / share)
        assert right <= LEFT + (column + 1) * share + 0.5
    assert folded("".join(line.text for line in page)).count(folded(SENTENCE)) == 2 * columns


def test_tops_are_aligned_where_blocks_are_not_alike() -> None:
    unlike = SignatureChain((block(0, 1), replace(block(1, 5), opinion="ความเห็น", opinion_lines=2)), 2)
    found = lines(written(unlike, paragraph("จบ")))[0]
    assert run_of(found, "ผู้รายงาน0")[0].y == run_of(found, "ความเห็น")[0].y
    assert run_of(found, "จบ")[0].y > run_of(found, "ตำแหน่ง1")[-1].y + 4 * 18


def test_four_abreast_keep_their_dots_and_names_at_one_height() -> None:
    blank = f"({'.' * 45})"
    blocks = (
        SignatureBlock((blank, "ตำแหน่งหนึ่ง"), "(ลงชื่อ)", label="ผู้รายงาน"),
        SignatureBlock((blank, "ตำแหน่งสอง"), "(ลงชื่อ)", label="ผู้ตรวจสอบและผู้บังคับบัญชาชั้นต้น"),
        SignatureBlock((blank, "ตำแหน่งสาม"), "(ลงชื่อ)", "ความเห็นของปลัด", 2, "ผู้เห็นชอบ"),
        SignatureBlock((blank, "ตำแหน่งสี่"), "(ลงชื่อ)"),
    )
    data = written(SignatureChain(blocks, 4))
    found = lines(data)[0]
    heights = {text.y for text in found if "ตำแหน่ง" in text.text}
    assert len(heights) == 1
    signing = [end - start for start, end, y in dotted(data) if abs(y - min(heights)) < 45]
    assert len(signing) == 4
    assert min(signing) > 2 * CM
    (blanks,) = {text.y for text in found if "...." in text.text}
    assert 0 < min(heights) - blanks < 20


@pytest.mark.parametrize("reader", IN_ORDER)
def test_each_block_is_read_whole(reader: str) -> None:
    read = folded(IN_ORDER[reader](written(chain(4))))
    assert read == "".join(f"ผู้รายงาน{at}(ลงชื่อ)(นายลำดับที่{at})ตำแหน่ง{at};" for at in range(4))


# --- what stays together


@pytest.mark.parametrize("columns", [1, 2])
def test_the_chain_takes_the_last_row_of_the_table_along(columns: int) -> None:
    turned = 0
    for count in range(20, 36):
        texts = pages_of(table(count), Space(0.5), chain(4, columns))
        (page,) = set(check_whole(texts, 4))
        assert page == len(texts) - 1
        assert f"แถว{count - 1}" in texts[page]
        turned += page == 1 and f"แถว{count - 2}ข" not in texts[page]
    assert turned


def test_the_chain_takes_the_group_row_along_too() -> None:
    for count in range(24, 34):
        plain = table(count)
        rows = (*plain.rows[:-1], Row(("กลุ่มท้าย",), group=True), plain.rows[-1])
        texts = pages_of(Table(plain.columns, plain.head, rows), chain(2))
        assert f"กลุ่มท้ายแถว{count - 1}" in texts[check_whole(texts, 2)[0]]


def test_the_chain_takes_two_lines_of_a_long_row_along() -> None:
    for count in range(12, 34):
        long = Row(("\n".join(f"ข้อ{at:02d}." for at in range(14)), ""))
        plain = table(count)
        data = written(Table(plain.columns, plain.head, (*plain.rows, long)), chain(4, 1))
        last = table_pages(data)[-1]
        assert text_of(last.below).count("ผู้รายงาน") == 4
        assert "ข้อ12.ข้อ13." in last.bands[-1].texts[0]


def test_the_chain_takes_two_lines_of_a_paragraph_along() -> None:
    long = paragraph("\n".join(f"บรรทัดที่ {at}" for at in range(60)))
    texts = pages_of(long, chain(4, 1))
    assert set(check_whole(texts, 4)) == {2}
    for filler in range(20):
        texts = pages_of(*[paragraph("x")] * filler, long, Space(1), chain(4, 1))
        assert set(check_whole(texts, 4)) == {len(texts) - 1}
        assert "บรรทัดที่58บรรทัดที่59" in texts[-1]


def test_a_closing_paragraph_goes_along() -> None:
    for count in range(20, 36):
        texts = pages_of(table(count), Space(0.5), paragraph("จึงเรียนมาเพื่อโปรดทราบ"), Space(0.5), chain(4))
        assert set(check_whole(texts, 4)) == {len(texts) - 1}
        assert texts[-1].index("จึงเรียน") < texts[-1].index("ผู้รายงาน0")


def test_a_closing_paragraph_takes_along_what_is_kept_with_it() -> None:
    kept = Paragraph((Run("ข้อพิจารณา"),), keep_with_next=True)
    for filler in range(20, 40):
        texts = pages_of(*[paragraph("x")] * filler, kept, Space(0.2), paragraph("จึงเรียนมา"), chain(4))
        assert set(check_whole(texts, 4)) == {len(texts) - 1}
        assert "ข้อพิจารณาจึงเรียนมาผู้รายงาน0" in texts[-1]


@pytest.mark.parametrize("columns", [1, 2])
def test_a_chain_longer_than_a_page_begins_where_the_text_ends(columns: int) -> None:
    for count in (1, 10, 24, 28, 30, 60):
        texts = pages_of(table(count), chain(24, columns))
        places = check_whole(texts, 24)
        assert places == sorted(places)
        assert f"แถว{count - 1}" in texts[places[0]]


def test_as_many_blocks_as_fit_stay_where_the_text_ends() -> None:
    texts = pages_of(paragraph("x"), chain(12, 1))
    places = check_whole(texts, 12)
    assert places.count(0) == 7


def test_two_chains_in_a_row() -> None:
    second = SignatureChain((SignatureBlock(("(ประธาน)",), "ลงนาม"),))
    for count in range(15, 36):
        texts = pages_of(table(count), chain(4), second)
        assert set(check_whole(texts, 4)) == {len(texts) - 1}
        assert "(ประธาน)" in texts[-1]


@pytest.mark.parametrize("columns", [1, 2])
def test_a_monstrous_block_is_printed_whole(columns: int) -> None:
    monster = SignatureBlock((SENTENCE * 60,), "(ลงชื่อ)")
    for filler in (0, 1, 30):
        texts = pages_of(*[paragraph("x")] * filler, SignatureChain((monster, block(1), monster), columns))
        assert "".join(texts).count("ขั้นตอน") == 120
        assert "(นายลำดับที่1)" in "".join(texts)


def test_a_chain_of_nobody() -> None:
    assert folded(by_mupdf(written(paragraph("ก"), SignatureChain((), 2), paragraph("ข")))) == "กข"
