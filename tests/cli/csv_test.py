"""Tables are read as other programs read them: Python's csv and DuckDB."""

import csv
import io
import itertools
import json
import random
import subprocess
import unittest

import support
from support import FAILED, SKIPPED, FERRY, LIBRARY, ORCHARD, jsonl, made_records

# Signs that mean something in one dialect or another, and characters of two to four bytes.
SIGNS = [",", ";", "\t", "|", '"', '""', "'", "\n", "\r\n", "\\", "\\\"", " ", "a", "Zebra", "é", "“", "🎉", "&", "0"]
NAMES = ["id", "title", "text", "published", "site", "url"]


def made_rows(seed, count):
    """Rows of NAMES: a text that is not blank, and other cells of any content."""
    chance = random.Random(seed)

    def cell(most):
        return "".join(chance.choice(SIGNS) for _ in range(chance.randint(0, most)))

    return [[f"r{i}", cell(6), "x" + cell(40) + "x", cell(4), cell(3), cell(9)] for i in range(count)]


def write_csv(rows, **dialect):
    out = io.StringIO(newline="")
    csv.writer(out, **dialect).writerows(rows)
    return out.getvalue().encode()


def dialects():
    for delimiter, end, quoting, doubled in itertools.product(",;\t|", ("\n", "\r\n", "\r"),
                                                              (csv.QUOTE_MINIMAL, csv.QUOTE_ALL), (True, False)):
        yield dict(delimiter=delimiter, lineterminator=end, quoting=quoting, doublequote=doubled,
                   escapechar=None if doubled else "\\")


class CsvTest(support.ProgramTest):
    def read(self, *arguments, **options):
        return self.run_program("read", *arguments, "--json", "--quiet", "--text-is", "plain", **options)


class PythonTest(CsvTest):
    def assert_read_as_python_reads(self, content, dialect, name="table.csv"):
        self.write(name, content)
        with open(self.folder / name, newline="", encoding="utf-8-sig") as file:
            expected = list(csv.reader(file, **dialect))
        names = expected.pop(0)
        articles = self.read(name).reports
        self.assertEqual(len(expected), len(articles), dialect)
        for row, article in zip(expected, articles):
            for column, value in zip(names, row):
                self.assertEqual(value, article.get(column) or "", (dialect, row))

    def test_every_dialect_is_read_row_by_row(self):
        for seed, dialect in enumerate(dialects()):
            rows = made_rows(seed, 60)
            # Before version 3.13 Python's writer leaves a line end of another kind unquoted.
            if dialect["quoting"] == csv.QUOTE_MINIMAL and dialect["lineterminator"] != "\r\n":
                rows = [[cell.replace("\r\n", "\n").replace("\n", dialect["lineterminator"]) for cell in row] for row in rows]
            self.assert_read_as_python_reads(write_csv([NAMES] + rows, **dialect), dialect)

    def test_the_extension_and_the_byte_order_mark_do_not_matter(self):
        rows = [NAMES] + made_rows(7, 60)
        content = write_csv(rows, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_ALL)
        for name in ("a.tsv", "a.tab", "a.csv", "a"):
            self.assert_read_as_python_reads(b"\xef\xbb\xbf" + content, {"delimiter": "\t"}, name)

    def test_rows_behind_the_first_blocks_are_read_alike(self):
        rows = [NAMES] + made_rows(8, 12000)
        self.assert_read_as_python_reads(write_csv(rows, lineterminator="\r\n"), {})

    def test_cells_that_are_larger_than_a_block_are_read(self):
        rows = [NAMES] + made_rows(9, 3)
        rows[2][2] = 'long "text"\n' * 100_000
        csv.field_size_limit(1 << 27)
        self.assert_read_as_python_reads(write_csv(rows), {})


class DuckDbTest(CsvTest):
    SCRIPT = """
import json, sys, duckdb
rows = duckdb.sql("select * from read_csv(?, all_varchar=true, header=true, quote='\\"', escape='\\"', delim=?, "
                  "null_padding=false, new_line='\\\\n')", params=sys.argv[1:]).fetchall()
print(json.dumps(rows))
"""

    def test_rows_are_those_of_duckdb(self):
        python = support.oracle_python("duckdb")
        for delimiter in ",;\t|":
            rows = [[cell.replace("\r\n", "\n") for cell in row] for row in made_rows(ord(delimiter), 300)]
            self.write("a.csv", write_csv([NAMES] + rows, delimiter=delimiter, lineterminator="\n"))
            done = subprocess.run([python, "-c", self.SCRIPT, "a.csv", delimiter], cwd=self.folder, capture_output=True,
                                  check=True)
            expected = [[cell or "" for cell in row] for row in json.loads(done.stdout)]
            articles = self.read("a.csv").reports
            self.assertEqual(expected, [[article.get(name) or "" for name in NAMES] for article in articles])


class UseTest(CsvTest):
    def test_a_table_gives_the_same_articles_as_json_lines(self):
        records = made_records(range(300), 60)
        self.write("a.jsonl", jsonl(records))
        self.write("a.csv", write_csv([["text", "id"]] + [[record["text"], record["id"]] for record in records]))
        self.run_program("sketch", "a.jsonl", "--out", "jsonl.sketches")
        for threads in (1, 4):
            self.run_program("sketch", "a.csv", "--out", "csv.sketches", "--threads", threads)
            self.assertEqual((self.folder / "jsonl.sketches").read_bytes(), (self.folder / "csv.sketches").read_bytes())

    def test_bad_rows_are_named_and_the_rest_is_read(self):
        self.write("a.csv", f'id,text\n1,"{FERRY}"\n2,one,more\n3,"{ORCHARD}\n4,"{LIBRARY}"\n5,\n')
        result = self.read("a.csv", status=SKIPPED)
        self.assertEqual(["1", "4"], [article["id"] for article in result.reports][:1] + [result.reports[-1]["id"]])
        self.assertIn("a.csv:2: the row has 3 fields, the header has 2", result.err)
        self.assertIn("a.csv:3: the quote at byte", result.err)

    def test_a_column_that_is_not_there_is_answered_by_those_that_are(self):
        self.write("a.csv", "id,body\n1,x\n")
        result = self.read("a.csv", status=FAILED)
        self.assertIn('its columns are "id", "body"', result.err)
        self.write("b.csv", "id,text\n1,some text\n")
        self.assertIn('its columns are "id", "text"', self.read("b.csv", "--text-field", "body", status=FAILED).err)

    def test_without_a_header_columns_are_numbers(self):
        self.write("a.csv", "7,x,first text\n8,y,second text\n")
        result = self.read("a.csv", "--no-header", "--text-field", "3", "--id-field", "1")
        self.assertEqual([("7", "first text"), ("8", "second text")],
                         [(article["id"], article["text"]) for article in result.reports])
        self.assertIn("1 to 3 (--text-field)", self.read("a.csv", "--no-header", status=FAILED).err)


if __name__ == "__main__":
    unittest.main()
