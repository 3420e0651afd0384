// One audit: how far it is, what it found at which probability, and cases for its findings.

import { change, get, getLines, numberOf } from "./api.js";
import { foundIn, isOver, progressOf } from "./audits.js";
import { el, emptyState, field, loading, narrowOnly, select, table } from "./dom.js";
import { histogram } from "./histogram.js";
import { listen } from "./live.js";
import { auditStates, count, counted, date, derivations, named, share, verdicts } from "./words.js";

const reportsPerPage = 50;
// More cases than these at once are more than a desk can read in weeks.
const maxCasesAtOnce = 1000;

function headOf(audit, cancel) {
  const by = Object.entries(audit.by_verdict ?? {});
  return [el("p", { class: "d-kicker" }, el("span", {}, named(auditStates, audit.state)), audit.person && el("span", {}, `by ${audit.person}`),
    el("span", {}, audit.started ? "begun " : "waiting since ", date(audit.started || audit.created)), audit.ended && el("span", {}, "ended ", date(audit.ended))),
  el("h1", {}, audit.name || `Audit ${audit.id}`),
  el("p", { class: "d-progress" }, progressOf(audit), !isOver(audit) && el("button", { type: "button", onclick: cancel }, "Cancel the audit")),
  audit.bad > 0 && el("details", { class: "d-problem" }, el("summary", {}, `${counted(audit.bad, "record")} of the file could not be read`),
    el("ul", {}, (audit.bad_examples ?? []).map((example) => el("li", {}, example)))),
  el("dl", { class: "d-figures" }, el("div", {}, el("dt", {}, "Suspects"), el("dd", {}, count(audit.suspects))),
    el("div", {}, el("dt", {}, "From ours"), el("dd", {}, count(foundIn(audit)))),
    by.map(([verdict, number]) => el("div", {}, el("dt", {}, named(verdicts, verdict)), el("dd", {}, count(number)))))];
}

function casesForm(audit, context) {
  const verdict = select({}, Object.entries(verdicts).filter(([name]) => derivations.has(name)), "excerpt");
  const limit = el("input", { type: "number", min: "1", max: String(maxCasesAtOnce), value: "100" });
  const button = el("button", { class: "d-primary" }, "Open cases");
  const said = el("p", { role: "status" });
  const problem = el("p", { class: "d-problem", role: "alert" });
  let probability = 0.9;
  const form = el("form", { class: "d-form d-open", id: "open-cases" }, el("h2", {}, "Open cases for findings"),
    field("Verdict, at least", verdict).row, field("At most", limit).row, problem, said, el("p", { class: "d-actions" }, button));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.textContent = said.textContent = "";
    button.disabled = true;
    try {
      const answer = await change("POST", `/v1/audits/${audit.id}/cases`, { verdict: verdict.value, probability, limit: Number(limit.value) }, undefined, context.signal);
      said.replaceChildren(`${counted(answer.opened ?? 0, "case")} opened${answer.existed ? `, ${count(answer.existed)} were there before` : ""}. `,
        el("a", { href: `#/inbox?audit=${audit.id}` }, "See them in the inbox"));
    } catch (error) {
      if (!context.signal.aborted) problem.textContent = error.message;
    } finally {
      button.disabled = false;
    }
  });
  const setThreshold = (chosen) => {
    probability = chosen.probability;
    button.textContent = `Open cases from ${Number((probability * 100).toFixed(2))}% on`;
  };
  // Set up so that a finding becomes a case, with all that are at least as strong.
  const offer = (summary) => {
    if (derivations.has(summary.verdict)) verdict.value = summary.verdict;
    form.scrollIntoView({ block: "center" });
    button.focus({ preventScroll: true });
  };
  return { form, setThreshold, offer };
}

