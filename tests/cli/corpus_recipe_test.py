"""The recipe for made-up corpora: the same seed gives the same bytes, and the table of truth describes the texts."""

import collections
import json
import re
import subprocess
import sys
import unittest

import support

RECIPE = support.BUILD / "unspin_make_corpus"
GRADER = support.SOURCE / "datasets" / "recipes" / "grade_corpus.py"
ARTICLES = 800
SHARES = {"exact": 0.02, "near": 0.1, "spun": 0.03, "excerpt": 0.03}


def words(text):
    """Words as the recipe's README defines them."""
    return re.findall(r"[A-Za-z0-9']+", text.replace("\u2019", "'").lower())


def shingles(text):
    row = words(text)
    return {tuple(row[at:at + 5]) for at in range(len(row) - 4)}


class Corpus(support.ProgramTest):
    def make(self, *options):
        """The recipe's standard output."""
        done = subprocess.run([str(RECIPE), *map(str, options)], cwd=self.folder, capture_output=True, timeout=600)
        self.assertEqual(0, done.returncode, done.stderr.decode("utf-8", "replace"))
        return done.stdout

    def corpus(self):
        """(bytes, {id: record}, rows of the truth)"""
        lines = self.make("--articles", ARTICLES, "--truth", "truth.tsv")
        truth = [line.split("\t") for line in (self.folder / "truth.tsv").read_text("utf-8").splitlines()]
        return lines, {record["id"]: record for record in map(json.loads, lines.splitlines())}, truth

    def grade(self, *arguments):
        done = subprocess.run([sys.executable, str(GRADER), *map(str, arguments)], cwd=self.folder, capture_output=True)
        self.assertEqual(0, done.returncode, done.stderr.decode("utf-8", "replace"))
        return json.loads(done.stdout)

    def test_a_seed_gives_the_same_bytes_for_any_parts(self):
        whole, _, _ = self.corpus()
        truth = (self.folder / "truth.tsv").read_bytes()
        self.assertEqual(whole, self.make("--articles", ARTICLES))
        self.assertNotEqual(whole, self.make("--articles", ARTICLES, "--seed", 2))
        parts = [self.make("--articles", ARTICLES, "--part", f"{part}/3", "--truth", f"{part}.tsv") for part in (1, 2, 3)]
        self.assertEqual(whole, b"".join(parts))
        self.assertEqual(truth, b"".join((self.folder / f"{part}.tsv").read_bytes() for part in (1, 2, 3)))
        self.assertTrue(whole.startswith(self.make("--articles", 100)))

    def test_copies_share_with_their_originals_what_the_truth_says(self):
        _, articles, truth = self.corpus()
        self.assertEqual(ARTICLES, len(articles))
        copies = {copy for copy, _, _, _ in truth}
        counts = collections.Counter(kind for _, kind, _, _ in truth)
        for kind, part in SHARES.items():
            self.assertTrue(0.4 * part < counts[kind] / ARTICLES < 2 * part, counts)
        for copy, kind, original, share in truth:
            self.assertNotIn(original, copies, "a copy of a copy")
            self.assertLess(articles[original]["published"], articles[copy]["published"])
            first, second = shingles(articles[original]["text"]), shingles(articles[copy]["text"])
            self.assertAlmostEqual(len(first & second) / len(first | second), float(share), delta=1e-4, msg=copy)
            if kind == "exact":
                self.assertEqual(articles[original]["text"], articles[copy]["text"])
        self.assertEqual(len(articles), len({record["url"] for record in articles.values()}))

    def test_independent_articles_share_little(self):
        _, articles, truth = self.corpus()
        copies = {copy for copy, _, _, _ in truth}
        others = [shingles(record["text"]) for name, record in sorted(articles.items()) if name not in copies][:150]
        most = max(len(a & b) / len(a | b) for at, a in enumerate(others) for b in others[:at])
        self.assertLess(most, 0.5)

    def test_dedup_finds_the_near_copies_and_no_others(self):
        lines, _, _ = self.corpus()
        self.run_program("dedup", "-", "--out", "clusters.jsonl", stdin=lines)
        grades = self.grade("dedup", "truth.tsv", "clusters.jsonl")
        self.assertEqual(ARTICLES, grades["articles"])
        self.assertGreater(grades["pairs"], 40)
        self.assertGreaterEqual(grades["recall"], 0.9)
        self.assertEqual(1.0, grades["precision"])

    def test_suspects_are_made_without_the_corpus_and_found_in_it(self):
        lines, _, _ = self.corpus()
        suspects = self.make("--suspects", 60, "--of", ARTICLES, "--truth", "suspects.tsv")
        self.run_program("index", "-", "--archive", "archive", stdin=lines)
        self.run_program("audit", "-", "--archive", "archive", "--out", "reports.jsonl", "--brief", stdin=suspects)
        grades = self.grade("audit", "suspects.tsv", "reports.jsonl", "--corpus-truth", "truth.tsv")
        self.assertEqual(60, grades["suspects"] + grades["none"]["suspects"])
        self.assertGreaterEqual(grades["recall_at_1"], 0.9)
        self.assertEqual(0, grades["none"]["named"] or 0)

    def test_a_closed_pipe_ends_the_stream_of_articles(self):
        made = subprocess.Popen([str(RECIPE), "--articles", "100000000"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        first = [json.loads(made.stdout.readline())["id"] for _ in range(3)]
        made.stdout.close()
        told = made.stderr.read()
        made.stderr.close()
        self.assertNotEqual(0, made.wait(timeout=60), told)
        self.assertEqual(3, len(set(first)))

    def test_bad_arguments_are_refused_with_a_message(self):
        for options in ([], ["--articles", "many"], ["--articles", "5", "--suspects", "5"], ["--suspects", "5"],
                        ["--articles", "5", "--part", "3/2"], ["--articles", "5", "--words", "nowhere.tsv"]):
            done = subprocess.run([str(RECIPE), *options], cwd=self.folder, capture_output=True)
            self.assertEqual((2, b""), (done.returncode, done.stdout), options)
            self.assertTrue(done.stderr.strip())


if __name__ == "__main__":
    unittest.main()
