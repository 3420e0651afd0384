"""Python's answers are the program's, byte for byte: on the samples, and on articles as they come (broken_articles.py)."""

import contextlib
import itertools
import json
import re
import unittest
import warnings

from answers import (GRADES, OFFSETS, SAMPLES, AnswersTest, originals, package, sample_articles, sketch_records, unspin, with_source)
from support import ARTICLES, FERRY_SPUN

try:
    from hypothesis import given
    from hypothesis import strategies as st

    from broken_articles import articles as any_article
    from broken_articles import corpora, texts
    given_corpus, given_corpora = given(corpora), given(corpora, corpora, corpora)
    given_pairs = given(st.lists(st.tuples(any_article(), any_article()), min_size=1, max_size=6))
    given_texts = given(st.lists(st.tuples(texts(), texts()), min_size=1, max_size=6))
except ImportError:
    def given_corpus(test):
        return unittest.skip("no Python package hypothesis; tools/dev/setup installs it: generated input is not tested")(test)
    given_corpora = given_pairs = given_texts = given_corpus

HALF_SIGN = re.compile("[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]")

CHECKS = [({}, []), ({"limit": 1}, ["--limit", "1"]), ({"all": True}, ["--all"]), ({"candidates": 3}, ["--candidates", "3"]),
          ({"prior": 0.01}, ["--prior", "0.01"]), ({"all": True, "limit": 2, "prior": 0.9}, ["--all", "--limit", "2", "--prior", "0.9"])]
DEDUPS = [({}, []), ({"threshold": 0.5}, ["--threshold", "0.5"]), ({"measure": "containment"}, ["--measure", "containment"]),
          ({"measure": "containment", "threshold": 0.3, "shingle": 3}, ["--measure", "containment", "--threshold", "0.3", "--shingle", "3"]),
          ({"prefer": "earliest", "threshold": 0.3}, ["--prefer", "earliest", "--threshold", "0.3"]),
          ({"prefer": "first", "shingle": 1, "threshold": 0.6}, ["--prefer", "first", "--shingle", "1", "--threshold", "0.6"]),
          ({"shingle": 32, "threshold": 0.1}, ["--shingle", "32", "--threshold", "0.1"]), ({"threshold": 1.0}, ["--threshold", "1"]),
          ({"threads": 2}, ["--threads", "2"])]


def quietly(work):
    """Bad records are part of what is tested; their warning is not."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", unspin.BadRecordWarning)
        return work()


def named(articles):
    """The articles that Python takes: an id that is no text is spelled."""
    return [{**article, "id": str(article["id"])} for article in articles]


class SameTest(AnswersTest):
    def assert_lines(self, expected, reports, message=""):
        reports = list(reports)
        for number, (line, report) in enumerate(zip(expected, reports)):
            self.assertEqual(line, report.json, f"{message}, report {number}")
            self.assertEqual(json.loads(line), report)
        self.assertEqual(len(expected), len(reports), message)

    def assert_same_dedup(self, articles, options, arguments):
        file = self.jsonl("articles.jsonl", articles)
        clusters, edges = self.program_dedup(file, *arguments)
        found = quietly(lambda: unspin.dedup(articles, **options))
        self.assertEqual(clusters, dicts(found), options)
        self.assertEqual(edges, dicts(found.edges), options)
        self.assertEqual(edges, dicts(quietly(lambda: unspin.dedup(articles, edges=True, **options))), options)

    def assert_same_sketches(self, articles):
        header, records = self.program_sketches(self.jsonl("articles.jsonl", articles))
        rows = quietly(lambda: list(unspin.sketch(articles)))
        self.assertEqual(records, sketch_records([row.id for row in rows], [row.sketch for row in rows]))
        self.assertEqual(len(rows), int.from_bytes(header[24:32], "little"))

    def assert_same_audit(self, suspects, archive, options=None, arguments=()):
        """`archive`: a folder in the test's own."""
        file = self.jsonl("suspects.jsonl", suspects)
        lines = self.program_audit(file, archive, "--offsets", "codepoint", *arguments)
        with unspin.Archive.open(archive) as opened:
            self.assert_lines(lines, quietly(lambda: list(opened.audit(with_source(suspects, "suspects.jsonl"), **(options or {})))), str(options))

    def assert_same_compare(self, pairs):
        for details, arguments in ((False, []), (True, ["--full"])):
            for offsets in OFFSETS:
                lines = self.program_compare(pairs, "--offsets", offsets, *arguments)
                for number, (line, (original, suspect)) in enumerate(zip(lines, pairs, strict=True), 1):
                    said = json.loads(line)
                    articles = [said["suspect"], *(finding["original"] for finding in said.get("findings", []))]
                    # Python refuses what is no text of a record; in a pair the program takes white space, and U+FFFD for
                    # half of a sign.
                    if "error" in said or HALF_SIGN.search(f"{original['text']}\n{suspect['text']}") or not all(
                            article["words"] for article in articles):
                        with contextlib.suppress(unspin.Error):
                            self.compare(original, suspect, number, details=details, offsets=offsets)
                        continue
                    report = self.compare(original, suspect, number, details=details, offsets=offsets)
                    self.assertEqual(line, report.json, (details, offsets))

    @staticmethod
    def compare(original, suspect, number, **options):
        return unspin.compare({"id": original["id"], "text": original["text"]},
                              {"id": suspect["id"], "text": suspect["text"], "path": "pairs.jsonl", "record": number}, **options)


