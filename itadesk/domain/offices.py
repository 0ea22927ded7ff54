"""Kinds of local offices and the title of the head of each (those of อบต. and ทต. seen in their own reports)."""

from collections.abc import Mapping

from itadesk.domain import thai
from itadesk.domain.model import Office

EXECUTIVES: Mapping[str, str] = {
    "องค์การบริหารส่วนตำบล": "นายกองค์การบริหารส่วนตำบล",
    "เทศบาลตำบล": "นายกเทศมนตรีตำบล",
    "เทศบาลเมือง": "นายกเทศมนตรีเมือง",
    "เทศบาลนคร": "นายกเทศมนตรีนคร",
    "องค์การบริหารส่วนจังหวัด": "นายกองค์การบริหารส่วนจังหวัด",
    "เมืองพัทยา": "นายกเมืองพัทยา",
}
"""Kind of office -> title of its head, before the office's name. An office may type another kind."""


def executive(office: Office) -> str:
    """The post of the office's head, to whom its memos go: "นายกเทศมนตรีตำบลงามดี"."""
    title = EXECUTIVES.get(office.kind)
    return title + office.name if title else f"หัวหน้า{office.full_name}"


def place(office: Office) -> str:
    """District and province as official papers write them; what is missing is left out."""
    parts = [("อำเภอ", office.district), ("จังหวัด", office.province)]
    return " ".join(label + name for label, name in parts if name)


SHORT_KINDS: Mapping[str, str] = {
    "องค์การบริหารส่วนตำบล": "อบต.",
    "เทศบาลตำบล": "ทต.",
    "เทศบาลเมือง": "ทม.",
    "เทศบาลนคร": "ทน.",
    "องค์การบริหารส่วนจังหวัด": "อบจ.",
}
"""Kind of office -> its usual short form."""


def short_name(office: Office) -> str:
    """The office's name as people write it: "อบต.โคกสะอาด"."""
    return SHORT_KINDS.get(office.kind, office.kind) + office.name


_LONG_KINDS = {short: kind for kind, short in SHORT_KINDS.items()}


def told(text: str) -> tuple[str, str]:
    """Kind and name of an office that somebody wrote in one piece, in long or in short: "อบต.โคกสะอาด"."""
    text = " ".join(text.split())
    for kind in sorted((*EXECUTIVES, *_LONG_KINDS), key=len, reverse=True):
        if text.startswith(kind) and text != kind:
            return _LONG_KINDS.get(kind, kind), text.removeprefix(kind).strip()
    return "", text


def key(kind: str, name: str) -> str:
    """What is alike when two writings mean offices of one kind and name."""
    return thai.fold("".join(told(kind + name)))
