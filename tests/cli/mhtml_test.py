"""Pages that a browser saved in one file are read as Python's email package takes them apart; mail and office files are
refused by name."""

import base64
import email
import io
import quopri
import random
import unittest
import zipfile
from email.message import EmailMessage

import support
from support import FERRY, LIBRARY, ORCHARD, SKIPPED

TEXTS = (FERRY, ORCHARD, LIBRARY)


def page(text, charset, extra=""):
    paragraphs = "".join(f"<p>{part} {extra}</p>\n" for part in text.strip().split("\n\n")[1:])
    title = text.split("\n")[0]
    return (f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="{charset}"><title>{title}</title></head><body><nav>Home</nav>'
            f"<article><h1>{title}</h1>{paragraphs}</article></body></html>\n")


def encoded(text, charset, encoding, end):
    """A part's body and the header lines that say how it is written."""
    data = text.encode(charset)
    if encoding == "base64":
        body = base64.encodebytes(data)
    elif encoding == "quoted-printable":
        body = quopri.encodestring(data)
    else:
        body = data
    return body.replace(b"\r\n", b"\n").replace(b"\n", end)


def saved(chance, number):
    """A saved page as one of several browsers writes it, and the type of its root."""
    end = chance.choice([b"\n", b"\r\n"])
    charset = chance.choice(["utf-8", "utf-8", "windows-1252"])
    encoding = chance.choice(["quoted-printable", "quoted-printable", "base64", "8bit", "binary"])
    text = page(TEXTS[number % 3], charset, chance.choice(["", "Caf\u00e9 = \u20ac5.", "x" * 90 + "=20", "--b\u00e9"]))
    boundary = chance.choice(["----MultipartBoundary--x17----", "----=_NextPart_000_0000_01D", "=_b"])
    header = chance.choice([
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://a.example/{0}\nSubject: =?utf-8?Q?x?=\n"
        "Date: Mon, 30 Nov 2026 01:12:23 GMT\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\ttype=\"text/html\";\n"
        "\tboundary=\"{1}\"\n\n",
        "From: \"Saved by Windows Internet Explorer 8\"\nSubject: x\nDate: Mon, 30 Nov 2026 01:12:23 +0100\nMIME-Version: 1.0\n"
        "Content-Type: multipart/related;\n\ttype=\"text/html\";\n\tboundary=\"{1}\"\nX-MimeOLE: Produced By Microsoft MimeOLE\n\n"
        "This is a multi-part message in MIME format.\n",
        "Content-Type: multipart/related; start=\"<op.1@a>\"; boundary=\"{1}\"\nContent-Location: https://a.example/{0}\n"
        "Subject: x\nMIME-Version: 1.0\n\n"]).format(number, boundary)
    picture = f"Content-Type: image/png\nContent-Transfer-Encoding: base64\nContent-Location: https://a.example/p.png\n\niVBORw0KGgo=\n"
    frame = "Content-Type: text/html\nContent-ID: <frame@a>\n\n<p>frame</p>\n"
    root = (f"Content-Type: text/html; charset=\"{charset}\"\nContent-ID: <op.1@a>\nContent-Transfer-Encoding: {encoding}\n"
            f"Content-Location: https://a.example/{number}\n\n")
    parts = [root, frame, picture] if "start" not in header or chance.random() < 0.5 else [picture, root, frame]
    out = header.encode().replace(b"\n", end)
    for part in parts:
        out += end + b"--" + boundary.encode() + end + part.encode().replace(b"\n", end)
        if part is root:
            out += encoded(text, charset, encoding, end)
    return out + end + b"--" + boundary.encode() + b"--" + end


class Oracle(support.ProgramTest):
    def test_saved_pages_are_read_as_the_email_package_decodes_them(self):
        chance = random.Random(11)
        for number in range(40):
            data = saved(chance, number)
            message = email.message_from_bytes(data)
            start = message.get_param("start")
            pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
            named = [part for part in pages if start and part["Content-ID"] == start]
            root = (named or pages)[0]
            self.write("page.html", root.get_payload(decode=True).decode(root.get_content_charset()))
            self.write("page.mhtml", data)
            expected = self.run_program("read", "page.html", "--json").report
            found = self.run_program("read", "page.mhtml", "--json").report
            for name in ("text", "title"):
                self.assertEqual(expected[name].replace("\r", ""), found[name].replace("\r", ""), number)
            self.assertEqual(f"https://a.example/{number}", found["url"])
            self.assertEqual(message["Date"] or "", found.get("fetched", ""))


class Refusals(support.ProgramTest):
    def test_mail_is_refused_by_name(self):
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = "a@a.example", "b@b.example", "Ferry"
        message["Message-ID"] = "<1@a.example>"
        message.set_content(FERRY)
        message.add_alternative(page(FERRY, "utf-8"), subtype="html")
        self.write("a.eml", bytes(message))
        self.refused("read", "a.eml", names="a mail")
        self.write("a.mbox", b"From a@a.example Sat Jan  3 01:05:34 1996\n" + bytes(message))
        self.refused("read", "a.mbox", names="a mail")

    def test_a_text_that_begins_like_a_mail_is_read(self):
        self.write("a.txt", "From: the harbour board\nSubject: ferries\n\n" + FERRY)
        self.assertIn("Orrevik", self.run_program("read", "a.txt", "--json").report["text"])

    def test_office_files_and_archives_are_refused_by_name(self):
        for name, members in (("Word", ("[Content_Types].xml", "word/document.xml")), ("Excel", ("[Content_Types].xml", "xl/a.xml")),
                              ("PowerPoint", ("[Content_Types].xml", "_rels/.rels", "ppt/a.xml")), ("EPUB", ("mimetype", "OEBPS/a")),
                              ("ODT", ("mimetype", "content.xml")), ("WACZ", ("archive/a.warc.gz", "datapackage.json")),
                              ("ZIP", ("a.txt",))):
            data = io.BytesIO()
            kind = {"EPUB": "application/epub+zip", "ODT": "application/vnd.oasis.opendocument.text"}.get(name, "x")
            with zipfile.ZipFile(data, "w") as archive:
                for member in members:
                    archive.writestr(member, kind)
            self.write("a.bin", data.getvalue())
            self.refused("read", "a.bin", names=name)

    def test_documents_in_a_folder_are_bad_records(self):
        self.write("in/a.txt", FERRY)
        self.write("in/b.eml", "From: a@a.example\nMIME-Version: 1.0\n\n" + ORCHARD)
        self.write("in/c.mht", "From: <Saved by Blink>\nContent-Type: text/html\n\n" + page(LIBRARY, "utf-8"))
        result = self.run_program("read", "in", "--json", status=SKIPPED)
        self.assertEqual(2, len(result.reports))
        self.assertIn("b.eml", result.err)


if __name__ == "__main__":
    unittest.main()
