"use strict";
// Curves that are read month by month: by the pointer over them, or by the slider below them. Without this script the
// figure and its table remain.

const SVG = "http://www.w3.org/2000/svg";

function readable(figure) {
  const { panels, until, months } = JSON.parse(figure.dataset.reading);
  const svg = figure.querySelector("svg");
  const reader = figure.parentElement.querySelector(".figure-reader");
  const [slider, words] = [reader.querySelector("input"), reader.querySelector("output")];
  const lines = panels.map(([, , top, bottom]) => {
    const line = document.createElementNS(SVG, "line");
    line.setAttribute("class", "reading-line");
    line.setAttribute("y1", top);
    line.setAttribute("y2", bottom);
    return line;
  });

  function read(month) {
    svg.append(...lines);
    panels.forEach(([left, right], place) => {
      const x = left + ((right - left) * month) / until;
      lines[place].setAttribute("x1", x);
      lines[place].setAttribute("x2", x);
    });
    slider.value = month;
    slider.setAttribute("aria-valuetext", months[month].split(":")[0]);
    if (words.textContent !== months[month]) words.textContent = months[month];
  }

  slider.max = months.length - 1;
  slider.addEventListener("input", () => read(slider.valueAsNumber));
  svg.addEventListener("pointermove", (event) => {
    const { x } = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    const panel = panels.find(([left, right]) => left <= x && x <= right);
    if (panel) read(Math.min(months.length - 1, Math.round(((x - panel[0]) / (panel[1] - panel[0])) * until)));
  });
  reader.hidden = false;
}

function begin(part) {
  for (const figure of part.querySelectorAll("[data-reading]")) readable(figure);
}

begin(document);
document.addEventListener("htmx:afterSwap", (event) => begin(event.target));