// A finding leads to its case, or to the form that opens one.
function reportRow(report, known, offer) {
  const finding = report.findings?.[0];
  const title = report.suspect.title || report.suspect.id;
  const id = known.get(report.suspect.id);
  const under = [report.suspect.site, finding && `from “${finding.original.title || finding.original.id}”`].filter(Boolean).join(" · ");
  return el("tr", {}, el("td", { class: "d-article" }, id ? el("a", { href: `#/case/${id}`, dir: "auto" }, title) : el("span", { dir: "auto" }, title),
    el("span", { class: "d-under" }, narrowOnly(named(verdicts, report.summary.verdict), under), under),
    !id && derivations.has(report.summary.verdict) && el("button", { type: "button", class: "d-link d-hint", "aria-label": `Open cases down to ${title}`, onclick: () => offer(report.summary) }, "Open cases …")),
  el("td", { class: "d-wide" }, named(verdicts, report.summary.verdict)), el("td", { class: "d-n" }, share(report.summary.probability)),
  el("td", { class: "d-n" }, share(finding?.coverage?.original)));
}

function reportList(audit, offer, context) {
  const body = el("tbody", {});
  const more = el("button", { type: "button" }, `Show ${reportsPerPage} more`);
  const place = el("section", {}, el("h2", {}, "Reports, in the order of the file"));
  let after = 0;
  const load = async () => {
    const reports = await getLines(`/v1/audits/${audit.id}/reports?after=${after}&limit=${reportsPerPage}`, { signal: context.signal });
    after += reports.length;
    const { cases } = await get(`/v1/cases?audit=${audit.id}&limit=${maxCasesAtOnce}`, { signal: context.signal });
    const known = new Map(cases.map((one) => [one.suspect_id, one.id]));
    body.append(...reports.map((report) => reportRow(report, known, offer)));
    more.hidden = reports.length < reportsPerPage;
  };
  more.addEventListener("click", load);
  const shown = table("Reports", ["Suspect", ["Verdict", { class: "d-wide" }], ["Probability", { class: "d-n" }], ["Of ours", { class: "d-n" }]], []);
  shown.querySelector("tbody").replaceWith(body);
  place.append(shown, el("p", { class: "d-actions" }, more));
  load().catch(() => {});
  return place;
}

export async function show(place, context) {
  place.replaceChildren(loading("the audit"));
  let audit = await get(`/v1/audits/${numberOf(context.parameter, "audit")}`, { signal: context.signal });
  const head = el("header", { class: "d-case-head" });
  const results = el("div", {});
  const problem = el("p", { class: "d-problem", role: "alert" });
  place.replaceChildren(el("div", { class: "d-audit" }, head, problem, results));
  context.setTitle(audit.name || `Audit ${audit.id}`);
  const cancel = async () => {
    try {
      audit = { ...audit, ...((await change("DELETE", `/v1/audits/${audit.id}?cancel=1`)).audit ?? {}) };
      context.announce("The audit is being cancelled.");
      await refresh();
    } catch (error) {
      problem.textContent = error.message;
    }
  };
  let shownResults = false;
  const showResults = async () => {
    if (shownResults || !audit.suspects || !isOver(audit)) return;
    shownResults = true;
    const data = await get(`/v1/audits/${audit.id}/histogram`, { signal: context.signal });
    const cases = casesForm(audit, context);
    const picture = histogram(data, cases.setThreshold);
    const offer = (summary) => { picture.setThreshold(summary.probability); cases.offer(summary); };
    results.replaceChildren(picture.figure, cases.form, reportList(audit, offer, context));
  };
  const write = () => {
    const focused = head.contains(document.activeElement) && document.activeElement.tagName === "BUTTON";
    head.replaceChildren(...headOf(audit, cancel).filter(Boolean));
    if (focused) head.querySelector("button")?.focus();
    if (!shownResults) results.replaceChildren(isOver(audit) && !audit.suspects
      ? emptyState("This audit has read no suspects.") : el("p", { class: "d-hint" }, "The histogram is drawn when the audit has ended."));
  };
  const refresh = async () => {
    audit = await get(`/v1/audits/${audit.id}`, { signal: context.signal });
    write();
    await showResults();
  };
  write();
  await showResults();
  listen((kind, data) => { if (kind === "reset" || (kind === "audit" && data.id === audit.id)) refresh().catch(() => {}); }, context.signal);
  // It may have ended since it was read above.
  if (!isOver(audit)) await refresh();
}
