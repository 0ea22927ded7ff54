"""Starts the program: `python -m itadesk`, the `itadesk` command and the built executable."""

import sys


def main() -> int:
    """The command line or the window; or the process that examines files for one of these."""
    if sys.argv[1:] == ["--examiner"]:
        from itadesk.storage.examiner_process import serve

        return serve()
    from itadesk import cli

    return cli.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
