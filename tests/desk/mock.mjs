// A stand-in for `unspin serve` while the page is being written: cases in memory, reports by the program UNSPIN.
// Nothing that counts is tested against it.  node mock.mjs PORT ARCHIVE
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const [port = "8099", archive = "archive"] = process.argv.slice(2);
const source = fileURLToPath(new URL("../..", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "desk-mock-"));
const unspin = process.env.UNSPIN ?? "unspin";
const cases = [], audits = [], rules = [], log = [], streams = new Set(), reports = new Map();
let person = "";
const now = () => new Date().toISOString();

function record(of, action, details = {}) {
  const event = { seq: log.length + 1, time: now(), person: person || "local", action, details, case: of?.row.id, hash: createHash("sha256").update(`${log.length}`).digest("hex") };
  log.push(event);
  of?.history.push(event);
  if (of) { of.row.revision++; of.row.updated = event.time; }
  for (const stream of streams) stream.write(`event: case\nid: ${event.seq}\ndata: ${JSON.stringify({ seq: event.seq, id: of?.row.id, action, person: event.person })}\n\n`);
}

function check(body, type, name) {
  const file = join(scratch, (name || "paste") + (type.includes("html") ? ".html" : ".txt"));
  writeFileSync(file, body);
  const json = JSON.parse(execFileSync(unspin, ["check", file, "--archive", archive, "--json", "--html", file + ".report"], { encoding: "utf8" }));
  const page = readFileSync(file + ".report", "utf8");
  return { json, html: page.slice(page.indexOf("<main"), page.indexOf("</main>") + 7) };
}

function open(body, type, known) {
  const hash = createHash("sha256").update(body).digest("hex");
  const old = cases.find((one) => one.row.file_sha256 === hash);
  if (old) return { of: old, existed: true };
  const { json, html } = check(body, type, known.name);
  const finding = json.findings[0];
  const row = { id: cases.length + 1, revision: 0, state: "new", decision: "none", reason: null, verdict: json.summary.verdict, probability: json.summary.probability,
    coverage_original: finding?.coverage.original ?? null, coverage_suspect: json.summary.coverage, rewrite: json.summary.rewrite,
    site: known.url ? new URL(known.url).hostname : null, url: known.url ?? null, title: known.title ?? json.suspect.title ?? null, suspect_id: known.name ?? "-",
    original_id: finding?.original.id ?? null, original_title: finding?.original.title ?? finding?.original.id.split("/").at(-2) ?? null, licence: "unknown", assignee: null,
    published: known.published ?? null, created: now(), updated: now(), report: json.id, erased: false, name: known.name ?? null, file_sha256: hash };
  const of = { row, report: json, html, exclusions: [], history: [] };
  reports.set(json.id, json);
  cases.push(of);
  record(of, "opened", { report: json.id });
  return { of, existed: false };
}

// There is no engine here that leaves something out: the numbers only move.
function recompute(of) {
  const active = of.exclusions.filter((one) => !one.undone).length;
  const first = reports.get(of.history[0].details.report);
  of.row.report = active ? `${first.id}-${active}` : first.id;
  of.row.coverage_original = first.findings[0].coverage.original / (1 + active);
  of.row.probability = first.summary.probability / (1 + active / 3);
}

const whole = ({ row, report, exclusions, history }) => ({ case: row, report, exclusions, history });

function list(query) {
  const is = (name) => (one) => !query.get(name) || one.row[name] === query.get(name);
  let found = cases.filter((one) => ["state", "decision", "verdict", "licence", "site", "assignee"].every((name) => is(name)(one)));
  if (query.get("q")) found = found.filter((one) => JSON.stringify(one.row).toLowerCase().includes(query.get("q").toLowerCase()));
  if (query.get("min_probability")) found = found.filter((one) => one.row.probability >= Number(query.get("min_probability")));
  const sort = query.get("sort") ?? "-updated";
  const key = { coverage: "coverage_original" }[sort.replace("-", "")] ?? sort.replace("-", "");
  found.sort((a, b) => (a.row[key] < b.row[key] ? -1 : 1) * (sort.startsWith("-") ? -1 : 1));
  const from = Number(query.get("after") ?? 0), limit = Number(query.get("limit") ?? 100);
  return { total: found.length, cases: found.slice(from, from + limit).map((one) => one.row), next: from + limit < found.length ? String(from + limit) : null };
}

function changeCase(of, what, value, number) {
  const set = { decision: ["decided", () => Object.assign(of.row, { decision: value.decision, reason: value.reason, state: "decided" })],
    assignee: ["assigned", () => { of.row.assignee = value.assignee || null; }], state: ["state-set", () => { of.row.state = value.state; }], notes: ["noted", () => {}],
    exclusions: value ? ["excluded", () => of.exclusions.push({ ...value, number: of.exclusions.length + 1, person: person || "local", time: now(), undone: null })]
      : ["exclusion-undone", () => { of.exclusions[number - 1].undone = now(); }] }[what];
  set[1]();
  if (what === "exclusions") recompute(of);
  record(of, set[0], value ?? {});
  return [200, whole(of)];
}

function site(name) {
  const of = cases.filter((one) => one.row.site === name).map((one) => one.row);
  const by = (key) => Object.fromEntries([...new Set(of.map((row) => row[key]))].map((value) => [value, of.filter((row) => row[key] === value).length]));
  return { site: name, cases: of.length, by_verdict: by("verdict"), by_decision: by("decision"), originals: new Set(of.map((row) => row.original_id)).size,
    first: of[0]?.created, last: of.at(-1)?.created, licence: "unknown" };
}

