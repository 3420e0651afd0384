"""What all results have in common: they are Arrow streams, and iterables of rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from . import _core


def rows(stream: _core.ResultStream) -> Iterator[tuple[Any, ...]]:
    """The rows of a stream, as tuples."""
    while (columns := stream.next_columns()) is not None:
        yield from zip(*columns)


class OneReading:
    """A stream that can be read once, because the articles come from somewhere that can be read once."""

    _stream: _core.ResultStream
    _name: str

    def _check(self) -> None:
        if self._stream.has_begun:
            raise _core.Error(f"these results were read already; call {self._name} again, or keep them in a table")

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The results as a stream of record batches, for pyarrow, polars, duckdb and pandas. Reads them: once."""
        self._check()
        return self._stream.__arrow_c_stream__()
