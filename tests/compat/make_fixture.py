#!/usr/bin/env python3
"""Writes a fixture for compatibility tests: an archive and sketches of a few originals, as a given program writes them.

  make_fixture.py build/release/unspin tests/compat/format-1

The fixture has two segments, a deleted article, a spin dictionary, a sketch file, and the findings of the program. The
folder must not exist: a committed fixture is never rewritten.
"""

import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "datasets" / "samples"

SEGMENTS = (("battery-plant", "harbour-spill", "river-floods"), ("looted-bronze", "price-fixing-verdict", "vent-field"))
DELETED = "river-floods"
LEARNING_SUSPECTS = ("harbour-spill/spun.txt", "vent-field/spun.txt")


def run(program, *arguments, stdin=None):
    """Runs the program, which must succeed; returns its standard output."""
    text = None if stdin is None else stdin.encode("utf-8")
    process = subprocess.run([str(program), *map(str, arguments)], input=text, capture_output=True, check=False)
    if process.returncode != 0:
        raise RuntimeError(f"unspin {' '.join(map(str, arguments))}\n{process.stderr.decode('utf-8', 'replace')}")
    return process.stdout.decode("utf-8")


def lines(named_texts):
    """(id, text) → JSON Lines."""
    return "".join(json.dumps({"id": name, "text": text}, ensure_ascii=False) + "\n" for name, text in named_texts)


def originals(names):
    """The originals of the samples as JSON Lines."""
    return lines((name, (SAMPLES / name / "original.txt").read_text("utf-8")) for name in names)


def suspects():
    """All texts of the samples, also those of the deleted article, as JSON Lines."""
    paths = [path for names in SEGMENTS for name in names for path in sorted((SAMPLES / name).glob("*.txt"))]
    return lines((f"{path.parent.name}/{path.name}", path.read_text("utf-8")) for path in paths)


def findings(program, archive):
    """{suspect: [verdict, ids of the originals found]}."""
    reports = run(program, "check", "-", "--archive", archive, "--json", stdin=suspects()).splitlines()
    by_suspect = {}
    for report in map(json.loads, reports):
        originals_found = [finding["original"]["id"] for finding in report["findings"]]
        by_suspect[report["suspect"]["id"]] = [report["summary"]["verdict"], originals_found]
    return by_suspect


def spins(program, archive):
    """The spin dictionary as rows of text."""
    return run(program, "spins", archive, "--least", 1, "--format", "csv").splitlines()


def facts(program, archive):
    """The output of `unspin info` as {name: value}."""
    rows = [line for line in run(program, "info", archive).splitlines() if not line.startswith(" ")]
    return {line.split(None, 1)[0]: line.split(None, 1)[1] for line in rows}


def main():
    program, folder = sys.argv[1:]
    folder = pathlib.Path(folder)
    folder.mkdir()
    archive = folder / "archive"
    for names in SEGMENTS:
        run(program, "index", "-", "--archive", archive, stdin=originals(names))
    learning_suspects = lines((name, (SAMPLES / name).read_text("utf-8")) for name in LEARNING_SUSPECTS)
    run(program, "check", "-", "--archive", archive, "--learn", "--json", stdin=learning_suspects)
    run(program, "remove", DELETED, "--archive", archive)
    (archive / "LOCK").unlink()  # holds a process id; the next writer creates it again
    run(program, "sketch", "-", "--out", folder / "originals.sketches", stdin=originals(sum(SEGMENTS, ())))
    program_facts = facts(program, archive)
    expected = {name: program_facts[name] for name in ("articles", "text", "fingerprint", "scheme", "lexicon", "version")}
    expected |= {"spins": spins(program, archive), "findings": findings(program, archive)}
    text = json.dumps(expected, indent=1, ensure_ascii=False)
    (folder / "expected.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    if pathlib.Path(sys.argv[2]).exists():
        sys.exit(f"{sys.argv[2]} is there: fixtures are not written again")
    main()
