"""Articles in files and pages, as the program reads them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from . import _core
from .progress import reporter

if TYPE_CHECKING:
    from .arguments import TextIs


def read(source: str | bytes | os.PathLike[str], *, format: str = "auto") -> _core.Article:
    """Reads one article: the main text of a web page, its title, its date, its site.

    Args:
        source: the page itself, as str or bytes, or a path (pathlib.Path) to a file that holds one article.
        format: "auto", or one of `unspin read --format`: "html", "text", "jsonl", …

    Raises:
        Error: there is no text in it, or the file cannot be read or holds several articles.
        ValueError: there is no such format.
    """
    if isinstance(source, (bytes, bytearray, memoryview)):
        return _core.read_bytes(bytes(source), format)
    if isinstance(source, str):
        return _core.read_bytes(source.encode("utf-8", "replace"), format)
    return _core.read_path(os.fspath(source), format)


class Articles:
    """The articles of files, read each time that they are asked for.

    Iterating gives `Article` objects. As an Arrow stream it has the columns id, text, title, url, site, published,
    fetched, path and record. `Archive.add`, `Archive.audit` and `dedup` read the files themselves and know more than
    these columns, so that their results are those of the program.
    """

    def __init__(self, files: _core.ArticleFiles, options: _core.PullOptions) -> None:
        """Not to be called: `unspin.articles` makes them."""
        self._files = files
        self._options = options

    def __repr__(self) -> str:
        return f"<unspin.Articles of {', '.join(self._files.inputs)}>"

    def __iter__(self) -> Iterator[_core.Article]:
        stream = self._files.open(self._options)
        while (articles := stream.next_articles()) is not None:
            yield from articles

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The articles as a stream of record batches, for pyarrow, polars, duckdb and pandas."""
        return self._files.open(self._options).__arrow_c_stream__()


def articles(
    *inputs: str | os.PathLike[str],
    format: str = "auto",
    text: str = "text",
    id: str = "id",
    title: str = "title",
    url: str = "url",
    site: str = "site",
    published: str = "published",
    fetched: str = "fetched",
    text_is: TextIs = "auto",
    strict: bool = False,
    threads: int | None = None,
    progress: bool = False,
) -> Articles:
    """The articles of files and folders of any format that the program reads, in its order.

    Args:
        inputs: files and folders: texts, pages, JSON, CSV, Parquet, WARC, feeds, also compressed.
        format: "auto": by content and name; or one of `unspin read --format`.
        text, id, title, url, site, published, fetched: fields of records; a path for nested ones: "meta.id".
        text_is: what texts are written in: "plain", "html", or "auto": each text by itself.

    Raises:
        Error: an input does not exist; when the articles are read.
        ValueError: there is no such format.
    """
    if not inputs:
        raise ValueError("no inputs: name files or folders")
    names = _core.RowNames(
        id=id, text=text, title=title, url=url, site=site, published=published, fetched=fetched, text_is=text_is
    )
    files = _core.ArticleFiles([os.fspath(path) for path in inputs], names, format)
    return Articles(files, _core.PullOptions(threads=threads, strict=strict, progress=reporter(progress)))
