"""Writes what Debian wants in a package beside the program: compressed manual pages and changelogs, and who owns what.

usage: debian_files.py SOURCE PAGES VERSION CONTACT FOLDER    # PAGES: where write_pages.py wrote to

The same sources give the same bytes: dates are those of SOURCE_DATE_EPOCH, or of the last commit.
"""

import datetime
import email.utils
import gzip
import os
import pathlib
import subprocess
import sys

DOCUMENTS = pathlib.Path("/usr/share/doc")
HEAD = """Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: unspin

Files: *
Copyright: the authors of unspin
License: Apache-2.0
 On Debian systems the text of the Apache License 2.0 is in /usr/share/common-licenses/Apache-2.0.

Files: thesaurus
Copyright: The LibreOffice Project
License: MPL-2.0
Comment: Synonyms from Debian's package mythes-en-us, compiled into the program; its source is Debian's source package
 libreoffice-dictionaries. The text of the licence is in /usr/share/common-licenses/MPL-2.0.
"""
# What of a package is compiled into the program, and the package whose copyright file has the text of the licence.
COMPILED_IN = {"wordnet": "wordnet-base", "cli11": "libcli11-dev", "xxhash": "libxxhash-dev"}


def compress(text, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0))


def owner_of(name, package):
    """The paragraph about a library, from the first "Files: *" of its package's copyright file and the licence named there."""
    paragraphs = (DOCUMENTS / package / "copyright").read_text(encoding="utf-8").split("\n\n")
    first = next(paragraph for paragraph in paragraphs if "\nFiles: *\n" in "\n" + paragraph.lstrip("\n"))
    fields = first[first.index("Copyright:"):].rstrip()
    name_of_licence = fields[fields.index("License:"):].splitlines()[0]
    if fields.endswith(name_of_licence):  # the text stands in a paragraph of its own
        text = next(paragraph for paragraph in paragraphs if paragraph.lstrip("\n").startswith(name_of_licence))
        fields = fields.removesuffix(name_of_licence) + text.strip("\n")
    return f"Files: {name}\n" + fields + "\n"


def moment(source):
    if "SOURCE_DATE_EPOCH" in os.environ:
        return int(os.environ["SOURCE_DATE_EPOCH"])
    done = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=source, capture_output=True, text=True)
    return int(done.stdout) if done.returncode == 0 else int((source / "CHANGELOG.md").stat().st_mtime)


def main(source, pages, version, contact, folder):
    source, pages, folder = map(pathlib.Path, (source, pages, folder))
    for page in pages.glob("man/*.1"):
        compress(page.read_text(encoding="utf-8"), folder / "man" / (page.name + ".gz"))
    compress((source / "CHANGELOG.md").read_text(encoding="utf-8"), folder / "doc" / "changelog.gz")
    date = email.utils.format_datetime(datetime.datetime.fromtimestamp(moment(source), datetime.timezone.utc))
    compress(f"unspin ({version}) unstable; urgency=medium\n\n  * What changed is in changelog.gz.\n\n -- {contact}  {date}\n",
             folder / "doc" / "changelog.Debian.gz")
    owners = [owner_of(name, package) for name, package in COMPILED_IN.items()]
    (folder / "doc" / "copyright").write_text("\n".join([HEAD, *owners]), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 6:
        sys.exit(__doc__)
    main(*sys.argv[1:])
