#!/usr/bin/env python3
"""One peer, one task, one process: how long it takes, and what it found.

    measure.py versions
    measure.py sketch PEER SETTING ARTICLES.jsonl OUT [--truth TRUTH.json]
    measure.py dedup PEER SETTING ARTICLES.jsonl OUT

bench/peers/run calls it with the Python of the environment in which the peers are installed. What it measured is one JSON
line on standard output. OUT gets the sketches of the articles that the truth names, or the reported pairs as line
numbers; it is written after the clock has stopped. The clock starts after all imports. Reading (opening the file, parsing
JSON) is timed apart, except in the program of text-dedup, which reads by itself and whose own words are taken for it.

A setting is `documented` (what the peer's documentation shows, at 128 components and a threshold of 0.8) or `tuned` (its
options for speed and recall used as far as they cost no precision; bench/peers/README.md lists them).
"""
import argparse
import array
import importlib.metadata
import json
import logging
import os
import pathlib
import re
import shutil
import sys
import tempfile
import time

COMPONENTS, THRESHOLD, WORDS_IN_SHINGLE, SEED = 128, 0.8, 5, 42
BATCH = 500
WORD = re.compile(r"\w+")


def shingles(text):
    """Lower-cased word shingles, repeated ones included: no sketch minds them, and a set would cost time."""
    words = WORD.findall(text.lower())
    if len(words) < WORDS_IN_SHINGLE:
        return [" ".join(words)]
    return list(map(" ".join, zip(words, words[1:], words[2:], words[3:], words[4:])))


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def batches(items):
    for start in range(0, len(items), BATCH):
        yield items[start:start + BATCH]


# Each of the following imports its peer and returns a function of the texts, so that importing is not timed.
# Sketching returns something by line number; the second function makes plain numbers of one.
# Deduplicating returns pairs of line numbers.


def python_alone():
    def sketch(texts):
        for text in texts:
            shingles(text)
        return None
    return sketch, None


def datasketch_minhashes(setting):
    from datasketch import MinHash
    options = {"num_perm": COMPONENTS}
    if setting == "tuned":
        import xxhash
        options["hashfunc"] = xxhash.xxh32_intdigest

    def minhashes(texts):
        return MinHash.bulk(([shingle.encode() for shingle in shingles(text)] for text in texts), **options)
    return minhashes


def datasketch_sketch(setting):
    return datasketch_minhashes(setting), lambda minhash: minhash.hashvalues.tolist()


def datasketch_dedup(setting):
    from datasketch import MinHashLSH
    minhashes = datasketch_minhashes(setting)

    def documented(texts):
        index, pairs = MinHashLSH(threshold=THRESHOLD, num_perm=COMPONENTS), []
        for line, minhash in enumerate(minhashes(texts)):
            pairs += [(line, other) for other in index.query(minhash)]
            index.insert(line, minhash)
        return pairs

    def tuned(texts):
        index, pairs, known = MinHashLSH(num_perm=COMPONENTS, params=(25, 5)), [], minhashes(texts)
        for line, minhash in enumerate(known):
            pairs += [(line, other) for other in index.query(minhash) if minhash.jaccard(known[other]) >= THRESHOLD]
            index.insert(line, minhash)
        return pairs
    return tuned if setting == "tuned" else documented


def rensa_sketch(_setting):
    from rensa import RMinHash

    # The path that uses every token gives equal sketches whatever the order of the tokens and however often they come;
    # the one that samples some of them does not.
    tokens = [f"token {number}" for number in range(700)]
    one, other = RMinHash.digest_matrix_from_token_sets([tokens, tokens[::-1] + tokens[:300]], COMPONENTS, SEED).to_rows()
    if one != other:
        raise SystemExit("this path of rensa depends on the order of the tokens: it is not the exact one")

    def sketch(texts):
        return [RMinHash.digest_matrix_from_token_sets([shingles(text) for text in batch], COMPONENTS, SEED)
                for batch in batches(texts)]

    class Rows:
        """Rows of the matrices by line number."""

        def __init__(self, matrices):
            self.rows = [row for matrix in matrices for row in matrix.to_rows()]

        def __getitem__(self, line):
            return self.rows[line]
    return sketch, None, Rows


