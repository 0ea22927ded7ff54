"""Names of attached files: whatever they were called, they harm no system and run nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadesk.domain import file_names


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("รายงานผล 2568.pdf", "รายงานผล 2568.pdf"),
        ("../../.config/autostart/x.pdf", "x.pdf"),
        ("C:\\Windows\\notepad.pdf", "notepad.pdf"),
        ("photo\u202egpj.exe", "photogpj.exe.bin"),
        ("a\0b.pdf", "ab.pdf"),
        ("con.txt", "_con.txt"),
        ("NUL", "_NUL"),
        ("com1.tar.gz", "_com1.tar.gz"),
        ("report.pdf.exe", "report.pdf.exe.bin"),
        ("page.HTML", "page.HTML.bin"),
        ('a:b"c?.docx', "a_b_c_.docx"),
        ("x.pdf. . ", "x.pdf"),
        ("...", "แฟ้ม"),
        ("", "แฟ้ม"),
    ],
)
def test_a_name_loses_what_does_harm(name: str, safe: str) -> None:
    assert file_names.safe(name) == safe


def test_a_long_name_keeps_its_ending() -> None:
    safe = file_names.safe("ก" * 400 + ".pdf")
    assert safe.endswith("กก.pdf")
    assert len(safe.encode()) < 255


@given(st.text(st.one_of(st.characters(), st.sampled_from("./\\:. CONnul")), max_size=300))
def test_any_name_is_safe_and_stays_so(name: str) -> None:
    safe = file_names.safe(name)
    assert safe == file_names.safe(safe)
    assert safe
    assert not set(safe) & set('/\\<>:"|?*\0\n')
    assert safe.strip(" .") == safe
    assert len(safe.encode()) < 255
