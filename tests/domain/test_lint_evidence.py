"""Lint of evidence: links that nobody can open, and what is done without anything to show."""

from typing import Any

from domain.test_lint import _problems

from itadesk.domain.model import Evidence, Publication, Row, Status


def test_links_that_nobody_can_open_are_found_where_they_stand() -> None:
    def evidence(number: int, round_: Any, url: str) -> Evidence:
        return Evidence(id=f"e{number}", measure_id="m0", ordinal=number, round=round_, url=url)

    found = _problems(
        [{}],
        evidence(0, None, "www.ngamdee.example/a b.pdf"),
        evidence(1, 12, "https://www.ngamdee.example/a%20b.pdf"),
        evidence(2, 6, "of another round"),
        Publication(id="p", document_id="d", ordinal=0, url="https:/www.ngamdee.example"),
    )
    assert [(row.code, row.field, row.measure_id, row.suggestion) for row in found] == [
        ("link_unusable", "publication", None, "https://www.ngamdee.example"),
        ("link_unusable", "evidence", "m0", "https://www.ngamdee.example/a%20b.pdf"),
    ]
    assert "www.ngamdee.example/a b.pdf" in found[1].message


def test_what_is_done_without_a_result_may_have_evidence() -> None:
    def message(*rows: Row) -> str:
        (problem,) = _problems([{"status": Status.DONE, "result": ""}], *rows)
        assert problem.code == "done_without_result"
        return problem.message

    told = [
        message(),
        message(Evidence(id="e", measure_id="m0", ordinal=0, round=6, title="ครึ่งปี")),
        message(Evidence(id="e", measure_id="m0", ordinal=0, title="ประกาศ")),
    ]
    assert told[0] == told[1] != told[2]
