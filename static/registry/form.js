// The form page. Everything is saved by plain submission; without this script nothing is lost but its courtesies.

import { answers, clear, form, lineOf } from "./form/answers.js";
import { refresh, remember, settle } from "./form/applying.js";
import { count } from "./form/progress.js";

let keeping = null;
let isUnsaved = form.hasAttribute("data-unsaved");
const isOfThisForm = (event) => event.target.form === form && event.target.name;

// A value and the reason why there is none exclude each other: the later answer wins.
function exclude(name) {
  if (name.endsWith("_missing")) {
    if (answers(name).length) clear(name.slice(0, -"_missing".length));
  } else if (answers(name).length) {
    clear(`${name}_missing`);
  }
}

form.addEventListener("input", (event) => {
  if (!isOfThisForm(event)) return;
  isUnsaved = true;
  lineOf(event.target)?.classList.add("touched"); // what was said of the old value is no longer shown
  event.target.removeAttribute("aria-invalid");
});
form.addEventListener("change", async (event) => {
  if (!isOfThisForm(event)) return;
  exclude(event.target.name);
  await settle(event.target.name);
  count();
  keeping?.typed();
});
window.addEventListener("beforeunload", (event) => { if (isUnsaved) event.preventDefault(); });
window.addEventListener("pageshow", () => { delete form.dataset.sent; });

refresh();
remember();
count();

if (form.dataset.keep) {
  keeping = await import("./form/keeping.js");
  form.addEventListener("input", (event) => {
    if (!isOfThisForm(event)) return;
    refresh();
    count();
    keeping.typed();
  });
  let isReady = false;
  form.addEventListener("submit", async (event) => {
    if (form.dataset.sent) return event.preventDefault(); // a double click must not save twice
    if (!isReady && !keeping.isKept()) {
      event.preventDefault();
      isReady = await keeping.readyToSubmit();
      if (isReady) form.requestSubmit(event.submitter);
      isReady = false;
      return;
    }
    form.dataset.sent = "yes";
    isUnsaved = false;
  });
  await import("./form/search.js");
  await import("./form/shortcuts.js");
  const { offerWhatIsLeft } = await import("./form/leftover.js");
  offerWhatIsLeft(() => { isUnsaved = false; });
}
(document.getElementById("error-summary") ?? document.getElementById("to-confirm"))?.focus();
