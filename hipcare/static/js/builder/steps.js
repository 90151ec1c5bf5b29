// − and + beside a number, and the arrow keys inside it. Without script they are not there, and the number is typed.

import { say } from "./form.js";

const QUIET_MS = 300; // several presses in a row are spoken once, with the number they ended at
let speaks = 0;

// A range moves as a whole: 8–12 becomes 9–13.
function moved(value, by, low, high) {
  const ends = (value.match(/\d+/g) ?? []).slice(0, 2).map(Number);
  if (!ends.length) return String(by > 0 ? Math.max(low, 1) : low);
  const room = by > 0 ? high - Math.max(...ends) : Math.min(...ends) - low;
  const far = Math.sign(by) * Math.min(Math.abs(by), Math.max(0, room));
  return ends.map((end) => end + far).join("–");
}

function step(box, by) {
  const input = box.querySelector("input");
  const next = moved(input.value, by, Number(box.dataset.hcMin), Number(box.dataset.hcMax));
  clearTimeout(speaks);
  speaks = setTimeout(() => say(`${box.dataset.hcStepper}: ${next}`), QUIET_MS);
  if (next === input.value) return;
  input.value = next;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

// A range reads as one, and fits its field.
document.addEventListener(
  "change",
  (event) => {
    const ends = event.target.closest("[data-hc-stepper]") && /^\s*(\d+)\s*(?:-|–|to)\s*(\d+)\s*$/i.exec(event.target.value);
    if (ends) event.target.value = `${ends[1]}–${ends[2]}`;
  },
  true,
);
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
