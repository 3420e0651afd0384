"""`unspin stage`: the clusters and edges equal those of `unspin dedup` for any files and parts; mistakes are named."""

import json
import os
import random
import re
import shutil
import subprocess
import unittest

import support
from growth_test import edited
from support import PROGRAM, SAMPLES, jsonl, made_article, made_records

STAGES = ("sketch", "join", "verify", "cluster", "plan")


def sample_records():
    """Every text of the committed samples: copies, edits, excerpts and rewrites of the originals."""
    paths = sorted(path for path in SAMPLES.rglob("*.txt"))
    return [{"id": "/".join(path.parts[-2:]), "text": path.read_text(encoding="utf-8"), "published": f"2024-01-{n % 28 + 1:02}"}
            for n, path in enumerate(paths)]


def made_corpus():
    """Originals, near and equal ones, excerpts, texts without shingles, and a bucket of boilerplate, shuffled."""
    records = made_records(range(80))
    texts = {record["id"]: record["text"] for record in records}
    page = made_article(1000, 300)
    for number in range(30):
        texts[f"near-{number}"] = edited(texts[f"made-{number}"], number, 2 + number % 12)
        texts[f"same-{number}"] = texts[f"made-{number + 30}"]
        texts[f"part-{number}"] = texts[f"made-{number + 40}"][:600]
    for number in range(150):
        texts[f"page-{number}"] = page + " " + made_article(2000 + number, 14)
    for number, text in enumerate(("!", "One word", "one WORD", "?!", "Only four words here")):
        texts[f"short-{number}"] = text
    rows = [{"id": key, "text": text, "published": f"2024-{1 + n % 12:02}-01"} for n, (key, text) in enumerate(texts.items())]
    random.Random(7).shuffle(rows)
    return rows


class StagesTest(support.ProgramTest):
    def write_split(self, records, cuts):
        """The corpus in files, cut before each of `cuts`; returns their names, in order."""
        edges = [0, *(cut for cut in cuts if cut < len(records)), len(records)]
        return [self.write(f"in-{n:02}.jsonl", jsonl(records[begin:end])) for n, (begin, end) in enumerate(zip(edges, edges[1:]))]

    def stage(self, name, *arguments, **options):
        return self.run_program("stage", name, *arguments, **options)

    def sketch(self, inputs, *options):
        for name in inputs:
            self.stage("sketch", name, "--out", name + ".shingles", *options)
        return [name + ".shingles" for name in inputs]

    def parts(self, stage, files, count, *options):
        """All parts of a stage, the last first; returns their files."""
        for i in range(count, 0, -1):
            self.stage(stage, *files, "--part", f"{i}/{count}", "--out", f"{stage}-{i}", *options)
        return [f"{stage}-{i}" for i in range(1, count + 1)]

    def bytes_of(self, *names):
        return b"".join((self.folder / name).read_bytes() for name in names)


