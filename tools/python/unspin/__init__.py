"""Finds the original of a rewritten news article, and the near-duplicates of a corpus."""

from ._core import __version__, kernel_name

__all__ = ["__version__", "kernel_name"]
