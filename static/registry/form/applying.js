// Questions appear with the answer that they depend on. Before an answer makes others inapplicable, it is said what
// will be cleared, and asked.

import { answers, clear, form, inWords, inputs, labelOf, lines, reason, restore } from "./answers.js";
import { applies, canChange, conditionOf } from "./conditions.js";
import { ask } from "./asking.js";

const conditional = lines()
  .map((line) => ({ line, name: line.dataset.name, condition: conditionOf(line) }))
  .filter(({ condition }) => condition && canChange(condition));
const names = [...new Set([...form.elements].map((input) => input.name).filter(Boolean))];
// How things stood when the answers last agreed with each other: what each input held, which questions applied.
const before = new Map();
const applied = new Set();

const isFilled = (name) => answers(name).length > 0 || reason(name) !== "";
const isUnit = (line) => line.hasAttribute("data-is-unit");

export function refresh() {
  for (const { line, name, condition } of conditional) {
    line.classList.toggle("does-not-apply", !applies(condition));
    line.classList.toggle("is-empty", isUnit(line) || !isFilled(name));
  }
  for (const select of form.querySelectorAll(".line-reason select")) {
    select.classList.toggle("chosen", select.value !== "");
  }
}

export function remember() {
  for (const name of names) before.set(name, answers(name));
  applied.clear();
  for (const { name, condition } of conditional) if (applies(condition)) applied.add(name);
}

// The filled answers that applied until now and do not any more; clearing one may make the next inapplicable.
function leftBehind() {
  const cleared = new Set();
  let size = -1;
  while (size < cleared.size) {
    size = cleared.size;
    for (const { line, name, condition } of conditional) {
      if (applied.has(name) && !isUnit(line) && isFilled(name) && !applies(condition, cleared)) cleared.add(name);
    }
  }
  return conditional.filter(({ name }) => cleared.has(name));
}

// Asks if answers are left behind; afterwards everything agrees, as it was before or without them.
export async function settle(changed) {
  const left = leftBehind();
  if (left.length) {
    const items = left.map(({ line }) => `${labelOf(line)}: ${inWords(line)}`);
    if ((await ask("clearing", items)) === "clear") {
      for (const { name } of left) { clear(name); clear(`${name}_missing`); }
    } else {
      for (const name of new Set([changed, changed.replace(/_missing$/, ""), `${changed}_missing`])) {
        if (before.has(name)) restore(name, before.get(name));
      }
      (inputs(changed).find((input) => input.checked) ?? inputs(changed)[0])?.focus();
    }
  }
  remember();
  refresh();
}
