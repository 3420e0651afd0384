// The dialog that drafts a notice: which form, in which language, about which finding; and what a person has to add.

import { change } from "./api.js";
import { el, field, put, select } from "./dom.js";
import { readSetting, writeSetting } from "./drafts.js";
import { saveFile } from "./files.js";
import { named, noticeForms, noticeLanguages, verdicts } from "./words.js";

// `findings`: {"original", "title", "verdict", "refusals"} of the report. `drafted()` runs after each draft, which the log has.
export function noticeDialog({ id, findings, drafted }) {
  const form = select({ name: "form" }, Object.entries(noticeForms), readSetting("notice-form", "dmca"));
  const language = select({ name: "language" }, Object.entries(noticeLanguages), readSetting("notice-language", "en"));
  const finding = select({ name: "finding" }, findings.map((one, at) => [String(at), `${one.title || one.original} (${named(verdicts, one.verdict).toLowerCase()})`]), "0");
  const reason = el("input", { name: "override", type: "text", autocomplete: "off", maxlength: "500" });
  const against = el("ul", {});
  const refused = el("div", { class: "d-refused" }, el("p", {}, el("strong", {}, "This speaks against a notice:")), against,
    field("Reason to draft it all the same", reason, "Stays in the log, with what it overrides.").row);
  const problem = el("p", { class: "d-problem", role: "alert" });
  const said = el("p", { class: "d-hint", role: "status" });
  const button = el("button", { class: "d-primary" }, "Draft it");
  const draft = el("section", { hidden: true, "aria-label": "Draft" });
  const ask = el("form", { class: "d-form" }, field("Form", form).row, field("Language", language).row,
    findings.length > 1 && field("Our article", finding).row, refused,
    el("p", { class: "d-hint" }, "A draft of facts: nothing is sent, and nothing is signed. Each draft stands in the history."), problem,
    el("p", { class: "d-actions" }, button, el("button", { type: "button", class: "d-quiet", onclick: () => dialog.close() }, "Close"), said));
  const dialog = el("dialog", { class: "d-dialog d-wide-dialog", "aria-labelledby": "notice-title" },
    el("h2", { id: "notice-title" }, "Draft a notice"), ask, draft);

  const showRefusals = (refusals) => {
    refused.hidden = refusals.length === 0;
    reason.required = refusals.length > 0;
    against.replaceChildren(...refusals.map((one) => el("li", {}, one.text)));
  };
  const chosen = () => Number(finding.value);
  finding.addEventListener("change", () => showRefusals(findings[chosen()].refusals));
  showRefusals(findings[chosen()].refusals);

  ask.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.textContent = "";
    said.textContent = "";
    button.disabled = true;
    try {
      const answer = await change("POST", `/v1/cases/${id}/notice`, { form: form.value, language: language.value, finding: chosen(),
        ...(reason.value.trim() ? { override: reason.value.trim() } : {}) });
      showDraft(draft, answer, `notice-${id}-${answer.form}-${answer.language}.txt`, (text) => { said.textContent = text; });
      said.textContent = "The draft is below.";
      writeSetting("notice-form", form.value);
      writeSetting("notice-language", language.value);
      drafted();
    } catch (error) {
      // A licence rule, for instance, may speak against it since the dialog was opened.
      if (error.problem?.refusals) showRefusals(error.problem.refusals);
      problem.textContent = error.message;
    } finally {
      button.disabled = false;
    }
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function showDraft(place, { text, to_do: toDo }, name, say) {
  const area = el("textarea", { readonly: true, rows: "16", spellcheck: "false", "aria-label": "Draft of the notice" });
  area.value = text;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      say("Copied.");
    } catch {
      area.select();
      say("The browser does not copy by itself: the draft is selected, copy it by Ctrl-C.");
    }
  };
  put(place, area, el("p", { class: "d-actions" }, el("button", { type: "button", onclick: copy }, "Copy"),
    el("button", { type: "button", onclick: () => saveFile(name, text, "text/plain") }, "Download")),
  toDo.length > 0 && [el("h3", {}, "Left for a person"), el("ul", { class: "d-to-do" }, toDo.map((one) => el("li", {}, one)))]);
  place.hidden = false;
  area.focus();
  area.setSelectionRange(0, 0);
  area.scrollTop = 0;
}
