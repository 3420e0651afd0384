"""The package under load: many threads, forks, a million calls, streams that end early or fail, an interpreter that ends."""

import gc
import itertools
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import threading
import unittest
import weakref

from answers import AnswersTest, originals, package, sample_articles, unspin
from support import FERRY, FERRY_SPUN, ORCHARD

THREADS = 100
CHILD_SECONDS = 300  # a child that takes longer hangs

# Growth of resident memory that is allowed after a warm-up of a tenth of the calls, where 0 was measured. A leak of 12 bytes in
# each of 100,000 calls is more.
MAX_GROWTH_MB = 1
# The same for one stream of a million articles, whose buffers vary: a leak of 10 bytes for each article is more.
MAX_STREAM_GROWTH_MB = 8


def answers_of(archive, suspects):
    """What a thread or process computes: a report for each, its alignment with the first, and sketches."""
    return ([archive.check(suspect).json for suspect in suspects], unspin.compare(FERRY, FERRY_SPUN).json,
            unspin.align(FERRY, FERRY_SPUN), [row.sketch.tobytes() for row in unspin.sketch(suspects)],
            list(unspin.dedup(suspects, threshold=0.3)))


def answers_in_a_process(folder, suspects):  # spawn and fork find it by its name
    with unspin.Archive.open(folder) as archive:
        return answers_of(archive, suspects)


def compare_in_a_process(_):
    return unspin.compare(FERRY, FERRY_SPUN)


class Broken(Exception):
    """What a producer of articles raises."""


class RobustTest(AnswersTest):
    @classmethod
    def setUpClass(cls):
        cls.articles = sample_articles()
        cls.suspects = [article for article in cls.articles if "original" not in article["id"]][:6]

    def setUp(self):
        super().setUp()
        with unspin.Archive.create(self.folder / "archive") as archive:
            archive.add(originals(self.articles))
        self.archive = unspin.Archive.open(self.folder / "archive")
        self.addCleanup(self.archive.close)

    def child(self, code, *arguments, environment=None):
        """Runs Python code in a process of its own; returns what it printed. It must end well and say nothing else."""
        done = subprocess.run([sys.executable, "-X", "faulthandler", "-c", code, *map(str, arguments)], capture_output=True, text=True,
                              timeout=CHILD_SECONDS, cwd=self.folder, env={**os.environ, **(environment or {})})
        self.assertEqual((0, ""), (done.returncode, done.stderr[-3000:]))
        return done.stdout


