"""Articles of web archives as a DataFrame, one task for each file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .plan import list_files
from .session import cores_of_this_task, use_own_python

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyspark.sql import DataFrame, SparkSession

    from .plan import Paths

COLUMNS = "id string, text string, title string, url string, site string, published string, path string, record bigint"
_NAMES = [column.split()[0] for column in COLUMNS.split(", ")]


def warc(spark: SparkSession, paths: Paths, *, columns: Sequence[str] | None = None) -> DataFrame:
    """The articles of WARC, WET and WACZ files: `spark.read.format("unspin.warc").load(paths)` for any version of
    Spark.

    Args:
      paths: files, folders and patterns, which the driver and all workers see.
      columns: names of the columns wanted, of id, text, title, url, site, published, path and record.
    """
    use_own_python(spark)
    names = check_columns(columns or _NAMES)
    files = list_files(paths)

    def read(batches):
        for batch in batches:
            for number in batch.column(0).to_pylist():
                yield from read_file(files[number], names)

    schema = ", ".join(column for column in COLUMNS.split(", ") if column.split()[0] in names)
    return spark.range(0, len(files), 1, max(1, len(files))).mapInArrow(read, schema).select(*names)


def check_columns(names):
    unknown = [name for name in names if name not in _NAMES]
    if unknown:
        raise ValueError(f"a web archive has no column {unknown[0]!r}; there are {', '.join(_NAMES)}")
    return list(names)


def read_file(path, names):
    """Batches of the columns `names`, in the order of COLUMNS."""
    import pyarrow as pa
    import unspin

    ordered = [name for name in _NAMES if name in names]
    types = {"record": pa.int64()}
    articles = unspin.articles(path, format="warc", threads=cores_of_this_task())
    for batch in pa.RecordBatchReader.from_stream(articles):
        yield pa.RecordBatch.from_arrays(
            [batch.column(name).cast(types.get(name, pa.string())) for name in ordered], names=ordered
        )
