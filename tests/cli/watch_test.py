"""`watch` reports articles of a folder or a pipe as they come, each once, and opens cases."""

import http.server
import json
import os
import signal
import ssl
import subprocess
import threading
import unittest

import support
from support import FERRY, FERRY_SPUN, LIBRARY, ORCHARD, jsonl, made_article
from watch_support import WAIT_SECONDS, WatchTest, record, wait_until

OUT = ("--out", "out.jsonl")


class Folders(WatchTest):
    def test_once_says_what_check_says(self):
        self.put("spun.txt", FERRY_SPUN)
        self.put("page.html", f"<html><title>Ferry</title><body><article><p>{FERRY}</p></article></body></html>")
        self.put("many.jsonl", record("made", made_article(1)) + record("other", ORCHARD))
        checked = [line for line in self.checked("in") if json.loads(line)["findings"]]
        found = self.run_program("watch", "--archive", "archive", "in", "--once")
        self.assertEqual(checked, found.out.splitlines())
        self.assertEqual(3, len(checked))
        every = self.run_program("watch", "--archive", "archive", "in", "--once", "--all")
        self.assertEqual(self.checked("in"), every.out.splitlines())

    def test_options_are_those_of_check(self):
        self.write("in/many.jsonl", jsonl([{"no": "1", "body": FERRY_SPUN, "section": "sea"}]))
        options = ("--id-field", "no", "--text-field", "body", "--offsets", "codepoint", "--prior", "0.01", "--limit", "1",
                   "--candidates", "5")
        self.assertEqual(self.checked("in", *options),
                         self.run_program("watch", "--archive", "archive", "in", "--once", *options).out.splitlines())
        kept, = self.run_program("watch", "--archive", "archive", "in", "--once", *options, "--keep", "section").reports
        self.assertIn("sea", json.dumps(kept))

    def test_licences_are_said_as_check_says_them(self):
        self.write("licences.csv", "site,from,note\npartner.example,2026-01-01,wire contract\n")
        self.put("a.jsonl", record("a", FERRY_SPUN, url="https://partner.example/1", published="2026-03-01"))
        options = ("--licences", "licences.csv")
        checked = self.checked("in", *options)
        self.assertEqual("licensed", json.loads(checked[0])["findings"][0]["licence"]["state"])
        self.assertEqual(checked, self.run_program("watch", "--archive", "archive", "in", "--once", *options).out.splitlines())

    def test_files_are_reported_as_they_come(self):
        process = self.start("in", stdout=subprocess.PIPE)
        for number in range(3):
            self.put(f"a{number}.txt", f"{FERRY_SPUN}\n\nNumber {number}.")
            report = json.loads(process.stdout.readline())  # flushed at once
            self.assertEqual(f"in/a{number}.txt", report["suspect"]["id"])
            self.assertEqual("spun", report["summary"]["verdict"])
        self.put("deep/er/made.txt", made_article(3))  # no finding
        self.put("deep/er/orchard.txt", ORCHARD)
        self.assertEqual("in/deep/er/orchard.txt", json.loads(process.stdout.readline())["suspect"]["id"])
        self.stop(process)
        self.assertIn("waiting for articles", self.log())
        self.assertIn("5 articles checked, 4 with a finding", self.log())

    def test_a_file_counts_when_its_writer_has_closed_it(self):
        process = self.start("in", *OUT)
        with open(self.folder / "in" / "half.txt", "w") as half:
            half.write(FERRY_SPUN[:600])
            half.flush()
            self.put("other.txt", ORCHARD)
            self.wait_for_ids("in/other.txt")
            half.write(FERRY_SPUN[600:])
        self.wait_for_ids("in/half.txt")
        self.assertEqual(len(FERRY_SPUN.encode()), self.reports()[1]["suspect"]["bytes"])
        self.stop(process)

    def test_a_changed_file_gives_its_new_articles(self):
        process = self.start("in", *OUT)
        self.put("feed.jsonl", record("one", FERRY_SPUN))
        self.wait_for_ids("one")
        with open(self.folder / "in" / "feed.jsonl", "a") as feed:
            feed.write(record("two", ORCHARD))
        self.wait_for_ids("two")
        self.stop(process)
        self.assertEqual(["one", "two"], self.ids())
        self.assertIn("1 that had come before", self.log())

    def test_bad_records_are_said_as_audit_says_them(self):
        self.write("in/a.jsonl", "no json\n" + record("one", FERRY_SPUN) + '{"id": "x"}\n')
        self.write("in/b.txt", ORCHARD)
        watched = self.run_program("watch", "--archive", "archive", "in", "--once", *OUT, status=support.SKIPPED)
        audited = self.run_program("audit", "in", "--archive", "archive", "--out", "audit.jsonl", status=support.SKIPPED)
        said = [line for line in audited.err.splitlines() if "a.jsonl" in line]
        self.assertEqual(2, len(said))
        for line in said:
            self.assertIn(line, watched.err)
        self.assertEqual(["one", "in/b.txt"], self.ids())
        self.assertIn("2 bad records", watched.err)

    def test_a_file_that_cannot_be_read_is_no_success(self):
        self.write("in/b.txt", ORCHARD)
        (self.folder / "in" / "gone.txt").symlink_to("nowhere.txt")
        watched = self.run_program("watch", "--archive", "archive", "in", "--once", *OUT, status=support.SKIPPED)
        self.assertIn("in/gone.txt", watched.err)
        self.assertEqual(["in/b.txt"], self.ids())

    @unittest.skipIf(os.geteuid() == 0, "root may read every file")
    def test_a_file_is_read_once_its_permissions_are_put_right(self):
        self.write("in/b.txt", ORCHARD)
        (self.folder / "in" / "b.txt").chmod(0)
        process = self.start("in", "--list-every", "1", *OUT)
        wait_until(lambda: "check the permissions" in self.log())
        (self.folder / "in" / "b.txt").chmod(0o644)
        self.wait_for_ids("in/b.txt")
        self.stop(process)

    def test_weaker_findings_on_demand(self):
        self.put("apart.txt", support.FERRY_APART)
        verdict = json.loads(self.checked("in")[0])["summary"]["verdict"]
        self.assertIn(verdict, ("independent", "unrelated", "common-source"))
        self.assertEqual([], self.run_program("watch", "--archive", "archive", "in", "--once").reports)
        weak = self.run_program("watch", "--archive", "archive", "in", "--once", "--min-verdict", verdict)
        self.assertEqual(1, len(weak.reports))

    def test_the_archive_may_grow(self):
        process = self.start("in", *OUT)
        self.put("before.txt", made_article(7))
        wait_until(lambda: "waiting" in self.log())
        self.put("first.txt", ORCHARD)
        self.wait_for_ids("in/first.txt")
        self.run_program("index", "-", "--archive", "archive", stdin=jsonl([{"id": "seven", "text": made_article(7)}]).encode())
        self.put("after.txt", made_article(7))
        self.wait_for_ids("in/after.txt")
        self.run_program("remove", "seven", "--archive", "archive")
        self.run_program("merge", "archive")
        self.put("gone.txt", made_article(7))
        self.put("last.txt", LIBRARY)
        self.wait_for_ids("in/last.txt")
        self.stop(process)
        self.assertEqual(["in/first.txt", "in/after.txt", "in/last.txt"], self.ids())
        self.assertIn("the archive has changed: 4 articles now", self.log())

    def test_what_is_done_stays_done(self):
        self.put("a.txt", FERRY_SPUN)
        for _ in range(3):
            self.run_program("watch", "--archive", "archive", "in", "--once", *OUT)
            self.assertEqual(["in/a.txt"], self.ids())
        # The journal is lost: the lines that are there count.
        for file in (self.folder / "out.jsonl.state").iterdir():
            file.unlink()
        self.put("b.txt", ORCHARD)
        self.run_program("watch", "--archive", "archive", "in", "--once", *OUT)
        self.assertEqual(["in/a.txt", "in/b.txt"], self.ids())

    def test_without_notifications_files_come_with_the_listing(self):
        process = self.start("in", *OUT, "--list-every", "1")
        # The system tells nobody that a link was closed or moved.
        self.write("elsewhere.txt", FERRY_SPUN)
        (self.folder / "in" / "linked.txt").symlink_to(self.folder / "elsewhere.txt")
        self.wait_for_ids("in/linked.txt")
        self.stop(process)

    def test_signals_end_it_cleanly(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            process = self.start("in", *OUT)
            self.put(f"{number}.txt", f"{FERRY_SPUN} {number}")
            self.wait_for_ids(f"in/{number}.txt")
            self.assertEqual(0, self.end(process, number))


class Refusals(WatchTest):
    def test_a_link_does_not_lead_out_of_the_folder(self):
        self.write("out.jsonl", "")  # outputs that are there are compared with what is listed
        (self.folder / "in" / "all").symlink_to("/")
        self.put("a.jsonl", record("a", FERRY_SPUN))
        os.mkfifo(self.folder / "in" / "MANIFEST")
        process = self.start("in", *OUT)
        self.wait_for_ids("a")
        self.stop(process)
        self.assertIn("not followed", self.log())

    def test_two_watches_on_one_state(self):
        process = self.start("in", *OUT)
        wait_until(lambda: "waiting" in self.log())
        for options in (OUT, ("--out", "other.jsonl", "--state", "out.jsonl.state")):
            self.refused("watch", "--archive", "archive", "in", *options, names=["out.jsonl.state/LOCK", "locked by process"])
        self.refused("watch", "--archive", "archive", "in", *OUT, "--state", "mine", names=["out.jsonl", "another watch"])
        self.stop(process)

    def test_what_cannot_work_is_said_first(self):
        self.write("file.jsonl", record("one", FERRY))
        self.write("notes.txt", "mine")
        os.mkfifo(self.folder / "fifo")
        for arguments, names in (
                (("in", "--out", "in/out.jsonl"), ["--out in/out.jsonl", "is watched"]),
                (("in", *OUT, "--state", "in/state"), ["--state in/state", "is watched"]),
                (("file.jsonl",), ["is a file", "tail -n +1 -F file.jsonl"]),
                (("none",), ["none is not there"]),
                (("fifo", "--once"), ["--once is for folders"]),
                (("-", "--format", "html"), ["a pipe brings lines of JSON"]),
                (("-", "--cases", "http://127.0.0.1:1"), ["--cases needs a journal", "--state"]),
                (("in", "--token-file", "t"), ["--token-file is for --cases"]),
                (("in", "--once", "--out", "notes.txt"), ["notes.txt", "name another file"]),
                (("in", "--once", "--archive", "nothing"), ["nothing"])):
            with self.subTest(arguments):
                self.refused("watch", "--archive", "archive", *arguments, names=names) if "--archive" not in arguments else \
                    self.refused("watch", *arguments, names=names)
        self.assertEqual("mine", (self.folder / "notes.txt").read_text())

    def test_a_pipe_that_was_not_read_to_its_end_is_not_forgotten(self):
        state = self.folder / "state"
        state.mkdir()
        (state / "spool-0").write_bytes(record("left", FERRY_SPUN).encode())
        self.refused("watch", "--archive", "archive", "in", "--once", "--state", "state", names=["state", "not checked"])
        self.run_program("watch", "--archive", "archive", "-", "--state", "state", *OUT)
        self.assertEqual(["left"], self.ids())
        self.run_program("watch", "--archive", "archive", "in", "--once", "--state", "state", *OUT)

    def test_a_full_disk_is_said(self):
        self.put("a.txt", FERRY_SPUN)
        self.refused("watch", "--archive", "archive", "in", "--once", "--out", "/dev/full", names="disk is full")


class Pipes(WatchTest):
    def test_lines_are_reported_as_they_come(self):
        for options in ((), ("--state", "state")):
            process = self.start("-", *options, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            for number in range(3):
                process.stdin.write((record(f"made{number}", made_article(number)) +
                                     record(f"a{number}", f"{FERRY_SPUN} {number}")).encode())
                process.stdin.flush()
                self.assertEqual(f"a{number}", json.loads(process.stdout.readline())["suspect"]["id"])
            process.stdin.write(record("last", ORCHARD).rstrip("\n").encode())
            process.stdin.close()
            self.assertEqual("last", json.loads(process.stdout.readline())["suspect"]["id"])
            self.assertEqual(0, process.wait(timeout=WAIT_SECONDS))

    def test_a_pipe_says_what_check_says(self):
        lines = (record("a", FERRY_SPUN, url="https://copies.example/1", title="Ferry") + record("b", ORCHARD) +
                 jsonl([{"text": LIBRARY}])).encode()
        checked = self.run_program("check", "-", "--archive", "archive", "--json", stdin=lines).out
        for options in ((), ("--state", "state")):
            self.assertEqual(checked, self.run_program("watch", "--archive", "archive", *options, stdin=lines).out)

    def test_bad_lines_are_passed(self):
        lines = "no json\n" + record("a", FERRY_SPUN) + '{"id": 1}\n\n' + record("b", ORCHARD)
        result = self.run_program("watch", "--archive", "archive", "-", *OUT, stdin=lines.encode(), status=support.SKIPPED)
        self.assertEqual(["a", "b"], self.ids())
        self.assertIn("-:1: ", result.err)
        self.assertIn("-:3: ", result.err)

    def test_writers_of_a_named_pipe_go_and_come(self):
        os.mkfifo(self.folder / "fifo")
        process = self.start("fifo", *OUT)
        for number in range(4):
            with open(self.folder / "fifo", "w") as writer:
                writer.write(record(f"a{number}", f"{FERRY_SPUN} {number}"))
            self.wait_for_ids(f"a{number}")
        self.stop(process)

    def test_a_file_as_standard_input(self):
        self.write("feed.jsonl", record("a", FERRY_SPUN) + record("b", ORCHARD))
        for _ in range(2):
            with open(self.folder / "feed.jsonl", "rb") as feed:
                self.run_program("watch", "--archive", "archive", "-", *OUT, stdin=feed)
            self.assertEqual(["a", "b"], self.ids())

    def test_a_slow_listener_slows_the_reading(self):
        """The program holds a few articles at a time: its writer, not its memory, waits."""
        process = self.start("-", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        lines = 4000
        written = 0

        def send():
            nonlocal written
            for number in range(lines):
                process.stdin.write(record(f"a{number}", f"{FERRY_SPUN} {number}").encode())
                written += 1
            process.stdin.close()

        writer = threading.Thread(target=send)
        writer.start()
        stuck = wait_until(lambda: self.stuck_at(lambda: written), "a writer that waits")
        self.assertLess(stuck, lines - 1000)
        got = [json.loads(line)["suspect"]["id"] for line in process.stdout]
        writer.join()
        self.assertEqual([f"a{number}" for number in range(lines)], got)
        self.assertEqual(0, process.wait(timeout=WAIT_SECONDS))

    def stuck_at(self, value):
        """The value where it has not changed for two seconds."""
        before = value()
        still = threading.Event()
        still.wait(2)
        return before if before and value() == before else None

    def test_a_reader_that_goes_ends_it(self):
        process = self.start("-", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        process.stdout.close()
        process.stdout = None
        try:
            for number in range(100):
                process.stdin.write(record(f"a{number}", f"{FERRY_SPUN} {number}").encode())
            process.stdin.close()
        except BrokenPipeError:
            pass
        self.assertEqual(support.READER_GONE, process.wait(timeout=WAIT_SECONDS), self.log())


class Cases(WatchTest):
    def cases(self, server):
        return {case["title"]: case for case in server.get("/v1/cases?limit=500").json["cases"]}

    def test_findings_become_cases(self):
        server = self.serve_or_skip()
        self.put("a.jsonl", record("a", FERRY_SPUN, url="https://copies.example/1", title="Night ferry", published="2026-03-01") +
                 record("b", made_article(1), title="No finding"))
        self.run_program("watch", "--archive", "archive", "in", "--once", *OUT, "--cases", server.address)
        cases = self.cases(server)
        self.assertEqual(["Night ferry"], list(cases))
        case = server.get(f"/v1/cases/{cases['Night ferry']['id']}").json
        self.assertEqual("spun", case["case"]["verdict"])
        self.assertEqual("https://copies.example/1", case["case"]["url"])
        self.assertEqual("unspin watch", case["history"][0]["person"])
        report, = self.reports()
        self.assertEqual([finding["evidence"] for finding in report["findings"]],
                         [finding["evidence"] for finding in case["report"]["findings"]])

    def test_a_service_that_is_away_gets_its_cases_later(self):
        server = self.serve_or_skip()
        port = server.port
        server.stop()
        process = self.start("in", *OUT, "--cases", f"http://127.0.0.1:{port}")
        self.put("a.jsonl", "".join(record(f"a{number}", f"{FERRY_SPUN} {number}", title=f"T{number}") for number in range(5)))
        self.wait_for_ids("a4")
        wait_until(lambda: "cases wait: " in self.log())
        self.stop(process)
        # The next run has them in its journal.
        process = self.start("in", *OUT, "--cases", f"http://127.0.0.1:{port}")
        self.put("b.jsonl", record("b", ORCHARD, title="T5"))
        self.wait_for_ids("b")
        again = self.serve_or_skip(port=port, name="again")
        wait_until(lambda: len(self.cases(again)) == 6, "the cases")
        opened = again.get("/v1/cases?limit=500").json["cases"]
        self.assertEqual([f"T{number}" for number in range(6)], [case["title"] for case in sorted(opened, key=lambda c: c["id"])])
        self.stop(process)
        self.assertIn("takes cases again", self.log())

    def test_tokens(self):
        tokens = self.folder / "tokens"
        self.serve_or_skip(name="probe").stop()
        made = self.run_program("serve", "--new-token", "Watch", "--scopes", "read,write").out.splitlines()
        token, line = made[1], made[-1]
        tokens.write_text(line + "\n")
        tokens.chmod(0o600)
        server = self.serve_or_skip("--token-file", "tokens")
        server.token = token
        self.write("wrong", "unspin_wrong\n")
        process = self.start("in", *OUT, "--cases", server.address, "--token-file", "wrong")
        self.put("a.jsonl", record("a", FERRY_SPUN, title="T"))
        wait_until(lambda: "answers 401" in self.log(), "a refusal")
        self.assertIn("--token-file", self.log())
        self.assertNotIn(token, self.log())
        self.write("wrong", token + "\n")  # it is read again
        wait_until(lambda: self.cases(server), "the case")
        self.stop(process)
        case = next(iter(self.cases(server).values()))
        self.assertEqual("Watch", server.get(f"/v1/cases/{case['id']}").json["history"][0]["person"])

    def test_what_the_service_will_not_take_is_set_aside(self):
        server = self.serve_or_skip("--max-body", "10KiB")
        self.put("a.jsonl", record("large", FERRY_SPUN + "\n\n" + made_article(9, 3000), title="large") +
                 record("b", ORCHARD, title="small"))
        self.run_program("watch", "--archive", "archive", "in", "--once", *OUT, "--cases", server.address)
        self.assertEqual(["large", "b"], self.ids())
        self.assertEqual(["small"], list(self.cases(server)))
        refused, = [json.loads(line) for line in (self.folder / "out.jsonl.state" / "refused.jsonl").read_text().splitlines()]
        self.assertEqual("large", refused["article"]["id"])
        self.assertIn("413", refused["why"])

    def test_at_the_end_cases_that_wait_are_said(self):
        self.serve_or_skip()
        self.put("a.jsonl", record("a", FERRY_SPUN))
        with Answering(self, [503] * 1000) as service:
            process = self.start("in", "--once", *OUT, "--cases", service.address)
            wait_until(lambda: len(service.bodies) >= 2, "two attempts")
            self.stop(process)
        self.assertEqual(1, len(set(service.bodies)))

    def test_pauses_are_as_the_service_asks(self):
        self.serve_or_skip()
        with Answering(self, [(429, {"Retry-After": "1"}), 503, 201]) as service:
            self.put("a.jsonl", record("a", FERRY_SPUN) + record("b", ORCHARD))
            self.run_program("watch", "--archive", "archive", "in", "--once", *OUT, "--cases", service.address)
        bodies = [json.loads(body)["id"] for body in service.bodies]
        self.assertEqual(["a", "a", "a", "b"], bodies)

    def test_a_server_that_is_no_desk_takes_no_cases(self):
        self.serve_or_skip()
        self.put("a.jsonl", record("a", FERRY_SPUN))
        with Answering(self, [200] * 1000, opened=b"<html>Welcome</html>") as other:
            process = self.start("in", *OUT, "--cases", other.address)
            wait_until(lambda: f"is {other.address} the address" in self.log(), "a remark")
            self.stop(process)
        with Answering(self, [200]) as service:
            self.run_program("watch", "--archive", "archive", "in", "--once", *OUT, "--cases", service.address)
        self.assertEqual(["a"], [json.loads(body)["id"] for body in service.bodies])

    def test_a_redirection_does_not_get_the_token(self):
        self.serve_or_skip()
        self.write("token", "secret\n")
        with Answering(self, [201]) as other, Answering(self, [(307, {"Location": other.address + "/v1/cases"})] * 100) as service:
            self.put("a.jsonl", record("a", FERRY_SPUN))
            process = self.start("in", *OUT, "--cases", service.address, "--token-file", "token")
            wait_until(lambda: "answers 307" in self.log())
            self.stop(process)
        self.assertEqual([], other.bodies)

    def test_certificates_are_verified(self):
        self.serve_or_skip()
        made = subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=desk",
                               "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "key.pem", "-out", "cert.pem"],
                              cwd=self.folder, capture_output=True)
        self.assertEqual(0, made.returncode, made.stderr)
        self.put("a.jsonl", record("a", FERRY_SPUN))
        with Answering(self, [201] * 10, tls=True) as service:
            process = self.start("in", *OUT, "--cases", service.address)
            wait_until(lambda: "cannot be reached" in self.log(), "a refusal")
            self.stop(process)
            self.assertEqual([], service.bodies)
            self.run_program("watch", "--archive", "archive", "in", "--once", *OUT, "--cases", service.address,
                             "--certificates", "cert.pem")
            self.assertEqual(1, len(service.bodies))


class Answering:
    """A service that answers POST by a list of statuses, or of statuses with headers."""

    def __init__(self, test, answers, tls=False, opened=b'{"case":{"id":1}}'):
        def body_of(status):
            return opened if status in (200, 201) else b"{}"

        self.bodies, answers = [], list(answers)
        bodies = self.bodies

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
                answer = answers.pop(0) if answers else 201
                status, headers = answer if isinstance(answer, tuple) else (answer, {})
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                body = body_of(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(test.folder / "cert.pem", test.folder / "key.pem")
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.address = f"http{'s' if tls else ''}://127.0.0.1:{self.server.server_address[1]}"

    def __enter__(self):
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


if __name__ == "__main__":
    unittest.main()
