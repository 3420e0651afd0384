#!/usr/bin/env python3
"""Grades the notices and facts of reports, on articles whose every change is known.

    grade_panels.py ARTICLES.jsonl SCRATCH [--unspin PATH] [--sample 400] [--share 0.3] [--json]

The script plants notices of our own wording (byline, dateline, credit, copyright notice) around a seeded sample of
articles that have none. datasets/recipes/spin.py spins the body and the copyright notice. Each notice gets one of four
states: kept, altered, removed, added. In the spun body some numbers are changed, some are removed, and some are written in
words. Prints
  notices   for each kind and state: the share of planted notices that the report lists once, with the correct state and,
            if altered, the new text; `false` counts listed notices that were not planted
  facts     untouched, rewritten: the share of such facts reported as kept; altered, missing: the share of damaged numbers
            reported so; names and quotations that the spinner replaced: the share reported as altered
Mistakes are listed in SCRATCH/panel-mistakes.txt.
"""
import argparse
import collections
import json
import os
import pathlib
import random
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PEOPLE = ("Anna Berg", "Tomasz Ruhl", "Marta Quill", "Ines Halloran", "Piet Vandermeer", "Sunniva Dahl", "Rhys Calloway",
          "Oona Terhune", "Lorcan Fytche", "Wilma Aske")
AGENCIES = ("Harbour Press", "Tessera News", "Northgate News Agency", "Continental Dispatch", "Meridian Wire")
PLACES = ("VELMAR", "PORT ASTON", "BRANDECK", "KELSO BAY", "LUMEN CITY")
FRONT = {
    "byline": ("By {person}", "By {person}, {agency}", "By {person} and {person2}"),
    "dateline": ("{place} ({agency}) — ", "{place}, March 4 ({agency}) - ", "{place} — "),
}
BACK = {
    "credit": ("(Reporting by {person}; Editing by {person2})", "Reporting by {person} in Velmar.", "Photo: {person}/{agency}",
               "Source: {agency}", "{agency} contributed to this report.", "Additional reporting by {person}.",
               "This article was originally published by {agency}.", "Credit: {agency}", "Image: {person} / {agency}",
               "{person} of {agency} contributed to this story."),
    "copyright": ("Copyright {year} The {agency}. All rights reserved. This material may not be published, broadcast, rewritten or "
                  "redistributed without permission.", "© {year} {agency}. All rights reserved.", "Copyright {year} {agency}",
                  "(c) {year} {agency}. Republication or redistribution of {agency} content is prohibited without prior written "
                  "consent.", "© {year} {agency}. This story may not be reproduced or used without written permission."),
}
STATES = ("kept", "altered", "removed", "added")
# Articles that have notices of their own are left out, because the state of those notices is not known.
OWN_NOTICE = re.compile(r"(?i:copyright|©|all rights reserved|reporting by|contribut|getty|AP Photo|originally|permission|republish|"
                       r"writing by|image caption)|^\W*By [A-Z]|^\W*[A-Z]{3}|^\W*(?:Photos?|Images?|Credit|Sources?)\b *:|/ ?(?:AP|AFP|Reuters)\b|R(?i:euters)/|first appeared|\(c\)", re.M)
TENS = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety"}
UNITS = "zero one two three four five six seven eight nine".split()


def in_words(number):
    return TENS[number // 10 * 10] + ("-" + UNITS[number % 10] if number % 10 else "")


def fill(template, generator):
    person, person2 = generator.sample(PEOPLE, 2)
    return template.format(person=person, person2=person2, agency=generator.choice(AGENCIES), place=generator.choice(PLACES),
                           year=generator.choice(("2019", "2021", "2023")))


def fill_differently(template, text, generator):
    while (other := fill(template, generator)) == text:
        pass
    return other


def sample_articles(path, count):
    with open(path, encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, filter(str.strip, lines)) if 200 <= len(row["text"].split()) <= 900
                and not OWN_NOTICE.search(row["text"])]
    return random.Random(17).sample(rows, min(count, len(rows)))


def spin(rows, scratch, share):
    """Spins body and copyright notice: {id: (record of spin.py, copyright notice)}."""
    notices = {}
    with open(scratch / "panel-articles.jsonl", "w", encoding="utf-8") as out:
        for row in rows:
            generator = random.Random("notice " + row["id"])
            template = generator.choice(BACK["copyright"])
            notices[row["id"]] = notice = fill(template, generator)
            out.write(json.dumps({"id": row["id"], "text": row["text"].strip() + "\n\n" + notice}) + "\n")
    subprocess.run([sys.executable, str(ROOT / "datasets/recipes/spin.py"), str(scratch / "panel-articles.jsonl"), "--share", str(share),
                    "--seed", "panels", "--names", "0.05", "--out", str(scratch / "panel-spun.jsonl")], check=True, stderr=subprocess.DEVNULL)
    with open(scratch / "panel-spun.jsonl", encoding="utf-8") as lines:
        return {row["original_id"]: (row, notices[row["original_id"]]) for row in map(json.loads, lines)}


