// Checks what is pasted, dropped or chosen, and opens a case for it.

import { openCase } from "./api.js";
import { remember } from "./case.js";
import { el, field } from "./dom.js";
import { dropDraft, keepDraft, readSetting, writeSetting } from "./drafts.js";
import { named, share, tooLarge, verdicts } from "./words.js";

// A shorter paste is a word or an address, hardly an article: it waits for the button.
const minPastedCharacters = 200;

const typesByEnding = {
  html: "text/html", htm: "text/html", xhtml: "text/html", mhtml: "text/html", mht: "text/html",
  json: "application/json", txt: "text/plain", text: "text/plain", md: "text/plain",
};

// A pasted page source is read as a page.
const typeOfText = (text) => (/^\s*(<!doctype html|<html[\s>])/i.test(text) ? "text/html" : "text/plain");

function typeOfFile(file) {
  const ending = file.name.split(".").pop().toLowerCase();
  return typesByEnding[ending] ?? (file.type || "application/octet-stream");
}

// The files of this tab, and how each went. They go on while another view is shown, and stand here again afterwards.
const list = el("section", { class: "d-outcomes", hidden: true }, el("h2", {}, "Files"), el("ol", {}));
const waiting = [];
let working = false;

const askBeforeLeaving = (event) => event.preventDefault();

async function checkFile({ file, outcome }) {
  outcome.textContent = "is checked …";
  try {
    const opened = await openCase(file, typeOfFile(file), { name: file.name });
    const { id, verdict, probability } = opened.case;
    outcome.replaceChildren(el("a", { href: `#/case/${id}` }, `Case ${id}`),
      `: ${named(verdicts, verdict)}, ${share(probability)}${opened.existed ? ", was here before" : ""}`);
    return opened;
  } catch (error) {
    outcome.replaceChildren(el("strong", {}, "not checked: "), tooLarge(error, file.size) || error.message);
    return null;
  }
}

// Checks files one after another; a single one is shown as soon as it is done, unless another view was chosen meanwhile.
export async function checkFiles(files, announce) {
  for (const file of files) {
    const outcome = el("span", { class: "d-outcome" }, "waits");
    list.querySelector("ol").append(el("li", {}, el("span", { class: "d-file" }, file.name), outcome));
    waiting.push({ file, outcome });
  }
  list.hidden = false;
  if (working) return;
  working = true;
  addEventListener("beforeunload", askBeforeLeaving);
  let done = 0;
  let last = null;
  while (waiting.length > 0) {
    last = await checkFile(waiting.shift());
    announce(`${++done} of ${done + waiting.length} files`);
  }
  working = false;
  removeEventListener("beforeunload", askBeforeLeaving);
  if (done > 1 || !last || !list.isConnected) return;
  remember(last);
  location.hash = `#/case/${last.case.id}`;
}

// Text that is dropped anywhere on the page, other than into a field.
function bindTextDrop(onText, signal) {
  const holdsText = (event) => !event.dataTransfer.types.includes("Files") && event.dataTransfer.types.includes("text/plain") && !event.target.closest?.("input");
  document.body.addEventListener("dragover", (event) => { if (holdsText(event)) event.preventDefault(); }, { signal });
  document.body.addEventListener("drop", (event) => {
    if (!holdsText(event)) return;
    event.preventDefault();
    onText(event.dataTransfer.getData("text/plain"));
  }, { signal });
}

export async function show(view, context) {
  const text = el("textarea", { id: "paste", name: "text", rows: "12", spellcheck: "false", autocapitalize: "off" });
  const url = el("input", { name: "url", type: "url", autocomplete: "off", placeholder: "https://…" });
  const title = el("input", { name: "title", type: "text", autocomplete: "off" });
  const published = el("input", { name: "published", type: "text", autocomplete: "off", placeholder: "2026-11-30" });
  const atOnce = el("input", { type: "checkbox", id: "at-once", checked: readSetting("check-at-once", true) });
  const files = el("input", { type: "file", id: "files", multiple: true, class: "d-unseen" });
  const problem = el("p", { class: "d-problem", role: "alert" });
  const button = el("button", { class: "d-primary" }, "Check");

  const check = async () => {
    if (!text.value.trim()) { problem.textContent = "There is no text yet: paste one."; return; }
    problem.textContent = "";
    button.disabled = true;
    try {
      const site = URL.canParse(url.value) ? new URL(url.value).hostname : "";
      const known = { url: url.value, site, title: title.value, published: published.value };
      const opened = await openCase(text.value, typeOfText(text.value), known, context.signal);
      remember(opened);
      dropDraft("check");
      location.hash = `#/case/${opened.case.id}`;
    } catch (error) {
      if (!context.signal.aborted) problem.textContent = error.message;
    } finally {
      button.disabled = false;
    }
  };
  const form = el("form", { class: "d-paste" },
    el("div", { class: "d-fields" }, field("Address, if you know it", url).row, field("Headline", title).row,
      field("Published", published).row),
    el("label", { for: "paste", class: "d-paste-label" }, "Paste the suspect article, or drop files anywhere here"), text,
    problem,
    el("p", { class: "d-actions" }, button, el("label", { for: "files", class: "d-button" }, "Choose files …"), files,
      el("span", { class: "d-check" }, atOnce, el("label", { for: "at-once" }, "Check as soon as I paste"))));
  form.noValidate = true;
  form.addEventListener("submit", (event) => { event.preventDefault(); check(); });
  text.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) check(); });
  text.addEventListener("paste", (event) => {
    const pasted = [...event.clipboardData.files];
    if (pasted.length) { event.preventDefault(); return checkFiles(pasted, context.announce); }
    const length = event.clipboardData.getData("text/plain").length;
    // The text is in the box when this event is over.
    if (atOnce.checked && !text.value && length >= minPastedCharacters) setTimeout(check);
  });
  atOnce.addEventListener("change", () => writeSetting("check-at-once", atOnce.checked));
  files.addEventListener("change", () => { const chosen = [...files.files]; files.value = ""; checkFiles(chosen, context.announce); });

  view.replaceChildren(el("div", { class: "d-narrow" }, el("h1", {}, "Check an article"),
    el("p", { class: "d-lede" }, "What was it made of? It is compared with the whole archive, and the result becomes a case with an address that stays."),
    form, list));
  keepDraft(form, "check");
  bindTextDrop((dropped) => { text.value = dropped; check(); }, context.signal);
  text.focus({ preventScroll: true });
}
