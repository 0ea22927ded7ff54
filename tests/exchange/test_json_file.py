"""The interchange form: nothing lost on the way, faults named by their place, hostile files refused."""

import contextlib
import copy
import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from domain.rows import snapshots
from hypothesis import given
from hypothesis import strategies as st

from itadesk import paths
from itadesk.domain.fields import FIELDS, show
from itadesk.domain.model import (
    Assessment,
    AssessmentIndicator,
    Document,
    Finding,
    Measure,
    Printout,
    Progress,
    Signatory,
    Status,
    Unit,
)
from itadesk.domain.snapshot import Snapshot
from itadesk.errors import UserError
from itadesk.exchange import json_file
from itadesk.exchange.json_object import SIZE_LIMIT

EXAMPLE = paths.resources() / "example" / "example.json"

SMALL: dict[str, Any] = {
    "itadesk": 1,
    "office": {"kind": "เทศบาลตำบล", "name": "งามดี"},
    "fiscal_year": 2568,
    "measures": [
        {
            "title": "ก",
            "steps": "๑. ก\n๒. ข",
            "responsible": "กองคลัง",
            "period": "ตลอดปี",
            "follow_up": "",
            "indicator": "9.4",
            "progress": {"12": {"status": "done", "result": "เสร็จ"}},
        }
    ],
    "documents": [{"layout": "memo", "round": "12"}],
    "assessments": [{"year": 2567, "total": "74.83", "indicators": {"1": "80.00"}}],
}


def _read(form: object) -> json_file.Form:
    return json_file.read(json.dumps(form, ensure_ascii=False))


def _refused(source: str | bytes) -> UserError:
    with pytest.raises(UserError) as refused:
        json_file.read(source)
    assert refused.value.advice
    return refused.value


class TestRoundTrip:
    @given(snapshots())
    def test_export_import_export_is_the_same(self, snapshot: Snapshot) -> None:
        text = json_file.write(snapshot)
        form = json_file.read(text)
        assert form.warnings == ()
        assert json_file.write(form.snapshot) == text
        assert _contents(form.snapshot) == _contents(snapshot)

    def test_one_year_stands_at_the_top_and_needs_years_only_for_what_it_cannot_say(self) -> None:
        assert json.loads(json_file.write(_read(SMALL).snapshot)) == SMALL
        year = {key: SMALL[key] for key in ("fiscal_year", "measures", "documents")}
        rest = {key: value for key, value in SMALL.items() if key not in year}
        for more in (
            {"analysed_year": 2567},
            {"findings": [{"indicator": "3", "kind": "urgent", "text": "ก"}]},
        ):
            form = {**rest, "years": [{**year, **more}]}
            assert json.loads(json_file.write(_read(form).snapshot)) == form

    def test_an_office_without_years(self) -> None:
        form = {"itadesk": 1, "office": {"kind": "", "name": ""}}
        assert json.loads(json_file.write(_read(form).snapshot)) == form

    def test_scores_keep_two_decimals(self) -> None:
        form = _read({**SMALL, "assessments": [{"year": 2567, "total": "74.8", "indicators": {"10": "๙๐"}}]})
        (assessment,) = form.snapshot.assessments
        assert assessment.total == Decimal("74.80")
        assert '"74.80"' in json_file.write(form.snapshot)
        (score,) = form.snapshot.children(AssessmentIndicator, assessment.id)
        assert (score.indicator, score.score) == (10, Decimal("90.00"))

    def test_text_is_stored_in_normal_form(self) -> None:
        form = copy.deepcopy(SMALL)
        form["measures"][0]["steps"] = "ท\u0e4d\u0e32\u200b\r\n\x00ข \ud800"
        (measure,) = json_file.read(json.dumps(form)).snapshot.all(Measure).values()
        assert measure.steps == "ทำ\nข "

    def test_null_is_nothing_where_the_key_may_be_missing(self) -> None:
        form = copy.deepcopy(SMALL)
        form["measures"][0] |= {"indicator": None, "heading": None}
        form["documents"] = [{"layout": "memo", "round": None, "date": None}]
        snapshot = _read(form).snapshot
        assert next(iter(snapshot.all(Measure).values())).indicator == ""
        assert next(iter(snapshot.all(Document).values())).round is None

    @pytest.mark.parametrize(
        ("sections", "stored"), [([], ""), (["memo", "cover"], "memo cover"), ([" ปก "], "ปก"), (None, None)]
    )
    def test_the_parts_to_print_are_a_list_of_names(
        self, sections: list[str] | None, stored: str | None
    ) -> None:
        form = copy.deepcopy(SMALL)
        form["documents"][0] |= {"sections": sections, "show_code": True, "names_round": False}
        snapshot = _read(form).snapshot
        (document,) = snapshot.all(Document).values()
        assert (document.sections, document.show_code, document.names_round) == (stored, True, False)
        (written,) = json.loads(json_file.write(snapshot))["documents"]
        told = {} if stored is None else {"sections": stored.split()}
        assert written == {"layout": "memo", "round": "12", "names_round": False, "show_code": True, **told}

    def test_printouts_and_scans_stay_in_the_office_file(self) -> None:
        plain = _read(SMALL).snapshot
        (document,) = plain.all(Document).values()
        printout = Printout(
            id="p", document_id=document.id, ordinal=0, code="0" * 64, printed_at=dt.datetime(2026, 4, 1)
        )
        scanned = replace(document, scan="1" * 64, scan_name="สแกน.pdf")
        rows = [scanned if row is document else row for row in plain.rows()]
        assert json.loads(json_file.write(Snapshot.of([*rows, printout]))) == SMALL

    def test_utf_8_with_and_without_mark(self) -> None:
        text = json.dumps(SMALL, ensure_ascii=False)
        for source in (text, "\ufeff" + text, text.encode(), text.encode("utf-8-sig")):
            assert json_file.read(source).snapshot.office.name == "งามดี"


