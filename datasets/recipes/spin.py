#!/usr/bin/env python3
"""Makes spun versions of articles at given shares, as an automatic spinner does, with a record of every replacement.

  python3 datasets/recipes/spin.py articles.jsonl --share 0.1,0.3,0.5 --seed 7 --out spun.jsonl
  python3 datasets/recipes/spin.py datasets/samples/vent-field/original.txt --share 0.3 --no-boilerplate --out -

README.md beside this file describes the output and how the share is counted.
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
MIN_SHARE, MAX_SHARE = 0.05, 0.6

# The words that the share counts: letters and digits, with apostrophes, hyphens, or commas and points of numbers inside.
WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+|(?<=\d)[.,](?=\d)[^\W_]+)*")

# Weight of each source of replacements: the higher, the earlier it is used. Padded function words come last and occur
# only at high shares.
SOURCE_WEIGHTS = {"number": 4.0, "phrase": 3.0, "table": 2.0, "wordnet": 1.0, "padding": 0.2}
# Probability that an occurrence of a word gets the replacement that this spinner prefers for the word.
PREFERENCE = 0.8


# ---------------------------------------------------------------- chance

def chance(*key):
    """A pseudo-random number in [0, 1) that depends only on the key. It has no state, so edits do not affect each other."""
    digest = hashlib.blake2b("\x1f".join(map(str, key)).encode("utf-8"), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2.0**64


def pick(options, *key):
    """One of the options, chosen by the key."""
    return options[int(chance(*key) * len(options))]


# ---------------------------------------------------------------- inflection

# base, past, participle
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
# Verbs of several syllables that double their last consonant: the stress is on the last syllable.
STRESSED_END = {"admit", "commit", "permit", "submit", "refer", "prefer", "occur", "regret", "control", "compel", "expel",
                "transfer", "deter", "begin", "forget", "forbid", "confer", "equip", "propel", "annul", "abhor", "acquit"}
FORMS = ("base", "third", "past", "participle", "gerund")


def _doubles(word):
    """Whether the last consonant is doubled before -ed and -ing."""
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
    """Inflects a verb, or the first word of a phrase: ("make stronger", "past") → "made stronger"."""
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
    """The plural of a noun, or of a phrase whose last word is the noun. Forms that begin with a
    digit or end in -s, and phrases with "of" or "or", stay unchanged.
    """
    head, space, tail = noun.rpartition(" ")
    if noun[:1].isdigit() or tail.endswith("s") and tail not in ("boss", "class", "business", "bus", "princess"):
        return noun
    if " of " in noun or " or " in noun:
        return noun
    return head + space + plural(tail)


# ---------------------------------------------------------------- words and their replacements

class Table:
    """The replacements of spinner-words.tsv, for every inflected form."""

    def __init__(self, path):
        self.words = {}    # form → replacements
        self.padding = {}  # function word → replacements
        self.phrases = {}  # first word → [(words, replacements)], longest first
        self.notices = {}  # like `phrases`, used inside copyright notices
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
        existing = words.setdefault(form, [])
        existing.extend(other for other in replacements if other != form and other not in existing)


class WordNet:
    """Synonyms from the WordNet files. The index is kept in memory; a synset is read from its file when needed."""

    WORD_CLASSES = ("noun", "verb", "adj", "adv")
    # Auxiliary verbs and function words. Their WordNet senses (the element As, the blood group A) are wrong in any article.
    FUNCTION_WORDS = frozenset("""a am an and are as at be been being but by can could did do does done for had has have he her
        hers him his i if in is it its may me might more most must my no nor not of off on or our out over she should so
        than that the their them then there these they this those to too up us was we were what when which who whom
        whose why will with would you your one two three four five six seven eight nine ten mr mrs ms dr""".split())

    def __init__(self, folder):
        self._index, self._data, self._exceptions, self._cache = {}, {}, {}, {}
        for word_class in self.WORD_CLASSES:
            index = {}
            with open(folder / f"index.{word_class}", encoding="ascii", errors="replace") as lines:
                for line in lines:
                    if not line.startswith(" "):
                        lemma, rest = line.split(" ", 1)
                        if "_" not in lemma:
                            index[lemma] = rest
            self._index[word_class] = index
            self._data[word_class] = open(folder / f"data.{word_class}", "rb")
            exceptions = {}
            try:
                for line in (folder / f"{word_class}.exc").read_text(encoding="ascii", errors="replace").splitlines():
                    form, base = line.split()[:2]
                    exceptions.setdefault(form, base)
            except OSError:
                pass  # without the file only regular forms are recognised
            self._exceptions[word_class] = exceptions

    def close(self):
        for data in self._data.values():
            data.close()

    def synonyms(self, form):
        """At most four replacements, inflected like `form`; frequent senses come first."""
        if form not in self._cache:
            found = []
            if form not in self.FUNCTION_WORDS and len(form) > 2 and form.isalpha():
                for word_class in self.WORD_CLASSES:
                    for base, inflect in self._bases(form, word_class):
                        for other in self._synset_words(base, word_class):
                            word = inflect(other)
                            if word != form and word not in found:
                                found.append(word)
            self._cache[form] = found[:4]
        return self._cache[form]

    def _bases(self, form, word_class):
        """Yields (lemma, function that inflects a synonym like `form`): the form itself if it is a lemma, or else one base."""
        index = self._index[word_class]
        if form in index:
            yield form, lambda word: word
            return
        for ending, base in self._endings(form, word_class):
            if base in index:
                yield base, ending
                return

    def _endings(self, form, word_class):
        irregular = self._exceptions[word_class].get(form)
        if word_class == "noun":
            for base in filter(None, (irregular, form[:-1] if form.endswith("s") else None,
                                      form[:-2] if form.endswith("es") else None,
                                      form[:-3] + "y" if form.endswith("ies") else None)):
                yield pluralize, base
        elif word_class == "verb":
            for kind, pairs in (("gerund", (("ing", ""), ("ing", "e"))), ("past", (("ed", ""), ("ed", "e"), ("ied", "y"))),
                                ("third", (("ies", "y"), ("es", ""), ("s", "")))):
                def inflect(word, kind=kind):
                    return conjugate(word, kind)
                for ending, base_ending in pairs:
                    if form.endswith(ending):
                        base = form[:-len(ending)] + base_ending
                        yield inflect, base
                        if base_ending == "" and len(base) > 2 and base[-1] == base[-2]:
                            yield inflect, base[:-1]
            if irregular:
                kind = "gerund" if form.endswith("ing") else "past"
                yield (lambda word: conjugate(word, kind)), irregular

    def _synset_words(self, base, word_class):
        fields = self._index[word_class][base].split()
        pointers = int(fields[2])
        senses, tagged = int(fields[3 + pointers]), int(fields[4 + pointers])
        offsets = fields[5 + pointers:5 + pointers + senses]
        words = []
        # At most two senses, and only senses that WordNet's tagged texts attest: rare senses would be wrong too often.
        for offset in offsets[:max(1, min(2, tagged))]:
            self._data[word_class].seek(int(offset))
            line = self._data[word_class].readline().decode("ascii", errors="replace").split()
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


def rewrite_number(text, match):
    """Rewrites the number that begins at the word `match` between digits and words.

    Returns (begin, end, replacement), or None if there is no number to rewrite.
    """
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
        # Amounts of money, dates, scores and times keep their digits: "two:30" would not be a number.
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

def with_case_of(model, word):
    """The word in the letter case of `model`: capitals, initial capital or lower case."""
    letters = [c for c in model if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return word.upper()
    if model[:1].isupper() and word[:1].islower():
        return word[:1].upper() + word[1:]
    return word


def quotations(text):
    """Spans of quotations; a quotation without a closing mark ends at the end of its line."""
    return [match.span() for match in re.finditer(r"“[^”\n]*(?:”|$)|\"[^\"\n]*(?:\"|$)|«[^»\n]*(?:»|$)", text, re.MULTILINE)]


def notice_lines(text):
    """Spans of the lines that contain a copyright notice."""
    return [match.span() for match in re.finditer(r"^.*$", text, re.MULTILINE)
            if re.search(r"\bcopyright\b|©|\(c\) *\d{4}|all rights reserved", match.group(), re.IGNORECASE)]


def inside(position, spans):
    return any(begin <= position < end for begin, end in spans)


class Edit:
    """A possible edit: replaces text[begin:end], which has `words` words, by `replacement`."""

    __slots__ = ("begin", "end", "replacement", "kind", "source", "words")

    def __init__(self, begin, end, replacement, kind, source, words):
        self.begin, self.end, self.replacement = begin, end, replacement
        self.kind, self.source, self.words = kind, source, words


class Spinner:
    """One automatic spinner. All its choices depend only on the seed, the article and the position of the word."""

    def __init__(self, table, wordnet, seed, names, quotes, boilerplate):
        self.table, self.wordnet, self.seed = table, wordnet, seed
        self.names, self.quotes, self.boilerplate = names, quotes, boilerplate

    def spin(self, article_id, text, title, shares):
        """Yields (spun text, true share, substitutions) for each share."""
        words = list(WORD.finditer(text))
        notices = notice_lines(text) if self.boilerplate else []
        edits = self._possible_edits(article_id, text, words, notices)
        # Each share takes a prefix of the same order, so the edits of a lower share are among those of a higher one.
        edits.sort(key=lambda edit: (self._order(article_id, edit), edit.begin))
        page_edits = self._page_edits(article_id, text, title, words, notices) if self.boilerplate else []
        for share in shares:
            chosen_edits, covered = self._edits_for_share(edits, share * len(words))
            spun, substitutions = apply_edits(text, chosen_edits + page_edits)
            yield spun, (covered / len(words) if words else 0.0), substitutions

    def _order(self, article_id, edit):
        # Weighted random order without replacement (Efraimidis and Spirakis 2006): a high weight tends to come early.
        random = chance(self.seed, article_id, "turn", edit.begin)
        return -math.log(1.0 - random) / SOURCE_WEIGHTS[edit.source]

    @staticmethod
    def _edits_for_share(edits, target):
        covered, count = 0, 0
        for edit in edits:
            if covered >= target or covered + edit.words - target > target - covered:
                break
            covered += edit.words
            count += 1
        return edits[:count], covered

    def _possible_edits(self, article_id, text, words, notices):
        quoted = quotations(text)
        edits, position = [], 0
        while position < len(words):
            match = words[position]
            edit, word_count = None, 1
            if not inside(match.start(), notices) and self._may_replace(article_id, text, match, quoted):
                edit, word_count = self._edit_at(article_id, text, words, position)
            if edit is not None and text[edit.begin:edit.end] != edit.replacement:
                edits.append(edit)
            position += word_count
        return edits

    def _may_replace(self, article_id, text, match, quoted):
        begin = match.start()
        if inside(begin, quoted) and chance(self.seed, article_id, "quote", begin) >= self.quotes:
            return False
        if match.group()[:1].isupper() and not starts_sentence(text, begin):
            return chance(self.seed, article_id, "name", begin) < self.names
        if match.group()[:1].isupper() and re.match(r"[ ]+[A-Z]", text[match.end():match.end() + 2]):
            # At the beginning of a sentence, two capitalised words are most often a name.
            return chance(self.seed, article_id, "name", begin) < max(self.names, 0.2)
        return True

    def _edit_at(self, article_id, text, words, position):
        match = words[position]
        begin, end, word = match.start(), match.end(), match.group()
        number = rewrite_number(text, match)
        if number is not None:
            covered = sum(1 for other in words[position:position + 4] if other.start() < number[1])
            replacement = number[2] if number[2][:1].isdigit() or number[2][:1].isupper() else with_case_of(word, number[2])
            return Edit(number[0], number[1], replacement, "number", "number", covered), covered
        phrase = self._phrase_at(self.table.phrases, text, words, position)
        if phrase is not None:
            count, replacements = phrase
            last = words[position + count - 1].end()
            # Only the first letter decides the case: a phrase that begins with a capital begins a sentence.
            replacement = self._choose(article_id, text[begin:last].lower(), replacements, begin)
            return Edit(begin, last, with_case_of(word if len(word) > 1 else word.capitalize(), replacement)
                        if word[:1].isupper() else replacement, "phrase", "phrase", count), count
        lower, ending = word.lower(), ""
        genitive = re.fullmatch(r"(.+)(['\u2019]s)", lower)
        if genitive:
            lower, ending = genitive[1], word[-2:]
        source, replacements = "table", self.table.words.get(lower)
        if not replacements and not ending:
            source, replacements = "padding", self.table.padding.get(lower)
        if not replacements and self.wordnet is not None:
            source, replacements = "wordnet", self.wordnet.synonyms(lower)
        if not replacements:
            return None, 1
        chosen = self._choose(article_id, lower, replacements, begin)
        kind = "padding" if source == "padding" else "phrase" if " " in chosen else "synonym"
        return Edit(begin, end, with_case_of(word, chosen) + ending, kind, source, 1), 1

    def _choose(self, article_id, word, replacements, begin):
        """The replacement that this spinner prefers for the word in every article, or sometimes another one."""
        if chance(self.seed, article_id, "habit", begin) < PREFERENCE:
            return pick(replacements, self.seed, "habit", word)
        return pick(replacements, self.seed, article_id, "choice", begin)

    @staticmethod
    def _phrase_at(phrases, text, words, position):
        for phrase, replacements in phrases.get(words[position].group().lower(), ()):
            if position + len(phrase) > len(words):
                continue
            begin, end = words[position].start(), words[position + len(phrase) - 1].end()
            if text[begin:end].lower() == " ".join(phrase) and not any(
                    words[position + i].group()[:1].isupper() for i in range(1, len(phrase))):
                return len(phrase), replacements
        return None

    def _page_edits(self, article_id, text, title, words, notices):
        """Edits that add page boilerplate around the article and spin the copyright notice; the same for all shares."""
        first = text.strip().split("\n", 1)[0].strip()
        headline = title.strip() if title else first
        if not headline or len(headline) > 160 or (not title and headline.endswith((".", "!", "?"))):
            headline = ""
        section = pick(("News", "World", "Local", "Business", "Politics", "Top Stories"), self.seed, article_id, "section")
        breadcrumbs = pick(("Home {} {}", "Home > {} > {}", "Menu Search Home {} {}", "Skip to content Home / {} / {}"),
                      self.seed, "crumbs")
        header = [breadcrumbs.format(section, headline).rstrip(" >/")]
        if headline:
            header += [headline] * (1 if headline == first else 2)
        footer = pick(("Back to the full site", "Leave the mobile view", "Share this post Print Email", "Older posts Newer posts"),
                      self.seed, "footer")
        edits = [Edit(0, 0, "\n\n".join(header) + "\n\n", "boilerplate", "boilerplate", 0),
                 Edit(len(text), len(text), "\n\n" + footer, "boilerplate", "boilerplate", 0)]
        position = 0
        while position < len(words):
            word_count = 1
            if inside(words[position].start(), notices):
                phrase = self._phrase_at(self.table.notices, text, words, position)
                if phrase is not None:
                    word_count, replacements = phrase
                    begin, end = words[position].start(), words[position + word_count - 1].end()
                    replacement = pick(replacements, self.seed, "habit", text[begin:end].lower())
                    edits.append(Edit(begin, end, with_case_of(words[position].group(), replacement), "boilerplate",
                                      "boilerplate", 0))
            position += word_count
        return edits


def starts_sentence(text, begin):
    """Whether a sentence begins at `begin`; the full stop of a title such as "Dr." does not end one."""
    before = text[max(0, begin - 40):begin].rstrip(" \t\u00a0“”\"'‘«(")
    return not before or before[-1] in "\n.!?:…" and not re.search(r"(?:^|\W)(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Gov|Lt|Col)\.$",
                                                                   before[-6:])


def apply_edits(text, edits):
    """Applies the edits; returns the new text and the substitutions in their order."""
    chunks, substitutions, position, length = [], [], 0, 0
    for edit in sorted(edits, key=lambda edit: (edit.begin, edit.end)):
        chunks.append(text[position:edit.begin])
        length += edit.begin - position
        substitutions.append({"original": text[edit.begin:edit.end], "suspect": edit.replacement,
                              "original_span": [edit.begin, edit.end],
                              "suspect_span": [length, length + len(edit.replacement)], "kind": edit.kind})
        chunks.append(edit.replacement)
        length += len(edit.replacement)
        position = edit.end
    chunks.append(text[position:])
    return "".join(chunks), substitutions


# ---------------------------------------------------------------- input and output

def read_articles(inputs):
    """Yields (id, text, title) from JSON Lines files, plain text files, folders of both, and `-`, JSON Lines on stdin."""
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
    """Yields (id, text, title) of each record; raises ValueError with file and line for a bad one."""
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
    """The value of --share → a list of shares."""
    shares = []
    for item in text.split(","):
        share = float(item)
        if not MIN_SHARE <= share <= MAX_SHARE:
            raise argparse.ArgumentTypeError(f"{item}: a share lies between {MIN_SHARE} and {MAX_SHARE}")
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
                        help=f"share of words to replace, {MIN_SHARE} to {MAX_SHARE}; each share gives a version")
    parser.add_argument("--seed", default="1", help="a different seed is a different spinner (default 1)")
    parser.add_argument("--out", required=True, metavar="FILE", help="JSON Lines, or - for stdout")
    parser.add_argument("--no-boilerplate", action="store_true",
                        help="do not add navigation, headline and footer, and do not spin the notice")
    parser.add_argument("--names", type=fraction, default=0.02, metavar="P",
                        help="probability that a capitalised word inside a sentence may be replaced (default 0.02)")
    parser.add_argument("--quotes", type=fraction, default=0.05, metavar="P",
                        help="probability that a word inside quotation marks may be replaced (default 0.05)")
    parser.add_argument("--words", type=pathlib.Path, default=TABLE, metavar="TSV",
                        help="another word table (default: spinner-words.tsv beside this file)")
    parser.add_argument("--wordnet", metavar="DIR", help=f"folder of WordNet, or none (default: {WORDNET} if it exists)")
    options = parser.parse_args(arguments)

    if options.wordnet is None:
        folder = WORDNET if (WORDNET / "index.noun").exists() else None
    else:
        folder = None if options.wordnet == "none" else pathlib.Path(options.wordnet)
    shares = sorted({share for group in options.share for share in group})
    wordnet = None
    out = sys.stdout.buffer if options.out == "-" else None
    short_count = 0
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
                short_count += covered < share - 0.02
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
    if short_count:
        print(f"spin: {short_count} versions stay more than 0.02 below the share asked for: too few words of theirs are known"
              + ("" if folder else "; WordNet would help (--wordnet)"), file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
