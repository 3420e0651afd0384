"""Packs and notices over HTTP: what is made of a case, what the log keeps of it, and what stays possible later."""

import hashlib
import io
import json
import subprocess
import unittest
import zipfile

import serve_support
import support
from support import DONE, FERRY, FERRY_SPUN, FOUND, LIBRARY, jsonl

NOTE = "Their lawyer is on holiday until Monday."
PAGE = f"<!doctype html><title>Night ferry is back</title><article>{''.join(f'<p>{part}</p>' for part in FERRY_SPUN.splitlines() if part)}</article>"

# A timestamp authority of one machine, for `openssl ts`.
AUTHORITY = """
[req]
distinguished_name = name
x509_extensions = stamps
prompt = no
[name]
CN = Made Timestamp Authority
[stamps]
basicConstraints = CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = own
[own]
serial = serial
signer_cert = authority.pem
signer_key = authority.key
certs = authority.pem
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
ess_cert_id_alg = sha256
"""


class EvidenceTest(serve_support.ServedTest):
    """An archive whose originals have dates, so that it is known who was first."""

    def record(self, name, text, **more):
        return {"id": name, "text": text, "title": text.splitlines()[0], "url": f"https://ours.example/{name}",
                "published": "2026-03-04", **more}

    def make_archive(self, name="archive", articles=None):
        records = [self.record(*article) for article in (articles or support.ARTICLES).items()]
        self.run_program("index", "-", "--archive", name, stdin=jsonl(records).encode())

    def index(self, name, text, **more):
        self.assertEqual(200, self.server.post("/v1/articles", self.record(name, text, **more)).status)

    def open_dated(self, text=FERRY_SPUN, **query):
        return self.open_case(text, **{"url": "https://copies.example/7", "published": "2026-03-06", **query})

    def post(self, case, part, body=None, type=None):
        return self.server.post(f"/v1/cases/{case['case']['id']}/{part}", body, type)

    def possible(self, case):
        return self.server.get(f"/v1/cases/{case['case']['id']}/evidence").json

    def pack(self, case):
        answer = self.post(case, "pack")
        self.assertEqual(200, answer.status, answer.body)
        return answer.body

    def case(self, case):
        return self.server.get(f"/v1/cases/{case['case']['id']}").json

    def change_archive(self):
        """The original gets another version, a nearer one comes, and the numbers of articles and runs change."""
        self.index("ferry", FERRY.replace("640 passengers", "650 passengers"), published="2026-03-05")
        self.index("other", FERRY_SPUN)
        for number in range(5):
            self.index(f"made{number}", support.made_article(number))

    def verify(self, pack, status=DONE):
        (self.folder / "pack.zip").write_bytes(pack)
        return self.run_program("verify", "pack.zip", status=status)

    def kept(self, case):
        """The files that the server keeps of a case beside its database."""
        return sorted(file.name.split(".", 1)[1] for file in self.files(case))

    def files(self, case):
        return list((self.folder / "archive.desk" / "views").rglob(f"{case['case']['id']}/*"))

    def forget_basis(self, case):
        for file in self.files(case):
            if file.name.endswith(".basis.zst"):
                file.unlink()


