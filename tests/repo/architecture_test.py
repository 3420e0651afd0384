"""Tables that repeat the code are equal to it: the arrows in ARCHITECTURE.md, the signals in docs/method.md.

UNSPIN_UPDATE_GOLDEN=1 writes them anew.
"""

import os
import re
import unittest

import tree

# A signal's family, name and sentence, neighbours in the one list of signals; a backslash ends a line of a macro.
SIGNAL = re.compile(r'k(\w+), "([a-z0-9-]+)",[\s\\]*"([^"]*\*x\*[^"]*)"')


def arrows(layers):
    """The text of core/LAYERS → the table, in the order of the file."""
    rows = ["| Module | may include |", "|---|---|"]
    for line in layers.splitlines():
        line = line.split("#")[0].strip()
        if line:
            module, _, allowed = line.partition(":")
            names = ", ".join(f"`{name}`" for name in allowed.split())
            rows.append(f"| `{module.strip()}` | {names or 'nothing of ours'} |")
    return "\n".join(rows) + "\n"


def signals(source):
    """The source that lists the signals → the table."""
    rows = []
    for family, name, text in SIGNAL.findall(source):
        words = re.sub(r"(?<!^)([A-Z])", r" \1", family).lower()
        rows.append(f"| `{name}` | {words} | {text} |")
    return "\n".join(["| Signal | Family | Value |", "|---|---|---|"] + rows) + "\n"


def block(text, name):
    return re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", text, re.DOTALL)


class ArchitectureTest(unittest.TestCase):
    def check(self, document, name, wanted):
        path = tree.ROOT / document
        text = path.read_text(encoding="utf-8")
        found = block(text, name)
        self.assertIsNotNone(found, f"no <!-- {name} --> … <!-- /{name} --> in {document}")
        if os.environ.get("UNSPIN_UPDATE_GOLDEN") == "1" and found.group(1) != wanted:
            path.write_text(text[:found.start(1)] + wanted + text[found.end(1):], encoding="utf-8")
            return
        self.assertEqual(wanted, found.group(1), "UNSPIN_UPDATE_GOLDEN=1 python3 tests/repo/architecture_test.py writes it anew")

    def test_the_table_of_arrows_is_that_of_the_layers(self):
        self.check("ARCHITECTURE.md", "arrows", arrows((tree.ROOT / "core" / "LAYERS").read_text(encoding="utf-8")))

    def test_the_table_of_signals_is_that_of_the_code(self):
        sources = [tree.text(path) for path in tree.files() if path.parts[:3] == ("core", "unspin", "verdict") and path.suffix in (".h", ".cc")]
        lists = [source for source in sources if SIGNAL.search(source)]
        self.assertEqual(1, len(lists), "the signals have one list")
        table = signals(lists[0])
        model = (tree.ROOT / "core" / "unspin" / "verdict" / "derivation-model.tsv").read_text(encoding="utf-8")
        for line in model.splitlines():
            if line.startswith("signal\t"):
                self.assertIn(f"| `{line.split(chr(9))[1]}` |", table)
        self.check("docs/method.md", "signals", table)

    def test_every_module_is_in_the_folder_list(self):
        text = (tree.ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
        modules = {path.parts[2] for path in tree.files() if path.parts[:2] == ("core", "unspin") and len(path.parts) > 3}
        self.assertTrue(modules)
        self.assertEqual([], sorted(module for module in modules if f"| `core/unspin/{module}/` |" not in text))

    def test_a_module_that_may_include_nothing_is_said_to(self):
        self.assertEqual("| Module | may include |\n|---|---|\n| `base` | nothing of ours |\n| `io` | `base` |\n",
                         arrows("# comment\nbase:\nio: base\n"))


if __name__ == "__main__":
    unittest.main()
