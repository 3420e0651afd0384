"""WARC and WET files: what two other readers find in them is read, whatever the headers say; bad records are named."""

import functools
import gzip
import hashlib
import http.server
import json
import shutil
import subprocess
import threading
import unittest
import zlib

import support
from support import DONE, FAILED, FERRY, LIBRARY, ORCHARD, SKIPPED

STORIES = {"ferry": FERRY, "orchard": ORCHARD, "library": LIBRARY}


def page(text, head="", encoding="utf-8"):
    headline, *paragraphs = text.strip().split("\n\n")
    body = "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs)
    return (f"<!DOCTYPE html><html><head><title>{headline}</title>{head}</head>"
            f"<body><article><h1>{headline}</h1>\n{body}</article></body></html>").encode(encoding)


def text_of(text):
    return "\n\n".join(text.strip().split("\n\n")[1:])


def http_answer(body, status="200 OK", headers=(("Content-Type", "text/html; charset=utf-8"),), line="\r\n"):
    head = f"HTTP/1.1 {status}{line}" + "".join(f"{name}: {value}{line}" for name, value in headers) + line
    return head.encode() + body


def record(block, uri="https://post.example/story", kind="response", content_type="application/http; msgtype=response",
           length=None, line="\r\n", extra="", version="1.1"):
    """One record. `length` is what it claims to have."""
    head = (f"WARC/{version}{line}WARC-Type: {kind}{line}"
            f"WARC-Record-ID: <urn:uuid:{hashlib.md5(block).hexdigest()}>{line}"
            f"WARC-Date: 2026-03-04T05:06:07Z{line}" + (f"WARC-Target-URI: {uri}{line}" if uri else "") +
            f"Content-Type: {content_type}{line}{extra}"
            f"Content-Length: {len(block) if length is None else length}{line}{line}")
    return head.encode() + block + 2 * line.encode()


def story(name, **options):
    return record(http_answer(page(STORIES[name])), f"https://post.example/{name}", **options)


INFO = record(b"software: by hand\r\n", uri="", kind="warcinfo", content_type="application/warc-fields")
ALL = [story(name) for name in STORIES]


