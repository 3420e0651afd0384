"""Dedup, audit, sketches and web archives on Apache Spark, with the answers of the program `unspin`, byte for byte.

    import unspin.spark
    clusters = unspin.spark.dedup(spark, ["/data/crawl"], "/data/work").clusters
    reports = unspin.spark.audit(spark.read.parquet("/data/new"), "/data/archive")

The workers need this package, pyarrow, and paths that they share with the driver. docs/spark.md says more.
"""

try:
    import pyspark as _pyspark
except ImportError as _missing:
    raise ImportError(
        "unspin.spark needs PySpark, which is not installed here; pip install 'pyspark>=3.5' pyarrow"
    ) from _missing

from .audit_rows import audit
from .dedup_files import Deduplicated, dedup
from .sketch_rows import sketch
from .warc_files import warc

try:
    from .warc_source import WarcSource
except ImportError as _missing:
    _no_source = str(_missing)

    def __getattr__(name):
        if name == "WarcSource":
            raise ImportError(
                f"WarcSource needs Spark 4.0 or later, whose data sources may be written in Python; this is PySpark "
                f"{_pyspark.__version__} ({_no_source}). unspin.spark.warc(spark, paths) reads the same here"
            )
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = ["Deduplicated", "WarcSource", "audit", "dedup", "sketch", "warc"]
