"""`python -m unspin …` runs the program."""

from .program import main

main()
