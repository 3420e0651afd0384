// The inbox: which cases wait, filtered, sorted and page by page, worked through by keyboard.

import { get } from "./api.js";
import { lastVisited, listedBefore, rememberList } from "./case_list.js";
import { decisionForm } from "./decide.js";
import { el, emptyState, field, loading, narrowOnly, put, select, svg } from "./dom.js";
import { readSetting, writeSetting } from "./drafts.js";
import { saveFile } from "./files.js";
import { bindKey } from "./keys.js";
import { listen } from "./live.js";
import { hasName, session } from "./session.js";
import { age, caseTitle, count, counted, date, decisionKeys, decisions, handedOut, licences, named, share, states, verdicts } from "./words.js";

const rowsPerPage = 100;
// The service gives at most so many rows at once.
const rowsPerExport = 1000;
// More sites than these are no help to choose from.
const sitesOffered = 500;
// A pause in typing after which the filter is applied, in milliseconds.
const typingPause = 200;

const filterNames = ["q", "state", "decision", "verdict", "licence", "site", "assignee", "original", "audit", "min_probability", "min_coverage"];
const sortable = { probability: "Probability", coverage: "Of ours", title: "Article", created: "Age" };

const withAny = (names) => [["", "any"], ...Object.entries(names)];
const percentSteps = [["", "any"], ["0.5", "50% or more"], ["0.9", "90% or more"], ["0.99", "99% or more"]];
const coverageSteps = [["", "any"], ["0.1", "10% or more"], ["0.25", "25% or more"], ["0.5", "50% or more"], ["0.9", "90% or more"]];

// Only what filters and sorts: this is what addresses, saved filters and exports hold.
function queryOf(address) {
  const query = new URLSearchParams();
  for (const name of [...filterNames, "sort"]) if (address.get(name)) query.set(name, address.get(name));
  return query;
}

function gauge(value) {
  return svg("svg", { class: "d-gauge", viewBox: "0 0 100 4", preserveAspectRatio: "none", "aria-hidden": "true" },
    svg("rect", { class: "d-gauge-all", width: "100", height: "4" }), svg("rect", { class: "d-gauge-part", width: String(100 * (value ?? 0)), height: "4" }));
}

function rowOf(row) {
  const under = [row.site, row.original_title && `from “${row.original_title}”`].filter(Boolean).join(" · ");
  return el("tr", { "data-id": row.id },
    el("td", { class: "d-article" }, el("a", { href: `#/case/${row.id}`, dir: "auto" }, caseTitle(row)), el("span", { class: "d-under" }, narrowOnly(named(verdicts, row.verdict), under), under)),
    el("td", { class: "d-wide" }, named(verdicts, row.verdict)),
    el("td", { class: "d-n" }, share(row.probability), gauge(row.probability)),
    el("td", { class: "d-n" }, share(row.coverage_original), gauge(row.coverage_original)),
    el("td", { class: "d-wide" }, named(licences, row.licence)),
    el("td", { class: "d-wide" }, row.decision === "none" || !row.decision ? named(states, row.state) : named(decisions, row.decision)),
    el("td", { class: "d-wide" }, row.assignee ?? ""),
    el("td", { class: "d-wide d-n" }, el("time", { datetime: row.created, title: date(row.created) }, age(row.created))));
}

class Inbox {
  constructor(place, context) {
    this.context = context;
    this.query = queryOf(context.query);
    this.rows = [];
    this.next = "";
    this.asked = null;
    this.mine = new Set();  // cases decided from here: their events tell nothing new
    this.total = el("p", { class: "d-total", role: "status" });
    this.changed = el("p", { class: "d-notice", role: "status", hidden: true });
    this.body = el("tbody", {});
    this.results = el("div", {});
    this.saved = el("div", { class: "d-saved" });
    this.sites = el("datalist", { id: "known-sites" });
    this.people = el("datalist", { id: "known-people" });
    place.replaceChildren(el("div", { class: "d-inbox" }, el("div", { class: "d-titlebar" }, el("h1", {}, "Inbox"), this.total, this.buildExports()),
      this.buildFilters(), this.saved, this.changed, this.results));
    this.writeSaved();
  }

