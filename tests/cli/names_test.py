"""One file is one article however its path is spelt; ids and field names that go wrong are said, each once."""

import json
import os
import unittest

import support
from support import FERRY, FERRY_SPUN, LIBRARY, ORCHARD, SKIPPED, jsonl, made_article


class Spelling(support.ProgramTest):
    def setUp(self):
        super().setUp()
        for name, text in (("a.txt", FERRY), ("b.txt", ORCHARD)):
            self.write(f"docs/{name}", text)

    def index(self, *inputs, **options):
        return self.run_program("index", *inputs, "--archive", str(self.folder / "archive"), "--quiet", **options)

    def test_what_changes_nothing_in_a_path_changes_no_id(self):
        self.index("docs")
        for spelling in ("./docs", "docs/", "docs//", ".//docs/."):
            with self.subTest(spelling):
                result = self.index(spelling)
                self.assertIn("(0 new, 0 new versions, 2 unchanged", result.out)
                self.assertEqual("", result.err)

    def test_another_spelling_of_a_file_is_said_and_adds_nothing(self):
        self.index("docs")
        (self.folder / "link").symlink_to("docs")
        for spelling in (str(self.folder / "docs"), "docs/../docs", "link"):
            with self.subTest(spelling):
                result = self.index(spelling)
                self.assertIn("(0 new", result.out)
                self.assertIn("“docs/a.txt”", result.err)
                self.assertIn(spelling, result.err)

    def test_another_working_folder_is_another_spelling(self):
        self.index("docs")
        done = support.subprocess.run([str(support.PROGRAM), "index", ".", "--archive", "../archive", "--quiet"],
                                      cwd=self.folder / "docs", capture_output=True, text=True, check=True)
        self.assertIn("(0 new", done.stdout)
        self.assertIn("docs/a.txt", done.stderr)

    def test_both_spellings_in_one_run_are_one_article(self):
        result = self.index("docs", str(self.folder / "docs"))
        self.assertIn("(2 new, 0 new versions, 2 unchanged", result.out)

    def test_a_copy_of_a_file_is_an_article_of_its_own(self):
        self.write("copies/a.txt", FERRY)
        self.index("docs")
        result = self.run_program("index", "copies", "--archive", "archive")
        self.assertIn("(1 new", result.out)
        self.assertIn("1 article: word for word in the archive under another id", result.err)


class Ids(support.ProgramTest):
    def test_an_id_with_two_texts_is_said_with_both_places(self):
        self.write("in.jsonl", jsonl([{"id": "a", "text": FERRY}, {"id": "b", "text": LIBRARY}, {"id": "a", "text": ORCHARD},
                                      {"id": "b", "text": LIBRARY}, {"id": "a", "text": FERRY_SPUN}]))
        for options in ((), ("--replace", "--segment-mb", "1")):
            with self.subTest(options):
                err = self.run_program("index", "in.jsonl", "--archive", f"archive{len(options)}", *options).err
                self.assertEqual(1, err.count("already, with another text"))
                self.assertIn("in.jsonl:3: the id “a” stands at “in.jsonl:1”", err)
                self.assertNotIn("“b”", err)

    def test_places_of_written_segments_are_known(self):
        many = [{"id": f"m{i}", "text": made_article(i, 3000)} for i in range(120)]
        self.write("in.jsonl", jsonl(many + [{"id": "m0", "text": FERRY}]))
        err = self.run_program("index", "in.jsonl", "--archive", "archive", "--segment-mb", "1").err
        self.assertIn("in.jsonl:121: the id “m0” stands at “in.jsonl:1”", err)

    def test_a_later_run_brings_new_versions_without_a_word(self):
        self.write("in.jsonl", jsonl([{"id": "a", "text": FERRY}]))
        self.run_program("index", "in.jsonl", "--archive", "archive")
        self.write("in.jsonl", jsonl([{"id": "a", "text": FERRY_SPUN}]))
        self.assertEqual("", self.run_program("index", "in.jsonl", "--archive", "archive").err)

    def test_dedup_and_audit_say_ids_that_come_twice(self):
        self.make_archive()
        self.write("in.jsonl", jsonl([{"id": "x", "text": FERRY}, {"id": "y", "text": LIBRARY}, {"id": "x", "text": ORCHARD}]))
        for arguments in (["dedup", "in.jsonl", "--out", "-"], ["audit", "in.jsonl", "--archive", "archive", "--out", "-"]):
            with self.subTest(arguments):
                err = self.run_program(*arguments, "--quiet").err
                self.assertIn("in.jsonl:3: the id “x” stands at “in.jsonl:1”", err)
                self.assertEqual(1, len(err.splitlines()))

    def test_versions_of_one_article_are_one_original(self):
        self.write("one.jsonl", jsonl([{"id": "a", "text": FERRY}]))
        self.write("two.jsonl", jsonl([{"id": "a", "text": FERRY.replace("Wednesday", "Thursday")}]))
        for name in ("one.jsonl", "two.jsonl"):
            self.run_program("index", name, "--archive", "archive")
        self.write("s.txt", FERRY_SPUN)
        report = self.run_program("check", "s.txt", "--archive", "archive", "--json").report
        self.assertEqual([1, 2], sorted(finding["original"]["version"] for finding in report["findings"]))
        self.assertEqual(1, report["summary"]["originals"])
        self.assertIn("2 versions", self.run_program("check", "s.txt", "--archive", "archive").out)

    def test_windows_line_ends_in_a_list_of_ids_are_line_ends(self):
        self.make_archive()
        self.run_program("remove", "-", "--archive", "archive", stdin=b"\xef\xbb\xbfferry\r\n\r\norchard")
        self.assertEqual("1", self.info("archive")["articles"])

    def test_signs_without_a_word_are_equal_where_they_are_the_same(self):
        self.write("in.jsonl", jsonl([{"id": key, "text": text} for key, text in
                                      (("a", "***"), ("b", "…"), ("c", "***"), ("d", "— — —"))]))
        rows = [json.loads(line) for line in self.run_program("dedup", "in.jsonl", "--out", "-", "--quiet").out.splitlines()]
        self.assertEqual(["a", "b", "a", "d"], [row["representative"] for row in rows])


