"""Documents that this user's program wrote, or found whole before: known by the hash of their bytes.

Their examination would find the same again, so a clerk's own file opens without it. The list also tells of which
document a file was that can no longer be read.
"""

import hashlib
import json
import logging
from dataclasses import asdict, dataclass
from pathlib import Path

from itadesk import paths
from itadesk.storage import connection, generation, opener
from itadesk.storage.opener import Examined, Watch

MOST = 200
"""Entries kept, the latest."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Known:
    """A file that was whole: the hash of its bytes, the document's uuid, where it was, by which schema it was whole."""

    sha256: str
    uuid: str
    path: str
    schema: str


def remember(path: Path, uuid: str, sha256: str) -> None:
    """Note that the document `uuid` at `path` is whole with this hash. What cannot be noted is examined again."""
    entry = Known(sha256, uuid, str(path), _schema())
    try:
        _list().parent.mkdir(parents=True, exist_ok=True)
        kept = [known for known in _known() if known.path != entry.path and known.sha256 != sha256]
        temporary = _list().with_suffix(".tmp")
        text = json.dumps([asdict(known) for known in [*kept, entry][-MOST:]])  # ASCII: names may be no text
        temporary.write_text(text, encoding="ascii")
        temporary.replace(_list())
    except OSError:
        _log.warning("the list of known files cannot be written", exc_info=True)


def holds(sha256: str) -> bool:
    """Whether a file with this hash was whole, and for this version of the program still is."""
    return any(known.sha256 == sha256 and known.schema == _schema() for known in _known())


def uuid_of(path: Path) -> str | None:
    """The document that was last at `path`, or under its name elsewhere."""
    known = _known()[::-1]
    here = [entry for entry in known if entry.path == str(path)]
    same_name = [entry for entry in known if Path(entry.path).name == path.name]
    return next((entry.uuid for entry in here + same_name), None)


def path_of(uuid: str) -> str | None:
    """Where a document was last."""
    return next((known.path for known in _known()[::-1] if known.uuid == uuid), None)


def receive(
    path: Path, private: Path, sha256: str, watch: Watch | None = None, *, newer_too: bool = False
) -> Examined | None:
    """A private copy of the document whose bytes have the hash `sha256`; what its examination found, None when the very
    same bytes were found whole before. `newer_too` as in opener.examine."""
    if holds(sha256):
        copied, _tail = opener.private_copy(path, private)
        if copied == sha256:
            return None
    from itadesk.storage import examiner  # another process: seldom needed

    examined = examiner.examine(path, private, watch, newer_too=newer_too)
    # One of another generation is not as it stands in the copy, and is examined each time.
    if not examined.altered and examined.generation == generation.GENERATION:
        with connection.private(private) as copy:
            (uuid,) = copy.execute("SELECT uuid FROM doc").fetchone()
        remember(path, uuid, examined.sha256)
    return examined


def _schema() -> str:
    return hashlib.sha256(generation.ddl(generation.GENERATION).encode()).hexdigest()


def _list() -> Path:
    return paths.data() / "known.json"


def _known() -> list[Known]:
    """The oldest first; none when the list is missing or spoiled."""
    try:
        return [Known(**entry) for entry in json.loads(_list().read_text(encoding="ascii"))]
    except (OSError, ValueError, TypeError):
        return []
