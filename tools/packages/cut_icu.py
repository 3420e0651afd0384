#!/usr/bin/env python3
"""Makes libicudata.so with only those of ICU's data that unspin asks for: about 3 MB of 31.

    cut_icu.py FOLDER [--without ITEM]...     writes FOLDER/libicudata.so.NN

What travels with a program (the tarball, the wheels) need not hold calendars and currencies. The names of the items are
ICU's own: `icupkg -l` lists them. --without leaves out one more, to test what happens then.
"""
import argparse
import ctypes
import pathlib
import re
import sys
import tempfile

from bundle import Failure, run

SOURCE = pathlib.Path(__file__).resolve().parents[2]

ITEMS = {
    "nfkc_cf.nrm": "folding of letters, core/unspin/text/code_point.cc",
    "nfkc.nrm": "letters without their accents, core/unspin/text/code_point.cc",
    "confusables.cfu": "letters that look alike, core/unspin/text/code_point.cc",
    "uemoji.icu": "emoji among letters, core/unspin/text/hidden_use.cc",
    "unames.icu": "names of hidden characters, tools/render/visible.cc",
    "cnvalias.icu": "names of character sets, core/unspin/charset/charset_table.cc",
}
# The converters between which those of ISO-2022 switch: ICU opens them by these names.
PARTS_OF_ISO_2022 = ["ISO8859_7", "Shift-JIS", "ibm-949"]


def icu_version():
    return run("pkg-config", "--modversion", "icu-uc").split(".")[0]


def converter_names():
    """ICU's names in the table of character sets."""
    table = (SOURCE / "core/unspin/charset/charset_table.cc").read_text(encoding="utf-8")
    rows = re.search(r"kCharsets\[\] = \{(.*?)\n\};", table, re.S).group(1)
    return re.findall(r'\{"[^"]+", "([^"]+)"\}', rows)


def file_of_converter(icu, version, name):
    error = ctypes.c_int(0)
    open_converter, get_name = getattr(icu, f"ucnv_open_{version}"), getattr(icu, f"ucnv_getName_{version}")
    open_converter.restype, get_name.restype = ctypes.c_void_p, ctypes.c_char_p
    converter = open_converter(name.encode(), ctypes.byref(error))
    if error.value > 0:  # not in this version of ICU, whatever its data
        return None
    found = get_name(ctypes.c_void_p(converter), ctypes.byref(error)).decode()
    # ICU names the variants of ISO-2022 by their options; these have no file.
    return found.split(",")[0] + ".cnv"


def wanted_items(version):
    icu = ctypes.CDLL(f"libicuuc.so.{version}")
    names = converter_names()
    if len(names) < 30:
        raise Failure("core/unspin/charset/charset_table.cc: the table of character sets was not found")
    return set(ITEMS) | {file_of_converter(icu, version, name) for name in [*names, *PARTS_OF_ISO_2022]} - {None}


def remove(items, scratch, whole, small, *options):
    (scratch / "remove.txt").write_text("\n".join(sorted(items)) + "\n", encoding="ascii")
    run("icupkg", *options, "-r", scratch / "remove.txt", whole, small)


def with_tables_below(wanted, there, scratch, whole, small):
    """Adds the items that others need: some tables of converters hold only what differs from another table."""
    while True:
        try:
            remove(there - wanted, scratch, whole, small)
            return wanted
        except Failure as failure:
            needed = set(re.findall(r"depends on missing item (\S+)", str(failure)))
            if not needed - wanted:
                raise
            wanted = wanted | needed


def cut(folder, without):
    version = icu_version()
    package = f"icudt{version}l"  # ICU finds its items by this name
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        archive = pathlib.Path(run("pkg-config", "--variable=libdir", "icu-uc").strip()) / "libicudata.a"
        run("ar", "x", archive, cwd=scratch)
        whole, small = scratch / f"{package}.dat", scratch / "cut" / f"{package}.dat"
        small.parent.mkdir()
        run("objcopy", "-O", "binary", "--only-section=.rodata", scratch / f"{package}_dat.o", whole)
        there = set(run("icupkg", "-l", whole).split())
        wanted = wanted_items(version)
        missing = {item for item in wanted - there if not item.endswith(".cnv")}  # some converters are code, not data
        if missing:
            raise Failure(f"{archive} lacks {', '.join(sorted(missing))}")
        unknown = set(without) - there
        if unknown:
            raise Failure(f"--without {', '.join(sorted(unknown))}: ICU has no such item")
        wanted = with_tables_below(wanted, there, scratch, whole, small)
        if without:
            remove(there - (wanted - set(without)), scratch, whole, small, "--ignore-deps")
        run("genccode", "-e", f"icudt{version}", "-a", "gcc", small.name, cwd=small.parent)
        library = folder / f"libicudata.so.{version}"
        run("gcc", "-shared", "-nostdlib", "-Wl,-z,noexecstack", f"-Wl,-soname,{library.name}", "-o", library,
            small.parent / f"{package}_dat.S")
        return library, sorted(wanted & there)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--without", action="append", default=[], metavar="ITEM")
    options = parser.parse_args()
    try:
        library, items = cut(options.folder, options.without)
    except Failure as failure:
        sys.exit(f"cut_icu: {failure}")
    print(f"{library}: {library.stat().st_size} bytes, {len(items)} items")


if __name__ == "__main__":
    main()
