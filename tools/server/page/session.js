// Who works here. A local desk asks for a name; where the server has a token file, it asks for a token.

import { change, get, ServiceError } from "./api.js";
import { el, field } from "./dom.js";
import { readDraft, writeDraft } from "./drafts.js";

export const session = { person: "", scopes: [], local: true };

// What the server says where nobody gave a name.
const nobody = "local";
const isName = (person) => Boolean(person) && person !== nobody;

// A name was typed, or a token given.
export const hasName = () => isName(session.person);
// Whoever has no token may do nothing where tokens are asked for.
export const isOut = () => !session.local && !session.person;

// The name that this tab works under outlives a restart of the server, which forgets all sessions: it is given again.
export async function readSession() {
  const now = await get("/v1/session");
  const remembered = readDraft("person").name;
  if (now.local && !isName(now.person) && isName(remembered)) {
    Object.assign(now, await change("POST", "/v1/session", { name: remembered }));
  }
  Object.assign(session, now);
  if (now.local && hasName()) writeDraft("person", { name: session.person });
  return session;
}

// A header holds bytes only: the name goes as those of UTF-8.
const asBytes = (text) => String.fromCharCode(...new TextEncoder().encode(text));

// The headers of a change. On a local desk they say the name that stands at the top of the page, so that no other name can be
// recorded, whatever became of the session. `ask()` asks for a name, and resolves when there is one or none is given.
export async function signatureOf(ask) {
  if (!session.local) return {};
  if (!hasName()) await readSession();
  if (!hasName() && session.local) await ask();
  if (!session.local) return {};
  if (!hasName()) throw new ServiceError(-1, "no-name", "Nothing was saved: say who works here first.");
  return { "Unspin-Person": asBytes(session.person) };
}

// A form that signs in. `onDone` runs when the server knows who is there.
export function sessionForm({ token, onDone }) {
  const control = token
    ? el("input", { name: "token", type: "password", autocomplete: "off", required: true, spellcheck: "false" })
    : el("input", { name: "name", type: "text", autocomplete: "name", required: true, maxlength: "100",
      value: hasName() ? session.person : "" });
  const problem = el("p", { class: "d-problem", role: "alert" });
  const { row } = token
    ? field("Your token", control, "The person who runs the server gave it to you. It is kept by the server only.")
    : field("Your name", control, "Everything that you decide here is recorded under it.");
  const form = el("form", { class: "d-form" }, row, problem,
    el("p", { class: "d-actions" }, el("button", { class: "d-primary" }, token ? "Sign in" : "Work under this name")));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.textContent = "";
    try {
      const answer = await change("POST", "/v1/session", token ? { token: control.value.trim() } : { name: control.value.trim() });
      Object.assign(session, answer);
      if (session.local) writeDraft("person", { name: session.person });
      onDone();
    } catch (error) {
      problem.textContent = error.status === 401 ? "The server does not know this token. Check that it is whole." : error.message;
    }
  });
  return form;
}

export async function leave() {
  await change("DELETE", "/v1/session");
  Object.assign(session, { person: "", scopes: [] });
}
