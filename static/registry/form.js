"use strict";
// The form page: warns before typed input is lost, keeps a value and its missing reason apart, and subdues questions
// that other answers make inapplicable. Everything is saved by plain submission; without this script nothing is lost
// but these courtesies.

const form = document.querySelector(".record-form");
const KEEP_ALIVE = 120_000; // milliseconds
let unsaved = form.hasAttribute("data-unsaved");
let typed = false;

form.addEventListener("input", () => { unsaved = typed = true; });
setInterval(() => {
  if (typed) fetch("/health/"); // somebody who types is not idle: the session goes on
  typed = false;
}, KEEP_ALIVE);
form.addEventListener("submit", (event) => {
  if (form.dataset.sent) event.preventDefault(); // a double click must not save twice
  form.dataset.sent = "yes";
  unsaved = false;
});
window.addEventListener("pageshow", () => { delete form.dataset.sent; });
window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

function inputs(name) {
  const found = form.elements.namedItem(name);
  if (!found) return [];
  return found instanceof RadioNodeList ? [...found] : [found];
}

function answers(name) {
  return inputs(name)
    .filter((input) => !["radio", "checkbox"].includes(input.type) || input.checked)
    .map((input) => input.value.trim())
    .filter((value) => value !== "");
}

function clear(name) {
  for (const input of inputs(name)) {
    if (input.type === "radio") input.checked = input.value === "";
    else if (input.type === "checkbox") input.checked = false;
    else input.value = "";
  }
}

// A value and the reason why there is none exclude each other: the later answer wins.
form.addEventListener("change", (event) => {
  const name = event.target.name;
  if (!name) return;
  if (name.endsWith("_missing")) {
    if (event.target.value) clear(name.slice(0, -"_missing".length));
  } else if (answers(name).length) {
    clear(`${name}_missing`);
  }
  refresh();
});

const COMPARE = {
  gt: (left, right) => left > right,
  gte: (left, right) => left >= right,
  lt: (left, right) => left < right,
  lte: (left, right) => left <= right,
};

function leaf([name, lookup, right]) {
  const left = answers(name);
  if (lookup === "isnull") return (left.length === 0) === (right[0] === "1");
  const other = right.field ? answers(right.field) : right;
  if (!left.length || !other.length) return false;
  if (lookup in COMPARE) return COMPARE[lookup](Number(left[0]), Number(other[0]));
  if (lookup === "contains") return other.every((code) => left.includes(code));
  return other.some((code) => left.includes(code));
}

function holds(condition) {
  const results = condition.of.map((part) => (Array.isArray(part) ? leaf(part) : holds(part)));
  const all = condition.any ? results.some(Boolean) : results.every(Boolean);
  return condition.not ? !all : all;
}

// Where this user only reads an answer, the server has already said whether the question applies.
function canChange(condition) {
  return condition.of.every((part) => (Array.isArray(part) ? inputs(part[0]).length > 0 : canChange(part)));
}

function refresh() {
  for (const line of form.querySelectorAll("[data-applies-when]")) {
    const condition = JSON.parse(line.dataset.appliesWhen);
    if (canChange(condition)) line.classList.toggle("does-not-apply", !holds(condition));
  }
  for (const select of form.querySelectorAll(".line-reason select")) {
    select.classList.toggle("chosen", select.value !== "");
  }
}

refresh();
document.getElementById("error-summary")?.focus();
