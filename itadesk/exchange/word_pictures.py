"""The pictures inside a Word document, for the clerk to pick the office's emblem out of an old memo."""

import lzma
import posixpath
import zipfile
import zlib
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from xml.parsers import expat

from itadesk.errors import UserError
from itadesk.i18n import _

SIZE_LIMIT = 100_000_000
"""Bytes that the file may have, and its parts together once they are unpacked."""
PICTURES_LIMIT = 100
"""Only so many are looked at: the emblem stands on the first page."""
REFERENCES_LIMIT = 10_000
"""Pictures and relations that one part may name."""

USABLE = ("image/png", "image/jpeg")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SIGNATURES: Mapping[str, tuple[bytes, ...]] = {
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/gif": (b"GIF87a", b"GIF89a"),
    "image/tiff": (b"II*\0", b"MM\0*"),
    "image/bmp": (b"BM",),
    "image/wmf": (b"\xd7\xcd\xc6\x9a", b"\x01\0\x09\0", b"\x02\0\x09\0"),
}


@dataclass(frozen=True)
class WordPicture:
    """A picture of a Word document; `name` is that of its file inside. `media_type` follows from its content."""

    data: bytes
    media_type: str
    name: str

    @property
    def usable(self) -> bool:
        """Whether it can become the emblem: PNG and JPEG can, Windows drawings (EMF, WMF) cannot."""
        return self.media_type in USABLE


def pictures(data: bytes, name: str) -> list[WordPicture]:
    """The pictures of a .docx file called `name`, each once, as they stand: in headers, then in the text.

    At least one of them is usable. UserError, with advice, for .doc, a protected, damaged or oversized file, and when
    there is no usable picture.
    """
    _check_kind(data, name)
    with _damage_reported(name), zipfile.ZipFile(BytesIO(data)) as archive:
        found = _Document(archive, name).pictures()
    if not any(picture.usable for picture in found):
        raise _no_picture(found, name)
    return found


def _check_kind(data: bytes, name: str) -> None:
    if len(data) > SIZE_LIMIT:
        raise _too_large(name)
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise UserError(
            _("{name} is protected by a password.").format(name=name),
            _("Open it in Word, remove the password and save it, then choose it again."),
        )
    if data.startswith((_OLE, b"{\\rtf")):
        raise UserError(
            _("{name} is a document of an old kind.").format(name=name),
            _("Open it in Word, save it as a Word document (.docx) and choose that file."),
        )
    if not data.startswith(b"PK"):
        raise UserError(
            _("{name} is not a Word document.").format(name=name), _("Please choose a Word document (.docx).")
        )


def _no_picture(found: list[WordPicture], name: str) -> UserError:
    if not found:
        return UserError(
            _("There is no picture in {name}.").format(name=name),
            _("Choose another memo that shows the emblem, or a picture file."),
        )
    kinds = ", ".join(sorted({picture.media_type.split("/")[1].upper() for picture in found}))
    return UserError(
        _("The pictures in {name} are of a kind that cannot be used here: {kinds}.").format(
            name=name, kinds=kinds
        ),
        _(
            "Open the document in Word, right-click the picture, save it as a PNG picture and choose that file."
        ),
    )


def _too_large(name: str) -> UserError:
    return UserError(
        _("{name} is too large.").format(name=name),
        _("Save only the page with the emblem as a document of its own."),
    )


# RuntimeError: a part under a password. NotImplementedError: an unknown compression.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, expat.ExpatError, EOFError, KeyError, ValueError, OSError,
    RuntimeError, NotImplementedError,
)  # fmt: skip


@contextmanager
def _damage_reported(name: str) -> Generator[None]:
    """Whatever a broken archive makes of the unpackers becomes one clear message."""
    try:
        yield
    except _DAMAGE as error:
        raise _damaged(name) from error


def _damaged(name: str) -> UserError:
    return UserError(
        _("{name} is damaged or not a Word document.").format(name=name),
        _("Open it in Word and save it anew, or choose another document."),
    )


@dataclass(frozen=True)
class _Relation:
    kind: str
    target: str


_NAMING = {"blip": "embed", "imagedata": "id", "Relationship": "Id"}
"""Elements that name a part (DrawingML, VML, relations), and the attribute with the relation's id."""


class _Document:
    """The parts of a .docx archive that lead to its pictures."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive = archive
        self._name = name
        self._room = SIZE_LIMIT

    def pictures(self) -> list[WordPicture]:
        main = next(
            (part.target for part in self._relations("").values() if part.kind == "officeDocument"), ""
        )
        headers = [part.target for part in self._relations(main).values() if part.kind == "header"]
        targets = dict.fromkeys(target for part in (*headers, main) for target in self._shown(part))
        found = [self._picture(target) for target in list(targets)[:PICTURES_LIMIT]]
        return [picture for picture in found if picture is not None]

    def _shown(self, part: str) -> Iterator[str]:
        """Targets of the pictures in a part, as they stand in it."""
        relations = self._relations(part)
        for local, attributes in self._elements(part):
            relation = relations.get(attributes.get(_NAMING[local], ""))
            if relation and relation.kind == "image":
                yield relation.target

    def _relations(self, part: str) -> dict[str, _Relation]:
        """What a part refers to inside the archive, by id; "" is the package itself."""
        folder, file = posixpath.split(part)
        name = posixpath.join(folder, "_rels", f"{file}.rels")
        if name not in self._archive.NameToInfo:
            return {}
        return {
            attributes["Id"]: _Relation(
                posixpath.basename(attributes["Type"]),
                posixpath.normpath(posixpath.join("/", folder, attributes["Target"])).lstrip("/"),
            )
            for local, attributes in self._elements(name)
            if local == "Relationship" and attributes.get("TargetMode") != "External"
        }

    def _elements(self, part: str) -> list[tuple[str, dict[str, str]]]:
        """The elements of an XML part that name other parts: local names, and attributes by local name."""
        found: list[tuple[str, dict[str, str]]] = []

        def start(name: str, attributes: dict[str, str]) -> None:
            if _local(name) in _NAMING:
                found.append((_local(name), {_local(key): value for key, value in attributes.items()}))
            if len(found) > REFERENCES_LIMIT:
                raise _too_large(self._name)

        def refuse(*_declaration: object) -> None:
            raise ValueError("Word documents declare no entities")

        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = start
        parser.EntityDeclHandler = refuse
        parser.Parse(self._read(part), True)
        return found

    def _picture(self, target: str) -> WordPicture | None:
        """None for a picture that the document names and does not hold."""
        if target not in self._archive.NameToInfo:
            return None
        data = self._read(target)
        return WordPicture(data, _media_type(data), posixpath.basename(target))

    def _read(self, part: str) -> bytes:
        """A part unpacked; the size that the archive declares is not believed."""
        with self._archive.open(part) as file:
            data = file.read(self._room + 1)
        self._room -= len(data)
        if self._room < 0:
            raise _too_large(self._name)
        return data


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _media_type(data: bytes) -> str:
    if data[40:44] == b" EMF":
        return "image/emf"
    return next((kind for kind, starts in _SIGNATURES.items() if data.startswith(starts)), "image/unknown")
