"""The data source `unspin.warc`: Spark reads articles out of web archives. Spark 4.0 and later."""

import json

import pyarrow as pa
from pyspark.sql.datasource import DataSource, DataSourceReader, InputPartition

from .plan import list_files
from .warc_files import COLUMNS, check_columns, read_file


class WarcSource(DataSource):
    """Articles of WARC, WET and WACZ files, as a data source.

        spark.dataSource.register(unspin.spark.WarcSource)
        articles = spark.read.format("unspin.warc").load("/data/crawl/*.warc.gz")

    Each file is one partition. With `.schema("id string, text string")` only these columns are read.
    """

    @classmethod
    def name(cls):
        return "unspin.warc"

    def schema(self):
        return COLUMNS

    def reader(self, schema):
        return WarcReader(_paths(self.options), schema)


class WarcReader(DataSourceReader):
    def __init__(self, paths, schema):
        self.paths = paths
        self.names = check_columns(schema.fieldNames())

    def partitions(self):
        return [InputPartition(path) for path in list_files(self.paths)]

    def read(self, partition):
        """Yields batches with the columns of the schema, in its order."""
        if partition is None:  # Spark's only partition where there is no file
            return
        for batch in read_file(partition.value, self.names):
            yield pa.RecordBatch.from_arrays([batch.column(name) for name in self.names], names=self.names)


def _paths(options):
    """Spark hands over one path as `path`, several as JSON in `paths`."""
    if options.get("paths"):
        return json.loads(options["paths"])
    if not options.get("path"):
        raise ValueError("no path; say .load(PATH) with a file, a folder or a pattern")
    return [options["path"]]
