"""No function is longer than a screen without a reason beside it, and preconditions are asserted."""

import re
import unittest

import cpp
import tree

MAX_LINES = 60  # from the first line of the declaration to the closing brace
REASON = "Long:"
REQUIRES = re.compile(r"REQUIRES:")
ASSERTION = re.compile(r"\b(?:assert|ABSL_DCHECK|ABSL_CHECK|DCHECK)\s*\(")


def long_functions(path, text):
    """Sentences about the functions of one file that are too long."""
    lines = text.splitlines()
    return [f"{path}:{first}: {name} has {last - first + 1} lines"
            for name, first, last in cpp.functions(text)
            if last - first + 1 > MAX_LINES and REASON not in cpp.comment_above(lines, first)]


def sources(*folders):
    return {path: tree.text(path) or "" for path in tree.files() if path.parts[0] in folders and path.suffix in (".h", ".cc", ".inc")}


def without_assertions(files):
    """Modules of core/ and tools/ that state preconditions in headers and assert none. A rough check: reviews do the rest."""
    stated, asserted = {}, {}
    for path, text in files.items():
        module = "/".join(path.parts[:3] if path.parts[0] == "core" else path.parts[:2])
        code = cpp.blank(text)
        asserted[module] = asserted.get(module, 0) + len(ASSERTION.findall(code))
        if path.suffix == ".h":
            stated[module] = stated.get(module, 0) + len(REQUIRES.findall(text))
    return [f"{module}: {stated[module]} × REQUIRES in headers, and no assertion"
            for module in sorted(stated) if stated[module] > 0 and asserted[module] == 0]


class FunctionsTest(unittest.TestCase):
    maxDiff = None

    def test_no_function_is_longer_than_a_screen(self):
        files = sources("core", "tools")
        self.assertTrue(files, "no C++ files found: is this the project's root?")
        self.assertEqual([], [found for path, text in files.items() for found in long_functions(path, text)],
                         f"split them, or write a comment right above: // {REASON} …")

    def test_preconditions_are_asserted(self):
        self.assertEqual([], without_assertions(sources("core", "tools")))

    def test_functions_are_found(self):
        text = """// Adds. It's {1}.
namespace a { enum class E { kOne };
struct S { int x = 1'000; };
class C {
 public:
  C() : x_{1}, y_(2) { Run(); }
  int Get() const { return x_; }
};
template <typename T, class U = S>
auto Add(T a, T b = {}) -> T {
  const auto f = [&] { return a + b; };
  if (a) {
    return f();
  }
  return "}" [0];
}
const int table[] = {1, 2};
bool operator==(const S& a, const S& b) {
  return a.x == b.x;
}
}
"""
        self.assertEqual([("C", 5, 6), ("Get", 7, 7), ("Add", 9, 16), ("operator", 18, 20)],
                         [(name if name != "operator==" else "operator", first, last) for name, first, last in cpp.functions(text)])

    def test_a_long_function_is_seen_unless_it_says_why(self):
        path = tree.pathlib.PurePosixPath("core/a.cc")
        body = "void F() {\n" + "  G();\n" * MAX_LINES + "}\n"
        self.assertEqual([f"core/a.cc:1: F has {MAX_LINES + 2} lines"], long_functions(path, body))
        self.assertEqual([], long_functions(path, "// Long: one step after the other.\n" + body))
        self.assertEqual([], long_functions(path, "void F() {\n" + "  G();\n" * (MAX_LINES - 2) + "}\n"))

    def test_a_precondition_without_assertion_is_seen(self):
        path = tree.pathlib.PurePosixPath
        header = "// REQUIRES: n > 0.\nvoid F(int n);\n"
        self.assertEqual(["core/unspin/base: 1 × REQUIRES in headers, and no assertion"],
                         without_assertions({path("core/unspin/base/f.h"): header, path("core/unspin/base/f.cc"): "// assert(n > 0)\n"}))
        self.assertEqual([], without_assertions({path("core/unspin/base/f.h"): header,
                                                 path("core/unspin/base/f.cc"): "void F(int n) { assert(n > 0); }\n"}))


if __name__ == "__main__":
    unittest.main()
