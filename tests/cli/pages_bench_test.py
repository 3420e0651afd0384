"""bench/pages/run on two pages of our own: it runs, and its grades tell right from wrong."""

import importlib.util
import io
import json
import shutil
import subprocess
import sys
import tarfile
import unittest

import support

PAGES = support.SOURCE / "bench" / "pages"
BODY = "The ferry left the quay on Friday, two years after it was laid up, with eighty people aboard. "
HEAD = ('<html><head><meta charset="utf-8"><title>Ferry runs again | The Quay</title>'
        '<meta property="article:published_time" content="2026-01-02T08:00:00Z"></head><body><nav><a href="/">Home page</a></nav>')
TRUTH = {"right": {"text": BODY * 5, "title": "Ferry runs again", "published": "2026-01-02", "with": [BODY.strip()],
                   "without": ["Home page"]},
         "wrong": {"text": "Quite another text that stands nowhere on this page at all.", "title": "Another title",
                   "published": "2026-01-03", "with": ["another text"]}}


def load_grade():
    spec = importlib.util.spec_from_file_location("grade", PAGES / "grade.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class PagesBench(support.ProgramTest):
    def make_set(self):
        files = {"truth.json": json.dumps(TRUTH)}
        for name in TRUTH:
            files[f"{name}.html"] = HEAD + f"<article><h1>Ferry runs again</h1><p>{BODY * 5}</p></article></body></html>"
        with tarfile.open(self.folder / "own.tar", "w") as members:
            for name, text in files.items():
                member = tarfile.TarInfo(f"own/{name}")
                member.size = len(text.encode())
                members.addfile(member, io.BytesIO(text.encode()))
        subprocess.run(["zstd", "-q", self.folder / "own.tar", "-o", self.folder / "own.tar.zst"], check=True)

    def bench(self, *arguments):
        return subprocess.run([sys.executable, str(PAGES / "run"), "own.tar.zst", "--peers", "", "--unspin", str(support.PROGRAM),
                               "--scratch", "scratch", *arguments], capture_output=True, text=True, cwd=self.folder)

    @unittest.skipUnless(shutil.which("zstd"), "zstd packs the set")
    def test_a_page_read_right_and_one_read_wrong_are_told_apart(self):
        self.make_set()
        done = self.bench("--json", "figures.json", "--svg", "plot.svg")
        self.assertEqual(0, done.returncode, done.stderr)
        result = json.loads((self.folder / "figures.json").read_text())
        row, = result["rows"]
        self.assertGreater(row["scores"]["right"], 0.95)
        self.assertLess(row["scores"]["wrong"], 0.3)
        self.assertEqual(1, row["grades"]["lost"])
        self.assertEqual({"right": 1, "wrong": 1, "missing": 0}, row["grades"]["dates"])
        self.assertEqual(0.5, row["grades"]["titles"])
        self.assertIn("| unspin |", done.stdout)
        self.assertIn("<svg", (self.folder / "plot.svg").read_text())
        worst = self.bench("--worst", "1")
        self.assertEqual(0, worst.returncode, worst.stderr)
        self.assertIn("wrong", worst.stdout)
        self.assertNotIn("right", worst.stdout)

    def test_without_pages_the_run_ends_with_status_2(self):
        done = self.bench()
        self.assertEqual(2, done.returncode)
        self.assertIn("own.tar.zst", done.stderr)

    def test_grades_are_those_of_the_formulas(self):
        grade = load_grade()
        f1, precision, recall = grade.overlap(grade.units("a b b c", 1), grade.units("A b, d", 1))
        self.assertAlmostEqual(2 * 2 / 7, f1)
        self.assertAlmostEqual(2 / 4, precision)
        self.assertAlmostEqual(2 / 3, recall)
        self.assertEqual(2, grade.units("a b c d e", 4).total())
        self.assertEqual(1, grade.units("a b", 4).total())
        self.assertEqual((0.0, 0.0, 0.0), grade.overlap(grade.units("", 4), grade.units("a", 4)))
        for said in ("A story", "A Story!", "A story | The Quay", "The Quay - A story", "A story — The Quay", "The Quay: A story"):
            self.assertTrue(grade.is_title(said, "A story"), said)
        for said in (None, "", "A story of the quay", "Another"):
            self.assertFalse(grade.is_title(said, "A story"), said)
        self.assertEqual(["right", "wrong", "missing"], [grade.date_grade(said, "2026-01-02") for said in
                                                         ("2026-01-02T23:00:00-05:00", "2026-01-03", None)])


if __name__ == "__main__":
    unittest.main()
