"""Types of the part of ReportLab's PDF objects that the paper engine uses."""

from collections.abc import Mapping, Sequence
from typing import Any

BasicFonts: str

class PDFObject: ...
class PDFObjectReference(PDFObject): ...

class PDFDictionary(PDFObject):
    def __init__(self, dict: Mapping[str, object] | None = None) -> None: ...
    def __setitem__(self, name: str, value: object) -> None: ...

class PDFArray(PDFObject):
    def __init__(self, sequence: Sequence[object]) -> None: ...

class PDFString(PDFObject):
    def __init__(self, s: str | bytes) -> None: ...

class PDFStream(PDFObject):
    dictionary: PDFDictionary
    def __init__(self, dictionary: PDFDictionary | None = None, content: bytes | None = None) -> None: ...

class PDFCatalog(PDFObject):
    __NoDefault__: list[str]
    Metadata: PDFObject
    OutputIntents: PDFObject

class PDFPage(PDFObject):
    stream: str | None
    Contents: PDFObject

class PDFPages(PDFObject):
    pages: list[PDFPage]

class PDFDocument:
    Catalog: PDFCatalog
    Pages: PDFPages
    idToObject: dict[str, Any]
    def Reference(self, obj: PDFObject) -> PDFObjectReference: ...
    def updateSignature(self, thing: str | bytes) -> None: ...

def PDFName(data: str) -> str: ...
