"""--licences: what a table of licences says beside each verdict, and that it changes nothing else. And marks on pages."""

import csv
import hashlib
import json
import unittest

import support
from support import FERRY, FERRY_SPUN, LIBRARY, ORCHARD, jsonl

OURS = "https://harbourpost.example/sport/ferry"
BYLINE = "By Ann Kestrel, Harbour Post\n\n"
TABLE = (support.SOURCE / "datasets" / "licences.csv").read_text()


def page(text, head=""):
    return (f"<!doctype html><html><head><title>Ferry</title>{head}</head><body><article><h1>Ferry</h1>"
            + "".join(f"<p>{part}</p>" for part in text.split("\n\n")) + "</article></body></html>")


class LicencesTest(support.ProgramTest):
    def setUp(self):
        super().setUp()
        originals = [{"id": "ferry", "url": OURS, "site": "harbourpost.example", "published": "2026-03-04T08:00:00Z", "text": BYLINE + FERRY},
                     {"id": "orchard", "url": "https://harbourpost.example/farm/cherries", "site": "harbourpost.example",
                      "published": "2026-03-04T08:00:00Z", "text": ORCHARD}]
        self.write("originals.jsonl", jsonl(originals))
        self.run_program("index", "originals.jsonl", "--archive", "archive", "--quiet")
        self.write("licences.csv", TABLE)

    def suspects(self, *articles):
        self.write("suspects.jsonl", jsonl([{"id": f"s{i}", **article} for i, article in enumerate(articles)]))

    def check(self, *options, suspect="suspects.jsonl"):
        return [json.loads(line) for line in self.run_program("check", suspect, "--archive", "archive", "--json", *options).out.splitlines()]

    def licences(self, *options):
        return [report["findings"][0]["licence"] for report in self.check("--licences", "licences.csv", *options)]


class Licences(LicencesTest):
    def test_the_sentence_says_what_became_of_the_terms(self):
        self.suspects({"text": FERRY, "site": "partner.example", "published": "2026-03-05"},
                      {"text": BYLINE + FERRY, "site": "partner.example", "published": "2026-03-05"},
                      {"text": BYLINE + FERRY_SPUN, "site": "partner.example", "published": "2026-03-05"},
                      {"text": FERRY, "url": "https://partner.example/a", "published": "2027-03-05"},
                      {"text": FERRY, "url": "https://partner.example/a"},
                      {"text": FERRY, "url": "https://partner.example/wire/1", "published": "2026-03-04T09:00:00Z"},
                      {"text": FERRY, "site": "harbourpost.example"},
                      {"text": FERRY, "site": "review.example"},
                      {"text": FERRY, "site": "elsewhere.example"})
        self.assertEqual(["licensed, but the credit was removed",
                          "licensed, and its terms are kept",
                          "licensed, but the wording was altered",
                          "not licensed: the licence ended on 2026-12-31",
                          "licence unknown: the page has no day of publication, and the rule has bounds",
                          "licensed, but the credit was removed and it appeared before the embargo ended; a text without its page shows no links",
                          "our own site", "fair dealing by a rule", "licence unknown: no rule names the site"],
                         [licence["text"] for licence in self.licences()])

    def test_nothing_else_of_a_report_changes(self):
        self.suspects({"text": FERRY, "site": "partner.example", "published": "2026-03-05"},
                      {"text": FERRY_SPUN + ORCHARD, "site": "harbourpost.example"}, {"text": LIBRARY, "site": "partner.example"})
        for plain, licensed in zip(self.check(), self.check("--licences", "licences.csv")):
            self.assertEqual({"licences": hashlib.sha256(TABLE.encode()).hexdigest()}, licensed["unspin"].pop("options"))
            for finding in licensed["findings"]:
                self.assertIn(finding.pop("licence")["state"], ("licensed", "own-site"))
            for report in (plain, licensed):
                del report["id"]
            self.assertEqual(plain, licensed)

    def test_a_section_of_ours_limits_a_rule(self):
        self.suspects({"text": FERRY + "\n" + ORCHARD, "url": "https://partner.example/wire/2", "published": "2027-05-01"})
        (report,) = self.check("--licences", "licences.csv")
        self.assertEqual({"ferry": "licensed", "orchard": "unlicensed"},
                         {finding["original"]["id"]: finding["licence"]["state"] for finding in report["findings"]})

    def test_views_show_the_licence_beside_the_verdict(self):
        self.suspects({"text": FERRY, "site": "partner.example", "published": "2026-03-05"})
        shown = self.run_program("check", "suspects.jsonl", "--archive", "archive", "--licences", "licences.csv", "--html", "report.html").out
        self.assertIn("licensed, but the credit was removed", shown)
        self.assertIn("contract 2026/14", " ".join(shown.split()))
        html = (self.folder / "report.html").read_text()
        self.assertRegex(html, r'class="verdict v-copy">copy</p>\s*<p class="licence serious">')

    def test_compare_takes_the_table_too(self):
        self.write("original.jsonl", jsonl([{"id": "o", "site": "harbourpost.example", "text": BYLINE + FERRY}]))
        self.suspects({"text": FERRY, "site": "partner.example", "published": "2026-03-05"})
        report = self.run_program("compare", "original.jsonl", "suspects.jsonl", "--licences", "licences.csv", "--json").report
        self.assertEqual("licensed, but the credit was removed", report["findings"][0]["licence"]["text"])
        self.assertIn("--licences is about sites", self.run_program("compare", "--pairs", "p.jsonl", "--licences", "licences.csv", status=support.FAILED).err)

    def test_an_audit_counts_licences(self):
        self.suspects({"text": FERRY, "site": "partner.example", "published": "2026-03-05"},
                      {"text": FERRY, "site": "elsewhere.example"}, {"text": LIBRARY})
        audit = ("audit", "suspects.jsonl", "--archive", "archive", "--out", "reports.jsonl", "--csv", "findings.csv", "--summary", "summary.json")
        said = self.run_program(*audit, "--licences", "licences.csv").err
        self.assertIn("licence of the findings: licensed 1, unknown 1; 1 finding with a broken term", said)
        findings = json.loads((self.folder / "summary.json").read_text())["findings"]
        self.assertEqual({"licensed": 1, "unlicensed": 0, "unknown": 1, "own-site": 0, "fair-dealing": 0}, findings["by_licence"])
        self.assertEqual(1, findings["with_broken_term"])
        rows = list(csv.DictReader((self.folder / "findings.csv").read_text().splitlines()))
        self.assertEqual([("licensed", "licensed, but the credit was removed"), ("unknown", "licence unknown: no rule names the site")],
                         [(row["licence"], row["licence_text"]) for row in rows])
        # Reports under other rules are of another run.
        self.write("licences.csv", TABLE + "elsewhere.example,,,,,,,,,,\n")
        self.run_program(*audit, "--licences", "licences.csv", "--resume", status=support.FAILED)
        self.run_program(*audit, "--force", "--brief")
        self.assertNotIn("by_licence", (self.folder / "summary.json").read_text())

    def test_a_brief_report_does_not_say_that_a_credit_is_missing(self):
        self.suspects({"text": FERRY, "site": "partner.example", "published": "2026-03-05"})
        self.run_program("audit", "suspects.jsonl", "--archive", "archive", "--out", "reports.jsonl", "--brief", "--licences", "licences.csv", "--quiet")
        report = json.loads((self.folder / "reports.jsonl").read_text())
        self.assertEqual("licensed, but the report was made without details, so the credit is unknown", report["findings"][0]["licence"]["text"])

    def test_a_wrong_table_stops_before_anything_is_checked(self):
        self.suspects({"text": FERRY})
        for table, problem in (("site,credits\na.example,yes\n", "licences.csv:1: there is no column \"credits\""),
                               ("site;from\r\na.example;1.2.2026\r\n", "licences.csv:2: from: \"1.2.2026\" is no day")):
            self.write("licences.csv", table)
            done = self.run_program("check", "suspects.jsonl", "--archive", "archive", "--licences", "licences.csv", status=support.FAILED)
            self.assertIn(problem, done.err)
            self.assertEqual("", done.out)
        self.run_program("check", "suspects.jsonl", "--archive", "archive", "--licences", "missing.csv", status=support.FAILED)


