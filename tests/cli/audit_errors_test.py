"""What an audit says of its own errors is true of made-up corpora whose truth is known."""

import collections
import datetime
import json
import random
import unittest

import support
from support import jsonl

NAMED = support.VERDICTS[:5]
DAY = datetime.date(2026, 3, 1)

NOUNS = ("harbour council river market bridge school museum forest railway tower village factory theatre garden station "
         "valley island castle minister farmer doctor teacher painter captain soldier writer engineer lawyer baker "
         "sailor merchant lantern ladder compass barrel anchor kettle mirror carpet hammer saddle basket orchard").split()
VERBS = ("opened closed carried promised refused counted painted repaired measured visited bought sold found lost built "
         "delayed signed answered watched followed crossed reached praised rejected inspected").split()
ADJECTIVES = "old narrow quiet distant heavy northern bright careful empty sudden wooden famous hidden early modern".split()
NAMES = "Asgard Brask Kestrel Tuttle Lund Orrevik Halmsund Velm Castrel Wren Halloran Calder Marwick Sorley".split()


def sentence(chance):
    noun, verb, adjective = (lambda: chance.choice(NOUNS)), (lambda: chance.choice(VERBS)), (lambda: chance.choice(ADJECTIVES))
    return chance.choice([
        lambda: f"The {adjective()} {noun()} of {chance.choice(NAMES)} {verb()} a {noun()} that the {noun()} had {verb()} "
                f"in {chance.randint(1800, 2025)}.",
        lambda: f"When {chance.choice(NAMES)} {verb()} the {noun()}, {chance.randint(3, 900)} people {verb()} the "
                f"{adjective()} {noun()} and its {noun()}.",
        lambda: f"Nobody in the {noun()} {verb()} what the {noun()} {verb()}, because the {adjective()} {noun()} was "
                f"{adjective()} and the {noun()} {verb()} it.",
        lambda: f"A {noun()} with {chance.randint(3, 900)} {noun()}s {verb()} the {noun()} near {chance.choice(NAMES)}, "
                f"which the {adjective()} {noun()} {verb()} before the {noun()} was {verb()}.",
    ])()


def story(chance, sentences=14):
    lines = [sentence(chance) for _ in range(sentences)]
    return [" ".join(lines[i:i + 3]) for i in range(0, sentences, 3)]


def date(chance):
    return (DAY + datetime.timedelta(days=chance.randint(0, 30))).isoformat()


class Corpus:
    """Originals and suspects. `derived` has the pairs of which one was made from the other."""

    def __init__(self, seed, size=60):
        chance = random.Random(seed)
        self.originals, self.suspects, self.derived = [], [], set()
        for number in range(size):
            text = story(chance)
            if number % 3 == 0:  # both outlets print an agency's story, which is not in the archive
                other, derived = list(text), False
                other.insert(chance.randint(0, 2), " ".join(story(chance, 3)))
            elif number % 3 == 1:  # taken
                other, derived = [p if chance.random() < 0.7 else sentence(chance) for p in text], True
            else:  # two own stories about one statement
                statement = "“" + sentence(chance) + " " + sentence(chance) + "”"
                other, derived = story(chance) + [statement], False
                text = text + [statement]
            for records, kind, paragraphs in ((self.originals, "o", text), (self.suspects, "s", other)):
                record = {"id": f"{kind}{number}", "text": "\n\n".join(paragraphs), "published": date(chance)}
                if number % 7 == 0 and kind == "s":
                    del record["published"]
                records.append(record)
            if derived:
                self.derived.add((f"s{number}", f"o{number}"))

    def days_apart(self, suspect, original):
        days = {r["id"]: r.get("published") for r in self.originals + self.suspects}
        if days[suspect] is None or days[original] is None:
            return None
        return abs((datetime.date.fromisoformat(days[suspect]) - datetime.date.fromisoformat(days[original])).days)


