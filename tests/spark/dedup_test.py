"""unspin.spark.dedup: the clusters and edges of `unspin dedup`, byte for byte, after any failure and from any cut."""

import gzip
import json
import os
import pathlib
import random
import threading
import unittest
import warnings

import spark_support
import support

COPIES = 3000  # near-duplicates of one article, far above the bucket size that is split


def lines(records):
    return support.jsonl(records).encode()


def made_corpus(count=400, seed=1):
    """Made-up articles, an eighth of them near-duplicates or copies of earlier ones."""
    chance = random.Random(seed)
    records = []
    for number in range(count):
        record = {
            "id": f"a{number}",
            "text": support.made_article(number, 120),
            "published": f"2026-0{number % 9 + 1}-11",
        }
        if number % 8 == 0 and records:
            words = chance.choice(records)["text"].split()
            words[chance.randrange(len(words))] = "altered"
            record["text"] = " ".join(words)
        if number % 31 == 0 and records:
            record["text"] = records[-1]["text"]
        records.append(record)
    return records


def skewed_corpus():
    """A bucket of thousands of near-duplicates: the same article with other numbers in it, and a hundred others."""
    words = support.made_article(1, 120).split()
    records = []
    for number in range(COPIES):
        varied = list(words)
        varied[number % 60] = str(number)
        records.append({"id": f"copy{number}", "text": " ".join(varied)})
    return records + support.made_records(range(100, 200))


class DedupTest(spark_support.SparkTest):
    def write_split(self, records, count):
        """The corpus in `count` files of unlike sizes, in a folder."""
        chance = random.Random(count)
        cuts = sorted(chance.sample(range(1, len(records)), count - 1))
        for number, (begin, end) in enumerate(zip([0, *cuts], [*cuts, len(records)])):
            self.write(f"in/{number:02}.jsonl", lines(records[begin:end]))
        return "in"

    def wanted(self, *inputs, options=(), status=support.DONE):
        self.run_program("dedup", *inputs, "--out", "wanted.jsonl", "--edges", "wanted.edges", *options, status=status)
        return self.bytes_of("wanted.jsonl"), self.bytes_of("wanted.edges")

    def dedup(self, inputs, workdir="work", **options):
        import unspin.spark

        return unspin.spark.dedup(self.spark, inputs, self.folder / workdir, edges=True, **options)

    def assert_files(self, wanted, result):
        self.assertEqual(wanted[0], self.bytes_of(*result.cluster_files))
        self.assertEqual(wanted[1], self.bytes_of(*result.edge_files))

    def counting(self, name="counting", then=""):
        """A program that notes its runs in `runs`, does `then`, and becomes the real one."""
        return self.script(name, f'echo "$1 $2 $3 $4 $5" >> {self.folder}/runs\n{then}\nexec "$UNSPIN" "$@"\n')

    def runs(self, stage=""):
        path = self.folder / "runs"
        found = path.read_text().splitlines() if path.exists() else []
        path.unlink(missing_ok=True)
        return [line for line in found if line.startswith(f"stage {stage}")]


