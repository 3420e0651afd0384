"""`unspin read` shows what is read: text and fields, how a page was read, and what was left aside."""

import csv
import html
import io
import json
import unittest

import support
from support import FAILED, FERRY, LIBRARY, ORCHARD, SKIPPED, jsonl


def paragraphs(text):
    return "".join(f"<p>{part}</p>\n" for part in text.strip().split("\n\n")[1:])


def text_of(text):
    """What is read of paragraphs(text)."""
    return "\n\n".join(text.strip().split("\n\n")[1:])


def page(text, below="", head=""):
    """A page of a news site."""
    headline = text.split("\n")[0]
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{headline} | The Valley Post</title>
<meta property="og:site_name" content="The Valley Post"><link rel="canonical" href="https://post.example/story">
<meta property="article:published_time" content="2026-03-04T08:00:00+01:00">{head}</head><body>
<nav><ul><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>{headline}</h1>
{paragraphs(text)}</article>{below}
<footer><a href="/contact">Contact</a><p>Copyright 2026 The Valley Post</p></footer></body></html>"""


def comments(count):
    said = ("I have lived here all my life and nobody has ever asked me what I think of it, so here it is: number {0} "
            "of the plans is nonsense, and the people who wrote it have never stood on that quay in the winter.")
    return "<section class=\"comments\"><h2>Comments</h2>" + "".join(
        f"<div class=\"comment\"><b>Reader {i}</b><p>{said.format(i)}</p></div>" for i in range(count)) + "</section>"


class Text(support.ProgramTest):
    def test_the_text_of_a_page_stands_under_a_line_that_names_it(self):
        self.write("a.html", page(FERRY))
        result = self.run_program("read", "a.html")
        self.assertEqual("== a.html | Night ferry to Halmsund returns after ten years | 2026-03-04T08:00:00+01:00 | "
                         f"https://post.example/story\n\n{text_of(FERRY)}\n", result.out)
        self.assertEqual("", result.err)

    def test_articles_come_in_the_order_of_the_input_a_line_apart(self):
        self.write("in.jsonl", jsonl([{"id": "b", "text": "Two words."}, {"id": "a", "text": "Three more words."}]))
        self.assertEqual("== b\n\nTwo words.\n\n== a\n\nThree more words.\n", self.run_program("read", "in.jsonl").out)

    def test_standard_input_is_an_input(self):
        for options in ((), ("--json",)):
            self.assertIn("engineers", self.run_program("read", "-", *options, stdin=b"The engineers came.").out)

    def test_what_is_read_is_what_is_compared(self):
        """The text of `read` is the suspect of a report, byte for byte."""
        self.write("a.html", page(FERRY, comments(3)))
        read = self.run_program("read", "a.html", "--json").report
        report = self.run_program("compare", "a.html", "a.html", "--json").report
        self.assertEqual(len(read["text"].encode()), report["suspect"]["bytes"])
        self.assertEqual(read["read"], report["suspect"]["read"])


class Json(support.ProgramTest):
    def read(self, *arguments, **options):
        return self.run_program("read", *arguments, "--json", **options)

    def test_a_page_is_read_alike_as_a_file_and_as_a_text_in_every_format(self):
        headline, teaser = LIBRARY.strip().split("\n\n")[:2]
        whole = page(FERRY, f"<aside class=\"related\"><h2>Most read</h2><div class=\"teaser\"><h3><a href=\"/o\">"
                            f"{headline}</a></h3><p>{teaser}</p></div></aside>{comments(3)}")
        rows = io.StringIO(newline="")
        csv.writer(rows).writerows([["id", "text"], ["a", whole]])
        self.write("a.html", whole)
        self.write("a.txt", whole)
        self.write("a.csv", rows.getvalue())
        self.write("a.jsonl", jsonl([{"id": "a", "text": whole}]))
        self.write("list.jsonl", jsonl([{"id": "a", "text": whole.split("\n")}]))
        self.write("post.jsonl", jsonl([{"id": 7, "content": {"rendered": whole}, "title": {"rendered": "Own"}}]))
        self.write("a.rss", "<rss><channel><item><guid>a</guid><c:encoded xmlns:c=\""
                            "http://purl.org/rss/1.0/modules/content/\">" + html.escape(whole) +
                            "</c:encoded></item></channel></rss>")
        expected = self.read("a.html").report
        self.assertEqual(text_of(FERRY), expected["text"])
        for name, *options in (["a.csv"], ["a.csv", "--text-is", "html"], ["a.jsonl"], ["list.jsonl"], ["post.jsonl"],
                               ["a.rss"], ["a.txt", "--format", "text", "--text-is", "html"]):
            with self.subTest(name, options=options):
                article = self.read(name, *options).report
                self.assertEqual(expected["text"], article["text"])
                self.assertEqual("Own" if name == "post.jsonl" else expected["title"], article["title"])
                self.assertEqual(expected["published"], article["published"])
                for field in ("chosen", "words", "page_words", "rest"):
                    self.assertEqual(expected["read"].get(field), article["read"].get(field))
        self.assertIn("<article>", self.read("a.jsonl", "--text-is", "plain").report["text"])

    def test_a_page_has_its_fields_and_how_it_was_read(self):
        self.write("a.html", page(FERRY))
        article = self.read("a.html").report
        read = article.pop("read")
        self.assertEqual({"id": "a.html", "title": "Night ferry to Halmsund returns after ten years",
                          "url": "https://post.example/story", "site": "The Valley Post",
                          "published": "2026-03-04T08:00:00+01:00", "text": text_of(FERRY), "format": "html",
                          "charset": "utf-8", "alerts": [],
                          "marks": [{"kind": "canonical", "value": "https://post.example/story"}]}, article)
        self.assertEqual(["format", "charset", "chosen", "words", "page_words"], [key for key in read if key != "rest"])
        self.assertEqual("main-text", read["chosen"])
        self.assertEqual(len(text_of(FERRY).split()), read["words"])
        self.assertLessEqual(read["words"], read["page_words"])

    def test_a_record_has_the_fields_that_it_gives(self):
        self.write("in.jsonl", jsonl([{"id": "a", "text": "The ferry sails.", "published": "2026-03-04"}]))
        self.assertEqual({"id": "a", "published": "2026-03-04", "text": "The ferry sails.", "alerts": []},
                         {key: value for key, value in self.read("in.jsonl").report.items()
                          if key not in ("format", "charset")})

    def test_one_line_for_each_article(self):
        self.write("pages/a.html", page(FERRY))
        self.write("pages/b.html", page(ORCHARD))
        self.write("pages/c.txt", LIBRARY)
        self.assertEqual(["pages/a.html", "pages/b.html", "pages/c.txt"], [a["id"] for a in self.read("pages").reports])

    def test_where_the_text_stood_is_told(self):
        body = paragraphs(FERRY)
        for name, inside in (("main-text", body), ("hidden-text", f"<div style='display:none'>{body}</div>"),
                             ("noscript", f"<noscript>{body}</noscript>"),
                             ("script-data", "<script type='application/json'>" +
                              json.dumps({"body": text_of(FERRY).split("\n\n")}) + "</script>")):
            with self.subTest(name):
                self.write("a.html", page(FERRY).replace(body, inside))
                article = self.read("a.html").report
                self.assertEqual(name, article["read"]["chosen"])
                self.assertIn("Pernille Asgard", article["text"])

    def test_alerts_name_what_was_wrong_with_the_characters(self):
        text = FERRY.replace("had not", "hadn’t").replace("Not everyone is", "Everyone isn’t")
        text = text.replace("Asgard", "Åsgård")
        for kind, stored in (("mojibake", text.encode().decode("cp1252", "replace").encode()),
                             ("charset-guessed", text.encode("cp1252")),
                             ("broken-utf-8", text.encode()[:-1] + b" \xff.\n")):
            with self.subTest(kind):
                self.write("a.txt", stored)
                alerts = self.read("a.txt").report["alerts"]
                self.assertEqual([kind], [alert["kind"] for alert in alerts])
                self.assertGreaterEqual(alerts[0]["count"], 1)

    def test_a_page_in_another_set_says_so_without_an_alert(self):
        stored = page(FERRY.replace("Asgard", "Åsgård")).replace("charset=\"utf-8\"", "charset=\"iso-8859-1\"")
        self.write("a.html", stored.encode("latin-1"))
        article = self.read("a.html").report
        self.assertEqual(("windows-1252", []), (article["charset"], article["alerts"]))
        self.assertIn("Pernille Åsgård", article["text"])


class LeftAside(support.ProgramTest):
    def test_a_page_of_which_much_was_left_aside_is_named(self):
        self.write("a.html", page(FERRY, comments(60)))
        result = self.run_program("read", "a.html")
        self.assertRegex(result.err, r"a\.html: read \d+ of \d\d\d\d words; the rest looks like comments\n")
        self.assertNotIn("nonsense", result.out)

    def test_other_commands_say_so_as_well(self):
        self.write("a.html", page(FERRY, comments(60)))
        self.write("b.txt", FERRY)
        self.run_program("index", "b.txt", "--archive", "archive")
        for arguments in (("check", "a.html", "--archive", "archive"), ("compare", "b.txt", "a.html")):
            with self.subTest(arguments[0]):
                self.assertIn("the rest looks like comments", self.run_program(*arguments).err)

    def test_an_ordinary_page_is_read_in_silence(self):
        for below in ("", comments(3)):
            self.write("a.html", page(FERRY, below))
            self.assertEqual("", self.run_program("read", "a.html").err)

    def test_a_short_page_is_read_in_silence(self):
        self.write("a.html", "<nav><a href=/>Home</a></nav><p>Gone.</p><section class=comments><p>It was here, I "
                             "swear it was.</p></section>")
        self.assertEqual("", self.run_program("read", "a.html").err)


class Endings(support.ProgramTest):
    def test_a_bad_record_is_named_and_the_others_are_read(self):
        self.write("in.jsonl", '{"id": "a", "text": "One."}\n{"id": "b"\n{"id": "c", "text": "Three."}\n')
        result = self.run_program("read", "in.jsonl", status=SKIPPED)
        self.assertIn("in.jsonl:2", result.err)
        self.assertEqual("== a\n\nOne.\n\n== c\n\nThree.\n", result.out)

    def test_a_page_without_text_is_a_bad_record(self):
        self.write("a.html", "<html><script>var text = 1;</script></html>")
        self.refused("read", "a.html", names="a.html")

    def test_nothing_to_read_is_a_failure(self):
        (self.folder / "empty").mkdir()
        self.refused("read", "empty", names="empty")
        self.refused("read", "absent.html", names="absent.html")
        self.refused("read")


if __name__ == "__main__":
    unittest.main()
