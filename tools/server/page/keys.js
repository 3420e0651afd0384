// Single keys: each view binds its own while it is shown. Nothing happens while something is being typed.

import { el } from "./dom.js";
import { readSetting, writeSetting } from "./drafts.js";

const bound = new Map();

// `action`: null where the report itself acts on the key. `signal`: unbinds when it aborts; without one the key stays.
export function bindKey(key, what, action, signal) {
  const before = bound.get(key);
  const entry = { what, action };
  bound.set(key, entry);
  signal?.addEventListener("abort", () => {
    if (bound.get(key) === entry) before ? bound.set(key, before) : bound.delete(key);
  }, { once: true });
}

const types = (element) =>
  element.isContentEditable || /^(TEXTAREA|SELECT)$/.test(element.tagName) ||
  (element.tagName === "INPUT" && !/^(radio|checkbox|button|range)$/.test(element.type));

// Listens before everybody else, so that switching the keys off holds for the report's keys too.
export function listenToKeys(enabled) {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (types(event.target) || document.querySelector("dialog[open]") || !bound.has(event.key)) return;
    if (!enabled()) return event.stopPropagation();
    const { action } = bound.get(event.key);
    if (!action) return;
    event.preventDefault();
    action(event);
  }, { capture: true });
}

export function showKeys() {
  const rows = [...bound].map(([key, { what }]) => el("tr", {}, el("td", {}, el("kbd", {}, key)), el("td", {}, what)));
  const off = el("input", { type: "checkbox", id: "keys-on", checked: readSetting("keys", true) });
  off.addEventListener("change", () => writeSetting("keys", off.checked));
  const dialog = el("dialog", { class: "d-dialog", "aria-labelledby": "keys-title" },
    el("h2", { id: "keys-title" }, "Keys"),
    el("table", { class: "d-table" }, el("thead", { class: "d-unseen" }, el("tr", {}, el("th", { scope: "col" }, "Key"), el("th", { scope: "col" }, "What it does"))),
      el("tbody", {}, rows, el("tr", {}, el("td", {}, el("kbd", {}, "Enter")), el("td", {}, "Open what is marked")))),
    el("p", { class: "d-check" }, off, el("label", { for: "keys-on" }, "Use single-letter keys")),
    el("form", { method: "dialog" }, el("button", { class: "d-primary" }, "Close")));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
