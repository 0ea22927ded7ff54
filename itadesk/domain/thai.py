"""Thai text and dates: normal form, digits, dictionary order, search folding, Buddhist-era dates."""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from itertools import groupby

BUDDHIST_ERA = 543
"""A Buddhist-era year is the Gregorian year plus this."""

MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
MONTHS_SHORT = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip

# Control characters except tab and line ends, surrogates, format characters (zero-width blanks, joiners, direction
# marks, soft hyphens, tags) and code points that Unicode says are no characters.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPLIT_SARA_AM = re.compile("\u0e4d([\u0e48-\u0e4b]*)\u0e32")


def normalise(text: str) -> str:
    """The one form in which text is stored and compared.

    NFC; sara am as one character, also with a tone mark inside; no control, zero-width or surrogate characters;
    every line end a line feed; a tab a blank. Nothing else changes. Normalising twice changes nothing more.
    """
    # A quick look that spares most texts the search: none of these characters is printable.
    if not text.isprintable():
        text = _UNWANTED.sub("", _LINE_ENDS.sub("\n", text).replace("\t", " "))
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", _in_order(text))
    return _SPLIT_SARA_AM.sub("\\1\u0e33", text) if "\u0e4d" in text else text


def _in_order(text: str) -> str:
    """`text` decomposed, its marks in the order of their classes: Python itself takes minutes for very many of them."""
    letters = "".join(unicodedata.normalize("NFD", letter) for letter in text)
    runs = groupby(letters, lambda letter: unicodedata.combining(letter) > 0)
    return "".join("".join(sorted(run, key=unicodedata.combining) if marks else run) for marks, run in runs)


_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_DIGIT = re.compile("[0-9]")
_WORD = re.compile(r"\S+")
_ADDRESS = re.compile(r"https?://|ftp://|www\.", re.IGNORECASE)
_FILE_NAME = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|csv|txt|json|zip|rar|jpe?g|png|gif|html?|php|aspx?|mp4|itadesk)[^\w]*$",
    re.IGNORECASE,
)
_NUMBERING = re.compile(r"[(]?\d{1,2}[.)](?=[A-Z(])")
_CODE_RUN = re.compile(r"[A-Za-z0-9_.@:/?#&=%+~-]+")


_THAI_DIGITS = re.compile("[๐-๙]+")


def arabic_digits(text: str) -> str:
    # Letter by letter through a table costs several times as much: most texts have few digits.
    return _THAI_DIGITS.sub(lambda found: found[0].translate(_TO_ARABIC), text)


def thai_digits(text: str) -> str:
    """`text` with Thai digits, except in web and mail addresses, file names, and codes of Latin letters (O42)."""
    return _WORD.sub(_thai_word, text) if _DIGIT.search(text) else text


def arabic_text(text: str) -> str:
    """`text` with Arabic digits, except in web and mail addresses and file names: they are what they are."""
    return _WORD.sub(_arabic_word, text)


def _arabic_word(found: re.Match[str]) -> str:
    word = found.group()
    if "@" in word or _FILE_NAME.search(word):
        return word
    address = _ADDRESS.search(word)
    plain = word[: address.start()] if address else word
    return arabic_digits(plain) + word[len(plain) :]


def _thai_word(found: re.Match[str]) -> str:
    word = found.group()
    if not _DIGIT.search(word) or _FILE_NAME.search(word):
        return word
    address = _ADDRESS.search(word)
    plain = word[: address.start()] if address else word
    # "1.E-Service" is a numbered paragraph, not a code: its number is Thai like those beside it.
    number = _NUMBERING.match(plain)
    start = number.end() if number else 0
    return plain[:start].translate(_TO_THAI) + _CODE_RUN.sub(_thai_run, plain[start:]) + word[len(plain) :]


def _thai_run(found: re.Match[str]) -> str:
    run = found.group()
    return run if re.search("[A-Za-z]", run) else run.translate(_TO_THAI)


_TYPED_NUMBER = re.compile(
    r"\s*(?:\(\d{1,3}\)|\d{1,3}(?:\.\d{1,2})*\s?[.)](?!\d)|\d{1,2}(?:\.\d{1,2})+(?=\s(?!\s*(?:พัน|หมื่น|แสน|ล้าน|บาท|กิโล|เมตร|ไร่|คน|คะแนน|น\.|ร้อยละ|เปอร์|%))))\s*"
)


def has_number(text: str) -> bool:
    """Whether a number of an enumeration was typed before `text`: "๑. ", "๑) ", "(1) ", "1.2 "."""
    return _TYPED_NUMBER.match(text) is not None


def without_number(text: str) -> str:
    """`text` without the number that was typed before it."""
    return _TYPED_NUMBER.sub("", text, count=1) if has_number(text) else text


_LEADING_VOWEL = re.compile("([เแโใไ])([ก-ฮ])")
_MARKS = "\u0e4e\u0e4c\u0e47\u0e48\u0e49\u0e4a\u0e4b"
"""What stands above a letter and is no vowel, in the order of the dictionary."""
_WITHOUT_MARKS = {**dict.fromkeys(map(ord, _MARKS)), 0x0E4D: "ฯ"}  # nikhahit comes before the vowels
_ONLY_MARKS = re.compile(f"[^{_MARKS}]")
_RANKS = {ord(mark): str(rank) for rank, mark in enumerate(_MARKS)}
_PASSED_OVER = re.compile(r"[^\w\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]|[_ฯๆ]")
_NUMBER = re.compile(r"\d+")


