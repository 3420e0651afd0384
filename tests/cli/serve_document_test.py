"""docs/http.md: every curl line in it works against a real server."""

import re
import subprocess
import unittest

import serve_support
import support
from support import FERRY_SPUN, jsonl

DOCUMENT = support.SOURCE / "docs" / "http.md"


class Document(serve_support.ServedTest):
    OPTIONS = ("--inputs", "inputs")

    def setUp(self):
        support.ProgramTest.setUp(self)
        (self.folder / "inputs").mkdir()
        self.write("inputs/crawl.jsonl", jsonl([{"id": "a", "text": FERRY_SPUN}, {"id": "b", "text": support.made_article(1)}]))
        self.start()

    def lines(self):
        for block in re.findall(r"```sh\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.S):
            yield from block.splitlines()

    def test_every_curl_line_works(self):
        self.write("suspect.txt", FERRY_SPUN)
        self.write("suspect.html", f"<title>x</title><p>{FERRY_SPUN}</p>")
        self.write("more.jsonl", jsonl([{"id": "m", "text": support.made_article(2)}]))
        lines = list(self.lines())
        self.assertGreater(len(lines), 20)
        for line in lines:
            with self.subTest(line):
                self.assertTrue(line.startswith("curl "), line)
                command = line.replace("http://127.0.0.1:8080/", self.server.address)
                self.assertNotEqual(line, command)
                done = subprocess.run(["bash", "-c", command], cwd=self.folder, capture_output=True, timeout=60)
                self.assertEqual(0, done.returncode, done.stdout[-500:] + done.stderr[-500:])


if __name__ == "__main__":
    unittest.main()
