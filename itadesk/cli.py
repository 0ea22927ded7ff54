"""The command line: what scripts and people without a screen can do with an office file."""

import argparse
import errno
import gettext
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from itadesk import __version__, commands, district_commands, i18n, import_command, paths
from itadesk.errors import UserError
from itadesk.i18n import N_, _

GOOD, PROBLEM, WRONG_USE = 0, 1, 2

ARGPARSE_TEXTS = (
    N_("usage: "),
    N_("options"),
    N_("positional arguments"),
    N_("show this help message and exit"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("expected one argument"),
    N_("not allowed with argument %s"),
    N_("%(prog)s: error: %(message)s\n"),
)
"""What argparse itself says: listed so that the catalogue holds it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command, or open the window. Returns 0 = good, 1 = a problem was found, 2 = wrong use."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    _speak_utf8()
    try:
        language = _take_language(words)
        _install_language(language or "th")
        if words and (words[0] in COMMANDS or words[0].startswith("-")):
            return _run(words)
        if len(words) > 1:
            _parser().error(_("“{word}” is not a command").format(word=words[0]))
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else WRONG_USE
    from itadesk.app import run  # the window's libraries are not needed by any command

    return run(Path(words[0]) if words else None, language)


def _run(words: list[str]) -> int:
    options = vars(_parser().parse_args(words))
    command: Callable[..., bool] = options.pop("command")
    try:
        good = command(**options)
        sys.stdout.flush()
        return GOOD if good else PROBLEM
    except UserError as error:
        print(error.message, file=sys.stderr)
        if error.advice:
            print(error.advice, file=sys.stderr)
        return PROBLEM
    except BrokenPipeError:
        # Who reads has read enough, as `| head` does. What is still buffered must not fail when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return GOOD
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EIO):
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print(_("The output cannot be written."), file=sys.stderr)
        print(_("Free some space where it goes; what the command does to files is done."), file=sys.stderr)
        return PROBLEM


def _speak_utf8() -> None:
    """Thai comes out right whatever the locale says; a stream replaced by a test is left alone."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(encoding="utf-8", errors="replace")


def _take_language(words: list[str]) -> str | None:
    """Take `--lang X` or `--lang=X` out of the words, wherever it stands; a wrong X stays for the parser to refuse."""
    for position, word in enumerate(words):
        if word == "--lang" and position + 1 < len(words):
            value = words[position + 1]
            del words[position : position + 2]
        elif word.startswith("--lang="):
            value = word.removeprefix("--lang=")
            del words[position]
        else:
            continue
        if value in i18n.LANGUAGES:
            return value
        words[:] = ["--lang", value]
        break
    return None


def _install_language(language: str) -> None:
    i18n.install(language)
    os.environ["LANGUAGE"] = language  # argparse speaks through the global gettext domain
    gettext.bindtextdomain(i18n.DOMAIN, str(paths.translations()))
    gettext.textdomain(i18n.DOMAIN)


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, and in a second one where to read on."""

    def error(self, message: str) -> NoReturn:
        print(_("Wrong use: {fault}").format(fault=message), file=sys.stderr)
        print(_("See how it is used: {command} --help").format(command=self.prog), file=sys.stderr)
        raise SystemExit(WRONG_USE)


def _path(endings: tuple[str, ...]) -> Callable[[str], Path]:
    """A path whose ending says what is in it."""

    def path(text: str) -> Path:
        if not text.lower().endswith(endings):
            raise argparse.ArgumentTypeError(
                _("“{path}” must end in {endings}").format(path=text, endings=", ".join(endings))
            )
        return Path(text)

    return path


def _round(text: str) -> int | str:
    if text not in ("6", "12", "none"):
        raise argparse.ArgumentTypeError(_("“{text}” is not a round").format(text=text))
    return text if text == "none" else int(text)


def _new(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help=_("the new office file"))
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--from", dest="form", type=Path, help=_("interchange data (.json) to fill it with"))
    source.add_argument("--example", action="store_true", help=_("fill it with the fictional example office"))


def _import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help=_("the office file"))
    parser.add_argument("source", type=Path, help=_("the file with the measures"))
    parser.add_argument("--year", type=int, help=_("fiscal year (B.E.)"))
    parser.add_argument("--round", dest="round_", type=int, choices=(6, 12), help=_("round, in months"))
    parser.add_argument("--match", choices=("add", "update", "skip"), default="update",
                        help=_("what to do with a measure that is there already"))  # fmt: skip
    parser.add_argument("--join-lines", action="store_true",
                        help=_("join lines that were only wrapped, as in text copied from a PDF"))  # fmt: skip
    parser.add_argument("--dry-run", action="store_true", help=_("only show what would happen"))
    parser.add_argument("--json", dest="as_json", action="store_true", help=_("print JSON"))


def _export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help=_("the office file"))
    parser.add_argument("out", type=_path((".json", ".xlsx", ".csv")),
                        help=_("the file to write (.json, .xlsx, .csv)"))  # fmt: skip
    parser.add_argument("--template", action="store_true",
                        help=_("an empty table to fill in, .xlsx or .csv"))  # fmt: skip


def _report(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help=_("the office file"))
    parser.add_argument("--layout", required=True, help=_("name of a layout, or a layout's .toml file"))
    parser.add_argument("--year", type=int, help=_("fiscal year (B.E.)"))
    parser.add_argument("--round", dest="round_", type=_round, metavar="6|12|none",
                        help=_("round, in months"))  # fmt: skip
    parser.add_argument("--digits", choices=("thai", "arabic"), help=_("digits on the paper"))
    parser.add_argument(
        "-o", dest="out", required=True, type=_path((".pdf", ".docx", ".xlsx")),
        help=_("the file to write (.pdf, .docx, .xlsx)"),
    )  # fmt: skip


def _layouts(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, nargs="?", help=_("the office file"))


def _lint(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help=_("the office file"))
    parser.add_argument("--json", dest="as_json", action="store_true", help=_("print JSON"))


def _verify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help=_("the office file"))
    parser.add_argument("--json", dest="as_json", action="store_true", help=_("print JSON"))


def _package(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help=_("the office file"))
    parser.add_argument("-o", dest="out", required=True, type=Path, help=_("the copy to write"))
    parser.add_argument("--no-attachments", action="store_true",
                        help=_("leave evidence files and scans out; their names stay"))  # fmt: skip
    parser.add_argument("--year", type=int, help=_("fiscal year (B.E.)"))


def _collect(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "collection", help=_("the collection: a file, or the address of a PostgreSQL database")
    )
    parser.add_argument(
        "files",
        type=Path,
        nargs="+",
        help=_("the files that offices sent, or folders and ZIP files with them"),
    )
    parser.add_argument("--dry-run", action="store_true", help=_("only show what would happen"))
    parser.add_argument("--json", dest="as_json", action="store_true", help=_("print JSON"))


def _summary(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "collection", help=_("the collection: a file, or the address of a PostgreSQL database")
    )
    parser.add_argument("--year", type=int, help=_("fiscal year (B.E.)"))
    parser.add_argument("--round", dest="round_", type=int, choices=(6, 12), help=_("round, in months"))
    parser.add_argument("--json", dest="as_json", action="store_true", help=_("print JSON"))
    parser.add_argument("-o", dest="out", type=_path((".pdf", ".docx", ".xlsx")),
                        help=_("the file to write (.pdf, .docx, .xlsx)"))  # fmt: skip


def _salvage(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help=_("the damaged file"))
    parser.add_argument("-o", dest="out", required=True, type=_path((".itadesk",)),
                        help=_("the new office file"))  # fmt: skip
    parser.add_argument("--json", dest="as_json", action="store_true", help=_("print JSON"))


def _selftest(parser: argparse.ArgumentParser) -> None:
    del parser  # it takes nothing


COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None], Callable[..., bool]]] = {
    "new": (N_("make a new office file"), _new, commands.new),
    "import": (N_("add measures from another file"), _import, import_command.import_),
    "export": (N_("write everything as interchange data"), _export, commands.export),
    "report": (N_("write a report as PDF, Word or Excel"), _report, commands.report),
    "layouts": (N_("list the layouts there are"), _layouts, commands.layouts),
    "lint": (N_("look for faults in what was typed"), _lint, commands.lint),
    "verify": (N_("check whether a file is whole and unaltered"), _verify, commands.verify),
    "package": (
        N_("write the copy of a file that is sent to the district"),
        _package,
        district_commands.package,
    ),
    "collect": (N_("take offices' files into a collection"), _collect, district_commands.collect),
    "summary": (N_("count the measures of all offices of a collection"), _summary, district_commands.summary),
    "salvage": (N_("save what can be read of a damaged file"), _salvage, commands.salvage),
    "selftest": (N_("check that this installation works"), _selftest, commands.selftest),
}
"""Command -> its help, what arguments it takes, what runs it."""


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="itadesk",
        description=_("Integrity measures of a local office: typed once, followed, printed."),
        epilog=_("Without a command the window opens; with a file, it opens there."),
    )
    told = _("show program's version number and exit")
    parser.add_argument("--version", action="version", version=f"ITADesk {__version__}", help=told)
    # The option itself was taken out of the words already; here it is for the help, and to refuse other languages.
    parser.add_argument(
        "--lang", choices=i18n.LANGUAGES, default=argparse.SUPPRESS, help=_("language of the messages")
    )
    subparsers = parser.add_subparsers(metavar=_("command"), required=True)
    for name, (text, arguments, run) in COMMANDS.items():
        subparser = subparsers.add_parser(name, help=_(text), description=_(text), prog=f"itadesk {name}")
        arguments(subparser)
        subparser.set_defaults(command=run)
    return parser