def damage(original, body, generator):
    """Changes, removes, or writes in words numbers of two to four digits that occur once in each text.

    Returns the new body and {digits: (state, new text)}.
    """
    truth = {}
    number = re.compile(r"(?<![\w.,:/$£€-])\d{2,4}(?![\w:/-]|[.,]\d)")
    for match in reversed(list(number.finditer(body))):
        digits = match.group()
        occurrence = re.compile(rf"(?<![\d]){digits}(?!\d)")
        if len(occurrence.findall(original)) != 1 or len(occurrence.findall(body)) != 1 or re.fullmatch("(19|20)..", digits):
            continue
        before = re.search(r"(\w+)\W*$", body[:match.start()])
        if before and re.fullmatch("(?i)jan.*|feb.*|mar.*|apr.*|may|june?|july?|aug.*|sept.*|oct.*|nov.*|dec.*", before.group(1)):
            continue
        state = generator.choice(("altered", "missing", "kept", "kept", "kept"))
        new_text = digits
        if state == "altered":
            new_text = str(int(digits[::-1])) if int(digits[::-1]) >= 10 and digits[::-1] != digits else str(int(digits) + 13)
            if re.search(rf"\b{new_text}\b", body + original):
                continue
        elif state == "missing":
            new_text = "many"
        elif len(digits) == 2 and int(digits) >= 20 and generator.random() < 0.5:
            new_text = in_words(int(digits))
        body = body[:match.start()] + new_text + body[match.end():]
        truth[digits] = (state, new_text)
    return body, truth


def pair(row, spun, notice):
    """(original, suspect, planted notices, damaged numbers): both texts with notices planted around them."""
    generator = random.Random(row["id"])
    body, truth = row["text"].strip(), []
    # The spinner's page boilerplate stays. The copyright notice is the last paragraph before the footer.
    head, footer = spun["text"].rsplit("\n\n", 1)
    spun_text, spun_notice = head.rsplit("\n\n", 1)
    spun_text, numbers = damage(body, spun_text, generator)
    sides = {"original": {}, "suspect": {}}
    for kind in ("byline", "dateline", "credit", "copyright"):
        if kind != "copyright" and generator.random() < 0.25:
            continue
        template = generator.choice({**FRONT, **BACK}[kind])
        text = notice if kind == "copyright" else fill(template, generator)
        state = generator.choice(STATES)
        if kind == "copyright" and state in ("kept", "altered"):
            other = spun_notice
            state = "kept" if other == text else "altered"
        else:
            other = ""
            if state != "removed":
                other = fill_differently(template, text, generator) if state == "altered" else text
        if state == "added":
            sides["suspect"][kind] = text
            truth.append({"kind": kind, "state": state, "suspect": text})
        else:
            sides["original"][kind] = text
            if other:
                sides["suspect"][kind] = other
            truth.append({"kind": kind, "state": state, "original": text, "suspect": other})
    # The spun page begins with navigation and headline; the text of the article begins after them.
    start = next((edit["suspect_span"][1] for edit in spun["substitutions"] if edit["kind"] == "boilerplate"), 0)

    def build(side, text, begin, end):
        notices = sides[side]
        out = text[:begin]
        if "byline" in notices:
            out += notices["byline"] + "\n\n"
        out += notices.get("dateline", "") + text[begin:]
        for kind in ("credit", "copyright"):
            if kind in notices:
                out += "\n\n" + notices[kind]
        return out + end
    return (build("original", body, 0, ""), build("suspect", spun_text, start, "\n\n" + footer), truth, numbers)


def plain(text):
    return re.sub(r"[\W_]+", " ", text or "").strip().lower()


def grade_notices(truth, listed, counts, mistakes, name):
    """Adds to `counts`, {(kind, state): [correct, all]}, the notices of one report."""
    listed = list(listed)
    for planted in truth:
        matches = [entry for entry in listed if entry["kind"] == planted["kind"] and
                 plain(entry.get("original")) == plain(planted.get("original")) and entry["state"] == planted["state"] and
                 (planted["state"] not in ("altered", "added") or plain(entry.get("suspect")) == plain(planted["suspect"]))]
        key = (planted["kind"], planted["state"])
        counts[key][1] += 1
        if matches:
            counts[key][0] += 1
            listed.remove(matches[0])
        else:
            mistakes.append(f"{name}\tnotice\twanted {planted}\n\t\tlisted {listed}")
    counts[("false", "")][0] += len(listed)
    for entry in listed:
        mistakes.append(f"{name}\tnotice\tfalse {entry}")


