"""What earlier programs wrote is read by this one: fixtures are opened, verified, searched, extended, merged and thinned.

Each folder format-N holds what a program of format version N left (README.md says which); it is never written again.
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
        self.told = make_fixture.facts(PROGRAM, self.folder / "new")
        if self.told["scheme"] != self.expected["scheme"]:
            self.meet_foreign_scheme()

    def meet_foreign_scheme(self):
        """Another ICU is another scheme, which has to be refused by name; any other difference is a broken promise."""
        ours, theirs = (scheme.rpartition(", icu-") for scheme in (self.told["scheme"], self.expected["scheme"]))
        self.assertEqual(theirs[0], ours[0], "archives of this format can no longer be read")
        self.refused("check", "-", "--archive", self.archive, stdin=b"text", names=["scheme"])
        self.skipTest(f"made with ICU {theirs[2]}; this program has ICU {ours[2]}")

    def assert_findings(self):
        found, wanted = make_fixture.findings(PROGRAM, self.archive), self.expected["findings"]
        self.assertEqual({suspect: named for suspect, (_, named) in wanted.items()},
                         {suspect: named for suspect, (_, named) in found.items()})
        if self.told["lexicon"] == self.expected["lexicon"]:
            self.assertEqual(wanted, found)

    def first_found(self):
        suspect = support.jsonl([{"id": "suspect", "text": FERRY_SPUN}]).encode()
        report = self.run_program("check", "-", "--archive", self.archive, "--json", stdin=suspect).report
        return [finding["original"]["id"] for finding in report["findings"]]

    def test_it_opens_whole(self):
        told = make_fixture.facts(PROGRAM, self.archive)
        for name in ("articles", "text", "fingerprint"):
            self.assertEqual(self.expected[name], told[name])
        self.run_program("verify", self.archive)
        self.assertEqual(self.expected["spins"], make_fixture.spins(PROGRAM, self.archive))

    def test_reading_writes_nothing(self):
        self.run_program("verify", self.archive)
        make_fixture.findings(PROGRAM, self.archive)
        for path in sorted((self.fixture / "archive").iterdir()):
            self.assertEqual(path.read_bytes(), (self.archive / path.name).read_bytes(), path.name)

    def test_suspects_find_what_they_found(self):
        if UPDATE:  # Another model may judge otherwise; the archive stays as it is.
            found = make_fixture.findings(PROGRAM, self.archive)
            for suspect, finding in self.expected["findings"].items():
                finding[0] = found[suspect][0]
            text = json.dumps(self.expected, indent=1, ensure_ascii=False) + "\n"
            (self.fixture / "expected.json").write_text(text, encoding="utf-8")
        self.assert_findings()

    def test_its_articles_are_known_again(self):
        kept = [name for names in make_fixture.SEGMENTS for name in names if name != make_fixture.DROPPED]
        added = self.run_program("index", "-", "--archive", self.archive, stdin=make_fixture.originals(kept).encode())
        self.assertIn(f"0 new, 0 new versions, {len(kept)} unchanged", added.out + added.err)

    def test_it_grows_and_shrinks(self):
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

    def test_the_dropped_article_may_come_again(self):
        self.run_program("index", "-", "--archive", self.archive,
                         stdin=make_fixture.originals([make_fixture.DROPPED]).encode())
        found = make_fixture.findings(PROGRAM, self.archive)
        self.assertEqual([make_fixture.DROPPED], found[make_fixture.DROPPED + "/copy.txt"][1])

    def test_an_article_of_it_is_removed(self):
        self.run_program("remove", "vent-field", "--archive", self.archive)
        found = make_fixture.findings(PROGRAM, self.archive)
        self.assertEqual([], [suspect for suspect, (_, named) in found.items() if "vent-field" in named])
        self.run_program("merge", self.archive)
        self.run_program("verify", self.archive)

    def test_the_same_sketches_are_made(self):
        given = make_fixture.originals(sum(make_fixture.SEGMENTS, ())).encode()
        self.run_program("sketch", "-", "--out", "new.sketches", stdin=given)
        self.assertEqual((self.fixture / "originals.sketches").read_bytes(),
                         (self.folder / "new.sketches").read_bytes())


class Fixtures(unittest.TestCase):
    def test_there_is_one_for_every_format(self):
        self.assertEqual(["format-1"], [path.name for path in FIXTURES])


def load_tests(loader, _, __):
    """unittest's way to choose what runs: Fixture once for each folder."""
    suite = unittest.TestSuite([loader.loadTestsFromTestCase(Fixtures)])
    for folder in FIXTURES:
        case = type(f"Fixture_{folder.name.replace('-', '_')}", (Fixture,), {"fixture": folder})
        suite.addTest(loader.loadTestsFromTestCase(case))
    return suite


if __name__ == "__main__":
    unittest.main()
