// A rights editor's way through the desk: by mouse, by keyboard alone, with dropped files, and with a colleague who is faster.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { drop, goTo, launch, openCaseFor, openPage, paste, sample, sampleFile, send, startDesk, tabTo, workAs } from "./support.mjs";

let desk, browser;
before(async () => { desk = await startDesk(); browser = await launch(); });
after(async () => { await browser?.close(); await desk?.cleanUp(); });

const figure = (page, name) => page.locator(".d-figures > div").filter({ has: page.getByText(name, { exact: true }) }).locator("dd");

function assertClean({ seen }) {
  assert.deepEqual(seen.errors, []);
  assert.deepEqual(seen.foreign, []);
}

async function excludePassage(page, reason) {
  await page.locator('[data-side="s"] .d-exclude').first().click();
  await page.getByLabel("Reason").last().fill(reason);
  await page.getByRole("button", { name: "Exclude", exact: true }).click();
  await page.locator("dialog").waitFor({ state: "detached" });
}

test("APastedArticleBecomesACaseThatIsExcludedFromUndoneAndDecided", async () => {
  const opened = await openPage(browser, desk.address);
  const { page } = opened;
  await workAs(page, "Anna Berg");
  await paste(page, sample("vent-field", "spun"));
  await page.waitForURL(/#\/case\/\d+$/);
  await page.locator(".d-report .pass").first().waitFor();
  assert.equal(await figure(page, "Verdict").textContent(), "Spun");
  const before = await figure(page, "Taken, of ours").textContent();

  await excludePassage(page, "Press release");
  await figure(page, "Taken, of ours").locator("s").waitFor();
  assert.match(await figure(page, "Taken, of ours").textContent(), new RegExp(`before: ${before}.*after: `));
  await page.locator(".d-aside").getByText("Press release").first().waitFor();

  await page.getByRole("button", { name: /^Undo: / }).click();
  await page.getByText("Nothing is excluded.").waitFor();
  await page.waitForFunction(([name, text]) => [...document.querySelectorAll(".d-figures > div")].some((one) => one.firstChild.textContent === name && one.lastChild.textContent === text), ["Taken, of ours", before]);

  await page.getByText("Pursue").click();
  await page.locator('.d-decide input[name="reason"]').fill("Whole article taken, no licence");
  await page.locator('.d-decide textarea[name="note"]').fill("Third time this month.");
  await page.getByRole("button", { name: "Save the decision" }).click();
  const history = page.locator(".d-history");
  await history.getByText("decided: pursue").waitFor();
  const lines = await history.locator("li").allTextContents();
  assert.equal(lines.length, 4);
  for (const [at, what] of ["decided: pursue – Whole article taken, no licence", "took back an exclusion", "excluded a passage – Press release", "opened the case"].entries()) {
    assert.ok(lines[at].includes(`Anna Berg ${what}`), lines[at]);
  }
  assertClean(opened);
  await opened.context.close();
});

test("TheKeyboardAloneIsEnough", async () => {
  const opened = await openPage(browser, desk.address);
  const { page } = opened;
  await workAs(page, "Bo Lind");
  await page.evaluate((text) => navigator.clipboard.writeText(text), sample("rail-strike", "copy"));
  await page.waitForFunction(() => document.activeElement.id === "paste");
  await page.keyboard.press("Control+V");
  await page.waitForURL(/#\/case\/\d+$/);
  await page.locator(".d-report .d-exclude").first().waitFor();
  const id = page.url().match(/\d+$/)[0];

  await tabTo(page, '[data-side="s"] .d-exclude');
  await page.keyboard.press("Enter");
  await page.keyboard.type("Agency text");
  await page.keyboard.press("Enter");
  await page.locator(".d-list").getByText("Agency text").waitFor();
  await page.locator("dialog").waitFor({ state: "detached" });
  await page.keyboard.press("2");
  await page.waitForFunction(() => document.activeElement.name === "reason");
  await page.keyboard.type("Agency contract");
  await page.keyboard.press("Enter");
  await page.locator(".d-history").getByText("decided: licensed – Agency contract").waitFor();

  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("/");
  await page.waitForURL(/#\/inbox/);
  await page.waitForFunction(() => document.activeElement.id === "search");
  await page.keyboard.type("strike");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=strike/);
  await page.waitForFunction((wanted) => document.activeElement.closest("tr")?.dataset.id === wanted, id);
  await page.keyboard.press("4");
  await page.keyboard.type("Duplicate of another case");
  await page.keyboard.press("Enter");
  await page.locator(`tr[data-id="${id}"]`).getByText("Dismiss").waitFor();
  await page.waitForFunction((wanted) => document.activeElement.closest("tr")?.dataset.id === wanted, id);
  await page.keyboard.press("?");
  await page.locator("dialog").getByText("Next case").waitFor();
  await page.keyboard.press("Escape");
  await page.locator(`tr[data-id="${id}"] a`).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(new RegExp(`#/case/${id}$`));
  assertClean(opened);
  await opened.context.close();
});

test("JAndKWalkTheInbox", async () => {
  const opened = await openPage(browser, desk.address);
  const { page } = opened;
  for (const kind of ["copy", "edited", "spun"]) await openCaseFor(page, "harbour-spill", kind);
  await goTo(page, desk.address, "#/inbox");
  await page.locator("tr[data-id]").nth(2).waitFor();
  const ids = await page.locator("tr[data-id]").evaluateAll((rows) => rows.map((row) => row.dataset.id));
  const marked = () => page.evaluate(() => document.activeElement.closest("tr")?.dataset.id);
  await page.keyboard.press("j");
  assert.equal(await marked(), ids[0]);
  await page.keyboard.press("j");
  assert.equal(await marked(), ids[1]);
  await page.keyboard.press("k");
  assert.equal(await marked(), ids[0]);
  assertClean(opened);
  await opened.context.close();
});

test("DroppedFilesAreCheckedOneAfterAnother", async () => {
  const opened = await openPage(browser, desk.address);
  const { page } = opened;
  const files = ["copy", "spun", "independent"].map((kind) => ({ name: `${kind} of the floods.txt`, text: sample("river-floods", kind) }));
  files.push({ name: "empty.txt", text: "" });
  assert.equal(await drop(page, files), true);
  const lines = page.locator(".d-outcomes li");
  await lines.nth(3).getByText(/not checked|Case \d+/).waitFor();
  const said = await lines.allTextContents();
  assert.equal(said.length, 4);
  for (const line of said.slice(0, 3)) assert.match(line, /of the floods\.txtCase \d+: /);
  assertClean(opened);
  await opened.context.close();
});

test("AFileIsTakenWhereverItIsDropped", async () => {
  const opened = await openPage(browser, desk.address);
  const { page } = opened;
  for (const view of ["inbox", "sites", "log"]) {
    await goTo(page, desk.address, `#/${view}`);
    await page.locator("h1").first().waitFor();
    assert.equal(await drop(page, [{ name: `${view}.txt`, text: `${sample("battery-plant", "edited")}\n${view}` }]), true);
    await page.waitForURL(/#\/case\/\d+$/);
    await page.locator(".d-meta").getByText(`file ${view}.txt`).waitFor();
  }
  await goTo(page, desk.address, "#/audits");
  await page.locator("#audit-file").waitFor();
  assert.equal(await drop(page, [{ name: "crawl.jsonl", text: "{}" }]), true);
  assert.equal(await page.locator("#audit-file").evaluate((input) => input.files[0].name), "crawl.jsonl");
  assertClean(opened);
  await opened.context.close();
});

test("AFileThatIsChosenOpensItsCase", async () => {
  const opened = await openPage(browser, desk.address);
  const { page } = opened;
  await page.setInputFiles("#files", sampleFile("cup-final-upset", "edited"));
  await page.waitForURL(/#\/case\/\d+$/);
  await page.locator(".d-meta").getByText("file edited.txt").waitFor();
  assertClean(opened);
  await opened.context.close();
});

test("WhoeverIsSecondSeesTheConflictAndLosesNothing", async () => {
  const first = await openPage(browser, desk.address);
  const second = await openPage(browser, desk.address);
  await workAs(first.page, "Anna Berg");
  await workAs(second.page, "Bo Lind");
  const { id } = await openCaseFor(first.page, "fisheries-treaty", "rewritten");
  for (const { page } of [first, second]) {
    await goTo(page, desk.address, `#/case/${id}`);
    await page.locator(".d-decide").waitFor();
  }
  await second.page.getByText("Tolerate").click();
  await second.page.locator('.d-decide input[name="reason"]').fill("Short quotation with credit");
  await second.page.locator('.d-decide textarea[name="note"]').fill("Asked them.");

  await first.page.getByText("Pursue").click();
  await first.page.locator('.d-decide input[name="reason"]').fill("Part taken, no licence");
  await first.page.getByRole("button", { name: "Save the decision" }).click();
  await first.page.locator(".d-history").getByText("decided: pursue").waitFor();

  // The second one hears of it while typing, and may still save: then the service refuses.
  await second.page.locator(".d-notice").getByText("Anna Berg changed this case.").waitFor();
  await second.page.getByRole("button", { name: "Save the decision" }).click();
  await second.page.locator(".d-decide").getByText("Anna Berg changed this case while you worked on it.").waitFor();
  assert.equal(await second.page.locator('.d-decide input[name="reason"]').inputValue(), "Short quotation with credit");
  assert.equal(await second.page.locator('.d-decide textarea[name="note"]').inputValue(), "Asked them.");
  assert.equal(await second.page.locator('.d-decide input[value="tolerate"]').isChecked(), true);
  await second.page.locator(".d-history").getByText("decided: pursue").waitFor();
  await second.page.getByRole("button", { name: "Save the decision" }).click();
  await second.page.locator(".d-history").getByText("Bo Lind decided: tolerate").waitFor();
  for (const opened of [first, second]) { assertClean(opened); await opened.context.close(); }
});

test("WhatIsTypedOutlivesAReload", async () => {
  const opened = await openPage(browser, desk.address);
  const { page } = opened;
  const { id } = await openCaseFor(page, "looted-bronze", "edited");
  await goTo(page, desk.address, `#/case/${id}`);
  await page.locator('.d-decide input[name="reason"]').fill("Half a thought");
  await page.reload();
  await page.locator(".d-decide").waitFor();
  assert.equal(await page.locator('.d-decide input[name="reason"]').inputValue(), "Half a thought");
  await opened.context.close();
});

test("AFilterIsInTheAddressAndCanBeSaved", async () => {
  const opened = await openPage(browser, desk.address);
  const { page } = opened;
  const { id } = await openCaseFor(page, "price-fixing-verdict", "spun");
  await openCaseFor(page, "price-fixing-verdict", "independent");
  await goTo(page, desk.address, "#/inbox");
  await page.getByLabel("Verdict").selectOption("spun");
  await page.waitForURL(/verdict=spun/);
  await page.locator(`tr[data-id="${id}"]`).waitFor();
  const rows = (await send(page, "GET", "/v1/cases?verdict=spun")).body.total;
  await page.getByText(`${rows} case`, { exact: false }).waitFor();
  await page.getByLabel("Name of this filter").fill("All spun");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("link", { name: "All spun" }).waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "JSON" }).click()]);
  assert.equal(download.suggestedFilename(), "cases.json");
  const [table] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "CSV" }).click()]);
  assert.equal(table.suggestedFilename(), "cases.csv");
  await goTo(page, desk.address, "#/check");
  await page.locator("#paste").waitFor();
  await goTo(page, desk.address, "#/inbox");
  await page.getByRole("link", { name: "All spun" }).click();
  await page.waitForURL(/verdict=spun/);
  // The address is there before the view that it is of.
  await page.locator('select:has(option[value="spun"]:checked)').waitFor();
  assert.equal(await page.getByLabel("Verdict").inputValue(), "spun");
  assertClean(opened);
  await opened.context.close();
});

