"""A desk whose server is killed in the middle of work loses nothing that it acknowledged, and its log stays whole."""

import http.client
import os
import random
import signal
import threading
import unittest

import serve_support
import support
from support import FERRY_SPUN

KILLS = int(os.environ.get("UNSPIN_KILLS", "10"))
CLIENTS = 4
MAX_CHANGES = 40  # acknowledged before a kill; fewer, by chance, so that it hits any moment of the work
RETURNED = (OSError, http.client.HTTPException)  # what a client sees of a server that is killed


class Client(threading.Thread):
    """Opens cases and changes them until the server is gone, and writes down what was acknowledged."""

    def __init__(self, test, number, round):
        super().__init__()
        self.test, self.server, self.name = test, test.server, f"client {number} of round {round}"
        self.random = random.Random(self.name)
        self.wrong = None

    def run(self):
        try:
            for number in range(1_000_000):
                self.work_on_a_case(number)
        except RETURNED:
            pass
        except Exception as error:  # for the thread of the test
            self.wrong = error
        finally:
            self.test.died.set()

    def acknowledged(self, answer, statuses=(200, 201)):
        if answer.status not in statuses:
            raise AssertionError(f"{self.name}: {answer.status} {answer.body[:300]}")
        case = answer.json["case"]
        with self.test.lock:
            known = self.test.cases.get(case["id"])
            if known is None or known["case"]["revision"] < case["revision"]:
                self.test.cases[case["id"]] = answer.json
            self.test.changes += 1
            if self.test.changes >= self.test.wanted:
                self.test.enough.set()
        return answer.json

    def work_on_a_case(self, number):
        text = f"{FERRY_SPUN}\n\nSeen by {self.name}, {number}."
        case = self.acknowledged(self.server.post("/v1/cases", text, Unspin_Person=self.name))
        for _ in range(self.random.randrange(1, 5)):
            part, value = self.random.choice((
                ("decision", {"decision": "pursue", "reason": f"reason {self.random.random()}"}),
                ("notes", {"note": f"note {self.random.random()}"}),
                ("exclusions", {"kind": "passage", "span": [0, self.random.randrange(50, 300)], "reason": "agency"}),
                ("exclusions", {"kind": "source", "original": "ferry", "reason": "licensed"})))
            case = self.acknowledged(self.server.change(case, part, value))


class Kills(serve_support.ServedTest):
    OPTIONS = ("--rate", "100000", "--burst", "100000")

    def setUp(self):
        super().setUp()
        self.lock = threading.Lock()
        self.cases = {}  # what the last answer about each case said

    def work_until_killed(self, round):
        self.changes, self.wanted = 0, random.Random(round).randrange(1, MAX_CHANGES)
        self.enough, self.died = threading.Event(), threading.Event()
        clients = [Client(self, number, round) for number in range(CLIENTS)]
        for client in clients:
            client.start()
        while not self.enough.wait(timeout=1) and not self.died.is_set():
            pass
        self.server.stop(signal.SIGKILL)
        for client in clients:
            client.join()
            self.assertIsNone(client.wrong)
        self.assertTrue(self.enough.is_set(), self.server.log[-2000:])

    def check(self):
        """Changes that were not acknowledged may be there too, behind those that were."""
        log = self.server.get("/v1/log/check").json
        self.assertTrue(log["whole"], log)
        for id, told in self.cases.items():
            answer = self.server.get(f"/v1/cases/{id}")
            self.assertEqual(200, answer.status, answer.body)
            now = answer.json
            self.assertEqual(told["history"], now["history"][:len(told["history"])])
            self.assertEqual(told["exclusions"], now["exclusions"][:len(told["exclusions"])])
            self.assertGreaterEqual(now["case"]["revision"], told["case"]["revision"])
            if now["case"]["revision"] == told["case"]["revision"]:
                self.assertEqual(told, {name: now[name] for name in told if name != "existed"} | (
                    {"existed": told["existed"]} if "existed" in told else {}))

    def test_what_was_acknowledged_outlives_every_kill(self):
        everything = {}
        for round in range(KILLS):
            with self.subTest(round=round):
                self.work_until_killed(round)
                self.server = self.serve(*self.OPTIONS)
                self.check()
                everything |= self.cases
                self.cases = {}
        self.cases = everything
        self.check()
        self.assertEqual(0, self.server.stop())


if __name__ == "__main__":
    unittest.main()
