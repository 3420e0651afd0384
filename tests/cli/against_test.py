"""`unspin dedup --against`: articles of an archive represent those of a new corpus that are similar enough to them."""

import json
import random
import unittest

import support
from growth_test import edited, jaccard, shingles
from support import jsonl, made_article, made_records


class Against(support.ProgramTest):
    def setUp(self):
        super().setUp()
        self.old = [{"id": record["id"].replace("made", "old"), "text": record["text"]} for record in made_records(range(60))]
        texts = {f"near-{n}": edited(self.old[n]["text"], n, 2 + n % 9) for n in range(20)}
        texts |= {f"same-{n}": self.old[n]["text"] for n in range(20, 30)}
        texts |= {f"new-{n}": made_article(500 + n) for n in range(20)}
        texts |= {f"copy-{n}": edited(texts[f"new-{n}"], n, 3) for n in range(10)}
        self.new = [{"id": key, "text": text} for key, text in texts.items()]
        random.Random(3).shuffle(self.new)
        self.write("old.jsonl", jsonl(self.old))
        self.write("new.jsonl", jsonl(self.new))
        self.run_program("index", "old.jsonl", "--archive", "archive")

    def lines(self, name):
        return [json.loads(line) for line in (self.folder / name).read_text().splitlines()]

    def dedup(self, *arguments, **options):
        return self.run_program("dedup", *arguments, "--out", "out.jsonl", "--edges", "edges.jsonl", **options)

    def against(self, *arguments):
        self.dedup("new.jsonl", "--against", "archive", *arguments)
        return self.lines("out.jsonl"), self.lines("edges.jsonl")

    def test_finds_what_dedup_of_both_together_finds(self):
        new = {record["id"] for record in self.new}
        for way in ((), ("--threshold", "0.6"), ("--shingle", "3"), ("--measure", "containment"), ("--threshold", "1")):
            with self.subTest(way):
                self.dedup("old.jsonl", "new.jsonl", "--prefer", "first", *way)
                together = {row["id"]: row["representative"] for row in self.lines("out.jsonl") if row["id"] in new}
                wanted = {(row["a"], row["b"]): row["similarity"] for row in self.lines("edges.jsonl") if row["b"] in new}
                rows, edges = self.against(*way)
                self.assertEqual([record["id"] for record in self.new], [row["id"] for row in rows])
                found = {row["id"] for row in rows if row.get("archive")}
                self.assertEqual({key for key, other in together.items() if other not in new}, found)
                self.assertGreater(len(found), 9)
                self.assertEqual(wanted, {(row["b"], row["a"]) if row.get("archive") else (row["a"], row["b"]): row["similarity"]
                                          for row in edges})

    def test_similarities_are_exact_and_the_most_similar_archived_article_represents(self):
        sets = {record["id"]: shingles(record["text"]) for record in self.old + self.new}
        old = [record["id"] for record in self.old]
        rows, edges = self.against("--threshold", "0.7")
        for row in rows:
            true = jaccard(sets[row["id"]], sets[row["representative"]])
            self.assertAlmostEqual(true, row["similarity"], places=4)
            best = max(jaccard(sets[row["id"]], sets[key]) for key in old)
            self.assertEqual(best >= 0.7, row.get("archive", False), row)
            if best >= 0.7:
                self.assertAlmostEqual(best, row["similarity"], places=4)
        self.assertTrue(any(edge.get("archive") for edge in edges) and not all(edge.get("archive") for edge in edges))

    def test_a_cluster_of_an_archived_article_has_the_number_of_its_first_member(self):
        text = self.old[0]["text"]
        texts = [made_article(900), edited(text, 1, 1), text, made_article(901), text]
        self.write("new.jsonl", jsonl([{"id": str(n), "text": text} for n, text in enumerate(texts)]))
        rows, _ = self.against()
        self.assertEqual([1, 2, 2, 4, 2], [row["cluster"] for row in rows])
        self.assertEqual([None, True, True, None, True], [row.get("archive") for row in rows])
        self.assertEqual(["0", "old-0", "old-0", "3", "old-0"], [row["representative"] for row in rows])

    def test_nothing_similar_in_the_archive_leaves_every_byte_as_without_it(self):
        self.write("new.jsonl", jsonl([record for record in self.new if record["id"].startswith(("new", "copy"))]))
        self.dedup("new.jsonl")
        alone = (self.folder / "out.jsonl").read_bytes(), (self.folder / "edges.jsonl").read_bytes()
        self.assertIn(b"copy", alone[1])
        self.against()
        self.assertEqual(alone, ((self.folder / "out.jsonl").read_bytes(), (self.folder / "edges.jsonl").read_bytes()))

    def test_neither_threads_nor_segments_nor_merging_change_a_byte(self):
        self.write("more.jsonl", jsonl([{**record, "id": record["id"] + "-more"} for record in self.old[:30]]))
        self.run_program("index", "more.jsonl", "--archive", "archive")
        told = []
        for threads in (1, 3):
            self.against("--threads", threads)
            told.append(((self.folder / "out.jsonl").read_bytes(), (self.folder / "edges.jsonl").read_bytes()))
        self.run_program("merge", "archive")
        self.against()
        told.append(((self.folder / "out.jsonl").read_bytes(), (self.folder / "edges.jsonl").read_bytes()))
        self.assertEqual(1, len(set(told)))

    def test_a_corpus_against_itself_is_all_duplicates(self):
        result = self.dedup("old.jsonl", "--against", "archive")
        self.assertTrue(all(row["archive"] and row["similarity"] == 1 for row in self.lines("out.jsonl")))
        self.assertIn("60 duplicates (60 of them exact, 60 of articles of the archive)", result.err)

    def test_mistakes_are_named(self):
        self.refused("dedup", "new.jsonl", "--out", "out.jsonl", "--against", "nowhere", names="nowhere")
        self.refused("dedup", "new.jsonl", "--out", "archive/MANIFEST", "--against", "archive", names="MANIFEST")
        segment = next(self.folder.glob("archive/segment-*"))
        segment.write_bytes(segment.read_bytes()[:1000])
        self.refused("dedup", "new.jsonl", "--out", "out.jsonl", "--against", "archive", names=segment.name)
        self.assertFalse((self.folder / "out.jsonl").exists())


if __name__ == "__main__":
    unittest.main()
