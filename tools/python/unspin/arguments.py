"""Types of arguments that several functions share. For type checkers only: nothing imports it at run time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, Protocol

from . import _core


class ArrowStream(Protocol):
    """A table or a stream of record batches (the Arrow PyCapsule interface)."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


class ArrowArray(Protocol):
    """A record batch or an array of the same interface."""

    def __arrow_c_array__(self, requested_schema: object | None = None) -> Any: ...


# One article, where one is wanted.
OneArticle = str | tuple[str | int | None, str] | Mapping[str, Any] | _core.Article
# Many of them.
ManyArticles = ArrowStream | ArrowArray | Iterable[OneArticle | None]

Measure = Literal["jaccard", "containment"]
Offsets = Literal["codepoint", "byte", "utf16", "text"]
Preference = Literal["longest", "earliest", "first"]
TextIs = Literal["auto", "plain", "html"]
