#!/usr/bin/env python3
"""Makes graded spun versions of articles, the way an automatic spinner does, with a record of every replacement.

  python3 datasets/recipes/spin.py articles.jsonl --share 0.1,0.3,0.5 --seed 7 --out spun.jsonl
  python3 datasets/recipes/spin.py datasets/samples/vent-field/original.txt --share 0.3 --no-boilerplate --out -

README.md beside this file says what the output holds and how the share is counted.
"""

import argparse
import hashlib
import json
import math
import os
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
TABLE = HERE / "spinner-words.tsv"
WORDNET = pathlib.Path("/usr/share/wordnet")
LOWEST_SHARE, HIGHEST_SHARE = 0.05, 0.6

# A word, as the share counts it: letters and digits, joined inside by apostrophes, hyphens, or the marks of a number.
WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+|(?<=\d)[.,](?=\d)[^\W_]+)*")

# How readily a spinner takes each kind of place. Padded function words come last: they fill the high shares.
EAGERNESS = {"number": 4.0, "phrase": 3.0, "table": 2.0, "wordnet": 1.0, "padding": 0.2}
# Out of ten places of one word, so many get the replacement that this spinner prefers for it.
HABIT = 0.8


# ---------------------------------------------------------------- chance

def chance(*key):
    """A number in [0, 1) that depends on nothing but the key: no state, so that one edit cannot disturb another."""
    digest = hashlib.blake2b("\x1f".join(map(str, key)).encode("utf-8"), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2.0**64


def pick(options, *key):
    return options[int(chance(*key) * len(options))]


# ---------------------------------------------------------------- inflection

# base, past, participle; where two forms are the same, both are given.
IRREGULAR_VERBS = """be was been|bear bore borne|beat beat beaten|become became become|begin began begun|break broke broken
bring brought brought|build built built|burn burned burned|burst burst burst|buy bought bought|cast cast cast
catch caught caught|choose chose chosen|come came come|cost cost cost|cut cut cut|deal dealt dealt|do did done
draw drew drawn|drive drove driven|eat ate eaten|fall fell fallen|feel felt felt|fight fought fought|find found found
flee fled fled|fly flew flown|forbid forbade forbidden|foretell foretold foretold|forget forgot forgotten|get got got
give gave given|go went gone|grow grew grown|hang hung hung|have had had|hear heard heard|hide hid hidden|hit hit hit
hold held held|hurt hurt hurt|keep kept kept|know knew known|lead led led|leave left left|lend lent lent|let let let
lose lost lost|make made made|mean meant meant|meet met met|overcome overcame overcome|pay paid paid|put put put
read read read|ride rode ridden|rise rose risen|run ran run|say said said|see saw seen|seek sought sought|sell sold sold
send sent sent|set set set|shoot shot shot|show showed shown|shut shut shut|sit sat sat|slay slew slain
speak spoke spoken|spend spent spent|split split split|spread spread spread|stand stood stood|steal stole stolen
strike struck struck|strive strove striven|sweep swept swept|take took taken|teach taught taught|tell told told
think thought thought|throw threw thrown|undergo underwent undergone|understand understood understood
undertake undertook undertaken|wear wore worn|win won won|withdraw withdrew withdrawn|withstand withstood withstood
write wrote written|overwhelm overwhelmed overwhelmed|cave caved caved"""
PAST, PARTICIPLE = {}, {}
for _entry in IRREGULAR_VERBS.replace("\n", "|").split("|"):
    _base, _past, _participle = _entry.split()
    PAST[_base], PARTICIPLE[_base] = _past, _participle
IRREGULAR_PLURALS = {"man": "men", "woman": "women", "child": "children", "person": "people", "life": "lives",
                     "wife": "wives", "half": "halves", "foot": "feet", "crisis": "crises", "leaf": "leaves",
                     "shelf": "shelves", "basis": "bases", "hero": "heroes", "analysis": "analyses", "wolf": "wolves",
                     "knife": "knives", "half-life": "half-lives", "businessman": "businessmen",
                     "spokesman": "spokesmen", "chairman": "chairmen", "policeman": "policemen", "aircraft": "aircraft",
                     "series": "series", "police": "police", "people": "people", "media": "media", "data": "data",
                     "news": "news", "goods": "goods", "staff": "staff", "equipment": "equipment", "fish": "fish",
                     "information": "information", "evidence": "evidence", "research": "research"}
STRESSED_END = {"admit", "commit", "permit", "submit", "refer", "prefer", "occur", "regret", "control", "compel", "expel",
                "transfer", "deter", "begin", "forget", "forbid", "confer", "equip", "propel", "annul", "abhor", "acquit"}
FORMS = ("base", "third", "past", "participle", "gerund")


def _doubles(word):
    if word in STRESSED_END:
        return True
    return bool(re.fullmatch(r"[^aeiou]*[aeiou][bdfgklmnprstvz]", word)) and len(word) > 2


def plural(word):
    if word in IRREGULAR_PLURALS:
        return IRREGULAR_PLURALS[word]
    return _add_s(word)


def _add_s(word):
    if re.search(r"(s|x|z|ch|sh)$", word) or word in ("go", "do", "undergo", "veto", "echo"):
        return word + "es"
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + "s"


def _add_ed(word):
    if word.endswith("e"):
        return word + "d"
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ied"
    return word + (word[-1] if _doubles(word) else "") + "ed"


def conjugate(verb, form):
    """The form of a verb or of a phrase whose first word is the verb: (make stronger, past) → made stronger."""
    head, space, rest = verb.partition(" ")
    if form == "third":
        head = {"have": "has", "be": "is"}.get(head) or _add_s(head)
    elif form == "past":
        head = PAST.get(head) or _add_ed(head)
    elif form == "participle":
        head = PARTICIPLE.get(head) or _add_ed(head)
    elif form == "gerund":
        if head.endswith("ie"):
            head = head[:-2] + "ying"
        elif re.search(r"[^eoy]e$", head) and head != "be":
            head = head[:-1] + "ing"
        else:
            head += (head[-1] if _doubles(head) else "") + "ing"
    return head + space + rest


def pluralize(noun):
    """The plural of a noun or of a phrase whose last word is the noun; a phrase that counts for itself stays."""
    head, space, tail = noun.rpartition(" ")
    if noun[:1].isdigit() or tail.endswith("s") and tail not in ("boss", "class", "business", "bus", "princess"):
        return noun
    if " of " in noun or " or " in noun:
        return noun
    return head + space + plural(tail)


# ---------------------------------------------------------------- words and what replaces them

class Table:
    """spinner-words.tsv, with every inflected form spelled out."""

    def __init__(self, path):
        self.words = {}    # form → replacements
        self.padding = {}  # function word → replacements
        self.phrases = {}  # first word → [(words, replacements)], longest first
        self.notices = {}  # the same, inside copyright notices
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            fields = line.split("\t")
            if len(fields) not in (2, 3) or not fields[0] or not fields[1]:
                raise SystemExit(f"{path}:{number}: not word<TAB>replacement|replacement[<TAB>class]")
            self._add(fields[0], fields[1].split("|"), fields[2] if len(fields) == 3 else "", f"{path}:{number}")
        for phrases in (self.phrases, self.notices):
            for entries in phrases.values():
                entries.sort(key=lambda entry: (-len(entry[0]), entry[0]))

    def _add(self, word, replacements, kind, where):
        if kind == "notice":
            self._phrase(self.notices, word, replacements)
        elif " " in word:
            self._phrase(self.phrases, word, replacements)
        elif kind == "pad":
            self._word(self.padding, word, replacements)
        elif kind == "v":
            for form in FORMS:
                self._word(self.words, conjugate(word, form), [conjugate(other, form) for other in replacements])
        elif kind == "n":
            self._word(self.words, word, replacements)
            self._word(self.words, plural(word), [pluralize(other) for other in replacements])
        elif kind == "":
            self._word(self.words, word, replacements)
        else:
            raise SystemExit(f"{where}: unknown class '{kind}'; there are v, n, pad and notice")

    @staticmethod
    def _phrase(phrases, text, replacements):
        words = tuple(text.split(" "))
        phrases.setdefault(words[0], []).append((words, replacements))

    @staticmethod
    def _word(words, form, replacements):
        known = words.setdefault(form, [])
        known.extend(other for other in replacements if other != form and other not in known)


class WordNet:
    """Synonyms from the WordNet files, read where they lie: the index in memory, a synset when it is asked for."""

    PARTS = ("noun", "verb", "adj", "adv")
    # Forms of verbs and words of grammar, whose WordNet senses (the element As, the blood group A) even a spinner avoids.
    SILENT = frozenset("""a am an and are as at be been being but by can could did do does done for had has have he her
        hers him his i if in is it its may me might more most must my no nor not of off on or our out over she should so
        than that the their them then there these they this those to too up us was we were what when which who whom
        whose why will with would you your one two three four five six seven eight nine ten mr mrs ms dr""".split())

    def __init__(self, folder):
        self._index, self._data, self._exceptions, self._known = {}, {}, {}, {}
        for part in self.PARTS:
            index = {}
            with open(folder / f"index.{part}", encoding="ascii", errors="replace") as lines:
                for line in lines:
                    if not line.startswith(" "):
                        lemma, rest = line.split(" ", 1)
                        if "_" not in lemma:
                            index[lemma] = rest
            self._index[part] = index
            self._data[part] = open(folder / f"data.{part}", "rb")
            exceptions = {}
            try:
                for line in (folder / f"{part}.exc").read_text(encoding="ascii", errors="replace").splitlines():
                    form, base = line.split()[:2]
                    exceptions.setdefault(form, base)
            except OSError:
                pass  # regular forms are still found
            self._exceptions[part] = exceptions

    def close(self):
        for data in self._data.values():
            data.close()

    def synonyms(self, form):
        """Replacements for the form as it stands, inflected alike, best known sense first."""
        if form not in self._known:
            found = []
            if form not in self.SILENT and len(form) > 2 and form.isalpha():
                for part in self.PARTS:
                    for base, inflect in self._bases(form, part):
                        for other in self._synset_words(base, part):
                            word = inflect(other)
                            if word != form and word not in found:
                                found.append(word)
            self._known[form] = found[:4]
        return self._known[form]

    def _bases(self, form, part):
        """(lemma, how to give a synonym the form's ending); the form itself first, one regular or listed base after."""
        index = self._index[part]
        if form in index:
            yield form, lambda word: word
            return
        for ending, base in self._endings(form, part):
            if base in index:
                yield base, ending
                return

    def _endings(self, form, part):
        irregular = self._exceptions[part].get(form)
        if part == "noun":
            for base in filter(None, (irregular, form[:-1] if form.endswith("s") else None,
                                      form[:-2] if form.endswith("es") else None,
                                      form[:-3] + "y" if form.endswith("ies") else None)):
                yield pluralize, base
        elif part == "verb":
            for kind, pairs in (("gerund", (("ing", ""), ("ing", "e"))), ("past", (("ed", ""), ("ed", "e"), ("ied", "y"))),
                                ("third", (("ies", "y"), ("es", ""), ("s", "")))):
                def inflect(word, kind=kind):
                    return conjugate(word, kind)
                for ending, instead in pairs:
                    if form.endswith(ending):
                        base = form[:-len(ending)] + instead
                        yield inflect, base
                        if instead == "" and len(base) > 2 and base[-1] == base[-2]:
                            yield inflect, base[:-1]
            if irregular:
                kind = "gerund" if form.endswith("ing") else "past"
                yield (lambda word: conjugate(word, kind)), irregular

    def _synset_words(self, base, part):
        fields = self._index[part][base].split()
        pointers = int(fields[2])
        senses, tagged = int(fields[3 + pointers]), int(fields[4 + pointers])
        offsets = fields[5 + pointers:5 + pointers + senses]
        words = []
        # Two senses at most, and of those only what texts attest: a spinner is wrong, but not with every rare sense.
        for offset in offsets[:max(1, min(2, tagged))]:
            self._data[part].seek(int(offset))
            line = self._data[part].readline().decode("ascii", errors="replace").split()
            for i in range(int(line[3], 16)):
                word = re.sub(r"\(\w+\)$", "", line[4 + 2 * i])
                if word.lower() != base and word.islower() and re.fullmatch(r"[a-z-]+(_[a-z-]+)?", word):
                    words.append(word.replace("_", " "))
        return words


UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen \
eighteen nineteen twenty".split()
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
ORDINALS = {"third": "3rd", "fourth": "4th", "fifth": "5th", "sixth": "6th", "seventh": "7th", "eighth": "8th",
            "ninth": "9th", "tenth": "10th", "twentieth": "20th"}
IN_DIGITS = {**{word: str(value) for value, word in enumerate(UNITS) if value > 1},
             **{word: str(value) for word, value in TENS.items()}, **ORDINALS}
IN_WORDS = {digits: word for word, digits in IN_DIGITS.items()}
CENTURIES = {"16": "Sixteen", "17": "Seventeen", "18": "Eighteen", "19": "Nineteen", "20": "Twenty"}
DECADES = {"20": "Twenties", "30": "Thirties", "40": "Forties", "50": "Fifties", "60": "Sixties", "70": "Seventies",
           "80": "Eighties", "90": "Nineties"}


def other_way(text, match):
    """A number written the other way: (begin, end, instead), or None. `match` is the word at which it begins."""
    word, begin, end = match.group(), match.start(), match.end()
    before, after = text[begin - 1:begin], text[end:end + 1]
    decade = re.fullmatch(r"(\d\d)(\d0)['\u2019]?s", word)
    if decade and decade[1] in CENTURIES and decade[2] in DECADES:
        return begin, end, f"{CENTURIES[decade[1]]} {DECADES[decade[2]]}"
    spelled = re.compile(r"(sixteen|seventeen|eighteen|nineteen|twenty) (twenties|thirties|forties|fifties|sixties|"
                         r"seventies|eighties|nineties)\b", re.IGNORECASE).match(text, begin)
    if spelled:
        first = {name.lower(): digits for digits, name in CENTURIES.items()}[spelled[1].lower()]
        second = {name.lower(): digits for digits, name in DECADES.items()}[spelled[2].lower()]
        return begin, spelled.end(), first + second + "s"
    if re.fullmatch(r"\d+(?:[.,]\d+)*", word):
        percent = re.compile(r" (?:percent|per cent)\b").match(text, end)
        if percent:
            return begin, percent.end(), word + "%"
        if after == "%":
            return begin, end + 1, word + (" percent" if chance("percent", word) < 0.7 else " per cent")
        # A sum, a date, a score or an hour keeps its digits: "two:30" would be no number any more.
        if word in IN_WORDS and not re.match(r"[$€£¥#:/.,-]", before) and not re.match(r"[%°:/-]|[.,]\d", text[end:end + 2]) \
                and not re.search(r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? $", text[max(0, begin - 12):begin]) \
                and not re.match(r" (?:January|February|March|April|May|June|July|August|September|October|November|"
                                 r"December)\b", text[end:end + 12]):
            return begin, end, IN_WORDS[word]
    if word in IN_WORDS and not word.isdigit():
        return begin, end, IN_WORDS[word]
    if word.lower() in IN_DIGITS:
        return begin, end, IN_DIGITS[word.lower()]
    return None


# ---------------------------------------------------------------- one article

def dressed_as(model, word):
    """The replacement in the case of what it replaces."""
    letters = [c for c in model if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return word.upper()
    if model[:1].isupper() and word[:1].islower():
        return word[:1].upper() + word[1:]
    return word


def quotations(text):
    """Spans inside quotation marks; a quotation that is not closed ends with its line."""
    return [match.span() for match in re.finditer(r"“[^”\n]*(?:”|$)|\"[^\"\n]*(?:\"|$)|«[^»\n]*(?:»|$)", text, re.MULTILINE)]


def notice_lines(text):
    """Spans of the lines that hold a copyright notice."""
    return [match.span() for match in re.finditer(r"^.*$", text, re.MULTILINE)
            if re.search(r"\bcopyright\b|©|\(c\) *\d{4}|all rights reserved", match.group(), re.IGNORECASE)]


def inside(position, spans):
    return any(begin <= position < end for begin, end in spans)


class Site:
    """A place where this spinner would write something else, were its share high enough."""

    __slots__ = ("begin", "end", "instead", "kind", "source", "words")

    def __init__(self, begin, end, instead, kind, source, words):
        self.begin, self.end, self.instead, self.kind, self.source, self.words = begin, end, instead, kind, source, words


class Spinner:
    def __init__(self, table, wordnet, seed, names, quotes, boilerplate):
        self.table, self.wordnet, self.seed = table, wordnet, seed
        self.names, self.quotes, self.boilerplate = names, quotes, boilerplate

    def spin(self, article_id, text, title, shares):
        """Yields (spun text, true share, substitutions) per share."""
        words = list(WORD.finditer(text))
        notices = notice_lines(text) if self.boilerplate else []
        sites = self._sites(article_id, text, words, notices)
        # One order for all shares, and each share takes a prefix of it: that is what nests them.
        sites.sort(key=lambda site: (self._turn(article_id, site), site.begin))
        frame = self._frame(article_id, text, title, words, notices) if self.boilerplate else []
        for share in shares:
            taken, covered = self._take(sites, share * len(words))
            spun, substitutions = write(text, taken + frame)
            yield spun, (covered / len(words) if words else 0.0), substitutions

    def _turn(self, article_id, site):
        # Weighted order without replacement (Efraimidis and Spirakis 2006): eager places tend to come early.
        luck = chance(self.seed, article_id, "turn", site.begin)
        return -math.log(1.0 - luck) / EAGERNESS[site.source]

    @staticmethod
    def _take(sites, wanted):
        covered, count = 0, 0
        for site in sites:
            if covered >= wanted or covered + site.words - wanted > wanted - covered:
                break
            covered += site.words
            count += 1
        return sites[:count], covered

    def _sites(self, article_id, text, words, notices):
        quoted = quotations(text)
        sites, position = [], 0
        while position < len(words):
            match = words[position]
            site, used = None, 1
            if not inside(match.start(), notices) and self._may_touch(article_id, text, match, quoted):
                site, used = self._site_at(article_id, text, words, position)
            if site is not None and text[site.begin:site.end] != site.instead:
                sites.append(site)
            position += used
        return sites

    def _may_touch(self, article_id, text, match, quoted):
        begin = match.start()
        if inside(begin, quoted) and chance(self.seed, article_id, "quote", begin) >= self.quotes:
            return False
        if match.group()[:1].isupper() and not starts_sentence(text, begin):
            return chance(self.seed, article_id, "name", begin) < self.names
        if match.group()[:1].isupper() and re.match(r"[ ]+[A-Z]", text[match.end():match.end() + 2]):
            # At the head of a sentence, a capital before a capital is most often a name of two words.
            return chance(self.seed, article_id, "name", begin) < max(self.names, 0.2)
        return True

    def _site_at(self, article_id, text, words, position):
        match = words[position]
        begin, end, word = match.start(), match.end(), match.group()
        number = other_way(text, match)
        if number is not None:
            covered = sum(1 for other in words[position:position + 4] if other.start() < number[1])
            instead = number[2] if number[2][:1].isdigit() or number[2][:1].isupper() else dressed_as(word, number[2])
            return Site(number[0], number[1], instead, "number", "number", covered), covered
        found = self._phrase_at(self.table.phrases, text, words, position)
        if found is not None:
            count, replacements = found
            last = words[position + count - 1].end()
            # Judged by its first letter: a capitalised phrase is one at the head of a sentence, not one in capitals.
            instead = self._choose(article_id, text[begin:last].lower(), replacements, begin)
            return Site(begin, last, dressed_as(word if len(word) > 1 else word.capitalize(), instead)
                        if word[:1].isupper() else instead, "phrase", "phrase", count), count
        low, tail = word.lower(), ""
        genitive = re.fullmatch(r"(.+)(['\u2019]s)", low)
        if genitive:
            low, tail = genitive[1], word[-2:]
        source, replacements = "table", self.table.words.get(low)
        if not replacements and not tail:
            source, replacements = "padding", self.table.padding.get(low)
        if not replacements and self.wordnet is not None:
            source, replacements = "wordnet", self.wordnet.synonyms(low)
        if not replacements:
            return None, 1
        chosen = self._choose(article_id, low, replacements, begin)
        kind = "padding" if source == "padding" else "phrase" if " " in chosen else "synonym"
        return Site(begin, end, dressed_as(word, chosen) + tail, kind, source, 1), 1

    def _choose(self, article_id, word, replacements, begin):
        """This spinner's habit for the word, in every article; now and then another."""
        if chance(self.seed, article_id, "habit", begin) < HABIT:
            return pick(replacements, self.seed, "habit", word)
        return pick(replacements, self.seed, article_id, "choice", begin)

    @staticmethod
    def _phrase_at(phrases, text, words, position):
        for parts, replacements in phrases.get(words[position].group().lower(), ()):
            if position + len(parts) > len(words):
                continue
            begin, end = words[position].start(), words[position + len(parts) - 1].end()
            if text[begin:end].lower() == " ".join(parts) and not any(
                    words[position + i].group()[:1].isupper() for i in range(1, len(parts))):
                return len(parts), replacements
        return None

    def _frame(self, article_id, text, title, words, notices):
        """What the scraper's page puts around the article, and the notice, spun like the rest. The same for all shares."""
        first = text.strip().split("\n", 1)[0].strip()
        headline = title.strip() if title else first
        if not headline or len(headline) > 160 or (not title and headline.endswith((".", "!", "?"))):
            headline = ""
        section = pick(("News", "World", "Local", "Business", "Politics", "Top Stories"), self.seed, article_id, "section")
        crumbs = pick(("Home {} {}", "Home > {} > {}", "Menu Search Home {} {}", "Skip to content Home / {} / {}"),
                      self.seed, "crumbs")
        front = [crumbs.format(section, headline).rstrip(" >/")]
        if headline:
            front += [headline] * (1 if headline == first else 2)
        footer = pick(("Back to the full site", "Leave the mobile view", "Share this post Print Email", "Older posts Newer posts"),
                      self.seed, "footer")
        frame = [Site(0, 0, "\n\n".join(front) + "\n\n", "boilerplate", "boilerplate", 0),
                 Site(len(text), len(text), "\n\n" + footer, "boilerplate", "boilerplate", 0)]
        position = 0
        while position < len(words):
            used = 1
            if inside(words[position].start(), notices):
                found = self._phrase_at(self.table.notices, text, words, position)
                if found is not None:
                    used, replacements = found
                    begin, end = words[position].start(), words[position + used - 1].end()
                    instead = pick(replacements, self.seed, "habit", text[begin:end].lower())
                    frame.append(Site(begin, end, dressed_as(words[position].group(), instead), "boilerplate",
                                      "boilerplate", 0))
            position += used
        return frame


def starts_sentence(text, begin):
    before = text[max(0, begin - 40):begin].rstrip(" \t\u00a0“”\"'‘«(")
    return not before or before[-1] in "\n.!?:…" and not re.search(r"(?:^|\W)(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Gov|Lt|Col)\.$",
                                                                   before[-6:])


def write(text, sites):
    """The text with every site replaced, and the list of what was replaced, in order."""
    parts, substitutions, position, length = [], [], 0, 0
    for site in sorted(sites, key=lambda site: (site.begin, site.end)):
        parts.append(text[position:site.begin])
        length += site.begin - position
        substitutions.append({"original": text[site.begin:site.end], "suspect": site.instead,
                              "original_span": [site.begin, site.end],
                              "suspect_span": [length, length + len(site.instead)], "kind": site.kind})
        parts.append(site.instead)
        length += len(site.instead)
        position = site.end
    parts.append(text[position:])
    return "".join(parts), substitutions


# ---------------------------------------------------------------- in and out

def read_articles(inputs):
    """Yields (id, text, title) of JSON Lines files, plain text files, folders of both, and - for JSON Lines on stdin."""
    for name in inputs:
        if name == "-":
            yield from read_lines("-", sys.stdin.buffer.read())
            continue
        path = pathlib.Path(name)
        if path.is_dir():
            files = sorted(p for p in path.rglob("*") if p.is_file() and p.suffix in (".txt", ".jsonl"))
        else:
            files = [path]
        for file in files:
            content = file.read_bytes()
            if file.suffix in (".jsonl", ".ndjson", ".json"):
                yield from read_lines(str(file), content)
            else:
                yield file.as_posix(), content.decode("utf-8"), None


def read_lines(name, content):
    for number, line in enumerate(content.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            text = record["text"]
            text.encode("utf-8")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"{name}:{number}: no article: {error}") from error
        title = record.get("title")
        yield str(record.get("id", f"{name}#{number}")), text, title if isinstance(title, str) else None


def shares_of(text):
    shares = []
    for part in text.split(","):
        share = float(part)
        if not LOWEST_SHARE <= share <= HIGHEST_SHARE:
            raise argparse.ArgumentTypeError(f"{part}: a share lies between {LOWEST_SHARE} and {HIGHEST_SHARE}")
        shares.append(share)
    return shares


def fraction(text):
    value = float(text)
    if not 0.0 <= value <= 1.0:
        raise argparse.ArgumentTypeError(f"{text}: lies between 0 and 1")
    return value


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("input", nargs="+", help="JSON Lines with id and text, plain text, a folder of both, or - for stdin")
    parser.add_argument("--share", type=shares_of, action="append", required=True, metavar="S[,S...]",
                        help=f"share of words to replace, {LOWEST_SHARE} to {HIGHEST_SHARE}; several give several versions")
    parser.add_argument("--seed", default="1", help="another seed is another spinner (default 1)")
    parser.add_argument("--out", required=True, metavar="FILE", help="JSON Lines, or - for stdout")
    parser.add_argument("--no-boilerplate", action="store_true", help="no navigation, headline, footer, spun notice")
    parser.add_argument("--names", type=fraction, default=0.02, metavar="P",
                        help="chance that a capitalised word inside a sentence is touched (default 0.02)")
    parser.add_argument("--quotes", type=fraction, default=0.05, metavar="P",
                        help="chance that a word inside quotation marks is touched (default 0.05)")
    parser.add_argument("--words", type=pathlib.Path, default=TABLE, metavar="TSV", help="another word table")
    parser.add_argument("--wordnet", metavar="DIR", help=f"WordNet's files (default {WORDNET} where it exists; none: without)")
    options = parser.parse_args(arguments)

    if options.wordnet is None:
        folder = WORDNET if (WORDNET / "index.noun").exists() else None
    else:
        folder = None if options.wordnet == "none" else pathlib.Path(options.wordnet)
    shares = sorted({share for group in options.share for share in group})
    wordnet = None
    out = sys.stdout.buffer if options.out == "-" else None
    short = 0
    partial = f"{options.out}.partial"
    try:
        wordnet = WordNet(folder) if folder else None
        spinner = Spinner(Table(options.words), wordnet, options.seed, options.names, options.quotes,
                          not options.no_boilerplate)
        if out is None:
            out = open(partial, "wb")
        for article_id, text, title in read_articles(options.input):
            for share, (spun, covered, substitutions) in zip(shares, spinner.spin(article_id, text, title, shares)):
                record = {"id": f"{article_id}/spun-{share:.2f}", "text": spun, "original_id": article_id,
                          "share": round(covered, 6), "substitutions": substitutions}
                out.write(json.dumps(record, ensure_ascii=False).encode("utf-8") + b"\n")
                short += covered < share - 0.02
        out.flush()
        if options.out != "-":
            out.close()
            os.replace(partial, options.out)
    except (OSError, ValueError) as error:
        print(f"spin: {error}", file=sys.stderr)
        if options.out != "-" and os.path.exists(partial):
            out.close()
            os.remove(partial)
        return 2
    finally:
        if wordnet is not None:
            wordnet.close()
    if short:
        print(f"spin: {short} versions stay more than 0.02 below the share asked for: too few words of theirs are known"
              + ("" if folder else "; WordNet would help (--wordnet)"), file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
