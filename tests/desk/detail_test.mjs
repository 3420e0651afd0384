// Small things that an editor stumbles over: the way back, what stands on paper, dates, refusals, and searches that find nothing.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { faultsOf, goTo, launch, openCaseFor, openPage, sample, send, startDesk } from "./support.mjs";

let desk, browser;
before(async () => { desk = await startDesk(["--max-body", "1MiB"]); browser = await launch(); });
after(async () => { await browser?.close(); await desk?.cleanUp(); });

const markedRow = (page) => page.evaluate(() => document.activeElement.closest("tr")?.dataset.id);

test("TheWayBackFromACaseLeadsToItsRowAndKeysLeadToTheNextCase", async () => {
  const { page, context } = await openPage(browser, desk.address);
  for (const kind of ["copy", "edited", "spun"]) await openCaseFor(page, "harbour-spill", kind);
  await goTo(page, desk.address, "#/inbox?sort=created");
  await page.locator("tr[data-id]").nth(2).waitFor();
  const ids = await page.locator("tr[data-id]").evaluateAll((rows) => rows.map((row) => row.dataset.id));
  await page.locator(`tr[data-id="${ids[0]}"] a`).click();
  await page.locator(".d-decide").waitFor();
  await page.keyboard.press("j");
  await page.waitForURL(new RegExp(`#/case/${ids[1]}$`));
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.getByText(`2 of ${ids.length}`).waitFor();
  await page.keyboard.press("k");
  await page.waitForURL(new RegExp(`#/case/${ids[0]}$`));
  await page.getByText(`1 of ${ids.length}`).waitFor();
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await page.waitForURL(new RegExp(`#/case/${ids[1]}$`));
  await page.getByText(`2 of ${ids.length}`).waitFor();
  await page.goBack();
  await page.waitForFunction((id) => document.activeElement.closest("tr")?.dataset.id === id, ids[1]);
  assert.equal(await markedRow(page), ids[1]);
  await context.close();
});

test("ACaseWithoutAnOriginalHasNoEmptyWords", async () => {
  const { page, context } = await openPage(browser, desk.address);
  const row = (await send(page, "POST", "/v1/cases", "The moon was seen over the garden by nobody in particular, and it set behind the hedge at nine. ".repeat(8))).body.case;
  await goTo(page, desk.address, `#/case/${row.id}`);
  await page.locator(".d-report").waitFor();
  assert.equal(row.original_id ?? "", "");
  assert.doesNotMatch(await page.locator(".d-case-head").innerText(), /\b(null|undefined|NaN)\b/);
  await context.close();
});

test("ADayIsShownWithoutATime", async () => {
  const { page, context } = await openPage(browser, desk.address, { timezoneId: "America/New_York" });
  for (const [kind, published] of [["copy", "5 March 2026"], ["edited", "2026-03-05"]]) {
    const { id } = await openCaseFor(page, "vent-field", kind, { published });
    await goTo(page, desk.address, `#/case/${id}`);
    await page.locator(".d-meta").getByText("published 5 Mar 2026", { exact: true }).waitFor();
  }
  await context.close();
});

test("TheStateThatIsRefusedIsNotLeftInTheForm", async () => {
  const { page, context } = await openPage(browser, desk.address);
  const { id } = await openCaseFor(page, "rail-strike", "copy");
  await goTo(page, desk.address, `#/case/${id}`);
  await page.getByLabel("State").selectOption("decided");
  await page.locator(".d-people .d-problem:not(:empty)").waitFor();
  assert.equal(await page.getByLabel("State").inputValue(), "new");
  await goTo(page, desk.address, "#/case/abc");
  await page.getByText("“abc” is not the number of any case.").waitFor();
  await context.close();
});

test("ASearchOfSignsFindsNothing", async () => {
  const { page, context } = await openPage(browser, desk.address);
  await openCaseFor(page, "rail-strike", "edited", { site: "mirror.example" });
  await goTo(page, desk.address, "#/inbox");
  await page.locator("tr[data-id]").first().waitFor();
  await page.locator("#search").fill("?!…");
  await page.getByText("There is no word to search for.").waitFor();
  assert.equal(await page.locator("tr[data-id]").count(), 0);
  await page.locator("#search").fill("");
  await page.locator("tr[data-id]").first().waitFor();
  await page.getByLabel("Site").focus();
  await page.locator('#known-sites option[value="mirror.example"]').waitFor({ state: "attached" });
  await context.close();
});

