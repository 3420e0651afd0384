// Puts the server's own report into the page. It is the only thing that enters as HTML, and no script in it could run.

import { get, getText } from "./api.js";
import { attachReport } from "./report.js";
import { el } from "./dom.js";

// Parses the fragment in a document of its own: nothing loads and nothing runs there.
export function fragmentOf(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const main = parsed.querySelector("main");
  return [...(main ?? parsed.body).childNodes].map((node) => document.adoptNode(node));
}

// A report that was made when the case was opened is used again; otherwise it is asked for.
export async function loadReport(id, signal) {
  return getText(`/v1/cases/${id}/report.html`, "text/html", { signal });
}

export function showReport(place, html, attachButtons, signal) {
  const report = el("div", { class: "d-report" });
  report.replaceChildren(...fragmentOf(html));
  place.replaceChildren(report);
  attachReport(report, signal);
  attachButtons(report);
  return report;
}

export const loadReportJson = (id, signal) => get(`/v1/reports/${encodeURIComponent(id)}`, { signal });