class Packs(EvidenceTest):
    def test_a_pack_is_equal_for_the_program_alone(self):
        case = self.open_dated()
        answer = self.post(case, "pack")
        self.assertEqual((200, "application/zip"), (answer.status, answer.type))
        self.assertEqual('attachment; filename="case-1.zip"', answer.headers["Content-Disposition"])
        self.assertEqual("nosniff", answer.headers["X-Content-Type-Options"])
        self.assertIn("equal", self.verify(answer.body).out)
        with zipfile.ZipFile(io.BytesIO(answer.body)) as pack:
            self.assertEqual(case["report"], json.loads(pack.read("reports/0001/report.json")))
            self.assertEqual(FERRY_SPUN.encode(), pack.read("reports/0001/suspect/received.bin"))
            self.assertEqual({"url": "https://copies.example/7", "published": "2026-03-06"},
                             json.loads(pack.read("reports/0001/suspect/given.json")))

    def test_what_a_person_said_of_the_file_cannot_be_changed(self):
        pack = self.pack(self.open_dated())
        said = self.verify(pack.replace(b'"published":"2026-03-06"}', b'"published":"2026-03-05"}'), status=FOUND)
        self.assertIn("given.json", said.out)

    def test_pages_and_objects_are_packed_as_they_came(self):
        for body, type in ((PAGE, "text/html"), (json.dumps({"html": PAGE, "id": "x"}), "application/json"),
                           (json.dumps({"text": FERRY_SPUN, "url": "https://c.example/1"}), "application/json"),
                           (FERRY_SPUN.replace("Danish", "D\xe4nish").encode("latin-1"), "text/plain"),
                           (b"\xef\xbb\xbf" + FERRY_SPUN.encode(), "text/plain")):
            for query in ("", "?name=page.html&title=Other+title&site=copies.example&url=https://copies.example/8"):
                with self.subTest(type=type, query=query, body=body[:20]):
                    case = self.server.post("/v1/cases" + query, body, type).json
                    self.verify(self.pack(case))

    def test_the_same_case_gives_the_same_bytes(self):
        case = self.open_dated()
        first = self.pack(case)
        self.assertEqual(first, self.pack(case))
        self.server.stop()
        self.server = self.serve()
        self.assertEqual(first, self.pack(case))

    def test_a_changed_archive_changes_no_pack(self):
        case = self.open_dated()
        first = self.pack(case)
        self.change_archive()
        self.assertEqual(first, self.pack(case))
        self.server.request("DELETE", "/v1/articles/ferry")
        self.assertEqual(first, self.pack(case))
        self.verify(first)
        self.assertTrue(self.possible(case)["pack"]["possible"])

    def test_each_exclusion_has_a_pack_of_its_own(self):
        case = self.open_dated()
        first = self.pack(case)
        case = self.server.change(case, "exclusions", {"kind": "passage", "span": [60, 400], "reason": "agency"}).json
        self.change_archive()
        second = self.pack(case)
        self.assertNotEqual(first, second)
        self.verify(second)
        with zipfile.ZipFile(io.BytesIO(second)) as pack:
            self.assertEqual(case["report"], json.loads(pack.read("reports/0001/report.json")))
        case = self.server.change(case, "exclusions", {"kind": "source", "original": "other", "reason": "it is their own"}).json
        self.verify(self.pack(case))
        case = self.server.change(case, "exclusions/1", method="DELETE").json
        self.verify(self.pack(case))
        kept = self.kept(case)
        self.assertEqual(kept.count("html.zst"), kept.count("basis.zst"))

    def test_a_case_of_an_audit_has_a_pack(self):
        body = jsonl([{"id": "a", "text": support.made_article(9)}, {"id": "b", "text": FERRY_SPUN, "url": "https://copies.example/b"}])
        audit = self.server.post("/v1/audits?name=crawl.jsonl", body, "application/octet-stream").json["audit"]
        heard = self.server.events(Last_Event_ID="0")
        for event in heard:
            if event["event"] == "audit" and self.server.get(f"/v1/audits/{audit['id']}").json["state"] == "done":
                break
        heard.close()
        opened = self.server.post(f"/v1/audits/{audit['id']}/cases", {"verdict": "excerpt", "probability": 0.5})
        self.assertEqual(1, opened.json["opened"], opened.body)
        case = {"case": self.server.get("/v1/cases").json["cases"][0]}
        first = self.pack(case)
        self.change_archive()
        self.assertEqual(first, self.pack(case))
        self.verify(first)

    def test_without_what_was_kept_the_archive_has_to_be_the_same(self):
        case = self.open_dated()
        first = self.pack(case)
        self.forget_basis(case)
        self.assertEqual(first, self.pack(case))
        self.assertIn("basis.zst", self.kept(case))
        self.forget_basis(case)
        self.change_archive()
        for part in ("pack", "notice"):
            answer = self.post(case, part, {"form": "letter"})
            self.assertEqual((409, "conflict"), (answer.status, answer.code))
            self.assertIn("check the article again", answer.message)
        shown = self.possible(case)
        self.assertEqual((False, True), (shown["pack"]["possible"], shown["pack"]["check_again"]))
        self.assertIn("check the article again", shown["pack"]["why"])

    def test_checked_again_it_has_a_pack_of_today(self):
        case = self.open_dated()
        self.forget_basis(case)
        self.change_archive()
        again = self.server.change(case, "check")
        self.assertEqual(200, again.status, again.body)
        again = again.json
        self.assertNotEqual(case["report"]["id"], again["report"]["id"])
        self.assertEqual(("checked-again", 2), (again["history"][-1]["action"], again["case"]["revision"]))
        self.assertEqual(412, self.server.change(case, "check").status)
        self.verify(self.pack(again))
        self.assertEqual(case["report"], self.server.get(f"/v1/reports/{case['report']['id']}").json)
        self.assertTrue(self.server.get("/v1/log/check").json["whole"])

    def test_a_damaged_basis_is_made_again(self):
        case = self.open_dated()
        first = self.pack(case)
        for file in self.files(case):
            file.write_bytes(b"nonsense")
        self.assertEqual(first, self.pack(case))

    def test_an_opened_case_of_an_earlier_program_gets_its_basis(self):
        case = self.open_dated()
        self.forget_basis(case)
        self.assertTrue(self.open_dated()["existed"])
        first = self.pack(case)
        self.change_archive()
        self.assertEqual(first, self.pack(case))

    def test_an_erased_case_has_none_and_keeps_no_file(self):
        case = self.open_dated()
        self.pack(case)
        self.server.change(case, "erase", {"reason": "asked"})
        for part, body, type in (("pack", None, None), ("pack/timestamp", b"x", "application/timestamp-reply"),
                                 ("notice", {"form": "dmca"}, None)):
            with self.subTest(part):
                answer = self.post(case, part, body, type)
                self.assertEqual((410, "erased"), (answer.status, answer.code))
        self.assertEqual(410, self.server.change(self.case(case), "check").status)
        shown = self.possible(case)
        self.assertEqual((False, False, False), (shown["pack"]["possible"], shown["pack"]["check_again"], shown["notice"]["possible"]))
        self.server.stop()
        self.assertEqual([], self.kept(case))

    def test_unknown_cases_are_not_found(self):
        for method, path in (("GET", "evidence"), ("POST", "pack"), ("POST", "notice")):
            with self.subTest(path):
                answer = self.server.request(method, f"/v1/cases/99/{path}", {"form": "dmca"} if path == "notice" else None)
                self.assertEqual(404, answer.status)


