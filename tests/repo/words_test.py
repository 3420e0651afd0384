"""We report similarity and people judge: one word appears nowhere but in the name of a file format's feature. And no
tracked file names a folder of the machine it was written on."""

import fnmatch
import re
import unittest

import tree

# Split, so that this file obeys its own rule.
WORD = "plagiar" + "i"
FEATURE = "detected-" + WORD + "sm"
# German and French, Spanish, Portuguese: drafts of notices are in some of them.
OTHER_WORDS = ("plagi" + "at", "plagi" + "o", "plági" + "o")
# The PAN text-alignment format names its feature so; its writer, that writer's tests and its document must say it.
PAN_FILES = (
    "tools/cli/align.cc", "tools/cli/align_command.cc", "tools/cli/command_align.cc",
    "tools/render/pan.cc", "tools/render/pan_xml.cc",
    "tests/unit/align_command_test.cc", "tests/unit/pan_test.cc", "tests/unit/render_pan_test.cc",
    "tests/cli/align_test.py", "tests/cli/pan_test.py",
    "tests/golden/*.xml", "docs/pan.md", "docs/align.md", "docs/formats.md", "bench/quality/fit_passages.cc",
)
# Word lists hold the words of a language, not our own.
WORD_LISTS = ("core/unspin/language/*/*.tsv",)
MACHINE = re.compile(r"(?:^|[^A-Za-z0-9_.])/(?:(?:work|farm)/[\w.]|(?:home|root|Users)/[\w.-]+/)")


def offences(path, text):
    """Sentences about what `text`, the content of the file `path`, should not say."""
    found = []

    def among(patterns):
        return any(fnmatch.fnmatchcase(str(path), pattern) for pattern in patterns)

    allowed = among(PAN_FILES)
    listed = among(WORD_LISTS)
    for number, line in enumerate(text.splitlines(), 1):
        rest = line.replace(FEATURE, "") if allowed else line
        if any(word in rest.lower() for word in (WORD, *OTHER_WORDS)) and not listed:
            found.append(f"{path}:{number}: says the word")
        if MACHINE.search(line):
            found.append(f"{path}:{number}: names a folder of one machine")
    return found


class WordsTest(unittest.TestCase):
    def test_no_file_says_what_it_should_not(self):
        files = tree.files()
        self.assertTrue(files, "no files found: is this the project's root?")
        found = [offence for path in files for offence in offences(path, tree.text(path) or "")]
        found += [f"{path}: its name says the word" for path in files if WORD in str(path).lower()]
        self.assertEqual([], found)

    def test_an_offence_is_seen(self):
        path = tree.pathlib.PurePosixPath
        said = f'<feature name="{FEATURE}" />'
        self.assertEqual([], offences(path("tools/cli/align.cc"), said))
        self.assertEqual(["tools/cli/align.cc:2: says the word"],
                         offences(path("tools/cli/align.cc"), f"{said}\n{WORD.upper()}ST\n"))
        self.assertEqual(["README.md:1: says the word"], offences(path("README.md"), said))
        for word in OTHER_WORDS:
            self.assertEqual(["tools/a.txt:1: says the word"], offences(path("tools/a.txt"), f"Das {word.title()}."))
        folder = "/".join(["", "home", "somebody", "x"])
        self.assertEqual(["README.md:1: names a folder of one machine"], offences(path("README.md"), f"cd {folder}"))
        self.assertEqual([], offences(path("README.md"), "POST /v1/work/home and ../home/x"))


if __name__ == "__main__":
    unittest.main()
