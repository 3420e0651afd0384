"""Words, hashes and sketches as docs/words.md defines them: a reference implementation in Python agrees with the test
vectors and with the program."""

import pathlib
import random
import struct
import sys
import unittest

import support

REFERENCE = pathlib.Path(__file__).resolve().parents[1] / "reference"
sys.path.insert(0, str(REFERENCE))

import word_hashes as reference  # noqa: E402


def plain(field):
    """A text of the table as bytes."""
    return field.encode("utf-8").decode("unicode_escape").encode("latin-1")


def vectors():
    for line in (REFERENCE / "word-hashes.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            text, words, hashes, shingles = line.split("\t")
            yield plain(text), words.split(), [int(x, 16) for x in hashes.split()], [int(x, 16) for x in shingles.split()]


def random_text(chance):
    pieces = ["a", "Z", "bc", "NATO", "7", "42", "1,000", "3.5", "%", " %", "'", ".", ",", "-", "U.S", "a.m.", "\n", "\t",
              "\0", "\x7f", "(", "@", "internationalisation's", "bro-\nken", "rail-\r\nway"]
    return "".join(chance.choice(pieces) + chance.choice(["", "", " ", "  "]) for _ in range(chance.randint(0, 120)))


class Words(support.ProgramTest):
    def test_the_reference_implementation_agrees_with_the_vectors(self):
        rows = list(vectors())
        self.assertGreater(len(rows), 50)
        for text, words, hashes, shingles in rows:
            self.assertEqual(hashes, [reference.word_hash(word) for word in words], text)
            self.assertEqual(shingles, reference.shingles(hashes), text)
        ascii_rows = [row for row in rows if row[0].isascii()]
        self.assertGreater(len(ascii_rows), 20)
        for text, words, _, _ in ascii_rows:
            self.assertEqual(words, reference.words(text.decode()), text)

    def test_the_program_agrees_with_the_reference_implementation(self):
        chance = random.Random(5)
        texts = [support.made_article(number, 60 * number) for number in range(1, 5)]
        texts += [random_text(chance) for _ in range(120)] + [text.decode() for text, _, _, _ in vectors() if text.isascii()]
        texts = [text for text in texts if text.strip()]
        self.write("in.jsonl", support.jsonl({"id": f"{n:04}", "text": text} for n, text in enumerate(texts)))
        self.run_program("sketch", "in.jsonl", "--out", "out")
        data = (self.folder / "out").read_bytes()
        record = 4 + 4 + 512
        self.assertEqual(64 + record * len(texts), len(data))
        for number, text in enumerate(texts):
            made = struct.unpack_from("<128I", data, 64 + record * number + 8)
            hashes = [reference.word_hash(word) for word in reference.words(text)]
            self.assertEqual(reference.sketch(reference.shingles(hashes)), made, repr(text))


if __name__ == "__main__":
    unittest.main()
