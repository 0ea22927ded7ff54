"""Set-up and the developer's commands, the same on Linux and Windows: `python3 dev.py run`, `python3 dev.py test`.

Every command first makes this folder ready: the system's libraries (Linux), `.venv` with the exact packages of
requirements.txt, the project itself, the compiled texts. What is ready already costs a fraction of a second.
Only the standard library is used here, and syntax that an old Python can read far enough to say that it is too old.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = sys.platform == "win32"
OLDEST_PYTHON = (3, 11)


def program(name: str) -> Path:
    """A program of the virtual environment."""
    return VENV / "Scripts" / f"{name}.exe" if WINDOWS else VENV / "bin" / name


PYTHON = program("python")

NEEDED = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libthai.so.0": "libthai0",
}
"""What Qt loads and its wheel does not carry, with Debian's package names; libthai breaks Thai lines on screen."""

PYTHON_VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"
NEEDED_BESIDES = {
    "test": {"pdftotext": "poppler-utils", "hb-view": "libharfbuzz-bin"},
    "build": {"objdump": "binutils", f"libpython{PYTHON_VERSION}.so.1.0": f"libpython{PYTHON_VERSION}"},
}
"""What a command needs besides: judges of our PDF that are not ours; what PyInstaller reads and packs."""

POSTGRESQL = "--postgres"
SERVER = {"pg_lsclusters": "postgresql"}
"""The server that `test --postgres` starts; Debian's package brings `pg_lsclusters` onto the path."""

CHECKS = (
    ("ruff", "check", "--output-format", "concise"),
    ("ruff", "format", "--check"),
    ("basedpyright",),
    ("lint-imports", "--no-logo", "--no-cache"),
)


