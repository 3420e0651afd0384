"""JSON of many shapes: what `unspin read` gives is what Python's json module reads from the same file."""

import json
import random
import unittest

import support
from support import DONE, FAILED, FERRY, LIBRARY, ORCHARD, SKIPPED, made_article


def made_records(count, seed=1):
    """Records with texts that are hard to write as JSON: quotes, backslashes, escapes, brackets, any script."""
    chance = random.Random(seed)
    odd = [
        '"quoted"',
        "back\\slash",
        "tab\there",
        "{brace}",
        "[list]",
        "naïve",
        "北京",
        "😀",
        "line\nline",
        "</p",
        '\\"',
        "}],",
    ]
    records = []
    for number in range(1, count + 1):
        words = made_article(number, words=60).split(" ")
        for _ in range(5):
            words.insert(chance.randrange(len(words)), chance.choice(odd))
        records.append(
            {
                "id": f"r{number}",
                "title": f"Title {number}",
                "text": " ".join(words),
                "published": "2026-01-02",
                "tags": [{"id": 1, "name": "a"}, {"id": 2}],
                "score": 1.5,
            }
        )
    return records


def layouts(records):
    """Files by name, and how Python finds the records in what it parsed."""
    dump = json.dumps
    pages = [records[:7], records[7:]]
    yield "lines.jsonl", "".join(dump(r) + "\n" for r in records), lambda d: d
    yield "ascii.json", dump(records, ensure_ascii=True), lambda d: d
    yield "unicode.jsonl", dump(records, ensure_ascii=False), lambda d: d
    yield "indented.jsonl", dump(records, indent=2), lambda d: d
    yield "compact.json", dump(records, separators=(",", ":")), lambda d: d
    yield "element-a-line.json", "[\n" + ",\n".join(map(dump, records)) + "\n]\n", lambda d: d
    yield "api.json", dump({"status": "ok", "totalResults": 9, "articles": records}), lambda d: d["articles"]
    yield "api-last.json", dump({"articles": records, "status": "ok", "links": [{"id": 3}]}), lambda d: d["articles"]
    yield "api.jsonl", '{"n": 1, "articles": [' + ",\n".join(map(dump, records)) + "]}", lambda d: d["articles"]
    yield (
        "elastic.json",
        dump(
            {
                "took": 3,
                "hits": {
                    "total": {"value": 9},
                    "hits": [{"_index": "x", "_id": r["id"], "_source": r} for r in records],
                },
            },
            indent=1,
        ),
        lambda d: [h["_source"] for h in d["hits"]["hits"]],
    )
    yield (
        "graphql.json",
        dump({"data": {"posts": {"pageInfo": {"next": None}, "edges": [{"cursor": "c", "node": r} for r in records]}}}),
        lambda d: [e["node"] for e in d["data"]["posts"]["edges"]],
    )
    yield "solr.json", dump({"responseHeader": {}, "response": {"docs": records}}), lambda d: d["response"]["docs"]
    yield "nested.json", dump({"data": {"items": records}}, indent=4), lambda d: d["data"]["items"]
    yield (
        "pages.json",
        dump([{"page": 1, "items": pages[0]}, {"page": 2, "items": pages[1]}]),
        lambda d: [r for page in d for r in page["items"]],
    )


