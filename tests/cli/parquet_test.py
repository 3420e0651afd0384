"""Parquet files: what pyarrow wrote is read as pyarrow reads it; damage costs its row group; without Arrow the refusal says
what to do."""

import json
import pathlib
import subprocess
import tempfile
import unittest

import support
from support import DONE, SKIPPED, made_article

# Runs where pyarrow is. For each case a file, and what pyarrow reads from it, a line each row.
WRITE = r'''
import datetime, decimal, json, pathlib, sys, uuid
import pyarrow as pa
import pyarrow.parquet as pq

texts = json.load(sys.stdin)
folder = pathlib.Path(sys.argv[1])
count = len(texts)
ids = [f"made-{n}" for n in range(count)]
days = [datetime.date(2024, 2, 25) + datetime.timedelta(n) for n in range(count)]
moments = [datetime.datetime(1969, 12, 31, 23, 59, 58, 250000) + datetime.timedelta(hours=7919 * n) for n in range(count)]

def spell(value):
    if isinstance(value, datetime.datetime):
        text = value.isoformat()
        if value.microsecond and value.microsecond % 1000 == 0: text = value.isoformat(timespec="milliseconds")
        return text.replace("+00:00", "Z")
    if isinstance(value, uuid.UUID): return str(value)
    if isinstance(value, (bytes, bytearray)):
        return value.hex() if len(value) == 4 else value.decode()
    return "" if value is None or isinstance(value, bool) else str(value)

def write(name, columns, field=lambda row: row["text"], **options):
    table = pa.table(columns)
    options.setdefault("compression", "snappy")
    pq.write_table(table, folder / f"{name}.parquet", **options)
    with open(folder / f"{name}.jsonl", "w") as out:
        for row in pq.read_table(folder / f"{name}.parquet", use_threads=False).to_pylist():
            text = field(row)
            if isinstance(text, list): text = "\n\n".join(spell(part) for part in text if part)
            fields = {name: spell(row.get(name)) for name in ("id", "title", "url", "published", "fetched")}
            out.write(json.dumps({**fields, "text": spell(text)}) + "\n")

plain = {"id": ids, "text": texts, "title": [t[:40] if n % 3 else None for n, t in enumerate(texts)]}
for codec in ("none", "snappy", "gzip", "zstd", "lz4", "brotli"):
    write("codec-" + codec, plain, compression=codec)
for rows in (1, 7, 100):
    for page in (1, 3000, 1 << 20):
        for version in ("1.0", "2.0"):
            write(f"groups-{rows}-{page}-{version}", plain, row_group_size=rows, data_page_size=page, data_page_version=version,
                  write_page_checksum=version == "2.0")
for encoding in ("PLAIN", "DELTA_BYTE_ARRAY", "DELTA_LENGTH_BYTE_ARRAY"):
    write("encoding-" + encoding, plain, use_dictionary=False, column_encoding={"id": encoding, "text": encoding})
for type in (pa.string(), pa.large_string(), pa.binary(), pa.large_binary(), pa.string_view()):
    write(f"text-{type}", {"id": ids, "text": pa.array(texts).cast(type)}, row_group_size=13)
repeated = [texts[n % 5] for n in range(count)]
write("text-dictionary", {"id": ids, "text": pa.array(repeated).dictionary_encode()}, row_group_size=50)

for type in (pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64(),
             pa.float32(), pa.float64(), pa.decimal128(9, 2), pa.decimal128(38, 5), pa.bool_()):
    values = [n - 20 if "uint" not in str(type) else n for n in range(count)]
    if type in (pa.float32(), pa.float64()): values = [v / 2 for v in values]
    if "decimal" in str(type): values = [decimal.Decimal(v) / 8 for v in values]
    if type == pa.bool_(): values = [bool(v % 2) for v in values]
    values = [None if n % 11 == 5 else v for n, v in enumerate(values)]
    array = pa.array(values).cast(type, safe=False) if "decimal" in str(type) else pa.array(values, type)
    write(f"id-{type}".replace(" ", ""), {"id": array, "text": texts})
large = pa.array([2**64 - 1 - n for n in range(count)], pa.uint64())
write("id-large", {"id": large, "text": texts}, use_dictionary=False)
write("id-bytes", {"id": pa.array([n.to_bytes(4, "big") for n in range(count)], pa.binary(4)), "text": texts})
write("id-uuid", {"id": pa.array([uuid.UUID(int=n * 3**60).bytes for n in range(count)], pa.uuid()), "text": texts})

write("date32", {"published": pa.array(days, pa.date32()), "text": texts})
for unit in ("s", "ms", "us", "ns"):
    for zone in (None, "UTC", "Europe/Berlin"):
        array = pa.array([m.replace(microsecond=0) if unit == "s" else m for m in moments], pa.timestamp(unit, zone))
        if zone: array = array.cast(pa.timestamp(unit, "UTC"))  # Parquet keeps the moment, not the zone
        write(f"moment-{unit}-{zone}".replace("/", ""),
              {"published": array, "fetched": pa.array(days, pa.date32()), "text": texts})
write("moment-int96", {"published": pa.array(moments, pa.timestamp("ns")), "text": texts},
      use_deprecated_int96_timestamps=True)

def parts(text): return text.split(". ")
write("list", {"id": ids, "text": [parts(t) for t in texts]}, row_group_size=17, data_page_size=500)
write("list-with-nulls", {"id": ids, "text": [[None, *parts(t), None] for t in texts]}, data_page_version="2.0")
write("list-of-one", {"id": ids, "text": [[t] for t in texts]})
write("list-compliant-not", {"id": ids, "text": [parts(t) for t in texts]}, use_compliant_nested_type=False)
body = [{"lang": "en", "text": t, "a": {"b": {"c": t.upper()}}, "paragraphs": parts(t),
         "blocks": [{"kind": "p", "text": p} for p in parts(t)]} for t in texts]
nested = {"id": ids, "body": body}
write("path-body.text", nested, field=lambda row: row["body"]["text"])
write("path-body.a.b.c", nested, field=lambda row: row["body"]["a"]["b"]["c"])
write("path-body.paragraphs", nested, field=lambda row: row["body"]["paragraphs"])
write("path-body.blocks.text", nested, field=lambda row: [block["text"] for block in row["body"]["blocks"]])
write("path-dot.ted", {"id": ids, "dot.ted": texts, "dot": [{"ted": "Not this one."}] * count},
      field=lambda row: row["dot.ted"])

with_nulls = [None if n in (3, 64) else t for n, t in enumerate(texts)]
pq.write_table(pa.table({"id": ids, "text": with_nulls}), folder / "nulls.parquet", row_group_size=30)
pq.write_table(pa.table({"id": ids, "headline": texts, "body": body}), folder / "no-text.parquet")
pq.write_table(pa.table({"id": ids, "text": list(range(count))}), folder / "numbers.parquet")
pq.write_table(pa.table({"id": pa.array([], pa.string()), "text": pa.array([], pa.string())}), folder / "empty.parquet")
pq.write_table(pa.table({"text": pa.nulls(10 ** 7, pa.string())}), folder / "only-nulls.parquet", compression="zstd")
pq.write_table(pa.table({"text": texts, "n": list(range(count)), "f": [0.5] * count, "s": ["a\"b\n\u00e9"] * count,
                         "l": [["x", "y"]] * count, "z": pa.nulls(count, pa.string()), "b": [True] * count}),
               folder / "keep.parquet")
pq.write_table(pa.table({"id": ids, "text": texts}), folder / "checked.parquet", row_group_size=20, compression="none",
               use_dictionary=False, write_page_checksum=True)
'''