def only(names, *wanted):
    return {name: value for name, value in names.items() if name in wanted}


def dicts(rows):
    """Rows as the lines of the program, which say `archive` only of a comparison with one."""
    return [{name: value for name, value in row._asdict().items() if name != "archive"} for row in rows]


class Samples(SameTest):
    @classmethod
    def setUpClass(cls):
        cls.articles = sample_articles()

    def test_compare_of_every_sample_with_its_original(self):
        by_id = {article["id"]: article for article in self.articles}
        pairs = [(by_id[f"{story.name}/original.txt"], {"id": f"{story.name}/{grade}.txt", "text": by_id[f"{story.name}/{grade}.txt"]["text"]})
                 for story in sorted(SAMPLES.iterdir()) if story.is_dir() for grade in GRADES]
        self.assertEqual(12 * len(GRADES), len(pairs))
        self.assert_same_compare(pairs)

    def test_compare_of_two_files(self):
        folder = SAMPLES / "rate-decision"
        for suspect in ("spun.txt", "spun.html", "independent.txt"):
            for offsets in OFFSETS:
                line = self.run_program("compare", folder / "original.txt", folder / suspect, "--json", "--offsets", offsets).out.rstrip("\n")
                original = unspin.read(folder / "original.txt")
                self.assertEqual(line, unspin.compare(original, unspin.read(folder / suspect), offsets=offsets).json)

    def test_the_page_of_a_report(self):
        folder = SAMPLES / "rate-decision"
        self.run_program("compare", folder / "original.txt", folder / "spun.txt", "--html", "page.html", "--offsets", "codepoint")
        self.assertEqual(self.out("page.html").decode("utf-8"), unspin.compare(unspin.read(folder / "original.txt"), unspin.read(folder / "spun.txt")).to_html())

    def test_check_with_every_option(self):
        archive = self.program_archive("archive", originals(self.articles))
        suspects = [article for article in self.articles if not article["id"].endswith("/original.txt")]
        file = self.jsonl("suspects.jsonl", suspects)
        with unspin.Archive.open(archive) as opened:
            for options, arguments in CHECKS:
                for offsets in OFFSETS:
                    lines = self.run_program("check", file, "--archive", archive, "--json", "--offsets", offsets, "--quiet", *arguments).out.splitlines()
                    sourced = with_source(suspects, file)
                    self.assert_lines(lines, (opened.check(article, offsets=offsets, **options) for article in sourced), str(options))
                    self.assertEqual(lines[0], unspin.check(sourced[0], archive, offsets=offsets, **options).json)

    def test_audit_with_every_option(self):
        archive = self.program_archive("archive", originals(self.articles))
        for options, arguments in [*CHECKS, ({"details": False}, ["--brief"]), ({"threads": 2}, ["--threads", "2"])]:
            self.assert_same_audit(self.articles, archive, options, arguments)

    def test_align_of_every_sample_with_its_original(self):
        pairs = [((story / "original.txt").read_text(encoding="utf-8"), (story / f"{grade}.txt").read_text(encoding="utf-8"))
                 for story in sorted(SAMPLES.iterdir()) if story.is_dir() for grade in GRADES]
        self.assertEqual(self.program_align(pairs), [unspin.align(original, suspect) for original, suspect in pairs])

    def test_dedup_with_every_option(self):
        for options, arguments in DEDUPS:
            self.assert_same_dedup(self.articles + [{**self.articles[3], "id": "again"}], options, arguments)

    def test_sketches(self):
        self.assert_same_sketches(self.articles)

    def test_similarity_is_that_of_equal_components(self):
        one, other = (row.sketch for row in itertools.islice(unspin.sketch(self.articles), 2))
        self.assertEqual(1.0, unspin.similarity(one, one))
        self.assertAlmostEqual(sum(a == b for a, b in zip(one, other)) / len(one), unspin.similarity(one, other))

    def test_read_of_pages_and_texts(self):
        for path in sorted([*SAMPLES.rglob("*.html"), *SAMPLES.glob("*/original.txt")]):
            expected = json.loads(self.run_program("read", path, "--json", "--quiet").out)
            for source in (path, path.read_bytes(), path.read_text(encoding="utf-8")):
                article = unspin.read(source)
                for field in ("text", "title", "url", "site", "published"):
                    self.assertEqual(expected.get(field, ""), getattr(article, field), (path, type(source), field))

    def test_articles_of_files_of_every_format(self):
        self.jsonl("a.jsonl", self.articles[:5])
        self.write("b.csv", "id,text,published\r\n1,\"A quay, \"\"old\"\" and long.\",2024-01-01\r\n")
        self.write("c.txt", ARTICLES["ferry"])
        self.write("d/e.html", (SAMPLES / "rate-decision" / "spun.html").read_bytes())
        lines = self.run_program("read", "a.jsonl", "b.csv", "c.txt", "d", "--json", "--quiet").reports
        inputs = [self.folder / name for name in ("a.jsonl", "b.csv", "c.txt", "d")]
        rows = list(unspin.articles(*inputs))
        self.assertEqual(len(lines), len(rows))
        for line, row in zip(lines, rows):
            for field in ("text", "title", "url", "site", "published", "fetched"):
                self.assertEqual(line.get(field, ""), getattr(row, field), field)
            self.assertEqual(line["id"], row.id.replace(f"{self.folder}/", ""))

    def test_an_audit_of_what_articles_reads_is_that_of_the_files(self):
        archive = self.program_archive("archive", originals(self.articles))
        file = self.folder / self.jsonl("suspects.jsonl", self.articles)
        lines = self.program_audit(file, archive, "--offsets", "codepoint")
        with unspin.Archive.open(archive) as opened:
            self.assert_lines(lines, opened.audit(unspin.articles(file)))


