"""`unspin serve` from outside: every route, who may do what, and what happens when it is stopped or killed."""

import contextlib
import gzip
import json
import os
import re
import signal
import sqlite3
import subprocess
import threading
import unittest

import serve_support
import support
from serve_support import ServedTest, Server
from support import FAILED, FERRY, FERRY_APART, FERRY_SPUN, LIBRARY, ORCHARD, jsonl

PAGE = f"""<!doctype html><html><head><title>Night ferry is back</title>
<link rel="canonical" href="https://copies.example/ferry"></head><body><nav><a href="/">Home</a> <a href="/n">News</a></nav>
<article><h1>Night ferry is back</h1>{"".join(f"<p>{part}</p>" for part in FERRY_SPUN.split(chr(10) + chr(10))[1:])}</article>
<footer>Imprint</footer></body></html>"""


class Check(ServedTest):
    def assert_same_as_program(self, body, type, *options, query=""):
        shown = self.run_program("check", "-", "--archive", "archive", "--json", *options,
                                 stdin=body if isinstance(body, bytes) else body.encode())
        answer = self.server.post("/v1/check" + query, body, type)
        self.assertEqual(200, answer.status, answer.body)
        self.assertEqual(shown.out_bytes, answer.body)

    def test_the_report_has_the_bytes_of_the_program(self):
        whole = json.dumps({"id": "x", "text": FERRY_SPUN, "url": "https://a.example/x", "published": "2026-03-05"})
        for name, body, type in (("text", FERRY_SPUN, "text/plain"), ("page", PAGE, "text/html"),
                                 ("json", whole, "application/json"), ("other", FERRY_APART, "text/plain"),
                                 ("short", "Two words.", "text/plain"),
                                 ("gzip", gzip.compress(FERRY_SPUN.encode(), mtime=0), "text/plain"),
                                 ("old letters", "Caf\xe9 ".encode("latin-1") + FERRY_SPUN.encode(), "text/plain")):
            with self.subTest(name):
                self.assert_same_as_program(body, type)

    def test_the_samples_get_the_bytes_of_the_program(self):
        samples = sorted((support.SOURCE / "datasets" / "samples").glob("*/*.txt"))
        self.run_program("index", *samples, "--archive", "archive")
        for sample in samples[::5]:
            with self.subTest(sample.name):
                self.assert_same_as_program(sample.read_bytes(), "text/plain")

    def test_options_are_those_of_the_program(self):
        self.assert_same_as_program(FERRY_SPUN, "text/plain", "--all", "--limit", "2", "--prior", "0.01",
                                    query="?all=1&limit=2&prior=0.01")
        self.assert_same_as_program("é " + FERRY_SPUN, "text/plain", "--offsets", "utf16", query="?offsets=utf16")

    def test_html_in_a_field_is_read_as_by_the_text_field_option(self):
        body = json.dumps({"id": "x", "html": PAGE})
        self.assert_same_as_program(body, "application/json", "--text-field", "html")

    def test_bodies_that_are_no_article_are_refused_in_words(self):
        for body, type, status, code in (("", "text/plain", 400, "unreadable_body"),
                                         ("{\"text\": \"a", "application/json", 400, "invalid_json"),
                                         ("[1]", "application/json", 400, "invalid_json"),
                                         ("{}", "application/json", 400, "unreadable_body"),
                                         ("a=b", "application/x-www-form-urlencoded", 415, "content_type"),
                                         ("\x89PNG", "image/png", 415, "content_type"),
                                         (b"\x89PNG\r\n\x1a\n" + bytes(100), "application/octet-stream", 400, "unreadable_body"),
                                         (gzip.compress(b"x" * 5000)[:-9], "text/plain", 400, "unreadable_body"),
                                         (jsonl([{"text": "a b"}, {"text": "c d"}]), "text/plain", 400, "unreadable_body")):
            with self.subTest(body=body[:20], type=type):
                answer = self.server.post("/v1/check", body, type)
                self.assertEqual((status, code), (answer.status, answer.code), answer.message)
                self.assertEqual("application/problem+json", answer.type)
                self.assertGreater(len(answer.message.split()), 3)

    def test_a_body_without_a_type_is_refused(self):
        self.assertEqual(415, self.server.post("/v1/check", "text", "").status)

    def test_arguments_are_checked(self):
        for query in ("limit=0", "limit=x", "prior=2", "offsets=words", "all=perhaps"):
            with self.subTest(query):
                self.assertEqual("bad_argument", self.server.post("/v1/check?" + query, FERRY_SPUN).code)

    def test_nothing_is_stored(self):
        self.server.post("/v1/check", FERRY_SPUN)
        self.assertEqual(0, self.server.get("/v1/cases").json["total"])
        self.assertEqual(b"", self.server.get("/v1/log").body)

    def test_compare_has_the_bytes_of_the_program(self):
        self.write("original", FERRY)
        self.write("suspect", FERRY_SPUN)
        shown = self.run_program("compare", "original", "suspect", "--json")
        answer = self.server.post("/v1/compare", {"original": FERRY, "suspect": FERRY_SPUN})
        self.assertEqual(shown.out_bytes, answer.body)

    def test_compare_takes_objects(self):
        answer = self.server.post("/v1/compare", {"original": {"text": FERRY, "id": "o"}, "suspect": {"html": PAGE, "id": "s"}})
        self.assertEqual(200, answer.status, answer.body)
        self.assertEqual(("s", "o"), (answer.json["suspect"]["id"], answer.json["findings"][0]["original"]["id"]))

    def test_compare_without_a_side_is_refused(self):
        self.assertIn("`suspect`", self.server.post("/v1/compare", {"original": FERRY}).message)

    def test_a_view_is_a_fragment_that_runs_nothing(self):
        answer = self.server.post("/v1/check?html=1", FERRY_SPUN + "<script>alert(1)</script>")
        self.assertEqual("text/html", answer.type)
        self.assertNotIn(b"<script", answer.body)
        self.assertIn("sandbox", answer.headers["Content-Security-Policy"])


