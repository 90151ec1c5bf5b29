// Today: a ticked card folds to one green row with Undo; the count is said once; ticks and words outlive a reload and
// a look at another page.
// Without JavaScript the same checkboxes and the same form work as they are.

import { forgetTicks, keep, saidOn, ticksOf } from "./ticks.js";

const form = document.querySelector("[data-hc-today]");
const cards = form ? [...form.querySelectorAll("[data-hc-card]")] : [];
const counted = cards.filter((card) => "hcCounts" in card.dataset);
const page = form?.dataset.hcToday;
// What is asked about the session: the names of the fields under "How did it go?".
const WORDS = form ? [...new Set([...form.querySelectorAll("#finish [name]")].map((field) => field.name))] : [];
// What to say at each count, in the patient's language.
const SAID = form ? JSON.parse(document.getElementById("counted-words").textContent) : {};

const boxOf = (card) => card.querySelector("input[type=checkbox]");
const rowOf = (card) => card.nextElementSibling;
const isDone = (card) => boxOf(card).checked;
const one = (name) => document.querySelector(`[data-hc-${name}]`);

function fold(card) {
  card.hidden = isDone(card);
  rowOf(card).hidden = !isDone(card);
}

function say() {
  const left = counted.filter((card) => !isDone(card));
  const minutes = left.reduce((sum, card) => sum + Number(card.dataset.hcMinutes), 0);
  const total = counted.length;
  one("to-go").textContent = SAID.toGo[left.length];
  one("time").textContent = left.length ? SAID.minutes[minutes] : "";
  one("bar").querySelectorAll("li").forEach((mark, n) => mark.classList.toggle("is-on", n < total - left.length));
}

function isAllDone() {
  return counted.length > 0 && counted.every(isDone);
}

// All done: the list gives way to one line, and the words that ask for ticking go.
function foldList(isFolded) {
  one("list").hidden = isFolded;
  one("all").hidden = !isFolded;
  one("all-words").textContent = SAID.allDone;
  document.querySelectorAll("[data-hc-while-open]").forEach((words) => (words.hidden = isFolded));
}

// "Show me" takes along what is ticked now, not what was ticked in the address that this page came with.
function carry(link, ids) {
  const address = new URL(link.href);
  address.searchParams.delete("done");
  ids.forEach((id) => address.searchParams.append("done", id));
  link.href = address;
}

function keepAll() {
  const ids = cards.filter(isDone).map((card) => boxOf(card).value);
  keep(page, ids, Object.fromEntries(WORDS.map((name) => [name, form.elements[name].value])));
  form.querySelectorAll("[data-hc-look]").forEach((link) => carry(link, ids));
}

// What was typed before this page was drawn anew; what the page itself says (a refused form) stays.
function putBack() {
  const ticks = ticksOf(page);
  const said = saidOn(page);
  for (const card of cards) {
    boxOf(card).checked ||= ticks.has(boxOf(card).value);
    fold(card);
  }
  for (const name of WORDS) form.elements[name].value ||= said[name] ?? "";
}

function ticked(card) {
  fold(card);
  keepAll();
  if (counted.length) say();
  if (isDone(card) && isAllDone()) {
    foldList(true);
    one("finish").focus();
    one("finish").scrollIntoView({ block: "start" });
  } else {
    (isDone(card) ? rowOf(card).querySelector("[data-hc-undo]") : boxOf(card)).focus();
  }
}

function start() {
  putBack();
  for (const card of cards) {
    boxOf(card).addEventListener("change", () => ticked(card));
    rowOf(card)
      .querySelector("[data-hc-undo]")
      .addEventListener("click", () => {
        boxOf(card).checked = false;
        ticked(card);
      });
  }
  keepAll();
  form.addEventListener("input", keepAll);
  if (counted.length) say();
  if (isAllDone()) foldList(true);
  one("show").addEventListener("click", () => {
    foldList(false);
    cards.map(rowOf).find((row) => !row.hidden)?.querySelector("[data-hc-undo]").focus();
  });
}

if (form) start();
document.querySelector("[data-hc-unpair]")?.addEventListener("submit", forgetTicks);
// Back from another page: what stands here may have been saved, so ask for the page as it is now; what is not is kept.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