class Archives(SameTest):
    def assert_same_archive(self, program, python):
        """REQUIRES: what was added in Python is committed."""
        self.assertEqual(self.program_fingerprint(program), self.program_fingerprint(python))
        self.assertEqual(self.run_program("list", program, "--json", "--quiet").out, self.run_program("list", python, "--json", "--quiet").out)
        with unspin.Archive.open(self.folder / python) as opened:
            self.assertEqual([], list(opened.verify()))
            fingerprint, articles = self.program_fingerprint(program)
            self.assertEqual(fingerprint, opened.statistics.fingerprint)
            self.assertEqual(int(articles.split()[0].replace(",", "")), len(opened))
        self.run_program("verify", python)

    def test_adding_removing_merging(self):
        articles = sample_articles()
        first, second = with_source(articles[:40], "program.jsonl"), [{**articles[0], "text": articles[1]["text"]}, articles[2], *articles[40:]]
        with unspin.Archive.create(self.folder / "python") as archive:
            added = archive.add(first)
            self.assertEqual((40, 0, 0, 0), (added.new, added.new_versions, added.unchanged, added.bad))
            archive.commit()
            self.program_archive("program", articles[:40])
            self.assert_same_archive("program", "python")
            added = archive.add(with_source(second, "second.jsonl"))
            archive.commit()
            self.assertEqual((len(second) - 2, 1, 1, 0), (added.new, added.new_versions, added.unchanged, added.bad))
            self.jsonl("second.jsonl", second)
            self.run_program("index", "second.jsonl", "--archive", "program", "--quiet")
            self.assert_same_archive("program", "python")
            gone = [articles[5]["id"], articles[50]["id"], "never there"]
            self.assertEqual(2, archive.remove(gone))
            self.run_program("remove", *gone, "--archive", "program", status=None)
            self.assert_same_archive("program", "python")
            archive.merge()
            self.run_program("merge", "program", "--quiet")
            self.assert_same_archive("program", "python")
            self.assertEqual(archive.statistics.fingerprint, self.program_fingerprint("python")[0])
        self.assert_same_audit(articles, self.folder / "python")

    def test_the_program_adds_to_an_archive_of_python(self):
        articles = sample_articles()
        with unspin.Archive.create(self.folder / "python") as archive:
            archive.add(with_source(articles[:30], "program.jsonl"))
        self.jsonl("rest.jsonl", articles[30:])
        self.run_program("index", "rest.jsonl", "--archive", "python", "--quiet")
        self.program_archive("program", articles[:30])
        self.run_program("index", "rest.jsonl", "--archive", "program", "--quiet")
        self.assert_same_archive("program", "python")

    @given_corpora
    def test_of_generated_articles(self, first, second, suspects):
        self.setUp()  # hypothesis calls it once for all examples
        with unspin.Archive.create(self.folder / "python") as archive:
            for articles in (first, second):
                quietly(lambda: archive.add(with_source(articles, "in.jsonl")))
                self.jsonl("in.jsonl", articles)
                self.run_program("index", "in.jsonl", "--archive", "program", "--quiet", status=None)
        if not (self.folder / "program").exists():
            return
        self.assert_same_archive("program", "python")
        self.assert_same_audit(suspects, self.folder / "python")


