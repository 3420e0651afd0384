"""Writes the manual pages and completions of the program that it is given, so that they always say what the program does.

usage: write_pages.py PROGRAM FOLDER    # → FOLDER/man/*.1, FOLDER/bash/unspin, FOLDER/zsh/_unspin, FOLDER/fish/unspin.fish
"""

import json
import pathlib
import shutil
import subprocess
import sys

import completions
import man_pages


def main(program, folder):
    listed = json.loads(subprocess.run([program, "help", "--json"], capture_output=True, check=True).stdout)
    files = {f"man/{name}": text for name, text in man_pages.pages(listed).items()}
    files["bash/unspin"] = completions.bash(listed)
    files["zsh/_unspin"] = completions.zsh(listed)
    files["fish/unspin.fish"] = completions.fish(listed)
    folder = pathlib.Path(folder)
    shutil.rmtree(folder, ignore_errors=True)  # pages of commands that are gone
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
