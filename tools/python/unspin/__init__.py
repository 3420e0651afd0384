"""Finds the original of a rewritten news article in an archive, and the near-duplicates of a corpus.

One article against another, or against an archive of originals:

    report = unspin.compare(original, suspect)          # texts, or unspin.Article
    archive = unspin.Archive.create("news.archive")
    archive.add(originals)                              # a table, or an iterable
    report = archive.check(suspect)
    report.verdict, report.probability, report["findings"][0]["original"]["id"]

Many articles:

    for report in archive.audit(suspects): ...          # or polars.DataFrame(archive.audit(suspects))
    clusters = unspin.dedup(articles)                   # rows: id, cluster, representative, similarity
    table = clusters.join(articles)                     # the table with these columns
    sketches = unspin.sketch(articles)                  # rows: id, 128 numbers

Data come in as anything with `__arrow_c_stream__` (tables of pyarrow, polars, pandas and duckdb, readers of record
batches), else as an iterable of texts, of (id, text), of dicts or of `unspin.Article`. The arguments `text=`, `id=`,
`title=`, `url=`, `site=`, `published=`, `fetched=`, `path=` and `record=` name the columns or keys; None leaves one
out. A row without an id is named by its position, from 0. A row without a text is skipped and counted, and one
`BadRecordWarning` at the end says so; `strict=True` raises `Error` instead.

Results have `__arrow_c_stream__` too: pyarrow.table(results), polars.DataFrame(results), duckdb and
pandas.DataFrame.from_arrow(results) take them; and they can be iterated as rows. They are computed while they are read,
a few thousand rows at a time, so that corpora larger than memory go through. Results that can be read once say so.

All calls give the GIL away while they work. `threads=None` uses all cores. The answers are those of the program
`unspin`, byte for byte, and do not depend on the number of threads. Wrong arguments raise ValueError or TypeError,
everything else `unspin.Error`. `python -m unspin` runs the program.
"""

from ._core import Article, Error, kernel_name, version
from .archive import Added, Archive, Audit, Merged, Statistics
from .clusters import ClusterRow, Clusters, DedupSummary, EdgeRow, Edges, dedup
from .judge import align, check, compare
from .reading import Articles, articles, read
from .report import Report
from .sketches import SketchRow, Sketches, similarity, sketch
from .warned import BadRecordWarning

__all__ = [
    "Added",
    "Archive",
    "Article",
    "Articles",
    "Audit",
    "BadRecordWarning",
    "ClusterRow",
    "Clusters",
    "DedupSummary",
    "EdgeRow",
    "Edges",
    "Error",
    "Merged",
    "Report",
    "SketchRow",
    "Sketches",
    "Statistics",
    "__version__",
    "align",
    "articles",
    "check",
    "compare",
    "dedup",
    "kernel_name",
    "read",
    "similarity",
    "sketch",
]

__version__ = version()

# The classes say that they are of `unspin`, where users find them and where pickles look for them.
for _name in __all__:
    if isinstance(_public := globals()[_name], type):
        _public.__module__ = "unspin"
del _name, _public, version
