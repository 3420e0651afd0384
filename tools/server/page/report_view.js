// Puts the server's own report into the page. It is the only thing that enters as HTML, and no script in it could run.

import { get, getText } from "./api.js";
import { attach } from "./report.js";
import { el } from "./dom.js";

// In a document of its own: nothing loads and nothing runs there.
export const parsePage = (html) => new DOMParser().parseFromString(html, "text/html");

function fragmentOf(html) {
  const parsed = parsePage(html).querySelector("main");
  // The desk has its own <main>, and a page has one.
  return el("div", { class: `d-report ${parsed.className}` }, [...parsed.childNodes].map((node) => document.adoptNode(node)));
}

export const loadReport = (id, signal) => getText(`/v1/cases/${id}/report.html`, "text/html", { signal });
export const loadReportJson = (id, signal) => get(`/v1/reports/${encodeURIComponent(id)}`, { signal });

// The report in `place`, with its own script until `signal` aborts.
export function showReport(place, html, signal) {
  const report = fragmentOf(html);
  // At a desk the texts are read first; figures and reasons follow them.
  const texts = report.querySelector(".texts");
  if (texts) report.querySelector(".mast")?.after(texts);
  place.replaceChildren(report);
  const detach = attach(report);
  signal.addEventListener("abort", () => detach?.(), { once: true });
  return report;
}
