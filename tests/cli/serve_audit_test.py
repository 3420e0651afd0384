"""Audits over HTTP: whole files of suspects in the background, also across stops and kills of the server."""

import signal
import subprocess
import unittest

import serve_support
import support
from support import FERRY_SPUN, ORCHARD, jsonl

MANY = 8000  # suspects: enough that an audit of them is interrupted in the middle


class Audits(serve_support.ServedTest):
    OPTIONS = ("--inputs", "inputs")

    def setUp(self):
        support.ProgramTest.setUp(self)
        (self.folder / "inputs").mkdir()
        self.start()

    def suspects(self, count):
        """Two copies among articles that have nothing to do with the archive."""
        records = [{"id": f"s{number}", "text": support.made_article(number), "url": f"https://a.example/{number}"}
                   for number in range(count)]
        records[1]["text"], records[count - 2]["text"] = FERRY_SPUN, ORCHARD
        return jsonl(records)

    def start_audit(self, count):
        self.write("inputs/crawl.jsonl", self.suspects(count))
        answer = self.server.post("/v1/audits", {"path": "crawl.jsonl"})
        self.assertEqual(202, answer.status, answer.body)
        self.assertEqual(f"/v1/audits/{answer.json['audit']['id']}", answer.headers["Location"])
        return answer.json["audit"]

    def start_and_see_reports(self):
        """An audit in the middle: progress comes once a second, which may be too late on a fast machine, reports at once."""
        audit = self.start_audit(MANY)
        reports = self.folder / "archive.desk" / "audits" / f"{audit['id']}.jsonl"
        while not reports.exists() or reports.stat().st_size == 0:
            self.assertIsNone(self.server.process.poll(), self.server.log[-2000:])
        self.assertEqual("running", self.server.get(f"/v1/audits/{audit['id']}").json["state"])
        return audit

    def wait_for(self, audit):
        """Waits until the audit has ended."""
        heard = self.server.events()
        try:
            state = self.server.get(f"/v1/audits/{audit['id']}").json
            events = iter(heard)
            while state["state"] in ("queued", "running"):
                event = next(events)
                if event["event"] == "audit" and event["data"]["id"] == audit["id"]:
                    state = self.server.get(f"/v1/audits/{audit['id']}").json
            return state
        finally:
            heard.close()

    def reports_of_program(self):
        done = subprocess.run([str(support.PROGRAM), "audit", "crawl.jsonl", "--archive", "../archive", "--out", "-"],
                                      cwd=self.folder / "inputs", capture_output=True, timeout=600)
        self.assertEqual(0, done.returncode, done.stderr)
        return done.stdout

    def test_reports_have_the_bytes_of_the_program(self):
        audit = self.wait_for(self.start_audit(20))
        self.assertEqual(("done", 20), (audit["state"], audit["suspects"]), audit)
        self.assertEqual(20, sum(audit["by_verdict"].values()))
        self.assertEqual(audit["bytes_total"], audit["bytes_done"])
        reports = self.server.get(f"/v1/audits/{audit['id']}/reports")
        self.assertEqual("application/x-ndjson", reports.type)
        self.assertEqual(self.reports_of_program(), reports.body)
        part = self.server.get(f"/v1/audits/{audit['id']}/reports?after=3&limit=4")
        self.assertEqual(reports.lines[3:7], part.lines)

    def test_an_upload_is_audited(self):
        answer = self.server.post("/v1/audits?name=crawl.jsonl", self.suspects(10), "application/octet-stream")
        self.assertEqual(202, answer.status, answer.body)
        audit = self.wait_for(answer.json["audit"])
        self.assertEqual(("done", 10, "crawl.jsonl"), (audit["state"], audit["suspects"], audit["name"]), audit)
        self.assertEqual([audit["id"]], [one["id"] for one in self.server.get("/v1/audits").json["audits"]])

    def test_the_histogram_counts_every_suspect(self):
        audit = self.wait_for(self.start_audit(10))
        histogram = self.server.get(f"/v1/audits/{audit['id']}/histogram").json
        self.assertEqual(10, sum(sum(bin["by_verdict"].values()) for bin in histogram["bins"]))
        self.assertEqual(2, next(one["suspects"] for one in histogram["thresholds"] if one["probability"] == 0.5))

    def test_findings_become_cases_once(self):
        audit = self.wait_for(self.start_audit(10))
        path = f"/v1/audits/{audit['id']}/cases"
        self.assertEqual({"opened": 2, "existed": 0}, self.server.post(path, {"verdict": "excerpt", "probability": 0.5}).json)
        self.assertEqual({"opened": 0, "existed": 2}, self.server.post(path, {"verdict": "excerpt", "probability": 0.5}).json)
        cases = self.server.get(f"/v1/cases?audit={audit['id']}&sort=id").json["cases"]
        self.assertEqual(["s1", "s8"], [case["suspect_id"] for case in cases])
        self.assertEqual(["https://a.example/1", "https://a.example/8"], [case["url"] for case in cases])
        self.assertEqual([case["url"] for case in cases], [case["title"] for case in cases])
        self.assertEqual({"a.example"}, {case["site"] for case in cases})
        self.assertEqual(200, self.server.get(f"/r/{cases[0]['report']}").status)
        whole = self.server.get(f"/v1/cases/{cases[0]['id']}").json
        excluded = self.server.change(whole, "exclusions", {"kind": "source", "original": "ferry", "reason": "x"}).json
        self.assertEqual([], excluded["report"]["findings"])

    def test_paths_outside_of_the_inputs_are_refused(self):
        self.write("secret.jsonl", self.suspects(3))
        (self.folder / "inputs" / "link").symlink_to(self.folder / "secret.jsonl")
        for path in ("../secret.jsonl", str(self.folder / "secret.jsonl"), "link", "", "none.jsonl", "a\0b"):
            with self.subTest(path):
                self.assertIn(self.server.post("/v1/audits", {"path": path}).status, (400, 404))

    def test_unknown_audits_are_not_found(self):
        for path in ("", "/reports", "/histogram"):
            self.assertEqual(404, self.server.get("/v1/audits/7" + path).status)
        self.assertEqual(404, self.server.request("DELETE", "/v1/audits/7").status)
        self.assertEqual(404, self.server.post("/v1/audits/7/cases", {}).status)

    def test_a_cancelled_audit_ends_and_keeps_its_reports(self):
        audit = self.start_and_see_reports()
        self.assertEqual(200, self.server.request("DELETE", f"/v1/audits/{audit['id']}").status)
        ended = self.wait_for(audit)
        self.assertEqual("cancelled", ended["state"])
        self.assertEqual(ended, self.server.request("DELETE", f"/v1/audits/{audit['id']}?cancel=1").json["audit"])
        self.assertEqual(ended["suspects"], len(self.server.get(f"/v1/audits/{audit['id']}/reports").lines))

    def test_bad_records_are_counted_and_named(self):
        lines = self.suspects(20).splitlines(keepends=True)
        lines[5:5] = ["{broken\n"] * 70
        self.write("inputs/mid.jsonl", "".join(lines))
        audit = self.wait_for(self.server.post("/v1/audits", {"path": "mid.jsonl"}).json["audit"])
        self.assertEqual(("done", 20, 70, None), tuple(audit[name] for name in ("state", "suspects", "bad", "error")))
        self.assertEqual([f"mid.jsonl:{line}" for line in range(6, 16)],
                         [example.split(": ")[0] for example in audit["bad_examples"]])
        self.assertEqual(audit, self.server.get("/v1/audits").json["audits"][0])

    def test_an_ended_audit_is_removed_with_its_files(self):
        data = self.folder / "archive.desk"
        audit = self.server.post("/v1/audits?name=crawl.jsonl", self.suspects(10), "application/octet-stream").json["audit"]
        path = f"/v1/audits/{audit['id']}"
        self.wait_for(audit)
        self.server.post(path + "/cases", {"verdict": "excerpt", "probability": 0.5})
        self.assertNotEqual([], list((data / "uploads").iterdir()))
        removed = self.server.request("DELETE", path, Unspin_Person="Ada")
        self.assertEqual((200, "removed"), (removed.status, removed.json["audit"]["state"]))
        self.assertEqual([], [*(data / "uploads").iterdir(), *(data / "audits").iterdir()])
        self.assertEqual([], self.server.get("/v1/audits").json["audits"])
        for answer in (self.server.get(path + "/reports"), self.server.get(path + "/histogram"), self.server.post(path + "/cases", {})):
            self.assertEqual((410, "removed"), (answer.status, answer.code))
        self.assertEqual(2, self.server.get(f"/v1/cases?audit={audit['id']}").json["total"])
        self.assertIn(("audit-removed", "Ada"), [(event["action"], event["person"]) for event in self.server.get("/v1/log").lines])
        self.assertTrue(self.server.get("/v1/log/check").json["whole"])

    def interrupted(self, by):
        audit = self.start_and_see_reports()
        self.server.stop(by)
        self.server = self.serve("--inputs", "inputs")
        ended = self.wait_for(audit)
        self.assertEqual(("done", MANY), (ended["state"], ended["suspects"]), ended)
        self.assertEqual(self.reports_of_program(), self.server.get(f"/v1/audits/{audit['id']}/reports").body)

    def test_an_audit_goes_on_after_a_stop(self):
        self.interrupted(signal.SIGTERM)

    def test_an_audit_goes_on_after_a_kill(self):
        self.interrupted(signal.SIGKILL)


if __name__ == "__main__":
    unittest.main()
