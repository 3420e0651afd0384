"""A report as a small picture for notebooks: where in the suspect, and in its original, the passages are."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import _core
    from .report import Report

WIDTH = 640  # of the bars, in CSS pixels: fits a cell of a notebook beside its prompt
MAX_FINDINGS = 3  # drawn; the page has all

# By manner; those of tools/render/report.css, between its light and its dark ones, because a notebook may be either.
COLOURS = {"copy": "#ba5c55", "edited": "#c28137", "spun": "#8777c0", "rewritten": "#54a0b0"}


def picture(report: Report, held: _core.HeldReport | None) -> str:
    """HTML without scripts and without anything from elsewhere."""
    summary = [f"<b>{escape(report.verdict)}</b>", f"probability {report.probability:.2f}"]
    if report.coverage is not None:
        summary.append(f"coverage {report.coverage:.0%}")
    if report.rewrite is not None:
        summary.append(f"rewritten {report.rewrite:.0%}")
    parts = [f"<div style='font-size:13px'>{escape(_name(report.suspect))}: {', '.join(summary)}</div>"]
    for number, finding in enumerate(report.findings[:MAX_FINDINGS]):
        parts.append(
            f"<div style='font-size:12px;margin-top:6px'>{escape(finding['verdict'])} of "
            f"{escape(_name(finding['original']))}, probability {finding['probability']:.2f}</div>"
        )
        if held is not None:
            parts.append(_bars(held.passage_shares(number)))
    if len(report.findings) > MAX_FINDINGS:
        parts.append(f"<div style='font-size:12px'>and {len(report.findings) - MAX_FINDINGS} more</div>")
    return "<div style='font-family:sans-serif;max-width:700px'>" + "".join(parts) + "</div>"


def _name(article: dict[str, object]) -> str:
    return str(article.get("title") or article["id"])


def _bars(shares: list[tuple[float, float, float, float, str]]) -> str:
    """The suspect above, the original below, and what went from one to the other between them."""
    shapes = [
        f"<rect x='0' y='0' width='{WIDTH}' height='12' fill='#8884'/>",
        f"<rect x='0' y='48' width='{WIDTH}' height='12' fill='#8884'/>",
    ]
    for suspect_begin, suspect_end, original_begin, original_end, manner in shares:
        a, b, c, d = (round(share * WIDTH, 1) for share in (suspect_begin, suspect_end, original_begin, original_end))
        colour = COLOURS.get(manner, "#555")
        shapes.append(
            f"<g fill='{colour}'><title>{escape(manner)}</title><rect x='{a}' y='0' width='{b - a:.1f}' height='12'/>"
            f"<rect x='{c}' y='48' width='{d - c:.1f}' height='12'/>"
            f"<path d='M{a} 12L{b} 12L{d} 48L{c} 48Z' fill-opacity='.25'/></g>"
        )
    return (
        f"<svg viewBox='0 0 {WIDTH} 60' width='{WIDTH}' height='60' role='img' style='display:block;margin-top:2px'>"
        "<title>Passages of the suspect (above) and where they are in the original (below)</title>"
        + "".join(shapes) + "</svg>"
    )
