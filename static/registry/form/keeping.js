// Keeps what is typed: a moment after each change, one request at a time, again and again while there is no connection.

import { form } from "./answers.js";
import * as unsent from "./unsent.js";

const PAUSE = 800; // milliseconds after the last key
const AGAIN = 5_000;
const TOO_LONG = 15_000;
const KEPT = "kept", OFFLINE = "offline", CLOSED = "closed", FAILED = "failed";

let timer = null;
let sending = null;
let isDirty = false;

export const isKept = () => !isDirty && !sending;

export function typed() {
  isDirty = true;
  unsent.store();
  later(PAUSE);
}

function later(milliseconds) {
  clearTimeout(timer);
  timer = setTimeout(keep, milliseconds);
}

// Sends what is not kept yet; says how it went.
export async function keep() {
  clearTimeout(timer);
  while (sending) await sending; // what was typed meanwhile goes after it
  if (!isDirty) return KEPT;
  sending = attempt();
  const outcome = await sending;
  sending = null;
  show(outcome);
  if (outcome === OFFLINE || outcome === FAILED) later(AGAIN);
  else if (isDirty && outcome === KEPT) later(PAUSE);
  return outcome;
}

async function attempt() {
  isDirty = false;
  try {
    const response = await post(unsent.body());
    if (response.ok) replace(await response.text());
    if (response.ok && !isDirty) unsent.drop();
    isDirty ||= !response.ok;
    if (response.ok) return KEPT;
    return response.status >= 500 ? FAILED : CLOSED; // led to log-in, or refused
  } catch {
    isDirty = true;
    return OFFLINE;
  }
}

export function post(content, options = {}) {
  const token = form.elements.namedItem("csrfmiddlewaretoken").value;
  const headers = { "X-CSRFToken": token };
  const signal = AbortSignal.timeout(TOO_LONG);
  return fetch(form.dataset.keep, { method: "POST", body: content, headers, redirect: "manual", signal, ...options });
}

// The answer holds new content for places of the page, known by their ids. What is the same is not said again.
function replace(html) {
  const answer = new DOMParser().parseFromString(html, "text/html");
  for (const place of answer.body.children) {
    const here = document.getElementById(place.id);
    if (here && here.innerHTML !== place.innerHTML) here.replaceChildren(...place.childNodes);
  }
}

function show(outcome) {
  const trouble = document.getElementById("keep-trouble");
  const text = document.getElementById(`keep-${outcome}`)?.content.cloneNode(true);
  trouble.replaceChildren(...(text ? [text] : []));
  document.getElementById("kept").hidden = outcome !== KEPT;
}

// Before the form is sent, what was just typed is kept: a lost session or network then costs nothing. A registry that
// fails at keeping must not keep anybody from saving.
export async function readyToSubmit() {
  const outcome = await keep();
  return outcome === KEPT || outcome === FAILED;
}

window.addEventListener("online", () => { if (isDirty) keep(); });
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden" && isDirty && !sending) post(unsent.body(), { keepalive: true }).catch(() => {});
});
