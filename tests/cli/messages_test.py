"""Messages about 20,000 bad records: each kind three times, then how many more; and which exit status wins."""

import os
import subprocess
import unittest

import support
from support import DONE, FAILED, FERRY, FERRY_SPUN, FOUND, LIBRARY, SKIPPED, jsonl

BAD = 20_000
MORE = "the same in 19,997 more"


class TwentyThousandTimes(support.ProgramTest):
    def said_four_times(self, result, place):
        lines = [line for line in result.err.splitlines() if line.startswith("unspin: ")]
        self.assertEqual(4, len(lines), "\n".join(lines[:20]))
        for number, line in enumerate(lines[:3]):
            self.assertIn(place(number), line)
        self.assertTrue(lines[3].startswith(f"unspin: {MORE}: "), lines[3])

    def test_bad_records(self):
        self.make_archive()
        good = jsonl([{"id": "good", "title": "Atlas", "site": "post.example", "published": "2026-03-05",
                       "url": "https://post.example/1", "text": LIBRARY}])
        bad = "".join(f'{{"id": "b{i}", "title": "t", "body": "no text {i}"}}\n' for i in range(BAD))
        self.write("in.jsonl", bad + good)
        for command in (("audit", "in.jsonl", "--archive", "archive", "--out", "r.jsonl"),
                        ("check", "in.jsonl", "--archive", "archive", "--json"),
                        ("index", "in.jsonl", "--archive", "new"),
                        ("dedup", "in.jsonl", "--out", "d.jsonl"),
                        ("sketch", "in.jsonl", "--out", "k.sketches"),
                        ("stage", "sketch", "in.jsonl", "--out", "part"),
                        ("read", "in.jsonl", "--json")):
            with self.subTest(command[0]):
                self.said_four_times(self.run_program(*command, status=SKIPPED), lambda i: f"in.jsonl:{i + 1}: ")

    def test_bad_lines_of_pairs(self):
        self.write("pairs.jsonl", "".join(f'{{"suspect": "s{i}"}}\n' for i in range(BAD)))
        result = self.run_program("compare", "--pairs", "pairs.jsonl", status=SKIPPED)
        self.said_four_times(result, lambda i: f"pairs.jsonl:{i + 1}: ")
        self.assertEqual(BAD, result.out.count("\n"))

    def test_pairs_of_files(self):
        self.write("s/a.txt", FERRY_SPUN)
        self.write("list", "".join(f"a.txt missing-{chr(97 + i % 26)}{i}.txt\n" for i in range(BAD)))
        (self.folder / "o").mkdir()
        result = self.run_program("align", "--pairs", "list", "--suspects", "s", "--originals", "o", "--out", "x", "--quiet",
                                  status=None)
        self.assertIn(result.status, (FAILED, SKIPPED))
        self.said_four_times(result, lambda i: f"o/missing-{chr(97 + i)}{i}.txt: ")

    def test_ids_to_remove(self):
        self.make_archive()
        self.write("ids", "".join(f"id-{i}\n" for i in range(BAD)))
        ids = (self.folder / "ids").read_text().split()[:2000]
        result = self.run_program("remove", *ids, "--archive", "archive", status=None)
        self.assertIn("the same in 1,997 more", result.err)

    def test_each_kind_has_its_own_three(self):
        lines = [('{"id": "a"}', "{broken", '{"text": 7}')[i % 3] for i in range(300)]
        self.write("in.jsonl", "\n".join(lines) + "\n" + jsonl([{"id": "good", "text": LIBRARY}]))
        result = self.run_program("read", "in.jsonl", "--json", status=SKIPPED)
        self.assertEqual(3, result.err.count("the same in 97 more"))


