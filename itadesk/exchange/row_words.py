"""What the words of a table's row give away: that it goes on, is a heading or no row of measures; a status."""

import re
from collections.abc import Sequence

from itadesk.domain import thai
from itadesk.domain.fields import STATUS_LABELS
from itadesk.domain.model import Status
from itadesk.i18n import _

TITLE_LENGTH = 200
"""Letters of the longest line that is taken for a title: running text names other years, too."""
CONTINUED = re.compile(r"\s*\(?\s*ต่อ\s*\)\s*$")
INDICATOR_NUMBER = re.compile(r"ตัวชี้วัด(?:ย่อย)?\s*(?:ที่)?\s*(\d{1,2}(?:\.\d)?)(?!\d)")
_SECTION = re.compile(r"ด้านการ(?:รับรู้|วัดการเปิดเผย|เปิดเผย)|แบบ(?:วัด|ตรวจ)การ|\b(?:IIT|EIT|OIT)\b")
_OUTSIDE = re.compile(
    r"\s*(?:\(?ลงชื่อ|\(?[.…_]{3}|\(?ผู้รายงาน|ผู้บังคับบัญชา|หน้า(?:ที่)?\s*\d|[-–]?\s*\d{1,3}\s*[-–]?\s*$|รายงานผลการดำเนิน|หมายเหตุ)"
)
_TOTAL = re.compile(r"\s*รวม(?:ทั้งสิ้น|ทั้งหมด)?\s*$")
_SIGNED = re.compile(r"\s*\(?ลงชื่อ|\s*\((?:นาย|นาง|[.…_\s]{3,}\))")
_COLUMN_NUMBER = re.compile(r"\(?(\d{1,2})\)?")
_MARK = re.compile(r"\s*(?:[-•●–*]|\(?\d{1,2}(?:\.\d{1,2})*[.)])")


def is_section(text: str) -> bool:
    """Whether a text names one of the three questionnaires."""
    return len(text) < TITLE_LENGTH and _SECTION.search(text) is not None


def is_outside(text: str) -> bool:
    return is_total(text) or _OUTSIDE.match(thai.arabic_digits(text)) is not None


def is_total(text: str) -> bool:
    """Whether a text stands before a sum, as below a budget."""
    return _TOTAL.match(text) is not None


def is_signature(text: str) -> bool:
    """Whether a text is what stands where a report is signed: "(ลงชื่อ)", "(นายก …)"."""
    return _SIGNED.match(text) is not None


def number_columns(texts: Sequence[str]) -> bool:
    """Whether a row only numbers the columns: (๑) (๒) (๓)."""
    found = [_COLUMN_NUMBER.fullmatch(thai.arabic_digits(text).strip()) for text in texts]
    numbers = [int(match[1]) for match in found if match]
    return (
        len(texts) > 2
        and len(numbers) == len(texts)
        and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    )


_UNIT = re.compile(r"\s*(?:สำนัก|กอง|ฝ่าย|งาน(?!ต่อ)|หน่วย|ทุก(?:สำนัก|ส่วน|กอง|หน่วย|ฝ่าย)|คณะ|ปลัด|ผู้บริหาร|นัก|หัวหน้า)")


def is_unit(text: str) -> bool:
    """Whether a text begins like the name of a unit or a post."""
    return _UNIT.match(text) is not None


def begins_with_mark(text: str) -> bool:
    """Whether a number of an enumeration, a dash or a bullet stands before a text."""
    return _MARK.match(thai.arabic_digits(text)) is not None


def joined(before: str, text: str, *, own_row: bool) -> str:
    """A cell with what the row below says: the rest that a page cut off, or a paragraph, which has a row of its own."""
    return before + ("\n" if own_row or begins_with_mark(text) else " ") + text


def joined_list(before: str, text: str) -> str:
    """Units or times with what the row below says: one more of them, unless the one above has not ended."""
    open_ = _NOT_ENDED.search(before) is not None or not (
        is_unit(text) or text[:1].isdigit() or _MONTH.match(text)
    )
    return before + (" " if open_ else "\n") + text


_NOT_ENDED = re.compile(r"(?:[-–—,/]|ถึง|และ)\s*$")
_MONTH = re.compile(rf"\s*{thai.MONTH}")


def alike(title: str, other: str) -> bool:
    """Whether two titles are one measure's in two tables: typed twice, they often differ by a word."""
    one, two = thai.fold(thai.without_number(title)), thai.fold(thai.without_number(other))
    shorter, longer = sorted((one, two), key=len)
    if not shorter:
        return False
    common = sum(left == right for left, right in zip(shorter, longer, strict=False))
    begins = longer.startswith(shorter) and 2 * len(shorter) > len(longer)
    return begins or common > 0.7 * len(longer)


_BOX = re.compile(r"([☐□○◯☑☒■●▣]|[(\[]\s*[/✓✔√xX]?\s*[)\]])")
_TICKED = re.compile(r"[☑☒■●▣/✓✔√xX]")


def _chosen(text: str) -> str:
    """Of several choices with a box each the one that is ticked; "" when it is none, or not one."""
    _before, *pairs = _BOX.split(text)
    ticked = [choice for box, choice in zip(pairs[::2], pairs[1::2], strict=True) if _TICKED.search(box)]
    return ticked[0] if len(ticked) == 1 else ""


def status_named(text: str) -> Status | None:
    """The status that a text is: its name, other words for it, a share, a ticked box; None for any other text."""
    plain = thai.fold(_chosen(text) if _BOX.search(text) else text)
    if not plain:
        return None
    for status, label in STATUS_LABELS.items():
        if plain in (thai.fold(label), thai.fold(_(label)), status):
            return Status(status)
    if percent := re.fullmatch(r"(?:ร้อยละ)?(\d{1,3})%?", plain):
        share = int(percent[1])
        return Status.NOT_STARTED if share == 0 else Status.DONE if share == 100 else Status.IN_PROGRESS
    for status, words in _STATUS_WORDS.items():
        if words.search(plain):
            return status
    return None


_STATUS_WORDS = {
    Status.IN_PROGRESS: re.compile(r"ต่อเนื่อง|ระหว่าง|ยังไม่(?:แล้ว)?เสร็จ|กำลัง|บางส่วน|ongoing|progress"),
    Status.NOT_STARTED: re.compile(r"ยังไม่|ไม่ได้|notstarted|pending"),
    Status.DONE: re.compile(r"เสร็จ|เรียบร้อย|สำเร็จ|ครบถ้วน|ดำเนิน(?:การ|งาน)แล้ว|complete|done|finished"),
}
"""In this order: "ยังไม่แล้วเสร็จ" is under way, and no other "ยังไม่…" is done."""
