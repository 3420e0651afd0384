#!/usr/bin/env python3
"""Ablation of the derivation model: refits it without each family of signals and each signal, and prints the loss.

    ablate.py PAIRS.jsonl... --work DIR [--more FILE] [--innocent FILE] [--wild FILE] [--families] [--fit PATH]

The files are what unspin_fit_model takes; DIR is where exam.py prepared the pairs. Each row is a model fitted without the
signals, graded by cross-validation: the change of `found` and `found.2` in thousandths, as the mean over all sets and for
each set. With --wild the first column is the area under the curve of the wild pairs: how often a derived one has more
evidence than an innocent one. A fit takes half a minute; --families leaves the single signals out.
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = pathlib.Path(os.environ.get("UNSPIN_SHARED") or ROOT / ".." / "shared").resolve()
SIGNAL = re.compile(r'X\(k\w+,\s*Measure\w+,\s*k(\w+),\s*\\?\s*"([^"]+)"')


def families():
    """{family: [signal, …]} of signal_list.h."""
    groups = {}
    text = (ROOT / "core/unspin/verdict/signal_list.h").read_text(encoding="utf-8")
    for family, signal in SIGNAL.findall(text):
        name = re.sub(r"(?<!^)(?=[A-Z])", " ", family).lower()
        groups.setdefault(name, []).append(signal)
    return groups


def area(judgements):
    """Area under the curve of the evidence; None without judgements."""
    derived = [row["evidence"] for row in judgements if row["derived"]]
    innocent = [row["evidence"] for row in judgements if not row["derived"]]
    if not derived or not innocent:
        return None
    return sum((one > other) + (one == other) / 2 for one in derived for other in innocent) / len(derived) / len(innocent)


def grade(options, without):
    """({set: (found, found.2)}, area of the wild pairs) of a model cross-validated without the given signals."""
    with tempfile.TemporaryDirectory() as folder:
        graded_file, wild_file = pathlib.Path(folder) / "graded.jsonl", pathlib.Path(folder) / "wild.jsonl"
        command = [options.fit, *options.pairs, "--out", os.devnull, "--cross-validated", graded_file,
                   "--wild-cross-validated", wild_file]
        for role in ("more", "innocent", "wild"):
            if getattr(options, role):
                command += [f"--{role}", getattr(options, role)]
        if without:
            command += ["--without", ",".join(without)]
        subprocess.run(command, check=True)
        graded = subprocess.run([sys.executable, str(SHARED / "tools" / "exam.py"), "grade", options.work, "--compared",
                                 graded_file, "--json"], check=True, capture_output=True, text=True)
        with open(wild_file, encoding="utf-8") as lines:
            wild = area([json.loads(line) for line in lines])
    rows = json.loads(graded.stdout)
    rows = rows.get("compared", rows)
    return {name: (row["found"], row["found.2"]) for name, row in rows.items() if row.get("found") is not None}, wild


def print_row(name, pairs, wild, show):
    cells = [" / ".join(show(figure) for figure in pair) for pair in pairs]
    print("| " + " | ".join([name, show(wild) if wild is not None else "", *cells]) + " |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="+", help="files of labelled pairs, in the order of exam.py")
    parser.add_argument("--work", required=True, metavar="DIR", help="folder in which exam.py prepared the pairs")
    parser.add_argument("--more", metavar="FILE", help="more derived pairs, used for fitting and not graded")
    parser.add_argument("--innocent", metavar="FILE", help="innocent pairs, used for fitting and not graded")
    parser.add_argument("--wild", metavar="FILE", help="pairs that people have read")
    parser.add_argument("--families", action="store_true", help="whole families only")
    parser.add_argument("--fit", default=str(ROOT / "build" / "bench" / "unspin_fit_model"), metavar="PATH",
                        help="unspin_fit_model (default: the one in build/bench)")
    options = parser.parse_args()
    baseline, wild_area = grade(options, ())
    sets = list(baseline)

    def with_mean(grades):
        return [tuple(sum(grades[name][column] for name in sets) / len(sets) for column in (0, 1))] + [grades[n] for n in sets]

    print("| without | wild | mean | " + " | ".join(sets) + " |")
    print("|---|--:|--:|" + "--:|" * len(sets))
    print_row("nothing", with_mean(baseline), wild_area, "{:.3f}".format)
    rows = [(f"*{name}*", signals) for name, signals in families().items()]
    if not options.families:
        rows += [(f"`{signal}`", [signal]) for signals in families().values() for signal in signals]
    for name, signals in rows:
        grades, area_without = grade(options, signals)
        change = [tuple(a - b for a, b in zip(*pair)) for pair in zip(with_mean(grades), with_mean(baseline))]
        print_row(name, change, None if wild_area is None else area_without - wild_area,
                  lambda difference: f"{round(difference * 1000):+d}")


if __name__ == "__main__":
    main()