class Bodies(ServedTest):
    OPTIONS = ("--max-body", "64KiB")

    def test_a_large_body_is_refused(self):
        self.assertEqual(413, self.server.post("/v1/check", "word " * 20_000).status)

    def test_a_body_that_unpacks_to_more_is_refused(self):
        answer = self.server.post("/v1/check", gzip.compress(b"word " * 1_000_000))
        self.assertEqual(400, answer.status)
        self.assertEqual(200, self.server.post("/v1/check", gzip.compress(FERRY_SPUN.encode())).status)

    def test_bad_lines_that_unpack_to_more_are_refused_soon(self):
        answer = self.server.post("/v1/articles?name=a.jsonl", gzip.compress(b"x\n" * 1_000_000),
                                  "application/octet-stream")
        self.assertEqual(400, answer.status)
        good = jsonl([{"id": "a", "text": support.made_article(1)}]).encode()
        added = self.server.post("/v1/articles?name=a.jsonl", gzip.compress(good + b"x\n" * 1_000_000),
                                 "application/octet-stream").json
        self.assertEqual(1, added["added"])
        self.assertEqual(1001, len(added["bad"]))
        self.assertIn("other records are bad", added["bad"][-1]["message"])


class Articles(ServedTest):
    def test_an_added_article_is_found_at_once(self):
        suspect = LIBRARY.replace("library", "reading room")
        self.run_program("remove", "library", "--archive", "archive")
        self.assertEqual([], self.server.post("/v1/check", suspect).json["findings"])
        added = self.server.post("/v1/articles", {"id": "lib", "text": LIBRARY})
        self.assertEqual({"added": 1, "new_versions": 0, "unchanged": 0, "bad": []}, added.json)
        found = self.server.post("/v1/check", suspect).json["findings"]
        self.assertEqual("lib", found[0]["original"]["id"])

    def test_what_another_process_adds_is_found(self):
        self.write("new.jsonl", jsonl([{"id": "apart", "text": FERRY_APART}]))
        self.run_program("index", "new.jsonl", "--archive", "archive")
        found = self.server.post("/v1/check", FERRY_APART).json["findings"]
        self.assertEqual("apart", found[0]["original"]["id"])

    def test_bad_records_are_told_and_the_others_kept(self):
        body = jsonl([{"id": "a", "text": support.made_article(1)}]) + "{\n" + jsonl([{"id": "b", "text": support.made_article(2)}])
        added = self.server.post("/v1/articles", body, "application/x-ndjson").json
        self.assertEqual((2, 1), (added["added"], len(added["bad"])))

    def test_versions_and_texts(self):
        for text in (support.made_article(1), support.made_article(2), support.made_article(2)):
            self.server.post("/v1/articles", {"id": "a/b c", "text": text})
        versions = self.server.get("/v1/articles/a%2Fb%20c").json["versions"]
        self.assertEqual([(1, support.made_article(1)), (2, support.made_article(2))],
                         [(one["version"], one["text"]) for one in versions])
        self.assertEqual(1, len(self.server.get("/v1/articles/a%2Fb%20c?version=2").json["versions"]))

    def test_a_text_without_an_id_needs_a_name(self):
        self.assertIn("name", self.server.post("/v1/articles", FERRY_APART).message)
        self.assertEqual(1, self.server.post("/v1/articles?name=apart.txt", FERRY_APART).json["added"])
        self.assertEqual(200, self.server.get("/v1/articles/apart.txt").status)

    def test_a_removed_article_is_no_candidate(self):
        self.assertEqual(204, self.server.request("DELETE", "/v1/articles/ferry").status)
        self.assertEqual(404, self.server.request("DELETE", "/v1/articles/ferry").status)
        self.assertEqual(404, self.server.get("/v1/articles/ferry").status)
        self.assertEqual([], self.server.post("/v1/check", FERRY_SPUN).json["findings"])

    def test_the_archive_is_described_as_by_info(self):
        said = json.loads(self.run_program("info", "archive", "--json").out)
        shown = self.server.get("/v1/archive").json
        for name in ("articles", "text_bytes", "fingerprint", "scheme", "model", "kernels", "version", "lexicon"):
            self.assertEqual(said[name], shown[name], name)

    def test_a_damaged_archive_leaves_the_one_before_in_use(self):
        manifest = self.folder / "archive" / "MANIFEST"
        whole = manifest.read_bytes()
        manifest.write_bytes(whole[:-5])
        self.assertEqual(1, len(self.server.post("/v1/check", FERRY_SPUN).json["findings"]))
        self.assertIn("MANIFEST", self.server.get("/v1/archive").json["problem"])
        self.assertNotIn("MANIFEST", self.server.get("/healthz").json["archive_problem"])  # anybody may read it
        manifest.write_bytes(whole)
        self.assertEqual(1, len(self.server.post("/v1/check", FERRY_SPUN).json["findings"]))
        self.assertNotIn("archive_problem", self.server.get("/healthz").json)


