// Hears from the service what changes. A hidden tab listens to nothing: a browser has only six connections to a server.

import { connection, notice } from "./api.js";

const listeners = new Set();
let source = null;

function hear(event) {
  let data;
  try {
    data = JSON.parse(event.data);
  } catch {
    return;
  }
  for (const listener of listeners) listener(event.type, data);
}

function adjust() {
  const wanted = listeners.size > 0 && !document.hidden;
  if (wanted && !source) {
    source = new EventSource("/v1/events");
    source.addEventListener("audit", hear);
    source.addEventListener("case", hear);
    source.addEventListener("reset", hear);
    source.addEventListener("error", notice);
  } else if (!wanted && source) {
    source.close();
    source = null;
  }
}

document.addEventListener("visibilitychange", adjust);
// The browser listens again by itself, except where it was refused.
connection.addEventListener("back", () => {
  if (source?.readyState === EventSource.CLOSED) source = null;
  adjust();
});

// Calls `listener(kind, data)` until `signal` aborts. The kind is "audit" or "case", or "reset" where more has happened than
// the service could tell one by one.
export function listen(listener, signal) {
  listeners.add(listener);
  adjust();
  signal.addEventListener("abort", () => { listeners.delete(listener); adjust(); }, { once: true });
}
