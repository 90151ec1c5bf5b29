// The bar over a patient's page: what this phone keeps and the clinic has not, what was just sent, and no signal.
// Whatever waits is sent when a page opens, when there is a network again, and when somebody looks at the page again.

import { isWaiting, kept, sendAll } from "./sending.js";
import { kindOf } from "./session.js";

const bar = document.querySelector("[data-hc-phone-bar]");
const root = document.documentElement;
const SAID = JSON.parse(document.getElementById("phone-words").textContent);
const person = root.dataset.hcPerson;
const SENT = "hipcare.sent"; // what this tab has sent and not said yet, by its kind

let sent = []; // of each that was sent from here, what it was

// What they are, of which these words tell.
function those(words, kinds) {
  const messages = kinds.filter((kind) => kind === "tell").length;
  return words[messages === 0 ? "days" : messages === kinds.length ? "messages" : "both"];
}

function counted(words, kinds) {
  const { words: each, which } = those(words, kinds);
  return each[which[Math.min(kinds.length, which.length - 1)]].replace("{0}", kinds.length);
}

const kindsOf = (rows) => rows.map((row) => kindOf(row.place));

// Where this page itself keeps what is typed or ticked on it.
function here() {
  const own = document.querySelector("[data-hc-today], [data-hc-keeps], [data-hc-page]")?.dataset;
  return `${person}:${own?.hcToday ?? own?.hcKeeps ?? own?.hcPage}`;
}

function show(words, isSent = false) {
  bar.hidden = !words;
  bar.classList.toggle("is-sent", isSent);
  if (bar.querySelector("[data-hc-bar-words]").textContent !== words) bar.querySelector("[data-hc-bar-words]").textContent = words;
}

function wordsFor(rows) {
  const waiting = rows.filter(isWaiting);
  if (!person) return waiting.length && !document.querySelector("[data-hc-safe]") ? counted(SAID.safe, kindsOf(waiting)) : "";
  const stuck = waiting.filter((row) => row.trouble);
  if (stuck.length) return those(SAID.trouble, kindsOf(stuck));
  if (waiting.length) return counted(SAID.waiting, kindsOf(waiting));
  if (sent.length) return "";
  const begun = rows.filter((row) => row.place !== here() && Object.values(row.fields).some(([value]) => value));
  if (begun.length) return those(SAID.notSaved, kindsOf(begun));
  const isKept = !document.querySelector("[data-hc-needs-signal]"); // else the page itself says that there is no signal
  return isKept && (!navigator.onLine || "hcFromPhone" in root.dataset) ? SAID.noSignal : "";
}

export async function showBar() {
  const words = wordsFor(await kept(person));
  if (words || !sent.length) show(words);
  else show(counted(SAID.sent, sent), true);
  document.querySelectorAll("[data-hc-lost-words]").forEach((lost) => (lost.hidden ||= !bar.hidden));
}

// Returns whether anything was sent.
export async function sendWhatWaits() {
  const rows = await sendAll(person);
  sent = [...sent, ...kindsOf(rows)];
  await showBar();
  if (rows.length) document.dispatchEvent(new CustomEvent("hc:sent", { detail: rows }));
  return rows.length > 0;
}

// Load the page anew and say there what was sent from here.
export function sayAfterReload() {
  try {
    sessionStorage.setItem(SENT, JSON.stringify(sent));
  } catch {
    // it is said on no page, and sent all the same
  }
  location.reload();
}

function takeWhatWasSent() {
  try {
    sent = [JSON.parse(sessionStorage.getItem(SENT)) ?? []].flat();
    sessionStorage.removeItem(SENT);
  } catch {
    sent = [];
  }
}

takeWhatWasSent();
showBar().then(sendWhatWaits);
addEventListener("online", sendWhatWaits);
addEventListener("offline", showBar);
addEventListener("pageshow", (event) => event.persisted && sendWhatWaits());
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && sendWhatWaits());
