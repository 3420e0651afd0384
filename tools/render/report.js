// Makes a report live: passages light up on both sides, both texts scroll together, differences are visited one by one.
// A module: a page that inserts a report calls attach(main); a report that is its own page does so below.

const bytesOf = new TextEncoder();
const utf8Length = (text) => bytesOf.encode(text).length;

// The pieces of a paragraph with their bytes in the article: text, and what is shown otherwise than it stands there.
function* leavesOf(paragraph) {
  let at = Number(paragraph.dataset.at);
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    (node.parentElement.dataset.n !== undefined || node.parentElement.classList.contains("chip")
      ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const shown = node.nodeType === Node.ELEMENT_NODE;
    if (shown && node.dataset.n === undefined) continue;
    const size = shown ? Number(node.dataset.n) : utf8Length(node.data);
    yield { node, begin: at, end: at + size };
    at += size;
  }
}

// The bytes of the article's text that a range of the document covers, or null: {side: "s" or "o", begin, end}.
export function selectedBytes(range) {
  const start = range.startContainer;
  const text = (start.nodeType === Node.TEXT_NODE ? start.parentElement : start).closest(".unspin-report .text");
  if (!text || range.collapsed) return null;
  let begin = null;
  let end = null;
  for (const paragraph of text.querySelectorAll("p[data-at]")) {
    if (!range.intersectsNode(paragraph)) continue;
    for (const leaf of leavesOf(paragraph)) {
      if (!range.intersectsNode(leaf.node)) continue;
      const { node } = leaf;
      const isText = node.nodeType === Node.TEXT_NODE;
      const from = isText && node === range.startContainer ? utf8Length(node.data.slice(0, range.startOffset)) : 0;
      const to = isText && node === range.endContainer ? utf8Length(node.data.slice(0, range.endOffset)) : leaf.end - leaf.begin;
      if (from >= to) continue;
      begin ??= leaf.begin + from;
      end = leaf.begin + to;
    }
  }
  return begin === null ? null : { side: text.closest(".pane").dataset.side, begin, end };
}

// ---- The suspect's text, marked against one finding ----

const spanOf = (range) => range.split("-").map(Number);

// What a finding marks in the suspect: passages and words in order, as {begin, end, …}. Where two overlap, the first.
function marksOf(pane) {
  const list = (value) => (value ? value.split(" ") : []);
  const passages = list(pane.dataset.passages).map((entry, index) => {
    const [suspect, original, manner] = entry.split(",");
    const [begin, end] = spanOf(suspect);
    return { begin, end, suspect, original, manner, number: index + 1 };
  });
  const words = list(pane.dataset.words).map((entry) => {
    const [range, name, number] = entry.split(",");
    const [begin, end] = spanOf(range);
    return { begin, end, name, number };
  });
  const inOrder = (marks) => {
    const sorted = marks.filter((mark) => mark.end > mark.begin).sort((a, b) => a.begin - b.begin);
    let end = 0;
    return sorted.filter((mark) => mark.begin >= end && (end = mark.end) > 0);
  };
  return { finding: pane.dataset.f, passages: inOrder(passages), words: inOrder(words) };
}

// The mark at a byte, and the byte up to which that holds. `cursor` moves forward only.
function markAt(marks, cursor, at) {
  while (cursor.index < marks.length && marks[cursor.index].end <= at) ++cursor.index;
  const mark = marks[cursor.index];
  if (!mark) return [null, Infinity];
  return mark.begin <= at ? [mark, mark.end] : [null, mark.begin];
}

// How many UTF-16 units of `text` hold its first `bytes` bytes.
function unitsOf(text, bytes) {
  return text.length === utf8Length(text) ? bytes : bytesOf.encodeInto(text, new Uint8Array(bytes)).read;
}

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  made.append(...children);
  return made;
}

class SuspectText {
  constructor(main) {
    this.main = main;
    this.text = main.querySelector('.pane[data-side="s"] .text');
    this.asWritten = [...this.text.children];  // marked against all findings at once
    this.bare = null;
  }

  showAll() { this.text.replaceChildren(...this.asWritten); }

  show(pane) {
    if (!this.bare) this.bare = this.withoutMarks();
    this.text.replaceChildren(...this.bare.map((paragraph) => paragraph.cloneNode(true)));
    const marks = marksOf(pane);
    const words = new Map([...pane.querySelectorAll("[data-d]")].map((word) => [word.dataset.d, word]));
    const places = { passage: { index: 0 }, word: { index: 0 }, seen: new Set() };
    for (const paragraph of this.text.children) {
      const leaves = [...leavesOf(paragraph)];
      leaves.forEach((leaf) => this.mark(leaf, marks, words, places));
    }
  }