def chunked(body, size=700):
    chunks = [body[at:at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks) + b"0\r\n\r\n"


class WarcTest(support.ProgramTest):
    def read(self, name, status=DONE):
        result = self.run_program("read", name, "--json", status=status)
        self.said = result.err
        return result.reports

    def read_records(self, *records, status=DONE, name="crawl.warc"):
        self.write(name, b"".join(records))
        return self.read(name, status)

    def assert_stories(self, reports, *names):
        self.assertEqual([f"https://post.example/{name}" for name in names], [report["id"] for report in reports])
        self.assertEqual([text_of(STORIES[name]) for name in names], [report["text"] for report in reports])

    def assert_read(self, block, text=FERRY):
        """The block of one record gives the text."""
        reports = self.read_records(record(block))
        self.assertEqual([text_of(text)], [report["text"] for report in reports], self.said)


class Records(WarcTest):
    def test_a_page_has_the_place_and_the_dates_of_its_record(self):
        head = '<meta property="article:published_time" content="2026-03-01T08:00:00+01:00">'
        (report,) = self.read_records(INFO, record(http_answer(page(FERRY, head))))
        address = "https://post.example/story"
        self.assertEqual((address, address, "2026-03-01T08:00:00+01:00", "warc"),
                         tuple(report[name] for name in ("id", "url", "published", "format")))
        archive_input = self.run_program("compare", "crawl.warc", "crawl.warc", "--json").report["suspect"]
        self.assertEqual("2026-03-04T05:06:07Z", archive_input["fetched"])
        self.assertEqual(2, archive_input["source"]["record"])

    def test_what_is_no_article_is_counted_by_its_kind(self):
        self.assert_stories(self.read_records(
            INFO, story("ferry"),
            record(b"GET / HTTP/1.1\r\n\r\n", kind="request"), record(b"a: b\r\n", kind="metadata"),
            record(http_answer(b""), kind="revisit"), record(http_answer(page(FERRY), "404 Not Found")),
            record(http_answer(page(FERRY), "404 Not Found")), record(http_answer(b"", "301 Moved")),
            record(http_answer(b"")), record(http_answer(b"%PDF-1.7\n1 0 obj <<>>")),
            record(http_answer(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))),
            record(http_answer(b'{"name": "value"}')), record(http_answer(b"<rss version='2.0'><channel/></rss>")),
            record(http_answer(b"body { color: red }", headers=[("Content-Type", "text/css")])),
            record(http_answer(b"var a = 1;", headers=[("Content-Type", "application/javascript")])),
            record(http_answer(b"User-agent: *\nDisallow:\n", headers=[("Content-Type", "text/plain")]),
                   "https://post.example/robots.txt"),
            record(http_answer(b"<html><body></body></html>"))), "ferry")
        for count in ("16 records", "2 answers with status 404", "1 answer with status 301", "1 request",
                      "1 empty answer", "1 metadata record", "1 PDF", "1 picture", "1 JSON file"):
            self.assertIn(count, self.said)

    def test_an_archive_has_what_comes_behind_many_records_that_are_left_out(self):
        """More than a block of them, and a file in which there is nothing else."""
        request = record(b"GET / HTTP/1.1\r\n\r\n", kind="request")
        self.write("a.warc", story("ferry") + 5000 * request + story("orchard"))
        self.write("b.warc", request)
        self.write("c.warc", story("library"))
        result = self.run_program("index", "a.warc", "b.warc", "c.warc", "--archive", "archive")
        self.assertIn("articles   3 (3 new", result.out)
        self.assertIn("left out 5001 records", result.err)

    def test_an_arc_file_is_refused_by_name(self):
        self.write("old.arc", "filedesc://old.arc 0.0.0.0 20060102030405 text/plain 77\n1 0 Crawler\n")
        self.assertIn("ARC", self.run_program("read", "old.arc", status=FAILED).err)

    def test_a_file_without_a_page_says_so(self):
        self.assertEqual([], self.read_records(INFO, status=FAILED))
        self.assertIn("no article", self.said)

    def test_texts_of_wet_files_are_read_as_they_are(self):
        (report,) = self.read_records(
            INFO, record(FERRY.encode(), kind="conversion", content_type="text/plain"), name="crawl.wet")
        self.assertEqual(FERRY, report["text"])

    def test_resources_are_pages_too(self):
        (report,) = self.read_records(record(page(FERRY), kind="resource", content_type="text/html"))
        self.assertEqual(text_of(FERRY), report["text"])

    def test_headers_are_read_in_the_forms_that_writers_give_them(self):
        self.assert_stories(self.read_records(*(story(name, line="\n") for name in STORIES)), *STORIES)
        folded = story("ferry", extra="WARC-IP-Address:\r\n 192.0.2.1\r\n\tport 80\r\n")
        lower = story("orchard").replace(b"WARC-Type", b"warc-type").replace(b"Content-Length", b"content-length")
        address = b"https://post.example/library"
        bracketed = story("library", version="1.0").replace(address, b"<" + address + b">")
        twice = record(http_answer(page(FERRY), headers=[("content-type", "text/html"), ("Content-Type", "text/html")]))
        reports = self.read_records(folded, lower, bracketed, twice)
        self.assert_stories(reports[:3], *STORIES)
        self.assertEqual(4, len(reports))

    def test_one_uri_may_come_twice(self):
        reports = self.read_records(story("ferry"), record(http_answer(page(ORCHARD)), "https://post.example/ferry"))
        self.assertEqual(["https://post.example/ferry"] * 2, [report["id"] for report in reports])
        done = self.run_program("index", "crawl.warc", "--archive", "archive")
        self.assertIn("1 new, 1 new versions", done.out)

    def test_a_large_picture_is_not_kept_in_memory(self):
        picture = b"\xff\xd8\xff\xe0" + bytes(3 << 20)
        reports = self.read_records(story("ferry"), record(http_answer(picture)), story("orchard"))
        self.assert_stories(reports, "ferry", "orchard")
        self.assertIn("1 picture", self.said)

    def test_a_page_of_more_than_64_mib_is_a_bad_record(self):
        huge = http_answer(b"<html><body>" + b"<p>word</p>" * (6 << 20) + b"</body></html>")
        reports = self.read_records(story("ferry"), record(huge), story("orchard"), status=SKIPPED)
        self.assert_stories(reports, "ferry", "orchard")
        self.assertIn("crawl.warc:2", self.said)
        self.assertIn("67108864", self.said)


