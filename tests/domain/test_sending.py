"""What is said of a copy that is sent: its name on any system, and the letter."""

from domain.rows import LINES, snapshots
from hypothesis import given
from hypothesis import strategies as st

from itadesk.domain import file_names, sending
from itadesk.domain.model import ROUNDS, Measure, Office
from itadesk.domain.sending import Copy
from itadesk.domain.short_code import short_code
from itadesk.domain.snapshot import Snapshot

OFFICE = Office(id="1" * 32, kind="องค์การบริหารส่วนตำบล", name="โคกสะอาด")


def test_the_name_says_office_year_round_and_version() -> None:
    assert sending.file_name(OFFICE, [2569], 6, 57) == "อบต.โคกสะอาด_2569_รอบ6_r57.itadesk"
    assert sending.file_name(OFFICE, [2569, 2568], 12, 3) == "อบต.โคกสะอาด_2568-2569_รอบ12_r3.itadesk"


@given(
    st.builds(Office, id=st.just("1"), kind=LINES, name=st.text(max_size=300)),
    st.sets(st.integers(2540, 2700), min_size=1, max_size=6),
    st.sampled_from(ROUNDS),
    st.integers(0, 2**31 - 1),
)
def test_every_name_can_be_stored_and_still_tells_the_version(
    office: Office, years: set[int], round_: int, revision: int
) -> None:
    name = sending.file_name(office, years, 6 if round_ == 6 else 12, revision)
    assert file_names.safe(name) == name
    assert name.endswith(f"_รอบ{round_}_r{revision}.itadesk")


@given(snapshots())
def test_the_letter_has_the_counts_of_every_year_sent_and_the_code(content: Snapshot) -> None:
    years = tuple(year.year for year in content.fiscal_years)
    copy = Copy(years, 6, True, "แฟ้ม.itadesk", 57, "0f" * 32, "340 KB")
    text = sending.letter(content, copy)
    assert short_code("0f" * 32) in text
    assert "แฟ้ม.itadesk (340 KB)" in text
    for year in content.fiscal_years:
        assert f"{year.year}, 6-month round: {len(content.children(Measure, year.id))} measures" in text
