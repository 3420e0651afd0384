"""What a person sets aside by --exclude and --exclude-original, and the hash of the file that the suspect came in."""

import gzip
import hashlib
import json
import unittest

import support
from support import FERRY, FERRY_SPUN, LIBRARY, ORCHARD, jsonl

MIXED = FERRY_SPUN + "\n" + ORCHARD
ORCHARD_BEGIN = len((FERRY_SPUN + "\n").encode())
PAGE = ("<!doctype html><html><head><title>Ferry</title></head><body><nav><a href='/'>Home</a></nav><article><h1>Ferry"
        "</h1>" + "".join(f"<p>{part}</p>" for part in FERRY.split("\n\n")) + "</article></body></html>")


class Exclusions(support.ProgramTest):
    def setUp(self):
        super().setUp()
        self.make_archive(articles={"ferry": FERRY, "orchard": ORCHARD, "library": LIBRARY})
        self.write("mixed.txt", MIXED)

    def check(self, *options, suspect="mixed.txt", **others):
        return self.run_program("check", suspect, "--archive", "archive", "--json", *options, **others).report

    def ids(self, report):
        return sorted(finding["original"]["id"] for finding in report["findings"])

    def test_an_excluded_part_is_not_found(self):
        self.assertEqual(["ferry", "orchard"], self.ids(self.check()))
        report = self.check("--exclude", f"{ORCHARD_BEGIN}-{len(MIXED.encode())}")
        self.assertEqual(["ferry"], self.ids(report))
        self.assertGreater(report["summary"]["coverage"], 0.9)
        self.assertEqual(len(MIXED.encode()), report["suspect"]["bytes"])

    def test_an_excluded_original_is_no_candidate(self):
        report = self.check("--exclude-original", "ferry")
        self.assertEqual(["orchard"], self.ids(report))
        self.assertEqual({"exclude-original": ["ferry"]}, report["unspin"]["options"])
        both = self.check("--exclude-original", "orchard", "--exclude-original", "ferry")
        self.assertEqual([], both["findings"])
        self.assertEqual(["ferry", "orchard"], both["unspin"]["options"]["exclude-original"])

    def test_a_report_is_made_again_from_its_options(self):
        first = self.check("--exclude", "900-1200,30-99", "--exclude", "99-120,950-1000", "--limit", "3")
        options = first["unspin"]["options"]
        self.assertEqual(["30-120", "900-1200"], options["exclude"])
        again = self.check("--exclude", ",".join(options["exclude"]), "--limit", str(options["limit"]))
        self.assertEqual(first, again)

    def test_a_passage_of_the_report_can_be_excluded(self):
        for offsets in ("byte", "codepoint", "utf16"):
            for name, text in (("plain.txt", "Ünïcode 🚢 in front.\n\n" + MIXED), ("page.html", PAGE)):
                with self.subTest(offsets=offsets, suspect=name):
                    self.write(name, text)
                    unit = ("--offsets", offsets)
                    passages = [passage["suspect"] for finding in self.check(*unit, suspect=name)["findings"]
                                for passage in finding["passages"]]
                    self.assertTrue(passages)
                    for begin, end in passages:
                        left = self.check(*unit, "--exclude", f"{begin}-{end}", suspect=name)
                        for finding in left["findings"]:
                            for passage in finding["passages"]:
                                self.assertFalse(passage["suspect"][0] < end and begin < passage["suspect"][1])
                    everything = ",".join(f"{begin}-{end}" for begin, end in passages)
                    self.assertEqual([], self.check(*unit, "--exclude", everything, suspect=name)["findings"])

    def test_compare_excludes_words_too(self):
        self.write("ferry.txt", FERRY)
        options = ("compare", "ferry.txt", "mixed.txt", "--json")
        whole = self.run_program(*options).report
        left = self.run_program(*options, "--exclude", f"0-{ORCHARD_BEGIN}").report
        self.assertGreater(whole["summary"]["probability"], 0.9)
        self.assertEqual(([], 0), (left["findings"][0]["passages"], left["findings"][0]["coverage"]["suspect"]))
        self.assertLess(left["summary"]["probability"], 0.5)
        self.assertEqual({"exclude": [f"0-{ORCHARD_BEGIN}"]}, left["unspin"]["options"])

    def test_what_names_nothing_is_refused(self):
        for span in ("5", "5-5", "9-5", "a-b", "-5-9", "5-", "1-2-3", ""):
            with self.subTest(span):
                self.refused("check", "mixed.txt", "--archive", "archive", f"--exclude={span}", names=["--exclude"])
        self.refused("check", "mixed.txt", "--archive", "archive", "--exclude", "900000-900010",
                     names=["900000-900010", "no text", "--offsets"])
        self.refused("check", "mixed.txt", "--archive", "archive", "--exclude-original", "fery",
                     names=["fery", "unspin list archive"])

    def test_several_suspects_are_refused(self):
        self.write("two.jsonl", jsonl([{"id": "a", "text": FERRY}, {"id": "b", "text": ORCHARD}]))
        for options in (("--exclude", "0-9"), ("--exclude-original", "ferry")):
            for suspects in (("two.jsonl",), ("mixed.txt", "two.jsonl")):
                with self.subTest(options=options, suspects=suspects):
                    result = self.refused("check", *suspects, "--archive", "archive", "--json", *options,
                                          names=["one suspect"])
                    self.assertEqual("", result.out)
        self.write("pairs.jsonl", jsonl([{"original": FERRY, "suspect": ORCHARD}]))
        self.refused("compare", "--pairs", "pairs.jsonl", "--exclude", "0-9", names=["--exclude", "one suspect"])


