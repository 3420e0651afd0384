"""Whole corpora: dedup, sketch and audit give the program's answers, whatever the container and the number of threads."""

import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cli"))
import support  # noqa: E402
from support import ARTICLES, FERRY, FERRY_SPUN, made_records  # noqa: E402

import unspin  # noqa: E402

MARKUP = {"id": "markup", "text": "<p>" + FERRY.replace("\n\n", "</p><p>") + "</p>", "title": "Fish &amp; chips"}
MOJIBAKE = {"id": "mojibake", "text": FERRY.replace("not everyone", "“not” everyone").encode().decode("cp1252", "replace")}


def container(name, records):
    """The records as a table of the package `name`."""
    try:
        if name == "duckdb":
            import duckdb
            import pyarrow
            return duckdb.connect().from_arrow(pyarrow.Table.from_pylist(records))
        package = __import__(name)
        return package.Table.from_pylist(records) if name == "pyarrow" else package.DataFrame(records)
    except ImportError:
        raise unittest.SkipTest(f"no Python package {name}; tools/dev/setup installs it") from None


class CorpusTest(support.ProgramTest):
    def setUp(self):
        super().setUp()
        made = made_records(range(60), words=60)
        self.records = [*made, *({"id": "again-" + record["id"], "text": record["text"] + " The end."} for record in made[::3]),
                        *({"id": name, "text": text} for name, text in ARTICLES.items()), {"id": "spun", "text": FERRY_SPUN}, MARKUP,
                        MOJIBAKE]
        self.write("corpus.jsonl", support.jsonl(self.records))

    def test_clusters_are_those_of_the_program(self):
        self.run_program("dedup", "corpus.jsonl", "--out", "clusters.jsonl", "--edges", "edges.jsonl", "--quiet")
        clusters, edges = ([json.loads(line) for line in (self.folder / name).read_text(encoding="utf-8").splitlines()]
                           for name in ("clusters.jsonl", "edges.jsonl"))
        for threads in (1, 3):
            found = unspin.dedup(iter(self.records), threads=threads)
            self.assertEqual(clusters, [{name: getattr(row, name) for name in ("id", "cluster", "representative", "similarity")}
                                        for row in found])
            self.assertEqual(edges, [{"a": edge.a, "b": edge.b, "similarity": edge.similarity} for edge in found.edges])
            self.assertEqual((len(self.records), 0), found.summary[:2])
        self.assertEqual(list(found.edges), list(unspin.dedup(self.records, edges=True)))

    def test_reports_are_those_of_the_program(self):
        self.write("originals.jsonl", support.jsonl([{"id": name, "text": text} for name, text in ARTICLES.items()]))
        self.run_program("index", "originals.jsonl", "--archive", "archive", "--quiet")
        self.run_program("audit", "corpus.jsonl", "--archive", "archive", "--out", "reports.jsonl", "--offsets", "codepoint", "--quiet")
        lines = (self.folder / "reports.jsonl").read_text(encoding="utf-8").splitlines()
        suspects = [{**record, "path": "corpus.jsonl", "record": number} for number, record in enumerate(self.records, 1)]
        archive = unspin.Archive.open(self.folder / "archive")
        for threads in (1, 3):
            self.assertEqual(lines, [report.json for report in archive.audit(suspects, threads=threads)])
        self.assertEqual(lines, [archive.check(suspect).json for suspect in suspects])

    def test_files_that_articles_reads_give_the_same(self):
        self.assertEqual(list(unspin.dedup(self.records)), list(unspin.dedup(unspin.articles(self.folder / "corpus.jsonl"))))

    def test_tables_of_every_package_give_the_same(self):
        expected = list(unspin.dedup(self.records))
        for name in ("pyarrow", "polars", "pandas", "duckdb"):
            with self.subTest(package=name):
                records = [{"id": record["id"], "text": record["text"]} for record in self.records]
                table = container(name, records)
                clusters = unspin.dedup(table)
                self.assertEqual(expected, list(clusters))
                joined = clusters.join(table)
                self.assertEqual("pyarrow" if name == "duckdb" else name, type(joined).__module__.split(".")[0])
                self.assertEqual([row.representative for row in expected], list(map(str, joined["representative"])))

    def test_rows_of_one_id_are_apart(self):
        clusters = unspin.dedup([{"id": "x", "text": FERRY}, {"id": "x", "text": ARTICLES["orchard"]}])
        self.assertEqual([1, 2], [row.cluster for row in clusters])

    def test_options_reach_the_clusters(self):
        dated = [{"id": "late", "text": FERRY + " More.", "published": "2026-03-02"}, {"id": "early", "text": FERRY, "published": "2026-03-01"}]
        self.assertEqual({"late"}, {row.representative for row in unspin.dedup(dated)})
        self.assertEqual({"early"}, {row.representative for row in unspin.dedup(dated, prefer="earliest")})
        part = [FERRY, FERRY[:500]]
        self.assertEqual(2, unspin.dedup(part).summary.clusters)
        self.assertEqual(1, unspin.dedup(part, measure="containment", threshold=0.9).summary.clusters)

    def test_a_text_is_plain_if_it_is_said_to_be(self):
        page = ["<p>" + FERRY + "</p>"]
        plain, found = (next(iter(unspin.sketch(page, text_is=kind))).sketch for kind in ("plain", "auto"))
        self.assertNotEqual(plain, found)
        self.assertEqual(found, next(iter(unspin.sketch(page, text_is="html"))).sketch)


if __name__ == "__main__":
    unittest.main()
