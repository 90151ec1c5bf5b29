// Each day is saved as it is keyed in: when the cursor leaves it, or after a pause. One answer is waited for before the
// next is sent. What is not saved is kept in this browser, and sent when the page is opened again.

import { forget, keep, kept } from "../kept.js";
import { cellsOf, entriesOf, form, rowOf, rows } from "./grid.js";

const PAUSE_MS = 1200;
const AGAIN_MS = [3000, 6000, 12000, 30000];
const { hcDraft: shelf, hcBy: by, hcSends: address } = form.dataset;
const state = document.getElementById("diary-state");

const open = new Set(); // rows that the site does not have as they stand
let isOnItsWay = false;
let failures = 0;
let hasFreshToken = false;
let waits = 0;
let goesTo = null;
let leaving = false;

function show(name, words, going = "") {
  state.dataset.hcState = name;
  const place = state.querySelector("[data-hc-state-words]");
  if (words !== null && place.textContent !== words) place.textContent = words;
  place.hidden = Boolean(going);
  state.querySelector("[data-hc-going]").textContent = going;
  state.querySelector("[data-hc-retry]").hidden = name !== "trouble";
}

const token = () => form.querySelector("[name=csrfmiddlewaretoken]");
const dayOf = (row) => row.dataset.hcDay;

function keepOpen() {
  if (open.size) keep(shelf, by, [...open].flatMap(entriesOf));
  else forget(shelf);
}

function note(row) {
  open.add(row);
  keepOpen();
  if (!failures) show("typed", null, "Not saved yet");
  saveIn(PAUSE_MS);
}

function saveIn(milliseconds) {
  clearTimeout(waits);
  if (!leaving) waits = setTimeout(save, milliseconds);
}

async function save() {
  if (isOnItsWay || !open.size) return;
  isOnItsWay = true;
  const sent = new Map([...open].map((row) => [row, entriesOf(row)]));
  const body = new URLSearchParams([["csrfmiddlewaretoken", token().value], ...[...sent.values()].flat()]);
  show(failures ? "trouble" : "saving", null, failures ? "" : "Saving…");
  try {
    const headers = { "HX-Request": "true" };
    const answer = await fetch(address, { method: "POST", body, headers, redirect: "manual" });
    await take(answer, sent);
  } catch {
    failed("no connection");
  }
  isOnItsWay = false;
  if (open.size && !failures && !waitsForThePerson()) saveIn(PAUSE_MS);
}

async function take(answer, sent) {
  if (answer.type === "opaqueredirect") return signIn();
  const fresh = answer.headers.get("HC-Token");
  if (fresh && !hasFreshToken) {
    hasFreshToken = true;
    token().value = fresh;
    return;
  }
  if (answer.status !== 200 && answer.status !== 422) return failed("HipCare did not answer as it should");
  arrived(await answer.json(), sent);
}

// Signed out meanwhile: this page asks to sign in, and comes back to what is kept.
function signIn() {
  leaving = true;
  location.reload();
}

function failed(why) {
  failures += 1;
  goesTo = null;
  show("trouble", `Not saved, kept in this browser: ${why}. Trying again.`);
  saveIn(AGAIN_MS[Math.min(failures - 1, AGAIN_MS.length - 1)]);
}

function arrived(told, sent) {
  failures = 0;
  hasFreshToken = false;
  for (const [row, entries] of sent) {
    const fields = told.days?.[dayOf(row)];
    const words = told.wrong?.[dayOf(row)] ?? [];
    row.querySelector("[data-hc-wrong]").textContent = words.join(". ");
    row.toggleAttribute("data-hc-is-wrong", Boolean(words.length || told.wrong?.[""]));
    if (fields) settle(row, entries, fields);
  }
  tell(told.news ?? []);
  if (told.so_far) soFar(told.so_far);
  keepOpen();
  if (open.size) show("wrong", told.wrong?.[""]?.join(" ") ?? "Not saved: something to put right");
  else show("saved", `Saved ${told.saved}`);
  if (goesTo && !open.size) leave(goesTo);
}

// What nobody touched since it was sent becomes what the site says; what was touched stays, and is sent again.
function settle(row, sent, fields) {
  const isSame = JSON.stringify(entriesOf(row)) === JSON.stringify(sent);
  row.querySelector("[type=hidden]").value = fields.was;
  if (!isSame) return;
  for (const cell of cellsOf(row)) {
    if (cell.type === "checkbox") cell.checked = fields.lists[cell.name].includes(cell.value);
    else cell.value = fields.texts[cell.name];
  }
  open.delete(row);
  row.dispatchEvent(new CustomEvent("hc-arrived", { bubbles: true }));
}

function tell(news) {
  const place = form.querySelector("[data-hc-news]");
  for (const words of news) {
    const line = document.createElement("p");
    line.className = "note note-look";
    line.textContent = words;
    place.append(line);
  }
}

function soFar(lines) {
  const places = form.querySelectorAll("[data-hc-so-far] dd");
  lines.forEach(([, words], n) => (places[n].textContent = words));
}

const waitsForThePerson = () => [...open].every((row) => row.hasAttribute("data-hc-is-wrong"));

function leave(to) {
  leaving = true;
  location.assign(to);
}

form.addEventListener("hc-changed", (event) => note(event.target));
form.addEventListener("input", (event) => {
  if (event.target.type === "text" && rowOf(event.target)) note(rowOf(event.target));
});
form.addEventListener("focusout", (event) => {
  const row = rowOf(event.target);
  if (row && open.has(row) && !row.contains(event.relatedTarget)) saveIn(0);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  save();
});
form.addEventListener("click", (event) => event.target.closest("[data-hc-retry]") && save());
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || link.hash || event.ctrlKey || event.metaKey || failures || !open.size) return;
  event.preventDefault(); // first what is keyed in, then the other page
  goesTo = link.href;
  saveIn(0);
});
window.addEventListener("online", () => failures && save());
window.addEventListener("beforeunload", (event) => {
  if (!leaving && open.size) event.preventDefault();
});
window.addEventListener("pageshow", (event) => event.persisted && location.reload());

// After a sign-in, or a reload: what was keyed in and not saved goes out with what its page had shown.
const typed = kept(shelf, by);
for (const row of typed ? rows : []) {
  const own = typed.filter(([name]) => name.startsWith(`${dayOf(row)}-`));
  if (!own.length) continue;
  row.querySelector("[type=hidden]").value = own[0][1];
  for (const cell of cellsOf(row)) {
    const said = own.filter(([name]) => name === cell.name).map(([, value]) => value);
    if (cell.type === "checkbox") cell.checked = said.includes(cell.value);
    else cell.value = said[0] ?? "";
  }
  open.add(row);
}
if (open.size) saveIn(0);
