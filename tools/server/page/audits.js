// Audits: a whole file of suspects at once, with progress while it runs.

import { change, get, upload } from "./api.js";
import { el, emptyState, field, loading, narrowOnly, table } from "./dom.js";
import { listen } from "./live.js";
import { auditStates, bytes, count, date, derivations, named, tooLarge } from "./words.js";

export const isOver = (audit) => ["done", "failed", "cancelled", "removed"].includes(audit.state);

// Suspects of which a part or all derives from ours.
export const foundIn = (audit) =>
  Object.entries(audit.by_verdict ?? {}).reduce((sum, [verdict, number]) => sum + (derivations.has(verdict) ? number : 0), 0);

export function progressOf(audit) {
  if (isOver(audit)) return audit.error ? el("span", { class: "d-problem" }, audit.error) : bytes(audit.bytes_done);
  const bar = el("progress", { max: "1", value: audit.bytes_total ? audit.bytes_done / audit.bytes_total : 0, "aria-label": `Progress of ${audit.name}` });
  return [bar, el("span", { class: "d-hint" }, ` ${bytes(audit.bytes_done)} of ${bytes(audit.bytes_total)}`)];
}

function rowOf(audit) {
  const under = [audit.person, date(audit.created)].filter(Boolean).join(" · ");
  return el("tr", { "data-id": audit.id },
    el("td", { class: "d-article" }, el("a", { href: `#/audit/${audit.id}` }, audit.name || `Audit ${audit.id}`),
      el("span", { class: "d-under" }, narrowOnly(named(auditStates, audit.state), under), under)),
    el("td", { class: "d-wide" }, named(auditStates, audit.state)), el("td", { class: "d-n" }, count(audit.suspects)), el("td", { class: "d-n" }, count(foundIn(audit))),
    el("td", { class: "d-wide" }, progressOf(audit)));
}

function startForms(started, context) {
  const file = el("input", { type: "file", id: "audit-file" });
  const path = el("input", { type: "text", autocomplete: "off", spellcheck: "false" });
  context.onFiles(([first]) => {
    const chosen = new DataTransfer();
    chosen.items.add(first);
    file.files = chosen.files;
    file.focus();
  });
  const problem = el("p", { class: "d-problem", role: "alert" });
  const bar = el("progress", { max: "1", value: 0, hidden: true, "aria-label": "Upload" });
  const button = el("button", { class: "d-primary" }, "Start the audit");
  const form = el("form", { class: "d-form d-start" }, field("A file of suspects", file, "JSON Lines, WARC, CSV, Parquet and others, packed or not.").row,
    field("Or a path on the server", path, "Below the folder that the server was given with --inputs.").row, bar, problem,
    el("p", { class: "d-actions" }, button));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.textContent = "";
    const chosen = file.files[0];
    if (!chosen && !path.value.trim()) { problem.textContent = "Choose a file, or name a path."; return; }
    button.disabled = true;
    bar.hidden = !chosen;
    try {
      const answer = chosen
        ? await upload(`/v1/audits?name=${encodeURIComponent(chosen.name)}`, chosen, (part) => { bar.value = part; }, context.signal)
        : await change("POST", "/v1/audits", { path: path.value.trim() });
      form.reset();
      started(answer.audit);
    } catch (error) {
      const large = chosen && tooLarge(error, chosen.size);
      if (!context.signal.aborted) problem.textContent = large ? `${large} Ask whoever runs the server to put it into the folder of audits.` : error.message;
    } finally {
      button.disabled = false;
      bar.hidden = true;
    }
  });
  return form;
}

export async function show(place, context) {
  const list = el("div", {}, loading("the audits"));
  let audits = [];
  const write = () => list.replaceChildren(audits.length
    ? table("Audits", ["Audit", ["State", { class: "d-wide" }], ["Suspects", { class: "d-n" }], ["From ours", { class: "d-n" }], ["Read", { class: "d-wide" }]], audits.map(rowOf))
    : emptyState("There are no audits yet.", el("p", {}, "An audit checks every article of a file against the archive.")));
  const load = async () => { audits = (await get("/v1/audits", { signal: context.signal })).audits; write(); };
  place.replaceChildren(el("div", {}, el("h1", {}, "Audits"), startForms(() => { context.announce("The audit has begun."); load(); }, context), list));
  // Listening begins first: what changes while the list is read is then not missed.
  listen(async (kind, data) => {
    if (kind === "reset") return load().catch(() => {});
    if (kind !== "audit") return;
    try {
      const fresh = await get(`/v1/audits/${data.id}`, { signal: context.signal });
      const at = audits.findIndex((audit) => audit.id === fresh.id);
      if (at < 0) return load();
      audits[at] = fresh;
      list.querySelector(`tr[data-id="${fresh.id}"]`)?.replaceWith(rowOf(fresh));
    } catch {
      // It was left, or deleted: the next event or visit shows it.
    }
  }, context.signal);
  await load();
}
