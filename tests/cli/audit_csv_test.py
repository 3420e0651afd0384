"""`audit --csv`, its summary by site, and the README's lines that ask an audit's output."""

import collections
import csv
import io
import json
import os
import re
import shutil
import signal
import subprocess
import time
import unittest

import support
from support import FERRY, FERRY_APART, FERRY_SPUN, LIBRARY, ORCHARD, jsonl

NUMBERS = ("probability", "evidence", "coverage", "rewrite", "longest_run", "narration", "quotation")
FORMULA = re.compile(r"[\s\"'“”‘’]*[=+\-@＝＋－＠]")

SUSPECTS = [{"id": "=s0", "text": FERRY_SPUN, "site": "@Copy, \"Daily\"", "title": "+1\n\t=2", "author": "Ann",
             "published": "2026-03-05"},
            {"id": "s1", "text": FERRY_APART, "url": "https://www.post.example/1", "author": "Bob"},
            {"id": "s2", "text": LIBRARY, "url": "https://user@WWW.Post.example:8080/2", "author": "Bob", "title": "L’été"},
            {"id": "s3", "text": "Too short."},
            {"id": "s4", "text": ORCHARD, "title": "a;=1", "author": "Ann"}]


class AuditTest(support.ProgramTest):
    def setUp(self):
        super().setUp()
        self.make_archive()
        self.write("s.jsonl", jsonl(SUSPECTS))

    def audit(self, *options, suspects="s.jsonl", **others):
        return self.run_program("audit", suspects, "--archive", "archive", "--out", "r.jsonl", *options, **others)

    def text(self, name):
        return (self.folder / name).read_bytes().decode("utf-8")

    def reports(self):
        return [json.loads(line) for line in self.text("r.jsonl").splitlines()]

    def rows(self, name="f.csv"):
        return list(csv.DictReader(io.StringIO(self.text(name), newline="")))


