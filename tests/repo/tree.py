"""The files of the project as the repository tests see them: what git tracks, or without git every file outside build/."""

import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
IGNORED_FOLDERS = {".git", "build", ".cache", "__pycache__", ".vscode", ".idea"}


def files():
    """Paths relative to ROOT, sorted. A tarball or a checkout that git refuses to read is walked instead."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
        names = [name for name in listed.decode("utf-8").split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        names = []
    if not names:
        names = [str(path.relative_to(ROOT)) for path in ROOT.rglob("*")
                 if path.is_file() and not IGNORED_FOLDERS & set(path.relative_to(ROOT).parts)]
    return [pathlib.PurePosixPath(name) for name in sorted(names) if (ROOT / name).is_file()]


def text(path):
    """The file's text, or None for a binary file."""
    content = (ROOT / path).read_bytes()
    if b"\0" in content:
        return None
    return content.decode("utf-8", errors="replace")
