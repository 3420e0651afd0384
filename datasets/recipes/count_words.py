#!/usr/bin/env python3
"""Counts the document frequency of each word, for the lexicon's table of word frequencies.

  count_words.py --note 'over 37,554 US news articles' us-news.jsonl.zst > word-frequencies.tsv

Reads JSONL files (fields "title" and "text"), plain or compressed with zstd (needs the `zstd` command). Writes a header of
comments and lines `word<TAB>articles`, most frequent first; equally frequent words are in byte order. The words are those
of the engine's tokenizer: NFKC, lower case, with apostrophes, full stops and commas inside a word.
"""

import argparse
import collections
import json
import re
import subprocess
import sys
import unicodedata

MAX_WORD_LENGTH = 40  # longer "words" are not words of a language
LETTER_OR_DIGIT = r"[^\W_]"
WORD = re.compile(rf"{LETTER_OR_DIGIT}+(?:['.,]{LETTER_OR_DIGIT}+)*")
# Apostrophes become "'"; soft hyphens and zero-width spaces are removed.
REPLACED_CHARACTERS = {0x2018: "'", 0x2019: "'", 0x02BC: "'", 0xFF07: "'", 0x00AD: None, 0x200B: None}


def open_lines(path):
    """Yields the lines of a file, decompressed if its name ends in .zst."""
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
    """Yields the words of a text, with repetitions."""
    text = text.translate(REPLACED_CHARACTERS)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    # A full stop or comma inside a word belongs to it only between digits or single letters ("1,000", "u.s"). Elsewhere a
    # space was omitted: "end.The" is two words.
    for match in WORD.finditer(text.lower()):
        word = match.group()
        if word.isalpha() or "." not in word and "," not in word:
            yield word
            continue
        subwords = re.split(r"[.,]", word)
        if all(len(subword) == 1 or subword.isdigit() for subword in subwords):
            yield word
        else:
            yield from subwords


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="+", metavar="JSONL", help="files of articles, .jsonl or .jsonl.zst")
    parser.add_argument("--minimum", type=int, default=6, help="leave out words that occur in fewer articles (default 6)")
    parser.add_argument("--maximum-bytes", type=int, default=900_000,
                        help="raise --minimum until the table is smaller than this (default 900000)")
    parser.add_argument("--note", default="", help="description of the corpora for the header")
    options = parser.parse_args()

    articles = 0
    counts = collections.Counter()
    for path in options.corpora:
        for line in open_lines(path):
            if not line.strip():
                continue
            article = json.loads(line)
            text = (article.get("title") or "") + "\n" + (article.get("text") or "")
            counts.update(set(words_of(text)))
            articles += 1

    minimum = options.minimum
    while True:
        rows = sorted(((word, count) for word, count in counts.items() if count >= minimum and len(word) <= MAX_WORD_LENGTH),
                      key=lambda row: (-row[1], row[0].encode()))
        header = [
            "# How many articles each word stands in (document frequency), most frequent first.",
            f"# Counted {options.note} by datasets/recipes/count_words.py.",
            f"# Words in fewer than {minimum} articles are left out.",
            f"# articles: {articles}",
        ]
        table = "\n".join(header + [f"{word}\t{count}" for word, count in rows]) + "\n"
        if len(table.encode()) < options.maximum_bytes:
            break
        minimum += 1
    sys.stdout.buffer.write(table.encode())


if __name__ == "__main__":
    main()
