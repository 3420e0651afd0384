"""What attackers send gets the right status, costs no memory, and nobody else notices."""

import re
import signal
import unittest

from support import Reader, Server, read_all, read_response, send, wait_until

MIB = 1 << 20
# Memory that a server may gain under attack by hundreds of megabytes: buffers of threads, of the allocator, and of connections.
FLAT = 32 * MIB

HOST = b"Host: localhost\r\n"

# Name → bytes. Each is answered by 400, and nothing behind it is taken for a request.
AMBIGUOUS = {
    "length and chunked": b"POST /echo HTTP/1.1\r\n" + HOST + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG",
    "chunked and length": b"POST /echo HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\nG",
    "two lengths": b"POST /echo HTTP/1.1\r\n" + HOST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    "two equal lengths": b"POST /echo HTTP/1.1\r\n" + HOST + b"Content-Length: 1\r\nContent-Length: 1\r\n\r\na",
    "list of lengths": b"POST /echo HTTP/1.1\r\n" + HOST + b"Content-Length: 1, 2\r\n\r\nab",
    "length with a sign": b"POST /echo HTTP/1.1\r\n" + HOST + b"Content-Length: +1\r\n\r\na",
    "negative length": b"POST /echo HTTP/1.1\r\n" + HOST + b"Content-Length: -1\r\n\r\na",
    "hexadecimal length": b"POST /echo HTTP/1.1\r\n" + HOST + b"Content-Length: 0x1\r\n\r\na",
    "empty length": b"POST /echo HTTP/1.1\r\n" + HOST + b"Content-Length: \r\n\r\n",
    "chunked by another name": b"POST /echo HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "two codings": b"POST /echo HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "identity": b"POST /echo HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: identity\r\n\r\n0\r\n\r\n",
    "coding twice": b"POST /echo HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
    "vertical tab": b"POST /echo HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n",
    "coding in HTTP/1.0": b"POST /echo HTTP/1.0\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "space before the colon": b"POST /echo HTTP/1.1\r\n" + HOST + b"Content-Length : 1\r\n\r\na",
    "folded line": b"POST /echo HTTP/1.1\r\n" + HOST + b"Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
    "folded value": b"GET /healthz HTTP/1.1\r\n" + HOST + b"X: a\r\n b\r\n\r\n",
    "bare line feed": b"GET /healthz HTTP/1.1\r\n" + HOST + b"X: a\nY: b\r\n\r\n",
    "bare carriage return": b"GET /healthz HTTP/1.1\r\n" + HOST + b"X: a\rTransfer-Encoding: chunked\r\n\r\n",
    "only line feeds": b"GET /healthz HTTP/1.1\nHost: localhost\n\n",
    "no host": b"GET /healthz HTTP/1.1\r\n\r\n",
    "two hosts": b"GET /healthz HTTP/1.1\r\n" + HOST + b"Host: desk.example\r\n\r\n",
    "no colon": b"GET /healthz HTTP/1.1\r\n" + HOST + b"nonsense\r\n\r\n",
    "empty name": b"GET /healthz HTTP/1.1\r\n" + HOST + b": x\r\n\r\n",
    "name with a bracket": b"GET /healthz HTTP/1.1\r\n" + HOST + b"a(b): x\r\n\r\n",
    "NUL in a value": b"GET /healthz HTTP/1.1\r\n" + HOST + b"X: a\0b\r\n\r\n",
    "NUL at a value's end": b"GET /healthz HTTP/1.1\r\n" + HOST + b"X: a\0\r\nY: b\r\n\r\n",
    "NUL in a name": b"GET /healthz HTTP/1.1\r\n" + HOST + b"X\0: a\r\n\r\n",
    "NUL in the path": b"GET /heal\0thz HTTP/1.1\r\n" + HOST + b"\r\n",
    "NUL behind the path": b"GET /healthz\0 HTTP/1.1\r\n" + HOST + b"\r\n",
    "NUL in the query": b"GET /query?q=a\0b HTTP/1.1\r\n" + HOST + b"\r\n",
    "NUL in the method": b"GET\0X /healthz HTTP/1.1\r\n" + HOST + b"\r\n",
    "control in a value": b"GET /healthz HTTP/1.1\r\n" + HOST + b"X: \x01\r\n\r\n",
    "two spaces": b"GET  /healthz HTTP/1.1\r\n" + HOST + b"\r\n",
    "odd method": b"G(T /healthz HTTP/1.1\r\n" + HOST + b"\r\n",
    "version without a number": b"GET /healthz HTTP/x\r\n" + HOST + b"\r\n",
    "lower-case version": b"GET /healthz http/1.1\r\n" + HOST + b"\r\n",
    "no version": b"GET /healthz\r\n" + HOST + b"\r\n",
}

