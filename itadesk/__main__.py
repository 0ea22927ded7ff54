"""Starts the program: `python -m itadesk`, the `itadesk` command and the built executable."""

import sys

from itadesk.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