class Transport(WarcTest):
    def test_chunks_are_joined(self):
        headers = [("Content-Type", "text/html"), ("Transfer-Encoding", "chunked")]
        self.assert_read(http_answer(chunked(page(FERRY)), headers=headers))
        headers.append(("Content-Encoding", "gzip"))
        self.assert_read(http_answer(chunked(gzip.compress(page(FERRY))), headers=headers))

    def test_headers_that_lie_are_not_believed(self):
        for name, value in (("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip"), ("Content-Encoding", "br"),
                            ("Content-Encoding", "deflate"), ("Content-Encoding", "zstd")):
            with self.subTest(value):
                self.assert_read(http_answer(page(FERRY), headers=[("Content-Type", "text/html"), (name, value)]))

    def test_a_text_that_begins_like_a_chunk_is_whole(self):
        year = "2026\r\n" + text_of(FERRY)
        headers = [("Content-Type", "text/plain"), ("Transfer-Encoding", "chunked")]
        (report,) = self.read_records(record(http_answer(year.encode(), headers=headers)))
        self.assertTrue(report["text"].startswith("2026"))

    def test_content_encodings_are_undone_in_reverse(self):
        raw = zlib.compressobj(wbits=-15)
        codings = {"gzip": gzip.compress, "x-gzip": gzip.compress, "deflate": zlib.compress, "zstd": support.zstd_frame,
                   "deflate ": lambda body: raw.compress(body) + raw.flush(),
                   "gzip, zstd": lambda body: support.zstd_frame(gzip.compress(body)), "none": bytes}
        for name, encode in codings.items():
            with self.subTest(name):
                headers = [("Content-Type", "text/html"), ("Content-Encoding", name)]
                self.assert_read(http_answer(encode(page(FERRY)), headers=headers))
        self.assert_read(http_answer(gzip.compress(page(FERRY))))  # no header tells it

    def test_brotli_is_undone(self):
        if not shutil.which("brotli"):
            raise unittest.SkipTest("no program brotli")
        packed = subprocess.run(["brotli", "-c"], input=page(FERRY), stdout=subprocess.PIPE, check=True).stdout
        self.assert_read(http_answer(packed, headers=[("Content-Type", "text/html"), ("Content-Encoding", "br")]))

    def test_a_bomb_is_a_bad_record(self):
        bomb = http_answer(gzip.compress(b"<html>" + b" " * (300 << 20)), headers=[("Content-Encoding", "gzip")])
        self.assert_stories(self.read_records(story("ferry"), record(bomb), story("orchard"), status=SKIPPED),
                            "ferry", "orchard")
        self.assertIn("crawl.warc:2", self.said)

    def test_a_body_that_is_cut_off_is_read_with_an_alert(self):
        packed = gzip.compress(page(FERRY))
        (report,) = self.read_records(record(http_answer(packed[:-40], headers=[("Content-Encoding", "gzip")])))
        self.assertTrue(text_of(FERRY).startswith(report["text"][:500]))
        self.assertEqual(["cut-off"], [alert["kind"] for alert in report["alerts"]])

    def test_the_character_set_of_the_answer_is_believed_where_it_makes_a_text(self):
        words = "Фермеры долины потеряли половину урожая вишни после трёх морозных ночей в конце апреля. " * 8
        text = "Мороз в долине\n\n" + words.strip()
        for charset in ("windows-1251", "koi8-r", "utf-8"):
            with self.subTest(charset):
                headers = [("Content-Type", f'text/html; charset="{charset}"')]
                reports = self.read_records(record(http_answer(page(text, encoding=charset), headers=headers)))
                self.assertEqual([(words.strip(), charset, [])],
                                 [(report["text"], report["charset"], report["alerts"]) for report in reports])


