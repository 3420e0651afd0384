// The log: everything that was done, in a chain that shows whether something was changed afterwards.

import { get, getLines } from "./api.js";
import { el, emptyState, loading, table } from "./dom.js";
import { count, date, happened } from "./words.js";

const eventsPerPage = 200;

function subjectOf(event) {
  if (event.case) return el("a", { href: `#/case/${event.case}` }, `Case ${event.case}`);
  if (event.audit) return el("a", { href: `#/audit/${event.audit}` }, `Audit ${event.audit}`);
  return event.licence ? el("a", { href: "#/licences" }, `Licence ${event.licence}`) : "";
}

export async function show(place, context) {
  const { signal } = context;
  place.replaceChildren(loading("the log"));
  const check = await get("/v1/log/check", { signal });
  const body = el("tbody", {});
  const more = el("button", { type: "button" }, "Show older ones");
  let end = check.events;
  const load = async () => {
    const begin = Math.max(0, end - eventsPerPage);
    const events = await getLines(`/v1/log?after=${begin}&limit=${end - begin}`, { signal });
    body.append(...events.filter((event) => event.seq <= end).reverse().map((event) => el("tr", {}, el("td", { class: "d-n d-wide" }, event.seq),
      el("td", {}, el("time", { datetime: event.time }, date(event.time))), el("td", { class: "d-wide" }, event.person),
      el("td", {}, el("span", { class: "d-narrow-only" }, `${event.person} `), happened(event)), el("td", {}, subjectOf(event)),
      el("td", { class: "d-wide" }, el("code", { title: event.hash }, (event.hash ?? "").slice(0, 12))))));
    end = begin;
    more.hidden = begin === 0;
  };
  more.addEventListener("click", load);
  const shown = table("Log, latest first", [["No.", { class: "d-n d-wide" }], "When", ["Who", { class: "d-wide" }], "What", "Of", ["Hash", { class: "d-wide" }]], []);
  shown.querySelector("tbody").replaceWith(body);
  place.replaceChildren(el("div", {}, el("h1", {}, "Log"),
    check.whole
      ? el("p", { class: "d-whole" }, el("strong", {}, "The chain is whole."), ` ${count(check.events)} events, each with the hash of the one before. `,
        check.head?.hash && el("span", { class: "d-hint" }, "Write down the last one elsewhere, so that it shows if somebody makes the chain anew: ", el("code", {}, check.head.hash)))
      : el("p", { class: "d-broken", role: "alert" }, el("strong", {}, "The chain is broken."), ` ${check.problem ?? ""} Keep a copy of the data folder and tell the person who runs the server.`),
    check.events === 0 ? emptyState("Nothing was done yet.") : [shown, el("p", { class: "d-actions" }, more, el("a", { class: "d-button", href: "/v1/log?after=0", download: "custody.jsonl" }, "The whole log as a file"), el("a", { class: "d-button", href: "#/verify" }, "Verify an evidence pack"))]));
  if (check.events > 0) await load();
}
