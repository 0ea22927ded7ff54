"""Random rows and snapshots for the tests of the domain."""

import datetime as dt
from decimal import Decimal

from hypothesis import strategies as st

from itadesk.domain import thai
from itadesk.domain.fields import FIELDS, FIRST_YEAR, LAST_YEAR, Field
from itadesk.domain.model import ROUNDS

LETTERS = st.one_of(
    st.sampled_from("กขคงจาิี่้ำเแ๑๒๙ฯๆ"),
    st.sampled_from("abcXYZ0129 .,-/()@"),
    st.characters(exclude_categories=["Cs"]),
)
LINES = st.text(LETTERS, max_size=20).map(lambda text: " ".join(thai.normalise(text).split()))
CELLS = st.text(st.one_of(LETTERS, st.just("\n")), max_size=40).map(thai.normalise)
SCORES = st.none() | st.integers(0, 10_000).map(lambda hundredths: Decimal(hundredths) / 100)
YEARS = st.integers(FIRST_YEAR, LAST_YEAR)
DATES = st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31))
INDICATORS = st.sampled_from(["", "1", "3", "9", "10", "9.4", "10.1"])


def values(field: Field) -> st.SearchStrategy[object]:
    """Values that may be stored in `field`."""
    if field.choices:
        return st.sampled_from(list(field.choices))
    strategies: dict[str, st.SearchStrategy[object]] = {
        "line": LINES.filter(bool) if field.required else LINES,
        "cell": CELLS,
        "flag": st.booleans(),
        "year": YEARS if field.required else st.none() | YEARS,
        "score": SCORES,
        "date": st.none() | DATES,
        "indicator": INDICATORS,
        "round": st.sampled_from(ROUNDS) if field.required else st.none() | st.sampled_from(ROUNDS),
    }
    return strategies[field.kind]


ALL_FIELDS = [(row_class, field) for row_class, fields in FIELDS.items() for field in fields]