class ShapesTest(support.ProgramTest):
    def read(self, name, *options, status=DONE):
        return self.run_program("read", name, "--json", "--quiet", *options, status=status)

    def read_file(self, name, content, *options, status=DONE):
        self.write(name, content)
        return self.read(name, *options, status=status)

    def test_every_layout_gives_what_python_reads(self):
        for name, content, find in layouts(made_records(20)):
            with self.subTest(name):
                if name == "lines.jsonl":
                    expected = [json.loads(line) for line in content.splitlines()]
                else:
                    expected = find(json.loads(content))
                got = self.read_file(name, content)
                self.assertEqual("", got.err)
                self.assertEqual(
                    [(r["id"], r["title"], r["text"]) for r in expected],
                    [(r["id"], r["title"], r["text"]) for r in got.reports],
                )

    def test_many_threads_give_the_same_as_one(self):
        records = made_records(300)
        self.write("list.json", json.dumps({"articles": records}))
        self.write("lines.jsonl", support.jsonl(records))
        outputs = set()
        for name in ("list.json", "lines.jsonl"):
            for threads in ("1", "2", "7"):
                self.run_program("sketch", name, "--out", "out", "--threads", threads)
                outputs.add((self.folder / "out").read_bytes().split(b"\n", 1)[1])
                (self.folder / "out").unlink()
        self.assertEqual(1, len(outputs))

    def test_compressed_and_piped_wrappers_are_read(self):
        content = json.dumps({"articles": made_records(50)}).encode()
        plain = self.read_file("a.json", content).out
        self.assertEqual(plain, self.read_file("a.json.zst", support.zstd_frame(content)).out)
        self.assertEqual(plain, self.run_program("read", "-", "--json", "--quiet", stdin=content).out)
        self.assertEqual(
            plain, self.read_file("b.json", content.decode().encode("utf-16")).out.replace("utf-16le", "utf-8")
        )

    def test_fields_are_named_by_path(self):
        record = {
            "meta": {"key": 12345678901234567890123, "when": "2026-01-02", "head": "T"},
            "article": {"body": {"text": FERRY}},
            "a.b": {"c": "u"},
            "list": [{"x": "s"}],
        }
        (read,) = self.read_file(
            "a.jsonl",
            json.dumps(record),
            "--text-field",
            "article.body.text",
            "--id-field",
            "meta.key",
            "--title-field",
            "meta.head",
            "--published-field",
            "meta.when",
            "--url-field",
            "a.b.c",
            "--site-field",
            "list.0.x",
        ).reports
        self.assertEqual(
            (FERRY, "12345678901234567890123", "T", "2026-01-02", "u", "s"),
            tuple(read[key] for key in ("text", "id", "title", "published", "url", "site")),
        )

    def test_a_field_named_with_a_dot_wins(self):
        record = {"a.b": FERRY, "a": {"b": ORCHARD}}
        (read,) = self.read_file("a.jsonl", json.dumps(record), "--text-field", "a.b").reports
        self.assertEqual(FERRY, read["text"])

    def test_kept_fields_are_named_by_path(self):
        self.make_archive()
        self.write("a.jsonl", json.dumps({"id": 1, "text": FERRY, "meta": {"desk": {"name": "city"}, "n": 1.50}}))
        self.run_program(
            "audit", "a.jsonl", "--archive", "archive", "--out", "out.jsonl", "--keep", "meta.desk,meta.n,no.such"
        )
        (line,) = (self.folder / "out.jsonl").read_text().splitlines()
        self.assertIn('"kept":{"meta.desk":{"name":"city"},"meta.n":1.5}', line)

    def test_paragraphs_are_joined(self):
        paragraphs = FERRY.strip().split("\n\n")
        expected = "\n\n".join(paragraphs)
        picture = {"type": "image", "url": "x.jpg", "caption": "A caption of the picture that nobody asked to compare."}
        for text in (
            paragraphs,
            [None, *paragraphs, ""],
            [{"type": "paragraph", "text": p} for p in paragraphs] + [picture],
            [{"p": p} for p in paragraphs],
            [{"type": "text", "content": p} for p in paragraphs] + [picture],
            {"blocks": [{"type": "paragraph", "data": {"text": p}} for p in paragraphs]},
            {
                "type": "doc",
                "content": [{"type": "paragraph", "content": [{"type": "text", "text": p}]} for p in paragraphs],
            },
        ):
            (read,) = self.read_file("a.jsonl", json.dumps({"id": 1, "text": text})).reports
            self.assertEqual(expected, read["text"], text)

    def test_a_list_that_cannot_be_read_says_so(self):
        content = support.jsonl(
            [{"id": 1, "text": ["a", 5]}, {"id": 2, "text": [{"note": FERRY}]}, {"id": 3, "text": FERRY}]
        )
        result = self.read_file("a.jsonl", content, status=SKIPPED)
        self.assertIn('a.jsonl:1: the field "text" is a list with numbers', result.err)
        self.assertIn('a.jsonl:2: the field "text" is a list of objects without one obvious text', result.err)
        self.assertEqual(["3"], [r["id"] for r in result.reports])

    def test_ninjs_is_read_with_its_facts(self):
        item = {
            "uri": "urn:wire:1",
            "type": "text",
            "version": "2",
            "versioncreated": "2026-01-03T00:00:00Z",
            "firstcreated": "2026-01-02T00:00:00Z",
            "pubstatus": "canceled",
            "headline": "Ferry &amp; tales",
            "body_xhtml": "".join(f"<p>{p}</p>" for p in FERRY.strip().split("\n\n")),
            "copyrightholder": "Wire",
        }
        empty = {"uri": "urn:wire:2", "type": "text", "pubstatus": "withheld", "versioncreated": "2026-01-03"}
        picture = {"uri": "urn:wire:3", "type": "picture", "versioncreated": "2026-01-03", "headline": "A ferry"}
        for name, content in (
            ("n.json", json.dumps([item, empty, picture])),
            ("n.jsonl", support.jsonl([item, empty, picture])),
        ):
            result = self.read_file(name, content)
            (read,) = result.reports
            self.assertEqual(
                (FERRY.strip(), "urn:wire:1", "Ferry & tales", "2026-01-02T00:00:00Z", "ninjs"),
                tuple(read[key] for key in ("text", "id", "title", "published", "format")),
            )
            self.assertIn("1 withheld item without a text", result.err)
            self.assertIn("1 picture", result.err)

    def test_a_json_feed_counts_its_teasers(self):
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "F",
            "items": [
                {"id": "1", "summary": "A teaser."},
                {"id": "2", "content_html": f"<p>{FERRY}</p>", "title": "T", "url": "u"},
                {"id": "3", "content_text": LIBRARY},
            ],
        }
        for indent in (None, 2):
            result = self.read_file("feed.json", json.dumps(feed, indent=indent))
            self.assertEqual([("2", "json-feed"), ("3", "json-feed")], [(r["id"], r["format"]) for r in result.reports])
            self.assertIn("1 teaser without a text", result.err)

    def test_well_known_shapes_need_no_option(self):
        html = "".join(f"<p>{p}</p>\n" for p in FERRY.strip().split("\n\n"))
        post = {
            "id": 9,
            "link": "u",
            "title": {"rendered": "Fish &#038; chips"},
            "content": {"rendered": html},
            "excerpt": {"rendered": "<p>A teaser.</p>"},
        }
        linked = {"@type": "NewsArticle", "headline": "Fish & chips", "url": "u", "articleBody": FERRY.strip()}
        for record in (post, linked):
            (read,) = self.read_file("a.json", json.dumps([record])).reports
            self.assertEqual((FERRY.strip(), "Fish & chips", "u"), (read["text"], read["title"], read["url"]))

    def test_a_text_under_another_name_is_taken_only_if_nothing_else_can_be_it(self):
        article = {"title": "T", "url": "u", "body": FERRY}
        result = self.read_file("a.jsonl", json.dumps(article))
        self.assertEqual([FERRY], [r["text"] for r in result.reports])
        self.assertIn("were read from “body”", result.err)
        for other in (
            {"title": "T", "url": "u", "body": FERRY, "content": FERRY},
            {"title": "T", "url": "u", "body": FERRY[:300]},
            {"title": "T", "url": "u", "content": FERRY + " [+99 chars]"},
            {"headline": "x", "story": FERRY},
            {"headline": "x", "body": FERRY},
        ):
            self.read_file("a.jsonl", json.dumps(other), status=FAILED)

    def test_a_message_names_the_path_of_the_longest_text(self):
        for record, option in (
            ({"id": 1, "story": FERRY}, "--text-field story"),
            ({"id": 1, "article": {"body": {"text": FERRY}}}, "--text-field article.body.text"),
            ({"ok": 1, "list": [{"id": 1, "story": FERRY}]}, "--text-field story"),
        ):
            result = self.read_file("a.json", json.dumps(record), status=FAILED)
            self.assertIn(option, result.err)
            self.read("a.json", *option.split())

    def test_a_broken_element_does_not_end_the_list(self):
        good = [json.dumps({"id": n, "text": f"text {n}"}) for n in range(1, 6)]
        for broken in (
            '{"id": 3, "text": "x',
            '{"id": 3, "text": }',
            '{"id": 3 "text" "a"}',
            '{"id": 3, "text": "a "b" c"}',
            '{"id": 3, "text": ["x"}',
            '{"id": 3, "text": "a\nb"}',
            '{"id": 3, "text": "x"',
            "{]",
        ):
            for separator in (",\n", ", ", ",\n  "):
                for before, after in (
                    ("[" + separator[1:], "]"),
                    ('{"n": 1, "articles": [' + separator[1:], '], "z": [1]}'),
                ):
                    content = before + separator.join([*good[:2], broken, *good[3:]]) + after
                    with self.subTest(content):
                        result = self.read_file("a.json", content, status=SKIPPED)
                        self.assertEqual(["1", "2", "4", "5"], [r["id"] for r in result.reports])
                        self.assertIn("a.json:3: ", result.err)
                        self.assertIn(" at byte ", result.err)
                        self.assertEqual(1, len(result.err.splitlines()), result.err)

    def test_the_byte_of_a_message_is_that_of_the_file(self):
        content = '{"articles": [{"id": 1, "text": "a"},\n{"id": 2, "text": tru}]}'
        result = self.read_file("a.json", content, status=SKIPPED)
        self.assertIn(f"at byte {content.index('{', 30)} of the file", result.err)
        lines = '{"id": 1, "text": "ä"}\n{"id": 2, "text": tru}\n'
        result = self.read_file("a.jsonl", lines, status=SKIPPED)
        self.assertIn(
            f"a.jsonl:2: the record, at byte {len(lines.encode().splitlines(True)[0])} of the file", result.err
        )

    def test_cut_off_files_say_so_and_give_what_is_whole(self):
        content = json.dumps({"status": "ok", "articles": made_records(5)})
        whole = [r["id"] for r in self.read_file("a.json", content).reports]
        for cut in range(len(content) // 2, len(content) - 1, 97):
            result = self.read_file("a.json", content[:cut], status=SKIPPED)
            read = [r["id"] for r in result.reports]
            self.assertEqual(whole[: len(read)], read)
            self.assertIn("cut off", result.err)

    def test_odd_but_clear_json_is_read(self):
        for content in (
            '{"id": 1, "text": "one"}{"id": 2, "text": "two"}',
            '{"id": 1, "text": "one"},\n{"id": 2, "text": "two"},\n',
            '[{"id": 1, "text": "one"}, {"id": 2, "text": "two"},]',
            '\ufeff{"id": 1, "text": "one"}\n\ufeff{"id": 2, "text": "two"}\n',
            '\ufeff[{"id": 1, "text": "one"}]\n\ufeff[{"id": 2, "text": "two"}]',
            '\x1e{"id": 1, "text": "one"}\n\x1e{"id": 2, "text": "two"}\n',
            '\x1e{"id": 1,\n "text": "one"}\n\x1e{"id": 2,\n "text": "two"}\n',
            '{"id": 1, "text": "no", "text": "one"}\n{"id": 2, "n": NaN, "m": [-Infinity], "text": "two"}\n',
            '{\n"id": 1,\n"text": "one"\n}\n{\n"id": 2,\n"text": "two"\n}\n',
        ):
            for name in ("a.json", "a.jsonl"):
                with self.subTest(content):
                    result = self.read_file(name, content)
                    self.assertEqual([("1", "one"), ("2", "two")], [(r["id"], r["text"]) for r in result.reports])

    def test_comments_are_named(self):
        result = self.read_file("a.jsonl", '// made by hand\n{"id": 1, "text": "one"}\n', status=None)
        self.assertIn("comment", result.err)
        result = self.read_file(
            "a.json", '[{"id": 1, "text": "one"},\n// two\n{"id": 2, "text": "two"}]', status=SKIPPED
        )
        self.assertIn("comment", result.err)
        self.assertEqual(["1", "2"], [r["id"] for r in result.reports])


if __name__ == "__main__":
    unittest.main()
