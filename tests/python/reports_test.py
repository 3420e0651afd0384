"""Reports, articles and pages as Python has them: equal to the program's, with attributes, a page and a picture."""

import contextlib
import copy
import json
import pathlib
import pickle
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cli"))
import support  # noqa: E402
from support import FERRY, FERRY_APART, FERRY_SPUN, SAMPLES  # noqa: E402

import unspin  # noqa: E402

PAGE = ("<html><head><title>Night ferry returns</title></head><body><nav>Home News Sport</nav><article><h1>Night ferry returns"
        "</h1>" + "".join(f"<p>{paragraph}</p>" for paragraph in FERRY.split("\n\n")[1:]) + "</article></body></html>")


class ReportTest(support.ProgramTest):
    def setUp(self):
        super().setUp()
        self.report = unspin.compare(FERRY, FERRY_SPUN)

    def test_it_is_the_dict_of_its_line(self):
        self.assertEqual(json.loads(self.report.json), self.report)
        self.assertIsInstance(self.report, dict)
        self.assertEqual({"offsets": "codepoint"}, self.report["unspin"]["options"])

    def test_attributes_are_fields(self):
        report = self.report
        self.assertEqual(("spun", "whole", "spun", 1), (report.verdict, report.extent, report.manner, report.originals))
        self.assertEqual(report["summary"]["probability"], report.probability)
        self.assertEqual(report["summary"]["coverage"], report.coverage)
        self.assertEqual(report["summary"]["rewrite"], report.rewrite)
        self.assertEqual(("original", "suspect"), (report.findings[0]["original"]["id"], report.suspect["id"]))
        self.assertIsNone(report.error)

    def test_spans_index_the_str(self):
        suspect = "Ž – 😀 " * 30 + FERRY
        passage = unspin.compare(FERRY, suspect).findings[0]["passages"][-1]
        begin, end = passage["suspect"]
        original_begin, original_end = passage["original"]
        self.assertEqual(FERRY[original_begin:original_end][-40:], suspect[begin:end][-40:])
        for (begin, end), (original_begin, original_end) in unspin.align(FERRY, suspect):
            self.assertEqual(FERRY[original_begin:original_end][-40:], suspect[begin:end][-40:])

    def test_a_page_is_that_of_the_program(self):
        self.write("original.txt", FERRY)
        self.write("suspect.html", PAGE)
        page = self.run_program("compare", "original.txt", "suspect.html", "--html", "-").out
        with contextlib.chdir(self.folder):  # ids are the paths as they are given
            report = unspin.compare(unspin.read(pathlib.Path("original.txt")), unspin.read(pathlib.Path("suspect.html")))
        self.assertIn("<!DOCTYPE html>", page)
        self.assertEqual(page, report.to_html())

    def test_the_picture_needs_nothing_from_elsewhere_and_escapes(self):
        report = unspin.compare(unspin.Article(FERRY, id="<script>"), unspin.Article(FERRY_SPUN, title="A & B <i>"))
        picture = report._repr_html_()
        self.assertIn("<svg", picture)
        self.assertIn("&lt;script&gt;", picture)
        for forbidden in ("<script", "http", "src=", "<i>"):
            self.assertNotIn(forbidden, picture)

    def test_nothing_found_has_a_picture_too(self):
        with unspin.Archive.create(self.folder / "archive") as archive:
            report = archive.check(FERRY_APART)
        self.assertEqual(([], None), (report.findings, report.coverage))
        self.assertIn("<b>unrelated</b>", report._repr_html_())
        self.assertNotIn("<svg", report._repr_html_())
        self.assertIn("<svg", unspin.compare(FERRY, FERRY_APART)._repr_html_())

    def copies(self):
        pickled = pickle.dumps(self.report)
        return pickle.loads(pickled), copy.copy(self.report), copy.deepcopy(self.report), self.report.copy()

    def test_a_copy_keeps_what_was_changed(self):
        self.report["note"] = "read by me"
        del self.report["findings"]
        for again in self.copies():
            self.assertEqual(self.report, again)
            self.assertNotIn("findings", again)
            self.assertEqual(1, len(json.loads(again.json)["findings"]))

    def test_copies_leave_the_texts_behind(self):
        for again in self.copies():
            self.assertEqual((unspin.Report, self.report, self.report.json), (type(again), again, again.json))
            self.assertIn("spun", again._repr_html_())
            with self.assertRaisesRegex(unspin.Error, "check the article again"):
                again.to_html()

    def test_without_details_there_are_no_passages(self):
        self.assertEqual([], unspin.compare(FERRY, FERRY_SPUN, details=False).findings[0]["passages"])

    def test_an_article_that_was_read_leads_into_its_page(self):
        article = unspin.read(PAGE)
        self.assertEqual("Night ferry returns", article.title)
        self.assertNotIn("Sport", article.text)
        self.assertTrue(article.is_read)
        _, (begin, end) = unspin.align(article, FERRY)[0]
        self.assertTrue(PAGE[begin:end].startswith("The night ferry between"), PAGE[begin:end])
        begin, end = unspin.compare(FERRY, article).findings[0]["passages"][0]["suspect"]
        self.assertTrue(PAGE[begin:end].startswith("The night ferry between"), PAGE[begin:end])
        self.assertIn("The first crossing", PAGE[begin:end])

    def test_read_takes_str_bytes_and_paths(self):
        path = self.folder / "page.html"
        path.write_text(PAGE, encoding="utf-8")
        self.assertEqual(unspin.read(PAGE).text, unspin.read(PAGE.encode()).text)
        self.assertEqual(unspin.read(PAGE).text, unspin.read(path).text)
        for broken in ("", " \n", b""):
            with self.assertRaises(unspin.Error):
                unspin.read(broken)
        with self.assertRaises(unspin.Error):
            unspin.read(self.folder / "none.html")
        with self.assertRaisesRegex(ValueError, "give one of auto, text, html"):
            unspin.read(PAGE, format="pdf")

    def test_articles_are_what_the_program_reads(self):
        self.write("a.jsonl", support.jsonl([{"id": "1", "text": FERRY, "title": "T", "published": "2026-01-02"}, {"text": ""}, {"text": FERRY_SPUN}]))
        articles = unspin.articles(self.folder / "a.jsonl")
        with self.assertWarns(unspin.BadRecordWarning):
            first, second = articles
        self.assertEqual(("1", FERRY, "T", "2026-01-02", 1), (first.id, first.text, first.title, first.published, first.record))
        self.assertEqual(3, second.record)
        with self.assertRaisesRegex(unspin.Error, "a.jsonl:2"):
            list(unspin.articles(self.folder / "a.jsonl", strict=True))

    def test_articles_keep_what_is_known_of_them(self):
        article = unspin.Article(FERRY, id="7", title="T", url="http://a.example/", site="a.example", published="2026-01-01",
                                 fetched="2026-01-02")
        again = pickle.loads(pickle.dumps(article))
        self.assertEqual((article, hash(article)), (again, hash(again)))
        self.assertNotEqual(article, unspin.Article(FERRY))
        self.assertIn("'7'", repr(article))
        suspect = unspin.compare(FERRY, article).suspect
        self.assertEqual(("7", "T", "a.example"), (suspect["id"], suspect["title"], suspect["site"]))

    def test_of_every_sample(self):
        for original in sorted(SAMPLES.glob("*/original.txt"))[:3]:
            for suspect in sorted(original.parent.glob("*.txt")):
                line = self.run_program("compare", original, suspect, "--json", "--offsets", "codepoint").out.rstrip("\n")
                self.assertEqual(line, unspin.compare(unspin.read(original), unspin.read(suspect)).json, suspect)


if __name__ == "__main__":
    unittest.main()
