"""The graders of bench/quality, on the samples: they run, and their grades tell right from wrong."""

import json
import re
import subprocess
import sys
import unittest

import support

QUALITY = support.SOURCE / "bench" / "quality"
STORIES = ("harbour-spill", "rail-strike", "vent-field", "looted-bronze")


class Graders(support.ProgramTest):
    def grade(self, script, *arguments):
        done = subprocess.run([sys.executable, str(QUALITY / script), *map(str, arguments), "--unspin", str(support.PROGRAM), "--json"],
                              capture_output=True, text=True, cwd=self.folder)
        self.assertEqual(0, done.returncode, done.stderr)
        return json.loads(done.stdout)

    def test_spun_samples_are_found_and_their_replacements_listed(self):
        rows = [{"id": story, "text": (support.SOURCE / "datasets" / "samples" / story / "original.txt").read_text()} for story in STORIES]
        self.write("articles.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
        self.run_program("index", "articles.jsonl", "--archive", "archive")
        grades = self.grade("grade_spinner.py", "articles.jsonl", "scratch", "--archive", "archive")
        for share in ("10%", "30%", "50%"):
            self.assertEqual(len(STORIES), grades[share]["articles"])
            self.assertEqual(1, grades[share]["recall@1"])
            self.assertGreater(grades[share]["precision"], 0.9)
            self.assertGreater(grades[share]["recall"], 0.8)
        self.assertGreater(grades["all"]["spearman, one article"], 0.95)

    def test_phrases_are_aligned_with_what_was_expected(self):
        self.write("phrases.tsv", "spun\texpected\nnuclear guns\tnuclear weapons\nultimate month\tlast month\n"
                   "profound neural organization\tdeep neural network (dnn)\nsame words\tsame words\nlost\t???\n")
        grades = self.grade("grade_phrases.py", "phrases.tsv", "scratch")
        self.assertEqual(3, grades["all"]["phrases"])
        self.assertEqual(1, grades["all"]["aligned"])

    def test_planted_notices_and_damaged_facts_are_listed(self):
        # The grader plants notices and bylines of its own, so those of the samples are removed.
        rows = []
        for original in sorted((support.SOURCE / "datasets" / "samples").glob("*/original.txt")):
            body = [paragraph for paragraph in original.read_text().split("\n\n") if len(paragraph.split()) > 20]
            body = [re.sub(r"^[A-Z ]{3,}(?:, [\w. ]+)? \([\w ]+\) *[-\u2013\u2014]+ *", "", paragraph) for paragraph in body[:-1]]
            rows.append({"id": original.parent.name, "text": "\n\n".join(body)})
        self.write("articles.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
        grades = self.grade("grade_panels.py", "articles.jsonl", "scratch")
        self.assertGreater(grades["all notices"]["of"], 8)
        self.assertEqual(grades["all notices"]["articles"], grades["all notices"]["named"])
        self.assertGreater(grades["all notices"]["share"], 0.9)
        self.assertGreater(grades["name untouched"]["share"], 0.95)


if __name__ == "__main__":
    unittest.main()
