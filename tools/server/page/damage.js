// What the suspect did to our article, in a few lines: facts, notices, hidden characters, credit. All from the report.

import { el } from "./dom.js";
import { count } from "./words.js";

// More examples than these are in the report below.
const maxExamples = 3;

const noticeNames = { copyright: "copyright notice", byline: "byline", dateline: "dateline", credit: "credit line" };
const alertNames = {
  "hidden-characters": "hidden characters", "look-alike-letters": "look-alike letters",
  "bidirectional-controls": "characters that turn the direction of writing",
};

function line(heading, what, examples) {
  return el("li", {}, el("strong", {}, heading), ` ${what}`,
    examples.length > 0 && el("span", { class: "d-examples" }, ": ", examples.slice(0, maxExamples).map((text, at) =>
      [at > 0 && " · ", el("q", { dir: "auto" }, text)]), examples.length > maxExamples && " …"));
}

export function damageList(report) {
  const finding = report.findings?.[0];
  const lines = [];
  const facts = (state) => (finding?.facts ?? []).filter((fact) => fact.state === state);
  const altered = facts("altered");
  const missing = facts("missing");
  if (altered.length) lines.push(line(count(altered.length), "facts altered", altered.map((fact) => `${fact.original} → ${fact.suspect ?? ""}`)));
  if (missing.length) lines.push(line(count(missing.length), "facts missing", missing.map((fact) => fact.original)));
  for (const state of ["removed", "altered"]) {
    const notices = (report.notices ?? []).filter((notice) => notice.state === state);
    if (notices.length) {
      const kinds = [...new Set(notices.map((notice) => noticeNames[notice.kind] ?? notice.kind))].join(", ");
      lines.push(line(count(notices.length), `notices ${state} (${kinds})`, notices.map((notice) => notice.original ?? "")));
    }
  }
  for (const alert of report.alerts ?? []) {
    if (alertNames[alert.kind]) lines.push(line(count(alert.count), alertNames[alert.kind], []));
  }
  const credit = finding?.credit ?? [];
  if (finding) lines.push(credit.length ? line("Credited", "", credit.map((one) => one.text)) : line("No credit", "was found", []));
  return lines;
}
