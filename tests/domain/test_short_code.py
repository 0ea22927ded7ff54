"""The short form of a hash, by which people compare two."""

from itadesk.domain.short_code import short_code


def test_the_code_is_short_and_without_misread_letters() -> None:
    assert short_code("0" * 64) == "0000-0000-0000"
    assert short_code("f" * 64) == "ZZZZ-ZZZZ-ZZZZ"
    assert short_code("0123456789abcdef" * 4) == "04HM-ASW9-NF6Y"
