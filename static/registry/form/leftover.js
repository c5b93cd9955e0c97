// What did not reach the registry last time is offered again: use it, or discard it.

import { ask } from "./asking.js";
import { post } from "./keeping.js";
import * as unsent from "./unsent.js";

export async function offerWhatIsLeft(leave) {
  unsent.forgetOld();
  const left = unsent.leftOver();
  if (!left) return;
  const time = document.querySelector("#leftover-dialog time");
  time.textContent = new Date(left.at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  if ((await ask("leftover")) === "discard") return unsent.drop();
  const response = await post(new URLSearchParams(left.body)).catch(() => null);
  if (!response?.ok) return; // it stays here and is offered again
  unsent.drop();
  leave();
  location.reload(); // the registry shows it as what was kept and not saved
}
