// Suspects that attack the person who reads them: scripts in every field, endless words, tricks with characters.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { goTo, launch, openPage, sample, send, startDesk } from "./support.mjs";

let desk, browser;
before(async () => { desk = await startDesk(); browser = await launch(); });
after(async () => { await browser?.close(); await desk?.cleanUp(); });

const attack = `"><img src=x onerror="window.hit=1"><script>window.hit=1</script><svg onload=window.hit=1><style>*{display:none}</style><a href="javascript:window.hit=1">x</a>`;
const attackedText = (text) => text.replace(/\n\n/g, `\n\n${attack} `);

const views = (row) => ["#/inbox", `#/inbox?q=${encodeURIComponent(attack)}`, `#/case/${row.id}`, "#/sites", `#/site/${encodeURIComponent(row.site ?? "x")}`,
  `#/original/${encodeURIComponent(row.original_id ?? "x")}`, "#/licences", "#/audits", "#/log", `#/${encodeURIComponent(attack)}`, `#/case/${encodeURIComponent(attack)}`];

async function assertNothingRan(page, seen) {
  assert.equal(await page.evaluate(() => window.hit), undefined);
  assert.deepEqual(seen.errors, []);
  assert.deepEqual(seen.foreign, []);
}

test("ScriptsInEveryFieldDoNothing", async () => {
  const { page, context, seen } = await openPage(browser, desk.address);
  await page.exposeFunction("noteViolation", (what) => seen.errors.push(what));
  await page.addInitScript(() => document.addEventListener("securitypolicyviolation", (event) => window.noteViolation(`policy: ${event.violatedDirective}`)));
  await page.reload();
  const known = { url: "javascript:window.hit=1", site: attack, title: attack, published: attack, name: `${attack}.txt` };
  const { status, body } = await send(page, "POST", `/v1/cases?${new URLSearchParams(known)}`, attackedText(sample("vent-field", "spun")));
  assert.equal(status, 201, JSON.stringify(body));
  const row = body.case;
  let { body: whole } = await send(page, "GET", `/v1/cases/${row.id}`);
  const change = async (path, value) => {
    const answer = await send(page, "POST", `/v1/cases/${row.id}/${path}`, value, { "If-Match": `"${whole.case.revision}"` });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    whole = answer.body;
  };
  await send(page, "POST", "/v1/session", { name: attack.slice(0, 90) });
  await change("assignee", { assignee: attack.slice(0, 90) });
  await change("notes", { note: attack });
  await change("decision", { decision: "pursue", reason: attack, note: attack });
  await change("exclusions", { kind: "passage", span: whole.report.findings[0].passages[0].suspect, reason: attack });
  await send(page, "POST", "/v1/licences", { site: "evil.example", note: attack, source: attack });
  await send(page, "POST", `/v1/audits?name=${encodeURIComponent(attack)}`, JSON.stringify({ id: attack, title: attack, site: attack, text: attackedText(sample("rail-strike", "copy")) }) + "\n");
  for (const hash of views(row)) {
    await goTo(page, desk.address, hash);
    await page.locator("#view h1").first().waitFor();
    await page.waitForLoadState("load");
  }
  await goTo(page, desk.address, `#/case/${row.id}`);
  await page.locator(".d-report .mast").waitFor({ state: "attached" });
  assert.equal(await page.locator('#view a[href^="javascript:"], #view script, #view style, #view [onerror], #view [onload], #view [style]').count(), 0);
  await page.goto(`${desk.address}r/${row.report}`);
  await page.locator("h1").first().waitFor();
  await assertNothingRan(page, seen);
  await context.close();
});

test("ALongWordStaysOnTheScreen", async () => {
  const { page, context, seen } = await openPage(browser, desk.address, { viewport: { width: 320, height: 700 } });
  const word = "unbreakable".repeat(300);
  const { body } = await send(page, "POST", `/v1/cases?${new URLSearchParams({ title: word, site: "long.example", url: `https://long.example/${word.slice(0, 1500)}` })}`,
    `${word}\n\n${sample("harbour-spill", "edited")}`);
  for (const hash of ["#/inbox", `#/case/${body.case.id}`, "#/site/long.example", `#/original/${encodeURIComponent(body.case.original_id)}`]) {
    await goTo(page, desk.address, hash);
    await page.locator("#view h1").first().waitFor();
    if (hash.includes("case")) await page.locator(".d-report").waitFor();
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(over, 0, `${hash} is ${over} pixels too wide`);
  }
  await assertNothingRan(page, seen);
  await context.close();
});

test("HiddenCharactersKeepExclusionsInPlace", async () => {
  const { page, context, seen } = await openPage(browser, desk.address);
  const text = sample("vent-field", "copy").replace(/ the /g, " t\u200bhe ").replace(/é|e(?= )/, "é");
  const { body } = await send(page, "POST", "/v1/cases", text);
  await goTo(page, desk.address, `#/case/${body.case.id}`);
  await page.locator('[data-side="s"] [data-at]').nth(4).waitFor();
  // Four letters behind many hidden characters: exactly their bytes are excluded.
  const selected = await page.evaluate(() => {
    const paragraph = document.querySelectorAll('[data-side="s"] [data-at]')[4];
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    let last;
    while (walker.nextNode()) if (/\w{4}/.test(walker.currentNode.data) && !walker.currentNode.parentElement.closest("[data-n], .chip")) last = walker.currentNode;
    const at = last.data.search(/\w{4}/);
    getSelection().setBaseAndExtent(last, at, last, at + 4);
    return String(getSelection());
  });
  await page.getByRole("button", { name: "Exclude the selected words" }).click();
  await page.getByLabel("Reason").last().fill("Quotation of a third person");
  await page.getByRole("button", { name: "Exclude", exact: true }).click();
  await page.locator(".d-list").getByText("Quotation", { exact: true }).waitFor();
  const { exclusions } = (await send(page, "GET", `/v1/cases/${body.case.id}`)).body;
  const bytes = Buffer.from(text, "utf8");
  assert.equal(bytes.subarray(...exclusions[0].span).toString("utf8"), selected);
  await assertNothingRan(page, seen);
  await context.close();
});
