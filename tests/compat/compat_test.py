"""Archives written by earlier programs can be opened, verified, searched, extended, merged, and articles removed.

Each folder format-N holds the files of a program with format version N (README.md names it); they are never rewritten.
"""

import json
import os
import pathlib
import shutil
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "cli")]

import make_fixture  # noqa: E402
import support  # noqa: E402
from support import FERRY, FERRY_SPUN, PROGRAM  # noqa: E402

FIXTURES = sorted(HERE.glob("format-*"))
UPDATE = os.environ.get("UNSPIN_UPDATE_GOLDEN") == "1"


class Fixture(support.ProgramTest):
    """A copy of one fixture; the tests below run once for each."""

    fixture = None

    def setUp(self):
        super().setUp()
        shutil.copytree(self.fixture, self.folder / "fixture")
        self.archive = self.folder / "fixture" / "archive"
        self.expected = json.loads((self.fixture / "expected.json").read_text("utf-8"))
        self.make_archive("new")
        self.facts = make_fixture.facts(PROGRAM, self.folder / "new")
        if self.facts["scheme"] != self.expected["scheme"]:
            self.check_foreign_scheme()

    def check_foreign_scheme(self):
        """A different ICU means a different scheme, which the program must refuse by name. No other difference is allowed."""
        our_scheme, fixture_scheme = (scheme.rpartition(", icu-") for scheme in (self.facts["scheme"], self.expected["scheme"]))
        self.assertEqual(fixture_scheme[0], our_scheme[0], "archives of this format can no longer be read")
        self.refused("check", "-", "--archive", self.archive, stdin=b"text", names=["scheme"])
        self.skipTest(f"made with ICU {fixture_scheme[2]}; this program has ICU {our_scheme[2]}")

    def assert_findings(self):
        found, expected = make_fixture.findings(PROGRAM, self.archive), self.expected["findings"]
        self.assertEqual({suspect: originals for suspect, (_, originals) in expected.items()},
                         {suspect: originals for suspect, (_, originals) in found.items()})
        if self.facts["lexicon"] == self.expected["lexicon"]:
            self.assertEqual(expected, found)

    def first_found(self):
        suspect = support.jsonl([{"id": "suspect", "text": FERRY_SPUN}]).encode()
        report = self.run_program("check", "-", "--archive", self.archive, "--json", stdin=suspect).report
        return [finding["original"]["id"] for finding in report["findings"]]

    def test_it_opens_and_verifies(self):
        facts = make_fixture.facts(PROGRAM, self.archive)
        for name in ("articles", "text", "fingerprint"):
            self.assertEqual(self.expected[name], facts[name])
        self.run_program("verify", self.archive)
        self.assertEqual(self.expected["spins"], make_fixture.spins(PROGRAM, self.archive))

    def test_what_it_does_not_know_is_said(self):
        if "standing" in self.expected:
            self.skipTest("this archive knows its standing text")
        self.assertIn("unknown", make_fixture.facts(PROGRAM, self.archive)["standing"])
        suspect = support.jsonl([{"id": "suspect", "text": FERRY}]).encode()
        for _ in range(2):
            report = self.run_program("check", "-", "--archive", self.archive, "--json", stdin=suspect).report
            self.assertIs(False, report["unspin"]["archive"]["standing_text"])
            self.run_program("merge", self.archive)
        report = self.run_program("check", "-", "--archive", self.folder / "new", "--json", stdin=suspect).report
        self.assertNotIn("standing_text", report["unspin"]["archive"])

    def test_reading_writes_nothing(self):
        self.run_program("verify", self.archive)
        make_fixture.findings(PROGRAM, self.archive)
        for path in sorted((self.fixture / "archive").iterdir()):
            self.assertEqual(path.read_bytes(), (self.archive / path.name).read_bytes(), path.name)

    def test_findings_are_unchanged(self):
        if UPDATE:  # A new model may change verdicts; the archive stays unchanged.
            found = make_fixture.findings(PROGRAM, self.archive)
            for suspect, finding in self.expected["findings"].items():
                finding[0] = found[suspect][0]
            text = json.dumps(self.expected, indent=1, ensure_ascii=False) + "\n"
            (self.fixture / "expected.json").write_text(text, encoding="utf-8")
        self.assert_findings()

    def test_indexing_its_articles_again_changes_nothing(self):
        remaining = [name for names in make_fixture.SEGMENTS for name in names if name != make_fixture.DELETED]
        index_run = self.run_program("index", "-", "--archive", self.archive, stdin=make_fixture.originals(remaining).encode())
        self.assertIn(f"0 new, 0 new versions, {len(remaining)} unchanged", index_run.out + index_run.err)

    def test_articles_can_be_added_merged_and_removed(self):
        self.assertEqual([], self.first_found())
        self.run_program("index", "-", "--archive", self.archive,
                         stdin=support.jsonl([{"id": "ferry", "text": FERRY}]).encode())
        self.assertEqual(3, len(self.info(self.archive)["files"]))
        self.assertEqual(["ferry"], self.first_found())
        self.assert_findings()
        for _ in range(2):
            self.run_program("verify", self.archive)
            self.run_program("merge", self.archive)
            self.assertEqual(1, len(self.info(self.archive)["files"]))
            self.assertEqual(["ferry"], self.first_found())
            self.assert_findings()
        self.run_program("remove", "ferry", "--archive", self.archive)
        self.assertEqual([], self.first_found())
        self.assert_findings()
        self.run_program("merge", self.archive)
        self.run_program("verify", self.archive)
        self.assertEqual(self.expected["fingerprint"], self.info(self.archive)["fingerprint"])

    def test_the_deleted_article_can_be_indexed_again(self):
        self.run_program("index", "-", "--archive", self.archive,
                         stdin=make_fixture.originals([make_fixture.DELETED]).encode())
        found = make_fixture.findings(PROGRAM, self.archive)
        self.assertEqual([make_fixture.DELETED], found[make_fixture.DELETED + "/copy.txt"][1])

    def test_one_of_its_articles_can_be_removed(self):
        self.run_program("remove", "vent-field", "--archive", self.archive)
        found = make_fixture.findings(PROGRAM, self.archive)
        self.assertEqual([], [suspect for suspect, (_, originals) in found.items() if "vent-field" in originals])
        self.run_program("merge", self.archive)
        self.run_program("verify", self.archive)

    def test_sketches_are_unchanged(self):
        records = make_fixture.originals(sum(make_fixture.SEGMENTS, ())).encode()
        self.run_program("sketch", "-", "--out", "new.sketches", stdin=records)
        self.assertEqual((self.fixture / "originals.sketches").read_bytes(),
                         (self.folder / "new.sketches").read_bytes())


class Fixtures(unittest.TestCase):
    def test_every_format_has_a_fixture(self):
        self.assertEqual(["format-1"], [path.name for path in FIXTURES])


def load_tests(loader, _, __):
    """Hook of unittest that selects the tests: a subclass of Fixture for each folder."""
    suite = unittest.TestSuite([loader.loadTestsFromTestCase(Fixtures)])
    for folder in FIXTURES:
        case = type(f"Fixture_{folder.name.replace('-', '_')}", (Fixture,), {"fixture": folder})
        suite.addTest(loader.loadTestsFromTestCase(case))
    return suite


if __name__ == "__main__":
    unittest.main()