CHUNKS = {
    "negative": (b"-2\r\nab\r\n0\r\n\r\n", 400),
    "with 0x": (b"0x2\r\nab\r\n0\r\n\r\n", 400),
    "with a sign": (b"+2\r\nab\r\n0\r\n\r\n", 400),
    "with a space": (b" 2\r\nab\r\n0\r\n\r\n", 400),
    "no number": (b"zz\r\nab\r\n0\r\n\r\n", 400),
    "empty": (b"\r\nab\r\n0\r\n\r\n", 400),
    "longer than said": (b"2\r\nabc\r\n0\r\n\r\n", 400),
    "64 bits": (b"FFFFFFFFFFFFFFFF\r\nab", 408),  # the rest of it does not come
    "68 bits": (b"FFFFFFFFFFFFFFFFF\r\nab", 413),
}

PATHS = {
    "/files/..": 400, "/files/../healthz": 400, "/files/%2e%2e/x": 400, "/files/%2E./x": 400, "/files/a%2f..%2fb": 400,
    "/files/.": 400, "/%": 400, "/%4": 400, "/%zz": 400, "/part/%00": 400, "/part/a%00b": 400, "healthz": 400, "../x": 400,
    "/query?q=%": 400, "/query?q=%00": 400, "/files//etc/passwd": 200, "/files/%252e%252e/x": 200, "/part/..%5c..%5cx": 200,
    "/part/%ff%fe": 200, "/part/": 404, "/part/a/b": 404, "/%68ealthz": 200, "/healthz/": 404, "//healthz": 404,
    "http://localhost/healthz": 200, "http://evil.example/healthz": 421, "/healthz#x": 404, "/healthz;x": 404,
}


