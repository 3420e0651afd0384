// From an upload to a pack that is verified and a notice that is drafted: by mouse, by keyboard alone, and where it is refused.
import assert from "node:assert/strict";
import { readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { drop, faultsOf, goTo, launch, openCaseFor, openPage, sample, send, startDesk, tabTo, workAs } from "./support.mjs";

let desk, browser;
before(async () => { desk = await startDesk(); browser = await launch(); });
after(async () => { await browser?.close(); await desk?.cleanUp(); });

const site = "https://mirror.example/2026/11/";
const pageOf = (folder, kind) => `<!doctype html><html lang="en"><title>${sample(folder, kind).split("\n")[0]}</title><link rel="canonical" href="${site}${folder}">
<meta property="article:published_time" content="2026-11-20T08:00:00Z"><article>${sample(folder, kind).split("\n\n").map((text) => `<p>${text}</p>`).join("\n")}</article></html>`;
const upload = (folder, kind) => ({ name: `${folder}.html`, mimeType: "text/html", buffer: Buffer.from(pageOf(folder, kind)) });

const button = (page, name) => page.getByRole("button", { name });
const ready = (page) => page.locator('.d-evidence button:not([aria-disabled])', { hasText: "Evidence pack" }).waitFor();
const history = (page) => page.locator(".d-history li").allTextContents();

function assertClean({ seen }) {
  assert.deepEqual(seen.errors, []);
  assert.deepEqual(seen.foreign, []);
}

// The bytes of what `act` has the browser download.
async function downloaded(page, act) {
  const [download] = await Promise.all([page.waitForEvent("download"), act()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

test("FromUploadToNoticeByMouse", async () => {
  const opened = await openPage(browser, desk.address);
  const { page } = opened;
  await workAs(page, "Anna Berg");
  await page.setInputFiles("#files", upload("vent-field", "spun"));
  await page.waitForURL(/#\/case\/\d+$/);
  const id = page.url().match(/\d+$/)[0];
  await page.getByText("Pursue").click();
  await page.locator('.d-decide input[name="reason"]').fill("Whole article taken, no licence");
  await button(page, "Save the decision").click();
  await page.locator(".d-history").getByText("decided: pursue").waitFor();

  await ready(page);
  const pack = await downloaded(page, () => button(page, "Evidence pack").click());
  assert.equal(pack.name, `case-${id}.zip`);
  assert.equal(pack.bytes.subarray(0, 2).toString(), "PK");
  await page.locator(".d-history").getByText("Anna Berg made an evidence pack").waitFor();
  // The same again: neither the first pack nor its line in the log is in the second.
  const again = await downloaded(page, () => button(page, "Evidence pack").click());
  assert.ok(again.bytes.equals(pack.bytes));

  await button(page, /^Notice/).click();
  const dialog = page.locator("dialog");
  await dialog.getByLabel("Form").selectOption("dsa");
  await dialog.getByLabel("Language").selectOption("de");
  assert.equal(await dialog.getByText("This speaks against a notice:").isVisible(), false);
  await button(dialog, "Draft it").click();
  const draft = await dialog.getByLabel("Draft of the notice").inputValue();
  assert.ok(draft.includes(`${site}vent-field`), draft);
  assert.ok(await dialog.locator(".d-to-do li").count() > 0);
  for (const mark of await dialog.locator(".d-to-do li").allTextContents()) assert.ok(draft.includes(mark), mark);
  await button(dialog, "Copy").click();
  await dialog.getByText("Copied.").waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), draft);
  const file = await downloaded(page, () => button(dialog, "Download").click());
  assert.equal(file.name, `notice-${id}-dsa-de.txt`);
  assert.equal(file.bytes.toString(), draft);
  await button(dialog, "Close").click();
  assert.ok((await history(page))[0].includes("Anna Berg drafted a notice: DSA notice (Article 16), German"), (await history(page))[0]);

  await page.getByRole("link", { name: "Verify a pack" }).click();
  await page.locator("#pack").setInputFiles({ name: "theirs.zip", mimeType: "application/zip", buffer: pack.bytes });
  await page.locator(".d-whole").getByText("Equal.").waitFor();
  await page.locator(".d-verified").getByText("Spun:").waitFor();
  // A letter of the article, in the pack as it came.
  const changed = Buffer.from(pack.bytes);
  const at = changed.indexOf("<article>") + "<article><p>".length;
  changed[at] = changed[at] === 65 ? 66 : 65;
  await page.locator("#pack").setInputFiles({ name: "changed.zip", mimeType: "application/zip", buffer: changed });
  await page.locator(".d-broken").getByText(/difference/).waitFor();
  await page.locator(".d-verified li").getByText("reports/0001/suspect/received.bin").first().waitFor();
  assertClean(opened);
  await opened.context.close();
});

// A view that is drawn anew in this moment loses the focus, and the key with it.
async function chosenByKey(page, selector) {
  for (let tries = 0; tries < 5; ++tries) {
    await tabTo(page, selector);
    const [chooser] = await Promise.all([page.waitForEvent("filechooser", { timeout: 5000 }).catch(() => null), page.keyboard.press("Space")]);
    if (chooser) return chooser;
  }
  throw new Error(`the space bar opens no choice of files at ${selector}`);
}

test("FromUploadToNoticeByKeyboardAlone", async () => {
  const opened = await openPage(browser, desk.address);
  const { page } = opened;
  await workAs(page, "Bo Lind");
  const chooser = await chosenByKey(page, "#files");
  await chooser.setFiles(upload("rail-strike", "copy"));
  await page.waitForURL(/#\/case\/\d+$/);
  const id = page.url().match(/\d+$/)[0];
  await page.locator(".d-decide").waitFor();
  await page.keyboard.press("1");
  await page.waitForFunction(() => document.activeElement.name === "reason");
  await page.keyboard.type("Whole article taken, no licence");
  await page.keyboard.press("Enter");
  await page.locator(".d-history").getByText("decided: pursue").waitFor();
  await page.evaluate(() => document.activeElement.blur());

  await ready(page);
  const pack = await downloaded(page, () => page.keyboard.press("e"));
  await page.locator(".d-history").getByText("Bo Lind made an evidence pack").waitFor();
  await page.keyboard.press("t");
  await page.waitForFunction(() => document.activeElement.name === "form");
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await tabTo(page, "dialog .d-primary");
  await page.keyboard.press("Enter");
  // The draft has the focus, to be read.
  await page.waitForFunction(() => document.activeElement.matches("dialog textarea"));
  await tabTo(page, "dialog section button");
  await page.keyboard.press("Enter");
  await page.getByText("Copied.").waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".d-history").getByText("Bo Lind drafted a notice: Letter to the site").waitFor();

  await page.keyboard.press("?");
  for (const what of ["Evidence pack of the case", "Draft of a notice", "Verify an evidence pack"]) await page.locator("dialog").getByText(what).waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("v");
  await page.waitForURL(/#\/verify$/);
  const packs = await chosenByKey(page, "#pack");
  await packs.setFiles({ name: `case-${id}.zip`, mimeType: "application/zip", buffer: pack.bytes });
  await page.locator(".d-whole").getByText("Equal.").waitFor();
  assertClean(opened);
  await opened.context.close();
});

test("ARefusedNoticeSaysWhyAndNeedsAReason", async () => {
  const opened = await openPage(browser, desk.address);
  const { page } = opened;
  const { id } = await openCaseFor(page, "river-floods", "copy", { url: `${site}floods` });
  await goTo(page, desk.address, `#/case/${id}`);
  await ready(page);
  const notice = button(page, /^Notice/);
  assert.equal(await notice.getAttribute("aria-disabled"), "true");
  const why = page.locator(`#${await notice.getAttribute("aria-describedby")}`);
  assert.ok((await why.textContent()).length > 20);
  assert.equal(await why.isVisible(), true);
  // It can be pressed, and says no more than why.
  await notice.click({ force: true });
  await page.keyboard.press("t");
  await page.locator("#said").getByText("Not possible:").waitFor();
  assert.equal(await page.locator("dialog").count(), 0);
  await button(page, "Draft it all the same …").click();
  const dialog = page.locator("dialog");
  await dialog.getByText("This speaks against a notice:").waitFor();
  await button(dialog, "Draft it").click();
  // The browser asks for the reason by itself.
  assert.equal(await dialog.getByLabel("Reason to draft it all the same").evaluate((input) => input.validity.valueMissing), true);
  await dialog.getByLabel("Reason to draft it all the same").fill("Seen on their front page on 21 November");
  assert.deepEqual(await faultsOf(page), []);
  await button(dialog, "Draft it").click();
  await dialog.getByLabel("Draft of the notice").waitFor();
  assert.deepEqual(await faultsOf(page), []);
  await button(dialog, "Close").click();
  assert.match((await history(page))[0], /drafted a notice: DMCA notice .*, English, against direction – Seen on their front page on 21 November/);
  opened.seen.errors.length = 0;  // axe tries inline styles, which the policy refuses
  await opened.context.close();
});

test("ALicensedUseOffersNoNoticeAndAPackAllTheSame", async () => {
  const opened = await openPage(browser, desk.address);
  const { page } = opened;
  const known = { url: "https://partner.example/a", site: "partner.example", published: "2026-11-20" };
  const { id } = await openCaseFor(page, "battery-plant", "copy", known);
  await goTo(page, desk.address, `#/case/${id}`);
  await page.locator(".d-evidence button:not([aria-disabled])", { hasText: "Notice" }).waitFor();
  await send(page, "POST", "/v1/licences", { site: "partner.example" });
  await page.reload();
  await ready(page);
  await page.locator(".d-evidence button[aria-disabled]", { hasText: "Notice" }).waitFor();
  await page.locator(".d-evidence").getByText(/licence/i).first().waitFor();
  assertClean(opened);
  await opened.context.close();
});

test("APackOfAColleagueDisturbsNobody", async () => {
  const first = await openPage(browser, desk.address);
  const second = await openPage(browser, desk.address);
  await workAs(first.page, "Anna Berg");
  await workAs(second.page, "Bo Lind");
  const { id } = await openCaseFor(first.page, "fisheries-treaty", "copy", { published: "2026-11-20" });
  for (const { page } of [first, second]) {
    await goTo(page, desk.address, `#/case/${id}`);
    await ready(page);
  }
  await second.page.getByText("Tolerate").click();
  await second.page.locator('.d-decide input[name="reason"]').fill("Short quotation with credit");
  await downloaded(first.page, () => button(first.page, "Evidence pack").click());
  await second.page.locator(".d-history").getByText("Anna Berg made an evidence pack").waitFor();
  assert.equal(await second.page.locator(".d-notice").isVisible(), false);
  await button(second.page, "Save the decision").click();
  await second.page.locator(".d-history").getByText("Bo Lind decided: tolerate").waitFor();
  for (const opened of [first, second]) { assertClean(opened); await opened.context.close(); }
});

test("AnOldReportIsCheckedAgainBeforeItIsPacked", async () => {
  const opened = await openPage(browser, desk.address);
  const { page } = opened;
  const { id } = await openCaseFor(page, "looted-bronze", "edited", { published: "2026-11-20" });
  const views = join(desk.folder, "desk/views/0", String(id));
  for (const name of readdirSync(views).filter((one) => one.endsWith(".basis.zst"))) rmSync(join(views, name));
  await send(page, "POST", "/v1/articles", { id: `new-${id}`, text: sample("looted-bronze", "original") });
  await goTo(page, desk.address, `#/case/${id}`);
  await page.locator(".d-evidence").getByText(/check the article again/).first().waitFor();
  assert.equal(await button(page, "Evidence pack").getAttribute("aria-disabled"), "true");
  await button(page, "Check the article again").click();
  await ready(page);
  await page.locator(".d-history").getByText("had the article checked again").waitFor();
  await downloaded(page, () => button(page, "Evidence pack").click());
  assertClean(opened);
  await opened.context.close();
});

test("ATimestampThatIsNoneIsRefusedInWords", async () => {
  const opened = await openPage(browser, desk.address);
  const { page } = opened;
  const { id } = await openCaseFor(page, "cup-final-upset", "copy", { published: "2026-11-20" });
  await goTo(page, desk.address, `#/case/${id}`);
  await ready(page);
  await page.getByText("Time stamp", { exact: true }).click();
  await page.getByText(`unzip -p case-${id}.zip manifest.tsq`).waitFor();
  await page.getByLabel("Its reply, for the same pack").setInputFiles({ name: "reply.tsr", mimeType: "application/timestamp-reply", buffer: Buffer.from("none") });
  await page.locator(".d-evidence .d-problem:not(:empty)").waitFor();
  assert.equal((await history(page)).length, 1);
  assertClean(opened);
  await opened.context.close();
});

test("AnErasedCaseSaysThatItIs", async () => {
  const opened = await openPage(browser, desk.address);
  const { page } = opened;
  const row = await openCaseFor(page, "measles-campaign", "copy", { published: "2026-11-20" });
  await send(page, "POST", `/v1/cases/${row.id}/erase`, { reason: "asked" }, { "If-Match": `"${row.revision}"` });
  await goTo(page, desk.address, `#/case/${row.id}`);
  await page.locator(".d-evidence").getByText("The texts of this case were erased.").first().waitFor();
  for (const name of ["Evidence pack", /^Notice/]) assert.equal(await button(page, name).getAttribute("aria-disabled"), "true");
  assert.equal(await button(page, "Check the article again").isVisible(), false);
  assertClean(opened);
  await opened.context.close();
});

test("WhatIsDroppedOnVerifyIsVerified", async () => {
  const opened = await openPage(browser, desk.address);
  const { page } = opened;
  await goTo(page, desk.address, "#/verify");
  await page.locator("#pack").waitFor();
  assert.equal(await drop(page, [{ name: "letter.zip", text: "no pack" }]), true);
  await page.locator(".d-problem:not(:empty)").waitFor();
  assert.match(page.url(), /#\/verify$/);
  assertClean(opened);
  await opened.context.close();
});

const modes = { light: {}, dark: { colorScheme: "dark" }, narrow: { viewport: { width: 320, height: 700 } } };
for (const [mode, options] of Object.entries(modes)) {
  test(`AxeFindsNoFaultInEvidence, ${mode}`, async () => {
    const { page, context } = await openPage(browser, desk.address, options);
    const wide = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    const look = async (what) => {
      assert.deepEqual(await faultsOf(page), [], what);
      assert.equal(await wide(), 0, what);
      if (process.env.UNSPIN_SHOTS) await page.screenshot({ path: join(process.env.UNSPIN_SHOTS, `${what}-${mode}.png`) });
    };
    const { id } = await openCaseFor(page, "network-outage", "copy", { url: `${site}outage` });
    await goTo(page, desk.address, `#/case/${id}`);
    await page.locator(".d-aside summary").first().waitFor();
    await page.locator(".d-aside details").evaluateAll((all) => all.forEach((one) => { one.open = true; }));
    await ready(page);
    await page.locator(".d-evidence").scrollIntoViewIfNeeded();
    await look("evidence");
    await button(page, "Draft it all the same …").click();
    await page.getByLabel("Reason to draft it all the same").fill("Seen on 21 November");
    await look("refused");
    await button(page.locator("dialog"), "Draft it").click();
    await page.getByLabel("Draft of the notice").waitFor();
    await look("notice");
    await page.keyboard.press("Escape");
    const pack = await downloaded(page, () => button(page, "Evidence pack").click());
    await goTo(page, desk.address, "#/verify");
    await page.locator("#pack").setInputFiles({ name: "case.zip", mimeType: "application/zip", buffer: pack.bytes });
    await page.locator(".d-whole").waitFor();
    await look("equal");
    const changed = Buffer.from(pack.bytes);
    changed[changed.indexOf('"probability":') + '"probability":'.length + 2] ^= 1;
    await page.locator("#pack").setInputFiles({ name: "case.zip", mimeType: "application/zip", buffer: changed });
    await page.locator(".d-broken").waitFor();
    await look("differs");
    await context.close();
  });
}

test("PaperHasWhatWasHandedOutAndNoButtons", async () => {
  const { page, context } = await openPage(browser, desk.address);
  const { id } = await openCaseFor(page, "price-fixing-verdict", "spun", { published: "2026-11-20" });
  await goTo(page, desk.address, `#/case/${id}`);
  await ready(page);
  await downloaded(page, () => button(page, "Evidence pack").click());
  await page.locator(".d-history").getByText("made an evidence pack").waitFor();
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator(".d-evidence").isVisible(), false);
  assert.equal(await page.locator(".d-history").getByText("made an evidence pack").isVisible(), true);
  await context.close();
});
