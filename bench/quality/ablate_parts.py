#!/usr/bin/env python3
"""Ablation of the engine: removes each channel, resource and step in turn, and prints the figures without it.

    ablate_parts.py RUN_DIR SCRATCH [--only NAME ...]

RUN_DIR is the scratch folder of a finished `bench/quality/run --more made` (build/quality/full): pairs and corpora.
The committed sources are copied to SCRATCH and built once unchanged, and once for each component with one text
replacement in one source file that removes it. The text to replace must occur exactly once; the program has no switches
for this. Columns:
  found       mean over the sets, at 1 % / 0.2 % false accusations; model refitted and cross-validated without the component
  recall@1    mean over the sets, among the originals and both corpora
  plagdet     PAN 2013, with the passage model as it is
  listed      spun articles: precision / recall of the substitutions listed, mean over the shares
  panels      share of the planted notices that are listed correctly
"""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = pathlib.Path(os.environ.get("UNSPIN_SHARED") or ROOT / ".." / "shared").resolve()
CORE = "core/unspin/"
# name: (file, text to replace, replacement)
COMPONENTS = {
    "nothing": None,
    "channel: sketch": (CORE + "index/candidate_search.h", "uint32_t bands = kBands;", "uint32_t bands = 0;"),
    "channel: anchors": (CORE + "index/candidate_search.h", "return frequency > 0 && (", "return frequency > 4000000000u && ("),
    "length normalisation of candidates": (CORE + "index/length_norm.cc", "/ 120.0f, 0.75f)", "/ 120.0f, 0.0f)"),
    "thesauri": (CORE + "lexicon/lexicon.cc", "Relation Lexicon::Relate(const WordInfo& a, const WordInfo& b) const {",
                 "Relation Lexicon::Relate(const WordInfo& whole, const WordInfo& b) const {\n  WordInfo a = whole;\n  a.lemmas.fill(kNoLemma);"),
    "synonyms of several words": (CORE + "align/pair_phrases.cc", "if (lexicon.lexicon().PhraseSynonyms(left, right))", "if (false)"),
    "word frequencies": (CORE + "lexicon/lexicon.cc", "frequency ? word_idfs_[*frequency] : unknown_idf_",
                         "frequency && word_idfs_[*frequency] < 1.5f ? 1.0f : 4.0f"),
    "zones": (CORE + "zones/zones.cc", "{\n  return ZoneFinder(text, article, language).Run();\n}",
              "{\n  Zones zones = ZoneFinder(text, article, language).Run();\n  for (Zone& zone : zones.of_token) zone = Zone::kBody;\n"
              "  for (ZoneSpan& span : zones.spans) span.zone = Zone::kBody;\n  return zones;\n}"),
}


def shell(*command, **more):
    return subprocess.run([str(part) for part in command], check=True, **more)


def graded(*command):
    return json.loads(shell(sys.executable, *command, "--json", stdout=subprocess.PIPE).stdout)


def mean(rows, column):
    values = [row[column] for row in rows.values() if row.get(column) is not None]
    return sum(values) / len(values)


def build(source, target, component):
    """Builds the sources without the component, restores them, and returns the paths of the program and of unspin_fit_model."""
    source_file = None
    if component:
        path, old, new = component
        source_file = source / path
        text = source_file.read_text()
        if text.count(old) != 1:
            sys.exit(f"{path}: {old!r} occurs {text.count(old)} times, not once; update COMPONENTS in this file")
        source_file.write_text(text.replace(old, new))
    try:
        if not (target / "build.ninja").exists():
            shell("cmake", "-S", source, "-B", target, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release", "-DUNSPIN_BENCH=ON",
                  stdout=subprocess.DEVNULL)
        shell("cmake", "--build", target, "--target", "unspin_cli", "unspin_fit_model", stdout=subprocess.DEVNULL)
    finally:
        if component:
            source_file.write_text(text)
    return target / "unspin", target / "unspin_fit_model"


def grade(options, unspin, fit):
    """The figures of one row, in the order of the columns."""
    run, scratch = options.run, options.scratch
    exam, work = SHARED / "tools" / "exam.py", run / "exam"
    shell(fit, *sorted((SHARED / "data" / "pairs").glob("*.jsonl")), "--more", run / "made-pairs.jsonl",
          "--innocent", run / "innocent-pairs.jsonl", "--wild", run / "wild-pairs.jsonl",
          "--out", os.devnull, "--cross-validated", scratch / "crossed.jsonl", stdout=subprocess.DEVNULL)
    compare_grades = graded(exam, "grade", work, "--compared", scratch / "crossed.jsonl")["compared"]
    archive, audited = scratch / "archive", scratch / "audited.jsonl"
    shutil.rmtree(archive, ignore_errors=True)
    audited.unlink(missing_ok=True)
    # Status 3: some records of the corpora have no text.
    process = subprocess.run([unspin, "index", work / "originals.jsonl", run / "us-news.jsonl", run / "reuters-1987.jsonl",
                              "--archive", archive, "--quiet"], stdout=subprocess.DEVNULL)
    if process.returncode not in (0, 3):
        sys.exit(f"unspin index ended with {process.returncode}")
    shell(unspin, "audit", work / "suspects.jsonl", "--archive", archive, "--all", "--brief", "--quiet", "--out", audited)
    audit_grades = graded(exam, "grade", work, "--audited", audited)["audited"]
    pan, detections = SHARED / "data" / "pan13-train", scratch / "detections"
    shutil.rmtree(detections, ignore_errors=True)
    shell(unspin, "align", "--pairs", options.pan_pairs, "--suspects", pan / "susp", "--originals", pan / "src", "--out", detections, "--quiet")
    plagdet = graded(SHARED / "tools" / "plagdet.py", pan, detections)
    folder = pathlib.Path(__file__).resolve().parent
    spun = graded(folder / "grade_spinner.py", run / "us-news.jsonl", scratch / "spinner", "--unspin", unspin, "--sample", 200)
    panels = graded(folder / "grade_panels.py", run / "us-news.jsonl", scratch / "panels", "--unspin", unspin, "--sample", 200)
    return [mean(compare_grades, "found"), mean(compare_grades, "found.2"), mean(audit_grades, "recall@1"),
            plagdet["all"]["plagdet"], mean(spun, "precision"), mean(spun, "recall"), panels["all notices"]["share"]]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=pathlib.Path, help="scratch folder of a finished bench/quality/run")
    parser.add_argument("scratch", type=pathlib.Path, help="folder for the sources, the build and the outputs")
    parser.add_argument("--only", nargs="+", choices=COMPONENTS, default=list(COMPONENTS), metavar="NAME",
                        help="components to remove, or `nothing` (default: all)")
    options = parser.parse_args()
    options.scratch.mkdir(parents=True, exist_ok=True)
    options.pan_pairs = SHARED / "data" / "pan13-train" / "pairs"
    source = options.scratch / "source"
    shutil.rmtree(source, ignore_errors=True)
    source.mkdir()
    sources = subprocess.run(["git", "-C", ROOT, "archive", "HEAD"], check=True, stdout=subprocess.PIPE).stdout
    shell("tar", "x", "-C", source, input=sources)
    print("| without | found, 1 % / 0.2 % | recall@1 | plagdet | listed: precision / recall | panels |\n|---|--:|--:|--:|--:|--:|", flush=True)
    for name in options.only:
        figures = [f"{figure:.3f}" for figure in grade(options, *build(source, options.scratch / "build", COMPONENTS[name]))]
        cells = [" / ".join(figures[:2]), figures[2], figures[3], " / ".join(figures[4:6]), figures[6]]
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
