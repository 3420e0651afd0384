// The page of a report in a real browser: reading, comparing, printing, without scripts, and with hostile texts.
// UNSPIN: the program; UNSPIN_SOURCE: the source tree; CHROMIUM: the browser, else the system's.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const program = process.env.UNSPIN;
const samples = join(process.env.UNSPIN_SOURCE, "datasets/samples");
const folder = mkdtempSync(join(tmpdir(), "unspin-report-"));
const file = (name) => join(folder, name);
const sample = (name, kind) => readFileSync(join(samples, name, `${kind}.txt`), "utf8");
const names = readdirSync(samples, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let browser;

// Bytes in the record, as the program's option counts them.
const excluded = ["--exclude", "400-700", "--exclude", "900-1000"];

const run = (...words) => execFileSync(program, words, { cwd: folder, stdio: ["ignore", "pipe", "ignore"], maxBuffer: 1 << 30 });
const write = (name, value) => writeFileSync(file(name), typeof value === "string" ? value : JSON.stringify(value));

before(async () => {
  write("originals.jsonl", names.map((name) => JSON.stringify({ id: name, title: `${name}, as first reported`,
    url: `https://post.example/${name}`, site: "Post", published: "2026-11-01", text: sample(name, "original") })).join("\n"));
  write("edition.json", { id: "edition", title: "Second edition", text: sample(names[0], "original").replace(/ the /, " this ") });
  write("one.json", { id: "one", title: "Vessel hits tanker", url: "https://copy.example/a", site: "copy.example",
    text: sample("harbour-spill", "spun") });
  write("digest.json", { id: "digest", title: "The week", text: names.slice(0, 3).map((name) => sample(name, "spun")).join("\n\n") });
  run("index", "originals.jsonl", "edition.json", "--archive", "archive");
  for (const name of ["one", "digest"]) run("check", `${name}.json`, "--archive", "archive", "--html", `${name}.html`);
  // In "one" some words are excluded; in "alone" also its original, so that nothing is found.
  run("check", "one.json", "--archive", "archive", "--html", "excluded.html", ...excluded);
  run("check", "one.json", "--archive", "archive", "--html", "alone.html", ...excluded, "--exclude-original", "harbour-spill");
  run("check", "one.json", "digest.json", "--archive", "archive", "--html", "pages/");
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
});

after(async () => {
  if (browser) await browser.close();
  rmSync(folder, { recursive: true });
});

// A page of its own context. Errors in it fail the test.
async function open(name, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => { if (message.type() === "error") errors.push(message.text()); });
  await page.goto(name.startsWith("http") ? name : pathToFileURL(file(name)).href);
  return { page, errors, close: async () => { await context.close(); assert.deepEqual(errors, []); } };
}

const views = { light: {}, dark: { colorScheme: "dark" }, narrow: { viewport: { width: 320, height: 700 } }, print: {} };
for (const name of ["one.html", "digest.html", "excluded.html", "alone.html", "pages/index.html"]) {
  for (const [view, options] of Object.entries(views)) {
    test(`${name} has no fault for axe and fits the screen: ${view}`, async () => {
      const { page, close } = await open(name, { ...options, bypassCSP: true });
      if (view === "print") await page.emulateMedia({ media: "print" });
      await page.evaluate(() => document.querySelectorAll("details").forEach((fold) => { fold.open = true; }));
      await page.evaluate(axe);
      const faults = await page.evaluate(async () => (await globalThis.axe.run()).violations.map((fault) =>
        `${fault.id}: ${fault.nodes.slice(0, 3).map((node) => node.target.join(" ")).join(", ")}`));
      assert.deepEqual(faults, []);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth > 0), false);
      await close();
    });
  }
}

test("the suspect stands once, marked against the original that is chosen", async () => {
  const { page, close } = await open("digest.html");
  const marked = () => page.locator('.pane[data-side="s"] .pass').evaluateAll((parts) => [...new Set(parts.map((part) => part.dataset.f))]);
  const text = () => page.locator('.pane[data-side="s"] .text').evaluate((pane) => {
    const copy = pane.cloneNode(true);
    copy.querySelectorAll(".chip").forEach((chip) => chip.remove());
    return copy.textContent.replace(/\s+/g, " ").trim();
  });
  assert.deepEqual(await marked(), ["1"]);
  const first = await text();
  assert.equal(first, names.slice(0, 3).map((name) => sample(name, "spun")).join("\n\n").replace(/\s+/g, " ").trim());
  await page.locator(".which").selectOption("3");
  assert.deepEqual(await marked(), ["3"]);
  assert.equal(await text(), first);
  assert.equal(await page.locator('.pane[data-side="o"]:visible').getAttribute("data-f"), "3");
  await close();
});

