"""unspin.spark.audit, sketch and web archives: the reports, sketches and articles of the program; the lines of
docs/spark.md."""

import gzip
import json
import os
import pathlib
import re
import sys
import unittest

import spark_support
import support
from support import FERRY, FERRY_APART, FERRY_SPUN, LIBRARY, ORCHARD

sys.path.insert(0, str(pathlib.Path(support.__file__).parent))
import warc_test  # noqa: E402

FIELDS = "id string, text string, title string, url string, published string, path string, record long"


def suspects():
    """Two that derive, many that do not, in the order of the file."""
    rows = [
        {"id": "spun", "text": FERRY_SPUN, "url": "https://spin.example/ferry", "published": "2026-05-02"},
        {"id": "apart", "text": FERRY_APART},
        {"id": "copy", "text": LIBRARY, "title": "Atlas found"},
    ]
    rows += support.made_records(range(40))
    return [{**row, "path": "suspects.jsonl", "record": number} for number, row in enumerate(rows, 1)]


def web_archive(*names):
    return gzip.compress(warc_test.INFO) + b"".join(gzip.compress(warc_test.story(name)) for name in names)


class AuditTest(spark_support.SparkTest):
    def setUp(self):
        super().setUp()
        self.make_archive("archive")
        self.write("suspects.jsonl", support.jsonl(suspects()))
        self.frame = self.spark.read.schema(FIELDS).json(self.uri("suspects.jsonl")).repartition(3)

    def uri(self, name):
        return (self.folder / name).as_uri()

    def audit(self, frame, archive="archive", **options):
        import unspin.spark

        return unspin.spark.audit(frame, archive if callable(archive) else self.folder / archive, **options)

    def reports(self, *options):
        self.run_program("audit", "suspects.jsonl", "--archive", "archive", "--out", "reports", "--force", *options)
        return sorted((self.folder / "reports").read_text(encoding="utf-8").splitlines())

    def test_reports_are_those_of_the_program(self):
        for options, same in (
            ({"offsets": "byte"}, ()),
            ({"offsets": "codepoint"}, ("--offsets", "codepoint")),
            (
                {"offsets": "utf16", "details": False, "all": True, "limit": 2, "prior": 0.1, "candidates": 5},
                ("--offsets", "utf16", "--brief", "--all", "--limit", 2, "--prior", 0.1, "--candidates", 5),
            ),
        ):
            with self.subTest(options):
                found = [row.report for row in self.audit(self.frame, **options).select("report").collect()]
                self.assertEqual(self.reports(*same), sorted(found))

    def test_columns_say_what_the_report_says(self):
        import unspin

        rows = {row.id: row.asDict() for row in self.audit(self.frame).collect()}
        self.assertEqual(43, len(rows))
        self.assertEqual({"spun": "spun", "copy": "copy"}, {id: rows[id]["verdict"] for id in ("spun", "copy")})
        report = json.loads(rows["spun"]["report"])
        self.assertEqual(report["summary"]["probability"], rows["spun"]["probability"])
        self.assertEqual({"path": "suspects.jsonl", "record": 1}, report["suspect"]["source"])
        with unspin.Archive.open(self.folder / "archive") as archive:
            self.assertEqual(
                rows["spun"]["report"],
                archive.check(
                    {
                        "id": "spun",
                        "text": FERRY_SPUN,
                        "url": "https://spin.example/ferry",
                        "published": "2026-05-02",
                        "path": "suspects.jsonl",
                        "record": 1,
                    }
                ).json,
            )

    def test_columns_of_other_names_and_no_other_column_is_sent(self):
        frame = self.frame.selectExpr("id as key", "text as body", "1 / 0 as never")
        rows = {row.id: row.verdict for row in self.audit(frame, id="key", text="body").collect()}
        self.assertEqual("spun", rows["spun"])
        with self.assertRaisesRegex(
            ValueError, "no column 'text' in the DataFrame, which has key, body, never; name the column by text="
        ):
            self.audit(frame, id="key")
        with self.assertRaisesRegex(ValueError, "no column 'headline' in the DataFrame, .*; name the column by title="):
            self.audit(frame, id="key", text="body", title="headline")

    def test_a_column_may_be_both_id_and_url(self):
        frame = self.spark.createDataFrame([("https://a.example", FERRY_SPUN)], "link string, text string")
        report = json.loads(self.audit(frame, id="link", url="link").first().report)
        self.assertEqual(("https://a.example",) * 2, (report["suspect"]["id"], report["suspect"]["url"]))

    def test_none_leaves_a_column_out(self):
        frame = self.spark.createDataFrame([("a", FERRY_SPUN, "T")], "id string, text string, title string")
        reports = [json.loads(self.audit(frame, title=name).first().report) for name in ("title", None)]
        self.assertEqual(["T", None], [report["suspect"].get("title") or None for report in reports])

    def test_an_archive_is_mapped_once_by_each_worker(self):
        self.audit(self.frame).collect()
        folder = str(self.folder / "archive")

        def look(batches):
            import pyarrow as pa
            from unspin.spark.audit_rows import open_archive

            for _ in batches:
                same = open_archive(folder) is open_archive(folder)
                maps = [line for line in open("/proc/self/maps") if folder in line]
                yield pa.RecordBatch.from_pydict(
                    {
                        "same": [same],
                        "maps": [len({line.split()[-1] for line in maps})],
                        "mapped": [bool(maps) and all(line.split()[1].startswith("r--") for line in maps)],
                    }
                )

        seen = self.spark.range(0, 4, 1, 4).mapInArrow(look, "same boolean, maps long, mapped boolean").collect()
        self.assertEqual({(True, True)}, {(row.same, row.mapped) for row in seen})

    def test_an_archive_that_grew_is_opened_anew(self):
        frame = self.spark.createDataFrame(
            [("same", ORCHARD), ("new", support.made_article(900))], "id string, text string"
        )
        before = {row.id: row.verdict for row in self.audit(frame).collect()}
        self.run_program(
            "index", "-", "--archive", "archive", stdin=support.jsonl(support.made_records([900])).encode()
        )
        after = {row.id: row.verdict for row in self.audit(frame).collect()}
        self.assertEqual(
            ({"same": "copy"}, {"same": "copy", "new": "copy"}),
            ({id: verdict for id, verdict in before.items() if verdict == "copy"}, after),
        )

    def test_an_archive_sent_to_the_executors(self):
        from pyspark import SparkFiles

        os.rename("archive", "sent-archive")
        self.spark.sparkContext.addFile(str(self.folder / "sent-archive"), recursive=True)
        found = {
            row.id: row.verdict for row in self.audit(self.frame, lambda: SparkFiles.get("sent-archive")).collect()
        }
        self.assertEqual("spun", found["spun"])

    def test_no_archive_is_an_error_at_once(self):
        import unspin

        with self.assertRaisesRegex(unspin.Error, "nowhere"):
            self.audit(self.frame, "nowhere")

    def test_bad_rows_have_no_report_and_strict_says_why(self):
        frame = self.spark.createDataFrame([("a", FERRY), ("b", ""), ("c", None)], "id string, text string")
        reports = self.audit(frame)
        self.assertEqual(["a"], [row.id for row in reports.collect()])
        self.assertEqual(["b", "c"], sorted(row.id for row in frame.join(reports, "id", "left_anti").collect()))
        with self.assertRaisesRegex(Exception, "empty|no text|null"):
            self.audit(frame, strict=True).collect()

    def test_an_empty_frame_has_no_rows(self):
        frame = self.spark.createDataFrame([], "id string, text string")
        self.assertEqual([], self.audit(frame).collect())


