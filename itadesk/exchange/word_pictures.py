"""The pictures inside a Word document, for the clerk to pick the office's emblem out of an old memo."""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.parsers import expat

from itadesk.errors import UserError
from itadesk.exchange.office_package import OfficePackage, opened, too_large
from itadesk.i18n import _

PICTURES_LIMIT = 100
"""Only so many are looked at: the emblem stands on the first page."""
REFERENCES_LIMIT = 10_000
"""Pictures and relations that one part may name."""

USABLE = ("image/png", "image/jpeg")

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
    with opened(data, name) as package:
        found = _pictures(package, name)
    if not any(picture.usable for picture in found):
        raise _no_picture(found, name)
    return found


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


_NAMING = {"blip": "embed", "imagedata": "id"}
"""Elements that name a picture (DrawingML, VML), and the attribute with the relation's id."""


def _pictures(package: OfficePackage, name: str) -> list[WordPicture]:
    main = package.main_part()
    headers = [part.target for part in package.relations(main).values() if part.kind == "header"]
    targets = dict.fromkeys(target for part in (*headers, main) for target in _shown(package, part, name))
    found = [_picture(package, target) for target in list(targets)[:PICTURES_LIMIT]]
    return [picture for picture in found if picture is not None]


def _shown(package: OfficePackage, part: str, name: str) -> Iterator[str]:
    """Targets of the pictures in a part, as they stand in it."""
    relations = package.relations(part)
    for key in _named_pictures(package.read(part), name):
        relation = relations.get(key)
        if relation and relation.kind == "image":
            yield relation.target


def _named_pictures(xml: bytes, name: str) -> list[str]:
    """Ids of the relations by which a part names pictures."""
    found: list[str] = []

    def start(element: str, attributes: dict[str, str]) -> None:
        if (naming := _NAMING.get(_local(element))) is None:
            return
        found.extend(value for key, value in attributes.items() if _local(key) == naming)
        if len(found) > REFERENCES_LIMIT:
            raise too_large(name)

    def refuse(*_declaration: object) -> None:
        raise ValueError("Word documents declare no entities")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.EntityDeclHandler = refuse
    parser.Parse(xml, True)
    return found


def _picture(package: OfficePackage, target: str) -> WordPicture | None:
    """None for a picture that the document names and does not hold."""
    if target not in package:
        return None
    data = package.read(target)
    return WordPicture(data, _media_type(data), posixpath.basename(target))


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _media_type(data: bytes) -> str:
    if data[40:44] == b" EMF":
        return "image/emf"
    return next((kind for kind, starts in _SIGNATURES.items() if data.startswith(starts)), "image/unknown")
