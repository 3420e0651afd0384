"""Sketches of the texts of a DataFrame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .columns import require_columns, stream_of
from .session import cores_per_task, use_own_python

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_COMPONENTS = 128  # of a sketch, 32 bits each


def sketch(df: DataFrame, *, id: str = "id", text: str = "text", binary: bool = False) -> DataFrame:
    """The sketch of each text: a DataFrame of id and sketch.

    The share of components in which two sketches agree estimates how many shingles their texts share.

    Args:
      df: articles. Only the two columns are sent to the workers.
      binary: whether a sketch is 512 bytes, the components in little-endian order; otherwise it is an array of 128
        numbers. Spark has no unsigned numbers: a component above 2^31 - 1 comes out negative, with the same 32 bits.

    Raises: ValueError if a column is missing.
    """
    use_own_python(df.sparkSession)
    require_columns(df, {"id": id, "text": text})
    threads = cores_per_task(df.sparkSession)

    def sketch_part(batches):
        import pyarrow as pa
        import unspin

        articles = stream_of(batches)
        if articles is None:
            return
        for batch in pa.RecordBatchReader.from_stream(unspin.sketch(articles, id=id, text=text, threads=threads)):
            yield _packed(batch, pa, binary)

    id_type = df.schema[id].dataType.simpleString()
    if id_type not in ("string", "int", "bigint"):
        raise ValueError(f"the column {id!r} is of {id_type}; ids are strings or whole numbers")
    return df.select(id, text).mapInArrow(sketch_part, f"id string, sketch {'binary' if binary else 'array<int>'}")


def _packed(batch, pa, binary):
    """The batch with each sketch as bytes, or as signed numbers of the same bits."""
    numbers = batch.column("sketch").flatten()  # without what lies before the batch
    if binary:
        column = pa.Array.from_buffers(
            pa.binary(_COMPONENTS * 4), len(batch), [None, numbers.buffers()[1]], offset=numbers.offset // _COMPONENTS
        )
        column = column.cast(pa.binary())
    else:
        bits = pa.Array.from_buffers(pa.int32(), len(numbers), [None, numbers.buffers()[1]], offset=numbers.offset)
        column = pa.ListArray.from_arrays(pa.array(range(0, len(numbers) + 1, _COMPONENTS), pa.int32()), bits)
    return pa.RecordBatch.from_arrays([batch.column("id").cast(pa.string()), column], names=["id", "sketch"])
