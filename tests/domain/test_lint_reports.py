"""Lint over whole files: the example office, any random one, and the real reports where they are at hand."""

import json
from pathlib import Path

import pytest
from domain.rows import snapshots
from hypothesis import given
from hypothesis import strategies as st

from itadesk import paths
from itadesk.documents.layouts import layout_named
from itadesk.domain.lint import field_label, filled_fields, lint, lint_file
from itadesk.domain.lint_problem import PLAN_FIELDS, PROGRESS_FIELDS, SEVERITIES, Problem
from itadesk.domain.model import ROUNDS, Document, DocumentText, FiscalYear, Measure, Round, Signatory
from itadesk.domain.snapshot import Snapshot
from itadesk.exchange import json_file

EXAMPLE = paths.resources() / "example" / "example.json"
EVERY_FIELD = frozenset((*PLAN_FIELDS, *PROGRESS_FIELDS))


def _snapshot(source: Path) -> Snapshot:
    return json_file.read(source.read_bytes()).snapshot


def _of_file(snapshot: Snapshot) -> list[Problem]:
    def printed(year: FiscalYear) -> frozenset[str]:
        documents = snapshot.children(Document, year.id)
        return frozenset[str]().union(*(layout_named(row.layout, snapshot).fields for row in documents))

    return lint_file(snapshot, printed)


def test_the_example_office_is_without_fault() -> None:
    example = _snapshot(EXAMPLE)
    assert _of_file(example) == []
    assert lint_file(example, lambda year: filled_fields(example, year.id)) == []


def test_what_a_round_does_not_change_is_said_once() -> None:
    form = json.loads(EXAMPLE.read_text("utf-8"))
    measure = form["years"][0]["measures"][0]
    measure["title"] += " และและ"
    measure["progress"]["6"]["result"] = measure["progress"]["12"]["result"] = "ส่งเสริมส่งเสริมคุณธรรม"
    problems = _of_file(json_file.read(json.dumps(form)).snapshot)
    found = [(problem.field, problem.round) for problem in problems if problem.code == "repeated_word"]
    assert sorted(found, key=str) == [("result", 12), ("result", 6), ("title", None)]


FOUND_IN_REPORTS = {
    "kok-sa-at": [("grade_mismatch", None), ("repeated_word", 2)],
    "ngob": [
        ("digits_in_address", 3),
        ("date_reversed", 3),
        ("digits_in_address", 4),
        ("name_drift", 4),
        ("contact_mismatch", 4),
    ],
    "wiang-suai": [("repeated_word", at) for at in (7, 13, 16, 19, 25, 25)],
}


@pytest.mark.parametrize("name", FOUND_IN_REPORTS)
def test_the_faults_of_real_reports_are_found_and_no_others(corpus: Path, name: str) -> None:
    problems = _of_file(_snapshot(corpus / f"{name}.json"))
    assert [(problem.code, problem.measure) for problem in problems] == FOUND_IN_REPORTS[name]


@pytest.mark.parametrize(
    ("name", "start", "end", "codes"),
    [
        ("kok-sa-at", "ผลการประเมินคุณธรรม", "ดังต่อไปนี้", {"grade_mismatch", "name_drift"}),
        ("wiang-suai", "ตามที่ได้ดำเนินการวิเคราะห์", "ดังต่อไปนี้", {"repeated_word"}),
        ("wiang-suai", "ของเทศบาลตำบล", "จังหวัด", {"name_drift"}),
    ],
)
def test_the_faults_of_their_running_texts_are_found(
    corpus: Path, name: str, start: str, end: str, codes: set[str]
) -> None:
    text = (corpus / f"{name}.txt").read_text("utf-8")
    text = text[text.index(start) :]
    snapshot = _snapshot(corpus / f"{name}.json")
    (year,) = snapshot.fiscal_years
    (document,) = snapshot.children(Document, year.id)
    row = DocumentText(id="t", document_id=document.id, name="opening", text=text[: text.index(end)])
    found = [
        problem for problem in _of_file(Snapshot.of([*snapshot.rows(), row])) if problem.field == "opening"
    ]
    assert {problem.code for problem in found} == codes


@given(snapshots(), st.sampled_from(ROUNDS))
def test_whatever_was_typed_lint_reads_it(snapshot: Snapshot, round_: Round) -> None:
    for year in snapshot.fiscal_years:
        documents = snapshot.children(Document, year.id)
        for document in (*documents, None):
            signatories = snapshot.children(Signatory, document.id) if document else ()
            problems = lint(snapshot, year.id, round_, EVERY_FIELD, document, signatories)
            positions = range(1, len(snapshot.children(Measure, year.id)) + 1)
            for problem in problems:
                assert problem.code in SEVERITIES
                assert problem.message
                assert field_label(problem.field)
                assert problem.measure is None or problem.measure in positions
