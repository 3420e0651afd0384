"""`unspin serve` where memory runs out: the request gets an answer, and the service lives on."""

import contextlib
import re
import resource
import unittest
from pathlib import Path

from serve_support import Answer, ServedTest
from support import FERRY_SPUN

MIB = 1 << 20
MAX_ADDRESSES = 1 << 40


class Memory(ServedTest):
    OPTIONS = ("--max-body", "256MiB", "--threads", "1")

    def leave(self, spare):
        """Lets the server have `spare` bytes more than it has now, or all if None."""
        unlimited = resource.RLIM_INFINITY
        status = Path(f"/proc/{self.server.process.pid}/status").read_text()
        now = int(re.search(r"VmSize:\s+(\d+) kB", status)[1]) << 10
        if now > MAX_ADDRESSES:
            self.skipTest("a sanitizer takes terabytes of addresses beforehand")
        limit = unlimited if spare is None else now + spare
        resource.prlimit(self.server.process.pid, resource.RLIMIT_AS, (limit, unlimited))

    def check(self, text):
        with contextlib.closing(self.server.connect()) as link:
            try:
                link.request("POST", "/v1/check", body=text.encode(), headers={"Content-Type": "text/plain"})
            except (BrokenPipeError, ConnectionResetError):
                pass  # it was answered before all was sent
            return Answer(link.getresponse())

    def test_a_request_without_memory_is_answered_and_the_next_one_served(self):
        before = self.check(FERRY_SPUN)
        self.assertEqual(200, before.status)
        words = " ".join(f"word{number}" for number in range(3_000_000))
        for name, text, spare in (("words", words, 96 * MIB), ("body", "x" * (200 * MIB), 64 * MIB)):
            with self.subTest(name):
                self.leave(spare)
                answer = self.check(text)
                self.leave(None)
                self.assertEqual(500, answer.status)
                self.assertIn("not enough memory", answer.message)
                self.assertEqual(before.body, self.check(FERRY_SPUN).body)


if __name__ == "__main__":
    unittest.main()
