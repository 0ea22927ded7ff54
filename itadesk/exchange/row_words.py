"""What the words of a table's row give away: that it goes on, is a heading or no row of measures; a status."""

import re

from itadesk.domain import thai
from itadesk.domain.fields import STATUS_LABELS
from itadesk.domain.model import Status
from itadesk.exchange.reading import TITLE_LENGTH
from itadesk.i18n import _

CONTINUED = re.compile(r"\s*\(?\s*ต่อ\s*\)\s*$")
INDICATOR_NUMBER = re.compile(r"ตัวชี้วัด(?:ย่อย)?\s*(?:ที่)?\s*(\d{1,2}(?:\.\d)?)(?!\d)")
_SECTION = re.compile(r"ด้านการ(?:รับรู้|วัดการเปิดเผย|เปิดเผย)|แบบ(?:วัด|ตรวจ)การ|\b(?:IIT|EIT|OIT)\b")
_OUTSIDE = re.compile(
    r"\s*(?:\(?ลงชื่อ|\(?[.…_]{3}|\(?ผู้รายงาน|ผู้บังคับบัญชา|หน้า(?:ที่)?\s*\d|[-–]?\s*\d{1,3}\s*[-–]?\s*$|รายงานผลการดำเนิน|หมายเหตุ|รวม)"
)
_MARK = re.compile(r"\s*(?:[-•●–*]|\(?\d{1,2}(?:\.\d{1,2})*[.)])")


def is_section(text: str) -> bool:
    """Whether a text names one of the three questionnaires."""
    return len(text) < TITLE_LENGTH and _SECTION.search(text) is not None


def is_outside(text: str) -> bool:
    return _OUTSIDE.match(thai.arabic_digits(text)) is not None


def joined(before: str, text: str) -> str:
    """A cut cell whole again: a new paragraph where the rest begins with a number or a dash."""
    return before + ("\n" if _MARK.match(thai.arabic_digits(text)) else " ") + text


def alike(title: str, other: str) -> bool:
    """Whether two titles are one measure's in two tables: typed twice, they often differ by a word."""
    one, two = thai.fold(thai.without_number(title)), thai.fold(thai.without_number(other))
    shorter, longer = sorted((one, two), key=len)
    if not shorter:
        return False
    common = sum(left == right for left, right in zip(shorter, longer, strict=False))
    begins = longer.startswith(shorter) and 2 * len(shorter) > len(longer)
    return begins or common > 0.7 * len(longer)


def status_named(text: str) -> Status | None:
    plain = thai.fold(text)
    for status, label in STATUS_LABELS.items():
        if plain in (thai.fold(label), thai.fold(_(label)), status):
            return Status(status)
    if re.search(r"ต่อเนื่อง|ระหว่าง|กำลัง", plain):
        return Status.IN_PROGRESS
    if re.search(r"ยังไม่|ไม่ได้", plain):
        return Status.NOT_STARTED
    return Status.DONE if re.search(r"เสร็จ|เรียบร้อย|ดำเนิน(?:การ|งาน)แล้ว", plain) else None
