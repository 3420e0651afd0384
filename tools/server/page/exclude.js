// Buttons in the report that leave a passage, a quotation or a source out of the count, with a reason.

import { el, field } from "./dom.js";
import { selectedBytes } from "./report.js";
import { exclusionReasons, share } from "./words.js";

const spanOf = (written) => {
  const [begin, end] = (written ?? "").split("-").map(Number);
  return Number.isInteger(begin) && Number.isInteger(end) && begin < end ? [begin, end] : null;
};

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

// So many letters of a passage tell in the list which one it is.
const wordsInList = 80;

const shorten = (text, most = 240) => (text.length > most ? `${text.slice(0, most).trim()} …` : text.trim());

// Adds the buttons to a report that is shown, until `signal` aborts. `send` as above.
export function attachExclusions(report, send, signal) {
  // The style writes their label, so that they add no text to the article's. As chips they go with the report's own marks.
  const button = (label, target) => el("button", { type: "button", class: "chip d-exclude", "aria-label": label, title: label,
    onclick: (event) => { event.stopPropagation(); ask(target(), send); } });
  const markPassages = () => {
    for (const chip of report.querySelectorAll('[data-side="s"] .pass[data-suspect] > a.chip')) {
      const passage = chip.parentElement;
      const span = spanOf(passage.dataset.suspect);
      if (!span || chip.nextElementSibling?.matches(".d-exclude")) continue;
      const name = `passage ${chip.textContent.trim() || passage.dataset.p}`;
      chip.after(button(`Exclude ${name}`, () => ({ kind: "passage", name, span, words: wordsOf(report, passage) })));
    }
  };
  markPassages();
  // The report paints the suspect's text again where another original is chosen.
  const text = report.querySelector('[data-side="s"] .text');
  const watch = new MutationObserver(markPassages);
  if (text) watch.observe(text, { childList: true, subtree: true });
  signal.addEventListener("abort", () => watch.disconnect(), { once: true });
  for (const pane of report.querySelectorAll("[data-side='o'][data-original-id]")) {
    const original = pane.dataset.originalId;
    const title = pane.querySelector("h3")?.textContent ?? original;
    pane.querySelector("header").append(button(`Exclude this source: ${title}`, () => ({ kind: "source", name: "this source", original, words: title })));
  }
  offerSelection(report, send, signal);
}

// The first words of a passage, which may go on over several paragraphs.
function wordsOf(report, passage) {
  const { f, p } = passage.dataset;
  const parts = [...report.querySelectorAll(`[data-side="s"] .pass[data-f="${f}"][data-p="${p}"]`)].map((part) => {
    const copy = part.cloneNode(true);
    copy.querySelectorAll(".chip, .ghost").forEach((one) => one.remove());
    return copy.textContent.trim();
  });
  return shorten(parts.join(" "));
}

// Words that are selected in the suspect's text can be excluded as a quotation.
function offerSelection(report, send, signal) {
  let selected = null;
  const offer = el("button", { type: "button", class: "d-selection", hidden: true, onclick: () => {
    ask({ kind: "quotation", name: "a quotation", span: [selected.begin, selected.end], words: shorten(selected.words) }, send);
  } }, "Exclude the selected words …");
  report.append(offer);
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    if (document.querySelector("dialog[open]") || selection.anchorNode?.contains?.(offer)) return;
    const inside = selection.rangeCount > 0 && report.contains(selection.anchorNode);
    selected = inside ? selectedBytes(selection.getRangeAt(0)) : null;
    if (selected) selected.words = selection.toString().trim();
    offer.hidden = selected?.side !== "s" || !selected.words;
  }, { signal });
}

// The words of the suspect at these bytes, as the report shows them; "" where it does not. Chips are no text of the article;
// an element with `data-n` stands for so many bytes that are shown otherwise.
function wordsAt(report, [begin, end]) {
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  let words = "";
  for (const paragraph of report.querySelectorAll('[data-side="s"] .text p[data-at]')) {
    let at = Number(paragraph.dataset.at);
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
      (node.parentElement.dataset.n !== undefined || node.parentElement.classList.contains("chip") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.nodeType === Node.ELEMENT_NODE) {
        at += Number(node.dataset.n ?? 0);
        continue;
      }
      const text = encoder.encode(node.data);
      if (at < end && at + text.length > begin) words += decoder.decode(text.subarray(Math.max(0, begin - at), end - at));
      at += text.length;
    }
    if (words && at < end) words += " ";
  }
  return words.trim();
}

// The list of what is excluded, with a button that takes each back. `report`: where the report is shown, for its words.
export function exclusionList(exclusions, report, undo) {
  const active = exclusions.filter((one) => !one.undone);
  if (active.length === 0) {
    return el("p", { class: "d-hint" }, "Nothing is excluded.", el("span", { class: "d-screen-only" }, " Use “exclude” in the report, or select words there."));
  }
  const quoted = (span) => {
    const words = shorten(wordsAt(report, span), wordsInList);
    return words ? el("q", { dir: "auto" }, words) : `bytes ${span[0]}–${span[1]}`;
  };
  const names = { passage: "Passage", quotation: "Quotation", source: "Source" };
  return el("ul", { class: "d-list" }, active.map((one) => el("li", {},
    el("span", {}, el("strong", {}, names[one.kind] ?? one.kind), " ",
      one.original ? one.original : one.span ? quoted(one.span) : ""),
    el("span", { class: "d-hint" }, `${one.reason} · ${one.person ?? ""}`),
    el("button", { type: "button", class: "d-quiet", "aria-label": `Undo: ${names[one.kind] ?? one.kind}, ${one.reason}`,
      onclick: (event) => undo(one, event.currentTarget) }, "Undo"))));
}

// "95% → 61%", where an exclusion changed it. `write` makes a text of each.
export function beforeAndAfter(before, after, write = share) {
  if (before === undefined || before === null || write(before) === write(after)) return [write(after)];
  return [el("s", { class: "d-before" }, el("span", { class: "d-unseen" }, "before: "), write(before)),
    el("span", { "aria-hidden": "true" }, " → "), el("span", { class: "d-unseen" }, "after: "), write(after)];
}
