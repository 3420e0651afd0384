// Copies of one original along the days, as a picture, with our own publication; the table beside it says the same.

import { svg } from "./dom.js";
import { caseTitle, date, derivations, named, share, verdicts } from "./words.js";

const laneHeight = 22;
const margin = 40;
const radius = 6;
// Room above for the word at our own mark.
const top = 18;

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

// `copies`: {"case", "verdict", "coverage_original"} by time, each with a date that is understood. `ours`: when our article
// was published, or nothing. `width`: pixels.
export function timeline(copies, ours, width) {
  const moments = copies.map((one) => Date.parse(one.case.published));
  const own = Date.parse(ours) || null;
  const all = own ? [own, ...moments] : moments;
  const first = Math.min(...all);
  const span = Math.max(...all) - first || 1;
  const placeOf = (moment) => margin + ((moment - first) / span) * (width - 2 * margin);
  const points = moments.map(placeOf);
  const lanes = lanesOf(points);
  const height = (Math.max(...lanes) + 1) * laneHeight + 10;
  const said = (one) => `${date(one.case.published)}: ${caseTitle(one.case)}, ${named(verdicts, one.verdict)}, ${share(one.coverage_original)} of ours`;
  const dot = (one, at) => svg("a", { href: `#/case/${one.case.id}`, "aria-label": said(one) }, svg("title", {}, said(one)),
    svg("circle", { class: derivations.has(one.verdict) ? "d-dot" : "d-dot d-dot-weak", cx: points[at], cy: height - 10 - lanes[at] * laneHeight, r: radius }));
  const mark = own && svg("g", { class: "d-own" }, svg("title", {}, `Our publication: ${date(ours)}`),
    svg("line", { x1: placeOf(own), x2: placeOf(own), y1: 0, y2: height }), svg("text", { class: "d-axis", x: placeOf(own) + 4, y: -4, "text-anchor": placeOf(own) > width / 2 ? "end" : "start" }, "ours"));
  const label = (moment, x, anchor) => svg("text", { class: "d-axis", x, y: height + 18, "text-anchor": anchor }, date(new Date(moment).toISOString(), false));
  return svg("svg", { class: "d-timeline", viewBox: `0 -${top} ${width} ${height + top + 26}`, width, height: height + top + 26, role: "group", "aria-label": "Copies by date; the table below says the same" },
    svg("line", { class: "d-timeline-line", x1: 0, x2: width, y1: height, y2: height }), mark, copies.map(dot),
    label(first, 0, "start"), span > 1 && label(first + span, width, "end"));
}
