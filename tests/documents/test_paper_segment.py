"""Line breaks: no torn cluster, no ๆ or closing mark at the start of a line, words as people read them."""

import re
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadesk.documents.paper.segment import breaks, clusters, cut, words

CLOSING = ")]}>”’»!?,.;:%ๆฯ…"
OPENING = "([{<“‘«"
TORN = re.compile("^[ะ-ฺๅ็-๎]")
LEADING = re.compile("[เ-ไ]$")

thai_text = st.text(
    st.sampled_from("กขคนมรสหอเแโใไะัาำิีึืุู่้๊๋์็ๆฯ ๐๑๒0129.,()“”\"'-–/abcITA:%@\u200b\u00a0"), max_size=80
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("การประเมินคุณธรรมและความโปร่งใส", ["การประเมิน", "คุณธรรม", "และ", "ความโปร่งใส"]),
        ("กำหนดมาตรการบริหารงานบุคคล", ["กำหนด", "มาตรการ", "บริหารงานบุคคล"]),
        ("มาตรการป้องกันการทุจริต", ["มาตรการป้องกัน", "การ", "ทุจริต"]),
        ("ต่าง ๆ ฯลฯ และ", ["ต่าง ๆ ฯลฯ ", "และ"]),
        ("ประจำปีงบประมาณ พ.ศ. ๒๕๖๖ นี้", ["ประจำ", "ปีงบประมาณ ", "พ.ศ. ๒๕๖๖ ", "นี้"]),
        ("ภายใน ๓๑ มี.ค. ๖๕ หรือ", ["ภายใน ", "๓๑ มี.ค. ๖๕ ", "หรือ"]),
        ("ครั้งที่ ๑/๒๕๖๖", ["ครั้งที่ ๑/๒๕๖๖"]),
        ("รอบ ๑๒ เดือน", ["รอบ ๑๒ เดือน"]),
        ("โทร. ๐ ๕๔๖๙ ๓๐๖๑", ["โทร. ๐ ๕๔๖๙ ๓๐๖๑"]),
        ("ให้ นาย ก", ["ให้ ", "นาย ก"]),
        ("มาตรการ/แนวทาง", ["มาตรการ/", "แนวทาง"]),
        ("๑. มาตรการ", ["๑. มาตรการ"]),
        ("ดู https://www.dla.go.th/a?b=c นี้", ["ดู ", "https://www.dla.go.th/a?b=c ", "นี้"]),
        ("ที่ saraban_05@dla.go.th", ["ที่ ", "saraban_05@dla.go.th"]),
        ("ระบบ(ITA)ของ", ["ระบบ", "(ITA)", "ของ"]),
        ("หลักการยืม-คืนทรัพย์สิน", ["หลักการ", "ยืม-คืน", "ทรัพย์สิน"]),
        ("ขององค์กร- ๑๐๐%", ["ของ", "องค์กร- ๑๐๐%"]),
        ("- จัดทำประกาศ", ["- จัดทำ", "ประกาศ"]),
        ("ต.ค. ๒๕๖๕ - ก.ย. ๒๕๖๖", ["ต.ค. ๒๕๖๕ ", "- ก.ย. ๒๕๖๖"]),
        ("ข้อ ๑ - ๓", ["ข้อ ๑ - ๓"]),
        ("อบต.โคกสะอาด", ["อบต.โคก", "สะอาด"]),
        ("ที่ทำการ อบต. โคกสะอาด", ["ที่ทำการ ", "อบต. ", "โคก", "สะอาด"]),
        ("นายกอบต.และจนท.สนง.", ["นายก", "อบต.และ", "จนท.สนง."]),
        ("ส.อบต. สตง. อปท. รพ.สต. ศพด.", ["ส.อบต. ", "สตง. ", "อปท. ", "รพ.สต. ", "ศพด."]),
        ("ของอบต ทั้งหมด", ["ของ", "อบต ", "ทั้งหมด"]),
        ("ในรอบต.ค. ๒๕๖๘", ["ใน", "รอบ", "ต.ค. ๒๕๖๘"]),
        ("ในรอบเม.ย. ๒๕๖๘", ["ใน", "รอบ", "เม.ย. ๒๕๖๘"]),
        ("พบคนจน", ["พบ", "คนจน"]),
        ("", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("https://www.dla.go.th/a?b=c", ["https://", "www.", "dla.", "go.", "th/", "a?", "b=", "c"]),
        ("๑๒เดือน", ["๑๒", "เดือน"]),
        ("พ.ศ. ๒๕๖๖", ["พ.ศ. ", "๒๕๖๖"]),
        ("อบต.โคก", ["อบต.", "โคก"]),
        ("ผู้มีส่วนได้ส่วนเสีย", ["ผู้", "มี", "ส่วนได้ส่วนเสีย"]),
    ],
)
def test_spare_places_for_what_does_not_fit(text: str, pieces: list[str]) -> None:
    assert words(text) == [text]
    edges = [0, *breaks(text).spare, len(text)]
    assert [text[a:b] for a, b in pairwise(edges)] == pieces


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("ยืม-คืน", ["ยืม", "-คืน"]),
        ("e-Service", ["e", "-Service"]),
        ("https://www.kham-pom.go.th", ["https://www.kham", "-pom.go.th"]),
        ("๒๕๖๕-๒๕๖๖", ["๒๕๖๕", "-๒๕๖๖"]),
        ("ก--ข-", ["ก", "--ข-"]),
        ("ก - ข", ["ก - ข"]),
        ("(-๕)", ["(-๕)"]),
    ],
)
def test_what_is_wider_than_a_line_is_broken_before_its_hyphens(text: str, pieces: list[str]) -> None:
    assert cut(text, breaks(text).hyphens) == pieces


