"""Lists of offices as districts keep them, and names written in long and in short."""

import pytest

from itadesk.domain import offices
from itadesk.domain.consolidated import Sender, line_of, senders_in

LIST = """
1. อบต.โคกสะอาด\tอำเภอเมือง\tจังหวัดขอนแก่น
๒) เทศบาลตำบลงามดี
3\tทต.งามดี\tเมือง
โรงเรียนบ้านหนองบัว
"""


def test_a_pasted_list_is_read() -> None:
    assert senders_in(LIST) == [
        Sender("องค์การบริหารส่วนตำบล", "โคกสะอาด", "เมือง", "ขอนแก่น"),
        Sender("เทศบาลตำบล", "งามดี"),
        Sender("เทศบาลตำบล", "งามดี", "เมือง"),
        Sender("", "โรงเรียนบ้านหนองบัว"),
    ]
    assert senders_in("") == []


def test_a_list_comes_back_as_it_was_written() -> None:
    senders = senders_in(LIST)
    assert senders_in("\n".join(map(line_of, senders))) == senders


def test_an_office_named_twice_is_one() -> None:
    assert len(senders_in("อบต.โคกสะอาด\nองค์การบริหารส่วนตำบลโคกสะอาด\nอบต. โคกสะอาด")) == 1


@pytest.mark.parametrize("name", ["อบต.โคกสะอาด", "อบต. โคกสะอาด", "องค์การบริหารส่วนตำบลโคกสะอาด"])
def test_long_and_short_names_mean_one_office(name: str) -> None:
    assert offices.key("", name) == offices.key("องค์การบริหารส่วนตำบล", "โคกสะอาด")
    assert offices.key("", name) != offices.key("เทศบาลตำบล", "โคกสะอาด")
