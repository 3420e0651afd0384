"""News in XML (RSS, Atom, NITF, NewsML-G2) is read as feedparser and lxml read it, item by item, and hostile files cost
nothing but themselves."""

import html
import json
import random
import subprocess
import unittest

import support
from support import DONE, FAILED, FERRY, LIBRARY, ORCHARD, SKIPPED, made_article, oracle_python

# Print the entries of a feed, or the items of a message, as JSON lines; texts as words.
FEEDPARSER = """
import feedparser, html.parser, json, sys

class Words(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.text = ""
    def handle_data(self, data):
        self.text += data
    def handle_starttag(self, tag, attributes):
        self.text += " " if tag in ("p", "div", "br", "li", "h2", "blockquote") else ""
    handle_endtag = lambda self, tag: self.handle_starttag(tag, [])

def words(markup):
    reader = Words()
    reader.feed(markup)
    reader.close()
    return reader.text.split()

for path in sys.argv[1:]:
    for entry in feedparser.parse(path).entries:
        contents = [content.value for content in entry.get("content", [])] or [entry.get("summary", "")]
        print(json.dumps({"id": entry.get("id"), "title": " ".join(words(entry.get("title", ""))), "url": entry.get("link"),
                          "published": entry.get("published"), "words": words(contents[0])}))
"""
LXML = """
import json, sys
from lxml import etree

def named(node, name):
    return None if node is None else next((e for e in node.iter("{*}" + name)), None)

def line(node):
    return "" if node is None else " ".join("".join(node.itertext()).split())

for path in sys.argv[1:]:
    root = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    for item in root.iter("{*}newsItem", "{*}nitf"):
        if item.tag.endswith("nitf") and next(item.iterancestors("{*}newsItem"), None) is not None:
            continue
        body = named(item, "body.content")
        body = named(item, "body") if body is None else body
        blocks = [line(block) for block in body.iter("{*}p", "{*}hl2", "{*}li", "{*}td")]
        ident = item.get("guid") or named(item, "doc-id").get("id-string")
        title = line(named(item, "headline")) or line(named(item, "hl1"))
        print(json.dumps({"id": ident, "title": title, "words": " ".join(blocks).split()}))
"""

PUBLISHED = "Wed, 02 Sep 2026 08:00:00 GMT"


def escaped(text):
    return html.escape(text, quote=False)


def cdata(text):
    return f"<![CDATA[{text}]]>"


