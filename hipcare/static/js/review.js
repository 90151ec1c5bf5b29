// Single keys for the review list: J and K move, E unfolds the entries, L looked at, U takes that back, ? shows the
// keys. They can be turned off where they are named; everything they do has a button or a link of its own.

const OFF = "hc:review-keys-off";
const STEPS = { j: 1, k: -1 };
const PRESSED = { e: "[data-hc-entries]", l: "[data-hc-look]", u: "[data-hc-undo]" };

const rows = () => [...document.querySelectorAll("[data-hc-row]")];
const isOff = () => localStorage.getItem(OFF) !== null;

let current = "";

function mark(row) {
  document.querySelectorAll("[data-hc-row].is-current").forEach((other) => other.classList.remove("is-current"));
  row.classList.add("is-current");
  current = row.id;
}

function rowAt() {
  return document.activeElement.closest?.("[data-hc-row]") ?? document.getElementById(current);
}

function move(step) {
  const all = rows();
  const at = all.indexOf(rowAt());
  const next = all[at < 0 ? 0 : at + step];
  if (!next) return;
  mark(next);
  next.querySelector("th a").focus();
  next.scrollIntoView({ block: "nearest" });
}

function isTyping(target) {
  return target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;
}

function showWhetherOn() {
  const place = document.querySelector("[data-hc-keys]");
  if (!place) return;
  place.hidden = false;
  place.querySelectorAll("[data-hc-keys-on]").forEach((one) => (one.hidden = isOff()));
  const button = place.querySelector("[data-hc-keys-turn]");
  button.textContent = isOff() ? button.dataset.off : button.dataset.on;
}

document.addEventListener("keydown", (event) => {
  if (isOff() || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const key = event.key.toLowerCase();
  if (key in STEPS) move(STEPS[key]);
  else if (key === "?") document.querySelector("[data-hc-keys-turn]")?.focus();
  else if (key in PRESSED) rowAt()?.querySelector(PRESSED[key])?.click();
  else return;
  event.preventDefault();
});

document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.("[data-hc-row]");
  if (row) mark(row);
});

document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-hc-keys-turn]")) return;
  if (isOff()) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "1");
  showWhetherOn();
});

document.addEventListener("htmx:afterSettle", () => {
  showWhetherOn();
  const row = document.getElementById(current);
  if (row) mark(row);
});
showWhetherOn();
document.documentElement.dataset.hcKeys = "ready";
