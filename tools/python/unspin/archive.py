"""Archives of originals."""

from __future__ import annotations

import os
import weakref
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple

from . import _core
from .progress import reporter
from .report import Report
from .stream import OneReading

if TYPE_CHECKING:
    from .arguments import ManyArticles, Offsets, OneArticle, TextIs


class Added(NamedTuple):
    """What `Archive.add` did: numbers of articles."""

    new: int  # under an id that the archive did not have
    new_versions: int  # with another text under an id that it had
    unchanged: int  # that it had
    bad: int  # rows that are no articles


class Merged(NamedTuple):
    """What `Archive.merge` did."""

    segments_before: int
    segments_after: int
    articles: int  # rewritten
    deleted: int  # left out for good


class Statistics(NamedTuple):
    """Size and identity of an archive."""

    articles: int
    text_bytes: int
    disk_bytes: int
    segments: list[str]  # names of files, oldest first
    fingerprint: str  # of its scheme and contents; stands in every report
    standing_text: bool  # whether it knows its standing text; one that an early program made does not


class Audit(OneReading):
    """The reports about many suspects, made while they are read, in the order of the suspects. Can be read once.

    Iterating gives a `Report` for each. As an Arrow stream it has the columns id, verdict, extent, manner, probability,
    coverage, rewrite, originals (a number), original (the id of the first finding's), and report (the program's line).
    """

    def __init__(self, stream: _core.AuditStream) -> None:
        self._stream: _core.AuditStream = stream
        self._name = "Archive.audit"

    @property
    def bad(self) -> int:
        """Rows that were skipped so far, because they are no articles."""
        return self._stream.bad

    def __repr__(self) -> str:
        return f"<unspin.Audit: {'read' if self._stream.has_begun else 'not read yet'}>"

    def __iter__(self) -> Iterator[Report]:
        self._check()
        while (reports := self._stream.next_reports()) is not None:
            for report in reports:
                yield Report(report)


