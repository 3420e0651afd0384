// The form that decides a case, for the case's own page and for the inbox.

import { change } from "./api.js";
import { el, field } from "./dom.js";
import { dropDraft, keepDraft } from "./drafts.js";
import { decisionKeys, decisionReasons, decisions } from "./words.js";

// `row`: the case. `saved(whole)` gets the case as the service answers it. `conflicted()` loads the case anew and resolves
// to it; what was typed stays in the form. `busy()` resolves when no decision is on its way.
export function decisionForm(row, { saved, conflicted, chosen }) {
  let current = row;
  let sending = Promise.resolve();
  const draft = `decision-${row.id}`;
  const reasons = el("datalist", { id: `reasons-${row.id}` });
  const reason = el("input", { name: "reason", type: "text", list: reasons.id, autocomplete: "off", maxlength: "500" });
  const note = el("textarea", { name: "note", rows: "2" });
  const problem = el("p", { class: "d-problem", role: "alert" });
  const radios = decisionKeys.map((value, at) => el("input",
    { type: "radio", name: "decision", value, id: `decide-${row.id}-${value}`, checked: row.decision === value, "aria-keyshortcuts": String(at + 1) }));
  const choices = el("fieldset", { class: "d-choices" }, el("legend", {}, "Decision"),
    radios.map((radio, at) => el("div", {}, radio,
      el("label", { for: radio.id }, el("kbd", { "aria-hidden": "true" }, String(at + 1)), ` ${decisions[radio.value]}`))));
  const button = el("button", { class: "d-primary" }, "Save the decision");
  const takeBack = el("button", { type: "button", class: "d-quiet" }, "Take the decision back");
  const form = el("form", { class: "d-form d-decide" }, choices, field("Reason", reason, "Stays in the log.").row, reasons,
    field("Note", note).row, problem, el("p", { class: "d-actions" }, button, takeBack));

  const offerReasons = () => {
    const value = form.elements.decision.value;
    reasons.replaceChildren(...(decisionReasons[value] ?? []).map((text) => el("option", { value: text })));
  };
  const setRow = (fresh) => {
    current = fresh;
    takeBack.hidden = !fresh.decision || fresh.decision === "none";
  };
  const send = async (decision) => {
    problem.textContent = "";
    if (!decision) { problem.textContent = "Choose a decision first: keys 1 to 4."; return; }
    if (!reason.value.trim()) { problem.textContent = "Give a reason: it stays in the log."; reason.focus(); return; }
    button.disabled = true;
    try {
      const value = { decision, reason: reason.value.trim(), note: note.value.trim() };
      const answer = change("POST", `/v1/cases/${current.id}/decision`, value, current.revision);
      sending = answer.catch(() => {});
      const whole = await answer;
      dropDraft(draft);
      reason.value = note.value = "";
      setRow(whole.case);
      saved(whole);
    } catch (error) {
      problem.textContent = error.message;
      if (error.conflict) {
        const whole = await conflicted();
        setRow(whole.case);
        problem.textContent = `${changedBy(whole)} What you typed is still here: look at the case, then save again if you still want to.`;
      }
    } finally {
      button.disabled = false;
    }
  };

  form.addEventListener("submit", (event) => { event.preventDefault(); send(form.elements.decision.value); });
  form.addEventListener("change", offerReasons);
  takeBack.addEventListener("click", () => send("none"));
  keepDraft(form, draft);
  const choose = (value) => {
    const radio = radios.find((one) => one.value === value);
    radio.checked = true;
    const fold = form.closest("details");
    if (fold) fold.open = true;
    radio.dispatchEvent(new Event("input", { bubbles: true }));
    offerReasons();
    reason.focus();
  };
  setRow(row);
  offerReasons();
  if (chosen) radios.find((radio) => radio.value === chosen).checked = true;
  return { form, choose, setRow, reason, busy: () => sending };
}

// Who was faster, as a sentence.
export function changedBy(whole) {
  const last = whole.history?.at(-1);
  return last ? `${last.person || "Somebody"} changed this case while you worked on it.` : "This case was changed while you worked on it.";
}
