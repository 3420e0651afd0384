"""Broken input, damaged archives, full disks, kill -9: the program says what is wrong, keeps the archive as it was, and
never crashes."""

import gzip
import json
import os
import pathlib
import random
import re
import resource
import shutil
import signal
import subprocess
import tempfile
import unittest

import support
from support import DONE, FAILED, FERRY, FERRY_SPUN, LIBRARY, ORCHARD, SKIPPED, jsonl


class Texts(support.ProgramTest):
    """Input that is strange, and input that is broken."""

    def check(self, content, *options, status=DONE, name="in.txt"):
        self.write(name, content)
        self.make_archive()
        return self.run_program("check", name, "--archive", "archive", "--json", *options, status=status)

    def test_broken_utf_8_is_data_and_an_alert(self):
        broken = FERRY.encode().replace(b"ferry", b"f\xff\xferry", 1).replace(b"harbour", b"harb\xc3our", 1)
        report = self.check(broken + b"\xf0\x9f").report
        self.assert_report(report)
        self.assertEqual(["broken-utf-8"], [alert["kind"] for alert in report["alerts"]])
        self.assertEqual("ferry", report["findings"][0]["original"]["id"])

    def test_broken_utf_8_can_be_indexed_and_found(self):
        self.write("in.txt", b"\xff" + FERRY.encode() + b"\xe2\x82")
        self.run_program("index", "in.txt", "--archive", "archive")
        (self.folder / "in.txt").rename(self.folder / "copy.txt")
        report = self.run_program("check", "copy.txt", "--archive", "archive", "--json").report
        self.assertEqual(("copy", "in.txt"), (report["summary"]["verdict"], report["findings"][0]["original"]["id"]))

    def test_nul_bytes_are_data(self):
        report = self.check(FERRY.encode().replace(b" ", b"\0 ", 20)).report
        self.assert_report(report)
        self.assertEqual("ferry", report["findings"][0]["original"]["id"])
        text = FERRY.replace("the", "the\0", 3)
        report = self.check(jsonl([{"id": "n", "text": text}]), name="in.jsonl").report
        self.assertEqual(len(text), report["suspect"]["bytes"])

    def test_a_file_without_text_is_a_bad_record(self):
        for name, content in (("empty.txt", b""), ("blank.txt", b" \n\t\n"), ("mark.txt", b"\xef\xbb\xbf"),
                              ("empty.html", b"<html><body></body></html>"), ("empty.jsonl", b""),
                              ("empty.txt.gz", gzip.compress(b"")), ("empty.zst", support.zstd_frame(b""))):
            with self.subTest(name):
                self.write(name, content)
                self.refused("index", name, "--archive", "new", names=name)
                self.write("in/" + name, content)
        self.write("in/ferry.txt", FERRY)
        result = self.run_program("index", "in", "--archive", "archive", status=SKIPPED)
        self.assertIn("1 new", result.out)
        for name in ("empty.txt", "blank.txt", "mark.txt", "empty.html", "empty.jsonl", "empty.txt.gz"):
            self.assertIn(f"in/{name}: ", result.err)
        self.assertIn("the same in 1 more: there is no text in it: the file is empty", result.err)

    def test_binary_files_are_refused_by_name(self):
        for name, content in (("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), ("b.zip", b"PK\x03\x04" + bytes(30)),
                              ("c.pdf", b"%PDF-1.4\n%\xe2\xe3\n"), ("d", b"\x7fELF\x02\x01\x01" + bytes(30))):
            with self.subTest(name):
                self.write(name, content)
                self.refused("index", name, "--archive", "new", names=name)

    def test_one_word_is_too_little_to_judge(self):
        report = self.check("word").report
        self.assertEqual(("insufficient", []), (report["summary"]["verdict"], report["findings"]))
        self.write("one.txt", "word")
        self.run_program("index", "one.txt", "--archive", "one")
        report = self.run_program("compare", "one.txt", "one.txt", "--json").report
        self.assertEqual("insufficient", report["summary"]["verdict"])
        self.assertIn("words", " ".join(reason["text"] for reason in report["findings"][0]["because"]))

    def test_utf_16_is_text(self):
        for codec in ("utf-16-le", "utf-16-be"):
            report = self.check(("\ufeff" + FERRY).encode(codec)).report
            self.assertEqual("copy", report["summary"]["verdict"])

    def test_html_nested_100000_deep_is_read(self):
        deep = 100_000
        for opening, closing in (("<div>", "</div>"), ("<b>", ""), ("<table><tr><td>", "")):
            page = "<html><body>" + opening * deep + f"<p>{FERRY}</p>" + closing * deep + "</body></html>"
            report = self.check(page, name="deep.html").report
            self.assertEqual("ferry", report["findings"][0]["original"]["id"], opening)

    def test_json_nested_100000_deep_is_a_bad_record(self):
        deep = '{"id": "deep", "text": ' + "[" * 100_000 + "]" * 100_000 + "}\n"
        result = self.check(deep + jsonl([{"id": "s", "text": FERRY}]), name="in.jsonl", status=SKIPPED)
        self.assertIn("in.jsonl:1: ", result.err)
        self.assertEqual("s", result.report["suspect"]["id"])
        pairs = '{"original": ' + "[" * 100_000 + "]" * 100_000 + ', "suspect": "x"}\n'
        result = self.run_program("compare", "--pairs", "-", stdin=pairs.encode(), status=SKIPPED)
        self.assertEqual("insufficient", result.report["summary"]["verdict"])

    def test_bad_lines_of_json_are_named_and_the_others_are_read(self):
        bad = [b"{broken", b'{"id": 1}', b'{"text": null}', b'{"text": 5}', b'{"text": ""}', b'["text"]', b'"text"',
               b"null", b'{"text": "\xff\xfe"}', b'{"text": "never closed', b'{"text": "a"} trailing',
               b'{"text": "\\ud800"}', b'{"text": "x", "id": {"a": 1}}', b"\0\0\0"]
        good = jsonl([{"id": "good", "text": FERRY}]).encode()
        for line in bad:
            with self.subTest(line):
                content = good + line + b"\n" + good
                result = self.check(content, name="in.jsonl", status=None)
                if line == b'{"text": "\\ud800"}' and result.status == DONE:
                    continue  # a lone surrogate may also be read as a broken character
                self.assertEqual(SKIPPED, result.status)
                self.assertIn("in.jsonl:2: ", result.err)
                self.assertEqual(["good", "good"], [report["suspect"]["id"] for report in result.reports])

    def test_special_files_of_a_folder_are_named_and_do_not_block(self):
        self.write("in/a.txt", FERRY)
        os.mkfifo(self.folder / "in" / "fifo")
        os.symlink("nowhere", self.folder / "in" / "dangling")
        os.symlink("../in", self.folder / "in" / "loop")
        result = self.run_program("index", "in", "--archive", "archive", status=SKIPPED)
        self.assertIn("in/fifo: ", result.err)
        self.assertIn("in/dangling: ", result.err)
        self.assertIn("1 new", result.out)

    def test_file_names_may_hold_any_bytes(self):
        for name in ("new\nline.txt", "spa ce.txt", "-.txt", "ä€😀.txt", 'quo"te.txt'):
            self.write("in/" + name, FERRY)
        self.write("in/plain.txt", FERRY)
        os.rename(os.fsencode(self.folder / "in" / "plain.txt"), os.fsencode(self.folder / "in") + b"/\xff.txt")
        self.make_archive()
        result = self.run_program("check", "in", "--archive", "archive", "--json", "--html", "pages/")
        self.assertEqual(["copy"] * 6, [report["summary"]["verdict"] for report in result.reports])

    def test_closed_standard_streams_are_errors(self):
        self.make_archive()
        before = {path.name: path.read_bytes() for path in (self.folder / "archive").iterdir()}
        self.write("in.txt", LIBRARY)
        shell = f'"{support.PROGRAM}" '
        for command in ("index - --archive archive <&-", "check - --archive archive <&-", "info archive >&-",
                        "check in.txt --archive archive >&-", "index in.txt --archive archive --replace >&-"):
            with self.subTest(command):
                done = subprocess.run(["sh", "-c", shell + command], cwd=self.folder, capture_output=True,
                                      timeout=120, stdin=subprocess.DEVNULL)
                self.assertEqual(FAILED, done.returncode, done.stderr)
                self.assertTrue(done.stderr)
        self.run_program("verify", "archive")
        for name in before:
            if name.startswith("segment"):
                self.assertEqual(before[name], (self.folder / "archive" / name).read_bytes())


class Huge(support.ProgramTest):
    BYTES = 100_000_000

    def test_100_mb_in_one_line_is_an_article(self):
        sentence = FERRY.replace("\n", " ").encode()
        self.write("line.txt", (sentence * (self.BYTES // len(sentence) + 1))[:self.BYTES])
        result = self.run_program("index", "line.txt", "--archive", "archive")
        self.assertIn(f"{self.BYTES} bytes", result.out)
        self.run_program("verify", "archive")

    def test_100_mb_without_a_space_is_one_word(self):
        self.make_archive()
        self.write("word.txt", b"a" * self.BYTES)
        report = self.run_program("check", "word.txt", "--archive", "archive", "--json").report
        self.assertEqual(("insufficient", self.BYTES), (report["summary"]["verdict"], report["suspect"]["bytes"]))

    def test_the_record_after_100_mb_of_a_broken_line_is_read(self):
        self.make_archive()
        self.write("in.jsonl", b'{"text": "' + b"a " * (self.BYTES // 2) + b"\n" +
                   jsonl([{"id": "next", "text": FERRY}]).encode())
        result = self.run_program("check", "in.jsonl", "--archive", "archive", "--json", status=SKIPPED)
        self.assertIn("in.jsonl:1: ", result.err)
        self.assertEqual("next", result.report["suspect"]["id"])


class Compressed(support.ProgramTest):
    def setUp(self):
        super().setUp()
        self.records = support.made_records(range(400), words=80)
        self.plain = jsonl(self.records).encode()

    def whole_lines(self, data):
        return data.count(b"\n")

    def test_a_cut_off_zst_gives_the_records_before_the_cut(self):
        whole = support.zstd_frame(self.plain)
        self.assertGreater(len(whole), 1 << 17, "one block would be no test")
        for cut in (len(whole) * 3 // 4, len(whole) - 1):
            self.write("in.jsonl.zst", whole[:cut])
            result = self.run_program("index", "in.jsonl.zst", "--archive", f"archive{cut}", status=SKIPPED)
            self.assertIn("in.jsonl.zst:", result.err)
            self.assertRegex(result.err, "cut off|damaged")
            self.assertGreater(int(self.info(f"archive{cut}")["articles"]), 100)
            self.run_program("verify", f"archive{cut}")

    def test_a_cut_off_gz_gives_the_records_before_the_cut(self):
        whole = gzip.compress(self.plain)
        self.write("in.jsonl.gz", whole[:len(whole) // 2])
        result = self.run_program("index", "in.jsonl.gz", "--archive", "archive", status=SKIPPED)
        self.assertIn("in.jsonl.gz:", result.err)
        self.assertGreater(int(self.info("archive")["articles"]), 100)

    def test_a_wrong_checksum_of_gzip_is_reported(self):
        damaged = bytearray(gzip.compress(self.plain))
        damaged[-6] ^= 1
        self.write("in.jsonl.gz", bytes(damaged))
        result = self.run_program("index", "in.jsonl.gz", "--archive", "archive", status=SKIPPED)
        self.assertIn("in.jsonl.gz:", result.err)

    def test_a_cut_off_text_is_no_article(self):
        for name, whole in (("in.txt.zst", support.zstd_frame(FERRY.encode() * 99)),
                            ("in.txt.gz", gzip.compress(FERRY.encode() * 99))):
            self.write(name, whole[:len(whole) - 9])
            self.refused("index", name, "--archive", "archive", names=name)

    def test_damage_anywhere_in_a_gzip_file_does_not_crash(self):
        whole = gzip.compress(self.plain[:20000])
        chance = random.Random(7)
        for _ in range(20):
            damaged = bytearray(whole)
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
            self.write("in.jsonl.gz", bytes(damaged))
            result = self.run_program("index", "in.jsonl.gz", "--archive", "archive", status=None)
            if result.status != DONE:
                self.assertIn("in.jsonl.gz", result.err)

    def test_cut_off_pairs_are_a_failure_after_the_whole_ones(self):
        whole = support.zstd_frame(jsonl([{"original": r["text"], "suspect": r["text"]} for r in self.records]).encode())
        self.write("pairs.zst", whole[:len(whole) * 2 // 3])
        result = self.run_program("compare", "--pairs", "pairs.zst", status=FAILED)
        self.assertIn("pairs.zst", result.err)
        self.assertGreater(len(result.reports), 100)


class DamagedArchive(support.ProgramTest):
    def setUp(self):
        super().setUp()
        self.make_archive(articles={"ferry": FERRY, "orchard": ORCHARD})
        self.make_archive(articles={"library": LIBRARY})
        self.archive = self.folder / "archive"
        self.files = sorted(path for path in self.archive.iterdir() if path.name != "LOCK")
        self.write("suspect.txt", FERRY_SPUN)

    def assert_verify_names(self, name):
        """`verify` fails and names the file, and no command that uses the archive crashes."""
        result = self.refused("verify", "archive", names="archive/" + name)
        self.assertEqual("", result.out)
        for other in self.files:
            if other.name != name:
                self.assertNotIn(other.name + ":", result.err)
        return result

    def test_one_flipped_byte_anywhere_is_found_and_its_file_named(self):
        self.assertEqual(3, len(self.files))
        chance = random.Random(11)
        for file in self.files:
            whole = file.read_bytes()
            places = {0, len(whole) // 2, len(whole) - 1}
            while len(places) < 20:
                places.add(chance.randrange(len(whole)))
            for place in sorted(places):
                with self.subTest(file=file.name, place=place):
                    damaged = bytearray(whole)
                    damaged[place] ^= 1 << chance.randrange(8)
                    file.write_bytes(damaged)
                    self.assert_verify_names(file.name)
                    checked = self.run_program("check", "suspect.txt", "--archive", "archive", "--json", status=None)
                    if checked.status == DONE:  # the damage may lie where this question does not look
                        self.assertEqual("ferry", checked.report["findings"][0]["original"]["id"])
                    else:
                        self.assertEqual(FAILED, checked.status)
                        self.assertIn(file.name, checked.err)
            file.write_bytes(whole)
        self.run_program("verify", "archive")

    def test_a_cut_off_file_is_named(self):
        for file in self.files:
            whole = file.read_bytes()
            for length in (0, 1, 7, 64, len(whole) // 2, len(whole) - 1):
                with self.subTest(file=file.name, length=length):
                    file.write_bytes(whole[:length])
                    self.assert_verify_names(file.name)
                    self.refused("check", "suspect.txt", "--archive", "archive", names=file.name)
                    self.refused("index", "suspect.txt", "--archive", "archive", names=file.name)
                    self.assertEqual(whole[:length], file.read_bytes(), "a damaged file must stay as it is, for diagnosis")
            file.write_bytes(whole + b"more")
            self.assert_verify_names(file.name)
            file.write_bytes(whole)

    def test_a_missing_segment_is_named_with_the_remedy(self):
        for file in self.files[1:]:
            whole = file.read_bytes()
            file.unlink()
            self.assertIn("unspin index", self.assert_verify_names(file.name).err)
            self.refused("check", "suspect.txt", "--archive", "archive", names=file.name)
            self.refused("info", "archive", names=file.name)
            self.refused("index", "suspect.txt", "--archive", "archive", names=file.name)
            file.write_bytes(whole)
        self.run_program("verify", "archive")

    def test_a_missing_manifest_is_not_taken_for_a_new_archive(self):
        (self.archive / "MANIFEST").unlink()
        self.refused("index", "suspect.txt", "--archive", "archive", names="MANIFEST")
        self.assertEqual(self.files[1:], [file for file in self.files if file.exists()])
        self.refused("verify", "archive", names="MANIFEST")

    def test_swapped_segments_are_detected(self):
        one, two = (file.read_bytes() for file in self.files[1:])
        self.files[1].write_bytes(two)
        self.files[2].write_bytes(one)
        self.refused("verify", "archive", names="segment-")
        self.refused("check", "suspect.txt", "--archive", "archive", names="segment-")

    def test_a_folder_of_texts_is_not_an_archive(self):
        self.write("texts/a.txt", FERRY)
        self.refused("check", "suspect.txt", "--archive", "texts", names=["texts", "unspin index"])

    def test_a_file_is_not_an_archive(self):
        self.refused("index", "suspect.txt", "--archive", "suspect.txt", names="suspect.txt")
        self.refused("check", "suspect.txt", "--archive", "suspect.txt", names="suspect.txt")
        self.assertEqual(FERRY_SPUN, (self.folder / "suspect.txt").read_text("utf-8"))


class Interrupted(support.ProgramTest):
    """The process dies, or the disk is full, while an archive is extended. Afterwards the archive holds what it held
    before, or all of the new articles too, and the same command completes it."""

    @classmethod
    def setUpClass(cls):
        holder = tempfile.TemporaryDirectory(prefix="unspin-fault-")
        cls.addClassCleanup(holder.cleanup)
        cls.shim = pathlib.Path(holder.name) / "fault.so"
        cache = (support.BUILD / "CMakeCache.txt").read_text("utf-8")
        compiler = re.search(r"(?m)^CMAKE_C_COMPILER:\w+=(.+)$", cache)[1]
        subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-Wall", "-o", str(cls.shim),
                        str(pathlib.Path(__file__).with_name("fault.c")), "-ldl"], check=True)

    def setUp(self):
        super().setUp()
        self.make_archive("before")
        self.write("more.jsonl", jsonl(support.made_records(range(60))))
        shutil.copytree(self.folder / "before", self.folder / "after")
        self.run_program("index", "more.jsonl", "--archive", "after")
        self.states = {self.info(name)["fingerprint"]: name for name in ("before", "after")}
        self.assertEqual(2, len(self.states))

    def run_with(self, fault, archive):
        environment = dict(os.environ, LD_PRELOAD=str(self.shim), UNSPIN_FAULT=fault)
        return subprocess.run([str(support.PROGRAM), "index", "more.jsonl", "--archive", archive], cwd=self.folder,
                              env=environment, capture_output=True, timeout=300, stdin=subprocess.DEVNULL)

    def fresh(self):
        shutil.rmtree(self.folder / "archive", ignore_errors=True)
        shutil.copytree(self.folder / "before", self.folder / "archive")

    def assert_whole(self, states):
        """The archive opens, verifies, and holds one of the states: returns which."""
        self.run_program("verify", "archive")
        facts = self.info("archive")
        self.assertIn(facts["fingerprint"], states)
        self.assertEqual("3" if states[facts["fingerprint"]] == "before" else "63", facts["articles"])
        return states[facts["fingerprint"]]

    def assert_completes(self):
        """The same command, run again, completes the archive and leaves no other files."""
        self.run_program("index", "more.jsonl", "--archive", "archive")
        facts = self.info("archive")
        self.assertEqual("after", self.states[facts["fingerprint"]])
        self.assertEqual({"LOCK", "MANIFEST", *facts["files"]},
                         {path.name for path in (self.folder / "archive").iterdir()})

    def test_kill_9_in_any_call_that_changes_files(self):
        seen = []
        for call in range(1, 100):
            with self.subTest(call=call):
                self.fresh()
                done = self.run_with(f"kill:{call}", "archive")
                if done.returncode == DONE:
                    break
                self.assertEqual(-signal.SIGKILL, done.returncode, done.stderr)
                seen.append(self.assert_whole(self.states))
                self.assert_completes()
        self.assertGreaterEqual(len(seen), 10, "too few calls were met: is the shim loaded?")
        self.assertEqual({"before", "after"}, set(seen), "the commit itself was not met")
        self.assertEqual(sorted(seen, reverse=True), seen, "there is one moment of commit")

    def test_kill_9_in_any_call_while_an_archive_is_made(self):
        calls = 0
        for call in range(1, 100):
            with self.subTest(call=call):
                shutil.rmtree(self.folder / "archive", ignore_errors=True)
                done = self.run_with(f"kill:{call}", "archive")
                if done.returncode == DONE:
                    break
                calls = call
                self.assertEqual(-signal.SIGKILL, done.returncode, done.stderr)
                if (self.folder / "archive" / "MANIFEST").exists():
                    self.run_program("verify", "archive")
                    self.assertIn(self.info("archive")["articles"], ("0", "60"))
                else:
                    self.refused("verify", "archive", names="MANIFEST")
                self.run_program("index", "more.jsonl", "--archive", "archive")
                self.run_program("verify", "archive")
                self.assertEqual("60", self.info("archive")["articles"])
        self.assertGreaterEqual(calls, 12)

    def test_kill_9_while_the_input_is_read(self):
        records = jsonl(support.made_records(range(60))).encode().splitlines(keepends=True)
        for fed in (0, 1, 20, 59):
            with self.subTest(fed=fed):
                self.fresh()
                run = subprocess.Popen([str(support.PROGRAM), "index", "-", "--archive", "archive"], cwd=self.folder,
                                       stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                run.stdin.write(b"".join(records[:fed]))
                run.stdin.flush()
                run.kill()
                self.assertEqual(-signal.SIGKILL, run.wait(timeout=60))
                run.stdin.close()
                self.assertEqual("before", self.assert_whole(self.states))
                self.assert_completes()

    def test_a_disk_that_is_full_from_any_call_on(self):
        seen = []
        for call in range(1, 100):
            with self.subTest(call=call):
                self.fresh()
                done = self.run_with(f"full:{call}", "archive")
                if done.returncode == DONE:
                    break
                self.assertEqual(FAILED, done.returncode, done.stderr)
                self.assertIn(b"archive", done.stderr)
                self.assertIn(b"No space left", done.stderr)
                seen.append(self.assert_whole(self.states))
                self.assert_completes()
        self.assertGreaterEqual(len(seen), 10, "too few calls were met: is the shim loaded?")
        self.assertIn("before", seen)

    def test_a_file_size_limit_leaves_the_archive_as_it_was(self):
        self.fresh()

        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

        result = self.refused("index", "more.jsonl", "--archive", "archive", preexec_fn=limit,
                              names=["archive/segment-", "ulimit"])
        self.assertEqual("", result.out)
        self.assertEqual("before", self.assert_whole(self.states))
        self.assert_completes()

    def test_a_full_disk_leaves_the_archive_as_it_was(self):
        disk = self.folder / "disk"
        disk.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=128k", "none", str(disk)], capture_output=True)
        if mounted.returncode != 0:
            self.skipTest("mounting a file system needs rights that this user lacks")
        self.addCleanup(subprocess.run, ["umount", "-l", str(disk)], check=True)
        shutil.copytree(self.folder / "before", disk / "archive")
        self.write("most.jsonl", jsonl(support.made_records(range(400))))
        self.refused("index", "most.jsonl", "--archive", "disk/archive", names=["disk/archive", "No space left"])
        self.run_program("verify", "disk/archive")
        self.assertEqual("3", self.info("disk/archive")["articles"])
        self.refused("audit", "most.jsonl", "--archive", "before", "--out", "disk/out.jsonl", names="disk/out.jsonl")
        subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True, capture_output=True)
        self.run_program("index", "most.jsonl", "--archive", "disk/archive")
        self.run_program("verify", "disk/archive")
        self.assertEqual("403", self.info("disk/archive")["articles"])


class FullDevice(support.ProgramTest):
    """Every write to /dev/full fails: the program must report it."""

    def setUp(self):
        super().setUp()
        self.make_archive()
        self.write("in.txt", FERRY)
        self.write("many.jsonl", jsonl(support.made_records(range(50)) + [{"id": "f", "text": FERRY}] * 50))

    def test_results_lost_on_standard_output_are_a_failure(self):
        self.write("pairs.jsonl", jsonl([{"original": FERRY, "suspect": FERRY}] * 50))
        with open("/dev/full", "wb") as full:
            for arguments in (["index", "in.txt", "--archive", "new"], ["check", "in.txt", "--archive", "archive"],
                              ["check", "many.jsonl", "--archive", "archive", "--json"],
                              ["compare", "in.txt", "in.txt"], ["compare", "--pairs", "pairs.jsonl"],
                              ["audit", "many.jsonl", "--archive", "archive", "--out", "-"], ["info", "archive"],
                              ["verify", "archive"], ["--help"], ["check", "--help"]):
                with self.subTest(" ".join(arguments)):
                    self.refused(*arguments, stdout=full, names="standard output")

    def test_files_that_cannot_be_written_are_named(self):
        (self.folder / "folder").mkdir()
        for arguments, name in ((["audit", "many.jsonl", "--archive", "archive", "--out", "/dev/full"], "/dev/full"),
                                (["audit", "in.txt", "--archive", "archive", "--out", "/dev/full"], "/dev/full"),
                                (["audit", "in.txt", "--archive", "archive", "--out", "folder"], "folder"),
                                (["check", "in.txt", "--archive", "archive", "--html", "/dev/full"], "/dev/full"),
                                (["check", "in.txt", "--archive", "archive", "--html", "absent/x.html"], "absent/x"),
                                (["compare", "in.txt", "in.txt", "--html", "/dev/full"], "/dev/full"),
                                (["index", "in.txt", "--archive", "/dev/full"], "/dev/full")):
            with self.subTest(" ".join(arguments)):
                self.refused(*arguments, names=name)


if __name__ == "__main__":
    unittest.main()
