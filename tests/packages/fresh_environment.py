#!/usr/bin/env python3
"""Uses the installed Python package as a first user would; tools/dev/wheel runs it in an environment that has nothing else.

    fresh_environment.py PROGRAM     PROGRAM is an unspin whose answers are compared
"""
import importlib.metadata
import json
import pathlib
import sys
import tempfile
import unittest

import unspin
from support import SAMPLES, output

PROGRAM = pathlib.Path(sys.argv.pop(1)).resolve()


def text_of(path):
    return path.read_text(encoding="utf-8")


class FreshEnvironmentTest(unittest.TestCase):
    def test_nothing_else_is_installed(self):
        names = {distribution.metadata["Name"].lower() for distribution in importlib.metadata.distributions()}
        self.assertLessEqual(names, {"unspin", "pip", "setuptools"})

    def test_the_libraries_are_the_wheels_own(self):
        ours = str(pathlib.Path(unspin.__file__).resolve().parents[1])
        with open("/proc/self/maps", encoding="utf-8") as lines:
            libraries = {line.split()[-1] for line in lines if ".so" in line}
        for part in ("absl", "icudata", "unspin", "xml2", "stemmer", "simdjson"):
            named = [name for name in libraries if part in pathlib.Path(name).name]
            self.assertTrue(named and all(name.startswith(ours) for name in named), f"{part}: {named}")

    def test_findings_are_those_of_the_program(self):
        pairs = [folder for folder in sorted(SAMPLES.iterdir()) if (folder / "spun.txt").exists()]
        self.assertGreater(len(pairs), 5)
        for folder in pairs:
            original, suspect = folder / "original.txt", folder / "spun.txt"
            said = json.loads(output(PROGRAM, "compare", original, suspect, "--json", "--offsets", "codepoint"))["findings"][0]
            found = unspin.compare(text_of(original), text_of(suspect))["findings"][0]
            for field in set(said) - {"original"}:
                self.assertEqual(found[field], said[field], f"{folder.name}: {field}")

    def test_an_archive_finds_what_was_added(self):
        with tempfile.TemporaryDirectory() as folder:
            with unspin.Archive.create(pathlib.Path(folder) / "archive") as archive:
                archive.add([(path.parent.name, text_of(path)) for path in sorted(SAMPLES.glob("*/original.txt"))])
            report = unspin.Archive.open(pathlib.Path(folder) / "archive").check(text_of(SAMPLES / "harbour-spill" / "spun.txt"))
            self.assertEqual(report["findings"][0]["original"]["id"], "harbour-spill")
            self.assertIn("<html", report.to_html())

    def test_clusters_and_sketches(self):
        texts = [text_of(path) for path in sorted(SAMPLES.glob("*/original.txt"))]
        rows = list(unspin.dedup(texts + texts[:1]))
        self.assertEqual((rows[0].cluster, len(rows)), (rows[-1].cluster, len(texts) + 1))
        first, second = list(unspin.sketch(texts[:1] * 2))
        self.assertEqual(unspin.similarity(first.sketch, second.sketch), 1)

    def test_letters_of_other_scripts_are_folded(self):
        """What asks for ICU's data: folding, and the letters that look alike."""
        report = unspin.compare("ÀÉÎ ﬁnd Ⅳ " * 30, "àéî find iv " * 30)
        self.assertEqual(report["findings"][0]["verdict"], "copy")
        self.assertEqual(unspin.compare("a paper " * 40, "а рареr " * 40)["alerts"][0]["kind"], "look-alike-letters")

    def test_the_program_is_on_the_path(self):
        program = pathlib.Path(sys.executable).parent / "unspin"
        self.assertEqual(output(program, "--version"), output(PROGRAM, "--version"))
        self.assertEqual(output(sys.executable, "-m", "unspin", "--version"), output(PROGRAM, "--version"))
        articles = [*sorted(SAMPLES.glob("*/*.html")), *sorted(SAMPLES.glob("*/*.txt"))]
        self.assertEqual(output(program, "read", "--json", *articles), output(PROGRAM, "read", "--json", *articles))
        with tempfile.TemporaryDirectory() as folder:
            for name, chosen in (("one", program), ("two", PROGRAM)):
                output(chosen, "index", *sorted(SAMPLES.glob("*/original.txt")), "--archive", f"{folder}/{name}", "--quiet")
            said = [output(program, "check", SAMPLES / "harbour-spill" / "spun.txt", "--archive", f"{folder}/{name}", "--json")
                    for name in ("one", "two")]
            self.assertEqual(said[0], said[1])

    def test_licences_of_all_libraries_are_inside(self):
        libraries = pathlib.Path(unspin.__file__).parents[1] / "unspin.libs"
        licences = text_of(libraries / "THIRD-PARTY")
        names = {path.name.split("-")[0] for path in libraries.glob("*.so*")} - {"libunspin"}
        self.assertGreater(len(names), 10)
        for name in [*names, "nanobind", "Wenzel Jakob", "robin-map", "Apache License", "WordNet"]:
            self.assertIn(name, licences)

    def test_import_starts_no_thread(self):
        code = "import os, unspin; print(len(os.listdir('/proc/self/task')))"
        self.assertEqual(output(sys.executable, "-c", code).strip(), "1")


if __name__ == "__main__":
    unittest.main()
