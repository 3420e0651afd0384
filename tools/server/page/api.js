// Talks to the service. Reading goes on trying while the server is gone; a change is sent once, so that nothing happens twice.

// First and longest wait between two tries, in milliseconds: a restart of the server takes about a second.
const firstWait = 500;
const maxWait = 5000;
// How often an overloaded server (429, 503) is asked again before its answer is shown.
const maxBusyTries = 6;

// Fires "gone", "back" and "busy" for the banner, "signin" when the server asks who is there.
export const connection = new EventTarget();
let gone = false;

function setGone(now) {
  if (gone === now) return;
  gone = now;
  connection.dispatchEvent(new Event(now ? "gone" : "back"));
  if (now) waitForServer();
}

async function waitForServer() {
  for (let wait = firstWait; gone; wait = Math.min(wait * 2, maxWait)) {
    await pause(wait);
    try {
      await fetch("/healthz", { cache: "no-store" });
      setGone(false);
    } catch {
      // Still gone.
    }
  }
}

export function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener("abort", () => { clearTimeout(timer); reject(signal.reason); }, { once: true });
  });
}

// Asks whether the server is there, for a view that hears nothing from it any more.
export async function notice() {
  try {
    await fetch("/healthz", { cache: "no-store" });
  } catch {
    setGone(true);
  }
}

// Who makes a change, as headers. The frame sets it: it asks for a name where none is known, and throws where none is given.
let signature = async () => ({});
export function signChanges(headersOfPerson) {
  signature = headersOfPerson;
}

// `status` 0: the server did not answer at all.
export class ServiceError extends Error {
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
  get conflict() { return this.status === 412; }
}

// The number in an address of the page.
export function numberOf(written, what) {
  if (/^[1-9]\d{0,15}$/.test(written)) return Number(written);
  throw new ServiceError(404, "no-number", `“${written}” is not the number of any ${what}.`);
}

async function errorOf(response) {
  let problem = {};
  try {
    problem = await response.json();
  } catch {
    // An answer of a proxy, for instance: its status has to do.
  }
  const message = problem.error?.message ?? problem.detail ?? problem.title ?? `The server answered ${response.status}.`;
  const error = new ServiceError(response.status, problem.error?.code ?? "", message);
  error.problem = problem;
  return error;
}

async function once(method, path, { body, headers, signal, accept = "application/json" } = {}) {
  const changing = method === "GET" ? {} : { "Unspin-Request": "page", ...(path === "/v1/session" ? {} : await signature()) };
  let response;
  try {
    response = await fetch(path, { method, body, signal, credentials: "same-origin", headers: { Accept: accept, ...changing, ...headers } });
  } catch (error) {
    if (signal?.aborted) throw error;
    setGone(true);
    throw new ServiceError(0, "gone", "The server does not answer. Nothing you typed is lost.");
  }
  setGone(false);
  if (response.ok) return response;
  // A wrong token is for the form that sent it to say.
  if (response.status === 401 && path !== "/v1/session") connection.dispatchEvent(new Event("signin"));
  const error = await errorOf(response);
  error.retryAfter = Number(response.headers.get("Retry-After")) || 1;
  throw error;
}

async function patiently(method, path, options) {
  let wait = firstWait;
  for (let busy = 0; ;) {
    try {
      return await once(method, path, options);
    } catch (error) {
      const overloaded = error.status === 429 || error.status === 503;
      if (error.status !== 0 && !(overloaded && busy++ < maxBusyTries)) throw error;
      if (overloaded) connection.dispatchEvent(new Event("busy"));
      await pause(overloaded ? error.retryAfter * 1000 : wait, options?.signal);
      wait = Math.min(wait * 2, maxWait);
    }
  }
}

export const get = async (path, options) => (await patiently("GET", path, options)).json();
export const getText = async (path, accept, options) => (await patiently("GET", path, { accept, ...options })).text();

// Newline-delimited JSON.
export async function getLines(path, options) {
  const text = await getText(path, "application/x-ndjson", options);
  return text.split("\n").filter(Boolean).map((line) => JSON.parse(line));
}

// `value`: sent as JSON. `revision`: of the case that is changed.
export async function change(method, path, value, revision, signal) {
  const response = await once(method, path, {
    signal, body: value === undefined ? undefined : JSON.stringify(value),
    headers: {
      ...(value === undefined ? {} : { "Content-Type": "application/json" }),
      ...(revision === undefined ? {} : { "If-Match": `"${revision}"` }),
    },
  });
  return response.status === 204 ? {} : response.json();
}

// Has a file made, for the browser to keep. `body`: bytes that go into it, or nothing.
export async function download(path, body, signal) {
  const response = await once("POST", path, { signal, body, accept: "*/*", headers: body ? { "Content-Type": "application/octet-stream" } : {} });
  return response.blob();
}

// A table of licences, as the file is: all of it, or nothing where a line is wrong.
export async function importLicences(file, replace, signal) {
  const response = await once("POST", `/v1/licences.csv${replace ? "?replace=1" : ""}`, { body: file, signal, headers: { "Content-Type": "text/csv" } });
  return response.json();
}

// Opens a case for the bytes as they are. `known`: what is known about them ("name" of the file, "url", "title",
// "published"). The same suspect twice is the same case, so this may be tried again.
export async function openCase(body, contentType, known, signal) {
  const query = new URLSearchParams({ html: "1" });
  for (const [name, value] of Object.entries(known)) if (value?.trim()) query.set(name, value.trim());
  return (await patiently("POST", `/v1/cases?${query}`, { body, signal, headers: { "Content-Type": contentType } })).json();
}

// A large file, with its progress from 0 to 1; fetch does not tell that.
export async function upload(path, file, onProgress, signal) {
  const headers = { "Unspin-Request": "page", "Content-Type": "application/octet-stream", ...await signature() };
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", (event) => onProgress(event.total ? event.loaded / event.total : 0));
    request.addEventListener("error", () => {
      setGone(true);
      reject(new ServiceError(0, "gone", "The connection broke while the file was sent. Send it again."));
    });
    request.addEventListener("load", async () => {
      if (request.status < 300) resolve(JSON.parse(request.responseText));
      else reject(await errorOf(new Response(request.responseText, { status: request.status })));
    });
    signal?.addEventListener("abort", () => { request.abort(); reject(signal.reason); }, { once: true });
    request.send(file);
  });
}