class Cases(ServedTest):
    def test_a_case_holds_the_report_of_a_check(self):
        opened = self.server.post("/v1/cases", FERRY_SPUN)
        self.assertEqual(201, opened.status)
        checked = self.server.post("/v1/check?offsets=text", FERRY_SPUN).json
        self.assertEqual(checked, opened.json["report"])
        case = opened.json["case"]
        self.assertEqual(("new", "none", "ferry", 1), (case["state"], case["decision"], case["original_id"], case["revision"]))
        self.assertEqual(checked["id"], case["report"])
        self.assertEqual(f"/v1/cases/{case['id']}", opened.headers["Location"])
        self.assertEqual(opened.json["case"], self.server.get(opened.headers["Location"]).json["case"])

    def test_the_same_suspect_is_the_same_case(self):
        first = self.server.post("/v1/cases", FERRY_SPUN)
        again = self.server.post("/v1/cases", FERRY_SPUN)
        self.assertEqual((200, True), (again.status, again.json["existed"]))
        self.assertEqual(first.json["case"]["id"], again.json["case"]["id"])
        elsewhere = self.server.post("/v1/cases?url=https://b.example/2", FERRY_SPUN)
        self.assertEqual(201, elsewhere.status)
        self.assertEqual("https://b.example/2", elsewhere.json["case"]["url"])

    def test_views_and_permanent_addresses(self):
        opened = self.server.post("/v1/cases?html=1", PAGE, "text/html").json
        case = opened["case"]
        view = self.server.get(f"/v1/cases/{case['id']}/report.html")
        self.assertEqual(opened["html"], view.body.decode())
        page = self.server.get(f"/r/{case['report']}")
        self.assertEqual("text/html", page.type)
        self.assertIn(view.body, page.body)
        self.assertIn("script-src 'self'", page.headers["Content-Security-Policy"])
        for link in re.findall(r'(?:href|src)="(/page/[^"]+)"', page.body.decode()):
            self.assertEqual(200, self.server.get(link).status, link)
        self.assertEqual(opened["report"], self.server.get(f"/v1/reports/{case['report']}").json)

    def test_a_lost_view_is_made_again(self):
        case = self.open_case()["case"]
        path = f"/v1/cases/{case['id']}/report.html"
        before = self.server.get(path).body
        for file in (self.folder / "archive.desk" / "views").rglob("*.zst"):
            file.unlink()
        self.assertEqual(before, self.server.get(path).body)
        self.assertEqual(200, self.server.get(f"/r/{case['report']}").status)

    def test_decisions_notes_and_people_are_in_the_history(self):
        case = self.open_case()
        for part, value in (("assignee", {"assignee": "Ada"}), ("notes", {"note": "asked the site"}),
                            ("state", {"state": "review"}), ("decision", {"decision": "pursue", "reason": "whole text"})):
            answer = self.server.change(case, part, value)
            self.assertEqual(200, answer.status, answer.body)
            case = answer.json
        self.assertEqual(("decided", "pursue", "whole text", "Ada", 5),
                         tuple(case["case"][name] for name in ("state", "decision", "reason", "assignee", "revision")))
        self.assertEqual(["opened", "assigned", "noted", "state-set", "decided"], [row["action"] for row in case["history"]])
        self.assertEqual({"local"}, {row["person"] for row in case["history"]})

    def test_a_decision_needs_a_reason(self):
        self.assertEqual(400, self.server.change(self.open_case(), "decision", {"decision": "pursue"}).status)

    def test_the_slower_of_two_changes_is_refused(self):
        case = self.open_case()
        self.assertEqual(200, self.server.change(case, "notes", {"note": "a"}).status)
        for part, value in (("decision", {"decision": "dismiss", "reason": "own text"}),
                            ("assignee", {"assignee": "Bo"}), ("state", {"state": "closed"}), ("erase", {"reason": "asked"}),
                            ("exclusions", {"kind": "source", "original": "ferry", "reason": "ours"})):
            with self.subTest(part):
                late = self.server.change(case, part, value)
                self.assertEqual((412, "changed"), (late.status, late.code))
        without = self.server.post(f"/v1/cases/{case['case']['id']}/state", {"state": "review"})
        self.assertEqual(428, without.status)

    def test_wrong_words_are_refused(self):
        case = self.open_case()
        for part, value in (("decision", {"decision": "sue", "reason": "x"}), ("state", {"state": "open"}), ("notes", {}),
                            ("notes", {"note": 5}), ("exclusions", {"kind": "passage", "reason": "x"}),
                            ("exclusions", {"kind": "passage", "span": [9, 3], "reason": "x"}),
                            ("exclusions", {"kind": "passage", "span": [0, 99999999], "reason": "x"}),
                            ("exclusions", {"kind": "source", "original": "ferry"})):
            with self.subTest(part=part, value=value):
                self.assertEqual(400, self.server.change(case, part, value).status)

    def test_unknown_cases_are_not_found(self):
        for path in ("/v1/cases/99", "/v1/cases/x", "/v1/cases/0", "/v1/cases/99/report.html", "/v1/reports/" + "0" * 32,
                     "/r/" + "0" * 32, "/r/..", "/v1/reports/%2e%2e%2f"):
            with self.subTest(path):
                self.assertIn(self.server.get(path).status, (400, 404))

    def test_the_inbox_filters_sorts_and_pages(self):
        for number, text in enumerate((FERRY_SPUN, FERRY, ORCHARD, FERRY_APART)):
            self.open_case(text, url=f"https://site{number % 2}.example/{number}", site=f"site{number % 2}.example")
        everything = self.server.get("/v1/cases?sort=-probability").json
        self.assertEqual(4, everything["total"])
        probabilities = [case["probability"] for case in everything["cases"]]
        self.assertEqual(sorted(probabilities, reverse=True), probabilities)
        paged, after = [], ""
        while after is not None:
            page = self.server.get(f"/v1/cases?sort=-probability&limit=1&after={after}").json
            paged += page["cases"]
            after = page["next"]
        self.assertEqual(everything["cases"], paged)
        self.assertEqual(2, self.server.get("/v1/cases?site=site1.example").json["total"])
        self.assertEqual(2, self.server.get("/v1/cases?original=ferry&min_probability=0.9").json["total"])
        self.assertEqual(1, self.server.get("/v1/cases?q=cherry").json["total"])
        self.assertEqual(400, self.server.get("/v1/cases?sort=luck").status)
        self.assertEqual(400, self.server.get("/v1/cases?after=nonsense").status)

    def test_the_inbox_as_a_table(self):
        titles = {7: "=1+1", 8: "News;=1+1;-b - c;\"@d\"", 9: "\n=1+1"}
        for number in range(120):
            self.open_case(FERRY_SPUN, url=f"https://a.example/{number}", title=titles.get(number, "a, \"b\""))
        answer = self.server.get("/v1/cases?sort=id", Accept="text/csv")
        self.assertEqual("text/csv", answer.type)
        self.assertEqual(answer.body, self.server.get("/v1/cases?sort=id&format=csv").body)
        import csv
        import io
        self.assertTrue(answer.body.startswith(b"\xef\xbb\xbfid,"))  # Excel reads UTF-8 by this mark only
        rows = list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"), newline="")))
        self.assertEqual([f"https://a.example/{number}" for number in range(120)], [row["url"] for row in rows])
        self.assertEqual(["a, \"b\"", "'=1+1"], [rows[0]["title"], rows[7]["title"]])
        # A spreadsheet that cuts at semicolons begins cells where this table has none.
        self.assertEqual("News;'=1+1;'-b - c;\"'@d\"", rows[8]["title"])
        self.assertEqual("' =1+1", rows[9]["title"])
        self.assertEqual({""}, {row["suspect_id"] for row in rows})  # none was given

    def test_a_case_is_a_line_of_the_table(self):
        case = self.open_case(title="two\nlines")
        self.server.change(case, "decision", {"decision": "pursue", "reason": "first\r\nsecond"})
        lines = self.server.get("/v1/cases", Accept="text/csv").body.decode("utf-8-sig").splitlines()
        self.assertEqual(2, len(lines), lines)
        self.assertIn("first  second", lines[1])

    def test_the_site_is_that_of_the_address(self):
        self.assertEqual(201, self.server.post("/v1/licences", {"site": "daily.example"}).status)
        page = f'<meta property="og:site_name" content="Daily Money Brief"><title>x</title><p>{FERRY_SPUN}</p>'
        cases = [self.open_case(FERRY_SPUN, url=url)["case"]
                 for url in ("https://www.daily.example/a", "www.daily.example/b", "daily.example/c")]
        cases.append(self.server.post("/v1/cases?url=www.daily.example/d", page, "text/html").json["case"])
        cases.append(self.server.post("/v1/cases", {"text": FERRY, "url": "news.daily.example/e"}).json["case"])
        self.assertEqual(["daily.example"] * 3 + ["Daily Money Brief", "news.daily.example"], [case["site"] for case in cases])
        self.assertEqual(["https://www.daily.example/b", "https://daily.example/c"], [case["url"] for case in cases[1:3]])
        self.assertEqual({"licensed"}, {case["licence"] for case in cases})
        self.assertEqual(3, self.server.get("/v1/cases?site=daily.example").json["total"])

    def test_what_is_no_address_stays_as_it_is(self):
        for url in ("page.html", "a b.example/c", "https://a.example/b", "/a/b.html", "note"):
            with self.subTest(url):
                self.assertEqual(url, self.open_case(FERRY_SPUN, url=url)["case"]["url"])

    def test_a_case_is_named_by_what_is_known(self):
        self.assertEqual("Ferry news", self.open_case(FERRY_SPUN, title="Ferry news", url="https://a.example/1")["case"]["title"])
        self.assertEqual("https://a.example/2", self.open_case(FERRY_SPUN, url="https://a.example/2")["case"]["title"])
        self.assertEqual("id 7", self.server.post("/v1/cases", {"text": FERRY, "id": "id 7"}).json["case"]["title"])
        title = self.server.post("/v1/cases", {"text": FERRY_SPUN}).json["case"]["title"]
        self.assertTrue(title.endswith(" …") and FERRY_SPUN.split()[0] == title.split()[0], title)

    def test_notes_do_not_conflict(self):
        case = self.open_case()
        self.server.change(case, "assignee", {"assignee": "Ada"})
        self.assertEqual(200, self.server.change(case, "notes", {"note": "with an older revision"}).status)
        answer = self.server.post(f"/v1/cases/{case['case']['id']}/notes", {"note": "without any"})
        self.assertEqual(["opened", "assigned", "noted", "noted"], [row["action"] for row in answer.json["history"]])

    def test_sites_originals_and_licences(self):
        self.assertEqual(201, self.server.post("/v1/licences", {"site": "b.example", "from": "2020-01-01", "note": "yearly"}).status)
        self.open_case(FERRY_SPUN, url="https://a.example/1", site="a.example", published="2026-03-05")
        self.open_case(FERRY, url="https://b.example/1", site="b.example", published="2026-03-04")
        self.assertEqual("licensed", self.server.get("/v1/cases?site=b.example").json["cases"][0]["licence"])
        sites = {card["site"]: card for card in self.server.get("/v1/sites").json["sites"]}
        self.assertEqual({"a.example", "b.example"}, set(sites))
        self.assertEqual(sites["a.example"], self.server.get("/v1/sites/a.example").json)
        self.assertEqual(404, self.server.get("/v1/sites/c.example").status)
        copies = self.server.get("/v1/originals/ferry/cases").json["cases"]
        self.assertEqual(["b.example", "a.example"], [copy["case"]["site"] for copy in copies])
        (rule,) = self.server.get("/v1/licences").json["licences"]
        self.assertEqual(204, self.server.request("DELETE", f"/v1/licences/{rule['id']}").status)
        self.assertEqual([], self.server.get("/v1/licences").json["licences"])
        self.assertEqual(404, self.server.request("DELETE", f"/v1/licences/{rule['id']}").status)
        self.assertEqual(400, self.server.post("/v1/licences", {"site": "b.example", "from": "yesterday"}).status)
        mistyped = self.server.post("/v1/licences", {"site": "b.example", "credits": True})
        self.assertEqual(400, mistyped.status)
        self.assertIn("`credits` is no field", mistyped.message)