  buildFilters() {
    const chosen = (name) => this.query.get(name) ?? "";
    const text = (name, more) => el("input", { name, type: "search", autocomplete: "off", value: chosen(name), ...more });
    const folded = matchMedia("(max-width: 46rem)").matches && filterNames.every((name) => name === "q" || !chosen(name));
    this.form = el("form", { class: "d-search", role: "search", "aria-label": "Filter the cases" },
      field("Search", text("q", { id: "search", placeholder: "words of title, address, site, note or text" })).row,
      // Enter sends a form with several fields only where it has a button.
      el("button", { class: "d-unseen", tabindex: "-1", "aria-hidden": "true" }),
      el("details", { open: !folded }, el("summary", {}, "Filters"), el("div", { class: "d-filters" },
        field("State", select({ name: "state" }, withAny(states), chosen("state"))).row,
        field("Decision", select({ name: "decision" }, withAny(decisions), chosen("decision"))).row,
        field("Verdict", select({ name: "verdict" }, withAny(verdicts), chosen("verdict"))).row,
        field("Licence", select({ name: "licence" }, withAny(licences), chosen("licence"))).row,
        field("Probability", select({ name: "min_probability" }, percentSteps, chosen("min_probability"))).row,
        field("Taken, of ours", select({ name: "min_coverage" }, coverageSteps, chosen("min_coverage"))).row,
        field("Site", text("site", { list: "known-sites", placeholder: "whole name" })).row,
        field("Assigned to", text("assignee", { list: "known-people", placeholder: "whole name; - for nobody" })).row, this.sites, this.people)));
    this.form.elements.site.addEventListener("focus", () => this.offerSites(), { once: true });
    let timer;
    const apply = () => {
      clearTimeout(timer);
      for (const control of this.form.elements) {
        if (!control.name) continue;
        if (control.value.trim()) this.query.set(control.name, control.value.trim());
        else this.query.delete(control.name);
      }
      return this.restart();
    };
    this.form.addEventListener("submit", (event) => { event.preventDefault(); apply().then(() => this.mark(0)); });
    this.form.addEventListener("input", (event) => {
      clearTimeout(timer);
      timer = setTimeout(apply, event.target.tagName === "SELECT" ? 0 : typingPause);
    });
    this.context.signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
    return this.form;
  }

  async offerSites() {
    try {
      const { sites } = await get("/v1/sites?sort=-cases", { signal: this.context.signal });
      this.sites.replaceChildren(...sites.slice(0, sitesOffered).map((card) => el("option", { value: card.site })));
    } catch {
      // The name can be typed without the offer.
    }
  }

  offerPeople() {
    const people = new Set([hasName() ? session.person : "", ...this.rows.map((row) => row.assignee)].filter(Boolean));
    this.people.replaceChildren(el("option", { value: "-", label: "nobody" }), ...[...people].sort().map((value) => el("option", { value })));
  }

  // The address holds the filter, so that it can be sent to a colleague. Nothing is added to the browser's history.
  restart() {
    const query = this.query.toString();
    history.replaceState(null, "", query ? `#/inbox?${query}` : "#/inbox");
    this.writeSaved();
    return this.load();
  }

  async load(after = "") {
    this.asked?.abort();
    if (this.query.has("q") && !/[\p{L}\p{N}]/u.test(this.query.get("q"))) return this.writeNoWord();
    this.asked = new AbortController();
    const stop = () => this.asked.abort();
    this.context.signal.addEventListener("abort", stop, { once: true });
    const { signal } = this.asked;
    const query = new URLSearchParams(this.query);
    if (!query.has("sort")) query.set("sort", "-probability");
    query.set("limit", rowsPerPage);
    if (after) query.set("after", after);
    try {
      if (!this.rows.length && !this.results.hasChildNodes()) this.results.replaceChildren(loading("the cases"));
      const page = await get(`/v1/cases?${query}`, { signal });
      if (!signal.aborted) this.write(page, after);
    } catch (error) {
      if (signal.aborted) return;
      this.results.replaceChildren(el("p", { class: "d-problem", role: "alert" }, error.message, " ",
        el("button", { type: "button", onclick: () => this.load() }, "Try again")));
    }
  }