class Custody(EvidenceTest):
    def test_a_pack_is_in_the_log_and_changes_nothing(self):
        case = self.open_dated()
        pack = self.pack(case)
        after = self.case(case)
        self.assertEqual(case["case"], after["case"])
        event = after["history"][-1]
        self.assertEqual(("packed", hashlib.sha256(pack).hexdigest(), False),
                         (event["action"], event["details"]["pack_sha256"], event["details"]["timestamped"]))
        self.assertTrue(self.server.get("/v1/log/check").json["whole"])

    def test_nobody_is_refused_because_of_a_pack_or_a_notice(self):
        case = self.open_dated()
        self.pack(case)
        self.post(case, "notice", {"form": "letter"})
        decided = self.server.change(self.case(case), "decision", {"decision": "pursue", "reason": "the whole text"})
        self.assertEqual((200, 2), (decided.status, decided.json["case"]["revision"]), decided.body)
        self.assertTrue(self.server.get("/v1/log/check").json["whole"])

    def test_the_lines_of_the_case_are_in_the_pack_without_its_texts(self):
        case = self.open_dated()
        self.post(case, "notes", {"note": NOTE})
        self.open_dated(LIBRARY, url="https://copies.example/8")
        self.pack(case)
        self.post(case, "notice", {"form": "letter"})
        pack = self.pack(case)
        with zipfile.ZipFile(io.BytesIO(pack)) as files:
            custody = [json.loads(line) for line in files.read("reports/0001/custody.jsonl").splitlines()]
        log = self.server.get("/v1/log").lines
        self.assertEqual([line for line in log if line["case"] == 1 and line["action"] != "packed"], custody)
        self.assertEqual(["opened", "noted", "noticed"], [line["action"] for line in custody])
        self.assertNotIn(NOTE.encode(), pack)


class Timestamps(EvidenceTest):
    def openssl(self, *arguments):
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)

    def reply(self, pack):
        self.write("tsa.cnf", AUTHORITY)
        self.write("serial", "01\n")
        self.openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-config", "tsa.cnf", "-keyout", "authority.key", "-out", "authority.pem")
        with zipfile.ZipFile(io.BytesIO(pack)) as files:
            (self.folder / "manifest.tsq").write_bytes(files.read("manifest.tsq"))
        self.openssl("ts", "-reply", "-config", "tsa.cnf", "-queryfile", "manifest.tsq", "-out", "reply.tsr")
        return (self.folder / "reply.tsr").read_bytes()

    def test_the_reply_to_a_pack_goes_into_it(self):
        case = self.open_dated()
        reply = self.reply(self.pack(case))
        for type in ("application/timestamp-reply", "application/octet-stream"):
            answer = self.post(case, "pack/timestamp", reply, type)
            self.assertEqual((200, "application/zip"), (answer.status, answer.type), answer.body[:300])
        with zipfile.ZipFile(io.BytesIO(answer.body)) as files:
            self.assertEqual(reply, files.read("manifest.tsr"))
        self.assertIn("Made Timestamp Authority", self.verify(answer.body).out)
        event = self.case(case)["history"][-1]
        self.assertEqual((hashlib.sha256(answer.body).hexdigest(), True), (event["details"]["pack_sha256"], event["details"]["timestamped"]))

    def test_the_reply_to_another_pack_is_refused(self):
        case = self.open_dated()
        reply = self.reply(self.pack(case))
        self.server.change(case, "assignee", {"assignee": "Ada"})
        for body in (reply, b"nonsense", reply[:-30]):
            answer = self.post(case, "pack/timestamp", body, "application/timestamp-reply")
            self.assertEqual((400, "bad_argument"), (answer.status, answer.code))
        self.assertEqual(400, self.post(case, "pack/timestamp", b"", "application/timestamp-reply").status)
        self.assertEqual(415, self.post(case, "pack/timestamp", reply, "text/plain").status)
        self.assertNotIn("packed", [row["action"] for row in self.case(case)["history"][1:] if row["details"].get("timestamped")])