class Exclusions(ServedTest):
    NUMBERS = ("verdict", "probability", "coverage", "rewrite", "originals")

    def assert_like_the_program(self, case, suspect, *options):
        self.write("suspect", suspect)
        with open(self.folder / "suspect", "rb") as file:
            shown = self.run_program("check", "-", "--archive", "archive", "--json", "--offsets", "text", *options, stdin=file)
        self.assertEqual(json.loads(shown.out), case["report"])

    def test_a_passage_leaves_the_count_and_comes_back(self):
        for suspect, type in ((FERRY_SPUN, "text/plain"), (PAGE, "text/html")):
            with self.subTest(type):
                opened = self.server.post("/v1/cases?html=1", suspect, type).json
                begin, end = span = opened["report"]["findings"][0]["passages"][0]["suspect"]
                self.assertIn(span, self.spans_of_view(opened["html"]))
                excluded = self.server.change(opened, "exclusions", {"kind": "passage", "span": span, "reason": "an agency's"})
                self.assertEqual(200, excluded.status, excluded.body)
                excluded = excluded.json
                self.assertNotEqual(opened["report"]["summary"], excluded["report"]["summary"])
                self.assertEqual({"offsets": "text", "exclude": [f"{begin}-{end}"]}, excluded["report"]["unspin"]["options"])
                self.assert_like_the_program(excluded, suspect, "--exclude", f"{begin}-{end}")
                self.assertEqual(excluded["report"]["id"], excluded["case"]["report"])
                undone = self.server.change(excluded, "exclusions/1", method="DELETE").json
                self.assertEqual(opened["report"], undone["report"])
                self.assertTrue(undone["exclusions"][0]["undone"])
                for report in (opened["report"], excluded["report"]):
                    self.assertEqual(report, self.server.get(f"/v1/reports/{report['id']}").json)
                    self.assertEqual(200, self.server.get(f"/r/{report['id']}").status)

    def spans_of_view(self, html):
        return [[int(begin), int(end)] for begin, end in re.findall(r'data-suspect="(\d+)-(\d+)"', html)]

    def test_a_source_is_no_candidate(self):
        case = self.open_case(FERRY)
        excluded = self.server.change(case, "exclusions", {"kind": "source", "original": "ferry", "reason": "ours"}).json
        self.assertEqual([], excluded["report"]["findings"])
        self.assert_like_the_program(excluded, FERRY, "--exclude-original", "ferry")
        self.assertEqual("ferry", excluded["exclusions"][0]["original"])

    def test_exclusions_add_up_and_are_undone_one_by_one(self):
        case = self.open_case(FERRY)
        middle = FERRY.encode().find(b"Fishermen")
        for span in ([0, 400], [middle, middle + 200]):
            case = self.server.change(case, "exclusions", {"kind": "quotation", "span": span, "reason": "standing text"}).json
        self.assert_like_the_program(case, FERRY, "--exclude", f"0-400,{middle}-{middle + 200}")
        case = self.server.change(case, "exclusions/1", method="DELETE").json
        self.assert_like_the_program(case, FERRY, "--exclude", f"{middle}-{middle + 200}")
        self.assertEqual(["opened", "excluded", "excluded", "exclusion-undone"], [row["action"] for row in case["history"]])

    def test_an_exclusion_that_is_not_there_cannot_be_undone(self):
        case = self.open_case(FERRY)
        self.assertEqual(404, self.server.change(case, "exclusions/1", method="DELETE").status)
        case = self.server.change(case, "exclusions", {"kind": "source", "original": "ferry", "reason": "ours"}).json
        case = self.server.change(case, "exclusions/1", method="DELETE").json
        self.assertIn(self.server.change(case, "exclusions/1", method="DELETE").status, (404, 409, 412))

    def test_the_address_that_was_typed_stays(self):
        case = self.open_case(FERRY, url="https://a.example/1", title="Typed")
        case = self.server.change(case, "exclusions", {"kind": "passage", "span": [0, 400], "reason": "x"}).json
        self.assertEqual(("https://a.example/1", "Typed"), (case["report"]["suspect"]["url"], case["case"]["title"]))


