// Who works here. A local desk asks for a name; where the server has a token file, it asks for a token.

import { change, get } from "./api.js";
import { el, field } from "./dom.js";

export const session = { person: "", scopes: [], local: true, known: false };

export async function readSession(signal) {
  Object.assign(session, await get("/v1/session", { signal }), { known: true });
  return session;
}

// A name was typed, or a token given, and is not the server's stand-in for nobody.
export const hasName = () => Boolean(session.person) && session.person !== "local";

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
      await change("POST", "/v1/session", token ? { token: control.value.trim() } : { name: control.value.trim() });
      await readSession();
      onDone();
    } catch (error) {
      problem.textContent = error.status === 401 ? "The server does not know this token. Check that it is whole." : error.message;
    }
  });
  return form;
}

export async function leave() {
  await change("DELETE", "/v1/session");
  Object.assign(session, { person: "", scopes: [], known: false });
}
