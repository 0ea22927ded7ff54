"""A number of an Excel cell as the cell shows it: dates of the Buddhist era, per cent, decimals, Thai digits."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from itadesk.domain import thai

GENERAL = "General"

BUILT_IN: Mapping[int, str] = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "d/m/yyyy", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "d/m/yyyy h:mm", 37: "#,##0", 38: "#,##0",
    39: "#,##0.00", 40: "#,##0.00", 59: "t0", 60: "t0.00", 61: "t#,##0", 62: "t#,##0.00", 67: "t0%", 68: "t0.00%",
    71: "td/m/yyyy", 72: "td-mmm-yy", 73: "td-mmm", 74: "tmmm-yy", 75: "th:mm", 76: "th:mm:ss", 77: "td/m/yyyy h:mm",
    81: "d/m/bb",
}  # fmt: skip
"""The formats that a file names by their number only, as a Thai Windows shows them."""

_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.')
_SETTING = re.compile(r"\[(?!h|m|s|ช)[^\]]*\]", re.IGNORECASE)
_THAI_DIGITS = re.compile(r"\[\$-D[0-9A-F]{5,7}\]", re.IGNORECASE)
_DATE_LETTERS = re.compile(r"[dymhsbe]|ว|ด|ป|ช|น|ท", re.IGNORECASE)
_THAI_LETTERS = str.maketrans("วดปชนท", "dmyhms")


def shown(number: str, number_format: str, first_day: dt.date) -> str:
    """What Excel shows of `number`, as the file has it, under a format; `first_day` is the day 0 of the file.

    Parts of a format that no report needs, such as colours and fractions, are passed over.
    """
    try:
        value = Decimal(number)
    except InvalidOperation:
        return number
    if not value.is_finite() or abs(value) > _LARGEST:
        return number
    form = _form(number_format)
    if form.is_date and 0 <= value < _LAST_DAY:
        text = form.date(value, first_day)
    elif form.places is None:
        text = _plain(value)
    else:
        text = form.number(value)
    return thai.thai_digits(text) if form.thai_digits else text


_LARGEST = Decimal(10) ** 20
_LAST_DAY = 2_958_466
"""The day after 31 December 9999."""


def _plain(value: Decimal) -> str:
    """As the format "General" has it: no needless decimals, no trace of binary fractions."""
    if value == value.to_integral_value() and abs(value) < 10**15:
        return str(int(value))
    return f"{float(value):.10g}"


class _Form:
    """One format taken apart."""

    def __init__(self, text: str) -> None:
        section = text.split(";")[0]
        bare = _SETTING.sub("", _LITERAL.sub("", section))
        self.thai_digits = _THAI_DIGITS.search(section) is not None or bare.lower().startswith("t")
        self._text = _SETTING.sub("", section)
        if self.thai_digits and self._text.lower().startswith("t"):
            self._text = self._text[1:]
            bare = bare[1:]
        self.is_date = bare.lower() != GENERAL.lower() and _DATE_LETTERS.search(bare) is not None
        digits = re.search(r"[0#?]", bare)
        self.places = (
            len(re.findall(r"[0?]", bare.partition(".")[2])) if digits and not self.is_date else None
        )
        self._in_thousands = re.search(r"[0#],[0#]", bare) is not None
        self._per_cent = bare.count("%")
        self._width = len(re.findall(r"0", bare.partition(".")[0]))

    def number(self, value: Decimal) -> str:
        assert self.places is not None, "a format of numbers"
        exact = value.scaleb(2 * self._per_cent)
        rounded = exact.quantize(Decimal(1).scaleb(-self.places), ROUND_HALF_UP)
        text = f"{rounded:{',' if self._in_thousands else ''}.{self.places}f}"
        if not self._in_thousands and len(text.partition(".")[0]) < self._width:
            text = text.zfill(self._width + len(text) - len(text.partition(".")[0]))
        before, after = self._around()
        return before + text + after

    def _around(self) -> tuple[str, str]:
        """The words that a format has before and behind the digits."""
        found = re.search(r"[0#?][0#?,.]*", _LITERAL.sub(lambda match: "\0" * len(match[0]), self._text))
        assert found, "a format of numbers"
        return _literal(self._text[: found.start()]), _literal(self._text[found.end() :])

    def date(self, value: Decimal, first_day: dt.date) -> str:
        moment = _moment(value, first_day)
        if self._text.lower().startswith("yy"):  # the form of programs, which no clerk writes
            return written(moment)
        no_time = "d" in self._text and moment.time() == dt.time()
        text = re.sub(r"\s*\[?h.*", "", self._text, flags=re.IGNORECASE) if no_time else self._text
        return "".join(_date_pieces(text, moment))


@lru_cache(maxsize=256)
def _form(text: str) -> _Form:
    return _Form(text)


def _literal(text: str) -> str:
    return _LITERAL.sub(lambda match: match[1] or match[2] or "", text)


def _moment(value: Decimal, first_day: dt.date) -> dt.datetime:
    days = int(value)
    seconds = round((value - days) * 86_400)
    if first_day.year == 1899 and days < 60:
        days += 1  # Excel takes 1900 for a leap year
    start = dt.datetime(first_day.year, first_day.month, first_day.day)
    return min(start + dt.timedelta(days=days, seconds=seconds), dt.datetime.max)


def buddhist_year(date: dt.date) -> int:
    """A date typed with a year of the Buddhist era, which Excel takes as it is, is far in the future."""
    return date.year if date.year > 2400 else date.year + thai.BUDDHIST_ERA


def written(date: dt.date) -> str:
    """A date without a format."""
    return f"{date.day} {thai.MONTHS[date.month - 1]} {buddhist_year(date)}"


_DATE_TOKEN = re.compile(
    r'"[^"]*"|\\.|\[(?:h+|m+|s+)\]|d+|m+|y+|b+|e+|h+|s+|ว+|ด+|ป+|ช+|น+|ท+|am/pm|a/p|_.|\*.|.', re.IGNORECASE
)
_Show = Callable[[dt.datetime], str]
_WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
_WEEKDAYS_SHORT = ("จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.", "อา.")
_DATE_PIECES: Mapping[str, _Show] = {
    "d": lambda moment: str(moment.day),
    "dd": lambda moment: f"{moment.day:02}",
    "ddd": lambda moment: _WEEKDAYS_SHORT[moment.weekday()],
    "dddd": lambda moment: _WEEKDAYS[moment.weekday()],
    "m": lambda moment: str(moment.month),
    "mm": lambda moment: f"{moment.month:02}",
    "mmm": lambda moment: thai.MONTHS_SHORT[moment.month - 1],
    "mmmm": lambda moment: thai.MONTHS[moment.month - 1],
    "mmmmm": lambda moment: thai.MONTHS[moment.month - 1][0],
    "y": lambda moment: f"{buddhist_year(moment) % 100:02}",
    "yyyy": lambda moment: str(buddhist_year(moment)),
    "h": lambda moment: str(moment.hour),
    "hh": lambda moment: f"{moment.hour:02}",
    "n": lambda moment: str(moment.minute),
    "nn": lambda moment: f"{moment.minute:02}",
    "s": lambda moment: str(moment.second),
    "ss": lambda moment: f"{moment.second:02}",
}
"""By letters; "n" are minutes, which a format writes as months are."""


def _date_pieces(text: str, moment: dt.datetime) -> Iterator[str]:
    tokens: list[str] = _DATE_TOKEN.findall(text)
    # A bracket by itself, which no program writes, stays what it is.
    plain = [(token.strip("[]") or token).lower().translate(_THAI_LETTERS) for token in tokens]
    for at, token in enumerate(tokens):
        name = plain[at]
        if set(name) == {"m"} and _is_minutes(plain, at):
            name = name.replace("m", "n")
        elif name[0] in "ybe":
            name = "y" if len(name) < 3 else "yyyy"
        elif len(name) > 2 and name[0] in "hs":
            name = name[:2]
        show = _DATE_PIECES.get(name if len(name) < 6 else name[:4])
        yield show(moment) if show else _literal(token)


def _is_minutes(tokens: list[str], at: int) -> bool:
    """Minutes stand behind hours or before seconds."""
    letters = [(place, token[0]) for place, token in enumerate(tokens) if token[0] in "dmybehs"]
    here = next(order for order, (place, _letter) in enumerate(letters) if place == at)
    before = letters[here - 1][1] if here else ""
    after = letters[here + 1][1] if here + 1 < len(letters) else ""
    return before == "h" or after == "s"
