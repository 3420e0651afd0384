"""What a user meets: names that the editor knows, types that mypy knows, and mistakes that are answered in a sentence."""

import inspect
import json
import os
import pathlib
import pydoc
import subprocess
import sys
import unittest
import warnings

from answers import AnswersTest, package, unspin
from support import FERRY, FERRY_SPUN

NAMES = ("compare", "check", "align", "read", "articles", "dedup", "sketch", "similarity", "Article", "Archive", "Report", "Error",
         "BadRecordWarning")
MAX_IMPORT_MODULES = 60  # what `import unspin` loads beyond a bare interpreter

# What a user writes with every function, as mypy --strict reads it.
SCRIPT = '''
from collections.abc import Iterator
from pathlib import Path

import unspin


def main(folder: Path) -> list[str]:
    report: unspin.Report = unspin.compare("One text.", "Another text.", prior=0.1, offsets="byte")
    verdict: str = report.verdict
    probability: float = report.probability
    page: str = report.to_html()
    line: str = report.json
    spans: list[tuple[tuple[int, int], tuple[int, int]]] = unspin.align("One text.", "Another text.")
    article: unspin.Article = unspin.read(folder / "page.html")
    words: list[str] = [article.text, article.title, article.id]
    with unspin.Archive.create(folder / "archive") as archive:
        added = archive.add([{"id": "1", "text": "A text."}, {"id": "2", "text": "Another one."}])
        count: int = added.new + added.new_versions + added.unchanged + added.bad
        archive.add([article])
        archive.add([(1, "One more text.")])
        removed: int = archive.remove(["1"])
        archive.merge()
        problems: list[str] = list(archive.verify())
        for found in archive.audit(["A text."], threads=1):
            verdict = found.verdict
        total: int = len(archive) + count + removed

    def texts() -> Iterator[str]:
        yield "A text."

    for row in unspin.dedup(texts(), threshold=0.5, measure="containment", prefer="earliest", shingle=4):
        print(row.id, row.cluster, row.similarity)
    sketches = [row.sketch for row in unspin.sketch(texts())]
    similar: float = unspin.similarity(sketches[0], sketches[0])
    print(total, similar, probability, page, spans, problems, line)
    return words
'''
WRONG_SCRIPT = '''
import unspin

unspin.compare("One text.", "Another text.", offsets="bytes")
unspin.dedup(["a"], measure="cosine")
unspin.compare("One text.")
unspin.compare("One text.", "Another text.").no_such_field
'''


