// Who works here: no change is recorded under another name than the one that stands at the top of the page.
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { after, before, test } from "node:test";
import { goTo, launch, makeArchive, openCaseFor, openPage, paste, sample, send, serve, workAs } from "./support.mjs";

let folder, browser;
before(async () => { folder = makeArchive(); browser = await launch(); });
after(async () => { await browser?.close(); rmSync(folder, { recursive: true, force: true }); });

const historyOf = async (page, id) => (await send(page, "GET", `/v1/cases/${id}`)).body.history;

async function decide(page, id) {
  await goTo(page, new URL(page.url()).origin, `/#/case/${id}`);
  await page.locator(".d-decide").waitFor();
  await page.getByText("Pursue").click();
  await page.locator('.d-decide input[name="reason"]').fill("Whole article taken, no licence");
  await page.getByRole("button", { name: "Save the decision" }).click();
}

test("TheFirstChangeAsksForAName", async () => {
  const server = await serve(folder);
  const { page, context } = await openPage(browser, server.address, { nameless: true });
  await paste(page, sample("vent-field", "copy"));
  const dialog = page.getByRole("dialog", { name: "Who works here?" });
  await dialog.waitFor();
  await dialog.getByRole("button", { name: "Close" }).click();
  await page.getByText("say who works here first").waitFor();
  assert.equal((await send(page, "GET", "/v1/cases")).body.total, 0);
  await page.getByRole("button", { name: "Check", exact: true }).click();
  await dialog.getByLabel("Your name").fill("Zoë Łuk");
  await dialog.getByRole("button", { name: "Work under this name" }).click();
  await page.waitForURL(/#\/case\/\d+$/);
  await page.getByRole("button", { name: "Working as Zoë Łuk" }).waitFor();
  assert.deepEqual((await historyOf(page, page.url().match(/\d+$/)[0])).map((event) => event.person), ["Zoë Łuk"]);
  await context.close();
  await server.stop();
});

test("TheNameOutlivesARestartOfTheServer", async () => {
  let server = await serve(folder);
  const port = new URL(server.address).port;
  const { page, context } = await openPage(browser, server.address);
  await workAs(page, "Bo Bérg");
  const { id } = await openCaseFor(page, "vent-field", "spun");
  await server.stop();
  server = await serve(folder, [], port);
  await decide(page, id);
  await page.locator(".d-history").getByText("decided: pursue").waitFor();
  assert.equal((await historyOf(page, id)).at(-1).person, "Bo Bérg");
  await page.reload();
  await page.getByRole("button", { name: "Working as Bo Bérg" }).waitFor();
  assert.equal((await send(page, "GET", "/v1/session")).body.person, "Bo Bérg");
  await context.close();
  await server.stop();
});

test("AnotherTabDoesNotChangeWhoDecidesInThisOne", async () => {
  const server = await serve(folder);
  const { page, context } = await openPage(browser, server.address);
  await workAs(page, "Anna Berg");
  const { id } = await openCaseFor(page, "rail-strike", "spun");
  const other = await context.newPage();
  await other.goto(server.address);
  await other.waitForSelector("#paste");
  await workAs(other, "Bo Lind");
  await decide(page, id);
  await page.locator(".d-history").getByText("decided: pursue").waitFor();
  assert.equal((await historyOf(page, id)).at(-1).person, "Anna Berg");
  await context.close();
  await server.stop();
});

test("AnIdlePageSaysThatTheServerWent", async () => {
  let server = await serve(folder);
  const port = new URL(server.address).port;
  const { page, context } = await openPage(browser, server.address);
  await server.stop();
  await page.locator("#banner").getByText("The server does not answer.").waitFor();
  server = await serve(folder, [], port);
  await page.locator("#banner").waitFor({ state: "hidden" });
  await context.close();
  await server.stop();
});
