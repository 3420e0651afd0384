#!/usr/bin/env python3
"""Writes articles as a file of one format.

    write_files.py FORMAT ARTICLES.jsonl OUT [--bytes N] [--row-group N]

FORMAT is jsonl, csv, warc (answers with a page), wet (texts of pages), parquet or rss. --bytes goes through the articles again and again, with other ids, until about so
many bytes of text are written; nothing is held in memory but one pass and, of Parquet, the open row group.
--row-group N: a row group has about N bytes of text. The result is a JSON line on standard output: articles, and the bytes
of the file's content, decompressed.
"""
import argparse
import csv
import datetime
import email.utils
import io
import itertools
import json
import sys
from xml.sax.saxutils import escape

FIELDS = ("id", "title", "url", "site", "published", "text")


def read(path):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            article["site"] = article.get("site") or article.get("source") or ""
            yield {field: article.get(field) or "" for field in FIELDS}


def repeated(path, size):
    """The articles once, or until `size` bytes of text."""
    if not size:
        yield from read(path)
        return
    articles, written = list(read(path)), 0
    for turn in itertools.count():
        for article in articles:
            if written >= size:
                return
            written += len(article["text"].encode())
            yield {**article, "id": f"{article['id']}-{turn}", "url": f"{article['url']}#{turn}"}


def paragraphs(text):
    return [part for part in text.split("\n") if part.strip()]


def page(article):
    published = f'<meta property="article:published_time" content="{escape(article["published"])}">' * bool(article["published"])
    site = escape(article["site"], {'"': "&quot;"})
    body = "\n".join(f"<p>{escape(part)}</p>" for part in paragraphs(article["text"]))
    title = escape(article["title"])
    return (f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
            f'<meta property="og:site_name" content="{site}">{published}</head>\n'
            f"<body><article><h1>{title}</h1>\n{body}\n</article></body></html>\n")


class Counted:
    """A file, and how many bytes went into it."""

    def __init__(self, out):
        self.out, self.bytes = out, 0

    def write(self, data):
        self.bytes += len(data)
        return self.out.write(data)

    def flush(self):
        self.out.flush()


def write_jsonl(articles, out, _):
    for article in articles:
        out.write((json.dumps(article, ensure_ascii=False) + "\n").encode())
        yield


def write_csv(articles, out, _):
    class Text:  # csv writes text
        write = staticmethod(lambda text: out.write(text.encode()))
    rows = csv.writer(Text)
    rows.writerow(FIELDS)
    for article in articles:
        rows.writerow(article.values())
        yield


def answer(writer, article):
    from warcio.statusandheaders import StatusAndHeaders
    body = page(article).encode()
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))],
                               protocol="HTTP/1.1")
    return writer.create_warc_record(article["url"], "response", payload=io.BytesIO(body), http_headers=headers)


def text_of_page(writer, article):
    return writer.create_warc_record(article["url"], "conversion", payload=io.BytesIO(article["text"].encode()),
                                     warc_content_type="text/plain")


def write_warc(articles, out, _, make_record=answer):
    from warcio.warcwriter import WARCWriter
    content = Counted(io.BytesIO())
    writer, plain = WARCWriter(out.out, gzip=True), WARCWriter(content, gzip=False)
    for article in articles:
        for one in (writer, plain):
            one.write_record(make_record(one, article))
        out.bytes = content.bytes
        content.out.seek(0)
        content.out.truncate()
        yield


def write_wet(articles, out, row_group):
    return write_warc(articles, out, row_group, text_of_page)


def write_parquet(articles, out, row_group):
    import pyarrow as pa
    import pyarrow.parquet as pq
    batch_rows = 1000
    schema = pa.schema([(field, pa.string()) for field in FIELDS])
    with pq.ParquetWriter(out.out, schema, compression="zstd", compression_level=1) as writer:
        batches, size = [], 0

        def write_group():
            writer.write_table(pa.Table.from_batches(batches, schema), row_group_size=1 << 26)
        while batch := list(itertools.islice(articles, batch_rows)):
            size += sum(len(article["text"].encode()) for article in batch)
            out.bytes += sum(len(value.encode()) + 4 for article in batch for value in article.values())
            batches.append(pa.RecordBatch.from_pylist(batch, schema))
            if size >= row_group:
                write_group()
                batches, size = [], 0
            yield from batch
        if batches:
            write_group()


def write_rss(articles, out, _):
    out.write(b'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" '
              b'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Articles</title>\n')
    for article in articles:
        body = "".join(f"<p>{escape(part)}</p>\n" for part in paragraphs(article["text"]))
        day = article["published"][:10]
        try:
            date = email.utils.format_datetime(datetime.datetime.fromisoformat(day))
        except ValueError:
            date = day
        out.write((f'<item><guid isPermaLink="false">{escape(article["id"])}</guid><title>{escape(article["title"])}</title>'
                   f'<link>{escape(article["url"])}</link><pubDate>{date}</pubDate>'
                   f"<content:encoded>{escape(body)}</content:encoded></item>\n").encode())
        yield
    out.write(b"</channel></rss>\n")


WRITERS = {"jsonl": write_jsonl, "csv": write_csv, "warc": write_warc, "wet": write_wet, "parquet": write_parquet, "rss": write_rss}


def main():
    parser = argparse.ArgumentParser(usage=__doc__, add_help=False)
    parser.add_argument("format", choices=WRITERS)
    parser.add_argument("articles")
    parser.add_argument("out")
    parser.add_argument("--bytes", type=int, default=0)
    parser.add_argument("--row-group", type=int, default=1 << 26)
    options = parser.parse_args()
    with open(options.out, "wb") as file:
        out, count = Counted(file), 0
        for _ in WRITERS[options.format](repeated(options.articles, options.bytes), out, options.row_group):
            count += 1
    print(json.dumps({"articles": count, "bytes": out.bytes}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
