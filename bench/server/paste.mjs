// Measures a desk in a browser: from the paste of an article to the frame after the one that has its report.
//
//   unspin serve --archive ARCHIVE --data NEW-FOLDER &
//   node bench/server/paste.mjs http://127.0.0.1:8080/ ARTICLES.jsonl
//
// Of every 300th article the first four fifths are pasted, 110 in all; the first paste is not counted. Every paste becomes
// a case, so take a data folder of its own. Needs Chromium, and tests/desk/node_modules (tools/dev/setup).
import { createReadStream } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

import { timeOfPaste } from "../../tests/desk/paste_time.mjs";

const [address, articles] = process.argv.slice(2);
if (!articles) throw new Error("usage: paste.mjs ADDRESS ARTICLES.jsonl");
const { chromium } = createRequire(new URL("../../tests/desk/", import.meta.url))("playwright-core");
const every = 300, wanted = 110, share = 0.8;

// A desk asks once who works there.
async function sayWhoWorks(page) {
  const name = page.locator("dialog[open] input").first();
  if (!(await name.waitFor({ timeout: 3000 }).then(() => true, () => false))) return;
  await name.fill("Bench");
  await page.keyboard.press("Enter");
}

const texts = [];
let line = 0;
for await (const record of createInterface({ input: createReadStream(articles) })) {
  if (line++ % every) continue;
  const words = JSON.parse(record).text.split(" ");
  texts.push(words.slice(0, Math.ceil(words.length * share)).join(" "));
  if (texts.length === wanted) break;
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await (await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] })).newPage();
await page.goto(address);
const times = [];
for (const text of texts) {
  await page.evaluate(() => { location.hash = "#/check"; });
  await page.locator("#paste").waitFor();
  times.push(await timeOfPaste(page, text, times.length === 0 ? () => sayWhoWorks(page) : undefined));
}
const counted = times.slice(1).sort((a, b) => a - b);
const at = (part) => counted[Math.min(counted.length - 1, Math.floor(counted.length * part))].toFixed(0);
console.log(`paste to report on screen: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms of ${counted.length}`);
await browser.close();