  withoutMarks() {
    return this.asWritten.map((written) => {
      const paragraph = written.cloneNode(true);
      paragraph.querySelectorAll(".chip").forEach((chip) => chip.remove());
      paragraph.querySelectorAll(".pass, .out, b, ins, del").forEach((mark) => mark.replaceWith(...mark.childNodes));
      paragraph.normalize();
      return paragraph;
    });
  }

  // Wraps the parts of a piece in the passage and the word that they belong to.
  mark(leaf, marks, words, places) {
    const parts = [];
    let rest = leaf.node.nodeType === Node.TEXT_NODE ? leaf.node.data : null;
    for (let at = leaf.begin; at < leaf.end;) {
      const [passage, passageEnd] = markAt(marks.passages, places.passage, at);
      const [word, wordEnd] = markAt(marks.words, places.word, at);
      const end = rest === null ? leaf.end : Math.min(leaf.end, passageEnd, wordEnd);
      const units = rest === null ? 0 : unitsOf(rest, end - at);
      let part = rest === null ? leaf.node.cloneNode(true) : rest.slice(0, units);
      if (rest !== null) rest = rest.slice(units);
      if (word && passage) part = this.word(word, part, words.get(word.number));
      parts.push(this.passage(passage, part, marks.finding, places.seen));
      at = end;
    }
    leaf.node.replaceWith(...parts);
  }

  passage(passage, part, finding, seen) {
    if (!passage) return element("span", { class: "out" }, part);
    const { number, manner, suspect, original } = passage;
    const made = element("span", { class: `pass ${manner}`, "data-f": finding, "data-p": number,
      "data-suspect": suspect, "data-original": original }, part);
    if (seen.has(number)) return made;
    seen.add(number);
    made.id = `f${finding}-s${number}`;
    const label = `Passage ${finding}.${number}; go to it in the original`;
    made.prepend(element("a", { class: "chip", href: `#f${finding}-o${number}`, title: label, "aria-label": label },
      `${finding}.${number}`));
    return made;
  }

  word(word, part, other) {
    if (word.name === "i") return element("ins", { "data-d": word.number }, part);
    const attributes = { class: word.name, "data-d": word.number };
    if (other && word.name !== "m") {
      const [, why] = other.title.split("” · ");
      attributes["data-w"] = other.textContent;
      attributes.title = `for “${other.textContent}”${why ? ` · ${why}` : ""}`;
    }
    return element("b", attributes, part);
  }
}

// ---- Both texts scroll together ----

const topIn = (part, pane) => part.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop;

// Where each passage lies in both panes: [top, bottom] of one and of the other, by the first.
function pairsOf(from, to, finding) {
  const extents = (pane) => {
    const found = new Map();
    pane.querySelectorAll(`.pass[data-f="${finding}"]`).forEach((part) => {
      const top = topIn(part, pane);
      const bottom = top + part.getBoundingClientRect().height;
      const known = found.get(part.dataset.original);
      found.set(part.dataset.original, known ? [known[0], Math.max(known[1], bottom)] : [top, bottom]);
    });
    return found;
  };
  const others = extents(to);
  return [...extents(from)].filter(([key]) => others.has(key)).map(([key, here]) => [here, others.get(key)])
    .sort((a, b) => a[0][0] - b[0][0]);
}

// The height in the other pane that belongs to a height here: inside a passage by its share, between two of them too
// unless the other side has them in another order.
function heightThere(pairs, y, lastHere, lastThere) {
  let before = [[0, 0], [0, 0]];
  for (const pair of [...pairs, [[lastHere, lastHere], [lastThere, lastThere]]]) {
    const [here, there] = pair;
    if (y < here[0]) {
      const [start, startThere] = [before[0][1], before[1][1]];
      if (there[0] < startThere) return startThere;
      return startThere + (there[0] - startThere) * Math.max(0, (y - start) / Math.max(1, here[0] - start));
    }
    if (y <= here[1]) return there[0] + (there[1] - there[0]) * ((y - here[0]) / Math.max(1, here[1] - here[0]));
    if (here[1] >= before[0][1]) before = pair;
  }
  return lastThere;
}

class LockedScroll {
  constructor(view, signal) {
    this.view = view;
    this.expected = new Map();  // pane → where this class has scrolled it to
    this.pairs = new Map();
    const forget = () => this.pairs.clear();
    addEventListener("resize", forget, { signal });
    view.main.addEventListener("change", forget, { signal });
    view.main.querySelectorAll(".pane").forEach((pane) => {
      pane.addEventListener("scroll", () => this.follow(pane), { signal, passive: true });
    });
  }