class Notices(EvidenceTest):
    def test_a_draft_has_the_facts_and_marks_for_a_person(self):
        case = self.open_dated()
        for form in ("dmca", "dsa", "google", "cloudflare", "letter"):
            for language in ("en", "de", "fr", "es"):
                with self.subTest(form=form, language=language):
                    draft = self.post(case, "notice", {"form": form, "language": language})
                    self.assertEqual(200, draft.status, draft.body)
                    draft = draft.json
                    for fact in ("https://copies.example/7", "https://ours.example/ferry"):
                        self.assertIn(fact, draft["text"])
                    self.assertTrue(draft["to_do"])
                    for mark in draft["to_do"]:
                        self.assertIn(mark, draft["text"])
                    self.assertEqual((form, language, 0, "ferry", []), tuple(draft[name] for name in ("form", "language", "finding", "original", "overridden")))

    def test_a_draft_is_in_the_log(self):
        case = self.open_dated()
        self.post(case, "notice", {"form": "dsa", "language": "de"})
        event = self.case(case)["history"][-1]
        self.assertEqual(("noticed", "local"), (event["action"], event["person"]))
        details = {name: event["details"][name] for name in ("form", "language", "finding", "original", "overridden")}
        self.assertEqual({"form": "dsa", "language": "de", "finding": 0, "original": "ferry", "overridden": []}, details)

    def refused(self, case, *rules):
        shown = self.possible(case)["notice"]
        self.assertEqual((False, list(rules)), (shown["possible"], [one["rule"] for one in shown["refusals"]]))
        answer = self.post(case, "notice", {"form": "dmca"})
        self.assertEqual((409, "refused", "application/problem+json"), (answer.status, answer.code, answer.type))
        self.assertEqual(shown["refusals"], answer.json["refusals"])
        for one in answer.json["refusals"]:
            self.assertIn(one["text"], answer.message)
        self.assertEqual(409, self.post(case, "notice", {"form": "dmca", "override": " "}).status)
        self.assertNotIn("noticed", [row["action"] for row in self.case(case)["history"]])

    def test_an_unknown_direction_is_refused_unless_a_reason_is_given(self):
        case = self.open_dated(published="")
        self.refused(case, "direction")
        draft = self.post(case, "notice", {"form": "dmca", "override": "seen on the front page on 6 March"})
        self.assertEqual((200, ["direction"]), (draft.status, draft.json["overridden"]))
        details = self.case(case)["history"][-1]["details"]
        self.assertEqual((["direction"], "seen on the front page on 6 March"), (details["overridden"], details["reason"]))
        line = self.server.get("/v1/log").lines[-1]
        self.assertEqual(["sha256"], list(line["details"]["reason"]))
        self.assertTrue(self.server.get("/v1/log/check").json["whole"])

    def test_the_later_article_is_refused(self):
        self.refused(self.open_dated(published="2026-03-01"), "direction")

    def test_a_licensed_use_is_refused(self):
        case = self.open_dated()
        self.assertTrue(self.possible(case)["notice"]["possible"])
        self.assertEqual(201, self.server.post("/v1/licences", {"site": "copies.example"}).status)
        self.assertEqual("licensed", self.possible(case)["licence"]["state"])
        self.refused(case, "licensed")
        pack = self.pack(case)
        self.verify(pack)
        with zipfile.ZipFile(io.BytesIO(pack)) as files:
            self.assertIn(b"copies.example", files.read("reports/0001/licences.csv"))

    def test_a_case_that_was_decided_otherwise_is_refused_unless_a_reason_is_given(self):
        case = self.open_dated()
        for decision in ("licensed", "tolerate", "dismiss"):
            with self.subTest(decision):
                self.assertEqual(200, self.server.change(self.case(case), "decision", {"decision": decision, "reason": "they asked first."}).status)
                refusals = self.possible(case)["notice"]["refusals"]
                self.assertEqual([{"rule": "decision", "text": f"the case was decided as {decision}: they asked first"}], refusals)
                self.assertEqual(refusals, self.possible(case)["notice"]["findings"][0]["refusals"])
                self.refused(case, "decision")
        draft = self.post(case, "notice", {"form": "dmca", "override": "the contract has ended"})
        self.assertEqual((200, ["decision"]), (draft.status, draft.json["overridden"]))
        remarks = draft.json["text"].split("----------")[0]
        for part in ("OVERRIDDEN", "Rule: decision: ", "the contract has ended"):
            self.assertIn(part, remarks)
        self.assertEqual(["decision"], self.case(case)["history"][-1]["details"]["overridden"])

    def test_a_decision_to_pursue_or_none_refuses_nothing(self):
        case = self.open_dated()
        for decision in ("pursue", "none"):
            self.assertEqual(200, self.server.change(self.case(case), "decision", {"decision": decision, "reason": "the whole text"}).status)
            self.assertEqual((True, []), (self.possible(case)["notice"]["possible"], self.possible(case)["notice"]["refusals"]))
            self.assertEqual(200, self.post(case, "notice", {"form": "dmca"}).status)

    def test_a_decision_and_the_report_refuse_both(self):
        case = self.open_dated(published="")
        self.assertEqual(200, self.server.change(self.case(case), "decision", {"decision": "tolerate", "reason": "small"}).status)
        self.refused(case, "direction", "decision")

    def test_without_a_finding_there_is_no_notice(self):
        case = self.open_dated(support.made_article(3))
        self.refused(case, "no-finding")
        self.assertEqual(409, self.post(case, "notice", {"form": "dmca", "override": "all the same"}).status)
        self.verify(self.pack(case))

    def test_wrong_arguments_are_refused(self):
        case = self.open_dated()
        for value in ({}, {"form": "sue"}, {"form": "dmca", "language": "la"}, {"form": "dmca", "finding": 1}, {"form": "dmca", "finding": -1},
                      {"form": "dmca", "override": 5}):
            with self.subTest(value):
                answer = self.post(case, "notice", value)
                self.assertEqual((400, "bad_argument"), (answer.status, answer.code))
        undated = self.open_dated(url="https://copies.example/9", published="")
        self.assertEqual(400, self.post(undated, "notice", {"form": "dmca", "override": "x" * 5000}).status)