test("each mark of the script covers the bytes that the report names", async () => {
  const { page, close } = await open("digest.html");
  const suspect = Buffer.from(names.slice(0, 3).map((name) => sample(name, "spun")).join("\n\n"));
  const passages = await page.locator('.pane[data-side="s"] .text').evaluate((pane) => {
    const texts = {};
    for (const part of pane.querySelectorAll(".pass")) {
      const copy = part.cloneNode(true);
      copy.querySelectorAll(".chip").forEach((chip) => chip.remove());
      texts[part.dataset.suspect] = (texts[part.dataset.suspect] ?? "") + copy.textContent;
    }
    return texts;
  });
  const plain = (text) => text.replace(/\s+/g, "");
  assert.ok(Object.keys(passages).length > 0);
  for (const [span, text] of Object.entries(passages)) {
    const [begin, end] = span.split("-").map(Number);
    assert.equal(plain(text), plain(suspect.subarray(begin, end).toString()));
  }
  await close();
});

test("n and p and the buttons visit the differences, both sides at one height", async () => {
  const { page, close } = await open("one.html");
  const where = page.locator(".where");
  await page.keyboard.press("n");
  assert.match(await where.textContent(), /^1 of \d+: /);
  await page.locator(".next").click();
  await page.keyboard.press("n");
  assert.match(await where.textContent(), /^3 of /);
  await page.keyboard.press("p");
  assert.match(await where.textContent(), /^2 of /);
  for (let i = 0; i < 60; ++i) {
    await page.keyboard.press("n");
    const tops = await page.locator(".here").evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect().top));
    const inView = await page.locator(".here").evaluateAll((parts) => parts.every((part) => {
      const pane = part.closest(".pane").getBoundingClientRect();
      const box = part.getBoundingClientRect();
      return box.top >= pane.top && box.bottom <= pane.bottom;
    }));
    assert.ok(inView, await where.textContent());
    if (tops.length === 2 && i > 10 && i < 40) assert.ok(Math.abs(tops[0] - tops[1]) < 60, `${tops}`);
  }
  await close();
});

test("one side scrolls with the passage of the other, unless that is switched off", async () => {
  const { page, close } = await open("one.html");
  const top = (side) => page.locator(`.pane[data-side="${side}"]:visible`).evaluate((pane) => pane.scrollTop);
  await page.locator('.pane[data-side="s"]').evaluate((pane) => { pane.scrollTop = 400; });
  await page.waitForFunction(() => document.querySelector('.pane[data-side="o"]:not([hidden])').scrollTop > 100);
  assert.equal(await top("s"), 400, "the side that is followed stays");
  const followed = await top("o");
  await page.locator(".locked").uncheck();
  await page.locator('.pane[data-side="s"]').evaluate((pane) => new Promise((done) => {
    pane.addEventListener("scroll", () => requestAnimationFrame(() => requestAnimationFrame(done)), { once: true });
    pane.scrollTop = 800;
  }));
  assert.equal(await top("o"), followed);
  await close();
});

test("only what was taken stays, without scripts too", async () => {
  for (const javaScriptEnabled of [true, false]) {
    const { page, close } = await open("one.html", { javaScriptEnabled });
    const outside = page.locator('.pane[data-side="s"] .out').first();
    assert.equal(await outside.isVisible(), true);
    await page.locator(".only-taken").check();
    assert.equal(await outside.isVisible(), false);
    assert.equal(await page.locator('.pane[data-side="s"] .pass').first().isVisible(), true);
    await close();
  }
});

test("without scripts all originals are there, and every link has its target", async () => {
  const { page, close } = await open("digest.html", { javaScriptEnabled: false });
  const originals = await page.locator('.pane[data-side="o"]:visible').count();
  assert.ok(originals > 2);
  const findings = await page.locator('.pane[data-side="s"] .chip').allTextContents();
  assert.ok(new Set(findings.map((label) => label.split(".")[0])).size > 2, "passages of several findings are marked");
  assert.equal(await page.locator(".scripted:visible").count(), 0);
  const html = readFileSync(file("digest.html"), "utf8");
  const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]));
  for (const [, target] of html.matchAll(/href="#([^"]+)"/g)) assert.ok(ids.has(target), target);
  await close();
});

test("both texts begin at one height, however long their titles are", async () => {
  for (const name of ["one.html", "excluded.html"]) {
    const { page, close } = await open(name);
    const tops = await page.locator(".panes .text").evaluateAll((texts) => texts.map((text) => text.getBoundingClientRect().top));
    assert.equal(tops.length, 2);
    assert.ok(Math.abs(tops[0] - tops[1]) < 1, `${tops}`);
    await close();
  }
});

test("excluded words name their bytes, beside originals and alone, and a selection among them is told in bytes", async () => {
  for (const name of ["excluded.html", "alone.html"]) {
    const { page, close } = await open(name);
    const found = await page.evaluate(() => {
      const texts = {};
      for (const piece of document.querySelectorAll('[data-side="s"] [data-excluded]')) {
        const copy = piece.cloneNode(true);
        copy.querySelectorAll(".chip").forEach((chip) => chip.remove());
        texts[piece.dataset.excluded] = (texts[piece.dataset.excluded] ?? "") + copy.textContent;
      }
      return texts;
    });
    const suspect = Buffer.from(sample("harbour-spill", "spun"));
    assert.equal(Object.keys(found).length, 2);
    for (const [span, text] of Object.entries(found)) {
      const [begin, end] = span.split("-").map(Number);
      assert.equal(text.replace(/\s+/g, ""), suspect.subarray(begin, end).toString().replace(/\s+/g, ""));
    }
    assert.equal(await page.locator(".legend .excluded").count(), 1);
    await close();
  }
});