  follow(pane) {
    const expected = this.expected.get(pane);
    this.expected.delete(pane);
    if (expected !== undefined && Math.abs(expected - pane.scrollTop) < 2) return;
    const { suspect, original, main } = this.view;
    const other = pane === suspect ? original : suspect;
    if (!main.querySelector(".locked").checked || !scrolls(other)) return;
    if (!this.pairs.has(pane)) this.pairs.set(pane, pairsOf(pane, other, this.view.finding));
    const line = pane.clientHeight / 3;  // the reader's eye is supposed in the upper third
    const y = heightThere(this.pairs.get(pane), pane.scrollTop + line, pane.scrollHeight, other.scrollHeight);
    this.set(other, y - line);
  }

  // Scrolls a pane without the other one following.
  set(pane, top) {
    const before = pane.scrollTop;
    pane.scrollTo({ top, behavior: "instant" });
    if (pane.scrollTop !== before) this.expected.set(pane, pane.scrollTop);
  }

  forget() { this.pairs.clear(); }
}

const scrolls = (pane) => pane.scrollHeight > pane.clientHeight + 1 && getComputedStyle(pane).overflowY !== "visible";

// ---- The view of one report ----

class View {
  constructor(main, signal) {
    this.main = main;
    this.hint = main.querySelector(".hint");
    this.suspect = main.querySelector('.pane[data-side="s"]');
    this.originals = [...main.querySelectorAll('.pane[data-side="o"]')];
    this.finding = null;
    this.held = null;  // the passage that was chosen
    this.difference = -1;
    this.painted = this.originals.length > 1 ? new SuspectText(main) : null;
    this.scroll = new LockedScroll(this, signal);
    this.show("1");
  }

  get original() { return this.originals.find((pane) => pane.dataset.f === this.finding); }

  show(finding) {
    if (finding === this.finding) return;
    this.finding = finding;
    this.difference = -1;
    this.originals.forEach((pane) => { pane.hidden = pane.dataset.f !== finding; });
    if (this.painted) this.painted.show(this.original);
    const which = this.main.querySelector(".which");
    if (which) which.value = finding;
    this.scroll.forget();
    this.say("");
  }

  say(text) {
    const count = this.differences().length;
    this.main.querySelector(".where").textContent = text || (count ? `${count} differences` : "no difference");
  }

  unlight() { this.main.querySelectorAll(".lit").forEach((part) => part.classList.remove("lit")); }
  light(passage) {
    this.unlight();
    const of = `[data-f="${passage.f}"][data-p="${passage.p}"]`;
    this.main.querySelectorAll(`:is(.pass, .bar a, polygon)${of}`).forEach((part) => part.classList.add("lit"));
  }

  // Puts `part` at the height `top` of the window, in its pane where that scrolls, else in the page.
  bring(part, top) {
    const pane = part.closest(".pane");
    if (!scrolls(pane)) { part.scrollIntoView({ block: "center" }); return; }
    const box = pane.getBoundingClientRect();
    const head = pane.querySelector("header").offsetHeight;
    const wanted = Math.min(Math.max(top, box.top + head + 12), box.bottom - 80);
    this.scroll.set(pane, pane.scrollTop + part.getBoundingClientRect().top - wanted);
  }

  // Brings what belongs together to one height. `from`: what was pointed at; it stays where it is if it is in a pane.
  align(parts, from) {
    const pane = from && from.closest(".pane");
    if (!pane) this.main.querySelector(".panes").scrollIntoView({ block: "nearest" });
    const top = pane ? from.getBoundingClientRect().top : this.suspect.getBoundingClientRect().top + this.suspect.clientHeight / 3;
    const targets = parts.filter((part) => part && part.closest(".pane") !== pane);
    (scrolls(this.suspect) || scrolls(this.original) ? targets : targets.slice(0, 1)).forEach((part) => this.bring(part, top));
  }

  choose(passage, from) {
    this.show(passage.f);
    this.held = { ...passage };
    this.light(passage);
    const of = `.pass[data-f="${passage.f}"]`;
    this.align([this.suspect, this.original].map((pane) => pane.querySelector(`${of}[data-p="${passage.p}"]`) ??
      pane.querySelector(of)), from);
  }

  // The changed words of both sides by their numbers: each difference once.
  differences() {
    const found = new Map();
    [this.suspect, this.original].forEach((pane) => pane.querySelectorAll("[data-d]").forEach((word) => {
      const number = Number(word.dataset.d);
      if (word.closest(`.pass[data-f="${this.finding}"]`)) found.set(number, [...(found.get(number) ?? []), word]);
    }));
    return [...found].sort((a, b) => a[0] - b[0]).map(([, words]) => words);
  }

