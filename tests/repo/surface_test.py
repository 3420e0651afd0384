"""The public surface is small: few headers of ours, and none of the program's insides, behind unspin/unspin.h."""

import re
import unittest

import tree

UMBRELLA = "unspin/unspin.h"
MAX_HEADERS = 12
# Headers of systems and packages that no user of the library should have to compile.
FORBIDDEN = ("sys/mman.h", "xxhash.h", "hwy/", "unicode/", "simdjson.h", "zstd.h", "archive.h", "libstemmer.h")
QUOTED = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)
ANGLED = re.compile(r"^\s*#\s*include\s*<([^>]+)>", re.MULTILINE)


def closure(name, read):
    """All headers of ours that `name` includes, directly or not, itself among them. read(name) → text."""
    seen, waiting = set(), [name]
    while waiting:
        header = waiting.pop()
        if header in seen:
            continue
        seen.add(header)
        waiting += [other for other in QUOTED.findall(read(header)) if other.startswith("unspin/")]
    return seen


def forbidden(headers, read):
    """[(header, what it includes)] for each include that begins with one of FORBIDDEN."""
    return sorted((header, name) for header in headers
                  for name in ANGLED.findall(read(header)) + QUOTED.findall(read(header))
                  if name.startswith(FORBIDDEN))


def read(name):
    return (tree.ROOT / "core" / name).read_text(encoding="utf-8")


class Surface(unittest.TestCase):
    def test_the_umbrella_includes_few_headers_of_ours(self):
        headers = closure(UMBRELLA, read)
        self.assertLessEqual(len(headers), MAX_HEADERS, "\n".join(sorted(headers)))

    def test_the_umbrella_includes_nothing_from_inside(self):
        self.assertEqual([], forbidden(closure(UMBRELLA, read), read))

    def test_includes_are_followed_to_their_end(self):
        files = {"unspin/a.h": '#include "unspin/b.h"\n', "unspin/b.h": '#include "unspin/a.h"\n#include <xxhash.h>\n'}
        headers = closure("unspin/a.h", files.get)
        self.assertEqual({"unspin/a.h", "unspin/b.h"}, headers)
        self.assertEqual([("unspin/b.h", "xxhash.h")], forbidden(headers, files.get))


if __name__ == "__main__":
    unittest.main()
