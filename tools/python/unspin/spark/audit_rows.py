"""Audit of a DataFrame against an archive that every worker maps once."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from .columns import require_columns, spark_batches, spark_schema, stream_of
from .session import cores_per_task, use_own_python

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyspark.sql import DataFrame

    from ..arguments import Offsets

# Of this worker process, which Spark uses for many tasks: path → (state of the manifest, archive).
_archives: dict = {}


def audit(
    df: DataFrame,
    archive: str | os.PathLike[str] | Callable[[], str],
    *,
    id: str = "id",
    text: str = "text",
    title: str | None = "title",
    url: str | None = "url",
    site: str | None = "site",
    published: str | None = "published",
    fetched: str | None = "fetched",
    path: str | None = "path",
    record: str | None = "record",
    limit: int = 10,
    all: bool = False,
    candidates: int = 12,
    prior: float = 0.5,
    details: bool = True,
    offsets: Offsets = "codepoint",
    strict: bool = False,
) -> DataFrame:
    """The findings for each article of a DataFrame: a row per suspect, with the report of the program.

    The archive stays where it is: each worker process maps it once, and the processes of a machine share the pages in
    memory.

    Args:
      df: suspects. Only the columns named here are sent to the workers.
      archive: folder of the archive, under a path that the driver and all workers see; or a function without
        arguments that gives the path on each of them, such as `lambda: SparkFiles.get("archive")`.
      id, text, …: names of columns; None leaves out any but the first two. `id`, `text` and those with another name
        than the default must be there. path and record become `source` in the report.
      limit, all, candidates, prior, details, offsets, strict: as in `unspin.Archive.audit`.

    Returns: a DataFrame with the columns of `unspin.Archive.audit`; `report` is the line of JSON that `unspin audit`
      writes.
    Raises: unspin.Error if the archive cannot be opened; ValueError if a column is missing.
    """
    spark = df.sparkSession
    archive = archive if callable(archive) else os.path.abspath(archive)
    use_own_python(spark)
    mandatory = {"id": id, "text": text}
    optional = {
        "title": title,
        "url": url,
        "site": site,
        "published": published,
        "fetched": fetched,
        "path": path,
        "record": record,
    }
    chosen = {argument: name for argument, name in optional.items() if name not in (argument, None)}
    require_columns(df, {**mandatory, **chosen})
    present = {argument: name for argument, name in {**mandatory, **optional}.items() if name in df.columns}
    options = dict(
        present,
        limit=limit,
        all=all,
        candidates=candidates,
        prior=prior,
        details=details,
        offsets=offsets,
        strict=strict,
        threads=cores_per_task(spark),
    )

    def audit_part(batches):
        suspects = stream_of(batches)
        if suspects is not None:
            yield from spark_batches(open_archive(archive).audit(suspects, **options))

    columns = dict.fromkeys(present.values())  # one may be both the id and the url
    return df.select(*columns).mapInArrow(audit_part, _result_schema(open_archive(archive), present, options))


def open_archive(archive):
    """The archive, opened at most once in this process for each state of it."""
    from .. import Archive

    path = archive() if callable(archive) else archive
    state = _state(path)
    kept = _archives.get(path)
    if kept is None or kept[0] != state:
        _archives[path] = kept = (state, Archive.open(path))
    return kept[1]


def _state(path):
    """Changes when the archive does: its manifest is replaced as a whole."""
    try:
        status = os.stat(os.path.join(path, "MANIFEST"))
    except OSError:
        return None  # opening it says what is wrong
    return status.st_ino, status.st_size, status.st_mtime_ns


def _result_schema(archive, columns, options):
    """The columns of a result, found out by an audit of nothing."""
    import pyarrow as pa

    types = {"record": pa.int64()}
    nothing = pa.table({name: pa.array([], types.get(argument, pa.string())) for argument, name in columns.items()})
    return spark_schema(pa.RecordBatchReader.from_stream(archive.audit(nothing, **options)).schema)
