#!/usr/bin/env python3
"""Measures one peer on one task in one process: its times, and its sketches or pairs.

    measure.py versions
    measure.py sketch PEER SETTING ARTICLES.jsonl OUT [--truth TRUTH.json]
    measure.py dedup PEER SETTING ARTICLES.jsonl OUT

bench/peers/run calls this script with the Python of the virtual environment that holds the peers. The times are one JSON
line on standard output. OUT receives the sketches of the articles in the truth, or the reported pairs as line numbers; it
is written after the clock has stopped. The clock starts after all imports. Reading (opening the file, parsing JSON) is
timed separately. The program of text-dedup reads its input itself; its log gives the time.

A setting is `documented` (the peer's documentation, with 128 components and a threshold of 0.8) or `tuned` (options for
speed and recall that do not lower precision; bench/peers/README.md lists them).
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

COMPONENTS, THRESHOLD, SHINGLE_WORDS, SEED = 128, 0.8, 5, 42
BATCH = 500
WORD = re.compile(r"\w+")


def shingles(text):
    """Lower-cased word shingles, with repetitions: they do not change a sketch, and removing them would cost time."""
    words = WORD.findall(text.lower())
    if len(words) < SHINGLE_WORDS:
        return [" ".join(words)]
    return list(map(" ".join, zip(words, words[1:], words[2:], words[3:], words[4:])))


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def batches(items):
    for start in range(0, len(items), BATCH):
        yield items[start:start + BATCH]


# Each of the following functions imports its peer and returns a function of the texts, so that the import is not timed.
# A sketching function returns sketches indexed by line number; the second function converts one sketch to integers.
# A deduplicating function returns pairs of line numbers.


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
        index, pairs, sketches = MinHashLSH(num_perm=COMPONENTS, params=(25, 5)), [], minhashes(texts)
        for line, minhash in enumerate(sketches):
            pairs += [(line, other) for other in index.query(minhash) if minhash.jaccard(sketches[other]) >= THRESHOLD]
            index.insert(line, minhash)
        return pairs
    return tuned if setting == "tuned" else documented


def rensa_sketch(_setting):
    from rensa import RMinHash

    # The exact path uses every token: its sketch does not depend on the order or repetition of tokens. The sketch of the
    # sampling path does.
    tokens = [f"token {number}" for number in range(700)]
    first, second = RMinHash.digest_matrix_from_token_sets([tokens, tokens[::-1] + tokens[:300]], COMPONENTS, SEED).to_rows()
    if first != second:
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
        deduplicator, pairs, line = RMinHashDeduplicator(THRESHOLD, COMPONENTS, True, seed=SEED, **bands), [], 0
        for batch in batches(texts):
            for minhash in RMinHash.from_token_sets([shingles(text) for text in batch], COMPONENTS, SEED):
                if not deduplicator.add(str(line), minhash):
                    pairs += [(line, int(other)) for other in deduplicator.get_duplicates(minhash)]
                line += 1
        return pairs
    return dedup


def gaoya_index(**options):
    from gaoya.minhash import MinHashStringIndex
    return MinHashStringIndex(hash_size=32, jaccard_threshold=THRESHOLD, analyzer="word", lowercase=True,
                              ngram_range=(SHINGLE_WORDS, SHINGLE_WORDS), **options)


def gaoya_sketch(_setting):
    index = gaoya_index(num_bands=16, band_size=8).minhash_index

    def sketch(texts):
        return [array.array("I", signature) for batch in batches(texts) for signature in index.bulk_hash_docs(batch)]
    return sketch, list


def gaoya_dedup(_setting):
    def dedup(texts):
        # gaoya derives 21 bands of 6 from the threshold; a query returns documents whose estimate reaches the threshold.
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
    # The values that the program of text-dedup uses for its default of 64 bits.
    dtype, max_hash, prime = numpy.uint64, numpy.uint32((1 << 32) - 1), numpy.uint64((1 << 61) - 1)
    generator = numpy.random.RandomState(SEED)
    permutations = (generator.randint(1, prime, size=(COMPONENTS,), dtype=dtype),
                    generator.randint(0, prime, size=(COMPONENTS,), dtype=dtype))
    options = {"num_perm": COMPONENTS, "ngram_size": SHINGLE_WORDS, "min_length": SHINGLE_WORDS,
               "hashranges": [(0, COMPONENTS)], "permutations": permutations, "dtype": dtype, "max_hash": max_hash,
               "modulo_prime": prime, "hash_func": xxh3_32hash if setting == "tuned" else sha1_hash}

    def sketch(texts):
        return [minhash.embed_func(text, line, **options)[minhash.SIGNATURE_COLUMN][0] for line, text in enumerate(texts)]
    return sketch, lambda row: numpy.frombuffer(row, dtype=dtype).byteswap().tolist()


def text_dedup_dedup(setting, articles):
    """Calls the program of text-dedup in this process: it reads, sketches, clusters and writes the articles it keeps."""
    import datasets
    from text_dedup import minhash
    datasets.disable_progress_bars()
    messages = []

    class Listener(logging.Handler):
        def emit(self, record):
            messages.append(record.getMessage())
    minhash.logger.handlers = [Listener()]
    minhash.logger.setLevel(logging.INFO)
    minhash.logger.propagate = False
    folder = pathlib.Path(tempfile.mkdtemp(dir=pathlib.Path(articles).parent))
    arguments = ["--path", "json", "--data_files", str(articles), "--split", "train", "--column", "text",
                 "--cache_dir", str(folder / "cache"), "--output", str(folder / "kept"), "--num_proc", "1",
                 "--ngram", str(SHINGLE_WORDS), "--threshold", str(THRESHOLD), "--num_perm", str(COMPONENTS)]
    if setting == "tuned":
        arguments += ["--hash_func", "xxh3"]
    try:
        begin, processor_time = time.perf_counter(), processor_seconds()
        minhash.main(arguments, standalone_mode=False)
        seconds, processor_time = time.perf_counter() - begin, processor_seconds() - processor_time
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    steps = dict(re.findall(r"(\w+)\s*:\s*([\d.]+)s", "\n".join(messages)))
    if not {"Loading", "MinHashing", "Clustering", "Saving"} <= set(steps):
        raise SystemExit(f"text-dedup does not say how long its steps took: {messages}")
    union = minhash.uf
    pairs = [(line, union.find(line)) for line in list(union.parent) if union.find(line) != line]
    other_seconds = sum(float(steps.get(name, 0)) for name in ("Loading", "Saving", "Cleaning"))
    return pairs, {"seconds": seconds - other_seconds, "seconds_with_reading": seconds, "processor_seconds": processor_time,
                   "steps": steps}


def unspin_sketch(_setting):
    import unspin

    def sketch(texts):
        return [row.sketch for row in unspin.sketch(texts, threads=1)]
    return sketch, list


def unspin_dedup(_setting):
    import unspin

    def dedup(texts):
        # Without ids the position counts, so the ids of the pairs are line numbers.
        rows = unspin.dedup(texts, threshold=THRESHOLD, shingle=SHINGLE_WORDS, threads=1)
        return [(int(row.id), int(row.representative)) for row in rows if row.id != row.representative]
    return dedup


SKETCH = {"unspin-python": unspin_sketch, "python": lambda _: python_alone(), "datasketch": datasketch_sketch, "rensa": rensa_sketch, "gaoya": gaoya_sketch,
          "text-dedup": text_dedup_sketch}
DEDUP = {"unspin-python": unspin_dedup, "datasketch": datasketch_dedup, "rensa": rensa_dedup, "gaoya": gaoya_dedup}


def processor_seconds():
    return sum(os.times()[:4])


def timed(function, articles):
    begin, processor_time = time.perf_counter(), processor_seconds()
    texts = read(articles)
    middle = time.perf_counter()
    result = function(texts)
    end = time.perf_counter()
    return result, {"seconds": end - middle, "seconds_with_reading": end - begin,
                    "processor_seconds": processor_seconds() - processor_time}


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
    for name, module in (("unspin-python", "unspin"), ("datasketch", "datasketch"), ("rensa", "rensa"), ("gaoya", "gaoya"), ("text-dedup", "text_dedup.minhash")):
        try:
            __import__(module)
            found[name] = {"version": importlib.metadata.version(name.removesuffix("-python"))}
        except importlib.metadata.PackageNotFoundError:
            found[name] = {"error": "not installed"}
        except Exception as error:  # a peer that cannot be loaded is listed as not measured
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
