"""Arrow streams of the package → columns and batches that Spark takes."""

import pyarrow as pa

# Spark has no unsigned numbers, and its strings have offsets of 32 bits unless a setting says otherwise.
_TAKEN_AS = {
    pa.large_string(): pa.string(),
    pa.uint8(): pa.int16(),
    pa.uint16(): pa.int32(),
    pa.uint32(): pa.int64(),
    pa.uint64(): pa.int64(),
}


def require_columns(df, columns):
    """Raises ValueError for a column that the DataFrame lacks. `columns`: the caller's argument → name of a column."""
    there = df.columns
    for argument, name in columns.items():
        if name not in there:
            raise ValueError(
                f"no column {name!r} in the DataFrame, which has {', '.join(there)}; name the column by {argument}="
            )


def spark_schema(schema):
    """The type of a DataFrame with the columns of an Arrow schema."""
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(_for_spark(schema))


def spark_batches(stream):
    """The batches of an object with `__arrow_c_stream__`, with the types of `spark_schema`."""
    reader = pa.RecordBatchReader.from_stream(stream)
    schema = _for_spark(reader.schema)
    for batch in reader:
        yield (
            batch
            if schema.equals(batch.schema)
            else pa.RecordBatch.from_arrays(
                [column.cast(field.type) for column, field in zip(batch.columns, schema)], schema=schema
            )
        )


def stream_of(batches):
    """A stream of the batches that Spark gives to a function; None if there are none."""
    first = next(batches, None)
    if first is None:
        return None

    def all_batches():
        yield first
        yield from batches

    return pa.RecordBatchReader.from_batches(first.schema, all_batches())


def _for_spark(schema):
    return pa.schema([field.with_type(_TAKEN_AS.get(field.type, field.type)) for field in schema])
