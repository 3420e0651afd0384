"""Wrong arguments, bad rows and broken producers: what is raised, and what it says."""

import array
import pathlib
import sys
import tempfile
import unittest
import warnings
from unittest import mock

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cli"))
from support import FERRY, ORCHARD  # noqa: E402

import unspin  # noqa: E402


class Arguments(unittest.TestCase):
    def test_values_out_of_range_are_named_with_the_range(self):
        for work, words in (
                (lambda: unspin.compare(FERRY, FERRY, prior=0), "prior=.*between 1e-9 and 1 - 1e-9"),
                (lambda: unspin.compare(FERRY, FERRY, prior=float("nan")), "prior="),
                (lambda: unspin.compare(FERRY, FERRY, offsets="bytes"), "codepoint, byte, utf16 or text"),
                (lambda: unspin.dedup([], threshold=0.05), "threshold=0.05.*from 0.1 to 1"),
                (lambda: unspin.dedup([], threshold=float("nan")), "threshold="),
                (lambda: unspin.dedup([], shingle=0), "shingle=0.*from 1 to 32"),
                (lambda: unspin.dedup([], measure="cosine"), "jaccard or containment"),
                (lambda: unspin.dedup([], prefer="shortest"), "longest, earliest or first"),
                (lambda: unspin.sketch([], threads=0), "threads=0.*from 1 to 1024"),
                (lambda: unspin.sketch([], threads=10**30), ""),
                (lambda: unspin.sketch([], text=None), "text=None"),
                (lambda: unspin.sketch([], text_is="xml"), "auto, plain or html"),
                (lambda: unspin.similarity([1, 2], [3]), "a sketch is 128 numbers"),
                (lambda: unspin.similarity([-1] * 128, [1] * 128), "a sketch is 128 numbers"),
                (lambda: unspin.similarity(array.array("f", [1] * 128), [1] * 128), "a sketch is 128 numbers"),
                (lambda: unspin.articles(), "no inputs")):
            with self.assertRaisesRegex((ValueError, TypeError) if words == "" else ValueError, words):
                work()

    def test_what_holds_no_articles_is_a_type_error(self):
        for data in (None, 5, FERRY, b"bytes", {"text": FERRY}, [5], [b"bytes"], [("a", "b", "c")], [object()]):
            with mock.patch("sys.unraisablehook") as ignored, self.assertRaises(TypeError, msg=repr(data)):
                list(unspin.sketch(data))
            ignored.assert_not_called()  # Python 3.13 says there where attributes are asked for while an exception is set
        with self.assertRaisesRegex(TypeError, "row 1 is of type int; an article is a str"):
            list(unspin.sketch([FERRY, 5]))


class BadRows(unittest.TestCase):
    def warning_of(self, data, **names):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            rows = list(unspin.sketch(data, **names))
        self.assertLessEqual(len(caught), 1)
        return str(caught[0].message) if caught else "", [row.id for row in rows]

    def test_each_is_said_with_its_place(self):
        for row, words in ((None, "row 1: the record is null"), ("", "row 1: the text is empty"), ({"text": None}, 'row 1: the field "text" is null'),
                           ({"text": " \n"}, 'row 1: the field "text" is empty'), ({"text": 5}, 'row 1: the field "text" is of type int'),
                           ({"body": "x"}, 'row 1: the record has no field "text"; its fields are "body"'),
                           ("cut \ud83d", "row 1: the text has half of a sign"), ({"id": [1], "text": "x"}, 'row 1: the field "id" is neither'),
                           (("a", None), "row 1: the text is null"), (unspin.Article(""), "row 1: ")):
            said, ids = self.warning_of([FERRY, row, ORCHARD])
            self.assertIn(words, said, row)
            self.assertEqual(["0", "2"], ids)

    def test_many_are_one_warning(self):
        self.assertIn("(2 more bad rows were skipped)", self.warning_of(["", FERRY, "", ""])[0])
        self.assertIn("(1 more bad row was skipped)", self.warning_of(["", FERRY, ""])[0])

    def test_it_is_the_line_of_the_caller(self):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            list(unspin.sketch(["", FERRY]))
            unspin.dedup(["", FERRY])
        self.assertEqual([__file__] * 2, [warning.filename for warning in caught])

    def test_strict_raises(self):
        with self.assertRaisesRegex(unspin.Error, "row 1: the text is empty"):
            list(unspin.sketch([FERRY, ""], strict=True))
        with self.assertRaisesRegex(unspin.Error, "row 0: "):
            unspin.dedup([None], strict=True)

    def test_one_article_without_a_text_is_an_error(self):
        for work in (lambda: unspin.compare("", FERRY), lambda: unspin.compare(FERRY, {"id": 1}), lambda: unspin.align(FERRY, " "),
                     lambda: unspin.compare(FERRY, None)):
            with self.assertRaises(unspin.Error):
                work()

    def test_surrogates_that_make_a_sign_are_it(self):
        whole, halves = (next(iter(unspin.sketch([text]))) for text in ("one 😀 " + FERRY, "one \ud83d\ude00 " + FERRY))
        self.assertEqual(whole, halves)


class Producers(unittest.TestCase):
    def test_their_exceptions_come_out_as_they_are(self):
        class Broken(Exception):
            pass

        def broken():
            yield FERRY
            raise Broken("here")
        for work in (lambda: list(unspin.sketch(broken())), lambda: unspin.dedup(broken())):
            with self.assertRaisesRegex(Broken, "here"):
                work()

    def test_scratch_files_are_gone_after_an_exception(self):
        def broken():
            yield FERRY
            raise ValueError
        with tempfile.TemporaryDirectory() as folder:
            with self.assertRaises(ValueError):
                unspin.dedup(broken(), scratch=folder)
            clusters = unspin.dedup([FERRY] * 3, scratch=folder)
            self.assertEqual([], list(pathlib.Path(folder).iterdir()))
            self.assertEqual(3, len(list(clusters)))
        with self.assertRaisesRegex(unspin.Error, "check that it exists"):
            unspin.dedup([FERRY], scratch="/no/such/folder")

    def test_a_stream_that_failed_is_at_its_end(self):
        def broken():
            yield from [FERRY] * 5000
            raise ValueError
        rows = iter(unspin.sketch(broken()))
        with self.assertRaises(ValueError):
            list(rows)
        self.assertEqual([], list(rows))


if __name__ == "__main__":
    unittest.main()