test("AnAuditShowsItsProgressItsHistogramAndOpensCases", async () => {
  const opened = await openPage(browser, desk.address);
  const { page } = opened;
  const lines = ["measles-campaign", "network-outage", "rate-decision"].flatMap((folder) => ["copy", "spun", "independent"].map((kind) =>
    JSON.stringify({ id: `${folder}/${kind}`, site: "mirror.example", text: sample(folder, kind) })));
  await goTo(page, desk.address, "#/audits");
  await page.locator("#audit-file").setInputFiles({ name: "crawl.jsonl", mimeType: "application/x-ndjson", buffer: Buffer.from(lines.join("\n") + "\n") });
  await page.getByRole("button", { name: "Start the audit" }).click();
  await page.getByRole("link", { name: "crawl.jsonl" }).click();
  await page.locator(".d-histogram").waitFor();
  assert.equal(await figure(page, "Suspects").textContent(), "9");
  await page.locator("#threshold").focus();
  await page.keyboard.press("Home");
  const { thresholds } = (await send(page, "GET", `/v1/audits/${page.url().match(/\d+$/)[0]}/histogram`)).body;
  const lowest = thresholds.reduce((one, other) => (one.probability < other.probability ? one : other));
  assert.ok(lowest.suspects > 0);
  await page.locator(".d-threshold-said").getByText(`${lowest.suspects} suspects`).waitFor();
  await page.keyboard.press("End");
  await page.getByRole("button", { name: /^Open cases from/ }).waitFor();
  await page.keyboard.press("Home");
  await page.getByRole("button", { name: /^Open cases from/ }).click();
  await page.getByText(/cases? opened/).waitFor();
  await page.getByRole("link", { name: "See them in the inbox" }).click();
  await page.locator("tr[data-id]").first().waitFor();
  assertClean(opened);
  await opened.context.close();
});

