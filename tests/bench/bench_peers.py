"""Our PDF writer against LibreOffice, Typst and WeasyPrint, where installed: one table of the same texts in one run.

Six columns, some 500 characters a row, a group row every 25; landscape A4, a head and a page number on every page.
ITADESK_PEERS may name the Python of another environment, one that has `typst` and `weasyprint`.

The comparison is to be fair. All use the shipped Sarabun and our sizes, line height and margins; the peers are given
the column widths that we have to find; nobody tags the PDF, since we do not; making what a peer reads (docx, JSON,
HTML) is not counted; each has set the smallest table once before, which makes caches and LibreOffice's profile. Ours
has more pages since it moves a short row to the next page whole, which the peers do not. Programs take turns and are
measured in CPU seconds and peak memory of all their processes: the machine is shared.
"""

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from contextlib import chdir
from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, NamedTuple
from zipfile import ZipFile

from bench_paper import HEADINGS, ROOT, cells, say

if TYPE_CHECKING:
    from itadesk.documents.tree import DocumentTree

HERE = Path(__file__).resolve().parent
FONTS = ROOT / "resources" / "fonts"
ROUNDS = {12: 3, 100: 3, 1_000: 3, 10_000: 1}
"""How often the programs take turns, for each number of rows."""
OURS = "ours"
GROUP = 25
JUDGED = 1_000
FASTER = {"LibreOffice": 8, "Typst": 4}
"""How many times faster than these we are to be at JUDGED rows, with less memory and a smaller file."""
TOO_SLOW = {
    10_000: {
        "LibreOffice": "it was not done after 800 CPU s",
        "WeasyPrint": "it would need more than 150 CPU s",
    }
}
"""Who is left out there, and why."""

TYPST = """import typst
typst.compile("table.typ", "typst.pdf", font_paths=[{fonts!r}], ignore_system_fonts=True, pdf_tags=False)"""
WEASYPRINT = """import weasyprint
weasyprint.HTML("table.html").write_pdf("weasyprint.pdf")"""
UNTAGGED = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"false"}}'
LOG = "output.txt"
FONTCONFIG = "<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>"


class Result(NamedTuple):
    """What a program needed, and what it made."""

    seconds: float
    megabytes: float
    kilobytes: float
    pages: int