class Generated(SameTest):
    @classmethod
    def setUpClass(cls):
        cls.originals = originals(sample_articles())

    @given_pairs
    def test_compare(self, pairs):
        self.assert_same_compare(pairs)

    @given_texts
    def test_align(self, pairs):
        self.assertEqual(self.program_align(pairs), [unspin.align(original, suspect) for original, suspect in pairs])

    @given_corpus
    def test_check(self, suspects):
        self.check_all(suspects, self.originals)

    def check_all(self, suspects, archived):
        archive = self.program_archive("archive", archived)
        if len(suspects) == 1:
            suspects = suspects * 2  # of a file that holds one article the program names the hash
        file = self.jsonl("suspects.jsonl", suspects)
        result = self.run_program("check", file, "--archive", archive, "--json", "--offsets", "codepoint", "--quiet", status=None)
        lines = iter(result.out.splitlines())
        with unspin.Archive.open(archive) as opened:
            for article in with_source(suspects, file):
                try:
                    report = opened.check(article)
                except unspin.Error:
                    continue
                self.assertEqual(next(lines, "no report of the program"), report.json)
        self.assertEqual([], list(lines), "reports that Python refused")

    @given_corpus
    def test_audit(self, suspects):
        self.assert_same_audit(suspects, self.program_archive("archive", self.originals))

    @given_corpus
    def test_dedup(self, articles):
        for options, arguments in DEDUPS[1:6:2]:
            self.assert_same_dedup(articles, options, arguments)

    @given_corpus
    def test_sketch(self, articles):
        self.assert_same_sketches(articles)

    @given_corpus
    def test_bad_records_are_said_in_the_words_of_the_program(self, articles):
        file = self.jsonl("articles.jsonl", articles)
        said = self.run_program("sketch", file, "--out", "s", "--quiet", status=None).err
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            list(unspin.sketch(articles))
        caught = [str(warning.message) for warning in caught if issubclass(warning.category, unspin.BadRecordWarning)]
        problems = {match.split(": ", 1)[1] for match in re.findall(r"articles\.jsonl:\d+: .*", said)}
        self.assertEqual(bool(problems), bool(caught))
        self.assertLessEqual(len(caught), 1, "one warning for all bad records")
        if problems:
            self.assertTrue(any(problem in caught[0] for problem in problems), (problems, caught))


