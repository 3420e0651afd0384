"""Every path in backticks and every relative link in a tracked .md exists."""

import re
import unittest

import tree

FENCE = re.compile(r"^(```|~~~).*?^\1\s*$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
LINK = re.compile(r"\]\(([^)\s]+)\)")
PATH = re.compile(r"^\.{0,2}[\w@+-][\w.@+-]*(/[\w.@+-]+)*/?$|^\.[\w-]+(/[\w.@+-]+)*/?$")
RECORD = re.compile(r"\bdocs/(?:decisions|performance)/\d{4}-[\w-]+\.md")
# Names with these endings are files of ours; `suspect.txt`, `pairs.jsonl` and the like are the reader's own.
OURS = (".md", ".h", ".cc", ".py", ".cmake", ".tsv", "CMakeLists.txt", "CMakePresets.json", "vcpkg.json")
# Made by a build or a reader: a document may name it before it exists.
MADE = ("build/", ".cache/", "shared/", "../shared/")
# A change log describes earlier versions; a file that it names may be gone.
HISTORY = {"CHANGELOG.md"}
INCLUDE_ROOTS = ("", "core", "core/unspin", "tools", "tests")


def broken(document, text, exists):
    """The paths that `text`, the content of `document`, names and that `exists` (a function of a path) denies."""
    found = []
    folder = str(document.parent)
    text = FENCE.sub("", text)

    def reaches(name, roots):
        return any(exists(f"{root}/{name}" if root not in ("", ".") else name) for root in roots)

    for name in CODE.findall(text):
        if not PATH.match(name) or name.startswith(MADE):
            continue
        first = name.split("/")[0]
        if name.endswith(OURS):
            bare = "/" not in name
            if not reaches(name, (folder,) + INCLUDE_ROOTS) and not (bare and exists("**/" + name)):
                found.append(name)
        elif "/" in name and reaches(first, (folder, "")) and not reaches(name.rstrip("/"), (folder, "")):
            found.append(name)
        elif name.endswith("/") and not reaches(name.rstrip("/"), (folder,) + INCLUDE_ROOTS):
            found.append(name)
    for name in LINK.findall(text):
        name = name.split("#")[0]
        if name and "://" not in name and not name.startswith(("mailto:",) + MADE) and not reaches(name, (folder,)):
            found.append(name)
    return found


class DocumentsTest(unittest.TestCase):
    def test_every_path_named_exists(self):
        files = tree.files()
        names = {path.name for path in files}
        documents = [path for path in files if path.suffix == ".md" and path.name not in HISTORY]
        self.assertTrue(documents, "no documents found: is this the project's root?")

        def exists(path):
            return path[3:] in names if path.startswith("**/") else (tree.ROOT / path).exists()

        found = [f"{path}: `{name}`" for path in documents for name in broken(path, tree.text(path) or "", exists)]
        self.assertEqual([], found)

    def test_every_record_that_code_names_exists(self):
        found = [f"{path}: {name}" for path in tree.files() if path.name not in HISTORY
                 for name in RECORD.findall(tree.text(path) or "") if not (tree.ROOT / name).is_file()]
        self.assertEqual([], found)

    def test_a_path_that_does_not_exist_is_seen(self):
        there = {"core", "core/LAYERS", "docs/report.md", "docs", "tools", "**/span.h"}
        text = ("`core/LAYERS` `core/gone` `docs/gone.md` `report.md` `span.h` `gone.h` `datasets/` `build/x.md` "
                "`text/html` `unspin check --json` `src/*.cc` `<FILE>.md` [a](report.md) [b](nowhere.png) "
                "[c](https://example.org/a.md)\n```\n`core/not-read`\n```\n")
        self.assertEqual(["core/gone", "docs/gone.md", "gone.h", "datasets/", "nowhere.png"],
                         broken(tree.pathlib.PurePosixPath("docs/method.md"), text, lambda path: path in there))


if __name__ == "__main__":
    unittest.main()
