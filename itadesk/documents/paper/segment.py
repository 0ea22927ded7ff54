"""Where a line of Thai may end: between words, never inside a cluster, never before ๆ ฯ or a closing mark.

Thai is written without blanks, so words are found with a lexicon: the segmentation of a run of Thai letters into
the fewest known words, cut only where no cluster (consonant, vowels, tone marks) is torn. The text itself is never
changed: no zero-width space is put into it.

No line ends with a hyphen, not even the one of "ยืม-คืน": programs that read a PDF take that for one put in by the
typesetter and drop it. What must be broken there is broken before the hyphen.

The words are the CC0 list of PyThaiNLP (`resources/words/words_th.txt`) and those of the job that it lacks
(`words_domain.txt`); `_OFFICE_WORDS` are preferred to others.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from itadesk import paths
from itadesk.domain.thai import MONTHS, MONTHS_SHORT


class Breaks(NamedTuple):
    """Positions in a text just before which a line may end, rising."""

    words: tuple[int, ...]
    """Between words."""
    spare: tuple[int, ...]
    """Inside a compound, an address, "ข้อ ๑" or "๑๒เดือน": only for a piece that does not fit."""
    hyphens: tuple[int, ...]
    """Before a hyphen inside "ยืม-คืน" or "e-Service": only for a piece wider than its line."""


@lru_cache(maxsize=4096)
def breaks(text: str) -> Breaks:
    """All positions where a line of `text` may end."""
    kept = {match.start() for match in _KEPT_BLANK.finditer(text)}
    kept.update(match.end() - 1 for match in _LIST_NUMBER.finditer(text))
    held = {at for match in _AFTER_HYPHEN.finditer(text) for at in range(match.start() + 1, match.end() + 1)}
    words: list[int] = []
    spare: list[int] = []
    left = ""
    for match in _TOKEN.finditer(text):
        kind, start = match.lastgroup or "other", match.start()
        if start and start not in held:
            level = _boundary(text, start, left, kind, kept)
            if level:
                (words if level == _WORD else spare).append(start)
        if kind == "thai":
            _inside_thai(match.group(), start, words, spare)
        elif kind == "address":
            spare += [start + cut.start() for cut in _ADDRESS_CUT.finditer(match.group())]
        left = kind
    hyphens = tuple(match.start() for match in _INNER_HYPHEN.finditer(text))
    return Breaks(tuple(words), tuple(spare), hyphens)


def words(text: str) -> list[str]:
    """`text` cut at every break between words; the pieces joined are `text` again."""
    return cut(text, breaks(text).words)


def clusters(text: str) -> list[str]:
    """`text` cut wherever no cluster is torn, for a piece wider than its line.

    Marks that may not begin a line stay with what they follow; a text that is one chain of them is cut between them.
    """
    found = _CLUSTER.findall(text)
    return found if len(found) > 1 else _LETTER.findall(text)


def cut(text: str, positions: tuple[int, ...]) -> list[str]:
    """`text` in pieces that end at `positions`."""
    edges = (0, *positions, len(text))
    return [text[a:b] for a, b in pairwise(edges) if a < b]


# --- boundaries between tokens --------------------------------------------------------------------------------

_DIGIT = "[0-9๐-๙]"
_MONTHS = (*MONTHS_SHORT, *MONTHS)
_MONTH = f"(?:{'|'.join(map(re.escape, _MONTHS))})"
_SHORT_MONTH = f"(?:{'|'.join(map(re.escape, MONTHS_SHORT))})"
_MONTH_LETTERS = "".join(sorted({month[0] for month in MONTHS_SHORT}))
"""With which a short month may begin: looked for there only, else words are found half as fast."""
_BEFORE_NUMBER = (
    "พ.ศ.", "ค.ศ.", "ปี", "ข้อ", "ที่", "มาตรา", "ร้อยละ", "จำนวน", "ระดับ", "ระยะ", "รอบ", "หน้า", "หมู่", "โทร.",
    "โทรศัพท์", *_MONTHS,
)  # fmt: skip
_AFTER_NUMBER = (
    r"บาท|คน|วัน|เดือน|ปี|ครั้ง|ข้อ|คะแนน|เปอร์เซ็นต์|ราย|แห่ง|ฉบับ|โครงการ|น\.|นาที|ชั่วโมง|เมตร|กิโลเมตร"
    r"|ตารางเมตร|ไร่|ล้าน|" + _MONTH
)
_TITLES = ("นาย", "นาง", "นางสาว", "ณ")


def _behind(words: Iterable[str]) -> str:
    """One of `words` and a blank, looked back at: a search for blanks is several times faster than one for words."""
    return "|".join(f"(?<={re.escape(word)} )" for word in words)


_KEPT_BLANK = re.compile(
    " (?:"
    + "|".join(
        (
            f"(?={_DIGIT})(?:{_behind(_BEFORE_NUMBER)})",
            f"(?<={_DIGIT} )(?={_AFTER_NUMBER}|[-–] ?{_DIGIT}|– ?{_MONTH})",
            f"(?<={_DIGIT} )(?={_DIGIT}{{3,4}}(?!{_DIGIT}))",  # groups of a telephone number
            r"(?<=ดร\. )",
            *(f"(?<![ก-๎]{title} )(?<={title} )" for title in _TITLES),
        )
    )
    + ")"
)
"""Blanks after which a line ends only if need be: "พ.ศ. ๒๕๖๖", "ข้อ ๑", "๑๒ เดือน"."""
_LIST_NUMBER = re.compile(
    f"(?:^|(?<= ))(?:\\(?{_DIGIT}{{1,3}}[.)](?:{_DIGIT}{{1,2}}[.)])*(?:{_DIGIT}{{1,2}})?|•) "
)
"""A typed list number or bullet at the start of a paragraph or after a blank, with its blank, which is kept, too."""

_TOKEN = re.compile(
    r"(?P<address>(?:https?://|www\.)[^\s<>\"\u0e00-\u0e7f]+"
    r"|[A-Za-z0-9_.+\-๐-๙]{1,64}@[A-Za-z0-9\-]{1,64}(?:\.[A-Za-z0-9\-]{1,64})+)"
    r"|(?P<etc>ฯลฯ)"
    r"|(?P<opening>[(\[{<“‘«]+ *)"
    r"|(?P<abbreviation>(?:[เ-ไ]?[ก-ฮ][ะ-ฺเ-๎]*\.){2,}|(?<![ก-๎])(?:[ก-ฮ]{1,5}\.)+)"
    rf"|(?P<thai>(?:(?:(?![{_MONTH_LETTERS}])[ก-ฮะ-ฺเ-ๅ็-๎])+|(?!{_SHORT_MONTH})[{_MONTH_LETTERS}])+)"
    r"|(?P<blank>[ \t\u200b]+)"
    r"|(?P<fixed>\u00a0+)"
    r"|(?P<number>[0-9๐-๙]+(?:[.,:/][0-9๐-๙]+)*)"
    r"|(?P<latin>[A-Za-z\u00c0-\u024f'’]+)"
    r"|(?P<other>.)",
    re.DOTALL,
)
_ADDRESS_CUT = re.compile(r"(?<=[/.@?&=_])(?=[^/.\s])")
_HYPHENS = "-+[ \t\u200b\u00a0]*"
_AFTER_HYPHEN = re.compile(_HYPHENS)
_INNER_HYPHEN = re.compile("(?<=[^\\s\u200b([{<“‘«เ-ไ-])-(?=.)", re.DOTALL)
_NOT_FIRST = frozenset(")]}>”’»!?,.;:%ๆฯ…ะัาำิีึืฺุูๅ็่้๊๋์ํ๎")
"""Closing marks, and vowels and tone marks that stand on or after a letter."""
_LEADING = frozenset("เแโใไ")
_BLANK = frozenset({"blank", "fixed"})
_HOLDING = frozenset({"opening", "fixed"})
_NEVER, _WORD, _SPARE = 0, 1, 2


def _boundary(text: str, at: int, left: str, right: str, kept: set[int]) -> int:
    """May a line end between the tokens of kind `left` and `right` that meet at `at`?"""
    first, last = text[at], text[at - 1]
    if right in _BLANK or left in _HOLDING or first in _NOT_FIRST or last in _LEADING:
        return _NEVER
    if left == "blank":
        return _SPARE if at - 1 in kept else _WORD
    if first in "-/–—":
        return _NEVER
    if last in "/–—":
        return _NEVER if right == "number" and text[at - 2 : at - 1].isdigit() else _WORD
    if last in "ๆฯ)]}”’":
        return _WORD
    if last in ".,:;":
        return _SPARE if left == "abbreviation" and right == "thai" else _NEVER
    if left == "other" and right == "other":
        return _SPARE
    return _JOINS.get((left, right), _NEVER)


_JOINS = {
    ("thai", "latin"): _WORD,
    ("latin", "thai"): _WORD,
    ("thai", "address"): _WORD,
    ("address", "thai"): _WORD,
    ("abbreviation", "latin"): _WORD,
    ("abbreviation", "address"): _WORD,
    ("thai", "abbreviation"): _WORD,
    ("thai", "opening"): _WORD,
    ("latin", "opening"): _WORD,
    ("number", "opening"): _WORD,
    ("number", "thai"): _SPARE,
    ("thai", "number"): _SPARE,
}


# --- words in a run of Thai letters ---------------------------------------------------------------------------

ABBREVIATIONS = ("อบต", "อบจ", "อปท", "สตง", "จนท", "สนง", "อสม", "ศพด", "นอภ")
"""Written without a blank before them, too: "เจ้าหน้าที่อบต."."""
_OFFICE_WORDS = frozenset(
    """
