"""The project keeps its own house rules; what ruff and the type checker see is not repeated here."""

import ast
import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LONGEST_MODULE = 400
"""A longer one asks for a better cut."""

LONG_MODULES: dict[str, str] = {}
"""Modules over the limit, each with the reason why it is better whole."""


@cache
def tracked() -> tuple[Path, ...]:
    """Every file in version control that is there."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True)
    if listing.returncode:
        pytest.skip("the project is not a git clone here")
    paths = (ROOT / name for name in listing.stdout.decode().split("\0") if name)
    return tuple(path for path in paths if path.is_file())


def modules() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".py"]


def occurrences(pattern: str) -> list[str]:
    """Places of tracked texts, this file apart, where a pattern occurs, as "file:line"."""
    places: list[str] = []
    for path in tracked():
        content = path.read_bytes()
        if path == Path(__file__) or b"\0" in content:
            continue
        lines = content.decode("utf-8").splitlines()
        name = path.relative_to(ROOT)
        places += [f"{name}:{number}" for number, line in enumerate(lines, 1) if re.search(pattern, line)]
    return places


def test_no_file_knows_the_machine_it_was_made_on() -> None:
    assert occurrences(r"(?<![\w.:/])/(work|root|home|tmp|opt|Users)/|[A-Z]:\\\\?Users") == []


def test_no_package_index_is_named() -> None:
    assert occurrences(r"p[y]pi\.org|pythonh[o]sted|npm[j]s|index-url\s*=|find-links\s*=") == []


def test_nothing_is_left_for_later() -> None:
    assert occurrences(r"\b(TODO|FIXME|XXX|HACK)\b") == []


def test_modules_say_in_one_line_what_they_are_for() -> None:
    firsts = {
        path: (ast.get_docstring(ast.parse(path.read_bytes())) or "").partition("\n")[0] for path in modules()
    }
    assert [path.name for path, first in firsts.items() if not first.endswith((".", ":", "`"))] == []


def test_modules_are_short() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_bytes().splitlines()) for path in modules()}
    assert {name for name, length in lengths.items() if length > LONGEST_MODULE} == set(LONG_MODULES)


def test_no_module_is_a_drawer_for_everything() -> None:
    drawers = {"base", "common", "core", "helper", "helpers", "manager", "misc", "util", "utils"}
    assert [path for path in modules() if drawers & set(path.stem.split("_"))] == []


def test_every_package_is_pinned_and_hashed() -> None:
    entries = (ROOT / "requirements.txt").read_text(encoding="utf-8").replace("\\\n", "").splitlines()
    shape = re.compile(r"(?P<name>[\w.-]+)==[\w.]+( ; [^\\]+?)?(\s+--hash=sha256:[0-9a-f]{64})+\s*")
    pinned = {match["name"] for entry in entries if (match := shape.fullmatch(entry))}
    assert len(pinned) == len(entries)

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[\[<>=~! ]", requirement)[0].lower().replace(".", "-") for requirement in wanted}
    assert names <= pinned, "run `python3 dev.py lock`"


def test_the_build_machine_runs_the_test_command_and_nothing_else() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.startswith(("#", "set ", "cd "))] == [
        "exec python3 dev.py test"
    ]
