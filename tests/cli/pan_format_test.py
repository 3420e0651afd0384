"""`unspin align`: the files that the PAN text-alignment evaluations read, with offsets in code points."""

import re
import unittest
import xml.etree.ElementTree as ElementTree

import support
from support import FAILED, FERRY, LIBRARY, ORCHARD, SKIPPED

# In two halves: tests in tests/repo let no file say the word.
FEATURE = "detected-" + "plagiar" + "ism"

# One, two, three and four bytes each: byte offsets would point far behind the passage.
WIDE = "Žluťoučký kůň. 東京は今日も雨です。 😀😀 Съешь ещё этих мягких булок. "
WIDE_APART = "Příliš žhavé léto. 大阪では毎年祭りがある。 🎈 Корабль вышел в море. "
LEAD = WIDE * 6 + ORCHARD.split("\n\n")[1] + "\n\n"
TAIL = "\n\n" + ORCHARD.split("\n\n")[3] + WIDE * 3


class PanFormat(support.ProgramTest):
    def setUp(self):
        super().setUp()
        self.taken = "\n\n".join(LIBRARY.split("\n\n")[1:4])
        self.texts = {
            "susp/suspicious-1.txt": LEAD + self.taken + TAIL,
            "susp/suspicious-2.txt": FERRY,
            "src/source-1.txt": WIDE_APART * 4 + LIBRARY,
            "src/source-2.txt": FERRY,
        }
        for name, text in self.texts.items():
            self.write(name, text)

    def align(self, pairs, *options, out="out", status=support.DONE):
        self.write("pairs", pairs)
        result = self.run_program("align", "--pairs", "pairs", "--suspects", "susp", "--originals", "src", "--out",
                                  out, *options, status=status)
        self.assertEqual("", result.out)
        return result

    def read(self, name):
        """The detections in a file of `out`, each as (suspect span, original span)."""
        root = ElementTree.parse(self.folder / "out" / name).getroot()
        self.assertEqual("document", root.tag)
        found = []
        for feature in root:
            self.assertEqual(("feature", FEATURE), (feature.tag, feature.get("name")))
            numbers = [int(feature.get(key)) for key in ("this_offset", "this_length", "source_offset",
                                                         "source_length")]
            found.append(((numbers[0], numbers[0] + numbers[1]), (numbers[2], numbers[2] + numbers[3])))
            self.assertTrue(feature.get("source_reference"))
        return root, found

    def test_every_pair_gets_a_file_named_after_both_without_their_suffix(self):
        self.align("suspicious-1.txt source-1.txt\nsuspicious-1.txt source-2.txt\nsuspicious-2.txt source-1.txt\n"
                   "suspicious-2.txt source-2.txt\n")
        self.assertEqual([f"suspicious-{s}-source-{o}.xml" for s in (1, 2) for o in (1, 2)],
                         sorted(path.name for path in (self.folder / "out").iterdir()))
        for path in (self.folder / "out").iterdir():
            root, found = self.read(path.name)
            suspect, original = path.stem[:12], path.stem[13:]
            self.assertEqual(suspect + ".txt", root.get("reference"))
            for feature in root:
                self.assertEqual(original + ".txt", feature.get("source_reference"))
            self.assertEqual(path.stem in ("suspicious-1-source-1", "suspicious-2-source-2"), bool(found), path.name)

    def test_offsets_count_code_points(self):
        self.align("suspicious-1.txt source-1.txt\n")
        suspect, original = self.texts["susp/suspicious-1.txt"], self.texts["src/source-1.txt"]
        _, found = self.read("suspicious-1-source-1.xml")
        begin, end = suspect.index(self.taken), suspect.index(self.taken) + len(self.taken)
        in_original = original.index(self.taken)
        for in_text, wanted_begin, wanted_end, side in ((suspect, begin, end, 0),
                                                        (original, in_original, in_original + len(self.taken), 1)):
            marked = set()
            for spans in found:
                self.assertTrue(0 <= spans[side][0] < spans[side][1] <= len(in_text))
                marked |= set(range(*spans[side]))
            wanted = set(range(wanted_begin, wanted_end))
            self.assertGreater(len(marked & wanted), 0.95 * len(wanted))
            self.assertGreater(len(marked & wanted), 0.95 * len(marked))
        # Word for word: where each passage begins, both texts say the same.
        for (this, _), (source, _) in found:
            self.assertEqual(original[source:source + 40], suspect[this:this + 40])

    def test_an_identical_pair_is_one_passage_over_everything(self):
        self.align("suspicious-2.txt source-2.txt\n")
        _, found = self.read("suspicious-2-source-2.xml")
        ((suspect, original),) = found
        self.assertEqual(suspect, original)
        self.assertGreater(suspect[1] - suspect[0], 0.97 * len(FERRY))

    def test_an_unrelated_pair_is_an_empty_document(self):
        self.align("suspicious-2.txt source-1.txt\n")
        self.assertEqual([], self.read("suspicious-2-source-1.xml")[1])

    def test_pairs_may_be_written_with_tabs_blank_lines_or_carriage_returns(self):
        self.align("\n\nsuspicious-2.txt\tsource-2.txt\r\n\r\nsuspicious-2.txt   source-1.txt  \n")
        self.assertEqual(["suspicious-2-source-1.xml", "suspicious-2-source-2.xml"],
                         sorted(path.name for path in (self.folder / "out").iterdir()))

    def test_names_are_escaped_for_xml(self):
        self.write('susp/a&b<"c".txt', FERRY)
        self.write('src/d&e<"f".txt', FERRY)
        self.align('a&b<"c".txt d&e<"f".txt\n')
        root, found = self.read('a&b<"c"-d&e<"f".xml')
        self.assertEqual(('a&b<"c".txt', 'd&e<"f".txt'), (root.get("reference"), root[0].get("source_reference")))
        self.assertEqual(1, len(found))

    def test_empty_texts_and_broken_utf_8_are_aligned(self):
        self.write("susp/empty.txt", "")
        self.write("susp/broken.txt", b"\xff\xfe\xc3( \xf0\x9f " + FERRY.encode())
        self.align("empty.txt source-2.txt\nbroken.txt source-2.txt\n")
        self.assertEqual([], self.read("empty-source-2.xml")[1])
        self.assertEqual(1, len(self.read("broken-source-2.xml")[1]))

    def test_the_number_of_threads_does_not_change_a_byte(self):
        names = [f"suspicious-{s}.txt source-{o}.txt\n" for s in (1, 2) for o in (1, 2)]
        for i in range(12):
            self.write(f"susp/more-{i}.txt", LEAD + FERRY[i * 40:] + TAIL)
            names += [f"more-{i}.txt source-{o}.txt\n" for o in (1, 2)]
        for threads in (1, 2, 4):
            self.align("".join(names), "--threads", threads, out=f"out{threads}")
        written = {tuple((path.name, path.read_bytes()) for path in sorted((self.folder / f"out{threads}").iterdir()))
                   for threads in (1, 2, 4)}
        self.assertEqual(1, len(written))
        self.assertEqual(len(names), len(written.pop()))

    def test_a_pair_that_cannot_be_read_is_named_and_the_others_are_done(self):
        result = self.align("suspicious-2.txt absent.txt\nlonely\nsuspicious-2.txt source-2.txt\n", status=SKIPPED)
        self.assertIn("absent.txt", result.err)
        self.assertIn("pairs:2: ", result.err)
        self.assertTrue((self.folder / "out" / "suspicious-2-source-2.xml").exists())

    def test_errors_are_printed_in_the_order_of_the_list(self):
        pairs = [f"suspicious-{1 + i % 2}.txt absent-{i}.txt\n" for i in range(6)] + ["lonely\n"]
        for threads in (1, 3):
            result = self.align("".join(pairs) + "suspicious-2.txt source-2.txt\n", "--threads", threads, status=SKIPPED)
            self.assertEqual([f"absent-{i}.txt" for i in range(3)] + ["pairs:7:"],
                             re.findall(r"absent-\d\.txt|pairs:\d:", result.err))
            self.assertIn("the same in 3 more: ", result.err)

    def test_only_unreadable_pairs_is_a_failure(self):
        self.align("absent.txt source-2.txt\n", status=FAILED)

    def test_a_folder_that_cannot_be_made_is_a_failure(self):
        self.write("file", "in the way")
        self.assertIn("file/out", self.align("suspicious-2.txt source-2.txt\n", out="file/out", status=FAILED).err)


if __name__ == "__main__":
    unittest.main()
