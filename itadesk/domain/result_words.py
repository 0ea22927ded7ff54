"""What the words of a result say of the status: "อยู่ระหว่าง…", "…แล้วเสร็จ"."""

import re
from collections import deque

from itadesk.domain.model import Status

# Not "cases that are being handled", not "between 80 and 90 percent".
_UNDER_WAY = re.compile(
    r"(?<!ที่)(?:อยู่ระหว่าง(?!\s*(?:วันที่|เดือน|ปี|อายุ|ร้อยละ|คะแนน|ระดับ|\d))"
    r"|ยังไม่(?:ได้)?(?:เริ่ม)?ดำเนิน(?:การ|งาน)|ยังไม่(?:ได้)?(?:เริ่ม|ทำ(?=[\s.,]|$))|ยังไม่(?:แล้ว)?เสร็จ"
    # Not strength, nor the number of people.
    r"|(?<!อัตรา)(?<!ออก)กำลัง(?:ดำเนิน(?:การ|งาน)|ทำ|จัด|รวบรวม|เตรียม|ปรับ|ก่อสร้าง|ตรวจ|พิจารณา|เสนอ|รอ|สำรวจ|ประสาน))"
)
# Not "not yet", not "to be finished by".
_FINISHED = re.compile(r"(?<!ไม่)(?<!ให้)(?<!จะ)(?<!กำหนด)(?:แล้วเสร็จ|เสร็จสิ้น|เสร็จเรียบร้อย)|(?:เรียบร้อย|เสร็จ)แล้ว")
_NOT_STARTED = re.compile(r"ยังไม่(?:ได้)?(?:เริ่ม|ดำเนิน(?:การ|งาน)|ทำ)")
_GOES_ON = re.compile(r"ต่อเนื่อง(?:ตลอด|ทั้ง)(?:ทั้ง)?ปี")


def under_way(result: str) -> re.Match[str] | None:
    """The last words that say it is not done yet."""
    return _last(_UNDER_WAY, result) if any(word in result for word in ("อยู่ระหว่าง", "ยังไม่", "กำลัง")) else None


def finished(result: str) -> re.Match[str] | None:
    """The last words that say it is done."""
    return _last(_FINISHED, result) if "เสร็จ" in result or "เรียบร้อย" in result else None


def going_on(result: str) -> re.Match[str] | None:
    """The words that say it is not done yet, unless such follow that say it is."""
    open_, done = under_way(result), finished(result)
    return open_ if open_ and not (done and done.start() > open_.start()) else None


def status_of(result: str) -> Status | None:
    """The status that a result speaks of; one that says nothing of it tells what was done. None for an empty one."""
    if result.strip() in ("", "-", "–", "—"):
        return None
    if open_ := going_on(result):
        return Status.NOT_STARTED if _NOT_STARTED.match(open_[0]) else Status.IN_PROGRESS
    return Status.IN_PROGRESS if _GOES_ON.search(result) and not finished(result) else Status.DONE


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    last = deque(pattern.finditer(text), maxlen=1)
    return last[0] if last else None