class Program(NamedTuple):
    """What makes the PDF `output`, in a folder that `prepare` has filled."""

    name: str
    command: list[str]
    output: str

    def run(self) -> Result:
        """Let it work in the current folder."""
        Path(self.output).unlink(missing_ok=True)
        to_file = (os.POSIX_SPAWN_OPEN, 1, LOG, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        both = (os.POSIX_SPAWN_DUP2, 1, 2)
        child = os.posix_spawn(self.command[0], self.command, os.environ, file_actions=[to_file, both])
        # This counts all processes that were waited for, soffice.bin by LibreOffice's starter. The peak begins with
        # the memory of the process that starts another: that is why this one imports nothing big.
        _, status, usage = os.wait4(child, 0)
        if status or not Path(self.output).exists():
            raise SystemExit(f"{self.name} failed: {Path(LOG).read_text(errors='replace')}")
        return Result(
            usage.ru_utime + usage.ru_stime,
            usage.ru_maxrss / 1024,
            Path(self.output).stat().st_size / 1024,
            int(subprocess.check_output(own(f"print(pages({self.output!r}))"))),
        )


def own(code: str) -> list[str]:
    """The command for code of this file in a process of its own."""
    return [
        sys.executable,
        "-c",
        f"import sys; sys.path.insert(0, {str(HERE)!r}); from bench_peers import *; {code}",
    ]


# What runs in processes of its own, in the folder of its table


def tree(count: int) -> "DocumentTree":
    """The table of so many rows."""
    from itadesk.documents.tree import Column, DocumentTree, HeadCell, Row, Section, Table

    rows: list[Row] = []
    for at in range(count):
        if at % GROUP == 0:
            rows.append(Row((f"ตัวชี้วัดที่ {at // GROUP + 1} การปฏิบัติหน้าที่",), group=True))
        rows.append(Row(cells(at)))
    head = (tuple(HeadCell(text) for text in HEADINGS),)
    table = Table(tuple(Column() for _ in HEADINGS), head, tuple(rows))
    return DocumentTree("", "", (Section((table,), landscape=True, page_number="of_total"),))


def ours(count: int) -> None:
    """Our PDF."""
    from itadesk.documents import pdf

    Path("ours.pdf").write_bytes(pdf.write(tree(count)))


def pages(file: str) -> int:
    """How many pages a PDF has."""
    from pypdfium2 import PdfDocument

    return len(PdfDocument(file))


def prepare(count: int) -> None:
    """What the peers read."""
    from itadesk.documents import docx
    from itadesk.documents.tree import Table

    report = tree(count)
    (table,) = report.sections[0].blocks
    assert isinstance(table, Table)
    Path("ours.docx").write_bytes(docx.write(report))
    widths = in_sarabun("ours.docx", "table.docx")
    rows = [(row.group, row.cells) for row in table.rows]
    data = {"widths": widths, "head": HEADINGS, "rows": rows}
    Path("table.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    shutil.copy(HERE / "peers" / "table.typ", ".")
    page = Template((HERE / "peers" / "table.html").read_text(encoding="utf-8"))
    filled = page.substitute(
        fonts=FONTS.as_uri(),
        columns="".join(f'<col style="width: {width}pt">' for width in widths),
        head="".join(f"<th>{escape(title)}</th>" for title in HEADINGS),
        rows="\n".join(html_row(*row) for row in rows),
    )
    Path("table.html").write_text(filled, encoding="utf-8")


def html_row(group: bool, texts: tuple[str, ...]) -> str:
    """A row of the table in HTML."""
    if group:
        return f'<tr><th colspan="{len(HEADINGS)}">{escape(texts[0])}</th></tr>'
    return f"<tr>{''.join(f'<td>{escape(text)}</td>' for text in texts)}</tr>"


def in_sarabun(source: str, target: str) -> list[float]:
    """The Word file in the shipped font, as large and with lines as high as in our PDF; its column widths in points."""
    from itadesk.documents.office import FONT
    from itadesk.documents.paper import families
    from itadesk.documents.paper.text import LEADING

    scale = families.family().scale
    height = f'w:line="{round(16 * LEADING * 20)}" w:lineRule="exact"'
    widths: list[float] = []
    with ZipFile(source) as given, ZipFile(target, "w") as made:
        for name in given.namelist():
            xml = given.read(name).decode().replace(FONT, families.DEFAULT)
            xml = xml.replace('w:line="240" w:lineRule="auto"', height)
            xml = re.sub(
                r'(<w:sz(?:Cs)? w:val=")(\d+)', lambda at: at[1] + str(round(int(at[2]) * scale)), xml
            )
            widths += [int(twips) / 20 for twips in re.findall(r'<w:gridCol w:w="(\d+)"', xml)]
            made.writestr(name, xml)
    return widths


# The peers


def peers() -> list[Program]:
    """Those that are installed; a line for each that is not."""
    commands = {
        "LibreOffice": (libreoffice(), "table.pdf"),
        "Typst": (typst(), "typst.pdf"),
        "WeasyPrint": (with_python("weasyprint", WEASYPRINT), "weasyprint.pdf"),
    }
    for name, (command, _) in commands.items():
        if not command:
            print(f"{name}: not installed")
    return [Program(name, command, output) for name, (command, output) in commands.items() if command]


def libreoffice() -> list[str]:
    """With a profile of its own; of fonts it sees ours only, as FONTCONFIG says."""
    starter = shutil.which("soffice")
    profile = f"-env:UserInstallation={Path('profile').absolute().as_uri()}"
    return [starter, profile, "--headless", "--convert-to", UNTAGGED, "table.docx"] if starter else []


def typst() -> list[str]:
    command = with_python("typst", TYPST.format(fonts=str(FONTS)))
    if command or not (binary := shutil.which("typst")):
        return command
    options = ("--font-path", str(FONTS), "--ignore-system-fonts", "--no-pdf-tags")
    return [binary, "compile", *options, "table.typ", "typst.pdf"]


def with_python(module: str, code: str) -> list[str]:
    """The code in the first Python that can import the module."""
    named = os.environ.get("ITADESK_PEERS")
    for python in (sys.executable, *([str(Path(named).expanduser().absolute())] if named else [])):
        tried = subprocess.run([python, "-c", f"import {module}"], capture_output=True, check=False)
        if tried.returncode == 0:
            return [python, "-c", code]
    return []


# Measuring


def measure(count: int, rounds: int, others: list[Program]) -> dict[str, Result]:
    """What we and each of the others need for so many rows: medians."""
    folder = Path(f"{count}_rows")
    folder.mkdir(exist_ok=True)  # the warm-up has been there
    programs = [Program(OURS, own(f"ours({count})"), "ours.pdf"), *others]
    with chdir(folder):
        subprocess.run(own(f"prepare({count})"), check=True)
        turns = [[program.run() for program in programs] for _ in range(rounds)]
    medians = (Result(*map(statistics.median, zip(*runs, strict=True))) for runs in zip(*turns, strict=True))
    return {program.name: result for program, result in zip(programs, medians, strict=True)}


def show(count: int, results: dict[str, Result]) -> None:
    """The results as a table, with their ratios to ours."""
    print(f"\n{f'{count:,} rows':14}{'CPU s':>10}{'peak MB':>18}{'file KB':>18}{'pages':>16}")
    for name, result in results.items():
        figures = zip(result[:3], results[OURS][:3], (".2f", ",.0f", ",.0f"), strict=True)
        compared = "".join(f"{value:10{form}} {value / base:5.1f} x" for value, base, form in figures)
        print(f"{name:14}{compared}{result.pages:8,}", flush=True)


def judge(results: dict[str, Result]) -> bool:
    """Is every limit kept, of the peers that are there?"""
    base, checks = results[OURS], list[bool]()
    for name, faster in FASTER.items():
        if result := results.get(name):
            ratios = {
                "CPU seconds": (result.seconds / base.seconds, faster),
                "peak memory": (result.megabytes / base.megabytes, 1),
                "file size": (result.kilobytes / base.kilobytes, 1),
            }
            for what, (ratio, limit) in ratios.items():
                checks.append(say(f"{what}, {name} / {OURS}", ratio, limit, " x", at_least=True))
    return all(checks)


def main() -> int:
    """0 when every limit is kept; a peer that is not installed has none."""
    with tempfile.TemporaryDirectory(prefix="itadesk-bench-") as folder, chdir(folder):
        Path("fonts.conf").write_text(FONTCONFIG.format(fonts=FONTS, cache=Path("cache").absolute()))
        os.environ["FONTCONFIG_FILE"] = str(Path("fonts.conf").absolute())
        others = peers()
        measure(min(ROUNDS), 1, others)
        good = True
        for count, rounds in ROUNDS.items():
            slow = TOO_SLOW.get(count, {})
            results = measure(count, rounds, [program for program in others if program.name not in slow])
            show(count, results)
            for program in others:
                if reason := slow.get(program.name):
                    print(f"{program.name}: left out here, {reason}")
            good &= count != JUDGED or judge(results)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
