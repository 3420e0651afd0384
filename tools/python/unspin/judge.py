"""Comparing single articles."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from . import _core
from .report import Report

if TYPE_CHECKING:
    from .archive import Archive
    from .arguments import Offsets, OneArticle


def compare(
    original: OneArticle,
    suspect: OneArticle,
    *,
    details: bool = True,
    prior: float = 0.5,
    offsets: Offsets = "codepoint",
) -> Report:
    """Compares a suspect with one original: how likely it derives from it, how much was taken, and how it was changed.

    The report has exactly one finding, whatever the verdict. It equals that of `unspin compare --json`.

    Args:
        original: a text, an (id, text), a dict or an `unspin.Article`. One without an id is called "original".
        suspect: likewise; "suspect".
        details: False leaves out passages, substitutions, facts and credit, and takes less time.
        prior: the probability of derivation before the evidence, between 0 and 1.
        offsets: the unit of spans: "codepoint" (they index a str), "byte" (of UTF-8), "utf16", or
            "text" (bytes of the text as it was read, whatever record it came from).

    Raises:
        Error: an article has no text.
        ValueError: an argument is out of its range.
    """
    return Report(_core.compare(original, suspect, _core.ReportOptions(details=details, prior=prior, offsets=offsets)))


def check(
    suspect: OneArticle,
    archive: Archive | str | os.PathLike[str],
    *,
    limit: int = 10,
    all: bool = False,
    candidates: int = 12,
    prior: float = 0.5,
    details: bool = True,
    offsets: Offsets = "codepoint",
) -> Report:
    """Finds the originals of a suspect in an archive: `archive.check(suspect, …)`, where the archive may be a folder.

    To check many suspects, open the archive once; `Archive.audit` uses all cores.
    """
    from .archive import Archive

    if not isinstance(archive, Archive):
        archive = Archive.open(archive)
    return archive.check(
        suspect, limit=limit, all=all, candidates=candidates, prior=prior, details=details, offsets=offsets
    )


def align(original: OneArticle, suspect: OneArticle) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """The passages that two texts share, as ((suspect begin, suspect end), (original begin, original end)).

    Positions are half-open and count code points, so that they index a str: suspect[begin:end]. Passages come in the
    order of the suspect. Finds more than the passages of a report, which explain a verdict: it has no verdict. Texts
    are taken as they are, with any markup in them, as `unspin align` does; `unspin.read` makes an article of a page.

    Raises:
        Error: an article has no text.
    """
    return _core.align(original, suspect)