class Threads(RobustTest):
    def run_threads(self, work):
        """`work(number)` in many threads at once → their results."""
        results, errors = [None] * THREADS, []
        barrier = threading.Barrier(THREADS)

        def run(number):
            barrier.wait()
            try:
                results[number] = work(number)
            except BaseException as error:
                errors.append(error)
        threads = [threading.Thread(target=run, args=(number,)) for number in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(CHILD_SECONDS)
        self.assertFalse(any(thread.is_alive() for thread in threads), "threads hang")
        self.assertEqual([], errors)
        return results

    def test_a_hundred_threads_on_one_archive_get_the_answers_of_one(self):
        expected = answers_of(self.archive, self.suspects)
        for answers in self.run_threads(lambda _: answers_of(self.archive, self.suspects)):
            self.assertEqual(expected, answers)

    def test_a_hundred_audits_of_one_archive(self):
        expected = [report.json for report in self.archive.audit(self.suspects)]
        for reports in self.run_threads(lambda number: [report.json for report in self.archive.audit(self.suspects, threads=1 + number % 3)]):
            self.assertEqual(expected, reports)

    def test_threads_that_take_rows_of_one_stream_get_each_row_once(self):
        made = [{"id": str(number), "text": f"{ORCHARD} {number}"} for number in range(2000)]
        stream = iter(unspin.sketch(made))
        lock, taken = threading.Lock(), []

        def take(_):
            while True:
                with lock:
                    row = next(stream, None)
                if row is None:
                    return
                taken.append(row.id)
        self.run_threads(take)
        self.assertEqual(sorted(article["id"] for article in made), sorted(taken))

    def test_checks_go_on_while_articles_are_added(self):
        with unspin.Archive.create(self.folder / "grows") as archive:
            archive.add(originals(self.articles)[:1])
            archive.commit()  # while one thread adds, the others see what is committed
            done = threading.Event()
            counts = []

            def check(number):
                if number == 0:
                    for article in originals(self.articles)[1:]:
                        archive.add([article])
                    done.set()
                    return
                while not done.is_set():
                    counts.append(archive.check(self.suspects[0])["unspin"]["archive"]["articles"])
            self.run_threads(check)
            self.assertEqual(len(originals(self.articles)), len(archive))
            self.assertLessEqual(set(counts), set(range(1, len(archive) + 1)))

    def test_other_threads_run_during_a_call(self):
        big = " ".join([FERRY, ORCHARD] * 3000)
        ticks, done = [0], threading.Event()

        def tick():
            while not done.is_set():
                ticks[0] += 1
        other = threading.Thread(target=tick)
        other.start()
        before = ticks[0]
        unspin.compare(big, big)
        after = ticks[0]
        done.set()
        other.join()
        self.assertGreater(after, before + 10, "the other thread stood still: the GIL was held")


class Processes(RobustTest):
    def assert_fork_works(self, work):
        """`work()` in a forked child; True is the right answer."""
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                signal.alarm(CHILD_SECONDS)
                status = 0 if work() else 2
            finally:
                os._exit(status)
        self.assertEqual(0, os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), "1: an exception, 2: another answer, negative: a signal")

    def test_fork_after_import(self):
        code = ("import os, sys, unspin\npid = os.fork()\nok = unspin.compare(sys.argv[1], sys.argv[2])['summary']['verdict'] == 'spun'\n"
                "if pid == 0: os._exit(0 if ok else 1)\nassert ok and os.waitpid(pid, 0)[1] == 0")
        self.child(code, FERRY, FERRY_SPUN)

    def test_fork_after_calls(self):
        expected = answers_of(self.archive, self.suspects)
        list(self.archive.audit(self.suspects, threads=2))
        self.assert_fork_works(lambda: answers_of(self.archive, self.suspects) == expected)
        self.assert_fork_works(lambda: len(list(self.archive.audit(self.suspects, threads=2))) == len(self.suspects))
        self.assert_fork_works(lambda: answers_in_a_process(self.folder / "archive", self.suspects) == expected)
        self.assertEqual(expected, answers_of(self.archive, self.suspects))

    def test_fork_in_the_middle_of_a_stream(self):
        stream = iter(self.archive.audit(itertools.cycle(self.suspects), threads=2))
        first = next(stream).json
        expected = answers_of(self.archive, self.suspects)
        self.assert_fork_works(lambda: answers_of(self.archive, self.suspects) == expected)
        self.assertEqual(first, [next(stream).json for _ in self.suspects][-1])

    def test_multiprocessing(self):
        expected = answers_of(self.archive, self.suspects)
        report = compare_in_a_process(0)
        for method in ("fork", "spawn"):
            with self.subTest(method=method), multiprocessing.get_context(method).Pool(3) as pool:
                results = pool.starmap_async(answers_in_a_process, [(self.folder / "archive", self.suspects)] * 6).get(CHILD_SECONDS)
                self.assertEqual([expected] * 6, results)
                got = pool.map_async(compare_in_a_process, range(3)).get(CHILD_SECONDS)
                self.assertEqual([report.json] * 3, [one.json for one in got], "a report goes through a pipe and stays one")
                self.assertEqual([report] * 3, got)

    def test_values_can_be_pickled(self):
        article = unspin.Article(FERRY, id="ferry", published="2024-01-01")
        self.assertEqual(article, pickle.loads(pickle.dumps(article)))
        report = unspin.compare(FERRY, FERRY_SPUN)
        again = pickle.loads(pickle.dumps(report))
        self.assertEqual((report, report.json), (again, again.json))

    def test_exit_with_live_objects(self):
        code = """
import itertools, sys, threading, unspin
archive = unspin.Archive.open("archive")
article = unspin.Article(sys.argv[1], id="a")
report = archive.check(article)
rows = iter(unspin.sketch(itertools.repeat(article)))
next(rows)
reports = iter(archive.audit(itertools.repeat(article), threads=2))
next(reports)
clusters = unspin.dedup([article] * 3)
cycle = [archive, rows, reports, clusters]
cycle.append(cycle)
sys.modules["kept"] = cycle
def work():
    while True: archive.check(article)
for _ in range(3): threading.Thread(target=work, daemon=True).start()
print("end")
"""
        for _ in range(3):
            self.assertEqual("end\n", self.child(code, FERRY))

    def test_interrupt_of_a_long_call(self):
        code = """
import os, signal, sys, threading, unspin
data = [" ".join([sys.argv[1]] * 20)] * 50000
archive = unspin.Archive.open("archive")
for work in (lambda: unspin.dedup(data), lambda: list(unspin.sketch(data)), lambda: list(archive.audit(data))):
    timer = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
    try:
        timer.start()
        work()
        print("not interrupted")
    except KeyboardInterrupt:
        print("interrupted")
"""
        self.assertEqual("interrupted\n" * 3, self.child(code, FERRY))


