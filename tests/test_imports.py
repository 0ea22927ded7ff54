"""The architecture holds: imports go downwards only, and each library is known in one room."""

import ast
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "itadesk"


def imported(path: Path) -> set[str]:
    """Top-level names of all packages that a module imports, inside functions too."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names


def importers(library: str) -> set[str]:
    """Rooms (packages or modules right below itadesk/) that import a library."""
    modules = (path for path in PACKAGE.rglob("*.py") if library in imported(path))
    return {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in modules}


def test_the_import_contract_holds() -> None:
    # In a process of its own: import-linter switches off all loggers of the process that it runs in.
    command = [Path(sysconfig.get_path("scripts"), "lint-imports"), "--no-logo", "--no-cache"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert result.returncode == 0, result.stdout


def test_the_domain_and_below_need_nothing_but_python() -> None:
    below = [
        *(PACKAGE / "domain").glob("*.py"),
        *(PACKAGE / f"{name}.py" for name in ("errors", "i18n", "paths")),
    ]
    foreign = {path.name: imported(path) - sys.stdlib_module_names - {"itadesk"} for path in below}
    assert not {name: libraries for name, libraries in foreign.items() if libraries}


@pytest.mark.parametrize(
    ("library", "rooms"),
    [
        ("PySide6", {"app", "selftest", "ui"}),
        ("sqlalchemy", {"storage"}),
        ("reportlab", {"documents"}),
        ("uharfbuzz", {"documents"}),
    ],
)
def test_a_library_is_known_in_its_room_only(library: str, rooms: set[str]) -> None:
    assert importers(library) <= rooms
