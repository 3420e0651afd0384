#!/usr/bin/env python3
"""Make variations of web pages whose articles are known, for the fit of the block model.

    vary_pages.py SET OUT --seed N [--others SET]...

SET is a folder of NAME.html files and truth.json (NAME → text, title …). OUT gets changed copies of most pages: other
class names or none, class names that mislead, comments of readers, teasers, the next article below, bodies that are
hidden until a script runs. The article of each stays as it is, so its truth does too. Texts for the additions come from
the truths of SET and of the other sets. Needs lxml.
"""
import argparse
import copy
import hashlib
import json
import pathlib
import random
import re
from collections import Counter

import lxml.etree
import lxml.html

WORD = re.compile(r"\w+")
RUN = 4  # words in a row by which an element is known to be of the article
MISLEADING = ("sidebar newsletter ad ads social share promo related comments cookie tooltip popup modal banner menu nav "
              "footer login signup recommended popular trending widget subscribe sponsored").split()
PEOPLE = ["Ann B.", "Maria Lopez", "JohnD", "T. Okafor", "greenfan88", "Sophie", "Lars Berg", "ricardo_m", "Anonymous",
          "H. Chen", "mike", "Priya N", "old reader", "K. Novak"]
COMMENT_HEADINGS = ["Comments", "Letters", "What our readers say", "Responses", "Kommentare", "Readers write", None, None]
TEASER_HEADINGS = ["More stories", "Related", "You may also like", "Latest", "Read next", "Mehr zum Thema", "Lire aussi",
                   "Você pode gostar", None, None]


def element(tag, text=None, name=None):
    made = lxml.etree.Element(tag)
    made.text = text
    if name:
        made.set("class", name)
    return made


