#!/usr/bin/env python3
"""Grades the panels, notices and facts, on articles whose every alteration is known.

    grade_panels.py ARTICLES.jsonl SCRATCH [--unspin PATH] [--sample 400] [--share 0.3] [--json]

Furniture of our own wording (byline, dateline, credits, copyright notice) is put around a seeded sample of the articles
that have none, datasets/recipes/spin.py spins body and notice, and each piece of furniture gets one fate of four: kept,
altered, removed, added. In the spun body some digits are changed, some are taken away, and some are written anew in
words. Prints
  notices   per kind, the share of pieces that the report lists once, with the right state and, where altered, the text
            that stands there now; `false` counts listed notices that nobody planted
  facts     kept: share of the untouched and re-written facts called kept; altered, missing: of the damaged numbers;
            and names: of those that the spinner replaced, the share called altered
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
FATES = ("kept", "altered", "removed", "added")
# Articles that have furniture of their own are left out: what became of it is not known.
FURNITURE = re.compile(r"(?i:copyright|©|all rights reserved|reporting by|contribut|getty|AP Photo|originally|permission|republish|"
                       r"writing by|image caption)|^\W*By [A-Z]|^\W*[A-Z]{3}|^\W*(?:Photos?|Images?|Credit|Sources?)\b *:|/ ?(?:AP|AFP|Reuters)\b|R(?i:euters)/|first appeared|\(c\)", re.M)
TENS = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety"}
UNITS = "zero one two three four five six seven eight nine".split()


def in_words(number):
    return TENS[number // 10 * 10] + ("-" + UNITS[number % 10] if number % 10 else "")


def filled(template, chance):
    person, person2 = chance.sample(PEOPLE, 2)
    return template.format(person=person, person2=person2, agency=chance.choice(AGENCIES), place=chance.choice(PLACES),
                           year=chance.choice(("2019", "2021", "2023")))


def another(template, text, chance):
    while (other := filled(template, chance)) == text:
        pass
    return other


def bodies(path, count):
    with open(path, encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, filter(str.strip, lines)) if 200 <= len(row["text"].split()) <= 900
                and not FURNITURE.search(row["text"])]
    return random.Random(17).sample(rows, min(count, len(rows)))


def spin(rows, scratch, share):
    """Body and notice as the spinner leaves them: {id: (record, notice)}."""
    made = {}
    with open(scratch / "panel-articles.jsonl", "w", encoding="utf-8") as out:
        for row in rows:
            chance = random.Random("notice " + row["id"])
            template = chance.choice(BACK["copyright"])
            made[row["id"]] = notice = filled(template, chance)
            out.write(json.dumps({"id": row["id"], "text": row["text"].strip() + "\n\n" + notice}) + "\n")
    subprocess.run([sys.executable, str(ROOT / "datasets/recipes/spin.py"), str(scratch / "panel-articles.jsonl"), "--share", str(share),
                    "--seed", "panels", "--names", "0.05", "--out", str(scratch / "panel-spun.jsonl")], check=True, stderr=subprocess.DEVNULL)
    with open(scratch / "panel-spun.jsonl", encoding="utf-8") as lines:
        return {row["original_id"]: (row, made[row["original_id"]]) for row in map(json.loads, lines)}


def damage(original, body, chance):
    """Numbers of two digits or more that stand once in either text: changed, taken away, or written in words."""
    truth = {}
    number = re.compile(r"(?<![\w.,:/$£€-])\d{2,4}(?![\w:/-]|[.,]\d)")
    for match in reversed(list(number.finditer(body))):
        digits = match.group()
        alone = re.compile(rf"(?<![\d]){digits}(?!\d)")
        if len(alone.findall(original)) != 1 or len(alone.findall(body)) != 1 or re.fullmatch("(19|20)..", digits):
            continue
        before = re.search(r"(\w+)\W*$", body[:match.start()])
        if before and re.fullmatch("(?i)jan.*|feb.*|mar.*|apr.*|may|june?|july?|aug.*|sept.*|oct.*|nov.*|dec.*", before.group(1)):
            continue
        fate = chance.choice(("altered", "missing", "kept", "kept", "kept"))
        instead = digits
        if fate == "altered":
            instead = str(int(digits[::-1])) if int(digits[::-1]) >= 10 and digits[::-1] != digits else str(int(digits) + 13)
            if re.search(rf"\b{instead}\b", body + original):
                continue
        elif fate == "missing":
            instead = "many"
        elif len(digits) == 2 and int(digits) >= 20 and chance.random() < 0.5:
            instead = in_words(int(digits))
        body = body[:match.start()] + instead + body[match.end():]
        truth[digits] = (fate, instead)
    return body, truth


def pair(row, spun, notice):
    chance = random.Random(row["id"])
    body, truth = row["text"].strip(), []
    # What the scraper put around the article is left where it is; the notice is the paragraph before its footer.
    head, footer = spun["text"].rsplit("\n\n", 1)
    spun_text, spun_notice = head.rsplit("\n\n", 1)
    spun_text, numbers = damage(body, spun_text, chance)
    sides = {"original": {}, "suspect": {}}
    for kind in ("byline", "dateline", "credit", "copyright"):
        if kind != "copyright" and chance.random() < 0.25:
            continue
        template = chance.choice({**FRONT, **BACK}[kind])
        text = notice if kind == "copyright" else filled(template, chance)
        fate = chance.choice(FATES)
        if kind == "copyright" and fate in ("kept", "altered"):
            other = spun_notice
            fate = "kept" if other == text else "altered"
        else:
            other = text if fate in ("kept", "added") else another(template, text, chance) if fate == "altered" else ""
        if fate == "added":
            sides["suspect"][kind] = text
            truth.append({"kind": kind, "state": fate, "suspect": text})
        else:
            sides["original"][kind] = text
            if other:
                sides["suspect"][kind] = other
            truth.append({"kind": kind, "state": fate, "original": text, "suspect": other})
    # The spinner's page begins with navigation and headline; the story's first sentence tells where its own text begins.
    start = next((edit["suspect_span"][1] for edit in spun["substitutions"] if edit["kind"] == "boilerplate"), 0)

    def build(side, text, begin, end):
        furniture = sides[side]
        out = text[:begin]
        if "byline" in furniture:
            out += furniture["byline"] + "\n\n"
        out += furniture.get("dateline", "") + text[begin:]
        for kind in ("credit", "copyright"):
            if kind in furniture:
                out += "\n\n" + furniture[kind]
        return out + end
    return (build("original", body, 0, ""), build("suspect", spun_text, start, "\n\n" + footer), truth, numbers)


def plain(text):
    return re.sub(r"[\W_]+", " ", text or "").strip().lower()


def grade_notices(truth, listed, counts, mistakes, name):
    listed = list(listed)
    for piece in truth:
        found = [entry for entry in listed if entry["kind"] == piece["kind"] and
                 plain(entry.get("original")) == plain(piece.get("original")) and entry["state"] == piece["state"] and
                 (piece["state"] not in ("altered", "added") or plain(entry.get("suspect")) == plain(piece["suspect"]))]
        key = (piece["kind"], piece["state"])
        counts[key][1] += 1
        if found:
            counts[key][0] += 1
            listed.remove(found[0])
        else:
            mistakes.append(f"{name}\tnotice\twanted {piece}\n\t\tlisted {listed}")
    counts[("false", "")][0] += len(listed)
    for entry in listed:
        mistakes.append(f"{name}\tnotice\tfalse {entry}")


def grade_facts(row, spun, numbers, facts, counts, mistakes, name):
    text = row["text"].strip()
    edits = [(edit["original_span"], edit) for edit in spun["substitutions"] if edit["kind"] != "boilerplate"]
    for fact in facts:
        wanted = fact["original"]
        if fact["kind"] == "number" and re.match(r"\d+", wanted) and re.match(r"\d+", wanted).group() in numbers:
            fate, instead = numbers[re.match(r"\d+", wanted).group()]
            if re.fullmatch(r"\d+\D*", wanted):
                key = "number " + fate
                counts[key][1] += 1
                right = fact["state"] == fate and (fate != "altered" or instead in fact.get("suspect", ""))
                counts[key][0] += right
                if not right:
                    mistakes.append(f"{name}\tfact\t{key} ({instead})\t{fact}")
                continue
        spots = [match.span() for match in re.finditer(r"(?<!\w)" + re.escape(wanted) + r"(?!\w)", text)]
        if not spots:
            continue
        touched = [edit for span, edit in edits for spot in spots if span[0] < spot[1] and spot[0] < span[1]]
        if any(char.isdigit() for char in wanted) and any(digits in wanted for digits in numbers):
            continue
        if not touched:
            key, state = fact["kind"] + " untouched", "kept"
        elif fact["kind"] == "number" and all(edit["kind"] == "number" for edit in touched):
            key, state = "number rewritten", "kept"
        elif fact["kind"] in ("quotation", "name") and len(spots) == 1 and all(
                plain(edit["original"]) != plain(edit["suspect"]) and edit["kind"] in ("synonym",) for edit in touched):
            key, state = fact["kind"] + " altered", "altered"
        else:
            continue
        counts[key][1] += 1
        counts[key][0] += fact["state"] == state
        if fact["state"] != state:
            mistakes.append(f"{name}\tfact\t{key}\t{fact}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles")
    parser.add_argument("scratch", type=pathlib.Path)
    parser.add_argument("--unspin", default=os.environ.get("UNSPIN") or str(ROOT / "build/release/unspin"))
    parser.add_argument("--sample", type=int, default=400, metavar="N", help="articles (default: 400)")
    parser.add_argument("--share", type=float, default=0.3, help="of words that the spinner replaces (default: 0.3)")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    options.scratch.mkdir(parents=True, exist_ok=True)
    rows = bodies(options.articles, options.sample)
    spun = spin(rows, options.scratch, options.share)
    pairs = [pair(row, *spun[row["id"]]) for row in rows]
    with open(options.scratch / "panel-pairs.jsonl", "w", encoding="utf-8") as out:
        for row, (original, suspect, _, _) in zip(rows, pairs):
            out.write(json.dumps({"original_id": row["id"], "original": original, "suspect_id": row["id"], "suspect": suspect}) + "\n")
    with open(options.scratch / "panel-reports.jsonl", "wb") as out:
        subprocess.run([options.unspin, "compare", "--pairs", str(options.scratch / "panel-pairs.jsonl"), "--full", "--quiet"],
                       stdout=out, check=True)
    notices, facts = collections.defaultdict(lambda: [0, 0]), collections.defaultdict(lambda: [0, 0])
    mistakes, named = [], 0
    with open(options.scratch / "panel-reports.jsonl", encoding="utf-8") as lines:
        for row, (_, _, truth, numbers), line in zip(rows, pairs, lines):
            report = json.loads(line)
            if report["findings"][0]["verdict"] in ("independent", "unrelated", "insufficient"):
                continue  # without a derivation no notices are listed
            named += 1
            grade_notices(truth, report["notices"], notices, mistakes, row["id"])
            grade_facts(row, spun[row["id"]][0], numbers, report["findings"][0]["facts"], facts, mistakes, row["id"])
    (options.scratch / "panel-mistakes.txt").write_text("\n".join(mistakes) + "\n", encoding="utf-8")
    false = notices.pop(("false", ""), [0, 0])[0]
    grades = {}
    for table in (notices, facts):
        for key, (right, count) in sorted(table.items()):
            grades[" ".join(key) if isinstance(key, tuple) else key] = {"of": count, "right": right, "share": round(right / count, 4)}
    listed = [sum(column) for column in zip(*notices.values())] or [0, 0]
    grades["all notices"] = {"of": listed[1], "right": listed[0], "share": round(listed[0] / max(listed[1], 1), 4), "false": false,
                             "articles": len(rows), "named": named}
    if options.json:
        print(json.dumps(grades))
        return
    for name, figures in grades.items():
        print(f"{name:20}", "  ".join(f"{column} {value}" for column, value in figures.items()))


if __name__ == "__main__":
    main()
