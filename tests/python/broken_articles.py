"""hypothesis strategies for articles as they come: news that was edited, markup, spoilt characters, odd ids, absent values.

Texts are made of sentences of the samples, so that a part of them is long enough to be compared and found. The profile `ci`
is the same examples on every run; UNSPIN_EXAMPLES=N draws N other ones in each test, and makes one that fails smaller.
"""

import os
import re

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from support import ARTICLES, FERRY_SPUN, SAMPLES, made_article

EXAMPLES = 25  # in each test: some two seconds, for each starts the program
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

# Without shrinking: a failing example would be run hundreds of times, each with the program.
settings.register_profile("ci", deadline=None, max_examples=EXAMPLES, derandomize=True, database=None,
                          suppress_health_check=SLOW, print_blob=False, phases=[Phase.explicit, Phase.generate])
settings.register_profile("more", deadline=None, max_examples=int(os.environ.get("UNSPIN_EXAMPLES", "0")) or EXAMPLES,
                          suppress_health_check=SLOW, print_blob=False)
settings.load_profile("more" if os.environ.get("UNSPIN_EXAMPLES") else "ci")

NEWS = [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.rglob("*.txt"))] + [*ARTICLES.values(), FERRY_SPUN]
PAGES = [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.rglob("*.html"))]
LONG_WORDS = 40_000  # words of a huge article, some 300 KB

# What news texts have in them that is no plain text, or looks as if it were none.
PIECES = ["\0", "a\0b", "\u200b", "\u00ad", "\u202e", "\ufeff", "\ufffd", "\U0001f6a2", "e\u0301\u0327", "\u0440\u0430\u0443", "ﬁ",
          "Â£41 million", "weâ€™re", "cafÃ©", "donâ\x80\x99t", "it?s", "AT&amp;T", "&lt;b&gt;", "&#8217;", "&#0;", "&nope;", "&",
          "<p>", "</p>", "<br>", "<script>var a = 1;</script>", "<!-- no -->", "a < b > c", "\r\n", "\u2028", "\t", "\x1b[31m", "\x7f",
          "文字のない文", "١٤ مارس", "1,000,000", "© 2026 Tessera News. All rights reserved.", "(Reuters) -", "ＦＵＬＬ", "𝑥 = 3"]
DATES = ["2024-01-01", "2024-01-01T10:00:00Z", "2024-01-01T10:00:00+02:00", "Mon, 01 Jan 2024 10:00:00 GMT", "1704103200",
         "1704103200000", "1 January 2024", "1. März 2024", "1er février 2024", "٢٠٢٤-٠١-٠١", "2024年1月1日", "２０２４-０１-０１",
         "03/04/2024", "yesterday", "0000-00-00", "9999-12-31", "-5", " 2024-01-01 ", "\0"]
IDS = ["a", "a", "b", "0", "-1", "00", "1.50", "made-1", "a b", "a\tb", "a\nb", "a\0", "\"", "\\", "{}", "null", "ü", "u\u0308", "\U0001f4f0", "../x",
       "x" * 300, "\u202e", "half \ud83d", "#1", "news/2024/07/01/a.html?b=c&d=e"]

bad_texts = st.sampled_from([None, "", " ", "\n\t ", "\u200b", "\u00a0", "half of a sign \ud83d here", "\udc80", "<p></p>", "&nbsp;"])


@st.composite
def texts(draw):
    """A text with words: a piece of news, changed in a few places."""
    kind = draw(st.integers(0, 19))
    if kind == 0:
        return draw(st.sampled_from(PAGES))
    if kind == 1:
        return made_article(draw(st.integers(0, 3)), LONG_WORDS)
    if kind == 2:
        return "x" + draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
    words = draw(st.sampled_from(NEWS)).split(" ")
    begin = draw(st.integers(0, max(0, len(words) - 8)))
    words = words[begin:begin + draw(st.integers(8, 900))]
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(words) - 1))
        change = draw(st.sampled_from(["piece", "drop", "swap", "repeat", "any"]))
        if change == "piece":
            words.insert(at, draw(st.sampled_from(PIECES)))
        elif change == "drop" and len(words) > 8:
            del words[at]
        elif change == "swap":
            words[at] = words[draw(st.integers(0, len(words) - 1))]
        elif change == "repeat":
            words[at:at] = words[at:at + 30]
        else:
            words[at] += draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=5))
    return " ".join(words)


ids = st.one_of(st.sampled_from(IDS), st.integers(-(2**63), 2**63 - 1), st.integers(0, 20).map(str),
                st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8))
optional_words = st.one_of(st.none(), st.just(""), st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
                           st.sampled_from(["cut \ud83d", "\udc00\ud800", "A title", "<i>A</i> title &amp; more", "https://a.example/1?b=c#d", "a.example", "Â£ and â€™"]))
dates = st.one_of(st.none(), st.just(""), st.sampled_from(DATES), st.text(st.characters(exclude_categories=["Cs"]), max_size=12))


@st.composite
def articles(draw, text=st.one_of(texts(), texts(), texts(), texts(), bad_texts)):
    article = {"id": draw(ids), "text": draw(text)}
    if draw(st.booleans()):
        article |= {"published": draw(dates)}
    if draw(st.booleans()):
        article |= {"title": draw(optional_words), "url": draw(optional_words), "site": draw(optional_words), "fetched": draw(dates)}
    if "\ufffd" in (article["text"] or ""):
        # Of a JSON record the program cannot tell such a text from one with half of a sign, where another field has one.
        article = {name: re.sub("[\ud800-\udfff]", "?", value) if name != "text" and isinstance(value, str) else value
                   for name, value in article.items()}
    return article


corpora = st.lists(articles(), max_size=14)
