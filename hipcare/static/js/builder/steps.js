// − and + beside a number, and the arrow keys inside it. Without script they are not there, and the number is typed.

import { say } from "./form.js";

const QUIET_MS = 300; // several presses in a row are spoken once, with the number they ended at
let speaks = 0;

function step(box, by) {
  const input = box.querySelector("input");
  const low = Number(box.dataset.hcMin);
  const high = Number(box.dataset.hcMax);
  const now = Number.parseInt(input.value, 10);
  const next = Number.isNaN(now) ? (by > 0 ? Math.max(low, 1) : low) : Math.min(high, Math.max(low, now + by));
  clearTimeout(speaks);
  speaks = setTimeout(() => say(`${box.dataset.hcStepper}: ${next}`), QUIET_MS);
  if (String(next) === input.value) return;
  input.value = next;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-hc-step]");
  if (button) step(button.closest("[data-hc-stepper]"), Number(button.dataset.hcStep));
});

document.addEventListener("keydown", (event) => {
  const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
  const box = by && event.target.matches("input") && event.target.closest("[data-hc-stepper]");
  if (!box) return;
  event.preventDefault();
  step(box, by);
});