class Inputs(SameTest):
    """The same articles in any container are the same to every function."""

    expected = None

    def setUp(self):
        super().setUp()
        self.articles = sample_articles()[:21]  # three stories, all grades
        if Inputs.expected is None:
            Inputs.expected = self.answers(self.articles)

    def answers(self, data, **names):
        make = data if callable(data) else lambda: data
        with unspin.Archive.create(self.folder / f"archive-{len(list(self.folder.iterdir()))}") as archive:
            archive.add(make(), **names)
            reports = [report.json for report in archive.audit(make(), **names)]
            fingerprint = archive.statistics.fingerprint
        return {"fingerprint": fingerprint, "reports": reports,
                "dedup": dicts(unspin.dedup(make(), threshold=0.3, prefer="earliest", **only(names, "id", "text", "published"))),
                "sketch": [(row.id, list(row.sketch)) for row in unspin.sketch(make(), **only(names, "id", "text"))]}

    def table(self):
        return package("pyarrow").Table.from_pylist(self.articles)

    def same(self, data, **names):
        self.assertEqual(self.expected, self.answers(data, **names))

    def test_iterables(self):
        self.same(tuple(self.articles))
        self.same(lambda: iter(self.articles))
        self.same(lambda: (article for article in self.articles))
        self.same([unspin.Article(**article) for article in self.articles])

    def test_texts_alone_count_from_zero(self):
        texts = [article["text"] for article in self.articles]
        expected = self.answers([{"id": str(number), "text": text} for number, text in enumerate(texts)])
        self.assertEqual(expected, self.answers(texts))
        self.assertEqual(expected, self.answers([(number, text) for number, text in enumerate(texts)]))
        self.assertEqual(expected, self.answers([(str(number), text) for number, text in enumerate(texts)]))
        self.assertEqual(expected, self.answers([{"text": text} for text in texts]))
        self.assertEqual(expected, self.answers(package("pyarrow").table({"text": texts})))

    def test_string_types_of_arrow(self):
        pa = package("pyarrow")
        for kind in (pa.string(), pa.large_string(), pa.string_view(), pa.binary(), pa.large_binary(), pa.binary_view()):
            with self.subTest(kind=str(kind)):
                schema = pa.schema([(name, kind) for name in self.table().column_names])
                self.same(self.table().cast(schema))

    def test_dictionaries_of_arrow(self):
        pa = package("pyarrow")
        for index in (pa.int8(), pa.uint8(), pa.int16(), pa.uint16(), pa.int32(), pa.uint32(), pa.int64(), pa.uint64()):
            for kind in (pa.string(), pa.large_string()):
                with self.subTest(index=str(index), kind=str(kind)):
                    columns = {name: self.table()[name].cast(kind).combine_chunks().dictionary_encode().cast(pa.dictionary(index, kind))
                               for name in self.table().column_names}
                    self.same(pa.table(columns))

    def test_chunks_and_slices(self):
        pa = package("pyarrow")
        table = self.table()
        for size in (1, 3, 7, 39):
            self.same(pa.Table.from_batches(table.to_batches(max_chunksize=size)))
        padded = pa.concat_tables([table.slice(5, 3), table, table.slice(0, 2)])
        self.same(padded.slice(3, len(self.articles)))
        self.same(padded.combine_chunks().slice(3, len(self.articles)))
        empty = table.slice(0, 0)
        self.same(pa.concat_tables([empty, table.slice(0, 11), empty, empty, table.slice(11), empty]))
        self.same(pa.Table.from_batches(table.to_batches(2)))

    def test_a_slice_of_a_dictionary(self):
        pa = package("pyarrow")
        table = self.table()
        table = pa.concat_tables([table.slice(9, 4), table])
        columns = {name: table[name].combine_chunks().dictionary_encode() for name in table.column_names}
        self.same(pa.table(columns).slice(4))

    def test_readers_and_scanners_and_arrays(self):
        pa = package("pyarrow")
        self.same(lambda: self.table().to_reader(max_chunksize=9))
        self.same(lambda: pa.RecordBatchReader.from_batches(self.table().schema, iter(self.table().to_batches(9))))
        self.same(self.table().combine_chunks().to_batches()[0])
        parquet, dataset = package("pyarrow.parquet"), package("pyarrow.dataset")
        parquet.write_table(self.table(), self.folder / "a.parquet", row_group_size=6)
        self.same(lambda: dataset.dataset(self.folder / "a.parquet").scanner(use_threads=False).to_reader())

    def test_nulls(self):
        pa = package("pyarrow")
        rows = [{**article, "text": None if n % 3 == 1 else article["text"], "title": None if n % 2 else article["title"],
                 "published": None if n % 5 == 0 else article["published"]} for n, article in enumerate(self.articles)]
        expected = quietly(lambda: self.answers(rows))
        table = pa.Table.from_pylist(rows)
        self.assertEqual(expected, quietly(lambda: self.answers(table)))
        self.assertEqual(expected, quietly(lambda: self.answers(table.slice(0))))
        for view in (pa.large_string(), pa.string_view()):
            self.assertEqual(expected, quietly(lambda: self.answers(table.cast(pa.schema([(n, view) for n in table.column_names])))))
        columns = {name: table[name].combine_chunks().dictionary_encode() for name in table.column_names}
        self.assertEqual(expected, quietly(lambda: self.answers(pa.table(columns))))

    def test_no_rows_at_all(self):
        pa = package("pyarrow")
        for nothing in ([], self.table().slice(0, 0), pa.table({"id": pa.array([], pa.string()), "text": pa.array([], pa.string_view())})):
            self.assertEqual([], list(unspin.dedup(nothing)))
            self.assertEqual([], list(unspin.dedup(nothing, edges=True)))
            self.assertEqual([], list(unspin.sketch(nothing)))

    def test_integer_ids(self):
        pa = package("pyarrow")
        count = len(self.articles)
        for kind, first in ((pa.int8(), -20), (pa.uint8(), 200), (pa.int16(), -3), (pa.uint16(), 65000), (pa.int32(), -1), (pa.uint32(), 2**32 - count),
                            (pa.int64(), -(2**63)), (pa.uint64(), 2**64 - count)):
            with self.subTest(kind=str(kind)):
                numbers = range(first, first + count)
                expected = self.answers([{**article, "id": number} for article, number in zip(self.articles, numbers)])
                self.assertEqual([str(number) for number in numbers], [row["id"] for row in expected["dedup"]])
                table = self.table()
                self.assertEqual(expected, self.answers(table.set_column(table.column_names.index("id"), "id", pa.array(numbers, kind))))

    def test_dates_and_times(self):
        pa = package("pyarrow")
        import datetime
        days = [datetime.date.fromisoformat(article["published"]) for article in self.articles]
        table = self.table().set_column(self.table().column_names.index("published"), "published", pa.array(days, pa.date32()))
        self.same(table)
        self.same([{**article, "published": day} for article, day in zip(self.articles, days)])
        moments = [datetime.datetime(2024, 1, 1, 10, 30, 15) + datetime.timedelta(hours=7 * n) for n in range(len(days))]
        spelled = [{**article, "published": moment.isoformat()} for article, moment in zip(self.articles, moments)]
        expected = self.answers(spelled)
        for unit in ("s", "ms", "us", "ns"):
            column = pa.array(moments, pa.timestamp(unit))
            self.assertEqual(expected, self.answers(table.set_column(table.column_names.index("published"), "published", column)), unit)
        self.assertEqual(expected, self.answers([{**article, "published": moment} for article, moment in zip(self.articles, moments)]))

    def test_a_zone_moves_no_moment(self):
        pa = package("pyarrow")
        import datetime
        moments = [datetime.datetime(2024, 1, 1, 10, 30, 15, tzinfo=datetime.timezone.utc) + datetime.timedelta(hours=7 * n)
                   for n in range(len(self.articles))]
        table = self.table()
        answers = []
        for zone in ("UTC", "Europe/Berlin"):
            column = pa.array(moments, pa.timestamp("us", zone))
            answers.append(self.answers(table.set_column(table.column_names.index("published"), "published", column))["dedup"])
        answers.append(self.answers([{**a, "published": m.isoformat()} for a, m in zip(self.articles, moments)])["dedup"])
        self.assertEqual(answers[0], answers[1])
        self.assertEqual(answers[0], answers[2])

    def test_polars(self):
        polars = package("polars")
        frame = polars.DataFrame(self.articles)
        self.same(frame)
        self.same(polars.concat([frame[:3], frame[3:20], frame[20:]], rechunk=False))
        self.same(frame.with_columns(polars.col("site").cast(polars.Categorical)))

    def test_pandas(self):
        pandas = package("pandas")
        frame = pandas.DataFrame(self.articles)
        self.same(frame)
        self.same(frame.set_index("id").reset_index())
        shuffled = frame.sample(frac=1, random_state=1)
        self.same(shuffled.sort_index())
        self.same(frame.assign(site=frame["site"].astype("category")))

    def test_duckdb(self):
        duckdb = package("duckdb")
        parquet = package("pyarrow.parquet")
        parquet.write_table(self.table(), self.folder / "a.parquet")
        self.same(lambda: duckdb.sql(f"SELECT * FROM '{self.folder / 'a.parquet'}'"))
        self.same(lambda: duckdb.from_arrow(self.table()))

    def test_other_names_of_columns(self):
        pa = package("pyarrow")
        def plain(report):
            """A report says by which options it was made; its own id is a hash of all."""
            report = json.loads(report) if isinstance(report, str) else report
            return {**report, "id": "", "unspin": {**report["unspin"], "options": {}}}
        columns = ("id", "text", "title", "site", "published")
        expected = self.answers(self.articles)
        table = self.table().select(columns).rename_columns(["key", "body", "headline", "outlet", "day"])
        names = dict(zip(columns, table.column_names))
        for data in (table, table.to_pylist()):
            answers = self.answers(data, **names)
            for reports in (answers["reports"], expected["reports"]):
                reports[:] = [plain(report) for report in reports]
            self.assertEqual(expected, answers)
        self.assertIsInstance(pa.table(unspin.dedup(table, text="body", id="key")), pa.Table)

    def test_columns_of_no_concern_are_left_alone(self):
        pa = package("pyarrow")
        table = self.table()
        count = len(table)
        for name, column in (("list", pa.array([[1, 2]] * count)), ("map", pa.array([{"a": 1}] * count)), ("null", pa.nulls(count)),
                             ("decimal", pa.array([1] * count, pa.decimal128(9, 2))), ("extension", pa.array([b"0" * 16] * count, pa.uuid()))):
            table = table.append_column(name, column)
        self.same(table)

    def test_results_come_out_as_arrow(self):
        pa = package("pyarrow")
        clusters = pa.table(unspin.dedup(self.articles, threshold=0.3, prefer="earliest"))
        self.assertEqual(["id", "cluster", "representative", "similarity"], clusters.column_names)
        self.assertEqual(self.expected["dedup"], clusters.to_pylist())
        sketches = pa.table(unspin.sketch(self.articles))
        kind = sketches.schema.field("sketch").type
        self.assertEqual((pa.uint32(), 128), (kind.value_type, kind.list_size))
        self.assertEqual([sketch for _, sketch in self.expected["sketch"]], sketches["sketch"].to_pylist())
        self.assertEqual(clusters.to_pylist(), package("polars").DataFrame(unspin.dedup(self.articles, threshold=0.3, prefer="earliest")).to_dicts())

    def test_join(self):
        table = self.table()
        joined = package("pyarrow").table(unspin.dedup(table, threshold=0.3, prefer="earliest").join(table))
        self.assertEqual(len(table), len(joined))
        self.assertEqual([article["text"] for article in self.articles], joined["text"].to_pylist())
        self.assertEqual([row["representative"] for row in self.expected["dedup"]], joined["representative"].to_pylist())