def sort_key(text: str) -> tuple[str, str, str]:
    """Key of the Thai dictionary order (Royal Institute): leading vowels count after their consonant, tone marks last.

    Three levels: letters, blanks, punctuation, ฯ and ๆ passed over; then marks by their place; then the text itself.
    Numbers stand in the order of what they count, before all letters.
    """
    plain = _NUMBER.sub(lambda found: found[0].zfill(9), arabic_digits(text))
    swapped = _LEADING_VOWEL.sub(r"\2\1", _PASSED_OVER.sub("", plain).casefold())
    marks = _ONLY_MARKS.sub(" ", swapped).rstrip().translate(_RANKS)
    return swapped.translate(_WITHOUT_MARKS), marks, text


def fold(text: str) -> str:
    """What two texts that a reader takes for the same have in common: for search and for matching.

    No blanks, no case, one kind of digits, and a double sara e as the sara ae it looks like.
    """
    return "".join(arabic_digits(normalise(text)).casefold().replace("เเ", "แ").split())


def long_date(date: dt.date) -> str:
    """The date as official letters print it, in Arabic digits: 31 มีนาคม 2565."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year + BUDDHIST_ERA}"


def short_date(date: dt.date) -> str:
    """The date in short, in Arabic digits: 31 มี.ค. 65."""
    return f"{date.day} {MONTHS_SHORT[date.month - 1]} {(date.year + BUDDHIST_ERA) % 100:02}"


_MONTH_STEMS = (
    "มกรา(?:คม)?", "กุมภา(?:พันธุ?์)?", "มีนา(?:คม)?", "เมษา(?:ยน)?", "พฤษภา(?:คม)?", "มิถุนา(?:ยน)?",
    "กรก[ฎฏ]า(?:คม)?", "สิงหา(?:คม)?", "กันยา(?:ยน)?", "ตุลา(?:คม)?", "พฤศจิกา(?:ยน)?", "ธันวา(?:คม)?",
)  # fmt: skip


def _month_forms() -> list[str]:
    short = [r"\.?\s?".join(re.escape(part) for part in name.rstrip(".").split(".")) for name in MONTHS_SHORT]
    return [rf"(?:{stem}|{abbreviation}\.?)" for stem, abbreviation in zip(_MONTH_STEMS, short, strict=True)]


_MONTH_FORMS = tuple(re.compile(form) for form in _month_forms())
MONTH = "(?:" + "|".join(form.pattern for form in _MONTH_FORMS) + ")"
"""Pattern of a month's name: in full, shortened, with or without dots, common slips of spelling."""


def month_number(name: str) -> int:
    """1..12 for a text that `MONTH` matched."""
    return next(number for number, form in enumerate(_MONTH_FORMS, 1) if form.fullmatch(name))


def buddhist_year(digits: str) -> int | None:
    """The B.E. year that "65", "2565" or the Christian "2022" mean; None when it is no year of our time."""
    year = int(digits)
    if len(digits) == 2:
        return 2500 + year
    if 1900 <= year < 2200:
        return year + BUDDHIST_ERA
    return year if 2443 <= year < 2743 else None


_DATE_WORDS: Mapping[str, int] = {"วันนี้": 0, "พรุ่งนี้": 1, "เมื่อวาน": -1, "เมื่อวานนี้": -1}
_ERA = r"(?:[พค]\.?\s?ศ\.?)?"
_DATE_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?P<day>\d{1,2})\s*[/.\-\s]\s*(?P<month>\d{1,2})(?:\s*[/.\-\s]\s*(?P<year>\d{4}|\d{2}))?",
        r"(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{4}|\d{2})",
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
        rf"(?P<day>\d{{1,2}})\s*[/\-]?\s*(?:เดือน)?\s*(?P<name>{MONTH})\s*[/\-]?\s*{_ERA}\s*(?P<year>\d{{4}}|\d{{2}})?",
    )
)
_DATE_LEAD = re.compile(r"^(?:ณ|เมื่อ)?\s*(?:วัน[ก-์]*ที่)?\s*")


def parse_date(text: str, today: dt.date) -> dt.date | None:
    """The date a clerk typed, in any usual form; one without a year lies in the fiscal year of `today`.

    None when it is not read.
    """
    words = _date_words(text)
    if words in _DATE_WORDS:
        return today + dt.timedelta(days=_DATE_WORDS[words])
    found = _date_parts(words)
    return _date(found, today) if found else None


def christian_year(text: str) -> int | None:
    """The year of a typed date where it counts in the Common Era; None where it has none, or one of the B.E."""
    found = _date_parts(_date_words(text))
    digits = found["year"] if found else None
    year = int(digits) if digits and len(digits) == 4 else 0
    return year if year and buddhist_year(str(year)) == year + BUDDHIST_ERA else None


def _date_words(text: str) -> str:
    return arabic_digits(normalise(text)).strip()


def _date_parts(words: str) -> Mapping[str, str | None] | None:
    words = _DATE_LEAD.sub("", words).rstrip(".")
    found = next((match for form in _DATE_FORMS if (match := form.fullmatch(words))), None)
    return found.groupdict() if found else None


def _date(parts: Mapping[str, str | None], today: dt.date) -> dt.date | None:
    name, day, digits = parts.get("name"), parts["day"], parts["year"]
    month = month_number(name) if name else int(parts["month"] or 0)
    fiscal_year = today.year + BUDDHIST_ERA + (today.month >= 10)
    year = buddhist_year(digits) if digits else fiscal_year - (month >= 10)
    if year is None:
        return None
    try:
        return dt.date(year - BUDDHIST_ERA, month, int(day or 0))
    except ValueError:
        return None
