// A passage that is pointed at lights up on both sides; one that is chosen brings its counterpart into view.
"use strict";
(() => {
  const hint = document.getElementById("hint");
  const reduced = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let held = null;

  const parts = (finding, passage) => finding.querySelectorAll(`[data-p="${passage}"]`);
  const unlight = (finding) => finding.querySelectorAll(".lit").forEach((part) => part.classList.remove("lit"));
  const light = (finding, passage) => {
    unlight(finding);
    parts(finding, passage).forEach((part) => part.classList.add("lit"));
  };

  // Puts `part` at the height `top` of the window, in its own pane where that scrolls, else in the page.
  const bring = (part, top) => {
    const pane = part.closest(".pane");
    const way = { behavior: reduced ? "auto" : "smooth" };
    if (pane && pane.scrollHeight > pane.clientHeight + 1) {
      const box = pane.getBoundingClientRect();
      const head = pane.querySelector("header").offsetHeight;
      const wanted = Math.min(Math.max(top, box.top + head + 12), box.bottom - 80);
      pane.scrollTo({ top: pane.scrollTop + part.getBoundingClientRect().top - wanted, ...way });
    } else {
      part.scrollIntoView({ block: "center", ...way });
    }
  };

  const choose = (finding, passage, from) => {
    held = passage;
    light(finding, passage);
    const sides = [...finding.querySelectorAll(".pane")];
    const pane = from.closest(".pane");
    const top = pane ? from.getBoundingClientRect().top : 0;
    const targets = sides.filter((side) => side !== pane).map((side) => side.querySelector(`.pass[data-p="${passage}"]`));
    const stacked = sides.length === 2 && sides[0].scrollHeight <= sides[0].clientHeight + 1 &&
        sides[0].getBoundingClientRect().left === sides[1].getBoundingClientRect().left;
    if (!pane) finding.querySelector(".panes").scrollIntoView({ block: "start", behavior: reduced ? "auto" : "smooth" });
    targets.filter(Boolean).slice(0, stacked ? 1 : 2).forEach((part) => bring(part, top));
  };

  document.querySelectorAll(".finding").forEach((finding) => {
    const panes = finding.querySelector(".panes");
    const passageOf = (event) => event.target.closest("[data-p]");
    finding.addEventListener("pointerover", (event) => {
      const part = passageOf(event);
      if (part) light(finding, part.dataset.p);
      else if (held) light(finding, held);
      else unlight(finding);
    });
    finding.addEventListener("click", (event) => {
      const part = passageOf(event);
      if (!part || !panes || String(getSelection())) return;
      const word = event.target.closest("[data-w]");
      if (word) {
        hint.textContent = `${word.firstChild.textContent}: ${word.title}`;
        hint.hidden = false;
      } else {
        hint.hidden = true;
      }
      if (event.target.closest("a")) event.preventDefault();
      choose(finding, part.dataset.p, part);
    });
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    held = null;
    if (hint) hint.hidden = true;
    document.querySelectorAll(".finding").forEach(unlight);
  });

  // A printed page shows everything that was folded away; the screen gets its folds back.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    folded.forEach((fold) => { fold.open = true; });
  });
  addEventListener("afterprint", () => folded.forEach((fold) => { fold.open = false; }));
})();
