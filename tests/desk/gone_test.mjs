// The server goes and comes back: the page says so, tries again, and keeps what was typed.
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { after, before, test } from "node:test";
import { goTo, launch, makeArchive, openCaseFor, openPage, sample, serve, workAs } from "./support.mjs";

let folder, browser;
before(async () => { folder = makeArchive(); browser = await launch(); });
after(async () => { await browser?.close(); rmSync(folder, { recursive: true, force: true }); });

test("NothingTypedIsLostWhileTheServerIsGone", async () => {
  let server = await serve(folder);
  const port = new URL(server.address).port;
  const { page, context } = await openPage(browser, server.address);
  await workAs(page, "Anna Berg");
  const { id } = await openCaseFor(page, "vent-field", "spun");
  await goTo(page, server.address, `#/case/${id}`);
  await page.getByText("Pursue").click();
  await page.locator('.d-decide input[name="reason"]').fill("Whole article taken, no licence");
  await server.stop();

  await page.getByRole("button", { name: "Save the decision" }).click();
  await page.locator("#banner").getByText("The server does not answer.").waitFor();
  await page.locator(".d-decide").getByText("Nothing you typed is lost.").waitFor();
  assert.equal(await page.locator('.d-decide input[name="reason"]').inputValue(), "Whole article taken, no licence");

  // What only reads waits for the server, and goes on by itself.
  await goTo(page, server.address, "#/inbox");
  await page.getByText("Loading the cases").waitFor();
  server = await serve(folder, [], port);
  await page.locator(`tr[data-id="${id}"]`).waitFor();
  await page.locator("#banner").waitFor({ state: "hidden" });

  await page.locator(`tr[data-id="${id}"] a`).click();
  await page.locator(".d-decide").waitFor();
  assert.equal(await page.locator('.d-decide input[name="reason"]').inputValue(), "Whole article taken, no licence");
  assert.equal(await page.locator('.d-decide input[value="pursue"]').isChecked(), true);
  await page.getByRole("button", { name: "Save the decision" }).click();
  await page.locator(".d-history").getByText("decided: pursue").waitFor();
  await context.close();
  await server.stop();
});

test("APasteWaitsForTheServer", async () => {
  let server = await serve(folder);
  const port = new URL(server.address).port;
  const { page, context } = await openPage(browser, server.address);
  await server.stop();
  await page.locator("#paste").fill(sample("rail-strike", "edited"));
  await page.getByRole("button", { name: "Check", exact: true }).click();
  await page.locator("#banner").getByText("The server does not answer.").waitFor();
  server = await serve(folder, [], port);
  await page.waitForURL(/#\/case\/\d+$/);
  await page.locator(".d-report").waitFor();
  await context.close();
  await server.stop();
});
