// What is told between visits goes the way of a session: kept as it is typed, then into the phone's queue, then to the
// clinic. One that was told already and is being changed keeps its id.

import { startKeeping } from "./keeping.js";
import { sayAfterReload } from "./phone_bar.js";
import { sendFrom } from "./saving.js";
import { isWaiting, kept, queue } from "./sending.js";
import { forget, kindOf } from "./session.js";

const form = document.querySelector("[data-hc-tell]");
const panel = document.querySelector("[data-hc-on-phone]");
const person = document.documentElement.dataset.hcPerson;
const isOwn = (row) => kindOf(row.place) === "tell";

async function showWhatWaits() {
  panel.hidden = !(await kept(person)).some((row) => isWaiting(row) && isOwn(row));
}

async function start() {
  // Shown below, so the clinic has it: it was sent without this script.
  const told = document.querySelectorAll("[data-hc-told]");
  if (form.dataset.hcOwnId) await forget(...[...told].map((one) => one.dataset.hcTold));
  const { place, keepAll, startAnew, isEmpty } = await startKeeping(form);
  let isSending = false;

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isSending) return;
    isSending = true;
    await keepAll();
    const row = await queue(place).catch(() => null);
    if (!row) return form.submit(); // nothing was typed, or nothing can be kept here
    if (!(await sendFrom(form, row))) return;
    isSending = false;
    await startAnew();
    await showWhatWaits();
    panel.focus();
  });
  document.addEventListener("hc:sent", ({ detail: rows }) => {
    if (rows.some(isOwn) && isEmpty()) sayAfterReload();
  });
  await showWhatWaits();
}

start();
