"""Tables that repeat the code do so: the arrows in ARCHITECTURE.md, the signals in docs/method.md.

UNSPIN_UPDATE_GOLDEN=1 writes them anew.
"""

import os
import re
import unittest

import tree

SIGNAL = re.compile(r'X\(\w+, \w+, "([a-z0-9-]+)",[\s\\]*"([^"]*%\.2f[^"]*)"\)')


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
    """The rows of core/unspin/verdict/signal_list.h → the table."""
    rows = [f"| `{name}` | {text.replace('%.2f', '*x*')} |" for name, text in SIGNAL.findall(source)]
    return "\n".join(["| Signal | Sentence |", "|---|---|"] + rows) + "\n"


def block(text, name):
    return re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", text, re.DOTALL)


class Architecture(unittest.TestCase):
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
        table = signals((tree.ROOT / "core" / "unspin" / "verdict" / "signal_list.h").read_text(encoding="utf-8"))
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
