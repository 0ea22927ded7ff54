"""Word files as XML: their parts, paragraphs, headers and footers."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

from documents.trees import tree
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from itadesk.documents import docx
from itadesk.documents.tree import (
    Block,
)


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def xml(data: bytes, name: str = "word/document.xml") -> Any:
    return parse_xml(parts(data)[name])


def written(*blocks: Block, landscape: bool = False) -> Any:
    """The body of a file with these blocks."""
    return body(docx.write(tree(*blocks, landscape=landscape)))


def body(data: bytes) -> Any:
    return xml(data).find(qn("w:body"))


def every(element: Any, path: str) -> list[Any]:
    return element.findall(".//" + "/".join(map(qn, path.split("/"))))


def name_of(element: Any) -> str:
    return element.tag.rpartition("}")[2]


def said(element: Any) -> str:
    return "".join(text.text or "" for text in every(element, "w:t"))


def value(element: Any, path: str, attribute: str = "w:val") -> str | None:
    found = element.find("/".join(map(qn, path.split("/"))))
    return None if found is None else found.get(qn(attribute))


def paragraph_of(element: Any, text: str) -> Any:
    """The innermost paragraph that says just that."""
    return next(found for found in every(element, "w:p") if said(found) == text)


def keeps(paragraph: Any) -> bool:
    return paragraph.find(qn("w:pPr") + "/" + qn("w:keepNext")) is not None


def stories(data: bytes, kind: str) -> list[str]:
    """The instructions and texts of each header or footer that the sections name, in their order."""
    relations = {found.get("Id"): found.get("Target") for found in xml(data, "word/_rels/document.xml.rels")}
    found: list[str] = []
    for reference in every(body(data), f"w:{kind}Reference"):
        story = xml(data, f"word/{relations[reference.get(qn('r:id'))]}")
        fields = [field.get(qn("w:instr")) for field in every(story, "w:fldSimple")]
        found.append(f"{reference.get(qn('w:type'))}: {said(story)} {fields}")
    return found


def media(data: bytes) -> dict[str, bytes]:
    return {name: content for name, content in parts(data).items() if "/media/" in name}
