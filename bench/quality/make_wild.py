#!/usr/bin/env python3
"""Makes the pairs of found news that unspin_fit_model takes, from the labels of wild.py and its corpus.

    make_wild.py PROGRAM WORK_DIR WILD.jsonl [INNOCENT.jsonl]

WILD      the labelled pairs with their texts; without those marked `credited`, for which either answer is right
INNOCENT  pairs that PROGRAM finds alike, of two outlets of the half that may be fitted on, and more than seven days apart:
          news is seldom copied that late, so nearly all share speech, documents, standing text or a form

wild.py stands with the evaluation data ($UNSPIN_SHARED/tools); WORK_DIR keeps the corpus and an archive of it. Without
INNOCENT, which takes minutes, nothing is audited.
"""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = pathlib.Path(os.environ.get("UNSPIN_SHARED") or ROOT / ".." / "shared").resolve()
sys.path.insert(0, str(SHARED / "tools"))
import wild  # noqa: E402


def candidates(program, work, corpus):
    """Pairs of ids: each article of the corpus with those that an audit against the whole corpus finds alike."""
    archive = work / "archive"
    shutil.rmtree(archive, ignore_errors=True)  # another program may have made it
    subprocess.run([program, "index", corpus, "--archive", archive, "--quiet"], stdout=subprocess.DEVNULL, check=True)
    audit = [program, "audit", corpus, "--archive", archive, "--all", "--brief", "--limit", "8", "--out", "-", "--quiet"]
    pairs = set()
    with subprocess.Popen(audit, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            report = json.loads(line)
            for finding in report["findings"]:
                pairs.add(tuple(sorted((report["suspect"]["id"], finding["original"]["id"]))))
    if process.returncode != 0:
        sys.exit("make_wild: audit failed")
    return sorted(pairs)


def may_be_fitted_on(one, other):
    """Whether two articles are of two outlets of the fitting half, and far apart."""
    days = wild.day(one), wild.day(other)
    return (wild.outlet(one) != wild.outlet(other) and wild.half(one) == wild.half(other) == "fit" and None not in days
            and abs((days[0] - days[1]).days) > wild.FAR_APART)


def write(path, articles, pairs):
    """`pairs`: id, id, and more fields of the line."""
    with open(path, "w", encoding="utf-8") as out:
        for original, suspect, more in pairs:
            out.write(json.dumps({"original_id": original, "suspect_id": suspect, "original": articles[original]["text"],
                                  "suspect": articles[suspect]["text"], **more}, ensure_ascii=False) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("work", type=pathlib.Path)
    parser.add_argument("wild", type=pathlib.Path)
    parser.add_argument("innocent", type=pathlib.Path, nargs="?")
    options = parser.parse_args()
    corpus, articles = wild.corpus(options.work)
    with open(wild.DATA / "wild" / "pairs.jsonl", encoding="utf-8") as lines:
        labels = [row for row in map(json.loads, lines) if not row["credited"]]
    write(options.wild, articles, [(row["original"], row["suspect"], {"set": "wild", "derived": row["label"] in wild.DERIVED})
                                   for row in labels])
    if options.innocent is None:
        return
    pairs = candidates(options.program, options.work, corpus)
    write(options.innocent, articles, [(one, other, {}) for one, other in pairs if one != other
                                       and may_be_fitted_on(articles[one], articles[other])])


if __name__ == "__main__":
    main()
