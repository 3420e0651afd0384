#!/usr/bin/env python3
"""Reads web pages with one peer in one process: a JSON line for each page, and its seconds on the last line.

    read_pages.py versions
    read_pages.py PEER PAGE.html... > ROWS.jsonl

bench/pages/run calls this script with the Python of the virtual environment that holds the peers. Timed are reading the
files and all work of the peer. Imports and a first page, which loads what a peer loads late, are not; nor is writing.
"""
import importlib.metadata
import json
import logging
import pathlib
import sys
import time

PACKAGES = {"trafilatura": "trafilatura", "trafilatura, fast": "trafilatura", "readability": "readability-lxml",
            "resiliparse": "Resiliparse"}
FIRST_PAGE = (b"<html><head><title>First</title><meta name=date content=2026-01-02></head><body><article><h1>First</h1>"
              + b"<p>A page that is read before the clock starts, so that late imports are done.</p>" * 9 + b"</article></body></html>")
BLOCKS = {"address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "footer", "h1", "h2",
          "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"}


def trafilatura(fast):
    from trafilatura import bare_extraction

    def read(page):
        document = bare_extraction(page, fast=fast, with_metadata=True, include_comments=False)
        return {} if document is None else {"text": document.text, "title": document.title, "published": document.date}
    return read


def readability():
    import lxml.html
    from readability import Document

    def text_of(summary):
        """The text of the HTML that readability gives; the ends of blocks separate words."""
        root = lxml.html.fromstring(summary)
        for element in root.iter():
            if element.tag in BLOCKS:
                element.tail = "\n" + (element.tail or "")
        return root.text_content()

    def read(page):
        document = Document(page)
        return {"text": text_of(document.summary()), "title": document.title()}
    return read


def resiliparse():
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import detect_encoding
    from resiliparse.parse.html import HTMLTree

    def read(page):
        tree = HTMLTree.parse_from_bytes(page, detect_encoding(page))
        return {"text": extract_plain_text(tree, main_content=True, comments=False, alt_texts=False), "title": tree.title}
    return read


READERS = {"trafilatura": lambda: trafilatura(False), "trafilatura, fast": lambda: trafilatura(True), "readability": readability,
           "resiliparse": resiliparse}


def versions():
    found = {}
    for peer, package in PACKAGES.items():
        try:
            READERS[peer]()
            found[peer] = {"version": importlib.metadata.version(package)}
        except Exception as error:  # whatever a broken installation raises is its reason
            found[peer] = {"error": f"does not load: {type(error).__name__}: {error}"[:300]}
    return found


def main():
    logging.disable(logging.CRITICAL)
    if sys.argv[1] == "versions":
        print(json.dumps(versions()))
        return
    read, rows, failed = READERS[sys.argv[1]](), [], 0
    read(FIRST_PAGE)
    begin = time.perf_counter()
    for path in sys.argv[2:]:
        try:
            row = read(pathlib.Path(path).read_bytes())
        except Exception:  # a page that a peer cannot read is a page without text
            row, failed = {}, failed + 1
        rows.append((path, row))
    seconds = time.perf_counter() - begin
    for path, row in rows:
        print(json.dumps({"id": path, **row}))
    print(json.dumps({"seconds": seconds, "failed": failed}))


if __name__ == "__main__":
    main()
