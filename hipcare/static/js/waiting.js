// The list of what this phone keeps and the clinic has not: what, when, why not, and what can be done about it.

import { sendWhatWaits, showBar } from "./phone_bar.js";
import { isWaiting, kept, queue, sendAsForm, takeAway } from "./sending.js";
import { kindOf, said } from "./session.js";

const person = document.documentElement.dataset.hcPerson;
const SAID = JSON.parse(document.getElementById("waiting-words").textContent);
const PAGES = JSON.parse(document.getElementById("pages").textContent);
const ANY = "00000000-0000-0000-0000-000000000000"; // stands in an address for what it is of
const language = document.documentElement.lang;
const one = (name) => document.querySelector(`[data-hc-${name}]`);

const dayWords = new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long" });
const timeWords = new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit" });

const isSaid = (row) => isWaiting(row) || Object.values(row.fields).some(([value]) => value);
const entriesOf = (row) => (isWaiting(row) ? row.entries : Object.entries(said(row)).map(([name, value]) => [name.split("=")[0], value]).filter(([, value]) => value));

function whatItSays(row) {
  const entries = entriesOf(row);
  const value = (...names) => entries.find(([name]) => names.includes(name))?.[1];
  const done = entries.filter(([name]) => name === "done").length;
  const about = SAID.about[kindOf(row.place)] ?? SAID.done[Math.min(done, SAID.done.length - 1)];
  return [about, SAID.pain[value("pain")], value("note", "text")].filter(Boolean).join(" \u00b7 ");
}

// The page that alone can save what was begun on it; none for what goes into the queue.
function pageOf(row) {
  const [, what, which] = row.place.split(":");
  return PAGES[what]?.replace(ANY, which);
}

function reasonOf(row) {
  if (row.trouble?.ask === "day") return SAID.whichDay;
  if (row.trouble?.ask === "person") return SAID.otherPerson;
  return row.trouble?.reasons?.join(" ") ?? "";
}

function item(row) {
  const shown = document.getElementById("waiting-one").content.cloneNode(true);
  const part = (name) => shown.querySelector(`[data-hc-${name}]`);
  const button = (name, words, press) => {
    part(name).hidden = false;
    if (words) part(name).textContent = words;
    part(name).addEventListener("click", press);
  };
  part("day").textContent = dayWords.format(row.opened * 1000);
  part("said").textContent = whatItSays(row);
  part("state").textContent = isWaiting(row) ? SAID.savedAt.replace("{0}", timeWords.format(row.at)) : SAID.notSaved;
  part("reason").textContent = reasonOf(row);
  part("reason").hidden = !reasonOf(row);
  if (!person) return shown;
  if (row.trouble?.ask === "day") button("go", SAID.chooseDay, async () => (one("tried").hidden = await sendAsForm(row)));
  const page = pageOf(row);
  if (!isWaiting(row) && page) button("go", SAID.open, () => location.assign(page));
  else if (!isWaiting(row)) button("go", SAID.save, () => queue(row.place).then(tryNow));
  if (row.trouble || !isWaiting(row)) {
    let isAsked = false;
    button("take-away", "", async ({ target }) => {
      if (isAsked) return takeAway(row.key).then(showAll);
      isAsked = true;
      target.textContent = SAID.surely;
    });
  }
  return shown;
}

async function showAll() {
  const rows = (await kept(person)).filter(isSaid);
  one("something").hidden = rows.length === 0;
  one("nothing").hidden = rows.length > 0;
  if (one("goes")) one("goes").hidden = !rows.some(isWaiting); // what was only begun goes nowhere by itself
  one("waiting").replaceChildren(...rows.map(item));
  one("try-now").hidden = !person || !rows.some((row) => isWaiting(row) && !row.trouble);
  await showBar();
}

async function tryNow() {
  one("tried").hidden = (await sendWhatWaits()) || !(await kept(person)).some((row) => isWaiting(row) && !row.trouble);
  await showAll();
}

showAll();
document.addEventListener("hc:sent", showAll);
one("try-now").addEventListener("click", tryNow);
