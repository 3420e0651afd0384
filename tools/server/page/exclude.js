// Buttons in the report that leave a passage, a quotation or a source out of the count, with a reason.

import { el, field } from "./dom.js";
import { exclusionReasons, share } from "./words.js";

const spanOf = (written) => {
  const [begin, end] = (written ?? "").split("-").map(Number);
  return Number.isInteger(begin) && Number.isInteger(end) && begin < end ? [begin, end] : null;
};

const readable = (element) => {
  const copy = element.cloneNode(true);
  copy.querySelectorAll(".chip, .d-exclude, .ghost").forEach((part) => part.remove());
  return copy.textContent;
};

// The bytes of the suspect's text that are selected inside one marked stretch; null where the page cannot tell exactly,
// because hidden characters are written out there.
export function selectedBytes(selection) {
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const holder = (range.commonAncestorContainer.nodeType === Node.TEXT_NODE
    ? range.commonAncestorContainer.parentElement : range.commonAncestorContainer).closest("[data-suspect]");
  const span = holder && holder.closest('[data-side="s"]') && spanOf(holder.dataset.suspect);
  if (!span) return null;
  const size = (text) => new TextEncoder().encode(text).length;
  if (size(readable(holder)) !== span[1] - span[0]) return null;
  const before = document.createRange();
  before.setStart(holder, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const text = (part) => { const box = el("div", {}); box.append(part.cloneContents()); return readable(box); };
  const begin = span[0] + size(text(before));
  const words = text(range);
  return words.trim() ? { span: [begin, begin + size(words)], words: words.trim() } : null;
}

// Asks for the reason; `send({kind, span | original, reason})` resolves when the case has changed, and throws otherwise.
function ask(target, send) {
  const reasons = el("datalist", { id: "exclusion-reasons" }, exclusionReasons.map((text) => el("option", { value: text })));
  const reason = el("input", { type: "text", list: reasons.id, autocomplete: "off", required: true, maxlength: "500" });
  const problem = el("p", { class: "d-problem", role: "alert" });
  const button = el("button", { class: "d-primary" }, "Exclude");
  const form = el("form", { class: "d-form" }, el("blockquote", { dir: "auto" }, target.words),
    el("p", {}, target.kind === "source"
      ? "This source is no longer considered for this case. The numbers are computed again; you can take it back."
      : "These words are set aside as a quotation is: shown, not counted. The numbers are computed again; you can take it back."),
    field("Reason", reason, "Stays in the log.").row, reasons, problem,
    el("p", { class: "d-actions" }, button, el("button", { type: "button", class: "d-quiet", onclick: () => dialog.close() }, "Cancel")));
  const dialog = el("dialog", { class: "d-dialog", "aria-labelledby": "exclude-title" },
    el("h2", { id: "exclude-title" }, `Exclude ${target.name}`), form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    problem.textContent = "";
    try {
      const { kind, span, original } = target;
      await send({ kind, ...(span ? { span } : {}), ...(original ? { original } : {}), reason: reason.value.trim() });
      dialog.close();
    } catch (error) {
      problem.textContent = error.message;
    } finally {
      button.disabled = false;
    }
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  reason.focus();
}

const shorten = (text, most = 240) => (text.length > most ? `${text.slice(0, most).trim()} …` : text.trim());

// Adds the buttons to a report that is shown. `send` as above.
export function attachExclusions(report, send, signal) {
  const button = (label, text, target) => el("button",
    { type: "button", class: "d-exclude", "aria-label": label, title: label, onclick: (event) => { event.stopPropagation(); ask(target(), send); } }, text);
  const marked = new Set();
  for (const part of report.querySelectorAll('[data-side="s"] [data-suspect]')) {
    const key = `${part.closest(".finding")?.id} ${part.dataset.suspect}`;
    const span = spanOf(part.dataset.suspect);
    if (!span || marked.has(key)) continue;
    marked.add(key);
    const quotation = part.matches(".mask");
    if (quotation) continue;
    const name = part.dataset.p ? `passage ${part.dataset.p}` : "these words";
    part.append(button(`Exclude ${name}: ${shorten(readable(part), 60)}`, "exclude",
      () => ({ kind: "passage", name, span, words: shorten(readable(part)) })));
  }
  for (const finding of report.querySelectorAll("[data-original-id]")) {
    const original = finding.dataset.originalId;
    const place = finding.querySelector("h2, h3, .pane[data-side='o'] header") ?? finding;
    place.after(button(`Exclude the source ${original}`, "exclude this source",
      () => ({ kind: "source", name: "this source", original, words: original })));
  }
  offerSelection(report, send, signal);
}

// Words that are selected in the suspect's text can be excluded as a quotation.
function offerSelection(report, send, signal) {
  let selected = null;
  const offer = el("button", { type: "button", class: "d-selection", hidden: true, onclick: () => {
    ask({ kind: "quotation", name: "a quotation", span: selected.span, words: shorten(selected.words) }, send);
  } }, "Exclude the selected words");
  report.append(offer);
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    if (document.querySelector("dialog[open]")) return;
    selected = selection.anchorNode && report.contains(selection.anchorNode) ? selectedBytes(selection) : null;
    offer.hidden = !selected;
  }, { signal });
}

// The list of what is excluded, with a button that takes each back.
export function exclusionList(exclusions, undo) {
  const active = exclusions.filter((one) => !one.undone);
  if (active.length === 0) return el("p", { class: "d-hint" }, "Nothing is excluded. Use “exclude” in the report, or select words there.");
  const names = { passage: "Passage", quotation: "Quotation", source: "Source" };
  return el("ul", { class: "d-list" }, active.map((one) => el("li", {},
    el("span", {}, el("strong", {}, names[one.kind] ?? one.kind), " ",
      one.original ? one.original : one.span ? `bytes ${one.span[0]}–${one.span[1]}` : ""),
    el("span", { class: "d-hint" }, `${one.reason} · ${one.person ?? ""}`),
    el("button", { type: "button", class: "d-quiet", "aria-label": `Take back: ${names[one.kind] ?? one.kind}, ${one.reason}`,
      onclick: (event) => undo(one, event.currentTarget) }, "Undo"))));
}

// "95% → 61%", where an exclusion changed it.
export function beforeAndAfter(before, after) {
  if (before === undefined || before === null || share(before) === share(after)) return [share(after)];
  return [el("s", { class: "d-before" }, el("span", { class: "d-unseen" }, "before: "), share(before)),
    el("span", { "aria-hidden": "true" }, " → "), el("span", { class: "d-unseen" }, "after: "), share(after)];
}
