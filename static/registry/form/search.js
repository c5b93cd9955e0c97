// A box above a long list of answers: what is typed leaves the answers that contain it. Enter takes the first.

const words = document.getElementById("search-words");

function box(label) {
  const part = words.content.cloneNode(true);
  const input = part.querySelector("input");
  input.setAttribute("aria-label", `${input.getAttribute("aria-label")}: ${label}`);
  return { part, input };
}

function searchSelect(select, input) {
  const options = [...select.options];
  return {
    show(matches) {
      const kept = options.filter((option) => option.selected || option.value === "" || matches(option.text));
      const chosen = select.value;
      select.replaceChildren(...kept);
      select.value = chosen; // a list that is emptied and filled again chooses its last option by itself
      return kept.find((option) => option.value !== "" && matches(option.text));
    },
    enter: () => select.focus(),
    take(option) {
      option.selected = true;
      select.dispatchEvent(new Event("input", { bubbles: true }));
      select.dispatchEvent(new Event("change", { bubbles: true }));
      select.focus();
    },
  };
}

function searchChecks(group) {
  const checks = [...group.querySelectorAll(".form-check")];
  return {
    show(matches) {
      for (const check of checks) check.hidden = !matches(check.textContent) && !check.querySelector("input").checked;
      return checks.find((check) => matches(check.textContent));
    },
    enter: () => checks.find((check) => !check.hidden)?.querySelector("input").focus(),
    take(check) {
      check.querySelector("input").click();
      check.querySelector("input").focus();
    },
  };
}

for (const place of document.querySelectorAll("[data-search]")) {
  const { part, input } = box(place.closest(".line").querySelector(".label").textContent.trim());
  const select = place.querySelector("select");
  const list = select ? searchSelect(select) : searchChecks(place);
  const look = () => {
    const wanted = input.value.trim().toLowerCase();
    return list.show((text) => text.toLowerCase().includes(wanted));
  };
  const showAll = () => { input.value = ""; look(); };
  input.addEventListener("input", (event) => { event.stopPropagation(); look(); });
  input.addEventListener("change", (event) => event.stopPropagation());
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") list.enter();
    if (event.key !== "Enter" || event.ctrlKey) return;
    event.preventDefault();
    event.stopPropagation();
    const first = input.value.trim() && look();
    if (first) list.take(first);
    showAll();
  });
  place.addEventListener("focusout", (event) => { if (!place.contains(event.relatedTarget)) showAll(); });
  place.prepend(part);
}
