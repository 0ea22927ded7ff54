"""The package round the text of a Word file: styles, settings, properties, headers and footers, pictures.

Nothing comes from a template, so nothing is in the file by chance.
"""

from collections import Counter
from datetime import datetime
from io import BytesIO
from typing import NamedTuple
from xml.sax.saxutils import escape

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from PIL import Image

from itadesk.documents.docx_text import CM, SIZE
from itadesk.documents.office import FONT, LANGUAGE, in_utc, repacked
from itadesk.documents.paper.page import OpenPicture
from itadesk.documents.paper.text import one_line
from itadesk.documents.tree import Picture

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="http://schemas.openxmlformats.org/{path}"'
    for prefix, path in (
        ("w", "wordprocessingml/2006/main"),
        ("r", "officeDocument/2006/relationships"),
        ("wp", "drawingml/2006/wordprocessingDrawing"),
        ("a", "drawingml/2006/main"),
        ("pic", "drawingml/2006/picture"),
    )
)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DOTS_PER_CM = 600 / 2.54
"""More dots of a picture than a printer shows are left out."""
_EMU = 12700
"""Drawing units in a point."""


class PlacedPicture(NamedTuple):
    """A picture of the package and what a drawing of it needs. `shape`: its width over its height."""

    relation: str
    number: int
    shape: float


class DocxPackage:
    """A Word file in the making; its parts are numbered in the order in which they are added."""

    def __init__(self, title: str, author: str, created: datetime | None) -> None:
        self._moment = in_utc(created)
        self._package = OpcPackage()
        self._document = _DocumentPart(PackURI("/word/document.xml"), CONTENT_TYPE.WML_DOCUMENT_MAIN)
        self._package.relate_to(self._document, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)
        properties = _core_properties(one_line(title), one_line(author), self._moment)
        self._package.relate_to(
            _part("/docProps/core.xml", CONTENT_TYPE.OPC_CORE_PROPERTIES, properties),
            RELATIONSHIP_TYPE.CORE_PROPERTIES,
        )
        for name, kind, relation, content in (
            ("styles", CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES, _STYLES),
            ("settings", CONTENT_TYPE.WML_SETTINGS, RELATIONSHIP_TYPE.SETTINGS, _SETTINGS),
            ("fontTable", CONTENT_TYPE.WML_FONT_TABLE, RELATIONSHIP_TYPE.FONT_TABLE, _FONTS),
        ):
            self._add(_part(f"/word/{name}.xml", kind, content), relation)
        self._counts = Counter[str]()

    def add_header(self, content: str) -> str:
        """A header; its relation."""
        part = _part(
            f"/word/header{self._next('header')}.xml", CONTENT_TYPE.WML_HEADER, _element("w:hdr", content)
        )
        return self._add(part, RELATIONSHIP_TYPE.HEADER)

    def add_footer(self, content: str) -> str:
        """A footer; its relation."""
        part = _part(
            f"/word/footer{self._next('footer')}.xml", CONTENT_TYPE.WML_FOOTER, _element("w:ftr", content)
        )
        return self._add(part, RELATIONSHIP_TYPE.FOOTER)

    def add_picture(self, picture: Picture) -> PlacedPicture:
        """A picture; UserError when it is none."""
        shape = OpenPicture(picture).shape
        data, kind = _image_file(picture)
        part = Part(
            PackURI(f"/word/media/image{self._next('image')}.{kind}"),
            CONTENT_TYPE.PNG if kind == "png" else CONTENT_TYPE.JPEG,
            data,
        )
        return PlacedPicture(self._add(part, RELATIONSHIP_TYPE.IMAGE), self._next("drawing"), shape)

    def finish(self, body: str) -> bytes:
        """The file, with that body."""
        self._document.content = _element("w:document", f"<w:body>{body}</w:body>").encode()
        out = BytesIO()
        self._package.save(out)
        return repacked(out.getvalue(), self._moment)

    def _add(self, part: Part, relation: str) -> str:
        return self._document.relate_to(part, relation)

    def _next(self, kind: str) -> int:
        self._counts[kind] += 1
        return self._counts[kind]


