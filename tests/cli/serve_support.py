"""A real `unspin serve` as a process of its own, and a client for it."""

import http.client
import json
import signal
import subprocess
import urllib.parse

import support

START_SECONDS = 60  # until the server says where it is; a sanitizer's takes longer than any other
ANSWER_SECONDS = 60


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.type = (response.headers.get("Content-Type") or "").split(";")[0]
        self.body = response.read()

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def lines(self):
        return [json.loads(line) for line in self.body.decode().splitlines()]

    @property
    def code(self):
        return self.json["error"]["code"]

    @property
    def message(self):
        return self.json["error"]["message"]


class Events:
    """A stream of server-sent events; iterating waits for the next one."""

    def __init__(self, connection, response):
        self.connection, self.response = connection, response

    def __iter__(self):
        event = {}
        for raw in self.response:
            line = raw.decode().rstrip("\n")
            if not line and "event" in event:
                event["data"] = json.loads(event["data"])
                yield event
                event = {}
            elif not line:
                event = {}
            elif not line.startswith(":"):
                name, _, value = line.partition(": ")
                event[name] = value

    def close(self):
        self.response.close()
        self.connection.close()


class Server:
    """`options` are those of the command line behind --archive and --port; port 0: any free one."""

    def __init__(self, folder, archive="archive", *options, name="server", port=0):
        self.log_path = folder / f"{name}.log"
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(
                [str(support.PROGRAM), "serve", "--archive", str(archive), "--port", str(port), *map(str, options)],
                cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log)
        self.address = self.process.stdout.readline().decode().strip()
        self.port = urllib.parse.urlsplit(self.address).port if self.address else None
        self.token = None

    @property
    def log(self):
        return self.log_path.read_text(encoding="utf-8", errors="replace")

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_SECONDS)

    def request(self, method, path, body=None, type=None, connection=None, **headers):
        """`body`: bytes or a text, or a value to be sent as JSON. Names of headers have _ for -."""
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if body is not None and not isinstance(body, (bytes, str)):
            body, type = json.dumps(body), type or "application/json"
        if isinstance(body, str):
            body = body.encode()
        if body is not None and type != "":
            headers.setdefault("Content-Type", type or "text/plain")
        if self.token:
            headers.setdefault("Authorization", f"Bearer {self.token}")
        link = connection or self.connect()
        try:
            link.request(method, path, body=body, headers=headers)
            return Answer(link.getresponse())
        finally:
            if connection is None:
                link.close()

    def get(self, path, **headers):
        return self.request("GET", path, **headers)

    def post(self, path, body=None, type=None, **headers):
        return self.request("POST", path, body, type, **headers)

    def change(self, case, part, value=None, method="POST"):
        """Changes a case at the revision that `case` (a whole one, or its row) has."""
        row = case.get("case", case)
        path = f"/v1/cases/{row['id']}/{part}"
        return self.request(method, path, value, If_Match=f'"{row["revision"]}"')

    def events(self, **headers):
        link = self.connect()
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        link.request("GET", "/v1/events", headers=headers)
        return Events(link, link.getresponse())

    def stop(self, by=signal.SIGTERM):
        """Ends the server and gives its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(by)
        status = self.process.wait(timeout=ANSWER_SECONDS)
        self.process.stdout.close()
        return status


class ServedTest(support.ProgramTest):
    """A test with an archive of the articles of `support` and a server on it."""

    OPTIONS = ()

    def setUp(self):
        super().setUp()
        self.start()

    def start(self):
        if "without the server" in self.run_program("serve", "--archive", "none", status=None).err:
            self.skipTest("the program was built without the server")
        self.make_archive()
        self.server = self.serve(*self.OPTIONS)

    def serve(self, *options, archive="archive", name="server"):
        server = Server(self.folder, archive, *options, name=name)
        self.addCleanup(server.stop, signal.SIGKILL)
        self.assertTrue(server.address, server.log[-2000:])
        return server

    def open_case(self, text=support.FERRY_SPUN, **query):
        answer = self.server.post("/v1/cases?" + urllib.parse.urlencode(query), text)
        self.assertIn(answer.status, (200, 201), answer.body)
        return answer.json
