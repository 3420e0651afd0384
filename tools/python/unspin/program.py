"""The program `unspin` inside the package: `unspin …` and `python -m unspin …` run it."""

import os
import sys
from pathlib import Path


def path() -> Path:
    """Where the program is."""
    return Path(__file__).parent / "bin" / "unspin"


def main() -> None:
    """Becomes the program, with the arguments of this process.

    Raises:
        SystemExit: the package is without the program, as in a build of the module alone.
    """
    program = str(path())
    if not os.path.exists(program):
        sys.exit("unspin: this package is without the program, as a build's is; install a wheel (tools/dev/wheel)")
    os.execv(program, [program, *sys.argv[1:]])
