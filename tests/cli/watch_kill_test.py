"""A watch that is killed at random moments and started again loses no article and reports none twice."""

import json
import os
import random
import signal
import subprocess
import threading
import time
import unittest

import support
from support import FERRY_SPUN, ORCHARD, made_article
from watch_support import WAIT_SECONDS, WatchTest, record, wait_until

KILLS = int(os.environ.get("UNSPIN_KILLS", "20"))
PER_ROUND = 12  # articles that come between two kills, every third with a finding
OUT = ("--out", "out.jsonl")


def article(number):
    if number % 3:
        return record(f"made{number}", made_article(number % 50, 120) + f" {number}")
    return record(f"found{number}", f"{(FERRY_SPUN, ORCHARD)[number % 2]} {number}", title=f"T{number}")


def found(count):
    return [f"found{number}" for number in range(0, count, 3)]


class Kills(WatchTest):
    def setUp(self):
        super().setUp()
        self.chance = random.Random(self.id())
        began = time.monotonic()
        self.run_program("watch", "--archive", "archive", "in", "--once")
        self.pace = time.monotonic() - began  # of a start; slow in a sanitizer
        self.count = KILLS * PER_ROUND

    def kill_rounds(self, *arguments, stdin=subprocess.DEVNULL, before=lambda round: None):
        for round in range(KILLS):
            process = self.start(*arguments, stdin=stdin)
            before(round)
            try:
                process.wait(timeout=self.chance.uniform(0, 2 * self.pace + 0.3))
                self.fail(f"ended by itself: {process.returncode}\n{self.log()}")
            except subprocess.TimeoutExpired:
                self.assertEqual(-signal.SIGKILL, self.end(process))
            for line in self.whole_lines():
                json.loads(line)

    def whole_lines(self):
        path = self.folder / "out.jsonl"
        return path.read_bytes().split(b"\n")[:-1] if path.exists() else []

    def check_each_once(self):
        self.assertTrue((self.folder / "out.jsonl").read_bytes().endswith(b"\n"))
        self.assertEqual(sorted(found(self.count)), sorted(self.ids()))

    def put_round(self, round):
        """Some articles as files of one, some as a file of many, some behind those of an earlier file."""
        numbers = list(range(round * PER_ROUND, (round + 1) * PER_ROUND))
        for number in numbers[:4]:
            self.put(f"{round % 5}/{number}.jsonl", article(number))
        self.put(f"many{round}.jsonl", "".join(map(article, numbers[4:8])))
        with open(self.folder / "in" / "growing.jsonl", "a") as growing:
            growing.write("".join(map(article, numbers[8:])))

    def test_folder(self):
        self.kill_rounds("in", *OUT, before=self.put_round)
        self.run_program("watch", "--archive", "archive", "in", "--once", *OUT)
        self.check_each_once()

    def test_one_large_file(self):
        self.put("all.jsonl", "".join(map(article, range(self.count))))
        # It may be done before the last kill.
        self.kill_rounds("in", *OUT)
        self.run_program("watch", "--archive", "archive", "in", "--once", *OUT)
        self.check_each_once()

    def test_pipe(self):
        reading, writing = os.pipe()
        self.addCleanup(os.close, reading)
        stream = "".join(map(article, range(self.count))).encode()
        budget = threading.Semaphore(0)

        def send():
            """In pieces that end anywhere; each waits until a round wants it."""
            pieces = random.Random(7)
            cuts = sorted(pieces.randrange(len(stream)) for _ in range(KILLS * 4 - 1))
            for begin, end in zip([0, *cuts], [*cuts, len(stream)]):
                budget.acquire()
                rest = stream[begin:end]
                while rest:
                    rest = rest[os.write(writing, rest):]
            os.close(writing)

        sender = threading.Thread(target=send)
        sender.start()
        self.kill_rounds("-", *OUT, stdin=reading, before=lambda round: budget.release(3))
        process = self.start("-", *OUT, stdin=reading)
        budget.release(KILLS)
        sender.join()
        self.assertEqual(0, process.wait(timeout=WAIT_SECONDS), self.log())
        self.check_each_once()
        self.assertLessEqual(len(list((self.folder / "out.jsonl.state").glob("spool-*"))), 1)

    def test_cases(self):
        server = self.serve_or_skip("--rate", "100000", "--burst", "100000")
        cases = ("--cases", server.address)
        self.kill_rounds("in", *OUT, *cases, before=self.put_round)
        self.run_program("watch", "--archive", "archive", "in", "--once", *OUT, *cases)
        self.check_each_once()
        titles, after = [], ""
        while True:
            page = server.get(f"/v1/cases?limit=100&after={after}").json
            titles += [case["title"] for case in page["cases"]]
            if not (after := page.get("next")):
                break
        self.assertEqual(sorted(f"T{number}" for number in range(0, self.count, 3)), sorted(titles))


if __name__ == "__main__":
    unittest.main()
