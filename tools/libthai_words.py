"""Runs first in the built program: libthai reads its words from the program's folder, not from the system."""

import os
import sys
from pathlib import Path

os.environ.setdefault("LIBTHAI_DICTDIR", str(Path(sys.prefix) / "libthai"))
