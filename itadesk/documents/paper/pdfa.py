"""The PDF file around the pages, fit for the archive: what PDF/A-2u asks for beyond embedded fonts.

Metadata (XMP) that agrees with the document information, an sRGB output intent, the language, an identifier drawn from
the content, and no font that is not embedded. A candidate: checked with qpdf and pikepdf, not with a full validator.
"""

import zlib
from collections.abc import Iterable
from datetime import datetime
from html import escape
from io import BytesIO

from PIL import ImageCms
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from itadesk.documents.paper.embed import DocumentFont, stream

LANGUAGE = "th-TH"
PRODUCER = "ITADesk"
_VERSION = (1, 7)


class ArchiveCanvas(Canvas):
    """A ReportLab canvas that writes a PDF/A-2u candidate; with a fixed `created`, equal content gives equal bytes."""

    def __init__(self, title: str, author: str, created: datetime) -> None:
        super().__init__(BytesIO(), pageCompression=0, invariant=True, pdfVersion=_VERSION, lang=LANGUAGE)
        self.setTitle(title)
        self.setAuthor(author)
        self.setSubject("")
        self.setCreator(PRODUCER)
        self.setProducer(PRODUCER)
        date = f"D:{created:%Y%m%d%H%M%S}{_zone(created).replace(':', chr(39))}'"
        self.setDateFormatter(lambda *_: date)
        self._doc.updateSignature(created.isoformat())
        self._doc.Catalog.Metadata = _metadata(title, author, created)
        self._bookmarks = 0

    def _make_preamble(self) -> None:
        """Nothing: ReportLab's own would select Helvetica, which is not embedded, on every page."""
        self._preamble = ""

    def bookmark(self, title: str, level: int) -> None:
        """An entry of the outline that leads to this page; `level` 1 stands below the last one of level 0."""
        self._bookmarks += 1
        key = f"section{self._bookmarks}"
        self.bookmarkPage(key)
        self.addOutlineEntry(title, key, level=level)

    def finish_page(self) -> pdfdoc.PDFPage:
        """End the page and compress its content at once, so that a long document stays small in memory."""
        self.showPage()
        page = self._doc.Pages.pages[-1]
        content = (page.stream or "").encode("ascii")
        self._doc.updateSignature(zlib.crc32(content).to_bytes(4, "big"))
        page.stream, page.Contents = None, stream(content)
        return page

    def add_content(self, page: pdfdoc.PDFPage, operators: str) -> None:
        """More content for a finished page, on top of what it has."""
        parts = [page.Contents, stream(operators.encode("ascii"))]
        page.Contents = pdfdoc.PDFArray([self._doc.Reference(part) for part in parts])

    def finish(self, fonts: Iterable[DocumentFont]) -> bytes:
        """The whole file."""
        resources = self._doc.idToObject[pdfdoc.BasicFonts]
        for font in fonts:
            resources[font.name] = font.reference(self._doc)
        catalog = self._doc.Catalog
        catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
        catalog.OutputIntents = pdfdoc.PDFArray([self._output_intent()])
        return self.getpdfdata()

    def _output_intent(self) -> pdfdoc.PDFDictionary:
        profile = stream(_srgb())
        profile.dictionary["N"] = 3
        return pdfdoc.PDFDictionary(
            {
                "Type": "/OutputIntent",
                "S": "/GTS_PDFA1",
                "OutputConditionIdentifier": pdfdoc.PDFString("sRGB"),
                "Info": pdfdoc.PDFString("sRGB IEC61966-2.1"),
                "DestOutputProfile": self._doc.Reference(profile),
            }
        )


def _srgb() -> bytes:
    """An sRGB profile, its own date of making set to a fixed one."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
    return profile[:24] + bytes((7, 208, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0)) + profile[36:]


def _zone(moment: datetime) -> str:
    """The offset from UTC as +07:00; +00:00 when the moment does not say."""
    return moment.isoformat()[-6:] if moment.utcoffset() else "+00:00"


def _metadata(title: str, author: str, created: datetime) -> pdfdoc.PDFStream:
    """The XMP packet; it must not be compressed."""
    filled = _XMP.format(
        title=escape(title),
        author=escape(author),
        language=LANGUAGE,
        producer=PRODUCER,
        moment=f"{created:%Y-%m-%dT%H:%M:%S}{_zone(created)}",
    )
    return pdfdoc.PDFStream(
        pdfdoc.PDFDictionary({"Type": "/Metadata", "Subtype": "/XML"}), filled.encode("utf-8")
    )


_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>U</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{producer}</xmp:CreatorTool>
<xmp:CreateDate>{moment}</xmp:CreateDate>
<xmp:ModifyDate>{moment}</xmp:ModifyDate>
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""
