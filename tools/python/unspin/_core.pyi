from collections.abc import Sequence
import datetime


def version() -> str: ...

def kernel_name() -> str:
    """
    The variant of the kernels that runs on this processor, such as 'avx2'.
    """

class Error(Exception):
    """
    What the program would say on standard error: what is wrong, where, and what to do.

    Wrong arguments raise ValueError or TypeError instead.
    """

class RowNames:
    """Names of columns or keys; None leaves a field out."""

    def __init__(self, *, id: str | None = 'id', text: str | None = 'text', title: str | None = 'title', url: str | None = 'url', site: str | None = 'site', published: str | None = 'published', fetched: str | None = 'fetched', path: str | None = 'path', record: str | None = 'record', text_is: str = 'auto') -> None: ...

class PullOptions:
    """How a call reads many articles."""

    def __init__(self, *, threads: int | None = None, strict: bool = False, progress: object | None = None) -> None: ...

class ReportOptions:
    """How reports are made and written."""

    def __init__(self, *, limit: int = 10, candidates: int = 12, all: bool = False, prior: float = 0.5, details: bool = True, offsets: str = 'codepoint') -> None: ...

class ResultStream:
    """Batches of results, each computed when it is asked for."""

    def next_columns(self) -> list[list[object]] | None:
        """The columns of the next batch as lists; None at the end."""

    @property
    def has_begun(self) -> bool:
        """Whether a batch was asked for."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...

class Article:
    """
    An article: its text, and what is known about it.

        unspin.Article(text, id="", title="", url="", site="", published="", fetched="")

    `published` is a date in any form that docs/report.md lists, such as "2026-03-04" or an ISO 8601 time; it decides the
    direction of a finding. An article that `unspin.read` made also knows where in its page each character stood, so that
    the spans of a report lead into the page; pickling keeps the fields and loses that.
    """

    def __init__(self, text: str, id: str | int | None = '', title: str | None = '', url: str | None = '', site: str | None = '', published: str | int | datetime.date | None = '', fetched: str | int | datetime.date | None = '', path: str | None = '', record: int | None = None) -> None: ...

    @property
    def text(self, /) -> str:
        """What is compared."""

    @property
    def id(self, /) -> str:
        """Its name in reports and archives."""

    @property
    def title(self, /) -> str:
        """Empty where unknown."""

    @property
    def url(self, /) -> str:
        """Empty where unknown."""

    @property
    def site(self, /) -> str:
        """Empty where unknown."""

    @property
    def published(self, /) -> str:
        """The date of publication; empty where unknown."""

    @property
    def fetched(self, /) -> str:
        """When it was fetched; empty where unknown."""

    @property
    def path(self, /) -> str:
        """The file that it was read from; empty where there is none."""

    @property
    def record(self) -> int | None:
        """Its number in the file, from 1, if the file has many."""

    @property
    def is_read(self) -> bool:
        """
        Whether the text was read from a page or a file; a given text may still hold markup.
        """

    def __eq__(self, other: object, /) -> bool: ...

    def __hash__(self) -> int: ...

    def __reduce__(self) -> tuple[object, ...]: ...

    def __repr__(self) -> str: ...

class ArticleFiles:
    """Files and folders of articles, not read yet."""

    def __init__(self, inputs: Sequence[str], names: RowNames, format: str) -> None: ...

    @property
    def inputs(self) -> list[str]: ...

    def open(self, options: PullOptions) -> ArticleStream: ...

class ArticleStream(ResultStream):
    def next_articles(self) -> list[Article] | None: ...

    @property
    def bad(self) -> int: ...

def read_bytes(page: bytes, format: str) -> Article: ...

def read_path(path: str, format: str) -> Article: ...

class HeldReport:
    """A report with the texts that a view shows."""

    @property
    def json(self) -> str: ...

    def html(self) -> str: ...

    def passage_shares(self, finding: int) -> list[tuple[float, float, float, float, str]]: ...

def compare(original: object | None, suspect: object | None, options: ReportOptions) -> HeldReport: ...

def align(original: object | None, suspect: object | None) -> list[tuple[tuple[int, int], tuple[int, int]]]: ...

class Archive:
    @staticmethod
    def create(folder: str) -> Archive: ...

    @staticmethod
    def open(folder: str) -> Archive: ...

    @property
    def folder(self) -> str: ...

    def add(self, data: object, names: RowNames, options: PullOptions, replace: bool) -> tuple[int, int, int, int]: ...

    def remove(self, ids: Sequence[str]) -> int: ...

    def merge(self, segment_bytes: int) -> tuple[int, int, int, int]: ...

    def commit(self) -> None: ...

    def verify(self) -> list[str]: ...

    def statistics(self) -> tuple[int, int, int, list[str], str, bool]: ...

    def check(self, suspect: object | None, options: ReportOptions) -> HeldReport: ...

    def audit(self, data: object | None, names: RowNames, pull: PullOptions, options: ReportOptions) -> AuditStream: ...

class AuditStream(ResultStream):
    def next_reports(self) -> list[HeldReport] | None: ...

    @property
    def bad(self) -> int: ...

class Clustered:
    """Clusters of near-duplicates, on disk and in memory."""

    def clusters(self) -> ResultStream: ...

    def edges(self) -> ResultStream: ...

    def join(self) -> ResultStream: ...

    @property
    def rows(self) -> int: ...

    @property
    def summary(self, /) -> tuple[int, int, int, int, int, int, int, int]: ...

    @property
    def is_against_archive(self) -> bool: ...

def dedup(data: object | None, names: RowNames, pull: PullOptions, threshold: float, measure: str, shingle: int, prefer: str, scratch: str, against: Archive | None) -> Clustered: ...

class SketchStream(ResultStream):
    @property
    def bad(self) -> int: ...

def sketch(data: object | None, names: RowNames, options: PullOptions) -> SketchStream: ...

def similarity(a: object | None, b: object | None) -> float: ...

def list_inputs(inputs: Sequence[str]) -> list[tuple[str, str]]:
    """
    Files and folders → pairs of a file and why it cannot be read (empty: it can), in the order of reading.
    """
