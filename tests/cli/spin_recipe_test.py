"""The spinner recipe: its record of replacements restores the original; shares are nested and are reached."""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SPIN = ROOT / "datasets" / "recipes" / "spin.py"
SHARES = (0.1, 0.2, 0.3, 0.4, 0.5)

# Written for this test.
ARTICLE = """Town council delays decision on new river bridge

The council of Ardenbrook decided on Monday to delay the construction of a new bridge across the river Lorne, after residents \
complained that the plan would increase traffic and damage one of the oldest parks in the region. The vote, which followed a long \
and angry debate, was close: nine members supported the delay and eight opposed it.

"We want the bridge, but we do not want to lose our trees," said Marta Quillfeather, who leads a group of local volunteers. She told \
reporters that at least 1,200 people had signed a letter against the project, more than twice as many as in the first week.

The mayor, Tobin Ashgrove, said that the decision was a mistake. He believes the old bridge, which was built in the 1930s, may close \
within three years if heavy trucks continue to use it. According to a report published by the county, about 40 percent of the support \
beams show serious damage, and the cost of repair is expected to rise every year.

Business owners are worried because the delay could also hurt trade during the summer, when thousands of visitors travel through the \
town. "Every day without a safe bridge is a risk," said Ines Marchbank, who runs a small hotel near the station. Her company lost \
almost 12% of its income last year, when the road was shut for two months.

The government promised in April to pay half of the price, but only if work starts before the end of the year. A spokesman for the \
ministry said it was too early to say whether the money would still be available. In addition, the council must find a large amount \
of money for the new school, which was also delayed because of a dispute with the builder.

Experts say that the town has few other choices. A study by the university examined four possible places for a bridge and found that \
the present one was the cheapest. The researchers also warned that floods have become more common since the early 1990s, and that the \
low road on the northern side of the river is often closed for many days in the winter.

The council will meet again next month to discuss a smaller bridge that would keep most of the trees. If the members agree, the \
construction could begin in the spring and be finished in about 18 months. Police officers will continue to guide traffic through the \
town, and the speed limit on the bridge remains very low.

Copyright 2031 Ardenbrook Evening Courier. All rights reserved. This material may not be published without permission.
"""


