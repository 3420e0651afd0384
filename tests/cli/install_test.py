"""An installed copy serves another project: find_package(unspin CONFIG), one target, ten lines of code."""

import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

import support
from support import FERRY, FERRY_SPUN

PROJECT = """cmake_minimum_required(VERSION 3.25)
project(consumer LANGUAGES CXX)
find_package(unspin 0.1 CONFIG REQUIRED)
add_executable(consumer main.cc)
target_link_libraries(consumer PRIVATE unspin::core)
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

    def test_every_public_header_finds_what_it_includes(self):
        headers = self.prefix / "include"
        for path in headers.rglob("*.h"):
            for name in re.findall(r'#include "(unspin/[^"]+)"', path.read_text("utf-8")):
                self.assertTrue((headers / name).exists(), f"{path}: {name}")

    def test_another_project_compares_two_articles_with_it(self):
        self.write("CMakeLists.txt", PROJECT)
        self.write("main.cc", MAIN)
        settings = [f"-D{name}={cached(name)}" for name in ("CMAKE_CXX_COMPILER", "CMAKE_C_COMPILER", "CMAKE_BUILD_TYPE",
                                                           "CMAKE_CXX_FLAGS", "CMAKE_GENERATOR") if cached(name)]
        settings = [s if "GENERATOR" not in s else f"-G{cached('CMAKE_GENERATOR')}" for s in settings]
        self.command("cmake", "-S", self.folder, "-B", self.folder / "build", f"-DCMAKE_PREFIX_PATH={self.prefix}",
                     *settings)
        self.command("cmake", "--build", self.folder / "build")
        said = self.command(self.folder / "build" / "consumer", FERRY, FERRY_SPUN)
        self.write("pairs.jsonl", json.dumps({"original": FERRY, "suspect": FERRY_SPUN}))
        summary = self.run_program("compare", "--pairs", "pairs.jsonl").report["summary"]
        self.assertEqual("spun", summary["verdict"])
        self.assertEqual(f"{summary['verdict']} {summary['rewrite']:.6g}\n", said)


if __name__ == "__main__":
    unittest.main()