class Equal(StagesTest):
    SHAPES = (([], 1, 1, 1), ([1], 2, 3, 2), ([10, 11, 37, 90], 7, 5, 3), ([60], 40, 1, 7))
    WAYS = ((), ("--threshold", "0.6", "--prefer", "earliest"), ("--shingle", "3", "--prefer", "first"),
            ("--measure", "containment"), ("--measure", "containment", "--threshold", "0.5", "--prefer", "earliest"))

    def assert_equal_to_dedup(self, records, way, shape):
        cuts, joins, verifies, clusters = shape
        inputs = self.write_split(records, cuts)
        self.run_program("dedup", *inputs, "--out", "clusters.jsonl", "--edges", "edges.jsonl", *way)
        shingles = self.sketch(inputs, *way)
        pairs = self.parts("join", shingles, joins)
        edges = self.parts("verify", shingles + pairs, verifies)
        self.stage("cluster", *edges, *shingles, "--out", "whole.jsonl", "--edges", "whole.edges")
        self.assertEqual(self.bytes_of("clusters.jsonl"), self.bytes_of("whole.jsonl"))
        self.assertEqual(self.bytes_of("edges.jsonl"), self.bytes_of("whole.edges"))
        for i in range(1, clusters + 1):
            self.stage("cluster", *shingles, *edges, "--part", f"{i}/{clusters}", "--out", f"lines-{i}", "--edges", f"edges-{i}")
        numbers = range(1, clusters + 1)
        self.assertEqual(self.bytes_of("clusters.jsonl"), self.bytes_of(*(f"lines-{i}" for i in numbers)))
        self.assertEqual(self.bytes_of("edges.jsonl"), self.bytes_of(*(f"edges-{i}" for i in numbers)))
        self.assertEqual([], [path.name for path in self.folder.iterdir() if "tmp" in path.name or "scratch" in path.name])

    def test_the_samples_for_any_split_and_any_parts(self):
        records = sample_records()
        for way in self.WAYS:
            for shape in self.SHAPES:
                with self.subTest(way=way, shape=shape):
                    self.assert_equal_to_dedup(records, way, shape)
        self.assertIn(b"similarity", self.bytes_of("edges.jsonl"))

    def test_near_duplicates_and_a_hot_bucket_for_any_split_and_any_parts(self):
        records = made_corpus()
        self.write("all.jsonl", jsonl(records))
        for way in self.WAYS:
            told = self.run_program("dedup", "all.jsonl", "--out", "out.jsonl", *way).err
            self.assertNotIn(" 0 hot buckets", told, "the corpus has no hot bucket")
            self.assertNotIn("(0 of them exact)", told)
            for shape in self.SHAPES:
                with self.subTest(way=way, shape=shape):
                    self.assert_equal_to_dedup(records, way, shape)

    def test_a_threshold_of_one(self):
        for way in (("--threshold", "1"), ("--threshold", "1", "--measure", "containment")):
            with self.subTest(way):
                self.assert_equal_to_dedup(made_corpus(), way, ([50], 3, 2, 2))
                self.assertEqual({1}, {json.loads(line)["similarity"] for line in self.bytes_of("clusters.jsonl").splitlines()})
        self.assertTrue(self.bytes_of("edges.jsonl"), "an excerpt is contained in the whole")

    def test_many_more_parts_than_bands(self):
        self.assert_equal_to_dedup(made_corpus(), (), ([50], 150, 2, 1))

    def test_the_number_of_threads_changes_only_the_order_of_pairs(self):
        inputs = self.write_split(made_corpus(), [100])
        for threads in (1, 2, 5):
            shingles = self.sketch(inputs, "--threads", threads)
            pairs = self.parts("join", shingles, 3, "--threads", threads)
            edges = self.parts("verify", shingles + pairs, 2, "--threads", threads)
            self.stage("cluster", *shingles, *edges, "--out", f"{threads}.jsonl", "--edges", f"{threads}.edges")
            shutil.copy(self.folder / shingles[0], self.folder / f"{threads}.shingles")
            shutil.copy(self.folder / edges[0], self.folder / f"{threads}.verified")
        for kind in ("jsonl", "edges", "shingles", "verified"):
            self.assertEqual(1, len({self.bytes_of(f"{threads}.{kind}") for threads in (1, 2, 5)}), kind)

    def test_one_article_and_more_parts_than_articles(self):
        for count in (1, 2):
            with self.subTest(count):
                self.assert_equal_to_dedup(made_records(range(count)), (), ([], 2, 2, 3))
                self.stage("cluster", "in-00.jsonl.shingles", "verify-1", "verify-2", "--out", "-")


