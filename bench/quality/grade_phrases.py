#!/usr/bin/env python3
"""Grades the alignment of phrases of a real spinner with the phrases that they replaced.

    grade_phrases.py PHRASES.tsv SCRATCH [--json]

PHRASES.tsv has a header and lines `spun TAB expected`. Batches of twenty phrases are put into sentences of our own: the
spun phrases into the suspect, the expected ones into the original. A phrase counts as aligned if the report lists the words
that differ, as one substitution or word by word. Alternatives ("a/b"), abbreviations and remarks in brackets are removed
from the expected phrase. Lines without an answer ("???") and pairs without words that differ are left out.
"""
import argparse
import json
import os
import pathlib
import random
import re
import subprocess

from grade_spinner import ROOT, differing, read, words

CARRIERS = (
    "The committee will return to the question of {} before the end of the month.",
    "Nobody at the meeting had expected that {} would be on the agenda again.",
    "A second report, due in the autumn, looks at {} in three neighbouring countries.",
    "Her department has spent most of its budget on {} since the last election.",
    "Two of the authors warned that {} should not be judged by a single year.",
    "For the residents of the old harbour, {} remains a distant promise.",
    "The minister refused to say whether {} had been discussed with the union.",
    "Teachers from nine schools wrote a joint letter about {} and sent it to the mayor.",
    "What began as a quarrel about {} has become a test for the whole council.",
    "On Tuesday the court heard how {} came to be part of the contract.",
)
BATCH = 20


def pairs_of(path):
    """[(spun, expected)] of the lines that have an answer and words that differ."""
    out = []
    with open(path, encoding="utf-8") as lines:
        for line in list(lines)[1:]:
            spun, _, expected = line.rstrip("\n").partition("\t")
            expected = re.sub(r"\s*[\(\[][^\)\]]*[\)\]]", "", expected)
            expected = re.split(r"\s*/\s*|\s+or\s+", expected)[0]
            spun = re.sub(r"\s*[\(\[][^\)\]]*[\)\]]", "", spun)
            if "?" in expected or not words(expected) or not words(spun) or not differing(words(expected), words(spun)):
                continue
            out.append((spun.strip(), expected.strip()))
    return out


def is_aligned(spun, expected, listed):
    """Whether `listed`, a set of (original words, suspect words), holds all words that differ."""
    runs = differing(words(expected), words(spun))
    for original, suspect in runs:
        if (original, suspect) in listed:
            continue
        left, right = original.split(), suspect.split()
        if len(left) != len(right) or not all((a, b) in listed for a, b in zip(left, right)):
            return False
    return True


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("phrases", help="lines `spun TAB expected` below a header")
    parser.add_argument("scratch", help="folder for intermediate files")
    parser.add_argument("--unspin", default=os.environ.get("UNSPIN") or str(ROOT / "build/release/unspin"), metavar="PATH",
                        help="the program (default: $UNSPIN or build/release/unspin)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    scratch = pathlib.Path(options.scratch)
    scratch.mkdir(parents=True, exist_ok=True)
    phrases = pairs_of(options.phrases)
    random.Random(5).shuffle(phrases)
    batches = [phrases[at:at + BATCH] for at in range(0, len(phrases), BATCH)]
    with open(scratch / "phrases.jsonl", "w", encoding="utf-8") as out:
        for number, batch in enumerate(batches):
            sides = [" ".join(CARRIERS[i % len(CARRIERS)].format(pair[side]) for i, pair in enumerate(batch)) for side in (0, 1)]
            out.write(json.dumps({"suspect_id": f"s{number}", "original_id": f"o{number}", "suspect": sides[0], "original": sides[1]}) + "\n")
    with open(scratch / "phrase-reports.jsonl", "wb") as out:
        subprocess.run([options.unspin, "compare", "--pairs", str(scratch / "phrases.jsonl"), "--full", "--quiet"], stdout=out, check=True)
    kinds = {"one word": [0, 0], "same length": [0, 0], "other length": [0, 0]}
    with open(scratch / "phrases-missed.tsv", "w", encoding="utf-8") as missed:
        for batch, report in zip(batches, read(scratch / "phrase-reports.jsonl")):
            entries = report["findings"][0]["substitutions"]
            listed = {(entry["original"], entry["suspect"]) for entry in entries}
            for spun, expected in batch:
                expected_length, spun_length = len(words(expected)), len(words(spun))
                same = "one word" if spun_length == 1 else "same length"
                count = kinds[same if expected_length == spun_length else "other length"]
                aligned = is_aligned(spun, expected, listed)
                count[0] += aligned
                count[1] += 1
                if not aligned:
                    similar_entries = [entry for entry in listed if set(entry[1].split()) & set(words(spun))]
                    missed.write(f"{expected}\t{spun}\t{similar_entries[:3]}\n")
    grades = {kind: {"phrases": count[1], "aligned": count[0] / count[1]} for kind, count in kinds.items() if count[1]}
    grades["all"] = {"phrases": len(phrases), "aligned": sum(count[0] for count in kinds.values()) / len(phrases)}
    if options.json:
        print(json.dumps(grades))
        return
    for kind, row in grades.items():
        print(f"{kind:13} {row['phrases']:6,}  aligned {row['aligned']:.4f}")


if __name__ == "__main__":
    main()
