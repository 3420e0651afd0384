// What the tests of the rights desk share: a real `unspin serve` on the sample archive, a real Chromium, and what it saw.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const source = process.env.UNSPIN_SOURCE ?? fileURLToPath(new URL("../..", import.meta.url));
const unspin = process.env.UNSPIN ?? join(source, "build/release/unspin");
const samples = join(source, "datasets/samples");

// ctest calls a test that ends so "skipped".
const skipped = 77;
function skip(why) {
  console.log(`skipped: ${why}`);
  process.exit(skipped);
}

async function load(name) {
  try {
    return await import(name);
  } catch {
    return skip(`no ${name}: tools/dev/setup brings it`);
  }
}

const { chromium } = await load("playwright-core");
const axe = (await load("axe-core")).default.source;
const chromiumProgram = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => path && existsSync(path));
if (!chromiumProgram) skip("no Chromium: tools/dev/setup brings it");
if (!/^ {2}serve\b/m.test(execFileSync(unspin, ["--help"], { encoding: "utf8" }))) skip("this program has no `unspin serve`");

export const sample = (folder, kind) => readFileSync(join(samples, folder, `${kind}.txt`), "utf8");
export const sampleFile = (folder, kind) => join(samples, folder, `${kind}.txt`);

// The sample originals, as a newspaper would have them in its archive.
export function makeArchive() {
  const folder = mkdtempSync(join(tmpdir(), "unspin-desk-"));
  const originals = readdirSync(samples).filter((name) => existsSync(join(samples, name, "original.txt"))).map((name, at) => {
    const text = sample(name, "original");
    return { id: name, title: text.split("\n")[0], site: "harbourpost.example", url: `https://harbourpost.example/2026/${name}`,
      published: `2026-10-${String(10 + at).padStart(2, "0")}`, text };
  });
  const file = join(folder, "originals.jsonl");
  writeFileSync(file, originals.map((one) => `${JSON.stringify(one)}\n`).join(""));
  execFileSync(unspin, ["index", file, "--archive", join(folder, "archive")], { stdio: "ignore" });
  return folder;
}

// Starts the server and waits for the line with its address. `stop()` ends it cleanly; its cases stay in `folder`.
export async function serve(folder, more = [], port = 0) {
  const child = spawn(unspin, ["serve", "--archive", join(folder, "archive"), "--data", join(folder, "desk"), "--port", String(port), ...more], { stdio: ["ignore", "pipe", "pipe"] });
  let errors = "";
  child.stderr.on("data", (text) => { errors += text; });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const address = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once("line", resolve);
    ended.then((status) => reject(new Error(`unspin serve ended with ${status}: ${errors.slice(-2000)}`)));
  });
  return { address, stop: () => { child.kill("SIGTERM"); return ended; }, log: () => errors };
}

// One server for a file of tests. `cleanUp()` ends it and takes its cases away.
export async function startDesk(more) {
  const folder = makeArchive();
  const server = await serve(folder, more);
  return { folder, address: server.address, server, cleanUp: async () => { await server.stop(); rmSync(folder, { recursive: true, force: true }); } };
}

export const launch = () => chromium.launch({ executablePath: chromiumProgram, args: ["--no-sandbox"] });

// A page that keeps what must not happen: errors, violations of the content policy, dialogs, requests to other hosts.
// `nameless`: nobody said who works there.
export async function openPage(browser, address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, permissions: ["clipboard-read", "clipboard-write"], ...options });
  const page = await context.newPage();
  const seen = { errors: [], foreign: [], requests: [] };
  page.on("pageerror", (error) => seen.errors.push(String(error)));
  page.on("console", (message) => { if (/Content Security Policy|Refused to/.test(message.text())) seen.errors.push(message.text()); });
  page.on("dialog", (dialog) => { seen.errors.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => {
    seen.requests.push(request.url());
    if (!request.url().startsWith(address) && !/^(data|blob|about):/.test(request.url())) seen.foreign.push(request.url());
  });
  await page.goto(address);
  await page.waitForSelector("#paste");
  if (!options.nameless) await send(page, "POST", "/v1/session", { name: "Dora Kvist" });
  return { page, context, seen, address };
}

// What axe finds in the page as it is. Its script comes in past the content policy, as the developer tools would.
export async function faultsOf(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations.flatMap((fault) => fault.nodes.map((node) => `${fault.id}: ${node.target.join(" ")}: ${node.failureSummary?.split("\n").slice(1, 2).join("")}`));
}

// A request as the page would send it, for what a test needs to stand before it begins.
export async function send(page, method, path, value, headers = {}) {
  return page.evaluate(async ([method, path, value, headers]) => {
    const text = typeof value === "string";
    const response = await fetch(path, { method, body: value === null ? undefined : text ? value : JSON.stringify(value),
      headers: { "Content-Type": text ? "text/plain" : "application/json", "Unspin-Request": "page", ...headers } });
    const body = await response.text();
    return { status: response.status, body: body && /json/.test(response.headers.get("Content-Type") ?? "") ? JSON.parse(body) : body };
  }, [method, path, value ?? null, headers]);
}

export const openCaseFor = async (page, folder, kind, known = {}) =>
  (await send(page, "POST", `/v1/cases?${new URLSearchParams(known)}`, sample(folder, kind))).body.case;

export async function goTo(page, address, hash) {
  await page.goto(address + hash);
}

export async function workAs(page, name) {
  await send(page, "POST", "/v1/session", { name });
  await page.reload();
  await page.getByRole("button", { name: `Working as ${name}` }).waitFor();
}

// Drops files on the page: what the browser would do with them is prevented, or `false` comes back.
export async function drop(page, files, selector = "body") {
  return page.locator(selector).evaluate((target, all) => {
    const dataTransfer = new DataTransfer();
    for (const { name, text } of all) dataTransfer.items.add(new File([text], name, { type: "text/plain" }));
    const event = (kind) => target.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
    event("dragenter");
    return [event("dragover"), event("drop")].every((goesOn) => !goesOn);
  }, files);
}

// Puts a text on the clipboard and presses the keys that paste it.
export async function paste(page, text) {
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.locator("#paste").focus();
  await page.keyboard.press("Control+V");
}

// Presses Tab until the element of this description has the focus; fails after a round of the page.
export async function tabTo(page, selector) {
  for (let pressed = 0; pressed < 400; pressed++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) {
      assert.notEqual(await page.evaluate(() => getComputedStyle(document.activeElement.matches(".d-choices input")
        ? document.activeElement.nextElementSibling : document.activeElement).outlineStyle), "none", `${selector} shows its focus`);
      return;
    }
    await page.keyboard.press("Tab");
  }
  assert.fail(`Tab never comes to ${selector}`);
}
