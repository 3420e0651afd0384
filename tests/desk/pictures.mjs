// Makes the pictures of docs/rights-desk.md: node tests/desk/pictures.mjs, with UNSPIN naming the program.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { goTo, launch, openCaseFor, openPage, sample, send, serve, makeArchive, source, workAs } from "./support.mjs";

// Of a picture's compression: letters stay sharp, and a picture is about 40 kB.
const quality = 0.7;

const folder = makeArchive();
const server = await serve(folder);
const browser = await launch();
const { page } = await openPage(browser, server.address, { viewport: { width: 1280, height: 800 } });
const converter = await (await browser.newContext()).newPage();

async function picture(name) {
  await page.evaluate(() => document.fonts.ready);
  const png = (await page.screenshot()).toString("base64");
  const webp = await converter.evaluate(async ([data, wanted]) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.width;
    canvas.height = image.height;
    canvas.getContext("2d").drawImage(image, 0, 0);
    return canvas.toDataURL("image/webp", wanted).split(",")[1];
  }, [png, quality]);
  const file = join(source, "docs", `desk-${name}.webp`);
  writeFileSync(file, Buffer.from(webp, "base64"));
  console.log(`${file}: ${Math.round(webp.length * 0.75 / 1000)} kB`);
}

async function show(hash, sign) {
  await goTo(page, server.address, hash);
  await page.locator(sign).first().waitFor();
}

await workAs(page, "Anna Berg");
await picture("check");

const sites = ["tidewire.example", "dailyglance.example", "newsmill.example", "northpost.example"];
const folders = ["vent-field", "rail-strike", "harbour-spill", "cup-final-upset", "river-floods", "rate-decision"];
const kinds = ["copy", "spun", "excerpt", "independent", "edited", "rewritten"];
const cases = [];
for (const [at, name] of folders.entries()) {
  for (const [of, kind] of kinds.entries()) {
    const site = sites[(at + of) % sites.length];
    const title = sample(name, kind).split("\n").find((line) => line.length > 30 && line.length < 120);
    cases.push(await openCaseFor(page, name, kind, { site, url: `https://${site}/2026/11/${name}-${of}`, title, published: `2026-11-${String(2 + at + of * 4).padStart(2, "0")}` }));
  }
}
await send(page, "POST", "/v1/licences", { site: "northpost.example", from: "2026-01-01", to: "2026-12-31", source: "contract 2026/14", note: "Reprints with credit" });
const spun = cases[1];
const act = async (path, value) => {
  const { body } = await send(page, "GET", `/v1/cases/${spun.id}`);
  return send(page, "POST", `/v1/cases/${spun.id}/${path}`, value, { "If-Match": `"${body.case.revision}"` });
};
await act("assignee", { assignee: "Anna Berg" });
await show("#/inbox?verdict=copy,edited,spun", "tr[data-id]");
await page.keyboard.press("j");
await page.keyboard.press("j");
await picture("inbox");
await show(`#/case/${spun.id}`, ".d-report .pass");
await picture("case");
await page.locator('[data-side="s"] .d-exclude').first().click();
await page.getByLabel("Reason").last().fill("Press release");
await picture("exclude");
await page.getByRole("button", { name: "Cancel" }).click();
// Some paragraphs of the passage, in bytes.
await act("exclusions", { kind: "passage", span: [101, 1400], reason: "Press release" });
await page.reload();
await page.locator(".d-before").first().waitFor();
await page.keyboard.press("1");
await page.locator('.d-decide input[name="reason"]').fill("Whole article taken, no licence");
await page.evaluate(() => scrollTo(0, 0));
await picture("decide");
await page.getByRole("button", { name: "Save the decision" }).click();
await page.locator(".d-history").getByText("decided: pursue").waitFor();
await page.locator(".d-evidence button:not([aria-disabled])", { hasText: "Evidence pack" }).waitFor();
const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Evidence pack" }).click()]);
const pack = readFileSync(await download.path());
await page.locator(".d-history").getByText("made an evidence pack").waitFor();
await page.locator(".d-evidence").evaluate((part) => part.closest("details").scrollIntoView());
await picture("evidence");
await page.getByRole("button", { name: /^Notice/ }).click();
await page.getByRole("button", { name: "Draft it" }).click();
await page.getByLabel("Draft of the notice").waitFor();
await picture("notice");
await page.keyboard.press("Escape");
await show("#/verify", "#pack");
pack[pack.indexOf('"probability":') + '"probability":'.length + 2] ^= 1;
await page.locator("#pack").setInputFiles({ name: `case-${spun.id}.zip`, mimeType: "application/zip", buffer: pack });
await page.locator(".d-broken").waitFor();
await picture("verify");
await show(`#/original/${encodeURIComponent(spun.original_id)}`, ".d-timeline");
await picture("original");
await show("#/audits", "#audit-file");
const lines = folders.flatMap((name) => kinds.map((kind) => JSON.stringify({ id: `${name}/${kind}`, site: sites[0], title: `${name}, ${kind}`, text: sample(name, kind) })));
await page.locator("#audit-file").setInputFiles({ name: "crawl-2026-11.jsonl", mimeType: "application/x-ndjson", buffer: Buffer.from(lines.join("\n")) });
await page.getByRole("button", { name: "Start the audit" }).click();
await page.getByRole("link", { name: "crawl-2026-11.jsonl" }).click();
await page.locator(".d-histogram").waitFor();
await picture("audit");
await show("#/log", ".d-whole");
await picture("log");

await browser.close();
await server.stop();
rmSync(folder, { recursive: true, force: true });