class HigherThreshold(StagesTest):
    def edges_of(self, name):
        return {(row["a"], row["b"]): row["similarity"] for row in map(json.loads, self.bytes_of(name).splitlines())}

    def test_the_stage_that_is_told_a_higher_threshold_does_not_matter(self):
        """Told join, verify or cluster, the clusters are the same, whatever the parts: those of the edges that reach it."""
        inputs = self.write_split(made_corpus(), [40, 170])
        for measure in ("jaccard", "containment"):
            shingles = self.sketch(inputs, "--threshold", "0.5", "--measure", measure)
            pairs = self.parts("join", shingles, 3)
            edges = self.parts("verify", shingles + pairs, 2)
            self.stage("cluster", *shingles, *edges, "--out", "low.jsonl", "--edges", "low.edges")
            self.assertGreater(len(self.edges_of("low.edges")), 50)
            for threshold in ("0.5", "0.6", "0.75", "0.8", "0.9", "1"):
                with self.subTest(measure=measure, threshold=threshold):
                    told = ("--threshold", threshold)
                    self.stage("cluster", *shingles, *edges, *told, "--out", "cluster.jsonl", "--edges", "cluster.edges")
                    self.stage("verify", *shingles, *pairs, *told, "--out", "high.verified")
                    self.stage("cluster", *shingles, "high.verified", "--out", "verify.jsonl", "--edges", "verify.edges")
                    self.stage("join", *shingles, *told, "--out", "high.pairs")
                    self.stage("verify", *shingles, "high.pairs", "--out", "joined.verified")
                    self.stage("cluster", *shingles, "joined.verified", "--out", "join.jsonl", "--edges", "join.edges")
                    for kind in ("jsonl", "edges"):
                        self.assertEqual(self.bytes_of(f"verify.{kind}"), self.bytes_of(f"cluster.{kind}"))
                        self.assertEqual(self.bytes_of(f"verify.{kind}"), self.bytes_of(f"join.{kind}"))
                    high = self.edges_of("cluster.edges")
                    margin = 1e-5  # similarities are printed with six digits
                    low = self.edges_of("low.edges")
                    self.assertTrue({pair for pair, share in low.items() if share >= float(threshold) + margin} <= high.keys())
                    self.assertTrue(high.keys() <= {pair for pair, share in low.items() if share >= float(threshold) - margin})

    def test_no_fewer_edges_than_a_dedup_at_that_threshold(self):
        """Buckets of boilerplate are split by other bands, so that other pairs of them are compared; all else is found."""
        inputs = self.write_split(made_corpus(), [100])
        shingles = self.sketch(inputs, "--threshold", "0.5")
        pairs = self.parts("join", shingles, 2)
        for threshold in ("0.7", "0.8", "0.9"):
            self.stage("verify", *shingles, *pairs, "--threshold", threshold, "--out", "edges")
            self.stage("cluster", *shingles, "edges", "--out", "out.jsonl", "--edges", "staged.edges")
            self.run_program("dedup", *inputs, "--out", "dedup.jsonl", "--edges", "dedup.edges", "--threshold", threshold)
            dedup, staged = self.edges_of("dedup.edges"), self.edges_of("staged.edges")
            self.assertGreaterEqual(len(staged), len(dedup), threshold)
            self.assertEqual([], [pair for pair in dedup if pair not in staged and not all(key.startswith("page-") for key in pair)])

    def test_a_lower_threshold_than_that_of_any_file_is_refused(self):
        inputs = self.write_split(made_corpus(), [])
        shingles = self.sketch(inputs, "--threshold", "0.6")
        pairs = self.parts("join", shingles, 1)
        self.stage("verify", *shingles, *pairs, "--threshold", "0.8", "--out", "edges")
        for stage, files in (("join", shingles), ("verify", shingles + pairs), ("cluster", [*shingles, "edges"])):
            self.refused("stage", stage, *files, "--threshold", "0.5", "--out", "out",
                         names=[shingles[0], "--threshold 0.6", "--threshold 0.5", "less similar pairs", "stage sketch"])
        self.refused("stage", "cluster", *shingles, "edges", "--threshold", "0.7", "--out", "out",
                     names=["edges: made with --threshold 0.8", "--threshold 0.7"])
        for value in ("0", "1.01", "nan", "80"):
            self.refused("stage", "cluster", *shingles, "edges", "--threshold", value, "--out", "out", names="--threshold")

    def test_parts_of_different_thresholds_are_refused(self):
        inputs = self.write_split(made_corpus(), [])
        shingles = self.sketch(inputs)
        pairs = self.parts("join", shingles, 1)
        self.stage("verify", *shingles, *pairs, "--part", "1/2", "--out", "first")
        self.stage("verify", *shingles, *pairs, "--part", "2/2", "--threshold", "0.9", "--out", "second")
        self.refused("stage", "cluster", *shingles, "first", "second", "--out", "out",
                     names=["first", "second", "--threshold 0.8", "--threshold 0.9"])