class Words(support.ProgramTest):
    """What the program says of a command line that is wrong, and of outputs that were lost."""

    def setUp(self):
        super().setUp()
        self.make_archive()
        self.write("s.jsonl", jsonl([{"id": "s", "text": FERRY_SPUN}] * 300))

    def test_a_wrong_command_line_names_the_command_whose_help_says_more(self):
        for arguments, said in ((("audit", "s.jsonl", "--archive", "archive"), "--out"),
                                (("audit", "s.jsonl", "--archve", "archive", "--out", "r.jsonl"), "--archve"),
                                (("stage", "join", "x", "--part", "3/2", "--out", "o"), "3/2"),
                                (("dedup", "s.jsonl", "--out", "o", "--threshold", "80"), "80")):
            command = " ".join(arguments[:2] if arguments[0] == "stage" else arguments[:1])
            err = self.refused(*arguments, names=said).err
            self.assertRegex(err, f"^unspin: .*`unspin {command} --help` says more\n$")

    def test_words_of_an_option_are_listed_by_what_they_mean(self):
        for arguments, said in ((("check", "s.jsonl", "--archive", "archive", "--fail-on", "lies"),
                                 "lies: write copy, edited, spun, rewritten, excerpt, common-source, independent or unrelated"),
                                (("dedup", "s.jsonl", "--out", "o", "--measure", "cosine"), "cosine: write jaccard or containment"),
                                (("audit", "s.jsonl", "--offsets", "words"), "words: write byte, codepoint, utf16 or text")):
            self.refused(*arguments, names=said)
        for command in support.COMMANDS:
            self.assertNotRegex(self.run_program(command, "--help").out, "ENUM|->[0-9]|TEXT|UINT|FLOAT")

    def test_a_full_disk_is_named(self):
        if os.path.exists("/dev/full"):
            self.refused("audit", "s.jsonl", "--archive", "archive", "--out", "/dev/full", names="the disk is full")

    def test_a_folder_is_no_output_and_a_file_no_folder(self):
        self.refused("audit", "s.jsonl", "--archive", "archive", "--out", "archive/..", names="is a folder")
        self.refused("audit", "s.jsonl", "--archive", "s.jsonl", "--out", "r.jsonl", names="not of a folder")

    def test_kinds_of_messages_are_bounded(self):
        lines = [f"{{{chr(97 + i // 676)}{chr(97 + i // 26 % 26)}{chr(97 + i % 26)}" for i in range(5000)]
        self.write("list", "".join(f"{line}.txt x{line}.txt\n" for line in lines))
        (self.folder / "f").mkdir()
        err = self.run_program("align", "--pairs", "list", "--suspects", "f", "--originals", "f", "--out", "x", status=None).err
        self.assertLess(err.count("\n"), 4000)


class ExitStatus(support.ProgramTest):
    """1 of --fail-on wins over 3, and over nothing else."""

    def setUp(self):
        super().setUp()
        self.make_archive()
        self.write("both.jsonl", jsonl([{"id": "s", "text": FERRY_SPUN}]) + '{"id": "bad"}\n')
        self.write("bad.jsonl", '{"id": "bad"}\n')
        self.write("good.jsonl", jsonl([{"id": "s", "text": FERRY_SPUN}]))

    def check(self, *arguments, status, **options):
        return self.run_program("check", *arguments, "--archive", "archive", status=status, **options)

    def test_a_finding_wins_over_a_skipped_record(self):
        self.check("both.jsonl", "--fail-on", "spun", status=FOUND)
        self.check("both.jsonl", "--fail-on", "copy", status=SKIPPED)
        self.check("both.jsonl", status=SKIPPED)
        self.check("both.jsonl", "--fail-on", "copy", "--max-bad", "0.5", status=DONE)

    def test_what_was_not_done_stays_2(self):
        self.check("both.jsonl", "--fail-on", "spun", "--strict", status=FAILED)
        self.check("good.jsonl", "absent.jsonl", "--fail-on", "spun", status=FAILED)
        self.check("bad.jsonl", "--fail-on", "spun", status=FAILED)
        self.check("good.jsonl", "--fail-on", "spun", "--html", "no/such/x.html", status=FAILED)

    def test_a_report_that_was_not_written_is_2(self):
        if not os.path.exists("/dev/full"):
            self.skipTest("no /dev/full")
        with open("/dev/full", "wb") as full:
            self.check("good.jsonl", "--fail-on", "spun", "--json", status=FAILED, stdout=full)

    def test_the_help_says_so(self):
        for arguments in (("--help",), ("check", "--help")):
            self.assertRegex(self.run_program(*arguments).out, "(?m)^  1 +`check --fail-on`")


if __name__ == "__main__":
    unittest.main()
