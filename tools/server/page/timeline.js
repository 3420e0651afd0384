// Copies of one original along the days, as a picture; the table beside it says the same.

import { svg } from "./dom.js";
import { caseTitle, date, derivations, named, share, verdicts } from "./words.js";

const laneHeight = 22;
const margin = 40;
const radius = 6;

const momentOf = (one) => Date.parse(one.case.published) || Date.parse(one.case.created);

// Each copy gets the first lane where it does not touch the one before.
function lanesOf(points) {
  const ends = [];
  return points.map((x) => {
    let lane = ends.findIndex((end) => end + 3 * radius < x);
    if (lane < 0) lane = ends.length;
    ends[lane] = x;
    return lane;
  });
}

// `copies`: {"case", "probability", "verdict", "coverage_original"} by time. `width`: pixels.
export function timeline(copies, width) {
  const moments = copies.map(momentOf);
  const first = Math.min(...moments);
  const span = Math.max(...moments) - first || 1;
  const points = moments.map((moment) => margin + ((moment - first) / span) * (width - 2 * margin));
  const lanes = lanesOf(points);
  const height = (Math.max(...lanes) + 1) * laneHeight + 10;
  const said = (one) => `${date(one.case.published || one.case.created)}: ${caseTitle(one.case)}, ${named(verdicts, one.verdict)}, ${share(one.coverage_original)} of ours`;
  const dot = (one, at) => svg("a", { href: `#/case/${one.case.id}`, "aria-label": said(one) }, svg("title", {}, said(one)),
    svg("circle", { class: derivations.has(one.verdict) ? "d-dot" : "d-dot d-dot-weak", cx: points[at], cy: height - 10 - lanes[at] * laneHeight, r: radius }));
  const label = (moment, x, anchor) => svg("text", { class: "d-axis", x, y: height + 18, "text-anchor": anchor }, date(new Date(moment).toISOString(), false));
  return svg("svg", { class: "d-timeline", viewBox: `0 0 ${width} ${height + 26}`, width, height: height + 26, role: "group", "aria-label": "Copies by date; the table below says the same" },
    svg("line", { class: "d-timeline-line", x1: 0, x2: width, y1: height, y2: height }), copies.map(dot),
    label(first, 0, "start"), span > 1 && label(first + span, width, "end"));
}
