"""Every #include of ours is one that core/LAYERS allows."""

import re
import unittest

import tree

INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)
TOOLS = ("render", "cli", "python", "server", "evidence", "watch")
UMBRELLA = "unspin/unspin.h"


def read_layers(text):
    """`module: module module` per line → {module: set of modules}."""
    layers = {}
    for line in text.splitlines():
        line = line.split("#")[0].strip()
        if line:
            module, _, allowed = line.partition(":")
            layers[module.strip()] = set(allowed.split())
    return layers


def module_of_file(path):
    """core/unspin/sketch/sketch.h → sketch; tools/cli/check.cc → cli; None for a file that is in no module."""
    parts = path.parts
    if parts[:2] == ("core", "unspin") and len(parts) > 3:
        return parts[2]
    if parts[0] == "tools" and len(parts) > 2 and parts[1] in TOOLS:
        return parts[1]
    return None


def module_of_include(name):
    """unspin/sketch/sketch.h → sketch; render/text.h → render; None for what is not ours."""
    parts = name.split("/")
    if parts[0] == "unspin" and len(parts) > 2:
        return parts[1]
    if parts[0] in TOOLS and len(parts) > 1:
        return parts[0]
    return None


def violations(files, layers):
    """files: {path: text} → list of sentences, one for each include that core/LAYERS does not allow."""
    umbrella = set()
    for path, text in files.items():
        if str(path) == "core/" + UMBRELLA:
            umbrella = {module_of_include(name) for name in INCLUDE.findall(text)} - {None}
    found = []
    for path, text in files.items():
        module = module_of_file(path)
        if module is None:
            continue
        if module not in layers:
            found.append(f"{path}: the module {module} is not in core/LAYERS")
            continue
        allowed = layers[module] | {module}
        for name in INCLUDE.findall(text):
            included = umbrella if name == UMBRELLA else {module_of_include(name)} - {None}
            for other in sorted(included - allowed):
                found.append(f'{path}: {module} may not include {other} ("{name}")')
    return found


def sources():
    return {path: tree.text(path) or "" for path in tree.files()
            if path.suffix in (".h", ".cc", ".inc") and path.parts[0] in ("core", "tools")}


class LayersTest(unittest.TestCase):
    def setUp(self):
        self.layers = read_layers((tree.ROOT / "core" / "LAYERS").read_text(encoding="utf-8"))

    def test_every_include_is_allowed(self):
        files = sources()
        self.assertTrue(files, "no C++ files found: is this the project's root?")
        self.assertEqual([], violations(files, self.layers))

    def test_every_listed_module_is_a_folder_with_files(self):
        built = {module_of_file(path) for path in sources()}
        self.assertEqual([], sorted(set(self.layers) - built), "in core/LAYERS, but without a file")

    def test_every_arrow_ends_at_a_listed_module(self):
        for module, allowed in self.layers.items():
            self.assertEqual(set(), allowed - set(self.layers), f"{module} may include modules that do not exist")

    def test_the_arrows_have_no_cycle(self):
        left = {module: set(allowed) for module, allowed in self.layers.items()}
        while left:
            bottom = [module for module, allowed in left.items() if not allowed & set(left)]
            self.assertTrue(bottom, f"a cycle among {sorted(left)}")
            for module in bottom:
                del left[module]

    def test_an_include_that_is_not_allowed_is_seen(self):
        files = {tree.pathlib.PurePosixPath("core/unspin/base/span.h"): '#include "unspin/engine/engine.h"\n'}
        self.assertEqual(['core/unspin/base/span.h: base may not include engine ("unspin/engine/engine.h")'],
                         violations(files, self.layers))

    def test_the_umbrella_counts_as_what_it_includes(self):
        path = tree.pathlib.PurePosixPath
        files = {path("core/unspin/unspin.h"): '#include "unspin/engine/engine.h"\n',
                 path("core/unspin/base/span.h"): '#include "unspin/unspin.h"\n',
                 path("tools/cli/check.cc"): '#include "unspin/unspin.h"\n'}
        self.assertEqual(['core/unspin/base/span.h: base may not include engine ("unspin/unspin.h")'],
                         violations(files, self.layers))


if __name__ == "__main__":
    unittest.main()
