"""Writes small Parquet files of many encodings and types into a folder, for tests/fuzz/parquet_fuzz.cc to begin with."""

import datetime
import decimal
import pathlib
import sys

import pyarrow as pa
import pyarrow.parquet as pq

TEXTS = ["The lock is dry.", "Barges wait.", None, "The gate is oak.", "A crane lifts it.", "Lorries carry gravel."]
COUNT = len(TEXTS)


def kinds():
    """Columns, and options of the writer."""
    for codec in ("none", "snappy", "gzip", "zstd", "lz4", "brotli"):
        for version in ("1.0", "2.0"):
            yield {"id": list("abcdef")}, {"compression": codec, "data_page_version": version, "row_group_size": 3}
    for encoding in ("DELTA_BYTE_ARRAY", "DELTA_LENGTH_BYTE_ARRAY"):
        yield {}, {"use_dictionary": False, "column_encoding": {"text": encoding}}
    yield ({"id": pa.array(range(COUNT), pa.int64())},
           {"use_dictionary": False, "column_encoding": {"id": "DELTA_BINARY_PACKED"}})
    yield ({"id": pa.array([1.5] * COUNT, pa.float64())},
           {"use_dictionary": False, "column_encoding": {"id": "BYTE_STREAM_SPLIT"}})
    for version in ("1.0", "2.0"):
        yield ({"text": [["One.", None, "Two."], [], None, ["x"], ["y", "z"], ["w"] * 9]},
               {"data_page_version": version, "data_page_size": 1})
        numbers = pa.array([1, None, 3, 4, 5, 6], pa.decimal128(9, 2))
        yield {"tags": [["a", "b"]] * COUNT, "n": numbers, "site": [True] * COUNT}, {"data_page_version": version}
    moments = [datetime.datetime(2024, 1, 1)] * COUNT
    yield {"published": pa.array(moments, pa.timestamp("ns"))}, {"use_deprecated_int96_timestamps": True}
    yield {"published": pa.array(moments, pa.timestamp("us", "UTC")), "fetched": [datetime.date(2024, 1, 1)] * COUNT}, {}
    yield {"id": pa.array([b"0123456789abcdef"] * COUNT, pa.binary(16)),
           "n": pa.array([decimal.Decimal("1.25")] * COUNT, pa.decimal128(30, 2))}, {}
    yield {"text": TEXTS * 40}, {"write_page_index": True, "data_page_size": 10}
    yield {"text": [{"text": text} for text in TEXTS]}, {}


def main(folder):
    for number, (columns, options) in enumerate(kinds()):
        table = pa.table({"text": TEXTS, **columns})
        options = {"compression": "none", "store_schema": False, "write_statistics": False, **options}
        pq.write_table(table, pathlib.Path(folder) / f"{number}.parquet", **options)


if __name__ == "__main__":
    main(sys.argv[1])
