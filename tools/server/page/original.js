// One article of ours: which copies of it are known, along time.

import { get } from "./api.js";
import { el, emptyState, loading, narrowOnly, table } from "./dom.js";
import { timeline } from "./timeline.js";
import { caseTitle, counted, date, decisions, named, share, states, verdicts } from "./words.js";

// Of the picture, in pixels: as wide as the page, so that its words keep their size.
const minWidth = 260;
const maxWidth = 960;
const margins = 60;

// The article as the archive has it; null where it has it no more.
async function articleOf(id, signal) {
  try {
    return (await get(`/v1/articles/${encodeURIComponent(id)}`, { signal })).versions[0] ?? null;
  } catch (error) {
    if (error.status === 404) return null;
    throw error;
  }
}

function lede(cases) {
  const sites = new Set(cases.map((one) => one.case.site).filter(Boolean));
  const without = cases.filter((one) => !one.case.site).length;
  const where = [sites.size && `on ${counted(sites.size, "site")}`, without && `${without === cases.length ? "" : `${without} of them `}without a known site`].filter(Boolean).join(", ");
  return `${counted(cases.length, "case")} ${where}, in the order in which they appeared, as far as their dates are known.`;
}

function rowOf(one) {
  const { site, published, created } = one.case;
  return el("tr", {}, el("td", {}, published ? date(published) : el("span", { class: "d-hint" }, `not known (opened ${date(created, false)})`)),
    el("td", { class: "d-article" }, el("a", { href: `#/case/${one.case.id}`, dir: "auto" }, caseTitle(one.case)), el("span", { class: "d-under" }, narrowOnly(named(verdicts, one.verdict), site), site)),
    el("td", { class: "d-wide" }, named(verdicts, one.verdict)), el("td", { class: "d-n" }, share(one.coverage_original)),
    el("td", { class: "d-wide" }, one.case.decision && one.case.decision !== "none" ? named(decisions, one.case.decision) : named(states, one.case.state)));
}

const ownRow = (ours, title) => el("tr", { class: "d-ours" }, el("td", {}, date(ours.published)),
  el("td", { class: "d-article" }, el("strong", { dir: "auto" }, title), el("span", { class: "d-under" }, ["our publication", ours.site].filter(Boolean).join(" · "))),
  el("td", { class: "d-wide" }), el("td", {}), el("td", { class: "d-wide" }));

export async function show(place, context) {
  place.replaceChildren(loading("the copies"));
  const { signal } = context;
  const [{ cases }, ours] = await Promise.all([get(`/v1/originals/${encodeURIComponent(context.parameter)}/cases`, { signal }), articleOf(context.parameter, signal)]);
  const title = ours?.title || cases.find((one) => one.case.original_id === context.parameter)?.case.original_title || context.parameter;
  context.setTitle(title);
  const moment = (one) => Date.parse(one.case.published);
  // Those whose day is known come first, by day.
  const dated = cases.filter((one) => moment(one)).sort((a, b) => moment(a) - moment(b));
  const undated = cases.filter((one) => !moment(one));
  const rows = dated.map(rowOf);
  if (Date.parse(ours?.published)) rows.splice(dated.filter((one) => moment(one) < Date.parse(ours.published)).length, 0, ownRow(ours, title));
  place.replaceChildren(el("div", {}, el("p", { class: "d-kicker" }, el("span", {}, "One of our articles"), ours?.published && el("span", {}, `published ${date(ours.published)}`)),
    el("h1", { dir: "auto" }, title),
    cases.length === 0 ? emptyState("No case names this article.") : [
      el("p", { class: "d-lede" }, lede(cases)),
      dated.length > 0 && timeline(dated, ours?.published, Math.max(minWidth, Math.min(maxWidth, place.clientWidth - margins))),
      table("Copies by date", ["Published", "Copy", ["Verdict", { class: "d-wide" }], ["Of ours", { class: "d-n" }], ["State", { class: "d-wide" }]], [rows, undated.map(rowOf)]),
      el("p", { class: "d-actions" }, el("a", { class: "d-button", href: `#/inbox?original=${encodeURIComponent(context.parameter)}` }, "Work on them in the inbox"))]));
}