class Plan(StagesTest):
    def plan(self, *arguments):
        return json.loads(self.stage("plan", *arguments, "--json").out)

    def test_its_commands_make_the_clusters_of_dedup(self):
        programs = self.folder / "programs"
        programs.mkdir()
        (programs / "unspin").symlink_to(PROGRAM)
        environment = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
        records = made_corpus()
        self.write("corpus/a.jsonl", jsonl(records[:100]))
        self.write("corpus/b.jsonl", jsonl(records[100:]))
        (self.folder / "work").mkdir()
        way = ("--threshold", "0.9")
        told = ("--articles", len(records), "--bytes", "1e6", "--workers", "2", *way)
        commands = [stage["command"] for stage in self.plan(*told)["stages"]]
        self.assertEqual(4, len(commands))
        for command in commands:
            done = subprocess.run(["bash", "-euc", command], cwd=self.folder, env=environment, capture_output=True, text=True)
            self.assertEqual(0, done.returncode, done.stderr)
            self.assertIn(command, self.stage("plan", *told).out)
        self.run_program("dedup", "corpus", "--out", "wanted.jsonl", *way)
        self.assertEqual(self.bytes_of("wanted.jsonl"), self.bytes_of("clusters.jsonl"))

    def test_predicts_the_size_of_the_files(self):
        records = made_records(range(2000))
        self.write("in.jsonl", jsonl(records))
        size = sum(len(record["text"]) for record in records)
        plan = self.plan("--articles", 2000, "--bytes", size, "--workers", 1)
        self.sketch(["in.jsonl"])
        written = (self.folder / "in.jsonl.shingles").stat().st_size
        self.assertTrue(1 / 1.5 < plan["stages"][0]["written_bytes"] / written < 1.5, (plan["stages"][0], written))
        self.assertTrue(all({"name", "value", "unit"} == constant.keys() for constant in plan["constants"]))

    def test_the_plans_that_documents_show_are_those_that_are_printed(self):
        for name in ("stages.md", "scale.md"):
            document = (support.SOURCE / "docs" / name).read_text(encoding="utf-8")
            plans = re.findall(r"^\$ unspin stage (plan .*)\n((?:.*\n)+?)```$", document, re.M)
            self.assertTrue(plans, name)
            for command, lines in plans:
                self.assertEqual(lines, self.stage(*command.split()).out[:len(lines)], name)

    def test_more_articles_than_a_corpus_can_have_are_cut(self):
        self.assertEqual(3, self.plan("--articles", "1e10", "--bytes", "4e13", "--workers", 1000)["corpora"])
        self.assertIn("into 3", self.stage("plan", "--articles", "1e10", "--bytes", "4e13", "--workers", 1000).out)

    def test_nonsense_is_refused_by_the_name_of_the_option(self):
        good = {"--articles": "1e6", "--bytes": "1e9", "--workers": "4"}
        for option, value in (("--articles", "0"), ("--articles", "-5"), ("--articles", "1.5"), ("--articles", "nan"),
                              ("--articles", "1e300"), ("--bytes", "7"), ("--bytes", "many"), ("--workers", "0"),
                              ("--threshold", "0.5"), ("--threshold", "2")):
            with self.subTest(option=option, value=value):
                arguments = [f"{name}={word}" for name, word in {**good, option: value}.items()]
                self.refused("stage", "plan", *arguments, names=option)
        self.refused("stage", "plan", "--articles", "1e6", names="--bytes")


