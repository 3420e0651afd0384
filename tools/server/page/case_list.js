// The list that cases were opened from: one goes through it case by case, and comes back to the same row.

let query = "";
let ids = [];
let visited = 0;

// `filter`: what the inbox filters and sorts by; `shown`: the numbers of its cases, in their order.
export function rememberList(filter, shown) {
  query = filter;
  ids = shown;
}

// How many cases of this filter were on the screen.
export const listedBefore = (filter) => (filter === query ? ids.length : 0);

export function visit(id) {
  visited = id;
}
export const lastVisited = () => visited;

// Where a case stands in the list, or null: {at, of, before, next}; at an end the number is undefined.
export function placeInList(id) {
  const at = ids.indexOf(id);
  return at < 0 ? null : { at: at + 1, of: ids.length, before: ids[at - 1], next: ids[at + 1] };
}
