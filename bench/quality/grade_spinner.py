#!/usr/bin/env python3
"""Grades the program on articles spun by datasets/recipes/spin.py, which records every replacement.

    grade_spinner.py ARTICLES.jsonl SCRATCH [--archive DIR] [--innocent REPORTS.jsonl TRUTH.json] [--articles 500] [--json]

Spins a seeded sample of the articles at 10, 20, 30, 40 and 50 % of words, each article by one of five spinners, and prints
for each share
  recall@1       share of spun articles whose first finding in the archive is their original (needs --archive)
  found          share whose evidence exceeds that of all but 1 % of the independent pairs of similar length (needs
                 --innocent: a file of `unspin compare --pairs` and the labels that exam.py prepared for it)
  precision, recall   of the listed substitutions against the true ones; a substitution is a run of words that differ, and
                 is counted as often as it occurs
and for all shares the Spearman correlation of `rewrite` with the true share of words replaced: the mean of the correlations
within each article, and the correlation over all articles. `rewrite` does not count words in quotations, so the true share
does not count them either; the rule of spin.py decides which words are quoted.
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
    """Lower-case words by the rule of the program; "%" is the word "percent"."""
    return [word.replace("\u2019", "'").replace("%", "percent")
            for word in re.findall(r"[^\W_]+(?:['\u2019][^\W_]+|(?<=\d)[.,](?=\d)[^\W_]+|\.(?=[^\W\d_]\b)[^\W\d_])*|%", text.lower())]


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def sample(path, count):
    """A seeded sample of the articles of 150 to 1200 words."""
    articles = [row for row in read(path) if 150 <= len(row["text"].split()) <= 1200]
    return random.Random(11).sample(articles, min(count, len(articles)))


def spin_all(articles, scratch, shares=SHARES):
    """Records of spin.py: each article at all shares, by one of SPINNERS spinners."""
    rows = []
    for spinner in range(SPINNERS):
        source = scratch / f"articles-{spinner}.jsonl"
        source.write_text("".join(json.dumps({"id": row["id"], "text": row["text"]}) + "\n"
                                  for row in articles[spinner::SPINNERS]))
        out = scratch / f"spun-{spinner}.jsonl"
        subprocess.run([sys.executable, str(ROOT / "datasets/recipes/spin.py"), str(source), "--share", ",".join(map(str, shares)),
                        "--seed", f"spinner-{spinner}", "--out", str(out)], check=True, stderr=subprocess.DEVNULL)
        rows += read(out)
    return rows


def true_share(original, row):
    """Share of the words outside quotations that were replaced."""
    quoted = recipe.quotations(original)
    unquoted = [word.start() for word in recipe.WORD.finditer(original) if not recipe.inside(word.start(), quoted)]
    replaced = sum(len(recipe.WORD.findall(edit["original"])) for edit in row["substitutions"]
                   if edit["kind"] != "boilerplate" and not recipe.inside(edit["original_span"][0], quoted))
    return replaced / max(1, len(unquoted))


def true_runs(original, row):
    """Counter of (original words, suspect words): the runs that differ and have words in both texts.

    Adjacent replacements within a sentence are one run.
    """
    runs, previous_end = [], (0, 0)
    for edit in row["substitutions"]:
        if edit["kind"] == "boilerplate":
            runs.append(None)
            previous_end = (edit["original_span"][1], edit["suspect_span"][1])
            continue
        left, right = words(edit["original"]), words(edit["suspect"])
        between = original[previous_end[0]:edit["original_span"][0]]
        is_adjacent = bool(runs) and runs[-1] is not None and not words(between) and not re.search(r"[.!?\n]", between)
        previous_end = (edit["original_span"][1], edit["suspect_span"][1])
        if is_adjacent:
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
    """[(left words, right words)] that differ, from the longest common subsequence of the two lists of words."""
    table = [[0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i in reversed(range(len(left))):
        for j in reversed(range(len(right))):
            table[i][j] = table[i + 1][j + 1] + 1 if left[i] == right[j] else max(table[i + 1][j], table[i][j + 1])
    runs, i, j, left_run, right_run = [], 0, 0, [], []
    while i < len(left) or j < len(right):
        if i < len(left) and j < len(right) and left[i] == right[j]:
            runs.append((left_run, right_run))
            left_run, right_run, i, j = [], [], i + 1, j + 1
        elif j < len(right) and (i == len(left) or table[i][j + 1] >= table[i + 1][j]):
            right_run, j = right_run + [right[j]], j + 1
        else:
            left_run, i = left_run + [left[i]], i + 1
    runs.append((left_run, right_run))
    return [(" ".join(left_run), " ".join(right_run)) for left_run, right_run in runs if left_run and right_run]


def ranks(values):
    """Ranks from 0; equal values get their mean rank."""
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
    """{pair is short: evidence that 1 % of the independent pairs reach}."""
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
    parser.add_argument("articles", help="JSON Lines with the fields id and text")
    parser.add_argument("scratch", help="folder for intermediate files")
    parser.add_argument("--unspin", default=os.environ.get("UNSPIN") or str(ROOT / "build/release/unspin"), metavar="PATH",
                        help="the program (default: $UNSPIN or build/release/unspin)")
    parser.add_argument("--archive", metavar="DIR", help="archive that holds the articles")
    parser.add_argument("--innocent", nargs=2, metavar=("REPORTS", "TRUTH"),
                        help="reports of `unspin compare --pairs`, and the labels of these pairs")
    parser.add_argument("--sample", type=int, default=500, metavar="N", help="number of articles to spin (default: 500)")
    parser.add_argument("--json", action="store_true", help="print JSON")
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
    first_findings = {}
    if options.archive:
        with open(scratch / "suspects.jsonl", "w", encoding="utf-8") as out:
            for row in spun:
                out.write(json.dumps({"id": row["id"], "text": row["text"]}) + "\n")
        run(options.unspin, "audit", scratch / "suspects.jsonl", "--archive", options.archive, "--all", "--brief", "--quiet", "--out",
            scratch / "audited.jsonl", out=os.devnull)
        for report in read(scratch / "audited.jsonl"):
            first_findings[report["suspect"]["id"]] = report["findings"][0]["original"]["sha256"] if report["findings"] else None
    evidence_limits = thresholds(*options.innocent) if options.innocent else None

    grades = {}
    missed, false = collections.Counter(), collections.Counter()
    by_article = collections.defaultdict(list)
    for share in SHARES:
        rows = [(row, report) for row, report in zip(spun, reports) if row["id"].endswith(f"-{share:.2f}")]
        correct_count = listed_count = true_count = found_count = first_count = 0
        for row, report in rows:
            finding = report["findings"][0]
            original = originals[row["original_id"]]
            truth = true_runs(original, row)
            listed = collections.Counter({(entry["original"], entry["suspect"]): entry["count"]
                                          for entry in finding["substitutions"]})
            correct_count += sum((truth & listed).values())
            true_count += sum(truth.values())
            listed_count += sum(listed.values())
            missed.update(truth - listed)
            false.update(listed - truth)
            by_article[row["original_id"]].append((true_share(original, row), finding["rewrite"]))
            # Another article with the same text counts as the original.
            first_count += first_findings.get(row["id"]) == finding["original"]["sha256"]
            is_short = min(len(original.split()), len(row["text"].split())) < 200
            found_count += evidence_limits is not None and finding["evidence"] > evidence_limits[is_short]
        grades[f"{share:.0%}"] = {"articles": len(rows), "recall@1": first_count / len(rows) if options.archive else None,
                                  "found": found_count / len(rows) if evidence_limits else None,
                                  "precision": correct_count / listed_count, "recall": correct_count / true_count}
    all_points = [point for points in by_article.values() for point in points]
    within_articles = [spearman(*zip(*points)) for points in by_article.values() if len({share for share, _ in points}) > 1]
    grades["all"] = {"articles": len(spun), "spearman": spearman(*zip(*all_points)),
                     "spearman, one article": sum(within_articles) / len(within_articles)}
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
