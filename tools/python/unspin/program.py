"""The program `unspin` inside the package: `unspin …` and `python -m unspin …` run it."""

import os
import sys
from pathlib import Path


def path() -> Path:
    """Where the program is."""
    return Path(__file__).parent / "bin" / "unspin"


def main() -> None:
    """Becomes the program, with the arguments of this process."""
    program = str(path())
    os.execv(program, [program, *sys.argv[1:]])
