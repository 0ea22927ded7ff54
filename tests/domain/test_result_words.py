"""What a result says of the status, in the words that clerks write."""

import pytest

from itadesk.domain.model import Status
from itadesk.domain.result_words import going_on, status_of

NOT_STARTED, IN_PROGRESS, DONE = Status


@pytest.mark.parametrize(
    "text", ["ยังไม่ดำเนินการ", "ยังไม่ได้เริ่มดำเนินงาน", "ยังไม่เริ่ม", "ยังไม่ได้เริ่ม", "ยังไม่ทำ", "ยังไม่ได้ทำ"]
)
def test_not_started(text: str) -> None:
    assert status_of(text) is NOT_STARTED


@pytest.mark.parametrize(
    "text",
    ["อยู่ระหว่างรวบรวมข้อมูล", "กำลังดำเนินการ", "กำลังทำ", "ประชุมแล้ว กำลังจัดทำคู่มือ", "ยังไม่แล้วเสร็จ", "ต่อเนื่องตลอดปี"],
)
def test_in_progress(text: str) -> None:
    assert status_of(text) is IN_PROGRESS


@pytest.mark.parametrize(
    "text",
    [
        "ดำเนินการแล้วเสร็จ",
        "เดิมกำลังจัดทำ บัดนี้แล้วเสร็จ",
        "อบรมเรื่องอัตรากำลังครบทุกคน",
        "จัดกิจกรรมออกกำลังกาย",
        "มอบรางวัลเป็นกำลังใจ",
        "ตรวจงานที่กำลังก่อสร้าง ๓ แห่ง",
        "ลดงานที่ยังไม่ได้ทำความสะอาด",
    ],
)
def test_done(text: str) -> None:
    assert status_of(text) is DONE


@pytest.mark.parametrize("text", ["", " ", "-", "–"])
def test_nothing_is_said(text: str) -> None:
    assert status_of(text) is None


def test_the_words_that_say_it() -> None:
    found = going_on("กำลังดำเนินการร่างประกาศ")
    assert found is not None
    assert found[0] == "กำลังดำเนินการ"
