"""No output destroys an input, another output, an archive or earlier reports; an interrupted command cleans up."""

import json
import os
import signal
import subprocess
import time
import unittest

import support
from support import DONE, FAILED, FERRY, FERRY_SPUN, LIBRARY, ORCHARD, SKIPPED, jsonl, made_records


class Overwrite(support.ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("c.jsonl", jsonl([{"id": "ferry", "text": FERRY}, {"id": "orchard", "text": ORCHARD}]))
        self.before = self.read("c.jsonl")

    def read(self, name):
        return (self.folder / name).read_bytes()

    def refuses(self, *arguments, names=()):
        result = self.refused(*arguments, names=names)
        self.assertEqual(self.before, self.read("c.jsonl"))
        return result

    def test_every_command_refuses_an_output_that_is_its_input(self):
        self.make_archive()
        for arguments in (["dedup", "c.jsonl", "--out", "c.jsonl"], ["sketch", "c.jsonl", "--out", "c.jsonl"],
                          ["stage", "sketch", "c.jsonl", "--out", "c.jsonl"],
                          ["dedup", "c.jsonl", "--out", "o.jsonl", "--edges", "c.jsonl"],
                          ["audit", "c.jsonl", "--archive", "archive", "--out", "c.jsonl"],
                          ["audit", "c.jsonl", "--archive", "archive", "--out", "c.jsonl", "--force"],
                          ["audit", "c.jsonl", "--archive", "archive", "--out", "r.jsonl", "--summary", "c.jsonl"],
                          ["check", "c.jsonl", "--archive", "archive", "--html", "c.jsonl"],
                          ["compare", "c.jsonl", "c.jsonl", "--html", "c.jsonl"]):
            with self.subTest(arguments):
                self.refuses(*arguments, names=["c.jsonl"])
                self.assertFalse((self.folder / "o.jsonl").exists() or (self.folder / "r.jsonl").exists())

    def test_links_and_other_spellings_lead_to_the_same_file(self):
        (self.folder / "soft.jsonl").symlink_to("c.jsonl")
        os.link(self.folder / "c.jsonl", self.folder / "hard.jsonl")
        (self.folder / "here").symlink_to(".")
        for out in ("./c.jsonl", str(self.folder / "c.jsonl"), "soft.jsonl", "hard.jsonl", "here/c.jsonl"):
            with self.subTest(out):
                self.refuses("dedup", "c.jsonl", "--out", out, names=[out, "c.jsonl"])

    def test_standard_input_is_an_input(self):
        with open(self.folder / "c.jsonl", "rb") as file:
            self.refused("dedup", "-", "--out", "c.jsonl", stdin=file)
        self.assertEqual(self.before, self.read("c.jsonl"))

    def test_a_file_of_an_input_folder_is_an_input(self):
        self.write("in/a.jsonl", self.before)
        self.write("in/notes.css", "body { color: red }")
        self.refused("dedup", "in", "--out", "in/a.jsonl", names=["in/a.jsonl"])
        self.assertEqual(self.before, self.read("in/a.jsonl"))
        self.run_program("dedup", "in", "--out", "in/new.jsonl")
        # Rows of an earlier run are no articles, so that they may be written again.
        again = self.run_program("dedup", "in", "--out", "in/new.jsonl")
        self.assertIn("report of unspin", again.err)

    def test_two_outputs_are_two_files(self):
        self.refuses("dedup", "c.jsonl", "--out", "o.jsonl", "--edges", "./o.jsonl", names=["--out", "--edges"])

    def test_pipes_and_devices_overwrite_nothing(self):
        result = self.run_program("dedup", "c.jsonl", "--out", "/dev/null", "--edges", "/dev/null", "--quiet")
        self.assertEqual("", result.err)

    def test_files_of_an_archive_are_no_outputs(self):
        self.make_archive()
        manifest = self.read("archive/MANIFEST")
        self.refuses("dedup", "c.jsonl", "--out", "archive/MANIFEST", names=["archive"])
        self.refuses("audit", "c.jsonl", "--archive", "archive", "--out", "archive", names=["archive"])
        self.assertEqual(manifest, self.read("archive/MANIFEST"))

    def test_a_folder_of_other_files_is_no_archive(self):
        self.write("docs/a.txt", FERRY)
        self.refused("index", "c.jsonl", "--archive", "docs", names=["docs", "a.txt"])
        self.assertEqual(["a.txt"], os.listdir(self.folder / "docs"))
        self.refused("index", "docs", "--archive", "c.jsonl", names=["c.jsonl", "is a file"])
        (self.folder / "empty").mkdir()
        self.run_program("index", "docs", "--archive", "empty")


class EarlierReports(support.ProgramTest):
    SUSPECTS = [{"id": "s0", "text": FERRY_SPUN}, {"id": "s1", "text": LIBRARY}]

    def setUp(self):
        super().setUp()
        self.make_archive()
        self.write("s.jsonl", jsonl(self.SUSPECTS))
        self.audit("--quiet", status=DONE)
        self.before = (self.folder / "r.jsonl").read_bytes()

    def audit(self, *options, archive="archive", status=FAILED):
        return self.run_program("audit", "s.jsonl", "--archive", archive, "--out", "r.jsonl", *options, status=status)

    def kept(self):
        self.assertEqual(self.before, (self.folder / "r.jsonl").read_bytes())

    def test_are_neither_cut_nor_replaced_without_a_word_from_the_user(self):
        result = self.audit()
        self.assertIn("--resume", result.err)
        self.assertIn("--force", result.err)
        self.kept()
        self.audit("--force", status=DONE)
        self.kept()

    def test_an_empty_file_holds_none(self):
        self.write("r.jsonl", "")
        self.audit(status=DONE)
        self.kept()

    def test_of_another_archive_are_not_resumed(self):
        self.make_archive("other", {"ferry": FERRY})
        self.assertIn("another archive", self.audit("--resume", archive="other").err)
        self.kept()

    def test_of_other_detail_are_not_resumed(self):
        self.assertIn("--brief", self.audit("--resume", "--brief").err)
        self.kept()

    def test_what_holds_no_reports_is_not_resumed(self):
        self.write("r.jsonl", "My notes, without a line end")
        self.audit("--resume")
        self.assertEqual(b"My notes, without a line end", (self.folder / "r.jsonl").read_bytes())


class Interrupted(support.ProgramTest):
    def stopped(self, *arguments, number=signal.SIGINT, ready):
        """Runs the program with a standard input that stays open, and sends the signal when `ready` says so."""
        process = subprocess.Popen([str(support.PROGRAM), *arguments], cwd=self.folder, stdin=subprocess.PIPE,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        process.stdin.write(jsonl(made_records(range(400))).encode())
        process.stdin.flush()
        for _ in range(400):
            if ready():
                break
            time.sleep(0.05)
        process.send_signal(number)
        err = process.stderr.read().decode()
        self.assertEqual(-number, process.wait(60))
        process.stdin.close()
        process.stderr.close()
        return err

    def test_audit_keeps_whole_reports_and_says_how_to_go_on(self):
        self.make_archive()
        out = self.folder / "r.jsonl"
        err = self.stopped("audit", "-", "--archive", "archive", "--out", "r.jsonl", "--threads", "1",
                           ready=lambda: out.exists() and out.stat().st_size > 0)
        self.assertRegex(err, r"stopped after [\d,]+ reports; go on with --resume")
        text = out.read_text("utf-8")
        self.assertTrue(text.endswith("\n"))
        for line in text.splitlines():
            json.loads(line)

    def test_dedup_leaves_no_scratch_folder(self):
        def scratch():
            return [name for name in os.listdir(self.folder) if "scratch" in name]
        for number in (signal.SIGINT, signal.SIGTERM):
            self.stopped("dedup", "-", "--out", "d.jsonl", number=number, ready=scratch)
            self.assertEqual([], scratch())

    def test_dedup_sweeps_what_a_killed_process_left(self):
        self.write("c.jsonl", jsonl(made_records(range(3))))
        (self.folder / "d.jsonl.scratch-99999999").mkdir()
        (self.folder / f"d.jsonl.scratch-{os.getpid()}").mkdir()
        self.run_program("dedup", "c.jsonl", "--out", "d.jsonl")
        left = [name for name in os.listdir(self.folder) if "scratch" in name]
        self.assertEqual([f"d.jsonl.scratch-{os.getpid()}"], left)


class Pages(support.ProgramTest):
    def setUp(self):
        super().setUp()
        self.make_archive()
        self.write("a.txt", FERRY_SPUN)
        self.write("b.txt", LIBRARY)

    def check(self, *arguments, **options):
        return self.run_program("check", *arguments, "--archive", "archive", **options)

    def test_a_page_that_cannot_be_written_is_refused_before_the_work(self):
        result = self.check("a.txt", "--html", "no/such/x.html", status=FAILED)
        self.assertEqual("", result.out)

    def test_several_suspects_make_a_folder(self):
        self.check("a.txt", "b.txt", "--html", "out")
        self.assertEqual(["000001.html", "000002.html", "index.html"], sorted(os.listdir(self.folder / "out")))
        self.write("two.jsonl", jsonl([{"id": "a", "text": FERRY_SPUN}, {"id": "b", "text": LIBRARY}]))
        self.check("two.jsonl", "--html", "late")
        self.assertEqual(["000001.html", "000002.html", "index.html"], sorted(os.listdir(self.folder / "late")))

    def test_a_page_is_no_folder(self):
        self.check("a.txt", "b.txt", "--html", "page.html", status=FAILED)
        self.write("two.jsonl", jsonl([{"id": "a", "text": FERRY_SPUN}, {"id": "b", "text": LIBRARY}]))
        self.check("two.jsonl", "--html", "page.html", status=FAILED)
        self.assertFalse((self.folder / "page.html").exists())

    def test_standard_output_takes_one_page_and_nothing_else(self):
        result = self.check("a.txt", "--html", "-")
        self.assertTrue(result.out.startswith("<!DOCTYPE html>") and result.out.endswith("</html>\n"))
        self.assertFalse((self.folder / "-").exists())

    def test_pages_of_others_are_not_replaced(self):
        self.write("site/index.html", "<html><body>My own page</body></html>")
        self.check("a.txt", "--html", "site", status=FAILED)
        self.assertEqual(["index.html"], os.listdir(self.folder / "site"))

    def test_stale_pages_are_said(self):
        self.check("a.txt", "b.txt", "--html", "out/")
        self.assertIn("1 page", self.check("a.txt", "--html", "out/").err)
        self.assertEqual("", self.check("a.txt", "b.txt", "--html", "out/").err)

    def test_skipped_files_stand_on_the_index_page(self):
        self.write("letter.docx", b"PK\x03\x04" + bytes(30))
        self.check("a.txt", "letter.docx", "--html", "out", status=SKIPPED)
        self.assertIn("letter.docx", (self.folder / "out/index.html").read_text("utf-8"))

    def test_a_finding_says_more_than_a_skipped_record(self):
        self.write("empty.txt", "")
        self.check("a.txt", "empty.txt", "--fail-on", "spun", status=support.FOUND)


if __name__ == "__main__":
    unittest.main()