def spin(*options, articles=None):
    """Runs the recipe; returns (bytes written, messages)."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = pathlib.Path(folder) / "in.jsonl", pathlib.Path(folder) / "out.jsonl"
        records = articles if articles is not None else [{"id": "bridge", "text": ARTICLE}]
        source.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
        done = subprocess.run([sys.executable, str(SPIN), str(source), "--out", str(target), *options],
                              capture_output=True, text=True)
        if done.returncode != 0:
            raise AssertionError(f"spin.py ended with {done.returncode}: {done.stderr}")
        return target.read_bytes(), done.stderr


def records(written):
    return [json.loads(line) for line in written.decode("utf-8").splitlines()]


def all_shares(*options):
    return records(spin("--share", ",".join(map(str, SHARES)), *options)[0])


def restored(record):
    """The spun text with every replacement put back, from the end so that the spans stay true."""
    text = record["text"]
    for substitution in reversed(record["substitutions"]):
        begin, end = substitution["suspect_span"]
        text = text[:begin] + substitution["original"] + text[end:]
    return text


class SpinRecipe(unittest.TestCase):
    def test_the_same_seed_gives_the_same_bytes(self):
        options = ("--share", "0.2,0.4", "--seed", "7")
        self.assertEqual(spin(*options)[0], spin(*options)[0])

    def test_another_seed_gives_another_text(self):
        first, second = (records(spin("--share", "0.3", "--seed", seed)[0])[0]["text"] for seed in ("7", "8"))
        self.assertNotEqual(first, second)

    def test_putting_every_replacement_back_gives_the_original(self):
        for options in ((), ("--no-boilerplate",), ("--names", "1", "--quotes", "1"), ("--wordnet", "none")):
            for record in all_shares("--seed", "3", *options):
                self.assertNotEqual(ARTICLE, record["text"])
                self.assertEqual(ARTICLE, restored(record))

    def test_spans_are_code_points_beyond_the_first_plane_too(self):
        text = "😀 Zwölf naïve readers said “the plan” was good — 𝒳 also reported a small problem with the new city.\r\n" * 9
        written, _ = spin("--share", "0.2", articles=[{"id": "é", "text": text}])
        record, = records(written)
        self.assertEqual(text, restored(record))
        self.assertEqual(("é/spun-0.20", "é"), (record["id"], record["original_id"]))
        for substitution in record["substitutions"]:
            begin, end = substitution["original_span"]
            self.assertEqual(substitution["original"], text[begin:end])
            begin, end = substitution["suspect_span"]
            self.assertEqual(substitution["suspect"], record["text"][begin:end])

    def test_a_lower_share_is_a_subset_of_a_higher_one(self):
        for seed in ("1", "2", "3"):
            edits = [{(tuple(s["original_span"]), s["suspect"]) for s in record["substitutions"]}
                     for record in all_shares("--seed", seed)]
            for lower, higher in zip(edits, edits[1:]):
                self.assertLess(lower, higher)

    def test_a_share_does_not_depend_on_the_other_shares(self):
        alone = records(spin("--share", "0.3", "--seed", "5")[0])[0]
        self.assertEqual(alone, all_shares("--seed", "5")[SHARES.index(0.3)])

    def test_the_requested_share_is_reached(self):
        # WordNet is not everywhere: the table of our own must be enough.
        for options in ((), ("--wordnet", "none")):
            for seed in ("1", "2", "3"):
                for share, record in zip(SHARES, all_shares("--seed", seed, *options)):
                    self.assertAlmostEqual(share, record["share"], delta=0.02)

    def test_every_kind_of_replacement_occurs(self):
        kinds = {s["kind"] for record in all_shares() for s in record["substitutions"]}
        self.assertEqual({"synonym", "phrase", "number", "padding", "boilerplate"}, kinds)

    def test_names_and_quotations_stay_when_told_to(self):
        for record in all_shares("--names", "0", "--quotes", "0"):
            for name in ("Ardenbrook", "Lorne", "Marta Quillfeather", "Tobin Ashgrove", "Ines Marchbank",
                         "We want the bridge, but we do not want to lose our trees,"):
                self.assertIn(name, record["text"])

    def test_boilerplate_repeats_the_headline_and_spins_the_notice(self):
        headline = ARTICLE.split("\n")[0]
        with_it, without = (records(spin("--share", "0.1", *options)[0])[0] for options in ((), ("--no-boilerplate",)))
        front, *_, footer = with_it["substitutions"]
        self.assertEqual(("boilerplate", "", 2), (front["kind"], front["original"], front["suspect"].count(headline)))
        self.assertEqual(("boilerplate", ""), (footer["kind"], footer["original"]))
        notice = "All rights reserved. This material may not be published without permission."
        self.assertNotIn(notice, with_it["text"])
        self.assertIn(notice, restored(with_it))
        self.assertNotIn("boilerplate", {s["kind"] for s in without["substitutions"]})

    def test_the_example_in_the_readme_is_true(self):
        text = (SPIN.parent / "README.md").read_text(encoding="utf-8")
        command, printed = re.search(r"```\n(printf .*?)\n```.*?```\n(\{.*?)\n```", text, re.DOTALL).groups()
        done = subprocess.run(command.replace("python3", sys.executable), shell=True, cwd=ROOT, capture_output=True,
                              text=True, check=True)
        self.assertEqual(printed, done.stdout.strip())

    def test_too_few_known_words_are_reported(self):
        written, messages = spin("--share", "0.5", "--wordnet", "none",
                                 articles=[{"id": "x", "text": "Qxv zzyb wrrk plonq. " * 20}])
        self.assertEqual(0.0, records(written)[0]["share"])
        self.assertIn("below the share asked for", messages)

    def test_empty_articles_are_copied(self):
        written, _ = spin("--share", "0.3", articles=[{"id": "empty", "text": ""}, {"id": "one", "text": "Reports"}])
        self.assertEqual(["", "Reports"], [restored(record) for record in records(written)])

    def test_a_bad_line_is_named_and_nothing_is_written(self):
        with tempfile.TemporaryDirectory() as folder:
            source, target = pathlib.Path(folder) / "in.jsonl", pathlib.Path(folder) / "out.jsonl"
            source.write_text('{"id": "a", "text": "Fine."}\n{"id": "b"}\n', encoding="utf-8")
            done = subprocess.run([sys.executable, str(SPIN), str(source), "--share", "0.1", "--out", str(target)],
                                  capture_output=True, text=True)
            self.assertEqual(2, done.returncode)
            self.assertIn("in.jsonl:2", done.stderr)
            self.assertEqual([source], list(pathlib.Path(folder).iterdir()))


if __name__ == "__main__":
    unittest.main()
