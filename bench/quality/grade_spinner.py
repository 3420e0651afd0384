#!/usr/bin/env python3
"""Grades the program on articles that datasets/recipes/spin.py spun, where every replacement is known.

    grade_spinner.py ARTICLES.jsonl SCRATCH [--archive DIR] [--innocent REPORTS.jsonl TRUTH.json] [--articles 500] [--json]

Spins a seeded sample of the articles at 10, 20, 30, 40 and 50 % of words, each article by one of five spinners, and prints
per share
  recall@1       share of spun articles whose first finding in the archive is their original (needs --archive)
  found          share whose evidence beats all but 1 % of the independent pairs of like length (needs --innocent: a file of
                 `unspin compare --pairs` and the labels that exam.py prepared for it)
  precision, recall   of the substitutions that the report lists, against the true ones: runs of words that differ, with
                 the count of each
and over all shares the Spearman correlation of `rewrite` with the true share of words replaced, within each article
(mean) and over all articles. Since `rewrite` leaves quotations out of account, so does the share, by the spinner's own
idea of what is quoted.
"""
import argparse
import collections
import json
import os
import pathlib
import random
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "datasets" / "recipes"))
import spin as recipe  # noqa: E402
SHARES = (0.1, 0.2, 0.3, 0.4, 0.5)
SPINNERS = 5


def words(text):
    """Lower-case words as the program's rule has them; "%" is the word "percent"."""
    return [word.replace("\u2019", "'").replace("%", "percent")
            for word in re.findall(r"[^\W_]+(?:['\u2019][^\W_]+|(?<=\d)[.,](?=\d)[^\W_]+|\.(?=[^\W\d_]\b)[^\W\d_])*|%", text.lower())]


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def sample(path, count):
    articles = [row for row in read(path) if 150 <= len(row["text"].split()) <= 1200]
    return random.Random(11).sample(articles, min(count, len(articles)))


def spin_all(articles, scratch, shares=SHARES):
    rows = []
    for spinner in range(SPINNERS):
        part = scratch / f"articles-{spinner}.jsonl"
        part.write_text("".join(json.dumps({"id": row["id"], "text": row["text"]}) + "\n" for row in articles[spinner::SPINNERS]))
        out = scratch / f"spun-{spinner}.jsonl"
        subprocess.run([sys.executable, str(ROOT / "datasets/recipes/spin.py"), str(part), "--share", ",".join(map(str, shares)),
                        "--seed", f"spinner-{spinner}", "--out", str(out)], check=True, stderr=subprocess.DEVNULL)
        rows += read(out)
    return rows


def true_share(original, row):
    """Share of the words outside of quotations that were replaced."""
    quoted = recipe.quotations(original)
    outside = [word.start() for word in recipe.WORD.finditer(original) if not recipe.inside(word.start(), quoted)]
    replaced = sum(len(recipe.WORD.findall(edit["original"])) for edit in row["substitutions"]
                   if edit["kind"] != "boilerplate" and not recipe.inside(edit["original_span"][0], quoted))
    return replaced / max(1, len(outside))


def true_runs(original, row):
    """Counted (original words, suspect words) of the runs that differ and have words on both sides."""
    runs, before = [], (0, 0)
    for edit in row["substitutions"]:
        if edit["kind"] == "boilerplate":
            runs.append(None)
            before = (edit["original_span"][1], edit["suspect_span"][1])
            continue
        left, right = words(edit["original"]), words(edit["suspect"])
        between = original[before[0]:edit["original_span"][0]]
        joins = bool(runs) and runs[-1] is not None and not words(between) and not re.search(r"[.!?\n]", between)
        before = (edit["original_span"][1], edit["suspect_span"][1])
        if joins:
            runs[-1] = (runs[-1][0] + left, runs[-1][1] + right)
        else:
            runs.append((left, right))
    counts = collections.Counter()
    for run in runs:
        if run is None:
            continue
        counts.update(differing(*run))
    return counts