ความโปร่งใส มาตรการ แนวทาง ผู้รับบริการ ผู้รับผิดชอบ ผู้มีส่วนได้ส่วนเสีย ผลประโยชน์ทับซ้อน ประจำปี ปีงบประมาณ เฟสบุ๊ก
เจ้าหน้าที่ ร้องเรียน ตัวชี้วัด นายก ไลน์ ติดตาม ครั้งที่ ข้อที่ วันที่ เผยแพร่ ประชาสัมพันธ์ ข้าราชการ ท้องถิ่น องค์การบริหารส่วนตำบล
เทศบาลตำบล สำนักปลัด กองคลัง กองช่าง จัดซื้อจัดจ้าง การปฏิบัติงาน การให้บริการ ผลการดำเนินการ หน่วยงาน วิธีการ
ดำเนินการ ช่องทาง ประสิทธิภาพ ประสิทธิผล เข้าถึง สารสนเทศ แนวปฏิบัติ คล่องตัว การพัฒนา บริหารงาน
""".split()  # noqa: SIM905
).union(ABBREVIATIONS)
"""Words of the job, where the general list has none or prefers others: "มาตรการ|ป้องกัน", not "มาตร|การป้องกัน"."""

_MISLEADING = frozenset({"มาตร"})
"""Words of the general list that never stand alone in these reports but tear others: "มาตร|การบริหาร"."""

_UNKNOWN, _UNKNOWN_MORE, _UNKNOWN_LETTER = 3.0, 1.2, 0.01
"""Costs of a cluster in no word, of one that continues such a stretch, and of each of its letters; a word costs 1."""
_OFFICE_WORD = 0.1
"""What a word of the job saves."""
_LONGER = 0.0001
"""What a word saves per letter squared, so that of equally many words the longer ones win."""
_COMPOUND = 10
"""Letters from which a word is looked into for spare breaks."""


def _inside_thai(run: str, start: int, words: list[int], spare: list[int]) -> None:
    """Add the break positions within a run of Thai letters that begins at `start`."""
    at = 0
    for length in _segments(run):
        if at:
            words.append(start + at)
        if length >= _COMPOUND:
            spare += [start + at + inner for inner in _parts(run[at : at + length])]
        at += length


@lru_cache(maxsize=16384)
def _segments(run: str) -> tuple[int, ...]:
    """Lengths of the words of a run; a stretch of unknown clusters is one word."""
    return tuple(end - start for start, end, _ in _fewest_words(run))


@lru_cache(maxsize=4096)
def _parts(word: str) -> tuple[int, ...]:
    """Break positions inside a compound word, none unless it consists of known words of two letters or more."""
    found = _fewest_words(word, whole=False)
    if any(unknown or end - start < 2 for start, end, unknown in found):
        return ()
    return tuple(end for _, end, _ in found[:-1])


def _fewest_words(run: str, *, whole: bool = True) -> list[tuple[int, int, bool]]:
    """(start, end, unknown) of the cheapest segmentation; `whole` False forbids the run itself as a word."""
    size = len(run)
    ends = _safe_ends(run)
    cost = [0.0] + [float("inf")] * size
    came_from = [0] * (size + 1)
    unknown = [False] * (size + 1)
    for index, start in enumerate((0, *ends[:-1])):
        here = cost[start]
        end = ends[index]
        price = here + (_UNKNOWN_MORE if unknown[start] else _UNKNOWN) + _UNKNOWN_LETTER * (end - start)
        if price < cost[end]:
            cost[end], came_from[end], unknown[end] = price, start, True
        known, longest = _lexicon(run[start : start + 2])
        for reach in range(index, len(ends)):
            end = ends[reach]
            length = end - start
            if length > longest:
                break
            word = run[start:end]
            if word in known and (whole or length < size):
                price = (
                    here + 1.0 - _LONGER * length * length - (_OFFICE_WORD if word in _OFFICE_WORDS else 0)
                )
                if price < cost[end]:
                    cost[end], came_from[end], unknown[end] = price, start, False
    return _path(came_from, unknown)


def _path(came_from: list[int], unknown: list[bool]) -> list[tuple[int, int, bool]]:
    """The chosen words from the back pointers, with neighbouring unknown clusters joined."""
    found: list[tuple[int, int, bool]] = []
    end = len(came_from) - 1
    while end > 0:
        start = came_from[end]
        if found and unknown[end] and found[-1][2]:
            found[-1] = (start, found[-1][1], True)
        else:
            found.append((start, end, unknown[end]))
        end = start
    return found[::-1]


@cache
def _all_words() -> list[str]:
    folder = paths.resources() / "words"
    listed = [(folder / name).read_text(encoding="utf-8") for name in ("words_th.txt", "words_domain.txt")]
    return sorted([*"\n".join(listed).split(), *_OFFICE_WORDS])


@cache
def _lexicon(prefix: str) -> tuple[frozenset[str], int]:
    """The words that begin with these two letters, and the length of the longest; sliced only when asked for."""
    every = _all_words()
    found = every[bisect_left(every, prefix) : bisect_left(every, prefix + "\uffff")]
    known = frozenset(word for word in found if len(word) > 1 and "." not in word) - _MISLEADING
    return known, max(map(len, known), default=0)


# --- clusters -------------------------------------------------------------------------------------------------

_DEPENDENT = "ะ-ฺๅ็-๎"
_CONSONANT = "[ก-ฮ]"
_SAFE = re.compile(
    f"(?<![เ-ไ])"  # a leading vowel keeps its consonant
    f"(?<![ัื])(?<![ัื][่-๋])"  # a final consonant must follow these vowels
    f"(?![{_DEPENDENT}])"
    f"(?!{_CONSONANT}[ิุ]?์)"  # a silenced consonant stays with its word
    "(?!$)"
)


def _safe_ends(run: str) -> list[int]:
    """Positions in a Thai run where a cut tears no cluster, the end of the run included."""
    return [match.start() for match in _SAFE.finditer(run, 1)] + [len(run)]


_MARK = "[ัิ-ฺ็-๎ะาำๅ\u0300-\u036f\u200d\ufe00-\ufe0f]"
_CLUSTER = re.compile(
    rf"(?:{_HYPHENS}|[(\[{{<“‘«]){{0,4}}[เ-ไ]?.{_MARK}*(?:{_CONSONANT}[ิุ]?์{_MARK}*)?(?:[)\]}}>”’»!?,.;:%ๆฯ… ]{_MARK}*)*",
    re.DOTALL,
)
_LETTER = re.compile(f".{_MARK}*", re.DOTALL)