class Messages(AnswersTest):
    def refused(self, kind, work, *words):
        with self.assertRaises(kind) as caught:
            work()
        for word in words:
            self.assertIn(word, str(caught.exception))
        return str(caught.exception)

    def test_every_error_is_of_one_family(self):
        self.assertTrue(issubclass(unspin.Error, Exception))
        self.assertTrue(issubclass(unspin.BadRecordWarning, UserWarning))

    def test_a_wrong_name_of_a_column_lists_those_there(self):
        pa = package("pyarrow")
        table = pa.table({"body": ["A text."], "key": ["a"]})
        for function in (unspin.dedup, unspin.sketch):
            self.refused((ValueError, unspin.Error), lambda: list(function(table)), '"text"', '"body"', '"key"', "text=")
            self.refused((ValueError, unspin.Error), lambda: list(function(table, text="body", id="uid")), '"uid"', '"body"', "id=")

    def test_a_wrong_key_of_a_dict_lists_those_there(self):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            self.refused((ValueError, unspin.Error, unspin.BadRecordWarning), lambda: list(unspin.sketch([{"body": "A text.", "key": 1}])),
                         '"text"', '"body"', '"key"')

    def test_a_column_of_a_wrong_type_says_which_are_right(self):
        pa = package("pyarrow")
        for column in (pa.array([1.5]), pa.array([[1]]), pa.array([True]), pa.array([{"a": 1}]), pa.array([1])):
            self.refused((TypeError, ValueError), lambda: list(unspin.sketch(pa.table({"text": column}))), '"text"', "string")
        self.refused((TypeError, ValueError), lambda: list(unspin.sketch(pa.table({"text": ["A text."], "id": [1.5]}))), '"id"', "integer")

    def test_what_is_no_data_is_refused_by_its_type(self):
        for data in (None, 1, object(), 1.5, unspin):
            self.refused(TypeError, lambda: list(unspin.sketch(data)), type(data).__name__)
        for item in (1.5, b"bytes", [1], ("a", "b", "c", "d"), object()):
            with self.subTest(item=item):
                self.refused(TypeError, lambda: list(unspin.sketch([item])), type(item).__name__)

    def test_a_text_instead_of_many_is_refused(self):
        for function in (unspin.sketch, unspin.dedup):
            said = self.refused(TypeError, lambda: list(function("A text, whose letters are not articles.")))
            self.assertIn("list", said)

    def test_wrong_values_of_options_say_the_right_ones(self):
        cases = ((lambda: unspin.compare(FERRY, FERRY_SPUN, offsets="bytes"), ("bytes", "byte", "codepoint", "utf16", "text")),
                 (lambda: unspin.compare(FERRY, FERRY_SPUN, prior=0), ("prior", "0")),
                 (lambda: unspin.compare(FERRY, FERRY_SPUN, prior=1.5), ("prior", "1.5")),
                 (lambda: unspin.compare(FERRY, FERRY_SPUN, prior=float("nan")), ("prior", "nan")),
                 (lambda: unspin.dedup([FERRY], measure="cosine"), ("cosine", "jaccard", "containment")),
                 (lambda: unspin.dedup([FERRY], prefer="best"), ("best", "longest", "earliest", "first")),
                 (lambda: unspin.dedup([FERRY], threshold=0), ("threshold", "0.1", "1")),
                 (lambda: unspin.dedup([FERRY], threshold=float("nan")), ("threshold", "nan")),
                 (lambda: unspin.dedup([FERRY], shingle=0), ("shingle", "1", "32")),
                 (lambda: unspin.dedup([FERRY], shingle=33), ("shingle", "32")),
                 (lambda: unspin.sketch([FERRY], threads=0), ("threads", "0")),
                 (lambda: unspin.sketch([FERRY], threads=-1), ("threads", "-1")),
                 (lambda: unspin.read(FERRY, format="doc"), ("doc", "html")),
                 (lambda: unspin.dedup([FERRY], scratch=self.folder / "none" / "there"), ("none",)))
        for number, (work, words) in enumerate(cases):
            with self.subTest(number=number, words=words):
                self.refused((ValueError, unspin.Error), lambda: list(work()), *words)

    def test_an_unknown_argument_is_named(self):
        for work in (lambda: unspin.compare(FERRY, FERRY, treshold=1), lambda: unspin.dedup([FERRY], treshold=1), lambda: unspin.sketch([FERRY], column="a")):
            said = self.refused(TypeError, lambda: list(work()))
            self.assertTrue("treshold" in said or "column" in said, said)

    def test_no_archive_and_a_damaged_one(self):
        for work in (unspin.Archive.open, lambda path: unspin.check(FERRY, path)):
            said = self.refused(unspin.Error, lambda: work(self.folder / "nowhere"), "nowhere")
            program = self.run_program("info", self.folder / "nowhere", status=2).err
            self.assertIn(said.splitlines()[0], program, "the sentence of the program")
        with unspin.Archive.create(self.folder / "archive") as archive:
            archive.add([{"id": "a", "text": FERRY}])
        (segment,) = (self.folder / "archive").glob("segment*")
        data = bytearray(segment.read_bytes())
        for at in range(len(data) // 4, len(data), 97):
            data[at] ^= 0x55
        segment.write_bytes(data)
        try:
            with unspin.Archive.open(self.folder / "archive") as archive:
                problems = list(archive.verify())
                self.assertTrue(problems)
                self.assertIn(segment.name, str(problems[0]))
                archive.check(FERRY)
        except unspin.Error as error:
            self.assertIn(segment.name, str(error))

    def test_an_archive_is_not_made_where_one_is(self):
        unspin.Archive.create(self.folder / "archive").close()
        self.refused((unspin.Error, FileExistsError), lambda: unspin.Archive.create(self.folder / "archive"), "archive")

    def test_a_bad_row_is_said_once_and_counted(self):
        data = [FERRY, "", None, "  ", FERRY_SPUN]
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            rows = list(unspin.sketch(data))
        self.assertEqual(["0", "4"], [row.id for row in rows])
        (warning,) = [one for one in caught if issubclass(one.category, unspin.BadRecordWarning)]
        self.assertEqual(pathlib.Path(__file__).name, pathlib.Path(warning.filename).name, "the warning points at the user's line")
        self.assertIn("row 1", str(warning.message))
        self.assertIn("2 more", str(warning.message))
        self.refused((unspin.Error, ValueError), lambda: list(unspin.sketch(data, strict=True)), "row 1")
        with unspin.Archive.create(self.folder / "archive") as archive, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.assertEqual(3, archive.add(data).bad)

    def test_warnings_that_are_errors_come_out(self):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            self.refused(unspin.BadRecordWarning, lambda: list(unspin.sketch([FERRY, ""])))
            self.refused(unspin.BadRecordWarning, lambda: list(unspin.dedup([FERRY, ""])))

    def test_an_empty_text_alone_is_refused(self):
        for work in (lambda: unspin.compare("", FERRY), lambda: unspin.compare(FERRY, " \n")):
            self.refused((ValueError, unspin.Error), work)

    def test_lone_surrogates_are_refused_in_words(self):
        said = self.refused((ValueError, unspin.Error), lambda: unspin.compare(FERRY, "cut off \ud83d"))
        self.assertIn("surrogate", said)

    def test_a_traceback_is_short(self):
        script = self.folder / "script.py"
        script.write_text("import unspin\nunspin.compare('a', 'b', offsets='bytes')\n")
        done = subprocess.run([sys.executable, script], capture_output=True, text=True, cwd=self.folder)
        self.assertIn("script.py", done.stderr)
        self.assertLessEqual(done.stderr.count("  File "), 2, done.stderr)

    def test_progress_is_shown_on_standard_error_only_where_asked(self):
        package("tqdm")
        code = "import unspin\nlist(unspin.dedup(['{}'] * 3, progress={}))"
        for progress in (True, False):
            done = subprocess.run([sys.executable, "-c", code.format("A harbour was closed.", progress)], capture_output=True, text=True, cwd=self.folder)
            self.assertEqual((0, ""), (done.returncode, done.stdout), done.stderr)
            self.assertEqual(progress, bool(done.stderr.strip()), done.stderr)

    def test_results_say_what_they_are(self):
        report = unspin.compare(FERRY, FERRY_SPUN)
        self.assertIn("spun", repr(report))
        self.assertLess(len(repr(report)), 400)
        article = unspin.Article(FERRY, id="ferry")
        self.assertIn("ferry", repr(article))
        self.assertLess(len(repr(article)), 400)
        with unspin.Archive.create(self.folder / "archive") as archive:
            archive.add([{"id": "a", "text": FERRY}])
            self.assertIn("archive", repr(archive))
        for stream in (unspin.dedup([FERRY]), unspin.sketch([FERRY])):
            self.assertNotIn("object at 0x", repr(stream))

    def test_a_report_is_a_dict_that_json_knows(self):
        report = unspin.compare(FERRY, FERRY_SPUN)
        self.assertIsInstance(report, dict)
        self.assertEqual(json.loads(report.json), json.loads(json.dumps(report)))
        self.assertEqual(report.verdict, report["summary"]["verdict"])
        self.assertIn("<", report._repr_html_())


class Help(AnswersTest):
    def test_every_name_has_a_sentence_and_a_signature(self):
        for name in NAMES:
            with self.subTest(name):
                value = getattr(unspin, name)
                self.assertIn(name, unspin.__all__)
                text = inspect.getdoc(value) or ""
                self.assertRegex(text.split("\n")[0], r"^[A-Z“`].*\.$", "the first line is a sentence")
                if inspect.isroutine(value):
                    self.assertTrue(list(inspect.signature(value).parameters))

    def test_methods_have_docstrings(self):
        for kind in (unspin.Archive, unspin.Report, unspin.Article):
            for name, value in vars(kind).items():
                if not name.startswith("_") and callable(value):
                    self.assertTrue(inspect.getdoc(value), f"{kind.__name__}.{name}")

    def test_help_of_the_package_shows_the_way(self):
        text = pydoc.render_doc(unspin, renderer=pydoc.plaintext)
        for name in NAMES:
            self.assertIn(name, text)
        self.assertIn("unspin.compare(", text)
        self.assertNotIn("unspin._core", text.split("FILE")[0].split("CLASSES")[0])

    def test_examples_of_docstrings_are_true(self):
        import doctest
        failed = 0
        finder = doctest.DocTestFinder()
        runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
        where = os.getcwd()
        os.chdir(self.folder)
        try:
            for name in NAMES:
                for test in finder.find(getattr(unspin, name), name, module=False, globs={"unspin": unspin}):
                    if test.examples:
                        failed += runner.run(test).failed
        finally:
            os.chdir(where)
        self.assertEqual(0, failed)

    def test_mypy_knows_the_types(self):
        package("mypy")
        for name, script, right in (("right.py", SCRIPT, True), ("wrong.py", WRONG_SCRIPT, False)):
            self.write(name, script)
            done = subprocess.run([sys.executable, "-m", "mypy", "--strict", "--cache-dir", self.folder / "cache", self.folder / name], capture_output=True,
                                  text=True, env={**os.environ, "MYPYPATH": str(pathlib.Path(unspin.__file__).parents[1])})
            if right:
                self.assertEqual(0, done.returncode, done.stdout)
            else:
                self.assertEqual([4, 5, 6, 7], sorted({int(line.split(":")[1]) for line in done.stdout.splitlines() if ": error:" in line}), done.stdout)

    def test_the_import_loads_little(self):
        code = "import sys; before = set(sys.modules); import unspin; print(len(set(sys.modules) - before), *sorted(set(sys.modules) - before))"
        out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
        self.assertLess(int(out[0]), MAX_IMPORT_MODULES, out)
        for heavy in ("pyarrow", "pandas", "polars", "numpy", "tqdm", "subprocess", "asyncio", "json.tool"):
            self.assertNotIn(heavy, out)


if __name__ == "__main__":
    unittest.main()
