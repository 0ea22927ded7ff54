"""Catalogues: gather the texts of the program, and compile the translations for gettext and for Qt.

`python tools/texts.py update` writes new texts into the .po files and drops those no code uses;
`python tools/texts.py compile` makes the .mo files and Qt's .qm files beside their sources.
"""

import ast
import io
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import PySide6
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "translations"
HEADER = b"""\
msgid ""
msgstr ""
"Language: th\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
"""No dates and no names in it: a catalogue changes only when a text does."""


def gather() -> Catalog:
    """Every text that the code marks with `_()` or `N_()`, inside f-strings too."""
    found = Catalog(project="ITADesk", charset="utf-8")
    for path in sorted((ROOT / "itadesk").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            match node:
                case ast.Call(func=ast.Name(id="_" | "N_"), args=[ast.Constant(value=str(text))]):
                    found.add(text)
                case _:
                    pass
    return found


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="th")


def write(path: Path, catalogue: Catalog) -> None:
    entries = io.BytesIO()
    write_po(entries, catalogue, omit_header=True, no_location=True, sort_output=True, width=110)
    path.write_bytes(HEADER + entries.getvalue())


def catalogues() -> list[Path]:
    return sorted(TRANSLATIONS.glob("*/LC_MESSAGES/*.po"))


def update() -> None:
    """New texts come in untranslated; translations of texts that are gone are dropped, never guessed at."""
    found = gather()
    for path in catalogues():
        catalogue = read(path)
        catalogue.update(found, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        write(path, catalogue)


def compile_all() -> None:
    for path in catalogues():
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, read(path))
    for path in sorted(TRANSLATIONS.glob("qt_*.po")):
        compile_qt(path)


def compile_qt(path: Path) -> None:
    """Qt reads .qm only: our .po (its context is Qt's) becomes a .ts, which Qt's own lrelease compiles."""
    source = path.with_suffix(".ts")
    qt_source(read(path)).write(source, encoding="utf-8", xml_declaration=True)
    lrelease = next(Path(PySide6.__path__[0]).glob("lrelease*"))
    subprocess.run([lrelease, "-silent", source, "-qm", path.with_suffix(".qm")], check=True)


def qt_source(catalogue: Catalog) -> ElementTree.ElementTree:
    """The .ts document. Qt falls back to a text without disambiguation, so none is kept."""
    root = ElementTree.Element("TS", version="2.1", language="th")
    contexts: dict[str, ElementTree.Element] = {}
    for message in catalogue:
        if not message.id or not message.string or not message.context:
            continue
        if message.context not in contexts:
            contexts[message.context] = ElementTree.SubElement(root, "context")
            ElementTree.SubElement(contexts[message.context], "name").text = message.context
        entry = ElementTree.SubElement(contexts[message.context], "message")
        ElementTree.SubElement(entry, "source").text = str(message.id)
        ElementTree.SubElement(entry, "translation").text = str(message.string)
    return ElementTree.ElementTree(root)


if __name__ == "__main__":
    {"update": update, "compile": compile_all}[sys.argv[1]]()
