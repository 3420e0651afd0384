#!/usr/bin/env python3
"""Counts in how many articles each word stands, for the lexicon's table of word frequencies.

  count_words.py --note 'over 37,554 US news articles' us-news.jsonl.zst > word-frequencies.tsv

Reads JSONL files (fields "title" and "text"), plain or compressed with zstd (needs the `zstd` command). Writes
`word<TAB>articles`, most frequent first, equally frequent words in byte order, below a header of comments. The words
are those of the engine's tokenizer: NFKC, lower case, apostrophes, full stops and commas kept inside a word.
"""

import argparse
import collections
import json
import re
import subprocess
import sys
import unicodedata

LETTER_OR_DIGIT = r"[^\W_]"
WORD = re.compile(rf"{LETTER_OR_DIGIT}+(?:['.,]{LETTER_OR_DIGIT}+)*")
CURLY_APOSTROPHES = {0x2018: "'", 0x2019: "'", 0x02BC: "'", 0xFF07: "'", 0x00AD: None, 0x200B: None}


def open_lines(path):
    if not path.endswith(".zst"):
        with open(path, encoding="utf-8") as file:
            yield from file
        return
    process = subprocess.Popen(["zstd", "-dc", path], stdout=subprocess.PIPE)
    for line in process.stdout:
        yield line.decode("utf-8")
    if process.wait() != 0:
        sys.exit(f"{path}: zstd could not read it")


def words_of(text):
    text = text.translate(CURLY_APOSTROPHES)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    # A full stop or comma inside a word belongs to it only between digits or single letters ("1,000", "u.s"):
    # "end.The", an omitted space, is two words.
    for match in WORD.finditer(text.lower()):
        word = match.group()
        if word.isalpha() or "." not in word and "," not in word:
            yield word
            continue
        pieces = re.split(r"[.,]", word)
        if all(len(piece) == 1 or piece.isdigit() for piece in pieces):
            yield word
        else:
            yield from pieces


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="+", metavar="JSONL", help="articles, .jsonl or .jsonl.zst")
    parser.add_argument("--minimum", type=int, default=6, help="leave out words in fewer articles (default 6)")
    parser.add_argument("--maximum-bytes", type=int, default=900_000,
                        help="raise the minimum until the table is smaller than this (default 900000)")
    parser.add_argument("--note", default="", help="what the corpora are, for the header")
    arguments = parser.parse_args()

    articles = 0
    counts = collections.Counter()
    for path in arguments.corpora:
        for line in open_lines(path):
            if not line.strip():
                continue
            article = json.loads(line)
            text = (article.get("title") or "") + "\n" + (article.get("text") or "")
            counts.update(set(words_of(text)))
            articles += 1

    minimum = arguments.minimum
    while True:
        rows = sorted(((word, count) for word, count in counts.items() if count >= minimum and len(word) <= 40),
                      key=lambda row: (-row[1], row[0].encode()))
        header = [
            "# How many articles each word stands in (document frequency), most frequent first.",
            f"# Counted {arguments.note} by datasets/recipes/count_words.py.",
            f"# Words in fewer than {minimum} articles are left out.",
            f"# articles: {articles}",
        ]
        table = "\n".join(header + [f"{word}\t{count}" for word, count in rows]) + "\n"
        if len(table.encode()) < arguments.maximum_bytes:
            break
        minimum += 1
    sys.stdout.buffer.write(table.encode())


if __name__ == "__main__":
    main()