  write(page, after) {
    if (!after) { this.rows = []; this.body.replaceChildren(); }
    this.next = page.next ?? "";
    this.rows.push(...page.cases);
    this.body.append(...page.cases.map(rowOf));
    this.changed.hidden = true;
    this.total.textContent = counted(page.total, "case");
    rememberList(this.query.toString(), this.rows.map((row) => row.id));
    this.offerPeople();
    if (this.rows.length === 0) return this.writeEmpty();
    const more = this.next && el("p", { class: "d-actions" }, el("button", { type: "button", onclick: () => this.load(this.next) },
      `Show ${rowsPerPage} more`), el("span", { class: "d-hint" }, `${count(this.rows.length)} of ${count(page.total)} shown`));
    const table = el("table", { class: "d-table d-cases" }, el("caption", { class: "d-unseen" }, "Cases"),
      el("thead", {}, el("tr", {}, this.heading("title"), el("th", { scope: "col", class: "d-wide" }, "Verdict"), this.heading("probability", "d-n"),
        this.heading("coverage", "d-n"), ["Licence", "State", "With"].map((name) => el("th", { scope: "col", class: "d-wide" }, name)),
        this.heading("created", "d-wide d-n"))), this.body);
    this.results.replaceChildren(table, more || "");
  }

  writeNoWord() {
    this.rows = [];
    this.total.textContent = "";
    this.results.replaceChildren(emptyState("There is no word to search for.", el("p", {}, `“${this.query.get("q")}” has neither a letter nor a digit.`)));
  }

  writeEmpty() {
    const filtered = filterNames.some((name) => this.query.has(name));
    this.results.replaceChildren(filtered
      ? emptyState("No case passes this filter.", el("p", {}, el("a", { href: "#/inbox", class: "d-button", onclick: () => {
        this.form.reset();
        for (const control of this.form.elements) control.value = "";
      } }, "Show all cases")))
      : emptyState("There are no cases yet.", el("p", {}, "A case begins with a suspicious article. ", el("a", { href: "#/check" }, "Paste one"),
        ", or ", el("a", { href: "#/audits" }, "audit a whole file of them"), ".")));
  }

  heading(key, className) {
    const sort = this.query.get("sort") ?? "-probability";
    const by = sort.replace(/^-/, "") === key;
    // Age grows while the moment of creation falls.
    const down = sort.startsWith("-");
    const button = el("button", { type: "button", class: "d-sort", onclick: () => {
      this.query.set("sort", by && down ? key : by ? `-${key}` : key === "title" ? key : `-${key}`);
      this.restart().then(() => this.results.querySelector(`[data-sort="${key}"] button`)?.focus());
    } }, sortable[key], by && el("span", { "aria-hidden": "true" }, down ? " ↓" : " ↑"));
    return el("th", { scope: "col", class: className, "data-sort": key, "aria-sort": by ? (down ? "descending" : "ascending") : undefined }, button);
  }

  writeSaved() {
    const now = queryOf(this.query).toString();
    const all = readSetting("filters", []);
    const keep = (filters) => { writeSetting("filters", filters); this.writeSaved(); };
    const name = el("input", { type: "text", "aria-label": "Name of this filter", placeholder: "Name of this filter", maxlength: "60", required: true });
    const save = el("form", { class: "d-save" }, name, el("button", {}, "Save"));
    save.addEventListener("submit", (event) => {
      event.preventDefault();
      keep([...all.filter((one) => one.name !== name.value.trim()), { name: name.value.trim(), query: now }]);
      this.context.announce("The filter is saved in this browser.");
    });
    const unsaved = now && !all.some((one) => one.query === now);
    put(this.saved, el("span", { class: "d-chips" }, all.map((one) => el("span", { class: "d-chip" },
      el("a", { href: `#/inbox?${one.query}`, "aria-current": one.query === now ? "true" : undefined }, one.name),
      el("button", { type: "button", "aria-label": `Forget the filter ${one.name}`, onclick: () => keep(all.filter((other) => other !== one)) }, "×")))),
      unsaved && save, now && el("a", { href: "#/inbox" }, "Clear the filter"));
  }

  buildExports() {
    const csv = el("a", { class: "d-button", download: "cases.csv" }, "CSV");
    // The address is set when it is needed: the filter changes.
    const point = () => { csv.href = `/v1/cases?${new URLSearchParams([...this.query, ["format", "csv"]])}`; };
    for (const kind of ["pointerenter", "focus", "click"]) csv.addEventListener(kind, point);
    point();
    const json = el("button", { type: "button", onclick: () => this.exportJson(json) }, "JSON");
    return el("p", { class: "d-actions d-exports" }, el("span", { class: "d-hint" }, "Export as"), csv, json);
  }

