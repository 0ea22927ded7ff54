"""Whether this computer has a program for letters, where opening one says yes without any."""

import shutil
import subprocess
import sys

LETTER, ADDRESS = "message/rfc822", "x-scheme-handler/mailto"
"""What is opened: a file with a letter in it, a mailto address."""
_SECONDS = 5


def takes(kind: str) -> bool:
    """False when it is known that nothing opens this kind of letter. Linux alone reports success even then."""
    asked = shutil.which("xdg-mime") if sys.platform == "linux" else None
    if asked is None:
        return True
    try:
        told = subprocess.run(
            [asked, "query", "default", kind], capture_output=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return True
    return bool(told.stdout.strip())
