// Keys for people who enter from paper. Keys without Ctrl or Alt act only beside a question, never inside a text, and
// can be switched off.

import { form, inputs, lineOf } from "./answers.js";
import { goToNext, goToNextUnanswered } from "./progress.js";
import { ask } from "./asking.js";

const OFF = "single keys off";
const switchOff = document.getElementById("single-keys-off");
switchOff.checked = localStorage.getItem(OFF) !== null;
switchOff.addEventListener("change", () => {
  if (switchOff.checked) localStorage.setItem(OFF, "yes");
  else localStorage.removeItem(OFF);
});

const button = (step) => form.querySelector(`.save-bar [name=step][value=${step}]`);
const isText = (element) => element.matches("textarea, select, input:not([type=radio], [type=checkbox])");

function save() { (button("draft") ?? button("complete"))?.click(); }
function complete() { button("complete")?.click(); }
function next() { (button("next") ?? button("complete"))?.click(); }

function openReasons(element) {
  const select = lineOf(element)?.querySelector(".line-reason select");
  select?.focus();
  return Boolean(select);
}

// A code that is a number, or else the place in the list.
function pick(element, digit) {
  const group = inputs(element.name).filter((input) => input.value !== "");
  const byCode = group.every((input) => /^\d+$/.test(input.value));
  const wanted = byCode ? group.find((input) => input.value === digit) : group[Number(digit) - 1];
  wanted?.focus();
  wanted?.click();
  return Boolean(wanted);
}

function withModifier(event) {
  if (event.altKey && event.code === "KeyN") return goToNextUnanswered() || true;
  if (!event.ctrlKey || event.altKey) return false;
  if (event.key === "Enter") return (event.shiftKey ? next() : complete()) ?? true;
  if (event.shiftKey) return false;
  const key = event.key.toLowerCase(); // a capital with Caps Lock on
  if (key === "s") return save() ?? true;
  return key === "m" && openReasons(event.target);
}

function single(event) {
  const element = event.target;
  if (switchOff.checked || isText(element)) return false;
  if (event.key === "?") return ask("keys") && true;
  if (element.form !== form || !lineOf(element)) return false;
  if (event.key.toLowerCase() === "m") return openReasons(element);
  return /^[0-9]$/.test(event.key) && pick(element, event.key);
}

function enter(event) {
  const element = event.target;
  const moves = event.key === "Enter" && element.matches(".line input") && element.form === form;
  if (moves) goToNext(lineOf(element));
  return moves; // Enter inside a question never sends the form
}

document.addEventListener("keydown", (event) => {
  if (document.querySelector("dialog[open]") || event.isComposing) return;
  const hasModifier = event.ctrlKey || event.altKey || event.metaKey;
  if (hasModifier ? withModifier(event) : enter(event) || single(event)) event.preventDefault();
});

// The digit of each answer, shown while its question has the focus.
for (const group of document.querySelectorAll("[role=radiogroup], [role=group]")) {
  const values = [...group.querySelectorAll("input")].map((input) => input.value).filter(Boolean);
  const byCode = values.every((value) => /^\d+$/.test(value));
  for (const check of group.querySelectorAll(".form-check")) {
    const value = check.querySelector("input").value;
    const digit = byCode ? value : String(values.indexOf(value) + 1);
    if (!/^[0-9]$/.test(digit) || !value) continue;
    const key = Object.assign(document.createElement("kbd"), { className: "key", textContent: digit, ariaHidden: "true" });
    check.querySelector("label").before(key);
  }
}
document.getElementById("show-keys").hidden = false;
document.getElementById("show-keys").addEventListener("click", () => ask("keys"));
