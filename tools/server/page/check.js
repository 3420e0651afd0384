// Checks what is pasted, dropped or chosen, and opens a case for it.

import { openCase } from "./api.js";
import { remember } from "./case.js";
import { el, field } from "./dom.js";
import { dropDraft, keepDraft, readSetting, writeSetting } from "./drafts.js";
import { share, named, verdicts } from "./words.js";

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

// Checks files one after another; every one gets a line that tells how it went.
async function checkFiles(files, list, context) {
  list.hidden = false;
  const lines = files.map((file) => {
    const outcome = el("span", { class: "d-outcome" }, "waits");
    const line = el("li", {}, el("span", { class: "d-file" }, file.name), outcome);
    list.querySelector("ol").append(line);
    return outcome;
  });
  let last;
  let done = 0;
  for (const [at, file] of files.entries()) {
    lines[at].textContent = "is checked …";
    try {
      last = await openCase(file, typeOfFile(file), { name: file.name }, context.signal);
      remember(last);
      const row = last.case;
      lines[at].replaceChildren(el("a", { href: `#/case/${row.id}` }, `Case ${row.id}`),
        `: ${named(verdicts, row.verdict)}, ${share(row.probability)}${last.existed ? ", was here before" : ""}`);
      done++;
    } catch (error) {
      if (context.signal.aborted) return;
      lines[at].replaceChildren(el("strong", {}, "not checked: "), error.message);
    }
    context.announce(`${at + 1} of ${files.length} files`);
  }
  if (files.length === 1 && done === 1) location.hash = `#/case/${last.case.id}`;
}

// The whole window takes what is dropped: a file beside the box would otherwise replace the page.
function bindDrop(onFiles, onText, signal) {
  const zone = document.body;
  let inside = 0;
  const mark = () => zone.classList.toggle("d-over", inside > 0);
  const on = (kind, action) => zone.addEventListener(kind, action, { signal });
  on("dragenter", (event) => { event.preventDefault(); inside++; mark(); });
  on("dragleave", () => { inside--; mark(); });
  on("dragover", (event) => event.preventDefault());
  on("drop", (event) => {
    event.preventDefault();
    inside = 0;
    mark();
    const files = [...event.dataTransfer.files];
    if (files.length) onFiles(files);
    else onText(event.dataTransfer.getData("text/plain"));
  });
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
  const list = el("section", { class: "d-outcomes", hidden: true }, el("h2", {}, "Files"), el("ol", {}));

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
    if (pasted.length) { event.preventDefault(); return checkFiles(pasted, list, context); }
    const length = event.clipboardData.getData("text/plain").length;
    // The text is in the box when this event is over.
    if (atOnce.checked && !text.value && length >= minPastedCharacters) setTimeout(check);
  });
  atOnce.addEventListener("change", () => writeSetting("check-at-once", atOnce.checked));
  files.addEventListener("change", () => { const chosen = [...files.files]; files.value = ""; checkFiles(chosen, list, context); });

  view.replaceChildren(el("div", { class: "d-narrow" }, el("h1", {}, "Check an article"),
    el("p", { class: "d-lede" }, "What was it made of? It is compared with the whole archive, and the result becomes a case with an address that stays."),
    form, list));
  keepDraft(form, "check");
  bindDrop((dropped) => checkFiles(dropped, list, context), (dropped) => { text.value = dropped; check(); }, context.signal);
  text.focus({ preventScroll: true });
}