class Damage(WarcTest):
    def test_a_length_that_leads_astray_costs_one_record(self):
        right = len(http_answer(page(ORCHARD)))
        for length in (right - 7, right + 9, right * 2, 0, 10 ** 7, 10 ** 12, 10 ** 30, "many", -1):
            with self.subTest(length):
                reports = self.read_records(INFO, story("ferry"), story("orchard", length=length), story("library"),
                                            status=SKIPPED)
                self.assert_stories(reports, "ferry", "library")
                self.assertEqual(1, self.said.count("crawl.warc:"), self.said)
                self.assertIn(f"crawl.warc:3", self.said)
                self.assertIn(f"byte {len(INFO) + len(story('ferry'))}", self.said)

    def test_a_record_without_an_end_is_named(self):
        whole = b"".join(ALL)
        reports = self.read_records(whole[:-300], status=SKIPPED)
        self.assert_stories(reports, "ferry", "orchard")
        self.assertIn("crawl.warc:3", self.said)

    def test_bytes_between_records_cost_no_record(self):
        reports = self.read_records(ALL[0], b"no record\n", ALL[1], b"\0" * 9, ALL[2], b"rest", status=SKIPPED)
        self.assert_stories(reports, *STORIES)
        self.assertEqual(3, self.said.count("crawl.warc:"), self.said)

    def test_a_continuation_is_a_bad_record(self):
        reports = self.read_records(story("ferry"), story("orchard", kind="continuation"), status=SKIPPED)
        self.assert_stories(reports, "ferry")
        self.assertIn("crawl.warc:2", self.said)

    def test_a_damaged_member_costs_its_record(self):
        members = [gzip.compress(part) for part in [INFO, *ALL]]
        for at in (30, 200, -200, -6):
            with self.subTest(at):
                broken = bytearray(members[2])
                broken[at] ^= 0x55
                reports = self.read_records(members[0], members[1], bytes(broken), members[3], name="crawl.warc.gz",
                                            status=SKIPPED)
                self.assert_stories(reports, "ferry", "library")
                self.assertEqual(1, self.said.count("crawl.warc.gz:"), self.said)
                self.assertIn("crawl.warc.gz:3", self.said)
        for at in (10, 20, 30, -6):
            with self.subTest("the first member", at=at):
                broken = bytearray(members[1])
                broken[at] ^= 0xff
                reports = self.read_records(bytes(broken), members[2], members[3], name="crawl.warc.gz", status=SKIPPED)
                self.assert_stories(reports, "orchard", "library")
                self.assertIn("crawl.warc.gz:1: ", self.said)
                self.assertEqual(1, self.said.count("crawl.warc.gz:"), self.said)
        with self.subTest("cut off in the middle"):
            reports = self.read_records(members[1], members[2][:-300], members[3], name="crawl.warc.gz", status=SKIPPED)
            self.assert_stories(reports, "ferry", "library")
        for kept in range(20, len(members[2]) - 1, 31):
            with self.subTest("cut off", kept=kept):
                reports = self.read_records(members[1], members[2][:kept], members[3], name="crawl.warc.gz",
                                            status=SKIPPED)
                self.assert_stories(reports, "ferry", "library")
        with self.subTest("garbage between and behind"):
            reports = self.read_records(members[1], b"garbage", members[2], members[3], b"garbage",
                                        name="crawl.warc.gz", status=SKIPPED)
            self.assert_stories(reports, *STORIES)
            self.assertEqual(2, self.said.count("crawl.warc.gz:"), self.said)
        with self.subTest("cut off at the end"):
            reports = self.read_records(members[1], members[2], members[3][:-5], name="crawl.warc.gz", status=SKIPPED)
            self.assert_stories(reports, "ferry", "orchard")
            self.assertIn("crawl.warc.gz:3", self.said)

    def test_a_damaged_frame_costs_its_record(self):
        frames = [support.zstd_frame(part) for part in ALL]
        broken = bytearray(frames[1])
        broken[13] |= 0x06  # a reserved kind of block
        reports = self.read_records(frames[0], bytes(broken), frames[2], name="crawl.warc.zst", status=SKIPPED)
        self.assert_stories(reports, "ferry", "library")

    def test_members_may_hold_any_part_of_the_file(self):
        whole = INFO + b"".join(ALL)
        self.assert_stories(self.read_records(gzip.compress(whole), name="one.warc.gz"), *STORIES)
        parts = [gzip.compress(whole[at:at + 1000]) for at in range(0, len(whole), 1000)]
        self.assert_stories(self.read_records(*parts, name="many.warc.gz"), *STORIES)
        self.assert_stories(self.read_records(support.zstd_frame(whole), name="one.warc.zst"), *STORIES)


