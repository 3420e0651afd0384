"""Near-duplicates of a corpus."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar, overload

from . import _core
from .progress import reporter
from .stream import rows

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

    from .archive import Archive
    from .arguments import ManyArticles, Measure, Preference, TextIs

Table = TypeVar("Table")


class ClusterRow(NamedTuple):
    """The cluster of one article."""

    id: str
    cluster: int  # the number of its representative among the articles, from 1
    representative: str  # its id
    similarity: float  # to the representative, 1 for itself
    archive: bool = False  # with against=: the representative is an article of the archive


class EdgeRow(NamedTuple):
    """Two articles that are similar enough."""

    a: str
    b: str
    similarity: float
    archive: bool = False  # with against=: b is an article of the archive


class DedupSummary(NamedTuple):
    """What was counted: numbers of articles, unless said otherwise."""

    articles: int
    bad: int  # rows that are no articles
    clusters: int  # those of one article included
    duplicates: int  # that another article represents
    exact: int  # duplicates whose words equal those of another article
    archived: int  # with against=: duplicates that an article of the archive represents
    candidates: int  # pairs that were compared
    edges: int  # pairs that were similar enough


class Edges:
    """The pairs of a corpus that are similar enough, equal articles aside. Can be read again and again.

    Iterating gives an `EdgeRow` for each. As an Arrow stream it has the columns a, b and similarity; with against= also
    archive.
    """

    def __init__(self, core: _core.Clustered) -> None:
        self._core = core

    @property
    def summary(self) -> DedupSummary:
        """What was counted."""
        return DedupSummary(*self._core.summary)

    def __len__(self) -> int:
        return self.summary.edges

    def __repr__(self) -> str:
        return f"<unspin.Edges: {len(self)} pairs>"

    def __iter__(self) -> Iterator[EdgeRow]:
        return map(EdgeRow._make, _filled(rows(self._core.edges()), 4))

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The pairs as a stream of record batches, for pyarrow, polars, duckdb and pandas."""
        return self._core.edges().__arrow_c_stream__()


