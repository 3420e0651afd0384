// How values of the service are written for people: shares, dates, and the names of verdicts, decisions and states.

export const verdicts = {
  copy: "Copy", edited: "Edited", spun: "Spun", rewritten: "Rewritten", excerpt: "Excerpt",
  "common-source": "Common source", independent: "Independent", unrelated: "Unrelated", insufficient: "Insufficient",
};
// Verdicts that name a derivation.
export const derivations = new Set(["copy", "edited", "spun", "rewritten", "excerpt"]);

export const decisions = { none: "Undecided", pursue: "Pursue", licensed: "Licensed", tolerate: "Tolerate", dismiss: "Dismiss" };
// The keys 1 to 4, in this order.
export const decisionKeys = ["pursue", "licensed", "tolerate", "dismiss"];

export const decisionReasons = {
  pursue: ["Whole article taken, no licence", "Part taken, no licence", "Credit or copyright notice removed"],
  licensed: ["A licence covers this site", "Agency contract", "Permission in writing"],
  tolerate: ["Short quotation with credit", "Small site, no advertising", "Credited and linked"],
  dismiss: ["Not taken from ours", "Both have it from a third source", "Own text of the site", "Duplicate of another case"],
};

export const exclusionReasons = ["Quotation of a third person", "Press release", "Agency text", "Public document",
  "Standing text of the site", "Licensed passage"];

// The languages other than English are drafts of drafts: nobody of that country has read them.
export const noticeForms = { dmca: "DMCA notice (17 U.S.C. 512(c))", dsa: "DSA notice (Article 16)", google: "Google Search form", cloudflare: "Cloudflare form", letter: "Letter to the site" };
export const noticeLanguages = { en: "English", de: "German (draft)", fr: "French (draft)", es: "Spanish (draft)" };

export const states = { new: "New", review: "In review", decided: "Decided", closed: "Closed" };
export const licences = { licensed: "Licensed", unlicensed: "No licence", unknown: "Not known", "own-site": "Our own site", "fair-dealing": "Fair dealing" };
export const auditStates = { queued: "Waiting", running: "Running", done: "Done", failed: "Failed", cancelled: "Cancelled", removed: "Removed" };

export const named = (names, value) => names[value] ?? value ?? "–";

export function share(value) {
  if (value === null || value === undefined) return "–";
  if (value > 0.999 && value < 1) return ">99.9%";
  if (value > 0 && value < 0.001) return "<0.1%";
  const percent = value * 100;
  return percent > 99 && percent < 100 ? `${percent.toFixed(1)}%` : `${Math.round(percent)}%`;
}

const numbers = new Intl.NumberFormat("en");
export const count = (value) => numbers.format(value ?? 0);
export const counted = (value, one, many = `${one}s`) => `${count(value)} ${value === 1 ? one : many}`;

export function bytes(value) {
  if (!value) return "0 kB";
  return value < 1e6 ? `${count(Math.ceil(value / 1e3))} kB` : value < 1e9 ? `${(value / 1e6).toFixed(1)} MB` : `${(value / 1e9).toFixed(2)} GB`;
}

const dayAndTime = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });
const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" });

// A day without a time is the same day everywhere.
const dayAlone = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" });

// A written date may be a day only, or something that no browser understands: then it stays as it is.
export function date(written, withTime = true) {
  if (!written) return "–";
  const moment = new Date(written);
  if (Number.isNaN(moment.getTime())) return written;
  if (/^\d{4}-\d{2}-\d{2}$/.test(written)) return dayAlone.format(moment);
  return (withTime && /\d:\d/.test(written) ? dayAndTime : day).format(moment);
}

// What to say of a file that the server refused for its size, or "". Its answer names the limit in bytes.
export function tooLarge(error, size) {
  if (error.status !== 413) return "";
  const limit = Number(error.message.match(/more than (\d+) bytes/)?.[1]);
  const megabytes = (value) => `${Number((value / 2 ** 20).toFixed(value < 10 * 2 ** 20 ? 1 : 0))} MB`;
  return `The file is too large (${megabytes(size)}${limit ? `; at most ${megabytes(limit)}` : ""}).`;
}

const steps = [[60, "min"], [24, "h"], [7, "d"], [52, "wk"], [Infinity, "y"]];

// How long ago, in one unit: "5 min", "3 d".
export function age(written, now = Date.now()) {
  const moment = new Date(written).getTime();
  if (Number.isNaN(moment)) return "–";
  let amount = Math.max(0, (now - moment) / 60000);
  if (amount < 1) return "now";
  for (const [size, unit] of steps) {
    if (amount < size) return `${Math.floor(amount)} ${unit}`;
    amount /= size;
  }
  return "–";
}

// A pasted text without a headline has the id "-".
export const caseTitle = (row) => row.title || row.name || (row.suspect_id !== "-" && row.suspect_id) || row.url || `Pasted text, case ${row.id}`;

// Actions that change nothing of a case.
export const handedOut = new Set(["packed", "noticed"]);

// One row of a case's history, or of the log, as a sentence without its subject. The log has a hash where a text stands.
export function happened(event) {
  const d = event.details ?? {};
  const text = (value) => (typeof value === "string" ? value : "");
  const why = text(d.reason) && ` – ${d.reason}`;
  switch (event.action) {
    case "opened": return d.audit ? `opened the case from audit ${d.audit}` : "opened the case";
    case "decided": return `decided: ${named(decisions, d.decision).toLowerCase()}${why}`;
    case "assigned": return text(d.assignee) ? `assigned it to ${d.assignee}` : "took the assignment away";
    case "state-set": return `set the state: ${named(states, d.state).toLowerCase()}`;
    case "noted": return "wrote a note";
    case "excluded": return `excluded a ${d.kind ?? "passage"}${why}`;
    case "exclusion-undone": return "took back an exclusion";
    case "checked-again": return "had the article checked again";
    case "packed": return d.timestamped ? "made an evidence pack with a time stamp" : "made an evidence pack";
    case "noticed": return `drafted a notice: ${named(noticeForms, d.form)}, ${named(noticeLanguages, d.language).replace(" (draft)", "")}${d.overridden?.length ? `, against ${d.overridden.join(", ")}` : ""}${why}`;
    case "erased": return `erased the text${why}`;
    case "licence-added": return `added a licence for ${text(d.site)}`;
    case "licence-changed": return `changed a licence for ${text(d.site)}`;
    case "licence-removed": return `removed a licence ${text(d.site) && `for ${d.site}`}`;
    case "audit-added": return "began an audit";
    case "audit-cancelled": return "cancelled an audit";
    case "audit-removed": return "removed the files of an audit";
    case "audit-ended": return `ended an audit: ${text(d.state)}`;
    default: return `${event.action}${why}`;
  }
}