class Erasing(ServedTest):
    WORDS = b"lantern harpsichord"

    def test_an_erased_text_is_nowhere_and_the_chain_is_whole(self):
        case = self.open_case(FERRY_SPUN + self.WORDS.decode(), url="https://a.example/1")
        case = self.server.change(case, "exclusions", {"kind": "passage", "span": [0, 300], "reason": "x"}).json
        reports = {row["details"]["report"] for row in case["history"] if "report" in row["details"]}
        self.assertEqual(2, len(reports))
        erased = self.server.change(case, "erase", {"reason": "the site asked"})
        self.assertEqual(200, erased.status, erased.body)
        erased = erased.json
        self.assertIsNone(erased["report"])
        self.assertEqual((True, "https://a.example/1"), (erased["case"]["erased"], erased["case"]["url"]))
        for report in reports:
            for path in ("/v1/reports/", "/r/"):
                answer = self.server.get(path + report)
                self.assertEqual((410, "erased"), (answer.status, answer.code))
        again = self.server.change(erased, "erase", {"reason": "twice"})
        self.assertEqual((410, "erased"), (again.status, again.code))
        self.assertEqual(410, self.server.get(f"/v1/cases/{case['case']['id']}/report.html").status)
        self.assertEqual(410, self.server.change(erased, "exclusions", {"kind": "source", "original": "ferry", "reason": "x"}).status)
        self.assertEqual(True, self.server.get("/v1/log/check").json["whole"])
        self.assertEqual(0, self.server.stop())
        views = self.folder / "archive.desk" / "views"
        self.assertEqual([], [path for path in views.rglob("*") if path.is_file()])

    def test_texts_are_kept_as_long_as_the_server_was_told(self):
        old, new = self.open_case(FERRY_SPUN)["case"], self.open_case(ORCHARD)["case"]
        self.server.stop()
        with contextlib.closing(sqlite3.connect(self.folder / "archive.desk" / "desk.sqlite")) as desk, desk:
            desk.execute("UPDATE cases SET created = '2020-01-01T00:00:00.000Z' WHERE id = ?", (old["id"],))
        self.server = self.serve("--keep-texts", 30)
        heard = self.server.events(Last_Event_ID="1")
        self.addCleanup(heard.close)
        event = next(event for event in heard if event["data"]["action"] == "erased")
        self.assertEqual(old["id"], event["data"]["id"])
        case = self.server.get(f"/v1/cases/{old['id']}").json
        self.assertEqual((True, None), (case["case"]["erased"], case["report"]))
        self.assertEqual("unspin serve --keep-texts", case["history"][-1]["person"])
        self.assertFalse(self.server.get(f"/v1/cases/{new['id']}").json["case"]["erased"])
        self.server.stop()  # housekeeping ends before the server does
        self.assertEqual([], list((self.folder / "archive.desk" / "views").rglob(f"{old['id']}/*")))

    def test_views_that_a_killed_server_left_are_removed(self):
        case = self.open_case()
        self.server.change(case, "erase", {"reason": "asked"})
        self.server.stop()
        left = self.folder / "archive.desk" / "views" / "0" / str(case["case"]["id"])
        left.mkdir(parents=True)
        (left / "abc.html.zst").write_bytes(b"left")
        again = self.serve()
        again.stop()  # housekeeping ends before the server does
        self.assertFalse(left.exists())


