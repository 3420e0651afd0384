// How many suspects an audit found at which probability, and how many stay above a threshold that one moves.

import { el, svg } from "./dom.js";
import { count, counted, derivations, named, verdicts } from "./words.js";

const width = 720;
const height = 180;
const gap = 2;

const total = (bin) => Object.values(bin.by_verdict ?? {}).reduce((sum, number) => sum + number, 0);
const derived = (bin) => Object.entries(bin.by_verdict ?? {}).reduce((sum, [verdict, number]) => sum + (derivations.has(verdict) ? number : 0), 0);

// Counts differ by factors of thousands: the square root keeps small bars visible and large ones on the page.
const tall = (number, most) => (most ? Math.sqrt(number / most) * (height - 20) : 0);

function bars(bins) {
  const most = Math.max(1, ...bins.map(total));
  return bins.map((bin) => {
    const x = bin.from * width + gap / 2;
    const wide = Math.max(1, (bin.to - bin.from) * width - gap);
    const high = tall(total(bin), most);
    const taken = total(bin) ? high * (derived(bin) / total(bin)) : 0;
    return svg("g", { class: "d-bin", "data-from": String(bin.from) },
      svg("title", {}, `${bin.from.toFixed(2)} to ${bin.to.toFixed(2)}: ${counted(total(bin), "suspect")}`),
      svg("rect", { class: "d-bin-all", x, y: height - high, width: wide, height: high }),
      svg("rect", { class: "d-bin-derived", x, y: height - taken, width: wide, height: taken }));
  });
}

// Words below the picture, which is stretched to the width of the page.
function axis() {
  return el("p", { class: "d-axis", "aria-hidden": "true" }, [0, 25, 50, 75, 100].map((percent) => el("span", {}, `${percent}%`)));
}

function asTable(bins) {
  return el("details", {}, el("summary", {}, "The same as a table"), el("table", { class: "d-table" },
    el("thead", {}, el("tr", {}, ["Probability", "Suspects", "From ours", "By verdict"].map((name, at) => el("th", { scope: "col", class: at === 1 || at === 2 ? "d-n" : undefined }, name)))),
    el("tbody", {}, bins.filter((bin) => total(bin) > 0).map((bin) => el("tr", {}, el("td", {}, `${bin.from.toFixed(2)}–${bin.to.toFixed(2)}`),
      el("td", { class: "d-n" }, count(total(bin))), el("td", { class: "d-n" }, count(derived(bin))),
      el("td", {}, Object.entries(bin.by_verdict).map(([verdict, number]) => `${named(verdicts, verdict)} ${count(number)}`).join(", ")))))));
}

// `data`: {"bins", "thresholds"} of the service. `onChange(threshold)` gets {probability, suspects} whenever it moves.
// Returns the element and a function that moves the threshold.
export function histogram(data, onChange) {
  const thresholds = [...data.thresholds].sort((a, b) => a.probability - b.probability);
  const line = svg("line", { class: "d-threshold", y1: "0", y2: String(height) });
  const picture = svg("svg", { class: "d-histogram", viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", role: "img",
    "aria-label": "Suspects by probability, from 0 to 100%; the table below has the counts" }, bars(data.bins), line);
  const said = el("output", { class: "d-threshold-said" });
  const start = Math.max(0, thresholds.findIndex((one) => one.probability >= 0.9));
  // As long as the picture is wide, so that its thumb stands below the line. It stops at the thresholds only.
  const slider = el("input", { type: "range", id: "threshold", min: "0", max: "1", step: "0.001" });
  let at = start;
  const nearest = (probability) => thresholds.reduce((best, one, index) =>
    (Math.abs(one.probability - probability) < Math.abs(thresholds[best].probability - probability) ? index : best), 0);
  const move = (to) => {
    at = Math.min(Math.max(to, 0), Math.max(0, thresholds.length - 1));
    const chosen = thresholds[at] ?? { probability: 0, suspects: 0 };
    slider.value = String(chosen.probability);
    const x = chosen.probability * width;
    line.setAttribute("x1", x);
    line.setAttribute("x2", x);
    for (const bin of picture.querySelectorAll(".d-bin")) bin.classList.toggle("d-below", Number(bin.dataset.from) < chosen.probability - 1e-9);
    const text = `At ${Number((chosen.probability * 100).toFixed(2))}% or more: ${counted(chosen.suspects, "suspect")}`;
    said.textContent = text;
    slider.setAttribute("aria-valuetext", text);
    onChange(chosen);
  };
  slider.addEventListener("input", () => move(nearest(Number(slider.value))));
  slider.addEventListener("keydown", (event) => {
    const to = { ArrowLeft: at - 1, ArrowDown: at - 1, ArrowRight: at + 1, ArrowUp: at + 1, PageDown: at - 1, PageUp: at + 1, Home: 0, End: thresholds.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    move(to);
  });
  const figure = el("figure", { class: "d-figure" }, el("p", { class: "d-slider-said" }, el("label", { for: "threshold" }, "Threshold"), said), picture, slider, axis(),
    el("figcaption", { class: "d-hint" }, "Heights grow with the square root of the count. Filled: a part or all derives from ours."), asTable(data.bins));
  move(start);
  // The highest threshold that a suspect of this probability passes.
  return { figure, setThreshold: (probability) => move(thresholds.findLastIndex((one) => one.probability <= probability)) };
}
