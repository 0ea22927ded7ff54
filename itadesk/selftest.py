"""Checks this installation from inside, the built program included: file, fonts, texts, PDF, Word and Excel, window."""

import getpass
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from itadesk import i18n, paths
from itadesk.domain.snapshot import Snapshot
from itadesk.i18n import N_, _

if TYPE_CHECKING:
    from itadesk.documents.tree import DocumentTree


def run() -> bool:
    """Run every check and print what it found; True when all went well. This user's own data stay untouched."""
    with tempfile.TemporaryDirectory(prefix="itadesk-") as data:
        os.environ["ITADESK_DATA"] = data
        return _run()


def _run() -> bool:
    passed = [_passed(label, check) for label, check in CHECKS]
    return all(passed)


def _passed(label: str, check: Callable[[Path], str]) -> bool:
    """One check in a folder of its own. Whatever goes wrong is what the check is there to find."""
    try:
        with tempfile.TemporaryDirectory(prefix="itadesk-") as folder:
            print(f"[{_('good')}] {_(label)}: {check(Path(folder))}")
    except Exception as fault:
        print(f"[{_('FAULT')}] {_(label)}: {type(fault).__name__}: {fault}")
        return False
    return True


def example() -> Snapshot:
    """The fictional example office."""
    from itadesk.exchange import json_file

    return json_file.read((paths.resources() / "example" / "example.json").read_bytes()).snapshot


def _file(folder: Path) -> str:
    from itadesk.domain.model import Office
    from itadesk.storage import examiner, operations
    from itadesk.storage.office_file import OfficeFile

    path = folder / "check.itadesk"
    file = OfficeFile.create(path, example().rows(), user=getpass.getuser())
    before = file.snapshot
    office = before.office
    changes = file.edit(lambda edit: operations.set_field(edit, Office, office.id, "phone", "0"))
    file.replay(changes.inverted())
    assert file.snapshot == before, "undo did not restore the file"
    file.close()
    report = examiner.verify(path)
    assert report.verdict == "clean", report.problems
    return _("made, changed, undone, published; seal {code}").format(code=report.seal_code)


def _fonts(folder: Path) -> str:
    from itadesk.documents.paper import families

    return ", ".join(family.name for family in families.families())


def _catalogue(folder: Path) -> str:
    shown = i18n.language()
    i18n.install("th")
    thai = _("Measures")
    i18n.install(shown)
    assert thai != "Measures", "the Thai catalogue is missing"
    return thai


def _pdf(folder: Path) -> str:
    import pypdfium2

    from itadesk.documents import pdf

    data = pdf.write(_memo())
    document = pypdfium2.PdfDocument(data)
    text = document[0].get_textpage().get_text_bounded()
    assert "บันทึกข้อความ" in text, "the memo cannot be read back"
    return _("memo of {pages} pages, {size} KB").format(pages=len(document), size=len(data) // 1024)


def _memo() -> "DocumentTree":
    """The memo of the example office."""
    from itadesk.documents.compose import compose
    from itadesk.documents.document import document_for
    from itadesk.documents.layouts import layout_named

    snapshot, layout = example(), layout_named("memo")
    return compose(snapshot, layout, document_for(snapshot, layout, snapshot.fiscal_years[-1].id, 12))


def _office_files(folder: Path) -> str:
    from itadesk.documents import docx, xlsx

    sizes = {".docx": len(docx.write(_memo())), ".xlsx": len(xlsx.write(_memo()))}
    return ", ".join(f"{ending} {size // 1024} KB" for ending, size in sizes.items())


def _window(folder: Path) -> str:
    from itadesk.app import check_window
    from itadesk.storage.office_file import OfficeFile

    path = folder / "window.itadesk"
    OfficeFile.create(path, example().rows(), user=getpass.getuser()).close()
    return check_window(path)


CHECKS: tuple[tuple[str, Callable[[Path], str]], ...] = (
    (N_("office file"), _file),
    (N_("fonts"), _fonts),
    (N_("texts"), _catalogue),
    (N_("Thai PDF"), _pdf),
    (N_("Word and Excel"), _office_files),
    (N_("window"), _window),
)