def rensa_dedup(setting):
    from rensa import RMinHash, RMinHashDeduplicator

    def dedup(texts):
        bands = {"num_bands": 32} if setting == "tuned" else {}
        kept, pairs, line = RMinHashDeduplicator(THRESHOLD, COMPONENTS, True, seed=SEED, **bands), [], 0
        for batch in batches(texts):
            for minhash in RMinHash.from_token_sets([shingles(text) for text in batch], COMPONENTS, SEED):
                if not kept.add(str(line), minhash):
                    pairs += [(line, int(other)) for other in kept.get_duplicates(minhash)]
                line += 1
        return pairs
    return dedup


def gaoya_index(**options):
    from gaoya.minhash import MinHashStringIndex
    return MinHashStringIndex(hash_size=32, jaccard_threshold=THRESHOLD, analyzer="word", lowercase=True,
                              ngram_range=(WORDS_IN_SHINGLE, WORDS_IN_SHINGLE), **options)


def gaoya_sketch(_setting):
    index = gaoya_index(num_bands=16, band_size=8).minhash_index

    def sketch(texts):
        return [array.array("I", signature) for batch in batches(texts) for signature in index.bulk_hash_docs(batch)]
    return sketch, list


def gaoya_dedup(_setting):
    def dedup(texts):
        # The number of bands follows from the threshold (21 of 6); queries keep what is estimated at the threshold.
        index, pairs = gaoya_index(num_bands=None, band_size=None, num_hashes=COMPONENTS), []
        for line, text in enumerate(texts):
            pairs += [(line, other) for other in index.query(text)]
            index.insert_document(line, text)
        return pairs
    gaoya_index()
    return dedup


def text_dedup_sketch(setting):
    import numpy
    from text_dedup import minhash
    from text_dedup.utils import sha1_hash, xxh3_32hash
    # As its program sets them up for its default of 64 bits.
    kind, most, prime = numpy.uint64, numpy.uint32((1 << 32) - 1), numpy.uint64((1 << 61) - 1)
    chance = numpy.random.RandomState(SEED)
    permutations = (chance.randint(1, prime, size=(COMPONENTS,), dtype=kind), chance.randint(0, prime, size=(COMPONENTS,), dtype=kind))
    options = {"num_perm": COMPONENTS, "ngram_size": WORDS_IN_SHINGLE, "min_length": WORDS_IN_SHINGLE,
               "hashranges": [(0, COMPONENTS)], "permutations": permutations, "dtype": kind, "max_hash": most,
               "modulo_prime": prime, "hash_func": xxh3_32hash if setting == "tuned" else sha1_hash}

    def sketch(texts):
        return [minhash.embed_func(text, line, **options)[minhash.SIGNATURE_COLUMN][0] for line, text in enumerate(texts)]
    return sketch, lambda row: numpy.frombuffer(row, dtype=kind).byteswap().tolist()