test("CopiesWithoutADateAreNotDated", async () => {
  const { page, context } = await openPage(browser, desk.address);
  await openCaseFor(page, "river-floods", "copy", { published: "2026-11-02", site: "mirror.example" });
  await openCaseFor(page, "river-floods", "edited");
  await goTo(page, desk.address, "#/original/river-floods");
  await page.getByText("2 cases on 1 site, 1 of them without a known site").waitFor();
  assert.equal(await page.locator(".d-timeline a").count(), 1);
  assert.equal(await page.locator(".d-timeline .d-own").count(), 1);
  assert.match(await page.locator(".d-table tbody tr").nth(0).innerText(), /Oct 2026[^]*our publication/);
  assert.match(await page.locator(".d-table tbody tr").nth(1).innerText(), /^2 Nov 2026/);
  assert.match(await page.locator(".d-table tbody tr").nth(2).innerText(), /^not known \(opened /);
  assert.equal(await page.locator(".d-nav [aria-current]").innerText(), "Inbox");
  assert.deepEqual(await faultsOf(page), []);
  await context.close();
});

test("AnAuditThatIsTooLargeSaysHowLargeItMayBe", async () => {
  const { page, context } = await openPage(browser, desk.address);
  await goTo(page, desk.address, "#/audits");
  await page.locator("#audit-file").setInputFiles({ name: "crawl.jsonl", mimeType: "application/x-ndjson", buffer: Buffer.alloc(3 * 2 ** 20, "x") });
  await page.getByRole("button", { name: "Start the audit" }).click();
  await page.getByText("The file is too large (3 MB; at most 1 MB). Ask whoever runs the server to put it into the folder of audits.").waitFor();
  await context.close();
});

test("AFindingOfAnAuditLeadsToItsCase", async () => {
  const { page, context } = await openPage(browser, desk.address);
  const lines = ["copy", "spun", "independent"].map((kind) => JSON.stringify({ id: `n/${kind}`, title: `Outage ${kind}`, text: sample("network-outage", kind) }));
  await goTo(page, desk.address, "#/audits");
  await page.locator("#audit-file").setInputFiles({ name: "outage.jsonl", mimeType: "application/x-ndjson", buffer: Buffer.from(lines.join("\n") + "\n") });
  await page.getByRole("button", { name: "Start the audit" }).click();
  await page.getByRole("link", { name: "outage.jsonl" }).click();
  await page.getByRole("button", { name: "Open cases down to Outage copy" }).click();
  const button = page.getByRole("button", { name: /^Open cases from/ });
  await page.waitForFunction(() => /^Open cases from/.test(document.activeElement.textContent));
  assert.equal(await page.locator("#open-cases select").inputValue(), "copy");
  // The slider's thumb stands below the line in the picture.
  const [line, thumb] = await page.evaluate(() => {
    const slider = document.getElementById("threshold");
    const { left, width } = slider.getBoundingClientRect();
    const size = parseFloat(getComputedStyle(slider).height);
    return [document.querySelector(".d-threshold").getBoundingClientRect().left, left + size / 2 + Number(slider.value) * (width - size)];
  });
  assert.ok(Math.abs(line - thumb) < 3, `${line} ${thumb}`);
  await button.click();
  await page.getByText(/cases? opened/).waitFor();
  await page.reload();
  await page.getByRole("link", { name: "Outage copy" }).click();
  await page.waitForURL(/#\/case\/\d+$/);
  await context.close();
});

test("ALicenceThatEndsBeforeItBeginsIsRefusedInWords", async () => {
  const { page, context } = await openPage(browser, desk.address);
  await goTo(page, desk.address, "#/licences");
  await page.getByLabel("Site").fill("partner.example");
  await page.getByLabel("From").fill("2026-05-02");
  await page.getByLabel("Until").fill("2026-05-01");
  await page.getByRole("button", { name: "Add the licence" }).click();
  await page.getByText("Until is before From.").waitFor();
  await context.close();
});

test("AnExcludedPassageIsNamedByItsWordsAndTheVerdictShowsWhatItWas", async () => {
  const { page, context } = await openPage(browser, desk.address);
  const row = await openCaseFor(page, "cup-final-upset", "copy");
  await goTo(page, desk.address, `#/case/${row.id}`);
  await page.locator('[data-side="s"] .d-exclude').first().click();
  const words = await page.locator("dialog blockquote").innerText();
  await page.getByLabel("Reason").last().fill("Press release");
  await page.getByRole("button", { name: "Exclude", exact: true }).click();
  await page.locator(".d-list q").waitFor();
  assert.equal((await page.locator(".d-list q").innerText()).slice(0, 30), words.slice(0, 30));
  const verdict = page.locator(".d-verdict dd");
  await verdict.locator("s").getByText("Copy").waitFor();
  await context.close();
});

test("PaperHasTheHeadsOfTheInboxAndTheAddressOfTheReport", async () => {
  const { page, context } = await openPage(browser, desk.address);
  const row = await openCaseFor(page, "fisheries-treaty", "spun");
  await goTo(page, desk.address, "#/inbox");
  await page.locator("tr[data-id]").first().waitFor();
  await page.emulateMedia({ media: "print" });
  for (const head of ["Article", "Probability", "Of ours", "Age"]) assert.equal(await page.locator("th").getByText(head).isVisible(), true, head);
  await goTo(page, desk.address, `#/case/${row.id}`);
  await page.locator(".d-report .pass").first().waitFor();
  await page.getByText(`Report: ${new URL(desk.address).origin}/r/${row.report}`).waitFor();
  assert.equal(await page.getByText("Report's address").isVisible(), false);
  // The texts begin below the figures, not on a page of their own.
  assert.equal(await page.locator(".d-report > .texts").evaluate((texts) => getComputedStyle(texts).breakBefore), "auto");
  assert.equal(await page.getByText("Use “exclude” in the report").isVisible(), false);
  await context.close();
});
