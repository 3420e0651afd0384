"""/openapi.json: a valid description, and one that a real server keeps under generated requests."""

import re
import subprocess
import unittest

import serve_support
import support

DESCRIPTION = support.SOURCE / "tools" / "server" / "openapi.json"
EXAMPLES = 15  # generated requests for each operation and phase


class Description(unittest.TestCase):
    def test_it_is_valid(self):
        python = support.oracle_python("openapi_spec_validator")
        done = subprocess.run([python, "-m", "openapi_spec_validator", str(DESCRIPTION)], capture_output=True, timeout=120)
        self.assertEqual(0, done.returncode, done.stdout[-2000:])


class Server(serve_support.ServedTest):
    OPTIONS = ("--rate", "0")

    def test_the_server_gives_its_description(self):
        self.assertEqual(DESCRIPTION.read_bytes(), self.server.get("/openapi.json").body)

    def test_the_server_keeps_to_it_under_generated_requests(self):
        python = support.oracle_python("schemathesis")
        self.open_case()
        # Not asked: that every body of the right shape is an article, and that a missing If-Match is a 400: it is a 428.
        done = subprocess.run(
            [python, "-m", "schemathesis.cli", "run", self.server.address + "openapi.json", "--exclude-path", "/v1/events",
             "--max-examples", str(EXAMPLES), "--seed", "1", "--generation-database", "none", "--no-color",
             "--phases", "examples,coverage,fuzzing", "--exclude-checks", "positive_data_acceptance,missing_required_header"],
            cwd=self.folder, capture_output=True, timeout=800)
        said = (done.stdout + done.stderr).decode(errors="replace")
        self.assertEqual(0, done.returncode, said[-6000:])
        self.assertIsNone(self.server.process.poll(), "the server has ended: " + self.server.log[-2000:])
        self.assertNotRegex(self.server.log, re.compile('"status":5(?!03)'))


if __name__ == "__main__":
    unittest.main()