class Clusters:
    """The clusters of a corpus. Can be read again and again.

    Iterating gives a `ClusterRow` for each article, in the order of the input. As an Arrow stream it has the columns
    id, cluster, representative and similarity; with against= also archive.

    Each cluster has a representative, and every article of it is similar to that one. Ids are kept in temporary files,
    which end with the object.
    """

    def __init__(self, core: _core.Clustered) -> None:
        self._core = core

    @property
    def summary(self) -> DedupSummary:
        """What was counted."""
        return DedupSummary(*self._core.summary)

    @property
    def edges(self) -> Edges:
        """The pairs that are similar enough."""
        return Edges(self._core)

    def __len__(self) -> int:
        return self.summary.articles

    def __repr__(self) -> str:
        return f"<unspin.Clusters: {self.summary.articles} articles, {self.summary.clusters} clusters>"

    def __iter__(self) -> Iterator[ClusterRow]:
        return map(ClusterRow._make, _filled(rows(self._core.clusters()), 5))

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The rows as a stream of record batches, for pyarrow, polars, duckdb and pandas."""
        return self._core.clusters().__arrow_c_stream__()

    def join(self, table: Table) -> Table | Any:
        """The table with the columns cluster, representative and similarity, row by row; null where a row was skipped.

        Args:
            table: what was given to `dedup`: a table of pyarrow, polars or pandas, which is returned as one of the same
                kind; another table of Arrow, such as a relation of duckdb, becomes a pyarrow.Table.

        Raises:
            ValueError: the table has another number of rows, or a column of one of these names.
            TypeError: it is no table.
        """
        from .join import join

        return join(self._core, table)


def _filled(tuples: Iterator[tuple[Any, ...]], size: int) -> Iterator[tuple[Any, ...]]:
    """Rows without the last column get False for it: nothing is of an archive."""
    return (row if len(row) == size else (*row, False) for row in tuples)


def _scratch_folder(scratch: str | os.PathLike[str] | None) -> TemporaryDirectory[str]:
    """A folder of its own for one call."""
    from tempfile import TemporaryDirectory

    try:
        return TemporaryDirectory(prefix="unspin-dedup-", dir=scratch)
    except OSError as error:
        raise _core.Error(
            f"cannot make a folder in {scratch or 'the folder for temporary files'}: {error.strerror}; check that it "
            "exists and may be written to, or name another with scratch="
        ) from error


@overload
def dedup(data: ManyArticles, *, text: str = ..., id: str | None = ..., published: str | None = ...,
          threshold: float = ..., measure: Measure = ..., shingle: int = ..., prefer: Preference = ...,
          edges: Literal[False] = ..., against: Archive | str | os.PathLike[str] | None = ...,
          scratch: str | os.PathLike[str] | None = ..., text_is: TextIs = ..., strict: bool = ...,
          threads: int | None = ..., progress: bool = ...) -> Clusters: ...


@overload
def dedup(data: ManyArticles, *, edges: Literal[True], text: str = ..., id: str | None = ...,
          published: str | None = ..., threshold: float = ..., measure: Measure = ..., shingle: int = ...,
          prefer: Preference = ..., against: Archive | str | os.PathLike[str] | None = ...,
          scratch: str | os.PathLike[str] | None = ..., text_is: TextIs = ..., strict: bool = ...,
          threads: int | None = ..., progress: bool = ...) -> Edges: ...


def dedup(
    data: ManyArticles,
    *,
    text: str = "text",
    id: str | None = "id",
    published: str | None = "published",
    threshold: float = 0.8,
    measure: Measure = "jaccard",
    shingle: int = 5,
    prefer: Preference = "longest",
    edges: bool = False,
    against: Archive | str | os.PathLike[str] | None = None,
    scratch: str | os.PathLike[str] | None = None,
    text_is: TextIs = "auto",
    strict: bool = False,
    threads: int | None = None,
    progress: bool = False,
) -> Clusters | Edges:
    """Finds the near-duplicates of a corpus, as `unspin dedup`. Reads all of it first.

    Most of what grows with the corpus is in temporary files; memory holds about 80 bytes an article. Ids may occur
    twice: rows are what counts.

    Args:
        data: a table or an iterable (see `help(unspin)`).
        text, id, published: columns or keys.
        threshold: the least similarity to the representative, 0.1 to 1.
        measure: "jaccard": shared shingles of all of both; "containment": of the smaller article's.
        shingle: the length of a shingle in words, 1 to 32.
        prefer: which article represents the others: the "longest", the "earliest" published or the "first".
        edges: True returns the pairs that are similar enough instead of the clusters.
        against: an archive, whose articles represent those of the corpus that are similar enough to them.
        scratch: an existing folder for temporary files; None: the one for temporary files of the system.
        text_is: what texts are written in: "plain", "html", or "auto": each text by itself.
        strict: raise at the first bad row.
        threads: 1 to 1024; None: all cores.
        progress: show how far it is, through tqdm where that is installed.

    Raises:
        Error: the scratch folder cannot be written, or an archive is damaged.
        ValueError: a column is missing or of a type that is not taken, or an argument is out of its range.
    """
    archive = against
    if archive is not None and isinstance(archive, (str, os.PathLike)):
        from .archive import Archive

        archive = Archive.open(archive)
    names = _core.RowNames(id=id, text=text, published=published, text_is=text_is)
    options = _core.PullOptions(threads=threads, strict=strict, progress=reporter(progress))
    with _scratch_folder(scratch) as folder:  # what is still read afterwards has no name in it any more
        core = _core.dedup(
            data, names, options, threshold, measure, shingle, prefer, folder,
            None if archive is None else archive._core,
        )
    return Edges(core) if edges else Clusters(core)