class BrokenBytes(SameTest):
    """Bytes that are no UTF-8, which only Arrow can carry, are read as the same bytes in a Parquet file are."""

    BYTES = [b"\xff\xfe", b"\xc3(", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", b"\xe2\x82", b"caf\xe9 au lait", b"\x93quoted\x94", b"a\x00b"]

    def test_binary_columns(self):
        pa, parquet = package("pyarrow"), package("pyarrow.parquet")
        articles = sample_articles()[:20]
        texts = [article["text"].encode() for article in articles]
        for number, piece in enumerate(self.BYTES):
            texts[number] = texts[number][:400] + piece + texts[number][400:] + (piece if number % 2 else b"")
        table = pa.table({"id": [article["id"] for article in articles], "text": pa.array(texts, pa.binary())})
        parquet.write_table(table, self.folder / "a.parquet")
        result = self.run_program("read", "a.parquet", "--json", "--quiet", status=None)
        if "without Arrow" in result.err:
            self.skipTest("this program was built without Arrow, and reads no Parquet to compare with")
        archive = self.program_archive("archive", originals(sample_articles()))
        self.run_program("audit", "a.parquet", "--archive", archive, "--out", "r", "--offsets", "codepoint", "--quiet", status=None)
        table = table.append_column("path", pa.array(["a.parquet"] * len(texts))).append_column("record", pa.array(range(1, len(texts) + 1)))

        def without_format(report):
            report = json.loads(report)
            report.pop("id")
            report["suspect"].get("read", {}).pop("format", None)
            return report
        with unspin.Archive.open(archive) as opened:
            self.assertEqual([without_format(line) for line in self.out("r").decode().splitlines()],
                             [without_format(report.json) for report in quietly(lambda: list(opened.audit(table)))])


if __name__ == "__main__":
    unittest.main()
