// The bar over a patient's page: what this phone keeps and the clinic has not, what was just sent, and no signal.
// Whatever waits is sent when a page opens, when there is a network again, and when somebody looks at the page again.

import { isWaiting, kept, sendAll } from "./sending.js";

const bar = document.querySelector("[data-hc-phone-bar]");
const root = document.documentElement;
const SAID = JSON.parse(document.getElementById("phone-words").textContent);
const person = root.dataset.hcPerson;
const SENT = "hipcare.sent"; // how many days this tab has sent and not said yet
const counted = (words, n) => words[Math.min(n, words.length - 1)];

let sent = 0;

function show(words, isSent = false) {
  bar.hidden = !words;
  bar.classList.toggle("is-sent", isSent);
  if (bar.querySelector("[data-hc-bar-words]").textContent !== words) bar.querySelector("[data-hc-bar-words]").textContent = words;
}

function wordsFor(rows) {
  const waiting = rows.filter(isWaiting);
  const here = document.querySelector("[data-hc-today]")?.dataset.hcToday;
  if (!person) return waiting.length && !document.querySelector("[data-hc-safe]") ? counted(SAID.safe, waiting.length) : "";
  if (waiting.some((row) => row.trouble)) return SAID.trouble;
  if (waiting.length) return counted(SAID.waiting, waiting.length);
  if (sent) return "";
  if (rows.some((row) => row.place !== `${person}:${here}` && Object.values(row.fields).some(([value]) => value))) return SAID.notSaved;
  return navigator.onLine && !("hcFromPhone" in root.dataset) ? "" : SAID.noSignal;
}

export async function showBar() {
  const words = wordsFor(await kept(person));
  if (words || !sent) show(words);
  else show(counted(SAID.sent, sent), true);
  document.querySelectorAll("[data-hc-lost-words]").forEach((lost) => (lost.hidden ||= !bar.hidden));
}

// Returns whether anything was sent.
export async function sendWhatWaits() {
  const rows = await sendAll(person);
  sent += rows.length;
  await showBar();
  if (rows.length) document.dispatchEvent(new CustomEvent("hc:sent", { detail: rows }));
  return rows.length > 0;
}

// Load the page anew and say there what was sent from here.
export function sayAfterReload() {
  try {
    sessionStorage.setItem(SENT, sent);
  } catch {
    // it is said on no page, and sent all the same
  }
  location.reload();
}

function takeWhatWasSent() {
  try {
    sent = Number(sessionStorage.getItem(SENT)) || 0;
    sessionStorage.removeItem(SENT);
  } catch {
    sent = 0;
  }
}

takeWhatWasSent();
showBar().then(sendWhatWaits);
addEventListener("online", sendWhatWaits);
addEventListener("offline", showBar);
addEventListener("pageshow", (event) => event.persisted && sendWhatWaits());
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && sendWhatWaits());
