"""Streams are pulled from any thread, stop when they are told to, and leave Python running meanwhile."""

import gc
import os
import pathlib
import subprocess
import sys
import threading
import unittest
import weakref

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cli"))
from support import FERRY, made_article  # noqa: E402

import unspin  # noqa: E402

try:
    import pyarrow as pa
except ImportError:
    pa = None

TEXTS = [made_article(number, words=30) for number in range(300)]


def in_thread(work):
    """What `work` returns in a thread of its own."""
    results = []
    thread = threading.Thread(target=lambda: results.append(work()))
    thread.start()
    thread.join()
    return results[0]


class Streams(unittest.TestCase):
    def test_any_thread_may_pull(self):
        expected = list(unspin.sketch(TEXTS))
        rows = unspin.sketch(text for text in TEXTS)
        self.assertEqual(expected, in_thread(lambda: list(rows)))

    @unittest.skipIf(pa is None, "no Python package pyarrow; tools/dev/setup installs it")
    def test_a_producer_in_python_feeds_a_consumer_that_gave_the_gil_away(self):
        batches = (pa.record_batch({"text": [text]}) for text in TEXTS)
        reader = pa.RecordBatchReader.from_batches(pa.schema([("text", pa.string())]), batches)
        self.assertEqual(len(TEXTS), pa.table(unspin.sketch(reader, threads=3)).num_rows)

    @unittest.skipIf(pa is None, "no Python package pyarrow; tools/dev/setup installs it")
    def test_an_exception_reaches_an_arrow_consumer_as_its_words(self):
        def broken():
            yield FERRY
            raise LookupError("broken off here")
        with self.assertRaisesRegex(Exception, "LookupError: 'broken off here'|LookupError: broken off here"):
            pa.table(unspin.sketch(broken()))

    def test_no_more_is_read_than_the_consumer_needs(self):
        taken = []

        def endless():
            while True:
                taken.append(1)
                yield FERRY
        rows = iter(unspin.sketch(endless()))
        next(rows)
        self.assertLess(len(taken), 10_000)  # a few steps of 4096 rows at most

    def test_a_consumer_that_stops_lets_go_of_the_producer(self):
        class Producer:
            def __iter__(self):
                while True:
                    yield FERRY
        producer = Producer()
        gone = weakref.ref(producer)
        rows = iter(unspin.sketch(producer))
        next(rows)
        del rows, producer
        gc.collect()
        self.assertIsNone(gone())

    def test_two_threads_do_not_read_one_stream_at_once(self):
        inside, go_on = threading.Event(), threading.Event()

        def slow():
            inside.set()
            go_on.wait(60)
            yield FERRY
        stream = unspin.sketch(slow())._stream
        thread = threading.Thread(target=stream.next_columns)
        thread.start()
        inside.wait(60)
        try:
            with self.assertRaisesRegex(unspin.Error, "another thread"):
                stream.next_columns()
        finally:
            go_on.set()
            thread.join()

    def test_a_signal_ends_a_long_call(self):
        code = """
import itertools, os, signal, sys, threading, unspin
def endless():
    yield sys.argv[1]
    os.kill(os.getpid(), signal.SIGINT)
    yield from itertools.repeat(sys.argv[1])
try:
    unspin.dedup(endless())
except KeyboardInterrupt:
    print("interrupted")
"""
        out = subprocess.run([sys.executable, "-c", code, FERRY], capture_output=True, text=True, timeout=120, check=True).stdout
        self.assertEqual("interrupted\n", out)

    def test_import_starts_no_thread_and_loads_little(self):
        code = ("import sys, unspin, os\nprint(len(os.listdir('/proc/self/task')))\n"
                "print([name for name in ('pyarrow', 'numpy', 'pandas', 'polars', 'tqdm', 'json', 'tempfile') if name in sys.modules])")
        out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True).stdout
        self.assertEqual("1\n[]\n", out)

    def test_a_child_works_on_after_a_fork(self):
        expected = list(unspin.sketch(TEXTS, threads=2))
        child = os.fork()
        if child == 0:
            os._exit(0 if list(unspin.sketch(TEXTS, threads=2)) == expected else 1)
        self.assertEqual(0, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))

    def test_progress_is_optional(self):
        self.assertEqual(2, len(list(unspin.sketch([FERRY, FERRY], progress=True))))


if __name__ == "__main__":
    unittest.main()