def grade_facts(row, spun, numbers, facts, counts, mistakes, name):
    """Adds to `counts`, {kind and state: [correct, all]}, the facts of one report."""
    text = row["text"].strip()
    edits = [(edit["original_span"], edit) for edit in spun["substitutions"] if edit["kind"] != "boilerplate"]
    for fact in facts:
        text_of_fact = fact["original"]
        if fact["kind"] == "number" and re.match(r"\d+", text_of_fact) and re.match(r"\d+", text_of_fact).group() in numbers:
            state_of_number, new_text = numbers[re.match(r"\d+", text_of_fact).group()]
            if re.fullmatch(r"\d+\D*", text_of_fact):
                key = "number " + state_of_number
                counts[key][1] += 1
                correct = (fact["state"] == state_of_number
                           and (state_of_number != "altered" or new_text in fact.get("suspect", "")))
                counts[key][0] += correct
                if not correct:
                    mistakes.append(f"{name}\tfact\t{key} ({new_text})\t{fact}")
                continue
        occurrences = [match.span() for match in re.finditer(r"(?<!\w)" + re.escape(text_of_fact) + r"(?!\w)", text)]
        if not occurrences:
            continue
        overlapping_edits = [edit for span, edit in edits for occurrence in occurrences
                             if span[0] < occurrence[1] and occurrence[0] < span[1]]
        if any(char.isdigit() for char in text_of_fact) and any(digits in text_of_fact for digits in numbers):
            continue
        if not overlapping_edits:
            key, state = fact["kind"] + " untouched", "kept"
        elif fact["kind"] == "number" and all(edit["kind"] == "number" for edit in overlapping_edits):
            key, state = "number rewritten", "kept"
        elif fact["kind"] in ("quotation", "name") and len(occurrences) == 1 and all(
                plain(edit["original"]) != plain(edit["suspect"]) and edit["kind"] in ("synonym",) for edit in overlapping_edits):
            key, state = fact["kind"] + " altered", "altered"
        else:
            continue
        counts[key][1] += 1
        counts[key][0] += fact["state"] == state
        if fact["state"] != state:
            mistakes.append(f"{name}\tfact\t{key}\t{fact}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", help="JSON Lines with the fields id and text")
    parser.add_argument("scratch", type=pathlib.Path, help="folder for intermediate files")
    parser.add_argument("--unspin", default=os.environ.get("UNSPIN") or str(ROOT / "build/release/unspin"), metavar="PATH",
                        help="the program (default: $UNSPIN or build/release/unspin)")
    parser.add_argument("--sample", type=int, default=400, metavar="N", help="number of articles (default: 400)")
    parser.add_argument("--share", type=float, default=0.3, help="share of the words that the spinner replaces (default: 0.3)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    options.scratch.mkdir(parents=True, exist_ok=True)
    rows = sample_articles(options.articles, options.sample)
    spun = spin(rows, options.scratch, options.share)
    pairs = [pair(row, *spun[row["id"]]) for row in rows]
    with open(options.scratch / "panel-pairs.jsonl", "w", encoding="utf-8") as out:
        for row, (original, suspect, _, _) in zip(rows, pairs):
            out.write(json.dumps({"original_id": row["id"], "original": original, "suspect_id": row["id"], "suspect": suspect}) + "\n")
    with open(options.scratch / "panel-reports.jsonl", "wb") as out:
        subprocess.run([options.unspin, "compare", "--pairs", str(options.scratch / "panel-pairs.jsonl"), "--full", "--quiet"],
                       stdout=out, check=True)
    notices, facts = collections.defaultdict(lambda: [0, 0]), collections.defaultdict(lambda: [0, 0])
    mistakes, derived = [], 0
    with open(options.scratch / "panel-reports.jsonl", encoding="utf-8") as lines:
        for row, (_, _, truth, numbers), line in zip(rows, pairs, lines):
            report = json.loads(line)
            if report["findings"][0]["verdict"] in ("independent", "unrelated", "insufficient"):
                continue  # a report lists notices only for derived articles
            derived += 1
            grade_notices(truth, report["notices"], notices, mistakes, row["id"])
            grade_facts(row, spun[row["id"]][0], numbers, report["findings"][0]["facts"], facts, mistakes, row["id"])
    (options.scratch / "panel-mistakes.txt").write_text("\n".join(mistakes) + "\n", encoding="utf-8")
    false_notices = notices.pop(("false", ""), [0, 0])[0]
    grades = {}
    for table in (notices, facts):
        for key, (correct, count) in sorted(table.items()):
            name = " ".join(key) if isinstance(key, tuple) else key
            grades[name] = {"of": count, "right": correct, "share": round(correct / count, 4)}
    all_notices = [sum(column) for column in zip(*notices.values())] or [0, 0]
    grades["all notices"] = {"of": all_notices[1], "right": all_notices[0],
                             "share": round(all_notices[0] / max(all_notices[1], 1), 4), "false": false_notices,
                             "articles": len(rows), "named": derived}
    if options.json:
        print(json.dumps(grades))
        return
    for name, figures in grades.items():
        print(f"{name:20}", "  ".join(f"{column} {value}" for column, value in figures.items()))


if __name__ == "__main__":
    main()