class Table(AuditTest):
    def test_has_a_row_for_each_finding_in_the_order_of_the_reports(self):
        self.audit("--csv", "f.csv", "--all")
        findings = [(report, finding) for report in self.reports() for finding in report["findings"]]
        rows = self.rows()
        self.assertGreater(len(findings), 3)
        self.assertEqual(len(findings), len(rows))
        for (report, finding), row in zip(findings, rows):
            self.assertEqual(report["id"], row["report"])
            self.assertEqual(finding["original"]["id"], row["original_id"])
            self.assertEqual(str(finding["original"]["version"]), row["original_version"])
            for name in ("verdict", "extent", "manner", "direction"):
                self.assertEqual(finding[name], row[name])
            shared = finding["shared"]["suspect"]
            self.assertEqual([finding["probability"], finding["evidence"], finding["coverage"]["suspect"],
                              finding["rewrite"], finding["longest_verbatim_run"], shared["narration"],
                              shared["quotation"]], [float(row[name]) for name in NUMBERS])

    def test_no_cell_is_a_formula_and_every_finding_is_a_line(self):
        self.audit("--csv", "f.csv", "--all")
        rows = self.rows()
        self.assertEqual(len(rows) + 1, self.text("f.csv").count("\n"))
        self.assertNotIn("\r", self.text("f.csv"))
        for row in rows:
            self.assertNotIn(None, row)
            for name, cell in row.items():
                if name not in NUMBERS and not cell.startswith("'"):
                    self.assertIsNone(FORMULA.match(cell), cell)
                    self.assertIsNone(re.search(r";\s*[=+\-@]", cell), cell)
        spun, copy = rows[0], rows[-1]
        self.assertEqual(("'=s0", "'@Copy, \"Daily\"", "'+1  =2"),
                         (spun["suspect_id"], spun["suspect_site"], spun["suspect_title"]))
        self.assertEqual("a;'=1", copy["suspect_title"])

    def test_evidence_below_zero_is_a_number(self):
        self.audit("--csv", "f.csv", "--all", "--prior", "0.0001")
        self.assertTrue(any(float(row["evidence"]) < 0 for row in self.rows()))

    def test_the_site_comes_from_the_address_where_none_is_given(self):
        self.audit("--csv", "f.csv")
        self.assertEqual({"'=s0": "'@Copy, \"Daily\"", "s2": "post.example", "s4": ""},
                         {row["suspect_id"]: row["suspect_site"] for row in self.rows()})

    def test_without_findings_there_are_only_names(self):
        self.write("none.jsonl", jsonl(SUSPECTS[3:4]))
        self.audit("--csv", "f.csv", suspects="none.jsonl")
        self.assertEqual(1, self.text("f.csv").count("\n"))

    def test_threads_and_details_change_no_judgement(self):
        tables = set()
        for options in (("--threads", "1"), ("--threads", "4"), ("--csv", "-")):
            out = self.audit("--csv", "f.csv", "--force", *options[:2]) if options[0] == "--threads" else self.audit(
                "--force", *options)
            tables.add(out.out or self.text("f.csv"))
        self.assertEqual(1, len(tables))

    def test_resumed_reports_are_in_the_table(self):
        self.audit("--csv", "f.csv", "--summary", "sum.json")
        files = {name: self.text(name) for name in ("r.jsonl", "f.csv", "sum.json")}
        lines = files["r.jsonl"].splitlines(keepends=True)
        for kept in ("", "".join(lines[:1]), "".join(lines[:3]) + lines[3][:40], "".join(lines)):
            self.write("r.jsonl", kept)
            self.audit("--csv", "f.csv", "--summary", "sum.json", "--resume")
            self.assertEqual(files, {name: self.text(name) for name in files})

    def test_a_table_that_is_there_is_not_lost(self):
        self.write("f.csv", "my notes\n")
        self.refused("audit", "s.jsonl", "--archive", "archive", "--out", "r.jsonl", "--csv", "f.csv",
                     names=["f.csv", "--force"])
        self.assertEqual("my notes\n", self.text("f.csv"))
        self.assertFalse((self.folder / "r.jsonl").exists())

    def test_outputs_that_cannot_be_are_refused_before_the_work(self):
        for option in ("--csv", "--summary"):
            for path, said in (("no/such/f", "folder"), ("s.jsonl", "is the input"), ("r.jsonl", "--out"),
                               ("archive/MANIFEST", "archive")):
                self.refused("audit", "s.jsonl", "--archive", "archive", "--out", "r.jsonl", option, path, names=said)
        self.refused("audit", "s.jsonl", "--archive", "archive", "--out", "-", "--csv", "-", names="standard output")
        self.assertFalse((self.folder / "r.jsonl").exists())

    def test_a_stopped_run_leaves_no_part_of_a_table(self):
        process = subprocess.Popen([str(support.PROGRAM), "audit", "-", "--archive", "archive", "--out", "r.jsonl",
                                    "--csv", "f.csv"], cwd=self.folder, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdin.write(jsonl(support.made_records(range(400))).encode())
        process.stdin.flush()
        for _ in range(400):
            if (self.folder / "r.jsonl").exists() and (self.folder / "r.jsonl").stat().st_size > 0:
                break
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        self.assertEqual(-signal.SIGINT, process.wait(60))
        process.stdin.close()
        process.stderr.close()
        self.assertEqual([], [name for name in os.listdir(self.folder) if name.startswith("f.csv")])

    def test_a_run_that_stops_at_a_bad_record_leaves_none(self):
        self.write("bad.jsonl", jsonl(SUSPECTS[:2]) + "{\n" + jsonl(SUSPECTS[2:]))
        self.audit("--csv", "f.csv", "--strict", suspects="bad.jsonl", status=support.FAILED)
        self.assertEqual([], [name for name in os.listdir(self.folder) if name.startswith("f.csv")])
        self.audit("--csv", "f.csv", "--resume", suspects="bad.jsonl", status=support.SKIPPED)
        self.assertEqual(3, len(self.rows()))

    def test_what_a_killed_process_left_is_swept(self):
        self.write("f.csv.tmp-99999999", "part")
        self.write(f"f.csv.tmp-{os.getpid()}", "part")
        self.audit("--csv", "f.csv")
        self.assertEqual(["f.csv", f"f.csv.tmp-{os.getpid()}"],
                         sorted(name for name in os.listdir(self.folder) if name.startswith("f.csv")))

    def test_duckdb_finds_names_and_types_by_itself(self):
        python = support.oracle_python("duckdb")
        self.audit("--csv", "f.csv", "--all")
        script = "import duckdb, json; print(json.dumps(duckdb.sql(\"DESCRIBE FROM 'f.csv'\").fetchall()))"
        found = json.loads(subprocess.run([python, "-c", script], cwd=self.folder, stdout=subprocess.PIPE, check=True).stdout)
        types = {column[0]: column[1] for column in found}
        self.assertEqual(list(self.rows()[0]), [column[0] for column in found])
        self.assertEqual({"DOUBLE"}, {types[name] for name in NUMBERS[:4]})
        self.assertEqual({"BIGINT"}, {types[name] for name in NUMBERS[4:] + ("original_version",)})


class Sites(AuditTest):
    def summary(self):
        return json.loads(self.text("sum.json"))

    def test_are_counted_in_the_summary(self):
        result = self.audit("--summary", "sum.json")
        summary = self.summary()
        sites = {site["site"]: site for site in summary["sites"]}
        self.assertEqual({"@Copy, \"Daily\"": 1, "post.example": 2, None: 2},
                         {name: site["suspects"] for name, site in sites.items()})
        self.assertEqual((1, 0), (sites["post.example"]["findings"]["by_verdict"]["copy"],
                                  sites["post.example"]["findings"]["by_verdict"]["spun"]))
        self.assertEqual(summary["findings"]["named"], sum(site["findings"]["named"] for site in summary["sites"]))
        self.assertAlmostEqual(summary["findings"]["expected_false"],
                               sum(site["findings"]["expected_false"] for site in summary["sites"]), 5)
        self.assertNotIn("other_sites", summary)
        self.assertRegex(result.err, r"(?m)^ +1 +2 +0\.0  post\.example$")
        self.assertRegex(result.err, r"(?m)^ +1 +2 +0\.0  \(unknown\)$")
        self.assertEqual("", self.audit("--force", "--quiet").err)

    def test_those_with_most_findings_come_first(self):
        suspects = [{"id": f"{site}{i}", "text": LIBRARY if i < copies else FERRY_APART, "site": site}
                    for site, count, copies in (("few", 3, 1), ("most", 3, 3), ("none", 9, 0)) for i in range(count)]
        suspects += [{"id": f"x{i}", "text": "Too short.", "site": f"site {i:05}"} for i in range(10_005)]
        self.write("many.jsonl", jsonl(suspects))
        result = self.audit("--summary", "sum.json", suspects="many.jsonl")
        summary = self.summary()
        self.assertEqual(["most", "few", "none", "site 00000"], [site["site"] for site in summary["sites"][:4]])
        self.assertEqual(10_000, len(summary["sites"]))
        self.assertEqual((8, 0), (summary["other_sites"]["suspects"], summary["other_sites"]["findings"]["named"]))
        self.assertEqual(["most", "few"], re.findall(r"(?m)^ +\d+ +\d+ +\d\.\d  (.+)$", result.err))

    def test_names_do_not_reach_the_terminal_as_commands(self):
        self.write("odd.jsonl", jsonl([{"id": "a", "text": LIBRARY, "site": "\x1b[31mred\nnext " + "x" * 300}]))
        err = self.audit(suspects="odd.jsonl").err
        self.assertNotIn("\x1b", err)
        self.assertIn("red next", err)
        self.assertTrue(all(len(line) < 110 for line in err.splitlines()))


class ReadmeLines(AuditTest):
    """The lines that the README shows for jq and DuckDB answer what it says, here on other articles."""

    def setUp(self):
        super().setUp()
        self.readme = (support.SOURCE / "README.md").read_text("utf-8")
        suspects = [dict(SUSPECTS[i % 5], id=f"s{i}") for i in range(40)]
        self.write("crawl.jsonl", jsonl(suspects))
        lines = [line for line in self.readme.splitlines() if line.startswith("unspin audit crawl.jsonl ")]
        self.assertEqual(1, len(lines))
        self.run_program(*lines[0].split()[1:])
        self.strong = collections.Counter()
        for report in (json.loads(line) for line in self.text("reports.jsonl").splitlines()):
            if any(finding["probability"] > 0.9 for finding in report["findings"]):
                self.strong[report["suspect"]["id"]] += 1
        self.by_id = {suspect["id"]: suspect for suspect in suspects}
        self.assertGreater(len(self.strong), 20)

    def line(self, begin):
        (line,) = [line for line in self.readme.splitlines() if line.startswith(begin)]
        return line

    def test_jq(self):
        if shutil.which("jq") is None:
            self.skipTest("no jq; tools/dev/setup installs it")
        done = subprocess.run(["bash", "-c", self.line("jq ")], cwd=self.folder, stdout=subprocess.PIPE, check=True)
        found = {site: int(count) for count, site in (line.split(None, 1) for line in done.stdout.decode().splitlines())}
        self.assertEqual(collections.Counter(self.by_id[name].get("site", "unknown") for name in self.strong), found)

    def test_duckdb(self):
        python = support.oracle_python("duckdb")
        query = re.fullmatch(r'duckdb -c "([^"]+)"', self.line("duckdb ")).group(1)
        script = "import duckdb, json, sys; print(json.dumps(duckdb.sql(sys.argv[1]).fetchall()))"
        done = subprocess.run([python, "-c", script, query], cwd=self.folder, stdout=subprocess.PIPE, check=True)
        expected = collections.Counter(self.by_id[name].get("author") for name in self.strong)
        self.assertEqual(sorted(expected.items(), key=lambda one: (-one[1], one[0])),
                         [(author, count) for author, count, _ in json.loads(done.stdout)])


if __name__ == "__main__":
    unittest.main()
