// One article of ours: which copies of it are known, along time.

import { get } from "./api.js";
import { el, emptyState, loading, narrowOnly, table } from "./dom.js";
import { timeline } from "./timeline.js";
import { caseTitle, counted, date, decisions, named, share, states, verdicts } from "./words.js";

// Of the picture, in pixels: as wide as the page, so that its words keep their size.
const minWidth = 260;
const maxWidth = 960;
const margins = 60;

export async function show(place, context) {
  place.replaceChildren(loading("the copies"));
  const { cases } = await get(`/v1/originals/${encodeURIComponent(context.parameter)}/cases`, { signal: context.signal });
  const title = cases.find((one) => one.case.original_id === context.parameter)?.case.original_title || context.parameter;
  context.setTitle(title);
  const row = (one) => el("tr", {}, el("td", {}, date(one.case.published || one.case.created)),
    el("td", { class: "d-article" }, el("a", { href: `#/case/${one.case.id}`, dir: "auto" }, caseTitle(one.case)), el("span", { class: "d-under" }, narrowOnly(named(verdicts, one.verdict)), one.case.site ?? "")),
    el("td", { class: "d-wide" }, named(verdicts, one.verdict)), el("td", { class: "d-n" }, share(one.coverage_original)),
    el("td", { class: "d-wide" }, one.case.decision && one.case.decision !== "none" ? named(decisions, one.case.decision) : named(states, one.case.state)));
  place.replaceChildren(el("div", {}, el("p", { class: "d-kicker" }, "One of our articles"), el("h1", { dir: "auto" }, title),
    cases.length === 0 ? emptyState("No case names this article.") : [
      el("p", { class: "d-lede" }, `${counted(cases.length, "case")} on ${counted(new Set(cases.map((one) => one.case.site ?? "")).size, "site")}, in the order in which they appeared, as far as their dates are known.`),
      timeline(cases, Math.max(minWidth, Math.min(maxWidth, place.clientWidth - margins))),
      table("Copies by date", ["Published", "Copy", ["Verdict", { class: "d-wide" }], ["Of ours", { class: "d-n" }], ["State", { class: "d-wide" }]], cases.map(row)),
      el("p", { class: "d-actions" }, el("a", { class: "d-button", href: `#/inbox?original=${encodeURIComponent(context.parameter)}` }, "Work on them in the inbox"))]));
}