def _contents(snapshot: Snapshot) -> list[tuple[object, ...]]:
    """The values of all rows of each class, without ids and parents."""
    return sorted(
        (type(row).__name__, *(show(field, getattr(row, field.name)) for field in FIELDS[type(row)]))
        for row in snapshot.rows()
    )


@pytest.mark.parametrize("name", ["kok-sa-at", "ngob", "wiang-suai"])
def test_real_reports_are_read_whole(corpus: Path, name: str) -> None:
    path = corpus / f"{name}.json"
    form = json_file.read(path.read_bytes())
    assert form.warnings == ()
    given_form = _without_empty(json.loads(path.read_text(encoding="utf-8")))
    assert _without_empty(json.loads(json_file.write(form.snapshot))) == given_form


def _without_empty(value: Any) -> Any:
    """The form without optional empty suggestions, which say the same as missing ones."""
    if isinstance(value, dict):
        return {key: _without_empty(part) for key, part in value.items() if key != "suggestion" or part}
    return [_without_empty(part) for part in value] if isinstance(value, list) else value


FAULTS: list[tuple[str, Callable[[dict[str, Any]], object]]] = [
    ("measures[0].progress.12.status", lambda form: _set(form, "measures", 0, "progress", "12", "status", 3)),
    (
        "measures[0].progress.12.status",
        lambda form: _set(form, "measures", 0, "progress", "12", "status", "ok"),
    ),
    ("measures[0].progress.12.status", lambda form: form["measures"][0]["progress"]["12"].pop("status")),
    ("measures[0].progress.12", lambda form: _set(form, "measures", 0, "progress", "12", None)),
    ("measures[0].progress", lambda form: _set(form, "measures", 0, "progress", [])),
    ("measures[0].title", lambda form: form["measures"][0].pop("title")),
    ("measures[0].title", lambda form: _set(form, "measures", 0, "title", None)),
    ("measures[0].steps", lambda form: _set(form, "measures", 0, "steps", ["๑"])),
    ("measures[0].steps", lambda form: _set(form, "measures", 0, "steps", "ก" * 100_001)),
    ("measures[0].indicator", lambda form: _set(form, "measures", 0, "indicator", 3)),
    ("measures[0].indicator", lambda form: _set(form, "measures", 0, "indicator", "11")),
    ("measures[0].continuous", lambda form: _set(form, "measures", 0, "continuous", "yes")),
    ("measures[0].evidence[0].title", lambda form: _set(form, "measures", 0, "evidence", [{}])),
    (
        "measures[0].evidence[0].round",
        lambda form: _set(form, "measures", 0, "evidence", [{"title": "", "round": 6}]),
    ),
    ("measures[0]", lambda form: _set(form, "measures", 0, 7)),
    ("measures", lambda form: _set(form, "measures", {})),
    ("office", lambda form: form.pop("office")),
    ("office.name", lambda form: form["office"].pop("name")),
    ("office.kind", lambda form: _set(form, "office", "kind", 1.5)),
    ("units[1].name", lambda form: _set(form, "units", [{"name": "ก"}, {"aliases": []}])),
    ("phrases[1]", lambda form: _set(form, "phrases", ["ก", 2])),
    ("phrases[0]", lambda form: _set(form, "phrases", ["ก" * 100_001])),
    ("units[0].aliases[1]", lambda form: _set(form, "units", [{"name": "ก", "aliases": ["ข", 2]}])),
    ("people[0].position", lambda form: _set(form, "people", [{"name": "ก"}])),
    ("fiscal_year", lambda form: form.pop("fiscal_year")),
    ("fiscal_year", lambda form: _set(form, "fiscal_year", "2568")),
    ("fiscal_year", lambda form: _set(form, "fiscal_year", True)),
    ("fiscal_year", lambda form: _set(form, "fiscal_year", 2025)),
    ("fiscal_year", lambda form: _set(form, "fiscal_year", 68)),
    ("years[0]", lambda form: _set(form, "years", ["2568"])),
    ("2568", lambda form: _set(form, "years", [{"fiscal_year": 2568}])),
    ("documents[0].layout", lambda form: _set(form, "documents", 0, "layout", "")),
    ("documents[0].round", lambda form: form["documents"][0].pop("round")),
    ("documents[0].round", lambda form: _set(form, "documents", 0, "round", "9")),
    ("documents[0].date", lambda form: _set(form, "documents", 0, "date", "31/3/2565")),
    ("documents[0].date", lambda form: _set(form, "documents", 0, "date", "2565-03-31")),
    ("documents[0].digits", lambda form: _set(form, "documents", 0, "digits", "roman")),
    ("documents[0].sections", lambda form: _set(form, "documents", 0, "sections", "memo")),
    ("documents[0].sections[1]", lambda form: _set(form, "documents", 0, "sections", ["memo", 1])),
    ("documents[0].sections", lambda form: _set(form, "documents", 0, "sections", ["ก" * 300] * 2)),
    ("documents[0].show_code", lambda form: _set(form, "documents", 0, "show_code", "yes")),
    ("documents[0].texts.body", lambda form: _set(form, "documents", 0, "texts", {"body": 1})),
    ("documents[0].texts", lambda form: _set(form, "documents", 0, "texts", {"ก": "", "ก ": ""})),
    (
        "documents[0].signatories[0].role",
        lambda form: _set(form, "documents", 0, "signatories", [{"name": "ก"}]),
    ),
    (
        "documents[0].publications[0].url",
        lambda form: _set(form, "documents", 0, "publications", [{"oit_item": ""}]),
    ),
    ("assessments[0].total", lambda form: _set(form, "assessments", 0, "total", 74.83)),
    ("assessments[0].total", lambda form: _set(form, "assessments", 0, "total", "101")),
    ("assessments[0].indicators.1", lambda form: _set(form, "assessments", 0, "indicators", {"1": "สูง"})),
    ("assessments[1]", lambda form: form["assessments"].append({"year": 2567})),
    ("layouts.ของเรา", lambda form: _set(form, "layouts", {"ของเรา": {}})),
    ("itadesk", lambda form: _set(form, "itadesk", "1")),
]