class Marks(LicencesTest):
    def marks(self, suspect):
        (report,) = self.check(suspect=suspect)
        return [(mark["kind"], mark["value"], mark.get("original")) for mark in report["suspect"].get("marks", [])]

    def test_marks_name_originals_and_change_no_number(self):
        head = (f"<link rel=canonical href='{OURS}'><meta name=syndication-source content='https://wire.example/1'>"
                '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry", "creditText": "Harbour Post",'
                ' "datePublished": "2026-03-05"}</script>')
        self.write("page.html", page(FERRY, head))
        self.write("plain.html", page(FERRY, head.split("<meta")[0].replace("canonical", "other")))
        self.assertEqual([("canonical", OURS, "ferry"), ("syndication-source", "https://wire.example/1", None),
                          ("credit-text", "Harbour Post", "ferry")], self.marks("page.html"))
        with_marks, without = (self.check(suspect=name)[0]["findings"][0] for name in ("page.html", "plain.html"))
        for name in ("verdict", "probability", "evidence", "coverage", "rewrite"):
            self.assertEqual(without[name], with_marks[name])

    def test_a_link_to_the_original_keeps_the_term(self):
        self.write("licences.csv", "site,link\npartner.example,yes\n")
        own = "<meta property=og:url content=https://partner.example/a>"
        self.write("linked.html", page(FERRY + f"\n\nFirst printed <a href='{OURS}?utm_source=x'>here</a>.", own))
        self.write("bare.html", page(FERRY + "\n\nFirst printed <a href='https://harbourpost.example/other'>here</a>.", own))
        texts = [self.check("--licences", "licences.csv", suspect=name)[0]["findings"][0]["licence"]["text"] for name in ("linked.html", "bare.html")]
        self.assertEqual(["licensed, and its term is kept", "licensed, but the link to the original is missing"], texts)

    def test_a_copied_canonical_link_makes_no_own_site(self):
        self.write("copy.html", page(FERRY, f"<link rel=canonical href='{OURS}'>"))
        (report,) = self.check("--licences", "licences.csv", suspect="copy.html")
        self.assertEqual("unknown", report["findings"][0]["licence"]["state"])

    def test_what_read_writes_is_read_again(self):
        self.write("page.html", page(FERRY, f"<meta name=original-source content='{OURS}'>"))
        line = self.run_program("read", "page.html", "--json").out
        self.assertEqual([{"kind": "original-source", "value": OURS}], json.loads(line)["marks"])
        self.write("again.jsonl", line)
        self.assertEqual([("original-source", OURS, "ferry")], self.marks("again.jsonl"))

    def test_rights_of_news_items_are_marks(self):
        item = {"uri": "urn:x:1", "versioncreated": "2026-03-05T00:00:00Z", "body_text": FERRY, "copyrightholder": "Harbour Post", "usageterms": "web only"}
        self.write("item.json", json.dumps(item))
        self.assertEqual([("copyright-holder", "Harbour Post", "ferry"), ("usage-terms", "web only", None)], self.marks("item.json"))


if __name__ == "__main__":
    unittest.main()
