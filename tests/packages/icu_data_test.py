#!/usr/bin/env python3
"""The program with ICU's data cut to what is used: the same answers; and words, no crash, where an item is missing."""
import os
import pathlib
import re
import shutil
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
        for tool in ("pkg-config", "ar", "objcopy", "icupkg", "genccode", "gcc"):
            if not shutil.which(tool):
                raise unittest.SkipTest(f"no {tool} here to cut ICU's data with; tools/dev/setup --packages installs it")
        cls.scratch = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.scratch.name)
        library, cls.items = cut_icu.cut(cls.folder / "cut", [])
        cls.size = library.stat().st_size
        cls.pages = cls.folder / "pages"
        cls.pages.mkdir()
        table = (SOURCE / "core/unspin/charset/charset_table.cc").read_text(encoding="utf-8")
        names = [line.split('"')[1] for line in table.splitlines() if line.startswith('    {"') and line.count('"') == 4]
        assert len(names) > 100, names
        for name in names:
            (cls.pages / f"{name}.html").write_bytes(page_of(name))
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
        whole = run(PROGRAM, "read", "--json", self.pages)
        cut = run(PROGRAM, "read", "--json", self.pages, env=self.with_data("cut"))
        self.assertGreater(whole.stdout.count("\n"), 100)
        self.assertEqual((whole.stdout, whole.stderr), (cut.stdout, cut.stderr))

    def test_letters_are_folded_as_before(self):
        command = (PROGRAM, "compare", self.folder / "letters.txt", self.folder / "others.txt", "--json")
        self.assertEqual(output(*command), output(*command, env=self.with_data("cut")))
        html = (*command[:-1], "--html", "-")
        self.assertEqual(output(*html), output(*html, env=self.with_data("cut")))

    def test_a_missing_item_is_named(self):
        items = ["nfkc_cf.nrm", "nfkc.nrm", "confusables.cfu", "uemoji.icu", "unames.icu", "cnvalias.icu"]
        for item in items:
            cut_icu.cut(self.folder / item, [item])
            process = run(PROGRAM, "compare", self.folder / "letters.txt", self.folder / "others.txt", env=self.with_data(item))
            self.assertEqual(process.returncode, 2, f"{item}: {process}")
            self.assertIn(f"unspin: ICU's data lack {item}", process.stderr)

    def test_every_missing_converter_is_named(self):
        converters = [item for item in self.items if item.endswith(".cnv")]
        self.assertGreater(len(converters), 30)
        for item in converters:
            cut_icu.cut(self.folder / item, [item])
            process = run(PROGRAM, "read", self.folder / "letters.txt", env=self.with_data(item))
            self.assertEqual(process.returncode, 2, f"{item}: {process}")
            self.assertIn("unspin: ICU's data lack the converter ", process.stderr)

    @unittest.skipUnless(shutil.which("strace"), "no strace here; tools/dev/setup --packages installs it")
    def test_every_item_that_is_asked_for_is_kept(self):
        """ICU looks for each item in the folder ICU_DATA before it looks in its library."""
        empty = self.folder / "empty"
        empty.mkdir()
        env = {**os.environ, "ICU_DATA": str(empty)}
        asked = set()
        for command in (("read", "--json", self.pages),
                        ("compare", self.folder / "letters.txt", self.folder / "others.txt", "--html", self.folder / "report.html")):
            trace = self.folder / "trace"
            output("strace", "-f", "-e", "trace=%file", "-o", trace, PROGRAM, *command, env=env)
            asked |= set(re.findall(rf"{empty}/icudt\d+l/([^\"]+)", trace.read_text("utf-8", "replace")))
        self.assertLessEqual({"uemoji.icu", "nfkc_cf.nrm", "gb18030.cnv"}, asked)
        (whole,) = {line.split()[2] for line in output("ldd", PROGRAM).splitlines() if "libicudata" in line}
        table = pathlib.Path(whole).read_bytes()  # names of items stand in it
        self.assertEqual([name for name in sorted(asked - set(self.items)) if f"/{name}\0".encode() in table], [])


if __name__ == "__main__":
    unittest.main()
