// Keeps what was typed and not yet saved, for this tab: through a conflict, a lost server and a reload.

const prefix = "unspin-draft:";

export function readDraft(name) {
  try {
    return JSON.parse(sessionStorage.getItem(prefix + name)) ?? {};
  } catch {
    return {};
  }
}

export function writeDraft(name, value) {
  try {
    sessionStorage.setItem(prefix + name, JSON.stringify(value));
  } catch {
    // Too long for the browser's storage: it stays in the page.
  }
}

export function dropDraft(name) {
  try {
    sessionStorage.removeItem(prefix + name);
  } catch {
    // A browser without storage keeps no drafts.
  }
}

// Fills the named controls of `form` from the draft, and writes the draft whenever one of them changes.
export function keepDraft(form, name) {
  const draft = readDraft(name);
  const controls = () => [...form.elements].filter((control) => control.name && control.type !== "file");
  for (const control of controls()) {
    if (!(control.name in draft)) continue;
    if (control.type === "radio") control.checked = control.value === draft[control.name];
    else if (control.type === "checkbox") control.checked = draft[control.name];
    else control.value = draft[control.name];
  }
  form.addEventListener("input", () => {
    const now = {};
    for (const control of controls()) {
      if (control.type === "radio") { if (control.checked) now[control.name] = control.value; }
      else now[control.name] = control.type === "checkbox" ? control.checked : control.value;
    }
    writeDraft(name, now);
  });
}

export function readSetting(name, otherwise) {
  try {
    return JSON.parse(localStorage.getItem("unspin:" + name)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

export function writeSetting(name, value) {
  try {
    localStorage.setItem("unspin:" + name, JSON.stringify(value));
  } catch {
    // A browser without storage forgets settings.
  }
}