@given(thai_text)
def test_no_line_ends_with_a_hyphen(text: str) -> None:
    found = breaks(text)
    for at in {at for positions in found for at in positions}:
        assert not text[:at].rstrip(" \u200b\u00a0").endswith("-")


@given(
    st.lists(st.sampled_from(["ก", "ที่", "a", "๑", "-", "- ", " ", "(", ")", ".", "/"]), max_size=20).map(
        "".join
    )
)
def test_the_last_resort_keeps_a_hyphen_with_what_follows(text: str) -> None:
    for piece in clusters(f"กข{text}ก"):
        assert not re.search("- *$", piece)


@given(thai_text)
def test_the_pieces_are_the_text(text: str) -> None:
    assert "".join(words(text)) == text
    assert "".join(clusters(text)) == text
    found = breaks(text)
    for positions in found:
        assert list(positions) == sorted(set(positions))
        assert all(0 < at < len(text) for at in positions)


@given(thai_text)
def test_no_line_starts_or_ends_with_what_it_may_not(text: str) -> None:
    found = breaks(text)
    for at in (*found.words, *found.spare, *found.hyphens):
        before, after = text[:at].rstrip(" "), text[at:]
        assert after[0] not in CLOSING
        assert not before or before[-1] not in OPENING
        assert not TORN.match(after)
        assert not LEADING.search(text[:at])


@given(thai_text)
def test_the_last_resort_tears_no_cluster(text: str) -> None:
    for piece in clusters(text)[1:]:
        assert not unicodedata.combining(piece[0])


def test_real_reports_hold_the_rules(corpus: Path) -> None:
    for file in corpus.glob("*.txt"):
        for text in file.read_text(encoding="utf-8").splitlines():
            for piece in words(text)[1:]:
                assert piece[0] not in CLOSING
                assert not TORN.match(piece)


@pytest.mark.parametrize(
    "text",
    ["1." + "1" * 5000, "(" * 500 + "1" * 5000, "ก." * 3000 + "ก", "a@" + "a." * 3000, "๑ " + "๒.๓" * 3000],
)
def test_no_text_makes_the_rules_search_for_ever(text: str) -> None:
    assert "".join(words(text)) == text


@pytest.mark.parametrize(
    "unit", ["ก", "กา", "A", "a.", "a@", " ", "นาย ", "พ.ศ. ๒", "์", "เ", "a-", "(", "1.", "กก.", "๑ "]
)
def test_time_grows_with_the_text_only(unit: str) -> None:
    """Texts of a hundred thousand characters; a quadratic step would take minutes."""
    assert "".join(words(unit * 50000)) == unit * 50000
    assert "".join(clusters(unit * 50000)) == unit * 50000
