"""The version is written once, in CMakeLists.txt; what cannot read it from there repeats it."""

import json
import re
import unittest

import tree

NUMBER = r"\d+\.\d+\.\d+"
PROJECT = re.compile(rf"^project\(unspin VERSION ({NUMBER}) ", re.MULTILINE)
HEADING = re.compile(rf"^## ({NUMBER})", re.MULTILINE)
PYPROJECT = re.compile(rf'^version = "({NUMBER})"', re.MULTILINE)
# A version of ours as a literal of C++ or Python.
LITERAL = re.compile(rf'(?:kVersion|__version__)[^\n;=]*=\s*"{NUMBER}"')
PORT = "tools/packages/vcpkg/unspin/vcpkg.json"


def names(dependencies):
    return {entry if isinstance(entry, str) else entry["name"] for entry in dependencies}


class VersionTest(unittest.TestCase):
    def setUp(self):
        self.version = PROJECT.search(tree.text("CMakeLists.txt"))[1]

    def test_the_packages_of_vcpkg_have_it(self):
        for path in ("vcpkg.json", PORT):
            self.assertEqual(self.version, json.loads(tree.text(path))["version"], path)

    def test_the_python_package_has_it(self):
        text = tree.text("pyproject.toml")
        written = PYPROJECT.search(text)
        if written:
            self.assertEqual(self.version, written[1])
        else:
            self.assertRegex(text, r'(?m)^dynamic = \[[^]]*"version"', "pyproject.toml names no version")
            self.assertIn("CMakeLists.txt", text, "pyproject.toml takes the version from elsewhere")

    def test_the_newest_release_of_the_changelog_has_it(self):
        self.assertEqual(self.version, HEADING.search(tree.text("CHANGELOG.md"))[1])

    def test_no_source_repeats_it(self):
        sources = [path for path in tree.files() if path.suffix in (".h", ".cc", ".py") and path.parts[0] in ("core", "tools")]
        self.assertTrue(sources)
        self.assertEqual([], [str(path) for path in sources if LITERAL.search(tree.text(path) or "")])
        self.assertRegex('inline constexpr const char* kVersion = "1.2.3";', LITERAL)

    def test_the_port_needs_what_the_program_needs(self):
        project, port = json.loads(tree.text("vcpkg.json")), json.loads(tree.text(PORT))
        self.assertEqual(names(project["dependencies"]) | {"vcpkg-cmake", "vcpkg-cmake-config"}, names(port["dependencies"]))
        self.assertEqual(project["features"]["parquet"], port["features"]["parquet"])
        for name in ("description", "license"):
            self.assertEqual(project[name], port[name])


if __name__ == "__main__":
    unittest.main()
