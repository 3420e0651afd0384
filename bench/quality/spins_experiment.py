#!/usr/bin/env python3
"""Measures the gain of the spin dictionary: learnt from half of a spinner's articles, tested on the other half.

    spins_experiment.py ARTICLES.jsonl SCRATCH [--innocent PAIRS.jsonl TRUTH.json] [--sample 400]

Spins all articles at 50 % with one spinner, and the second half also with another one. Indexes the originals, learns from
the first half with `audit --learn`, and audits the second half without and with the dictionary. --innocent audits the
suspects of independent pairs against an archive of the other side of the pairs, without and with the dictionary: the
dictionary must not cause an accusation. Last, the likeness of `unspin spins --compare` is measured for pairs of suspects
of one spinner and of two spinners (area under the curve).
"""
import argparse
import itertools
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys

from grade_spinner import ROOT, read, sample

STRONG = {"copy", "edited", "spun", "rewritten", "excerpt"}
HABITS = {"thesaurus", "weak-thesaurus", "spin-dictionary", "context"}


def write(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def run(*command):
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def spin(articles, seed, out):
    """Spins the articles at 50 %; returns the path of the suspects."""
    source = out.with_name("to-spin-" + out.name)
    write(source, [{"id": row["id"], "text": row["text"]} for row in articles])
    run(sys.executable, ROOT / "datasets/recipes/spin.py", source, "--share", "0.5", "--seed", seed, "--out", out)
    rows = read(out)
    write(out, [{"id": row["id"], "text": row["text"]} for row in rows])
    return out


def audit(unspin, suspects, archive, out, *more):
    run(unspin, "audit", suspects, "--archive", archive, "--all", "--out", out, *more)
    return read(out)


def describe(reports, originals):
    findings = [report["findings"][0] for report in reports if report["findings"]]
    kinds = [entry["evidence"] for finding in findings for entry in finding["substitutions"] for _ in range(entry["count"])]
    first = sum(report["suspect"]["id"].rsplit("/spun", 1)[0] == report["findings"][0]["original"]["id"]
                for report in reports if report["findings"])
    mean = lambda values: sum(values) / len(values)
    return {"recall@1": first / len(reports), "named": mean([report["summary"]["verdict"] in STRONG for report in reports]),
            "evidence": mean([finding["evidence"] for finding in findings]), "rewrite": mean([finding["rewrite"] for finding in findings]),
            "context": kinds.count("context") / len(kinds), "spin-dictionary": kinds.count("spin-dictionary") / len(kinds)}


def likeness(a, b):
    """The share of common words for which two suspects chose the same replacement, smoothed by one in two."""
    def choices(report):
        out = {}
        for entry in report["findings"][0]["substitutions"] if report["findings"] else []:
            if entry["evidence"] in HABITS and max(len(entry["original"].split()), len(entry["suspect"].split())) <= 4:
                out.setdefault(entry["original"], set()).add(entry["suspect"])
        return out
    left, right = choices(a), choices(b)
    common = left.keys() & right.keys()
    return (sum(bool(left[key] & right[key]) for key in common) + 0.5) / (len(common) + 2)


def area(same, other):
    """Area under the ROC curve: the share of (same, other) pairs in the correct order; ties count half."""
    wins = sum((x > y) + 0.5 * (x == y) for x in same for y in other)
    return wins / (len(same) * len(other))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", help="JSON Lines with the fields id and text")
    parser.add_argument("scratch", help="folder for intermediate files; its content is deleted first")
    parser.add_argument("--unspin", default=os.environ.get("UNSPIN") or str(ROOT / "build/release/unspin"), metavar="PATH",
                        help="the program (default: $UNSPIN or build/release/unspin)")
    parser.add_argument("--innocent", nargs=2, metavar=("PAIRS", "TRUTH"), help="labelled pairs and their labels")
    parser.add_argument("--sample", type=int, default=400, help="number of articles (default 400)")
    options = parser.parse_args()
    scratch = pathlib.Path(options.scratch)
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    articles = sample(options.articles, options.sample)
    half = len(articles) // 2
    archive = scratch / "archive"
    write(scratch / "originals.jsonl", [{"id": row["id"], "text": row["text"]} for row in articles])
    run(options.unspin, "index", scratch / "originals.jsonl", "--archive", archive)
    training = spin(articles[:half], "one", scratch / "lessons.jsonl")
    test = spin(articles[half:], "one", scratch / "trial.jsonl")
    other_spinner = spin(articles[half:], "other", scratch / "other.jsonl")

    innocent = []
    if options.innocent:
        labels = json.loads(pathlib.Path(options.innocent[1]).read_text())["pairs"]
        pairs = [pair for pair, label in zip(read(options.innocent[0]), labels) if not label["derived"]]
        write(scratch / "innocent-originals.jsonl", [{"id": f"i{n}", "text": pair["original"]} for n, pair in enumerate(pairs)])
        write(scratch / "innocent.jsonl", [{"id": f"s{n}", "text": pair["suspect"]} for n, pair in enumerate(pairs)])
        run(options.unspin, "index", scratch / "innocent-originals.jsonl", "--archive", scratch / "innocent-archive")
        innocent = audit(options.unspin, scratch / "innocent.jsonl", scratch / "innocent-archive", scratch / "innocent-before.jsonl")

    before = audit(options.unspin, test, archive, scratch / "before.jsonl")
    other_reports = audit(options.unspin, other_spinner, archive, scratch / "others.jsonl")
    run(options.unspin, "audit", training, "--archive", archive, "--all", "--learn", "--out", scratch / "lessons-reports.jsonl")
    after = audit(options.unspin, test, archive, scratch / "after.jsonl")
    for name, reports in (("without", before), ("with", after)):
        print(f"{name:8}", "  ".join(f"{key} {value:.3f}" for key, value in describe(reports, articles).items()))
    if options.innocent:
        shutil.copy2(archive / "SPINS", scratch / "innocent-archive" / "SPINS")
        innocent_after = audit(options.unspin, scratch / "innocent.jsonl", scratch / "innocent-archive",
                               scratch / "innocent-after.jsonl")
        without, with_dictionary = (
            {report["suspect"]["id"]: finding["verdict"] in STRONG for report in reports for finding in report["findings"]
             if finding["original"]["id"][1:] == report["suspect"]["id"][1:]} for reports in (innocent, innocent_after))
        newly_named = sum(named and not without.get(key) for key, named in with_dictionary.items())
        print(f"innocent, with their own counterpart: {len(without)} found without, {len(with_dictionary)} with; "
              f"named {sum(without.values())} and {sum(with_dictionary.values())}, newly {newly_named}")
    generator = random.Random(3)
    pairs = generator.sample(list(itertools.combinations(range(min(80, len(before))), 2)), 1000)
    same = [likeness(before[a], before[b]) for a, b in pairs]
    different = [likeness(before[a], other_reports[b]) for a, b in pairs]
    print(f"likeness: one spinner {sum(same) / len(same):.2f}, two {sum(different) / len(different):.2f}, "
          f"area under the curve {area(same, different):.3f}")


if __name__ == "__main__":
    main()
