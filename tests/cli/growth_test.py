"""Commands that came after check: dedup, sketch, remove and merge, and `audit --resume`; also archives after `kill -9`."""

import fcntl
import json
import os
import random
import re
import signal
import struct
import subprocess
import time
import unittest

import support
from support import ARTICLES, FERRY, FERRY_SPUN, ORCHARD, PROGRAM, jsonl, made_article, made_records


def shingles(text, k=5):
    words = re.findall(r"[a-z0-9]+", text.lower())
    return {tuple(words[i:i + k]) for i in range(len(words) - k + 1)}


def jaccard(a, b):
    return len(a & b) / len(a | b)


def edited(text, number, changes):
    """The text with some words replaced, the same for the same number."""
    chance = random.Random(number)
    words = text.split(" ")
    for _ in range(changes):
        words[chance.randrange(len(words))] = chance.choice(support.WORDS)
    return " ".join(words)


class Dedup(support.ProgramTest):
    def corpus(self):
        records = made_records(range(60))
        texts = {record["id"]: record["text"] for record in records}
        for number in range(20):
            texts[f"near-{number}"] = edited(texts[f"made-{number}"], number, 3 + number % 9)
            texts[f"same-{number}"] = texts[f"made-{number + 20}"]
        self.write("corpus.jsonl", jsonl([{"id": key, "text": text} for key, text in texts.items()]))
        return texts

    def lines(self, name):
        return [json.loads(line) for line in (self.folder / name).read_text().splitlines()]

    def test_pairs_above_the_threshold_are_found_with_exact_similarities(self):
        texts = self.corpus()
        self.run_program("dedup", "corpus.jsonl", "--out", "clusters.jsonl", "--edges", "edges.jsonl", "--threshold", "0.7")
        sets = {key: shingles(text) for key, text in texts.items()}
        rows = self.lines("clusters.jsonl")
        self.assertEqual(list(texts), [row["id"] for row in rows])
        for row in rows:
            true = jaccard(sets[row["id"]], sets[row["representative"]])
            self.assertAlmostEqual(true, row["similarity"], places=4, msg=row)
            self.assertGreaterEqual(true, 0.7)
        edges = {frozenset((edge["a"], edge["b"])): edge["similarity"] for edge in self.lines("edges.jsonl")}
        wanted = {f"near-{number}": jaccard(sets[f"near-{number}"], sets[f"made-{number}"]) for number in range(20)}
        self.assertTrue(any(share >= 0.7 for share in wanted.values()) and any(share < 0.7 for share in wanted.values()))
        for key, share in wanted.items():
            pair = frozenset((key, key.replace("near", "made")))
            self.assertEqual(share >= 0.7, pair in edges, (key, share))
        by_id = {row["id"]: row for row in rows}
        for number in range(20):
            self.assertEqual(by_id[f"same-{number}"]["cluster"], by_id[f"made-{number + 20}"]["cluster"])
            self.assertEqual(1, by_id[f"same-{number}"]["similarity"])

    def test_the_number_of_threads_does_not_change_a_byte(self):
        self.corpus()
        for threads in (1, 2, 5):
            self.run_program("dedup", "corpus.jsonl", "--out", f"{threads}.jsonl", "--edges", f"{threads}.edges", "--threads", threads)
        for kind in ("jsonl", "edges"):
            first = (self.folder / f"1.{kind}").read_bytes()
            self.assertTrue(first)
            self.assertEqual(first, (self.folder / f"2.{kind}").read_bytes())
            self.assertEqual(first, (self.folder / f"5.{kind}").read_bytes())
        self.assertEqual([], [path.name for path in self.folder.iterdir() if "scratch" in path.name])

    def test_an_excerpt_is_found_by_containment_not_by_jaccard(self):
        whole = made_article(1, 600)
        self.write("in.jsonl", jsonl([{"id": "part", "text": whole[:len(whole) // 3]}, {"id": "whole", "text": whole}]))
        self.run_program("dedup", "in.jsonl", "--out", "alike.jsonl")
        self.assertEqual([1, 2], [row["cluster"] for row in self.lines("alike.jsonl")])
        self.run_program("dedup", "in.jsonl", "--out", "contained.jsonl", "--measure", "containment")
        self.assertEqual(["whole", "whole"], [row["representative"] for row in self.lines("contained.jsonl")])

    def test_the_preferred_article_represents_the_others(self):
        text = made_article(3)
        records = [{"id": "short", "text": text, "published": "2024-05-02"},
                   {"id": "early", "text": text + " Late news.", "published": "2024-05-01T23:00:00Z"},
                   {"id": "long", "text": text + " Late news from the harbour.", "published": "2024-06-01"}]
        self.write("in.jsonl", jsonl(records))
        for prefer, representative in (("first", "short"), ("earliest", "early"), ("longest", "long")):
            self.run_program("dedup", "in.jsonl", "--out", "out.jsonl", "--prefer", prefer)
            self.assertEqual({representative}, {row["representative"] for row in self.lines("out.jsonl")}, prefer)

    def test_similarity_is_not_transitive(self):
        """b resembles a and c, but a does not resemble c: the representative of b takes at most one of them."""
        words = made_article(5, 400).split(" ")
        a, b, c = (" ".join(words[begin:begin + 300]) for begin in (0, 45, 90))
        sets = [shingles(text) for text in (a, b, c)]
        self.assertTrue(jaccard(sets[0], sets[1]) > 0.7 > jaccard(sets[0], sets[2]))
        self.write("in.jsonl", jsonl([{"id": key, "text": text} for key, text in zip("abc", (a, b, c))]))
        self.run_program("dedup", "in.jsonl", "--out", "out.jsonl", "--threshold", "0.7", "--prefer", "first")
        self.assertEqual(["a", "a", "c"], [row["representative"] for row in self.lines("out.jsonl")])

    def test_a_hot_bucket_is_split_and_reported(self):
        """400 pages of boilerplate that differ in a few words: not all pairs of them are compared."""
        page = made_article(9, 300)
        self.write("in.jsonl", jsonl([{"id": str(n), "text": page + " " + made_article(100 + n, 16)} for n in range(400)]))
        result = self.run_program("dedup", "in.jsonl", "--out", "out.jsonl", "--threshold", "0.8")
        told = re.search(r"(\d+) pairs compared.* (\d+) hot buckets", result.err)
        self.assertLess(int(told[1]), 400 * 399 // 2)
        self.assertGreater(int(told[2]), 0)
        rows = self.lines("out.jsonl")
        sets = {row["id"]: shingles(page + " " + made_article(100 + int(row["id"]), 16)) for row in rows}
        for row in rows:
            self.assertGreaterEqual(jaccard(sets[row["id"]], sets[row["representative"]]), 0.8)

    def test_texts_without_shingles_are_clustered(self):
        self.write("in.jsonl", jsonl([{"id": "a", "text": "One word"}, {"id": "b", "text": "one WORD"}, {"id": "c", "text": "?!"}]))
        self.run_program("dedup", "in.jsonl", "--out", "out.jsonl")
        self.assertEqual([1, 1, 3], [row["cluster"] for row in self.lines("out.jsonl")])
        self.refused("dedup", "in.jsonl", "--out", "out.jsonl", "--threshold", "0", names="--threshold")


class Sketches(support.ProgramTest):
    def read(self, name):
        data = (self.folder / name).read_bytes()
        self.assertEqual(b"UNSPSK\x1a\n", data[:8])
        version, components, _, articles, size = struct.unpack("<IIQQQ", data[8:40])
        self.assertEqual((1, 128, len(data) - 64), (version, components, size))
        rows, at = {}, 64
        while at < len(data):
            (length,) = struct.unpack_from("<I", data, at)
            key = data[at + 4:at + 4 + length].decode()
            rows[key] = struct.unpack_from("<128I", data, at + 4 + length)
            at += 4 + length + 512
        self.assertEqual(articles, len(rows))
        return rows

    def test_equal_components_estimate_the_similarity(self):
        text = made_article(1, 400)
        changed = edited(text, 1, 12)
        self.write("in.jsonl", jsonl([{"id": "a", "text": text}, {"id": "b", "text": changed}, {"id": "c", "text": ORCHARD}]))
        self.run_program("sketch", "in.jsonl", "--out", "out")
        rows = self.read("out")
        alike = lambda x, y: sum(p == q for p, q in zip(rows[x], rows[y])) / 128
        self.assertAlmostEqual(jaccard(shingles(text), shingles(changed)), alike("a", "b"), delta=0.15)
        self.assertLess(alike("a", "c"), 0.05)

    def test_threads_and_kernels_do_not_change_a_byte(self):
        curly = [{"id": "curly", "text": FERRY.replace("'", "\u2019").replace(" a ", " \u201ca\u201d \u2014 ")},
                 {"id": "cyrillic", "text": "\u041c\u043e\u0441\u043a\u0432\u0430 caf\u00e9 \u0130stanbul " * 40}]
        self.write("in.jsonl", jsonl(made_records(range(300)) + curly))
        self.run_program("sketch", "in.jsonl", "--out", "one", "--threads", "1")
        self.run_program("sketch", "in.jsonl", "--out", "three", "--threads", "3")
        self.run_program("sketch", "in.jsonl", "--out", "scalar", env={**os.environ, "UNSPIN_KERNELS": "scalar"})
        self.refused("sketch", "in.jsonl", "--out", "none", names=["UNSPIN_KERNELS", "abacus"], env={**os.environ, "UNSPIN_KERNELS": "abacus"})
        first = (self.folder / "one").read_bytes()
        self.assertEqual(302, len(self.read("one")))
        self.assertEqual(first, (self.folder / "three").read_bytes())
        self.assertEqual(first, (self.folder / "scalar").read_bytes())


class GrowingArchive(support.ProgramTest):
    def found(self, archive):
        self.write("suspect.txt", FERRY_SPUN)
        report = self.run_program("check", "suspect.txt", "--archive", archive, "--json", "--all").report
        return [finding["original"]["id"] for finding in report["findings"]], report

    def test_a_removed_article_is_not_found_and_can_be_indexed_again(self):
        self.make_archive()
        self.assertEqual("ferry", self.found("archive")[0][0])
        told = self.run_program("remove", "ferry", "nobody", "--archive", "archive", status=support.SKIPPED)
        self.assertIn("nobody", told.err)
        self.assertNotIn("ferry", self.found("archive")[0])
        self.fails_with_a_message("remove", "ferry", "--archive", "archive")
        merged = self.run_program("merge", "archive")
        self.assertIn("1 dropped ones left out", merged.out)
        self.assertEqual("2", self.info("archive")["articles"].split()[0])
        self.run_program("verify", "archive")
        self.make_archive(articles={"ferry": FERRY})
        self.assertEqual("ferry", self.found("archive")[0][0])

    def fails_with_a_message(self, *arguments):
        self.assertTrue(self.run_program(*arguments, status=support.FAILED).err)

    def test_findings_do_not_depend_on_the_segments(self):
        records = made_records(range(120)) + [{"id": key, "text": text} for key, text in ARTICLES.items()]
        self.write("all.jsonl", jsonl(records))
        self.run_program("index", "all.jsonl", "--archive", "whole")
        for begin in range(0, len(records), 17):
            self.write("some.jsonl", jsonl(records[begin:begin + 17]))
            self.run_program("index", "some.jsonl", "--archive", "parts")
        self.assertEqual(8, len(self.info("parts")["files"]))
        suspects = [{"id": "spun", "text": FERRY_SPUN}] + [{"id": f"s{n}", "text": edited(made_article(n), n, 40)} for n in range(0, 120, 9)]
        self.write("suspects.jsonl", jsonl(suspects))

        def audit(archive):
            self.run_program("audit", "suspects.jsonl", "--archive", archive, "--out", archive + ".out", "--all", "--force")
            return (self.folder / (archive + ".out")).read_bytes()

        def judged(reports):
            """The reports without the files of the originals, which differ here, and without the hash of the report."""
            rows = [json.loads(line) for line in reports.splitlines()]
            for row in rows:
                del row["id"]
                for finding in row["findings"]:
                    del finding["original"]["source"]
            return rows

        whole, parts = audit("whole"), audit("parts")
        self.assertEqual(judged(whole), judged(parts))
        self.run_program("merge", "parts")
        self.assertEqual(1, len(self.info("parts")["files"]))
        self.assertEqual(parts, audit("parts"))
        again = self.run_program("merge", "parts")
        self.assertIn("0 rewritten", again.out)

    def test_a_lock_refuses_writers_and_not_readers(self):
        self.make_archive()
        with open(self.folder / "archive" / "LOCK", "r+") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            for arguments in (["merge", "archive"], ["remove", "ferry", "--archive", "archive"]):
                self.fails_with_a_message(*arguments)
            self.assertEqual("ferry", self.found("archive")[0][0])
        self.run_program("merge", "archive")


class Killed(support.ProgramTest):
    """`kill -9` at random moments: committed articles and reports are complete, and the command can be run again."""

    def kill_after(self, seconds, *arguments):
        """Starts the program and kills it after that time unless it has ended; returns its exit status."""
        process = subprocess.Popen([str(PROGRAM), *map(str, arguments)], cwd=self.folder, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            return process.wait()

    def timed(self, *arguments):
        begin = time.monotonic()
        self.run_program(*arguments)
        return time.monotonic() - begin

    def test_an_archive_survives_killed_index_and_merge_runs(self):
        chance = random.Random(1)
        self.write("all.jsonl", jsonl(made_records(range(2500))))
        length = self.timed("index", "all.jsonl", "--archive", "undisturbed", "--segment-mb", "1")
        self.assertGreater(len(self.info("undisturbed")["files"]), 2)
        killed = articles = 0
        for _ in range(40):
            killed += self.kill_after(chance.random() * length, "index", "all.jsonl", "--archive", "archive", "--segment-mb", "1") < 0
            if not (self.folder / "archive" / "MANIFEST").exists():
                continue
            self.run_program("verify", "archive")
            now = int(self.info("archive")["articles"].split()[0])
            self.assertGreaterEqual(now, articles, "what was committed is lost")
            articles = now
        self.assertGreater(killed, 5)
        self.run_program("index", "all.jsonl", "--archive", "archive", "--segment-mb", "1")
        wanted = self.info("undisturbed")["fingerprint"]
        self.assertEqual(wanted, self.info("archive")["fingerprint"])
        killed = 0
        self.run_program("remove", "made-2499", "--archive", "archive")
        length = self.timed("merge", "archive")
        for round_number in range(40):
            gone = f"made-{round_number}"
            self.run_program("remove", gone, "--archive", "archive")
            before = self.info("archive")
            killed += self.kill_after(chance.random() * length, "merge", "archive") < 0
            self.run_program("verify", "archive")
            self.assertEqual(before["fingerprint"], self.info("archive")["fingerprint"])
        self.assertGreater(killed, 5)
        self.run_program("merge", "archive")
        self.assertEqual([path.name for path in sorted((self.folder / "archive").glob("*.tmp-*"))], [])

    def test_resume_completes_a_killed_audit(self):
        chance = random.Random(2)
        self.write("all.jsonl", jsonl(made_records(range(300))))
        self.run_program("index", "all.jsonl", "--archive", "archive")
        self.write("suspects.jsonl", jsonl([{"id": f"s{n}", "text": edited(made_article(n), n, 30)} for n in range(300)]))
        length = self.timed("audit", "suspects.jsonl", "--archive", "archive", "--out", "undisturbed.jsonl")
        killed = 0
        for _ in range(20):
            (self.folder / "out.jsonl").unlink(missing_ok=True)
            for _ in range(50):
                status = self.kill_after(chance.random() * length, "audit", "suspects.jsonl", "--archive", "archive", "--out",
                                         "out.jsonl", "--resume")
                if status == support.DONE:
                    break
                killed += 1
            self.run_program("audit", "suspects.jsonl", "--archive", "archive", "--out", "out.jsonl", "--resume")
            self.assertEqual((self.folder / "undisturbed.jsonl").read_bytes(), (self.folder / "out.jsonl").read_bytes())
        self.assertGreater(killed, 5)

    def test_resume_refuses_reports_of_another_input(self):
        self.make_archive()
        self.write("one.jsonl", jsonl([{"id": "one", "text": FERRY_SPUN}]))
        self.write("two.jsonl", jsonl([{"id": "two", "text": FERRY_SPUN}]))
        self.run_program("audit", "one.jsonl", "--archive", "archive", "--out", "out.jsonl")
        before = (self.folder / "out.jsonl").read_bytes()
        self.refused("audit", "two.jsonl", "--archive", "archive", "--out", "out.jsonl", "--resume", names=["one", "two", "--resume"])
        self.assertEqual(before, (self.folder / "out.jsonl").read_bytes())


if __name__ == "__main__":
    unittest.main()
