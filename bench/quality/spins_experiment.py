#!/usr/bin/env python3
"""What the spin dictionary is worth: learnt on half of a spinner's articles, tried on the other half and on the innocent.

    spins_experiment.py ARTICLES.jsonl SCRATCH [--innocent PAIRS.jsonl TRUTH.json] [--articles 400]

Spins articles at 50 % with one spinner (and as many with another one), indexes the originals, learns from the first half with
`audit --learn`, and audits the second half with and without what was learnt. Innocent suspects are audited against
their own independent counterpart, without and with the dictionary: nobody may become named by it. Last, pairs of suspects of
one spinner and of two are told apart by `unspin spins --compare`'s likeness (area under the curve).
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
    """Share of (same, other) pairs in the right order; ties count half."""
    wins = sum((x > y) + 0.5 * (x == y) for x in same for y in other)
    return wins / (len(same) * len(other))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles")
    parser.add_argument("scratch")
    parser.add_argument("--unspin", default=os.environ.get("UNSPIN") or str(ROOT / "build/release/unspin"))
    parser.add_argument("--innocent", nargs=2, metavar=("PAIRS", "TRUTH"))
    parser.add_argument("--sample", type=int, default=400)
    options = parser.parse_args()
    scratch = pathlib.Path(options.scratch)
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    articles = sample(options.articles, options.sample)
    half = len(articles) // 2
    archive = scratch / "archive"
    write(scratch / "originals.jsonl", [{"id": row["id"], "text": row["text"]} for row in articles])
    run(options.unspin, "index", scratch / "originals.jsonl", "--archive", archive)
    lessons = spin(articles[:half], "one", scratch / "lessons.jsonl")
    trial = spin(articles[half:], "one", scratch / "trial.jsonl")
    other = spin(articles[half:], "other", scratch / "other.jsonl")

    innocent = []
    if options.innocent:
        labels = json.loads(pathlib.Path(options.innocent[1]).read_text())["pairs"]
        pairs = [pair for pair, label in zip(read(options.innocent[0]), labels) if not label["derived"]]
        write(scratch / "innocent-originals.jsonl", [{"id": f"i{n}", "text": pair["original"]} for n, pair in enumerate(pairs)])
        write(scratch / "innocent.jsonl", [{"id": f"s{n}", "text": pair["suspect"]} for n, pair in enumerate(pairs)])
        run(options.unspin, "index", scratch / "innocent-originals.jsonl", "--archive", scratch / "innocent-archive")
        innocent = audit(options.unspin, scratch / "innocent.jsonl", scratch / "innocent-archive", scratch / "innocent-before.jsonl")

    before = audit(options.unspin, trial, archive, scratch / "before.jsonl")
    others = audit(options.unspin, other, archive, scratch / "others.jsonl")
    run(options.unspin, "audit", lessons, "--archive", archive, "--all", "--learn", "--out", scratch / "lessons-reports.jsonl")
    after = audit(options.unspin, trial, archive, scratch / "after.jsonl")
    for name, reports in (("without", before), ("with", after)):
        print(f"{name:8}", "  ".join(f"{key} {value:.3f}" for key, value in describe(reports, articles).items()))
    if options.innocent:
        shutil.copy2(archive / "SPINS", scratch / "innocent-archive" / "SPINS")
        now = audit(options.unspin, scratch / "innocent.jsonl", scratch / "innocent-archive", scratch / "innocent-after.jsonl")
        own = [{report["suspect"]["id"]: finding["verdict"] in STRONG for report in reports for finding in report["findings"]
                if finding["original"]["id"][1:] == report["suspect"]["id"][1:]} for reports in (innocent, now)]
        print(f"innocent, with their own counterpart: {len(own[0])} found without, {len(own[1])} with; named {sum(own[0].values())} and "
              f"{sum(own[1].values())}, newly {sum(named and not own[0].get(key) for key, named in own[1].items())}")
    chance = random.Random(3)
    pairs = chance.sample(list(itertools.combinations(range(min(80, len(before))), 2)), 1000)
    same = [likeness(before[a], before[b]) for a, b in pairs]
    two = [likeness(before[a], others[b]) for a, b in pairs]
    print(f"likeness: one spinner {sum(same) / len(same):.2f}, two {sum(two) / len(two):.2f}, area under the curve {area(same, two):.3f}")


if __name__ == "__main__":
    main()
