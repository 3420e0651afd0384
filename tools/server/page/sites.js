// Sites: on which of them our articles were found, and what was decided.

import { get } from "./api.js";
import { el, emptyState, loading, table } from "./dom.js";
import { count, date, derivations, licences, named } from "./words.js";

const sorts = { "-cases": "most cases first", site: "by name", "-last": "latest first" };

export const takenOn = (card) => Object.entries(card.by_verdict ?? {}).reduce((sum, [verdict, number]) => sum + (derivations.has(verdict) ? number : 0), 0);

export async function show(place, context) {
  const sort = sorts[context.query.get("sort")] ? context.query.get("sort") : "-cases";
  place.replaceChildren(loading("the sites"));
  const { sites } = await get(`/v1/sites?sort=${sort}`, { signal: context.signal });
  const row = (card) => el("tr", {}, el("td", { class: "d-article" }, el("a", { href: `#/site/${encodeURIComponent(card.site)}` }, card.site)),
    el("td", { class: "d-n" }, count(card.cases)), el("td", { class: "d-n" }, count(takenOn(card))), el("td", { class: "d-n d-wide" }, count(card.originals)),
    el("td", { class: "d-n d-wide" }, count(card.by_decision?.pursue)), el("td", { class: "d-wide" }, named(licences, card.licence)), el("td", { class: "d-wide" }, date(card.last, false)));
  place.replaceChildren(el("div", {}, el("div", { class: "d-titlebar" }, el("h1", {}, "Sites"),
    el("p", { class: "d-hint d-sorts" }, Object.entries(sorts).map(([key, label]) => el("a", { href: `#/sites?sort=${key}`, "aria-current": key === sort ? "true" : undefined }, label)))),
  sites.length ? table("Sites", ["Site", ["Cases", { class: "d-n" }], ["From ours", { class: "d-n" }], ["Our articles", { class: "d-n d-wide" }],
    ["Pursued", { class: "d-n d-wide" }], ["Licence", { class: "d-wide" }], ["Last case", { class: "d-wide" }]], sites.map(row))
    : emptyState("No case names a site yet.", el("p", {}, "A site is known when a case is opened with the suspect's address."))));
}
