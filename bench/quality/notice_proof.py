#!/usr/bin/env python3
"""How many words the drafts of notices quote, and whether the quotations stand in both texts: by label of read pairs.

  python3 bench/quality/notice_proof.py PROGRAM PAIRS.jsonl

PAIRS has lines with `original`, `suspect` (texts) and `label`. Every pair is compared, and a letter drafted about it
whatever the finding is. A label's line: pairs, drafts with a proof, words quoted (median, most), quotations not found.
"""

import collections
import json
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile

PAIR = re.compile(r"^\d+\. Original: “(.*)”\n   Page: “(.*)”$", re.MULTILINE)
WORD = re.compile(r"[^\W_]+(?:['’.,][^\W_]+)*")  # close to the program's rule; hidden characters aside


def run(program, folder, *arguments):
    done = subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(arguments)}: {done.stderr}")
    return done.stdout


def quotations(program, folder, pair):
    for side in ("original", "suspect"):
        (folder / f"{side}.json").write_text(json.dumps({"id": side, "text": pair[side]}))
    (folder / "r.json").write_text(run(program, folder, "compare", "original.json", "suspect.json", "--json"))
    return PAIR.findall(run(program, folder, "notice", "r.json", "--form", "letter", "--override", "measured", "--log",
                            "log.jsonl", "--quiet"))


def main(program, path):
    program = str(pathlib.Path(program).resolve())
    words, lost = collections.defaultdict(list), collections.Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for line in open(path, encoding="utf-8"):
            pair = json.loads(line)
            (folder / "log.jsonl").unlink(missing_ok=True)
            quoted = quotations(program, folder, pair)
            texts = [" ".join(pair[side].split()) for side in ("original", "suspect")]
            lost[pair["label"]] += sum(quote not in text for both in quoted for quote, text in zip(both, texts))
            words[pair["label"]].append(sum(len(WORD.findall(quote)) for both in quoted for quote in both))
    for label, counts in sorted(words.items()):
        print(f"{label:14} {len(counts):4} pairs, {sum(count > 0 for count in counts):4} with a proof, words "
              f"{statistics.median(counts):.0f} (most {max(counts)}), not found {lost[label]}")


if __name__ == "__main__":
    main(*sys.argv[1:])
