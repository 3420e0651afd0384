"""The stub of the extension module says what it has, and the package fits its types.

UNSPIN_UPDATE_GOLDEN=1 writes the stub anew.
"""

import importlib.util
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import unspin

SOURCE = pathlib.Path(os.environ.get("UNSPIN_SOURCE") or pathlib.Path(__file__).resolve().parents[2])
PACKAGE = SOURCE / "tools" / "python" / "unspin"

# A user's script: every line is checked as mypy --strict has it.
USER = """
import pathlib
from typing import assert_type
import unspin

report = unspin.compare("a", ("id", "b"), details=False)
assert_type(report.probability, float)
archive = unspin.Archive.create(pathlib.Path("x"))
added: int = archive.add([("id", "text"), {"text": "b"}, "c", unspin.Article("d"), None], text="text", id=None).new
for one in archive.audit(["a"], threads=2):
    line: str = one.json
clusters = unspin.dedup(["a", "b"])
assert_type(clusters, unspin.Clusters)
for row in clusters:
    similarity: float = row.similarity
pairs = unspin.dedup(["a"], edges=True, against="x")
assert_type(pairs, unspin.Edges)
for name, sketch in unspin.sketch(text for text in ["a"]):
    unspin.similarity(sketch, sketch)
with archive:
    print(archive.statistics.articles, len(archive))
passages: list[tuple[tuple[int, int], tuple[int, int]]] = unspin.align("a", unspin.read(b"<p>a"))
for article in unspin.articles("a.jsonl", pathlib.Path("b")):
    print(article.title)
archive.add(unspin.articles("a.jsonl"))
try:
    archive.close()
except unspin.Error as error:
    print(error)
"""


class StubsTest(unittest.TestCase):
    @unittest.skipUnless(importlib.util.find_spec("nanobind"), "no Python package nanobind; tools/dev/setup installs it")
    def test_the_stub_is_that_of_the_module(self):
        with tempfile.TemporaryDirectory() as folder:
            made = pathlib.Path(folder) / "_core.pyi"
            module_folder = pathlib.Path(unspin._core.__file__).parent
            subprocess.run([sys.executable, "-m", "nanobind.stubgen", "-q", "-m", "_core", "-i", module_folder, "-o", made], check=True,
                           cwd=folder)
            text = made.read_text(encoding="utf-8")
        if os.environ.get("UNSPIN_UPDATE_GOLDEN") == "1":
            (PACKAGE / "_core.pyi").write_text(text, encoding="utf-8")
        self.assertEqual((PACKAGE / "_core.pyi").read_text(encoding="utf-8"), text)

    @unittest.skipUnless(importlib.util.find_spec("mypy"), "no Python package mypy; tools/dev/setup installs it")
    def test_a_script_and_the_package_are_typed(self):
        with tempfile.TemporaryDirectory() as folder:
            script = pathlib.Path(folder) / "user.py"
            script.write_text(USER, encoding="utf-8")
            done = subprocess.run([sys.executable, "-m", "mypy", "--strict", "--no-incremental", "--ignore-missing-imports", script,
                                   *(str(path) for path in PACKAGE.glob("*.py"))],
                                  capture_output=True, text=True, cwd=folder, env={**os.environ, "MYPYPATH": str(PACKAGE.parent)})
        self.assertEqual((0, ""), (done.returncode, done.stdout if done.returncode else ""), done.stderr)

    def test_everything_public_has_a_docstring(self):
        for name in unspin.__all__:
            thing = getattr(unspin, name)
            if isinstance(thing, str):
                continue
            self.assertTrue((thing.__doc__ or "").strip(), name)
            for member, value in vars(thing).items() if isinstance(thing, type) else ():
                if not member.startswith("_") and (callable(value) or isinstance(value, property)):
                    self.assertTrue((value.__doc__ or "").strip(), f"{name}.{member}")


if __name__ == "__main__":
    unittest.main()