class Log(ServedTest):
    OPTIONS = ("--rate", "0")

    def test_the_log_is_a_chain_of_all_that_was_done(self):
        case = self.open_case()
        self.server.change(case, "notes", {"note": "a"})
        self.server.post("/v1/licences", {"site": "a.example"})
        events = self.server.get("/v1/log").lines
        self.assertEqual([1, 2, 3], [event["seq"] for event in events])
        self.assertEqual([event["hash"] for event in events[:-1]], [event["previous"] for event in events[1:]])
        self.assertEqual(events[1:], self.server.get("/v1/log?after=1").lines)
        self.assertEqual(events[1:2], self.server.get("/v1/log?after=1&limit=1").lines)
        check = self.server.get("/v1/log/check").json
        self.assertEqual((3, True, {"seq": 3, "hash": events[-1]["hash"]}), (check["events"], check["whole"], check["head"]))
        noted = self.server.get(f"/v1/log/check?seq=2&hash={events[1]['hash']}").json
        self.assertTrue(noted["whole"])
        self.assertFalse(self.server.get(f"/v1/log/check?seq=2&hash={events[0]['hash']}").json["whole"])

    def test_a_long_log_comes_whole(self):
        case = self.open_case()
        for number in range(250):
            case = self.server.change(case, "notes", {"note": str(number)}).json
        self.assertEqual(list(range(1, 252)), [event["seq"] for event in self.server.get("/v1/log").lines])

    def test_events_are_heard_and_caught_up_with(self):
        heard = self.server.events()
        case = self.open_case()
        event = next(iter(heard))
        self.assertEqual(("case", case["case"]["id"], "opened"), (event["event"], event["data"]["id"], event["data"]["action"]))
        heard.close()
        self.server.change(case, "notes", {"note": "a"})
        later = self.server.events(Last_Event_ID=event["id"])
        self.assertEqual("noted", next(iter(later))["data"]["action"])
        later.close()