class Varier:
    def __init__(self, truths, seed):
        self.random = random.Random(seed)
        self.truths = truths
        self.sentences = [s for truth in truths for s in re.split(r"(?<=[.!?])\s+", truth["text"]) if 40 < len(s) < 260]
        self.titles = [truth["title"] for truth in truths if truth.get("title")]

    def chance(self, share):
        return self.random.random() < share

    def some_sentences(self, least, most):
        return " ".join(self.random.sample(self.sentences, self.random.randint(least, most)))

    def class_name(self):
        nonsense = "c" + hashlib.md5(str(self.random.random()).encode()).hexdigest()[:5]
        return self.random.choice([None, None, nonsense, "item", "row", "block", "entry", "post", "box", "comment", "reply"])

    def moment(self):
        number = self.random.randint(2, 28)
        return self.random.choice(["%d hours ago", "%d days ago", "March %d, 2021", "vor %d Stunden", "hace %d horas"]) % number

    def comments(self):
        box = element(self.random.choice(["div", "section", "ul", "ol", "div"]), None, self.class_name())
        item_tag = "li" if box.tag in ("ul", "ol") else self.random.choice(["div", "article", "div", "section"])
        item_class, head_class, text_class = self.class_name(), self.class_name(), self.class_name()
        text_tag, style = self.random.choice(["p", "div", "p", "span"]), self.random.randint(0, 3)
        if heading := self.random.choice(COMMENT_HEADINGS):
            box.append(element(self.random.choice(["h2", "h3", "div", "p"]), heading))
        for _ in range(self.random.randint(3, 25)):
            item, person = element(item_tag, None, item_class), self.random.choice(PEOPLE)
            if style == 0:
                item.append(element("div", f"{person} · {self.moment()}", head_class))
            elif style == 1:
                item.append(element("h4", person))
                item.append(element("span", self.moment(), head_class))
            elif style == 2:
                item.append(element("b", person))
            for _ in range(self.random.choice([1, 1, 1, 2, 3])):
                item.append(element(text_tag, self.some_sentences(1, 4), text_class))
            if style == 3:
                item.append(element("p", f"— {person}, {self.random.choice(['Leeds', 'Ohio', 'by email'])}", head_class))
            if self.chance(.4):
                item.append(self.link(self.random.choice(["Reply", "Report", "Like", "Antworten"])))
            box.append(item)
        return box

    def link(self, text):
        made = element("a", text)
        made.set("href", "/x")
        return made

    def teasers(self):
        box = element(self.random.choice(["div", "section", "ul", "div", "aside"]), None, self.class_name())
        item_tag = "li" if box.tag == "ul" else self.random.choice(["div", "article", "div"])
        item_class, head_class, text_class = self.class_name(), self.class_name(), self.class_name()
        head_tag = self.random.choice(["h2", "h3", "h4", "div", None])
        linked, glued = self.chance(.75), self.chance(.2)
        if heading := self.random.choice(TEASER_HEADINGS):
            box.append(element(self.random.choice(["h2", "h3", "div", "p"]), heading))
        for _ in range(self.random.randint(3, 14)):
            item, title = element(item_tag, None, item_class), self.random.choice(self.titles)
            deck = self.some_sentences(1, 2)[:self.random.randint(90, 260)] + self.random.choice(["…", "...", "", " [...]"])
            box.append(item)
            if glued:
                item.append(element("p", title + " " + deck, text_class))
                continue
            if head_tag:
                head = element(head_tag, None if linked else title, head_class)
                if linked:
                    head.append(self.link(title))
                item.append(head)
            if self.chance(.5):
                item.append(element("div", self.moment()))
            item.append(element("p", deck, text_class))
            if self.chance(.3):
                item.append(self.link("Read more"))
        return box

    def next_article(self, article):
        """A copy of the article's element with the text of another one."""
        made, truth = copy.deepcopy(article), self.random.choice(self.truths)
        paragraphs = [line for line in truth["text"].split("\n") if line.strip()]
        for inner in [e for e in made.iter("p", "h1", "h2", "h3", "li", "div") if len((e.text or "").strip()) > 20 and len(e) < 3]:
            for child in list(inner):
                inner.remove(child)
            inner.text = self.random.choice(paragraphs) if inner.tag == "p" else self.some_sentences(1, 1)
        title = truth.get("title") or self.random.choice(self.titles)
        heading = next(made.iter("h1"), None)
        if heading is None:
            heading = element(self.random.choice(["h1", "h2", "h2"]))
            made.insert(0, heading)
        for child in list(heading):
            heading.remove(child)
        heading.text = title
        if self.chance(.6):
            heading.tag = "h2"
        return made

    def vary(self, page, text):
        """The changed page, or nothing where its article was not found in it."""
        document = lxml.html.document_fromstring(page)
        body, paragraphs = find_article(document, text)
        if body is None or body.getparent() is None:
            return None
        if body in paragraphs:
            body = self.parent(body)
        self.wrap_edges(paragraphs)
        self.add_around(body)
        self.hide(body)
        self.rename(document, body, paragraphs)
        return lxml.html.tostring(document, encoding="utf-8", doctype="<!DOCTYPE html>")

    def wrap_edges(self, paragraphs):
        """Puts the last paragraph into a <footer>, or the first one into a <header>."""
        whole = [node for node in paragraphs if node.tag == "p"]
        if len(whole) < 4 or not self.chance(.15):
            return
        last = self.chance(.7)
        node, around = whole[-1 if last else 0], element("footer" if last else "header")
        parent = node.getparent()
        around.tail, node.tail = node.tail, None
        parent[parent.index(node)] = around
        around.append(node)

    def consent(self):
        """What visitors are asked, before they see the page."""
        box = element(self.random.choice(["div", "div", "section", "dialog", "aside"]), None, self.class_name())
        if box.tag == "dialog":
            box.set("open", "")
        if self.chance(.6):
            box.append(element(self.random.choice(["h2", "h3", "div"]), self.random.choice(
                ["We value your privacy", "Your choices", "Wir brauchen Ihre Zustimmung", "Before you go on"])))
        first = self.random.choice(["We and our %d partners", "Our %d vendors", "This site and %d advertisers", "Wir und unsere %d Partner"])
        rest = self.random.choice([
            " store and read information on your device, such as cookies, to show personal advertising and measure it.",
            " process personal data, such as identifiers in cookies, with your consent or on the basis of legitimate interest.",
            " speichern Informationen auf Ihrem Gerät, etwa in Cookies, um Anzeigen auszuwählen und zu messen.",
            " use cookies and similar technology to remember your choices, to count visitors and to make the site safer."])
        for _ in range(self.random.choice([1, 2, 3, 8, 12])):
            box.append(element("p", first % self.random.randint(20, 900) + rest))
        box.append(self.link(self.random.choice(["Accept all", "Settings", "Alle akzeptieren"])))
        return box

    def other_stories(self):
        """Paragraphs of other articles, without a headline."""
        box = element("div", None, self.random.choice([None, "more", self.class_name()]))
        for _ in range(self.random.randint(1, 3)):
            paragraphs = [line for line in self.random.choice(self.truths)["text"].split("\n") if len(line) > 80]
            for text in paragraphs[:self.random.randint(2, 5)]:
                box.append(element("p", text))
        return box

    def add_around(self, body):
        if self.chance(.12):
            root = body.getroottree().getroot().find("body")
            (body if root is None else root).insert(0, self.consent())
        if self.chance(.1) and body.tag != "body":
            self.ancestor(body).addnext(self.other_stories())
        if self.chance(.2):
            article = self.ancestor(body)
            if article.tag not in ("body", "html"):
                for _ in range(self.random.choice([1, 1, 2, 3])):
                    article.addnext(self.next_article(article))
        if self.chance(.45):
            if body.tag != "body" and self.chance(.6):
                self.ancestor(body).addnext(self.comments())
            else:
                body.append(self.comments())
        if self.chance(.35):
            place = self.random.random()
            if body.tag == "body" or place < .35:
                body.append(self.teasers())
            elif place < .7:
                self.parent(body).append(self.teasers())
            elif place < .85:
                body.addprevious(self.teasers())
            else:
                body.insert(0, self.teasers())

    def parent(self, node):
        around = node.getparent()
        return node if around is None or around.tag == "html" else around

    def ancestor(self, node):
        for _ in range(self.random.randint(0, 2)):
            if node.getparent().tag not in ("body", "html"):
                node = node.getparent()
        return node

    def hide(self, body):
        if body.tag == "body" or not self.chance(.15):
            return
        way = self.random.choice(["aria-hidden", "hidden", "display:none", "visibility:hidden", "noscript", "template", "dialog"])
        if way in ("aria-hidden", "hidden"):
            body.set(way, "true")
        elif ":" in way:
            body.set("style", way)
        else:
            around, parent = element(way), body.getparent()
            around.tail, body.tail = body.tail, None
            parent[parent.index(body)] = around
            around.append(body)

    def rename(self, document, body, paragraphs):
        if self.chance(.25):
            for node in document.iter():
                if isinstance(node.tag, str):
                    for name in ("class", "id", "role", "itemprop"):
                        node.attrib.pop(name, None)
        elif self.chance(.4):
            name = self.random.choice(["%s", "%s", "post-%s", "%s-box", "page_%s", "main %s"]) % self.random.choice(MISLEADING)
            chain = [node for node in [body, *body.iterancestors()] if node.tag not in ("body", "html")]
            for node in paragraphs if self.chance(.3) or not chain else [self.random.choice(chain)]:
                node.set("class", name)
        if self.chance(.2):
            for node in list(document.iter("article", "main", "section")):
                node.tag = "div"
        if self.chance(.06) and body.tag not in ("body", "html"):
            body.tag = self.random.choice(["aside", "form", "header", "footer", "nav", "td"])


