// The builder's quicker ways. Each of them has a slower one that needs no script.

// − and + beside a number, and the arrow keys inside it.
function step(box, by) {
  const input = box.querySelector("input");
  const low = Number(box.dataset.hcMin);
  const high = Number(box.dataset.hcMax);
  const now = Number.parseInt(input.value, 10);
  const next = Number.isNaN(now) ? (by > 0 ? Math.max(low, 1) : low) : Math.min(high, Math.max(low, now + by));
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

// A fold that was open stays open when the builder is drawn anew.
let open = [];
document.addEventListener("htmx:beforeSwap", () => {
  open = Array.from(document.querySelectorAll("#builder details[open][id]"), (fold) => fold.id);
});
document.addEventListener("htmx:afterSwap", () => {
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
});

// A half-written date holds everything back: say so at the date.
document.addEventListener("htmx:validation:halted", (event) => event.target.closest("form")?.reportValidity());
