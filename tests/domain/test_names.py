"""People's names without their title, and in order by their own name."""

import pytest

from itadesk.domain import names


@pytest.mark.parametrize(
    "name",
    ["นายสมชาย ใจดี", "นางสมชาย ใจดี", "นางสาวสมชาย ใจดี", "น.ส.สมชาย ใจดี", "ว่าที่ ร.ต. สมชาย ใจดี", "ว่าที่ร้อยตรีหญิง สมชาย ใจดี",
     "พันจ่าเอก สมชาย ใจดี", "สิบเอกสมชาย ใจดี", "ดร.สมชาย ใจดี", "สมชาย ใจดี"],
)  # fmt: skip
def test_title_apart(name: str) -> None:
    assert names.without_title(name) == "สมชาย ใจดี"


def test_order() -> None:
    people = ["นางสาวกมล", "นายเกรียง", "นางขวัญ", "นายไข่", "ดร.ปราณี"]
    assert sorted(sorted(people), key=names.sort_key) == people
