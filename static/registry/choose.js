"use strict";
// Lists of checkboxes: one that chooses all of a name in its form. Without this script each is chosen by itself.

for (const all of document.querySelectorAll("[data-chooses]")) {
  const boxes = [...all.form.elements].filter((input) => input.name === all.dataset.chooses);
  const show = () => {
    all.checked = boxes.every((each) => each.checked);
    all.indeterminate = !all.checked && boxes.some((each) => each.checked);
  };
  all.closest(".choose-all").hidden = boxes.length === 0;
  all.addEventListener("change", () => { for (const box of boxes) box.checked = all.checked; });
  for (const box of boxes) box.addEventListener("change", show);
  show();
}
