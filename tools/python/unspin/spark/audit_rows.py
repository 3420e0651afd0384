"""Audit of a DataFrame against an archive that every worker maps once."""

import os

from .columns import require_columns, spark_batches, spark_schema, stream_of
from .session import cores_per_task, use_own_python

_archives = {}  # of this worker process: path → (state of its manifest, archive); Spark uses a process for many tasks


def audit(
    df,
    archive,
    *,
    id="id",
    text="text",
    title="title",
    url="url",
    site="site",
    published="published",
    fetched="fetched",
    path="path",
    record="record",
    limit=10,
    all=False,
    candidates=12,
    prior=0.5,
    details=True,
    offsets="codepoint",
    strict=False,
):
    """The findings for each article of a DataFrame: a row per suspect, with the report of the program.

    The archive stays where it is: each worker process maps it once, and the processes of a machine share the pages in
    memory.

    Args:
      df: suspects. Only the columns named here are sent to the workers.
      archive: folder of the archive, under a path that the driver and all workers see; or a function without
        arguments that gives the path on each of them, such as `lambda: SparkFiles.get("archive")`.
      id, text, …: names of columns; None leaves one out. `id`, `text` and those with another name than the default
        must be there. path and record become `source` in the report.
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