  step(by) {
    const all = this.differences();
    this.main.querySelectorAll(".here").forEach((part) => part.classList.remove("here"));
    if (all.length === 0) { this.say(""); return; }
    this.difference = (Math.max(this.difference, by > 0 ? -1 : 0) + by + all.length) % all.length;
    const words = all[this.difference];
    words.forEach((word) => word.classList.add("here"));
    const passage = words[0].closest(".pass").dataset;
    this.held = { f: passage.f, p: passage.p };
    this.light(this.held);
    this.align(this.withNeighbours(words, all), null);
    this.say(`${this.difference + 1} of ${all.length}: ${nameOf(words[0])}`);
  }

  // A word that was inserted or deleted has nothing on the other side: what comes before it there, or after it.
  withNeighbours(words, all) {
    const side = words[0].closest(".pane");
    if (words.some((word) => word.closest(".pane") !== side)) return words;
    const passage = words[0].closest(".pass").dataset.p;
    for (const index of [this.difference - 1, this.difference + 1]) {
      const other = (all[index] ?? []).find((word) => word.closest(".pane") !== side);
      if (other && other.closest(".pass").dataset.p === passage) return [...words, other];
    }
    const pane = side === this.suspect ? this.original : this.suspect;
    return [...words, pane.querySelector(`.pass[data-f="${this.finding}"][data-p="${passage}"]`)];
  }
}

function nameOf(word) {
  const text = word.textContent;
  if (word.tagName === "INS") return `inserted “${text}”`;
  if (word.tagName === "DEL") return `deleted “${text}”`;
  if (!word.dataset.w) return `moved “${text}”`;
  return word.closest(".pane").dataset.side === "s" ? `“${word.dataset.w}” → “${text}”` : `“${text}” → “${word.dataset.w}”`;
}

function listenToPointer(view, signal) {
  const passageOf = (event) => {
    const part = event.target.closest("[data-p]");
    return part && part.dataset;
  };
  view.main.addEventListener("pointerover", (event) => {
    const passage = passageOf(event) ?? view.held;
    if (passage) view.light(passage);
    else view.unlight();
  }, { signal });
  view.main.addEventListener("click", (event) => {
    const passage = passageOf(event);
    if (!passage || String(getSelection()) || event.ctrlKey || event.metaKey) return;
    const word = event.target.closest("[data-w]");
    view.hint.hidden = !word;
    if (word) view.hint.textContent = `${word.textContent}: ${word.title}`;
    if (event.target.closest("a")) event.preventDefault();
    view.choose(passage, event.target.closest("[data-p]"));
  }, { signal });
}

function listenToTools(view, signal) {
  const { main } = view;
  main.querySelector(".next").addEventListener("click", () => view.step(1), { signal });
  main.querySelector(".previous").addEventListener("click", () => view.step(-1), { signal });
  const which = main.querySelector(".which");
  if (which) which.addEventListener("change", () => view.show(which.value), { signal });
  main.querySelectorAll("[data-show]").forEach((link) => {
    link.addEventListener("click", () => view.show(link.dataset.show), { signal });
  });
}

function listenToKeys(view, signal) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !view.main.isConnected) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable], dialog")) return;
    if (event.key === "n") view.step(1);
    else if (event.key === "p") view.step(-1);
    else if (event.key === "Escape") {
      view.held = null;
      view.hint.hidden = true;
      view.unlight();
    } else return;
    if (event.key !== "Escape") event.preventDefault();
  }, { signal });
}

// A printed page shows everything that was folded away, and the suspect against all originals; the screen gets back
// what it had.
function listenToPrinter(main, view, signal) {
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...main.querySelectorAll("details:not([open])")];
    folded.forEach((fold) => { fold.open = true; });
    if (view && view.painted) view.painted.showAll();
  }, { signal });
  addEventListener("afterprint", () => {
    folded.forEach((fold) => { fold.open = false; });
    if (view && view.painted) view.painted.show(view.original);
  }, { signal });
}

// `main`: the <main class="unspin-report"> that was inserted. Returns what takes the listeners off again.
export function attach(main) {
  const listeners = new AbortController();
  const { signal } = listeners;
  let view = null;
  if (main.querySelector(".panes")) {
    main.querySelectorAll(".scripted").forEach((part) => { part.hidden = false; });
    main.querySelectorAll(".unscripted").forEach((part) => { part.hidden = true; });
    view = new View(main, signal);
    listenToPointer(view, signal);
    listenToTools(view, signal);
    listenToKeys(view, signal);
  }
  listenToPrinter(main, view, signal);
  return () => listeners.abort();
}

const own = document.querySelector("body.unspin-page > main.unspin-report");
if (own) attach(own);
