"""A walk of a folder takes articles only, and says what it left aside; what is no text never becomes an article."""

import bz2
import gzip
import lzma
import random
import unittest

import support
from support import FAILED, FERRY, FERRY_SPUN, LIBRARY, ORCHARD, SKIPPED, jsonl

PAGE = "<!DOCTYPE html><html><head><title>{}</title></head><body><article>{}</article></body></html>"


def page(title, text):
    return PAGE.format(title, "".join(f"<p>{part}</p>" for part in text.split("\n\n")))


def noise(size, seed=1):
    return random.Random(seed).randbytes(size)


class Walk(support.ProgramTest):
    def index(self, *arguments, archive="archive", **options):
        return self.run_program("index", *arguments, "--archive", archive, **options)

    def ids(self, archive="archive"):
        return [line.split("\t")[0] for line in self.run_program("list", archive).out.splitlines()]

    def test_a_folder_of_articles_is_read_without_a_word(self):
        for name, text in (("a.txt", FERRY), ("b.html", page("Frost", ORCHARD)), ("sub/c.md", LIBRARY), ("no-name", FERRY_SPUN)):
            self.write(f"in/{name}", text)
        self.assertEqual("", self.index("in", "--quiet").err)
        self.assertEqual(["in/a.txt", "in/b.html", "in/no-name", "in/sub/c.md"], self.ids())

    def test_a_saved_page_is_one_article(self):
        self.write("in/page.html", page("Frost", ORCHARD))
        for name, content in (("style.css", "p { margin: 0 }"), ("app.js", "var a = 1;"), ("f.woff2", noise(2000)),
                              ("frame.html", page("Advertisement", LIBRARY))):
            self.write(f"in/page_files/{name}", content)
        for name, content in (("logo.svg", "<svg></svg>"), ("x.css", "p {}"), ("data", noise(3000))):
            self.write(f"in/{name}", content)
        result = self.index("in")
        self.assertEqual(["in/page.html"], self.ids())
        self.assertRegex(result.err, r"left aside in in: 7 files that are no articles \(file of a saved page 4, ")
        self.assertEqual(1, len([line for line in result.err.splitlines() if "left aside" in line]))

    def test_a_folder_without_its_page_is_read(self):
        self.write("in/case_files/a.txt", FERRY)
        self.index("in")
        self.assertEqual(["in/case_files/a.txt"], self.ids())

    def test_an_archive_and_reports_are_left_aside(self):
        self.write("in/a.txt", FERRY)
        self.index("in", archive="in/archive")
        self.run_program("check", "in/a.txt", "--archive", "in/archive", "--html", "in/report.html")
        self.write("in/reports.jsonl", self.run_program("check", "in/a.txt", "--archive", "in/archive", "--json").out)
        self.run_program("dedup", "in", "--out", "in/clusters.jsonl")
        result = self.index("in", archive="in/archive")
        self.assertIn("articles   1 (0 new", result.out)
        self.assertIn("report of unspin 3", result.err)
        self.assertIn("file of an archive", result.err)

    def test_an_empty_folder_is_said(self):
        (self.folder / "in").mkdir()
        self.make_archive()
        self.refused("check", "in", "--archive", "archive", names="in")

    def test_documents_are_bad_records(self):
        self.write("in/a.txt", FERRY)
        self.write("in/b.pdf", b"%PDF-1.7\n" + noise(2000))
        self.assertIn("b.pdf", self.index("in", status=SKIPPED).err)


class Binary(support.ProgramTest):
    def test_what_is_no_text_is_a_bad_record_in_every_format(self):
        pdf = b"\n" * 100 + b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" + noise(500)
        for name, content in (("noise.txt", noise(3000)), ("zeros.txt", bytes(5000)), ("late.txt", pdf),
                              ("picture.txt", b"BM" + bytes([70, 0, 0, 0]) + bytes(300)), ("table", b"ARROW1\0\0" + noise(90))):
            for form in ("auto", "text", "html", "jsonl"):
                with self.subTest(name=name, form=form):
                    self.write(name, content)
                    result = self.run_program("read", name, "--format", form, status=FAILED)
                    self.assertEqual("", result.out)
                    self.assertIn(name, result.err)

    def test_texts_with_odd_characters_are_texts(self):
        hidden = FERRY.replace(" ", " \x01\x02")
        for name, content in (("feed.txt", FERRY.replace("\n\n", "\n\f\n") + "\x1a"), ("latin.txt", FERRY.encode("cp1252")),
                              ("hidden.txt", hidden), ("pdf.txt", FERRY + "\nA file begins with %PDF-1.7, they said."),
                              ("bm.txt", "BM " + FERRY), ("mz.txt", "MZ " + FERRY), ("koi.txt", ("Паром " * 300).encode("koi8-r"))):
            with self.subTest(name):
                self.write(name, content)
                self.run_program("read", name)

    def test_what_was_compressed_twice_is_opened(self):
        text = FERRY.encode()
        for name, content in (("a.txt.gz", gzip.compress(gzip.compress(text))),
                              ("b.txt.bz2", bz2.compress(gzip.compress(lzma.compress(text)))),
                              ("c.txt.lzma", lzma.compress(text, format=lzma.FORMAT_ALONE)),
                              ("d.txt.zst", support.zstd_frame(gzip.compress(text)))):
            with self.subTest(name):
                self.write(name, content)
                self.assertIn("harbour board of Orrevik", self.run_program("read", name).out)

    def test_what_was_compressed_over_and_over_is_refused(self):
        content = FERRY.encode()
        for _ in range(6):
            content = gzip.compress(content)
        self.write("a.txt.gz", content)
        self.assertIn("unpack", self.run_program("read", "a.txt.gz", status=FAILED).err)


if __name__ == "__main__":
    unittest.main()
