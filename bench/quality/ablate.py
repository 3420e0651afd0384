#!/usr/bin/env python3
"""Switches off each signal of the derivation model in turn, and groups of them, and prints what that costs.

    ablate.py REPORTS.jsonl WORK_DIR [--more REPORTS.jsonl PAIRS.jsonl] [--fit PATH]

REPORTS is `unspin compare --pairs` over the pairs that exam.py prepared in WORK_DIR. Each row refits the model without the
signal and grades the cross-validated output: change of `found` and `found.2` in thousandths, mean over all sets and per set.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = pathlib.Path(os.environ.get("UNSPIN_SHARED") or ROOT / ".." / "shared").resolve()
GROUPS = {
    "word runs": ("shared-4", "shared-5", "shared-5-longer", "runs-5", "runs-3-plain", "content-pairs"),
    "vocabulary": ("idf-suspect", "idf-original", "rare-suspect", "rare-original", "rare-plain"),
    "facts and quotations": ("names", "numbers", "facts-of-region", "quotations"),
    "order": ("order-length", "plain-order", "plain-order-length"),
    "sentences": ("sentence-mean", "sentence-median", "sentence-original", "sentence-order", "best-region"),
    "word alignment": ("coverage-original", "best-stretch"),
}


def grade(options, without):
    with tempfile.TemporaryDirectory() as folder:
        cross = pathlib.Path(folder) / "cross.jsonl"
        command = [options.fit, options.reports, str(pathlib.Path(options.work) / "truth.json"), "--out", os.devnull, "--cross-validated", str(cross)]
        if options.more:
            command += ["--more", *options.more]
        if without:
            command += ["--without", ",".join(without)]
        subprocess.run(command, check=True)
        graded = subprocess.run([sys.executable, str(SHARED / "tools" / "exam.py"), "grade", options.work, "--compared", str(cross), "--json"],
                                check=True, capture_output=True, text=True)
    rows = json.loads(graded.stdout)
    rows = rows.get("compared", rows)
    return {name: (row["found"], row["found.2"]) for name, row in rows.items() if row.get("found") is not None}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports")
    parser.add_argument("work")
    parser.add_argument("--more", nargs=2)
    parser.add_argument("--fit", default=str(ROOT / "build" / "bench" / "unspin_fit_model"))
    options = parser.parse_args()
    full = grade(options, ())
    sets = list(full)
    print("| without | mean | " + " | ".join(sets) + " |")
    print("|---|--:|" + "--:|" * len(sets))
    mean = lambda grades, which: sum(grades[name][which] for name in sets) / len(sets)
    print(f"| nothing | {mean(full, 0):.3f} / {mean(full, 1):.3f} | " + " | ".join(f"{full[n][0]:.3f} / {full[n][1]:.3f}" for n in sets) + " |", flush=True)
    rows = [(f"*{name}*", signals) for name, signals in GROUPS.items()] + [(f"`{signal}`", (signal,)) for group in GROUPS.values() for signal in group]
    for name, signals in rows:
        now = grade(options, signals)
        change = lambda a, b: f"{round((a - b) * 1000):+d}"
        print(f"| {name} | {change(mean(now, 0), mean(full, 0))} / {change(mean(now, 1), mean(full, 1))} | "
              + " | ".join(f"{change(now[n][0], full[n][0])} / {change(now[n][1], full[n][1])}" for n in sets) + " |", flush=True)


if __name__ == "__main__":
    main()