function startAudit(name) {
  const audit = { id: audits.length + 1, name, state: "running", suspects: 0, bytes_done: 0, bytes_total: 4e6, by_verdict: {}, created: now(), started: now(), ended: null, error: null, person: person || "local" };
  audits.push(audit);
  const tell = () => { for (const stream of streams) stream.write(`event: audit\ndata: ${JSON.stringify({ id: audit.id })}\n\n`); };
  const timer = setInterval(() => {
    audit.bytes_done += 4e5;
    audit.suspects += 100;
    audit.by_verdict = { copy: audit.suspects / 20 | 0, spun: audit.suspects / 50 | 0, excerpt: audit.suspects / 25 | 0, independent: audit.suspects / 10 | 0, unrelated: audit.suspects * 0.79 | 0 };
    if (audit.bytes_done >= audit.bytes_total || audit.state === "cancelled") { if (audit.state === "running") audit.state = "done"; audit.ended = now(); clearInterval(timer); }
    tell();
  }, 300);
  return audit;
}

function histogram() {
  const bins = Array.from({ length: 20 }, (_, at) => ({ from: at / 20, to: (at + 1) / 20, by_verdict: at > 16 ? { copy: at * at / 4 | 0, spun: at } : at === 0 ? { unrelated: 790 } : { independent: 20 - at, excerpt: at / 3 | 0 } }));
  const thresholds = [0, .1, .25, .5, .75, .9, .95, .99, .999].map((probability) => ({ probability, suspects: Math.round(900 * (1 - probability) ** 2) + 60 }));
  return { bins, thresholds };
}

function answer(method, path, query, body, headers) {
  const value = body.length && /json/.test(headers["content-type"] ?? "") ? JSON.parse(body) : undefined;
  const known = { name: query.get("name") ?? undefined, url: query.get("url") ?? undefined, title: query.get("title") ?? undefined, published: query.get("published") ?? undefined };
  const [, version, kind, id, what, number] = path.split("/").map(decodeURIComponent);
  if (version !== "v1") return [404, { error: { code: "not_found", message: "nothing here" } }];
  if (kind === "session") { if (method === "POST") person = value.name; return [200, { person: person || "local", scopes: ["read", "check", "write", "admin"], local: true }]; }
  if (kind === "cases" && !id) {
    if (method === "GET") return [200, list(query)];
    const { of, existed } = open(body, headers["content-type"], known);
    return [existed ? 200 : 201, { case: of.row, report: of.report, existed, html: of.html }];
  }
  if (kind === "cases") {
    const of = cases[id - 1];
    if (!of) return [404, { error: { code: "not_found", message: `there is no case ${id}` } }];
    if (method === "GET") return [200, what ? of.html : whole(of)];
    if (headers["if-match"] !== `"${of.row.revision}"`) return [412, { error: { code: "changed", message: "somebody was faster" } }];
    return changeCase(of, what, value, number);
  }
  if (kind === "reports") return [200, reports.get(id)];
  if (kind === "sites") return [200, id ? site(id) : { sites: [...new Set(cases.map((one) => one.row.site).filter(Boolean))].map(site) }];
  if (kind === "originals") return [200, { cases: cases.filter((one) => one.row.original_id === id).map(({ row }) => ({ case: row, probability: row.probability, verdict: row.verdict, coverage_original: row.coverage_original })) }];
  if (kind === "licences") {
    if (method === "POST") rules.push({ id: rules.length + 1, person: person || "local", ...value });
    if (method === "DELETE") rules.splice(rules.findIndex((one) => one.id === Number(id)), 1);
    return [200, { licences: rules }];
  }
  if (kind === "audits") {
    if (!id) return method === "GET" ? [200, { audits }] : [202, { audit: startAudit(known.name ?? value.path) }];
    const audit = audits[id - 1];
    if (method === "DELETE") audit.state = "cancelled";
    if (what === "histogram") return [200, histogram()];
    if (what === "reports") return [200, cases.map((one) => JSON.stringify(one.report)).join("\n")];
    if (what === "cases") return [200, { opened: 3, existed: 1 }];
    return [200, method === "DELETE" ? { audit } : audit];
  }
  if (kind === "log") return [200, id ? { events: log.length, whole: true, problem: null } : log.slice(Number(query.get("after") ?? 0)).map((event) => JSON.stringify(event)).join("\n")];
  return [404, { error: { code: "not_found", message: "nothing here" } }];
}

const types = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript" };
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

function asset(path) {
  const file = join(source, "tools/server/page", path === "/" ? "index.html" : path.slice(6));
  if (path === "/page/report.css") return readFileSync(join(source, "tools/render/report.css"));
  if (path === "/page/report.js") return readFileSync(join(source, "tools/render/report.js"));
  return existsSync(file) ? readFileSync(file) : null;
}

createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, "http://localhost");
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  if (pathname === "/" || pathname.startsWith("/page/")) {
    const bytes = asset(pathname);
    response.writeHead(bytes ? 200 : 404, { "Content-Type": types[extname(pathname)] ?? "text/html", "Content-Security-Policy": policy });
    return response.end(bytes ?? "");
  }
  if (pathname === "/v1/events") {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    streams.add(response);
    return request.on("close", () => streams.delete(response));
  }
  let [status, value] = [200, { status: "ok" }];
  try {
    if (pathname !== "/healthz") [status, value] = answer(request.method, pathname, searchParams, Buffer.concat(chunks), request.headers);
  } catch (error) {
    [status, value] = [400, { error: { code: "bad", message: String(error) } }];
  }
  response.writeHead(status, { "Content-Type": typeof value === "string" ? "text/plain" : "application/json" });
  response.end(typeof value === "string" ? value : JSON.stringify(value));
}).listen(Number(port), "127.0.0.1", function () { console.log(`http://127.0.0.1:${this.address().port}/`); });