def _set(form: Any, *path: Any) -> None:
    *steps, last, value = path
    for step in steps:
        form = form[step]
    form[last] = value


class TestFaults:
    @pytest.mark.parametrize(("place", "spoil"), FAULTS)
    def test_a_fault_is_named_by_its_place(
        self, place: str, spoil: Callable[[dict[str, Any]], object]
    ) -> None:
        form = copy.deepcopy(SMALL)
        spoil(form)
        assert _refused(json.dumps(form, ensure_ascii=False)).message.count(place) == 1

    def test_unknown_keys_are_reported_and_kept_out(self) -> None:
        form = copy.deepcopy(SMALL)
        form["colour"] = {"deep": [1, 2]}
        form["measures"][0]["note"] = "x"
        form["measures"][0]["progress"]["9"] = {"status": "done"}
        form["office"]["emblem"] = None
        form["assessments"][0]["indicators"]["11"] = "1.00"
        read = _read(form)
        places = (
            "colour",
            "measures[0].note",
            "measures[0].progress.9",
            "office.emblem",
            "assessments[0].indicators.11",
        )
        assert len(read.warnings) == len(places)
        for place in places:
            assert any(f"“{place}”" in warning for warning in read.warnings)
        assert json.loads(json_file.write(read.snapshot)) == SMALL

    def test_a_flood_of_unknown_keys_is_counted(self) -> None:
        read = _read({**SMALL, **{f"key{n}": n for n in range(5_000)}})
        assert len(read.warnings) == json_file.MOST_WARNINGS + 1
        assert "4,900" in read.warnings[-1]

    def test_another_version_and_another_kind_of_file(self) -> None:
        assert "2" in _refused(json.dumps({**SMALL, "itadesk": 2})).message
        for source in ("{}", "[]", "null", '"text"', "1", ""):
            _refused(source)

    @pytest.mark.parametrize(
        "source",
        [
            "[" * 200_000,
            '{"a":' * 200_000,
            '{"itadesk": ' + "9" * 5_000 + "}",
            '{"itadesk": NaN}',
            '{"itadesk": -Infinity}',
            '{"itadesk": 1e999}',
            '{"itadesk": 1, "itadesk": 1}',
            '{"itadesk": 1, "office": {"name": "ก", "name": "ข"}}',
            '{"itadesk": 1, "office": {"name": "ก\n"}}',
            '{"itadesk": 1,}',
            '{"\\ud800": 1}',
            "\x00",
            b"\xff\xfe{\x00}\x00",
            b"\x89PNG\r\n\x1a\n",
            '{"itadesk": 1, "office": "สำนักงาน"}'.encode("tis-620"),
            b"PK\x03\x04",
        ],
    )
    def test_hostile_files(self, source: str | bytes) -> None:
        _refused(source)

    def test_surrogates_in_keys_can_be_shown(self) -> None:
        (warning,) = json_file.read(json.dumps({**SMALL, "\ud800x\ny": 1})).warnings
        assert "“x y”" in warning
        warning.encode("utf-8")

    def test_far_too_large(self) -> None:
        for source in ("x" * (SIZE_LIMIT + 1), b" " * (SIZE_LIMIT + 1), "ก" * (SIZE_LIMIT // 3 + 1)):
            _refused(source)

    def test_many_keys_of_which_one_stands_twice(self) -> None:
        pairs = ",".join(f'"k{n}":0' for n in range(200_000))
        assert "k199999" in _refused("{" + pairs + ',"k199999":0}').message

    @given(
        st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), st.lists, max_leaves=5),
        st.data(),
    )
    def test_any_value_in_any_place_is_read_or_refused(self, value: object, data: st.DataObject) -> None:
        form: Any = copy.deepcopy(SMALL)
        part, key = form, data.draw(st.sampled_from(sorted(form)))
        while isinstance(part[key], (dict, list)) and part[key] and data.draw(st.booleans()):
            part = part[key]
            key = data.draw(st.sampled_from(sorted(part) if isinstance(part, dict) else range(len(part))))
        part[key] = value
        with contextlib.suppress(UserError):
            json_file.read(json.dumps(form))

    @given(st.binary(max_size=100))
    def test_any_bytes_are_refused(self, source: bytes) -> None:
        _refused(source)