class FramingTest(unittest.TestCase):
    def test_an_ambiguous_request_gets_400_and_ends_the_connection(self):
        behind = b"GET /streams HTTP/1.1\r\n" + HOST + b"\r\n"
        with Server() as server:
            for name, request in AMBIGUOUS.items():
                with self.subTest(name), server.connect() as client:
                    send(client, request + behind)
                    answer = read_all(client)
                    self.assertEqual(b"HTTP/1.1 400", answer[:12], answer)
                    # libmicrohttpd 0.9.75 writes the header of its own refusals twice.
                    self.assertEqual(set(), set(re.findall(rb"HTTP/1\.1 \d+", answer)) - {b"HTTP/1.1 400"}, answer)

    def test_a_bad_chunk_gets_its_status(self):
        head = b"POST /echo HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n"
        with Server(read_timeout=500) as server:
            for name, (body, status) in CHUNKS.items():
                with self.subTest(name):
                    self.assertEqual(status, server.ask(head + body)[0])

    def test_a_path_that_leaves_its_folder_is_refused(self):
        with Server() as server:
            for path, status in PATHS.items():
                with self.subTest(path):
                    self.assertEqual(status, server.get(path)[0])

    def test_another_protocol_is_refused(self):
        with Server(read_timeout=500) as server:
            for name, request, statuses in (
                    ("HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {b"HTTP/1.1 505", b"HTTP/1.1 400"}),
                    ("HTTP/0.1", b"GET / HTTP/0.1\r\n" + HOST + b"\r\n", {b"HTTP/1.1 505"}),
                    ("TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)) * 2, {b""})):
                with self.subTest(name), server.connect() as client:
                    send(client, request)
                    self.assertIn(read_all(client)[:12], statuses)

    def test_pipelined_requests_are_answered_in_order(self):
        count = 500
        requests = b"".join(b"POST /echo HTTP/1.1\r\n" + HOST + b"Content-Length: %d\r\n\r\n%d" % (len(str(i)), i) for i in range(count))
        with Server() as server, server.connect() as client:
            send(client, requests)
            reader = Reader(client)
            self.assertEqual([str(i).encode() for i in range(count)], [reader.next()[2] for _ in range(count)])

    def test_bytes_come_one_by_one(self):
        request = b"POST /echo HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nX: y\r\n\r\n"
        with Server() as server, server.connect() as client:
            for i in range(len(request)):
                client.sendall(request[i:i + 1])
            self.assertEqual(b"abcde", read_response(client)[2])


class SizeTest(unittest.TestCase):
    def test_a_body_over_the_limit_gets_413(self):
        with Server(max_body=MIB) as server:
            server.post("/size", bytes(MIB))
            before = server.rss()
            self.assertEqual(200, server.post("/size", bytes(MIB))[0])
            self.assertEqual(413, server.post("/size", bytes(MIB + 1))[0])
            self.assertEqual(413, server.post("/size", bytes(32 * MIB))[0])
            big = b"POST /size HTTP/1.1\r\n" + HOST + b"Content-Length: %d\r\n\r\n"
            self.assertEqual(413, server.ask(big % (1 << 62))[0])
            self.assertEqual(413, server.ask(big % 10**30)[0])
            self.assertLess(server.rss() - before, FLAT)

    def test_a_chunked_body_over_the_limit_gets_413(self):
        head = b"POST /size HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n"
        chunk = b"10000\r\n" + bytes(1 << 16) + b"\r\n"
        with Server(max_body=MIB) as server:
            before = server.rss()
            for _ in range(4):
                self.assertEqual(413, server.ask(head + chunk * 1024 + b"0\r\n\r\n")[0])
            # Small chunks cost more than their bytes, if each is kept.
            self.assertEqual(413, server.ask(head + b"1\r\na\r\n" * (2 * MIB) + b"0\r\n\r\n")[0])
            self.assertLess(server.rss() - before, FLAT)

    def test_an_endless_header_gets_431(self):
        with Server() as server:
            before = server.rss()
            top = b"GET /healthz HTTP/1.1\r\n" + HOST
            self.assertEqual(431, server.ask(top + b"X: " + b"a" * (64 * MIB))[0])
            self.assertEqual(431, server.ask(top + b"X: a\r\n" * 300_000)[0])
            self.assertEqual(431, server.ask(top + b"X: " + b"a" * 40_000 + b"\r\n\r\n")[0])
            self.assertEqual(414, server.ask(b"GET /" + b"a" * (64 * MIB))[0])
            self.assertEqual(414, server.ask(b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n")[0])
            self.assertIn(server.ask(b"A" * (8 * MIB))[0], (400, 414))
            chunked = b"POST /echo HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n"
            # libmicrohttpd's words for what is in a body and no body: 500 in 0.9.75, 413 and 431 later.
            self.assertIn(server.ask(chunked + b"1;" + b"x" * (8 * MIB))[0], (413, 500))
            self.assertIn(server.ask(chunked + b"0\r\n" + b"X: a\r\n" * 300_000)[0], (413, 431, 500))
            self.assertLess(server.rss() - before, FLAT)

    def test_a_refused_request_with_a_short_body_leaves_the_connection_usable(self):
        with Server() as server, server.connect() as client:
            reader = Reader(client)
            for _ in range(3):
                client.sendall(b"POST /nothing HTTP/1.1\r\n" + HOST + b"Content-Length: 5000\r\n\r\n" + bytes(5000))
                self.assertEqual(404, reader.next()[0])
            client.sendall(b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\n")
            self.assertEqual(200, reader.next()[0])

    def test_a_client_that_asks_before_it_sends_is_told(self):
        with Server(max_body=MIB) as server:
            head = b"POST /size HTTP/1.1\r\n" + HOST + b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n"
            self.assertEqual(413, server.ask(head % (2 * MIB))[0])
            with server.connect() as client:
                reader = Reader(client)
                client.sendall(head % 3)
                self.assertEqual(100, reader.next()[0])
                client.sendall(b"abc")
                self.assertEqual(b"3\n", reader.next()[2])


class SlowClientsTest(unittest.TestCase):
    def test_idle_connections_up_to_the_limit_leave_others_alone(self):
        with Server(max_connections=50) as server:
            clients = [server.connect() for _ in range(49)]
            try:
                with server.connect() as good:
                    reader = Reader(good)
                    for _ in range(500):
                        good.sendall(b"POST /echo HTTP/1.1\r\n" + HOST + b"Content-Length: 3\r\n\r\nabc")
                        self.assertEqual(b"abc", reader.next()[2])
                    good.sendall(b"GET /metrics HTTP/1.1\r\n" + HOST + b"\r\n")
                    self.assertIn(b"unspin_connections 50\n", reader.next()[2])
            finally:
                for client in clients:
                    client.close()

    def test_the_connection_after_the_limit_is_told_so(self):
        with Server(max_connections=5) as server:
            clients = [server.connect() for _ in range(5)]
            try:
                for client in clients:  # taken, not only in the queue of the system
                    client.sendall(b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\n")
                    self.assertEqual(200, read_response(client)[0])
                with server.connect() as silent:  # it is told without a question
                    status, headers, body = read_response(silent)
                self.assertEqual((503, "1"), (status, headers["retry-after"]))
                self.assertIn(b"connections", body)
                self.assertEqual(503, server.get("/healthz")[0])
            finally:
                for client in clients:
                    client.close()
            wait_until(lambda: server.get("/healthz")[0] == 200, "a place is free again")

    def test_clients_that_drip_are_cut_off_and_others_served(self):
        with Server(read_timeout=1000, idle_timeout=1500) as server, server.connect() as good:
            head = b"POST /size HTTP/1.1\r\n" + HOST + b"Content-Length: 100000\r\n\r\n"
            drips = [(server.connect(), first) for first in (b"", b"GET /heal", b"GET /healthz HTTP/1.1\r\nX: ", head) * 2]
            open_drips = [client for client, first in drips if send(client, first) is None]
            reader = Reader(good)
            served = 0
            answers = []
            while open_drips:
                for client in open_drips:
                    send(client, b"a")
                for _ in range(20):
                    good.sendall(b"POST /echo HTTP/1.1\r\n" + HOST + b"Content-Length: 3\r\n\r\nabc")
                    self.assertEqual(200, reader.next()[0])
                    served += 1
                still = []
                for client in open_drips:
                    client.settimeout(0.02)
                    try:
                        answers.append(read_all(client))
                    except TimeoutError:
                        still.append(client)
                open_drips = still
            self.assertEqual(8, len(answers))
            # The four whose request was under way are told why.
            self.assertEqual(4, sum(answer.startswith(b"HTTP/1.1 408") for answer in answers), answers)
            self.assertGreater(served, 0)
            for client, _ in drips:
                client.close()

    def test_a_client_that_does_not_read_is_cut_off(self):
        with Server(read_timeout=500) as server, server.connect() as client:
            client.sendall(b"GET /large?bytes=30000000 HTTP/1.1\r\n" + HOST + b"\r\n")
            with server.connect() as streaming:
                streaming.sendall(b"GET /lines?count=100000000 HTTP/1.1\r\n" + HOST + b"\r\n")
                wait_until(lambda: server.get("/streams")[2] == b"1\n", "the stream is open")
                wait_until(lambda: server.get("/streams")[2] == b"0\n", "the stream is cut off")
            # 30 MB may take two hours at the slowest rate allowed; so it is not cut off yet, and holds nobody up.
            self.assertEqual(200, server.get("/healthz")[0])

    def test_a_half_closed_connection_gets_its_answer(self):
        with Server() as server, server.connect() as client:
            client.sendall(b"GET /slow?ms=100 HTTP/1.1\r\n" + HOST + b"\r\n")
            client.shutdown(1)
            self.assertEqual(b"slept\n", read_response(client)[2])
            self.assertEqual(b"", read_all(client))

    def test_an_end_that_comes_with_bytes_is_seen(self):
        with Server(read_timeout=100_000, idle_timeout=100_000) as server:
            for request in (b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\n", b"GET /heal", b"GET /healthz HTTP/1.1\r\nX: y\r\n",
                            b"POST /echo HTTP/1.1\r\n" + HOST + b"Content-Length: 9\r\n\r\nabc"):
                with self.subTest(request), server.connect() as client:
                    client.sendall(request)
                    client.shutdown(1)
                    read_all(client)  # it comes to an end


class LoadTest(unittest.TestCase):
    def test_a_full_queue_gets_503_while_health_is_answered(self):
        with Server(threads=1, max_queue=2) as server:
            clients = [server.connect() for _ in range(10)]
            for client in clients:
                client.sendall(b"GET /slow?ms=300 HTTP/1.1\r\n" + HOST + b"\r\n")
            self.assertEqual(200, server.get("/healthz")[0])
            answers = [read_response(client) for client in clients]
            refused = [headers for status, headers, _ in answers if status == 503]
            self.assertEqual({200, 503}, {status for status, _, _ in answers})
            self.assertGreaterEqual(len(refused), 7)
            self.assertEqual({"1"}, {headers["retry-after"] for headers in refused})
            for client in clients:
                client.close()

    def test_a_handler_that_takes_too_long_is_answered_for(self):
        with Server(timeout=300) as server, server.connect() as client:
            client.sendall(b"GET /slow?ms=1500 HTTP/1.1\r\n" + HOST + b"\r\nGET /healthz HTTP/1.1\r\n" + HOST + b"\r\n")
            reader = Reader(client)
            status, headers, body = reader.next()
            self.assertEqual((503, "1"), (status, headers["retry-after"]))
            self.assertIn(b'"timeout"', body)
            self.assertEqual(200, reader.next()[0])

    def test_a_route_that_reads_all_that_is_stored_has_longer(self):
        with Server(timeout=300) as server, server.connect() as client:
            client.sendall(b"GET /patient?ms=1500 HTTP/1.1\r\n" + HOST + b"\r\n")
            self.assertEqual(200, Reader(client).next()[0])

    def test_too_many_requests_a_second_get_429(self):
        with Server(rate=1, burst=5) as server:
            answers = [server.get("/query") for _ in range(10)]
            self.assertEqual([200] * 5, [status for status, _, _ in answers[:5]])
            self.assertEqual(429, answers[5][0])
            self.assertGreaterEqual(int(answers[5][1]["retry-after"]), 1)
            self.assertEqual(200, server.get("/healthz")[0])

    def test_many_connections_come_and_go(self):
        with Server() as server:
            server.get("/healthz")
            before = server.rss()
            for i in range(3000):
                with server.connect() as client:
                    if i % 3:
                        client.sendall(b"GET /heal"[:i % 10])
            wait_until(lambda: server.gauge("unspin_connections") == 1, "all are closed")
            self.assertLess(server.rss() - before, FLAT)


class StreamsTest(unittest.TestCase):
    def test_a_stream_ends_when_its_client_goes(self):
        with Server(heart_beat=60000) as server:
            for target in (b"/ticks?ms=10", b"/lines?count=0"):
                with self.subTest(target), server.connect() as client:
                    client.sendall(b"GET " + target + b" HTTP/1.1\r\n" + HOST + b"\r\n")
                    wait_until(lambda: server.get("/streams")[2] == b"1\n", "the stream is open")
                wait_until(lambda: server.get("/streams")[2] == b"0\n", "the stream has ended")

    def test_a_waiting_stream_has_heart_beats(self):
        with Server(heart_beat=200) as server, server.connect() as client:
            client.sendall(b"GET /lines?count=0 HTTP/1.1\r\n" + HOST + b"\r\n")
            data = b""
            while data.count(b": beat\n") < 3:
                data += client.recv(1000)

    def test_a_stream_is_whole(self):
        with Server() as server:
            status, headers, body = server.get("/lines?count=100000")
            self.assertEqual((200, "chunked"), (status, headers["transfer-encoding"]))
            self.assertEqual([b'{"line":%d}' % i for i in range(100_000)], body.splitlines())

    def test_streams_hold_no_worker(self):
        with Server(threads=1, max_streams=20) as server:
            clients = [server.connect() for _ in range(21)]
            for client in clients:
                client.sendall(b"GET /ticks?ms=20 HTTP/1.1\r\n" + HOST + b"\r\n")
            wait_until(lambda: server.get("/streams")[2] == b"20\n", "20 streams")
            self.assertEqual(b"abc", server.post("/echo", b"abc")[2])
            self.assertIn(503, [int(client.recv(12)[9:]) for client in clients])
            for client in clients:
                client.close()
            wait_until(lambda: server.get("/streams")[2] == b"0\n", "they have ended")


class StopTest(unittest.TestCase):
    def test_requests_that_run_get_their_answers(self):
        with Server(threads=2) as server, server.connect() as idle:
            clients = [server.connect() for _ in range(6)]  # two run, four wait
            for client in clients:
                client.sendall(b"GET /slow?ms=400 HTTP/1.1\r\n" + HOST + b"\r\n")
            with server.connect() as stream:
                stream.sendall(b"GET /lines?count=0 HTTP/1.1\r\n" + HOST + b"\r\n")
                wait_until(lambda: server.gauge("unspin_queue_length") == 4 or server.get("/streams")[2] == b"1\n", "all have come")
                wait_until(lambda: server.get("/streams")[2] == b"1\n", "the stream is open")
                server.process.send_signal(signal.SIGTERM)
                self.assertEqual([b"slept\n"] * 6, [read_response(client)[2] for client in clients])
                self.assertIn(b"data: the end", read_all(stream))
            self.assertEqual(b"", read_all(idle))
            for client in clients:
                client.close()
            server.process.wait()
            self.assertRaises(ConnectionRefusedError, server.connect)

    def test_a_handler_that_does_not_end_does_not_hold_up_the_others(self):
        with Server(timeout=500) as server, server.connect() as client:
            client.sendall(b"GET /slow?ms=2000 HTTP/1.1\r\n" + HOST + b"\r\n")
            wait_until(lambda: server.gauge("unspin_workers_busy") == 1, "it runs")
            server.process.send_signal(signal.SIGTERM)
            self.assertEqual(503, read_response(client)[0])


class AnswersTest(unittest.TestCase):
    def test_head_has_the_headers_of_get(self):
        with Server() as server, server.connect() as client:
            client.sendall(b"HEAD /large?bytes=1234 HTTP/1.1\r\n" + HOST + b"\r\nGET /healthz HTTP/1.1\r\n" + HOST + b"\r\n")
            reader = Reader(client)
            status, headers, _ = reader.next(head=True)
            self.assertEqual((200, "1234"), (status, headers["content-length"]))
            self.assertEqual(b"ok\n", reader.next()[2])

    def test_options_and_405_name_the_methods(self):
        with Server() as server:
            status, headers, _ = server.ask(b"OPTIONS /echo HTTP/1.1\r\n" + HOST + b"\r\n")
            self.assertEqual((204, "POST, OPTIONS"), (status, headers["allow"]))
            status, headers, _ = server.get("/echo")
            self.assertEqual((405, "POST, OPTIONS"), (status, headers["allow"]))
            self.assertEqual("GET, HEAD, OPTIONS", server.post("/query", b"")[1]["allow"])

    def test_every_answer_has_an_id_and_the_safe_headers(self):
        with Server() as server:
            ids = set()
            for status, headers, body in (server.get("/query"), server.get("/nothing"), server.post("/size", bytes(2 * MIB)),
                                          server.get("/query", "Host: evil"), server.get("/who", "Host: evil")):
                with self.subTest(status):
                    self.assertEqual("nosniff", headers["x-content-type-options"])
                    self.assertEqual("no-referrer", headers["referrer-policy"])
                    ids.add(headers["unspin-request-id"])
                    if status != 200:
                        self.assertIn(headers["unspin-request-id"].encode(), body)
                        self.assertEqual("application/problem+json", headers["content-type"])
            self.assertEqual(5, len(ids))

    def test_foreign_pages_are_refused(self):
        with Server() as server:
            for headers in (["Origin: http://evil.example"], ["Origin: null"], ["Sec-Fetch-Site: cross-site"], ["Sec-Fetch-Site: same-site"],
                            ["Origin: http://localhost:1"]):
                with self.subTest(headers):
                    self.assertEqual(403, server.post("/echo", b"x", *headers)[0])
            self.assertEqual(200, server.post("/echo", b"x", "Origin: http://localhost", "Sec-Fetch-Site: same-origin")[0])
            self.assertEqual(421, server.ask(b"GET /who HTTP/1.1\r\nHost: evil.example\r\n\r\n")[0])
            self.assertEqual(200, server.ask(b"GET /who HTTP/1.1\r\nHost: DESK.example:443\r\n\r\n")[0])


if __name__ == "__main__":
    unittest.main()
