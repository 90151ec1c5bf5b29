// Today: ticks are counted and said; ticks and words outlive a reload and a look at another page.
// What is pressed stays where it was: a tick folds or moves nothing. A card that is ticked when the page opens is folded.
// Without JavaScript the same checkboxes and the same form work as they are.

import { fill, newIn } from "./form_fields.js";
import { dayOf, isTooLongAgo, named, today } from "./days.js";
import { startSaving } from "./saving.js";
import { begunOnAnotherDay, change, forget, load, onChangeElsewhere, said } from "./session.js";

const REST_MS = 1000; // how long nothing beside a fresh tick can be pressed: a shaking hand presses twice

const form = document.querySelector("[data-hc-today]");
const cards = form ? [...form.querySelectorAll("[data-hc-card]")] : [];
const counted = cards.filter((card) => "hcCounts" in card.dataset);
let place = `${document.documentElement.dataset.hcPerson}:${form?.dataset.hcToday}`;
// What is kept of this page, as far as this page knows.
let kept = {};
// What to say at each count, in the patient's language.
const SAID = form ? JSON.parse(document.getElementById("counted-words").textContent) : {};
const resting = new Map();
// What was saved from here and is not drawn as saved: ids, days, and whether that is all for now.
let onPhone = { done: new Set(), days: [], isAll: false };

const boxOf = (card) => card.querySelector("input[type=checkbox]");
const isDone = (card) => boxOf(card).checked;
const one = (name) => document.querySelector(`[data-hc-${name}]`);

function show(card) {
  card.classList.toggle("is-ticked", isDone(card));
}

function fold(card) {
  show(card);
  card.classList.toggle("is-folded", isDone(card));
}

// For a second nothing in the row of a fresh tick takes a press.
function rest(card) {
  clearTimeout(resting.get(card));
  card.classList.add("is-resting");
  resting.set(card, setTimeout(() => card.classList.remove("is-resting"), REST_MS));
}

const isOnPhone = (card) => onPhone.done.has(boxOf(card).value);
const open = () => counted.filter((card) => !isDone(card) && !isOnPhone(card));

function say() {
  const left = open();
  const minutes = left.reduce((sum, card) => sum + Number(card.dataset.hcMinutes), 0);
  const toGo = SAID.toGo[left.length];
  one("to-go").textContent = onPhone.isAll ? SAID.onPhone : toGo;
  one("time").textContent = !onPhone.isAll ? SAID.minutes[minutes] : left.length ? toGo : "";
  const done = 100 * (1 - left.length / counted.length);
  one("ring")?.setAttribute("stroke-dasharray", `${done} 101`);
}

// "Show me" takes along what is ticked now, not what was ticked in the address that this page came with.
function carry(link, ids) {
  const address = new URL(link.href);
  address.searchParams.delete("done");
  ids.forEach((id) => address.searchParams.append("done", id));
  link.href = address;
}

