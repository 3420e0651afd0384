// One article of ours: which copies of it are known, along time.

import { get } from "./api.js";
import { el, emptyState, loading, table } from "./dom.js";
import { timeline } from "./timeline.js";
import { caseTitle, counted, date, decisions, named, share, states, verdicts } from "./words.js";

export async function show(place, context) {
  place.replaceChildren(loading("the copies"));
  const { cases } = await get(`/v1/originals/${encodeURIComponent(context.parameter)}/cases`, { signal: context.signal });
  const title = cases.find((one) => one.case.original_id === context.parameter)?.case.original_title || context.parameter;
  context.setTitle(title);
  const row = (one) => el("tr", {}, el("td", {}, date(one.case.published || one.case.created)),
    el("td", { class: "d-article" }, el("a", { href: `#/case/${one.case.id}`, dir: "auto" }, caseTitle(one.case)), el("span", { class: "d-under" }, one.case.site ?? "")),
    el("td", {}, named(verdicts, one.verdict)), el("td", { class: "d-n" }, share(one.coverage_original)),
    el("td", { class: "d-wide" }, one.case.decision && one.case.decision !== "none" ? named(decisions, one.case.decision) : named(states, one.case.state)));
  place.replaceChildren(el("div", {}, el("p", { class: "d-kicker" }, "One of our articles"), el("h1", { dir: "auto" }, title),
    cases.length === 0 ? emptyState("No case names this article.") : [
      el("p", { class: "d-lede" }, `${counted(cases.length, "case")} on ${counted(new Set(cases.map((one) => one.case.site ?? "")).size, "site")}, in the order in which they appeared, as far as their dates are known.`),
      timeline(cases),
      table("Copies by date", ["Published", "Copy", "Verdict", ["Of ours", { class: "d-n" }], ["State", { class: "d-wide" }]], cases.map(row)),
      el("p", { class: "d-actions" }, el("a", { class: "d-button", href: `#/inbox?original=${encodeURIComponent(context.parameter)}` }, "Work on them in the inbox"))]));
}
