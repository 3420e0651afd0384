"""An installed copy serves other projects: by find_package(unspin CONFIG), and by pkg-config."""

import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import unittest

import support
from support import FERRY, FERRY_SPUN

sys.path.insert(0, str(support.SOURCE / "tests" / "repo"))
import surface_test  # noqa: E402: which headers are public

PROJECT = """cmake_minimum_required(VERSION 3.25)
project(consumer LANGUAGES CXX)
find_package(unspin 0.1 CONFIG REQUIRED)
add_executable(consumer main.cc)
target_link_libraries(consumer PRIVATE unspin::core)
add_executable(report {example})
target_link_libraries(report PRIVATE unspin::render)
"""

MAIN = r"""#include <cstdio>
#include <unspin/unspin.h>

int main(int, char** argv) {
  unspin::Article original, suspect;
  original.text = argv[1];
  suspect.text = argv[2];
  const unspin::Engine engine;
  unspin::Workspace workspace(engine);
  const unspin::Report report = engine.Compare(original, suspect, {}, workspace);
  std::printf("%s %.6g\n", unspin::Name(report.summary.verdict), *report.summary.rewrite);
}
"""


def cached(name):
    """A setting of the build under test, so that the consumer is built like the library."""
    cache = (support.BUILD / "CMakeCache.txt").read_text("utf-8")
    found = re.search(rf"(?m)^{name}:\w+=(.*)$", cache)
    return found[1] if found else ""


