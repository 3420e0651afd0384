// The page of licences: all terms of a rule, editing in its row, tables in and out, and what a case then says.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, afterEach, before, test } from "node:test";
import { faultsOf, goTo, launch, openCaseFor, openPage, send, startDesk } from "./support.mjs";

let desk, browser;
before(async () => { desk = await startDesk(); browser = await launch(); });
after(async () => { await browser?.close(); await desk?.cleanUp(); });
// Each test begins without rules.
afterEach(async () => {
  const { page, context } = await openPage(browser, desk.address);
  await send(page, "POST", "/v1/licences.csv?replace=1", "site\n");
  await context.close();
});

const rulesOf = async (page) => (await send(page, "GET", "/v1/licences", null)).body.licences;
const rowOf = (page, name) => page.locator("tr[data-rule]").filter({ hasText: name });
const assertClean = ({ seen }) => { assert.deepEqual(seen.errors, []); assert.deepEqual(seen.foreign, []); };

test("AllTermsOfARuleAreEnteredAndACaseSaysWhatBecameOfThem", async () => {
  const opened = await openPage(browser, desk.address);
  const { page } = opened;
  const { id } = await openCaseFor(page, "harbour-spill", "spun", { url: "https://partner.example/a", site: "partner.example", published: "2026-10-12" });
  await goTo(page, desk.address, "#/licences");
  await page.getByLabel("Site").fill("https://www.Partner.example");
  await page.getByLabel("Which of ours").fill("harbourpost.example/2026/");
  await page.getByLabel("From").fill("2026-01-01");
  await page.getByLabel("Embargo in hours").fill("2");
  await page.getByLabel("The wording may be altered").uncheck();
  await page.getByLabel("A credit is required").check();
  await page.getByLabel("Where the agreement is").fill("contract 14");
  await page.getByRole("button", { name: "Add the licence" }).click();
  await rowOf(page, "partner.example").getByText("credit, not altered, embargo 2 h").waitFor();
  const [rule] = await rulesOf(page);
  assert.deepEqual({ ...rule, id: 0, created: "", person: "" }, { id: 0, created: "", person: "", site: "partner.example", original: "harbourpost.example/2026/",
    from: "2026-01-01", to: null, state: "licensed", may_alter: false, credit: true, link: false, embargo_hours: 2, source: "contract 14", note: null });
  await goTo(page, desk.address, `#/case/${id}`);
  const said = page.locator(".d-figures div", { hasText: "Licence" });
  await said.getByText(/but .*the wording was altered/).waitFor();
  assert.match(await said.innerText(), /^Licence\s+Licensed\s+licensed, but /);
  assert.match(await page.locator(".d-verdict").innerText(), /Spun|Rewritten|Edited|Copy/);
  assertClean(opened);
  await opened.context.close();
});

test("ARuleIsEditedInItsRowByKeyboardAlone", async () => {
  const opened = await openPage(browser, desk.address);
  const { page } = opened;
  await send(page, "POST", "/v1/licences", { site: "partner.example", note: "yearly" });
  await send(page, "POST", "/v1/licences", { site: "second.example" });
  await goTo(page, desk.address, "#/licences");
  const edit = page.getByRole("button", { name: "Edit the licence of partner.example" });
  await edit.focus();
  await page.keyboard.press("Enter");
  const form = page.getByRole("form", { name: "The licence of partner.example" });
  await form.waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.name), "site");
  await page.keyboard.press("Escape");
  await form.waitFor({ state: "detached" });
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "Edit the licence of partner.example");
  await page.keyboard.press("Enter");
  await form.getByLabel("Until").fill("2026-05-01");
  await form.getByLabel("From").fill("2026-05-02");
  await form.getByLabel("Site").focus();
  await page.keyboard.press("Enter");
  await form.getByText("Until is before From.").waitFor();
  await form.getByLabel("From").fill("2026-04-02");
  await form.getByLabel("A link is required").focus();
  await page.keyboard.press("Space");
  await form.getByLabel("Site").focus();
  await page.keyboard.press("End");
  await page.keyboard.type("/wire/");
  await page.keyboard.press("Enter");
  await rowOf(page, "partner.example/wire/").getByText("link").waitFor();
  await page.waitForFunction(() => document.activeElement.getAttribute("aria-label") === "Edit the licence of partner.example/wire/");
  const rules = await rulesOf(page);
  assert.deepEqual(rules.map((rule) => [rule.site, rule.link, rule.to, rule.note]), [["partner.example/wire/", true, "2026-05-01", "yearly"], ["second.example", false, null, null]]);
  await goTo(page, desk.address, "#/log");
  await page.getByText("changed a licence for partner.example/wire/").waitFor();
  assertClean(opened);
  await opened.context.close();
});

