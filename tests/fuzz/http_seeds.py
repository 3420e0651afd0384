"""Writes the attacks of tests/server as first inputs of http_fuzz.cc into the folder that is named."""

import os
import pathlib
import sys

os.environ.setdefault("UNSPIN_TEST_SERVER", "not started")
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "server"))
import attacks_test  # noqa: E402

folder = pathlib.Path(sys.argv[1])
head = b"POST /echo HTTP/1.1\r\n" + attacks_test.HOST + b"Transfer-Encoding: chunked\r\n\r\n"
requests = [*attacks_test.AMBIGUOUS.values(), *(head + body for body, _ in attacks_test.CHUNKS.values())]
requests += [f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode() for path in attacks_test.PATHS]
requests += [b"POST /echo HTTP/1.1\r\n" + attacks_test.HOST + b"Content-Length: 5\r\n\r\nabcdeGET /stream HTTP/1.1\r\n" + attacks_test.HOST + b"\r\n"]
for number, request in enumerate(requests):
    (folder / f"{number}").write_bytes(bytes([number % 4]) + request)
