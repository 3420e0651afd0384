"""docs/library.md shows code that is built, and names all headers that are installed and no other."""

import re
import unittest

import tree

SHOWN = re.compile(r"<!-- example: (\S+) \w+ -->\n```cpp\n(.*?)```\n<!-- /example -->", re.DOTALL)
RENDER = re.compile(r"set\(render_headers ([^)]*)\)")
CORE = re.compile(r"set\(core_headers\s([^)]*)\)")


class LibraryTest(unittest.TestCase):
    def setUp(self):
        self.text = tree.text("docs/library.md")
        self.install = tree.text("cmake/Install.cmake")

    def test_the_code_is_that_of_the_example(self):
        found = SHOWN.findall(self.text)
        self.assertTrue(found)
        for path, code in found:
            self.assertIn(code, tree.text(path), f"copy the function out of {path}")

    def test_every_header_of_the_writers_is_named(self):
        for header in RENDER.search(self.install)[1].split():
            self.assertIn(header, self.text)

    def test_every_header_that_is_installed_is_there(self):
        for folder, pattern in (("core/unspin", CORE), ("tools/render", RENDER)):
            for header in pattern.search(self.install)[1].split():
                self.assertTrue((tree.ROOT / folder / header).is_file(), header)


if __name__ == "__main__":
    unittest.main()
