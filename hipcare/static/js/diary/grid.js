// The grid of a paper diary as its scripts see it: rows, what stands in them, and the one cell that Tab stops at.

export const form = document.getElementById("diary-form");
export const rows = [...form.querySelectorAll("[data-hc-day]")];

export const cellsOf = (row) => [...row.querySelectorAll("[data-hc-place]")];
export const rowOf = (element) => element.closest?.("[data-hc-day]");
export const at = (row, place) => row.querySelector(`[data-hc-place="${place}"]`);

const isBox = (cell) => cell.type === "checkbox";

// What stands in a row, in the order of its cells.
export const valuesOf = (row) => cellsOf(row).map((cell) => (isBox(cell) ? cell.checked : cell.value));

export function put(cell, value) {
  if (isBox(cell)) cell.checked = value;
  else cell.value = value;
}

// What the form sends of a row.
export function entriesOf(row) {
  const fields = cellsOf(row).filter((cell) => !isBox(cell) || cell.checked);
  return [row.querySelector("[type=hidden]"), ...fields].map((field) => [field.name, field.value]);
}

export const changed = (row) => row.dispatchEvent(new Event("change", { bubbles: true }));

// Said once by a screen reader, wherever the focus is.
export function say(words) {
  form.querySelector("[data-hc-said]").textContent = words;
}