class _DocumentPart(Part):
    """The part that is written last."""

    content = b""

    @property
    def blob(self) -> bytes:
        return self.content


def inline(picture: PlacedPicture, height: float) -> str:
    """A run with the picture in the line of text."""
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f"{_graphic(picture, height)}</wp:inline></w:drawing></w:r>"
    )


def floating(picture: PlacedPicture, height: float) -> str:
    """A run with the picture in the upper left corner of its paragraph, out of the text's way."""
    return (
        '<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1"'
        ' behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        f"{_graphic(picture, height, '<wp:wrapNone/>')}</wp:anchor></w:drawing></w:r>"
    )


def _graphic(picture: PlacedPicture, height: float, wrap: str = "") -> str:
    size = f'cx="{round(height * picture.shape * _EMU)}" cy="{round(height * _EMU)}"'
    name = f'id="{picture.number}" name="{picture.relation}"'
    return (
        f'<wp:extent {size}/><wp:effectExtent l="0" t="0" r="0" b="0"/>{wrap}<wp:docPr {name}/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f"<pic:pic><pic:nvPicPr><pic:cNvPr {name}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{picture.relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
    )


def _image_file(picture: Picture) -> tuple[bytes, str]:
    """The picture as PNG or JPEG, its data untouched unless they are more than a printer shows."""
    with Image.open(BytesIO(picture.data)) as opened:
        kind = "jpeg" if opened.format == "JPEG" else "png"
        dots = max(picture.height * _DOTS_PER_CM, 1)
        if opened.height <= dots and opened.format in ("JPEG", "PNG"):
            return picture.data, kind
        image = opened.convert("RGBA" if opened.has_transparency_data else "RGB")
        image.thumbnail((image.width, dots))
    out = BytesIO()
    image.save(out, kind)
    return out.getvalue(), kind


def _part(name: str, kind: str, content: str) -> Part:
    return Part(PackURI(name), kind, content.encode())


def _element(name: str, content: str) -> str:
    """A whole XML file."""
    return f"{_DECLARATION}<{name} {_NAMESPACES}>{content}</{name}>"


def _core_properties(title: str, author: str, moment: datetime) -> str:
    date = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f'{_DECLARATION}<cp:coreProperties xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator>"
        f"<dc:language>{LANGUAGE}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{date}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{date}</dcterms:modified></cp:coreProperties>'
    )


_FONT_OF_ALL = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
_FACE = (
    f'<w:rPr>{_FONT_OF_ALL}<w:sz w:val="{SIZE * 2}"/><w:szCs w:val="{SIZE * 2}"/>'
    f'<w:lang w:val="en-US" w:eastAsia="en-US" w:bidi="{LANGUAGE}"/></w:rPr>'
)
_SPACING = '<w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
_STYLES = _element(
    "w:styles",
    f"<w:docDefaults><w:rPrDefault>{_FACE}</w:rPrDefault><w:pPrDefault>{_SPACING}</w:pPrDefault></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
    f"{_SPACING}{_FACE}</w:style>"
    # The style says where the navigation pane and a table of contents look; it changes nothing that is seen.
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>'
    '<w:next w:val="Normal"/><w:qFormat/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="108" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
)
_SETTINGS = _element(
    "w:settings",
    f'<w:zoom w:percent="100"/><w:defaultTabStop w:val="{round(1.27 * CM * 20)}"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
    f' w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:bidi="{LANGUAGE}"/>',
)
# Where the official font is missing, its newer edition looks the same; else a Thai font without serifs.
_FONTS = _element(
    "w:fonts",
    f'<w:font w:name="{FONT}"><w:altName w:val="TH Sarabun New"/><w:charset w:val="DE"/>'
    '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>',
)