def text_dedup_dedup(setting, articles):
    """Its own program, called in this process; it reads, sketches, clusters and writes what it keeps."""
    import datasets
    from text_dedup import minhash
    datasets.disable_progress_bars()
    spoken = []

    class Listener(logging.Handler):
        def emit(self, record):
            spoken.append(record.getMessage())
    minhash.logger.handlers = [Listener()]
    minhash.logger.setLevel(logging.INFO)
    minhash.logger.propagate = False
    folder = pathlib.Path(tempfile.mkdtemp(dir=pathlib.Path(articles).parent))
    arguments = ["--path", "json", "--data_files", str(articles), "--split", "train", "--column", "text",
                 "--cache_dir", str(folder / "cache"), "--output", str(folder / "kept"), "--num_proc", "1",
                 "--ngram", str(WORDS_IN_SHINGLE), "--threshold", str(THRESHOLD), "--num_perm", str(COMPONENTS)]
    if setting == "tuned":
        arguments += ["--hash_func", "xxh3"]
    try:
        begin, used = time.perf_counter(), processor_seconds()
        minhash.main(arguments, standalone_mode=False)
        seconds, used = time.perf_counter() - begin, processor_seconds() - used
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    steps = dict(re.findall(r"(\w+)\s*:\s*([\d.]+)s", "\n".join(spoken)))
    if not {"Loading", "MinHashing", "Clustering", "Saving"} <= set(steps):
        raise SystemExit(f"text-dedup does not say how long its steps took: {spoken}")
    union = minhash.uf
    pairs = [(line, union.find(line)) for line in list(union.parent) if union.find(line) != line]
    around = sum(float(steps.get(name, 0)) for name in ("Loading", "Saving", "Cleaning"))
    return pairs, {"seconds": seconds - around, "seconds_with_reading": seconds, "processor_seconds": used, "steps": steps}


SKETCH = {"python": lambda _: python_alone(), "datasketch": datasketch_sketch, "rensa": rensa_sketch, "gaoya": gaoya_sketch,
          "text-dedup": text_dedup_sketch}
DEDUP = {"datasketch": datasketch_dedup, "rensa": rensa_dedup, "gaoya": gaoya_dedup}


def processor_seconds():
    return sum(os.times()[:4])


def timed(work, articles):
    begin, used = time.perf_counter(), processor_seconds()
    texts = read(articles)
    middle = time.perf_counter()
    result = work(texts)
    end = time.perf_counter()
    return result, {"seconds": end - middle, "seconds_with_reading": end - begin, "processor_seconds": processor_seconds() - used}


def sketch(options):
    work, plain, *rows = SKETCH[options.peer](options.setting)
    sketches, measured = timed(work, options.articles)
    if options.truth and sketches is not None:
        by_line = rows[0](sketches) if rows else sketches
        numbers = array.array("Q")
        with open(options.truth, encoding="utf-8") as file:
            lines = {line for pair in json.load(file)["pairs"] for line in pair[:2]}
        for line in sorted(lines):
            numbers.append(line)
            numbers.extend(plain(by_line[line]) if plain else by_line[line])
        with open(options.out, "wb") as out:
            numbers.tofile(out)
    return measured


def dedup(options):
    if options.peer == "text-dedup":
        pairs, measured = text_dedup_dedup(options.setting, options.articles)
    else:
        pairs, measured = timed(DEDUP[options.peer](options.setting), options.articles)
    with open(options.out, "w", encoding="utf-8") as out:
        out.writelines(f"{one} {other}\n" for one, other in pairs)
    return measured


def versions(_options):
    found = {}
    for name, module in (("datasketch", "datasketch"), ("rensa", "rensa"), ("gaoya", "gaoya"), ("text-dedup", "text_dedup.minhash")):
        try:
            __import__(module)
            found[name] = {"version": importlib.metadata.version(name)}
        except importlib.metadata.PackageNotFoundError:
            found[name] = {"error": "not installed"}
        except Exception as error:  # a peer that cannot be loaded is a result too
            found[name] = {"error": f"cannot be loaded: {type(error).__name__}: {error}"[:300]}
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    commands.add_parser("versions").set_defaults(work=versions)
    for work in (sketch, dedup):
        command = commands.add_parser(work.__name__)
        command.add_argument("peer")
        command.add_argument("setting", choices=["documented", "tuned"])
        command.add_argument("articles")
        command.add_argument("out")
        command.add_argument("--truth")
        command.set_defaults(work=work)
    options = parser.parse_args()
    print(json.dumps(options.work(options)))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
