"""The warning about rows that were skipped."""

import sys
import types
import warnings


class BadRecordWarning(UserWarning):
    """Rows were skipped: the place and the problem of the first one, and how many there were.

    One warning for each call, at its end. `strict=True` raises `unspin.Error` at the first bad row instead.
    """


def warn(sentence: str) -> None:
    """Warns at the line of the caller that is not of this package. The extension module calls it."""
    level = 1
    frame: types.FrameType | None = sys._getframe()  # the only one where a thread of another library asks
    while frame is not None and frame.f_globals.get("__name__", "").startswith("unspin."):
        frame = frame.f_back
        level += 1
    warnings.warn(sentence, BadRecordWarning, stacklevel=level)
