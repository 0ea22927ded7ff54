"""What the heading of a column says that it holds, in all the words offices have for it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from itadesk.domain import thai
from itadesk.domain.model import Status

NUMBER = "number"
"""A column with the number of the row: it is passed over."""
LEFT_OUT = ""
"""A column that is not taken over."""

STATUS_COLUMNS: Mapping[Status, str] = {status: f"status_{status}" for status in Status}
"""The three columns of ticks."""

TARGETS = (
    "indicator", "heading", "title", "steps", "responsible", "period", "follow_up", "continuous", "status",
    *STATUS_COLUMNS.values(), "result", "outcome", "suggestion", "evidence", NUMBER,
)  # fmt: skip
"""What a column can be."""


@dataclass(frozen=True)
class _Words:
    """Words at which a heading is known. `also`: what it can be when another column has the first meaning already."""

    target: str
    pattern: re.Pattern[str]
    also: tuple[str, ...] = ()


def _words(target: str, pattern: str, *also: str) -> _Words:
    return _Words(target, re.compile(pattern), also)


# The word that stands first in a heading says what it is about; of several that begin there, the first of this list.
_ALL = (
    _words(NUMBER, r"^(?:ลำดับ(?:ที่)?|ที่|ข้อ(?:ที่)?|no|#)$"),
    _words("continuous", r"^(?:ดำเนินการ)?ต่อเนื่อง|^continuous"),
    _words("status_not_started", r"(?:ยัง)?ไม่(?:ได้)?(?:เริ่ม)?ดำเนิน|ยังไม่(?:เริ่ม|ทำ)|notstarted"),
    _words("status_in_progress", r"(?:อยู่)?ระหว่าง(?:การ)?ดำเนิน|กำลังดำเนิน|inprogress"),
    _words(
        "status_done", r"(?:ดำเนิน(?:งาน|การ)?|ทำ)?(?:แล้ว)?เสร็จ(?:แล้ว|สิ้น|เรียบร้อย)?|ดำเนิน(?:งาน|การ)แล้ว|done$"
    ),
    _words(
        LEFT_OUT,
        r"^(?:กลุ่ม|ค่า)?เป้าหมาย|^(?:วงเงิน)?งบประมาณ|^หมายเหตุ|^คะแนน|^ระดับ(?!ความสำเร็จ)|^วัตถุประสงค์|^kpi"
        r"|^(?:ตัวชี้วัด|ตัววัด)(?:ของ)?(?:ความสำเร็จ|ผล|เชิง|กิจกรรม|โครงการ|มาตรการ|การดำเนิน)",
    ),
    _words("suggestion", r"แนวทางแก้|ข้อเสนอ|ข้อคิดเห็น|ข้อจำกัด|ข้อติดขัด|ปัญหา|อุปสรรค|suggestion"),
    _words(
        "outcome", r"ผลลัพธ์|(?:ระดับ)?ความสำเร็จ|ผลสำเร็จ|ผลสัมฤทธิ์|ผลที่(?:ได้|คาด)|ประโยชน์(?:ที่)?(?:ได้|คาด)|outcome"
    ),
    _words("follow_up", r"กำกับ|ติดตาม|^ตามดู|follow-?up"),
    _words("status", r"สถานะ|สถานการณ์|สถานภาพ|status"),
    _words(
        "result",
        r"^รอบ(?:ที่)?เดือน|^เดือน(?:แรก|หลัง)$|^(?:ทำ|ดำเนินการ)(?:ไป)?ถึงไหน|สรุปผล|รายงานผล|ผลการ|ผลดำเนิน|ผลที่เกิด|ผล(?:งาน|ปฏิบัติ|ผลิต)|ผล$|ความก้าวหน้า|ความคืบหน้า|result",
    ),
    _words(
        "period",
        r"ระยะเวลา|ปฏิทิน|เดือนปี|ช่วงเวลา|ช่วงดำเนิน|ห้วง(?:เวลา|ดำเนิน|ที่)|^(?:ทำ)?เมื่อไห?ร่|ไตรมาส|กำหนด(?:เวลา|แล้วเสร็จ|เสร็จ|การ)|ช่วงที่|วันที่|วันเดือน|เดือนที่|เวลา|period",
    ),
    _words(
        "responsible",
        r"(?:ผู้|หน่วยงาน|ส่วน)?(?:ที่)?รับผิดชอบ|หน่วยงาน|ส่วนราชการ|ส่วนงาน|ผู้ดำเนิน|ผู้เกี่ยวข้อง|เจ้าของ|เจ้าภาพ|responsible",
    ),
    _words(
        "responsible",
        r"^ใคร(?:ทำ|รับผิดชอบ|เป็น|$)|^สำนัก|^กอง(?:$|ที่|สำนัก|ฝ่าย|งาน)|^ฝ่าย|^งานที่(?:รับผิดชอบ|เกี่ยวข้อง)",
    ),
    _words(
        "evidence",
        r"หลักฐาน|เอกสาร(?:อ้างอิง|ประกอบ|หลัก|แนบ)|ภาพ(?:ถ่าย|ประกอบ|กิจกรรม)|ลิงก์|ลิงค์|link|url|evidence",
    ),
    _words("indicator", r"(?:ประเด็น)?(?:ตัวชี้วัด|ตัววัด)|indicator"),
    _words(
        "title",
        r"^(?:จะ)?ทำอะไร|^สิ่งที่(?:ต้อง|จะ)?(?:ทำ|ดำเนินการ)$|ประเด็น(?:และ)?มาตรการ|^รายการ$|^เรื่อง$|^ภารกิจ$",
    ),
    _words("heading", r"ประเด็น|ด้าน|กลุ่ม|หมวด|หัวข้อ|groupheading", "indicator"),
    _words("steps", r"^(?:จะ)?ทำ(?:อย่างไร|ยังไง)|ขั้นตอน|วิธี|รายละเอียด|steps"),
    _words("title", r"มาตรการ|measure"),
    _words("title", r"กิจกรรม|แนวทาง|โครงการ|แผนงาน|activity", "steps"),
    _words("steps", r"(?:การ)?(?:ดำเนิน|ปฏิบัติ)(?:การ|งาน)?", "result"),
)
LONGEST = 120
"""Letters of the longest heading; what is longer is a text."""
_NOISE = re.compile(r"[\s\d.,:;()/\\\-–—“”\"'*]+")
_REMARK = re.compile(r"\([^()]*\)")


def meanings(heading: str) -> tuple[str, ...]:
    """What a column under this heading can hold, the most likely first; none for a heading that is not known."""
    if not heading.strip() or len(heading) > LONGEST:
        return ()
    text = thai.fold(heading)
    for plain in (_NOISE.sub("", _REMARK.sub("", text)), _NOISE.sub("", text)):
        found = [
            (match.start(), at) for at, words in enumerate(_ALL) if (match := words.pattern.search(plain))
        ]
        if found:
            words = _ALL[min(found)[1]]
            return (words.target, *words.also)
    return ()


def is_bare(heading: str) -> bool:
    """Whether a text is nothing but words for what a column holds."""
    plain = _NOISE.sub("", thai.fold(heading))
    return any(words.pattern.fullmatch(plain) for words in _ALL)
