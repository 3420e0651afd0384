#!/usr/bin/env python3
"""Reads a file of articles with one peer, to Python strings, and prints its times.

    read_files.py versions
    read_files.py PEER FILE

The clocks start after the imports. Of a WARC file the pages are read as bytes; unspin, in the same row, also finds the text of
each page.
"""
import csv
import importlib.metadata
import json
import sys
import time


def with_json(path):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def with_orjson(path):
    import orjson
    with open(path, "rb") as lines:
        for line in lines:
            yield orjson.loads(line)["text"]


def with_simdjson(path):
    import simdjson
    parser = simdjson.Parser()
    with open(path, "rb") as lines:
        for line in lines:
            yield str(parser.parse(line)["text"])


def with_csv(path):
    csv.field_size_limit(1 << 30)
    with open(path, encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        column = next(rows).index("text")
        for row in rows:
            yield row[column]


def with_warcio(path):
    from warcio.archiveiterator import ArchiveIterator
    with open(path, "rb") as file:
        for record in ArchiveIterator(file):
            if record.rec_type in ("response", "conversion"):
                yield record.content_stream().read()


def with_fastwarc(path):
    from fastwarc.warc import ArchiveIterator, WarcRecordType
    with open(path, "rb") as file:
        for record in ArchiveIterator(file, record_types=WarcRecordType.response | WarcRecordType.conversion):
            yield record.reader.read()


def with_pyarrow(path):
    import pyarrow.parquet as pq
    file = pq.ParquetFile(path)
    for batch in file.iter_batches(columns=["id", "text", "title", "url", "site", "published"], use_threads=False,
                                   batch_size=1024):  # twice as fast as with its default
        columns = [column.to_pylist() for column in batch.columns]
        yield from columns[batch.schema.get_field_index("text")]


def with_feedparser(path):
    import feedparser
    for entry in feedparser.parse(path).entries:
        yield entry.content[0].value


def with_lxml(path):
    from lxml import etree
    content = "{http://purl.org/rss/1.0/modules/content/}encoded"
    for _, item in etree.iterparse(path, tag="item"):
        yield item.findtext(content)
        item.clear()


PEERS = {"json": with_json, "orjson": with_orjson, "simdjson": with_simdjson, "csv": with_csv, "warcio": with_warcio,
         "fastwarc": with_fastwarc, "pyarrow": with_pyarrow, "feedparser": with_feedparser, "lxml": with_lxml}
PACKAGES = {"simdjson": "pysimdjson"}
IN_PYTHON = ("json", "csv")


def main(arguments):
    if arguments == ["versions"]:
        python = sys.version.split()[0]
        print(json.dumps({peer: f"Python {python}" if peer in IN_PYTHON
                          else importlib.metadata.version(PACKAGES.get(peer, peer)) for peer in PEERS}))
        return 0
    peer, path = arguments
    if peer not in IN_PYTHON:
        __import__({"pyarrow": "pyarrow.parquet", "fastwarc": "fastwarc.warc", "warcio": "warcio.archiveiterator",
                    "lxml": "lxml.etree"}.get(peer, peer))
    begin, begin_processor = time.perf_counter(), time.process_time()
    count = sum(1 for text in PEERS[peer](path) if text)
    print(json.dumps({"articles": count, "seconds": time.perf_counter() - begin,
                      "processor": time.process_time() - begin_processor}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