class Access(ServedTest):
    def setUp(self):
        super().setUp()
        self.tokens = {}
        lines = []
        for name, scopes in (("Ada", "read,check,write,admin"), ("Bo", "read"), ("Cy", "check"), ("Di", "read,write")):
            shown = self.run_program("serve", "--new-token", name, "--scopes", scopes).out.splitlines()
            self.tokens[name] = next(line for line in shown if re.fullmatch(r"\S{32,}", line))
            lines.append(next(line for line in shown if re.match(r"[0-9a-f]{64} ", line)))
        self.write("tokens", "# who may\n" + "\n".join(lines) + "\n")
        os.chmod(self.folder / "tokens", 0o600)
        self.guarded = self.serve("--token-file", "tokens", "--data", "guarded.desk", name="guarded")

    def as_person(self, name):
        self.guarded.token = self.tokens.get(name, name)
        return self.guarded

    def test_each_route_needs_its_scope(self):
        for route, body, scope in (("/v1/cases", None, "read"), ("/v1/sites", None, "read"), ("/v1/log", None, "read"),
                                   ("/v1/archive", None, "read"), ("/v1/audits", None, "read"), ("/metrics", None, "read"),
                                   ("/v1/check", "a b", "check"), ("/v1/compare", {"original": "a", "suspect": "b"}, "check"),
                                   ("/v1/cases", "a b", "write"), ("/v1/licences", {"site": "a.example"}, "write"),
                                   ("/v1/articles", {"id": "a", "text": "b"}, "write"),
                                   ("/v1/cases/1/evidence", None, "read"), ("/v1/cases/1/pack", {}, "write"),
                                   ("/v1/cases/1/pack/timestamp", "x", "write"), ("/v1/cases/1/notice", {"form": "dmca"}, "write"),
                                   ("/v1/cases/1/check", {}, "write"), ("/v1/packs/verify", "PK", "check"),
                                   ("/v1/cases/1/erase", {"reason": "x"}, "admin")):
            for name, scopes in (("Ada", "read check write admin"), ("Bo", "read"), ("Cy", "check"), ("Di", "read write")):
                with self.subTest(route=route, name=name, scope=scope):
                    answer = self.as_person(name).request("GET" if body is None else "POST", route, body)
                    self.assertEqual(scope not in scopes.split(), answer.status == 403, answer.body)
        self.guarded.token = None
        self.assertEqual(401, self.guarded.get("/v1/cases").status)
        self.assertEqual(401, self.as_person("unknown").get("/v1/cases").status)
        self.guarded.token = None
        self.assertEqual(200, self.guarded.get("/healthz").status)
        self.assertEqual(200, self.guarded.get("/").status)

    def test_changes_carry_the_person_of_the_token(self):
        case = self.as_person("Di").post("/v1/cases", FERRY_SPUN).json
        self.assertEqual(["Di"], [row["person"] for row in case["history"]])

    def test_a_page_works_with_a_session(self):
        self.guarded.token = None
        opened = self.guarded.post("/v1/session", {"token": self.tokens["Di"]})
        self.assertEqual(("Di", ["read", "write"], False), tuple(opened.json[name] for name in ("person", "scopes", "local")))
        cookie = opened.headers["Set-Cookie"]
        for part in ("HttpOnly", "SameSite=Strict", "Path=/"):
            self.assertIn(part, cookie)
        cookie = cookie.split(";")[0]
        self.assertEqual("Di", self.guarded.get("/v1/session", Cookie=cookie).json["person"])
        self.assertEqual(403, self.guarded.post("/v1/cases", FERRY, Cookie=cookie).status)
        self.assertEqual(201, self.guarded.post("/v1/cases", FERRY, Cookie=cookie, Unspin_Request="page").status)
        self.assertEqual(204, self.guarded.request("DELETE", "/v1/session", Cookie=cookie, Unspin_Request="page").status)
        self.assertEqual(401, self.guarded.get("/v1/cases", Cookie=cookie).status)
        self.assertEqual(401, self.guarded.post("/v1/session", {"token": "wrong"}).status)

    def test_hang_up_reads_the_tokens_again(self):
        self.assertEqual(200, self.as_person("Bo").get("/v1/cases").status)
        lines = [line for line in (self.folder / "tokens").read_text().splitlines() if not line.endswith("Bo")]
        self.write("tokens", "\n".join(lines) + "\n")
        self.guarded.process.send_signal(signal.SIGHUP)
        while '"tokens-read"' not in self.guarded.log:
            self.assertIsNone(self.guarded.process.poll())
        self.assertEqual(401, self.as_person("Bo").get("/v1/cases").status)
        self.assertEqual(200, self.as_person("Ada").get("/v1/cases").status)

    def test_a_local_desk_takes_a_name(self):
        self.assertEqual(("local", True), tuple(self.server.get("/v1/session").json[name] for name in ("person", "local")))
        opened = self.server.post("/v1/session", {"name": "Ada Ek"})
        cookie = opened.headers["Set-Cookie"].split(";")[0]
        case = self.server.post("/v1/cases", FERRY, Cookie=cookie, Unspin_Request="page").json
        self.assertEqual("Ada Ek", case["history"][0]["person"])
        case = self.server.post("/v1/cases", ORCHARD, Unspin_Person="Bo").json
        self.assertEqual("Bo", case["history"][0]["person"])

    def test_a_page_hears_what_the_server_takes(self):
        self.assertEqual((False, 16 << 20), tuple(self.server.get("/v1/session").json[name] for name in ("inputs", "max_body")))
        self.server.stop()
        self.server = self.serve("--inputs", ".", "--max-body", "1MiB")
        self.assertEqual((True, 1 << 20), tuple(self.server.get("/v1/session").json[name] for name in ("inputs", "max_body")))

    def test_foreign_names_and_pages_are_refused(self):
        self.assertEqual(421, self.server.get("/v1/cases", Host="evil.example").status)
        for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec_Fetch_Site": "cross-site"}):
            with self.subTest(headers):
                self.assertEqual(403, self.server.post("/v1/cases", FERRY, **headers).status)
        own = f"http://127.0.0.1:{self.server.port}"
        self.assertEqual(201, self.server.post("/v1/cases", FERRY, Origin=own).status)

    def test_without_a_token_no_large_body_is_taken(self):
        self.guarded.token = None
        self.assertEqual(413, self.guarded.post("/v1/session", {"token": "x" * 100_000}).status)
        self.assertEqual(401, self.guarded.post("/v1/session", {"token": "x" * 10_000}).status)

    def test_a_file_that_others_can_read_is_refused(self):
        os.chmod(self.folder / "tokens", 0o644)
        self.refused("serve", "--archive", "archive", "--token-file", "tokens", "--port", "0", "--data", "x.desk", names="tokens")


