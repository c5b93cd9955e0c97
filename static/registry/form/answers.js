// The answers of the form page, as they stand in its inputs.

export const form = document.querySelector(".record-form");
export const lines = () => [...form.querySelectorAll(".line")];
export const lineOf = (element) => element.closest?.(".line");

export function inputs(name) {
  const found = form.elements.namedItem(name);
  if (!found) return [];
  return found instanceof RadioNodeList ? [...found] : [found];
}

const given = (input) => !["radio", "checkbox"].includes(input.type) || input.checked;

export function answers(name) {
  return inputs(name).filter(given).map((input) => input.value.trim()).filter((value) => value !== "");
}

export const reason = (name) => answers(`${name}_missing`)[0] ?? "";

export function clear(name) {
  for (const input of inputs(name)) {
    if (input.type === "radio") input.checked = input.value === "";
    else if (input.type === "checkbox") input.checked = false;
    else input.value = "";
  }
}

export function restore(name, values) {
  for (const input of inputs(name)) {
    if (input.type === "radio") input.checked = input.value === (values[0] ?? "");
    else if (input.type === "checkbox") input.checked = values.includes(input.value);
    else input.value = values[0] ?? "";
  }
}

// An answer as somebody reads it: labels of what is chosen, a value with its unit, or the reason why there is none.
export function inWords(line) {
  const name = line.dataset.name;
  const shown = inputs(name).filter(given).map((input) => {
    if (input.tagName === "SELECT") return input.value ? input.selectedOptions[0].text : "";
    return input.labels.length && input.type !== "text" && input.tagName !== "TEXTAREA"
      ? input.value && input.labels[0].textContent.trim()
      : input.value.trim();
  });
  const unit = line.querySelector(".unit")?.textContent ?? inputs(line.dataset.unit)[0]?.selectedOptions[0]?.text ?? "";
  const value = shown.filter(Boolean).join(", ");
  if (value) return `${value} ${unit}`.trim();
  return reason(name) ? inputs(`${name}_missing`)[0].selectedOptions[0].text : "";
}

export const labelOf = (line) => line.querySelector(".label").textContent.trim();