def main() -> int:
    if sys.version_info < OLDEST_PYTHON:
        return complain(f"ITADesk needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    command, rest = arguments()
    try:
        besides = NEEDED_BESIDES.get(command, {}) | (SERVER if POSTGRESQL in rest else {})
        set_up(NEEDED | besides)
        return COMMANDS[command](rest)
    except subprocess.CalledProcessError as error:
        return complain(f"this step failed: {' '.join(map(str, error.cmd))}")
    except SetupError as error:
        return complain(str(error))
    except KeyboardInterrupt:
        return 130


def arguments() -> tuple[str, list[str]]:
    parser = argparse.ArgumentParser(
        description="Set-up and developer's commands of ITADesk.",
        epilog="\n".join(f"  {name:9} {command.__doc__}" for name, command in COMMANDS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND", help="one of those below")
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="…", help="what the command takes")
    chosen = parser.parse_args()
    return chosen.command, chosen.rest


class SetupError(Exception):
    """Something the person at the keyboard must do first; the message says what."""


def complain(message: str) -> int:
    print(f"dev.py: {message}", file=sys.stderr, flush=True)
    return 1


def say(message: str) -> None:
    print(f"dev.py: {message}", flush=True)


def environment() -> dict[str, str]:
    """The caller's environment without what would mix other Pythons in or leave modules uncompiled."""
    unwanted = {"PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV"}
    return {key: value for key, value in os.environ.items() if key not in unwanted} | {"PYTHONUTF8": "1"}


def call(*command: str | Path) -> int:
    """Run a command in the project's folder and give its exit code."""
    return subprocess.call(command, cwd=ROOT, env=environment())


def must(*command: str | Path, quiet: bool = False) -> None:
    """Run a command of the set-up, which must succeed; a quiet one shows its errors only."""
    output = subprocess.DEVNULL if quiet else None
    subprocess.run(command, cwd=ROOT, env=environment(), stdin=subprocess.DEVNULL, stdout=output, check=True)


# Set-up


def set_up(needed: dict[str, str]) -> None:
    if sys.platform == "linux":
        install_packages(missing_packages(needed))
    if not venv_is_whole():
        say("making .venv")
        must(sys.executable, "-m", "venv", "--clear", VENV)
    once("requirements", [ROOT / "requirements.txt", ROOT / "pyproject.toml"], install)
    once("texts", sorted((ROOT / "translations").rglob("*.po")), compile_texts)


def venv_is_whole() -> bool:
    """False also when its making was interrupted (pip comes last) or the Python it points to is gone."""
    return PYTHON.exists() and program("pip").exists()


def missing_packages(needed: dict[str, str]) -> list[str]:
    """Debian packages of what cannot be loaded or found here; asking dpkg would miss what came another way."""
    packages = [package for name, package in needed.items() if not present(name)]
    if not venv_is_whole() and not importlib.util.find_spec("ensurepip"):
        packages.append(f"python{PYTHON_VERSION}-venv")
    return packages


def present(name: str) -> bool:
    """Whether a program can be found, or a library loaded, here."""
    if ".so" not in name:
        return shutil.which(name) is not None
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def install_packages(packages: list[str]) -> None:
    """Install system packages where this user may; else say the exact line to type."""
    if not packages:
        return
    names = " ".join(packages)
    if not shutil.which("apt-get"):
        raise SetupError(
            f"please install these with the system's package manager (names as in Debian): {names}"
        )
    may = administrator()
    if may is None:
        line = f"sudo apt-get update && sudo apt-get install --no-install-recommends {names}"
        raise SetupError(f"system packages are missing. Please type this, then try again:\n\n    {line}\n")
    say(f"installing system packages: {names}")
    apt = (*may, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "Dpkg::Use-Pty=0")
    must(*apt, "update")
    must(*apt, "install", "-y", "--no-install-recommends", *packages, quiet=True)


def administrator() -> tuple[str, ...] | None:
    """What to put before a command to run it as the administrator without a question; None when that is impossible."""
    if os.geteuid() == 0:
        return ()
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ("sudo", "-n")
    return None


def once(name: str, sources: list[Path], step: Callable[[], None]) -> None:
    """Do a step unless it was done with the very same sources."""
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
    stamp = VENV / f"{name}.stamp"
    if stamp.exists() and stamp.read_text() == digest:
        return
    step()
    stamp.write_text(digest)


def install() -> None:
    say("installing the packages of requirements.txt")
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    must(*pip, "--require-hashes", "-r", ROOT / "requirements.txt")
    must(*pip, "--no-deps", "--no-build-isolation", "--no-index", "-e", ROOT)
    must(PYTHON, "-m", "compileall", "-q", ROOT / "itadesk")


def compile_texts() -> None:
    must(PYTHON, "tools/texts.py", "compile")


# Commands


def run(rest: list[str]) -> int:
    """FILE: start the program."""
    return subprocess.call([PYTHON, "-m", "itadesk", *rest], env=environment())  # FILE is where the caller is


def test(rest: list[str]) -> int:
    """PYTEST ARGUMENTS: check, and run the tests on two processes; with --postgres on a server of their own too."""
    beside = [] if POSTGRESQL not in rest else [PYTHON, "tools/postgresql.py"]
    words = [word for word in rest if word != POSTGRESQL]
    checked = check([])
    return call(*beside, PYTHON, "-m", "pytest", "-q", "-n", "2", *words) or checked


def check(rest: list[str]) -> int:
    """Style, format, types and the import contract."""
    return max(call(program(name), *options) for name, *options in CHECKS)


def bench(rest: list[str]) -> int:
    """NAME, or all: measure against baselines in the same run."""
    scripts = sorted((ROOT / "tests" / "bench").glob(f"bench_{rest[0] if rest else '*'}.py"))
    if not scripts:
        return complain("there is no such measurement in tests/bench")
    return max(call(PYTHON, script) for script in scripts)


def campaign(rest: list[str]) -> int:
    """NAME: a long run that looks for faults, such as `kill`."""
    known = sorted(path.stem for path in (ROOT / "tests" / "campaigns").glob("[a-z]*.py"))
    if not rest or rest[0] not in known:
        return complain(f"which campaign? There are: {', '.join(known)}")
    return call(PYTHON, f"tests/campaigns/{rest[0]}.py", *rest[1:])


def build(rest: list[str]) -> int:
    """Make the program's folder in dist/ and let it test itself."""
    must(PYTHON, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN", "build.spec")
    return call(ROOT / "dist" / "ITADesk" / ("itadesk.exe" if WINDOWS else "itadesk"), "selftest")


def texts(rest: list[str]) -> int:
    """Bring new texts of the program into the catalogues and compile them."""
    must(PYTHON, "tools/texts.py", "update")
    once("texts", sorted((ROOT / "translations").rglob("*.po")), compile_texts)
    return 0


def lock(rest: list[str]) -> int:
    """Choose the newest fitting packages anew and write requirements.txt."""
    # uv writes one file for all systems and reads none of pip's configuration, so no index of this machine leaks in.
    must(PYTHON, "-m", "pip", "install", "--quiet", "uv>=0.9")
    options = (
        "--universal --python-version 3.11 --extra dev --upgrade --generate-hashes --no-annotate --no-header"
    )
    private = "--no-config --no-emit-index-url --no-emit-find-links"
    compiling = (program("uv"), "pip", "compile", "--quiet", *options.split(), *private.split())
    must(*compiling, "pyproject.toml", "--output-file", "requirements.txt")
    return 0


COMMANDS = {
    "run": run,
    "test": test,
    "check": check,
    "bench": bench,
    "campaign": campaign,
    "build": build,
    "texts": texts,
    "lock": lock,
}

if __name__ == "__main__":
    sys.exit(main())