MEMORY = '''
import itertools, os, sys, unspin
def rss():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
def flat(name, calls, work):
    """Runs work(number) for each call; says how much larger the process is at the end than after a tenth of the calls."""
    for number in range(calls // 10): work(number)
    before = rss()
    for number in range(calls // 10, calls): work(number)
    print(name, f"{rss() - before:.2f}")
'''


class Memory(RobustTest):
    def assert_flat(self, code, *arguments, limit=MAX_GROWTH_MB):
        # One arena: what glibc keeps for threads that ended is no leak.
        said = self.child(MEMORY + code, *arguments, environment={"MALLOC_ARENA_MAX": "1"})
        self.assertTrue(said)
        for line in said.splitlines():
            name, grown = line.rsplit(" ", 1)
            self.assertLess(float(grown), limit, f"{name}: MB more after the calls than after a tenth of them")

    def test_of_a_million_calls(self):
        self.assert_flat("""
one, other = "The harbour was closed on Monday.", "The port was shut on Monday night."
archive = unspin.Archive.open("archive")
article = unspin.Article(one, id="a")
flat("compare", 100_000, lambda n: unspin.compare(one, other, details=False))
flat("check", 50_000, lambda n: archive.check(article, details=False))
flat("align", 100_000, lambda n: unspin.align(one, other))
flat("similarity", 200_000, lambda n: unspin.similarity(range(128), range(128)))
flat("read", 50_000, lambda n: unspin.read(one))
flat("article", 500_000, lambda n: unspin.Article(one, id=str(n)))
""")

    def test_of_calls_with_details(self):
        self.assert_flat("""
archive = unspin.Archive.open("archive")
def use(report): report.json, report.to_html(), report["findings"], report._repr_html_()
flat("compare", 1_000, lambda n: use(unspin.compare(sys.argv[1], sys.argv[2])))
flat("check", 500, lambda n: use(archive.check(sys.argv[2])))
""", FERRY, FERRY_SPUN)

    def test_of_streams_that_are_made_and_dropped(self):
        self.assert_flat("""
rows = [{"id": str(n), "text": f"The harbour number {n} was closed on Monday."} for n in range(5)]
archive = unspin.Archive.open("archive")
flat("sketch", 5_000, lambda n: list(unspin.sketch(rows)))
flat("sketch left", 5_000, lambda n: next(iter(unspin.sketch(rows))))
flat("audit", 1_000, lambda n: list(archive.audit(rows)))
flat("audit left", 1_000, lambda n: next(iter(archive.audit(rows))))
flat("dedup", 300, lambda n: list(unspin.dedup(rows)))
def open_and_close(n):
    with unspin.Archive.open("archive") as opened: len(opened)
flat("archive", 1_000, open_and_close)
""")

    def test_of_calls_that_fail(self):
        self.assert_flat("""
def refused(work):
    try: work()
    except (unspin.Error, TypeError): return
    raise SystemExit("not refused")
def broken():
    yield "A text."
    raise unspin.Error("broken")
flat("no text", 50_000, lambda n: refused(lambda: unspin.compare("", "")))
flat("type", 50_000, lambda n: refused(lambda: unspin.compare(1, 2)))
flat("producer", 5_000, lambda n: refused(lambda: list(unspin.sketch(broken()))))
flat("no archive", 5_000, lambda n: refused(lambda: unspin.Archive.open("nowhere")))
""")

    def test_of_a_stream_of_a_million_articles(self):
        self.assert_flat("""
def articles(count):
    before = 0
    for number in range(count):
        if number == count // 10: before = rss()
        yield number, f"Quay {number} of the harbour at {number * 7919 % 100003} was closed on day {number % 1013}"
    print(sys.argv[1], f"{rss() - before:.2f}")
for row in unspin.sketch(articles(1_000_000)): pass
""", "sketch", limit=MAX_STREAM_GROWTH_MB)

    def test_of_dedup_of_articles(self):
        # 80 bytes of each article stay in memory, as in the program, and its sort buffers.
        grown = float(self.child(MEMORY + """
before = rss()
articles = ((number, f"Quay {number} of the harbour at {number * 7919 % 100003} was closed on day {number % 1013}") for number in range(300_000))
clusters = unspin.dedup(articles)
count = sum(1 for row in clusters)
assert count == 300_000, count
print(f"{rss() - before:.1f}")
""", environment={"MALLOC_ARENA_MAX": "1"}))
        self.assertLess(grown, 90, "MB: 300 bytes an article")

    def test_of_an_arrow_stream_that_is_larger_than_the_bound(self):
        package("pyarrow")
        self.assert_flat("""
import pyarrow as pa
schema = pa.schema([("id", pa.int64()), ("text", pa.string())])
def batches(count):
    for number in range(count):
        if number == count // 4:
            global before
            before = rss()
        texts = [f"Quay {number} of the harbour at {row} was closed. " * 40 for row in range(1000)]
        yield pa.RecordBatch.from_arrays([pa.array(range(number * 1000, number * 1000 + 1000)), pa.array(texts)], schema=schema)
rows = unspin.sketch(pa.RecordBatchReader.from_batches(schema, batches(100)))
print("arrow", *(f"{rss() - before:.2f}" for rows in [sum(1 for row in rows)]))
""", limit=MAX_STREAM_GROWTH_MB)