class FileHash(support.ProgramTest):
    def setUp(self):
        super().setUp()
        self.make_archive(articles={"ferry": FERRY})
        self.write("original.txt", FERRY)

    def hashes(self, *suspects, stdin=None):
        reports = self.run_program("check", *suspects, "--archive", "archive", "--json", stdin=stdin).reports
        return [report["suspect"].get("file_sha256") for report in reports]

    def test_it_is_that_of_the_bytes_as_received(self):
        record = jsonl([{"id": "a", "text": FERRY_SPUN}])
        contents = {"plain.txt": FERRY_SPUN.encode(), "latin.txt": "Café ferry ".encode("latin-1") * 60,
                    "page.html": PAGE.encode(), "page.html.gz": gzip.compress(PAGE.encode()),
                    "twice.gz.gz": gzip.compress(gzip.compress(PAGE.encode())),
                    "members.gz": gzip.compress(FERRY.encode()) + gzip.compress(ORCHARD.encode()),
                    "wide.txt": FERRY.encode("utf-16"), "one.jsonl": record.encode(),
                    "one.jsonl.gz": gzip.compress(record.encode()), "large.txt": (FERRY * 900).encode()}
        for name, content in contents.items():
            with self.subTest(name):
                self.write(name, content)
                wanted = [hashlib.sha256(content).hexdigest()]
                self.assertEqual(wanted, self.hashes(name))
                self.assertEqual(wanted, self.hashes("-", stdin=content))
                compared = self.run_program("compare", "original.txt", name, "--json").report
                self.assertEqual(wanted[0], compared["suspect"]["file_sha256"])
                self.assertNotIn("file_sha256", compared["findings"][0]["original"])

    def test_a_file_with_other_records_has_none(self):
        two = jsonl([{"id": "a", "text": FERRY}, {"id": "b", "text": ORCHARD}])
        self.write("two.jsonl", two)
        self.write("one.txt", FERRY)
        wanted = hashlib.sha256(FERRY.encode()).hexdigest()
        self.assertEqual([None, None, wanted], self.hashes("two.jsonl", "one.txt"))
        self.assertEqual([None, None], self.hashes("-", stdin=two.encode()))

    def test_a_bad_record_is_a_record(self):
        self.write("bad.jsonl", jsonl([{"id": "a", "text": FERRY}]) + "{broken\n")
        result = self.run_program("check", "bad.jsonl", "--archive", "archive", "--json", status=support.SKIPPED)
        self.assertNotIn("file_sha256", result.report["suspect"])

    def test_an_audit_does_not_ask(self):
        self.run_program("audit", "original.txt", "--archive", "archive", "--out", "r.jsonl")
        report = json.loads((self.folder / "r.jsonl").read_text("utf-8"))
        self.assertNotIn("file_sha256", report["suspect"])


if __name__ == "__main__":
    unittest.main()
