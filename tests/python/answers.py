"""The program's answers about articles that a test holds as Python values, for tests that compare the package with it.

An article is a dict of the fields that the package takes (text, id, title, …). `Answers.jsonl` writes such articles as the
JSON Lines file that the program reads; `with_source` adds the two fields by which a report says where its suspect was read.
"""

import json
import os
import pathlib
import re
import struct
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cli"))
import support  # noqa: E402
from support import DONE, SAMPLES, SKIPPED  # noqa: E402,F401

try:
    import unspin
except ImportError as error:
    if os.environ.get("UNSPIN_PYTHON") == "1":
        raise
    print(f"skipped: no Python package unspin here ({error}); build it with -DUNSPIN_PYTHON=ON", file=sys.stderr)
    unspin = None

SKETCH_HEADER_BYTES = 64  # core/unspin/format/FORMAT.md, "Sketch files"
SKETCH_COMPONENTS = 128
OFFSETS = ("byte", "codepoint", "utf16", "text")
GRADES = ("copy", "edited", "spun", "rewritten", "excerpt", "independent")


def package(name, remedy="tools/dev/setup installs it"):
    """The Python package `name`; skips the test where it is missing."""
    try:
        return __import__(name, fromlist=["_"])
    except ImportError:
        raise unittest.SkipTest(f"no Python package {name} beside this Python; {remedy}") from None


def sample_articles():
    """Every text of the samples, with a day and a site."""
    paths = sorted(SAMPLES.rglob("*.txt"))
    return [{"id": "/".join(path.parts[-2:]), "text": path.read_text(encoding="utf-8"),
             "title": path.parent.name, "site": f"{path.stem}.example",
             "published": f"2024-01-{n % 28 + 1:02}"} for n, path in enumerate(paths)]


def originals(articles):
    return [article for article in articles if article["id"].endswith("/original.txt")]


def with_source(articles, path):
    """The articles as lines of the file `path`."""
    return [{**article, "path": path, "record": number} for number, article in enumerate(articles, 1)]


def lines_of(data):
    return data.decode("utf-8").splitlines(keepends=False)


@unittest.skipIf(unspin is None, "no Python package unspin; build it with -DUNSPIN_PYTHON=ON")
class AnswersTest(support.ProgramTest):
    """A test with a folder of its own, the program, and the package."""

    def jsonl(self, name, articles):
        """Writes the articles as a file. A lone surrogate is written as JSON escapes it, an absent value as null."""
        lines = "".join(json.dumps(article, ensure_ascii=True) + "\n" for article in articles)
        return self.write(name, lines)

    def out(self, name):
        return (self.folder / name).read_bytes()

    def program_archive(self, name, articles):
        self.jsonl(name + ".jsonl", articles)
        self.run_program("index", name + ".jsonl", "--archive", name, "--quiet", status=None)
        return self.folder / name

    def program_audit(self, suspects, archive, *options):
        """→ the lines of the reports."""
        self.run_program("audit", suspects, "--archive", archive, "--out", "reports.jsonl", "--force", "--quiet", *options, status=None)
        return self.out("reports.jsonl").decode("utf-8").splitlines()

    def program_dedup(self, articles, *options):
        """→ (clusters, edges), each a list of dicts."""
        self.run_program("dedup", articles, "--out", "clusters.jsonl", "--edges", "edges.jsonl", "--quiet", *options, status=None)
        return [[json.loads(line) for line in self.out(name).decode("utf-8").splitlines()]
                for name in ("clusters.jsonl", "edges.jsonl")]

    def program_sketches(self, articles):
        """→ (header, bytes of the records)."""
        self.run_program("sketch", articles, "--out", "program.sketches", "--quiet", status=None)
        data = self.out("program.sketches")
        return data[:SKETCH_HEADER_BYTES], data[SKETCH_HEADER_BYTES:]

    def program_compare(self, pairs, *options):
        """Pairs of (original, suspect) → the lines of the reports. The suspects are lines of the file pairs.jsonl."""
        self.jsonl("pairs.jsonl", [{"original": original["text"], "original_id": str(original["id"]),
                                    "suspect": suspect["text"], "suspect_id": str(suspect["id"])} for original, suspect in pairs])
        return self.run_program("compare", "--pairs", "pairs.jsonl", "--quiet", *options, status=None).out.splitlines()

    def program_align(self, pairs):
        """Pairs of texts → for each the spans, ((begin, end) in the suspect, (begin, end) in the original), in code points."""
        for number, (original, suspect) in enumerate(pairs):
            self.write(f"originals/{number}.txt", original)
            self.write(f"suspects/{number}.txt", suspect)
        self.write("list", "".join(f"{n}.txt {n}.txt\n" for n in range(len(pairs))))
        self.run_program("align", "--pairs", "list", "--suspects", "suspects", "--originals", "originals", "--out", "aligned",
                         "--quiet")
        number = re.compile(r'(?:this|source)_(?:offset|length)="(\d+)"')
        found = []
        for n in range(len(pairs)):
            spans = []
            for line in self.out(f"aligned/{n}-{n}.xml").decode("utf-8").splitlines():
                if line.startswith("<feature "):
                    at, length, original_at, original_length = map(int, number.findall(line))
                    spans.append(((at, at + length), (original_at, original_at + original_length)))
            found.append(spans)
        return found

    def program_fingerprint(self, archive):
        facts = self.info(archive)
        return facts["fingerprint"], facts["articles"]


def sketch_records(ids, sketches):
    """Ids and sketches as the records of a sketch file."""
    return b"".join(struct.pack("<I", len(name.encode("utf-8"))) + name.encode("utf-8")
                    + struct.pack(f"<{SKETCH_COMPONENTS}I", *sketch) for name, sketch in zip(ids, sketches, strict=True))
