"""Drafts of notices: each refusal by a real check, what overrides it, and the log that keeps the reason."""

import hashlib
import json
import re
import unittest

import support
from support import FERRY, FERRY_SPUN, LIBRARY, ORCHARD, jsonl

FORMS = ("dmca", "dsa", "google", "cloudflare", "letter")
LANGUAGES = ("en", "de", "fr", "es")

STATEMENT = ("“We have looked at every pier of the old bridge and found cracks that no repair will close for longer than a "
             "winter,” the engineers wrote. “The deck can carry a bus, but not two of them at the same time. We ask the "
             "council to close it to lorries at once, to count the cars each night, and to decide before the spring "
             "whether the town wants a new bridge at the same place or a tunnel further down the river, where the ground "
             "is firm.”")
BRIDGE = f"""Kelso engineers warn of cracks

The report landed on the mayor's desk this Monday and surprised few who cross the water daily.

{STATEMENT}

Shopkeepers near the quay fear for their trade. A vote may come in March, the mayor told reporters after a short walk.
"""
TUNNEL = f"""Tunnel or bridge: a town must choose

For thirty years people here have argued about money, noise and views. A letter published yesterday gives new reasons.

{STATEMENT}

Opponents of a tunnel have gathered nine hundred names already, and a retired ferryman offered to bring back his boat.
"""
RAIL = support.SAMPLES / "rail-strike"

ORIGINALS = [
    {"id": "ferry", "title": "Night ferry to Halmsund returns", "url": "https://post.example/ferry", "text": FERRY,
     "published": "2026-03-04"},
    {"id": "orchard", "title": "Frost in the Velm valley", "url": "https://post.example/orchard", "text": ORCHARD,
     "published": "2026-04-28"},
    {"id": "bridge", "title": "Engineers warn of cracks", "url": "https://post.example/bridge", "text": BRIDGE,
     "published": "2026-02-02"},
    {"id": "rail", "title": "Strike ends", "url": "https://post.example/rail", "published": "2026-02-07",
     "text": (RAIL / "original.txt").read_text(encoding="utf-8")},
]


def suspect(text, published="2026-03-09", **fields):
    return json.dumps({"id": "s1", "title": "The ship sails", "url": "https://spinner.example/8812", "text": text,
                       "published": published, "fetched": "2026-05-02T10:00:00Z", **fields})