test("a report without findings shows the text that was judged", async () => {
  const { page, close } = await open("alone.html");
  const shown = await page.locator('.pane[data-side="s"] .text').evaluate((text) => text.textContent);
  assert.equal(shown.replace(/\s+/g, ""), sample("harbour-spill", "spun").replace(/\s+/g, ""));
  assert.equal(await page.locator(".texts > .note").first().textContent(), "Nothing of the archive was found in it.");
  assert.equal(await page.locator(".scripted:visible, .panes").count(), 0);
  await close();
});

test("under the policy of a desk a fragment works, and a selection is told in bytes of the text", async () => {
  const source = readFileSync(join(process.env.UNSPIN_SOURCE, "tools/render/report.js"), "utf8");
  const server = createServer((request, response) => {
    response.setHeader("content-type", `${request.url === "/report.js" ? "text/javascript" : "text/html"}; charset=utf-8`);
    response.setHeader("content-security-policy", "default-src 'none'; script-src 'self'; style-src 'self'");
    const main = readFileSync(file("one.html"), "utf8").match(/<main[\s\S]*<\/main>/)[0];
    response.end(request.url === "/report.js" ? source : `<!DOCTYPE html><html lang="en"><title>t</title><body>${main}</body></html>`);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const desk = await open(`http://127.0.0.1:${server.address().port}/`);
  const found = await desk.page.evaluate(async () => {
    const { attach, selectedBytes } = await import("/report.js");
    const detach = attach(document.querySelector("main"));
    const text = document.querySelector('.pane[data-side="s"] .text');
    const range = document.createRange();
    const paragraphs = text.querySelectorAll("p");
    range.setStart(paragraphs[1].firstElementChild.lastChild, 0);
    range.setEnd(paragraphs[3], paragraphs[3].childNodes.length);
    const bytes = selectedBytes(range);
    detach();
    const copy = document.createElement("div");
    copy.append(range.cloneContents());
    copy.querySelectorAll(".chip").forEach((chip) => chip.remove());
    return { bytes, text: copy.textContent };
  });
  const suspect = Buffer.from(sample("harbour-spill", "spun"));
  assert.equal(found.bytes.side, "s");
  assert.equal(suspect.subarray(found.bytes.begin, found.bytes.end).toString().replace(/\s+/g, ""), found.text.replace(/\s+/g, ""));
  await desk.close();
  server.close();
});

test("the index sorts by any column, and is cards on a phone", async () => {
  const { page, close } = await open("pages/index.html");
  const column = (index) => page.locator("table.index tbody tr").evaluateAll((rows, cell) => rows.map((row) => row.cells[cell].textContent), index);
  await page.locator("th button", { hasText: "Suspect" }).click();
  assert.deepEqual((await column(0)).map((name) => name.slice(0, 8)), ["The week", "Vessel h"]);
  await page.locator("th button", { hasText: "Suspect" }).click();
  assert.deepEqual((await column(0)).map((name) => name.slice(0, 8)), ["Vessel h", "The week"]);
  assert.equal(await page.locator("th").first().getAttribute("aria-sort"), "descending");
  await page.setViewportSize({ width: 390, height: 800 });
  const [first, second] = await page.locator("table.index tbody tr").first().locator("td").evaluateAll((cells) =>
    cells.slice(0, 2).map((cell) => cell.getBoundingClientRect().left));
  assert.equal(first, second, "cells stand one under the other");
  await close();
});

test("hostile texts run nothing and move nothing", async () => {
  const hostile = `</main></script><script>window.ran=1</script><img src=x onerror="window.ran=1"><svg onload=window.ran=1>"'><a href="javascript:window.ran=1">x</a>\u202e\u2066\u0000`;
  const text = `${sample("harbour-spill", "original")}\n\n${hostile}\n\n${"A".repeat(3000)}`;
  write("hostile.json", { id: hostile, title: hostile, url: `javascript:window.ran=1//${hostile}`, site: hostile,
    published: hostile, text });
  write("original.json", { id: hostile, title: `${hostile} original ${"W".repeat(300)}`, url: hostile, site: hostile, text });
  run("compare", "original.json", "hostile.json", "--html", "hostile.html");
  const { page, close } = await open("hostile.html", { viewport: { width: 320, height: 700 } });
  await page.keyboard.press("n");
  await page.locator(".hint").waitFor({ state: "attached" });
  assert.equal(await page.evaluate(() => window.ran), undefined);
  assert.equal(await page.locator("main script, main img, main [onload], main [onerror]").count(), 0);
  assert.equal(await page.locator('a[href^="javascript"]').count(), 0);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
  await close();
});
