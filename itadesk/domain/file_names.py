"""Names of attached files that do no harm as file names on any system: they come from anywhere."""

import re

from itadesk.domain import thai

OFFICE_FILE = ".itadesk"
"""The ending of an office file."""

_LONGEST = 100
"""Characters; a Thai one takes three bytes, and file systems have room for 255 bytes."""
_LONGEST_ENDING = 12
_BYTES = 230
_FORBIDDEN = re.compile(r'[<>:"|?*\n]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\s*(?:\.|$)", re.IGNORECASE)
_PROGRAMS = frozenset((
    "app", "application", "bat", "chm", "cmd", "com", "cpl", "desktop", "dll", "exe", "hta", "htm",
    "html", "inf", "jar", "js", "jse", "lnk", "mht", "mhtml", "msc", "msi", "msp", "pif", "ps1", "psm1",
    "py", "pyw", "rb", "reg", "scf", "scr", "sh", "shb", "svg", "sys", "url", "vb", "vbe", "vbs", "ws",
    "wsc", "wsf", "wsh", "xhtml", "xll",
))  # fmt: skip
"""Endings of what a double click would run, or would let run."""


def ending(name: str) -> str:
    """What comes behind the last dot of a file name, in small letters; "" for none."""
    stem, dot, last = name.rpartition(".")
    return last.casefold() if dot and stem else ""


def safe(name: str) -> str:
    """`name` as it can be stored on any system: no folders, no tricks, not too long; a program is one no longer."""
    text = " ".join(re.split(r"[/\\]", thai.normalise(name))[-1].split())
    text = _FORBIDDEN.sub("_", text).strip(" .")
    text = _shortened(text)
    if _RESERVED.match(text):
        text = f"_{text}"
    if ending(text) in _PROGRAMS:
        text = f"{text}.bin"
    return text or "แฟ้ม"


def _shortened(name: str) -> str:
    """The beginning of a long name, and its ending."""
    stem, dot, last = name.rpartition(".")
    if not dot or not stem or len(last) > _LONGEST_ENDING:
        stem, last = name, ""
    last = f".{last}" if last else ""
    stem = stem[: _LONGEST - len(last)]
    while len((stem + last).encode()) > _BYTES:
        stem = stem[:-1]
    return stem.rstrip(" .") + last