class MadeFeeds:
    """Feeds of random shapes: escaped, in CDATA or as XHTML, with prefixes, in several character sets."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.number = 0

    def paragraphs(self):
        chance, text = self.chance, made_article(self.chance.randrange(10**6), 150)
        sentences = [sentence + "." for sentence in text.rstrip(".").split(". ")]
        for spice in ("Café déjà vu.", "R&D rose 5 < 6.", "“Quoted”, he said…", "Ünïcode – dash.", "A\u00a0space."):
            if chance.random() < 0.5:
                sentences.insert(chance.randrange(len(sentences)), spice)
        return [" ".join(sentences[at:at + 3]) for at in range(0, len(sentences), 3)]

    def markup(self, xhtml=False):
        tags = ["p", "p", "div", "h2", "blockquote"]
        parts = []
        for text in self.paragraphs():
            tag, text = self.chance.choice(tags), escaped(text)
            if self.chance.random() < 0.4 and -1 < text.find(" ") < text.find("."):
                text = text.replace(" ", " <b>", 1).replace(".", "</b>.", 1)
            if self.chance.random() < 0.3:
                text += "<br/>x" if xhtml else self.chance.choice(["<br>x", "<!-- no -->", "&hellip;", "&#8217;s", "<a href='?a=1&amp;b=2'>l</a>"])
            parts.append(f"<{tag}>{text}</{tag}>")
        return "\n".join(parts)

    def title(self):
        return "Title " + self.chance.choice(["R&D", "café", "a “b”", "5 < 6", "plain"]) + f" {self.number}"

    def item(self):
        self.number += 1
        wrap = self.chance.choice([escaped, cdata])
        parts = [f"<title>{self.chance.choice([escaped, cdata])(escaped(self.title()))}</title>",
                 f"<link>https://a.example/{self.number}?a=1&amp;b=2</link>",
                 f"<guid isPermaLink='false'>id-{self.number}</guid>", f"<pubDate>{PUBLISHED}</pubDate>",
                 f"<content:encoded>{wrap(self.markup())}</content:encoded>",
                 f"<description>{escaped('<p>Short &amp; cut […]</p>')}</description>", "<media:title>Picture</media:title>"]
        self.chance.shuffle(parts)
        return f"<item a='>'><!-- </item> -->{self.gap().join(parts)}</item>"

    def gap(self):
        return self.chance.choice(["", "\n", "<!-- <x> -->", "<?p q?>"])

    def rss(self, items):
        body = self.gap().join(self.item() for _ in range(items))
        return ('<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
                'xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Feed</title><link>https://a.example</link>'
                f"<description>d</description>{body}</channel></rss>")

    def entry(self, prefix):
        self.number += 1
        if self.chance.random() < 0.3:
            text = f"type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>{self.markup(xhtml=True).replace('&hellip;', '…')}</div>"
        else:
            text = f"type='html'>{self.chance.choice([escaped, cdata])(self.markup())}"
        parts = [f"<title type='html'>{escaped(escaped(self.title()))}</title>", f"<id>urn:x:{self.number}</id>",
                 f"<link href='https://a.example/{self.number}'/>", "<published>2026-09-02T08:00:00Z</published>",
                 "<updated>2026-09-03T08:00:00Z</updated>", f"<content {text}</content>", "<summary>Short.</summary>"]
        self.chance.shuffle(parts)
        xml = f"<entry>{self.gap().join(parts)}</entry>"
        names = ("entry", "title", "id", "link", "published", "updated", "content", "summary")
        for name in names if prefix else ():
            xml = xml.replace(f"<{name}", f"<{prefix}{name}").replace(f"</{name}>", f"</{prefix}{name}>")
        return xml

    def atom(self, items):
        prefix = self.chance.choice(["", "", "a:"])
        name = "xmlns" + (":a" if prefix else "")
        return (f'<{prefix}feed {name}="http://www.w3.org/2005/Atom"><{prefix}title>Feed</{prefix}title>'
                + self.gap().join(self.entry(prefix) for _ in range(items)) + f"</{prefix}feed>")

    def file(self):
        charset = self.chance.choice(["utf-8", "utf-8", "iso-8859-1", "windows-1252", "utf-16"])
        body = self.chance.choice([self.rss, self.atom])(self.chance.randint(1, 5))
        declared = f'<?xml version="1.0" encoding="{charset}"?>{self.chance.choice(["", chr(10), "<!-- c -->"])}' + body
        return declared.encode(charset, "xmlcharrefreplace" if charset != "utf-16" else "strict")


class Oracles(support.ProgramTest):
    def oracle(self, package, script, paths):
        done = subprocess.run([oracle_python(package), "-c", script, *paths], cwd=self.folder, capture_output=True, check=True)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def compare(self, expected, paths, fields):
        found = self.run_program("read", *paths, "--json").reports
        self.assertEqual([row["id"] for row in expected], [row["id"] for row in found])
        for theirs, ours in zip(expected, found):
            self.assertEqual(theirs["words"], ours["text"].split(), theirs["id"])
            for field in fields:
                self.assertEqual(theirs[field], ours.get(field), (theirs["id"], field))

    def test_feeds_are_read_as_feedparser_reads_them(self):
        oracle_python("feedparser")
        made = MadeFeeds(7)
        paths = [self.write(f"{number:03}.xml", made.file()) for number in range(60)]
        self.compare(self.oracle("feedparser", FEEDPARSER, paths), paths, ("title", "url", "published"))

    def test_older_feeds_are_read_as_feedparser_reads_them(self):
        paragraphs = "".join(f"<p>{part}</p>" for part in FERRY.split("\n\n"))
        self.write("rdf.xml", f"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://a.example/">
<title>T</title><link>https://a.example/</link><items><rdf:Seq><rdf:li rdf:resource="https://a.example/1"/></rdf:Seq></items>
</channel><item rdf:about="https://a.example/1"><title>One</title><link>https://a.example/1</link>
<dc:date>2026-01-02T03:04:05Z</dc:date><description>{escaped(paragraphs)}</description></item></rdf:RDF>""")
        self.write("rss091.xml", f"""<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
"http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel><title>T</title><item><title>One</title>
<link>https://a.example/2</link><description>{cdata(paragraphs)}</description></item></channel></rss>""")
        self.write("atom03.xml", f"""<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>T</title><entry><title>One</title>
<id>urn:3</id><link rel="alternate" type="text/html" href="https://a.example/3"/><issued>2026-01-02T03:04:05Z</issued>
<content type="text/html" mode="escaped">{escaped(paragraphs)}</content></entry></feed>""")
        paths = ["rdf.xml", "rss091.xml", "atom03.xml"]
        expected = self.oracle("feedparser", FEEDPARSER, paths)
        for row in expected:
            row["id"] = row["id"] or row["url"]  # an item without an id has its address
        self.compare(expected, paths, ("title", "url"))

    def made_story(self, chance, number):
        text = "".join(f"<p>{escaped(part)} <em>Then</em> <person>Ann &#8212; B</person>.</p>\n<hl2>Part {number}</hl2>"
                       for part in made_article(number, 120).split(". ")[:4])
        if chance.random() < 0.5:
            text += "<ul><li>one</li><li>two &amp; three</li></ul>"
        return (f'<nitf{chance.choice(["", " xmlns=" + chr(34) + "http://iptc.org/std/NITF/2006-10-18/" + chr(34)])}><head><docdata>'
                f'<doc-id id-string="nitf-{number}"/></docdata></head><body><body.head><hedline><hl1>Head <em>{number}</em></hl1></hedline>'
                f"</body.head><body.content>{text}</body.content></body></nitf>")

    def test_stories_and_messages_are_read_as_lxml_reads_them(self):
        chance = random.Random(3)
        paths = []
        for number in range(30):
            story = self.made_story(chance, number)
            if number % 3 == 0:
                paths.append(self.write(f"{number}.xml", '<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf.dtd">' + story))
                continue
            page = ('<html xmlns="http://www.w3.org/1999/xhtml"><head><title>no</title></head><body>'
                    f"<p>{escaped(made_article(number, 100))}</p><p>Caf\u00e9 &lt; x</p></body></html>")
            prefix = chance.choice(["", "nar:"])
            content = chance.choice([story, page])
            items = "".join(f'<{prefix}newsItem guid="urn:{number}:{at}" version="1"><{prefix}contentMeta><{prefix}headline>Head {at}'
                            f"</{prefix}headline></{prefix}contentMeta><{prefix}contentSet><{prefix}inlineXML>{content}</{prefix}inlineXML>"
                            f"</{prefix}contentSet></{prefix}newsItem>" for at in range(3))
            name = "xmlns" + (":nar" if prefix else "")
            paths.append(self.write(f"{number}.xml", f'<?xml version="1.0" encoding="UTF-8"?><{prefix}newsMessage {name}='
                                    f'"http://iptc.org/std/nar/2006-10-01/"><{prefix}itemSet>{items}</{prefix}itemSet></{prefix}newsMessage>'))
        self.compare(self.oracle("lxml", LXML, paths), paths, ("title",))


