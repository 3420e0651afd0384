#!/usr/bin/env python3
"""Makes articles with near-duplicates of known similarity, and grades the pairs that a program found.

    articles.py make CORPUS.jsonl ARTICLES.jsonl TRUTH.json [--sample 20000] [--seed 1]
    articles.py grade ARTICLES.jsonl TRUTH.json [--pairs FILE] [--clusters FILE.jsonl] [--edges FILE.jsonl]
    articles.py error TRUTH.json [--sketches FILE] [--sketch-file FILE]

make   draws articles from a corpus (fields id, text) and makes one to three near-duplicates of every tenth:
         words        1 to 10 % of the words are replaced by other words of the corpus; the share is log-uniform
         sentence     a sentence is removed
         boilerplate  a paragraph of page boilerplate is added in front or behind
         copy         nothing is changed
       All articles are shuffled. An original and its near-duplicates are a family; the truth lists the pairs of every
       family with their exact Jaccard similarity.
grade  prints one JSON line: recall, the share of the true pairs (Jaccard of 0.8 or more) that ended in one cluster, and
       precision, the share of the reported pairs that are correct. The exact similarity of every reported pair is
       computed from the texts (0.7 or more is correct), so duplicates that the corpus already had count as correct.
       Reported pairs are lines of two line numbers (--pairs), or articles with their representatives as `unspin dedup`
       writes them (--clusters), and the pairs of its --edges.
error  prints the error of sketches of 128 components against the exact similarity of the pairs of the truth.

The similarity is that of the sets of shingles: five words in a row. A word is a run of letters, digits and underscores of
the lower-cased text. Similarities are exact, not estimated.
"""
import argparse
import array
import json
import math
import random
import re
import struct

WORD = re.compile(r"\w+")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
SHINGLE_WORDS = 5
TRUE, FALSE = 0.8, 0.7  # Jaccard similarity: a true pair has at least TRUE, a false one less than FALSE
KINDS = {"words": 0.55, "sentence": 0.15, "boilerplate": 0.15, "copy": 0.15}  # kind of near-duplicate: its probability
FAMILY_SIZES = {1: 0.7, 2: 0.2, 3: 0.1}  # near-duplicates of an original: the probability of that number
BOILERPLATE = [
    "Sign up for our morning newsletter and get the day's top stories in your inbox before breakfast. You can leave the list "
    "at any time with one click. By signing up you agree to our terms of use and to the way we handle personal data.",
    "This material may not be published, broadcast, rewritten or handed on without written permission. For reprints and "
    "licences please write to our rights desk, which answers on working days from nine to five.",
    "Do you have a tip for our newsroom? Write to us or call the number at the foot of the page. We protect our sources and "
    "read everything that reaches us, though we cannot answer each letter. Photographs and documents are welcome too.",
    "Follow us on social media for live updates, video from our reporters on the ground and the stories that everybody talks "
    "about. Readers with a subscription can comment below; be kind to each other and stay on the subject, please.",
    "Our journalism is paid for by readers. If you value independent reporting, consider a subscription: it costs less than "
    "a cup of coffee a week, can be ended whenever you like, and keeps this page open for those who cannot pay.",
    "Correction policy: we correct errors of fact as soon as we learn of them and say so at the foot of the article. An "
    "earlier version of this page had a different headline. Times are local. Listings may change at short notice.",
]


def shingles(text):
    words = WORD.findall(text.lower())
    if len(words) < SHINGLE_WORDS:
        return {tuple(words)} if words else set()
    return set(zip(*(words[start:] for start in range(SHINGLE_WORDS))))


def jaccard(one, other):
    if not one or not other:
        return 0.0
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared)


class Clusters:
    """Connected components of line numbers: a union-find structure."""

    def __init__(self):
        self.parent = {}

    def find(self, line):
        root = line
        while self.parent.get(root, root) != root:
            root = self.parent[root]
        while self.parent.get(line, line) != root:
            self.parent[line], line = root, self.parent[line]
        return root

    def join(self, one, other):
        self.parent[self.find(one)] = self.find(other)

    def joined(self, one, other):
        return self.find(one) == self.find(other)


# ---- make ------------------------------------------------------------------------------------------------------------


def draw(generator, chances):
    return generator.choices(list(chances), weights=list(chances.values()))[0]


def replace_words(text, share, draw_word, generator):
    spans = [match.span() for match in WORD.finditer(text)]
    count = max(1, round(share * len(spans)))
    parts, end = [], 0
    for start, stop in sorted(generator.sample(spans, min(count, len(spans)))):
        parts += [text[end:start], draw_word()]
        end = stop
    return "".join(parts) + text[end:]


