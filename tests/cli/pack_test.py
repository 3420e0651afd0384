"""Evidence packs: from a report to a pack, and back without the archive, on another machine, after years."""

import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import unittest

import pack_support
import support
from pack_support import files_of, packed
from support import DONE, FAILED, FERRY, FERRY_SPUN, FOUND, LIBRARY, ORCHARD, jsonl

PAGE = ("<!doctype html><html><head><title>Ferry to Halmsund</title><script>alert(1)</script></head><body><nav>"
        "<a href='/'>Home</a></nav><article><h1>Ferry to Halmsund</h1>"
        + "".join(f"<p>{part}</p>" for part in FERRY_SPUN.split("\n\n")) + "</article></body></html>")
LICENCES = "site,from,to,state,credit\nmirror.example,2026-01-01,2026-12-31,licensed,yes\n"


class FromReportToPack(pack_support.PackTest):
    def setUp(self):
        super().setUp()
        self.make_archive()
        self.write("spun.txt", FERRY_SPUN)
        self.write("page.html", PAGE)

    def packs_and_verifies(self, reports, *options):
        """Packs, verifies, and verifies again where the archive and the suspects are gone."""
        first = self.pack(reports, "--archive", "archive", *options)
        self.assertEqual(first, self.pack(reports, "--archive", "archive", *options, out="again.zip"))
        self.assert_equal("pack.zip")
        elsewhere = self.folder / "elsewhere"
        elsewhere.mkdir(exist_ok=True)
        (elsewhere / "pack.zip").write_bytes(first)
        done = subprocess.run([support.PROGRAM, "verify", "pack.zip"], cwd=elsewhere, capture_output=True, env={})
        self.assertEqual((DONE, b""), (done.returncode, done.stderr))
        self.assertIn(b"pack.zip: equal: ", done.stdout)
        return files_of(first)

    def test_a_report_becomes_a_pack_that_verifies_without_its_archive(self):
        self.check_to("reports.jsonl", "spun.txt", "page.html")
        pack = self.pack("reports.jsonl", "--archive", "archive")
        shutil.rmtree(self.folder / "archive")
        (self.folder / "spun.txt").unlink()
        (self.folder / "page.html").unlink()
        self.assert_equal("pack.zip")
        files = files_of(pack)
        self.assertEqual(FERRY_SPUN.encode(), files["reports/0001/suspect/received.bin"])
        self.assertEqual(PAGE.encode(), files["reports/0002/suspect/received.bin"])
        self.assertIn(FERRY.encode().strip(), files["reports/0001/originals/01/text.txt"])

    def test_the_report_in_the_pack_is_the_one_that_was_given(self):
        self.check_to("reports.jsonl", "spun.txt", "page.html")
        files = self.packs_and_verifies("reports.jsonl")
        for number, line in enumerate((self.folder / "reports.jsonl").read_bytes().splitlines(), start=1):
            self.assertEqual(line + b"\n", files[f"reports/{number:04}/report.json"])

    def test_the_bytes_depend_on_nothing_else(self):
        self.check_to("reports.jsonl", "spun.txt")
        pack = self.pack("reports.jsonl", "--archive", "archive")
        os.utime(self.folder / "spun.txt", (0, 0))
        shutil.copytree(self.folder / "archive", self.folder / "copy")
        environment = {"TZ": "Asia/Kathmandu", "LC_ALL": "tr_TR.UTF-8", "LANG": "ar_EG.UTF-8", "UNSPIN_KERNELS": ""}
        other = self.pack("reports.jsonl", "--archive", "copy", out="other.zip",
                          env={name: value for name, value in environment.items() if value})
        self.assertEqual(pack, other)

    def test_other_programs_read_the_zip(self):
        self.check_to("reports.jsonl", "spun.txt")
        pack = self.pack("reports.jsonl", "--archive", "archive")
        files = files_of(pack)
        self.assertEqual(pack, packed(files), "Python's zipfile writes the same bytes")
        self.assertEqual(sorted(files), list(files))
        if shutil.which("unzip"):
            tested = subprocess.run(["unzip", "-tqq", "pack.zip"], cwd=self.folder, capture_output=True)
            self.assertEqual((0, b""), (tested.returncode, tested.stderr))

    def test_the_manifest_lists_every_file(self):
        self.check_to("reports.jsonl", "page.html")
        files = self.packs_and_verifies("reports.jsonl")
        manifest = json.loads(files["manifest.json"])
        listed = {one["path"]: one for one in manifest["files"]}
        self.assertEqual(set(files) - {"manifest.json", "manifest.tsq"}, set(listed))
        for path, one in listed.items():
            self.assertEqual((len(files[path]), hashlib.sha256(files[path]).hexdigest()), (one["bytes"], one["sha256"]))
        self.assertEqual(("received", "application/octet-stream", "page.html"),
                         tuple(listed["reports/0001/suspect/received.bin"][name] for name in ("role", "media_type", "name")))
        (report,) = manifest["reports"]
        self.assertEqual(json.loads(files["reports/0001/report.json"])["id"], report["id"])

    def test_no_file_that_was_received_has_a_name_that_a_browser_opens(self):
        self.check_to("reports.jsonl", "page.html")
        files = self.packs_and_verifies("reports.jsonl")
        pages = [path for path in files if path.endswith((".html", ".htm", ".svg", ".xml", ".js", ".mhtml"))]
        self.assertEqual(["reports/0001/report.html"], pages)
        self.assertNotIn(b"<script>alert(1)", files["reports/0001/report.html"])
        for path in files:
            self.assertRegex(path, r"^[A-Za-z0-9][A-Za-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)*$")

    def test_options_of_the_check_are_those_of_the_pack(self):
        for options in (["--limit", "1"], ["--prior", "0.1", "--all"], ["--offsets", "utf16"], ["--offsets", "text"],
                        ["--candidates", "3"], ["--format", "text"], ["--text-is", "plain"]):
            with self.subTest(options):
                self.check_to("reports.jsonl", "page.html", *options)
                self.packs_and_verifies("reports.jsonl")

    def test_exclusions_are_part_of_the_pack(self):
        self.write("mixed.txt", FERRY_SPUN + "\n" + ORCHARD)
        begin = len((FERRY_SPUN + "\n").encode())
        self.check_to("reports.jsonl", "mixed.txt", "--exclude", f"{begin}-{begin + 400},10-30", "--offsets", "codepoint")
        files = self.packs_and_verifies("reports.jsonl")
        self.assertIn("10-30", json.loads(files["reports/0001/report.json"])["unspin"]["options"]["exclude"])
        self.check_to("reports.jsonl", "mixed.txt", "--exclude-original", "orchard")
        self.packs_and_verifies("reports.jsonl")

    def test_a_report_without_findings_is_packed_too(self):
        self.write("own.txt", support.FERRY_APART)
        self.check_to("reports.jsonl", "own.txt")
        self.packs_and_verifies("reports.jsonl")

    def test_brief_reports_of_an_audit_are_packed(self):
        self.write("suspects.jsonl", jsonl([{"id": "a", "text": FERRY_SPUN, "url": "http://mirror.example/a"},
                                            {"id": "b", "text": ORCHARD}, {"id": "c", "text": LIBRARY}]))
        self.run_program("audit", "suspects.jsonl", "--archive", "archive", "--out", "reports.jsonl", "--keep", "url")
        files = self.packs_and_verifies("reports.jsonl")
        self.assertEqual((self.folder / "suspects.jsonl").read_bytes(), files["reports/0003/suspect/received.bin"])

    def test_a_common_source_keeps_the_third_article(self):
        read = lambda story, name: (support.SAMPLES / story / name).read_text("utf-8")
        agency, page = read("rail-strike", "original.txt"), read("vent-field", "original.txt")
        # Another paper took two paragraphs of the agency's story into one of its own.
        begin, end = agency.index("\n\n", len(agency) // 4) + 2, agency.index("\n\n", len(agency) // 2)
        middle = page.index("\n\n", len(page) // 2) + 2
        paper = page[:middle] + agency[begin:end] + "\n\n" + page[middle:]
        dated = {"agency": (agency, "2024-03-01"), "paper": (paper, "2024-03-02"),
                 "suspect": (read("rail-strike", "copy.txt"), "2024-03-02")}
        records = [{"id": name, "text": text, "published": day} for name, (text, day) in dated.items()]
        self.run_program("index", "-", "--archive", "third", stdin=jsonl(records[:2]).encode())
        self.write("suspect.jsonl", jsonl(records[2:]))
        for options, listed in (["--all"], ["copy", "common-source"]), (["--all", "--limit", "1"], ["copy"]):
            result = self.run_program("check", "suspect.jsonl", "--archive", "third", "--json", *options)
            self.assertEqual(listed, [finding["verdict"] for finding in result.report["findings"]])
            self.write("reports.jsonl", result.out)
            self.pack("reports.jsonl", "--archive", "third")
            self.assert_equal("pack.zip")
        self.run_program("check", "suspect.jsonl", "--archive", "third", "--json", "--exclude-original", "agency", "--all")

    def test_learnt_replacements_are_part_of_the_pack(self):
        stories = [support.SAMPLES / name for name in ("harbour-spill", "rail-strike", "vent-field", "looted-bronze")]
        shutil.rmtree(self.folder / "archive")
        self.run_program("index", *(story / "original.txt" for story in stories), "--archive", "archive")
        suspects = [story / "spun.txt" for story in stories]
        self.run_program("audit", *suspects, "--archive", "archive", "--out", "learnt.jsonl", "--learn")
        self.assertTrue(self.run_program("spins", "archive").out)
        self.check_to("reports.jsonl", *suspects)
        files = self.packs_and_verifies("reports.jsonl")
        learnt = [json.loads(files[f"reports/{number:04}/basis.json"])["replacements"] for number in (1, 2, 3, 4)]
        self.assertTrue(any(learnt))

    def test_reports_with_licences_bring_their_rules(self):
        self.write("licences.csv", LICENCES + "elsewhere.example,,,licensed,no\n")
        self.write("suspects.jsonl", jsonl([{"id": "a", "text": FERRY_SPUN, "url": "http://mirror.example/a",
                                             "site": "mirror.example", "published": "2026-05-01"}]))
        result = self.run_program("check", "suspects.jsonl", "--archive", "archive", "--json", "--licences", "licences.csv")
        self.write("reports.jsonl", result.out)
        files = self.packs_and_verifies("reports.jsonl", "--licences", "licences.csv")
        rules = files["reports/0001/licences.csv"].decode()
        self.assertIn("mirror.example", rules)
        self.assertNotIn("elsewhere.example", rules)
        self.assertEqual("licensed", json.loads(files["reports/0001/report.json"])["findings"][0]["licence"]["state"])

    def test_two_given_files_are_packed_without_an_archive(self):
        self.write("ferry.txt", FERRY)
        result = self.run_program("compare", "ferry.txt", "page.html", "--json", "--exclude", "300-360")
        self.write("report.json", result.out)
        files = files_of(self.pack("report.json"))
        self.assertEqual(FERRY.encode(), files["reports/0001/originals/01/received.bin"])
        (self.folder / "ferry.txt").unlink()
        self.assert_equal("pack.zip")

    def test_a_report_that_no_longer_matches_is_refused_with_the_field(self):
        self.check_to("reports.jsonl", "spun.txt")
        report = (self.folder / "reports.jsonl").read_text("utf-8")
        changed = re.sub(r'"kept":(\d+)', lambda match: f'"kept":{int(match[1]) + 1}', report, count=1)
        self.write("changed.jsonl", changed)
        self.refused("pack", "changed.jsonl", "--archive", "archive", "--out", "pack.zip", names=["kept"])
        self.write("spun.txt", FERRY_SPUN.replace("640", "641"))
        self.refused("pack", "reports.jsonl", "--archive", "archive", "--out", "pack.zip", names=["spun.txt"])
        (self.folder / "spun.txt").unlink()
        self.refused("pack", "reports.jsonl", "--archive", "archive", "--out", "pack.zip", names=["spun.txt"])
        self.assertFalse((self.folder / "pack.zip").exists())

    def test_a_report_of_an_archive_that_changed_is_refused(self):
        self.check_to("reports.jsonl", "spun.txt")
        self.run_program("remove", "ferry", "--archive", "archive")
        self.refused("pack", "reports.jsonl", "--archive", "archive", "--out", "pack.zip", names=["archive"])

    def test_what_is_no_report_is_refused(self):
        self.write("empty.jsonl", "\n")
        self.refused("pack", "empty.jsonl", "--archive", "archive", "--out", "p.zip", names=["no report"])
        self.write("bad.jsonl", "{}\n")
        self.refused("pack", "bad.jsonl", "--archive", "archive", "--out", "p.zip", names=["bad.jsonl:1"])
        self.check_to("reports.jsonl", "spun.txt")
        self.refused("pack", "reports.jsonl", "--out", "p.zip", names=["--archive"])
        self.refused("pack", "reports.jsonl", "--archive", "archive", "--out", "reports.jsonl", names=["reports.jsonl"])

    def test_suspects_are_found_in_another_folder(self):
        self.check_to("reports.jsonl", "spun.txt")
        (self.folder / "kept").mkdir()
        (self.folder / "spun.txt").rename(self.folder / "kept" / "spun.txt")
        self.pack("reports.jsonl", "--archive", "archive", "--suspects", "kept")
        self.assert_equal("pack.zip")

    def test_a_pack_goes_to_standard_output(self):
        self.check_to("reports.jsonl", "spun.txt")
        pack = self.pack("reports.jsonl", "--archive", "archive")
        self.assertEqual(pack, self.run_program("pack", "reports.jsonl", "--archive", "archive", "--out", "-").out_bytes)
        self.assertEqual(pack, self.run_program("pack", "pack.zip", "--out", "-").out_bytes)


class Verifying(pack_support.PackTest):
    def setUp(self):
        super().setUp()
        self.write("ferry.txt", FERRY)
        self.write("spun.txt", FERRY_SPUN)
        self.write("report.json", self.run_program("compare", "ferry.txt", "spun.txt", "--json").out)
        self.files = files_of(self.pack("report.json"))

    def differences(self, files, right_manifest=True, status=FOUND):
        self.write("changed.zip", packed(pack_support.with_right_manifest(files) if right_manifest else files))
        (check,) = self.verify("changed.zip", status=status)
        return [(one["path"], one["text"]) for one in check["differences"]]

    def test_a_number_is_named_with_both_values(self):
        report = self.files["reports/0001/report.json"].decode()
        kept = int(re.search(r'"kept":(\d+)', report)[1])
        changed = report.replace(f'"kept":{kept}', f'"kept":{kept + 1}', 1)
        found = self.differences({**self.files, "reports/0001/report.json": changed.encode()})
        self.assertIn(("reports/0001/report.json",
                       f"findings[0].words.kept: the pack has {kept + 1}, made again {kept}"), found)

    def test_a_changed_source_is_named_alone(self):
        found = self.differences({**self.files, "reports/0001/suspect/received.bin": FERRY_SPUN.encode() + b"x"}, False)
        self.assertEqual(["reports/0001/suspect/received.bin"], [path for path, _ in found])

    def test_a_changed_source_with_a_right_manifest_contradicts_the_report(self):
        changed = FERRY_SPUN.replace("640", "641").encode()
        found = self.differences({**self.files, "reports/0001/suspect/received.bin": changed})
        self.assertIn("suspect.file_sha256", " ".join(text for path, text in found if path.endswith("report.json")))

    def test_a_pack_that_another_program_packed_again_is_named(self):
        entries = [(pack_support.entry(path, compress_type=pack_support.zipfile.ZIP_DEFLATED), content)
                   for path, content in self.files.items()]
        self.write("changed.zip", pack_support.zipped(entries))
        (check,) = self.verify("changed.zip", status=FOUND)
        (difference,) = check["differences"]
        self.assertIn("the zip is not the one that unspin writes from these files", difference["text"])

    def test_what_is_no_zip_is_refused(self):
        for name, content in {"text.zip": b"hello", "empty.zip": b"", "cut.zip": packed(self.files)[:1000]}.items():
            self.write(name, content)
            self.refused("verify", name, names=[name, "cannot be read as a pack"])

    def test_archives_and_packs_are_verified_together(self):
        self.make_archive()
        result = self.run_program("verify", "archive", "pack.zip")
        self.assertEqual(["archive: 3 articles in 1 segment, every checksum right"], result.out.splitlines()[:1])
        self.assertIn("pack.zip: equal: 1 report computed again", result.out)
        self.write("changed.zip", packed({**self.files, "README.txt": b"other\n"}))
        self.run_program("verify", "archive", "changed.zip", status=FOUND)
        self.run_program("verify", "absent", "changed.zip", status=FAILED)
        self.assertEqual("", self.run_program("verify", "pack.zip", "--quiet").out)

    def test_an_empty_zip_is_no_pack(self):
        self.write("empty.zip", packed({}))
        (check,) = self.verify("empty.zip", status=FOUND)
        self.assertIn("manifest.json", [one["path"] for one in check["differences"]])


class Logs(pack_support.PackTest):
    def line(self, seq, previous, **changes):
        event = {"seq": seq, "time": f"2026-11-30T10:00:0{seq}.000Z", "person": "anna", "action": "noted", "case": 3,
                 "details": {"n": seq}, "previous": previous, **changes}
        text = json.dumps(event, separators=(",", ":"))
        digest = hashlib.sha256(text.encode()).hexdigest()
        return text[:-1] + f',"hash":"{digest}"' + "}", digest

    def setUp(self):
        super().setUp()
        self.write("ferry.txt", FERRY)
        self.write("spun.txt", FERRY_SPUN)
        self.write("report.json", self.run_program("compare", "ferry.txt", "spun.txt", "--json").out)

    def test_a_changed_log_is_refused(self):
        first, head = self.line(1, "")
        second, _ = self.line(2, head)
        self.write("log.jsonl", first + "\n" + second.replace('"n":2', '"n":3') + "\n")
        self.refused("pack", "report.json", "--log", "log.jsonl", "--out", "p.zip", names=["log.jsonl: line 2"])
        third, _ = self.line(2, "00" * 32)
        self.write("log.jsonl", first + "\n" + third + "\n")
        self.refused("pack", "report.json", "--log", "log.jsonl", "--out", "p.zip", names=["log.jsonl: line 2"])

    def test_a_log_that_was_made_up_is_named(self):
        other, _ = self.line(3, "0" * 64, case=999, time="2020-01-01T00:00:00.000Z")
        later, _ = self.line(9, "garbage", case=5, time="1999-01-01T00:00:00.000Z")
        report = (self.folder / "report.json").read_bytes().strip()
        named, _ = self.line(1, "", details={"report_sha256": hashlib.sha256(report).hexdigest()})
        self.write("log.jsonl", named + "\n")
        files = files_of(self.pack("report.json", "--log", "log.jsonl"))
        self.assertEqual(named + "\n", files["reports/0001/custody.jsonl"].decode())
        files["reports/0001/custody.jsonl"] = f"{other}\n{later}\n".encode()
        self.write("forged.zip", packed(pack_support.with_right_manifest(files)))
        (check,) = self.verify("forged.zip", status=FOUND)
        self.assertEqual(["reports/0001/custody.jsonl"], [one["path"] for one in check["differences"]])

    def test_licences_that_nothing_used_are_rules_all_the_same(self):
        self.write("licences.csv", "site\nelsewhere.example\n")
        files = files_of(self.pack("report.json", "--licences", "licences.csv"))
        self.assert_equal("pack.zip")
        files["reports/0001/licences.csv"] = b"<script>1</script> THE USE IS UNLICENSED\n"
        self.write("forged.zip", packed(pack_support.with_right_manifest(files)))
        (check,) = self.verify("forged.zip", status=FOUND)
        self.assertEqual({"reports/0001/licences.csv"}, {one["path"] for one in check["differences"]})

    def test_a_file_may_have_the_name_of_a_line(self):
        for name in ("Options:  none.txt", "a\nOptions:  {}\nVerdict: none.txt"):
            with self.subTest(name):
                (self.folder / name).write_text(FERRY_SPUN)
                self.write("named.json", self.run_program("compare", "ferry.txt", name, "--json").out)
                method = files_of(self.pack("named.json"))["reports/0001/method.txt"].decode()
                self.assert_equal("pack.zip")
                self.assertEqual(["Options:  none"], [line for line in method.splitlines() if line.startswith("Options:")])


class Timestamps(pack_support.PackTest):
    @classmethod
    def setUpClass(cls):
        holder = support.tempfile.TemporaryDirectory(prefix="unspin-tsa-")
        cls.addClassCleanup(holder.cleanup)
        cls.authority = pack_support.Authority(pathlib.Path(holder.name) / "one", "Stamps of the test")
        cls.other = pack_support.Authority(pathlib.Path(holder.name) / "two", "Other stamps")

    def setUp(self):
        super().setUp()
        self.write("ferry.txt", FERRY)
        self.write("spun.txt", FERRY_SPUN)
        self.write("report.json", self.run_program("compare", "ferry.txt", "spun.txt", "--json").out)
        self.files = files_of(self.pack("report.json"))
        self.write("reply.tsr", self.authority.reply(self.files["manifest.tsq"]))

    def verify_stamped(self, pack, *options, status=DONE):
        result = self.run_program("verify", pack, "--json", *options, status=status)
        check = json.loads(result.out)
        return check, " ".join(check["notes"] + [one["text"] for one in check["differences"]])

    def test_the_request_is_the_one_that_openssl_writes(self):
        self.write("manifest.json", self.files["manifest.json"])
        written = subprocess.run(["openssl", "ts", "-query", "-data", "manifest.json", "-sha256", "-cert", "-no_nonce"],
                                 cwd=self.folder, check=True, capture_output=True).stdout
        self.assertEqual(written, self.files["manifest.tsq"])

    def test_a_right_reply_is_packed_and_checked(self):
        stamped = files_of(self.pack("pack.zip", "--timestamp", "reply.tsr", out="stamped.zip"))
        self.assertEqual((self.folder / "reply.tsr").read_bytes(), stamped.pop("manifest.tsr"))
        self.assertEqual(self.files, stamped)
        self.assertEqual((self.folder / "stamped.zip").read_bytes(),
                         self.pack("report.json", "--timestamp", "reply.tsr", out="at-once.zip"))
        self.assertEqual((self.folder / "stamped.zip").read_bytes(), self.pack("stamped.zip", out="again.zip"))
        both = self.run_program("pack", "stamped.zip", "report.json", "--out", "both.zip")
        self.assertIn("stamped.zip: its timestamp is left out", both.err)
        self.assertNotIn("manifest.tsr", files_of((self.folder / "both.zip").read_bytes()))
        self.refused("verify", "stamped.zip", "--timestamp-ca", "report.json", names=["report.json", "BEGIN CERTIFICATE"])
        check, said = self.verify_stamped("stamped.zip")
        self.assertTrue(check["equal"])
        self.assertIn("Stamps of the test", said)
        self.assertIn("--timestamp-ca", said)
        root = self.authority.folder / "root.pem"
        self.assertIn("certify", self.verify_stamped("stamped.zip", "--timestamp-ca", root)[1])
        verified = subprocess.run(["openssl", "ts", "-verify", "-data", "/dev/stdin", "-in", self.folder / "reply.tsr",
                                   "-CAfile", root], input=self.files["manifest.json"], capture_output=True)
        self.assertIn(b"Verification: OK", verified.stdout + verified.stderr)

    def test_an_authority_that_is_not_trusted_is_named(self):
        self.pack("pack.zip", "--timestamp", "reply.tsr", out="stamped.zip")
        check, said = self.verify_stamped("stamped.zip", "--timestamp-ca", self.other.folder / "root.pem", status=FOUND)
        self.assertEqual(["manifest.tsr"], [one["path"] for one in check["differences"]])
        self.assertIn("not certified", said)

    def test_a_reply_for_another_manifest_is_refused(self):
        other = pack_support.request_for(b"other", self.files["manifest.tsq"])
        self.write("other.tsr", self.authority.reply(other))
        self.refused("pack", "pack.zip", "--timestamp", "other.tsr", "--out", "p.zip", names=["stamps other bytes"])
        self.write("p.zip", packed({**self.files, "manifest.tsr": (self.folder / "other.tsr").read_bytes()}))
        check, said = self.verify_stamped("p.zip", status=FOUND)
        self.assertEqual(["manifest.tsr"], [one["path"] for one in check["differences"]])
        self.assertIn("stamps other bytes", said)

    def test_a_damaged_reply_is_refused(self):
        reply = (self.folder / "reply.tsr").read_bytes()
        signature = len(reply) - 20
        for name, damaged in {"cut": reply[:-9], "empty": b"", "text": b"hello", "long": reply + b"x",
                              "signature": reply[:signature] + bytes([reply[signature] ^ 1]) + reply[signature + 1:]}.items():
            with self.subTest(name):
                self.write("p.zip", packed({**self.files, "manifest.tsr": damaged}))
                check, _ = self.verify_stamped("p.zip", status=FOUND)
                self.assertEqual(["manifest.tsr"], [one["path"] for one in check["differences"]])
                if damaged:
                    self.write("bad.tsr", damaged)
                    self.refused("pack", "pack.zip", "--timestamp", "bad.tsr", "--out", "q.zip", names=["timestamp"])


if __name__ == "__main__":
    unittest.main()
