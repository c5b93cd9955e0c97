// How much is answered, for each section and the whole form; and the way to the next question without an answer.

import { answers, inputs, lineOf, lines, reason } from "./answers.js";

const isAsked = (line) => line.dataset.asked === "always"
  || (line.dataset.asked === "when" && !line.classList.contains("does-not-apply"));

function isAnswered(line) {
  const { name, unit } = line.dataset;
  if (!inputs(name).length) return line.dataset.answered === "yes"; // this user only reads it
  return reason(name) !== "" || (answers(name).length > 0 && (!unit || answers(unit).length > 0));
}

export function count() {
  for (const place of document.querySelectorAll("[data-count-of]")) {
    const asked = lines().filter((line) => isAsked(line) && line.closest(place.dataset.countOf));
    const answered = asked.filter(isAnswered);
    place.querySelector("[data-answered-count]").textContent = answered.length;
    place.querySelector("[data-asked-count]").textContent = asked.length;
    place.classList.toggle("all-answered", asked.length === answered.length);
    const entry = place.closest(".section-index li");
    if (entry) entry.hidden = !document.querySelector(place.dataset.countOf).offsetParent; // no question of it applies
  }
}

export function firstInput(line) {
  const found = [...line.querySelectorAll(".line-input :is(input, select, textarea)")]
    .filter((input) => input.form?.matches(".record-form"));
  return found.find((input) => input.type === "radio" && input.checked) ?? found[0];
}

export function go(line) {
  const input = line && firstInput(line);
  input?.focus();
  line?.scrollIntoView({ block: "center" });
  return Boolean(input);
}

const isShown = (line) => line.offsetParent !== null && firstInput(line);

export function goToNextUnanswered() {
  const open = lines().filter((line) => isShown(line) && isAsked(line) && !isAnswered(line));
  const here = lines().indexOf(lineOf(document.activeElement));
  return go(open.find((line) => lines().indexOf(line) > here) ?? open[0]);
}

export function goToNext(line) {
  const shown = lines().filter(isShown);
  return go(shown[shown.indexOf(line) + 1]);
}
