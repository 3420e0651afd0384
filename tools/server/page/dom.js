// Elements are built here. Every text enters as a text node, so nothing that an article says can become markup.

const svgNamespace = "http://www.w3.org/2000/svg";

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked" || name === "disabled" || name === "hidden") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

// `attributes`: names and values; a value of undefined, null or false leaves the attribute out; "onclick" and the like
// take a function. `children`: nodes, strings, and lists of them.
export function el(name, attributes, ...children) {
  return fill(document.createElement(name), attributes, children);
}

// Replaces what is in `element`; children that are undefined, null or false are left out.
export function put(element, ...children) {
  element.replaceChildren();
  return fill(element, {}, children);
}

export function svg(name, attributes, ...children) {
  return fill(document.createElementNS(svgNamespace, name), attributes, children);
}

let labels = 0;

// A labelled control. Returns {row, control}; `hint` is read together with the control.
export function field(label, control, hint) {
  control.id ||= `d-field-${++labels}`;
  const note = hint && el("span", { class: "d-hint", id: `${control.id}-hint` }, hint);
  if (note) control.setAttribute("aria-describedby", note.id);
  return { control, row: el("p", { class: "d-field" }, el("label", { for: control.id }, label), control, note) };
}

// `options`: pairs of value and label.
export function select(attributes, options, chosen) {
  const control = el("select", attributes, options.map(([value, label]) => el("option", { value }, label)));
  // An address may hold several values, "copy,edited", which no option has.
  const names = new Map(options);
  if (chosen && !names.has(chosen)) control.append(el("option", { value: chosen }, chosen.split(",").map((one) => names.get(one) ?? one).join(", ")));
  control.value = chosen ?? "";
  return control;
}

// A link to an address that an article names. Only web addresses become links; anything else stays text.
export function foreignLink(address) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return el("span", {}, address);
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") return el("span", {}, address);
  return el("a", { href: url.href, rel: "noreferrer noopener external", target: "_blank" }, address);
}

export function table(caption, heads, rows, attributes) {
  return el("div", { class: "d-scroll", tabindex: "0", role: "region", "aria-label": caption },
    el("table", { class: "d-table", ...attributes },
      el("caption", { class: "d-unseen" }, caption),
      el("thead", {}, el("tr", {}, heads.map((head) =>
        typeof head === "string" ? el("th", { scope: "col" }, head) : el("th", { scope: "col", ...head[1] }, head[0])))),
      el("tbody", {}, rows)));
}

// On a narrow screen some columns are hidden; what they say then stands before the line under the title.
export const narrowOnly = (text, more) => el("span", { class: "d-narrow-only" }, more ? `${text} · ` : text);

// What stands where a list is empty: what that means, and what one can do.
export function emptyState(title, ...more) {
  return el("div", { class: "d-empty" }, el("p", { class: "d-empty-title" }, title), more);
}

export function loading(what) {
  return el("p", { class: "d-loading", role: "status" }, `Loading ${what} …`);
}
