// Where the server has a token file, the page asks for a token, says plainly who works, and what that person may do.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { launch, makeArchive, serve } from "./support.mjs";

test("ATokenOpensTheDeskAndSigningOutClosesIt", async () => {
  const folder = makeArchive();
  const said = execFileSync(process.env.UNSPIN, ["serve", "--new-token", "Anna Berg", "--scopes", "read,check,write"], { encoding: "utf8" });
  const line = said.match(/^[0-9a-f]{64} .*$/m)[0];
  const token = said.replace(line, "").match(/\b[A-Za-z0-9_-]{20,}\b/)[0];
  const file = join(folder, "tokens");
  writeFileSync(file, `${line}\n`);
  chmodSync(file, 0o600);
  const server = await serve(folder, ["--token-file", file]);
  const browser = await launch();
  const page = await browser.newPage();
  // The first thing to see is the form, not a view that could do nothing; the button at the top leads to the same.
  await page.goto(server.address);
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  assert.equal(await page.locator("#paste").count(), 0);
  await page.locator("#who").click();
  await page.getByRole("dialog", { name: "Sign in" }).getByLabel("Your token").fill("wrong");
  await page.getByRole("dialog").getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("dialog").getByText("The server does not know this token.").waitFor();
  await page.getByRole("button", { name: "Close" }).click();
  await page.goto(`${server.address}#/inbox`);
  await page.getByLabel("Your token").fill("wrong");
  await page.getByRole("button", { name: "Sign in" }).last().click();
  await page.getByText("The server does not know this token.").waitFor();
  assert.equal(await page.getByLabel("Your token").inputValue(), "wrong");
  await page.getByLabel("Your token").fill(token);
  await page.getByRole("button", { name: "Sign in" }).last().click();
  await page.getByText("There are no cases yet.").waitFor();
  await page.locator("#who").click();
  await page.getByText("You work as Anna Berg. You may: read, check, write.").waitFor();
  assert.equal(await page.evaluate((secret) => JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }]).includes(secret), token), false);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByLabel("Your token").waitFor();
  await browser.close();
  await server.stop();
});