class Verifying(EvidenceTest):
    OPTIONS = ("--max-body", "1MiB")

    def check(self, body, type="application/zip"):
        return self.server.post("/v1/packs/verify", body, type)

    def test_a_pack_is_equal(self):
        case = self.open_dated()
        self.report = case["report"]["id"]
        pack = self.pack(case)
        self.server.stop()
        self.make_archive("elsewhere", {"orchard": support.ORCHARD})
        self.server = self.serve("--data", "other.desk", archive="elsewhere", name="other")
        for type in ("application/zip", "application/octet-stream"):
            said = self.check(pack, type)
            self.assertEqual((200, True, []), (said.status, said.json["equal"], said.json["differences"]))
        self.assertEqual([("spun", self.report)], [(one["verdict"], one["id"]) for one in said.json["reports"]])

    def test_a_changed_byte_is_named(self):
        pack = self.pack(self.open_dated())
        with zipfile.ZipFile(io.BytesIO(pack)) as files:
            entry = files.getinfo("reports/0001/suspect/received.bin")
        at = pack.index(FERRY_SPUN.encode(), entry.header_offset)
        changed = bytearray(pack)
        changed[at + 5] ^= 1
        said = self.check(bytes(changed))
        self.assertEqual((200, False), (said.status, said.json["equal"]))
        self.assertTrue(any(one["path"] == entry.filename for one in said.json["differences"]), said.json)
        self.verify(bytes(changed), status=FOUND)

    def test_what_is_no_pack_is_refused(self):
        for body, type, status in ((b"no zip", "application/zip", 400), (b"", "application/zip", 400), (b"PK", "text/plain", 415),
                                   (b"x" * ((1 << 20) + 1000), "application/zip", 413)):
            with self.subTest(body=body[:8], type=type):
                self.assertEqual(status, self.check(body, type).status)

    def test_nothing_is_stored(self):
        pack = self.pack(self.open_dated())
        before = self.server.get("/v1/log").body
        self.check(pack)
        self.assertEqual(before, self.server.get("/v1/log").body)


if __name__ == "__main__":
    unittest.main()
