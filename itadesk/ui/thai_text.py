"""Thai text for display: zero-width spaces show Qt where a line may end, where it does not find that out by itself."""

import re
from functools import cache, lru_cache

from PySide6.QtGui import QFont, QTextLayout, QTextOption

from itadesk.documents.paper import segment

BREAK = "\u200b"
_SAMPLE = "ราชการส่วนท้องถิ่นจัดทำ"


@cache
def qt_breaks_thai() -> bool:
    """Whether Qt found libthai on this computer: it then breaks a Thai sentence that has no blanks into lines."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout = QTextLayout(_SAMPLE, QFont())
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(1)
    layout.endLayout()
    return line.textLength() < len(_SAMPLE)


def display(text: str) -> str:
    """`text` as labels and cells draw it. Never store, edit, copy or search this form."""
    return _with_whole_abbreviations(text) if qt_breaks_thai() else _with_breaks(text)


@lru_cache(maxsize=8192)
def _with_breaks(text: str) -> str:
    return "\n".join(BREAK.join(segment.words(line)) for line in text.split("\n"))


_ABBREVIATION = rf"(?:{'|'.join(segment.ABBREVIATIONS)})(?!\.ค\.)"
"""Not "รอบต.ค.": that is October."""
_BEHIND_A_WORD = re.compile(f"(?<=[ก-๎]){_ABBREVIATION}")
_BEGINS = re.compile(_ABBREVIATION)


@lru_cache(maxsize=8192)
def _with_whole_abbreviations(text: str) -> str:
    """Libthai tears an abbreviation that follows a word without a blank: "เจ้าหน้าที่อบ|ต."."""
    if _BEHIND_A_WORD.search(text) is None:
        return text
    pieces = segment.words(text)
    apart = (BREAK + piece if _BEGINS.match(piece) else piece for piece in pieces[1:])
    return "".join((pieces[0], *apart))
