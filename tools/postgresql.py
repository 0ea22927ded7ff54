"""Runs a command beside a PostgreSQL server of its own: `python tools/postgresql.py COMMAND …`.

The server is made in a folder that goes with it, listens on a socket in there and nowhere else. Its URL is in the
command's environment as ITADESK_POSTGRESQL. As root it runs as the user `postgres`, for it refuses root.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

USER = "postgres"


def program(name: str) -> str:
    """A program of the server; Debian keeps them off the path."""
    found = shutil.which(name) or next(
        (str(path) for path in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)), None
    )
    if found is None:
        sys.exit(f"{name} of PostgreSQL is not on this computer")
    return found


def main(command: Sequence[str]) -> int:
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    serve = ["runuser", "-u", USER, "--"] if root else []
    with tempfile.TemporaryDirectory(prefix="itadesk-postgresql-") as folder:
        if root:
            shutil.chown(folder, USER)
        data = Path(folder, "data")
        subprocess.run(
            [*serve, program("initdb"), "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C"],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        control = [*serve, program("pg_ctl"), "-D", data, "-w"]
        options = f"-k {folder} -c listen_addresses='' -c fsync=off"
        subprocess.run(
            [*control, "-o", options, "-l", Path(folder, "log"), "start"],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        try:
            url = f"postgresql+psycopg://{USER}@/postgres?host={folder}"
            return subprocess.call(command, env=os.environ | {"ITADESK_POSTGRESQL": url})
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
