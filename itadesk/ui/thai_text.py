"""Thai text for display: where Qt cannot find Thai words by itself, zero-width spaces show it where a line may end."""

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
    return text if qt_breaks_thai() else _with_breaks(text)


@lru_cache(maxsize=8192)
def _with_breaks(text: str) -> str:
    return "\n".join(BREAK.join(segment.words(line)) for line in text.split("\n"))