class SketchTest(spark_support.SparkTest):
    def test_sketches_are_those_of_the_package(self):
        import unspin
        import unspin.spark

        texts = {"1": FERRY, "2": FERRY_SPUN, "3": ORCHARD, **{str(n): support.made_article(n) for n in range(4, 90)}}
        frame = self.spark.createDataFrame(list(texts.items()), "id string, text string").repartition(3)
        want = {id: list(sketch) for id, sketch in unspin.sketch(texts.items())}
        numbers = {
            row.id: [number % (1 << 32) for number in row.sketch] for row in unspin.spark.sketch(frame).collect()
        }
        self.assertEqual(want, numbers)
        packed = {row.id: row.sketch for row in unspin.spark.sketch(frame, binary=True).collect()}
        self.assertEqual(
            {id: b"".join(number.to_bytes(4, "little") for number in sketch) for id, sketch in want.items()},
            {id: bytes(sketch) for id, sketch in packed.items()},
        )
        whole = frame.selectExpr("cast(id as bigint) as key", "text")
        self.assertEqual(set(texts), {row.id for row in unspin.spark.sketch(whole, id="key").collect()})
        with self.assertRaisesRegex(ValueError, "no column 'id'"):
            unspin.spark.sketch(whole)


class WarcTest(spark_support.SparkTest):
    def setUp(self):
        super().setUp()
        self.write("warc/a.warc.gz", web_archive("ferry", "orchard"))
        self.write("warc/b.warc.gz", web_archive("library"))
        self.wanted = self.run_program("read", "warc", "--json").reports

    def frames(self, *paths):
        """The ways to read that this Spark has."""
        import unspin.spark

        yield unspin.spark.warc(self.spark, paths)
        if not hasattr(self.spark, "dataSource"):
            return  # PySpark 3.5
        self.spark.dataSource.register(unspin.spark.WarcSource)
        yield self.spark.read.format("unspin.warc").load(list(paths) if len(paths) > 1 else paths[0])

    def test_articles_are_those_of_the_program_and_each_file_is_a_partition(self):
        for paths in (("warc",), ("warc/*.gz",), ("warc/a.warc.gz", "warc/b.warc.gz")):
            for frame in self.frames(*(str(self.folder / path) for path in paths)):
                with self.subTest(paths):
                    self.assertEqual(2, frame.rdd.getNumPartitions())
                    rows = sorted(frame.collect(), key=lambda row: (row.path, row.record))
                    for field in ("id", "text", "title", "url"):
                        self.assertEqual([report[field] for report in self.wanted], [row[field] for row in rows])
                    self.assertEqual(
                        ["a.warc.gz", "a.warc.gz", "b.warc.gz"], [os.path.basename(row.path) for row in rows]
                    )

    def test_columns_that_are_asked_for(self):
        import unspin.spark

        folder = str(self.folder / "warc")
        frame = unspin.spark.warc(self.spark, folder, columns=["url", "title"])
        self.assertEqual(
            [(report["url"], report["title"]) for report in self.wanted], [tuple(row) for row in frame.collect()]
        )
        with self.assertRaisesRegex(ValueError, "no column 'body'; there are id, text"):
            unspin.spark.warc(self.spark, folder, columns=["body"])
        if not hasattr(self.spark, "dataSource"):
            self.skipTest("no data sources in this PySpark; 4.0 and later have them")
        self.spark.dataSource.register(unspin.spark.WarcSource)
        frame = self.spark.read.format("unspin.warc").schema("record long, title string").load(folder)
        self.assertEqual([report["title"] for report in self.wanted], [row.title for row in frame.collect()])
        self.assertEqual(3, self.spark.read.format("unspin.warc").load(folder).count())

    def test_what_cannot_be_read_is_named(self):
        if not hasattr(self.spark, "dataSource"):
            self.skipTest("no data sources in this PySpark; 4.0 and later have them")
        import unspin.spark

        self.spark.dataSource.register(unspin.spark.WarcSource)
        with self.assertRaisesRegex(Exception, "nowhere.warc: no such file or folder"):
            self.spark.read.format("unspin.warc").load(str(self.folder / "nowhere.warc")).collect()