class Notices(support.ProgramTest):
    def setUp(self):
        super().setUp()
        self.run_program("index", "-", "--archive", "archive", stdin=jsonl(ORIGINALS).encode())

    def check(self, record, *options, name="suspect.json"):
        """Checks a suspect; the name of the file with its report."""
        self.write(name, record)
        done = self.run_program("check", name, "--archive", "archive", "--json", *options)
        return self.write("report.json", done.out_bytes)

    def draft(self, report, *options, form="dmca", **others):
        return self.run_program("notice", report, "--archive", "archive", "--form", form, *options, **others)

    def refused_by(self, report, rule, *options):
        """The draft is refused by `rule` alone, and made where it is overridden."""
        done = self.refused("notice", report, "--archive", "archive", "--form", "dmca", *options)
        self.assertEqual([rule], re.findall(r"\((no-finding|below-excerpt|common-source|direction|licensed)\)", done.err))
        self.assertEqual("", done.out)
        made = self.draft(report, *options, "--override", "known from paper", "--log", f"{rule}.jsonl")
        self.assertTrue(made.out.startswith("OVERRIDDEN"), made.out[:200])
        self.assertIn(f"Rule: {rule}: ", made.out)
        self.assertIn("Reason that was given: known from paper", made.out)
        (line,) = (self.folder / f"{rule}.jsonl").read_text().splitlines()
        self.assertEqual([rule], json.loads(line)["details"]["overridden"])
        return done

    def lines_of(self, path):
        """The events of a log; the chain is computed here again."""
        previous, events = "", []
        for line in (self.folder / path).read_text().splitlines():
            event = json.loads(line)
            self.assertEqual(previous, event["previous"])
            self.assertEqual(len(events) + 1, event["seq"])
            tail = f',"hash":"{event["hash"]}"}}'
            self.assertTrue(line.endswith(tail))
            self.assertEqual(hashlib.sha256((line[:-len(tail)] + "}").encode()).hexdigest(), event["hash"])
            previous = event["hash"]
            events.append(event)
        return events

    # What a draft holds.

    def test_facts_are_those_of_the_report(self):
        report = self.check(suspect(FERRY_SPUN))
        finding = json.loads((self.folder / report).read_text())["findings"][0]
        draft = self.draft(report).out
        for text in ("Title: Night ferry to Halmsund returns\n", "Address: https://post.example/ferry\n",
                     "Address: https://spinner.example/8812\n", "Date of the original, as known: 2026-03-04\n",
                     "Date of the page, as known: 2026-03-09\n", "Page seen: 2026-05-02T10:00:00Z\n",
                     f"Shared passages: {len(finding['passages'])}\n",
                     f"Longest run of the same words: {finding['longest_verbatim_run']} words\n",
                     f"that are the same: {finding['words']['kept']};",
                     "By these dates the original is the earlier text."):
            self.assertIn(text, draft)
        self.assertNotIn("OVERRIDDEN", draft)

    def test_quotations_stand_in_both_texts(self):
        draft = self.draft(self.check(suspect(FERRY_SPUN))).out
        pairs = re.findall(r"^\d+\. Original: “(.*)”\n   Page: “(.*)”$", draft, re.MULTILINE)
        self.assertTrue(pairs)
        for original, copy in pairs:
            self.assertIn(original, " ".join(FERRY.split()))
            self.assertIn(copy, " ".join(FERRY_SPUN.split()))
        self.assertLessEqual(sum(len(re.findall(r"\w+", text)) for pair in pairs for text in pair), 90)

    def test_every_form_comes_in_every_language(self):
        report = self.check(suspect(FERRY_SPUN))
        drafts = {self.draft(report, "--language", language, form=form).out for form in FORMS for language in LANGUAGES}
        self.assertEqual(len(FORMS) * len(LANGUAGES), len(drafts))
        for draft in drafts:
            self.assertIn("https://spinner.example/8812", draft)
            self.assertIn("2026-11-30", draft)
            self.assertIn("[ ] ", draft)

    def test_a_report_gives_the_same_draft_again(self):
        report = self.check(suspect(FERRY_SPUN))
        first = self.draft(report).out
        self.assertEqual(first, self.draft(report, "--out", "n.txt").out + (self.folder / "n.txt").read_text())
        self.assertEqual(first, self.draft("-", stdin=(self.folder / report).read_bytes()).out)

    def test_a_report_of_compare_needs_no_archive(self):
        self.write("original.json", json.dumps(ORIGINALS[0]))
        self.write("suspect.json", suspect(FERRY_SPUN))
        done = self.run_program("compare", "original.json", "suspect.json", "--json")
        self.write("pair.json", done.out_bytes)
        draft = self.run_program("notice", "pair.json", "--form", "letter").out
        self.assertIn("https://post.example/ferry", draft)

    def test_a_pack_needs_nothing_else(self):
        report = self.check(suspect(FERRY_SPUN))
        draft = self.draft(report).out
        self.run_program("pack", report, "--archive", "archive", "--out", "pack.zip")
        (self.folder / "suspect.json").unlink()
        self.assertEqual(draft, self.run_program("notice", "pack.zip", "--form", "dmca").out)
        damaged = bytearray((self.folder / "pack.zip").read_bytes())
        damaged[len(damaged) // 2] ^= 1
        self.write("damaged.zip", bytes(damaged))
        self.refused("notice", "damaged.zip", "--form", "dmca", names="damaged.zip")

    def test_another_finding_is_drafted_by_its_number(self):
        report = self.check(suspect(FERRY_SPUN + "\n" + ORCHARD, published="2026-05-09"))
        first = self.draft(report)
        self.assertIn("the report has 2 findings; this draft is about the first", first.err)
        both = {re.search(r"^Address: (https://post.example/\w+)$", self.draft(report, "--finding", number).out,
                          re.MULTILINE)[1] for number in (1, 2)}
        self.assertEqual({"https://post.example/ferry", "https://post.example/orchard"}, both)
        self.refused("notice", report, "--archive", "archive", "--form", "dmca", "--finding", "3", names="no finding 3")
        self.assertEqual("", self.draft(report, "--quiet").err)

    # Refusals.

    def test_an_unknown_direction_is_refused(self):
        for published in ("", "03/04/2026"):
            with self.subTest(published=published):
                (self.folder / "direction.jsonl").unlink(missing_ok=True)
                self.refused_by(self.check(suspect(FERRY_SPUN, published=published)), "direction")

    def test_an_earlier_suspect_is_refused(self):
        done = self.refused_by(self.check(suspect(FERRY_SPUN, published="2026-01-01")), "direction")
        self.assertIn("the suspect is the earlier text", done.err)

    def test_own_words_are_refused(self):
        report = self.check(suspect((RAIL / "independent.txt").read_text(encoding="utf-8")), "--all")
        self.assertEqual("independent", json.loads((self.folder / report).read_text())["findings"][0]["verdict"])
        self.refused_by(report, "below-excerpt")

    def test_a_common_source_is_refused(self):
        report = self.check(suspect(TUNNEL), "--all")
        self.assertEqual("common-source", json.loads((self.folder / report).read_text())["findings"][0]["verdict"])
        self.refused_by(report, "common-source")

    def test_a_licensed_use_is_refused(self):
        for state in ("licensed", "own-site", "fair-dealing"):
            with self.subTest(state=state):
                (self.folder / "licensed.jsonl").unlink(missing_ok=True)
                self.write("licences.csv", f"site,state\nspinner.example,{state}\n")
                report = self.check(suspect(FERRY_SPUN))
                done = self.refused_by(report, "licensed", "--licences", "licences.csv")
                self.assertIn(state, done.err)

    def test_an_ended_licence_refuses_nothing(self):
        self.write("licences.csv", "site,to\nspinner.example,2026-01-31\n")
        self.assertNotIn("OVERRIDDEN", self.draft(self.check(suspect(FERRY_SPUN)), "--licences", "licences.csv").out)

    def test_the_licences_of_a_pack_are_read(self):
        self.write("licences.csv", "site\nspinner.example\n")
        report = self.check(suspect(FERRY_SPUN))
        self.run_program("pack", report, "--archive", "archive", "--licences", "licences.csv", "--out", "pack.zip")
        self.refused("notice", "pack.zip", "--form", "dsa", names="(licensed)")

    def test_a_report_without_findings_is_refused_whatever_the_reason(self):
        report = self.check(suspect(LIBRARY))
        for options in ((), ("--override", "because", "--log", "log.jsonl")):
            done = self.refused("notice", report, "--archive", "archive", "--form", "dmca", *options, names="no-finding")
            self.assertNotIn("--override REASON", done.err)
        self.assertFalse((self.folder / "log.jsonl").exists())

    def test_all_refusals_are_named_at_once(self):
        self.write("licences.csv", "site\nspinner.example\n")
        self.refused("notice", self.check(suspect(FERRY_SPUN, published="")), "--archive", "archive", "--form", "dmca",
                     "--licences", "licences.csv", names=("(direction)", "(licensed)", "--override REASON --log FILE"))

    # The log.

    def test_the_log_keeps_who_drafted_what_and_why(self):
        report = self.check(suspect(FERRY_SPUN, published=""))
        override = ("--override", "printed on\n3 March", "--log", "log.jsonl")
        self.draft(report, *override, "--person", "Ana Reader")
        self.draft(report, *override, "--language", "de", form="dsa")
        first, second = self.lines_of("log.jsonl")
        self.assertEqual("noticed", first["action"])
        self.assertEqual("Ana Reader", first["person"])
        self.assertTrue(second["person"])
        self.assertRegex(first["time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
        written = json.loads((self.folder / report).read_text())
        self.assertEqual({"form": "dmca", "language": "en", "finding": 0, "report": written["id"],
                          "suspect": written["suspect"]["sha256"], "original": "ferry", "overridden": ["direction"],
                          "reason": "printed on\n3 March"}, first["details"])
        self.assertEqual(("dsa", "de"), (second["details"]["form"], second["details"]["language"]))

    def test_a_draft_that_nothing_refuses_overrides_nothing(self):
        report = self.check(suspect(FERRY_SPUN))
        done = self.draft(report, "--override", "to be sure", "--log", "log.jsonl")
        self.assertEqual(self.draft(report).out, done.out)
        self.assertIn("nothing was overridden", done.err)
        (event,) = self.lines_of("log.jsonl")
        self.assertEqual([], event["details"]["overridden"])
        self.assertNotIn("reason", event["details"])

    def test_a_damaged_log_refuses_and_stays_as_it_is(self):
        report = self.check(suspect(FERRY_SPUN, published=""))
        override = ("--override", "known", "--log", "log.jsonl")
        for _ in range(3):
            self.draft(report, *override)
        whole = (self.folder / "log.jsonl").read_text()
        lines = whole.splitlines(keepends=True)
        for damaged in (whole.replace("known", "other", 1), "".join(lines[1:]), lines[0] + lines[2], whole[:-1],
                        whole[:-30], "{}\n", lines[1] + lines[0] + lines[2]):
            self.write("log.jsonl", damaged)
            done = self.refused("notice", report, "--archive", "archive", "--form", "dmca", *override,
                                names="log.jsonl: the log is damaged: line ")
            self.assertEqual("", done.out)
            self.assertEqual(damaged, (self.folder / "log.jsonl").read_text())

    def test_an_override_needs_a_log_and_a_reason(self):
        report = self.check(suspect(FERRY_SPUN, published=""))
        self.refused("notice", report, "--archive", "archive", "--form", "dmca", "--override", "x", names="--log FILE")
        self.refused("notice", report, "--archive", "archive", "--form", "dmca", "--override", " ", "--log", "log.jsonl",
                     names="reason")
        self.assertFalse((self.folder / "log.jsonl").exists())

    # Wrong input.

    def test_several_reports_are_refused(self):
        report = self.check(suspect(FERRY_SPUN))
        line = (self.folder / report).read_bytes()
        self.write("many.jsonl", line + b"\n" + line)
        self.refused("notice", "many.jsonl", "--archive", "archive", "--form", "dmca", names=("2 reports", "sed -n"))
        self.write("none.jsonl", b"\n\n")
        self.refused("notice", "none.jsonl", "--archive", "archive", "--form", "dmca", names="no report")

    def test_an_edited_report_is_refused(self):
        report = self.check(suspect(FERRY_SPUN, published="2026-01-01"))
        text = (self.folder / report).read_text()
        self.write("edited.json", text.replace('"to-original"', '"from-original"'))
        done = self.refused("notice", "edited.json", "--archive", "archive", "--form", "dmca", names="edited.json")
        self.assertIn("direction", done.err)

    def test_bytes_that_are_no_report_are_refused(self):
        for number, content in enumerate((b"{}", b"\xff\xfe\x00", b"PK\x03\x04", b"[" * 5000, b'{"unspin": 1}')):
            self.write(f"bad{number}", content)
            self.refused("notice", f"bad{number}", "--archive", "archive", "--form", "dmca", names=f"bad{number}")
        self.refused("notice", "missing.json", "--form", "dmca", names="missing.json")

    def test_wrong_options_say_what_is_right(self):
        report = self.check(suspect(FERRY_SPUN))
        self.refused("notice", report, "--archive", "archive", names="--form")
        self.refused("notice", report, "--archive", "archive", "--form", "dmcb", names="dmca")
        self.refused("notice", report, "--archive", "archive", "--form", "dmca", "--language", "it", names="en, de, fr")
        self.refused("notice", report, "--archive", "archive", "--form", "dmca", "--finding", "0", names="1")
        self.refused("notice", report, "--archive", "archive", "--form", "dmca", "--out", report, names="--out")


if __name__ == "__main__":
    unittest.main()
