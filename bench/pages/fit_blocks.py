#!/usr/bin/env python3
"""Fit the block model: which blocks of a web page are its article.

    fit_blocks.py --program build/release/unspin_block_signals --work DIR --out core/unspin/page/block-model.tsv SET...

A SET is a folder of NAME.html files and truth.json (NAME → url, text, …), as the archives of bench/pages/run unpack to.
Each page is read as it is and in two variations (vary_pages.py). A block's label is the share of its words that a
longest-match comparison with the truth finds. Folds never share a site. Printed are the grades (grade.py) of pages
that the model has not seen; variations count apart. Needs numpy, lightgbm and lxml.
"""
import argparse
import difflib
import hashlib
import json
import pathlib
import subprocess
import sys
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from urllib.parse import urlparse

import lightgbm
import numpy

from grade import grade, words

FOLDS = 5
TREES = 300
VARIATIONS = 2
VARIATION_WEIGHT = 0.2  # a variation is made up: together they weigh less than the page
# Signals of English words, and what they are where no word is known. Half of the variations are read as pages of an
# unknown language, so that the model does not lean on them.
WORD_SIGNALS = ("action", "advertisement-words", "legal", "media", "meta", "more", "heading-more", "heading-meta",
                "furniture-1", "furniture+1", "short-words")
PARAMETERS = dict(objective="cross_entropy", learning_rate=.05, num_leaves=24, min_data_in_leaf=200, feature_fraction=.3,
                  bagging_fraction=.8, bagging_freq=1, lambda_l2=1, min_sum_hessian_in_leaf=5, max_bin=127, verbose=-1,
                  num_threads=2, deterministic=True, force_row_wise=True, seed=1)


def labels_of(texts, truth):
    """For each block the share of its words that are the article's."""
    page, owner = [], []
    for block, text in enumerate(texts):
        page += (own := words(text))
        owner += [block] * len(own)
    article = words(truth)
    sizes, shared, runs = Counter(owner), Counter(), Counter()
    for match in difflib.SequenceMatcher(None, page, article, autojunk=False).get_matching_blocks():
        shared.update(owner[match.a:match.a + match.size])
    known = {tuple(article[i:i + 3]) for i in range(len(article) - 2)}
    for i in range(len(page) - 2):
        runs[owner[i]] += owner[i] == owner[i + 2] and tuple(page[i:i + 3]) in known
    labels = []
    for block in range(len(texts)):
        size = sizes[block]
        in_order = shared[block] / size if size else 0.
        # A paragraph that stands on the page twice matches once in order, and is the article both times.
        anywhere = runs[block] / (size - 2) if size > 8 else 0.
        labels.append(max(in_order, anywhere if anywhere > .6 else 0.))
    return labels


class Pages:
    """The blocks of some pages, their signals and labels."""

    def __init__(self, program, folder, paths, truths):
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run([program, folder], input="\n".join(map(str, paths)), text=True, check=True)
        self.names = (folder / "names.txt").read_text().split()
        self.signals = numpy.fromfile(folder / "signals.f32", dtype=numpy.float32).reshape(-1, len(self.names))
        self.blocks = [json.loads(line) for line in (folder / "blocks.jsonl").open()]
        self.rows = defaultdict(list)  # page → its blocks
        for row, block in enumerate(self.blocks):
            self.rows[block["page"]].append(row)
        self.truth = {page: truths[page_key(page)] for page in self.rows}
        with ProcessPoolExecutor() as pool:
            found = pool.map(labels_of, [[self.blocks[row]["text"] for row in rows] for rows in self.rows.values()],
                             [self.truth[page]["text"] for page in self.rows], chunksize=4)
        self.labels = numpy.zeros(len(self.blocks))
        for rows, labels in zip(self.rows.values(), found):
            self.labels[rows] = labels
        self.size = numpy.array([max(1, len(words(block["text"]))) for block in self.blocks], float)
        self.weights, self.folds = numpy.zeros(len(self.blocks)), numpy.zeros(len(self.blocks), int)
        for page, rows in self.rows.items():
            # A block counts by its share of the article, so that long pages do not outweigh short ones.
            self.weights[rows] = numpy.minimum(self.size[rows] / max(50, len(words(self.truth[page]["text"]))), 1) * 100 + .3
            site = ".".join(urlparse(self.truth[page]["url"]).netloc.split(".")[-2:])
            self.folds[rows] = int(hashlib.md5(site.encode()).hexdigest(), 16) % FOLDS

    def forget_words(self, pages):
        rows = [row for page in pages for row in self.rows[page]]
        for column in (self.names.index(name) for name in WORD_SIGNALS):
            self.signals[rows, column] = numpy.minimum(self.signals[rows, column], 0)

    def chosen(self, page, probabilities):
        """As ChooseBlocks and TakeEdges choose (block_model.cc), without what needs the page's headline."""
        rows = numpy.array(self.rows[page])
        size = numpy.array([self.blocks[row]["bytes"] for row in rows], float)
        visibility = numpy.array([self.blocks[row]["visibility"] for row in rows])
        share = probabilities[rows].copy()
        shown = (share * size)[visibility == 0].sum()
        for kind in (1, 2, 3):
            if (share * size)[visibility == kind].sum() < 2 * shown or shown > 4000:
                share[visibility == kind] = 0
        order = numpy.argsort(-share, kind="stable")
        f1 = 2 * numpy.cumsum((share * size)[order]) / (numpy.cumsum(size[order]) + (share * size).sum() + 1e-9)
        taken = share >= share[order][numpy.argmax(f1)]
        self.take_siblings(rows, size, share, taken)
        texts, known = [], set()
        for row, is_taken in zip(rows, taken):
            text = self.blocks[row]["text"]
            if is_taken and not (text in known and self.blocks[row]["bytes"] >= 60):
                texts.append(text)
                known.add(text)
        return texts

    def take_siblings(self, rows, size, share, taken):
        signal = lambda name: self.signals[rows, self.names.index(name)]
        kinds = numpy.stack([signal(name) for name in ("paragraph", "heading", "item", "cell", "division", "preformatted")])
        may = (share >= .02) & (size >= 80) & (signal("link-share") < .4) & (signal("ends-sentence") > 0) & (kinds[1] == 0)
        for step, beside in ((1, signal("beside-1")), (-1, signal("beside+1"))):
            for i in range(len(rows))[::step]:
                before = i - step
                if 0 <= before < len(rows) and taken[before] and may[i] and beside[i] == 1 and (kinds[:, i] == kinds[:, before]).all():
                    taken[i] = True

    def print_quality(self, title, probabilities):
        """For each set the grades of grade.py, by words and by runs of four."""
        for name in sorted({pathlib.Path(page).parent.name for page in self.rows}):
            truth = {page: row for page, row in self.truth.items() if pathlib.Path(page).parent.name == name}
            read = {page: {"text": "\n".join(self.chosen(page, probabilities))} for page in truth}
            by_words, by_runs = grade(read, truth, 1)[0], grade(read, truth, 4)[0]
            chunks = "" if by_words["chunks"] is None else f", chunks {by_words['chunks']:.3f}"
            print(f"{title}{name}: F1 of words {by_words['f1']:.4f}, of runs of four {by_runs['f1']:.4f}, "
                  f"{by_words['lost']} of {len(truth)} lost{chunks}", flush=True)


