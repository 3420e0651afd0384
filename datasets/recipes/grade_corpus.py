#!/usr/bin/env python3
"""Grades results for a corpus of make_corpus.cc against its truth; prints one JSON object.

  grade_corpus.py dedup truth.tsv clusters.jsonl --threshold 0.8
  grade_corpus.py audit suspects.tsv reports.jsonl --corpus-truth truth.tsv

CLUSTERS has a line {"id", "cluster", "representative", "similarity"} for each article; REPORTS has the reports of
`unspin audit`. Either may be `-`, standard input. README.md beside this file defines the figures. Files are read line by
line; only ids are kept in memory.
"""

import argparse
import contextlib
import json
import sys

ACCUSING_VERDICTS = {"copy", "edited", "spun", "rewritten", "excerpt"}
KINDS = {"exact", "near", "spun", "excerpt", "none"}
COPIES = {"exact", "near"}


class BadInput(Exception):
    """An error in an input file; the message names the file, the line and what was expected."""


@contextlib.contextmanager
def opened(path):
    if path == "-":
        yield sys.stdin
    else:
        with open(path, encoding="utf-8") as file:
            yield file


def truth_rows(path):
    """Yields (id, kind, original, share) of each line."""
    with opened(path) as file:
        for number, line in enumerate(file, 1):
            fields = line.rstrip("\n").split("\t")
            try:
                name, kind, original, share = fields
                share = float(share)
            except ValueError:
                raise BadInput(f"{path}:{number}: expected id, kind, original and share, separated by tabs") from None
            if kind not in KINDS:
                raise BadInput(f"{path}:{number}: no such kind: {kind}")
            yield name, kind, original, share


def json_lines(path):
    """Yields ("file:line", object) of each line that is not blank."""
    with opened(path) as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            location = f"{path}:{number}"
            try:
                value = json.loads(line)
            except ValueError as error:
                raise BadInput(f"{location}: not JSON: {error}") from None
            if not isinstance(value, dict):
                raise BadInput(f"{location}: expected an object")
            yield location, value


def share(count, total):
    return round(count / total, 6) if total else None


def grade_dedup(options):
    """Figures for the clusters of `unspin dedup`."""
    original_of = {}  # copy → original
    pairs = []    # (copy, original, kind) that should be in one cluster
    cluster_of = {}  # article in `pairs` → cluster
    for name, kind, original, similarity in truth_rows(options.truth):
        if kind == "none":
            continue
        original_of[name] = original
        if kind in COPIES and similarity >= options.threshold:
            pairs.append((name, original, kind))
            cluster_of[name] = cluster_of[original] = None

    article_count = member_count = correct_count = 0
    for location, row in json_lines(options.clusters):
        try:
            name, representative, number = row["id"], row["representative"], row["cluster"]
        except KeyError as error:
            raise BadInput(f"{location}: no field {error}") from None
        article_count += 1
        if name in cluster_of:
            cluster_of[name] = number
        if representative is not None and representative != name:
            member_count += 1
            correct_count += original_of.get(name, name) == original_of.get(representative, representative)

    result = {"threshold": options.threshold, "articles": article_count}
    pair_count = found_count = 0
    for kind in sorted(COPIES):
        of_kind = [(copy, original) for copy, original, other in pairs if other == kind]
        joined_count = sum(cluster_of[copy] is not None and cluster_of[copy] == cluster_of[original]
                           for copy, original in of_kind)
        result[kind] = {"pairs": len(of_kind), "found": joined_count, "recall": share(joined_count, len(of_kind))}
        pair_count += len(of_kind)
        found_count += joined_count
    return result | {"pairs": pair_count, "found": found_count, "recall": share(found_count, pair_count),
                     "members": member_count, "right": correct_count, "precision": share(correct_count, member_count)}


def grade_audit(options):
    """Figures for the reports of `unspin audit`."""
    truth = {name: (kind, original) for name, kind, original, _ in truth_rows(options.truth)}
    originals = {original for _, original in truth.values()}
    original_of = {}  # exact or near copy in the corpus → its original, for the originals of suspects
    if options.corpus_truth:
        for name, kind, original, _ in truth_rows(options.corpus_truth):
            if kind in COPIES and original in originals:
                original_of[name] = original

    counts = {kind: {"suspects": 0, "reports": 0, "first": 0, "found": 0, "named": 0} for kind in sorted(KINDS)}
    for kind, _ in truth.values():
        counts[kind]["suspects"] += 1
    graded = set()
    for location, report in json_lines(options.reports):
        try:
            name = report["suspect"]["id"]
            verdict = report["summary"]["verdict"]
            findings = [finding["original"]["id"] for finding in report["findings"]]
        except (KeyError, TypeError):
            raise BadInput(f"{location}: not a report of `unspin audit`") from None
        if name not in truth:
            raise BadInput(f"{location}: the truth does not know suspect {name}")
        if name in graded:
            raise BadInput(f"{location}: a second report on suspect {name}")
        graded.add(name)
        kind, original = truth[name]
        is_original = [original_of.get(found, found) == original for found in findings]
        row = counts[kind]
        row["reports"] += 1
        row["first"] += is_original[:1] == [True]
        row["found"] += any(is_original)
        row["named"] += verdict in ACCUSING_VERDICTS

    def figures(row):
        return {"suspects": row["suspects"], "reports": row["reports"],
                "recall_at_1": share(row["first"], row["suspects"]), "recall": share(row["found"], row["suspects"]),
                "named": share(row["named"], row["suspects"])}

    none = counts.pop("none")
    kinds = {kind: figures(row) for kind, row in counts.items() if row["suspects"]}
    sums = {field: sum(row[field] for row in counts.values()) for field in none}
    return figures(sums) | {"kinds": kinds, "none": {"suspects": none["suspects"], "reports": none["reports"],
                                                      "named": share(none["named"], none["suspects"])}}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    dedup = commands.add_parser("dedup", help="grade clusters of near-duplicates")
    dedup.add_argument("truth", metavar="TRUTH")
    dedup.add_argument("clusters", metavar="CLUSTERS")
    dedup.add_argument("--threshold", type=float, default=0.8,
                       help="minimum similarity of pairs that should be in one cluster (default 0.8)")
    dedup.set_defaults(grade=grade_dedup)
    audit = commands.add_parser("audit", help="grade reports about suspects")
    audit.add_argument("truth", metavar="TRUTH")
    audit.add_argument("reports", metavar="REPORTS")
    audit.add_argument("--corpus-truth", metavar="TRUTH",
                       help="truth of the corpus; exact and near copies in it count as their originals")
    audit.set_defaults(grade=grade_audit)
    options = parser.parse_args()
    try:
        print(json.dumps(options.grade(options), indent=1))
    except (BadInput, OSError, UnicodeDecodeError) as error:
        print(f"grade_corpus.py: {error}", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
