// Every view: no fault that axe finds, in light, dark and at 320 pixels; nothing from another host; small and quick.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { timeOfPaste } from "./paste_time.mjs";
import { faultsOf, goTo, launch, openCaseFor, openPage, sample, send, startDesk } from "./support.mjs";

// Of the whole page with every view, as it is sent.
const maxTransferBytes = 150_000;

let desk, browser, views;

before(async () => {
  desk = await startDesk();
  browser = await launch();
  const { page, context } = await openPage(browser, desk.address);
  const cases = [];
  for (const [at, kind] of ["copy", "spun", "excerpt", "independent"].entries()) {
    cases.push(await openCaseFor(page, "vent-field", kind, { site: "mirror.example", url: `https://mirror.example/${kind}`, published: `2026-11-1${at}` }));
  }
  await send(page, "POST", `/v1/cases/${cases[1].id}/exclusions`, { kind: "passage", span: [400, 900], reason: "Press release" }, { "If-Match": `"${cases[1].revision}"` });
  await send(page, "POST", "/v1/licences", { site: "mirror.example", from: "2026-01-01", source: "contract 14" });
  await send(page, "POST", "/v1/audits?name=crawl.jsonl", ["copy", "spun", "independent"].map((kind) => JSON.stringify({ id: kind, text: sample("rail-strike", kind) })).join("\n"));
  await goTo(page, desk.address, "#/audit/1");
  await page.locator(".d-histogram").waitFor();
  views = { check: ["#/check", "#paste"], inbox: ["#/inbox", "tr[data-id]"], nothing: ["#/inbox?q=nosuchword", ".d-empty"], case: [`#/case/${cases[1].id}`, ".d-report .pass"],
    independent: [`#/case/${cases[3].id}`, ".d-report"], audits: ["#/audits", "tr[data-id]"], audit: ["#/audit/1", ".d-histogram"], sites: ["#/sites", "td"], site: ["#/site/mirror.example", "dd"],
    original: [`#/original/${encodeURIComponent(cases[1].original_id)}`, ".d-timeline"], licences: ["#/licences", "td"], log: ["#/log", ".d-whole"], verify: ["#/verify", "#pack"], missing: ["#/case/999999", ".d-empty"] };
  await context.close();
});
after(async () => { await browser?.close(); await desk?.cleanUp(); });

const modes = { light: {}, dark: { colorScheme: "dark" }, narrow: { viewport: { width: 320, height: 700 } } };
for (const [mode, options] of Object.entries(modes)) {
  test(`AxeFindsNoFaultAnywhere, ${mode}`, async () => {
    const { page, context, seen } = await openPage(browser, desk.address, options);
    const faults = [];
    for (const [name, [hash, sign]] of Object.entries(views)) {
      await goTo(page, desk.address, hash);
      await page.locator(sign).first().waitFor();
      // What the page did by itself; axe tries inline styles of its own, which the policy refuses.
      faults.push(...seen.errors.splice(0).map((error) => `${name}: ${error}`));
      faults.push(...(await faultsOf(page)).map((fault) => `${name}: ${fault}`));
      seen.errors.length = 0;
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (over > 0) faults.push(`${name}: ${over} pixels wider than the screen`);
    }
    assert.deepEqual(faults, []);
    assert.deepEqual(seen.foreign, []);
    await context.close();
  });
}

test("AxeFindsNoFaultInDialogs", async () => {
  const { page, context } = await openPage(browser, desk.address);
  await goTo(page, desk.address, views.case[0]);
  await page.locator('[data-side="s"] .d-exclude').first().click();
  assert.deepEqual(await faultsOf(page), []);
  await page.keyboard.press("Escape");
  await page.locator("#who").click();
  assert.deepEqual(await faultsOf(page), []);
  await page.keyboard.press("Escape");
  await page.locator("#show-keys").click();
  assert.deepEqual(await faultsOf(page), []);
  await context.close();
});

test("EveryWidgetIsReachedByTab", async () => {
  const { page, context } = await openPage(browser, desk.address);
  for (const [hash, sign] of Object.values(views)) {
    await goTo(page, desk.address, hash);
    await page.locator(sign).first().waitFor();
    const unreachable = await page.evaluate(() => [...document.querySelectorAll("#view [onclick], #view [role=button]")].filter((one) => one.tabIndex < 0).length);
    assert.equal(unreachable, 0, hash);
  }
  await context.close();
});

test("ThePageIsSmallAndQuick", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(desk.address);
  await page.locator("#paste").waitFor();
  const paint = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime);
  for (const name of ["inbox", "audits", "audit", "sites", "site", "original", "licences", "log", "verify"]) {
    await goTo(page, desk.address, views[name][0]);
    await page.locator(views[name][1]).first().waitFor();
  }
  const sizes = await page.evaluate(() => [...performance.getEntriesByType("resource"), ...performance.getEntriesByType("navigation")]
    .filter((entry) => entry.entryType === "navigation" || new URL(entry.name).pathname.startsWith("/page/")).map((entry) => [new URL(entry.name).pathname, entry.encodedBodySize, entry.decodedBodySize]));
  const byName = new Map(sizes.map(([name, ...bytes]) => [name, bytes]));
  const sum = (at) => [...byName.values()].reduce((total, bytes) => total + bytes[at], 0);
  console.log(`${byName.size} files, ${sum(0)} bytes sent, ${sum(1)} unpacked; first contentful paint after ${Math.round(paint)} ms`);
  assert.ok(sum(0) <= maxTransferBytes, `${sum(0)} bytes`);
  await context.close();
});

test("AReportIsOnScreenSoonAfterThePaste", async () => {
  const { page, context } = await openPage(browser, desk.address);
  const times = [];
  for (const folder of ["rail-strike", "harbour-spill", "cup-final-upset", "river-floods", "price-fixing-verdict", "looted-bronze", "fisheries-treaty"]) {
    for (const kind of ["copy", "spun", "rewritten"]) {
      await goTo(page, desk.address, "#/check");
      await page.locator("#paste").waitFor();
      times.push(await timeOfPaste(page, sample(folder, kind)));
    }
  }
  times.sort((a, b) => a - b);
  console.log(`paste to report on screen: p50 ${times[times.length >> 1].toFixed(1)} ms, slowest ${times.at(-1).toFixed(1)} ms of ${times.length}`);
  assert.equal(times.length, 21);
  await context.close();
});
