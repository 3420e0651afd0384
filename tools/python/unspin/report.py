"""The findings about one suspect."""

from __future__ import annotations

from typing import Any, cast

from . import _core


class Report(dict[str, Any]):
    """The findings about one suspect article: a dict that equals the program's JSON (docs/report.md has all fields).

    Spans are half-open pairs in the unit that was asked for: code points, which index a str, unless offsets= says
    otherwise. Shares and probabilities are between 0 and 1.

    `pickle` and `copy` keep the dict and `json`; `to_html` needs the texts, which stay behind.
    """

    __slots__ = ("_held", "_json")

    def __init__(self, held: _core.HeldReport) -> None:
        """Not to be called: `compare`, `check` and `audit` make reports."""
        # Imported here, so that `import unspin` costs little.
        from json import loads

        self._held: _core.HeldReport | None = held
        self._json = held.json
        super().__init__(loads(self._json))

    @property
    def json(self) -> str:
        """The line that the program writes, byte for byte. It stays if the dict is changed."""
        return self._json

    @property
    def verdict(self) -> str:
        """The strongest finding's: copy, edited, spun, rewritten, excerpt, common-source, independent, unrelated, or
        insufficient, where the suspect has too few words to say."""
        return cast("str", self["summary"]["verdict"])

    @property
    def probability(self) -> float:
        """Of derivation from the first finding's original, calibrated, for the prior that was given."""
        return cast("float", self["summary"]["probability"])

    @property
    def coverage(self) -> float | None:
        """The share of the suspect's narration that was taken from originals; None where nothing was found."""
        return cast("float | None", self["summary"]["coverage"])

    @property
    def rewrite(self) -> float | None:
        """How far the taken passages were changed: 0 word for word, 1 nothing of the wording left; None likewise."""
        return cast("float | None", self["summary"]["rewrite"])

    @property
    def extent(self) -> str | None:
        """whole or part; None where nothing was found."""
        return cast("str | None", self["summary"]["extent"])

    @property
    def manner(self) -> str | None:
        """copy, edited, spun or rewritten; None where nothing was found."""
        return cast("str | None", self["summary"]["manner"])

    @property
    def originals(self) -> int:
        """The number of articles that the suspect derives from, in however many versions."""
        return cast("int", self["summary"]["originals"])

    @property
    def findings(self) -> list[dict[str, Any]]:
        """One for each original that was found, strongest first."""
        return cast("list[dict[str, Any]]", self["findings"])

    @property
    def suspect(self) -> dict[str, Any]:
        """The suspect's identity, size and source."""
        return cast("dict[str, Any]", self["suspect"])

    @property
    def error(self) -> str | None:
        """Why there is no judgement; None where there is one."""
        return self.get("error")

    def to_html(self) -> str:
        """The report as one HTML page that needs nothing else: the texts side by side, with what happened to each word.

        Raises:
            Error: the report was pickled or copied, so that the texts are not there. With details=False the page lacks
                them too, and has the numbers alone.
        """
        if self._held is None:
            raise _core.Error(
                "this report was pickled or copied, and its texts were left behind; check the article again"
            )
        return self._held.html()

    def _repr_html_(self) -> str:
        from .picture import picture

        return picture(self, self._held)

    def __repr__(self) -> str:
        words = [f"{self.verdict}, probability {self.probability:.2f}"]
        if self.coverage is not None:
            words.append(f"coverage {self.coverage:.2f}")
        if self.findings:
            words.append(f"original {self.findings[0]['original']['id']!r}")
        return f"<unspin.Report {self.suspect['id']!r}: {', '.join(words)}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return (_without_texts, (self._json, dict(self)))

    def copy(self) -> Report:
        """A shallow copy without the texts."""
        return _without_texts(self._json, self)


def _without_texts(line: str, fields: dict[str, Any]) -> Report:
    """A report as it was pickled or copied: the dict may have been changed, so it is not made of the line again."""
    report = Report.__new__(Report)
    report._held = None
    report._json = line
    report.update(fields)
    return report