class Install(support.ProgramTest):
    @classmethod
    def setUpClass(cls):
        holder = tempfile.TemporaryDirectory(prefix="unspin-install-")
        cls.addClassCleanup(holder.cleanup)
        # Moved after installing: nothing in it may name the place it was installed to.
        first, cls.prefix = pathlib.Path(holder.name) / "first", pathlib.Path(holder.name) / "second"
        cls.command("cmake", "--install", support.BUILD, "--prefix", first)
        first.rename(cls.prefix)

    @classmethod
    def command(cls, *arguments, **options):
        environment = {name: value for name, value in os.environ.items() if name != "DESTDIR"}
        done = subprocess.run([str(argument) for argument in arguments], capture_output=True, text=True, timeout=600,
                              env=environment, **options)
        if done.returncode != 0:
            raise AssertionError(f"{arguments} ended with {done.returncode}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
        return done.stdout

    def test_the_program_runs_from_its_new_place(self):
        self.assertRegex(self.command(self.prefix / "bin" / "unspin", "--version"), r"^unspin \d")

    def test_what_is_installed_names_no_folder_of_the_source_or_the_build(self):
        packages = list(self.prefix.rglob("*.cmake"))
        self.assertTrue(packages)
        for path in packages + list(self.prefix.rglob("*.h")):
            text = path.read_text("utf-8")
            for folder in (support.SOURCE, support.BUILD, self.prefix.parent / "first"):
                self.assertNotIn(str(folder) + "/", text, path)

    def test_the_prefix_holds_what_is_for_users(self):
        self.assertEqual({"bin", "include", "lib", "share"}, {path.name for path in self.prefix.iterdir()})
        for name in ("share/doc/unspin/LICENSE", "share/man/man1/unspin.1", "share/man/man1/unspin-check.1",
                     "share/bash-completion/completions/unspin", "share/zsh/site-functions/_unspin",
                     "share/fish/vendor_completions.d/unspin.fish", "lib/pkgconfig/unspin.pc"):
            self.assertTrue((self.prefix / name).is_file(), name)

    def compiler(self, standard):
        return [cached("CMAKE_CXX_COMPILER"), f"-std={standard}", "-fsyntax-only", "-I", self.prefix / "include"]

    def test_only_public_headers_are_installed_and_each_compiles_alone(self):
        folder = self.prefix / "include"
        installed = {str(path.relative_to(folder)) for path in folder.rglob("*.h")}
        public = surface_test.closure(surface_test.UMBRELLA, surface_test.read)
        self.assertEqual(public, {name for name in installed if not name.startswith("unspin/render/")})
        self.assertLessEqual(public | {"unspin/render/html.h", "unspin/render/json.h", "unspin/render/text.h"}, installed)
        for name in sorted(installed):
            self.write("alone.cc", f"#include <{name}>\n#include <{name}>\n")
            self.command(*self.compiler("c++20"), "-Wall", "-Wextra", "-Wshadow", "-Werror", self.folder / "alone.cc")

    def test_an_older_standard_is_told_in_one_sentence(self):
        self.write("old.cc", "#include <unspin/unspin.h>\nint main() {}\n")
        done = subprocess.run([str(part) for part in [*self.compiler("c++17"), self.folder / "old.cc"]], capture_output=True, text=True)
        errors = [line for line in done.stderr.splitlines() if "error:" in line]
        self.assertEqual(1, len(errors), done.stderr)
        self.assertIn("unspin needs C++20", errors[0])

    def spun_as_the_program_says(self):
        self.write("pairs.jsonl", json.dumps({"original": FERRY, "suspect": FERRY_SPUN}))
        summary = self.run_program("compare", "--pairs", "pairs.jsonl").report["summary"]
        self.assertEqual("spun", summary["verdict"])
        return f"{summary['verdict']} {summary['rewrite']:.6g}\n"

    def test_another_project_finds_it_with_cmake(self):
        self.write("CMakeLists.txt", PROJECT.replace("{example}", str(support.SOURCE / "examples" / "report.cc")))
        self.write("main.cc", MAIN)
        settings = [f"-D{name}={cached(name)}" for name in ("CMAKE_CXX_COMPILER", "CMAKE_C_COMPILER", "CMAKE_BUILD_TYPE",
                                                           "CMAKE_CXX_FLAGS") if cached(name)]
        self.command("cmake", f"-G{cached('CMAKE_GENERATOR')}", "-S", self.folder, "-B", self.folder / "build",
                     f"-DCMAKE_PREFIX_PATH={self.prefix}", *settings)
        self.command("cmake", "--build", self.folder / "build")
        self.assertEqual(self.spun_as_the_program_says(), self.command(self.folder / "build" / "consumer", FERRY, FERRY_SPUN))
        self.check_example(self.folder / "build" / "report")

    def check_example(self, program):
        """examples/report.cc writes what `unspin index` and `unspin check` write."""
        for name, text in support.ARTICLES.items():
            self.write(f"originals/{name}.txt", text)
        self.write("suspects/apart.txt", support.FERRY_APART)
        self.write("suspects/spun.txt", FERRY_SPUN)
        said = self.command(program, "out", "suspects", "originals", cwd=self.folder)
        self.assertEqual("3 new originals\n2 reports in out\n", said)
        self.run_program("index", "originals", "--archive", "archive")
        checked = self.run_program("check", "suspects", "--archive", "archive", "--json", "--html", "pages")
        self.assertEqual(checked.out, (self.folder / "out" / "reports.jsonl").read_text("utf-8"))
        self.assertEqual("spun", checked.reports[1]["summary"]["verdict"])
        pages = [(self.folder / "out" / name).read_text("utf-8") for name in ("1.html", "2.html")]
        self.assertEqual(pages, [(self.folder / "pages" / name).read_text("utf-8") for name in ("000001.html", "000002.html")])

    def test_another_project_finds_it_with_pkg_config(self):
        program = shutil.which("pkg-config") or shutil.which("pkgconf")
        if program is None:
            self.skipTest("no pkg-config")
        self.write("main.cc", MAIN)
        environment = os.environ | {"PKG_CONFIG_PATH": str(self.prefix / "lib" / "pkgconfig")}

        def ask(*arguments):
            done = subprocess.run([program, *arguments], env=environment, capture_output=True, text=True)
            self.assertEqual(0, done.returncode, done.stderr)
            return shlex.split(done.stdout)

        self.assertEqual([re.search(r"unspin (\S+)", self.run_program("--version").out)[1]], ask("--modversion", "unspin"))
        libraries = ask("--cflags", "--libs", "unspin-render")
        self.assertIn("-lunspin_render", libraries)
        self.command(cached("CMAKE_CXX_COMPILER"), *shlex.split(cached("CMAKE_CXX_FLAGS")), "-std=c++20",
                     self.folder / "main.cc", "-o", self.folder / "main", *libraries)
        self.assertEqual(self.spun_as_the_program_says(), self.command(self.folder / "main", FERRY, FERRY_SPUN))


if __name__ == "__main__":
    unittest.main()