ORACLES = {
    "warcio": """
import hashlib, json, sys
from warcio.archiveiterator import ArchiveIterator
for number, record in enumerate(ArchiveIterator(open(sys.argv[1], "rb")), 1):
    if record.rec_type == "response" and record.http_headers.get_statuscode() == "200":
        body = record.content_stream().read()
        uri = record.rec_headers.get_header("WARC-Target-URI").strip("<>")
        print(json.dumps([uri, number, hashlib.sha1(body).hexdigest()]))
""",
    "fastwarc": """
import hashlib, json, sys
from fastwarc.warc import ArchiveIterator, WarcRecordType
for number, record in enumerate(ArchiveIterator(open(sys.argv[1], "rb")), 1):
    if record.record_type == WarcRecordType.response and record.http_headers.status_code == 200:
        body = record.reader.read()
        encoding = record.http_headers.get("Content-Encoding")
        if encoding == "gzip":
            import gzip
            body = gzip.decompress(body)
        print(json.dumps([record.headers["WARC-Target-URI"].strip("<>"), number, hashlib.sha1(body).hexdigest()]))
"""}

WRITERS = {
    "warcio": """
import gzip, io, json, sys
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter
with open(sys.argv[1], "wb") as out:
    writer = WARCWriter(out, gzip=sys.argv[1].endswith(".gz"), warc_version="1.1")
    out_of = json.load(sys.stdin)
    writer.write_record(writer.create_warcinfo_record("crawl", {"software": "warcio"}))
    for number, (uri, status, body) in enumerate(out_of):
        body, headers = body.encode(), [("Content-Type", "text/html; charset=utf-8")]
        if number % 2:
            body = gzip.compress(body)
            headers.append(("Content-Encoding", "gzip"))
        http = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(uri, "response", payload=io.BytesIO(body), http_headers=http))
        writer.write_record(writer.create_warc_record(uri, "request", payload=io.BytesIO(b""),
            http_headers=StatusAndHeaders("GET / HTTP/1.1", [], is_http_request=True)))
""",
    "fastwarc": """
import json, sys
from fastwarc.stream_io import GzipWriter, ZstdWriter, zstd_train_dictionary_from_samples
from fastwarc.warc import WarcRecord, WarcRecordType
name, answers = sys.argv[1], json.load(sys.stdin)
with open(name, "wb") as out:
    stream = out
    if name.endswith(".gz"):
        stream = GzipWriter(out)
    elif name.endswith(".zst"):
        samples = [(f"{uri} {n} " + body[n:n + 400]).encode() for n in range(0, 900, 9) for uri, _, body in answers]
        stream = ZstdWriter(out, dictionary=zstd_train_dictionary_from_samples(samples, 4096),
                            compress_dictionary_frame="packed" in name)
    for uri, status, body in answers:
        record = WarcRecord()
        record.init_headers(WarcRecordType.response)
        record.headers["WARC-Target-URI"] = uri
        record.headers["Content-Type"] = "application/http; msgtype=response"
        record.set_bytes_content(f"HTTP/1.1 {status}\\r\\nContent-Type: text/html\\r\\n\\r\\n".encode() + body.encode())
        record.write(stream)
    if stream is not out:
        stream.close()
"""}


