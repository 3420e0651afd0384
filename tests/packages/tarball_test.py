#!/usr/bin/env python3
"""The tarball in a folder of its own, and in a root that has the GNU C library and nothing else."""
import os
import pathlib
import re
import shutil
import struct
import tarfile
import tempfile
import unittest

from support import PROGRAM, SAMPLES, SOURCE, PackageTest, output, run
import bundle

OLDEST_GLIBC = (2, 35)
# The versions of symbols that later ones define. GLIBC_ABI_DT_RELR is one as well, which glibc's own files ask for.
NEWER_VERSIONS = [b"GLIBC_2.%d" % minor for minor in range(OLDEST_GLIBC[1] + 1, 60)]


def elf_hash(name):
    """The hash by which the loader compares names of versions (System V gABI, chapter 5)."""
    value = 0
    for byte in name:
        value = (value << 4) + byte
        high = value & 0xf0000000
        value = (value ^ (high >> 24)) & ~high
    return value


def without_newer_versions(libc):
    """The bytes of a C library as old as OLDEST_GLIBC in what it offers: the newer versions have names that nobody asks for."""
    for name in NEWER_VERSIONS:
        other = b"OTHER" + name[5:]
        libc = libc.replace(name + b"\0", other + b"\0")
        libc = libc.replace(struct.pack("<I", elf_hash(name)), struct.pack("<I", elf_hash(other)))
    return libc


class TarballTest(PackageTest):
    @classmethod
    def setUpClass(cls):
        output(SOURCE / "tools/dev/tarball")
        (cls.tarball,) = (SOURCE / "build/packages").glob("unspin-*-linux-x86_64.tar.xz")
        cls.scratch = tempfile.TemporaryDirectory()
        with tarfile.open(cls.tarball) as tar:
            tar.extractall(cls.scratch.name)
        (cls.folder,) = pathlib.Path(cls.scratch.name).iterdir()
        cls.program = cls.folder / "bin" / "unspin"
        cls.files = [cls.program, *sorted((cls.folder / "lib").iterdir())]

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def test_no_symbol_is_newer_than_the_oldest_glibc(self):
        for file in self.files:
            found = re.findall(r"GLIBC_(\d+)\.(\d+)", output("objdump", "-T", file))
            self.assertTrue(found or "absl" in file.name or "icudata" in file.name, file)
            self.assertNotIn("GLIBC_ABI_DT_RELR", output("readelf", "-V", file), file.name)
            for version in found:
                self.assertLessEqual(tuple(map(int, version)), OLDEST_GLIBC, file.name)

    def test_every_library_is_inside_or_part_of_glibc(self):
        inside = {file.name for file in self.files}
        for file in self.files:
            for name in re.findall(r"\(NEEDED\).*\[(.+)\]", output("readelf", "-d", file)):
                self.assertTrue(name in inside or bundle.LEFT_BEHIND.match(name), f"{file.name} needs {name}")

    def test_all_symbols_are_found(self):
        process = run(self.program, "--version", env={**os.environ, "LD_BIND_NOW": "1"})
        self.assertEqual((process.returncode, process.stderr), (0, ""))

    def test_it_answers_as_the_program_of_the_build(self):
        articles = [*sorted(SAMPLES.glob("*/*.html")), *sorted(SAMPLES.glob("*/*.txt"))]
        self.assertEqual(output(self.program, "read", "--json", *articles), output(PROGRAM, "read", "--json", *articles))
        for suspect in sorted(SAMPLES.glob("*/spun.txt")):
            command = ("compare", suspect.parent / "original.txt", suspect, "--json")
            self.assertEqual(output(self.program, *command), output(PROGRAM, *command))

    def test_licences_and_manual_are_inside(self):
        licences = (self.folder / "THIRD-PARTY").read_text(encoding="utf-8")
        for file in self.files[1:]:
            if file.name != "libunspin.so":
                self.assertIn(file.name, licences)
        self.assertIn("Apache License", (self.folder / "LICENSE").read_text(encoding="utf-8"))
        self.assertTrue(list(self.folder.glob("share/man/man1/unspin.1*")))

    @unittest.skipUnless(os.geteuid() == 0, "only root may change the root of a process")
    def test_it_runs_in_a_root_that_has_the_oldest_glibc_alone(self):
        root = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, root)
        for line in output("ldd", "/bin/sh").splitlines():
            found = re.search(r"(/\S+)", line)
            if found and bundle.LEFT_BEHIND.match(pathlib.Path(found[1]).name):
                self.copy_into(root, pathlib.Path(found[1]))
        for name in ("libm.so.6", "libpthread.so.0", "libdl.so.2", "librt.so.1"):
            self.copy_into(root, pathlib.Path("/lib/x86_64-linux-gnu") / name)
        libc = root / "lib/x86_64-linux-gnu/libc.so.6"
        libc.write_bytes(without_newer_versions(libc.read_bytes()))
        shutil.copytree(self.folder, root / "unspin")
        shutil.copytree(SAMPLES, root / "samples")
        page = "<html><head><meta charset=windows-1252></head><body><article><p>“Quoted” words – and more.</p></article></body></html>"
        (root / "page.html").write_bytes(page.encode("windows-1252"))
        (root / "proc").mkdir()
        # The loader reads in /proc which folder a program is in. The mount ends with the process.
        enter = 'mount --bind /proc "$0/proc" && exec chroot "$0" /unspin/bin/unspin "$@"'

        def inside(*arguments):
            return output("unshare", "--mount", "sh", "-c", enter, root, *arguments)
        originals = [f"/samples/{path.parent.name}/original.txt" for path in sorted(SAMPLES.glob("*/original.txt"))]
        inside("index", *originals, "--archive", "/archive")
        self.assertIn('"verdict":"spun"', inside("check", "/samples/harbour-spill/spun.txt", "--archive", "/archive", "--json"))
        self.assertIn("“Quoted” words – and more.", inside("read", "/page.html"))
        inside("dedup", *originals, "--out", "/clusters.jsonl")
        self.assertIn("unspin dedup", inside("dedup", "--help"))
        # The same root refuses what the older glibc lacks: Debian 12's own C++ library asks for arc4random.
        if b"GLIBC_2.36" in (theirs := pathlib.Path("/lib/x86_64-linux-gnu/libstdc++.so.6").resolve().read_bytes()):
            (root / "unspin/lib/libstdc++.so.6").write_bytes(theirs)
            with self.assertRaisesRegex(AssertionError, "GLIBC_2.36' not found"):
                inside("--version")

    @staticmethod
    def copy_into(root, file):
        target = root / str(file).lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file.resolve(), target)


if __name__ == "__main__":
    unittest.main()
