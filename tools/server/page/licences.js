// Licences: which site may print our articles, from when to when, and where that is written.

import { change, get } from "./api.js";
import { el, emptyState, field, loading, table } from "./dom.js";
import { dropDraft, keepDraft } from "./drafts.js";
import { date } from "./words.js";

function addForm(added, context) {
  const site = el("input", { name: "site", type: "text", autocomplete: "off", required: true, spellcheck: "false", placeholder: "example.com" });
  const from = el("input", { name: "from", type: "date" });
  const to = el("input", { name: "to", type: "date" });
  const source = el("input", { name: "source", type: "text", autocomplete: "off" });
  const note = el("input", { name: "note", type: "text", autocomplete: "off" });
  const problem = el("p", { class: "d-problem", role: "alert" });
  const form = el("form", { class: "d-form d-licence" }, el("h2", {}, "Add a licence"),
    field("Site", site, "A domain with all its subdomains, or a domain and the beginning of a path.").row, field("From", from).row, field("Until", to).row,
    field("Where the agreement is", source).row, field("Note", note).row, problem, el("p", { class: "d-actions" }, el("button", { class: "d-primary" }, "Add the licence")));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.textContent = "";
    if (from.value && to.value && to.value < from.value) {
      problem.textContent = "Until is before From.";
      to.focus();
      return;
    }
    const value = Object.fromEntries([...new FormData(form)].map(([name, text]) => [name, text.trim()]).filter(([, text]) => text));
    try {
      await change("POST", "/v1/licences", value, undefined, context.signal);
      form.reset();
      dropDraft("licence");
      context.announce("The licence is added. Cases follow it at once.");
      added();
    } catch (error) {
      if (!context.signal.aborted) problem.textContent = error.message;
    }
  });
  keepDraft(form, "licence");
  if (context.query.get("site")) site.value = context.query.get("site");
  return form;
}

function confirmRemoval(rule, remove) {
  const problem = el("p", { class: "d-problem", role: "alert" });
  const dialog = el("dialog", { class: "d-dialog", "aria-labelledby": "remove-title" },
    el("h2", { id: "remove-title" }, `Remove the licence of ${rule.site}?`),
    el("p", {}, "Its cases then stand as not licensed. Who removed it stays in the log."), problem,
    el("p", { class: "d-actions" }, el("button", { type: "button", class: "d-primary", onclick: async () => {
      try { await remove(); dialog.close(); } catch (error) { problem.textContent = error.message; }
    } }, "Remove it"), el("button", { type: "button", class: "d-quiet", onclick: () => dialog.close() }, "Keep it")));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

export async function show(place, context) {
  const list = el("div", {}, loading("the licences"));
  const load = async () => {
    const { licences } = await get("/v1/licences", { signal: context.signal });
    list.replaceChildren(licences.length ? table("Licences", ["Site", ["From", { class: "d-wide" }], "Until", ["Agreement", { class: "d-wide" }], ["Added by", { class: "d-wide" }], [el("span", { class: "d-unseen" }, "Remove"), {}]],
      licences.map((rule) => el("tr", {}, el("td", { class: "d-article" }, rule.site, el("span", { class: "d-under" }, rule.note ?? "")),
        el("td", { class: "d-wide" }, rule.from ? date(rule.from, false) : "always"), el("td", {}, rule.to ? date(rule.to, false) : "open"),
        el("td", { class: "d-wide" }, rule.source ?? ""), el("td", { class: "d-wide" }, rule.person ?? ""),
        el("td", {}, el("button", { type: "button", class: "d-quiet", "aria-label": `Remove the licence of ${rule.site}`, onclick: () =>
          confirmRemoval(rule, async () => { await change("DELETE", `/v1/licences/${rule.id}`); context.announce("The licence is removed."); await load(); }) }, "Remove")))))
      : emptyState("There are no licences yet.", el("p", {}, "Without them every case says “not known”.")));
  };
  place.replaceChildren(el("div", {}, el("h1", {}, "Licences"), list, addForm(load, context)));
  await load();
}
