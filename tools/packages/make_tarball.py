#!/usr/bin/env python3
"""Packs build/portable into a tarball that runs without installing anything; tools/dev/tarball calls it after building.

    make_tarball.py BUILD OUT_FOLDER     writes OUT_FOLDER/unspin-VERSION-linux-x86_64.tar.xz
"""
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile

import bundle
import cut_icu

SOURCE = pathlib.Path(__file__).resolve().parents[2]
README = """unspin {version} for Linux on x86-64 (glibc {glibc} or later). Nothing needs to be installed.

    bin/unspin --help
    man ./share/man/man1/unspin.1

Copy the folder wherever you like, and link bin/unspin from a folder of your PATH. bin/ finds the libraries in lib/.
Parquet files are not read by this build. LICENSE is unspin's licence, THIRD-PARTY those of the libraries in lib/.
"""
OLDEST_GLIBC = "2.35"


def install(build, folder):
    """The program, the library, manual pages and completions, as `cmake --install` places them."""
    for component in ("program", "manual", "completions"):
        bundle.run("cmake", "--install", build, "--prefix", folder, "--component", component)
    (folder / "lib").mkdir(exist_ok=True)
    shutil.copy2(build / "core" / "libunspin.so", folder / "lib")


# What libstdc++_pic.a lacks. arc4random is glibc's since 2.36; std::random_device may use it, and getentropy serves as well.
# The others are in Debian's library only: a case of istream::ignore that has an older name.
MISSING_IN_OBJECTS = """
#include <istream>
#include <limits>
#include <stdlib.h>
#include <unistd.h>

extern "C" __attribute__((visibility("hidden"))) unsigned int arc4random() {
  unsigned int number = 0;
  if (getentropy(&number, sizeof number) != 0) abort();
  return number;
}

namespace {
template <typename Stream>
Stream& Ignore(Stream& in, std::streamsize count) {
  typename Stream::sentry ready(in, true);
  const auto end = Stream::traits_type::eof();
  const bool all = count == std::numeric_limits<std::streamsize>::max();
  while (ready && (all || count-- > 0)) {
    if (!Stream::traits_type::eq_int_type(in.rdbuf()->sbumpc(), end)) continue;
    in.setstate(std::ios_base::eofbit);
    break;
  }
  return in;
}
}  // namespace

extern "C" {
std::istream& IgnoreChars(std::istream* in, std::streamsize count) __asm__("_ZNSi6ignoreEl");
std::istream& IgnoreChars(std::istream* in, std::streamsize count) { return Ignore(*in, count); }
std::wistream& IgnoreWide(std::wistream* in, std::streamsize count) __asm__("_ZNSt13basic_istreamIwSt11char_traitsIwEE6ignoreEl");
std::wistream& IgnoreWide(std::wistream* in, std::streamsize count) { return Ignore(*in, count); }
}
"""


def link_cxx_library(out):
    """Links libstdc++ anew, from the objects that Debian has for this: the one of Debian 12 asks for glibc 2.36."""
    objects = pathlib.Path(bundle.run("gcc", "-print-file-name=libstdc++_pic.a").strip())
    with tempfile.TemporaryDirectory() as scratch:
        source = pathlib.Path(scratch) / "missing.cc"
        source.write_text(MISSING_IN_OBJECTS, encoding="ascii")
        bundle.run("g++", "-O2", "-fPIC", "-c", source, "-o", source.with_suffix(".o"))
        bundle.run("gcc", "-shared", "-nodefaultlibs", "-o", out, "-Wl,-soname,libstdc++.so.6", "-Wl,--no-undefined",
                   f"-Wl,--version-script={objects.with_suffix('.map')}", "-Wl,--whole-archive", objects, "-Wl,--no-whole-archive",
                   source.with_suffix(".o"), "-lm", "-lc", "-lgcc_s", "-lgcc")


def pack(folder, out):
    def plain(entry):
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = "root"
        return entry
    with tarfile.open(out, "w:xz", preset=6) as tar:
        for path in sorted(folder.rglob("*")):
            tar.add(path, arcname=pathlib.Path(folder.name) / path.relative_to(folder), recursive=False, filter=plain)


def main():
    build, out_folder = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
    version = subprocess.run([build / "unspin", "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    out_folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch) / f"unspin-{version}-linux-x86_64"
        folder.mkdir()
        install(build, folder)
        icu, _ = cut_icu.cut(pathlib.Path(scratch) / "icu", [])
        program, library = folder / "bin" / "unspin", folder / "lib" / "libunspin.so"
        needed = bundle.libraries_of([build / "unspin", build / "core" / "libunspin.so"], icu.parent)
        needed.pop("libunspin.so")
        for name, path in needed.items():
            if name == "libstdc++.so.6":
                link_cxx_library(folder / "lib" / name)
            else:
                shutil.copy2(path.resolve(), folder / "lib" / name)
            bundle.point(folder / "lib" / name, "$ORIGIN")
        bundle.point(library, "$ORIGIN")
        bundle.point(program, "$ORIGIN/../lib")
        (folder / "THIRD-PARTY").write_text(bundle.third_party(needed), encoding="utf-8")
        (folder / "README").write_text(README.format(version=version, glibc=OLDEST_GLIBC), encoding="utf-8")
        shutil.copy2(SOURCE / "LICENSE", folder)
        tarball = out_folder / f"{folder.name}.tar.xz"
        pack(folder, tarball)
    print(f"{tarball}: {tarball.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    try:
        main()
    except bundle.Failure as failure:
        sys.exit(f"make_tarball: {failure}")
