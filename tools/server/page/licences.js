// Licences: which site may print our articles, from when to when and on what terms, and where that is written.

import { change, get, importLicences } from "./api.js";
import { el, emptyState, field, loading, narrowOnly, select, table } from "./dom.js";
import { dropDraft, keepDraft } from "./drafts.js";
import { count, counted, date, licences } from "./words.js";

// What a rule can say, in the order of the form.
const kinds = [["licensed", "It has a licence"], ["own-site", "It is our own"], ["fair-dealing", "Fair dealing"]];
const mostHours = 87840;

function check(name, label, on) {
  const control = el("input", { name, type: "checkbox", checked: on });
  return { control, row: el("p", { class: "d-field" }, el("label", { class: "d-check" }, control, ` ${label}`)) };
}

// The controls of a rule, filled from it. `values()` is what the service takes.
function controlsOf(rule) {
  const text = (name, more) => el("input", { name, type: "text", autocomplete: "off", spellcheck: "false", value: rule[name] ?? "", ...more });
  const from = el("input", { name: "from", type: "date", value: rule.from ?? "" });
  const to = el("input", { name: "to", type: "date", value: rule.to ?? "" });
  const hours = el("input", { name: "embargo_hours", type: "number", min: "0", max: String(mostHours), step: "1", value: String(rule.embargo_hours ?? 0) });
  const fields = [
    field("Site", text("site", { required: true, placeholder: "example.com" }), "A domain with all its subdomains, or a domain and the beginning of a path."),
    field("Which of ours", text("original"), "A domain and the beginning of a path, or the name of a feed. Empty: all."),
    field("From", from), field("Until", to),
    field("By what right", select({ name: "state" }, kinds, rule.state ?? "licensed")),
    field("Embargo in hours", hours, "After our publication."),
    check("may_alter", "The wording may be altered", rule.may_alter ?? true),
    check("credit", "A credit is required", rule.credit), check("link", "A link is required", rule.link),
    field("Where the agreement is", text("source")), field("Note", text("note")),
  ];
  const controls = fields.map((one) => one.control);
  return {
    rows: fields.map((one) => one.row), from, to,
    values: () => Object.fromEntries(controls.map((control) => [control.name,
      control.type === "checkbox" ? control.checked : control.type === "number" ? Number(control.value) : control.value.trim()])),
  };
}

// A form for a rule. `save` sends its values; what the service refuses is shown.
function ruleForm(rule, { title, button, save, context, more }) {
  const controls = controlsOf(rule);
  const problem = el("p", { class: "d-problem", role: "alert" });
  const form = el("form", { class: "d-form d-licence" }, title && el("h2", {}, title), controls.rows, problem,
    el("p", { class: "d-actions" }, el("button", { class: "d-primary" }, button), more));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.textContent = "";
    if (controls.from.value && controls.to.value && controls.to.value < controls.from.value) {
      problem.textContent = "Until is before From.";
      controls.to.focus();
      return;
    }
    try {
      await save(controls.values(), form);
    } catch (error) {
      if (!context.signal.aborted) problem.textContent = error.message;
    }
  });
  return form;
}

function addForm(added, context) {
  const form = ruleForm({ site: context.query.get("site") ?? "" }, { title: "Add a licence", button: "Add the licence", context, save: async (value, itself) => {
    await change("POST", "/v1/licences", value, undefined, context.signal);
    itself.reset();
    dropDraft("licence");
    context.announce("The licence is added. Cases follow it at once.");
    await added();
  } });
  keepDraft(form, "licence");
  return form;
}

