// How long a person waits: from the paste of an article on the view "Check" to the frame after the one that has its report.

// Milliseconds. `asked` is called behind the paste, where the page may ask who works there.
export async function timeOfPaste(page, text, asked = () => {}) {
  await page.evaluate((article) => navigator.clipboard.writeText(article), text);
  const shown = page.evaluate(() => new Promise((resolve) => {
    let began;
    document.addEventListener("paste", () => { began = performance.now(); }, { once: true, capture: true });
    const watch = new MutationObserver(() => {
      if (!document.querySelector(".d-report .mast")) return;
      watch.disconnect();
      requestAnimationFrame(() => { const done = new MessageChannel(); done.port1.onmessage = () => resolve(performance.now() - began); done.port2.postMessage(0); });
    });
    watch.observe(document.getElementById("view"), { childList: true, subtree: true });
  }));
  await page.locator("#paste").focus();
  await page.keyboard.press("Control+V");
  await asked();
  return shown;
}
