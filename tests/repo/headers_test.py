"""A header begins with a sentence that says what it is for, and every module has such a header."""

import re
import unittest

import tree


def first_sentence(text):
    """The first sentence of the comment on the first line, or None. Directions to tools (`clang-format off`) do not count."""
    lines = []
    for line in text.splitlines():
        if not line.startswith("//"):
            break
        lines.append(line[2:].strip())
    sentence = re.match(r"\S.*?[.?!](?=\s|$)", " ".join(lines).strip(), re.DOTALL)
    if sentence is None or len(sentence.group().split()) < 4 or not lines[0]:
        return None
    return sentence.group()


def headers():
    return [path for path in tree.files() if path.suffix == ".h" and path.parts[0] in ("core", "tools", "bench", "tests")]


class HeadersTest(unittest.TestCase):
    def test_every_header_begins_with_a_sentence(self):
        self.assertTrue(headers(), "no headers found: is this the project's root?")
        without_sentence = [str(path) for path in headers() if first_sentence(tree.text(path) or "") is None]
        self.assertEqual([], without_sentence)

    def test_every_header_is_included_once(self):
        self.assertEqual([], [str(path) for path in headers() if "#pragma once" not in (tree.text(path) or "")])

    def test_every_module_has_a_header(self):
        folders = {path.parent for path in tree.files() if path.parts[:2] == ("core", "unspin") and len(path.parts) > 3}
        modules = {folder.parts[2] for folder in folders}
        with_header = {path.parts[2] for path in headers() if path.parts[:2] == ("core", "unspin") and len(path.parts) > 3}
        self.assertEqual([], sorted(modules - with_header))

    def test_what_is_not_a_sentence_is_seen(self):
        for text in ("#pragma once\n", "// clang-format off\n", "//\n// A sentence that comes one line late.\n", "// Spans.\n",
                     "// words without an end\n#pragma once\n"):
            self.assertIsNone(first_sentence(text), text)
        self.assertEqual("Half-open intervals, in bytes or in tokens.",
                         first_sentence("// Half-open intervals,\n// in bytes or in tokens. More.\n#pragma once\n"))


if __name__ == "__main__":
    unittest.main()