COUNT = 100


def reads_parquet():
    """Whether the program was built with Arrow."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "a.parquet"
        path.write_bytes(b"PAR1")
        done = subprocess.run([support.PROGRAM, "read", path], capture_output=True, text=True, check=False)
        return "Arrow" not in done.stderr


class Refusals(support.ProgramTest):
    def test_what_is_no_parquet_file_is_said(self):
        advice = "write it again" if reads_parquet() else "pip install pyarrow"
        for name, content in (("a.parquet", b"PAR1"), ("b", b"PAR1\x15\x04\x15" + bytes(60)), ("c.parquet", b"PAR1PAR1")):
            with self.subTest(name):
                self.write(name, content)
                self.refused("read", name, names=[name, "Parquet", advice])

    def test_a_text_that_begins_like_one_is_a_text(self):
        self.write("a.txt", "PAR1 is what the first street of the harbour is called.\n")
        self.assertIn("PAR1 is what", self.run_program("read", "a.txt").out)

    def test_without_arrow_the_refusal_says_how_to_get_it(self):
        if reads_parquet():
            self.skipTest("this program was built with Arrow")
        self.write("a.parquet", b"PAR1\x15\x04\x15")
        self.refused("read", "a.parquet", names=["built without Arrow", "pip install pyarrow", "JSON Lines"])


class Parquet(support.ProgramTest):
    @classmethod
    def setUpClass(cls):
        if not reads_parquet():
            raise unittest.SkipTest("this program was built without Arrow")
        python = support.oracle_python("pyarrow")
        holder = tempfile.TemporaryDirectory(prefix="unspin-parquet-")
        cls.addClassCleanup(holder.cleanup)
        cls.files = pathlib.Path(holder.name)
        cls.texts = [made_article(number, 120) for number in range(COUNT)]
        cls.texts[7] += " Ça coûte 3 € — “très” cher."
        done = subprocess.run([python, "-c", WRITE, holder.name], input=json.dumps(cls.texts), capture_output=True, text=True,
                              timeout=300, check=False)
        if done.returncode != 0:
            raise AssertionError(done.stderr[-3000:])

    def read(self, path, *arguments, status=DONE, **options):
        result = self.run_program("read", "--json", path, *arguments, status=status, **options)
        return [json.loads(line) for line in result.out.splitlines()], result.err

    def test_all_that_pyarrow_writes_is_read_as_pyarrow_reads_it(self):
        expected_files = sorted(self.files.glob("*.jsonl"))
        self.assertGreater(len(expected_files), 60)
        for expected_file in expected_files:
            name = expected_file.stem
            with self.subTest(name):
                arguments = ("--text-field", name.removeprefix("path-")) if name.startswith("path-") else ()
                articles, _ = self.read(self.files / f"{name}.parquet", *arguments)
                expected = [json.loads(line) for line in expected_file.read_text("utf-8").splitlines()]
                self.assertEqual(COUNT, len(articles))
                for number, (article, row) in enumerate(zip(articles, expected), 1):
                    self.assertEqual("parquet", article["format"])
                    row["id"] = row["id"] or f"{self.files}/{name}.parquet#{number}"
                    self.assertEqual(row, {field: article.get(field) or "" for field in row})

    def test_a_forced_format_is_read_whatever_the_name(self):
        self.write("a.txt", (self.files / "codec-zstd.parquet").read_bytes())
        self.assertEqual(COUNT, len(self.read("a.txt", "--format", "parquet")[0]))
        self.write("b.parquet", support.FERRY)
        self.refused("read", "b.parquet", names=["b.parquet", "Parquet"])

    def test_threads_and_row_groups_change_nothing(self):
        sketches = set()
        for name in ("codec-zstd", "groups-1-1-1.0", "groups-7-3000-2.0", "groups-100-1048576-1.0", "encoding-PLAIN"):
            for threads in (1, 4):
                self.run_program("sketch", self.files / f"{name}.parquet", "--out", "s", "--threads", threads)
                sketches.add((self.folder / "s").read_bytes())
        self.assertEqual(1, len(sketches))

    def test_what_cannot_be_opened_twice_is_read_as_well(self):
        path = self.files / "groups-7-3000-1.0.parquet"
        expected, _ = self.read(path)
        compressed = self.folder / "c.parquet.zst"
        compressed.write_bytes(support.zstd_frame(path.read_bytes()))
        for got, _ in (self.read("-", stdin=path.read_bytes()), self.read(compressed)):
            self.assertEqual([a["text"] for a in expected], [a["text"] for a in got])

    def test_a_null_text_is_a_bad_record_that_names_its_row(self):
        articles, err = self.read(self.files / "nulls.parquet", status=SKIPPED)
        self.assertEqual(COUNT - 2, len(articles))
        for row in (4, 65):
            self.assertIn(f"nulls.parquet:{row}", err)
        self.assertIn("null", err)

    def test_a_missing_column_is_said_with_those_that_are_there(self):
        self.refused("read", self.files / "no-text.parquet", names=["no-text.parquet", '"headline"', '"body.text"', "--text-field"])
        self.refused("read", self.files / "no-text.parquet", "--text-field", "body", names=['"body.text"'])
        self.refused("read", self.files / "numbers.parquet", names=["numbers.parquet", "no text"])
        self.refused("read", self.files / "empty.parquet", names=["empty.parquet", "no record"])

    def test_ten_million_nulls_are_one_message(self):
        self.refused("read", self.files / "only-nulls.parquet", names=["only-nulls.parquet", "row group 1"])

    def test_fields_are_kept_as_json(self):
        self.make_archive()
        self.run_program("audit", self.files / "keep.parquet", "--archive", "archive", "--out", "out.jsonl", "--keep",
                         "n,f,s,l,z,b")
        first = json.loads((self.folder / "out.jsonl").read_text("utf-8").splitlines()[0])
        kept = {"n": 0, "f": 0.5, "s": 'a"b\né', "l": ["x", "y"], "z": None, "b": True}
        self.assertEqual(kept, first["suspect"].get("kept") or first.get("kept") or first["keep"])

    def test_a_damaged_row_group_costs_its_rows_and_no_others(self):
        whole = (self.files / "checked.parquet").read_bytes()
        at = whole.index(self.texts[45][:60].encode())  # in the third of five row groups
        self.write("damaged.parquet", whole[:at] + b"#" + whole[at + 1:])
        articles, err = self.read("damaged.parquet", status=SKIPPED)
        self.assertEqual([f"made-{n}" for n in range(COUNT) if not 40 <= n < 60], [a["id"] for a in articles])
        self.assertIn("damaged.parquet:41", err)
        self.assertIn("row group 3", err)
        self.assertIn("20 of 20", err)

    def test_a_file_that_was_cut_off_is_said(self):
        whole = (self.files / "checked.parquet").read_bytes()
        for size in (len(whole) - 1, len(whole) // 2, 12, 5):
            self.write("cut.parquet", whole[:size])
            self.refused("read", "cut.parquet", names=["cut.parquet", "cut off"])

    def test_a_folder_of_parts_is_read(self):
        (self.folder / "parts").mkdir()
        for part in ("one", "two"):
            (self.folder / "parts" / f"{part}.parquet").write_bytes((self.files / "codec-zstd.parquet").read_bytes())
        self.assertEqual(2 * COUNT, len(self.read("parts")[0]))


if __name__ == "__main__":
    unittest.main()
