"""Columns of every type that is taken give the same articles; others are refused by name; results are what Arrow says."""

import datetime
import sys
import unittest
import warnings

import pathlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cli"))
from support import ARTICLES, FERRY, FERRY_SPUN, made_article  # noqa: E402

import unspin  # noqa: E402

try:
    import pyarrow as pa
except ImportError:
    pa = None

TEXTS = [*ARTICLES.values(), FERRY_SPUN, FERRY, "Žluťoučký kůň – 日本語 😀 " + ARTICLES["library"]]


def quiet(work):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", unspin.BadRecordWarning)
        return work()


def sketched(data, **names):
    return quiet(lambda: [(row.id, bytes(row.sketch)) for row in unspin.sketch(data, **names)])


def setUpModule():
    if pa is None:
        raise unittest.SkipTest("no Python package pyarrow; tools/dev/setup installs it")


EXPECTED = sketched([(str(number), text) for number, text in enumerate(TEXTS, 1)])


class TextColumns(unittest.TestCase):
    def table(self, texts, ids=range(1, len(TEXTS) + 1)):
        return pa.table({"id": list(ids), "text": texts})

    def test_every_type_of_text_is_read_alike(self):
        for kind in (pa.string(), pa.large_string(), pa.string_view(), pa.binary(), pa.large_binary(), pa.binary_view(),
                     pa.dictionary(pa.int8(), pa.string()), pa.dictionary(pa.uint32(), pa.large_string())):
            with self.subTest(kind=str(kind)):
                self.assertEqual(EXPECTED, sketched(self.table(pa.array(TEXTS, pa.string()).cast(kind))))

    def test_short_texts_of_a_view_stand_in_the_view(self):
        texts = ["", "a", "twelve bytes", "thirteen byte", None]
        self.assertEqual(sketched(pa.table({"text": texts})), sketched(pa.table({"text": pa.array(texts, pa.string_view())})))

    def test_nulls_before_a_slice_do_not_shift_it(self):
        for kind in (pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int16(), pa.string())):
            column = pa.array([None, "x", None, *TEXTS, None], pa.string()).cast(kind)
            ids = pa.array([None, None, 0, *range(1, len(TEXTS) + 1), None], pa.int32())
            for table in (pa.table({"id": ids, "text": column}).slice(3, len(TEXTS)),
                          pa.Table.from_batches([pa.record_batch({"id": ids, "text": column}).slice(3, len(TEXTS))])):
                self.assertEqual(EXPECTED, sketched(table), kind)

    def test_a_slice_of_a_struct_is_a_slice_of_its_children(self):
        struct = pa.StructArray.from_arrays([pa.array([0, *range(1, len(TEXTS) + 1)]), pa.array(["x", *TEXTS])], ["id", "text"])
        self.assertEqual(EXPECTED, sketched(struct.slice(1)))

    def test_a_null_struct_is_a_bad_row_whatever_its_children_hold(self):
        struct = pa.StructArray.from_arrays([pa.array(["x", "a", "b", "c"]), pa.array([FERRY] * 4)], ["id", "text"],
                                            mask=pa.array([False, False, True, False]))
        for data in (struct.slice(1), pa.chunked_array([struct.slice(1, 1), struct.slice(2)])):
            with self.assertWarnsRegex(unspin.BadRecordWarning, 'row 1: the column "text" is null'):
                self.assertEqual(["a", "c"], [row.id for row in unspin.sketch(data)])

    def test_a_column_alone_holds_the_texts(self):
        expected = [(str(int(name) - 1), sketch) for name, sketch in EXPECTED]
        self.assertEqual(expected, sketched(pa.array(TEXTS)))
        self.assertEqual(expected, sketched(pa.chunked_array([TEXTS[:2], TEXTS[2:]])))

    def test_batches_larger_than_a_step_keep_their_order(self):
        texts = [made_article(number, words=12) for number in range(9000)]  # more than two steps of 4096 rows
        self.assertEqual([str(number) for number in range(9000)], [name for name, _ in sketched(pa.array(texts))])