class Starting(ServedTest):
    def test_an_address_for_others_needs_tokens(self):
        self.refused("serve", "--archive", "archive", "--address", "0.0.0.0", "--port", "0", names=["--token-file", "--new-token"])

    def test_two_servers_on_one_folder_are_refused(self):
        self.refused("serve", "--archive", "archive", "--port", "0", names="archive.desk")

    def test_a_port_that_is_taken_is_named(self):
        self.refused("serve", "--archive", "archive", "--data", "x.desk", "--port", self.server.port, names=str(self.server.port))

    def test_what_is_missing_is_said(self):
        self.refused("serve", names="--archive")
        self.refused("serve", "--archive", "nowhere", "--port", "0", names="nowhere")
        self.refused("serve", "--archive", "archive", "--max-body", "16GB", names="16GB")
        self.refused("serve", "--new-token", "Ada", "--scopes", "all", names="--scopes")

    def test_signals_end_it_cleanly(self):
        self.assertEqual(0, self.server.stop(signal.SIGTERM))
        self.assertEqual(0, self.serve().stop(signal.SIGINT))

    def at_work(self):
        """The number of requests that run or wait, without this one."""
        numbers = re.findall(r"(?m)^unspin_(?:workers_busy|queue_length) (\d+)", self.server.get("/metrics").body.decode())
        self.assertEqual(2, len(numbers))
        return sum(map(int, numbers))

    def test_running_requests_end_before_the_server(self):
        answers = []
        slow = support.made_article(5, 60_000)

        def ask():
            answers.append(self.server.post("/v1/compare", {"original": slow, "suspect": slow}).status)

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        # The requests are complete when the server has counted that all of them run or wait. Some may be answered before.
        while self.at_work() + len(answers) < len(threads):
            self.assertTrue(answers or any(thread.is_alive() for thread in threads))
        self.assertEqual(0, self.server.stop())
        for thread in threads:
            thread.join()
        self.assertEqual([200] * 4, answers)

    def test_what_was_acknowledged_outlives_a_kill(self):
        ids = [self.open_case(support.made_article(number))["case"]["id"] for number in range(20)]
        self.assertNotEqual(0, self.server.stop(signal.SIGKILL))
        self.server = self.serve()
        self.assertEqual(sorted(ids), sorted(case["id"] for case in self.server.get("/v1/cases").json["cases"]))
        self.assertTrue(self.server.get("/v1/log/check").json["whole"])

    def test_the_log_on_standard_error_is_json(self):
        answer = self.server.get("/v1/archive")
        self.server.stop()
        lines = [json.loads(line) for line in self.server.log.splitlines()]
        self.assertIn(answer.headers["Unspin-Request-Id"], [line.get("request") for line in lines])


class Page(ServedTest):
    def test_the_page_loads_its_own_files_only(self):
        page = self.server.get("/")
        self.assertEqual("text/html", page.type)
        self.assertIn("script-src 'self'", page.headers["Content-Security-Policy"])
        links = re.findall(r'(?:href|src)="([^"#]+)"', page.body.decode())
        files = [link for link in links if not link.startswith("data:")]
        self.assertTrue(files)
        for link in files:
            with self.subTest(link):
                file = self.server.get(link)
                self.assertEqual(200, file.status)
                self.assertIn("immutable", file.headers["Cache-Control"])
                self.assertEqual(304, self.server.get(link, If_None_Match=file.headers["ETag"]).status)
                if link.endswith(".js"):
                    self.assertEqual("text/javascript", file.type)
                    for module in re.findall(r'from "\./([^"]+)"', file.body.decode()):
                        self.assertEqual(200, self.server.get(os.path.dirname(link) + "/" + module).status, module)

    def test_other_files_are_not_found(self):
        for path in ("/page/none.js", "/page/", "/page/%2e%2e/openapi.json", "/favicon.ico", "/page/0000/app.js"):
            with self.subTest(path):
                self.assertIn(self.server.get(path).status, (400, 404))

    def test_every_answer_has_the_headers_that_guard(self):
        for path in ("/", "/v1/cases", "/nowhere", "/healthz", "/openapi.json"):
            answer = self.server.get(path)
            with self.subTest(path):
                self.assertEqual("nosniff", answer.headers["X-Content-Type-Options"])
                self.assertEqual("no-referrer", answer.headers["Referrer-Policy"])
                self.assertEqual("same-origin", answer.headers["Cross-Origin-Opener-Policy"])
                self.assertTrue(answer.headers["Unspin-Request-Id"])

    def test_metrics_are_prometheus_text(self):
        self.server.get("/v1/cases")
        text = self.server.get("/metrics").body.decode()
        self.assertRegex(text, r"(?m)^# TYPE unspin_\w+ (counter|histogram|gauge)$")

    def test_prometheus_reads_the_metrics(self):
        try:
            from prometheus_client.parser import text_string_to_metric_families
        except ImportError:
            self.skipTest("prometheus_client is not installed")
        self.open_case()
        self.server.get("/nowhere")
        families = {family.name: family for family in text_string_to_metric_families(self.server.get("/metrics").body.decode())}
        self.assertTrue(families)
        for family in families.values():
            with self.subTest(family.name):
                self.assertIn(family.type, ("counter", "gauge", "histogram"))
                self.assertTrue(family.documentation and family.samples)

    def test_codes_have_one_style(self):
        codes = [self.server.get(path).code for path in ("/nowhere", "/v1/cases/7", "/v1/cases?limit=x", "/a/../b")]
        codes.append(self.server.request("DELETE", "/v1/cases").code)
        codes.append(self.server.get("/v1/cases", Host="evil.example").code)
        for code in codes:
            self.assertRegex(code, "^[a-z]+(_[a-z]+)*$")


if __name__ == "__main__":
    unittest.main()
