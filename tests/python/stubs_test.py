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
# The same for unspin.spark, whose own functions are not all typed, and where pyspark may be missing.
SPARK_USER = """
import pathlib
from pyspark.sql import SparkSession
import unspin.spark

spark = SparkSession.builder.getOrCreate()
result = unspin.spark.dedup(spark, [pathlib.Path("a"), "b"], "work", threshold=0.9, progress=True)
files: list[str] = result.cluster_files
unspin.spark.audit(result.clusters, lambda: "archive", title=None, offsets="byte").show()
unspin.spark.sketch(unspin.spark.warc(spark, "a.warc.gz", columns=["id", "text"]), binary=True).show()
spark.dataSource.register(unspin.spark.WarcSource)
"""
NO_MYPY = "no Python package mypy; tools/dev/setup installs it"


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

    def mypy(self, script, *arguments):
        """The errors that mypy --strict reports of a script."""
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "user.py"
            path.write_text(script, encoding="utf-8")
            options = ("--strict", "--no-incremental", "--ignore-missing-imports", "--no-error-summary")
            done = subprocess.run([sys.executable, "-m", "mypy", *options, path, *arguments], capture_output=True,
                                  text=True, cwd=folder, env={**os.environ, "MYPYPATH": str(PACKAGE.parent)})
        self.assertIn(done.returncode, (0, 1), done.stderr)
        return done.stdout.splitlines()

    @unittest.skipUnless(importlib.util.find_spec("mypy"), NO_MYPY)
    def test_a_script_and_the_package_are_typed(self):
        self.assertEqual([], self.mypy(USER, *PACKAGE.glob("*.py")))

    @unittest.skipUnless(importlib.util.find_spec("mypy"), NO_MYPY)
    def test_a_script_with_spark_is_typed(self):
        wrong = 'unspin.spark.dedup(spark, "a", "b", measure="cosine")\n'
        self.assertEqual([], self.mypy(SPARK_USER, "--follow-imports=silent"))
        errors = self.mypy(SPARK_USER + wrong, "--follow-imports=silent")
        self.assertEqual(1, len(errors), errors)
        self.assertIn("'cosine'", errors[0])

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