class OtherColumns(unittest.TestCase):
    def test_integers_are_ids_in_decimal(self):
        for kind, number in ((pa.int8(), -128), (pa.uint8(), 255), (pa.int16(), -32768), (pa.uint16(), 65535), (pa.int32(), -2**31),
                             (pa.uint32(), 2**32 - 1), (pa.int64(), -2**63), (pa.uint64(), 2**64 - 1)):
            table = pa.table({"id": pa.array([number, None], kind), "text": [FERRY, FERRY]})
            self.assertEqual([str(number), "1"], [row.id for row in unspin.sketch(table)], kind)

    def articles(self, **columns):
        table = pa.table({"text": [FERRY] * len(next(iter(columns.values()))), **columns})
        with TemporaryArchive() as archive:
            return [report["suspect"] for report in archive.audit(table)]

    def test_moments_and_days_are_iso_8601(self):
        noon = datetime.datetime(2026, 3, 4, 12, 30, 15, 250000)
        for column, expected in (
                (pa.array([noon], pa.timestamp("us")), "2026-03-04T12:30:15.250"),
                (pa.array([noon], pa.timestamp("ms", "UTC")), "2026-03-04T12:30:15.250Z"),
                (pa.array([noon.replace(microsecond=0)], pa.timestamp("s")), "2026-03-04T12:30:15"),
                (pa.array([noon], pa.timestamp("ns", "Asia/Tokyo")), "2026-03-04T12:30:15.250Z"),
                (pa.array([datetime.date(1969, 12, 31)], pa.date32()), "1969-12-31"),
                (pa.array([datetime.date(1969, 12, 31)], pa.date64()), "1969-12-31"),
                (pa.array(["4 March 2026"]), "4 March 2026"),
                (pa.array([1772627415]), "1772627415")):
            self.assertEqual(expected, self.articles(published=column)[0]["published"], column.type)

    def test_path_and_record_are_the_source(self):
        suspect, without = self.articles(path=["a.jsonl", None], record=pa.array([7, None], pa.uint8()))
        self.assertEqual({"path": "a.jsonl", "record": 7}, suspect["source"])
        self.assertNotIn("source", without)

    def test_a_wrong_type_is_named_with_what_is_taken(self):
        for name, column, words in (
                ("text", pa.array([1]), 'the column "text" is of type int64, and text= takes strings'),
                ("text", pa.array([["a"]]), 'the column "text" is of type list'),
                ("id", pa.array([1.5]), 'the column "id" is of type double, and id= takes strings'),
                ("published", pa.array([True]), 'the column "published" is of type bool'),
                ("record", pa.array(["1"]), 'the column "record" is of type string, and record= takes integers'),
                ("site", pa.array([{"a": 1}]), 'the column "site" is of type struct')):
            table = pa.table({"text": pa.array(["x"]), **{name: column}})
            with self.assertRaises(ValueError) as caught, TemporaryArchive() as archive:
                archive.audit(table)
            self.assertIn(words, str(caught.exception))

    def test_a_column_of_no_concern_may_be_of_any_type(self):
        table = pa.table({"text": [FERRY], "title": [1.5], "published": [[1]], "other": [{"a": [1]}]})
        self.assertEqual(1, len(sketched(table)))
        with TemporaryArchive() as archive:
            self.assertEqual(1, len(list(archive.audit(table, title=None, published=None))))

    def test_a_missing_column_is_named_with_those_that_are_there(self):
        table = pa.table({"id": [1], "body": [FERRY]})
        with self.assertRaisesRegex(ValueError, 'no column "text"; its columns are "id", "body".*text='):
            unspin.sketch(table)
        with self.assertRaisesRegex(ValueError, 'no column "guid"'):
            unspin.sketch(table, text="body", id="guid")
        self.assertEqual([("1", EXPECTED[0][1])], sketched(table, text="body"))


