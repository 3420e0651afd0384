// The frame around the views: which address shows which view, who works here, and whether the server is there.

import { connection, signChanges } from "./api.js";
import * as caseView from "./case.js";
import * as checkView from "./check.js";
import { el } from "./dom.js";
import { readSetting } from "./drafts.js";
import { bindKey, listenToKeys, showKeys } from "./keys.js";
import { listen } from "./live.js";
import { hasName, isOut, leave, readSession, session, sessionForm, signatureOf } from "./session.js";

const view = document.getElementById("view");
const banner = document.getElementById("banner");

// Check and case are at hand at once, because a paste must be on screen at once; the others follow when there is nothing to do.
const routes = [
  ["check", () => checkView, "Check"],
  ["inbox", () => import("./inbox.js"), "Inbox"],
  ["case", () => caseView, "Case"],
  ["audits", () => import("./audits.js"), "Audits"],
  ["audit", () => import("./audit.js"), "Audit"],
  ["sites", () => import("./sites.js"), "Sites"],
  ["site", () => import("./site.js"), "Site"],
  ["original", () => import("./original.js"), "Original"],
  ["licences", () => import("./licences.js"), "Licences"],
  ["log", () => import("./log.js"), "Log"],
  ["verify", () => import("./verify.js"), "Verify"],
];
// The part of the desk that a view belongs to, for the mark in the navigation.
const parents = { case: "inbox", audit: "audits", site: "sites", original: "inbox" };

export function announce(text) {
  const said = document.getElementById("said");
  said.textContent = "";
  requestAnimationFrame(() => { said.textContent = text; });
}

let leaving = new AbortController();
let shown = "";
// What the view that is shown does with files that are dropped; null: they are checked.
let takeFiles = null;