def page_key(page):
    path = pathlib.Path(page)
    return path.parent.name + "/" + path.stem


def fit(originals, variations, train):
    rows, more = train(originals), train(variations)
    data = lightgbm.Dataset(numpy.vstack([originals.signals[rows], variations.signals[more]]),
                            numpy.concatenate([originals.labels[rows], variations.labels[more]]),
                            weight=numpy.concatenate([originals.weights[rows], variations.weights[more] * VARIATION_WEIGHT]))
    return lightgbm.train(PARAMETERS, data, TREES)


def table(model, names, note):
    """The model as the table of core/unspin/trees/tree_table.h."""
    def walk(node):
        if "leaf_value" in node:
            return ["%.5g" % node["leaf_value"]]
        # "at most" becomes "below the next number of 32 bits".
        below = numpy.float32(node["threshold"])
        if float(below) <= node["threshold"]:
            below = numpy.nextafter(below, numpy.float32(numpy.inf))
        return [f"{names[node['split_feature']]}<{numpy.format_float_positional(below, trim='-')}",
                *walk(node["left_child"]), *walk(node["right_child"])]

    lines = [f"# {line}" for line in note] + ["article\tbias\t0"]
    lines += ["article\ttree\t" + "\t".join(walk(tree["tree_structure"])) for tree in model.dump_model()["tree_info"]]
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=pathlib.Path, nargs="+")
    parser.add_argument("--program", type=pathlib.Path, required=True)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--no-folds", action="store_true", help="fit only")
    options = parser.parse_args()
    truths = {f"{folder.name}/{name}": row for folder in options.sets
              for name, row in json.loads((folder / "truth.json").read_text()).items()}
    varied = []
    for seed in range(1, VARIATIONS + 1):
        for folder in options.sets:
            out = options.work / f"varied-{seed}" / folder.name
            others = [argument for other in options.sets if other != folder for argument in ("--others", other)]
            subprocess.run([sys.executable, pathlib.Path(__file__).with_name("vary_pages.py"), folder, out,
                            "--seed", str(seed), *others], check=True)
            varied += sorted(out.glob("*.html"))
    pages = [page for folder in options.sets for page in sorted(folder.glob("*.html"))]
    originals = Pages(options.program, options.work / "signals", pages, truths)
    variations = Pages(options.program, options.work / "varied-signals", varied, truths)
    variations.forget_words([page for page in variations.rows if int(hashlib.md5(page_key(page).encode()).hexdigest(), 16) % 2])
    if not options.no_folds:
        seen, seen_varied = numpy.zeros(len(originals.blocks)), numpy.zeros(len(variations.blocks))
        for fold in range(FOLDS):
            model = fit(originals, variations, lambda some: some.folds != fold)
            seen[originals.folds == fold] = model.predict(originals.signals[originals.folds == fold])
            seen_varied[variations.folds == fold] = model.predict(variations.signals[variations.folds == fold])
        numpy.save(options.work / "seen.npy", seen)
        for title, some, probabilities in (("", originals, seen), ("varied ", variations, seen_varied)):
            some.print_quality(title, probabilities)
    model = fit(originals, variations, lambda some: numpy.ones(len(some.blocks), bool))
    sizes = ", ".join(f"{folder.name} ({sum(key.startswith(folder.name + '/') for key in truths)} pages)" for folder in options.sets)
    options.out.write_text(table(model, originals.names, [
        f"Block model: trees fitted by bench/pages/fit_blocks.py on {sizes}.",
        "A positive sum: the block is part of the page's article. A tree in prefix order: signal<value, what follows if so,",
        "what follows if not; a bare number is a leaf."]))


if __name__ == "__main__":
    main()
