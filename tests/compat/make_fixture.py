#!/usr/bin/env python3
"""Writes what a program puts on disk, for programs to come to read: an archive and sketches of a few samples' originals.

  make_fixture.py build/release/unspin tests/compat/format-1

Two segments, one dropped article, a spin dictionary, a sketch file, and what this program found with them. The folder
must not be there yet: what is committed stays as it was written.
"""

import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "datasets" / "samples"

SEGMENTS = (("battery-plant", "harbour-spill", "river-floods"), ("looted-bronze", "price-fixing-verdict", "vent-field"))
DROPPED = "river-floods"
LEARNT = ("harbour-spill/spun.txt", "vent-field/spun.txt")


def run(program, *arguments, given=None):
    """→ standard output of the program, which must end well."""
    text = None if given is None else given.encode("utf-8")
    done = subprocess.run([str(program), *map(str, arguments)], input=text, capture_output=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"unspin {' '.join(map(str, arguments))}\n{done.stderr.decode('utf-8', 'replace')}")
    return done.stdout.decode("utf-8")


def lines(named_texts):
    return "".join(json.dumps({"id": name, "text": text}, ensure_ascii=False) + "\n" for name, text in named_texts)


def originals(names):
    """The samples' originals as JSON Lines."""
    return lines((name, (SAMPLES / name / "original.txt").read_text("utf-8")) for name in names)


def suspects():
    """Every text beside the originals, those of the dropped article too, as JSON Lines."""
    paths = [path for names in SEGMENTS for name in names for path in sorted((SAMPLES / name).glob("*.txt"))]
    return lines((f"{path.parent.name}/{path.name}", path.read_text("utf-8")) for path in paths)


def findings(program, archive):
    """{suspect: [verdict, originals named]}."""
    reports = run(program, "check", "-", "--archive", archive, "--json", given=suspects()).splitlines()
    found = {}
    for report in map(json.loads, reports):
        named = [finding["original"]["id"] for finding in report["findings"]]
        found[report["suspect"]["id"]] = [report["summary"]["verdict"], named]
    return found


def spins(program, archive):
    """The spin dictionary as rows of text."""
    return run(program, "spins", archive, "--least", 1, "--format", "csv").splitlines()


def facts(program, archive):
    """What `unspin info` says of the archive and of this program."""
    rows = [line for line in run(program, "info", archive).splitlines() if not line.startswith(" ")]
    return {line.split(None, 1)[0]: line.split(None, 1)[1] for line in rows}


def main():
    program, folder = sys.argv[1:]
    folder = pathlib.Path(folder)
    folder.mkdir()
    archive = folder / "archive"
    for names in SEGMENTS:
        run(program, "index", "-", "--archive", archive, given=originals(names))
    learnt = lines((name, (SAMPLES / name).read_text("utf-8")) for name in LEARNT)
    run(program, "check", "-", "--archive", archive, "--learn", "--json", given=learnt)
    run(program, "remove", DROPPED, "--archive", archive)
    (archive / "LOCK").unlink()  # holds the number of a process, and the next writer makes it anew
    run(program, "sketch", "-", "--out", folder / "originals.sketches", given=originals(sum(SEGMENTS, ())))
    told = facts(program, archive)
    expected = {name: told[name] for name in ("articles", "text", "fingerprint", "scheme", "lexicon", "version")}
    expected |= {"spins": spins(program, archive), "findings": findings(program, archive)}
    text = json.dumps(expected, indent=1, ensure_ascii=False)
    (folder / "expected.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    if pathlib.Path(sys.argv[2]).exists():
        sys.exit(f"{sys.argv[2]} is there: fixtures are not written again")
    main()
