// The columns of an index sort: a button in each head, which turns the order when it is pressed again.
const value = (row, column) => {
  const cell = row.cells[column];
  return cell.dataset.v === undefined ? cell.textContent.trim() : Number(cell.dataset.v);
};

const compare = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b :
  String(a).localeCompare(String(b), "en", { numeric: true, sensitivity: "base" }));

function sortBy(table, column, ascending) {
  const sign = ascending ? 1 : -1;
  const rows = [...table.tBodies[0].rows];
  rows.sort((a, b) => sign * compare(value(a, column), value(b, column)));
  table.tBodies[0].append(...rows);
  [...table.tHead.rows[0].cells].forEach((head, index) => {
    if (index === column) head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
    else head.removeAttribute("aria-sort");
  });
}

export function attach(main) {
  main.querySelectorAll("table.index").forEach((table) => {
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      // The largest number first, words from a to z.
      const first = !head.classList.contains("n");
      button.addEventListener("click", () => {
        const sorted = head.getAttribute("aria-sort");
        sortBy(table, column, sorted ? sorted !== "ascending" : first);
      });
    });
  });
}

const own = document.querySelector("body.unspin-page > main.unspin-report");
if (own) attach(own);
