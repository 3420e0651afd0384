// One case: what is damaged, the report side by side, exclusions, the decision, and who did what when.

import { change, get, getText, numberOf } from "./api.js";
import { placeInList, visit } from "./case_list.js";
import { changedBy, decisionForm } from "./decide.js";
import { el, field, foreignLink, loading, put, select } from "./dom.js";
import { keepDraft, dropDraft } from "./drafts.js";
import { EvidencePart } from "./evidence.js";
import { attachExclusions, beforeAndAfter, exclusionList } from "./exclude.js";
import { bindKey } from "./keys.js";
import { listen } from "./live.js";
import { loadReport, loadReportJson, parsePage, showReport } from "./report_view.js";
import { session } from "./session.js";
import { age, caseTitle, date, decisionKeys, decisions, handedOut, happened, licences, named, share, states, verdicts } from "./words.js";

// The case that was opened last, so that a paste is on screen without asking for it again.
let opened = null;
export function remember(answer) {
  opened = answer;
}

function takeRemembered(id) {
  const answer = opened?.case.id === id ? opened : null;
  opened = null;
  return answer;
}

const firstReportId = (whole) => whole.history?.find((event) => event.action === "opened")?.details?.report;

// The view is built once; `update` writes a fresh case into it and leaves alone what is being typed.
class CaseView {
  constructor(place, id, context) {
    this.id = id;
    this.context = context;
    this.whole = null;
    this.before = null;
    this.firstReport = null;
    this.shownReport = null;
    this.head = el("header", { class: "d-case-head" });
    this.neighbours = [];
    this.notice = el("div", { class: "d-notice", role: "status", hidden: true });
    this.reportPlace = el("div", { class: "d-report-place" });
    this.exclusions = el("div", {});
    this.history = el("ol", { class: "d-history" });
    this.aside = el("aside", { class: "d-aside", "aria-label": "Work on this case" });
    place.replaceChildren(el("article", { class: "d-case" }, this.notice, this.head, this.aside, this.reportPlace));
  }

  buildAside(row) {
    this.decision = decisionForm(row, {
      saved: (whole) => { this.update(whole); this.context.announce("The decision is saved."); },
      conflicted: () => this.reload(),
    });
    for (const [at, value] of decisionKeys.entries()) {
      bindKey(String(at + 1), `Decide: ${decisions[value].toLowerCase()}`, () => this.decision.choose(value), this.context.signal);
    }
    bindKey("n", "Next difference in the texts", null, this.context.signal);
    bindKey("p", "Difference before", null, this.context.signal);
    this.people = this.buildPeople(row);
    this.evidence = new EvidencePart(this.id, this.context, { changed: () => this.reload(), updated: (whole) => this.update(whole),
      revision: () => this.whole.case.revision });
    // Beside the report where there is room, else folded above it. Paper shows what was done, not what can be done.
    const wide = matchMedia("(min-width: 72rem)").matches;
    const section = (title, className, ...content) => el("details", { open: wide, class: className }, el("summary", {}, el("h2", {}, title)), content);
    this.aside.replaceChildren(
      section("Decide", "d-work", this.decision.form), section("Evidence", "d-work", this.evidence.element), section("Who and where", "d-work", this.people),
      section("Excluded", "", this.exclusions), section("History", "", this.history, this.buildNote(row)));
    addEventListener("beforeprint", () => this.aside.querySelectorAll("details").forEach((one) => { one.open = true; }), { signal: this.context.signal });
  }

  buildPeople(row) {
    this.state = select({ name: "state" }, Object.entries(states), row.state);
    this.assignee = el("input", { name: "assignee", type: "text", autocomplete: "off", value: row.assignee ?? "" });
    const problem = el("p", { class: "d-problem", role: "alert" });
    const send = (path, value) => this.send("POST", path, value, problem);
    const mine = el("button", { type: "button", class: "d-quiet", onclick: () => {
      this.assignee.value = session.person;
      send("assignee", { assignee: session.person });
    } }, "Take it");
    const form = el("form", { class: "d-form d-people" }, field("State", this.state).row, field("Assigned to", this.assignee).row,
      el("p", { class: "d-actions" }, el("button", {}, "Assign"), mine), problem);
    this.state.addEventListener("change", () => send("state", { state: this.state.value }));
    form.addEventListener("submit", (event) => { event.preventDefault(); send("assignee", { assignee: this.assignee.value.trim() }); });
    return form;
  }