class Refused(StagesTest):
    def setUp(self):
        super().setUp()
        self.inputs = self.write_split(made_corpus(), [60, 200])
        self.shingles = self.sketch(self.inputs)
        self.pairs = self.parts("join", self.shingles, 3)
        self.edges = self.parts("verify", self.shingles + self.pairs, 3)

    def refused_stage(self, name, *arguments, names):
        """The stage must be refused and leave no file."""
        before = sorted(path.name for path in self.folder.iterdir())
        self.refused("stage", name, *arguments, "--out", "refused", names=names)
        self.assertEqual(before, sorted(path.name for path in self.folder.iterdir()))

    def test_a_missing_part(self):
        self.refused_stage("cluster", *self.shingles, self.edges[0], self.edges[2], names=["part 2 of 3", "edges", "--part 2/3"])
        self.refused_stage("verify", *self.shingles, *self.pairs[:2], names=["part 3 of 3", "pairs", "join --part 3/3"])
        self.refused_stage("verify", *self.shingles, names="stage join")
        self.refused_stage("cluster", *self.shingles, names="stage verify")
        self.refused_stage("cluster", *self.edges, names="stage sketch")

    def test_the_same_file_twice(self):
        self.refused_stage("join", *self.shingles, self.shingles[1], names=[self.shingles[1], "twice"])
        os.symlink(self.folder / self.shingles[0], self.folder / "link")
        self.refused_stage("join", *self.shingles, "link", names=["link", "twice"])
        self.refused_stage("verify", *self.shingles, *self.pairs, self.pairs[0], names=[self.pairs[0], "each part once"])
        self.refused_stage("cluster", *self.shingles, *self.edges, self.edges[2], names=[self.edges[2], "each part once"])

    def test_parts_of_different_wholes(self):
        self.stage("join", *self.shingles, "--part", "1/2", "--out", "half")
        self.refused_stage("verify", *self.shingles, "half", *self.pairs[1:], names=["half", self.pairs[1], "one whole"])

    def test_other_options(self):
        for option, value, was in (("--threshold", "0.7", "--threshold 0.8"), ("--shingle", "4", "--shingle 5"),
                                   ("--measure", "containment", "--measure jaccard"), ("--prefer", "first", "--prefer longest")):
            self.stage("sketch", self.inputs[0], "--out", "other", option, value)
            self.refused_stage("join", *self.shingles[1:], "other", names=["other", self.shingles[1], f"{option} {value}", was])
            self.stage("join", "other", "--out", "other.pairs")
            self.refused_stage("verify", *self.shingles, "other.pairs", names=["other.pairs", f"{option} {value}", was])
            for stage, files in (("join", self.shingles), ("verify", self.shingles + self.pairs), ("cluster", self.shingles + self.edges)):
                self.refused_stage(stage, *files, option, value, names=[self.shingles[0], f"{option} {value}", was, "leave the option out"])
        self.stage("cluster", *self.shingles, *self.edges, "--threshold", "0.8", "--measure", "jaccard", "--shingle", "5", "--prefer",
                   "longest", "--out", "fine")

    def test_files_of_another_corpus_or_in_another_order(self):
        swapped = [self.shingles[1], self.shingles[0], self.shingles[2]]
        self.refused_stage("verify", *swapped, *self.pairs, names=[self.pairs[0], "another order"])
        self.refused_stage("cluster", *self.shingles[:2], *self.edges, names=[self.edges[0], "other files of shingles"])

    def test_files_of_another_kind(self):
        self.refused_stage("join", *self.shingles, self.pairs[0], names=[self.pairs[0], "holds pairs"])
        self.refused_stage("verify", *self.shingles, *self.edges, names=[self.edges[0], "holds edges"])
        self.refused_stage("join", self.inputs[0], names=[self.inputs[0], "not a file of the stages"])
        self.run_program("sketch", self.inputs[0], "--out", "sketches")
        self.refused_stage("join", "sketches", names=["sketches", "not a file of the stages"])

    def test_malformed_parts(self):
        for part in ("0/3", "4/3", "2", "a/b", "1/0", "-1/3", "1/3x", "1/9999999"):
            self.refused_stage("join", *self.shingles, f"--part={part}", names=["--part", "2/3"])

    def test_a_device_is_not_replaced_by_a_file(self):
        self.refused("stage", "join", *self.shingles, "--out", "/dev/null", names="/dev/null")
        self.assertFalse(os.path.isfile("/dev/null"))

    def test_truncated_and_damaged_files(self):
        """A stage refuses a damaged file with a message, or its result does not depend on the damaged bytes."""
        chance = random.Random(3)
        self.stage("cluster", *self.shingles, *self.edges, "--out", "fine")
        runs = {"join": (self.shingles, self.shingles[:1]), "verify": (self.shingles + self.pairs, [self.shingles[0], self.pairs[0]]),
                "cluster": (self.shingles + self.edges, [self.shingles[0], self.edges[0]])}
        for stage, (files, victims) in runs.items():
            self.stage(stage, *files, "--out", "whole")
            whole = self.bytes_of("whole")
            for victim in victims:
                good = (self.folder / victim).read_bytes()
                self.assertGreater(len(good), 1000)
                for size in (0, 7, 64, 500, len(good) // 2, len(good) - 1):
                    self.write(victim, good[:size])
                    self.refused_stage(stage, *files, names=victim)
                self.write(victim, good + b"\0")
                self.refused_stage(stage, *files, names=victim)
                refused = 0
                places = [*range(0, 64, 5), *(chance.randrange(len(good)) for _ in range(40))]
                for at in places:
                    self.write(victim, good[:at] + bytes([good[at] ^ 0x10]) + good[at + 1:])
                    done = self.stage(stage, *files, "--out", "again", status=None)
                    if done.status == support.FAILED:
                        self.assertIn(victim, done.err)
                        refused += 1
                    else:
                        self.assertEqual((support.DONE, whole), (done.status, self.bytes_of("again")))
                self.assertGreater(refused, 12)
                self.write(victim, good)


class Files(StagesTest):
    def test_the_examples_of_the_document_work(self):
        document = (support.SOURCE / "docs" / "stages.md").read_text(encoding="utf-8")
        (shell,), (makefile,) = (re.findall(rf"^```{language}\n(.*?)^```$", document, re.M | re.S) for language in ("sh", "make"))
        programs = self.folder / "programs"
        programs.mkdir()
        (programs / "unspin").symlink_to(PROGRAM)
        environment = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
        records = made_corpus()
        for n in range(5):
            self.write(f"corpus/{n}.jsonl", jsonl(records[n * 60:(n + 1) * 60]))
        self.run_program("dedup", "corpus", "--out", "wanted.jsonl", "--edges", "wanted.edges")
        self.write("Makefile", makefile)
        for command in (["bash", "-euc", shell], ["make", "-j", "4"]):
            with self.subTest(command[0]):
                if shutil.which(command[0]) is None:
                    self.skipTest(f"no {command[0]} here")
                shutil.rmtree(self.folder / "work", ignore_errors=True)
                for name in ("clusters.jsonl", "edges.jsonl"):
                    (self.folder / name).unlink(missing_ok=True)
                done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True)
                self.assertEqual(0, done.returncode, done.stderr)
                self.assertEqual(self.bytes_of("wanted.jsonl"), self.bytes_of("clusters.jsonl"))
                self.assertEqual(self.bytes_of("wanted.edges"), self.bytes_of("edges.jsonl"))

    def test_each_stage_explains_itself_with_two_examples(self):
        for stage in STAGES:
            with self.subTest(stage):
                examples = support.examples(self.stage(stage, "--help").out)
                self.assertEqual(2, len(examples))
                self.assertTrue(all(f"unspin stage {stage}" in example for example in examples), examples)
        self.refused("stage", "paint", names="paint")

    def test_bad_records_are_counted_and_strict_leaves_no_file(self):
        self.write("in.jsonl", jsonl(made_records(range(3))) + "{broken\n")
        told = self.stage("sketch", "in.jsonl", "--out", "out", status=support.SKIPPED)
        self.assertIn("3 articles, 1 bad records", told.err)
        self.stage("join", "out", "--out", "pairs")
        self.refused("stage", "sketch", "in.jsonl", "--out", "strict", "--strict", names="in.jsonl")
        self.assertEqual(["in.jsonl", "out", "pairs"], sorted(path.name for path in self.folder.iterdir()))

    def test_a_killed_run_leaves_no_partial_file(self):
        self.write("in.jsonl", jsonl(made_records(range(2000))))
        chance = random.Random(5)
        killed = 0
        for _ in range(20):
            process = subprocess.Popen([str(PROGRAM), "stage", "sketch", "in.jsonl", "--out", "out", "--quiet"], cwd=self.folder)
            try:
                process.wait(chance.random() * 0.1)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                killed += 1
            if (self.folder / "out").exists():
                self.stage("join", "out", "--out", "pairs")
                (self.folder / "out").unlink()
        self.assertGreater(killed, 3)


if __name__ == "__main__":
    unittest.main()
