"""The files for a server that runs for others: the unit of systemd, and nginx in front with TLS and limits."""

import http.client
import os
import pathlib
import re
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
import unittest

import serve_support
import support

DEPLOY = support.SOURCE / "tools" / "server" / "deploy"
NAME = "desk.example.org"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class UnitTest(unittest.TestCase):
    UNITS = {"unspin.service": "serve", "unspin-watch.service": "watch"}

    def test_systemd_finds_nothing_to_say_about_the_units(self):
        if not shutil.which("systemd-analyze"):
            self.skipTest("no systemd-analyze here")
        for name, command in self.UNITS.items():
            text = (DEPLOY / name).read_text("utf-8")
            self.assertIn(f"ExecStart=/usr/bin/unspin {command} ", text)
            with tempfile.TemporaryDirectory() as folder:
                unit = pathlib.Path(folder) / name
                # The program is not installed where the tests run.
                unit.write_text(text.replace("/usr/bin/unspin", str(support.PROGRAM)), "utf-8")
                done = subprocess.run(["systemd-analyze", "verify", "--man=no", unit], capture_output=True, text=True, timeout=60)
                about_the_unit = [line for line in done.stderr.splitlines() if "unspin" in line]
                self.assertEqual([], about_the_unit)
                self.assertEqual(0, done.returncode, done.stderr)

    def test_the_commands_of_the_units_are_ones_that_the_program_takes(self):
        for name, command in self.UNITS.items():
            line = re.search(r"^ExecStart=/usr/bin/unspin (.+)$", (DEPLOY / name).read_text("utf-8"), re.MULTILINE)
            options = set(re.findall(r"--[a-z-]+", line[1]))
            help_text = subprocess.run([support.PROGRAM, command, "--help"], capture_output=True, text=True).stdout
            self.assertLessEqual(options, set(re.findall(r"--[a-z-]+", help_text)))


@unittest.skipUnless(shutil.which("nginx") and shutil.which("openssl"), "no nginx or no openssl here")
class NginxTest(serve_support.ServedTest):
    """nginx with the project's file, as an unprivileged process on a free port, in front of a real server."""

    def setUp(self):
        super().setUp()
        self.server.stop()
        shown = self.run_program("serve", "--new-token", "Ada Park", "--scopes", "read,check").out.splitlines()
        token = next(line for line in shown if re.fullmatch(r"\S{32,}", line))
        line = next(line for line in shown if re.match(r"[0-9a-f]{64} ", line))
        tokens = self.folder / "tokens"
        tokens.write_text(line + "\n", "utf-8")
        tokens.chmod(0o600)
        self.server = self.serve("--token-file", tokens, "--host", NAME, "--rate", "100000", name="behind")
        self.server.token = token
        self.port = free_port()
        certificate, key = self.folder / "desk.pem", self.folder / "desk.key"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={NAME}", "-addext",
                        f"subjectAltName=DNS:{NAME}", "-keyout", key, "-out", certificate, "-days", "2"],
                       check=True, capture_output=True)
        site = (DEPLOY / "nginx.conf").read_text("utf-8")
        for old, new in (("443 ssl", f"127.0.0.1:{self.port} ssl"), ("/etc/ssl/certs/desk.pem", str(certificate)),
                         ("/etc/ssl/private/desk.key", str(key)), ("127.0.0.1:8080", f"127.0.0.1:{self.server.port}")):
            self.assertIn(old, site)
            site = site.replace(old, new)
        (self.folder / "site.conf").write_text(site, "utf-8")
        folders = "".join(f"{kind}_temp_path {self.folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        main = self.folder / "nginx.conf"
        main.write_text(f"daemon off;\npid {self.folder}/pid;\nerror_log stderr;\nevents {{}}\n"
                        f"http {{\naccess_log off;\n{folders}include {self.folder}/site.conf;\n}}\n", "utf-8")
        if os.geteuid() == 0:
            main.write_text("user root;\n" + main.read_text("utf-8"), "utf-8")
        # A file, because nobody reads a pipe while nginx says of each refused request that it was refused.
        with open(self.folder / "nginx.log", "wb") as log:
            self.nginx = subprocess.Popen(["nginx", "-e", "stderr", "-p", self.folder, "-c", main], stderr=log)
        self.addCleanup(self.stop_nginx)
        self.context = ssl.create_default_context(cafile=certificate)
        while not self.answers():
            time.sleep(0.01)

    def stop_nginx(self):
        self.nginx.terminate()
        self.nginx.wait(timeout=30)

    def answers(self):
        self.assertIsNone(self.nginx.poll(), "nginx has ended")
        try:
            return self.ask("GET", "/healthz").status == 200
        except ConnectionRefusedError:
            return False

    def ask(self, method, path, body=None, token=None):
        """By the name in the certificate, at the address where nginx is."""
        connection = http.client.HTTPSConnection(NAME, self.port, context=self.context, timeout=30)
        connection._create_connection = lambda address, *rest: socket.create_connection(("127.0.0.1", self.port), 30)
        headers = {"Content-Type": "text/plain"} | ({"Authorization": f"Bearer {token}"} if token else {})
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        answer.content = answer.read()
        connection.close()
        return answer

    def test_a_check_goes_through_for_who_has_a_token(self):
        answer = self.ask("POST", "/v1/check", support.FERRY_SPUN.encode(), self.server.token)
        self.assertEqual(200, answer.status, answer.content)
        self.assertIn(b'"verdict":"spun"', answer.content)
        self.assertEqual(401, self.ask("POST", "/v1/check", b"a text").status)

    def test_a_body_over_the_limit_is_refused_before_it_is_passed_on(self):
        self.assertEqual(413, self.ask("POST", "/v1/check", b"x" * (17 << 20), self.server.token).status)

    def test_limits_are_of_a_token_and_not_of_everybody_behind_the_address(self):
        statuses = {}
        for token in ("first", "second"):
            statuses[token] = [self.ask("GET", "/v1/archive", token="f" * 40 + token).status for _ in range(5)]
        self.assertEqual({401}, set(statuses["first"]) | set(statuses["second"]))
        flood = [self.ask("GET", "/v1/archive", token="flood").status for _ in range(600)]
        self.assertIn(429, flood, "the limit is never reached")
        self.assertEqual(401, self.ask("GET", "/v1/archive", token="second").status)


if __name__ == "__main__":
    unittest.main()
