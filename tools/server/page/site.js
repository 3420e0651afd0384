// The card of one site: how often, how much, what was decided, and whether it has a licence.

import { get } from "./api.js";
import { el, loading } from "./dom.js";
import { takenOn } from "./sites.js";
import { count, date, decisions, licences, named, verdicts } from "./words.js";

function counts(title, names, numbers) {
  const rows = Object.entries(numbers ?? {}).filter(([, number]) => number > 0);
  return el("section", {}, el("h2", {}, title), rows.length === 0 ? el("p", { class: "d-hint" }, "None yet.") : el("table", { class: "d-table" },
    el("thead", { class: "d-unseen" }, el("tr", {}, el("th", { scope: "col" }, title), el("th", { scope: "col" }, "Cases"))),
    el("tbody", {}, rows.map(([name, number]) => el("tr", {}, el("td", {}, named(names, name)), el("td", { class: "d-n" }, count(number)))))));
}

export async function show(place, context) {
  place.replaceChildren(loading("the site"));
  const card = await get(`/v1/sites/${encodeURIComponent(context.parameter)}`, { signal: context.signal });
  context.setTitle(card.site);
  const figure = (name, value) => el("div", {}, el("dt", {}, name), el("dd", {}, value));
  place.replaceChildren(el("div", { class: "d-site" }, el("p", { class: "d-kicker" }, el("span", {}, "Site")), el("h1", {}, card.site),
    el("dl", { class: "d-figures" }, figure("Cases", count(card.cases)), figure("From ours", count(takenOn(card))), figure("Our articles", count(card.originals)),
      figure("Licence", named(licences, card.licence)), figure("First case", date(card.first, false)), figure("Last case", date(card.last, false))),
    el("div", { class: "d-columns" }, counts("By verdict", verdicts, card.by_verdict), counts("By decision", decisions, card.by_decision)),
    el("p", { class: "d-actions" }, el("a", { class: "d-button", href: `#/inbox?site=${encodeURIComponent(card.site)}` }, "Its cases in the inbox"),
      el("a", { class: "d-button", href: `#/licences?site=${encodeURIComponent(card.site)}` }, "Add a licence"))));
}