function confirmRemoval(rule, remove) {
  const problem = el("p", { class: "d-problem", role: "alert" });
  const dialog = el("dialog", { class: "d-dialog", "aria-labelledby": "remove-title" },
    el("h2", { id: "remove-title" }, `Remove the licence of ${rule.site}?`),
    el("p", {}, "Its cases then stand as other rules say, or as not known. Who removed it stays in the log."), problem,
    el("p", { class: "d-actions" }, el("button", { type: "button", class: "d-primary", onclick: async () => {
      try { await remove(); dialog.close(); } catch (error) { problem.textContent = error.message; }
    } }, "Remove it"), el("button", { type: "button", class: "d-quiet", onclick: () => dialog.close() }, "Keep it")));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

const termsOf = (rule) => [
  rule.state !== "licensed" && licences[rule.state], rule.credit && "credit", rule.link && "link", !rule.may_alter && "not altered",
  rule.embargo_hours > 0 && `embargo ${count(rule.embargo_hours)} h`].filter(Boolean).join(", ") || "none";
const timeOf = (rule) => (rule.from || rule.to ? `${rule.from ? date(rule.from, false) : "always"} – ${rule.to ? date(rule.to, false) : "open"}` : "always");

// The row of a rule, which becomes a form where it is edited.
function ruleRow(rule, load, context) {
  const edit = el("button", { type: "button", class: "d-quiet", "aria-label": `Edit the licence of ${rule.site}` }, "Edit");
  const cells = [
    el("td", { class: "d-article" }, rule.site, rule.original && el("span", { class: "d-under" }, `for ${rule.original}`), el("span", { class: "d-under" }, narrowOnly(timeOf(rule), rule.note), rule.note)),
    el("td", { class: "d-wide" }, timeOf(rule)), el("td", {}, termsOf(rule)), el("td", { class: "d-wide" }, rule.source ?? ""), el("td", { class: "d-wide" }, rule.person ?? ""),
    el("td", {}, el("span", { class: "d-actions" }, edit, el("button", { type: "button", class: "d-quiet", "aria-label": `Remove the licence of ${rule.site}`, onclick: () =>
      confirmRemoval(rule, async () => { await change("DELETE", `/v1/licences/${rule.id}`); context.announce("The licence is removed."); await load(); }) }, "Remove")))];
  const row = el("tr", {}, cells);
  const leave = () => { row.replaceChildren(...cells); edit.focus(); };
  edit.addEventListener("click", () => {
    const form = ruleForm(rule, { button: "Save", context, more: el("button", { type: "button", class: "d-quiet", onclick: leave }, "Leave it as it is"), save: async (value) => {
      await change("PUT", `/v1/licences/${rule.id}`, value, undefined, context.signal);
      context.announce("The licence is changed. Cases follow it at once.");
      await load(rule.id);
    } });
    form.setAttribute("aria-label", `The licence of ${rule.site}`);
    form.addEventListener("keydown", (event) => { if (event.key === "Escape") leave(); });
    row.replaceChildren(el("td", { colspan: String(cells.length) }, form));
    form.elements.site.focus();
  });
  row.dataset.rule = rule.id;
  return row;
}

function tableOf(rules, load, context) {
  return rules.length ? table("Licences", ["Site", ["When", { class: "d-wide" }], "Terms", ["Agreement", { class: "d-wide" }], ["Added by", { class: "d-wide" }], [el("span", { class: "d-unseen" }, "Edit or remove"), {}]],
    rules.map((rule) => ruleRow(rule, load, context)))
    : emptyState("There are no licences yet.", el("p", {}, "Without them every case says “not known”."));
}

// Export and import of the whole table, for spreadsheets and for `--licences`.
function tableForm(load, context) {
  const file = el("input", { type: "file", name: "file", accept: ".csv,text/csv", required: true });
  const replace = check("replace", "Remove the rules that the table does not have", false);
  const problem = el("p", { class: "d-problem", role: "alert" });
  const form = el("form", { class: "d-form d-licence" }, el("h2", {}, "As a table"),
    field("Table (CSV)", file, "The columns are those of the export; only “site” must be there.").row, replace.row, problem,
    el("p", { class: "d-actions" }, el("button", {}, "Import the table"), el("a", { class: "d-button", href: "/v1/licences.csv", download: "licences.csv" }, "Export the table")));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.textContent = "";
    try {
      const { added, known, removed } = await importLicences(file.files[0], replace.control.checked, context.signal);
      form.reset();
      context.announce(`${counted(added, "licence")} added, ${count(removed)} removed, ${count(known)} were there.`);
      await load();
    } catch (error) {
      if (!context.signal.aborted) problem.textContent = error.message;
    }
  });
  return form;
}

export async function show(place, context) {
  const list = el("div", {}, loading("the licences"));
  // `edited`: the number of a rule whose button gets the focus back.
  const load = async (edited) => {
    const { licences: rules } = await get("/v1/licences", { signal: context.signal });
    list.replaceChildren(tableOf(rules, load, context));
    if (edited) list.querySelector(`tr[data-rule="${edited}"] button`)?.focus();
  };
  place.replaceChildren(el("div", {}, el("h1", {}, "Licences"), list, addForm(load, context), tableForm(load, context)));
  await load();
}
