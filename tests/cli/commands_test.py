"""Every command of the program, from outside: what it prints where, what it leaves, and its exit status."""

import bz2
import gzip
import hashlib
import html.parser
import json
import lzma
import os
import pty
import re
import select
import subprocess
import time
import unittest

import support
from support import DONE, FAILED, FERRY, FERRY_APART, FERRY_SPUN, FOUND, LIBRARY, ORCHARD, SKIPPED, jsonl


class Page(html.parser.HTMLParser):
    """The text of a page, and its links."""

    def __init__(self, path):
        super().__init__()
        self.links, self.words, self.hidden = [], [], 0
        self.feed(path.read_text(encoding="utf-8"))
        self.text = " ".join(self.words)

    def handle_starttag(self, tag, attributes):
        self.hidden += tag in ("style", "script")
        if tag == "a":
            self.links.append(dict(attributes).get("href"))

    def handle_endtag(self, tag):
        self.hidden -= tag in ("style", "script")

    def handle_data(self, data):
        if not self.hidden:
            self.words += data.split()


class Help(support.ProgramTest):
    def test_each_command_explains_itself_with_two_examples(self):
        for command in support.COMMANDS:
            with self.subTest(command):
                shown = self.run_program(command, "--help")
                examples = support.examples(shown.out)
                self.assertEqual(2, len(examples))
                self.assertTrue(all(f"unspin {command}" in example for example in examples), examples)
                self.assertEqual("", shown.err)

    def test_commands_that_work_in_parallel_take_threads(self):
        for command in ("index", "check", "compare", "align", "audit"):
            with self.subTest(command):
                self.assertIn("--threads", self.run_program(command, "--help").out)

    def test_the_program_lists_its_commands_and_says_its_version(self):
        shown = self.run_program("--help").out
        for command in support.COMMANDS:
            self.assertRegex(shown, rf"(?m)^  {command} ")
        self.assertRegex(self.run_program("--version").out, r"^unspin \d+\.\d+\.\d+\n$")


