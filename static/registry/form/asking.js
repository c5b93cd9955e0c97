// A question of the page, as a dialog. The focus goes back to where it was.

export function ask(name, items = []) {
  const dialog = document.getElementById(`${name}-dialog`);
  const list = dialog.querySelector("[data-items]");
  list?.replaceChildren(...items.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true });
  });
}