def differing(left, right):
    """The runs of two phrases that differ, by their longest common subsequence of words."""
    table = [[0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i in reversed(range(len(left))):
        for j in reversed(range(len(right))):
            table[i][j] = table[i + 1][j + 1] + 1 if left[i] == right[j] else max(table[i + 1][j], table[i][j + 1])
    out, i, j, a, b = [], 0, 0, [], []
    while i < len(left) or j < len(right):
        if i < len(left) and j < len(right) and left[i] == right[j]:
            out.append((a, b))
            a, b, i, j = [], [], i + 1, j + 1
        elif j < len(right) and (i == len(left) or table[i][j + 1] >= table[i + 1][j]):
            b, j = b + [right[j]], j + 1
        else:
            a, i = a + [left[i]], i + 1
    out.append((a, b))
    return [(" ".join(a), " ".join(b)) for a, b in out if a and b]


def ranks(values):
    order = sorted(range(len(values)), key=values.__getitem__)
    out, i = [0.0] * len(values), 0
    while i < len(order):
        j = i
        while j + 1 < len(order) and values[order[j + 1]] == values[order[i]]:
            j += 1
        for k in range(i, j + 1):
            out[order[k]] = (i + j) / 2
        i = j + 1
    return out


def spearman(a, b):
    a, b = ranks(a), ranks(b)
    mean_a, mean_b = sum(a) / len(a), sum(b) / len(b)
    product = sum((x - mean_a) * (y - mean_b) for x, y in zip(a, b))
    spread = (sum((x - mean_a) ** 2 for x in a) * sum((y - mean_b) ** 2 for y in b)) ** 0.5
    return product / spread if spread else 0.0


def thresholds(reports, truth):
    """Evidence that all but 1 % of the independent pairs stay below, for long and for short pairs."""
    evidence = {True: [], False: []}
    for report, label in zip(read(reports), json.loads(pathlib.Path(truth).read_text())["pairs"]):
        if not label["derived"]:
            evidence[label["short"]].append(report["findings"][0]["evidence"] if "findings" in report else report["evidence"])
    return {short: sorted(values, reverse=True)[len(values) // 100] for short, values in evidence.items()}


def run(unspin, *arguments, out):
    with open(out, "wb") as file:
        subprocess.run([unspin, *map(str, arguments)], stdout=file, check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles")
    parser.add_argument("scratch")
    parser.add_argument("--unspin", default=os.environ.get("UNSPIN") or str(ROOT / "build/release/unspin"))
    parser.add_argument("--archive")
    parser.add_argument("--innocent", nargs=2, metavar=("REPORTS", "TRUTH"))
    parser.add_argument("--sample", type=int, default=500, metavar="N", help="articles to spin (default: 500)")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    scratch = pathlib.Path(options.scratch)
    scratch.mkdir(parents=True, exist_ok=True)
    articles = sample(options.articles, options.sample)
    originals = {row["id"]: row["text"] for row in articles}
    spun = spin_all(articles, scratch)
    with open(scratch / "pairs.jsonl", "w", encoding="utf-8") as out:
        for row in spun:
            out.write(json.dumps({"original_id": row["original_id"], "original": originals[row["original_id"]], "suspect_id": row["id"],
                                  "suspect": row["text"]}) + "\n")
    run(options.unspin, "compare", "--pairs", scratch / "pairs.jsonl", "--full", "--quiet", out=scratch / "compared.jsonl")
    reports = read(scratch / "compared.jsonl")
    first = {}
    if options.archive:
        with open(scratch / "suspects.jsonl", "w", encoding="utf-8") as out:
            for row in spun:
                out.write(json.dumps({"id": row["id"], "text": row["text"]}) + "\n")
        run(options.unspin, "audit", scratch / "suspects.jsonl", "--archive", options.archive, "--all", "--brief", "--quiet", "--out",
            scratch / "audited.jsonl", out=os.devnull)
        for report in read(scratch / "audited.jsonl"):
            first[report["suspect"]["id"]] = report["findings"][0]["original"]["sha256"] if report["findings"] else None
    limit = thresholds(*options.innocent) if options.innocent else None

    grades = {}
    missed, false = collections.Counter(), collections.Counter()
    by_article = collections.defaultdict(list)
    for share in SHARES:
        rows = [(row, report) for row, report in zip(spun, reports) if row["id"].endswith(f"-{share:.2f}")]
        right = listed = wanted = found = hit = 0
        for row, report in rows:
            finding = report["findings"][0]
            original = originals[row["original_id"]]
            truth = true_runs(original, row)
            seen = collections.Counter({(entry["original"], entry["suspect"]): entry["count"] for entry in finding["substitutions"]})
            right += sum((truth & seen).values())
            wanted += sum(truth.values())
            listed += sum(seen.values())
            missed.update(truth - seen)
            false.update(seen - truth)
            by_article[row["original_id"]].append((true_share(original, row), finding["rewrite"]))
            # Another copy of the same text, under another name, is as good.
            hit += first.get(row["id"]) == finding["original"]["sha256"]
            found += limit is not None and finding["evidence"] > limit[min(len(original.split()), len(row["text"].split())) < 200]
        grades[f"{share:.0%}"] = {"articles": len(rows), "recall@1": hit / len(rows) if options.archive else None,
                                  "found": found / len(rows) if limit else None, "precision": right / listed, "recall": right / wanted}
    all_points = [point for points in by_article.values() for point in points]
    inside = [spearman(*zip(*points)) for points in by_article.values() if len({share for share, _ in points}) > 1]
    grades["all"] = {"articles": len(spun), "spearman": spearman(*zip(*all_points)), "spearman, one article": sum(inside) / len(inside)}
    for name, counter in (("missed", missed), ("false", false)):
        (scratch / f"{name}.tsv").write_text("".join(f"{count}\t{a}\t{b}\n" for (a, b), count in counter.most_common()))
    if options.json:
        print(json.dumps(grades))
        return
    for name, row in grades.items():
        print(f"{name:5}", "  ".join(f"{key} {value:.4f}" if isinstance(value, float) else f"{key} {value}" for key, value in row.items()
                                     if value is not None))


if __name__ == "__main__":
    main()
