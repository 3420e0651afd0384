// What leaves the desk of a case: its evidence pack, and the draft of a notice. Where one of the two is not possible, its
// button stays in its place and says why.

import { change, download, get } from "./api.js";
import { el, field } from "./dom.js";
import { saveFile } from "./files.js";
import { bindKey } from "./keys.js";
import { tooLarge } from "./words.js";

// A button that can be reached and read when it cannot be used. `explain(why)`: an empty text makes it usable.
function explainedButton(label, key, action, announce) {
  const why = el("p", { class: "d-hint", id: `why-${key}`, hidden: true });
  const button = el("button", { type: "button", "aria-disabled": "true", "aria-keyshortcuts": key, onclick: () => press() },
    label, " ", el("kbd", { "aria-hidden": "true" }, key));
  const press = () => (button.getAttribute("aria-disabled") ? announce(`Not possible: ${why.textContent}`) : action());
  const explain = (text) => {
    why.hidden = !text;
    why.textContent = text;
    if (text) {
      button.setAttribute("aria-disabled", "true");
      button.setAttribute("aria-describedby", why.id);
    } else {
      button.removeAttribute("aria-disabled");
      button.removeAttribute("aria-describedby");
    }
  };
  return { button, why, press, explain };
}

// `changed()`: loads the case anew. `updated(whole)`: takes the case as a change answers it. `revision()`: that was seen.
export class EvidencePart {
  constructor(id, context, { changed, updated, revision }) {
    Object.assign(this, { id, context, changed, updated, revision, known: null });
    this.problem = el("p", { class: "d-problem", role: "alert" });
    this.pack = explainedButton("Evidence pack", "e", () => this.makePack(), context.announce);
    this.notice = explainedButton("Notice …", "t", () => this.draft(), context.announce);
    this.override = el("button", { type: "button", class: "d-link", hidden: true, onclick: () => this.draft() }, "Draft it all the same …");
    this.again = el("button", { type: "button", class: "d-link", hidden: true, onclick: () => this.checkAgain() }, "Check the article again");
    for (const part of [this.pack, this.notice]) part.explain("Loading …");
    this.element = el("div", { class: "d-evidence" }, el("p", { class: "d-actions" }, this.pack.button, this.notice.button), this.pack.why, this.again,
      this.notice.why, this.override, this.problem, this.buildTimestamp(),
      el("p", { class: "d-hint" }, el("a", { href: "#/verify" }, "Verify a pack"), " that you have."));
    bindKey("e", "Evidence pack of the case", () => this.pack.press(), context.signal);
    bindKey("t", "Draft of a notice", () => this.notice.press(), context.signal);
  }

  buildTimestamp() {
    const file = el("input", { type: "file", accept: ".tsr,application/timestamp-reply" });
    file.addEventListener("change", async () => {
      const [reply] = file.files;
      if (!reply) return;
      if (await this.take("pack/timestamp", reply, `case-${this.id}-timestamped.zip`)) file.value = "";
    });
    return el("details", { class: "d-timestamp" }, el("summary", {}, "Time stamp"),
      el("p", { class: "d-hint" }, "A timestamp authority confirms that the pack was there at a time. It gets manifest.tsq of the pack, which holds a hash and no text:"),
      el("pre", { tabindex: "0" }, el("code", {}, `unzip -p case-${this.id}.zip manifest.tsq |\n  curl -H 'Content-Type: application/timestamp-query'\\\n  --data-binary @- ADDRESS > reply.tsr`)),
      field("Its reply, for the same pack", file, "The pack is made again with the reply in it. Do it before the case is changed: otherwise add the reply by unspin pack.").row);
  }

  // Asks what is possible now. `row`: the case.
  async refresh(row) {
    // Licence rules change without the case: they are part of what is asked. So is the decision, which may refuse a notice.
    const state = JSON.stringify([row.report, row.licence, row.erased, row.decision, row.reason]);
    if (this.known === state) return;
    this.known = state;
    try {
      this.write(await get(`/v1/cases/${this.id}/evidence`, { signal: this.context.signal }));
    } catch (error) {
      if (this.context.signal.aborted) return;
      this.known = null;
      for (const part of [this.pack, this.notice]) part.explain(error.message);
    }
  }

  write({ pack, notice }) {
    this.findings = notice.findings;
    this.pack.explain(pack.possible ? "" : sentence(pack.why));
    this.again.hidden = !pack.check_again;
    const refused = notice.refusals.map((one) => one.text);
    this.notice.explain(notice.possible ? "" : sentence(refused.length ? refused.join("; ") : notice.why));
    this.notice.why.hidden ||= notice.why === pack.why;
    this.override.hidden = notice.possible || !refused.length || !notice.findings.length;
  }

  makePack() {
    return this.take("pack", undefined, `case-${this.id}.zip`);
  }

  // True: the pack is with the browser.
  async take(path, body, name) {
    this.problem.textContent = "";
    if (this.taking) return false;
    this.taking = true;
    this.pack.button.setAttribute("aria-busy", "true");
    this.context.announce("The pack is made …");
    try {
      saveFile(name, await download(`/v1/cases/${this.id}/${path}`, body, this.context.signal), "application/zip");
      this.context.announce(`The pack is made: ${name}`);
      await this.changed();
      return true;
    } catch (error) {
      if (!this.context.signal.aborted) this.problem.textContent = (body && tooLarge(error, body.size)) || sentence(error.message);
      return false;
    } finally {
      this.taking = false;
      this.pack.button.removeAttribute("aria-busy");
    }
  }

  async draft() {
    this.problem.textContent = "";
    try {
      const { noticeDialog } = await import("./notice.js");
      noticeDialog({ id: this.id, findings: this.findings, drafted: () => this.changed() });
    } catch (error) {
      this.problem.textContent = error.message;
    }
  }

  async checkAgain() {
    this.problem.textContent = "";
    this.again.disabled = true;
    try {
      this.updated(await change("POST", `/v1/cases/${this.id}/check`, undefined, this.revision()));
      this.context.announce("The article was checked again.");
    } catch (error) {
      this.problem.textContent = error.message;
    } finally {
      this.again.disabled = false;
    }
  }
}

// The service's reasons begin with a small letter, or with a path of a file or of a value, and have no full stop.
export const sentence = (text) => text && `${/^\S*[/.[]\S/.test(text) ? text[0] : text[0].toUpperCase()}${text.slice(1)}${/[.!?…]$/.test(text) ? "" : "."}`;
