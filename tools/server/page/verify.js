// An evidence pack, ours or another party's: does it still say what it was made from?

import { upload } from "./api.js";
import { el, field } from "./dom.js";
import { sentence } from "./evidence.js";
import { count, counted, named, tooLarge, verdicts } from "./words.js";

// Of a pack that was made by hand there may be thousands.
const differencesShown = 200;

function verdictOf({ equal, differences, notes, reports }, name) {
  const shown = differences.slice(0, differencesShown);
  return [
    equal
      ? el("p", { class: "d-whole" }, el("strong", {}, "Equal."), ` Every file of ${name} was made again from what the pack holds, and came out the same, byte for byte.`)
      : el("p", { class: "d-broken" }, el("strong", {}, counted(differences.length, "difference")), ` in ${name}.`),
    shown.length > 0 && el("ul", { class: "d-history", "aria-label": "Differences" }, shown.map((one) => el("li", {}, el("code", {}, one.path || "the pack"), el("br", {}), sentence(one.text)))),
    differences.length > shown.length && el("p", { class: "d-hint" }, `${count(differences.length - shown.length)} more are not shown; unspin verify lists them all.`),
    reports.length > 0 && el("ul", { class: "d-notes" }, reports.map((one) => el("li", {}, `${named(verdicts, one.verdict)}: `, el("cite", { dir: "auto" }, one.suspect === "-" ? "pasted text" : one.suspect), ", report ", el("code", {}, one.id)))),
    notes.length > 0 && el("ul", { class: "d-notes" }, notes.map((note) => el("li", {}, sentence(note)))),
  ].flat().filter(Boolean);
}

export async function show(place, context) {
  const file = el("input", { type: "file", id: "pack", accept: ".zip,application/zip" });
  const bar = el("progress", { max: "1", value: 0, hidden: true, "aria-label": "Upload" });
  const problem = el("p", { class: "d-problem", role: "alert" });
  const result = el("div", { class: "d-verified", role: "status" });
  const verify = async (pack) => {
    problem.textContent = "";
    result.replaceChildren();
    bar.hidden = false;
    file.disabled = true;
    try {
      const verdict = await upload("/v1/packs/verify", pack, (part) => { bar.value = part; }, context.signal);
      result.replaceChildren(...verdictOf(verdict, pack.name));
    } catch (error) {
      const large = tooLarge(error, pack.size);
      if (!context.signal.aborted) problem.textContent = large ? `${large} The program verifies it: unspin verify ${pack.name}` : sentence(error.message);
    } finally {
      bar.hidden = true;
      file.disabled = false;
      file.focus();
    }
  };
  file.addEventListener("change", () => { if (file.files[0]) verify(file.files[0]); });
  context.onFiles(([first]) => verify(first));
  place.replaceChildren(el("div", { class: "d-narrow" }, el("h1", {}, "Verify an evidence pack"),
    el("p", { class: "d-lede" }, "All its hashes and numbers are computed again from what the pack holds, without the archive. Nothing in it is run or stored."),
    field("Choose a pack, or drop it anywhere here", file).row, bar, problem, result));
}