def feed(*items):
    body = "".join(f"<item><guid>{number}</guid>{item}</item>" for number, item in enumerate(items, 1))
    return f"<rss version='2.0'><channel><title>T</title>{body}</channel></rss>"


def full(text):
    return "<description>" + escaped("".join(f"<p>{part}</p>" for part in text.split("\n\n"))) + "</description>"


class Commands(support.ProgramTest):
    def test_each_item_is_an_article(self):
        archive = self.make_archive()
        self.write("feed.xml", feed(full(FERRY), full(ORCHARD)))
        reports = self.run_program("check", "feed.xml", "--archive", archive, "--json").reports
        self.assertEqual(["ferry", "orchard"], [report["findings"][0]["original"]["id"] for report in reports])

    def test_teasers_are_counted_and_no_bad_records(self):
        self.write("feed.xml", feed(full(FERRY), "<description>Short.</description>", "<title>Only a title</title>"))
        result = self.run_program("read", "feed.xml", "--json", status=DONE)
        self.assertEqual(1, len(result.reports))
        self.assertIn("left out 2 records: 2 teasers without a text", result.err)

    def test_state_and_rights_go_through_an_audit(self):
        archive = self.make_archive()
        paragraphs = "".join(f"<p>{part}</p>" for part in FERRY.split("\n\n"))
        self.write("message.xml", f"""<newsItem guid="urn:1" version="2"><rightsInfo><copyrightHolder literal="Agency"/>
<usageTerms>No archive</usageTerms></rightsInfo><itemMeta><pubStatus qcode="stat:canceled"/></itemMeta><contentSet><inlineXML>
<html><body>{paragraphs}</body></html></inlineXML></contentSet></newsItem>""")
        for options, kept in (((), {"version": "2", "pubstatus": "canceled", "copyrightholder": "Agency", "usageterms": "No archive"}),
                              (("--keep", "pubstatus"), {"pubstatus": "canceled"})):
            self.run_program("audit", "message.xml", "--archive", archive, "--out", "out.jsonl", "--force", *options)
            report = json.loads((self.folder / "out.jsonl").read_text())
            self.assertIn("ferry", report["findings"][0]["original"]["id"])
            for name, value in kept.items():
                self.assertIn(json.dumps(value), json.dumps(report), name)

    def test_a_broken_item_is_named_and_the_rest_is_read(self):
        self.write("feed.xml", feed(full(FERRY), "<b>" + full(ORCHARD), full(LIBRARY)))
        result = self.run_program("read", "feed.xml", "--json", status=SKIPPED)
        self.assertEqual(["1", "3"], [row["id"] for row in result.reports])
        self.assertIn("feed.xml:2: at byte", result.err)

    def test_other_xml_is_refused_by_name_and_left_aside_in_folders(self):
        self.write("folder/sitemap.xml", "<?xml version='1.0'?><urlset/>")
        self.refused("read", "folder/sitemap.xml", names="site map")
        self.write("folder/story.txt", FERRY)
        result = self.run_program("read", "folder", "--json", status=DONE)
        self.assertEqual(1, len(result.reports))
        self.assertIn("xml 1", result.err)