  async exportJson(button) {
    button.disabled = true;
    try {
      const cases = [];
      for (let after = ""; ;) {
        const page = await get(`/v1/cases?${new URLSearchParams([...this.query, ["limit", rowsPerExport], ...(after ? [["after", after]] : [])])}`, { signal: this.context.signal });
        cases.push(...page.cases);
        this.context.announce(`${count(cases.length)} of ${count(page.total)} cases`);
        if (!page.next) break;
        after = page.next;
      }
      saveFile("cases.json", JSON.stringify(cases, null, 1), "application/json");
    } catch (error) {
      if (!this.context.signal.aborted) this.context.announce(`Not exported: ${error.message}`);
    } finally {
      button.disabled = false;
    }
  }

  links() { return [...this.body.querySelectorAll("td a")]; }

  // Back from a case: the row of that case is marked again, also where it is further down than the first page.
  // `shown`: how many rows were on the screen.
  async returnTo(id, shown) {
    const find = () => this.body.querySelector(`tr[data-id="${id}"] a`);
    while (!find() && this.next && this.rows.length < shown && !this.context.signal.aborted) await this.load(this.next);
    find()?.focus();
  }

  mark(at) {
    this.links()[at]?.focus();
  }

  move(step) {
    const links = this.links();
    const at = links.indexOf(document.activeElement?.closest("tr")?.querySelector("td a"));
    const to = at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + step, 0), links.length - 1);
    links[to]?.focus();
    if (to === links.length - 1 && this.next && step > 0) this.load(this.next).then(() => this.links()[to]?.focus());
  }

  marked() {
    const id = Number(document.activeElement?.closest("tr")?.dataset.id);
    return this.rows.find((row) => row.id === id);
  }

  // Decides the marked case without leaving the list.
  decide(value) {
    const row = this.marked();
    if (!row) return this.context.announce("Mark a case first: j and k.");
    this.mine.add(row.id);
    const form = decisionForm(row, {
      chosen: value,
      saved: (whole) => { this.replace(whole.case); dialog.close(); this.context.announce(`Case ${row.id}: ${decisions[whole.case.decision].toLowerCase()}`); },
      conflicted: async () => { const whole = await get(`/v1/cases/${row.id}`, { signal: this.context.signal }); this.replace(whole.case); return whole; },
    });
    const dialog = el("dialog", { class: "d-dialog", "aria-labelledby": "decide-title" },
      el("h2", { id: "decide-title", dir: "auto" }, caseTitle(row)), form.form,
      el("button", { type: "button", class: "d-quiet", onclick: () => dialog.close() }, "Cancel"));
    dialog.addEventListener("close", () => { dialog.remove(); this.body.querySelector(`tr[data-id="${row.id}"] a`)?.focus(); });
    document.body.append(dialog);
    dialog.showModal();
    form.reason.focus();
  }

  replace(fresh) {
    this.rows = this.rows.map((row) => (row.id === fresh.id ? fresh : row));
    this.body.querySelector(`tr[data-id="${fresh.id}"]`)?.replaceWith(rowOf(fresh));
  }

  heard(kind, data) {
    if (kind === "audit" || this.mine.has(data.id) || handedOut.has(data.action)) return;
    this.changed.hidden = false;
    this.changed.replaceChildren("Cases have changed. ", el("button", { type: "button", class: "d-link", onclick: () => this.load() }, "Show them"));
  }
}

export async function show(place, context) {
  const inbox = new Inbox(place, context);
  bindKey("j", "Next case", () => inbox.move(1), context.signal);
  bindKey("k", "Case before", () => inbox.move(-1), context.signal);
  for (const [at, value] of decisionKeys.entries()) {
    bindKey(String(at + 1), `Decide the marked case: ${decisions[value].toLowerCase()}`, () => inbox.decide(value), context.signal);
  }
  const shown = listedBefore(inbox.query.toString());
  await inbox.load();
  if (context.from === "case") await inbox.returnTo(lastVisited(), shown);
  if (context.query.get("focus") === "search") document.getElementById("search").focus();
  listen((kind, data) => inbox.heard(kind, data), context.signal);
}
