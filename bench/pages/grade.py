"""The grades of one program's reading of a set of web pages whose articles are known.

f1, precision, recall: means over pages of what the words of both texts have in common, as multisets in lower case, or the
runs of `length` words. lost: pages whose F1 is below LOST, where another text than the article was taken. chunks: F1 over
pieces that must be in the text (`with`) and pieces that must not (`without`), white space folded. dates: right day,
another day, none, where the day is known. titles: share that is the known title, alone or beside the site's name.
"""
import re
import statistics
from collections import Counter

LOST = 0.3  # below this F1 a text of the page was taken that is not its article
BESIDE_SITE = re.compile(r"\s(?:\||[–—:-]{1,2})\s|: ")  # what stands between a title and the name of its site
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def words(text):
    return re.findall(r"\w+", (text or "").lower())


def units(text, length):
    """The words of a text, or its runs of `length` words; a shorter text is one run."""
    found = words(text)
    if length == 1 or not found:
        return Counter(found)
    return Counter(tuple(found[i:i + length]) for i in range(max(1, len(found) - length + 1)))


def overlap(read, known):
    """F1, precision and recall of two multisets."""
    both = (read & known).total()
    if not both:
        return 0.0, 0.0, 0.0
    return 2 * both / (read.total() + known.total()), both / read.total(), both / known.total()


def folded(text):
    return " ".join((text or "").split())


def chunk_f1(counts):
    hits = counts["with", True]
    return 2 * hits / max(1, 2 * hits + counts["with", False] + counts["without", True])


def is_title(said, known):
    wanted = words(known)
    return any(words(part) == wanted for part in (said or "", *BESIDE_SITE.split(said or "")))


def date_grade(said, known):
    day = DAY.match(said or "")
    return "missing" if day is None else "right" if day[0] == known[:10] else "wrong"


def grade(read, truth, length):
    """`read`, `truth`: by page, dictionaries with `text` and perhaps `title`, `published`. Returns grades, F1 by page."""
    scores, chunks, dates, titles = {}, Counter(), Counter(), []
    for page, known in truth.items():
        row = read.get(page) or {}
        if known.get("text"):
            scores[page] = overlap(units(row.get("text"), length), units(known["text"], length))
        flat = folded(row.get("text"))
        chunks.update((kind, folded(chunk) in flat) for kind in ("with", "without") for chunk in known.get(kind) or ())
        if DAY.match(known.get("published") or ""):
            dates[date_grade(row.get("published"), known["published"])] += 1
        if known.get("title"):
            titles.append(is_title(row.get("title"), known["title"]))
    grades = {"pages": len(truth), "lost": sum(score[0] < LOST for score in scores.values())}
    for at, name in enumerate(("f1", "precision", "recall")):
        grades[name] = statistics.fmean(score[at] for score in scores.values()) if scores else None
    grades["chunks"] = chunk_f1(chunks) if chunks else None
    grades["dates"] = {name: dates[name] for name in ("right", "wrong", "missing")} if dates else None
    grades["titles"] = statistics.fmean(titles) if titles else None
    return grades, {page: score[0] for page, score in scores.items()}
