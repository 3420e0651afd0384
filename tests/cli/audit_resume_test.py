"""`audit --resume` goes on behind reports of the same input, archive and options, and behind no others."""

import json
import random
import signal
import subprocess
import time
import unittest

import support
from support import FERRY, FERRY_SPUN, LIBRARY, ORCHARD, jsonl, made_article

ARTICLES = {"ferry": FERRY, "orchard": ORCHARD}
SUSPECTS = [{"id": "s0", "text": FERRY_SPUN, "section": "sea"}, {"id": "s1", "text": ORCHARD},
            {"id": "s2", "text": LIBRARY}, {"id": "s3", "text": FERRY}]
BASE = ("--archive", "archive", "--out", "r.jsonl")


class Resume(support.ProgramTest):
    def setUp(self):
        super().setUp()
        self.make_archive(articles=ARTICLES)
        self.write("s.jsonl", jsonl(SUSPECTS))

    def audit(self, *options, suspects="s.jsonl", **others):
        return self.run_program("audit", suspects, *BASE, *options, **others)

    def reports(self):
        return (self.folder / "r.jsonl").read_bytes()

    def cut(self, lines=2):
        self.write("r.jsonl", b"".join(self.reports().splitlines(keepends=True)[:lines]))

    def refuses(self, *options, names, suspects="s.jsonl"):
        before = self.reports()
        result = self.refused("audit", suspects, *BASE, *options, "--resume", names=[*names, "--force"])
        self.assertEqual(before, self.reports())
        return result

    def test_the_same_options_go_on(self):
        for options in ((), ("--prior", "0.01", "--keep", "section,tags", "--limit", "3"),
                        ("--brief", "--all", "--candidates", "40", "--offsets", "codepoint"),
                        ("--text-is", "plain", "--format", "jsonl", "--published-field", "date")):
            with self.subTest(options):
                self.audit("--force", *options)
                whole = self.reports()
                self.cut()
                self.audit("--resume", *options)
                self.assertEqual(whole, self.reports())

    def test_other_options_are_named(self):
        for made, now, said in (((), ("--prior", "0.01"), "--prior was not given, is 0.01 now"),
                                (("--prior", "0.01"), (), "--prior was 0.01, is not given now"),
                                (("--limit", "3"), ("--limit", "4"), "--limit was 3, is 4 now"),
                                ((), ("--candidates", "40"), "--candidates was not given, is 40 now"),
                                ((), ("--all",), "--all was not given, is given now"),
                                (("--brief",), (), "--brief was given, is not given now"),
                                ((), ("--brief",), "--brief was not given, is given now"),
                                (("--keep", "section"), ("--keep", "section,tags"),
                                 "--keep was section, is section,tags now"),
                                ((), ("--offsets", "utf16"), "--offsets was not given, is utf16 now"),
                                ((), ("--site-field", "domain"), "--site-field was not given, is domain now"),
                                ((), ("--text-is", "html"), "--text-is was not given, is html now"),
                                ((), ("--format", "jsonl"), "--format was not given, is jsonl now")):
            with self.subTest(said):
                self.audit("--force", *made)
                self.cut()
                self.refuses(*now, names=["r.jsonl:1: ", "other options", said])

    def test_options_that_change_no_report_may_differ(self):
        self.audit("--threads", "1", "--max-bad", "0.5")
        whole = self.reports()
        self.cut()
        self.audit("--resume", "--threads", "3", "--strict", "--quiet", "--summary", "sum.json", "--csv", "f.csv")
        self.assertEqual(whole, self.reports())

    def test_each_earlier_report_is_asked(self):
        self.audit()
        first = self.reports().splitlines(keepends=True)
        self.audit("--force", "--prior", "0.01")
        second = self.reports().splitlines(keepends=True)
        self.write("r.jsonl", first[0] + second[1])
        self.refuses(names=["r.jsonl:2: ", "--prior"])

    def test_another_archive_is_named(self):
        self.audit()
        self.cut()
        more = jsonl([{"id": "library", "text": LIBRARY}])
        self.run_program("index", "-", "--archive", "archive", stdin=more.encode())
        self.refuses(names=["another archive", self.info("archive")["fingerprint"], "of 3 articles", "of 2 articles"])

    def test_another_version_is_named(self):
        self.audit()
        self.write("r.jsonl", self.reports().replace(b'"version":"0.1.0"', b'"version":"0.0.9"', 1))
        self.refuses(names=["unspin 0.0.9"])

    def test_another_input_is_named(self):
        self.audit()
        self.cut(3)
        self.write("other.jsonl", jsonl([SUSPECTS[0], {"id": "x", "text": ORCHARD}, *SUSPECTS[2:]]))
        self.refuses(suspects="other.jsonl", names=["report 2 ", "“s1”", "“x”"])
        self.write("other.jsonl", jsonl([SUSPECTS[0], {"id": "s1", "text": ORCHARD + "More."}, *SUSPECTS[2:]]))
        self.refuses(suspects="other.jsonl", names=["report 2 ", "“s1”", "another text"])
        self.write("other.jsonl", jsonl(SUSPECTS[:2]))
        self.refused("audit", "other.jsonl", *BASE, "--resume", names="more reports than the input has suspects")

    def test_ids_that_are_no_utf_8_are_known_again(self):
        for name, text in ((b"caf\xe9.txt", FERRY), (b"\xff.txt", ORCHARD)):
            (self.folder / "in").mkdir(exist_ok=True)
            with open(bytes(self.folder / "in") + b"/" + name, "wb") as file:
                file.write(text.encode())
        self.audit(suspects="in")
        whole = self.reports()
        self.cut(1)
        self.audit("--resume", suspects="in")
        self.assertEqual(whole, self.reports())

    def test_more_suspects_may_follow_a_complete_run(self):
        self.audit()
        whole = self.reports()
        self.write("s.jsonl", jsonl(SUSPECTS[:3]))
        self.audit("--force")
        self.write("s.jsonl", jsonl(SUSPECTS))
        result = self.audit("--resume")
        self.assertEqual(whole, self.reports())
        self.assertIn("3 reports are there", result.err)
        self.assertIn("4 suspects, 1 of them now, in ", result.err)

    def test_standard_output_cannot_be_resumed(self):
        self.refused("audit", "s.jsonl", "--archive", "archive", "--out", "-", "--resume", names="--resume needs a file")

    def test_nothing_to_resume_begins(self):
        self.audit("--resume", "--prior", "0.01")
        whole = self.reports()
        self.write("r.jsonl", whole[:200])  # killed within the first line
        self.audit("--resume", "--limit", "3")
        self.assertIn(b'"options":{"limit":3}', self.reports())

    def test_killed_anywhere_the_files_become_those_of_one_run(self):
        chance = random.Random(5)
        self.write("many.jsonl", jsonl([dict(SUSPECTS[i % 4], id=f"m{i}") if i % 5 == 0 else
                                        {"id": f"m{i}", "text": made_article(i)} for i in range(1500)]))
        options = ("--prior", "0.2", "--csv", "f.csv", "--summary", "sum.json")
        self.audit(*options, suspects="many.jsonl")
        names = ("r.jsonl", "f.csv", "sum.json")
        whole = [(self.folder / name).read_bytes() for name in names]
        for name in names:
            (self.folder / name).unlink()
        for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGKILL):
            process = subprocess.Popen([str(support.PROGRAM), "audit", "many.jsonl", *BASE, *options, "--resume"],
                                       cwd=self.folder, stderr=subprocess.DEVNULL)
            time.sleep(chance.uniform(0.05, 0.3))
            process.send_signal(number)
            process.wait()
            self.assertTrue(all(json.loads(line) for line in self.reports().splitlines()[:-1])
                            if (self.folder / "r.jsonl").exists() else True)
        self.audit(*options, "--resume", suspects="many.jsonl")
        self.assertEqual(whole, [(self.folder / name).read_bytes() for name in names])


if __name__ == "__main__":
    unittest.main()
