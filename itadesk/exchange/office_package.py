"""The zip archive that a Word or Excel file is, opened with care: kind, size and damage become clear messages."""

import lzma
import posixpath
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Literal, NoReturn, cast
from xml.etree import ElementTree
from xml.parsers import expat

from itadesk.errors import UserError
from itadesk.i18n import _

SIZE_LIMIT = 100_000_000
"""Bytes that a file may have, and its parts together once they are unpacked."""

TREE_LIMIT = 40_000_000
"""Bytes of a part that is held in memory as a whole, at a dozen times its size."""

_CHUNK = 65_536
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

# RuntimeError: a part under a password. NotImplementedError: an unknown compression.
DAMAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, ElementTree.ParseError, expat.ExpatError, EOFError,
    LookupError, ValueError, OSError, RuntimeError, NotImplementedError,
)  # fmt: skip


@dataclass(frozen=True)
class Relation:
    """What a part names: the kind ("image", "header") and the name of another part."""

    kind: str
    target: str


class _Builder(ElementTree.TreeBuilder):
    def doctype(self, *_declaration: object) -> NoReturn:
        raise ValueError("office files declare no document type, and so no entities")


class OfficePackage:
    """The parts of a .docx or .xlsx archive; all that is read counts against one limit."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive = archive
        self._name = name
        self._room = SIZE_LIMIT

    def __contains__(self, part: str) -> bool:
        return part in self._archive.NameToInfo

    def read(self, part: str) -> bytes:
        """A part unpacked; the size that the archive declares is not believed."""
        with self._archive.open(part) as file:
            data = file.read(self._room + 1)
        self._room -= len(data)
        if self._room < 0:
            raise too_large(self._name)
        return data

    def tree(self, part: str) -> ElementTree.Element:
        """A part as XML. UserError for one that is too long to be the work of a clerk."""
        data = self.read(part)
        if len(data) > TREE_LIMIT:
            raise too_large(self._name)
        return ElementTree.fromstring(data, ElementTree.XMLParser(target=_Builder()))

    def pieces(self, part: str, name: str) -> Generator[ElementTree.Element]:
        """The elements of a local name in a part, and at last its root, read no further than they are asked for.

        What has been asked for is emptied behind them: a sheet of a hundred thousand rows is never held whole.
        """
        data = self.read(part)
        if len(data) > TREE_LIMIT:
            raise too_large(self._name)
        if b"<!DOCTYPE" in data or data.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise ValueError("office files declare no document type, and are written in UTF-8")
        parser: ElementTree.XMLPullParser[ElementTree.Element] = ElementTree.XMLPullParser(["end"])
        last: ElementTree.Element = ElementTree.Element("")
        for start in range(0, len(data), _CHUNK):
            parser.feed(data[start : start + _CHUNK])
            for _event, last in cast("Iterator[tuple[str, ElementTree.Element]]", parser.read_events()):
                if local_name(last) == name:
                    yield last
                    last.clear()
        parser.close()
        yield last

    def check_xml(self) -> None:
        """UserError when the XML parts together are too long for whoever reads them all; zipfile yields no more."""
        parts = self._archive.infolist()
        if sum(part.file_size for part in parts if part.filename.endswith(".xml")) > TREE_LIMIT:
            raise too_large(self._name)

    def relations(self, part: str) -> dict[str, Relation]:
        """What a part refers to inside the archive, by id; "" is the package itself."""
        folder, file = posixpath.split(part)
        name = posixpath.join(folder, "_rels", f"{file}.rels")
        if name not in self:
            return {}
        return {
            row.attrib["Id"]: Relation(
                posixpath.basename(row.attrib["Type"]),
                posixpath.normpath(posixpath.join("/", folder, row.attrib["Target"])).lstrip("/"),
            )
            for row in self.tree(name)
            if row.attrib.get("TargetMode") != "External"
        }

    def main_part(self) -> str:
        """The part with the document itself; "" when the archive names none."""
        return next((row.target for row in self.relations("").values() if row.kind == "officeDocument"), "")


@contextmanager
def opened(data: bytes, name: str) -> Generator[OfficePackage]:
    """The parts of the Word or Excel file `data` called `name`; UserError for all that is none, or damaged."""
    if len(data) > SIZE_LIMIT:
        raise too_large(name)
    check_kind(data, name)
    if not data.startswith(b"PK"):
        raise damaged(name)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            yield OfficePackage(archive, name)
    except DAMAGE as error:
        raise damaged(name) from error


def check_kind(data: bytes, name: str) -> None:
    """UserError with advice for a file of a kind that offices have, but that is not read."""
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise UserError(
            _("{name} is protected by a password.").format(name=name),
            _("Open it in Word or Excel, remove the password and save it, then choose it again."),
        )
    if data.startswith((_OLE, b"{\\rtf")):
        raise old_kind(name)
    if data.startswith(b"%PDF"):
        raise UserError(
            _("{name} is a PDF file, which has no tables to take in.").format(name=name),
            _("Open it in Word, save it as .docx and choose that file; or copy the table and paste it here."),
        )
    if data.startswith(_PICTURES):
        raise UserError(
            _("{name} is a picture.").format(name=name),
            _("Ask for the Word or Excel file that it was made from."),
        )


def kind(data: bytes, name: str) -> Literal["word", "excel"]:
    """What an archive is, whatever its name ends in; UserError for one that is neither."""
    with opened(data, name) as package:
        if "mimetype" in package or package.main_part().endswith(".bin"):
            raise old_kind(name)
        match package.main_part().partition("/")[0]:
            case "word":
                return "word"
            case "xl":
                return "excel"
            case _:
                raise damaged(name)


def old_kind(name: str) -> UserError:
    return UserError(
        _("{name} is a file of a kind that is not read.").format(name=name),
        _("Open it in Word or Excel, save it as .docx or .xlsx and choose that file."),
    )


def too_large(name: str) -> UserError:
    return UserError(
        _("{name} is too large.").format(name=name),
        _("Save only the pages that are needed as a file of their own."),
    )


def damaged(name: str) -> UserError:
    return UserError(
        _("{name} is damaged or no Word or Excel file.").format(name=name),
        _("Open it in Word or Excel and save it anew, or choose another file."),
    )


def local_name(element: ElementTree.Element) -> str:
    """The name of an element without its namespace: strict and usual files differ in nothing else."""
    return element.tag.rpartition("}")[2]


def child(parent: ElementTree.Element | None, name: str) -> ElementTree.Element | None:
    """The first child of that local name."""
    return None if parent is None else next((row for row in parent if local_name(row) == name), None)


def attribute(element: ElementTree.Element | None, name: str) -> str:
    """The value of the attribute of that local name; "" when there is none."""
    items = () if element is None else element.items()
    return next((value for key, value in items if key.rpartition("}")[2] == name), "")