class SameBytes(DedupTest):
    def test_made_corpora_for_any_parts_and_options(self):
        inputs = self.write_split(made_corpus(), 5)
        ways = (
            ({}, ()),
            (
                {
                    "part_bytes": 1,
                    "join_parts": 7,
                    "verify_parts": 3,
                    "cluster_parts": 3,
                    "measure": "containment",
                    "prefer": "earliest",
                },
                ("--measure", "containment", "--prefer", "earliest"),
            ),
            (
                {
                    "part_bytes": 1 << 30,
                    "join_parts": 1,
                    "verify_parts": 1,
                    "threshold": 0.5,
                    "shingle": 3,
                    "prefer": "first",
                },
                ("--threshold", "0.5", "--shingle", "3", "--prefer", "first"),
            ),
        )
        for number, (options, same) in enumerate(ways):
            with self.subTest(options):
                wanted = self.wanted(inputs, options=same)
                self.assertIn(b"similarity", wanted[1])
                self.assert_files(wanted, self.dedup(inputs, f"work{number}", **options))

    def test_the_samples_with_ids_made_of_paths(self):
        os.symlink(support.SAMPLES, "samples")
        wanted = self.wanted("samples", status=support.SKIPPED)  # the labels beside them are no articles
        with self.assertWarnsRegex(Warning, "12 of 99 records"):
            self.assert_files(wanted, self.dedup("samples", part_bytes=4000))

    def test_files_of_several_formats_with_fields_of_other_names(self):
        records = [{"key": record["id"], "body": {"text": record["text"]}} for record in made_corpus(80)]
        self.write("in/b.jsonl.gz", gzip.compress(lines(records[:40])))
        self.write("in/a.json", json.dumps(records[40:]))
        self.write("in/ignored.css", "p {}")
        wanted = self.wanted("in", options=("--id-field", "key", "--text-field", "body.text"))
        self.assert_files(wanted, self.dedup(["in"], id="key", text="body.text", part_bytes=1))
        self.assert_files(wanted, self.dedup(["in/*.json", "in/*.gz"], "patterns", id="key", text="body.text"))

    def test_a_bucket_of_thousands_of_near_duplicates(self):
        inputs = self.write_split(skewed_corpus(), 3)
        told = self.run_program("dedup", inputs, "--out", "-").err
        self.assertNotIn(" 0 hot buckets", told, "the corpus has no skew")
        wanted = self.wanted(inputs)
        self.assert_files(wanted, self.dedup(inputs, join_parts=4, part_bytes=1))
        self.assertLess(wanted[1].count(b"\n"), COPIES**2 // 20, "pairs grow with the square of the bucket")

    def test_the_result_is_two_data_frames(self):
        inputs = self.write_split(made_corpus(), 2)
        result = self.dedup(inputs, cluster_parts=2)
        rows = [row.asDict() for row in result.clusters.orderBy("id").collect()]
        wanted = [json.loads(line) for path in result.cluster_files for line in open(path)]
        self.assertEqual(sorted(wanted, key=lambda row: row["id"]), rows)
        self.assertEqual(400, result.articles)
        self.assertGreater(result.edges.count(), 10)


class Restarted(DedupTest):
    def setUp(self):
        super().setUp()
        self.inputs = self.write_split(made_corpus(), 4)
        self.want = self.wanted(self.inputs)
        self.options = {"part_bytes": 1, "join_parts": 3, "verify_parts": 2}

    def test_finished_parts_are_not_made_again(self):
        self.assert_files(self.want, self.dedup(self.inputs, program=self.counting(), **self.options))
        self.assertEqual(10, len(self.runs()))
        self.assert_files(self.want, self.dedup(self.inputs, program=self.counting(), **self.options))
        self.assertEqual([], self.runs())

    def test_a_half_written_part_is_made_again(self):
        self.dedup(self.inputs, **self.options)
        shingles = self.folder / "work/sketch/00002.shingles"
        shingles.write_bytes(shingles.read_bytes()[:1000])
        (self.folder / "work/join/00003.pairs.done").write_text("{")
        (self.folder / "work/edges/00001.jsonl").unlink()
        self.assert_files(self.want, self.dedup(self.inputs, program=self.counting(), **self.options))
        self.assertEqual(["sketch", "join", "cluster"], [line.split()[1] for line in self.runs()])

    def test_a_task_that_fails_once_is_run_again_by_spark(self):
        flaky = self.counting(
            "flaky", f'if [ "$2" = verify ] && mkdir {self.folder}/failed-once 2> /dev/null; then kill -9 $$; fi'
        )
        self.assert_files(self.want, self.dedup(self.inputs, program=flaky, **self.options))
        self.assertEqual(3, len(self.runs("verify")))

    def test_a_stopped_job_goes_on_and_leaves_no_process(self):
        waiting = self.folder / "waiting"
        os.mkfifo(waiting)
        stuck = self.counting(
            "stuck", f'if [ "$2" = join ] && [ "$5" = 2/3 ]; then echo $$ > {waiting}; exec sleep 600; fi'
        )
        pids = []

        def stop():
            pids.append(int(waiting.read_text()))
            self.spark.sparkContext.cancelAllJobs()

        stopper = threading.Thread(target=stop, daemon=True)
        stopper.start()
        import unspin

        with self.assertRaises(unspin.Error):
            self.dedup(self.inputs, program=stuck, **self.options)
        stopper.join(60)
        self.assertEqual(1, len(pids), "the job ended before the part that was to be stopped began")
        for _ in range(600):  # the worker's end reaches the program some time after the job's
            if (
                not pathlib.Path(f"/proc/{pids[0]}/cmdline").exists()
                or not pathlib.Path(f"/proc/{pids[0]}/cmdline").read_bytes()
            ):
                break
            threading.Event().wait(0.1)
        else:
            self.fail("the program runs although its worker has ended")
        self.runs()
        self.assert_files(self.want, self.dedup(self.inputs, program=self.counting(), **self.options))
        self.assertEqual([], self.runs("sketch"))
        self.assertEqual([], [path for path in self.folder.glob("work/*/*attempt*")])

    def test_the_message_of_the_program_reaches_the_driver(self):
        import unspin

        broken = self.script(
            "broken",
            'if [ "$2" = join ]; then echo "unspin: the disk is made of cheese" >&2; exit 2; fi; exec "$UNSPIN" "$@"',
        )
        with self.assertRaises(unspin.Error) as caught:
            self.dedup(self.inputs, program=broken, **self.options)
        self.assertIn("the disk is made of cheese", str(caught.exception))
        self.assertIn("stage join", str(caught.exception))
        self.assertNotIn("Traceback", str(caught.exception))
        self.assert_files(self.want, self.dedup(self.inputs, **self.options))

    def test_a_missing_program_is_named(self):
        import unspin

        with self.assertRaisesRegex(unspin.Error, "nowhere/unspin.*UNSPIN_PROGRAM"):
            self.dedup(self.inputs, program="nowhere/unspin")
        with self.assertRaisesRegex(unspin.Error, "/bin/false: it does not run as the program unspin"):
            self.dedup(self.inputs, program="/bin/false")

    def test_other_options_are_refused(self):
        self.dedup(self.inputs, **self.options)
        for other in (
            {"threshold": 0.7},
            {"measure": "containment"},
            {"text": "body"},
            {"join_parts": 5},
            {"part_bytes": 1 << 20},
        ):
            with (
                self.subTest(other),
                self.assertRaisesRegex(ValueError, "work: .*then, .* now; name another folder, or say overwrite=True"),
            ):
                self.dedup(self.inputs, **{**self.options, **other})
        result = self.dedup(self.inputs, overwrite=True, **{**self.options, "threshold": 0.6})
        self.assert_files(self.wanted(self.inputs, options=("--threshold", "0.6")), result)

    def test_changed_input_is_refused(self):
        self.dedup(self.inputs, **self.options)
        changes = (
            lambda: self.write("in/00.jsonl", self.bytes_of("in/00.jsonl") + lines(support.made_records([7]))),
            lambda: self.write("in/99.jsonl", lines(support.made_records([8]))),
            lambda: os.remove("in/01.jsonl"),
        )
        for change in changes:
            change()
            with self.assertRaisesRegex(ValueError, "files are new, gone or changed, such as in/"):
                self.dedup(self.inputs, **self.options)
            self.assert_files(self.wanted(self.inputs), self.dedup(self.inputs, overwrite=True, **self.options))

    def test_input_that_changes_during_the_run_is_noticed(self):
        import unspin

        late = self.counting(
            "late",
            f'if [ "$1" = stage ] && mkdir {self.folder}/changed 2> /dev/null\n'
            f"then echo >> {self.folder}/in/03.jsonl; fi",
        )
        with self.assertRaisesRegex(unspin.Error, "in/03.jsonl: the file changed after the dedup began"):
            self.dedup(self.inputs, program=late, **self.options)

    def test_a_folder_of_somebody_else_is_kept(self):
        self.write("work/sketch/precious", "data")
        with self.assertRaisesRegex(ValueError, "name an empty folder"):
            self.dedup(self.inputs, overwrite=True)
        self.assertEqual(b"data", self.bytes_of("work/sketch/precious"))


class BadRecords(DedupTest):
    def test_bad_records_are_counted_and_said_once(self):
        import unspin

        self.write("in/a.jsonl", lines(support.made_records(range(20))) + b"{broken\n")
        self.write("in/b.jsonl", b'{"id": 1, "text": ""}\n' * 50)
        self.write("in/c.jsonl", b"")
        self.write("in/d.jsonl", lines(support.made_records(range(30))))
        wanted = self.wanted("in", status=support.SKIPPED)
        for part_bytes in (1, 1 << 30):
            with (
                self.subTest(part_bytes),
                self.assertWarnsRegex(unspin.BadRecordWarning, r"52 of 102 records.*\n?in/a.jsonl:21"),
            ):
                result = self.dedup("in", f"work{part_bytes}", part_bytes=part_bytes)
                self.assert_files(wanted, result)
                self.assertEqual((50, 52), (result.articles, result.bad))
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            self.dedup("in", "work1", part_bytes=1, max_bad=0.6)
        with self.assertRaisesRegex(unspin.Error, "not valid JSON"):
            self.dedup("in", "strict", strict=True)

    def test_input_without_articles_is_an_error(self):
        import unspin

        self.write("in/a.jsonl", b"{broken\n")
        for path in ("in", self.folder / "in"):
            with self.assertRaisesRegex(unspin.Error, "no article in the input\n.*in/a.jsonl:1"):
                self.dedup(path, overwrite=True)


class Planned(DedupTest):
    def test_progress_is_told(self):
        told = []
        self.dedup(self.write_split(made_corpus(60), 3), part_bytes=1, progress=lambda *about: told.append(about))
        self.assertEqual(
            [("sketch", 3, 3), ("join", 2, 2), ("verify", 2, 2), ("cluster", 1, 1)],
            [about for about in told if about[1] == about[2]],
        )

    def test_a_huge_file_gets_the_cores_of_an_executor_and_small_ones_share_a_part(self):
        from unspin.spark.plan import Slots, make_plan

        files = []
        for number, size in enumerate((1000, 10, 10, 10, 10, 500)):
            self.write(f"in/{number}", "x" * size)
            files.append(f"in/{number}")
        plan = make_plan(files, {}, "", Slots(tasks=8, cores_per_task=1, cores_per_executor=4), part_bytes=50)
        self.assertEqual(([1, 4, 1], [4, 1, 3]), (plan["groups"], plan["sketch_threads"]))

    def test_parts_are_few_for_a_small_corpus_and_of_bounded_size_for_a_large_one(self):
        from unspin.spark.plan import _count_parts

        mib = 1 << 20
        self.assertEqual([1, 1, 2, 4, 8, 2048], [_count_parts(size * mib, 2) for size in (0, 100, 300, 1900, 8000, 1 << 21)])

    def test_names_that_the_program_cannot_read_are_refused(self):
        with self.assertRaisesRegex(ValueError, "mount s3://"):
            self.dedup("s3://bucket/corpus")
        with self.assertRaisesRegex(FileNotFoundError, "nowhere"):
            self.dedup(["nowhere/*.jsonl"])
        inputs = self.write_split(made_corpus(10), 2)
        for name in ("join_parts", "part_bytes", "workers"):
            with self.assertRaisesRegex(ValueError, f"{name} is 0; it is at least 1"):
                self.dedup(inputs, **{name: 0})


if __name__ == "__main__":
    spark_support.run_script()