// "Start" leads to the first exercise that is not ticked.
function leadToFirst() {
  const first = onPhone.isAll ? null : open()[0];
  one("start")?.classList.toggle("is-gone", !first); // its place stays: nothing moves under a finger
  if (first && one("start")) one("start").href = first.querySelector("[data-hc-look]").href.replace(/#.*|$/, "#now");
}

// The session that is being made here is the one that is kept, whichever page it was begun on.
function take(record) {
  kept = said(record);
  form.elements.session.value = record.uuid;
  if (record.opened) form.elements.opened.value = record.opened;
}

async function keepAll() {
  const ids = cards.filter(isDone).map((card) => boxOf(card).value);
  form.querySelectorAll("[data-hc-look]").forEach((link) => carry(link, ids));
  leadToFirst();
  const news = newIn(form, kept);
  if (!Object.keys(news).length) return;
  kept = { ...kept, ...news };
  try {
    take(await change(place, news));
    one("not-kept").hidden = true;
  } catch {
    kept = {}; // so that all of it is tried again
    one("not-kept").hidden = false;
  }
}

// What was typed before this page was drawn anew. What the page itself says (a refused form, a tick in its address)
// is newer than what is kept.
async function putBack() {
  const drawn = newIn(form, {});
  take(await load(place));
  fill(form, { ...kept, ...drawn });
  cards.forEach((card) => (resting.has(card) ? show : fold)(card));
  one("kept").hidden = !Object.entries(kept).some(([name, value]) => value && !name.startsWith("done="));
}

// Another tab kept something, or saved it.
async function lookAgain() {
  const wasBegun = Object.keys(kept).length > 0;
  const record = await load(place);
  if (wasBegun && !record.opened) return location.reload();
  take(record);
  fill(form, kept);
  cards.forEach(show);
  if (counted.length) say();
}

// A night lies between what is kept and now: only the person knows the day. Ticks stay until they choose.
function askWhichDay(record) {
  const day = dayOf(record.place);
  one("which-day").hidden = false;
  one("too-long-ago").hidden = !isTooLongAgo(day);
  one("that-day").hidden = isTooLongAgo(day);
  one("that-day").textContent = named(day);
  one("that-day").onclick = () => goOn(record, day);
  one("this-day").onclick = () => goOn(record, today());
  one("neither").onclick = async () => {
    await forget(record.uuid);
    location.reload();
  };
  one("which-day").querySelector("h2").focus();
}

// What was kept is on this page now, and is saved for `day`.
function goOn(record, day) {
  place = record.place;
  take(record);
  form.elements.which_day.value = day;
  fill(form, kept);
  cards.forEach(show);
  if (counted.length) say();
  one("which-day").hidden = true;
  boxOf(cards[0]).focus();
}

// Seen again on another day: with nothing begun the page is drawn anew, else its day is asked.
async function lookAtTheDay() {
  if (document.visibilityState !== "visible" || form.elements.which_day.value) return;
  if (dayOf(place) === today()) return;
  const record = await load(place);
  if (record.opened) askWhichDay(record);
  else location.reload();
}

function ticked(card) {
  show(card);
  rest(card);
  keepAll();
  if (counted.length) say();
}

// The head, the days and the list say what was saved on this phone, as they would say it of the clinic. Once all is saved
// there, the list is for a new go.
function showOnPhone(found) {
  onPhone = found;
  if (!found.isAll && counted.every(isOnPhone)) onPhone = { ...found, done: new Set() };
  counted.forEach((card) => (card.hidden = !found.isAll && isOnPhone(card)));
  for (const title of form.querySelectorAll("[data-hc-list] > h2")) title.hidden = isEmptyUnder(title);
  for (const day of document.querySelectorAll("[data-hc-date]")) showDay(day, found.days.includes(day.dataset.hcDate));
  leadToFirst();
  if (counted.length) say();
}

function isEmptyUnder(title) {
  let next = title.nextElementSibling;
  while (next?.matches("[data-hc-card]") && next.hidden) next = next.nextElementSibling;
  return title.nextElementSibling?.matches("[data-hc-card]") && !next?.matches("[data-hc-card]");
}

function showDay(day, isThere) {
  day.classList.toggle("is-on-phone", isThere);
  day.querySelector("[data-hc-day-on-phone]").textContent = isThere ? `. ${SAID.onPhone}` : "";
}

// What stood here is saved on the phone: the page is as for somebody who has done nothing yet.
async function startAnew() {
  form.reset();
  take(await load(place));
  const drawn = Object.keys(newIn(form, {}));
  fill(form, Object.fromEntries(drawn.map((name) => [name, name.includes("=") ? false : ""])));
  cards.forEach(fold);
  if (counted.length) say();
}

async function start() {
  // First, before anything is waited for: a page may be looked at again while it is still getting ready.
  document.addEventListener("visibilitychange", lookAtTheDay);
  cards.forEach((card) => boxOf(card).addEventListener("change", () => ticked(card)));
  form.addEventListener("input", keepAll);
  one("try-again").addEventListener("click", keepAll);
  await putBack();
  await keepAll();
  await startSaving({ form, placeNow: () => place, keepAll, startAnew, onPhone: showOnPhone });
  onChangeElsewhere(lookAgain);
  const before = await begunOnAnotherDay(place);
  if (before) askWhichDay(before);
  if (counted.length) say();
}

if (form) start();
// Back from another page: what stands here may have been saved, so ask for the page as it is now; what is not is kept.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
