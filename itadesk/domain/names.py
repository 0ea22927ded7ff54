"""People's names: the title apart, and their order in a list."""

import re

from itadesk.domain import thai

_GRADE = "(?:ตรี|โท|เอก)"
_TITLE = re.compile(
    rf"^(?:นางสาว|นาง|นาย|น\.ส\.|ว่าที่\s?(?:ร้อย{_GRADE}|ร\.\s?[ตทอ]\.)(?:\s?หญิง)?|ร้อย{_GRADE}|สิบ{_GRADE}"
    rf"|(?:พัน)?จ่า(?:สิบ)?{_GRADE}|ดร\.)\s*"
)


def without_title(name: str) -> str:
    """A name without นาย, นาง, นางสาว or the rank before it."""
    return _TITLE.sub("", name)


def sort_key(name: str) -> tuple[str, ...]:
    """Key of the order in which people are listed: by their own name, titles passed over."""
    return (*thai.sort_key(without_title(name)), name)