class TestExample:
    def _snapshot(self) -> Snapshot:
        form = json_file.read(EXAMPLE.read_bytes())
        assert form.warnings == ()
        return form.snapshot

    def test_it_is_written_as_the_program_writes_it(self) -> None:
        assert json_file.write(self._snapshot()) == EXAMPLE.read_text(encoding="utf-8")

    def test_it_shows_every_part_of_the_job(self) -> None:
        snapshot = self._snapshot()
        past, current = snapshot.fiscal_years
        assert (past.year, past.analysed_year, current.year, current.analysed_year) == (
            2568,
            2567,
            2569,
            2568,
        )
        measures = snapshot.children(Measure, past.id)
        assert (len(measures), len(snapshot.children(Measure, current.id))) == (12, 10)
        assert all(len(snapshot.children(Progress, measure.id)) == 2 for measure in measures)
        last = [snapshot.progress(measure.id, 12) for measure in measures]
        assert all(row and row.status is Status.DONE for row in last)
        assert snapshot.children(Finding, past.id)
        assert any(unit.aliases for unit in snapshot.all(Unit).values())
        for assessment in snapshot.children(Assessment):
            assert len(snapshot.children(AssessmentIndicator, assessment.id)) == 10

    def test_each_year_has_a_memo_with_four_signatories_of_whom_one_acts_and_signs_twice(self) -> None:
        snapshot = self._snapshot()
        for year in snapshot.fiscal_years:
            (memo,) = snapshot.children(Document, year.id)
            chain = snapshot.children(Signatory, memo.id)
            assert memo.layout == "memo"
            assert len(chain) == 4
            (acting,) = [row for row in chain if row.acting]
            assert acting.acting_for
            assert [row.name for row in chain].count(acting.name) == 2


def test_the_example_names_no_real_office(corpus: Path) -> None:
    for path in corpus.glob("*.json"):
        office = json_file.read(path.read_bytes()).snapshot.office
        assert office.full_name not in EXAMPLE.read_text(encoding="utf-8")
