"""The .deb installs into a root of its own, with the libraries that it names, is used there, and leaves nothing behind."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

import support
from support import FERRY, FERRY_SPUN

NEEDED = re.compile(r"\(NEEDED\)\s+Shared library: \[(.+?)\]")


def run(*arguments, **options):
    done = subprocess.run([str(argument) for argument in arguments], capture_output=True, text=True, timeout=600, **options)
    if done.returncode != 0:
        raise AssertionError(f"{arguments} ended with {done.returncode}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return done.stdout


class DebTest(support.ProgramTest):
    @classmethod
    def setUpClass(cls):
        for tool in ("cpack", "dpkg-deb", "dpkg-shlibdeps", "readelf"):
            if not shutil.which(tool):
                raise unittest.SkipTest(f"no {tool} here: the .deb is not made and not tested")
        if "-fsanitize" in (support.BUILD / "CMakeCache.txt").read_text("utf-8"):
            raise unittest.SkipTest("a program with sanitizers is not packed")
        holder = tempfile.TemporaryDirectory(prefix="unspin-deb-")
        cls.addClassCleanup(holder.cleanup)
        cls.home = pathlib.Path(holder.name)
        run("cpack", "-G", "DEB", "--config", support.BUILD / "CPackConfig.cmake", "-B", cls.home, umask=0o022)
        (cls.package,) = cls.home.glob("unspin_*.deb")
        cls.fields = dict(line.split(": ", 1) for line in run("dpkg-deb", "-f", cls.package).splitlines()
                          if re.match(r"\S+: ", line))

    def unpacked(self):
        root = self.folder / "unpacked"
        run("dpkg-deb", "-x", self.package, root)
        return root

    def test_its_version_is_the_program_s(self):
        version = self.run_program("--version").out.split()[1]
        self.assertEqual(f"{version}-1", self.fields["Version"])
        architecture = run("dpkg", "--print-architecture").strip()
        self.assertEqual(f"unspin_{version}-1_{architecture}.deb", self.package.name)

    def test_it_depends_on_the_package_of_every_library_that_the_program_loads(self):
        depends = {re.split(r"[ (:]", entry)[0] for entry in self.fields["Depends"].split(", ")}
        libraries = NEEDED.findall(run("readelf", "-d", self.unpacked() / "usr/bin/unspin"))
        self.assertIn("libc.so.6", libraries)
        for library in libraries:
            found = run("dpkg", "-S", f"*/{library}").splitlines()
            packages = {line.split(":")[0] for line in found if line.endswith("/" + library)}
            self.assertTrue(packages & depends, f"{library} is of {packages}, and the package depends on {depends}")

    def test_apt_would_install_it(self):
        if not shutil.which("apt-get"):
            self.skipTest("no apt-get")
        self.assertIn(f"Inst unspin ({self.fields['Version']}", run("apt-get", "-s", "install", self.package))

    def test_it_holds_what_debian_wants_in_a_package(self):
        root = self.unpacked()
        files = {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}
        self.assertLessEqual({"usr/bin/unspin", "usr/share/doc/unspin/copyright", "usr/share/doc/unspin/changelog.gz",
                              "usr/share/doc/unspin/changelog.Debian.gz", "usr/share/man/man1/unspin.1.gz",
                              "usr/share/man/man1/unspin-check.1.gz", "usr/share/bash-completion/completions/unspin",
                              "usr/share/zsh/vendor-completions/_unspin",
                              "usr/share/fish/vendor_completions.d/unspin.fish"}, files)
        self.assertEqual([], [name for name in files if re.search(r"\.(h|a|cmake|pc|1)$", name)])
        copyright_file = (root / "usr/share/doc/unspin/copyright").read_text("utf-8")
        for owner in ("Princeton University", "LibreOffice", "Cincinnati", "Collet"):
            self.assertIn(owner, copyright_file)

    def test_lintian_finds_nothing(self):
        if not shutil.which("lintian"):
            self.skipTest("no lintian; tools/dev/setup installs it")
        # No bug of Debian's tracker asks for the package.
        run("lintian", "--fail-on", "error,warning", "--suppress-tags", "initial-upload-closes-no-bugs", "--allow-root", self.package)

    def test_it_is_installed_used_and_removed(self):
        if os.geteuid() != 0:
            self.skipTest("only root can install a package, even into a root of its own")
        root = self.folder / "root"
        for folder in ("updates", "info"):
            (root / "var/lib/dpkg" / folder).mkdir(parents=True)
        (root / "var/lib/dpkg/status").touch()
        # The libraries are those of this machine; the root has none.
        # Images of containers tell dpkg to leave manual pages out.
        dpkg = ("dpkg", f"--root={root}", "--force-depends", "--path-include=/usr/share/*")
        log = {"env": os.environ | {"PATH": "/usr/sbin:/sbin:" + os.environ["PATH"]}}
        run(*dpkg, "--install", self.package, **log)
        self.assertIn("install ok installed", run("dpkg-query", f"--admindir={root}/var/lib/dpkg", "-s", "unspin"))
        self.assertEqual("", run(*dpkg, "--verify", "unspin", **log))
        program = root / "usr/bin/unspin"
        self.write("original.txt", FERRY)
        self.write("suspect.txt", FERRY_SPUN)
        run(program, "index", "original.txt", "--archive", "archive", cwd=self.folder)
        here = self.run_program("check", "suspect.txt", "--archive", "archive", "--json").out
        self.assertEqual(here, run(program, "check", "suspect.txt", "--archive", "archive", "--json", cwd=self.folder))
        self.assertIn('"verdict":"spun"', here)
        if shutil.which("man") and shutil.which("groff"):
            self.assertIn("unspin-check", run("man", "-M", root / "usr/share/man", "unspin-check"))
        run(*dpkg, "--remove", "unspin", **log)
        left = [path for path in root.rglob("*") if path.is_file() and "var" not in path.relative_to(root).parts[:1]]
        self.assertEqual([], left)


if __name__ == "__main__":
    unittest.main()