// The address behind the hash: #/case/17?x=y is {name: "case", parameter: "17", query}.
function parseAddress() {
  const [path, query] = location.hash.replace(/^#\/?/, "").split(/\?(.*)/s);
  const [name, ...rest] = path.split("/");
  return { name: name || "check", parameter: decodeURIComponent(rest.join("/")), query: new URLSearchParams(query ?? "") };
}

function markNavigation(name) {
  const current = parents[name] ?? name;
  for (const link of document.querySelectorAll(".d-nav a")) {
    if (link.hash === `#/${current}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

function showProblem(error) {
  const again = el("button", { type: "button", class: "d-primary", onclick: () => route() }, "Try again");
  const title = error.status === 404 ? "There is nothing at this address" : error.status === 403 ? "You may not see this" : "This could not be shown";
  view.replaceChildren(el("div", { class: "d-empty" }, el("h1", {}, title), el("p", {}, error.message), again));
}

async function route() {
  const address = parseAddress();
  const entry = routes.find(([name]) => name === address.name);
  leaving.abort();
  leaving = new AbortController();
  const { signal } = leaving;
  markNavigation(address.name);
  document.title = `${entry ? entry[2] : "Not found"} – Rights desk – unspin`;
  const from = shown;
  shown = address.name;
  takeFiles = null;
  if (isOut()) return askToken();
  if (!entry) return showProblem({ status: 404, message: "Choose a part of the desk above." });
  const context = { ...address, from, signal, announce, setTitle: (title) => { document.title = `${title} – Rights desk – unspin`; },
    onFiles: (take) => { takeFiles = take; } };
  try {
    const module = await entry[1]();
    if (signal.aborted) return;
    await module.show(view, context);
    // A reader of the screen hears the new view; the first one is heard anyway.
    if (from && !signal.aborted && !view.contains(document.activeElement)) focusHeading();
  } catch (error) {
    if (!signal.aborted && error.status !== 401) showProblem(error);
  }
}

function focusHeading() {
  const heading = view.querySelector("h1") ?? view;
  heading.setAttribute("tabindex", "-1");
  heading.focus({ preventScroll: true });
  scrollTo(0, 0);
}

function showWho() {
  const button = document.getElementById("who");
  button.textContent = hasName() ? session.person : session.local ? "Who works here?" : "Sign in";
  button.setAttribute("aria-label", hasName() ? `Working as ${session.person}. Change` : button.textContent);
}

// Who works here: a name, a token, or who is signed in. Resolves when the dialog is closed.
function askWho() {
  const out = isOut();
  const token = !session.local;
  const done = () => {
    showWho();
    dialog.close();
    announce(`Working as ${session.person}`);
    if (token) route();
  };
  const dialog = el("dialog", { class: "d-dialog", "aria-labelledby": "who-title" },
    el("h2", { id: "who-title" }, session.local ? "Who works here?" : out ? "Sign in" : "You are signed in"),
    session.local || out
      ? sessionForm({ token, onDone: done })
      : el("div", {}, el("p", {}, `You work as ${session.person}. You may: ${session.scopes.join(", ")}.`),
        el("button", { type: "button", class: "d-primary", onclick: async () => { await leave(); location.reload(); } }, "Sign out")),
    el("form", { method: "dialog" }, el("button", { class: "d-quiet" }, "Close")));
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => { dialog.remove(); resolve(); }));
}

// Several changes that wait for a name wait for the same answer.
let asking = null;
signChanges(async () => {
  const signature = await signatureOf(() => (asking ??= askWho().finally(() => { asking = null; })));
  showWho();
  return signature;
});

// The form stays as it is while it is shown: a request that the old view still had open must not empty it.
function askToken() {
  Object.assign(session, { local: false, person: "", scopes: [] });
  showWho();
  if (document.getElementById("sign-in")) return;
  leaving.abort();
  view.replaceChildren(el("div", { class: "d-narrow", id: "sign-in" }, el("h1", {}, "Sign in"),
    el("p", {}, "This server knows its people by tokens. What you typed elsewhere in this tab is kept."),
    sessionForm({ token: true, onDone: () => { showWho(); view.replaceChildren(); route(); listenAlways(); } })));
}

function showBanner(text, gone) {
  banner.hidden = !text;
  banner.textContent = text;
  banner.classList.toggle("d-gone", gone);
}

connection.addEventListener("gone", () => showBanner("The server does not answer. Trying again … Nothing you typed is lost.", true));
connection.addEventListener("busy", () => showBanner("The server is busy. Your request waits.", false));
connection.addEventListener("back", () => {
  showBanner("", false);
  announce("The server is back.");
  // It may have forgotten who works here.
  readSession().then(showWho, () => {});
});
connection.addEventListener("signin", askToken);
document.getElementById("who").addEventListener("click", askWho);
document.getElementById("show-keys").addEventListener("click", showKeys);

const go = (hash) => () => { location.hash = hash; };
bindKey("c", "Check an article", go("#/check"));
bindKey("i", "Inbox", go("#/inbox"));
bindKey("v", "Verify an evidence pack", go("#/verify"));
bindKey("/", "Search the inbox", () => {
  const search = document.getElementById("search");
  if (search) return search.focus();
  location.hash = "#/inbox?focus=search";
});
bindKey("?", "Show the keys", showKeys);
listenToKeys(() => readSetting("keys", true));

addEventListener("hashchange", () => {
  // Links inside of a report (#f1-s1) and the skip link lead within the view.
  if (location.hash.startsWith("#/") || location.hash === "") route();
});
view.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  if (!link || link.hash.startsWith("#/")) return;
  event.preventDefault();
  const target = document.getElementById(link.hash.slice(1));
  target?.scrollIntoView({ block: "center" });
  if (target?.matches(":focus, [tabindex], a, button")) target.focus({ preventScroll: true });
});
document.querySelector(".d-skip").addEventListener("click", (event) => { event.preventDefault(); view.focus(); });

// The whole window takes what is dropped: a file beside a box would otherwise replace the page.
let over = 0;
const holdsFiles = (event) => event.dataTransfer?.types.includes("Files") && !event.target.closest?.("input[type=file]");
const markOver = (now) => { over = Math.max(0, now); document.body.classList.toggle("d-over", over > 0); };
addEventListener("dragenter", (event) => { if (holdsFiles(event)) { event.preventDefault(); markOver(over + 1); } });
addEventListener("dragleave", (event) => { if (holdsFiles(event)) markOver(over - 1); });
addEventListener("dragover", (event) => { if (holdsFiles(event)) event.preventDefault(); });
addEventListener("drop", (event) => {
  markOver(0);
  if (!holdsFiles(event)) return;
  event.preventDefault();
  if (isOut() || document.querySelector("dialog[open]")) return;
  const files = [...event.dataTransfer.files];
  if (takeFiles) return takeFiles(files);
  if (shown !== "check") location.hash = "#/check";
  checkView.checkFiles(files, announce);
});

// An idle page hears that the server went, too.
let listening = false;
function listenAlways() {
  if (listening || isOut()) return;
  listening = true;
  listen(() => {}, new AbortController().signal);
}

// Who is there comes first: whoever has no token yet sees the form for it, and nothing else.
readSession().catch(() => {}).then(() => {
  showWho();
  listenAlways();
  return route();
}).finally(() => requestIdleCallback(() => {
  // A view that is at hand can say that the server is gone, and wait for it.
  for (const [, load] of routes) Promise.resolve(load()).catch(() => {});
}));