class Streams(RobustTest):
    """What streams do that end early, fail, or call the package themselves."""

    def functions(self):
        return {"sketch": unspin.sketch, "dedup": unspin.dedup, "audit": self.archive.audit,
                "audit with threads": lambda data: self.archive.audit(data, threads=2)}

    def test_a_consumer_that_stops_lets_its_producer_go(self):
        for name, function in self.functions().items():
            if name == "dedup":
                continue  # it reads all before its first row
            with self.subTest(name):
                closed = []

                def endless():
                    try:
                        for number in itertools.count():
                            yield {"id": str(number), "text": FERRY}
                    finally:
                        closed.append(True)
                stream = function(endless())
                rows = iter(stream)
                next(rows)
                alive = weakref.ref(self.archive)
                del rows, stream
                gc.collect()
                self.assertEqual([True], closed, "the producer is still open")
                self.assertIsNotNone(alive())

    def test_a_stream_is_lazy(self):
        taken = []

        def counted():
            for number in range(1_000_000):
                taken.append(number)
                yield str(number), ORCHARD
        rows = iter(unspin.sketch(counted()))
        next(rows)
        self.assertLess(len(taken), 100_000, "articles are read long before they are asked for")

    def test_the_exception_of_a_producer_comes_out_as_it_is(self):
        for error in (Broken("in the middle"), KeyboardInterrupt(), StopIteration(), MemoryError(), SystemExit(3)):
            class Producer:
                def __init__(self):
                    self.left = 5

                def __iter__(self):
                    return self

                def __next__(self):
                    if self.left == 0:
                        raise error
                    self.left -= 1
                    return {"id": str(self.left), "text": FERRY}
            for name, function in self.functions().items():
                if isinstance(error, StopIteration):
                    self.assertEqual(5, len(list(function(Producer()))), name)
                    continue
                with self.subTest(name, error=error):
                    with self.assertRaises(type(error)) as caught:
                        list(function(Producer()))
                    self.assertIs(error, caught.exception)
            if not isinstance(error, StopIteration):
                with unspin.Archive.create(self.folder / f"archive-{type(error).__name__}") as archive:
                    with self.assertRaises(type(error)) as caught:
                        archive.add(Producer())
                    self.assertIs(error, caught.exception)
                    self.assertEqual([], list(archive.verify()))

    def test_an_exception_in_the_iteration_itself(self):
        class NotIterable:
            def __iter__(self):
                raise Broken("at once")
        for name, function in self.functions().items():
            with self.subTest(name), self.assertRaises(Broken):
                list(function(NotIterable()))

    def test_an_exception_of_an_arrow_stream_names_its_reason(self):
        pa = package("pyarrow")
        batch = pa.RecordBatch.from_pylist(self.suspects)

        def batches():
            yield batch
            raise Broken("the disk is gone")
        for name, function in self.functions().items():
            with self.subTest(name), self.assertRaises(Exception) as caught:
                list(function(pa.RecordBatchReader.from_batches(batch.schema, batches())))
            self.assertIn("the disk is gone", str(caught.exception), name)

    def test_an_exception_of_the_capsule_comes_out(self):
        class Refuses:
            def __arrow_c_stream__(self, requested_schema=None):
                raise Broken("no stream")
        for name, function in self.functions().items():
            with self.subTest(name), self.assertRaises(Broken):
                list(function(Refuses()))

    def test_a_capsule_that_is_none_is_refused(self):
        class Wrong:
            def __arrow_c_stream__(self, requested_schema=None):
                return object()
        for name, function in self.functions().items():
            with self.subTest(name), self.assertRaises((TypeError, ValueError)):
                list(function(Wrong()))

    def test_a_producer_may_use_the_package(self):
        def producer():
            for suspect in self.suspects:
                self.archive.check(suspect)
                unspin.compare(FERRY, FERRY_SPUN)
                list(unspin.sketch([FERRY]))
                yield suspect
        expected = {name: repr(list(function(self.suspects))) for name, function in self.functions().items()}
        for name, function in self.functions().items():
            with self.subTest(name):
                self.assertEqual(expected[name], repr(list(function(producer()))))

    def test_a_result_is_the_input_of_the_next(self):
        rows = unspin.dedup(unspin.articles(self.folder / self.jsonl("a.jsonl", self.suspects)))
        self.assertEqual(len(self.suspects), len(list(rows)))

    def test_articles_that_change_during_a_call(self):
        article = dict(self.suspects[0])

        def changing():
            for number in range(300):
                article["id"], article["text"] = str(number), f"{FERRY} {number}"
                yield article
            article.clear()
        rows = list(unspin.sketch(changing()))
        fresh = list(unspin.sketch([{"id": str(number), "text": f"{FERRY} {number}"} for number in range(300)]))
        self.assertEqual(fresh, rows)

    def test_a_closed_archive_can_be_used_again(self):
        archive = unspin.Archive.open(self.folder / "archive")
        expected = archive.check(FERRY).json
        archive.close()
        archive.close()
        self.assertEqual(expected, archive.check(FERRY).json)

    def test_what_was_added_is_kept_without_close(self):
        self.child("import sys, unspin\narchive = unspin.Archive.create('left')\narchive.add([(1, sys.argv[1])])\nsys.exit()", FERRY)
        self.assertEqual(1, len(unspin.Archive.open(self.folder / "left")))

    def test_an_archive_may_be_dropped_before_its_stream(self):
        reports = iter(unspin.Archive.open(self.folder / "archive").audit(self.suspects))
        gc.collect()
        self.assertEqual(len(self.suspects), len(list(reports)))

    def test_closing_an_archive_under_a_stream(self):
        archive = unspin.Archive.open(self.folder / "archive")
        reports = iter(archive.audit(itertools.cycle(self.suspects)))
        next(reports)
        archive.close()
        for _ in range(50):
            next(reports)


if __name__ == "__main__":
    unittest.main()