class Index(support.ProgramTest):
    def counts(self, result):
        names = ("articles", "new", "new versions", "unchanged", "bad records")
        numbers = re.search(r"articles +(\d+) \((\d+) new, (\d+) new versions?, (\d+) unchanged, (\d+) bad records?\)",
                            result.out)
        self.assertIsNotNone(numbers, result.out)
        return dict(zip(names, map(int, numbers.groups())))

    def test_prints_articles_bytes_seconds_and_speed_and_nothing_else(self):
        self.write("in.jsonl", jsonl([{"id": "ferry", "text": FERRY}, {"id": "orchard", "text": ORCHARD}]))
        result = self.run_program("index", "in.jsonl", "--archive", "archive")
        self.assertEqual({"articles": 2, "new": 2, "new versions": 0, "unchanged": 0, "bad records": 0},
                         self.counts(result))
        self.assertIn(f"{len((FERRY + ORCHARD).encode())} bytes", result.out)
        self.assertRegex(result.out, r"in [\d.]+ s: [\d.]+ MB/s")
        self.assertEqual("", result.err)

    def test_indexing_again_changes_nothing(self):
        self.make_archive()
        before = self.info("archive")
        files = {path.name: path.read_bytes() for path in (self.folder / "archive").iterdir() if path.name != "LOCK"}
        self.make_archive()
        self.assertEqual(before, self.info("archive"))
        self.assertEqual(files, {path.name: path.read_bytes() for path in (self.folder / "archive").iterdir()
                                 if path.name != "LOCK"})
        again = self.run_program("index", "-", "--archive", "archive",
                                 stdin=jsonl([{"id": "ferry", "text": FERRY}]).encode())
        self.assertEqual(1, self.counts(again)["unchanged"])

    def test_another_text_under_a_known_id_is_its_next_version(self):
        self.make_archive()
        changed = jsonl([{"id": "ferry", "text": FERRY.replace("May", "June")}]).encode()
        result = self.run_program("index", "-", "--archive", "archive", stdin=changed)
        self.assertEqual(1, self.counts(result)["new versions"])
        self.assertEqual("4", self.info("archive")["articles"])
        suspect = changed.replace(b'"id": "ferry"', b'"id": "suspect"')
        report = self.run_program("check", "-", "--archive", "archive", "--json", stdin=suspect).report
        versions = {finding["original"]["version"] for finding in report["findings"]
                    if finding["original"]["id"] == "ferry"}
        self.assertIn(2, versions)

    def test_the_suspects_own_record_is_set_aside_in_all_its_versions(self):
        self.make_archive()
        changed = jsonl([{"id": "ferry", "text": FERRY.replace("May", "June")}]).encode()
        self.run_program("index", "-", "--archive", "archive", stdin=changed)
        result = self.run_program("check", "-", "--archive", "archive", "--json", stdin=changed)
        self.assertEqual([{"id": "ferry", "why": "the suspect's own record"}], result.report["set_aside"])
        self.assertEqual([], result.report["findings"])
        self.assertIn("set aside", self.run_program("check", "-", "--archive", "archive", stdin=changed).out)

    def test_replace_drops_the_earlier_versions(self):
        self.make_archive()
        changed = jsonl([{"id": "ferry", "text": FERRY.replace("May", "June")}]).encode()
        self.run_program("index", "-", "--archive", "archive", "--replace", stdin=changed)
        self.assertEqual("3", self.info("archive")["articles"])
        report = self.run_program("check", "-", "--archive", "archive", "--json", "--all",
                                  stdin=FERRY.encode()).report
        self.assertEqual([("ferry", 2)], [(f["original"]["id"], f["original"]["version"]) for f in report["findings"]
                                          if f["original"]["id"] == "ferry"])

    def test_records_without_an_id_are_named_by_file_and_line(self):
        self.write("in.jsonl", jsonl([{"text": ORCHARD}, {"text": FERRY}, {"id": "mine", "text": LIBRARY}]))
        self.run_program("index", "in.jsonl", "--archive", "archive")
        for text, wanted in ((ORCHARD, "in.jsonl#1"), (FERRY, "in.jsonl#2"), (LIBRARY, "mine")):
            report = self.run_program("check", "-", "--archive", "archive", "--json", stdin=text.encode()).report
            self.assertEqual(wanted, report["findings"][0]["original"]["id"])

    def test_other_field_names_can_be_given(self):
        record = {"guid": 7, "body": FERRY, "head": "The ferry", "link": "http://ferry.example/", "day": "2031-01-15"}
        self.write("in.jsonl", jsonl([record]))
        self.run_program("index", "in.jsonl", "--archive", "archive", "--id-field", "guid", "--text-field", "body",
                         "--title-field", "head", "--url-field", "link", "--published-field", "day")
        report = self.run_program("check", "-", "--archive", "archive", "--json", stdin=FERRY.encode()).report
        original = report["findings"][0]["original"]
        self.assertEqual(("7", "The ferry", "http://ferry.example/", "2031-01-15"),
                         tuple(original[name] for name in ("id", "title", "url", "published")))

    def test_a_folder_yields_its_files_in_the_order_of_their_names(self):
        self.write("in/b.txt", ORCHARD)
        self.write("in/a/deep.txt", FERRY)
        self.write("in/c.html", f"<html><body><article><p>{LIBRARY}</p></article></body></html>")
        self.write("in/.hidden.txt", LIBRARY)
        self.assertEqual(3, self.counts(self.run_program("index", "in", "--archive", "archive"))["new"])
        (self.folder / "in").rename(self.folder / "copies")
        self.run_program("audit", "copies", "--archive", "archive", "--out", "out.jsonl")
        reports = [json.loads(line) for line in (self.folder / "out.jsonl").read_text().splitlines()]
        self.assertEqual(["copies/a/deep.txt", "copies/b.txt", "copies/c.html"], [report["suspect"]["id"] for report in reports])
        self.assertEqual(["copy"] * 3, [report["summary"]["verdict"] for report in reports])

    def test_compressed_files_are_the_same_articles(self):
        plain = jsonl([{"id": key, "text": text} for key, text in support.ARTICLES.items()]).encode()
        half = len(plain) // 2
        forms = {"in.jsonl": plain, "in.jsonl.gz": gzip.compress(plain), "in.jsonl.zst": support.zstd_frame(plain),
                 "in.jsonl.bz2": bz2.compress(plain), "in.jsonl.xz": lzma.compress(plain),
                 "two-members.gz": gzip.compress(plain[:half]) + gzip.compress(plain[half:]),
                 "two-frames.zst": support.zstd_frame(plain[:half]) + support.zstd_frame(plain[half:])}
        fingerprints = set()
        for name, content in forms.items():
            self.write(name, content)
            self.run_program("index", name, "--archive", name + ".archive")
            fingerprints.add(self.info(name + ".archive")["fingerprint"])
            self.run_program("index", "-", "--archive", name + ".piped", stdin=content)
            fingerprints.add(self.info(name + ".piped")["fingerprint"])
        self.assertEqual(1, len(fingerprints), fingerprints)

    def test_the_number_of_threads_does_not_change_a_byte(self):
        self.write("in.jsonl", jsonl(support.made_records(range(60))))
        files = set()
        for threads in (1, 2, 4):
            self.run_program("index", "in.jsonl", "--archive", f"a{threads}", "--threads", threads)
            files.add(tuple((path.name, path.read_bytes()) for path in sorted((self.folder / f"a{threads}").iterdir())
                            if path.name != "LOCK"))
        self.assertEqual(1, len(files))

    def test_a_second_writer_is_refused(self):
        first = subprocess.Popen([str(support.PROGRAM), "index", "-", "--archive", "archive"], cwd=self.folder,
                                 stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        try:
            lock = self.folder / "archive" / "LOCK"
            deadline = time.monotonic() + 60
            while not (lock.exists() and lock.read_bytes()) and time.monotonic() < deadline:
                time.sleep(0.002)
            self.write("in.txt", ORCHARD)
            self.refused("index", "in.txt", "--archive", "archive", names=["LOCK", str(first.pid)])
        finally:
            out, err = first.communicate(FERRY.encode(), timeout=60)
        self.assertEqual((DONE, b""), (first.returncode, err), out)
        self.run_program("index", "in.txt", "--archive", "archive")
        self.assertEqual("2", self.info("archive")["articles"])


class Check(support.ProgramTest):
    def test_finds_the_original_and_reports_all_that_is_promised(self):
        self.make_archive()
        self.write("suspects.jsonl", jsonl([
            {"id": "s1", "text": FERRY_SPUN, "title": "Boat", "url": "http://spin.example/1", "site": "Spin",
             "published": "2031-03-01", "fetched": "2031-03-02"}]))
        result = self.run_program("check", "suspects.jsonl", "--archive", "archive", "--json")
        report = result.report
        self.assert_report(report)
        self.assertEqual("", result.err)
        suspect = report["suspect"]
        self.assertEqual({"id": "s1", "title": "Boat", "url": "http://spin.example/1", "site": "Spin",
                          "published": "2031-03-01", "fetched": "2031-03-02",
                          "source": {"path": "suspects.jsonl", "record": 1}, "bytes": len(FERRY_SPUN.encode())},
                         {name: suspect[name] for name in suspect if name not in ("words", "sha256", "file_sha256")})
        self.assertRegex(suspect["sha256"], "^[0-9a-f]{64}$")
        received = (self.folder / "suspects.jsonl").read_bytes()
        self.assertEqual(hashlib.sha256(received).hexdigest(), suspect["file_sha256"])
        self.assertEqual(("spun", "whole", 1), tuple(report["summary"][n] for n in ("verdict", "extent", "originals")))
        finding = report["findings"][0]
        self.assertEqual(("ferry", 1), (finding["original"]["id"], finding["original"]["version"]))
        self.assertGreater(finding["coverage"]["suspect"], 0.8)
        self.assertIn(("phone", "telephone"),
                      [(s["suspect"].lower(), s["original"].lower()) for s in finding["substitutions"]])
        self.assertEqual({"fingerprint": self.info("archive")["fingerprint"], "articles": 3},
                         report["unspin"]["archive"])

    def test_an_independent_text_has_no_finding(self):
        self.make_archive()
        report = self.run_program("check", "-", "--archive", "archive", "--json", stdin=FERRY_APART.encode()).report
        self.assertEqual([], report["findings"])
        self.assertIn(report["summary"]["verdict"], ("independent", "unrelated"))
        self.assert_report(report)

    def test_the_text_report_goes_to_standard_output(self):
        self.make_archive()
        result = self.run_program("check", "-", "--archive", "archive", stdin=FERRY_SPUN.encode())
        self.assertIn("ferry", result.out)
        self.assertIn("SPUN", result.out)
        self.assertNotIn("\033", result.out, "no colours where nobody sees them")
        self.assertEqual("", result.err)

    def test_limit_is_the_maximum_of_findings_listed(self):
        self.make_archive(articles={f"copy-{i}": FERRY.replace("38 euros", f"{38 + i} euros") for i in range(4)})
        for limit in (1, 2, 4):
            report = self.run_program("check", "-", "--archive", "archive", "--json", "--limit", limit,
                                      stdin=FERRY.encode()).report
            self.assertEqual(limit, len(report["findings"]))
            self.assert_report(report)

    def test_all_lists_the_weak_findings_too(self):
        self.make_archive()
        few = self.run_program("check", "-", "--archive", "archive", "--json", stdin=FERRY_APART.encode()).report
        more = self.run_program("check", "-", "--archive", "archive", "--json", "--all",
                                stdin=FERRY_APART.encode()).report
        self.assertEqual([], few["findings"])
        self.assertIn("ferry", [finding["original"]["id"] for finding in more["findings"]])

    def test_fail_on_turns_a_finding_into_exit_status_1(self):
        self.make_archive()
        for text, verdict, status in ((FERRY, "copy", FOUND), (FERRY_SPUN, "copy", DONE), (FERRY_SPUN, "edited", DONE),
                                      (FERRY_SPUN, "spun", FOUND), (FERRY_SPUN, "rewritten", FOUND),
                                      (FERRY_SPUN, "excerpt", FOUND), (FERRY_APART, "excerpt", DONE),
                                      ("Too short.", "unrelated", DONE)):
            with self.subTest(verdict=verdict, text=text[:20]):
                self.run_program("check", "-", "--archive", "archive", "--fail-on", verdict, stdin=text.encode(),
                                 status=status)

    def test_the_prior_moves_the_probability_and_not_the_evidence(self):
        self.make_archive()
        found = {}
        for prior in (0.01, 0.5, 0.99):
            report = self.run_program("check", "-", "--archive", "archive", "--json", "--prior", prior,
                                      stdin=FERRY_SPUN.encode()).report
            found[prior] = report["findings"][0]
        self.assertEqual(1, len({finding["evidence"] for finding in found.values()}))
        self.assertLess(found[0.01]["probability"], found[0.5]["probability"])
        self.assertLess(found[0.5]["probability"], found[0.99]["probability"])
        odds = 10 ** found[0.5]["evidence"]
        self.assertAlmostEqual(odds / (1 + odds), found[0.5]["probability"], places=4)

    def test_html_writes_a_page_to_a_file(self):
        self.make_archive()
        self.run_program("check", "-", "--archive", "archive", "--html", "page.html", stdin=FERRY_SPUN.encode())
        page = Page(self.folder / "page.html")
        for words in ("ferry", "Pernille Asgard"):
            self.assertIn(words, page.text)

    def test_html_writes_a_page_for_each_suspect_and_an_index_to_a_folder(self):
        self.make_archive()
        self.write("in/1.txt", FERRY_SPUN)
        self.write("in/2.txt", LIBRARY)
        for folder in ("new/", "there"):
            if not folder.endswith("/"):
                (self.folder / folder).mkdir()
            self.run_program("check", "in", "--archive", "archive", "--html", folder)
            names = sorted(path.name for path in (self.folder / folder).iterdir())
            self.assertEqual(["000001.html", "000002.html", "index.html"], names)
            index = Page(self.folder / folder / "index.html")
            self.assertTrue({"000001.html", "000002.html"} <= {link.removeprefix("./") for link in index.links})
            self.assertIn("Pernille Asgard", Page(self.folder / folder / "000001.html").text)
            self.assertIn("Ottoline Brask", Page(self.folder / folder / "000002.html").text)

    def test_several_suspects_with_one_html_file_are_refused(self):
        self.make_archive()
        self.write("in/1.txt", FERRY_SPUN)
        self.write("in/2.txt", LIBRARY)
        self.refused("check", "in", "--archive", "archive", "--html", "page.html", names=["page.html", "folder"])

    def test_offsets_point_at_the_same_words_in_each_unit(self):
        lead = "Žižkov — 東京 😀 наводнение. " * 12
        self.make_archive(articles={"wide": lead + FERRY})
        suspect = "𝔘nrelated — преди 😀😀 това: " * 9 + FERRY
        quotes = {}
        for unit, cut in (("byte", lambda text, span: text.encode()[span[0]:span[1]].decode()),
                          ("codepoint", lambda text, span: text[span[0]:span[1]]),
                          ("utf16", lambda text, span: text.encode("utf-16-le")[2 * span[0]:2 * span[1]]
                           .decode("utf-16-le"))):
            report = self.run_program("check", "-", "--archive", "archive", "--json", "--offsets", unit,
                                      stdin=jsonl([{"id": "s", "text": suspect}]).encode()).report
            passages = report["findings"][0]["passages"]
            self.assertTrue(passages)
            quotes[unit] = [(cut(suspect, p["suspect"]), cut(lead + FERRY, p["original"])) for p in passages]
        self.assertIn("Pernille Asgard", "".join(in_suspect for in_suspect, _ in quotes["byte"]))
        self.assertIn("Pernille Asgard", "".join(in_original for _, in_original in quotes["byte"]))
        self.assertEqual(quotes["byte"], quotes["codepoint"])
        self.assertEqual(quotes["byte"], quotes["utf16"])

    def test_look_alike_and_hidden_characters_are_alerts_and_do_not_hide_the_original(self):
        self.make_archive()
        disguised = FERRY.replace("ferry", "f\u0435rry").replace("harbour", "har\u200bbour")
        report = self.run_program("check", "-", "--archive", "archive", "--json", stdin=disguised.encode()).report
        self.assertEqual({"look-alike-letters", "hidden-characters"}, {alert["kind"] for alert in report["alerts"]})
        for alert in report["alerts"]:
            self.assertEqual(alert["count"], len(alert["spans"]))
        self.assertEqual("ferry", report["findings"][0]["original"]["id"])

    def test_an_empty_archive_is_an_archive(self):
        self.run_program("index", "-", "--archive", "archive", "--format", "jsonl", stdin=b"\n", status=None)
        (self.folder / "nothing").mkdir()
        self.refused("index", "nothing", "--archive", "empty", names="nothing")
        self.assertEqual("0", self.info("empty")["articles"])
        self.run_program("verify", "empty")
        report = self.run_program("check", "-", "--archive", "empty", "--json", stdin=FERRY.encode()).report
        self.assertEqual(("unrelated", []), (report["summary"]["verdict"], report["findings"]))


class Compare(support.ProgramTest):
    def test_one_pair_gives_one_report_with_one_finding_whatever_the_verdict(self):
        self.write("original.txt", FERRY)
        for name, text, verdicts in (("copy.txt", FERRY, ["copy"]), ("spun.txt", FERRY_SPUN, ["spun"]),
                                     ("apart.txt", FERRY_APART, ["independent", "unrelated"]),
                                     ("other.txt", ORCHARD, ["unrelated"])):
            self.write(name, text)
            result = self.run_program("compare", "original.txt", name, "--json")
            self.assert_report(result.report)
            self.assertIn(result.report["summary"]["verdict"], verdicts)
            self.assertEqual(["original.txt"], [f["original"]["id"] for f in result.report["findings"]])
            self.assertEqual("", result.err)

    def test_an_identical_article_is_not_rewritten_at_all(self):
        self.write("original.txt", FERRY)
        report = self.run_program("compare", "original.txt", "original.txt", "--json").report
        finding = report["findings"][0]
        self.assertEqual((0, 0, 1, 1), (finding["rewrite"], finding["distance"], finding["coverage"]["suspect"],
                                        finding["coverage"]["original"]))

    def test_case_and_a_copyright_notice_change_nothing(self):
        self.write("original.txt", FERRY)
        self.write("shouted.txt", FERRY.upper() + "\nCopyright 2031 Orrevik Evening Post. All rights reserved.\n")
        finding = self.run_program("compare", "original.txt", "shouted.txt", "--json").report["findings"][0]
        self.assertEqual(("copy", 0), (finding["verdict"], finding["rewrite"]))

    def test_dates_decide_the_direction(self):
        for earlier, later, direction in (("2031-01-01", "2031-02-01", "from-original"),
                                          ("2031-02-01", "2031-01-01", "to-original")):
            self.write("original.jsonl", jsonl([{"id": "o", "text": FERRY, "published": earlier}]))
            self.write("suspect.jsonl", jsonl([{"id": "s", "text": FERRY_SPUN, "published": later}]))
            report = self.run_program("compare", "original.jsonl", "suspect.jsonl", "--json").report
            self.assertEqual(direction, report["findings"][0]["direction"])

    def test_standard_input_can_be_a_side(self):
        self.write("original.txt", FERRY)
        report = self.run_program("compare", "original.txt", "-", "--json", stdin=FERRY_SPUN.encode()).report
        self.assertEqual("spun", report["summary"]["verdict"])

    def test_html_is_one_page(self):
        self.write("original.txt", FERRY)
        self.write("suspect.txt", FERRY_SPUN)
        self.run_program("compare", "original.txt", "suspect.txt", "--html", "page.html")
        self.assertIn("Pernille Asgard", Page(self.folder / "page.html").text)

    def test_a_file_of_two_articles_is_refused(self):
        self.write("two.jsonl", jsonl([{"text": FERRY}, {"text": ORCHARD}]))
        self.write("one.txt", FERRY)
        self.refused("compare", "two.jsonl", "one.txt", names=["two.jsonl", "--pairs"])

    def pairs(self):
        return [{"original": FERRY, "suspect": FERRY_SPUN, "original_id": "o-1", "suspect_id": "s-1", "label": 3},
                {"original": FERRY, "suspect": ORCHARD},
                {"original": LIBRARY, "suspect": LIBRARY, "suspect_id": "s-3"}]

    def test_pairs_give_one_report_per_line_in_order(self):
        self.write("pairs.jsonl", jsonl(self.pairs()))
        result = self.run_program("compare", "--pairs", "pairs.jsonl")
        self.assertEqual(["spun", "unrelated", "copy"], [r["summary"]["verdict"] for r in result.reports])
        for report in result.reports:
            self.assert_report(report)
            self.assertEqual(1, len(report["findings"]))
        self.assertEqual(("s-1", "o-1"), (result.reports[0]["suspect"]["id"],
                                          result.reports[0]["findings"][0]["original"]["id"]))
        self.assertEqual("s-3", result.reports[2]["suspect"]["id"])
        self.assertEqual(3, len({report["id"] for report in result.reports}))

    def test_a_line_of_pairs_may_hold_any_valid_json(self):
        fields = json.dumps({"original": FERRY, "suspect": FERRY, "suspect_id": "s"})[1:]
        lines = ('\ufeff{"n": 98765432109876543210, ' + fields, '{"original": "first", "suspect": null, ' + fields + " \r")
        result = self.run_program("compare", "--pairs", "-", stdin="\n".join(lines).encode())
        self.assertEqual([("s", "copy")] * 2, [(r["suspect"]["id"], r["summary"]["verdict"]) for r in result.reports])

    def test_pairs_leave_passages_and_substitutions_out_unless_asked(self):
        self.write("pairs.jsonl", jsonl(self.pairs()[:1]))
        brief = self.run_program("compare", "--pairs", "pairs.jsonl").report["findings"][0]
        full = self.run_program("compare", "--pairs", "pairs.jsonl", "--full").report["findings"][0]
        self.assertFalse(brief["passages"] or brief["substitutions"])
        self.assertTrue(full["passages"] and full["substitutions"])
        for name in ("verdict", "evidence", "rewrite", "coverage", "words"):
            self.assertEqual(brief[name], full[name])

    def test_a_bad_line_of_pairs_gets_a_report_in_its_place(self):
        good = jsonl(self.pairs()[:1])
        lines = [good, "{broken\n", '{"original": "x"}\n', "[1, 2]\n", "\n", '{"original": 5, "suspect": "x"}\n', good]
        result = self.run_program("compare", "--pairs", "-", stdin="".join(lines).encode(), status=SKIPPED)
        self.assertEqual(["spun"] + ["insufficient"] * 5 + ["spun"], [r["summary"]["verdict"] for r in result.reports])
        self.assertEqual([False] + [True] * 5 + [False], ["error" in report for report in result.reports])
        for line in range(2, 7):
            self.assertIn(f":{line}: ", result.err)
            self.assertIn(f":{line}: ", result.reports[line - 1]["error"])

    def test_the_number_of_threads_does_not_change_a_byte(self):
        texts = list(support.ARTICLES.values()) + [FERRY_SPUN, FERRY_APART]
        self.write("pairs.jsonl", jsonl([{"original": a, "suspect": b} for a in texts for b in texts] * 4) + "broken\n")
        outputs = {self.run_program("compare", "--pairs", "pairs.jsonl", "--full", "--threads", threads,
                                    status=SKIPPED).out for threads in (1, 2, 4)}
        self.assertEqual(1, len(outputs))
        self.assertEqual(101, len(outputs.pop().splitlines()))


class Audit(support.ProgramTest):
    SUSPECTS = [{"id": "s0", "text": FERRY_SPUN, "section": "sea", "rank": 1.50, "tags": ["a", {"b": None}]},
                {"id": "s1", "text": FERRY_APART, "section": "land"},
                {"id": "s2", "text": LIBRARY},
                {"id": "s3", "text": "Too short."}]

    def audit(self, *options, suspects=None, status=DONE):
        self.write("suspects.jsonl", jsonl(suspects or self.SUSPECTS))
        result = self.run_program("audit", "suspects.jsonl", "--archive", "archive", "--out", "out.jsonl",
                                  *(() if "--resume" in options else ("--force",)), *options,
                                  status=status)
        self.assertEqual("", result.out)
        return [json.loads(line) for line in (self.folder / "out.jsonl").read_text("utf-8").splitlines()], result

    def test_writes_one_report_per_suspect_in_input_order(self):
        self.make_archive()
        reports, result = self.audit()
        self.assertEqual(["s0", "s1", "s2", "s3"], [report["suspect"]["id"] for report in reports])
        for report in reports:
            self.assert_report(report)
        self.assertEqual(["spun", "copy", "insufficient"], [reports[i]["summary"]["verdict"] for i in (0, 2, 3)])
        self.assertEqual([1, 0, 1, 0], [len(report["findings"]) for report in reports])
        self.assertIn("4 suspects", result.err)
        self.assertIn("spun 1", result.err)

    def test_reports_equal_those_of_check(self):
        self.make_archive()
        reports, _ = self.audit()
        checked = self.run_program("check", "suspects.jsonl", "--archive", "archive", "--json").reports
        self.assertEqual(checked, reports)

    def test_quiet_leaves_standard_error_empty(self):
        self.make_archive()
        self.assertEqual("", self.audit("--quiet")[1].err)

    def test_out_can_be_standard_output(self):
        self.make_archive()
        reports, _ = self.audit()
        piped = self.run_program("audit", "suspects.jsonl", "--archive", "archive", "--out", "-")
        self.assertEqual(reports, piped.reports)

    def test_keep_copies_input_fields_through(self):
        self.make_archive()
        reports, _ = self.audit("--keep", "section,tags,rank")
        self.assertEqual({"section": "sea", "tags": ["a", {"b": None}], "rank": 1.5}, reports[0]["suspect"]["kept"])
        self.assertEqual({"section": "land"}, reports[1]["suspect"]["kept"])
        self.assertNotIn("kept", reports[2]["suspect"])

    def test_keep_writes_json_in_one_form(self):
        self.make_archive()
        self.write("suspects.jsonl", '{"id": "s", "text": "Too short.", "a": [1.50, -0, 1E5, 98765432109876543210], "b": "\\u00e9\\/\\u001f"}\n')
        self.run_program("audit", "suspects.jsonl", "--archive", "archive", "--out", "out.jsonl", "--keep", "b,a,b")
        self.assertIn('"kept":{"b":"é/\\u001f","a":[1.5,0,100000.0,9.876543210987654e+19]}',
                      (self.folder / "out.jsonl").read_text("utf-8"))

    def test_brief_leaves_passages_and_substitutions_out(self):
        self.make_archive()
        full, _ = self.audit()
        brief, _ = self.audit("--brief")
        self.assertTrue(full[0]["findings"][0]["passages"])
        self.assertFalse(brief[0]["findings"][0]["passages"] or brief[0]["findings"][0]["substitutions"])
        self.assertEqual(full[0]["summary"], brief[0]["summary"])

    def test_the_number_of_threads_does_not_change_a_byte(self):
        self.make_archive()
        suspects = [dict(record, id=f"{record['id']}-{i}") for i in range(20) for record in self.SUSPECTS]
        outputs = set()
        for threads in (1, 2, 4):
            self.audit("--threads", threads, suspects=suspects)
            outputs.add((self.folder / "out.jsonl").read_bytes())
        self.assertEqual(1, len(outputs))

    def test_the_same_articles_in_several_segments_give_the_same_findings(self):
        self.make_archive()
        one, _ = self.audit()
        for line, (key, text) in enumerate(support.ARTICLES.items()):
            record = "\n" * line + jsonl([{"id": key, "text": text}])  # its line is part of the report
            self.run_program("index", "-", "--archive", "parts", stdin=record.encode())
        self.assertEqual(3, len(self.info("parts")["files"]))
        self.assertEqual(self.info("archive")["fingerprint"], self.info("parts")["fingerprint"])
        self.run_program("audit", "suspects.jsonl", "--archive", "parts", "--out", "parts.jsonl")
        parts = [json.loads(line) for line in (self.folder / "parts.jsonl").read_text("utf-8").splitlines()]
        self.assertEqual(one, parts)


class BadRecords(support.ProgramTest):
    """One bad record among four: which exit status, and what is done nevertheless."""

    def setUp(self):
        super().setUp()
        good = [{"id": f"made-{i}", "text": support.made_article(i)} for i in range(3)]
        lines = jsonl(good).splitlines(keepends=True)
        self.write("in.jsonl", lines[0] + '{"id": "no text"}\n' + "".join(lines[1:]))

    def test_is_skipped_named_by_file_and_line_and_gives_status_3(self):
        result = self.run_program("index", "in.jsonl", "--archive", "archive", status=SKIPPED)
        self.assertIn("in.jsonl:2: ", result.err)
        self.assertIn("1 bad record", result.out)
        self.assertEqual("3", self.info("archive")["articles"])
        self.run_program("check", "in.jsonl", "--archive", "archive", status=SKIPPED)
        audit = self.run_program("audit", "in.jsonl", "--archive", "archive", "--out", "out.jsonl", status=SKIPPED)
        self.assertIn("in.jsonl:2: ", audit.err)
        self.assertIn("1 bad record", audit.err)

    def test_max_bad_is_the_share_that_still_counts_as_done(self):
        for share, status in ((0, SKIPPED), (0.2, SKIPPED), (0.25, DONE), (1, DONE)):
            self.run_program("index", "in.jsonl", "--archive", "archive", "--max-bad", share, status=status)

    def test_strict_stops_at_the_first_bad_record(self):
        result = self.refused("index", "in.jsonl", "--archive", "archive", "--strict", names="in.jsonl:2: ")
        self.assertNotIn("in.jsonl:3", result.err)
        self.run_program("verify", "archive")
        self.assertLess(int(self.info("archive")["articles"]), 3)

    def test_only_bad_records_is_a_failure(self):
        self.write("bad.jsonl", '{"id": 1}\n{"id": 2}\n')
        self.refused("index", "bad.jsonl", "--archive", "archive", names=["bad.jsonl:1: ", "bad.jsonl:2: "])


class InfoAndVerify(support.ProgramTest):
    def test_info_says_what_an_archive_holds(self):
        self.make_archive()
        facts = self.info("archive")
        self.assertEqual(("3", "1"), (facts["articles"], facts["segments"]))
        self.assertEqual(f"{sum(len(text.encode()) for text in support.ARTICLES.values())} bytes", facts["text"])
        size = sum(path.stat().st_size for path in (self.folder / "archive").iterdir() if path.name != "LOCK")
        self.assertEqual(f"{size} bytes", facts["on disk"])
        self.assertEqual([path.name for path in (self.folder / "archive").glob("segment*")], facts["files"])
        for name in ("scheme", "lexicon", "model", "kernels", "fingerprint"):
            self.assertTrue(facts[name], name)

    def test_info_names_the_allocator_that_was_configured(self):
        self.make_archive()
        cache = (support.BUILD / "CMakeCache.txt").read_text("utf-8")
        configured = re.search(r"(?m)^UNSPIN_MIMALLOC:BOOL=(\w+)$", cache)[1]
        self.assertRegex(self.info("archive")["allocator"], r"^mimalloc \d+\.\d+\.\d+$" if configured == "ON" else "^C library$")

    def test_verify_passes_an_intact_archive(self):
        self.make_archive()
        result = self.run_program("verify", "archive")
        self.assertIn("3 articles", result.out)
        self.assertEqual("", result.err)


class Progress(support.ProgramTest):
    """Standard error as a terminal: the line with the rate appears after a second, and --quiet silences it."""

    def feed(self, *options, seconds):
        ours, theirs = pty.openpty()
        run = subprocess.Popen([str(support.PROGRAM), "index", "-", "--archive", f"archive{len(options)}", *options],
                               cwd=self.folder, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=theirs)
        os.close(theirs)
        shown, written = b"", 0
        try:
            end = time.monotonic() + seconds
            while b"/s" not in shown and time.monotonic() < end:
                for _ in range(10):
                    run.stdin.write(jsonl([{"id": written, "text": f"{written} {FERRY}"}]).encode())
                    written += 1
                run.stdin.flush()
                if select.select([ours], [], [], 0.02)[0]:
                    shown += os.read(ours, 4096)
            run.stdin.close()
            self.assertEqual(DONE, run.wait(timeout=120))
        finally:
            run.kill()
            run.wait()
            os.close(ours)
        return shown.decode()

    def test_a_line_with_the_rate_appears_on_a_terminal(self):
        self.assertRegex(self.feed(seconds=60), r"\d+ articles, \d+/s, [\d.]+ MB/s")

    def test_quiet_suppresses_the_line(self):
        self.assertEqual("", self.feed("--quiet", seconds=2))


class Readers(support.ProgramTest):
    def test_an_archive_learns_the_replacements_of_a_spinner(self):
        stories = ("harbour-spill", "rail-strike", "vent-field", "looted-bronze")
        samples = os.path.join(support.SOURCE, "datasets", "samples")
        self.run_program("index", *[os.path.join(samples, story, "original.txt") for story in stories], "--archive", "spun-archive")
        nothing = self.run_program("spins", "spun-archive")
        self.assertEqual("", nothing.out)
        self.assertIn("--learn", nothing.err)
        suspects = [os.path.join(samples, story, "spun.txt") for story in stories]
        learnt = self.run_program("audit", *suspects, "--archive", "spun-archive", "--out", "reports.jsonl", "--learn")
        self.assertIn("learnt from 4 articles", learnt.err)
        listed = self.run_program("spins", "spun-archive", "--format", "json")
        entries = [json.loads(line) for line in listed.out.splitlines()]
        self.assertTrue(entries)
        self.assertTrue(all(entry["pairs"] >= 2 for entry in entries))
        again = self.run_program("audit", *suspects, "--archive", "spun-archive", "--out", "again.jsonl", "--learn", "--threads", "3")
        self.assertIn("learnt from 0 articles", again.err)
        self.assertEqual(listed.out, self.run_program("spins", "spun-archive", "--format", "json").out)
        self.assertIn("original,suspect,uses,pairs", self.run_program("spins", "spun-archive", "--format", "csv").out)
        compared = self.run_program("spins", "--compare", "reports.jsonl", "again.jsonl")
        self.assertIn("likeness", compared.out)
        self.write("broken.jsonl", "{}\n")
        self.refused("spins", "--compare", "broken.jsonl", "again.jsonl", names=["broken.jsonl:1"])
        self.refused("spins", names=["spins", "--compare"])

    def test_bad_arguments_are_named_in_the_error(self):
        self.write("in.txt", FERRY)
        self.make_archive()
        for arguments, name in ((["nonsense"], "nonsense"), (["kitchen"], "kitchen"), ([], "command"), (["index"], "INPUT"),
                                (["index", "in.txt"], "--archive"), (["check", "in.txt"], "--archive"),
                                (["check", "in.txt", "--archive", "archive", "--bogus"], "--bogus"),
                                (["check", "in.txt", "--archive", "archive", "--limit", "2.5"], "--limit"),
                                (["check", "in.txt", "--archive", "archive", "--limit", "0"], "--limit"),
                                (["check", "in.txt", "--archive", "archive", "--threads", "-1"], "--threads"),
                                (["check", "in.txt", "--archive", "archive", "--prior", "1.5"], "--prior"),
                                (["check", "in.txt", "--archive", "archive", "--prior", "nan"], "--prior"),
                                (["check", "in.txt", "--archive", "archive", "--fail-on", "lies"], "lies"),
                                (["check", "in.txt", "--archive", "archive", "--offsets", "lines"], "lines"),
                                (["index", "in.txt", "--archive", "new", "--max-bad", "2"], "--max-bad"),
                                (["index", "in.txt", "--archive", "new", "--format", "pdf"], "pdf"),
                                (["compare"], "--pairs"), (["compare", "in.txt"], "SUSPECT"),
                                (["compare", "in.txt", "in.txt", "--pairs", "in.txt"], "--pairs"),
                                (["align", "--pairs", "in.txt"], "--"), (["audit", "in.txt"], "--archive"),
                                (["info"], "ARCHIVE"), (["verify"], "ARCHIVE")):
            with self.subTest(" ".join(arguments)):
                self.assertEqual("", self.refused(*arguments, names=name).out)
        self.assertFalse((self.folder / "new").exists())

    def test_missing_files_and_folders_are_named_in_the_error(self):
        self.write("in.txt", FERRY)
        self.make_archive()
        for arguments in (["index", "absent", "--archive", "new"], ["check", "absent", "--archive", "archive"],
                          ["check", "in.txt", "--archive", "absent"], ["compare", "absent", "in.txt"],
                          ["compare", "in.txt", "absent"], ["compare", "--pairs", "absent"],
                          ["audit", "absent", "--archive", "archive", "--out", "out.jsonl"],
                          ["audit", "in.txt", "--archive", "absent", "--out", "out.jsonl"],
                          ["audit", "in.txt", "--archive", "archive", "--out", "absent/out.jsonl"],
                          ["align", "--pairs", "absent", "--suspects", ".", "--originals", ".", "--out", "out"],
                          ["dedup", "absent", "--out", "out.jsonl"], ["dedup", "in.txt", "--out", "absent/out.jsonl"],
                          ["stage", "sketch", "absent", "--out", "out"], ["stage", "sketch", "in.txt", "--out", "absent/out"],
                          ["stage", "join", "absent", "--out", "out"], ["stage", "cluster", "absent", "--out", "out"],
                          ["sketch", "absent", "--out", "out"], ["sketch", "in.txt", "--out", "absent/out"],
                          ["remove", "ferry", "--archive", "absent"], ["merge", "absent/archive"],
                          ["info", "absent"], ["verify", "absent"]):
            with self.subTest(" ".join(arguments)):
                self.assertEqual("", self.refused(*arguments, names="absent").out)
        self.assertEqual({"in.txt", "archive"}, {path.name for path in self.folder.iterdir()})


if __name__ == "__main__":
    unittest.main()
