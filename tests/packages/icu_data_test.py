#!/usr/bin/env python3
"""The program with ICU's data cut to what is used: the same answers; and words, no crash, where an item is missing."""
import os
import pathlib
import tempfile
import unittest

from support import PROGRAM, SOURCE, PackageTest, output, run
import cut_icu

LETTERS = "ÀÉÎ ﬁnd Ⅳ ａ paper — а рареr ‮ 漢字 ŝ "


def page_of(charset):
    """A page that has every byte, every pair of bytes that may be one character, and the escapes of ISO-2022."""
    lines = [bytes(part for first in range(0x20, 0x100) for part in (first, 0x20))]
    trail = [*range(0x40, 0x7f), *range(0x80, 0xff)]
    lines += [bytes(part for second in trail for part in (first, second)) for first in range(0x81, 0xff)]
    lines += [escape + bytes(range(0x21, 0x7f)) * 3 + b"\x1b(B\x0f" for escape in (b"\x1b$B", b"\x1b$)C\x0e", b"\x1b(J", b"\x1b(I")]
    text = b"\n".join(lines).replace(b"<", b"_").replace(b"&", b"_")
    return (f'<html><head><meta charset="{charset}"></head><body><article><p>A story of many words, one after the other.</p><pre>'
            .encode() + text + b"</pre></article></body></html>")


class IcuDataTest(PackageTest):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.scratch.name)
        try:
            library, cls.items = cut_icu.cut(cls.folder / "cut", [])
        except cut_icu.Failure as failure:
            raise unittest.SkipTest(f"ICU's data cannot be cut here: {failure}")
        cls.size = library.stat().st_size
        (cls.folder / "letters.txt").write_text(LETTERS * 20, encoding="utf-8")
        (cls.folder / "others.txt").write_text("Another text of plain words. " * 20, encoding="utf-8")

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def with_data(self, name):
        return {**os.environ, "LD_LIBRARY_PATH": str(self.folder / name)}

    def test_most_is_cut(self):
        self.assertLess(self.size, 3_000_000)

    def test_every_character_set_is_read_as_before(self):
        pages = self.folder / "pages"
        pages.mkdir()
        table = (SOURCE / "core/unspin/charset/charset_table.cc").read_text(encoding="utf-8")
        names = [line.split('"')[1] for line in table.splitlines() if line.startswith('    {"') and line.count('"') == 4]
        self.assertGreater(len(names), 100)
        for name in names:
            (pages / f"{name.replace(':', '_')}.html").write_bytes(page_of(name))
        whole = run(PROGRAM, "read", "--json", pages)
        cut = run(PROGRAM, "read", "--json", pages, env=self.with_data("cut"))
        self.assertGreater(whole.stdout.count("\n"), 100)
        self.assertEqual((whole.stdout, whole.stderr), (cut.stdout, cut.stderr))

    def test_letters_are_folded_as_before(self):
        command = (PROGRAM, "compare", self.folder / "letters.txt", self.folder / "others.txt", "--json")
        self.assertEqual(output(*command), output(*command, env=self.with_data("cut")))
        html = (*command[:-1], "--html", "-")
        self.assertEqual(output(*html), output(*html, env=self.with_data("cut")))

    def test_a_missing_item_is_named(self):
        for item in ("nfkc_cf.nrm", "nfkc.nrm", "confusables.cfu", "cnvalias.icu"):
            cut_icu.cut(self.folder / item, [item])
            process = run(PROGRAM, "compare", self.folder / "letters.txt", self.folder / "others.txt", env=self.with_data(item))
            self.assertEqual(process.returncode, 2, f"{item}: {process}")
            self.assertIn(f"unspin: ICU's data lack {item}", process.stderr)


if __name__ == "__main__":
    unittest.main()