  buildNote(row) {
    const note = el("textarea", { name: "note", rows: "2", required: true });
    const problem = el("p", { class: "d-problem", role: "alert" });
    const form = el("form", { class: "d-form" }, field("A note for the others", note).row, problem, el("p", { class: "d-actions" }, el("button", {}, "Add the note")));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (!await this.send("POST", "notes", { note: note.value.trim() }, problem)) return;
      note.value = "";
      dropDraft(`note-${row.id}`);
    });
    keepDraft(form, `note-${row.id}`);
    return form;
  }

  change(method, path, value) {
    const answer = change(method, `/v1/cases/${this.id}/${path}`, value, this.whole.case.revision);
    this.sending = answer.catch(() => {});
    return answer;
  }

  // A change from the small forms. True: it is done. A conflict loads the case anew and says who was faster.
  async send(method, path, value, problem) {
    problem.textContent = "";
    try {
      this.update(await this.change(method, path, value));
      this.context.announce("Saved.");
      return true;
    } catch (error) {
      this.state.value = this.whole.case.state;
      problem.textContent = error.conflict ? `${changedBy(await this.reload())} Look at it, then try again.` : error.message;
      return false;
    }
  }

  async exclude(value) {
    try {
      this.update(await this.change("POST", "exclusions", value));
      this.context.announce(`Excluded. ${this.figuresSaid()}`);
    } catch (error) {
      if (!error.conflict) throw error;
      throw new Error(`${changedBy(await this.reload())} Press “Exclude” again if you still want to.`);
    }
  }

  async undo(exclusion, button) {
    button.disabled = true;
    const problem = el("p", { class: "d-problem", role: "alert" });
    if (await this.send("DELETE", `exclusions/${exclusion.number}`, undefined, problem)) {
      this.context.announce(`Taken back. ${this.figuresSaid()}`);
    } else {
      button.disabled = false;
      button.after(problem);
    }
  }

  figuresSaid() {
    const row = this.whole.case;
    return `Probability ${share(row.probability)}, taken of ours ${share(row.coverage_original)}.`;
  }

  async reload() {
    const whole = await get(`/v1/cases/${this.id}`, { signal: this.context.signal });
    this.update(whole);
    return whole;
  }

  update(whole, html) {
    this.whole = whole;
    const row = whole.case;
    if (!this.decision) this.buildAside(row);
    this.decision.setRow(row);
    this.state.value = row.state;
    if (document.activeElement !== this.assignee) this.assignee.value = row.assignee ?? "";
    this.notice.hidden = true;
    this.writeHead();
    this.writeExclusions();
    this.writeHistory();
    // What a pack needs takes longer to find out than the report to show.
    const drawn = this.shownReport === row.report ? Promise.resolve() : this.writeReport(html);
    drawn.then(() => this.evidence.refresh(this.whole.case));
    this.findBefore();
  }

  writeExclusions() {
    const words = this.firstReport && !this.reportPlace.querySelector('[data-side="s"]') ? this.firstReport : this.reportPlace;
    this.exclusions.replaceChildren(exclusionList(this.whole.exclusions ?? [], words, (one, button) => this.undo(one, button)));
  }

  // The cases before and after this one in the inbox, as links and by key. The browser's way back still leads to the inbox.
  bindNeighbours() {
    const place = placeInList(this.id);
    if (!place) return;
    const go = (id, end) => (id ? location.replace(`#/case/${id}`) : this.context.announce(end));
    bindKey("j", "Next case of the list", () => go(place.next, "This is the last case of the list."), this.context.signal);
    bindKey("k", "Case before it in the list", () => go(place.before, "This is the first case of the list."), this.context.signal);
    const link = (id, label) => id && el("button", { type: "button", class: "d-link", onclick: () => go(id) }, label);
    this.neighbours = [link(place.before, "Previous"), el("span", { class: "d-screen-only" }, `${place.at} of ${place.of}`), link(place.next, "Next")];
  }

  writeHead() {
    const row = this.whole.case;
    const b = this.before ?? {};
    const figure = (name, before, after) => el("div", {}, el("dt", {}, name), el("dd", {}, beforeAndAfter(before, after)));
    const decided = row.decision && row.decision !== "none";
    put(this.head,
      el("p", { class: "d-kicker" }, el("span", {}, `Case ${row.id}`), el("span", {}, named(states, row.state)),
        el("span", {}, decided ? `${decisions[row.decision]}: ${row.reason ?? ""}` : "Undecided"),
        el("span", {}, row.assignee ? `with ${row.assignee}` : "nobody's yet"),
        el("span", { class: "d-tools" }, this.neighbours, row.report && el("a", { href: `/r/${row.report}`, class: "d-screen-only" }, "Report's address"),
          row.report && el("span", { class: "d-print-only" }, `Report: ${location.origin}/r/${row.report}`),
          el("button", { type: "button", class: "d-link", onclick: () => print() }, "Print"))),
      el("h1", { dir: "auto" }, caseTitle(row)),
      el("p", { class: "d-meta" },
        row.site && el("span", {}, el("a", { href: `#/site/${encodeURIComponent(row.site)}` }, row.site)),
        row.published && el("span", {}, "published ", date(row.published)),
        row.url && el("span", { class: "d-address" }, foreignLink(row.url)),
        row.name && el("span", {}, "file ", row.name),
        el("span", {}, "opened ", el("time", { datetime: row.created, title: date(row.created) }, age(row.created) === "now" ? "just now" : `${age(row.created)} ago`))),
      el("dl", { class: "d-figures" },
        el("div", { class: "d-verdict" }, el("dt", {}, "Verdict"), el("dd", {}, beforeAndAfter(b.verdict, row.verdict, (one) => named(verdicts, one)))),
        figure("Probability", b.probability, row.probability), figure("Taken, of ours", b.coverage_original, row.coverage_original),
        figure("Taken, of theirs", b.coverage_suspect, row.coverage_suspect), figure("Rewritten", b.rewrite, row.rewrite),
        el("div", {}, el("dt", {}, "Licence"), el("dd", {}, named(licences, row.licence), row.licence_text && el("span", { class: "d-under" }, row.licence_text)))),
      row.original_id && el("p", { class: "d-meta" }, el("span", {}, "Our article: ", el("cite", { dir: "auto" }, row.original_title || row.original_id)),
        el("a", { href: `#/original/${encodeURIComponent(row.original_id)}` }, "all its copies"),
        row.site && el("a", { href: `#/site/${encodeURIComponent(row.site)}` }, `all of ${row.site}`)));
    this.context.setTitle(`${row.id}: ${caseTitle(row)}`);
  }

  writeHistory() {
    this.history.replaceChildren(...(this.whole.history ?? []).slice().reverse().map((event) => el("li", {},
      el("strong", {}, event.person), ` ${happened(event)}`,
      typeof event.details?.note === "string" && event.details.note && el("span", { class: "d-note", dir: "auto" }, event.details.note),
      el("time", { class: "d-hint", datetime: event.time }, date(event.time)))));
  }

  async writeReport(html) {
    const row = this.whole.case;
    this.shownReport = row.report;
    if (row.erased) {
      this.reportPlace.replaceChildren(el("p", { class: "d-empty" }, "The text of this case was erased. Its history stays."));
      return;
    }
    if (!html && !this.reportPlace.hasChildNodes()) this.reportPlace.replaceChildren(loading("the report"));
    try {
      html ??= await loadReport(this.id, this.context.signal);
      if (this.shownReport !== row.report) return;
      this.drawing?.abort();
      this.drawing = new AbortController();
      this.context.signal.addEventListener("abort", () => this.drawing.abort(), { once: true });
      const report = showReport(this.reportPlace, html, this.drawing.signal);
      attachExclusions(report, (value) => this.exclude(value), this.drawing.signal);
      this.writeExclusions();
    } catch (error) {
      if (this.context.signal.aborted) return;
      this.shownReport = null;
      this.reportPlace.replaceChildren(el("p", { class: "d-problem", role: "alert" }, `The report could not be shown: ${error.message}`));
    }
  }

  // The numbers without any exclusion, for "before → after".
  async findBefore() {
    const first = firstReportId(this.whole);
    const active = (this.whole.exclusions ?? []).some((one) => !one.undone);
    if (!active || !first || first === this.whole.case.report) {
      if (this.before) { this.before = null; this.writeHead(); }
      return;
    }
    if (this.before) return;
    try {
      const report = await loadReportJson(first, this.context.signal);
      // A report without a source shows no text: the first one still has the words that were excluded.
      this.firstReport ??= parsePage(await getText(`/r/${encodeURIComponent(first)}`, "text/html", { signal: this.context.signal }));
      this.before = { ...report.summary, coverage_suspect: report.summary.coverage, coverage_original: report.findings?.[0]?.coverage.original };
      this.writeHead();
      this.writeExclusions();
    } catch {
      // The first report may have been erased: then only today's numbers are shown.
    }
  }

  // The event of an own change may come before its answer: wait for that before judging.
  async heard(kind, data) {
    if (kind === "reset") return this.reload().catch(() => {});
    if (kind !== "case" || data.id !== this.id) return;
    await this.decision.busy();
    await this.sending;
    if (data.seq <= (this.whole.history?.at(-1)?.seq ?? 0)) return;
    // A pack or a notice that somebody made changes the history only.
    if (handedOut.has(data.action)) return this.reload().catch(() => {});
    this.notice.hidden = false;
    this.notice.replaceChildren(`${data.person || "Somebody"} changed this case. `,
      el("button", { type: "button", class: "d-link", onclick: () => this.reload() }, "Show the changes"));
  }
}

export async function show(place, context) {
  const id = numberOf(context.parameter, "case");
  visit(id);
  const known = takeRemembered(id);
  if (!known) place.replaceChildren(loading("the case"));
  const whole = known ?? await get(`/v1/cases/${id}`, { signal: context.signal });
  if (context.signal.aborted) return;
  const view = new CaseView(place, id, context);
  view.bindNeighbours();
  view.update(whole, whole.html);
  if (known && !known.history) view.reload().catch(() => {});
  listen((kind, data) => view.heard(kind, data), context.signal);
}
