#!/usr/bin/env python3
"""Grades what was found in a corpus of make_corpus.cc against the truth that came with it, as one JSON object.

  grade_corpus.py dedup truth.tsv clusters.jsonl --threshold 0.8
  grade_corpus.py audit suspects.tsv reports.jsonl --corpus-truth truth.tsv

CLUSTERS holds for each article {"id", "cluster", "representative", "similarity"}; REPORTS holds the reports of
`unspin audit`. Either may be `-`. README.md beside this file says what the figures mean. Files are read line by line;
what stays in memory are ids.
"""

import argparse
import contextlib
import json
import sys

NAMED = {"copy", "edited", "spun", "rewritten", "excerpt"}
KINDS = {"exact", "near", "spun", "excerpt", "none"}
COPIES = {"exact", "near"}


class BadInput(Exception):
    """The message says which file and line, and what was expected there."""


@contextlib.contextmanager
def opened(path):
    if path == "-":
        yield sys.stdin
    else:
        with open(path, encoding="utf-8") as file:
            yield file


def truth_rows(path):
    """(id, kind, original, share) of each line."""
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
    """(place, object) of each line that is not blank."""
    with opened(path) as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            place = f"{path}:{number}"
            try:
                value = json.loads(line)
            except ValueError as error:
                raise BadInput(f"{place}: not JSON: {error}") from None
            if not isinstance(value, dict):
                raise BadInput(f"{place}: expected an object")
            yield place, value


def share(part, whole):
    return round(part / whole, 6) if whole else None


def grade_dedup(options):
    family = {}   # copy → original
    pairs = []    # (copy, original, kind) of those that should be together
    cluster = {}  # of the articles in `pairs`
    for name, kind, original, similarity in truth_rows(options.truth):
        if kind == "none":
            continue
        family[name] = original
        if kind in COPIES and similarity >= options.threshold:
            pairs.append((name, original, kind))
            cluster[name] = cluster[original] = None

    articles = members = right = 0
    for place, row in json_lines(options.clusters):
        try:
            name, representative, number = row["id"], row["representative"], row["cluster"]
        except KeyError as error:
            raise BadInput(f"{place}: no field {error}") from None
        articles += 1
        if name in cluster:
            cluster[name] = number
        if representative is not None and representative != name:
            members += 1
            right += family.get(name, name) == family.get(representative, representative)

    result = {"threshold": options.threshold, "articles": articles}
    total = found = 0
    for kind in sorted(COPIES):
        of_kind = [(copy, original) for copy, original, other in pairs if other == kind]
        together = sum(cluster[copy] is not None and cluster[copy] == cluster[original] for copy, original in of_kind)
        result[kind] = {"pairs": len(of_kind), "found": together, "recall": share(together, len(of_kind))}
        total += len(of_kind)
        found += together
    return result | {"pairs": total, "found": found, "recall": share(found, total),
                     "members": members, "right": right, "precision": share(right, members)}


def grade_audit(options):
    truth = {name: (kind, original) for name, kind, original, _ in truth_rows(options.truth)}
    wanted = {original for _, original in truth.values()}
    original_of = {}  # exact and near copies that stand in the corpus beside an original that is looked for
    if options.corpus_truth:
        for name, kind, original, _ in truth_rows(options.corpus_truth):
            if kind in COPIES and original in wanted:
                original_of[name] = original

    counts = {kind: {"suspects": 0, "reports": 0, "first": 0, "found": 0, "named": 0} for kind in sorted(KINDS)}
    for kind, _ in truth.values():
        counts[kind]["suspects"] += 1
    seen = set()
    for place, report in json_lines(options.reports):
        try:
            name = report["suspect"]["id"]
            verdict = report["summary"]["verdict"]
            findings = [finding["original"]["id"] for finding in report["findings"]]
        except (KeyError, TypeError):
            raise BadInput(f"{place}: not a report of `unspin audit`") from None
        if name not in truth:
            raise BadInput(f"{place}: the truth does not know suspect {name}")
        if name in seen:
            raise BadInput(f"{place}: a second report on suspect {name}")
        seen.add(name)
        kind, original = truth[name]
        of_family = [original_of.get(found, found) == original for found in findings]
        row = counts[kind]
        row["reports"] += 1
        row["first"] += of_family[:1] == [True]
        row["found"] += any(of_family)
        row["named"] += verdict in NAMED

    def figures(row):
        return {"suspects": row["suspects"], "reports": row["reports"],
                "recall_at_1": share(row["first"], row["suspects"]), "recall": share(row["found"], row["suspects"]),
                "named": share(row["named"], row["suspects"])}

    none = counts.pop("none")
    kinds = {kind: figures(row) for kind, row in counts.items() if row["suspects"]}
    every = {field: sum(row[field] for row in counts.values()) for field in none}
    return figures(every) | {"kinds": kinds, "none": {"suspects": none["suspects"], "reports": none["reports"],
                                                      "named": share(none["named"], none["suspects"])}}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    dedup = commands.add_parser("dedup", help="clusters of near-duplicates")
    dedup.add_argument("truth", metavar="TRUTH")
    dedup.add_argument("clusters", metavar="CLUSTERS")
    dedup.add_argument("--threshold", type=float, default=0.8,
                       help="pairs of at least this similarity should be together (default 0.8)")
    dedup.set_defaults(grade=grade_dedup)
    audit = commands.add_parser("audit", help="reports on suspects")
    audit.add_argument("truth", metavar="TRUTH")
    audit.add_argument("reports", metavar="REPORTS")
    audit.add_argument("--corpus-truth", metavar="TRUTH",
                       help="that of the corpus: its exact and near copies count as their originals")
    audit.set_defaults(grade=grade_audit)
    options = parser.parse_args()
    try:
        print(json.dumps(options.grade(options), indent=1))
    except (BadInput, OSError, UnicodeDecodeError) as error:
        print(f"grade_corpus.py: {error}", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
