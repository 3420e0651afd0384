"""Starts the server under attack and talks to it by raw sockets."""

import os
import signal
import socket
import subprocess
import time

SERVER = os.environ["UNSPIN_TEST_SERVER"]
# A minute: only a server that hangs takes so long.
PATIENCE = 60


class Server:
    """unspin_test_server with these settings, as a context."""

    def __init__(self, **settings):
        words = [f"{name}={value}" for name, value in settings.items()]
        self.process = subprocess.Popen([SERVER, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if not line.startswith("http://127.0.0.1:"):
            raise RuntimeError(f"the server did not start: {line!r} {self.process.stderr.read()}")
        self.port = int(line.rsplit(":", 1)[1].strip("/\n"))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            out, err = self.process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        if self.process.returncode != 0 or not out.endswith("stopped\n"):
            raise RuntimeError(f"the server ended with {self.process.returncode}: {out!r} {err[-3000:]}")

    def connect(self):
        client = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return client

    def rss(self):
        """Bytes of memory in use."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as lines:
            return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS:"))

    def ask(self, request):
        """One connection: sends the bytes, gives (status, headers, body)."""
        with self.connect() as client:
            send(client, request)
            return read_response(client)

    def get(self, target, *headers):
        lines = "".join(f"{header}\r\n" for header in headers)
        return self.ask(f"GET {target} HTTP/1.1\r\nHost: localhost\r\n{lines}\r\n".encode())

    def post(self, target, body, *headers):
        lines = "".join(f"{header}\r\n" for header in headers)
        head = f"POST {target} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n{lines}\r\n"
        return self.ask(head.encode() + body)

    def gauge(self, name):
        """A number of /metrics; -1 where the server has no connection for the question."""
        status, _, body = self.get("/metrics")
        if status != 200:
            return -1
        return next(float(line.split()[-1]) for line in body.decode().splitlines() if line.startswith(name + " "))


def send(client, data):
    """Sends it all, or as much as a server that has had enough takes."""
    try:
        client.sendall(data)
    except (BrokenPipeError, ConnectionResetError):
        pass


def receive(client):
    try:
        return client.recv(1 << 16)
    except ConnectionResetError:
        return b""


def read_all(client):
    """Everything up to the end of the connection."""
    parts = []
    while part := receive(client):
        parts.append(part)
    return b"".join(parts)


class Reader:
    """Responses of a connection, one after the other."""

    def __init__(self, client):
        self.client = client
        self.data = b""

    def _more(self):
        part = receive(self.client)
        self.data += part
        return bool(part)

    def next(self, head=False):
        """(status, headers, body), or None where the connection has ended."""
        while b"\r\n\r\n" not in self.data:
            if not self._more():
                return None
        top, _, self.data = self.data.partition(b"\r\n\r\n")
        lines = top.decode("latin-1").split("\r\n")
        status = int(lines[0].split()[1])
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines[1:])}
        if status in (100, 204, 304) or head:
            return status, headers, b""
        if headers.get("transfer-encoding") == "chunked":
            return status, headers, self._chunks()
        if "content-length" not in headers:
            while self._more():
                pass
            body, self.data = self.data, b""
            return status, headers, body
        size = int(headers["content-length"])
        while len(self.data) < size:
            if not self._more():
                break
        body, self.data = self.data[:size], self.data[size:]
        return status, headers, body

    def _line(self):
        while b"\r\n" not in self.data:
            if not self._more():
                return None
        line, _, self.data = self.data.partition(b"\r\n")
        return line

    def _chunks(self):
        body = b""
        while True:
            line = self._line()
            if line is None:
                return body
            size = int(line, 16)
            while len(self.data) < size + 2:
                if not self._more():
                    return body
            body += self.data[:size]
            self.data = self.data[size + 2:]
            if size == 0:
                return body


def read_response(client):
    return Reader(client).next()


def wait_until(condition, what):
    """Until it holds; how long that takes is not judged."""
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"it never came about: {what}")
        time.sleep(0.02)