class Archive:
    """An archive of originals: a folder that `unspin index` and this class make alike.

        with unspin.Archive.create("news.archive") as archive:
            archive.add(table, id="guid", text="body")

    One process writes at a time: the first `add` locks the archive until `commit`, `close` or the end of the `with`.
    What was added is safe and visible from then on; `check`, `audit`, `len` and `statistics` commit first, so that they
    see it. While another thread adds, or within the iterable that is added, they see what was committed before. Readers
    in other processes see what is committed when they open the archive.

    Safe to share between threads. Pickling keeps the path: the archive is opened again where it is unpickled.
    """

    def __init__(self, core: _core.Archive) -> None:
        """Not to be called: `create` and `open` make archives."""
        self._core = core
        # At the end of the interpreter too, what was added is committed.
        self._closing = weakref.finalize(self, core.commit)

    @classmethod
    def create(cls, path: str | os.PathLike[str]) -> Archive:
        """Makes a new archive in a folder that does not exist or is empty.

        Raises:
            Error: the folder holds an archive or other files, or cannot be written.
        """
        return cls(_core.Archive.create(os.fspath(path)))

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Archive:
        """Opens an archive. Takes milliseconds: articles are read when they are needed.

        Raises:
            Error: there is none, it is damaged, or it was made with another scheme.
        """
        return cls(_core.Archive.open(os.fspath(path)))

    @property
    def path(self) -> str:
        """The folder."""
        return self._core.folder

    def add(
        self,
        data: ManyArticles,
        *,
        replace: bool = False,
        text: str = "text",
        id: str | None = "id",
        title: str | None = "title",
        url: str | None = "url",
        site: str | None = "site",
        published: str | None = "published",
        fetched: str | None = "fetched",
        path: str | None = "path",
        record: str | None = "record",
        text_is: TextIs = "auto",
        strict: bool = False,
        threads: int | None = None,
        progress: bool = False,
    ) -> Added:
        """Adds articles. An article that the archive has under the same id with another text becomes a new version.

        Args:
            data: a table or an iterable (see `help(unspin)`).
            replace: drop the earlier versions of an article that comes again with another text.
            text_is: what texts are written in: "plain", "html", or "auto": each text by itself.
            strict: raise at the first bad row. What was added before it stays.
            threads: 1 to 1024; None: all cores.

        Raises:
            Error: another process writes to the archive, or it cannot be written.
            ValueError: a column is missing or of a type that is not taken.
        """
        names = _core.RowNames(
            id=id, text=text, title=title, url=url, site=site, published=published, fetched=fetched, path=path,
            record=record, text_is=text_is,
        )
        options = _core.PullOptions(threads=threads, strict=strict, progress=reporter(progress))
        return Added(*self._core.add(data, names, options, replace))

    def remove(self, ids: str | Iterable[str]) -> int:
        """Deletes articles, every version of them, and commits. Returns how many of the ids the archive had.

        `merge` frees their room.
        """
        return self._core.remove([ids] if isinstance(ids, str) else list(ids))

    def merge(self, *, segment_mb: int = 16384) -> Merged:
        """Joins small segments, frees the room of what was removed, and commits. Findings stay the same.

        Args:
            segment_mb: MiB of text of the largest segment that is made.
        """
        if not 1 <= segment_mb <= 1 << 20:
            raise ValueError(f"segment_mb={segment_mb}: give a number from 1 to {1 << 20}")
        return Merged(*self._core.merge(segment_mb << 20))

    def verify(self) -> list[str]:
        """Reads everything and checks every checksum. Returns the problems; an empty list is a sound archive."""
        return self._core.verify()

    def check(
        self,
        suspect: OneArticle,
        *,
        limit: int = 10,
        all: bool = False,
        candidates: int = 12,
        prior: float = 0.5,
        details: bool = True,
        offsets: Offsets = "codepoint",
    ) -> Report:
        """Finds the originals of one suspect, as `unspin check --json`.

        Args:
            suspect: a text, an (id, text), a dict or an `unspin.Article`. One without an id is called "suspect".
            limit: findings listed, 1 to 1000.
            all: list findings weaker than an excerpt as well.
            candidates: articles of the archive that are compared with the suspect, at most, 1 to 100000.
            prior: the probability of derivation before the evidence, between 0 and 1.
            details: False leaves out passages, substitutions, facts and credit.
            offsets: the unit of spans: "codepoint" (they index a str), "byte" (of UTF-8), "utf16", or
                "text" (bytes of the text as it was read, whatever record it came from).

        Raises:
            Error: the suspect has no text, or the archive is damaged.
            ValueError: an argument is out of its range.
        """
        options = _core.ReportOptions(
            limit=limit, all=all, candidates=candidates, prior=prior, details=details, offsets=offsets
        )
        return Report(self._core.check(suspect, options))

    def audit(
        self,
        data: ManyArticles,
        *,
        limit: int = 10,
        all: bool = False,
        candidates: int = 12,
        prior: float = 0.5,
        details: bool = True,
        offsets: Offsets = "codepoint",
        text: str = "text",
        id: str | None = "id",
        title: str | None = "title",
        url: str | None = "url",
        site: str | None = "site",
        published: str | None = "published",
        fetched: str | None = "fetched",
        path: str | None = "path",
        record: str | None = "record",
        text_is: TextIs = "auto",
        strict: bool = False,
        threads: int | None = None,
        progress: bool = False,
    ) -> Audit:
        """Checks many suspects, as `unspin audit`: a stream of reports that is computed while it is read.

        The arguments of `check`, and those of `add` about the data. The archive is searched as it is now.

        Raises:
            Error: the archive is damaged; while the stream is read, also what becomes of `data`.
            ValueError: a column is missing or of a type that is not taken, or an argument is out of its range.
        """
        options = _core.ReportOptions(
            limit=limit, all=all, candidates=candidates, prior=prior, details=details, offsets=offsets
        )
        names = _core.RowNames(
            id=id, text=text, title=title, url=url, site=site, published=published, fetched=fetched, path=path,
            record=record, text_is=text_is,
        )
        pull = _core.PullOptions(threads=threads, strict=strict, progress=reporter(progress))
        return Audit(self._core.audit(data, names, pull, options))

    @property
    def statistics(self) -> Statistics:
        """Numbers of articles and bytes, segments and the fingerprint."""
        return Statistics(*self._core.statistics())

    def __len__(self) -> int:
        return self.statistics.articles

    def commit(self) -> None:
        """Makes what was added safe and visible, and lets other processes write.

        Raises:
            Error: the disk is full, or cannot be written for another reason.
        """
        self._core.commit()

    def close(self) -> None:
        """The same as `commit`. The archive can be used again."""
        self._core.commit()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __bool__(self) -> bool:
        return True  # an empty archive is one

    def __repr__(self) -> str:
        return f"<unspin.Archive {self.path!r}>"

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self).open, (self.path,))
