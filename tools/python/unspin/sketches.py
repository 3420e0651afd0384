"""MinHash sketches."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from . import _core
from .progress import reporter
from .stream import OneReading, rows

if TYPE_CHECKING:
    from .arguments import ManyArticles, TextIs


class SketchRow(NamedTuple):
    """The sketch of one article."""

    id: str
    sketch: "array[int]"  # 128 numbers of 32 bits; numpy.asarray takes it without a copy


class Sketches(OneReading):
    """Sketches of many articles, made while they are read, in the order of the articles. Can be read once.

    Iterating gives a `SketchRow` for each. As an Arrow stream it has the columns id and sketch, a fixed_size_list of
    128 uint32.
    """

    def __init__(self, stream: _core.SketchStream) -> None:
        self._stream: _core.SketchStream = stream
        self._name = "unspin.sketch"

    @property
    def bad(self) -> int:
        """Rows that were skipped so far, because they are no articles."""
        return self._stream.bad

    def __repr__(self) -> str:
        return f"<unspin.Sketches: {'read' if self._stream.has_begun else 'not read yet'}>"

    def __iter__(self) -> Iterator[SketchRow]:
        self._check()
        for name, sketch in rows(self._stream):
            yield SketchRow(name, array("I", sketch))


def sketch(
    data: ManyArticles,
    *,
    text: str = "text",
    id: str | None = "id",
    text_is: TextIs = "auto",
    strict: bool = False,
    threads: int | None = None,
    progress: bool = False,
) -> Sketches:
    """Makes the MinHash sketch of each text: 128 numbers that estimate how alike two texts are.

    Sketches are of runs of five words, and equal to those of `unspin sketch` and of archives; those of another scheme
    (`unspin info` names it) cannot be compared with them.

    Args:
        data: a table or an iterable (see `help(unspin)`).
        text, id: columns or keys.
        text_is: what texts are written in: "plain", "html", or "auto": each text by itself.
        threads: 1 to 1024; None: all cores.

    Raises:
        ValueError: a column is missing or of a type that is not taken.
    """
    names = _core.RowNames(id=id, text=text, text_is=text_is)
    options = _core.PullOptions(threads=threads, strict=strict, progress=reporter(progress))
    return Sketches(_core.sketch(data, names, options))


def similarity(a: Sequence[int] | Any, b: Sequence[int] | Any) -> float:
    """The estimated Jaccard similarity of two sketches, from 0 to 1. Its standard error is at most 0.045.

    Args:
        a, b: sketches as `unspin.sketch` makes them: arrays of 128 numbers of 32 bits, or sequences of numbers.

    Raises:
        ValueError: one of them is no sketch.
    """
    return _core.similarity(a, b)
