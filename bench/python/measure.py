#!/usr/bin/env python3
"""Measures one task of the Python package, or of a peer, in one process; bench/python/run starts it.

    measure.py dedup ARTICLES.jsonl OUT              clusters of an Arrow table; OUT gets the lines that `unspin dedup` writes
    measure.py audit ARTICLES.jsonl OUT ARCHIVE      reports of an Arrow table; OUT gets the lines that `unspin audit` writes
    measure.py sketch ARTICLES.jsonl OUT             sketches of an Arrow table; OUT gets the file that `unspin sketch` writes, without header
    measure.py sketch-of PEER ARTICLES.jsonl N       sketches of the first N texts by unspin, datasketch or rensa
    measure.py import                                `import unspin`

The seconds are one JSON line on standard output: elapsed, and of the processor. The clock starts when the articles are an Arrow
table (or, for peers, a list of strings) in memory, and stops when the result is one; writing OUT is not timed, except for audit,
where it is what the loop does.
"""
import json
import pathlib
import struct
import sys
import time

FIELDS = ("id", "title", "url", "site", "published", "text")


class Clock:
    def __enter__(self):
        self.elapsed, self.processor = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_):
        self.elapsed, self.processor = time.perf_counter() - self.elapsed, time.process_time() - self.processor


def table_of(path, source=False):
    """The articles of a file; with `source`, also the two columns by which a report says where its suspect was read."""
    import pyarrow
    columns = {field: [] for field in FIELDS}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            for field in FIELDS:
                columns[field].append(article.get(field))
    if source:
        columns |= {"path": [str(path)] * len(columns["id"]), "record": list(range(1, len(columns["id"]) + 1))}
    schema = pyarrow.schema([(name, pyarrow.int64() if name == "record" else pyarrow.string()) for name in columns])
    return pyarrow.table(columns, schema)


def dedup(articles, out):
    import pyarrow

    import unspin
    table = table_of(articles)
    with Clock() as clock:
        clusters = pyarrow.table(unspin.dedup(table, threads=1))
    with open(out, "w", encoding="utf-8") as file:
        for row in clusters.to_pylist():
            row["similarity"] = float(f"{row['similarity']:.6g}")
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return clock


def audit(articles, out, archive):
    import unspin
    table = table_of(articles, source=True)
    with unspin.Archive.open(archive) as opened, open(out, "w", encoding="utf-8") as file, Clock() as clock:
        for report in opened.audit(table, threads=1):
            file.write(report.json + "\n")
    return clock


def sketch(articles, out):
    import pyarrow

    import unspin
    table = table_of(articles)
    with Clock() as clock:
        sketches = pyarrow.table(unspin.sketch(table, threads=1))
    with open(out, "wb") as file:
        for row in sketches.to_pylist():
            name = row["id"].encode()
            file.write(struct.pack("<I", len(name)) + name + struct.pack(f"<{len(row['sketch'])}I", *row["sketch"]))
    return clock


def sketch_of(peer, articles, count):
    with open(articles, encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line, _ in zip(lines, range(int(count)))]
    if peer == "unspin":
        import unspin

        def make(texts):
            for _ in unspin.sketch(texts, threads=1):
                pass
    else:
        sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "peers"))
        import measure as peers  # the peers' own documented way, tokenising included
        make = {"datasketch": peers.datasketch_sketch, "rensa": peers.rensa_sketch}[peer]("documented")[0]
    make(texts[:10])  # first use: tables, just-in-time work
    with Clock() as clock:
        make(texts)
    clock.bytes = sum(len(text.encode()) for text in texts)
    return clock


def import_package():
    with Clock() as clock:
        import unspin  # noqa: F401
    return clock


def main():
    task, *arguments = sys.argv[1:]
    work = {"dedup": dedup, "audit": audit, "sketch": sketch, "sketch-of": sketch_of, "import": import_package}[task]
    clock = work(*arguments)
    print(json.dumps({"elapsed": clock.elapsed, "processor": clock.processor, "bytes": getattr(clock, "bytes", None)}))


if __name__ == "__main__":
    # The script's own folder has a `measure` that hides the peers'.
    sys.path.pop(0)
    main()
