"""Folders of the source and of the build, and how tests of packages run programs."""
import os
import pathlib
import subprocess
import sys
import unittest

SOURCE = pathlib.Path(os.environ.get("UNSPIN_SOURCE", pathlib.Path(__file__).resolve().parents[2]))
PROGRAM = pathlib.Path(os.environ.get("UNSPIN", SOURCE / "build/release/unspin"))
SAMPLES = SOURCE / "datasets" / "samples"
sys.path.insert(0, str(SOURCE / "tools" / "packages"))


def run(*command, **options):
    """The finished process, whatever its exit status, with its output as text."""
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)


def output(*command, **options):
    process = run(*command, **options)
    if process.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, command))}: status {process.returncode}: {process.stderr[-2000:]}")
    return process.stdout


class PackageTest(unittest.TestCase):
    maxDiff = 2000