def find_article(document, text):
    """The innermost element that holds most of the article, and the elements whose own text is of it."""
    words = WORD.findall(text.lower())
    known = {tuple(words[i:i + RUN]) for i in range(len(words) - RUN + 1)}
    paragraphs, mass = {}, Counter()
    for node in document.iter():
        if not isinstance(node.tag, str) or node.tag in ("script", "style", "head", "title", "noscript", "template"):
            continue
        own = WORD.findall(((node.text or "") + " " + " ".join(child.tail or "" for child in node)).lower())
        runs = len(own) - RUN + 1
        shared = sum(tuple(own[i:i + RUN]) in known for i in range(runs))
        if runs > RUN and shared > .6 * runs:
            paragraphs[node] = shared
    for node, shared in paragraphs.items():
        for around in [node, *node.iterancestors()]:
            mass[around] += shared
    body = None
    for node in document.iter():
        if node in mass and mass[node] >= .8 * sum(paragraphs.values()):
            body = node
    return body, list(paragraphs)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--others", type=pathlib.Path, action="append", default=[])
    options = parser.parse_args()
    truth = json.loads((options.set / "truth.json").read_text())
    truths = [row for folder in [options.set, *options.others] for row in json.loads((folder / "truth.json").read_text()).values()]
    varier = Varier(truths, options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    made = 0
    for name, row in truth.items():
        page = varier.vary((options.set / f"{name}.html").read_bytes(), row["text"])
        if page:
            (options.out / f"{name}.html").write_bytes(page)
            made += 1
    print(f"{made} of {len(truth)} pages varied")


if __name__ == "__main__":
    main()
