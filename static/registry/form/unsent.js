// What was typed and has not reached the registry, on this computer until it has.

import { form } from "./answers.js";

const DAYS = 7;
const PREFIX = "unsent ";
const KEY = `${PREFIX}${form.dataset.owner} ${form.dataset.keep}`;

export function body() {
  const content = new URLSearchParams(new FormData(form));
  content.delete("csrfmiddlewaretoken");
  return content;
}

// A browser may refuse to store anything: then only the registry keeps.
function storage(work) {
  try { return work(localStorage); } catch { return null; }
}

export const store = () => storage((store) => store.setItem(KEY, JSON.stringify({ at: Date.now(), body: `${body()}` })));
export const drop = () => storage((store) => store.removeItem(KEY));

// What is left from another time; nothing if the page shows the same already.
export function leftOver() {
  const left = storage((store) => JSON.parse(store.getItem(KEY)));
  if (left && left.body !== `${body()}`) return left;
  drop();
  return null;
}

export function forgetOld() {
  storage((store) => {
    for (const key of Object.keys(store).filter((each) => each.startsWith(PREFIX))) {
      if (JSON.parse(store.getItem(key)).at < Date.now() - DAYS * 86_400_000) store.removeItem(key);
    }
  });
}