test("WhatTheServiceRefusesStaysInTheForm", async () => {
  const { page, context } = await openPage(browser, desk.address);
  await send(page, "POST", "/v1/licences", { site: "partner.example" });
  await goTo(page, desk.address, "#/licences");
  await page.getByRole("button", { name: "Edit the licence of partner.example" }).click();
  const form = page.getByRole("form", { name: "The licence of partner.example" });
  await form.getByLabel("Site").fill("nowhere");
  await form.getByRole("button", { name: "Save" }).click();
  await form.getByText("“nowhere”", { exact: false }).or(form.getByText("is no domain")).waitFor();
  assert.equal(await form.getByLabel("Site").inputValue(), "nowhere");
  await form.getByRole("button", { name: "Leave it as it is" }).click();
  await rowOf(page, "partner.example").waitFor();
  await context.close();
});

test("ATableIsImportedWholeOrNotAtAll", async () => {
  const opened = await openPage(browser, desk.address);
  const { page } = opened;
  await send(page, "POST", "/v1/licences", { site: "old.example" });
  await goTo(page, desk.address, "#/licences");
  const table = (text) => page.getByLabel("Table (CSV)").setInputFiles({ name: "licences.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await table("site;from\r\na.example;\r\nb.example;1.2.2026\r\n");
  await page.getByRole("button", { name: "Import the table" }).click();
  await page.getByText("licences.csv:3: from:").waitFor();
  assert.deepEqual((await rulesOf(page)).map((rule) => rule.site), ["old.example"]);
  await table("\ufeffsite;credit\r\na.example;yes\r\nold.example;\r\n");
  await page.getByRole("button", { name: "Import the table" }).click();
  await rowOf(page, "a.example").getByText("credit").waitFor();
  assert.deepEqual((await rulesOf(page)).map((rule) => rule.site), ["a.example", "old.example"]);
  await table("site\na.example\n");
  await page.getByLabel("Remove the rules that the table does not have").check();
  await page.getByRole("button", { name: "Import the table" }).click();
  await rowOf(page, "old.example").waitFor({ state: "detached" });
  assert.deepEqual((await rulesOf(page)).map((rule) => [rule.site, rule.credit]), [["a.example", false]]);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Export the table" }).click()]);
  assert.equal(download.suggestedFilename(), "licences.csv");
  assert.equal(readFileSync(await download.path(), "utf8"),
    "site,original,from,to,state,may_alter,credit,link,embargo_hours,note,source\na.example,,,,licensed,yes,no,no,0,,\n");
  assertClean(opened);
  await opened.context.close();
});

test("ThePageHasNoFaultInBothThemesAndFitsAPhone", async () => {
  for (const options of [{ colorScheme: "light" }, { colorScheme: "dark" }, { viewport: { width: 320, height: 640 } }]) {
    const { page, context } = await openPage(browser, desk.address, options);
    await send(page, "POST", "/v1/licences.csv", "site,original,credit,may_alter,embargo_hours,note,from,to\n" +
      "a-partner-with-a-very-long-name-of-its-own.example/wire/,harbourpost.example/sport/,yes,no,24,reprints with credit,2026-01-01,2026-12-31\n");
    await goTo(page, desk.address, "#/licences");
    await page.locator("tr[data-rule]").first().waitFor();
    assert.deepEqual(await faultsOf(page), []);
    await page.getByRole("button", { name: /^Edit the licence of a-partner/ }).click();
    await page.getByRole("form", { name: /^The licence of a-partner/ }).waitFor();
    assert.deepEqual(await faultsOf(page), []);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, JSON.stringify(options));
    await context.close();
  }
});