class Hostile(support.ProgramTest):
    def test_entities_are_not_read(self):
        (self.folder / "secret.txt").write_text("the secret words")
        laughs = "".join(f"<!ENTITY l{n + 1} '{f'&l{n};' * 10}'>" for n in range(9))
        self.write("feed.xml", f"<!DOCTYPE rss [<!ENTITY file SYSTEM 'file://{self.folder}/secret.txt'><!ENTITY l0 'ha'>{laughs}"
                   "<!ENTITY % p SYSTEM 'http://127.0.0.1:9/x'> %p;]>" + feed("<description>&file;</description>" + full(FERRY),
                                                                               "<description>&l9;</description>", full(ORCHARD)))
        result = self.run_program("read", "feed.xml", "--json", status=SKIPPED)
        self.assertEqual(["3"], [row["id"] for row in result.reports])
        self.assertNotIn("secret words", result.out + result.err)
        self.assertIn("&file; is not read", result.err)

    def test_depth_breadth_and_what_is_never_closed_cost_one_item(self):
        deep, wide = "<a>" * 100_000, "<a/>" * 400_000
        for number, hostile in enumerate((deep, wide, "<![CDATA[" + "x" * 100_000, "<!-- ", "<a b='", "</a>" * 1000)):
            self.write(f"{number}.xml", feed(full(FERRY)).replace("</channel></rss>", f"<item>{hostile}</item><item><guid>9</guid>")
                       + full(ORCHARD) + "</item></channel></rss>")
            result = self.run_program("read", f"{number}.xml", "--json", status=SKIPPED)
            self.assertEqual(["1", "9"], [row["id"] for row in result.reports], hostile[:20])

    def test_text_that_is_no_xml_is_refused(self):
        self.write("a.xml", FERRY)
        self.refused("read", "a.xml", names="no XML")


if __name__ == "__main__":
    unittest.main()