class Results(unittest.TestCase):
    def test_types_of_columns(self):
        clusters = unspin.dedup(TEXTS)
        self.assertEqual(pa.schema([("id", pa.string()), ("cluster", pa.uint64()), ("representative", pa.string()),
                                    ("similarity", pa.float64())]).types, pa.table(clusters).schema.types)
        self.assertEqual([pa.string(), pa.string(), pa.float64()], pa.table(clusters.edges).schema.types)
        sketches = pa.table(unspin.sketch(TEXTS))
        self.assertEqual(pa.list_(pa.field("item", pa.uint32(), nullable=False), 128), sketches.schema.field("sketch").type)
        sketches.validate(full=True)
        with TemporaryArchive() as archive:
            audit = pa.table(archive.audit([FERRY, "No such article was ever in this archive."]))
        audit.validate(full=True)
        self.assertEqual(["id", "verdict", "extent", "manner", "probability", "coverage", "rewrite", "originals", "original", "report"],
                         audit.column_names)
        self.assertEqual([None], audit["coverage"].to_pylist()[1:])

    def test_rows_and_columns_say_the_same(self):
        clusters = unspin.dedup(TEXTS, threshold=0.1)
        self.assertEqual(pa.table(clusters).to_pylist(), [{name: getattr(row, name) for name in row._fields[:4]} for row in clusters])
        self.assertEqual(pa.table(clusters.edges).to_pylist(),
                         [{"a": edge.a, "b": edge.b, "similarity": edge.similarity} for edge in clusters.edges])
        self.assertEqual([row.sketch.tolist() for row in unspin.sketch(TEXTS)], pa.table(unspin.sketch(TEXTS))["sketch"].to_pylist())

    def test_no_row_is_a_table_without_rows(self):
        self.assertEqual(0, pa.table(unspin.dedup([])).num_rows)
        self.assertEqual(0, pa.table(unspin.sketch([])).num_rows)
        self.assertEqual([], list(unspin.dedup(pa.table({"text": pa.array([], pa.string())}))))

    def test_a_stream_is_read_once_and_says_so(self):
        sketches = unspin.sketch(TEXTS)
        self.assertEqual(len(TEXTS), pa.table(sketches).num_rows)
        with self.assertRaisesRegex(unspin.Error, "read already; call unspin.sketch again"):
            pa.table(sketches)

    def test_a_consumer_may_ask_for_the_schema_first(self):
        sketches = unspin.sketch(TEXTS)
        self.assertEqual(["id", "sketch"], pa.RecordBatchReader.from_stream(sketches).schema.names)
        self.assertEqual(len(TEXTS), pa.table(sketches).num_rows)

    def test_a_join_puts_nulls_beside_rows_that_were_skipped(self):
        table = pa.table({"text": [FERRY, None, FERRY, ""]})
        joined = quiet(lambda: unspin.dedup(table)).join(table)
        self.assertEqual([1, None, 1, None], joined["cluster"].to_pylist())
        self.assertEqual(["0", None, "0", None], joined["representative"].to_pylist())
        self.assertEqual([1.0, None, 1.0, None], joined["similarity"].to_pylist())

    def test_a_join_refuses_what_does_not_fit(self):
        table = pa.table({"text": [FERRY, FERRY]})
        clusters = unspin.dedup(table)
        with self.assertRaisesRegex(ValueError, "1 rows, and dedup read 2"):
            clusters.join(table.slice(1))
        with self.assertRaisesRegex(ValueError, 'a column "cluster" already; rename it'):
            clusters.join(table.append_column("cluster", pa.array([1, 2])))
        with self.assertRaisesRegex(TypeError, "list is no table"):
            clusters.join([FERRY, FERRY])


class TemporaryArchive:
    """An archive of the articles written for tests, in a folder of its own."""

    def __enter__(self):
        import tempfile
        self.folder = tempfile.TemporaryDirectory(prefix="unspin-python-")
        archive = unspin.Archive.create(self.folder.name + "/archive")
        archive.add(ARTICLES.items())
        archive.close()
        return archive

    def __exit__(self, *_):
        self.folder.cleanup()


if __name__ == "__main__":
    unittest.main()
