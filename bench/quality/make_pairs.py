#!/usr/bin/env python3
"""Makes kinds of derived pairs that the labelled sets lack: spun articles, excerpts, copies inside other articles.

    make_pairs.py CORPUS.jsonl OUT.jsonl [--articles 300] [--seed 1]

The articles are drawn from the corpus (200 to 900 words). The suspects of an article are
  spun-RR   the whole article, spun by datasets/recipes/spin.py at a share of RR words (0.1 to 0.5)
  excerpt   two to five of its paragraphs, unchanged or spun, inside the next article drawn
  embedded  all of its paragraphs inside the next article drawn
Lines have the fields of the labelled pairs (set, kind, derived, level, original_id, original, suspect_id, suspect).
"""
import argparse
import json
import pathlib
import random
import subprocess
import sys
import tempfile

SPIN = pathlib.Path(__file__).resolve().parents[2] / "datasets" / "recipes" / "spin.py"
SHARES = ["0.1", "0.2", "0.3", "0.4", "0.5"]


def draw(corpus, count, generator):
    """`count` articles of 200 to 900 words and at least six paragraphs, in random order."""
    with open(corpus, encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    rows = [row for row in rows if 200 <= len(row["text"].split()) <= 900 and len(paragraphs(row["text"])) >= 6]
    generator.shuffle(rows)
    if len(rows) < count:
        sys.exit(f"make_pairs: {corpus} holds only {len(rows)} articles of 200 to 900 words and six paragraphs")
    return rows[:count]


def paragraphs(text):
    """The paragraphs of at least eight words."""
    return [paragraph for paragraph in text.split("\n") if len(paragraph.split()) >= 8]


def spin(rows, folder):
    """{id: text} of all articles at all shares."""
    source, out = folder / "in.jsonl", folder / "out.jsonl"
    with open(source, "w", encoding="utf-8") as lines:
        for row in rows:
            lines.write(json.dumps({"id": row["id"], "text": row["text"]}) + "\n")
    subprocess.run([sys.executable, SPIN, source, "--share", ",".join(SHARES), "--seed", "1", "--out", out], check=True)
    spun = {}
    with open(out, encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            spun[row["id"]] = row["text"]
    return spun


def embed(excerpt, page, generator):
    """The page with the paragraphs `excerpt` inserted between two of its own."""
    page_paragraphs = paragraphs(page)
    position = generator.randint(1, len(page_paragraphs) - 1)
    return "\n\n".join(page_paragraphs[:position] + excerpt + page_paragraphs[position:])


def make(rows, spun, generator):
    """Yields (kind, level, original article, suspect text)."""
    for index, row in enumerate(rows):
        page = rows[(index + 1) % len(rows)]["text"]
        versions = [row["text"]] + [spun[key] for key in (f"{row['id']}/spun-{float(share):.2f}" for share in SHARES) if key in spun]
        for version, share in list(zip(versions, ["0"] + SHARES))[1:]:
            yield f"spun-{share}", int(float(share) * 10), row, version
        for version in (versions[0], generator.choice(versions[:4])):
            candidates = paragraphs(version)
            size = generator.randint(2, min(5, len(candidates)))
            begin = generator.randint(0, len(candidates) - size)
            excerpt = candidates[begin:begin + size]
            if sum(len(paragraph.split()) for paragraph in excerpt) >= 70:
                yield "excerpt", None, row, embed(excerpt, page, generator)
        yield "embedded", None, row, embed(paragraphs(generator.choice(versions[:4])), page, generator)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", help="JSON Lines with the fields id and text")
    parser.add_argument("out", help="file for the pairs, JSON Lines")
    parser.add_argument("--articles", type=int, default=300, help="number of articles drawn (default 300)")
    parser.add_argument("--seed", type=int, default=1, help="seed of all random choices (default 1)")
    options = parser.parse_args()
    generator = random.Random(options.seed)
    rows = draw(options.corpus, options.articles, generator)
    with tempfile.TemporaryDirectory() as folder, open(options.out, "w", encoding="utf-8") as out:
        spun = spin(rows, pathlib.Path(folder))
        for number, (kind, level, row, suspect) in enumerate(make(rows, spun, generator)):
            pair = {"set": "made-" + kind.split("-")[0], "kind": kind, "derived": True, "level": level,
                    "original_id": "made/" + row["id"], "original": row["text"],
                    "suspect_id": f"made/{row['id']}-{number}", "suspect": suspect}
            out.write(json.dumps(pair, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
