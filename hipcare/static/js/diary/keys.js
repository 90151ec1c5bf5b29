// The keys of the grid. Arrows move, Space ticks, digits are the day's pain, Y and N the next morning, A ticks what the
// day asks for, Enter goes to the next planned day, Ctrl and Z take back. Tab stops at one cell, the one left last.

import { at, cellsOf, changed, form, put, rowOf, rows, say, valuesOf } from "./grid.js";

const ACROSS = { ArrowLeft: -1, ArrowRight: 1 };
const DOWN = { ArrowUp: -1, ArrowDown: 1 };

const before = []; // what changed: a row, its cells that did, with what stood in them; the last one last
const stood = new Map(rows.map((row) => [row, valuesOf(row)]));
let digitIn = null; // the row whose pain the last key was

const isWords = (cell) => cell.dataset.hcPlace === "words";
const isPlanned = (row) => "hcPlanned" in row.dataset;

function stopAt(cell) {
  for (const row of rows) for (const one of cellsOf(row)) one.tabIndex = one === cell ? 0 : -1;
}

function go(cell) {
  if (!cell) return;
  cell.focus();
  if (cell.type === "text") cell.select();
  cell.closest("td").scrollIntoView({ block: "nearest", inline: "nearest" });
}

function across(cell, by) {
  const cells = cellsOf(rowOf(cell));
  go(cells[cells.indexOf(cell) + by]);
}

function down(cell, by) {
  const row = rowOf(cell);
  const next = rows[rows.indexOf(row) + by];
  if (!next) return;
  const same = (of) => cellsOf(of).filter((one) => one.dataset.hcPlace === cell.dataset.hcPlace);
  go(same(next)[same(row).indexOf(cell)] ?? same(next)[0]);
}

function nextDay(row) {
  const next = rows.slice(rows.indexOf(row) + 1).find(isPlanned);
  if (next) go(cellsOf(next)[0]);
  else form.querySelector("[data-hc-done]").focus();
}

const nameOf = (row) => row.querySelector(".day-name").textContent;

function whole(row) {
  const asked = row.querySelectorAll('[data-hc-box="planned"], [data-hc-box="chosen"]');
  for (const box of asked.length ? asked : row.querySelectorAll("[data-hc-box]")) box.checked = true;
  for (const number of row.querySelectorAll("[data-hc-number]")) number.value ||= number.dataset.hcNumber;
  changed(row);
  say(`${nameOf(row)}: all ticked`);
}

function pain(row, digit) {
  const cell = at(row, "pain");
  cell.value = digitIn === row && cell.value === "1" && digit === "0" ? "10" : digit;
  digitIn = row;
  changed(row);
  say(`${nameOf(row)}: pain ${cell.value}`);
}

function morning(row, answer) {
  const box = at(row, answer);
  box.checked = !box.checked;
  box.dispatchEvent(new Event("change", { bubbles: true }));
  say(`${nameOf(row)}: next morning ${box.checked ? answer : "not said"}`);
}

function undo() {
  const last = before.pop();
  if (!last) return;
  for (const [cell, value] of last.cells) put(cell, value);
  stood.set(last.row, valuesOf(last.row));
  go(last.cell);
  last.row.dispatchEvent(new CustomEvent("hc-changed", { bubbles: true }));
  say(`${nameOf(last.row)}: taken back`);
}

// Of the keys that work in any cell but words: whether it was one.
function pressed(key, row) {
  if (/^[0-9]$/.test(key)) pain(row, key);
  else if (key === "a") whole(row);
  else if (key === "y") morning(row, "yes");
  else if (key === "n") morning(row, "no");
  else return false;
  return true;
}

function staysInside(cell, key) {
  if (cell.type !== "text" || !(key in ACROSS)) return false;
  const edge = key === "ArrowLeft" ? 0 : cell.value.length;
  const isAll = cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;
  return !isAll && !(cell.selectionStart === edge && cell.selectionEnd === edge);
}

function onKey(event) {
  const cell = event.target.closest?.("[data-hc-place]");
  if (!cell || event.altKey || event.isComposing) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const row = rowOf(cell);
  if (event.ctrlKey || event.metaKey) {
    if (key !== "z" || (isWords(cell) && cell.value !== stood.get(row).at(-1))) return;
    undo();
  } else if (key in ACROSS && !staysInside(cell, key)) across(cell, ACROSS[key]);
  else if (key in DOWN) down(cell, DOWN[key]);
  else if (key === "Enter") nextDay(row);
  else if (isWords(cell) || "hcNumber" in cell.dataset || !pressed(key, row)) return;
  if (!/^[0-9]$/.test(key)) digitIn = null;
  event.preventDefault();
}

// Yes or No, as on paper one box each: ticking one takes the other off.
function onlyOne(cell) {
  const other = { yes: "no", no: "yes" }[cell.dataset.hcPlace];
  if (other && cell.checked) at(rowOf(cell), other).checked = false;
}

function onChange(event) {
  const row = rowOf(event.target);
  if (!row) return;
  onlyOne(event.target);
  const cell = event.target.closest("[data-hc-place]") ?? document.activeElement;
  const was = stood.get(row);
  const now = valuesOf(row);
  const cells = cellsOf(row).flatMap((one, place) => (was[place] === now[place] ? [] : [[one, was[place]]]));
  if (!cells.length) return;
  before.push({ row, cells, cell: row.contains(cell) ? cell : cellsOf(row)[0] });
  stood.set(row, now);
  row.dispatchEvent(new CustomEvent("hc-changed", { bubbles: true }));
}

form.addEventListener("keydown", onKey);
form.addEventListener("change", onChange);
form.addEventListener("focusin", (event) => event.target.matches("[data-hc-place]") && stopAt(event.target));
form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-hc-whole]");
  if (button) whole(rowOf(button));
});
// What came from the site is nothing to take back.
form.addEventListener("hc-arrived", (event) => stood.set(event.target, valuesOf(event.target)));

const isBlank = (row) => valuesOf(row).every((value) => !value);
const first = rows.find((row) => isPlanned(row) && isBlank(row)) ?? rows[0];
if (first) {
  stopAt(cellsOf(first)[0]);
  if (!document.querySelector("[data-hc-focus]")) go(cellsOf(first)[0]);
}
document.documentElement.dataset.hcKeys = "ready";
