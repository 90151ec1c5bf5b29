// After a patient's page has come, have the worker keep what is needed with no signal; and clear the phone by hand when
// the plan is taken off it.

import { sendWhatWaits } from "./phone_bar.js";
import { kept, PHONE, takeAway } from "./sending.js";
import { wipe } from "./store.js";

const KEPT_PAGE = /^\/(today|help)\//;
const person = document.documentElement.dataset.hcPerson;
const workers = navigator.serviceWorker;

async function haveItKept() {
  await workers.register(PHONE.worker, { scope: "/" });
  const { active } = await workers.ready;
  active.postMessage(KEPT_PAGE.test(location.pathname) ? "keep" : "renew");
}

const whenIdle = (work) => ("requestIdleCallback" in self ? requestIdleCallback(work) : setTimeout(work, 500));
const whenLoaded = (work) => (document.readyState === "complete" ? work() : addEventListener("load", work, { once: true }));

if (workers && person) whenLoaded(() => whenIdle(() => haveItKept().catch(() => {}))); // no worker: it works as before

async function clearPhone() {
  await wipe();
  for (const name of await (self.caches?.keys() ?? [])) await caches.delete(name);
  for (const one of (await workers?.getRegistrations()) ?? []) await one.unregister();
  for (const storage of [localStorage, sessionStorage]) storage.clear();
}

// Others stay on this phone: what they have not sent stays too. The kept pages are those of one person.
async function clearMine() {
  for (const { key } of await kept(person)) await takeAway(key);
  for (const name of await (self.caches?.keys() ?? [])) await caches.delete(name);
  sessionStorage.clear();
}

const leave = document.querySelector("[data-hc-unpair]");
let isWarned = false;

async function onLeave(event) {
  event.preventDefault();
  await sendWhatWaits().catch(() => {});
  const isThere = await fetch(PHONE.here, { cache: "no-store" }).then((answer) => answer.ok, () => false);
  const waits = (await kept(person)).some((row) => !row.fields || Object.values(row.fields).some(([value]) => value));
  leave.querySelector("[data-hc-no-way]").hidden = isThere;
  leave.querySelector("[data-hc-waits]").hidden = !(isThere && waits);
  if (!isThere || (waits && !isWarned)) {
    isWarned = isThere;
    return;
  }
  const clear = "hcShared" in leave.dataset ? clearMine : clearPhone; // of one's own the answer clears it once more
  await clear().catch(() => {});
  leave.submit();
}

leave?.addEventListener("submit", onLeave);