class AuditErrors(support.ProgramTest):
    def make(self, corpus):
        self.corpus = corpus
        self.write("originals.jsonl", jsonl(corpus.originals))
        self.write("suspects.jsonl", jsonl(corpus.suspects))
        self.run_program("index", "originals.jsonl", "--archive", "archive")

    def audit(self, *options):
        self.run_program("audit", "suspects.jsonl", "--archive", "archive", "--out", "out.jsonl",
                         *(() if "--resume" in options else ("--force",)), *options)
        reports = [json.loads(line) for line in self.read("out.jsonl")]
        return [(r["suspect"]["id"], f["original"]["id"], f["verdict"]) for r in reports for f in r["findings"]]

    def read(self, name):
        return (self.folder / name).read_text("utf-8").splitlines()

    def json(self, name):
        return json.loads((self.folder / name).read_text("utf-8"))

    def draw(self, *options):
        named = self.audit("--sample-out", "sample.jsonl", "--summary", "summary.json", *options)
        return named, [json.loads(line) for line in self.read("sample.jsonl")]

    def give_back(self, lines):
        for line in lines:
            pair = (line["suspect"]["id"], line["original"]["id"])
            line["reading"] = "derived" if pair in self.corpus.derived else "innocent"
        self.write("read.jsonl", jsonl(lines))
        self.run_program("audit", "--readings", "read.jsonl", "--summary", "precision.json")
        return self.json("precision.json")["precision"]

    def truth(self, named, verdict=None):
        named = [pair[:2] for pair in named if verdict in (None, pair[2])]
        return sum(pair in self.corpus.derived for pair in named) / len(named)

    def test_the_interval_holds_the_true_precision(self):
        held = drawn = 0
        for corpus in (1, 2):
            self.make(Corpus(corpus, 240))
            for seed in range(6):
                named, lines = self.draw("--sample", 40, "--sample-seed", seed)
                self.assertEqual(40, len(lines))
                precision = self.give_back(lines)
                self.assertEqual(len(named), precision["all"]["findings"])
                drawn += 1
                held += precision["all"]["low"] - 1e-6 <= self.truth(named) <= precision["all"]["high"] + 1e-6
                self.assertLess(precision["all"]["high"] - precision["all"]["low"], 0.5)
        self.assertTrue(0 < self.truth(named) < 1, "the corpus has findings of both kinds")
        self.assertGreaterEqual(held, drawn - 2)

    def test_a_sample_of_all_findings_states_the_truth(self):
        self.make(Corpus(3))
        named, lines = self.draw("--sample", 1000)
        self.assertEqual(sorted(named), sorted((l["suspect"]["id"], l["original"]["id"], l["verdict"]) for l in lines))
        precision = self.give_back(lines)
        for verdict, part in [(None, precision["all"]), *precision["by_verdict"].items()]:
            for name in ("estimate", "low", "high"):
                self.assertAlmostEqual(self.truth(named, verdict), part[name], 5)

    def test_weights_add_up_to_the_findings_of_each_verdict(self):
        self.make(Corpus(4))
        named, lines = self.draw("--sample", 12)
        self.assertEqual(12, len(lines))
        verdicts = collections.Counter(pair[2] for pair in named)
        weights = collections.Counter()
        for line in lines:
            weights[line["verdict"]] += line["weight"]
            self.assertEqual("", line["reading"])
            self.assertEqual(verdicts[line["verdict"]], line["verdict_findings"])
            self.assertEqual(len(named), line["run_findings"])
            self.assertAlmostEqual(line["weight"], line["stratum_findings"] / line["stratum_drawn"], 4)
        for verdict, weight in weights.items():
            self.assertAlmostEqual(verdicts[verdict], weight, 2)

    def test_a_line_shows_the_shared_wording_side_by_side(self):
        self.make(Corpus(5, 12))
        _, lines = self.draw("--sample", 3)
        texts = {r["id"]: r["text"] for r in self.corpus.originals + self.corpus.suspects}
        for line in lines:
            self.assertTrue(line["passages"])
            for passage in line["passages"]:
                self.assertIn(passage["original"], texts[line["original"]["id"]])
                self.assertIn(passage["suspect"], texts[line["suspect"]["id"]])

    def test_the_seed_and_nothing_else_decides_what_is_drawn(self):
        self.make(Corpus(6))
        samples = set()
        for threads in (1, 4):
            self.draw("--sample", 10, "--threads", threads)
            samples.add((self.folder / "sample.jsonl").read_bytes())
        self.assertEqual(1, len(samples))
        self.draw("--sample", 10, "--sample-seed", 2)
        self.assertNotIn((self.folder / "sample.jsonl").read_bytes(), samples)

    def test_findings_far_apart_are_counted_whichever_came_first(self):
        self.make(Corpus(7))
        named = self.audit("--summary", "summary.json")
        days = [self.corpus.days_apart(*pair[:2]) for pair in named]
        far = self.json("summary.json")["far_apart"]
        self.assertEqual(sum(d is not None and d > 7 for d in days), far["named"])
        self.assertEqual(sum(d is not None for d in days), far["dated"])
        self.assertAlmostEqual(far["dated"] / len(named), far["dated_share"], 5)
        self.assertIn("lower bound", far["means"])
        self.assertTrue(any(d is None for d in days) and far["named"] > 0)

    def test_the_summary_counts_what_the_reports_hold(self):
        self.make(Corpus(8))
        self.audit("--summary", "summary.json", "--all")
        reports = [json.loads(line) for line in self.read("out.jsonl")]
        findings = [f for r in reports for f in r["findings"] if f["verdict"] in NAMED]
        summary = self.json("summary.json")
        self.assertEqual((len(reports), 0), (summary["suspects"], summary["bad_records"]))
        self.assertEqual(collections.Counter(r["summary"]["verdict"] for r in reports),
                         {k: v for k, v in summary["verdicts"].items() if v})
        self.assertEqual(collections.Counter(f["verdict"] for f in findings),
                         {k: v for k, v in summary["findings"]["by_verdict"].items() if v})
        expected = sum(1 - f["probability"] for f in findings)
        self.assertAlmostEqual(expected, summary["findings"]["expected_false"], 3)
        self.assertAlmostEqual(expected / len(findings), summary["findings"]["expected_false_share"], 4)

    def test_a_resumed_run_sums_up_all_reports(self):
        self.make(Corpus(9))
        self.audit("--summary", "summary.json")
        whole = self.json("summary.json")
        lines = self.read("out.jsonl")
        self.write("out.jsonl", "\n".join(lines[:20]) + "\n")
        self.audit("--summary", "summary.json", "--resume")
        resumed = self.json("summary.json")
        for summary in (whole, resumed):
            for name in ("expected_false", "expected_false_share"):
                summary["findings"][name] = round(summary["findings"][name], 3)
        self.assertEqual(whole, resumed)

    def test_readings_may_be_unsure_or_missing(self):
        self.make(Corpus(10))
        _, lines = self.draw("--sample", 30)
        for line, reading in zip(lines, ["unsure", "unsure", ""]):
            line["reading"] = reading
        for line in lines[3:]:
            line["reading"] = "derived"
        self.write("read.jsonl", jsonl(lines))
        said = self.run_program("audit", "--readings", "read.jsonl", "--summary", "-")
        precision = json.loads(said.out)["precision"]
        self.assertEqual((1, 2, 27, 0), (precision["unread"], precision["all"]["unsure"], precision["all"]["derived"],
                                         precision["all"]["innocent"]))
        self.assertEqual(1, precision["all"]["estimate"])
        self.assertLess(precision["all"]["low"], 1)
        self.assertIn("precision 1.00", said.err)

    def test_a_bad_reading_is_named_by_its_line(self):
        self.make(Corpus(11, 12))
        _, lines = self.draw("--sample", 4)
        for change, said in (({"reading": "guilty"}, "derived, innocent or unsure"),
                             ({"verdict": "unrelated"}, "verdict, stratum"),
                             ({"run_findings": 99999}, "different runs")):
            self.write("read.jsonl", jsonl([lines[0], {**lines[1], **change}]))
            self.refused("audit", "--readings", "read.jsonl", "--summary", "p.json", names=("read.jsonl:2", said))
        self.write("read.jsonl", jsonl([lines[0], lines[0]]))
        self.refused("audit", "--readings", "read.jsonl", "--summary", "p.json", names=("read.jsonl:2", "earlier line"))
        self.write("read.jsonl", "{\n")
        self.refused("audit", "--readings", "read.jsonl", "--summary", "p.json", names="read.jsonl:1")
        self.refused("audit", "--readings", "none.jsonl", "--summary", "p.json", names="none.jsonl")

    def test_options_that_need_each_other_are_named(self):
        self.make(Corpus(12, 3))
        base = ("audit", "suspects.jsonl", "--archive", "archive", "--out", "out.jsonl")
        self.refused(*base, "--sample", 3, names="--sample-out")
        self.refused(*base, "--sample-out", "s", names="--sample")
        self.refused(*base, "--sample", 3, "--sample-out", "s", "--brief", names="--brief")
        self.refused(*base, "--sample", 3, "--sample-out", "s", "--resume", names="--resume")
        self.refused("audit", "suspects.jsonl", "--readings", "r.jsonl", names="r.jsonl")
        self.refused("audit", "suspects.jsonl", "--out", "out.jsonl", names="--archive")
        self.refused("audit", "--archive", "archive", "--out", "out.jsonl", names="INPUT")


if __name__ == "__main__":
    unittest.main()