class Messages(support.ProgramTest):
    def test_the_same_message_comes_three_times_and_is_counted(self):
        self.write("in.jsonl", jsonl([{"id": str(i), "body": FERRY} for i in range(2000)] + [{"id": "a", "text": FERRY}]))
        err = self.run_program("index", "in.jsonl", "--archive", "archive", "--quiet", status=SKIPPED).err.splitlines()
        self.assertEqual(4, len(err))
        self.assertIn("the same in 1,997 more", err[3])

    def test_a_field_that_never_occurs_is_named_once(self):
        self.write("in.jsonl", jsonl([{"uid": str(i), "headline": "Ferry", "body": made_article(i)} for i in range(20)]))
        for number, (options, words) in enumerate(((("--title-field", "headlin"), ("“headlin”", "--title-field", "“headline”")),
                                                   ((), ("--id-field", "“uid”", "“headline”")))):
            err = self.run_program("index", "in.jsonl", "--archive", f"archive{number}", "--text-field", "body", *options, "--quiet").err
            self.assertEqual(1, len(err.splitlines()))
            for word in words:
                self.assertIn(word, err)

    def test_records_with_metadata_are_read_without_a_word(self):
        self.write("in.jsonl", jsonl([{"id": str(i), "text": made_article(i), "more": 1} for i in range(20)]))
        self.write("bare.jsonl", jsonl([{"text": made_article(99)}]))
        for name in ("in.jsonl", "bare.jsonl"):
            self.assertEqual("", self.run_program("index", name, "--archive", "archive").err)


class Listing(support.ProgramTest):
    RECORDS = [{"id": "a", "text": FERRY, "title": "Ferry", "published": "2024-05-03"}, {"id": "b", "text": LIBRARY}]

    def setUp(self):
        super().setUp()
        self.write("in.jsonl", jsonl(self.RECORDS))
        err = self.run_program("index", "in.jsonl", "--archive", "archive").err
        self.assertEqual("1 of 2 articles have no date\n", err)

    def test_list_has_a_line_for_each_article(self):
        result = self.run_program("list", "archive")
        self.assertEqual(["a", "b"], [line.split("\t")[0] for line in result.out.splitlines()])
        self.assertEqual("2 articles, 1 without a date, 1 without a title\n", result.err)
        listed = [json.loads(line) for line in self.run_program("list", "--archive", "archive", "--json").out.splitlines()]
        self.assertEqual(["Ferry", None], [article.get("title") for article in listed])

    def test_show_gives_an_article_as_it_was_read(self):
        self.assertIn(FERRY, self.run_program("show", "a", "--archive", "archive").out)
        shown = json.loads(self.run_program("show", "a", "--archive", "archive", "--json").out)
        self.assertEqual(FERRY, shown["text"])
        self.refused("show", "nope", "--archive", "archive", names="nope")

    def test_show_tells_versions_apart(self):
        self.write("in.jsonl", jsonl([{"id": "a", "text": ORCHARD}]))
        self.run_program("index", "in.jsonl", "--archive", "archive")
        both = self.run_program("show", "a", "--archive", "archive").out
        self.assertTrue(FERRY in both and ORCHARD in both)
        self.assertNotIn(FERRY, self.run_program("show", "a", "--archive", "archive", "--version", 2).out)

    def test_removed_articles_are_not_listed(self):
        self.run_program("remove", "a", "--archive", "archive")
        self.assertEqual(1, len(self.run_program("list", "archive").out.splitlines()))

    def test_the_archive_is_an_argument_or_an_option(self):
        for command in ("info", "verify", "list", "merge", "spins"):
            with self.subTest(command):
                self.assertEqual(self.run_program(command, "archive").out, self.run_program(command, "--archive", "archive").out)


if __name__ == "__main__":
    unittest.main()