class Documented(spark_support.SparkTest):
    def test_every_line_of_the_document(self):
        document = (support.SOURCE / "docs" / "spark.md").read_text(encoding="utf-8")
        blocks = re.findall(r"^```python\n(.*?)^```$", document, re.M | re.S)
        self.assertGreater(len(blocks), 6)
        records = support.made_records(range(60))
        self.write("crawl/a.jsonl", support.jsonl(records))
        self.write("crawl/b.jsonl", support.jsonl([{**records[5], "id": "copy"}]))
        self.write("suspects.jsonl", support.jsonl(suspects()))
        self.write("warc/a.warc.gz", web_archive("ferry"))
        self.make_archive("archive")
        names = {}
        for block in blocks:
            if "dataSource" in block and not hasattr(self.spark, "dataSource"):
                continue  # PySpark 3.5
            exec(compile(block.replace("/data/", f"{self.folder}/"), "docs/spark.md", "exec"), names)
        self.assertEqual(60, self.spark.read.text((self.folder / "kept").as_uri()).count())
        found = self.spark.read.json((self.folder / "found").as_uri()).collect()
        self.assertEqual({("spun", "spun"), ("copy", "copy")}, {(row.id, row.verdict) for row in found})
        self.assertEqual(2, len(names["reports"].where("verdict in ('copy', 'spun')").collect()))
        self.assertEqual(512, len(names["sketches"].first().sketch))
        if hasattr(self.spark, "dataSource"):
            self.assertEqual(["https://post.example/ferry"], [row.url for row in names["titles"].collect()])

    def test_without_pyspark_the_import_says_what_is_missing(self):
        import subprocess

        code = "import sys; sys.modules['pyspark'] = None\nimport unspin\nimport unspin.spark"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        self.assertIn(
            "ImportError: unspin.spark needs PySpark, which is not installed here; pip install 'pyspark>=3.5' pyarrow",
            done.stderr,
        )


if __name__ == "__main__":
    spark_support.run_script()
