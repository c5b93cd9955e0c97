// Whether a question applies: the declared conditions of the form, read as the registry reads them. A condition over
// an answer that is not given is neither true nor false. The registry decides again when the form is saved.

import { answers, inputs, reason } from "./answers.js";

const COMPARE = {
  gt: (left, right) => left > right,
  gte: (left, right) => left >= right,
  lt: (left, right) => left < right,
  lte: (left, right) => left <= right,
};

// `cleared` are names that count as unanswered, whatever stands in their inputs.
export function applies(condition, cleared = new Set()) {
  return holds(condition, cleared) === true;
}

function holds(condition, cleared) {
  const parts = condition.of.map((part) => (Array.isArray(part) ? leaf(part, cleared) : holds(part, cleared)));
  const decisive = condition.any; // one true decides an "or", one false an "and"
  const result = parts.includes(decisive) ? decisive : parts.includes(null) ? null : !decisive;
  return condition.not && result !== null ? !result : result;
}

const number = (text) => Number(text.replace(",", "."));

function leaf([name, lookup, right], cleared) {
  const read = (field) => (cleared.has(field) ? [] : answers(field));
  const left = read(name);
  if (lookup === "isnull") {
    if (!cleared.has(name) && reason(name)) return null;
    return (left.length === 0) === (right[0] === "1");
  }
  const other = right.field ? read(right.field) : right;
  if (!left.length || !other.length) return null;
  if (lookup in COMPARE) return COMPARE[lookup](number(left[0]), number(other[0]));
  if (lookup === "contains") return other.every((code) => left.includes(code));
  return other.some((code) => left.includes(code));
}

export const conditionOf = (line) => (line.dataset.appliesWhen ? JSON.parse(line.dataset.appliesWhen) : null);

// Where this user only reads an answer, the server has already said whether the question applies.
export function canChange(condition) {
  return condition.of.every((part) => (Array.isArray(part) ? inputs(part[0]).length > 0 : canChange(part)));
}