def near_duplicate(kind, text, draw_word, generator):
    """Returns the changed text, and the kind of change for the truth."""
    if kind == "words":
        share = math.exp(generator.uniform(math.log(0.01), math.log(0.10)))
        return replace_words(text, share, draw_word, generator), {"kind": kind, "share": round(share, 4)}
    if kind == "boilerplate":
        paragraph = generator.choice(BOILERPLATE)
        parts = [text, paragraph] if generator.random() < 0.7 else [paragraph, text]
        return "\n\n".join(parts), {"kind": kind}
    if kind == "sentence":
        spans, start = [], 0
        for end in [match.start() for match in SENTENCE_END.finditer(text)] + [len(text)]:
            if len(WORD.findall(text[start:end])) >= SHINGLE_WORDS:
                spans.append((start, end))
            start = end
        if len(spans) > 1:
            start, end = generator.choice(spans)
            return text[:start] + text[end:], {"kind": kind}
    return text, {"kind": "copy"}


def make(options):
    generator = random.Random(options.seed)
    with open(options.corpus, encoding="utf-8") as lines:
        offsets, offset = [], 0
        for line in lines:
            offsets.append(offset)
            offset += len(line.encode())
    sample_offsets = sorted(generator.sample(offsets, min(options.sample, len(offsets))))
    rows = []
    with open(options.corpus, "rb") as corpus:
        for offset in sample_offsets:
            corpus.seek(offset)
            row = json.loads(corpus.readline())
            if len(WORD.findall(row["text"])) >= SHINGLE_WORDS:
                rows.append({"id": row["id"], "text": row["text"]})
    # A replacement is drawn as often as the word occurs in the corpus.
    words = []
    for row in generator.sample(rows, min(500, len(rows))):
        words += WORD.findall(row["text"])

    def draw_word():
        return generator.choice(words)

    generator.shuffle(rows)
    families, made = [], []
    for original in rows[:len(rows) // 10]:
        family = [(original["id"], original["text"], {"kind": "original"})]
        for number in range(1, draw(generator, FAMILY_SIZES) + 1):
            text, change = near_duplicate(draw(generator, KINDS), original["text"], draw_word, generator)
            family.append((f"{original['id']}~{number}", text, change))
        families.append(family)
        made += [{"id": name, "text": text} for name, text, _ in family[1:]]
    rows += made
    generator.shuffle(rows)
    line_of = {row["id"]: line for line, row in enumerate(rows)}
    if len(line_of) != len(rows):
        raise SystemExit("articles.py: two articles of the corpus have one id")
    size = 0
    with open(options.articles, "w", encoding="utf-8") as out:
        for row in rows:
            size += len(row["text"].encode())
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    pairs = []
    for family in families:
        shingle_sets = [shingles(text) for _, text, _ in family]
        for i in range(len(family)):
            for j in range(i):
                kind = family[i][2]["kind"] if j == 0 else "siblings"
                similarity = round(jaccard(shingle_sets[i], shingle_sets[j]), 6)
                pairs.append([line_of[family[j][0]], line_of[family[i][0]], similarity, kind])
    truth = {"articles": len(rows), "made": len(made), "families": len(families), "text_bytes": size, "seed": options.seed,
             "true": sum(pair[2] >= TRUE for pair in pairs), "false": sum(pair[2] < FALSE for pair in pairs), "pairs": pairs}
    with open(options.truth, "w", encoding="utf-8") as out:
        json.dump(truth, out)
    return {name: value for name, value in truth.items() if name != "pairs"}


# ---- grade -----------------------------------------------------------------------------------------------------------


def reported_pairs(options, line_of):
    if options.pairs:
        with open(options.pairs, encoding="utf-8") as lines:
            return sorted({tuple(sorted(map(int, line.split()))) for line in lines})
    pairs = set()
    with open(options.clusters, encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["id"] != row["representative"]:
                pairs.add(tuple(sorted((line_of[row["id"]], line_of[row["representative"]]))))
    if options.edges:
        with open(options.edges, encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                pairs.add(tuple(sorted((line_of[row["a"]], line_of[row["b"]]))))
    return sorted(pairs)


def grade(options):
    with open(options.truth, encoding="utf-8") as file:
        truth = json.load(file)
    texts, line_of = [], {}
    with open(options.articles, encoding="utf-8") as lines:
        for line_number, line in enumerate(lines):
            row = json.loads(line)
            texts.append(row["text"])
            line_of[row["id"]] = line_number
    pairs = reported_pairs(options, line_of)
    reported_clusters, correct_clusters, shingle_sets = Clusters(), Clusters(), {}
    for one, other in pairs:
        reported_clusters.join(one, other)
    if options.clusters:  # the program states its clusters
        first_of_cluster = {}
        with open(options.clusters, encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                reported_clusters.join(line_of[row["id"]], first_of_cluster.setdefault(row["cluster"], line_of[row["id"]]))

    def shingles_of(line):
        if line not in shingle_sets:
            shingle_sets[line] = shingles(texts[line])
        return shingle_sets[line]

    correct_count, previous = 0, None
    for one, other in pairs:  # sorted by the first line number, whose shingles are not needed after its last pair
        if previous is not None and one != previous:
            shingle_sets.pop(previous, None)
        previous = one
        correct_count += jaccard(shingles_of(one), shingles_of(other)) >= FALSE
    for one, other, similarity, _ in truth["pairs"]:
        if similarity >= FALSE:
            correct_clusters.join(one, other)
    true_pairs = [pair for pair in truth["pairs"] if pair[2] >= TRUE]
    # A false pair connected by a chain of correct pairs may end in one cluster: such pairs are left out.
    false_pairs = [pair for pair in truth["pairs"] if pair[2] < FALSE and not correct_clusters.joined(pair[0], pair[1])]

    def share(subset):
        return round(sum(reported_clusters.joined(pair[0], pair[1]) for pair in subset) / len(subset), 4) if subset else None

    return {
        "recall": share(true_pairs), "precision": round(correct_count / len(pairs), 4) if pairs else None,
        "reported": len(pairs), "wrong": len(pairs) - correct_count, "true": len(true_pairs), "false": len(false_pairs),
        "false_joined": sum(reported_clusters.joined(pair[0], pair[1]) for pair in false_pairs),
        "recall_80_90": share([pair for pair in true_pairs if pair[2] < 0.9]),
        "recall_90_up": share([pair for pair in true_pairs if pair[2] >= 0.9]),
        "recall_by_kind": {kind: share([pair for pair in true_pairs if pair[3] == kind]) for kind in (*KINDS, "siblings")},
    }


# ---- error -----------------------------------------------------------------------------------------------------------


def read_sketches(path):
    """{line number: components}. A record in the file is a line number and 128 components, each of 64 bits."""
    numbers = array.array("Q")
    with open(path, "rb") as file:
        numbers.frombytes(file.read())
    return {numbers[at]: numbers[at + 1:at + 129] for at in range(0, len(numbers), 129)}


def read_sketch_file(path):
    """{line number: components} from a file of `unspin sketch`, whose records are in the order of the input."""
    with open(path, "rb") as file:
        data = file.read()
    magic, _, size, _, articles = struct.unpack_from("<8sIIQQ", data)
    if not magic.startswith(b"UNSPSK"):
        raise SystemExit(f"articles.py: {path} is no sketch file")
    sketches, at = {}, 64
    for line in range(articles):
        at += 4 + struct.unpack_from("<I", data, at)[0]
        sketches[line] = struct.unpack_from(f"<{size}I", data, at)
        at += 4 * size
    return sketches


def error(options):
    with open(options.truth, encoding="utf-8") as file:
        pairs = json.load(file)["pairs"]
    sketches = read_sketches(options.sketches) if options.sketches else read_sketch_file(options.sketch_file)
    squares = []
    for one, other, similarity, kind in pairs:
        if kind != "copy":
            equal = sum(a == b for a, b in zip(sketches[one], sketches[other]))
            squares.append((equal / len(sketches[one]) - similarity) ** 2)
    return {"rmse_1000": round(1000 * math.sqrt(sum(squares) / len(squares)), 1) if squares else None}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    make_command = commands.add_parser("make")
    make_command.add_argument("corpus")
    make_command.add_argument("articles")
    make_command.add_argument("truth")
    make_command.add_argument("--sample", type=int, default=20000)
    make_command.add_argument("--seed", type=int, default=1)
    make_command.set_defaults(work=make)
    grade_command = commands.add_parser("grade")
    grade_command.add_argument("articles")
    grade_command.add_argument("truth")
    source = grade_command.add_mutually_exclusive_group(required=True)
    source.add_argument("--pairs")
    source.add_argument("--clusters")
    grade_command.add_argument("--edges")
    grade_command.set_defaults(work=grade)
    error_command = commands.add_parser("error")
    error_command.add_argument("truth")
    source = error_command.add_mutually_exclusive_group(required=True)
    source.add_argument("--sketches")
    source.add_argument("--sketch-file")
    error_command.set_defaults(work=error)
    options = parser.parse_args()
    print(json.dumps(options.work(options)))


if __name__ == "__main__":
    main()
