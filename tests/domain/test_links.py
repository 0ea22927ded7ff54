"""Links: what a browser can open is told from what it cannot, and what was meant is offered."""

import pytest

from itadesk.domain import fields, links
from itadesk.domain.fields import field_of
from itadesk.domain.model import Evidence
from itadesk.errors import UserError


@pytest.mark.parametrize(
    "link",
    [
        "https://www.ngamdee.example/ita/o26.pdf",
        "HTTP://NGAMDEE.EXAMPLE",
        "https://drive.google.com/file/d/1a_b-C/view?usp=sharing&x=1#page=2",
        "https://ngamdee.example:8443/แผน%2066.pdf",
        "https://อบต.ไทย/",
        "http://192.0.2.7/news.php?id=12",
    ],
)
def test_what_a_browser_opens_is_left_as_it_is(link: str) -> None:
    links.check(link)
    assert links.works(link)
    assert links.mended(link) == ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("www.ngamdee.example", "https://www.ngamdee.example"),
        ("ngamdee.example/ita?id=1", "https://ngamdee.example/ita?id=1"),
        ("  https://a.example/แผน 66.pdf ", "https://a.example/แผน%2066.pdf"),
        ("http:/a.example/x", "http://a.example/x"),
        ("https//a.example", "https://a.example"),
        ("https;//a.example", "https://a.example"),
        ("ttps://a.example", "https://a.example"),
        ("https:// a.example", "https://a.example"),
    ],
)
def test_a_slip_is_told_with_what_was_meant(typed: str, meant: str) -> None:
    assert links.mended(typed) == meant
    with pytest.raises(UserError) as told:
        links.check(typed)
    assert meant in told.value.advice


@pytest.mark.parametrize(
    "typed",
    [
        "ไม่มี", "หลักฐานแนบ", "แผนงาน.pdf", "mailto:a@b.example", "file:///c:/x.pdf", "javascript:alert(1)", "https://",
        "ftp://a.example", "https://localhost/x", "https://user:word@a.example", "https://a..b", "https://a.example:99999",
        "https://[::1]/", "https://[", "x" * 3000, "https://-a.example",
    ],
)  # fmt: skip
def test_what_leads_nowhere_is_refused_and_nothing_is_made_up(typed: str) -> None:
    assert links.mended(typed) == ""
    assert not links.works(typed)
    with pytest.raises(UserError):
        links.check(typed)


def test_a_typed_link_is_checked_and_nothing_is_no_link() -> None:
    url = field_of(Evidence, "url")
    assert fields.parse(url, " https://a.example/๑ ") == "https://a.example/๑"
    assert [fields.parse(url, nothing) for nothing in ("", " ", "-")] == ["", "", ""]
    with pytest.raises(UserError):
        fields.parse(url, "www.a.example")
