#!/usr/bin/env python3
"""Ablation of the derivation model: refits it without each signal and without groups of signals, and prints the loss.

    ablate.py REPORTS.jsonl WORK_DIR [--more REPORTS.jsonl PAIRS.jsonl] [--fit PATH]

REPORTS is the output of `unspin compare --pairs` for the pairs that exam.py prepared in WORK_DIR. Each row is a model
fitted without the signal, graded by cross-validation: the change of `found` and `found.2` in thousandths, as the mean over
all sets and for each set.
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
# The families of signal_list.h.
GROUPS = {
    "narration": ("shared-4", "shared-5", "shared-5-longer", "runs-5", "longest-run", "narration-of-shared", "runs-3-plain",
                  "runs-per-pair", "runs-beyond-vocabulary"),
    "vocabulary": ("idf-suspect", "idf-original", "rare-original", "rare-plain", "plain-beyond-rare"),
    "names and numbers": ("names", "numbers", "facts-of-region"),
    "quotations": ("quotations",),
    "order": ("order-length", "plain-order", "plain-order-length", "order-per-pair", "sentence-order"),
    "sentences": ("sentence-mean", "sentence-skew", "sentence-original", "best-region", "coverage-original", "best-stretch",
                  "stretch-per-pair"),
}


def grade(options, without):
    """{set: (found, found.2)} of a model cross-validated without the given signals."""
    with tempfile.TemporaryDirectory() as folder:
        validated_reports = pathlib.Path(folder) / "cross.jsonl"
        command = [options.fit, options.reports, str(pathlib.Path(options.work) / "truth.json"), "--out", os.devnull,
                   "--cross-validated", str(validated_reports)]
        if options.more:
            command += ["--more", *options.more]
        if without:
            command += ["--without", ",".join(without)]
        subprocess.run(command, check=True)
        graded = subprocess.run([sys.executable, str(SHARED / "tools" / "exam.py"), "grade", options.work,
                                 "--compared", str(validated_reports), "--json"], check=True, capture_output=True, text=True)
    rows = json.loads(graded.stdout)
    rows = rows.get("compared", rows)
    return {name: (row["found"], row["found.2"]) for name, row in rows.items() if row.get("found") is not None}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", help="reports of `unspin compare`")
    parser.add_argument("work", help="folder in which exam.py prepared the pairs")
    parser.add_argument("--more", nargs=2, metavar=("REPORTS", "PAIRS"),
                        help="more derived pairs, used for fitting and not graded")
    parser.add_argument("--fit", default=str(ROOT / "build" / "bench" / "unspin_fit_model"), metavar="PATH",
                        help="unspin_fit_model (default: the one in build/bench)")
    options = parser.parse_args()
    baseline = grade(options, ())
    sets = list(baseline)
    print("| without | mean | " + " | ".join(sets) + " |")
    print("|---|--:|" + "--:|" * len(sets))
    mean = lambda grades, column: sum(grades[name][column] for name in sets) / len(sets)
    print(f"| nothing | {mean(baseline, 0):.3f} / {mean(baseline, 1):.3f} | "
          + " | ".join(f"{baseline[n][0]:.3f} / {baseline[n][1]:.3f}" for n in sets) + " |", flush=True)
    rows = [(f"*{name}*", signals) for name, signals in GROUPS.items()]
    rows += [(f"`{signal}`", (signal,)) for group in GROUPS.values() for signal in group]
    for name, signals in rows:
        ablated = grade(options, signals)
        change = lambda a, b: f"{round((a - b) * 1000):+d}"
        print(f"| {name} | {change(mean(ablated, 0), mean(baseline, 0))} / {change(mean(ablated, 1), mean(baseline, 1))} | "
              + " | ".join(f"{change(ablated[n][0], baseline[n][0])} / {change(ablated[n][1], baseline[n][1])}" for n in sets) + " |",
              flush=True)


if __name__ == "__main__":
    main()