test("ALicenceIsAddedAndItsSiteFollows", async () => {
  const opened = await openPage(browser, desk.address);
  const { page } = opened;
  const { id } = await openCaseFor(page, "battery-plant", "copy", { url: "https://partner.example/a", site: "partner.example" });
  await goTo(page, desk.address, "#/licences");
  await page.getByLabel("Site").fill("partner.example");
  await page.getByLabel("Where the agreement is").fill("contract 14");
  await page.getByRole("button", { name: "Add the licence" }).click();
  await page.getByRole("cell", { name: "partner.example", exact: true }).waitFor();
  await goTo(page, desk.address, `#/case/${id}`);
  await figure(page, "Licence").getByText("Licensed").waitFor();
  await page.locator(".d-meta").getByRole("link", { name: "partner.example", exact: true }).first().click();
  await page.getByRole("heading", { name: "partner.example" }).waitFor();
  await goTo(page, desk.address, "#/licences");
  await page.getByRole("button", { name: "Remove the licence of partner.example" }).click();
  await page.getByRole("button", { name: "Remove it" }).click();
  await page.getByText("There are no licences yet.").waitFor();
  await goTo(page, desk.address, "#/log");
  await page.getByText("The chain is whole.").waitFor();
  assertClean(opened);
  await opened.context.close();
});
