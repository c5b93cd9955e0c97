"use strict";
// A list with checkboxes: one that chooses all on the page. Without this script each is chosen by itself.

const bar = document.getElementById("ask-many");
if (bar) {
  const all = document.getElementById("choose-all");
  const boxes = [...bar.elements].filter((input) => input.name === "about");
  all.closest(".choose-all").hidden = boxes.length === 0;
  all.addEventListener("change", () => { for (const box of boxes) box.checked = all.checked; });
  for (const box of boxes) {
    box.addEventListener("change", () => { all.checked = boxes.every((each) => each.checked); });
  }
}