class Oracles(WarcTest):
    """Other programs write the files and read them."""

    def said_by(self, oracle, name):
        python = support.oracle_python(oracle)
        done = subprocess.run([python, "-c", ORACLES[oracle], str(self.folder / name)], stdout=subprocess.PIPE, check=True)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def assert_as_oracles(self, name, bodies, oracles=tuple(ORACLES)):
        """Every answer with status 200 that an oracle finds is read, under its number, with the text of its body."""
        texts = {hashlib.sha1(body.encode()).hexdigest(): text_of(text) for body, text in bodies.items()}
        reports = self.reports_with_numbers(name)
        for oracle in oracles:
            with self.subTest(oracle=oracle):
                wanted = [(uri, number, texts[sha]) for uri, number, sha in self.said_by(oracle, name) if sha in texts]
                self.assertEqual(wanted, reports)
                self.assertGreater(len(wanted), 2)

    def write_by(self, writer, name, answers):
        subprocess.run([support.oracle_python(writer), "-c", WRITERS[writer], str(self.folder / name)],
                       input=json.dumps(answers).encode(), check=True)

    def reports_with_numbers(self, name):
        self.make_archive()
        self.run_program("audit", name, "--archive", "archive", "--out", "out.jsonl", "--quiet", "--force")
        lines = (self.folder / "out.jsonl").read_text().splitlines()
        numbers = [json.loads(line)["suspect"]["source"]["record"] for line in lines]
        return [(report["id"], number, report["text"]) for report, number in zip(self.read(name), numbers, strict=True)]

    def test_what_other_programs_wrote_is_read_as_they_read_it(self):
        bodies = {page(text).decode(): text for text in STORIES.values()}
        answers = [(f"https://post.example/{number}?a=b", status, body) for number, (body, status) in enumerate(
            (body, status) for status in ("200 OK", "404 Not Found", "200 OK") for body in bodies)]
        for writer, name in (("warcio", "a.warc"), ("warcio", "a.warc.gz"), ("fastwarc", "b.warc")):
            with self.subTest(name):
                self.write_by(writer, name, answers)
                self.assert_as_oracles(name, bodies)
        self.write_by("fastwarc", "c.warc.gz", answers)  # one member, which warcio refuses
        self.assert_as_oracles("c.warc.gz", bodies, ["fastwarc"])

    def test_the_dictionary_of_a_zstd_file_is_used(self):
        answers = [(f"https://post.example/{name}", "200 OK", page(text).decode()) for name, text in STORIES.items()]
        for name in ("plain.warc.zst", "packed.warc.zst"):
            with self.subTest(name):
                self.write_by("fastwarc", name, answers)
                self.assertEqual(b"\x5d\x2a\x4d\x18", (self.folder / name).read_bytes()[:4])
                self.assert_stories(self.read(name), *STORIES)

    def test_what_wget_saved_is_read_as_they_read_it(self):
        if not shutil.which("wget"):
            raise unittest.SkipTest("no program wget")
        site = self.folder / "site"
        for name, text in STORIES.items():
            self.write(f"site/{name}.html", page(text))
        self.write("site/index.html", "".join(f'<a href="{name}.html">{name}</a> ' for name in [*STORIES, "missing"]))
        self.write("site/data.json", "{}")
        handler = functools.partial(QuietHandler, directory=str(site))
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            address = f"http://127.0.0.1:{server.server_port}/"
            subprocess.run(["wget", "-q", "-r", "--no-proxy", "--warc-file=saved", address], cwd=self.folder,
                           stderr=subprocess.DEVNULL, check=False)
            server.shutdown()
        (found,) = self.folder.glob("saved*.warc.gz")
        bodies = {page(text).decode(): text for text in STORIES.values()}
        stories = [text_of(text) for text in STORIES.values()]
        reports = [entry for entry in self.reports_with_numbers(found.name) if entry[2] in stories]
        texts = {hashlib.sha1(body.encode()).hexdigest(): text_of(text) for body, text in bodies.items()}
        for oracle in ORACLES:
            with self.subTest(oracle=oracle):
                said = self.said_by(oracle, found.name)
                wanted = [(uri, number, texts[sha]) for uri, number, sha in said if sha in texts]
                self.assertEqual(3, len(wanted))
                self.assertEqual(wanted, reports)
        self.assertIn("answers with status 404", self.said)


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


if __name__ == "__main__":
    unittest.main()
